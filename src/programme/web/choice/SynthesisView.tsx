import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, failureOf } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { ChartIcon, PrintIcon, SearchIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { Scrolled } from '../parts.tsx';
import page from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import css from './choice.module.css';
import { Bars, Papers, Words } from './parts.tsx';
import { changedChoice, levels, type Result, sayDecimal, sayProfession, type Synthesis } from './words.ts';

/** What the team said, computed: charts whose figures are written, free words that can be searched, words of the consultant around them. */
export default function SynthesisView({ project }: { project: Project }) {
  const query = useQuery(reading(programmeContract.synthesis, { params: { project: project.id } }));
  const issue = useMutation({
    mutationFn: () => call(programmeContract.issueSynthesis, { params: { project: project.id } }),
    onSuccess: () => {
      changedChoice();
      done('Synthèse produite : elle est aussi dans « Documents ».');
    },
    onError: failed,
  });
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} />;
  const found = query.data;
  if (found.submitted === 0)
    return (
      <EmptyState icon={ChartIcon} title="Pas encore de réponse">
        La synthèse se calcule des réponses envoyées, et se met à jour à chacune.
      </EmptyState>
    );
  const { write } = found.may;
  const words = (part: string, label: string, add: string, held: Synthesis['lead'], placeholder?: string) => (
    <Words
      project={project.id}
      part={`synthesis.${part}`}
      label={label}
      add={add}
      words={held}
      write={write}
      placeholder={placeholder}
    />
  );
  return (
    <div className={page.two}>
      <div className={`${page.beside} stack loose`}>
        {(write || found.lead?.words) && (
          <Card title="En quelques mots">
            <div className={page.body}>
              {words(
                'lead',
                'Introduction',
                'Écrire l’introduction',
                found.lead,
                'L’équipe, son contexte, ce qui frappe dans les réponses.',
              )}
            </div>
          </Card>
        )}
        {found.sections.map((section) => (
          <Card key={section.id} title={section.title} id={`synthese-${section.id}`}>
            <div className={`${page.body} stack loose`}>
              {words(
                `section-${section.id}`,
                `Commentaire : ${section.title}`,
                'Commenter cette partie',
                section.words,
              )}
              {section.results
                .filter(({ answered }) => answered > 0)
                .map((result) => (
                  <div key={result.question.id} className="stack tight">
                    <h3>{result.question.label}</h3>
                    <p className="dim small">
                      {sayCount(result.answered, 'réponse')}
                      {figures(result)}
                    </p>
                    <Chart result={result} professions={found.professions} />
                    {words(
                      `question-${result.question.id}`,
                      `Commentaire : ${result.question.label}`,
                      'Commenter',
                      result.words,
                    )}
                  </div>
                ))}
            </div>
          </Card>
        ))}
        {(write || found.end?.words) && (
          <Card title="Ce qu’il faut retenir">
            <div className={page.body}>
              {words(
                'end',
                'Conclusion',
                'Écrire la conclusion',
                found.end,
                'Les besoins communs, les divergences, ce que le logiciel devra faire d’abord.',
              )}
            </div>
          </Card>
        )}
      </div>
      <div className={page.side}>
        <Card title="Qui a répondu" count={`${found.submitted} sur ${found.asked}`}>
          <div className={`${page.body} stack`}>
            <Bars
              label="Réponses par profession"
              lines={found.rates.map(({ profession, asked, submitted }) => ({
                label: sayProfession(profession),
                share: asked ? submitted / asked : 0,
                text: `${submitted} sur ${asked}`,
              }))}
            />
            {found.silent.length > 0 ? (
              <Note tone="warning">Sans réponse : {found.silent.map(sayProfession).join(', ')}.</Note>
            ) : (
              <Note tone="success">Toutes les professions interrogées ont répondu.</Note>
            )}
            {found.together.length > 0 && (
              <p className="small dim">
                Répondu sans nom, seul de sa profession : {found.together.map(sayProfession).join(', ')}. Ces réponses
                ne sont pas montrées à part.
              </p>
            )}
          </div>
        </Card>
        {found.may.papers && (
          <Card title="Document">
            <div className={`${page.body} stack`}>
              <Papers project={project.id} papers={found.papers} empty="La synthèse n’est pas encore produite." />
              {write && (
                <div className="row wrap no-print">
                  <Button loading={issue.isPending} onClick={() => issue.mutate()}>
                    {found.papers.length
                      ? `Produire la version ${found.papers[0]!.version + 1}`
                      : 'Produire la synthèse (PDF)'}
                  </Button>
                  <Button variant="subtle" leftSection={<PrintIcon size={16} />} onClick={() => print()}>
                    Imprimer l’écran
                  </Button>
                </div>
              )}
              {found.state === 'open' && (
                <p className="small dim">
                  Le questionnaire est ouvert jusqu’au {sayDate(found.closesOn)} : ces chiffres changent encore.
                </p>
              )}
            </div>
          </Card>
        )}
      </div>
    </div>
  );
}
function figures({ figures: found, question }: Result): string {
  if (!found) return '';
  const unit = question.type === 'scale' ? ' sur 5' : question.unit ? ` ${question.unit}` : '';
  const { least, most, sum } = found;
  return [
    ` · moyenne ${sayDecimal(found.mean)}${unit}`,
    `médiane ${sayDecimal(found.median)}`,
    ...(question.type === 'number'
      ? [`de ${sayDecimal(least)} à ${sayDecimal(most)}`, `total ${sayDecimal(sum)}`]
      : []),
  ].join(', ');
}

