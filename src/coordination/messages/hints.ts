import { staffOf } from '../../access/index.ts';
import type { Consumer, Sql } from '../../platform/index.ts';
import type { Room } from '../room.ts';
import { boxOf } from './boxes.store.ts';
import { peopleOf, readersOf, rightsRowOf } from './threads.store.ts';

/** Who is told that something came into a thread: those who take part and have not muted it, and the people of its box; of them, who may read it now. */
async function hearers(sql: Sql, tenant: number, thread: string): Promise<string[]> {
  const row = await rightsRowOf(sql, tenant, thread);
  if (!row) return [];
  const people = (await peopleOf(sql, tenant, [thread]))
    .filter((one) => !one.muted || one.mentioned_n > one.read_n)
    .map((one) => one.practitioner);
  const box = row.box ? await boxOf(sql, tenant, row.box) : null;
  const wanted = new Set([...people, ...(box?.members ?? [])]);
  const staff = (await staffOf(sql, tenant)).filter((one) => wanted.has(one.practitioner));
  return [...(await readersOf(sql, tenant, row, staff))];
}
/** A hint without content: the screens ask again under their rights. */
export async function hint(room: Room, tenant: number, thread: string): Promise<void> {
  const people = await room.db.tenant(tenant, (sql) => hearers(sql, tenant, thread));
  for (const practitioner of people) room.live.tell(tenant, practitioner, { topic: 'messages', thread });
}

export const messageHints = (room: Room): Consumer[] => [
  {
    name: 'messages: hints',
    topics: ['message.sent', 'message.changed'],
    // After the commit: rights are asked for at the moment of telling, and a hint that is lost is made up for when the browser opens its stream again.
    handle: async (_sql, tenant, event) => () => hint(room, tenant, String(event.payload.thread)),
  },
  {
    name: 'messages: boxes',
    topics: ['messages.boxes'],
    handle: async (_sql, tenant) => () => room.live.tellAll(tenant, { topic: 'messages' }),
  },
];
/** Someone has read: «lu par» on the screens of those who have the conversation open, nothing new for anyone. */
export async function tellRead(room: Room, tenant: number, thread: string): Promise<void> {
  const people = await room.db.tenant(tenant, (sql) => hearers(sql, tenant, thread));
  for (const practitioner of people) room.live.tell(tenant, practitioner, { topic: 'messages.read', thread });
}
