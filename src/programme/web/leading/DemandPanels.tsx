import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { sayCount } from '../../../web/say.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { changedDemands, type Demand, type Demands, noPatient, outcomes } from './words.ts';

type Voice = Demands['voices'][number];

/** What one's team asks for, in its words. */
export function VoicePanel({ voice, onClose }: { voice: Voice | undefined; onClose: () => void }) {
  const first = { title: voice?.title ?? '', words: voice?.words ?? '', software: voice?.software ?? '' };
  const [form, setForm] = useState(first);
  const put = (body: typeof first, removed: boolean, seen: number) =>
    call(programmeContract.changeVoice, { params: { voice: voice!.id }, body: { ...body, removed, seen } });
  const save = useMutation({
    mutationFn: async (removed: boolean): Promise<void> => {
      if (voice) await put(form, removed, voice.version);
      else await call(programmeContract.sayDemand, { body: form });
    },
    onSuccess: (_, removed) => {
      changedDemands();
      if (voice)
        done(removed ? 'Demande retirée.' : 'Demande changée.', () =>
          put(first, false, voice.version + 1).then(changedDemands),
        );
      else done('Demande écrite : elle sera réunie à celles qui lui ressemblent.');
      onClose();
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  return (
    <PanelForm
      title={voice ? 'Notre demande' : 'Écrire une demande'}
      verb={voice ? 'Enregistrer' : 'Envoyer la demande'}
      pending={save.isPending}
      ready={form.title.trim().length >= 3 && form.words.trim().length >= 10}
      refusal={refusal}
      onSubmit={() => save.mutate(false)}
      onClose={onClose}
      beside={
        voice && (
          <Button variant="subtle" color="red" onClick={() => save.mutate(true)}>
            Retirer
          </Button>
        )
      }
    >
      <TextInput
        label="En quelques mots"
        value={form.title}
        error={refusal?.fields.title}
        onChange={(event) => setForm({ ...form, title: event.currentTarget.value })}
      />
      <TextInput
        label="Logiciel"
        value={form.software}
        error={refusal?.fields.software}
        onChange={(event) => setForm({ ...form, software: event.currentTarget.value })}
      />
      <Textarea
        label="Ce qui manque, à qui, à quel moment"
        description={noPatient}
        autosize
        minRows={5}
        value={form.words}
        error={refusal?.fields.words}
        onChange={(event) => setForm({ ...form, words: event.currentTarget.value })}
      />
    </PanelForm>
  );
}

/** Voices that say the same under one text; each team keeps its words. */
export function GatherPanel({
  demand,
  voices,
  free,
  onClose,
}: {
  demand: Demand | undefined;
  voices: readonly Voice[];
  free: readonly Voice[];
  onClose: () => void;
}) {
  const all = [...voices, ...free];
  const [form, setForm] = useState({
    title: demand?.title ?? voices[0]?.title ?? '',
    words: demand?.words ?? voices[0]?.words ?? '',
    voices: voices.map(({ id }) => id),
  });
  const save = useMutation({
    mutationFn: async (): Promise<void> => {
      if (demand)
        await call(programmeContract.changeDemand, {
          params: { demand: demand.id },
          body: { ...form, seen: demand.version },
        });
      else await call(programmeContract.gatherDemands, { body: form });
    },
    onSuccess: () => {
      changedDemands();
      done(
        demand
          ? 'Texte changé.'
          : `${sayCount(form.voices.length, 'demande réunie', 'demandes réunies')} sous un texte.`,
      );
      onClose();
    },
    onError: changedDemands,
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  return (
    <PanelForm
      title={demand ? demand.title : 'Réunir des demandes'}
      subtitle="Le texte que lira l’éditeur"
      verb={demand ? 'Enregistrer' : 'Réunir'}
      pending={save.isPending}
      ready={
        form.title.trim().length >= 3 &&
        form.words.trim().length >= 10 &&
        (demand !== undefined || form.voices.length > 0)
      }
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
      wide
    >
      <TextInput
        label="Intitulé"
        value={form.title}
        error={refusal?.fields.title}
        onChange={(event) => setForm({ ...form, title: event.currentTarget.value })}
      />
      <Textarea
        label="Le texte commun"
        description={noPatient}
        autosize
        minRows={5}
        value={form.words}
        error={refusal?.fields.words}
        onChange={(event) => setForm({ ...form, words: event.currentTarget.value })}
      />
      <div className="stack" role="group" aria-label="Demandes réunies">
        {all.map((one) => (
          <Checkbox
            key={one.id}
            checked={form.voices.includes(one.id)}
            onChange={(event) =>
              setForm({
                ...form,
                voices: event.currentTarget.checked
                  ? [...form.voices, one.id]
                  : form.voices.filter((id) => id !== one.id),
              })
            }
            label={`${one.title} (${one.team})`}
            description={one.words}
          />
        ))}
      </div>
    </PanelForm>
  );
}

export function SendPanel({
  demands,
  vendors,
  onClose,
}: {
  demands: readonly Demand[];
  vendors: Demands['vendors'];
  onClose: () => void;
}) {
  const [form, setForm] = useState({ vendor: vendors.length === 1 ? vendors[0]!.practitioner : null, note: '' });
  const send = useMutation({
    mutationFn: () =>
      call(programmeContract.sendDemands, {
        body: { vendor: form.vendor!, demands: demands.map(({ id }) => id), note: form.note },
      }),
    onSuccess: ({ reference }) => {
      changedDemands();
      done(`Envoyé : ${reference}.`);
      onClose();
    },
    onError: changedDemands,
  });
  const refusal = send.error instanceof Refusal ? send.error : null;
  return (
    <PanelForm
      title="Envoyer à un éditeur"
      subtitle={sayCount(demands.length, 'demande en un texte', 'demandes en un texte')}
      verb="Envoyer"
      pending={send.isPending}
      ready={form.vendor !== null}
      refusal={refusal}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      <p className="small dim">
        Un document numéroté part par courriel ; son texte ne change plus ensuite. L’éditeur y répond dans cette page.
      </p>
      <ul className="small">
        {demands.map((one) => (
          <li key={one.id}>
            {one.title} ({sayCount(one.teams, 'équipe')})
          </li>
        ))}
      </ul>
      <Select
        label="Éditeur"
        searchable
        value={form.vendor}
        error={refusal?.fields.vendor}
        data={vendors.map(({ practitioner, name }) => ({ value: practitioner, label: name }))}
        onChange={(vendor) => setForm({ ...form, vendor })}
      />
      <Textarea
        label="Mot d’introduction"
        description={noPatient}
        autosize
        minRows={3}
        value={form.note}
        error={refusal?.fields.note}
        onChange={(event) => setForm({ ...form, note: event.currentTarget.value })}
        placeholder="Les équipes de la région demandent les évolutions suivantes…"
      />
    </PanelForm>
  );
}

export function AnswerPanel({ demand, asVendor, onClose }: { demand: Demand; asVendor: boolean; onClose: () => void }) {
  const [form, setForm] = useState({
    outcome: demand.answer?.outcome ?? ('planned' as const),
    words: demand.answer?.words ?? '',
    promisedOn: demand.answer?.promisedOn ?? '',
  });
  const save = useMutation({
    mutationFn: () =>
      call(programmeContract.answerDemand, {
        params: { demand: demand.id },
        body: { outcome: form.outcome, words: form.words, promisedOn: form.promisedOn || null, seen: demand.version },
      }),
    onSuccess: () => {
      changedDemands();
      done('Réponse montrée à toutes les équipes.');
      onClose();
    },
    onError: changedDemands,
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  return (
    <PanelForm
      title={demand.title}
      subtitle={
        asVendor
          ? 'Votre réponse, montrée à toutes les équipes'
          : 'Ce que l’éditeur a répondu, montré à toutes les équipes'
      }
      verb="Enregistrer la réponse"
      pending={save.isPending}
      ready={form.words.trim().length >= 3}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <p className="as-typed small">{demand.words}</p>
      <Select
        label="Suite donnée"
        value={form.outcome}
        allowDeselect={false}
        data={Object.entries(outcomes).map(([value, { words }]) => ({ value, label: words }))}
        onChange={(outcome) => outcome && setForm({ ...form, outcome: outcome as keyof typeof outcomes })}
      />
      <DateField
        label="Date annoncée"
        value={form.promisedOn}
        error={refusal?.fields.promisedOn}
        onChange={(promisedOn) => setForm({ ...form, promisedOn })}
      />
      <Textarea
        label="Réponse"
        description={noPatient}
        autosize
        minRows={4}
        value={form.words}
        error={refusal?.fields.words}
        onChange={(event) => setForm({ ...form, words: event.currentTarget.value })}
      />
    </PanelForm>
  );
}
