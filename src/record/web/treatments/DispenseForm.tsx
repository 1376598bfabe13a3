import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal, failureOf } from '../../../web/api.ts';
import { ConflictPanel } from '../../../web/ui/ConflictPanel.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Failure } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import {
  type Dispensed,
  recordContract,
  type SubstitutionCode,
  substitutions,
  type TreatmentLine,
  unitOfLabel,
  type Written,
} from '../../contract.ts';
import { TermField } from '../forms/TermField.tsx';
import { type Editing, editingQuery, useEntry } from '../forms/use-entry.ts';
import { refresh, useSeen, wrote } from '../use-record.ts';
import css from './treatments.module.css';

/** What was handed over, as it is typed. */
interface Supply {
  quantity: number | null;
  unit: string;
  days: number | null;
  at: string;
  /** Another product than the one prescribed. */
  other: boolean;
  product: string;
  code: string | null;
  system: string | null;
  substitution: SubstitutionCode;
  reason: string;
  note: string;
}
const nothing: Supply = {
  quantity: null,
  unit: '',
  days: null,
  at: '',
  other: false,
  product: '',
  code: null,
  system: null,
  substitution: 'generic',
  reason: '',
  note: '',
};
const bodyOf = ({ quantity, unit, days, at, other, product, code, system, substitution, reason, note }: Supply) => ({
  quantity,
  unit,
  days,
  at: at || null,
  note,
  ...(other ? { product, code, system, substitution, reason } : { reason: '' }),
});
const isComplete = (values: Supply): boolean =>
  (values.quantity !== null || values.days !== null) && (!values.other || !!values.product.trim());

