import { Button } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, queries, reading, Refusal, upload, urlOf, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDateTime, sayNumber } from '../../../web/say.ts';
import { Card, Kbd, ProgressBar, Tag } from '../../../web/ui/bits.tsx';
import { FileFrame } from '../../../web/ui/FileFrame.tsx';
import { BackIcon, InboxIcon, UndoIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { EmptyState, Failure, ListBones, Note, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { readLabText, type ReceivedLine, recordContract } from '../../contract.ts';
import css from './documents.module.css';
import { FileViewer } from './FileViewer.tsx';
import { SortForm } from './SortForm.tsx';

const tones = { sure: 'success', likely: 'info', possible: 'warning' } as const;
const inboxQuery = reading(recordContract.inbox);
const again = () => queries.invalidateQueries({ queryKey: [recordContract.inbox.path] });
const contentOf = (line: ReceivedLine): string =>
  urlOf(recordContract.receivedContent, { params: { document: line.document } });

/** Files that arrived: dropped here by the handful, each looked at and put into its record, by keyboard if one likes. */
export default function SortView() {
  const [url, setUrl] = useUrl();
  // While a text is being read the proposals are on their way.
  const query = useQuery({
    ...inboxQuery,
    refetchInterval: ({ state }) =>
      state.data?.waiting.some((line) => line.reading || line.recognition?.running) ? 700 : 60_000,
  });
  const waiting = query.data?.waiting ?? [];
  const chosen = waiting.find((line) => line.document === url.doc) ?? (url.doc === undefined ? waiting[0] : undefined);
  const gone = url.doc !== undefined && query.data && !chosen && !query.isFetching;
  useEffect(() => {
    if (gone) setUrl({ doc: undefined });
  }, [gone, setUrl]);
  const open = (line: ReceivedLine | undefined) => setUrl({ doc: line?.document });
  const step = (by: number) =>
    open(waiting[Math.min(waiting.length - 1, Math.max(0, chosen ? waiting.indexOf(chosen) : -1 + by))]);
  useKeys({ j: () => step(1), k: () => step(-1) }, waiting.length > 1);

  /** What stands next is opened before this one leaves the list, so that nothing jumps. */
  const settled = (line: ReceivedLine, words: string) => {
    const at = waiting.findIndex((one) => one.document === line.document);
    open(waiting[at + 1] ?? waiting[at - 1]);
    queries.setQueryData(
      inboxQuery.queryKey,
      (now) =>
        now && {
          ...now,
          waiting: now.waiting.filter((one) => one.document !== line.document),
          done: [line, ...now.done],
        },
    );
    void again();
    done(words, () => takeBack(line));
  };
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} />;
  return (
    <>
      <DropZone />
      {waiting.length === 0 ? (
        <div className="card">
          <EmptyState icon={InboxIcon} title="Rien à classer">
            {query.data.all
              ? 'Les documents reçus ou numérisés que vous déposez ici attendent d’être classés dans un dossier.'
              : 'Les documents que vous déposez ici attendent d’être classés ; le secrétariat les voit aussi.'}
          </EmptyState>
        </div>
      ) : (
        <div className={css.work} data-open={url.doc !== undefined || undefined}>
          <section className={`card ${css.list}`} aria-label="Documents à classer">
            <ul className="plain">
              {waiting.map((line) => (
                <li key={line.document}>
                  <button
                    type="button"
                    className={css.item}
                    aria-current={line === chosen ? 'true' : undefined}
                    onClick={() => open(line)}
                  >
                    <span className="strong clip">{line.proposals[0]?.patient.name ?? line.name}</span>
                    <span className="dim small clip">
                      {line.proposals[0] ? line.guess.title : `reçu ${sayDateTime(line.at)}`}
                    </span>
                    <span className="row tiny">
                      {line.reading ? (
                        <span className="dim">
                          {line.recognition ? 'reconnaissance du texte…' : 'lecture du texte…'}
                        </span>
                      ) : line.proposals[0] ? (
                        <Tag tone={tones[line.proposals[0].confidence]}>{line.proposals[0].confidenceLabel}</Tag>
                      ) : (
                        <Tag>Patient à choisir</Tag>
                      )}
                      {line.lab && (
                        <Tag tone={line.lab.cut || line.lab.several ? 'warning' : 'info'}>
                          {line.lab.cut ? 'Biologie, incomplet' : 'Biologie'}
                        </Tag>
                      )}
                      {line.alike.length > 0 && <Tag tone="warning">Doublon ?</Tag>}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
            {query.data.more && (
              <Nothing>D’autres documents attendent : ils apparaîtront à mesure que ceux-ci sont classés.</Nothing>
            )}
          </section>
          {chosen && (
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
                <FileViewer
                  key={chosen.document}
                  url={contentOf(chosen)}
                  type={chosen.contentType}
                  title={chosen.name}
                />
              </div>
              <SortForm
                key={chosen.document}
                line={chosen}
                url={contentOf(chosen)}
                onDone={settled}
                onAgain={() => void again()}
              />
            </div>
          )}
        </div>
      )}
      <p className="dim small" style={{ marginTop: 8 }}>
        <Kbd>J</Kbd> suivant, <Kbd>K</Kbd> précédent, <Kbd>A</Kbd> classer chez le patient proposé, <Kbd>P</Kbd>{' '}
        chercher un autre patient, <Kbd>X</Kbd> pas de chez nous.
      </p>
      <DoneList lines={query.data.done} />
    </>
  );
}

const takeBack = async (line: ReceivedLine) => {
  await call(recordContract.takeBackDocument, { params: { document: line.document }, body: { version: line.version } });
  await again();
};

function DoneList({ lines }: { lines: readonly ReceivedLine[] }) {
  if (lines.length === 0) return null;
  return (
    <div style={{ marginTop: 16 }}>
      <Card title="Traités ces sept derniers jours" count={lines.length}>
        <ul className="plain">
          {lines.map((line) => (
            <li
              key={line.document}
              className="row wrap"
              style={{ padding: '6px 16px', borderTop: '1px solid var(--line)' }}
            >
              <span className="grow" style={{ flexBasis: 220 }}>
                <span className="strong">
                  {line.state === 'sorted' ? (line.patient?.name ?? 'Dossier') : 'Pas de chez nous'}
                </span>{' '}
                <span className="dim small">
                  {line.state === 'sorted' ? line.name : `${line.name} · ${line.reason}`}
                </span>
              </span>
              <span className="dim tiny">
                {line.doneBy}
                {line.doneAt && `, ${sayDateTime(line.doneAt)}`}
              </span>
              <Button
                size="compact-sm"
                variant="subtle"
                leftSection={<UndoIcon size={15} />}
                aria-label={`Reprendre ${line.name}`}
                onClick={() => void takeBack(line).then(() => done('Repris : il est de nouveau à classer.'), failed)}
              >
                Reprendre
              </Button>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

interface Sending {
  name: string;
  share: number;
  refused: string;
}
/** Many at once: each is kept by the server as soon as it is there, whatever becomes of the others. */
function DropZone() {
  const [sending, setSending] = useState<Sending[]>([]);
  const put = (name: string, change: Partial<Sending>) =>
    setSending((now) => now.map((one) => (one.name === name ? { ...one, ...change } : one)));
  const send = async (files: readonly File[]) => {
    setSending((now) => [
      ...now.filter((one) => one.refused),
      ...files.map(({ name }) => ({ name, share: 0, refused: '' })),
    ]);
    let kept = 0;
    for (const file of files) {
      const data = new FormData();
      data.set('file', file, file.name);
      try {
        if (file.size > 20 * 1_048_576)
          throw new Refusal(
            413,
            'Trop volumineux',
            `Ce fichier fait ${sayNumber(file.size / 1_048_576, 1)} Mo ; la limite est de 20 Mo.`,
          );
        await upload(recordContract.receiveDocument, {}, data, (share) => put(file.name, { share }));
        kept++;
        setSending((now) => now.filter((one) => one.name !== file.name));
        void again();
      } catch (error) {
        put(file.name, {
          refused: error instanceof Refusal ? error.message : 'L’envoi n’a pas abouti : déposez-le de nouveau.',
        });
      }
    }
    if (kept > 0) done(`${sayCount(kept, 'document')} ${kept > 1 ? 'reçus' : 'reçu'}.`);
  };
  useWindowEvent('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) void send(files);
    else if (!(event.target instanceof HTMLElement && event.target.closest('input, textarea, [contenteditable]'))) {
      // Results copied from the laboratory's page are received as a file of their own.
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (readLabText(text).values.length >= 3)
        void send([new File([text], 'resultats-colles.txt', { type: 'text/plain' })]);
    }
  });
  const going = sending.filter((one) => !one.refused);
  return (
    <div className={css.drop}>
      <FileFrame
        row
        label="Fichiers à déposer"
        words="Déposez ou collez ici les documents reçus ou numérisés"
        hint="PDF, PNG, JPEG, TIFF, texte ou fichier de laboratoire (HPRIM), 20 Mo chacun au plus"
        multiple
        accept="application/pdf,image/png,image/jpeg,image/tiff,text/plain,.hpr,.hpm,.hprim"
        take={(files) => void send(files)}
      >
        {going.length > 0 && (
          <ProgressBar
            share={going.reduce((sum, one) => sum + one.share, 0) / going.length}
            label={`Envoi de ${sayCount(going.length, 'document')}`}
          />
        )}
      </FileFrame>
      {sending
        .filter((one) => one.refused)
        .map((one) => (
          <Note
            key={one.name}
            tone="danger"
            live
            action={
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => setSending((now) => now.filter((other) => other !== one))}
              >
                Fermer
              </Button>
            }
          >
            {one.name} : {one.refused}
          </Note>
        ))}
    </div>
  );
}
