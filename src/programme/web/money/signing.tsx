import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Refusal } from '../../../web/api.ts';
import { useMe } from '../../../web/session.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { changedMoney } from './words.ts';

export const refusalOf = (error: unknown): Refusal | null => (error instanceof Refusal ? error : null);
export const rereadOnConflict = (error: unknown) => error instanceof Refusal && error.status === 409 && changedMoney();

/** Who a paper is between: for the team as its application says, for the region whoever is here. */
export function useParties(signatory: { name: string; role: string }) {
  const me = useMe();
  const [team, setTeam] = useState({ name: signatory.name, role: signatory.role });
  const [region, setRegion] = useState({ name: me.name, role: 'Par délégation' });
  return {
    parties: { team, region },
    ready: [team.name, team.role, region.name, region.role].every((one) => one.trim() !== ''),
    fields: (
      <>
        <TextInput
          label="Signataire pour l’équipe"
          value={team.name}
          onChange={(event) => setTeam({ ...team, name: event.currentTarget.value })}
        />
        <TextInput
          label="Sa qualité"
          value={team.role}
          onChange={(event) => setTeam({ ...team, role: event.currentTarget.value })}
        />
        <TextInput
          label="Signataire pour l’Agence"
          value={region.name}
          onChange={(event) => setRegion({ ...region, name: event.currentTarget.value })}
        />
        <TextInput
          label="Qualité du signataire de l’Agence"
          value={region.role}
          onChange={(event) => setRegion({ ...region, role: event.currentTarget.value })}
        />
      </>
    ),
  };
}

/** That a paper is signed: when, and by whom on each side. */
export function useSigned(first: { on: string; team: string; region: string }) {
  const [form, setForm] = useState(first);
  return {
    form,
    ready: form.on !== '' && form.team.trim() !== '' && form.region.trim() !== '',
    fields: (label: string, error: string | undefined) => (
      <>
        <DateField
          label={label}
          value={form.on}
          max={first.on}
          error={error}
          onChange={(on) => setForm({ ...form, on })}
        />
        <TextInput
          label="Pour l’équipe"
          value={form.team}
          onChange={(event) => setForm({ ...form, team: event.currentTarget.value })}
        />
        <TextInput
          label="Pour l’Agence"
          value={form.region}
          onChange={(event) => setForm({ ...form, region: event.currentTarget.value })}
        />
      </>
    ),
  };
}

/** Takes a signature back; within ten seconds it is put back as it was. */
export const useUnsign = (what: string, unsign: () => Promise<unknown>, sign: () => Promise<unknown>) =>
  useMutation({
    mutationFn: unsign,
    onSuccess: () => done(`${what} retirée.`, () => sign().then(changedMoney), 'Signature remise.'),
    onError: failed,
    onSettled: changedMoney,
  });
