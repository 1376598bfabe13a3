import {
  carersOf,
  isProfession,
  type PersonCaller,
  professions,
  readyMadeRights,
  rightsOf,
  type Staff,
  staffOf,
} from '../../access/index.ts';
import type { FhirStore } from '../../fhir/index.ts';
import type { Addressee } from '../contract/common.ts';
import type { ProtocolStep } from '../contract/protocols.ts';

/** Who can be asked something for one patient: loaded once, asked for each step. */
export interface People {
  team: { practitioner: string; profession: string; name: string }[];
  staff: Staff[];
  /** Professions that see the tasks of every patient of the practice: one need not be of the team to be asked. */
  office: ReadonlySet<string>;
  /** Professions that do not read coordination: words for them are administrative. */
  unread: ReadonlySet<string>;
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
    return { team: await carersOf(sql, tenant, patient), staff, office, unread };
  });
}

/** What the secretariat may do with a title alone. */
export const bookable: ReadonlySet<string> = new Set<string>(['appointment', 'call', 'document']);
/**
 * Whom a step is asked of, its usual profession first: the one person of it in the patient's team (or at the office, for those who work for every
 * patient); else whoever of it takes it; else the first that somebody in the practice has, for the coordinator to see that nobody of the team does it.
 */
export function resolve(
  { team, staff, office, unread }: People,
  { roles, kind }: Pick<ProtocolStep, 'roles' | 'kind'>,
): { addressee: Addressee; inTeam: boolean } {
  const of = (role: string) => [
    ...new Set(
      [...team, ...(office.has(role) ? staff : [])]
        .filter((one) => one.profession === role)
        .map((one) => one.practitioner),
    ),
  ];
  const able = roles.filter((role) => !unread.has(role) || bookable.has(kind));
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
/** Does whoever it is asked of read only administrative words? */
export function readsNoCare({ team, staff, unread }: People, addressee: Addressee): boolean {
  if (addressee.to === 'team') return false;
  return unread.has(
    addressee.to === 'profession'
      ? addressee.profession
      : ([...team, ...staff].find((one) => one.practitioner === addressee.practitioner)?.profession ?? ''),
  );
}
/** Someone named for a step who has left the team or the practice no longer counts. */
export const stillThere = ({ team, staff, office }: People, addressee: Addressee): boolean =>
  addressee.to !== 'person' ||
  team.some((one) => one.practitioner === addressee.practitioner) ||
  staff.some((one) => one.practitioner === addressee.practitioner && office.has(one.profession));

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
