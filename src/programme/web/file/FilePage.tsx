import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { Bone, Failure } from '../../../web/ui/states.tsx';
import css from '../programme.module.css';
import { sayLeft } from '../time-left.ts';
import { type Condition, type Field, sayDeadline, sayValue } from '../words.ts';
import { Documents } from './Documents.tsx';
import { FieldInput } from './FieldInput.tsx';
import { Members } from './Members.tsx';
import { StateTag } from './MyCalls.tsx';
import { Standing } from './Standing.tsx';
import { useFile } from './use-file.ts';

/** Fields that the answers so far ask for: the server says again at submission. */
function holds(test: Condition, value: (field: string) => unknown): boolean {
  if ('all' in test) return test.all.every((one) => holds(one, value));
  if ('any' in test) return test.any.some((one) => holds(one, value));
  if ('not' in test) return !holds(test.not, value);
  const found = value(test.fact) ?? null;
  if ('known' in test) return (found !== null && found !== '') === test.known;
  if ('is' in test) return found === test.is;
  if ('in' in test) return test.in.includes(String(found));
  if ('atLeast' in test) return typeof found === 'number' && found >= test.atLeast;
  if ('atMost' in test) return typeof found === 'number' && found <= test.atMost;
  return found !== null;
}

/** `/programme/dossier/$application`: the team's own file. Written by several at once, each field on its own. */
export default function FilePage() {
  const { application: id } = useParams({ strict: false }) as { application: string };
  const file = useFile(id);
  const [url, setUrl] = useUrl();
  const application = file.query.data;
  const counted = useMemo(
    () =>
      new Set(
        application?.edition.sections.flatMap((section) => section.fields).some(({ type }) => type === 'team')
          ? ['team.count']
          : [],
      ),
    [application?.edition],
  );
  if (failureOf(file.query)) return <Failure of={file.query} />;
  if (!application)
    return (
      <div className="page" role="status" aria-label="Chargement">
        <Bone h={420} />
      </div>
    );
  const { edition, answers, missing, may } = application;
  const typed = (field: string) =>
    file.fields[field]?.pending ? file.fields[field]!.pending!.value : answers[field]?.value;
  const asked = (field: Field) => !counted.has(field.id) && (!field.when || holds(field.when, typed));
  const lacking = new Map(Map.groupBy(missing.fields, (one) => one.section));
  return (
    <div className="page">
      <title>{`${edition.title} · Estran`}</title>
      <header className="page-head">
        <div className={css.title}>
          <p className="small">
            <Link to={'/programme' as string}>Programme régional</Link>
          </p>
          <h1>
            {edition.title} <StateTag application={{ state: application.state, told: application.told }} />
          </h1>
          <p className="dim small">
            {application.practice} ·{' '}
            {application.open
              ? `à déposer avant le ${sayDeadline(edition.deadline)}, ${sayLeft(application.deadline)}`
              : `clos le ${sayDeadline(edition.deadline)}`}
          </p>
        </div>
      </header>
      <nav className={css.sections} aria-label="Parties du dossier">
        {edition.sections.map((section) => {
          const left = lacking.get(section.title)?.length ?? 0;
          return (
            <a key={section.id} href={`#partie-${section.id}`}>
              {section.title} {left > 0 ? <Tag tone="warning">{left}</Tag> : <Tag tone="success">✓</Tag>}
            </a>
          );
        })}
        <a href="#pieces">
          Pièces{' '}
          {missing.documents.length > 0 ? (
            <Tag tone="warning">{missing.documents.length}</Tag>
          ) : (
            <Tag tone="success">✓</Tag>
          )}
        </a>
        <a href="#depot">{may.edit ? 'Éligibilité et dépôt' : 'Récépissé et décision'}</a>
      </nav>
      <div className={css.two}>
        <div className="stack loose">
          {edition.sections.map((section) => {
            const shown = section.fields.filter(asked);
            if (!shown.length) return null;
            return (
              <Card key={section.id} title={section.title} id={`partie-${section.id}`}>
                {may.edit ? (
                  <div className={css.form}>
                    {shown.map((field) => (
                      <FieldInput key={field.id} field={field} file={file} disabled={false} />
                    ))}
                  </div>
                ) : (
                  <dl className={`${css.lines} ${css.body}`}>
                    {shown.map((field) => (
                      <div key={field.id} style={{ display: 'contents' }}>
                        <dt>{field.label}</dt>
                        <dd>
                          {sayValue(field, answers[field.id]?.value) || <span className="dim">non renseigné</span>}
                        </dd>
                      </div>
                    ))}
                  </dl>
                )}
              </Card>
            );
          })}
          <Documents application={application} again={file.again} id="pieces" />
        </div>
        <aside className={css.side} aria-label="Où en est le dossier" id="depot">
          <Standing application={application} file={file} />
          {may.manage && (
            <Members
              application={application}
              open={url.volet === 'equipe'}
              setOpen={(on) => setUrl({ volet: on ? 'equipe' : undefined })}
              again={file.again}
            />
          )}
        </aside>
      </div>
    </div>
  );
}
