import type { CarePlan } from '@medplum/fhirtypes';
import {
  carersOf,
  isProfession,
  keptOut,
  type PersonCaller,
  professions,
  readyMadeRights,
  rightsOf,
  type Staff,
  staffOf,
} from '../../access/index.ts';
import type { FhirStore } from '../../fhir/index.ts';
import type { Addressee } from '../contract/common.ts';
import type { ProtocolStep } from '../contract/protocol-model.ts';
import { givenTo, type PlanRound } from './plan-state.rules.ts';

/** Who can be asked something for one patient: loaded once, asked for each step. */
export interface People {
  team: { practitioner: string; profession: string; name: string }[];
  staff: Staff[];
  /** Professions that see the tasks of every patient of the practice: one need not be of the team to be asked. */
  office: ReadonlySet<string>;
  /** Professions that do not read coordination: words for them are administrative. */
  unread: ReadonlySet<string>;
  /** People whom the patient keeps from the words of coordination: nothing is asked of them. */
  kept: ReadonlySet<string>;
}
export async function peopleAround(store: FhirStore, patient: string): Promise<People> {
  const { tenant } = store.caller;
  return store.sql(async (sql) => {
    const staff = (await staffOf(sql, tenant)).filter((one) => one.kind === 'care');
    const [office, unread] = [new Set<string>(), new Set<string>()];
    // A practice changes its rights little by little: only those whose ready-made rights are out of the ordinary are asked.
    for (const profession of new Set(staff.map((one) => one.profession))) {
      const { tasks, coordination } = readyMadeRights[profession];
      if (tasks.reach !== 'practice' && coordination.reach !== 'none') continue;
      const rights = await rightsOf(sql, tenant, profession);
      if (rights.tasks.reach === 'practice') office.add(profession);
      if (rights.coordination.reach === 'none') unread.add(profession);
    }
    const team = await carersOf(sql, tenant, patient);
    const kept = await keptOut(sql, patient, ['coordination'], [...team, ...staff]);
    return { team, staff, office, unread, kept: new Set(kept.map((one) => one.practitioner)) };
  });
}

/** What the secretariat may do with a title alone. */
export const bookable: ReadonlySet<string> = new Set<string>(['appointment', 'call', 'document']);
/**
 * Whom a step is asked of, its usual profession first: the one person of it in the patient's team (or at the office, for those who work for every
 * patient); else whoever of it takes it; else the first that somebody in the practice has, for the coordinator to see that nobody of the team does it.
 */
export function resolve(
  people: People,
  { roles, kind }: Pick<ProtocolStep, 'roles' | 'kind'>,
): { addressee: Addressee; inTeam: boolean } {
  const { office, unread, kept } = people;
  const [team, staff] = [people.team, people.staff].map((all) => all.filter((one) => !kept.has(one.practitioner))) as [
    People['team'],
    People['staff'],
  ];
  const of = (role: string) => [
    ...new Set(
      [...team, ...(office.has(role) ? staff : [])]
        .filter((one) => one.profession === role)
        .map((one) => one.practitioner),
    ),
  ];
  const able = roles.filter((role) => (!unread.has(role) || bookable.has(kind)) && !isKeptOut(people, role));
  if (able.length === 0 && roles.some((role) => isKeptOut(people, role)))
    return { addressee: { to: 'team' }, inTeam: false };
  const inTeam = able.find((role) => of(role).length > 0);
  if (inTeam)
    return {
      addressee:
        of(inTeam).length === 1
          ? { to: 'person', practitioner: of(inTeam)[0]! }
          : { to: 'profession', profession: inTeam },
      inTeam: true,
    };
  return {
    addressee: {
      to: 'profession',
      profession: able.find((role) => staff.some((one) => one.profession === role)) ?? able[0] ?? roles[0]!,
    },
    inTeam: false,
  };
}
/** Has the patient kept out everyone of this profession who could be asked? */
function isKeptOut({ team, staff, kept }: People, profession: string): boolean {
  const near = team.filter((one) => one.profession === profession);
  const asked = near.length > 0 ? near : staff.filter((one) => one.profession === profession);
  return asked.length > 0 && asked.every((one) => kept.has(one.practitioner));
}
/** Does whoever it is asked of read only administrative words? */
export function readsNoCare({ team, staff, unread }: People, addressee: Addressee): boolean {
  if (addressee.to === 'team') return false;
  return unread.has(
    addressee.to === 'profession'
      ? addressee.profession
      : ([...team, ...staff].find((one) => one.practitioner === addressee.practitioner)?.profession ?? ''),
  );
}
/** Whom a round that was not asked for yet will be asked of: whoever it was given to for this patient, as long as they are there. */
export function whoIsAsked(people: People, plan: CarePlan, round: PlanRound): Addressee {
  const given = givenTo(plan, round.id, round.round);
  return given && stillThere(people, given) ? given : resolve(people, round.step!).addressee;
}
/** Someone named for a step who has left the team or the practice, or whom the patient now keeps out, no longer counts. */
function stillThere(people: People, addressee: Addressee): boolean {
  const { team, staff, office, kept } = people;
  if (addressee.to === 'team') return true;
  if (addressee.to === 'profession') return !isKeptOut(people, addressee.profession);
  const is = (one: { practitioner: string }) => one.practitioner === addressee.practitioner;
  return (
    !kept.has(addressee.practitioner) && (team.some(is) || staff.some((one) => is(one) && office.has(one.profession)))
  );
}

export const professionLabel = (code: string): string => (isProfession(code) ? professions[code].fr : code);
export function addresseeLabel({ team, staff }: People, addressee: Addressee): string {
  if (addressee.to === 'team') return 'Équipe de soins';
  if (addressee.to === 'profession') return professionLabel(addressee.profession);
  return [...team, ...staff].find((one) => one.practitioner === addressee.practitioner)?.name ?? 'Professionnel';
}

/** The person who entered a plan, as whoever asks for its next steps. */
export function authorOf(
  tenant: number,
  author: { reference?: string; display?: string; extension?: { url?: string; valueCode?: string }[] } | undefined,
): PersonCaller {
  const profession = author?.extension?.find((one) => one.url === 'urn:estran:role')?.valueCode ?? '';
  return {
    kind: 'person',
    tenant,
    practitioner: author?.reference?.split('/')[1] ?? '',
    profession: isProfession(profession) ? profession : 'coordinator',
    roles: [],
    name: author?.display ?? 'Professionnel',
    session: '',
  };
}
