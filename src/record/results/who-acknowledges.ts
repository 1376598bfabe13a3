import type { Patient, ServiceRequest } from '@medplum/fhirtypes';
import { keptOut, mayCall, type PersonCaller, rightsOf, staffOf, verdict } from '../../access/index.ts';
import { invalid, type Sql } from '../../platform/index.ts';
import { idOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import type { Room } from '../room.ts';

/** The contract's own rule, for screens and for acts that come another way. */
export const mayAcknowledge = (room: Room, caller: PersonCaller): Promise<boolean> =>
  mayCall(room.db, caller, { practice: 'acknowledge-results' });
/** The professional who follows the patient, when it is one of ours. */
export const followedBy = (patient: Patient): string | null =>
  patient.generalPractitioner?.map((one) => idOf(one, 'Practitioner')).find((id) => id !== undefined) ?? null;

/** Those of the practice who may acknowledge results, by the same rule. */
export async function acknowledgers(sql: Sql, tenant: number): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const one of await staffOf(sql, tenant))
    if (
      one.kind === 'care' &&
      verdict(await rightsOf(sql, tenant, one.profession), one, { practice: 'acknowledge-results' }) === 'yes'
    )
      found.set(one.practitioner, one.name);
  return found;
}
/** Who asked for it, else who follows the patient, else who wrote it down: the first of them who may and whom the patient lets read it. */
async function readerFor(entered: Entered, requester: string | null): Promise<string | null> {
  const { store, caller, patient, patientId } = entered;
  const wanted = [requester, followedBy(patient), caller.practitioner];
  const may = await store.sql(async (sql) => {
    const able = await acknowledgers(sql, caller.tenant);
    const asked = (await staffOf(sql, caller.tenant)).filter(
      ({ practitioner }) => wanted.includes(practitioner) && able.has(practitioner),
    );
    for (const one of await keptOut(sql, patientId, ['results'], asked)) able.delete(one.practitioner);
    return able;
  });
  return wanted.find((one) => one !== null && may.has(one)) ?? null;
}
/** The person chosen, who must be one who may; without a choice, by `readerFor`, whoever asked for it first. */
export async function chosenReader(
  entered: Entered,
  chosen: string | null | undefined,
  requests: readonly ServiceRequest[],
): Promise<string | null> {
  if (!chosen)
    return readerFor(
      entered,
      requests.map((one) => idOf(one.requester, 'Practitioner')).find((id) => id !== undefined) ?? null,
    );
  if (!(await entered.store.sql((sql) => acknowledgers(sql, entered.caller.tenant))).has(chosen))
    throw invalid('Cette personne ne valide pas de résultats dans cette structure. Rien n’a été enregistré.', {
      reader: 'Choisissez une personne de la liste.',
    });
  return chosen;
}
