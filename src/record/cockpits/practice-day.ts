import {
  actorOf,
  isProfession,
  isRegional,
  maskOf,
  type Profession,
  professionCodes,
  rightsOf,
  staffOf,
} from '../../access/index.ts';
import { conflict, invalid, notFound, record, type Sql } from '../../platform/index.ts';
import type { CockpitReply, PracticeDay } from '../contract/wire-cockpits.ts';
import { cockpitOf, placedBlocks } from '../data/cockpits/cockpits.ts';
import { listOf } from '../data/cockpits/lists.ts';
import type { PersonCaller, Room } from '../room.ts';
import { laidOver } from './order.rules.ts';
import {
  dropPracticeOrder,
  keepPracticeOrder,
  type PracticeOrder,
  practiceOrderOf,
  practiceOrders,
} from './practice-day.store.ts';

const listName = (block: string): string | undefined =>
  block.startsWith('liste:') ? block.slice('liste:'.length) : undefined;

/** The blocks of a profession's day in the product's order, without the lists whose kinds of data this practice took from it. */
async function usualDay(
  room: Room,
  tenant: number,
  profession: Profession,
): Promise<{ order: string[]; lists: PracticeDay['lists'] }> {
  const rights = await rightsOf(room.db, tenant, profession);
  const reached = maskOf(
    (Object.keys(rights) as (keyof typeof rights)[]).filter((kind) => rights[kind].reach !== 'none'),
  );
  const lists = cockpitOf(profession).day.flatMap((block) => {
    const [name, list] = [listName(block), listOf(listName(block) ?? '')];
    return name !== undefined && list && (maskOf(list.needs) & ~reached) === 0 ? [{ name, title: list.title }] : [];
  });
  return {
    order: cockpitOf(profession).day.filter((block) =>
      ((name) => name === undefined || lists.some((one) => one.name === name))(listName(block)),
    ),
    lists,
  };
}

/** The order of the day of each profession, those with people here first. */
export async function practiceDays(
  room: Room,
  caller: PersonCaller,
): Promise<{ professions: PracticeDay[]; placed: string[] }> {
  const { orders, staff } = await room.db.tenant(caller.tenant, async (sql) => ({
    orders: await practiceOrders(sql, caller.tenant),
    staff: await staffOf(sql, caller.tenant),
  }));
  await room.directory.learnPeople(
    room.fhirFor(caller),
    orders.map(({ practitioner }) => practitioner),
  );
  const days = await Promise.all(
    professionCodes.map((profession) =>
      dayOf(
        room,
        caller,
        profession,
        orders.find((one) => one.profession === profession),
        staff.filter((one) => one.profession === profession).length,
      ),
    ),
  );
  return { professions: days.sort((a, b) => Number(b.people > 0) - Number(a.people > 0)), placed: [...placedBlocks] };
}
async function dayOf(
  room: Room,
  caller: PersonCaller,
  profession: Profession,
  kept: PracticeOrder | undefined,
  people: number,
): Promise<PracticeDay> {
  const { order, lists } = await usualDay(room, caller.tenant, profession);
  const offered = (block: string) =>
    ((name) => name === undefined || lists.some((one) => one.name === name))(listName(block));
  const day = laidOver(kept?.day, { order, hidden: [] });
  return {
    profession,
    version: kept?.version ?? 0,
    day: { order: day.order.filter(offered), hidden: day.hidden.filter(offered) },
    people,
    lists,
    changed: kept
      ? {
          who: room.directory.who(
            caller,
            { reference: `Practitioner/${kept.practitioner}` },
            kept.updated.toISOString(),
          ),
          at: kept.updated.toISOString(),
        }
      : null,
  };
}
async function oneDay(room: Room, caller: PersonCaller, profession: string): Promise<PracticeDay> {
  return (await practiceDays(room, caller)).professions.find((one) => one.profession === profession)!;
}
/** Errors: 404 for what is no profession of a practice. */
function professionNamed(name: string): Profession {
  if (!isProfession(name) || isRegional(name)) throw notFound('Cette profession');
  return name;
}
async function changed(
  room: Room,
  caller: PersonCaller,
  profession: Profession,
  change: (sql: Sql) => Promise<boolean>,
  after: CockpitReply['day'] | null,
): Promise<PracticeDay> {
  const done = await room.db.transaction(caller.tenant, async (sql) => {
    const before = (await practiceOrderOf(sql, caller.tenant, profession))?.day ?? null;
    if (!(await change(sql))) return false;
    await record(sql, caller.tenant, [
      { ...actorOf(caller), action: 'arrange-day', target: `day/${profession}`, details: { before, after } },
    ]);
    return true;
  });
  const now = await oneDay(room, caller, profession);
  if (!done)
    throw conflict(
      `${now.changed?.who?.name ?? 'Quelqu’un d’autre'} a changé cet ordre depuis que vous l’avez ouvert. Rien n’a été modifié : comparez les deux, puis enregistrez de nouveau.`,
      { code: 'edited-meanwhile', theirs: now },
    );
  return now;
}

/** Gives the day of a profession an order. Errors: 404, 409 with the order that stands, 422. */
export async function arrangeDay(
  room: Room,
  caller: PersonCaller,
  name: string,
  { version, day }: { version: number; day: CockpitReply['day'] },
): Promise<PracticeDay> {
  const profession = professionNamed(name);
  const foreign = [...day.order, ...day.hidden].find(
    (block) => listName(block) !== undefined && !cockpitOf(profession).day.includes(block),
  );
  if (foreign !== undefined)
    throw invalid(
      'Une de ces listes n’est pas de la journée de cette profession. Rechargez la page puis recommencez ; rien n’a été modifié.',
      { day: foreign },
    );
  const kept = laidOver(day, { order: [], hidden: [] });
  return changed(
    room,
    caller,
    profession,
    (sql) => keepPracticeOrder(sql, caller.tenant, profession, version, kept, caller.practitioner),
    kept,
  );
}
/** Back to the order of the product. Errors: 404, 409. */
export async function resetDay(room: Room, caller: PersonCaller, name: string, version: number): Promise<PracticeDay> {
  const profession = professionNamed(name);
  if (version === 0)
    return changed(
      room,
      caller,
      profession,
      async (sql) => (await practiceOrderOf(sql, caller.tenant, profession)) === undefined,
      null,
    );
  return changed(room, caller, profession, (sql) => dropPracticeOrder(sql, caller.tenant, profession, version), null);
}
