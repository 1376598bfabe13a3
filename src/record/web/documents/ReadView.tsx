import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, queries, reading, Refusal, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { mayWrite, useMe } from '../../../web/session.ts';
import { Kbd, Tag } from '../../../web/ui/bits.tsx';
import { BackIcon, CheckIcon, DoneIcon, HandOverIcon, SignIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { EmptyState, Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { recordContract, type ToReadLine, type Written } from '../../contract.ts';
import { refresh } from '../use-record.ts';
import { CommentField, HandForm } from './HandForm.tsx';
import css from './documents.module.css';
import { FileViewer } from './FileViewer.tsx';

const toReadQuery = reading(recordContract.toRead);
export const readAgain = () =>
  Promise.all([
    queries.invalidateQueries({ queryKey: [recordContract.toRead.path] }),
    queries.invalidateQueries({ queryKey: [recordContract.day.path] }),
  ]);
const keyOf = (line: ToReadLine): string => `${line.id}.${line.forWhom?.id ?? ''}`;

/** What waits for me, oldest first: read, signed or handed over one after the other without leaving the page. */
export default function ReadView() {
  const me = useMe();
  const [url, setUrl] = useUrl();
  const query = useQuery({ ...toReadQuery, refetchInterval: 120_000 });
  const lines = query.data?.lines ?? [];
  const chosen = lines.find((line) => keyOf(line) === url.doc || line.id === url.doc) ?? lines[0];
  const [comment, setComment] = useState('');
  const [asking, setAsking] = useState<'hand' | null>(null);
  const open = (line: ToReadLine | undefined) => {
    setComment('');
    setAsking(null);
    setUrl({ doc: line && keyOf(line) });
  };
  const step = (by: number) =>
    chosen && open(lines[Math.min(lines.length - 1, Math.max(0, lines.indexOf(chosen) + by))]);
  /** The next one is opened before this one leaves the list. */
  const settled = (line: ToReadLine, words: string) => (written: Written) => {
    const at = lines.indexOf(line);
    open(lines[at + 1] ?? lines[at - 1]);
    queries.setQueryData(
      toReadQuery.queryKey,
      (now) => now && { ...now, lines: now.lines.filter((one) => keyOf(one) !== keyOf(line)) },
    );
    void readAgain();
    void refresh(line.patient.id);
    done(words, async () => {
      await call(recordContract.undo, {
        params: { patient: line.patient.id },
        body: { entries: written.lines.map(({ type, id, version }) => ({ type, id, version })) },
      });
      await readAgain();
    });
  };
  const mark = useMutation({
    mutationFn: ({ line, sign }: { line: ToReadLine; sign: boolean }) =>
      call(recordContract.markRead, {
        params: { patient: line.patient.id, id: line.id },
        body: { version: line.version, sign, comment: comment || null, for: line.forWhom?.id ?? null },
      }),
    onSuccess: (written, { line, sign }) => settled(line, sign ? 'Signé.' : 'Noté : lu par vous.')(written),
    onError: (error) => {
      if (error instanceof Refusal && error.status === 409) void query.refetch();
    },
  });
  const act = (sign: boolean) => {
    if (chosen && !mark.isPending) mark.mutate({ line: chosen, sign });
  };
  useKeys(
    {
      j: () => step(1),
      k: () => step(-1),
      l: () => chosen && act(false),
      s: () => chosen && act(true),
      c: () => chosen && setAsking('hand'),
    },
    !!chosen,
  );
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} />;
  return (
    <>
      <div className="row wrap between" style={{ marginBottom: 8 }}>
        <p className="dim small">
          {lines.length > 0
            ? `${sayCount(lines.length, 'document')} à lire ou à signer${lines.some((line) => line.late) ? `, dont ${lines.filter((line) => line.late).length} depuis plus de sept jours` : ''}.`
            : 'Tout est lu.'}
        </p>
        <Link to={'/coordination/messages?volet=absence' as string} className="small">
          Absent bientôt ? Indiquez qui lit à votre place
        </Link>
      </div>
      {!chosen ? (
        <div className="card">
          <EmptyState icon={DoneIcon} title="Rien à lire">
            Les documents qu’on vous demande de lire ou de signer s’affichent ici, les plus anciens d’abord.
          </EmptyState>
        </div>
      ) : (
        <div className={css.work} data-open={url.doc !== undefined || undefined}>
          <section className={`card ${css.list}`} aria-label="Documents à lire">
            <ul className="plain">
              {lines.map((line) => (
                <Waiting key={keyOf(line)} line={line} current={line === chosen} open={() => open(line)} />
              ))}
            </ul>
          </section>
          <div className={css.desk}>
            <div className="stack">
              <Button
                className={css.back}
                variant="subtle"
                leftSection={<BackIcon size={16} />}
                onClick={() => setUrl({ doc: undefined })}
              >
                Liste
              </Button>
              {chosen.contentUrl && (
                <FileViewer key={chosen.id} url={chosen.contentUrl} type={chosen.contentType} title={chosen.title} />
              )}
            </div>
            <section className={`card pad stack ${css.side}`} aria-label="Ce document">
              <About line={chosen} />
              {asking === 'hand' ? (
                <HandForm line={chosen} onClose={() => setAsking(null)} onDone={settled(chosen, 'Confié.')} />
              ) : (
                <>
                  <CommentField value={comment} onChange={setComment} />
                  {mark.error && (
                    <Note tone="danger" live>
                      {mark.error instanceof Refusal
                        ? mark.error.message
                        : 'L’action n’a pas abouti. Rien n’a été modifié : réessayez.'}
                    </Note>
                  )}
                  <ReadActs
                    sign={chosen.sign}
                    pending={mark.isPending ? (mark.variables.sign ? 'sign' : 'read') : null}
                    act={act}
                    hand={mayWrite(me, 'documents') ? () => setAsking('hand') : undefined}
                  />
                </>
              )}
            </section>
          </div>
        </div>
      )}
      <p className="dim small" style={{ marginTop: 8 }}>
        <Kbd>J</Kbd> suivant, <Kbd>K</Kbd> précédent, <Kbd>L</Kbd> j’ai lu, <Kbd>S</Kbd> signer, <Kbd>C</Kbd> confier.
      </p>
    </>
  );
}

/** One that waits, in the list. */
function Waiting({ line, current, open }: { line: ToReadLine; current: boolean; open: () => void }) {
  return (
    <li>
      <button type="button" className={css.item} aria-current={current ? 'true' : undefined} onClick={open}>
        <span className="strong clip">{line.title}</span>
        <span className="dim small clip">
          {line.patient.name}, {line.patient.age}
        </span>
        <span className="row wrap tiny">
          <Tag tone={line.sign ? 'accent' : 'neutral'}>
            {line.sign ? 'À signer' : line.team ? 'À lire, équipe' : 'À lire'}
          </Tag>
          {line.due ? (
            <Tag tone={line.late ? 'warning' : 'neutral'}>pour le {sayDate(line.due)}</Tag>
          ) : (
            line.late && <Tag tone="warning">depuis {line.days} jours</Tag>
          )}
          {line.forWhom && <span className="dim clip">pour {line.forWhom.name}</span>}
        </span>
      </button>
    </li>
  );
}

/** What it is, whose, who asks for it to be read. */
function About({ line }: { line: ToReadLine }) {
  return (
    <div className="stack tight">
      <h2>{line.title}</h2>
      <p className="small">
        <Link to="/patients/$patient" params={{ patient: line.patient.id }} className="strong">
          {line.patient.name}
        </Link>
        , {line.patient.age}
      </p>
      <p className="dim small">
        {[line.documentType.label, line.at && sayDate(line.at), line.author].filter(Boolean).join(' · ')}
      </p>
      {line.forWhom && <Note tone="info">Pour {line.forWhom.name}, en son absence.</Note>}
      {line.askedBy && (
        <p className="small">
          Confié par {line.askedBy.me ? 'vous' : line.askedBy.name}
          {line.due && `, pour le ${sayDate(line.due)}`}.{' '}
          {line.task && <Link to={`/coordination/taches?volet=tache:${line.task}` as string}>Suivre ou refuser</Link>}
        </p>
      )}
      {line.note && <p className="small">{line.note}</p>}
      <Marks line={line} />
    </div>
  );
}

function ReadActs({
  sign,
  pending,
  act,
  hand,
}: {
  /** It is to be signed, not only read. */
  sign: boolean;
  pending: 'read' | 'sign' | null;
  act: (sign: boolean) => void;
  hand: (() => void) | undefined;
}) {
  return (
    <div className="row wrap">
      <Button
        variant={sign ? 'default' : 'filled'}
        leftSection={<CheckIcon size={16} />}
        loading={pending === 'read'}
        onClick={() => act(false)}
        rightSection={<Kbd>L</Kbd>}
      >
        J’ai lu
      </Button>
      <Button
        variant={sign ? 'filled' : 'default'}
        leftSection={<SignIcon size={16} />}
        loading={pending === 'sign'}
        onClick={() => act(true)}
        rightSection={<Kbd>S</Kbd>}
      >
        Signer
      </Button>
      {hand && (
        <Button variant="subtle" leftSection={<HandOverIcon size={16} />} onClick={hand} rightSection={<Kbd>C</Kbd>}>
          Confier
        </Button>
      )}
    </div>
  );
}

/** Who has read and signed it already, with what they said. */
export function Marks({ line }: { line: Pick<ToReadLine, 'marks' | 'awaited'> }) {
  if (line.marks.length + line.awaited.length === 0) return null;
  return (
    <ul className={`plain small ${css.marks}`} aria-label="Lectures et signatures">
      {line.marks.map((one) => (
        <li key={`${one.who.name}${one.at}`}>
          <Tag tone="success">{one.signed ? 'signé' : 'lu'}</Tag>{' '}
          {one.who.me ? 'vous' : [one.who.name, one.who.role].filter(Boolean).join(', ')}
          {one.stoodIn && ` pour ${one.stoodIn.name}`}
          {one.at && <span className="dim"> · {sayDate(one.at)}</span>}
          {one.comment && <div>« {one.comment} »</div>}
        </li>
      ))}
      {line.awaited.map((one) => (
        <li key={`${one.who?.id ?? 'team'}`}>
          <Tag tone="warning">{one.sign ? 'à signer' : 'à lire'}</Tag>{' '}
          {one.who ? (one.who.me ? 'par vous' : `par ${one.who.name}`) : 'par l’équipe de soins'}
          {one.words && <div>« {one.words} »</div>}
        </li>
      ))}
    </ul>
  );
}