function Chart({ result, professions }: { result: Result; professions: Synthesis['professions'] }) {
  const { question, choices, byProfession, rows, answered } = result;
  if (question.type === 'text' || question.type === 'long-text') return <Texts result={result} />;
  if (question.type === 'matrix')
    return <Heat label={question.label} rows={rows} professions={professions.map(({ profession }) => profession)} />;
  return (
    <>
      {choices.length > 0 && (
        <Bars
          label={question.label}
          lines={choices.map(({ label, count }) => ({
            label,
            share: answered ? count / answered : 0,
            text: `${count} (${answered ? Math.round((100 * count) / answered) : 0} %)`,
          }))}
        />
      )}
      {byProfession.length > 1 && (
        <>
          <p className="small dim">Moyenne par profession</p>
          <Bars
            label={`${question.label}, par profession`}
            lines={byProfession.map(({ profession, mean, n }) => ({
              label: `${sayProfession(profession)} (${n})`,
              share:
                question.type === 'scale'
                  ? mean / 500
                  : result.figures && result.figures.most > 0
                    ? mean / result.figures.most
                    : 0,
              text: sayDecimal(mean),
            }))}
          />
        </>
      )}
      {choices.length > 0 && question.type !== 'scale' && professions.length > 1 && (
        <details className="small">
          <summary style={{ cursor: 'pointer', minHeight: 32 }}>Par profession</summary>
          <Scrolled label={`${question.label}, par profession`}>
            <table className={css.heat}>
              <caption className="vh">{question.label}, par profession</caption>
              <thead>
                <tr>
                  <td />
                  {professions.map(({ profession, n }) => (
                    <th key={profession} scope="col">
                      {sayProfession(profession)} ({n})
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {choices.map((choice) => (
                  <tr key={choice.code}>
                    <th scope="row">{choice.label}</th>
                    {professions.map(({ profession }) => (
                      <td key={profession}>
                        {choice.byProfession.find((one) => one.profession === profession)?.count ?? 0}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrolled>
        </details>
      )}
    </>
  );
}

/** Never so dark that the figure on it cannot be read. */
const shade = (mean: number, most: number): string =>
  `color-mix(in srgb, var(--accent) ${Math.round((mean / 3) * most)}%, var(--surface-2))`;
/** Functions × professions: the mean of each in its cell, darker as it matters more; it is a table to read as well. */
export function Heat({
  label,
  rows,
  professions,
}: {
  label: string;
  rows: Result['rows'];
  professions: readonly string[];
}) {
  const shown = professions.filter((profession) =>
    rows.some((row) => row.byProfession.some((one) => one.profession === profession)),
  );
  const cell = (key: string, mean: number | undefined, n: number | undefined, title: string) => (
    <td
      key={key}
      title={title}
      style={
        mean === undefined || !n ? undefined : { background: `light-dark(${shade(mean, 0.62)}, ${shade(mean, 0.45)})` }
      }
    >
      {mean === undefined || !n ? (
        <>
          <span aria-hidden>–</span>
          <span className="vh">sans réponse</span>
        </>
      ) : (
        sayDecimal(mean)
      )}
    </td>
  );
  return (
    <>
      <Scrolled label={`${label}, par profession`}>
        <table className={css.heat}>
          <caption className="vh">
            {label} : importance moyenne par profession, de 0 (inutile) à 3 (indispensable)
          </caption>
          <thead>
            <tr>
              <td />
              <th scope="col">Tous</th>
              {shown.map((profession) => (
                <th key={profession} scope="col">
                  {sayProfession(profession)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.code}>
                <th scope="row">{row.label}</th>
                {cell(
                  'all',
                  row.mean,
                  row.answered,
                  levels.map((words, at) => `${words} : ${row.counts[at]}`).join(', '),
                )}
                {shown.map((profession) => {
                  const one = row.byProfession.find((held) => held.profession === profession);
                  return cell(
                    profession,
                    one?.mean,
                    one?.n,
                    one ? `${sayProfession(profession)} : ${sayCount(one.n, 'réponse')}` : '',
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
      <p className="tiny dim">0 inutile, 1 utile, 2 important, 3 indispensable.</p>
    </>
  );
}

function Texts({ result }: { result: Result }) {
  const [url, setUrl] = useUrl();
  const [all, setAll] = useState(false);
  const key = `mot-${result.question.id}`;
  const sought = url[key] ?? '';
  const found = result.texts.filter(({ text }) => fold(text).includes(fold(sought)));
  return (
    <div className="stack tight">
      {result.texts.length > 4 && (
        <div className="row wrap no-print">
          <TextInput
            size="xs"
            aria-label={`Chercher dans : ${result.question.label}`}
            leftSection={<SearchIcon size={14} />}
            value={sought}
            onChange={(event) => setUrl({ [key]: event.currentTarget.value || undefined })}
            placeholder="Chercher un mot"
          />
          {result.themes.slice(0, 6).map(({ word, times }) => (
            <Button
              key={word}
              size="compact-xs"
              variant={fold(sought) === fold(word) ? 'filled' : 'default'}
              aria-pressed={fold(sought) === fold(word)}
              onClick={() => setUrl({ [key]: fold(sought) === fold(word) ? undefined : word })}
            >
              {word} {times}
            </Button>
          ))}
        </div>
      )}
      <ul className="stack tight" style={{ margin: 0, paddingLeft: 18 }}>
        {(all || sought ? found : found.slice(0, 6)).map(({ text, professions, times }) => (
          <li key={text} style={{ overflowWrap: 'anywhere' }}>
            {text} <span className="dim small">{professions.map(sayProfession).join(', ')}</span>{' '}
            {times > 1 && <Tag>{times} fois</Tag>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="small dim">Aucun texte ne contient « {sought} ».</p>}
      {!all && !sought && found.length > 6 && (
        <div>
          <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
            Voir les {found.length} réponses
          </Button>
        </div>
      )}
    </div>
  );
}
