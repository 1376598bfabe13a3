import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { reading, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import page from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import { levels, type NeedAnswer, type Question, sayProfession } from './words.ts';

function sayAnswer(question: Question, value: NeedAnswer): string {
  if (value === null) return '';
  const label = (code: string) => question.choices?.find((one) => one.code === code)?.label ?? code;
  if (Array.isArray(value)) return value.map(label).join(', ');
  if (typeof value === 'object')
    return (question.rows ?? [])
      .filter(({ code }) => value[code] !== undefined)
      .map(({ code, label: words }) => `${words} : ${levels[value[code]!]!.toLowerCase()}`)
      .join('\n');
  if (question.type === 'single') return label(String(value));
  return question.type === 'scale'
    ? `${value} sur 5`
    : `${value}${question.unit && question.type === 'number' ? ` ${question.unit}` : ''}`;
}

/** Answers one by one, by profession: for those who support the project; who asked for no name has none here. */
export default function AnswersView({ project }: { project: Project }) {
  const query = useQuery(reading(programmeContract.needsAnswers, { params: { project: project.id } }));
  const [url, setUrl] = useUrl();
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} />;
  const { answers, sections } = query.data;
  if (answers.length === 0)
    return (
      <EmptyState title="Aucune réponse envoyée">Les réponses s’affichent ici quand chacun les envoie.</EmptyState>
    );
  const professions = [...new Set(answers.map(({ profession }) => profession))];
  const shown = answers.filter(({ profession }) => !url.profession || profession === url.profession);
  return (
    <div className="stack loose">
      <div className="row wrap">
        <Select
          aria-label="Profession"
          placeholder="Toutes les professions"
          clearable
          data={professions.map((value) => ({ value, label: sayProfession(value) }))}
          value={url.profession ?? null}
          onChange={(profession) => setUrl({ profession: profession ?? undefined })}
        />
        <span className="small dim">L’équipe ne lit que la synthèse.</span>
      </div>
      {shown.map((one) => (
        <Card
          key={one.key}
          title={one.name || sayProfession(one.profession)}
          action={one.name ? <Tag>{sayProfession(one.profession)}</Tag> : <Tag>sans nom</Tag>}
          count={one.submittedOn ? `le ${sayDate(one.submittedOn)}` : undefined}
        >
          <div className={page.body}>
            {sections.map((section) => {
              const given = section.questions.filter(
                ({ id }) => one.answers[id] !== undefined && one.answers[id] !== null,
              );
              return given.length === 0 ? null : (
                <details key={section.id} open={section.id === 'expectations'}>
                  <summary style={{ cursor: 'pointer', minHeight: 32 }} className="strong small">
                    {section.title}
                  </summary>
                  <dl className={page.lines} style={{ paddingBottom: 12 }}>
                    {given.map((question) => (
                      <div key={question.id} style={{ display: 'contents' }}>
                        <dt>{question.label}</dt>
                        <dd>{sayAnswer(question, one.answers[question.id]!)}</dd>
                      </div>
                    ))}
                  </dl>
                </details>
              );
            })}
          </div>
        </Card>
      ))}
    </div>
  );
}
