import { Checkbox, MultiSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { call } from '../../../web/api.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { recordContract, type Sensitivity } from '../../contract.ts';
import { mayAdd, useRecord } from '../use-record.ts';
import { EntryForm } from './EntryForm.tsx';
import { type Editing, useEntry } from './use-entry.ts';
import { SensitivityField } from './SensitivityField.tsx';
import { ReasonField } from './ReasonField.tsx';

/** A note: signed, left as a draft, or for my eyes only. */
export function NoteForm({ patient, editing, onClose }: { patient: string; editing?: Editing; onClose: () => void }) {
  const record = useRecord();
  const entry = useEntry({
    patient,
    form: 'note',
    label: 'Note',
    initial: {
      title: '',
      text: '',
      at: '',
      personal: !mayAdd(record, 'summary') && !mayAdd(record, 'sections'),
      draft: false,
      problems: [] as string[],
      sensitive: null as Sensitivity | null,
      reason: '',
    },
    editing,
    send: (values, version, sending) => {
      const body = {
        ...values,
        title: values.title || null,
        at: values.at || null,
        reason: values.reason || null,
        version,
      };
      return editing
        ? call(recordContract.correctNote, { params: { patient, id: editing.id }, body })
        : call(recordContract.addNote, { params: { patient }, body }, sending);
    },
    message: (values) =>
      values.draft ? 'Brouillon enregistré dans le dossier.' : editing ? 'Note corrigée.' : 'Note ajoutée.',
    onDone: onClose,
  });
  const { values, set, error } = entry;
  return (
    <EntryForm
      entry={entry}
      title={editing ? 'Corriger la note' : 'Écrire une note'}
      verb={values.draft ? 'Enregistrer le brouillon' : editing ? 'Corriger la note' : 'Signer la note'}
      ready={!!values.text.trim()}
      onClose={onClose}
    >
      <Textarea
        label="Note"
        aria-label="Texte de la note"
        autosize
        minRows={8}
        maxRows={24}
        data-autofocus
        value={values.text}
        error={error('text')}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <TextInput
        label="Titre"
        placeholder="Consultation, visite, appel…"
        value={values.title ?? ''}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      {record.problems && record.problems.length > 0 && (
        <MultiSelect
          label="À propos de"
          placeholder={values.problems.length ? undefined : 'Problème lié'}
          data={record.problems
            .filter((one) => one.state === 'active')
            .map((one) => ({ value: one.id, label: one.label }))}
          value={values.problems}
          onChange={(problems) => set({ problems })}
          searchable
          clearable
        />
      )}
      <SegmentedControl
        aria-label="Qui lit cette note"
        value={values.personal ? 'mine' : 'team'}
        onChange={(who) => set({ personal: who === 'mine' })}
        data={[
          { value: 'team', label: 'Équipe de soins' },
          { value: 'mine', label: 'Moi seulement' },
        ]}
      />
      {!values.personal && <SensitivityField value={values.sensitive} onChange={(sensitive) => set({ sensitive })} />}
      <DateField
        label="Date"
        placeholder="aujourd’hui"
        value={values.at ?? ''}
        onChange={(at) => set({ at })}
        error={error('at')}
      />
      <Checkbox
        label="Garder comme brouillon, à signer plus tard"
        checked={values.draft}
        onChange={(event) => set({ draft: event.currentTarget.checked })}
      />
      {editing && <ReasonField value={values.reason} onChange={(reason) => set({ reason })} />}
    </EntryForm>
  );
}
