import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { reading } from '../../../../web/api.ts';
import { inSentence } from '../../../../web/words.ts';
import { type Addressee, coordinationContract } from '../../../contract.ts';

const write = (to: Addressee): string =>
  to.to === 'person' ? `person ${to.practitioner}` : to.to === 'profession' ? `profession ${to.profession}` : 'team';
const read = (value: string): Addressee => {
  const [to, id = ''] = value.split(' ');
  return to === 'person' ? { to, practitioner: id } : to === 'profession' ? { to, profession: id } : { to: 'team' };
};

/** Someone of the care team, someone else of the practice, or whoever of a profession. */
export function WhoField({
  label,
  patient,
  value,
  onChange,
  autoFocus,
}: {
  label: string;
  patient: string;
  value: Addressee | null;
  onChange: (to: Addressee) => void;
  autoFocus?: boolean;
}) {
  const query = useQuery(reading(coordinationContract.addressees, { query: { patient } }));
  const people = query.data?.colleagues ?? [];
  const person = (one: (typeof people)[number]) => ({
    value: `person ${one.id}`,
    label: `${one.name}, ${inSentence(one.professionLabel)}${one.me ? ' (vous)' : ''}`,
  });
  const data = [
    {
      group: 'Équipe de soins',
      items: [...people.filter((one) => one.inTeam).map(person), { value: 'team', label: 'Toute l’équipe de soins' }],
    },
    {
      group: 'Une profession',
      items: (query.data?.professions ?? []).map((one) => ({
        value: `profession ${one.code}`,
        label: `${one.label} (${one.count})`,
      })),
    },
    { group: 'Autres personnes de la structure', items: people.filter((one) => !one.inTeam).map(person) },
  ];
  return (
    <Select
      label={label}
      placeholder={query.isPending ? 'Chargement…' : 'Choisir'}
      searchable
      allowDeselect={false}
      autoFocus={autoFocus}
      data={data}
      value={value ? write(value) : null}
      onChange={(next) => next && onChange(read(next))}
      nothingFoundMessage="Personne de ce nom"
    />
  );
}
