import { Button, Switch, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { call, queries, reading, Refusal, urlOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { sayAgo, sayCount, sayDate } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { Card, ProgressBar, Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { DownloadIcon, MailIcon, SendIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { EmptyState, ErrorState, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { OutcomeTag } from '../file/MyCalls.tsx';
import { Batch } from '../jobs/Batch.tsx';
import css from '../programme.module.css';
import { CallBar, useCall } from '../review/FilesPage.tsx';

type Letter = z.infer<typeof programmeContract.letters.reply>['letters'][number];
export const letterStates: Record<
  Letter['state'],
  { tone: 'neutral' | 'success' | 'warning' | 'danger' | 'info'; words: string; tells: string }
> = {
  waiting: { tone: 'neutral', words: 'en attente', tells: 'Part dans un instant.' },
  sending: { tone: 'info', words: 'envoi', tells: 'En cours d’envoi.' },
  sent: { tone: 'success', words: 'envoyé', tells: 'Remis au serveur de courrier.' },
  failed: {
    tone: 'danger',
    words: 'refusé',
    tells: 'Le serveur de courrier a refusé. Un nouvel essai se fait de lui-même, de plus en plus tard.',
  },
  unsure: {
    tone: 'warning',
    words: 'à vérifier',
    tells:
      'L’envoi a été interrompu : le courrier est peut-être arrivé. Il ne repart pas de lui-même, pour ne pas partir deux fois.',
  },
  'to-hand': {
    tone: 'info',
    words: 'à remettre',
    tells:
      'Aucun message n’est parti : pas de serveur de courrier, ou pas d’adresse. Imprimez le PDF ; l’équipe le trouve aussi dans son dossier.',
  },
};
const changed = () => {
  for (const entry of [programmeContract.letters, programmeContract.decisions, programmeContract.regionCalls])
    void queries.invalidateQueries({ queryKey: [entry.path] });
};

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
  useLive(['letters', 'files'], changed);
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
  const failure = calls.error ?? query.error ?? decisions.error;
  return (
    <div className="page">
      <title>Courriers · Estran</title>
      <header className="page-head">
        <h1>Courriers</h1>
      </header>
      <CallBar here="dossiers/courriers" />
      {failure && (
        <ErrorState
          error={failure}
          retry={() => void Promise.all([calls.refetch(), query.refetch(), decisions.refetch()])}
        />
      )}
      {!failure && (!query.data || !decisions.data) && (
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
              <Notify
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
              <Results edition={edition} publishedAt={decisions.data.resultsAt} may={decisions.data.may.decide} />
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

function Notify({
  edition,
  publisher,
  count,
  replaces,
}: {
  edition: string;
  publisher: string;
  count: number;
  replaces: boolean;
}) {
  const me = useMe();
  const [form, setForm] = useState({ signatory: me.name, role: 'Pour le directeur général', note: '' });
  const notify = useMutation({
    mutationFn: () => call(programmeContract.notify, { params: { edition }, body: form }),
    onSuccess: ({ written }) => {
      changed();
      done(`${sayCount(written, 'courrier écrit', 'courriers écrits')}. L’envoi a commencé.`);
    },
  });
  const fields = notify.error instanceof Refusal ? notify.error.fields : {};
  return (
    <Card title="Notifier les équipes">
      <form
        className={`${css.body} stack`}
        onSubmit={(event) => {
          event.preventDefault();
          notify.mutate();
        }}
      >
        <p className="small dim">
          {count === 0
            ? 'Rien ne change pour les équipes : aucun courrier n’est à écrire.'
            : `Un courrier numéroté pour ${replaces ? sayCount(count, 'équipe, pour qui la décision change quelque chose', 'équipes, pour qui la décision change quelque chose') : sayCount(count, 'équipe')}, avec ses propres motifs.`}{' '}
          Les équipes voient la décision dans leur dossier dès maintenant : on ne la reprend pas, on en prend une autre.
        </p>
        <TextInput
          label="Signataire"
          value={form.signatory}
          error={fields.signatory}
          onChange={(event) => setForm({ ...form, signatory: event.currentTarget.value })}
        />
        <TextInput
          label="Qualité"
          value={form.role}
          error={fields.role}
          onChange={(event) => setForm({ ...form, role: event.currentTarget.value })}
          description={publisher}
        />
        <Textarea
          label="Paragraphe ajouté à chaque courrier (facultatif)"
          autosize
          minRows={2}
          value={form.note}
          onChange={(event) => setForm({ ...form, note: event.currentTarget.value })}
        />
        {notify.error && !Object.keys(fields).length && <ErrorState compact error={notify.error} />}
        <Button type="submit" leftSection={<SendIcon size={16} />} loading={notify.isPending}>
          {count === 0 ? 'Notifier' : `Écrire et envoyer ${sayCount(count, 'courrier')}`}
        </Button>
      </form>
    </Card>
  );
}

function Results({ edition, publishedAt, may }: { edition: string; publishedAt: string | null; may: boolean }) {
  const me = useMe();
  const turn = useMutation({
    mutationFn: (on: boolean) => call(programmeContract.publishResults, { params: { edition }, body: { on } }),
    onSuccess: (_nothing, on) => {
      changed();
      done(on ? 'La liste des résultats est publique.' : 'La liste n’est plus publique.', () =>
        call(programmeContract.publishResults, { params: { edition }, body: { on: !on } }).then(changed),
      );
    },
    onError: failed,
  });
  return (
    <Card
      title="Liste des résultats"
      action={publishedAt ? <Tag tone="success">publique</Tag> : <Tag>non publiée</Tag>}
    >
      <div className={`${css.body} stack`}>
        <p className="small dim">
          Équipes retenues et liste d’attente, sans compte pour la lire. Les équipes non retenues n’y sont pas nommées.
        </p>
        {may && (
          <Switch
            label="Publier la liste"
            checked={publishedAt !== null}
            disabled={turn.isPending}
            onChange={(event) => turn.mutate(event.currentTarget.checked)}
          />
        )}
        {publishedAt && (
          <a href={`/programme/resultats/${me.practice.id}/${edition}`} target="_blank" rel="noreferrer">
            Voir la liste publiée le {sayDate(publishedAt)}
          </a>
        )}
      </div>
    </Card>
  );
}

function LetterPanel({
  letter,
  newest,
  may,
  onClose,
}: {
  letter: Letter;
  newest: boolean;
  may: boolean;
  onClose: () => void;
}) {
  const [form, setForm] = useState({ mail: letter.mail, note: '' });
  const [correcting, setCorrecting] = useState(false);
  const again = useMutation({
    mutationFn: () => call(programmeContract.sendAgain, { params: { letter: letter.id } }),
    onSuccess: () => {
      changed();
      done('Le courrier repart.');
    },
    onError: failed,
  });
  const correct = useMutation({
    mutationFn: () => call(programmeContract.correctLetter, { params: { letter: letter.id }, body: form }),
    onSuccess: () => {
      changed();
      done(`Version ${letter.version + 1} écrite. L’envoi a commencé.`);
      onClose();
    },
  });
  const fields = correct.error instanceof Refusal ? correct.error.fields : {};
  const still = !['waiting', 'sending'].includes(letter.state);
  return (
    <SidePanel title={letter.team} subtitle={`${letter.reference}, version ${letter.version}`} onClose={onClose}>
      <div className="stack loose">
        <Note
          tone={
            letter.state === 'failed'
              ? 'danger'
              : letter.state === 'unsure'
                ? 'warning'
                : letter.state === 'sent'
                  ? 'success'
                  : 'info'
          }
        >
          {letterStates[letter.state].tells}
          {letter.failure && <span className="dim"> {letter.failure}</span>}
        </Note>
        <div className="row wrap">
          <Button
            component="a"
            href={urlOf(programmeContract.letterPdf, { params: { letter: letter.id } })}
            target="_blank"
            rel="noreferrer"
            variant="default"
            leftSection={<DownloadIcon size={16} />}
          >
            Courrier (PDF)
          </Button>
          {may && newest && still && letter.state !== 'sent' && (
            <Button
              variant="default"
              leftSection={<SendIcon size={16} />}
              loading={again.isPending}
              onClick={() => again.mutate()}
            >
              Envoyer de nouveau
            </Button>
          )}
        </div>
        <section aria-label="Message">
          <dl className={css.lines}>
            <dt>À</dt>
            <dd>{letter.mail || 'aucune adresse'}</dd>
            <dt>Objet</dt>
            <dd>{letter.subject}</dd>
          </dl>
          <p style={{ whiteSpace: 'pre-line', marginTop: 12 }}>{letter.words}</p>
        </section>
        {may && newest && still && !correcting && (
          <div>
            <Button variant="subtle" onClick={() => setCorrecting(true)}>
              Corriger et envoyer la version {letter.version + 1}
            </Button>
          </div>
        )}
        {correcting && (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              correct.mutate();
            }}
          >
            <TextInput
              label="Adresse"
              type="email"
              value={form.mail}
              error={fields.mail}
              onChange={(event) => setForm({ ...form, mail: event.currentTarget.value })}
            />
            <Textarea
              label="Paragraphe ajouté"
              autosize
              minRows={2}
              value={form.note}
              onChange={(event) => setForm({ ...form, note: event.currentTarget.value })}
            />
            {correct.error && !Object.keys(fields).length && <ErrorState compact error={correct.error} />}
            <Button type="submit" loading={correct.isPending}>
              Écrire et envoyer la version {letter.version + 1}
            </Button>
          </form>
        )}
      </div>
    </SidePanel>
  );
}
