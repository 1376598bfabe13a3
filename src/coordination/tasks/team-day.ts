import { mayCall, type PersonCaller, staffOf } from '../../access/index.ts';
import { addDays, parisInstant, today } from '../../record/index.ts';
import { rolesOf } from '../colleagues.ts';
import type { Room } from '../room.ts';
import { handoversFor } from './handovers.ts';
import { viewerOf } from './read-tasks.ts';
import { readWalked, taskLinesOf } from './task-lines.ts';
import { countForMe, countTasks, dayOfPeople, pageOfTasks } from './tasks.store.ts';

/** The end of today in France. */
const midnight = (now: Date): Date => {
  const [year = 0, month = 0, day = 0] = addDays(today(now), 1).split('-').map(Number);
  return new Date(parisInstant({ year, month, day, hour: 0, minute: 0 }));
};

/** How much waits for each person, of the tasks one may see. */
export async function teamDay(room: Room, caller: PersonCaller) {
  const store = room.fhirFor(caller);
  const viewer = await viewerOf(room, caller);
  const now = room.now();
  const { rows, counts, staff, ids } = await store.sql(async (sql) => ({
    rows: await dayOfPeople(sql, caller.tenant, viewer, now, midnight(now)),
    counts: await countTasks(sql, caller.tenant, viewer, now),
    staff: await staffOf(sql, caller.tenant),
    ids: await pageOfTasks(sql, caller.tenant, viewer, 'team', now, { most: 12, before: midnight(now) }),
  }));
  const read = await readWalked(store, ids, now);
  const owners = staff.filter((one) => rows.some(({ owner }) => owner === one.practitioner));
  const roles = await rolesOf(room, caller, store, owners);
  const people = rows.flatMap(({ owner, ...counted }) => {
    const one = owners.find((each) => each.practitioner === owner);
    return one
      ? [
          {
            who: {
              id: owner,
              name: one.name,
              role: roles.get(owner)!,
              profession: one.profession as string,
              me: owner === caller.practitioner,
            },
            ...counted,
          },
        ]
      : [];
  });
  people.sort(
    (a, b) => b.late - a.late || b.today - a.today || b.open - a.open || a.who.name.localeCompare(b.who.name, 'fr'),
  );
  return {
    people,
    unowned: counts.unowned,
    late: counts.late,
    today: await taskLinesOf(
      room,
      caller,
      store,
      ids.flatMap(({ id }) => read.stored.get(id) ?? []),
      read,
    ),
  };
}
/** For the badge: what waits for me, and for a coordinator what nobody owns. */
export async function taskCount(room: Room, caller: PersonCaller) {
  const viewer = await viewerOf(room, caller);
  const counts = await room.fhirFor(caller).sql((sql) => countForMe(sql, caller.tenant, viewer, room.now()));
  // What one may not read does not wait to be read.
  const handovers = counts.handovers === 0 ? 0 : (await handoversFor(room, caller)).length;
  return { ...counts, handovers, coordinates: await mayCall(room.db, caller, { practice: 'coordinate' }) };
}
