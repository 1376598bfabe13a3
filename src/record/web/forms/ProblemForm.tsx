import { Checkbox, Select, SegmentedControl, Textarea } from '@mantine/core';
import { call } from '../../../web/api.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { aldList, icd10, icpc2, recordContract, type Sensitivity } from '../../contract.ts';
import { EntryForm } from './EntryForm.tsx';
import css from './forms.module.css';
import { TermField } from './TermField.tsx';
import { type Editing, useEntry } from './use-entry.ts';
import { SensitivityField } from './SensitivityField.tsx';
import { ReasonField } from './ReasonField.tsx';

/** A problem: picked (coded) or written freely, since when, ALD. */
export function ProblemForm({
  patient,
  editing,
  onClose,
}: {
  patient: string;
  editing?: Editing;
  onClose: () => void;
}) {
  const entry = useEntry({
    patient,
    form: 'problem',
    label: 'Problème',
    initial: {
      label: '',
      code: null as string | null,
      system: null as string | null,
      also: [] as { system: string; code: string }[],
      state: 'active' as 'active' | 'inactive' | 'resolved',
      certainty: 'confirmed' as 'confirmed' | 'provisional' | 'refuted',
      onset: '',
      resolved: '',
      ald: null as { from?: string | null; until?: string | null; number?: string | null } | null,
      note: '',
      sensitive: null as Sensitivity | null,
      reason: '',
    },
    editing,
    send: (values, version, sending) => {
      const body = {
        ...values,
        onset: values.onset || null,
        resolved: values.resolved || null,
        note: values.note || null,
        reason: values.reason || null,
        version,
      };
      return editing
        ? call(recordContract.correctProblem, { params: { patient, id: editing.id }, body })
        : call(recordContract.addProblem, { params: { patient }, body }, sending);
    },
    message: (values) => (editing ? 'Problème corrigé.' : `Problème ajouté : ${values.label}.`),
    onDone: onClose,
  });
  const { values, set, error } = entry;
  const codes = [...(values.code ? [{ system: values.system, code: values.code }] : []), ...(values.also ?? [])]
    .map((one) => `${one.system === icd10 ? 'CIM-10' : one.system === icpc2 ? 'CISP-2' : 'Code'} ${one.code}`)
    .join(', ');
  return (
    <EntryForm
      entry={entry}
      title={editing ? 'Corriger le problème' : 'Ajouter un problème'}
      verb={editing ? 'Corriger le problème' : 'Ajouter le problème'}
      ready={!!values.label.trim()}
      onClose={onClose}
    >
      <TermField
        list="problems"
        label="Problème"
        description={
          codes ||
          (values.label ? 'Texte libre, sans code' : 'Choisissez dans la liste pour le coder, ou écrivez librement.')
        }
        data-autofocus
        value={values.label}
        coded={!!values.code}
        onChange={(label, term) =>
          set({ label, code: term?.code ?? null, system: term?.system ?? null, also: term?.also ?? [] })
        }
        error={error('label')}
      />
      <div className={css.pair}>
        <DateField
          label="Depuis"
          partial
          past
          placeholder="2019, 03/2019…"
          value={values.onset ?? ''}
          onChange={(onset) => set({ onset })}
          error={error('onset')}
        />
        <Select
          label="Certitude"
          allowDeselect={false}
          data={[
            { value: 'confirmed', label: 'Confirmé' },
            { value: 'provisional', label: 'À confirmer' },
            { value: 'refuted', label: 'Écarté' },
          ]}
          value={values.certainty}
          onChange={(certainty) => certainty && set({ certainty: certainty as typeof values.certainty })}
        />
      </div>
      <SegmentedControl
        aria-label="État"
        value={values.state}
        onChange={(state) => set({ state: state as typeof values.state })}
        data={[
          { value: 'active', label: 'Actif' },
          { value: 'inactive', label: 'Inactif' },
          { value: 'resolved', label: 'Résolu' },
        ]}
      />
      {values.state === 'resolved' && (
        <DateField
          label="Résolu le"
          partial
          value={values.resolved ?? ''}
          onChange={(resolved) => set({ resolved })}
          error={error('resolved')}
        />
      )}
      <Checkbox
        label="Affection de longue durée (ALD)"
        checked={!!values.ald}
        onChange={(event) => set({ ald: event.currentTarget.checked ? {} : null })}
      />
      {values.ald && (
        <>
          <Select
            label="ALD de la liste"
            searchable
            clearable
            data={aldList.map((one) => ({ value: one.code, label: `${one.code}. ${one.label}` }))}
            value={values.ald.number ?? null}
            onChange={(number) => set({ ald: { ...values.ald, number } })}
          />
          <div className={css.pair}>
            <DateField
              label="Du"
              value={values.ald.from ?? ''}
              onChange={(from) => set({ ald: { ...values.ald, from } })}
              error={error('ald.from')}
            />
            <DateField
              label="Au"
              value={values.ald.until ?? ''}
              onChange={(until) => set({ ald: { ...values.ald, until } })}
              error={error('ald.until')}
            />
          </div>
        </>
      )}
      <Textarea
        label="Précisions"
        autosize
        minRows={2}
        value={values.note ?? ''}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      <SensitivityField value={values.sensitive} onChange={(sensitive) => set({ sensitive })} />
      {editing && <ReasonField value={values.reason} onChange={(reason) => set({ reason })} />}
    </EntryForm>
  );
}
