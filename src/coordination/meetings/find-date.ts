import type { z } from 'zod';
import { staffOf } from '../../access/index.ts';
import { invalid } from '../../platform/index.ts';
import { addDays, today } from '../../record/index.ts';
import type { meetingEntries } from '../contract/meetings.ts';
import type { PersonCaller, Room } from '../room.ts';
import { busyTimes } from './meetings.store.ts';
import { mustRun } from './plan.ts';
import { commonSlots } from './slots.rules.ts';

const furthest = 92;

/** When these people could meet, from what stands in their calendars: times, never what they are about. */
export async function findDate(
  room: Room,
  caller: PersonCaller,
  query: z.infer<typeof meetingEntries.findDate.query>,
): Promise<z.infer<typeof meetingEntries.findDate.reply>> {
  await mustRun(room, caller);
  const { tenant } = caller;
  const ids = [...new Set(query.people.split(',').filter(Boolean))].slice(0, 40);
  const staff = await room.db.tenant(tenant, (sql) => staffOf(sql, tenant));
  const people = ids.map((id) => staff.find((one) => one.practitioner === id)).filter((one) => one !== undefined);
  if (people.length < ids.length || people.length === 0)
    throw invalid('Une de ces personnes n’a pas de compte ouvert dans la structure.', {
      people: 'Choisissez des personnes de la liste.',
    });
  const now = room.now();
  const from = [query.from ?? addDays(today(now), 1), today(now)].sort()[1]!;
  const to = query.to ?? addDays(from, 28);
  if (to < from || to > addDays(from, furthest))
    throw invalid('La période va de un jour à trois mois. Choisissez une fin plus proche.', {
      to: 'Trois mois au plus.',
    });
  const busy = await room.db.tenant(tenant, (sql) =>
    busyTimes(sql, tenant, ids, `${from}T00:00:00Z`, `${addDays(to, 1)}T12:00:00Z`),
  );
  const names = new Map(people.map((one) => [one.practitioner, one.name]));
  const slots = commonSlots(ids, busy, { minutes: query.minutes, from, to, after: now });
  return {
    looked: busy.length,
    slots: slots.map((slot) => ({ ...slot, missing: slot.missing.map((id) => ({ id, name: names.get(id) ?? '' })) })),
  };
}
