import { carersOf, isProfession, type PersonCaller, professions, type Staff, staffOf } from '../../access/index.ts';
import type { FhirStore } from '../../fhir/index.ts';
import type { Addressee } from '../contract/common.ts';

/** Who can be asked something for one patient: loaded once, asked for each step. */
export interface People {
  team: { practitioner: string; profession: string; name: string }[];
  staff: Staff[];
}
export async function peopleAround(store: FhirStore, patient: string): Promise<People> {
  const { tenant } = store.caller;
  return store.sql(async (sql) => ({ team: await carersOf(sql, tenant, patient), staff: (await staffOf(sql, tenant)).filter((one) => one.kind === 'care') }));
}

/**
 * Whom a step is asked of, its usual profession first: the one person of it in the patient's team; else whoever of it in the team takes it; else the
 * first that somebody in the practice has, for the coordinator to see that nobody of the team does it. The rule of `resolveRole` for several roles.
 */
export function resolve({ team, staff }: People, roles: readonly string[]): { addressee: Addressee; inTeam: boolean } {
  const of = (role: string) => team.filter((one) => one.profession === role);
  const inTeam = roles.find((role) => of(role).length > 0);
  if (inTeam) return { addressee: of(inTeam).length === 1 ? { to: 'person', practitioner: of(inTeam)[0]!.practitioner } : { to: 'profession', profession: inTeam }, inTeam: true };
  return { addressee: { to: 'profession', profession: roles.find((role) => staff.some((one) => one.profession === role)) ?? roles[0]! }, inTeam: false };
}
/** Someone named for a step who has left the team or the practice no longer counts. */
export const stillThere = ({ team, staff }: People, addressee: Addressee): boolean =>
  addressee.to !== 'person' || team.some((one) => one.practitioner === addressee.practitioner) || staff.some((one) => one.practitioner === addressee.practitioner && ['medical-secretary', 'coordinator', 'medical-assistant'].includes(one.profession));

export const professionLabel = (code: string): string => (isProfession(code) ? professions[code].fr : code);
export function addresseeLabel({ team, staff }: People, addressee: Addressee): string {
  if (addressee.to === 'team') return 'Équipe de soins';
  if (addressee.to === 'profession') return professionLabel(addressee.profession);
  return [...team, ...staff].find((one) => one.practitioner === addressee.practitioner)?.name ?? 'Professionnel';
}

/** The person who entered a plan, as whoever asks for its next steps. */
export function authorOf(tenant: number, author: { reference?: string; display?: string; extension?: { url?: string; valueCode?: string }[] } | undefined): PersonCaller {
  const profession = author?.extension?.find((one) => one.url === 'urn:estran:role')?.valueCode ?? '';
  return { kind: 'person', tenant, practitioner: author?.reference?.split('/')[1] ?? '', profession: isProfession(profession) ? profession : 'coordinator', roles: [], name: author?.display ?? 'Professionnel', session: '' };
}
