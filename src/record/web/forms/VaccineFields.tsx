import { Autocomplete, Checkbox, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { reading } from '../../../web/api.ts';
import { readDate } from '../../../web/say.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { recordContract, vaccineRoutes, vaccineSites } from '../../contract.ts';
import css from './forms.module.css';

export type Outcome = 'given' | 'refused' | 'contraindicated' | 'not-done';
export const initial = {
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
export type Values = typeof initial;
interface Fields {
  values: Values;
  set: (patch: Partial<Values>) => void;
  error: (name: string) => string | undefined;
}

const expired = ({ expires, at }: Values): boolean =>
  !!expires && (readDate(expires, { partial: true }) ?? '9') < (readDate(at || 'auj', { partial: true }) ?? '');

/** Of a vaccine that was given: from which box, where, by whom. */
export function GivenFields({ values, set, error, corrected }: Fields & { corrected: boolean }) {
  const people = useQuery(reading(recordContract.professionals));
  return (
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
      {expired(values) && (
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
        {!values.reported && !corrected && (
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
  );
}

/** Of a vaccine that was not given: why, and until when. */
export function NotGivenFields({ values, set, error }: Fields) {
  return (
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
  );
}
