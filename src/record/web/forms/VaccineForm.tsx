import { Autocomplete, Checkbox, SegmentedControl, TextInput } from '@mantine/core';
import { call } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { readDate } from '../../../web/say.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { recordContract, targets, vaccineRoutes, vaccines, vaccineSites } from '../../contract.ts';
import { EntryForm } from './EntryForm.tsx';
import css from './forms.module.css';
import { type Editing, useEntry } from './use-entry.ts';

const byLabel = new Map(vaccines.map((one) => [one.label, one]));
const search = new Map(vaccines.map((one) => [one.label, fold(`${one.label} ${one.targets.map((target) => targets[target]).join(' ')}`)]));

/** A vaccine given, refused or not done; `target` comes from what the calendar asks for. */
export function VaccineForm({ patient, target, editing, onClose }: { patient: string; target?: string; editing?: Editing; onClose: () => void }) {
  const proposed = target ? vaccines.filter((one) => (one.targets as readonly string[]).includes(target)) : [];
  const entry = useEntry({
    patient,
    form: 'vaccine',
    label: 'Vaccin',
    initial: { vaccine: proposed.length === 1 ? proposed[0]!.code : (null as string | null), label: proposed.length === 1 ? proposed[0]!.label : '', outcome: 'given' as 'given' | 'refused' | 'not-done', at: '', lot: '', site: '', route: '', why: '', reported: false, reason: '' },
    editing,
    send: (values, version) => {
      const body = { ...values, at: values.at || null, lot: values.lot || null, site: values.site || null, route: values.route || null, why: values.why || null, reason: values.reason || null, version };
      return editing ? call(recordContract.correctVaccine, { params: { patient, id: editing.id }, body }) : call(recordContract.addVaccine, { params: { patient }, body });
    },
    message: (values) => (editing ? 'Vaccin corrigé.' : values.outcome === 'given' ? `Vaccin ajouté : ${values.label}.` : `Noté : ${values.label}, ${values.outcome === 'refused' ? 'refusé' : 'non fait'}.`),
    onDone: onClose,
  });
  const { values, set, error } = entry;
  const found = byLabel.get(values.label);
  return (
    <EntryForm entry={entry} title={editing ? 'Corriger le vaccin' : 'Ajouter un vaccin'} verb={editing ? 'Corriger le vaccin' : values.outcome === 'given' ? 'Ajouter le vaccin' : 'Noter'} ready={!!values.label.trim()} onClose={onClose}>
      <Autocomplete
        label="Vaccin"
        description={found ? found.targets.map((one) => targets[one]).join(', ') : undefined}
        data-autofocus
        data={(proposed.length > 1 ? proposed : vaccines).map((one) => one.label)}
        limit={10}
        filter={({ options, search: typed, limit }) => options.filter((option) => 'label' in option && (search.get(option.label) ?? '').includes(fold(typed.trim()))).slice(0, limit)}
        value={values.label}
        onChange={(label) => set({ label, vaccine: byLabel.get(label)?.code ?? null })}
        error={error('label') ?? error('vaccine')}
      />
      <SegmentedControl
        aria-label="Issue"
        value={values.outcome}
        onChange={(outcome) => set({ outcome: outcome as typeof values.outcome })}
        data={[
          { value: 'given', label: 'Fait' },
          { value: 'refused', label: 'Refusé' },
          { value: 'not-done', label: 'Non fait' },
        ]}
      />
      <DateField label="Date" placeholder="aujourd’hui" partial value={values.at ?? ''} onChange={(at) => set({ at })} max={readDate('auj')!} error={error('at')} />
      {values.outcome === 'given' ? (
        <>
          <div className={css.pair}>
            <TextInput label="Lot" autoComplete="off" value={values.lot ?? ''} onChange={(event) => set({ lot: event.currentTarget.value })} />
            <Autocomplete label="Site" data={[...vaccineSites]} value={values.site ?? ''} onChange={(site) => set({ site })} />
          </div>
          <Autocomplete label="Voie" data={[...vaccineRoutes]} value={values.route ?? ''} onChange={(route) => set({ route })} />
          <Checkbox label="Fait ailleurs (carnet de santé, dit par le patient)" checked={values.reported} onChange={(event) => set({ reported: event.currentTarget.checked })} />
        </>
      ) : (
        <TextInput label="Pourquoi" value={values.why ?? ''} onChange={(event) => set({ why: event.currentTarget.value })} />
      )}
      {editing && <TextInput label="Raison de la correction" value={values.reason} onChange={(event) => set({ reason: event.currentTarget.value })} />}
    </EntryForm>
  );
}
