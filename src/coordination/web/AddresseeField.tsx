import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { reading } from '../../web/api.ts';
import { inSentence } from '../../web/words.ts';
import { type Addressee, coordinationContract } from '../contract.ts';

export const valueFor = (to: Addressee): string =>
  to.to === 'person' ? `person:${to.practitioner}` : to.to === 'profession' ? `profession:${to.profession}` : 'team';
const addresseeOf = (value: string): Addressee | null => {
  if (value === 'team') return { to: 'team' };
  const [kind, id = ''] = value.split(':');
  return kind === 'person'
    ? { to: 'person', practitioner: id }
    : kind === 'profession'
      ? { to: 'profession', profession: id }
      : null;
};
/** Whom one can ask: the patient's care team first. */
export const useAddressees = (patient: string | undefined) =>
  useQuery(reading(coordinationContract.addressees, { query: { ...(patient && { patient }) } }));

/** What must be said of the one chosen before anything is asked of them. */
export interface Chosen {
  name: string;
  /** A person who is not of this patient's care team. */
  outside: boolean;
  /** They do not read what carers write. */
  blind: boolean;
}
export function useChosen(to: Addressee | null, patient: string | undefined): Chosen | null {
  const { data } = useAddressees(patient);
  if (!to || !data) return null;
  if (to.to === 'team')
    return { name: patient ? 'l’équipe de soins' : 'toute la structure', outside: false, blind: false };
  if (to.to === 'profession') {
    const found = data.professions.find((one) => one.code === to.profession);
    return found
      ? { name: found.label, outside: !!patient && found.reads && found.inTeam === 0, blind: !found.reads }
      : null;
  }
  const person = data.colleagues.find((one) => one.id === to.practitioner);
  return person
    ? { name: person.name, outside: !!patient && person.reads && !person.inTeam, blind: !person.reads }
    : null;
}

/** A person, a profession, or the whole care team, in one list one types into. */
export function AddresseeField({
  patient,
  value,
  onChange,
  label = 'À qui',
  error,
  autoFocus,
  everyone,
  one: asked,
}: {
  patient?: string | undefined;
  value: Addressee | null;
  onChange: (to: Addressee | null) => void;
  label?: string;
  error?: string | undefined;
  autoFocus?: boolean;
  /** It is told to all of them, and not asked of one; oneself is not in it. */
  everyone?: boolean;
  /** Asked of one person or one profession: neither oneself nor the team. */
  one?: boolean;
}) {
  const query = useAddressees(patient);
  const people = (query.data?.colleagues ?? []).filter(
    (one) => !((everyone || asked) && one.me) && !(asked && patient && !one.reads),
  );
  const person = (one: (typeof people)[number]) => ({
    value: `person:${one.id}`,
    label: `${one.name}${one.me ? ' (vous)' : ''}, ${inSentence(one.professionLabel)}`,
  });
  // A question goes to those of a profession who are in the care team: without any, to nobody.
  const heard = (code: string) => !asked || !patient || people.some((one) => one.inTeam && one.profession === code);
  const professions = (query.data?.professions ?? [])
    .filter(({ code }) => heard(code))
    .map((one) => ({
      value: `profession:${one.code}`,
      label: everyone ? `${one.label} : tous ceux de l’équipe` : `${one.label} : qui est disponible`,
    }));
  const data = [
    ...(patient
      ? [
          {
            group: 'Équipe de soins',
            items: [
              ...people.filter((one) => one.inTeam).map(person),
              ...(asked ? [] : [{ value: 'team', label: 'Toute l’équipe de soins' }]),
            ],
          },
        ]
      : [{ group: 'Structure', items: [{ value: 'team', label: 'Toute la structure' }] }]),
    { group: 'Une profession', items: professions },
    {
      group: patient ? 'Hors de l’équipe de soins' : 'Une personne',
      items: people.filter((one) => !one.inTeam).map(person),
    },
  ].filter((group) => group.items.length > 0);
  return (
    <Select
      label={label}
      placeholder="Personne, profession ou équipe"
      searchable
      selectFirstOptionOnChange
      required
      withAsterisk={false}
      data-autofocus={autoFocus || undefined}
      data={data}
      value={value ? valueFor(value) : null}
      error={error}
      onChange={(chosen) => onChange(chosen ? addresseeOf(chosen) : null)}
      maxDropdownHeight={320}
      nothingFoundMessage={query.isPending ? 'Un instant…' : 'Personne de ce nom'}
    />
  );
}
