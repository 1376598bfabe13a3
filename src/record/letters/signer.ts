import { ifThere } from '../../fhir/index.ts';
import type { Resolve } from '../../platform/index.ts';
import { fieldOf } from '../data/letters/fields.ts';
import type { Entered } from '../read/enter.ts';
import { known, missing, orMissing } from './field-value.ts';

/** Who signs, as printed. */
export interface Signer {
  id: string;
  name: string;
  role: string;
  profession: string | null;
  rpps: string | null;
  phone: string | null;
}
export async function signerOf(entered: Entered, practitioner: string): Promise<Signer | null> {
  await entered.room.directory.learnPeople(entered.store, [practitioner]);
  const who = entered.reading.directory.who(entered.caller, { reference: `Practitioner/${practitioner}` });
  const stored = await ifThere(entered.store.read('Practitioner', practitioner));
  if (!stored || !who) return null;
  const person = stored.resource;
  return {
    id: practitioner,
    name: who.name,
    role: who.role,
    profession: who.profession,
    rpps: person.identifier?.find(({ system }) => system?.includes('rpps'))?.value ?? null,
    phone: person.telecom?.find(({ system, use }) => system === 'phone' && use === 'work')?.value ?? null,
  };
}
export const lateValues =
  (signer: Signer): Resolve =>
  (key) =>
    key === 'signataire.nom'
      ? known(signer.name)
      : key === 'signataire.profession'
        ? orMissing(signer.role, 'profession non renseignée')
        : key === 'signataire.rpps'
          ? orMissing(signer.rpps, 'RPPS non renseigné')
          : fieldOf(key)
            ? missing('non renseigné')
            : undefined;