const choices = Object.entries(substitutions).map(([value, { label }]) => ({ value, label }));
const number = (value: string | number): number | null => (typeof value === 'number' ? value : null);
/** `said`: days that go with the quantity shown; another quantity is not for as many. */
function SupplyFields({
  values,
  set,
  error,
  said,
  today,
}: {
  values: Supply;
  set: (patch: Partial<Supply>) => void;
  error: (name: string) => string | undefined;
  said: number | null;
  today?: string;
}) {
  return (
    <>
      <div className={css.pair}>
        <NumberInput
          label="Quantité"
          data-autofocus
          min={0}
          max={100_000}
          decimalSeparator=","
          hideControls
          value={values.quantity ?? ''}
          error={error('quantity')}
          onChange={(value) => set({ quantity: number(value), ...(values.days === said && { days: null }) })}
        />
        <TextInput
          label="Unité"
          placeholder="comprimé, boîte, flacon"
          maxLength={30}
          value={values.unit}
          onChange={(event) => set({ unit: event.currentTarget.value })}
        />
      </div>
      <NumberInput
        label="Pour combien de jours"
        description="Laissez vide : calculé d’après la posologie quand c’est possible."
        min={1}
        max={400}
        allowDecimal={false}
        hideControls
        value={values.days ?? ''}
        error={error('days')}
        onChange={(value) => set({ days: number(value) })}
      />
      <DateField
        label="Délivré le"
        placeholder={today}
        past
        value={values.at}
        onChange={(at) => set({ at })}
        error={error('at')}
      />
      <Checkbox
        label="Un autre produit que celui de l’ordonnance"
        checked={values.other}
        onChange={(event) => set({ other: event.currentTarget.checked })}
      />
      {values.other && (
        <>
          <TermField
            list="medicines"
            label="Produit délivré"
            value={values.product}
            error={error('product')}
            onChange={(product, term) => set({ product, code: term?.code ?? null, system: term?.system ?? null })}
          />
          <Select
            label="Pourquoi"
            allowDeselect={false}
            data={choices}
            value={values.substitution}
            onChange={(substitution) => substitution && set({ substitution: substitution as SubstitutionCode })}
          />
          <TextInput
            label="Précision"
            placeholder="rupture annoncée jusqu’en janvier"
            maxLength={300}
            value={values.reason}
            error={error('reason')}
            onChange={(event) => set({ reason: event.currentTarget.value })}
          />
        </>
      )}
      <TextInput
        label="Note"
        maxLength={500}
        value={values.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
    </>
  );
}

/** What was handed over, in few keys: as last time, or the quantity, then Ctrl+Enter. */
export function DispensePanel({
  patient,
  line: newest,
  before,
  onClose,
}: {
  patient: string;
  line: TreatmentLine;
  before: Dispensed | undefined;
  onClose: () => void;
}) {
  const [line, refused] = useSeen(newest);
  const last = before?.lines[0];
  const said = last && !last.workedOut ? last.days : null;
  const [values, setValues] = useState<Supply>({
    ...nothing,
    quantity: last?.amount?.value ?? null,
    unit: last?.amount?.unit ?? unitOfLabel(line.label),
    days: said,
  });
  const mutation = useMutation<Written, Error>({
    mutationFn: () =>
      call(recordContract.dispenseTreatment, {
        params: { patient, type: line.type as 'MedicationRequest', id: line.id },
        body: { ...bodyOf(values), version: line.version },
      }),
    onSuccess: (written) => {
      wrote(patient, written, 'Délivrance notée.');
      onClose();
    },
    onError: (error) => {
      if (!(error instanceof Refusal)) return failed(error);
      refused();
      if (error.status === 409) void refresh(patient);
    },
  });
  const refusal = mutation.error instanceof Refusal ? mutation.error : null;
  return (
    <PanelForm
      title="Noter une délivrance"
      subtitle={line.label}
      verb="Noter la délivrance"
      ready={isComplete(values)}
      pending={mutation.isPending}
      refusal={refusal}
      onSubmit={() => mutation.mutate()}
      onClose={onClose}
    >
      <p className="small">
        Posologie : <span className="strong">{line.dosage || 'non notée'}</span>
      </p>
      <SupplyFields
        values={values}
        set={(patch) => setValues((now) => ({ ...now, ...patch }))}
        error={(name) => refusal?.fields[name]}
        said={said}
        today="aujourd’hui"
      />
    </PanelForm>
  );
}

/** A dispense put right: a new version with its reason; two who correct at once are shown both (SEC-11). */
export function DispenseCorrection({
  patient,
  editing,
  onClose,
}: {
  patient: string;
  editing: Editing;
  onClose: () => void;
}) {
  const entry = useEntry<Supply & { why: string }>({
    patient,
    form: 'dispense',
    label: 'Correction d’une délivrance',
    initial: { ...nothing, why: '' },
    editing,
    message: 'Délivrance corrigée. La version précédente reste lisible.',
    onDone: onClose,
    send: (values, version) =>
      call(recordContract.correctDispense, {
        params: { patient, id: editing.id },
        body: { ...bodyOf(values), why: values.why, version: version! },
      }),
  });
  const { values, set, conflict } = entry;
  return (
    <PanelForm
      title="Corriger une délivrance"
      subtitle={editing.title}
      verb="Corriger la délivrance"
      ready={isComplete(values) && values.why.trim().length > 1}
      pending={entry.pending}
      draft={entry.draft}
      onDrop={entry.drop}
      refusal={entry.refusal}
      onSubmit={entry.submit}
      onClose={onClose}
    >
      {conflict && (
        <ConflictPanel
          who={conflict.current.who?.name ?? 'Une autre personne'}
          when={conflict.current.recorded}
          rows={conflict.comparison}
          onKeepMine={entry.overwrite}
          onTakeTheirs={() => {
            entry.drop();
            onClose();
          }}
          pending={entry.pending}
        />
      )}
      <SupplyFields
        values={values}
        set={set}
        error={entry.error}
        said={(editing.values as Partial<Supply>).days ?? null}
      />
      <TextInput
        label="Ce qui est corrigé, et pourquoi"
        placeholder="30 comprimés et non 300"
        maxLength={300}
        value={values.why}
        error={entry.error('why')}
        onChange={(event) => set({ why: event.currentTarget.value })}
      />
    </PanelForm>
  );
}
/** The same, from the page of treatments. */
export function CorrectDispense({ patient, id, onClose }: { patient: string; id: string; onClose: () => void }) {
  const query = useQuery(editingQuery(patient, 'MedicationDispense', id));
  if (query.data)
    return (
      <DispenseCorrection
        patient={patient}
        editing={{
          type: 'MedicationDispense',
          id,
          version: query.data.line.version,
          title: query.data.title,
          values: query.data.values,
        }}
        onClose={onClose}
      />
    );
  return (
    <SidePanel title="Corriger une délivrance" onClose={onClose}>
      {failureOf(query) ? <Failure of={query} /> : <Bone h={180} />}
    </SidePanel>
  );
}
