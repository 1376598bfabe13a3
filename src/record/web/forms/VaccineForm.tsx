import { Autocomplete, Checkbox, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { readDate, sayDate } from '../../../web/say.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { Note } from '../../../web/ui/states.tsx';
import {
  loadVaccineProducts,
  readScan,
  recordContract,
  targets,
  vaccineOf,
  vaccineRoutes,
  vaccines,
  vaccineSites,
} from '../../contract.ts';
import { EntryForm } from './EntryForm.tsx';
import css from './forms.module.css';
import { type Editing, useEntry } from './use-entry.ts';
import { ReasonField } from './ReasonField.tsx';

type Outcome = 'given' | 'refused' | 'contraindicated' | 'not-done';
const initial = {
  vaccine: null as string | null,
  label: '',
  outcome: 'given' as Outcome,
  at: '',
  cip: null as string | null,
  lot: '',
  expires: '',
  site: '',
  route: '',
  dose: '',
  why: '',
  until: '',
  reported: false,
  elsewhere: '',
  by: null as string | null,
  confirmed: false,
  reason: '',
};
const outcomes = [
  { value: 'given', label: 'Fait' },
  { value: 'refused', label: 'Refusé' },
  { value: 'contraindicated', label: 'Contre-indiqué' },
  { value: 'not-done', label: 'Non fait' },
];
const noted = { given: '', refused: 'refusé', contraindicated: 'contre-indiqué', 'not-done': 'non fait' };
interface Choice {
  label: string;
  /** NUVA of a product, ATC of a vaccine by what it is. */
  code: string;
  atc: string;
  words: string;
}
const generic = vaccines.map(
  (one): Choice => ({
    label: one.label,
    code: one.code,
    atc: one.code,
    words: fold(`${one.label} ${one.targets.map((target) => targets[target]).join(' ')}`),
  }),
);

/** Products of the market first where they are known, then vaccines by what they are, then products of the past. */
function useChoices(target: string | undefined): Choice[] {
  const { data } = useQuery({
    queryKey: ['vaccine-products'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await loadVaccineProducts()).vaccineProducts,
  });
  const products = (data ?? []).map((one) => ({
    one,
    choice: {
      label: one.name,
      code: one.nuva,
      atc: one.atc,
      words: fold(
        `${one.name} ${vaccineOf(one.atc)?.label ?? ''} ${(vaccineOf(one.atc)?.targets ?? []).map((each) => targets[each]).join(' ')}`,
      ),
    },
  }));
  const all = [
    ...generic,
    ...products.filter(({ one }) => one.used).map(({ choice }) => choice),
    ...products.filter(({ one }) => !one.used).map(({ choice }) => choice),
  ];
  return target
    ? all.filter(({ atc }) => (vaccineOf(atc)?.targets as readonly string[] | undefined)?.includes(target))
    : all;
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
  const choices = useChoices(target);
  const people = useQuery(reading(recordContract.professionals));
  const proposed = target ? vaccines.filter((one) => (one.targets as readonly string[]).includes(target)) : [];
  const only = proposed.length === 1 ? proposed[0] : undefined;
  const [scan, setScan] = useState('');
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
  /** A box was scanned: what it says takes its place in the form. False when it is no code of a box. */
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
      setScan(
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
  const expired =
    values.outcome === 'given' &&
    !!values.expires &&
    (readDate(values.expires, { partial: true }) ?? '9') < (readDate(values.at || 'auj', { partial: true }) ?? '');
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
        {scan}
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
        <>
          <div className={css.pair}>
            <TextInput
              label="Lot"
              autoComplete="off"
              value={values.lot ?? ''}
              onChange={(event) => set({ lot: event.currentTarget.value })}
              error={error('lot')}
            />
            <Autocomplete
              label="Site"
              data={[...vaccineSites]}
              value={values.site ?? ''}
              onChange={(site) => set({ site })}
            />
          </div>
          <div className={css.pair}>
            <DateField
              label="Péremption"
              partial
              placeholder="MM/AAAA"
              value={values.expires ?? ''}
              onChange={(expires) => set({ expires })}
              error={error('expires')}
            />
            <Autocomplete
              label="Voie"
              data={[...vaccineRoutes]}
              value={values.route ?? ''}
              onChange={(route) => set({ route })}
            />
          </div>
          {expired && (
            <Note tone="warning">
              <Checkbox
                label="Cette boîte est périmée à la date de l’injection : le noter quand même"
                checked={values.confirmed}
                onChange={(event) => set({ confirmed: event.currentTarget.checked })}
              />
            </Note>
          )}
          <div className={css.pair}>
            <TextInput
              label="Dose"
              placeholder="1, 2, rappel"
              autoComplete="off"
              value={values.dose ?? ''}
              onChange={(event) => set({ dose: event.currentTarget.value })}
            />
            {!values.reported && !editing && (
              <Select
                label="Fait par"
                placeholder="moi"
                clearable
                searchable
                data={(people.data?.professionals ?? [])
                  .filter((one) => one.care && !one.me)
                  .map((one) => ({ value: one.id, label: `${one.name}, ${one.role}` }))}
                value={values.by ?? null}
                onChange={(by) => set({ by })}
              />
            )}
          </div>
          <Checkbox
            label="Fait ailleurs (carnet de santé, dit par le patient)"
            checked={values.reported}
            onChange={(event) => set({ reported: event.currentTarget.checked })}
          />
          {values.reported && (
            <TextInput
              label="Où, par qui"
              placeholder="carnet de santé, pharmacie, PMI"
              value={values.elsewhere ?? ''}
              onChange={(event) => set({ elsewhere: event.currentTarget.value })}
            />
          )}
        </>
      ) : (
        <>
          <TextInput
            label="Pourquoi"
            value={values.why ?? ''}
            onChange={(event) => set({ why: event.currentTarget.value })}
          />
          {values.outcome !== 'not-done' && (
            <DateField
              label={values.outcome === 'refused' ? 'Refus levé le' : 'Jusqu’au'}
              partial
              placeholder="sans fin"
              value={values.until ?? ''}
              onChange={(until) => set({ until })}
              error={error('until')}
            />
          )}
        </>
      )}
      {editing && <ReasonField value={values.reason} onChange={(reason) => set({ reason })} />}
    </EntryForm>
  );
}
