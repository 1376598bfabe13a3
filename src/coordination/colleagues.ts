import { carersOf, professions, staffOf } from '../access/index.ts';
import { needsPatientId } from '../record/index.ts';
import { absentUntil } from './messages/absences.store.ts';
import type { Ctx, Room } from './room.ts';

/** Whom one can ask something of: the practice's people, the patient's care team first. Who is of a team is shown only to whoever may know it. */
export async function colleagues(room: Room, { caller }: Ctx, patient: string | undefined) {
  const store = room.fhirFor(caller);
  const team = new Set<string>();
  if (patient) {
    needsPatientId(patient);
    await store.read('Patient', patient);
    for (const one of await store.sql((sql) => carersOf(sql, caller.tenant, patient))) team.add(one.practitioner);
  }
  const staff = (await store.sql((sql) => staffOf(sql, caller.tenant))).filter((one) => one.kind === 'care');
  const absences = await store.sql((sql) => absentUntil(sql, caller.tenant, room.now()));
  const list = staff.map((one) => ({
    id: one.practitioner, name: one.name, profession: one.profession, professionLabel: professions[one.profession].fr, me: one.practitioner === caller.practitioner, absentUntil: absences.get(one.practitioner) ?? null, inTeam: team.has(one.practitioner),
  }));
  list.sort((a, b) => Number(b.inTeam) - Number(a.inTeam) || a.name.localeCompare(b.name, 'fr'));
  const counts = new Map<string, number>();
  for (const one of list) counts.set(one.profession, (counts.get(one.profession) ?? 0) + 1);
  return { colleagues: list, professions: [...counts].map(([code, count]) => ({ code, label: professions[code as keyof typeof professions].fr, count })).sort((a, b) => a.label.localeCompare(b.label, 'fr')) };
}
