import { Autocomplete, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { readDate, sayDate } from '../../../web/say.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { loadVaccineProducts, readScan, recordContract, targets, vaccineOf, vaccines } from '../../contract.ts';
import { EntryForm } from './EntryForm.tsx';
import { ReasonField } from './ReasonField.tsx';
import { type Editing, useEntry } from './use-entry.ts';
import { GivenFields, initial, NotGivenFields, type Outcome, type Values } from './VaccineFields.tsx';
import { useVaccineChoices } from './vaccine-choices.ts';

const outcomes = [
  { value: 'given', label: 'Fait' },
  { value: 'refused', label: 'Refusé' },
  { value: 'contraindicated', label: 'Contre-indiqué' },
  { value: 'not-done', label: 'Non fait' },
];
const noted = { given: '', refused: 'refusé', contraindicated: 'contre-indiqué', 'not-done': 'non fait' };
/** A box that is scanned or pasted: what it says takes its place in the form. */
function useScannedBox(set: (patch: Partial<Values>) => void) {
  const [told, setTold] = useState('');
  /** False when it is no code of a box. */
  const take = (typed: string): boolean => {
    const box = readScan(typed);
    if (!box) return false;
    void loadVaccineProducts().then(({ productOf }) => {
      const product = box.cip ? productOf(box.cip) : undefined;
      set({
        ...(product ? { vaccine: product.nuva, label: product.name } : { vaccine: null, label: '' }),
        cip: box.cip,
        lot: box.lot ?? '',
        expires: box.expires ?? '',
      });
      setTold(
        [
          product
            ? `Boîte lue : ${product.name}`
            : `Boîte lue, code ${box.cip ?? box.gtin} inconnu ici : choisissez le vaccin`,
          box.lot && `lot ${box.lot}`,
          box.expires && `péremption ${sayDate(box.expires)}`,
          box.unsure && 'vérifiez le lot et la péremption',
        ]
          .filter(Boolean)
          .join(', '),
      );
    });
    return true;
  };
  return { told, take };
}

/** A vaccine given, refused or not done; `target` comes from what the calendar asks for. A box that is scanned or pasted fills it. */
export function VaccineForm({
  patient,
  target,
  editing,
  onClose,
}: {
  patient: string;
  target?: string;
  editing?: Editing;
  onClose: () => void;
}) {
  const choices = useVaccineChoices(target);
  const proposed = target ? vaccines.filter((one) => (one.targets as readonly string[]).includes(target)) : [];
  const only = proposed.length === 1 ? proposed[0] : undefined;
  const entry = useEntry({
    patient,
    form: 'vaccine',
    label: 'Vaccin',
    initial: { ...initial, vaccine: only?.code ?? null, label: only?.label ?? '' },
    editing,
    send: (values, version, sending) => {
      const text = (value: string | null | undefined) => value || null;
      const body = {
        ...values,
        at: text(values.at),
        cip: text(values.cip),
        lot: text(values.lot),
        expires: text(values.expires),
        site: text(values.site),
        route: text(values.route),
        dose: text(values.dose),
        why: text(values.why),
        until: text(values.until),
        elsewhere: text(values.elsewhere),
        by: text(values.by),
        reason: text(values.reason),
        version,
      };
      return editing
        ? call(recordContract.correctVaccine, { params: { patient, id: editing.id }, body })
        : call(recordContract.addVaccine, { params: { patient }, body }, sending);
    },
    message: (values) =>
      editing
        ? 'Vaccin corrigé.'
        : values.outcome === 'given'
          ? `Vaccin ajouté : ${values.label}.`
          : `Noté : ${values.label}, ${noted[values.outcome]}.`,
    onDone: onClose,
  });
  const { values, set, error } = entry;
  const found = choices.find((one) => one.label === values.label);
  const said = vaccineOf(found?.atc ?? values.vaccine ?? '');
  const { told, take } = useScannedBox(set);
  return (
    <EntryForm
      entry={entry}
      title={editing ? 'Corriger le vaccin' : 'Ajouter un vaccin'}
      verb={editing ? 'Corriger le vaccin' : values.outcome === 'given' ? 'Ajouter le vaccin' : 'Noter'}
      ready={!!values.label.trim()}
      onClose={onClose}
    >
      <Autocomplete
        label="Vaccin"
        description={
          said
            ? said.targets.map((one) => targets[one]).join(', ')
            : 'Nom, maladie, ou code de la boîte (DataMatrix scanné ou collé)'
        }
        data-autofocus
        data={choices.map((one) => one.label)}
        limit={10}
        filter={({ options, search: typed, limit }) => {
          const words = fold(typed.trim()).split(' ');
          const known = new Map(choices.map((one) => [one.label, one.words]));
          return options
            .filter((option) => 'label' in option && words.every((word) => known.get(option.label)?.includes(word)))
            .slice(0, limit);
        }}
        value={values.label}
        onChange={(label) =>
          set({ label, vaccine: choices.find((one) => one.label === label)?.code ?? null, cip: null })
        }
        onPaste={(event) => {
          if (take(event.clipboardData.getData('text'))) event.preventDefault();
        }}
        onKeyDown={(event) => {
          // A scanner types like a keyboard and ends with Enter.
          if ((event.key === 'Enter' || event.key === 'Tab') && take(event.currentTarget.value)) event.preventDefault();
        }}
        onBlur={(event) => take(event.currentTarget.value)}
        error={error('label') ?? error('vaccine') ?? error('cip')}
      />
      <p className="small" role="status" aria-live="polite" style={{ margin: 0 }}>
        {told}
      </p>
      <SegmentedControl
        aria-label="Issue"
        value={values.outcome}
        onChange={(outcome) => set({ outcome: outcome as Outcome })}
        data={outcomes}
        fullWidth
      />
      <DateField
        label="Date"
        placeholder="aujourd’hui"
        partial
        value={values.at ?? ''}
        onChange={(at) => set({ at })}
        max={readDate('auj')!}
        error={error('at')}
      />
      {values.outcome === 'given' ? (
        <GivenFields values={values} set={set} error={error} corrected={!!editing} />
      ) : (
        <NotGivenFields values={values} set={set} error={error} />
      )}
      {editing && <ReasonField value={values.reason} onChange={(reason) => set({ reason })} />}
    </EntryForm>
  );
}
