import {
  carersOf,
  mayReach,
  type PersonCaller,
  type Profession,
  professions,
  rightsOf,
  type Staff,
  staffOf,
} from '../access/index.ts';
import { type FhirStore, referenceTo } from '../fhir/index.ts';
import { needsPatientId } from '../record/index.ts';
import { absentUntil } from './messages/absences.store.ts';
import type { Ctx, Room } from './room.ts';

/** What each of these people is, said of a woman when she is known to be one. */
export async function rolesOf(
  room: Room,
  caller: PersonCaller,
  store: FhirStore,
  people: readonly Pick<Staff, 'practitioner' | 'profession'>[],
): Promise<Map<string, string>> {
  await room.directory.learnPeople(
    store,
    people.map((one) => one.practitioner),
  );
  return new Map(
    people.map(({ practitioner, profession }) => [
      practitioner,
      room.directory.who(caller, referenceTo('Practitioner', practitioner))?.role || professions[profession].fr,
    ]),
  );
}

/** Whom one can ask something of: the practice's people, the patient's care team first. Who is of a team is shown only to whoever may know it. */
export async function colleagues(room: Room, { caller }: Ctx, patient: string | undefined) {
  const store = room.fhirFor(caller);
  const team = new Set<string>();
  if (patient) {
    needsPatientId(patient);
    await store.read('Patient', patient);
    if (await mayReach(room.db, caller, patient, 'tasks', 'read'))
      for (const one of await store.sql((sql) => carersOf(sql, caller.tenant, patient))) team.add(one.practitioner);
  }
  const staff = (await store.sql((sql) => staffOf(sql, caller.tenant))).filter((one) => one.kind === 'care');
  const reads = new Map<Profession, boolean>();
  for (const { profession } of staff)
    if (!reads.has(profession))
      reads.set(profession, (await rightsOf(room.db, caller.tenant, profession)).exchanges.reach !== 'none');
  const absences = await store.sql((sql) => absentUntil(sql, caller.tenant, room.now()));
  const roles = await rolesOf(room, caller, store, staff);
  const list = staff.map((one) => ({
    id: one.practitioner,
    name: one.name,
    profession: one.profession as string,
    professionLabel: roles.get(one.practitioner)!,
    me: one.practitioner === caller.practitioner,
    absentUntil: absences.get(one.practitioner) ?? null,
    inTeam: team.has(one.practitioner),
    reads: reads.get(one.profession)!,
  }));
  list.sort((a, b) => Number(b.inTeam) - Number(a.inTeam) || a.name.localeCompare(b.name, 'fr'));
  const grouped = Map.groupBy(list, (one) => one.profession);
  const found = [...grouped].map(([code, people]) => ({
    code,
    label: professions[code as Profession].fr,
    count: people.length,
    inTeam: people.filter((one) => one.inTeam).length,
    reads: people[0]!.reads,
  }));
  return {
    colleagues: list,
    professions: found.sort(
      (a, b) => Number(b.inTeam > 0) - Number(a.inTeam > 0) || a.label.localeCompare(b.label, 'fr'),
    ),
  };
}
