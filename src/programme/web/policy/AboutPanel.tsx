import { Button, SegmentedControl, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call, queries, reading, Refusal } from '../../../web/api.ts';
import { ConflictPanel } from '../../../web/ui/ConflictPanel.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import { Composition } from './Composition.tsx';
import { Engaged } from './Engaged.tsx';
import { type About, changedTrack, kindLabels, type Track } from './words.ts';
import { useKept } from './use-kept.ts';

type Form = { kind: 'esp' | 'msp'; about: About };
const rowsOf = ({ kind, about }: Form): [string, string][] => [
  ['Forme visée', kindLabels[kind]],
  ['Qui demande', about.askedBy === null ? '' : about.askedBy === 'elected' ? 'Des élus' : 'Des professionnels'],
  ['Territoire', about.territory],
  [
    'Professionnels',
    Object.entries(about.members)
      .filter(([, count]) => count)
      .map(([code, count]) => `${professionLabel(code)} : ${count}`)
      .sort((a, b) => a.localeCompare(b, 'fr'))
      .join(', '),
  ],
  ['Médecins généralistes', String(about.generalists)],
  ['Thèmes', about.themes.join(', ')],
  [
    'Association',
    [about.association.name, about.association.seat, about.association.president, about.association.purpose]
      .filter(Boolean)
      .join('\n'),
  ],
  ['Contact', [about.contact.name, about.contact.role, about.contact.mail].filter(Boolean).join(', ')],
];

/** What the team says of itself; someone else's version is shown beside when both changed it. */
export function AboutPanel({ track, onClose }: { track: Track; onClose: () => void }) {
  const form = useKept<Form & { seen: number }>(`equipe:${track.id}`, {
    kind: track.kind,
    about: track.about,
    seen: track.version,
  });
  const [theirs, setTheirs] = useState<Track>();
  const { kind, about, seen } = form.values;
  const set = (patch: Partial<About>) => form.set({ about: { ...about, ...patch } });
  const save = useMutation({
    mutationFn: (over: number) =>
      call(programmeContract.saveTrack, { params: { track: track.id }, body: { kind, about, seen: over } }),
    onSuccess: () => {
      form.drop();
      changedTrack();
      onClose();
      done('Présentation enregistrée.');
    },
    onError: async (error) => {
      if (error instanceof Refusal && error.status === 409 && error.extra.reason === 'edited-meanwhile')
        setTheirs(
          await queries.fetchQuery({
            ...reading(programmeContract.track, { params: { track: track.id } }),
            staleTime: 0,
          }),
        );
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const fields = refusal?.fields ?? {};
  const error = (name: string) => fields[`about.${name}`] ?? fields[name];
  const text = (
    group: 'association' | 'contact',
    name: string,
    label: string,
    more: { type?: string; description?: string } = {},
  ) => {
    const values = about[group] as Record<string, string>;
    return (
      <TextInput
        label={label}
        {...more}
        value={values[name] ?? ''}
        error={error(`${group}.${name}`)}
        onChange={(event) => set({ [group]: { ...values, [name]: event.currentTarget.value } } as Partial<About>)}
      />
    );
  };
  return (
    <PanelForm
      title="L’équipe"
      subtitle={form.kept ? 'Votre saisie, retrouvée' : track.reference}
      wide
      verb="Enregistrer la présentation"
      pending={save.isPending}
      refusal={theirs ? null : refusal}
      onSubmit={() => save.mutate(seen)}
      onClose={onClose}
      beside={
        form.kept && (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => {
              form.drop();
              onClose();
            }}
          >
            Effacer ma saisie
          </Button>
        )
      }
    >
      {theirs && (
        <ConflictPanel
          who="Une autre personne"
          when={theirs.at}
          pending={save.isPending}
          rows={rowsOf({ kind, about }).map(([label, after], at) => ({
            label,
            after,
            before: rowsOf(theirs)[at]![1],
            changed: after !== rowsOf(theirs)[at]![1],
          }))}
          onTakeTheirs={() => {
            form.drop();
            changedTrack();
            onClose();
          }}
          onKeepMine={() => save.mutate(theirs.version)}
        />
      )}
      <Choice
        label="Qui demande ce parcours"
        value={about.askedBy ?? ''}
        onChange={(value) => set({ askedBy: value as 'professionals' | 'elected' })}
        data={[
          { value: 'professionals', label: 'Des professionnels' },
          { value: 'elected', label: 'Des élus' },
        ]}
      />
      {track.state === 'meeting' && (
        <Choice
          label="Forme visée"
          value={kind}
          onChange={(value) => form.set({ kind: value as 'esp' | 'msp' })}
          data={[
            { value: 'msp', label: 'MSP' },
            { value: 'esp', label: 'ESP' },
          ]}
        />
      )}
      <Textarea
        label="Territoire"
        description="Les communes, séparées par des virgules."
        autosize
        minRows={2}
        value={about.territory}
        error={error('territory')}
        onChange={(event) => set({ territory: event.currentTarget.value })}
      />
      <Engaged about={about} set={set} error={error} />
      <section className="card" aria-label="Composition" style={{ padding: '4px 14px' }}>
        <Composition kind={kind} about={about} />
      </section>
      <TagsInput
        label="Thèmes envisagés"
        description="Un par un, avec Entrée."
        value={about.themes}
        error={error('themes')}
        onChange={(themes) => set({ themes: themes.slice(0, 12).map((one) => one.slice(0, 120)) })}
      />
      <h3>Association de professionnels</h3>
      {text('association', 'name', 'Nom de l’association')}
      {text('association', 'seat', 'Siège')}
      {text('association', 'president', 'Présidence')}
      <Textarea
        label="Objet (facultatif)"
        description="Sans texte, les statuts prennent l’objet du modèle."
        autosize
        minRows={2}
        value={about.association.purpose}
        onChange={(event) => set({ association: { ...about.association, purpose: event.currentTarget.value } })}
      />
      <h3>À qui l’ARS répond</h3>
      {text('contact', 'name', 'Nom')}
      {text('contact', 'role', 'Qualité')}
      {text('contact', 'mail', 'Courriel', { type: 'email' })}
    </PanelForm>
  );
}

function Choice({
  label,
  ...choice
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  data: { value: string; label: string }[];
}) {
  const id = useId();
  return (
    <div>
      <p className="small strong" id={id}>
        {label}
      </p>
      <SegmentedControl fullWidth mt={4} aria-labelledby={id} {...choice} />
    </div>
  );
}
