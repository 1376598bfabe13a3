import { useQuery } from '@tanstack/react-query';
import { reading, failureOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { sayAgo, sayCount } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { Card, ProgressBar, Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { MailIcon } from '../../../web/ui/icons.ts';
import { EmptyState, ListBones, Note, Failure } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import { OutcomeTag } from '../file/MyCalls.tsx';
import { Batch } from '../jobs/Batch.tsx';
import css from '../programme.module.css';
import { CallBar, useCall } from '../review/FilesPage.tsx';
import { LetterPanel } from './LetterPanel.tsx';
import { NotifyCard } from './NotifyCard.tsx';
import { ResultsCard } from './ResultsCard.tsx';
import { changedLetters, type Letter, letterStates } from './words.ts';

/** `/programme/dossiers/courriers`: the letters of a decision, their sending, and the list of results. Without a mail server, what would be sent. */
export default function LettersPage() {
  const me = useMe();
  const { calls, call: chosen, url, setUrl } = useCall();
  const edition = chosen?.id ?? '';
  const query = useQuery({
    ...reading(programmeContract.letters, { params: { edition } }),
    enabled: chosen !== undefined,
  });
  const decisions = useQuery({
    ...reading(programmeContract.decisions, { params: { edition } }),
    enabled: chosen !== undefined,
  });
  useLive(['letters', 'files'], changedLetters);
  const last = decisions.data?.decisions[0];
  const letters = query.data?.letters ?? [];
  const current = letters.filter(
    (one) =>
      one.decision === last?.number &&
      !letters.some((other) => other.reference === one.reference && other.version > one.version),
  );
  const over = current.filter((one) => ['sent', 'to-hand', 'unsure', 'failed'].includes(one.state)).length;
  const open = letters.find((one) => one.id === url.volet);
  const columns: Column<Letter>[] = [
    {
      key: 'reference',
      title: 'Référence',
      width: 190,
      wide: true,
      render: (one) => (
        <span className="num nowrap">
          {one.reference}
          {one.version > 1 && <span className="dim"> v{one.version}</span>}
        </span>
      ),
    },
    { key: 'team', title: 'Équipe', render: (one) => <span className="strong">{one.team}</span> },
    { key: 'outcome', title: 'Décision', width: 130, render: (one) => <OutcomeTag outcome={one.outcome} /> },
    {
      key: 'state',
      title: 'Envoi',
      width: 110,
      render: (one) => <Tag tone={letterStates[one.state].tone}>{letterStates[one.state].words}</Tag>,
    },
    {
      key: 'changedAt',
      title: 'Depuis',
      wide: true,
      width: 110,
      render: (one) => <span className="dim">{sayAgo(one.changedAt)}</span>,
    },
  ];
  return (
    <div className="page">
      <title>Courriers · Estran</title>
      <header className="page-head">
        <h1>Courriers</h1>
      </header>
      <CallBar here="dossiers/courriers" />
      <Failure of={[calls, query, decisions]} />
      {!failureOf(calls, query, decisions) && (!query.data || !decisions.data) && (
        <div className="card">
          <ListBones rows={8} />
        </div>
      )}
      {query.data && decisions.data && (
        <div className={css.two}>
          <Card title="Notifications" count={letters.length || undefined}>
            {query.data.mails === false && letters.length > 0 && (
              <div style={{ padding: '0 16px 10px' }}>
                <Note tone="info">
                  Aucun serveur de courrier n’est réglé : rien ne part. Chaque ligne montre le message et le PDF qui
                  seraient envoyés.
                </Note>
              </div>
            )}
            {letters.length === 0 && (
              <EmptyState icon={MailIcon} title={last ? 'Aucun courrier écrit' : 'Aucune décision'}>
                {last
                  ? 'Notifiez la décision : un courrier numéroté est écrit pour chaque équipe, puis envoyé.'
                  : 'Les courriers s’écrivent une fois la décision prise.'}
              </EmptyState>
            )}
            {letters.length > 0 && (
              <DataTable
                caption="Courriers de notification"
                rows={letters}
                columns={columns}
                rowKey={(one) => one.id}
                onOpen={(one) => setUrl({ volet: one.id })}
                mark={(one) => (one.id === url.volet ? 'chosen' : undefined)}
              />
            )}
          </Card>
          <aside className={css.side} aria-label="Envoi et résultats">
            {last && decisions.data.may.decide && (!last.notifiedAt || query.data.toWrite > 0) && (
              <NotifyCard
                edition={edition}
                publisher={chosen?.publisher ?? ''}
                count={query.data.toWrite}
                replaces={last.number > 1}
              />
            )}
            {current.length > 0 && (
              <Card title={`Envoi de la décision n° ${last!.number}`}>
                <div className={`${css.body} stack`}>
                  <ProgressBar share={over / current.length} label={`${over} sur ${current.length}`} />
                  {(['failed', 'unsure', 'to-hand'] as const).map((state) => {
                    const count = current.filter((one) => one.state === state).length;
                    return count > 0 ? (
                      <p key={state} className="small">
                        <Tag tone={letterStates[state].tone}>{letterStates[state].words}</Tag>{' '}
                        {sayCount(count, 'courrier')}
                      </p>
                    ) : null;
                  })}
                </div>
              </Card>
            )}
            {chosen && me.acts.includes('lead-projects') && (
              <Card title="En un seul fichier">
                <div className={css.body}>
                  <Batch edition={edition} kinds={['letters', 'files']} />
                </div>
              </Card>
            )}
            {last?.notifiedAt && (
              <ResultsCard edition={edition} publishedAt={decisions.data.resultsAt} may={decisions.data.may.decide} />
            )}
          </aside>
        </div>
      )}
      {open && (
        <LetterPanel
          key={open.id}
          letter={open}
          newest={!letters.some((one) => one.reference === open.reference && one.version > open.version)}
          may={decisions.data?.may.decide ?? false}
          onClose={() => setUrl({ volet: undefined })}
        />
      )}
    </div>
  );
}
