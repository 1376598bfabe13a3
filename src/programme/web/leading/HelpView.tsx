import { Button, Radio, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayAgo, sayCount, sayDateTime, sayNumber } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { DataTable } from '../../../web/ui/DataTable.tsx';
import { MessagesIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { EmptyState } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { HelpPanel } from './HelpPanel.tsx';
import { changedHelp, type HelpList, helpKinds, helpStates, noPatient, urgencyTones } from './words.ts';

type Line = HelpList['requests'][number];

/** Requests for help: what waits first, late ones marked. */
export function HelpView({ list }: { list: HelpList }) {
  const [url, setUrl] = useUrl();
  const [act, id] = (url.volet ?? '').split(':');
  const state = url.etat === 'toutes' ? 'all' : 'open';
  const urgency = (code: Line['urgency']) => list.targets.urgencies.find((one) => one.id === code)!;
  const open = list.requests.filter((one) => one.state === 'open');
  const shown = [...(state === 'open' ? open : list.requests)].sort(
    (a, b) =>
      Number(a.state !== 'open') - Number(b.state !== 'open') ||
      Number(a.answeredAt !== null) - Number(b.answeredAt !== null) ||
      (a.answeredAt === null && b.answeredAt === null
        ? a.dueAt.localeCompare(b.dueAt)
        : b.changedAt.localeCompare(a.changedAt)),
  );
  const { figures } = list;
  return (
    <div className="stack loose">
      <div className="row wrap">
        {list.asks && <Button onClick={() => setUrl({ volet: 'nouvelle' })}>Demander de l’aide</Button>}
        <SegmentedControl
          size="sm"
          aria-label="Demandes montrées"
          value={state}
          onChange={(value) => setUrl({ etat: value === 'all' ? 'toutes' : undefined })}
          data={[
            { value: 'open', label: `Ouvertes (${open.length})` },
            { value: 'all', label: `Toutes (${list.requests.length})` },
          ]}
        />
        <span className="grow" />
        <span className="small dim">
          {figures.late > 0 && (
            <Tag tone="danger">{sayCount(figures.late, 'réponse en retard', 'réponses en retard')}</Tag>
          )}{' '}
          {figures.answered > 0 && `Première réponse à temps : ${figures.inTime} sur ${figures.answered}.`}{' '}
          {figures.mark !== null &&
            `Satisfaction : ${sayNumber(figures.mark, 1)} sur 5 (${sayCount(figures.marks, 'avis', 'avis')}).`}
        </span>
      </div>
      <div className="card">
        {shown.length === 0 ? (
          <EmptyState icon={MessagesIcon} title={state === 'open' ? 'Aucune demande ouverte' : 'Aucune demande'}>
            {list.asks
              ? 'Une panne, une question sur l’usage ? Demandez ; la réponse et son histoire restent ici.'
              : 'Les demandes des équipes que vous accompagnez s’afficheront ici.'}
          </EmptyState>
        ) : (
          <DataTable
            caption="Demandes d’aide"
            rows={shown}
            rowKey={(one) => one.id}
            onOpen={(one) => setUrl({ volet: `aide:${one.id}` })}
            mark={(one) =>
              one.id === id ? 'chosen' : one.state === 'open' && one.answeredAt === null ? 'fresh' : undefined
            }
            columns={[
              {
                key: 'title',
                title: 'Demande',
                render: (one) => (
                  <div className="stack tight">
                    <span className="strong">{one.title}</span>
                    <span className="small dim">
                      {one.reference} · {helpKinds[one.kind]} · {list.asks ? one.by : one.team}
                    </span>
                  </div>
                ),
              },
              {
                key: 'urgency',
                title: 'Urgence',
                render: (one) => <Tag tone={urgencyTones[one.urgency]}>{urgency(one.urgency).label}</Tag>,
              },
              {
                key: 'state',
                title: 'État',
                render: (one) => <Tag tone={helpStates[one.state].tone}>{helpStates[one.state].words}</Tag>,
              },
              {
                key: 'due',
                title: 'Première réponse',
                wide: true,
                render: (one) => (
                  <span className="row wrap small">
                    {one.answeredAt
                      ? `donnée ${sayAgo(one.answeredAt)}`
                      : one.state === 'open'
                        ? `attendue le ${sayDateTime(one.dueAt)}`
                        : ''}
                    {one.late && <Tag tone="danger">en retard</Tag>}
                  </span>
                ),
              },
              { key: 'asked', title: 'Chez', wide: true, render: (one) => one.asked?.name ?? '' },
              {
                key: 'changed',
                title: 'Dernier signe',
                wide: true,
                align: 'right',
                render: (one) => <span className="small dim nowrap">{sayAgo(one.changedAt)}</span>,
              },
            ]}
          />
        )}
      </div>
      {act === 'nouvelle' && list.asks && (
        <AskPanel
          targets={list.targets}
          onClose={() => setUrl({ volet: undefined })}
          onAsked={(made) => setUrl({ volet: `aide:${made}`, etat: undefined })}
        />
      )}
      {act === 'aide' && id && (
        <HelpPanel key={id} id={id} targets={list.targets} onClose={() => setUrl({ volet: undefined })} />
      )}
    </div>
  );
}

function AskPanel({
  targets,
  onClose,
  onAsked,
}: {
  targets: HelpList['targets'];
  onClose: () => void;
  onAsked: (id: string) => void;
}) {
  const [form, setForm] = useState({
    kind: 'fault' as Line['kind'],
    urgency: 'hindering' as Line['urgency'],
    title: '',
    words: '',
  });
  const ask = useMutation({
    mutationFn: () => call(programmeContract.askHelp, { body: form }),
    onSuccess: ({ id, reference }) => {
      changedHelp();
      done(`Demande ${reference} envoyée.`);
      onAsked(id);
    },
  });
  const refusal = ask.error instanceof Refusal ? ask.error : null;
  return (
    <PanelForm
      title="Demander de l’aide"
      verb="Envoyer la demande"
      pending={ask.isPending}
      ready={form.title.trim().length >= 3 && form.words.trim() !== ''}
      refusal={refusal}
      onSubmit={() => ask.mutate()}
      onClose={onClose}
    >
      <SegmentedControl
        aria-label="Genre"
        value={form.kind}
        onChange={(kind) => setForm({ ...form, kind: kind as Line['kind'] })}
        data={[
          { value: 'fault', label: 'Une panne' },
          { value: 'question', label: 'Une question' },
        ]}
      />
      <TextInput
        label="En quelques mots"
        value={form.title}
        error={refusal?.fields.title}
        onChange={(event) => setForm({ ...form, title: event.currentTarget.value })}
      />
      <Radio.Group
        label="Urgence"
        value={form.urgency}
        onChange={(urgency) => setForm({ ...form, urgency: urgency as Line['urgency'] })}
      >
        <div className="stack tight" style={{ marginTop: 6 }}>
          {targets.urgencies.map(({ id, label, words, hours }) => (
            <Radio
              key={id}
              value={id}
              label={label}
              description={`${words} Première réponse sous ${hours} heures ouvrées.`}
            />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label="Ce qui se passe, ce que vous avez essayé"
        description={`${noPatient} Un écran se joint ensuite, en PDF.`}
        autosize
        minRows={5}
        value={form.words}
        error={refusal?.fields.words}
        onChange={(event) => setForm({ ...form, words: event.currentTarget.value })}
      />
    </PanelForm>
  );
}
