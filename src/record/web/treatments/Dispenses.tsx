import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { type Dispensed, type DispenseLine, recordContract, type SubstitutionCode, substitutions, type TreatmentLine, unitOfLabel, type Written } from '../../contract.ts';
import { TermField } from '../forms/TermField.tsx';
import { refresh, wrote } from '../use-record.ts';
import css from './treatments.module.css';

/** «30 comprimés, pour 30 jours». */
export const sayDispense = (line: DispenseLine): string => [line.quantity, line.days !== null && `pour ${sayCount(line.days, 'jour')}`].filter(Boolean).join(', ');

/** Under a treatment: the last dispense and how far it goes; a renewal that is expected is said, without a judgement. */
export function LastDispense({ of, label }: { of: Dispensed; label: string }) {
  const last = of.lines[0]!;
  return (
    <span className={`small ${css.dispensed}`}>
      <span>
        Délivré le {sayDate(last.at.slice(0, 10))}
        {last.product !== label && ` : ${last.product}`}
        {sayDispense(last) && `, ${sayDispense(last)}`}
        {of.until && of.late === null && (
          <>
            {' · '}
            <span className="nowrap">couvre jusqu’au {sayDate(of.until)}</span>
          </>
        )}
      </span>
      {of.until && of.late !== null && (
        <span>
          <Tag tone="warning">Renouvellement attendu</Tag> depuis le {sayDate(of.until)}, à voir avec le patient
        </span>
      )}
    </span>
  );
}

/** Everything that was dispensed of one treatment, newest first. */
export function DispensesPanel({ of, line, onClose }: { of: Dispensed; line: TreatmentLine; onClose: () => void }) {
  return (
    <SidePanel title="Délivrances" subtitle={line.label} onClose={onClose}>
      {of.until && <p className={`small ${css.until}`}>{of.late === null ? `Ce qui est noté couvre jusqu’au ${sayDate(of.until)}.` : `Ce qui est noté couvrait jusqu’au ${sayDate(of.until)}. Le patient peut être allé dans une autre pharmacie : demandez-lui.`}</p>}
      <ol className={`plain ${css.doses}`}>
        {of.lines.map((one) => (
          <li key={one.id}>
            <span className="strong">
              {sayDate(one.at.slice(0, 10))} : {sayDispense(one) || 'quantité non notée'}
            </span>
            <span className="small">{one.product}</span>
            {one.substitution && <span className="small">Substitution : {one.substitution}</span>}
            <span className="small dim">{[one.who && (one.who.me ? 'Vous' : one.who.name), one.workedOut && 'durée calculée d’après la posologie', one.note].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ol>
    </SidePanel>
  );
}

const choices = Object.entries(substitutions).map(([value, { label }]) => ({ value, label }));
const number = (value: string | number): number | null => (typeof value === 'number' ? value : null);
/** What was handed over, in few keys: as last time, or the quantity, then Ctrl+Enter. Another quantity than last time is not for as many days. */
export function DispensePanel({ patient, line, before, onClose }: { patient: string; line: TreatmentLine; before: Dispensed | undefined; onClose: () => void }) {
  const last = before?.lines[0];
  const [values, setValues] = useState({ quantity: last?.amount?.value ?? null, unit: last?.amount?.unit ?? unitOfLabel(line.label), days: last && !last.workedOut ? last.days : null, at: '', other: false, product: '', code: null as string | null, system: null as string | null, substitution: 'generic' as SubstitutionCode, reason: '', note: '' });
  const set = (patch: Partial<typeof values>) => setValues((now) => ({ ...now, ...patch }));
  const mutation = useMutation<Written, Error>({
    mutationFn: () => {
      const { other, substitution, product, code, system, at, ...rest } = values;
      return call(recordContract.dispenseTreatment, { params: { patient, type: line.type as 'MedicationRequest', id: line.id }, body: { ...rest, version: line.version, at: at || null, ...(other ? { product, code, system, substitution } : { reason: '' }) } });
    },
    onSuccess: (written) => {
      wrote(patient, written, 'Délivrance notée.');
      onClose();
    },
    onError: (error) => {
      if (!(error instanceof Refusal)) failed(error);
      else if (error.status === 409) void refresh(patient);
    },
  });
  const refusal = mutation.error instanceof Refusal ? mutation.error : null;
  return (
    <PanelForm title="Noter une délivrance" subtitle={`${line.label} : ${line.dosage || 'posologie non notée'}`} verb="Noter la délivrance" ready={(values.quantity !== null || values.days !== null) && (!values.other || !!values.product.trim())} pending={mutation.isPending} refusal={refusal} onSubmit={() => mutation.mutate()} onClose={onClose}>
      <div className={css.pair}>
        <NumberInput label="Quantité" data-autofocus min={0} max={100_000} decimalSeparator="," hideControls value={values.quantity ?? ''} error={refusal?.fields.quantity} onChange={(value) => set({ quantity: number(value), ...(values.days === last?.days && { days: null }) })} />
        <TextInput label="Unité" placeholder="comprimé, boîte, flacon" maxLength={30} value={values.unit} onChange={(event) => set({ unit: event.currentTarget.value })} />
      </div>
      <NumberInput label="Pour combien de jours" description="Laissez vide : calculé d’après la posologie quand c’est possible." min={1} max={400} allowDecimal={false} hideControls value={values.days ?? ''} error={refusal?.fields.days} onChange={(value) => set({ days: number(value) })} />
      <DateField label="Délivré le" placeholder="aujourd’hui" past value={values.at} onChange={(at) => set({ at })} error={refusal?.fields.at} />
      <Checkbox label="Un autre produit que celui de l’ordonnance" checked={values.other} onChange={(event) => set({ other: event.currentTarget.checked })} />
      {values.other && (
        <>
          <TermField list="medicines" label="Produit délivré" value={values.product} error={refusal?.fields.product} onChange={(product, term) => set({ product, code: term?.code ?? null, system: term?.system ?? null })} />
          <Select label="Pourquoi" allowDeselect={false} data={choices} value={values.substitution} onChange={(substitution) => substitution && set({ substitution: substitution as SubstitutionCode })} />
          <TextInput label="Précision" placeholder="rupture annoncée jusqu’en janvier" maxLength={300} value={values.reason} error={refusal?.fields.reason} onChange={(event) => set({ reason: event.currentTarget.value })} />
        </>
      )}
      <TextInput label="Note" maxLength={500} value={values.note} onChange={(event) => set({ note: event.currentTarget.value })} />
    </PanelForm>
  );
}
