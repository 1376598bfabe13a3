import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { call, queries, urlOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate, sayDateTime } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { ClipIcon, DownloadIcon, MailIcon, SendIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { EmptyState, Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { ClearFilters, Filters, Pick } from '../filters.tsx';
import { letterStates } from '../letters/words.ts';
import css from '../programme.module.css';

type Line = z.infer<typeof programmeContract.outbox.reply>['lines'][number];
const changed = () => void queries.invalidateQueries({ queryKey: [programmeContract.outbox.path] });
/** A personal link is made as its mail leaves: here stands its place. */
const shownWords = (words: string): string =>
  words
    .replace(/\[lien personnel [^\]]+\]/g, '(lien personnel, fait au départ du message)')
    .replace(/\[page ([^\]]+)\]/g, '$1');

/** `/programme/envois`: all that the region sends, how far each is; without a mail server, what would be sent. */
export default function OutboxPage() {
  const [url, setUrl] = useUrl();
  const filters = {
    ...(url.etat && { state: url.etat as Line['state'] }),
    ...(url.genre && { kind: url.genre as Line['kind'] }),
    ...(url.q && { q: url.q }),
  };
  const query = useInfiniteQuery({
    queryKey: [programmeContract.outbox.path, filters],
    queryFn: ({ pageParam }) =>
      call(programmeContract.outbox, { query: { ...filters, ...(pageParam && { before: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.more ?? undefined,
  });
  useLive(['letters', 'programme-mails'], changed);
  const pages = query.data?.pages ?? [];
  const lines = pages.flatMap((one) => one.lines);
  const counts = pages[0]?.counts ?? [];
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const open = lines.find(({ id }) => id === url.volet);
  const columns: Column<Line>[] = [
    {
      key: 'subject',
      title: 'Objet',
      render: (one) => (
        <span className="strong">
          {one.subject} {one.attachment && <ClipIcon size={13} aria-label="avec une pièce jointe" />}
        </span>
      ),
    },
    {
      key: 'name',
      title: 'À',
      wide: true,
      render: (one) => (
        <span>
          {one.name || '–'} <span className="dim small">{one.recipient}</span>
        </span>
      ),
    },
    {
      key: 'kind',
      title: 'Genre',
      wide: true,
      width: 110,
      render: (one) => <span className="dim">{one.kind === 'letter' ? 'courrier' : 'message'}</span>,
    },
    {
      key: 'state',
      title: 'Envoi',
      width: 120,
      render: (one) => <Tag tone={letterStates[one.state].tone}>{letterStates[one.state].words}</Tag>,
    },
    {
      key: 'at',
      title: 'Écrit le',
      width: 120,
      render: (one) => <span className="num dim">{sayDate(one.at.slice(0, 10))}</span>,
    },
  ];
  return (
    <div className="page">
      <title>Boîte d’envoi · Estran</title>
      <header className="page-head">
        <div className={css.title}>
          <h1>Boîte d’envoi</h1>
          <p className="dim">Les courriers et messages de la région, du plus récent au plus ancien.</p>
        </div>
      </header>
      {pages[0]?.mails === false && (
        <div style={{ marginBottom: 16 }}>
          <Note tone="info">
            Aucun serveur de courrier n’est réglé : rien ne part d’ici. Voici ce qui serait envoyé, avec le texte et les
            pièces jointes.
          </Note>
        </div>
      )}
      <div className="card">
        <Filters label="Chercher un message" placeholder="Objet, équipe, destinataire" count={`${total} en tout`}>
          <Pick
            name="etat"
            label="Envoi"
            width={190}
            data={counts.map(({ state, count }) => [state, `${letterStates[state].words} (${count})`])}
          />
          <Pick
            name="genre"
            label="Genre"
            data={[
              ['letter', 'Courriers'],
              ['mail', 'Messages'],
            ]}
          />
        </Filters>
        <Failure of={query} />
        {query.isPending && <ListBones rows={10} />}
        {query.data && lines.length === 0 && (
          <EmptyState
            icon={MailIcon}
            title={total === 0 ? 'Rien à envoyer' : 'Aucun message ne correspond'}
            action={total > 0 && <ClearFilters names={['q', 'etat', 'genre']} />}
          >
            {total === 0 && 'Notifications, invitations, liens et documents s’affichent ici dès qu’ils sont écrits.'}
          </EmptyState>
        )}
        {lines.length > 0 && (
          <DataTable
            caption="Messages de la région"
            rows={lines}
            columns={columns}
            rowKey={(one) => one.id}
            onOpen={(one) => setUrl({ volet: one.id })}
            mark={(one) => (one.id === url.volet ? 'chosen' : undefined)}
          />
        )}
        {query.hasNextPage && (
          <p style={{ padding: 12, textAlign: 'center' }}>
            <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Voir les précédents
            </Button>
          </p>
        )}
      </div>
      {open && <Preview key={open.id} line={open} onClose={() => setUrl({ volet: undefined })} />}
    </div>
  );
}

function Preview({ line, onClose }: { line: Line; onClose: () => void }) {
  const state = letterStates[line.state];
  const again = useMutation({
    mutationFn: () =>
      line.kind === 'letter'
        ? call(programmeContract.sendAgain, { params: { letter: line.id } })
        : call(programmeContract.outboxSend, { params: { mail: line.id } }),
    onSuccess: () => {
      changed();
      done('Le message repart.');
    },
    onError: failed,
  });
  const paper =
    line.kind === 'letter'
      ? urlOf(programmeContract.letterPdf, { params: { letter: line.id } })
      : urlOf(programmeContract.outboxPaper, { params: { mail: line.id } });
  return (
    <SidePanel title={line.subject} subtitle={line.about || undefined} onClose={onClose} wide>
      <div className="stack loose">
        <Note
          tone={
            line.state === 'failed'
              ? 'danger'
              : line.state === 'unsure'
                ? 'warning'
                : line.state === 'sent'
                  ? 'success'
                  : 'info'
          }
        >
          {state.tells}
          {line.failure && <span className="dim"> {line.failure}</span>}
        </Note>
        <div className="row wrap">
          {line.attachment && (
            <Button
              component="a"
              href={paper}
              target="_blank"
              rel="noreferrer"
              variant="default"
              leftSection={<DownloadIcon size={16} />}
            >
              {line.attachment}
            </Button>
          )}
          {['failed', 'unsure', 'to-hand'].includes(line.state) && (
            <Button
              variant="default"
              leftSection={<SendIcon size={16} />}
              loading={again.isPending}
              onClick={() => again.mutate()}
            >
              Envoyer de nouveau
            </Button>
          )}
          {line.page && (
            <Link to={line.page as string}>
              {line.kind === 'letter' ? 'Les courriers de l’appel' : 'Le projet ou le parcours'}
            </Link>
          )}
        </div>
        <section aria-label="Message">
          <dl className={css.lines}>
            <dt>À</dt>
            <dd>
              {line.name} {line.recipient || '(aucune adresse)'}
            </dd>
            <dt>Objet</dt>
            <dd>{line.subject}</dd>
            <dt>Écrit le</dt>
            <dd>{sayDateTime(line.at)}</dd>
          </dl>
          <p style={{ whiteSpace: 'pre-line', marginTop: 12 }}>{shownWords(line.words)}</p>
        </section>
      </div>
    </SidePanel>
  );
}
