import type { Patient } from '@medplum/fhirtypes';
import {
  asCaller,
  carersOf,
  mayCall,
  mayReach,
  type PersonCaller,
  rightsOf,
  type Staff,
  staffOf,
  verdict,
} from '../../access/index.ts';
import type { Stored } from '../../fhir/index.ts';
import type { Sql } from '../../platform/index.ts';
import { idOf } from '../fhir-words.ts';
import type { Room } from '../room.ts';
import { followedBy } from '../results/who-acknowledges.ts';

/** The contract's own rules, for lists that several patients stand in. */
export const mayDecide = (room: Room, caller: PersonCaller): Promise<boolean> =>
  mayCall(room.db, caller, { practice: 'decide-treatments' });
export const mayPropose = (room: Room, caller: PersonCaller): Promise<boolean> =>
  mayCall(room.db, caller, { practice: 'reconcile-treatments' });
/** Whether this person may answer a proposal about this patient: decides of treatments, takes part in the care, and is not kept out by the patient. */
export async function mayAnswer(sql: Sql, tenant: number, patient: string, one: Staff): Promise<boolean> {
  if (
    one.kind !== 'care' ||
    verdict(await rightsOf(sql, tenant, one.profession), one, { practice: 'decide-treatments' }) !== 'yes'
  )
    return false;
  return mayReach(sql, asCaller(tenant, one), patient, 'treatments', 'write');
}
/** Who is put a proposal: who prescribed the treatment, when they are of the team, else who follows the patient; null: nobody in particular, so that whoever of the team decides answers. */
export async function askedFor(
  sql: Sql,
  tenant: number,
  patient: Patient & { id: string },
  about: Stored | null,
  author: string | null,
): Promise<string | null> {
  const prescriber = about?.type === 'MedicationRequest' ? idOf(about.resource.requester, 'Practitioner') : undefined;
  const staff = await staffOf(sql, tenant);
  for (const wanted of [prescriber, followedBy(patient)]) {
    const found = wanted === author ? undefined : staff.find(({ practitioner }) => practitioner === wanted);
    if (found && (await mayAnswer(sql, tenant, patient.id, found))) return found.practitioner;
  }
  return null;
}
/** Whom a proposal that waits concerns: whoever is asked and those who stand in, or everyone of the team who may answer. */
export async function concernedBy(
  sql: Sql,
  tenant: number,
  patient: string,
  asked: string | null,
  author: string | null,
  standsFor: (sql: Sql, tenant: number, practitioner: string) => Promise<readonly string[]>,
): Promise<string[]> {
  const around = new Set((await carersOf(sql, tenant, patient)).map(({ practitioner }) => practitioner));
  const found: string[] = [];
  for (const one of await staffOf(sql, tenant)) {
    if (one.practitioner === author) continue;
    const concerned = asked
      ? one.practitioner === asked || (await standsFor(sql, tenant, one.practitioner)).includes(asked)
      : around.has(one.practitioner);
    if (concerned && (await mayAnswer(sql, tenant, patient, one))) found.push(one.practitioner);
  }
  return found;
}
