import { professions } from '../access/index.ts';
import type { Ctx, Room } from './room.ts';

/** Who works in the practice, by name: to choose among. */
export async function professionals(room: Room, caller: Ctx['caller']) {
  const store = room.fhirFor(caller);
  const { resources } = await store.search('Practitioner', [
    ['active', 'true'],
    ['_sort', 'family'],
    ['_count', '500'],
  ]);
  await room.directory.learnPeople(
    store,
    resources.map((one) => one.id),
  );
  const staff = new Set(['medical-secretary', 'coordinator', 'administrator']);
  return {
    professionals: resources
      .filter((one) => one.resource.active !== false)
      .map((one) => room.directory.who(caller, { reference: `Practitioner/${one.id}` })!)
      .map((who) => ({
        id: who.id!,
        name: who.name,
        profession: who.profession,
        role: who.role || (who.profession ? professions[who.profession as keyof typeof professions].fr : ''),
        care: who.profession !== null && !staff.has(who.profession),
        me: who.me,
      })),
  };
}
