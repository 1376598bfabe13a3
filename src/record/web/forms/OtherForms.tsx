import { Select, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { call, Refusal } from '../../../web/api.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { alertKinds, measures, recordContract } from '../../contract.ts';
import { codesOf } from './choices.ts';
import { EntryForm } from './EntryForm.tsx';
import css from './forms.module.css';
import { type Editing, useEntry } from './use-entry.ts';

interface FormProps {
  patient: string;
  editing?: Editing;
  onClose: () => void;
}

/** What everyone must see at once, in the header. */
export function AlertForm({ patient, editing, onClose }: FormProps) {
  const entry = useEntry({
    patient,
    form: 'alert',
    label: 'Alerte',
    initial: {
      label: '',
      category: 'clinical',
      severity: 'warning' as 'danger' | 'warning' | 'information',
      until: '',
      active: true,
      reason: '',
    },
    editing,
    send: (values, version, sending) => {
      const body = { ...values, until: values.until || null, reason: values.reason || null, version };
      return editing
        ? call(recordContract.correctAlert, { params: { patient, id: editing.id }, body })
        : call(recordContract.addAlert, { params: { patient }, body }, sending);
    },
    message: (values) => (editing ? (values.active ? 'Alerte corrigée.' : 'Alerte levée.') : 'Alerte signalée.'),
    onDone: onClose,
  });
  const { values, set, error } = entry;
  return (
    <EntryForm
      entry={entry}
      title={editing ? 'Corriger l’alerte' : 'Signaler une alerte'}
      verb={editing ? (values.active ? 'Corriger l’alerte' : 'Lever l’alerte') : 'Signaler l’alerte'}
      ready={!!values.label.trim()}
      onClose={onClose}
    >
      <TextInput
        label="Alerte"
        description="Quelques mots, lus par toute l’équipe dans l’en-tête du dossier."
        data-autofocus
        value={values.label}
        error={error('label')}
        onChange={(event) => set({ label: event.currentTarget.value })}
      />
      <SegmentedControl
        aria-label="Gravité"
        value={values.severity}
        onChange={(severity) => set({ severity: severity as typeof values.severity })}
        data={[
          { value: 'information', label: 'Information' },
          { value: 'warning', label: 'Attention' },
          { value: 'danger', label: 'Danger' },
        ]}
      />
      <Select
        label="Genre"
        allowDeselect={false}
        data={codesOf(alertKinds)}
        value={values.category}
        onChange={(category) => category && set({ category })}
      />
      <DateField
        label="Jusqu’au"
        placeholder="sans limite"
        value={values.until ?? ''}
        onChange={(until) => set({ until })}
        error={error('until')}
      />
      {editing && (
        <SegmentedControl
          aria-label="État"
          value={values.active ? 'on' : 'off'}
          onChange={(state) => set({ active: state === 'on' })}
          data={[
            { value: 'on', label: 'Active' },
            { value: 'off', label: 'Levée' },
          ]}
        />
      )}
    </EntryForm>
  );
}

/** A bound as it is typed; words are said to be none, not dropped. */
function bound(field: string, typed: string): number | null {
  if (typed.trim() === '') return null;
  const value = Number(typed.trim().replace(',', '.'));
  if (!Number.isFinite(value))
    throw new Refusal(422, 'Objectif', 'Une borne n’est pas un nombre. Rien n’a été enregistré.', {
      [field]: 'Écrivez un nombre : 7,5.',
    });
  return value;
}

/** A goal, with a target that the curve draws. */
export function GoalForm({ patient, editing, onClose }: FormProps) {
  const edited = editing && {
    ...editing,
    values: {
      ...editing.values,
      low: editing.values.low == null ? '' : String(editing.values.low).replace('.', ','),
      high: editing.values.high == null ? '' : String(editing.values.high).replace('.', ','),
    },
  };
  const entry = useEntry({
    patient,
    form: 'goal',
    label: 'Objectif',
    initial: {
      label: '',
      measureCode: null as string | null,
      low: '',
      high: '',
      due: '',
      state: 'active' as 'active' | 'completed' | 'cancelled',
      note: '',
      reason: '',
    },
    editing: edited,
    send: async (values, version, sending) => {
      // Bounds that are no longer on screen are of no measure.
      const [low, high] = values.measureCode ? [bound('low', values.low), bound('high', values.high)] : [null, null];
      const body = {
        ...values,
        low,
        high,
        due: values.due || null,
        note: values.note || null,
        reason: values.reason || null,
        version,
      };
      return editing
        ? call(recordContract.correctGoal, { params: { patient, id: editing.id }, body })
        : call(recordContract.addGoal, { params: { patient }, body }, sending);
    },
    message: editing ? 'Objectif corrigé.' : 'Objectif fixé.',
    onDone: onClose,
  });
  const { values, set, error } = entry;
  const measure = measures.find((one) => one.code === values.measureCode);
  return (
    <EntryForm
      entry={entry}
      title={editing ? 'Corriger l’objectif' : 'Fixer un objectif'}
      verb={editing ? 'Corriger l’objectif' : 'Fixer l’objectif'}
      ready={!!values.label.trim()}
      onClose={onClose}
    >
      <TextInput
        label="Objectif"
        description="Avec les mots du patient quand c’est possible."
        data-autofocus
        value={values.label}
        error={error('label')}
        onChange={(event) => set({ label: event.currentTarget.value })}
      />
      <Select
        label="Mesure suivie"
        searchable
        clearable
        data={measures
          .filter((one) => !one.components)
          .map((one) => ({ value: one.code, label: `${one.label} (${one.shown})` }))}
        value={values.measureCode}
        error={error('measureCode')}
        onChange={(measureCode) => set({ measureCode })}
      />
      {measure && (
        <div className={css.pair}>
          <TextInput
            label={`Au moins (${measure.shown})`}
            inputMode="decimal"
            value={values.low}
            error={error('low')}
            onChange={(event) => set({ low: event.currentTarget.value })}
          />
          <TextInput
            label={`Au plus (${measure.shown})`}
            inputMode="decimal"
            value={values.high}
            error={error('high')}
            onChange={(event) => set({ high: event.currentTarget.value })}
          />
        </div>
      )}
      <DateField
        label="Avant le"
        placeholder="+3m, 01/06/2027…"
        value={values.due ?? ''}
        onChange={(due) => set({ due })}
        error={error('due')}
      />
      {editing && (
        <Select
          label="État"
          allowDeselect={false}
          data={[
            { value: 'active', label: 'En cours' },
            { value: 'completed', label: 'Atteint' },
            { value: 'cancelled', label: 'Abandonné' },
          ]}
          value={values.state}
          onChange={(state) => state && set({ state: state as typeof values.state })}
        />
      )}
      <Textarea
        label="Précisions"
        autosize
        minRows={2}
        value={values.note ?? ''}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
    </EntryForm>
  );
}
