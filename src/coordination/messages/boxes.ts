import { actorOf, isProfession, professions, staffOf } from '../../access/index.ts';
import { FhirProblem, type FhirStore, newId } from '../../fhir/index.ts';
import { forbidden, invalid, notFound, Problem, record } from '../../platform/index.ts';
import type { Box, Conversation } from '../contract/messages.ts';
import type { PersonCaller, Room } from '../room.ts';
import { absenceOf, standInFor } from './absence.rules.ts';
import { absencesFrom } from './absences.store.ts';
import {
  type BoxRow,
  boxesOf,
  boxOf,
  boxStateOf,
  changeBoxState,
  circlesOfBox,
  noteStep,
  tellWaiting,
  versionOfBox,
  waitingOf,
} from './boxes.store.ts';
import { boxGroup, type Member, membersIn, unite, withMembers } from './circles.ts';
import { hint } from './hints.ts';
import { joinThread } from './index.store.ts';
import { readConversation, threadOf } from './read-threads.ts';
import { readersOf, rightsRowOf, threadsOf } from './threads.store.ts';

const readyMade = [
  { id: 'box-secretariat', name: 'Secrétariat', professions: ['medical-secretary', 'medical-assistant'] },
  { id: 'box-infirmiers', name: 'Cabinet infirmier', professions: ['nurse'] },
] as const;

/** Who is in a box now: people named, those of its professions, and whoever stands in for one of them. */
async function membersNow(
  room: Room,
  tenant: number,
  people: readonly string[],
  professionCodes: readonly string[],
): Promise<Member[]> {
  const now = room.now();
  const { staff, absences } = await room.db.tenant(tenant, async (sql) => ({
    staff: (await staffOf(sql, tenant)).filter((one) => one.kind === 'care'),
    absences: await absencesFrom(sql, tenant, now),
  }));
  const named: Member[] = staff
    .filter((one) => people.includes(one.practitioner))
    .map((one) => ({ practitioner: one.practitioner }));
  const byProfession: Member[] = staff
    .filter((one) => professionCodes.includes(one.profession))
    .map((one) => ({ practitioner: one.practitioner, as: 'profession' }));
  const present = unite(named, byProfession);
  const standIns = present.flatMap((one): Member[] => {
    const absence = absenceOf(absences, one.practitioner, now.getTime());
    const delegate = standInFor(absences, one.practitioner, now.getTime());
    return absence && delegate
      ? [{ practitioner: delegate, as: 'stand-in', for: one.practitioner, until: new Date(absence.ends).toISOString() }]
      : [];
  });
  return unite(present, standIns);
}

/** Brings the circles of a box's conversations up to who is in the box: with the box itself, in one transaction. */
async function syncCircles(house: FhirStore, box: string, members: readonly Member[]): Promise<void> {
  for (const circle of await house.sql((sql) => circlesOfBox(sql, house.caller.tenant, box))) {
    const one = await house.read('Group', circle.about.slice('Group/'.length));
    const before = unite(membersIn(one.resource));
    const after = unite(
      before.filter((member) => member.as !== 'box'),
      members.map((member) => ({ practitioner: member.practitioner, as: 'box' })),
    );
    if (JSON.stringify(before) !== JSON.stringify(after))
      await house.update(withMembers(one.resource, after), { ifMatch: `W/"${one.version}"` });
  }
}
/** Brings a box and its conversations up to who is in it now: a new colleague, someone who left, a stand-in. */
async function refreshBox(room: Room, tenant: number, box: BoxRow, members: readonly Member[]): Promise<void> {
  await room.house(tenant, 'membres d’une boîte').transaction(async (house) => {
    const stored = await house.read('Group', box.id);
    await syncCircles(house, box.id, members);
    await house.update(withMembers(stored.resource, members), { ifMatch: `W/"${stored.version}"` });
  });
}
/** Boxes in which someone is missing or too many; nothing is read, and nothing written to the ledger, when all is well. */
export async function refreshBoxes(room: Room, tenant: number): Promise<void> {
  for (const box of await room.db.tenant(tenant, (sql) => boxesOf(sql, tenant))) {
    const members = await membersNow(room, tenant, box.people, box.professions);
    if (JSON.stringify(members.map((one) => one.practitioner).sort()) !== JSON.stringify([...box.members].sort()))
      await refreshBox(room, tenant, box, members);
  }
}
/** The two boxes that every practice has from its first day. */
async function ensureBoxes(room: Room, tenant: number): Promise<void> {
  if ((await room.db.tenant(tenant, (sql) => boxesOf(sql, tenant))).length > 0) return;
  const house = room.house(tenant, 'boîtes de la structure');
  for (const { id, name, professions: codes } of readyMade)
    await house.create(boxGroup(id, name, codes, await membersNow(room, tenant, [], codes))).catch((error: unknown) => {
      if (!(error instanceof FhirProblem && error.status === 409)) throw error;
    });
}

export const coordinates = (caller: PersonCaller): boolean =>
  caller.roles.some((role) => role === 'owner' || role === 'administrator' || role === 'coordinator');
export async function listBoxes(room: Room, caller: PersonCaller): Promise<{ boxes: Box[]; mayManage: boolean }> {
  await ensureBoxes(room, caller.tenant);
  const rows = await room.db.tenant(caller.tenant, (sql) => boxesOf(sql, caller.tenant));
  const boxes = await Promise.all(rows.map((row) => boxAs(room, caller, row)));
  const mayManage = coordinates(caller);
  return { boxes: boxes.filter((one) => mayManage || one.members.length > 0), mayManage };
}
async function boxAs(room: Room, caller: PersonCaller, row: BoxRow): Promise<Box> {
  const { tenant } = caller;
  const store = room.fhirFor(caller);
  const now = room.now();
  const sight = await store.sight('read');
  const member = row.members.includes(caller.practitioner);
  const found = await store.sql(async (sql) => ({
    absences: await absencesFrom(sql, tenant, now),
    todo: member
      ? await threadsOf(sql, tenant, sight, caller.practitioner, { view: 'box', box: row.id, state: 'todo', most: 100 })
      : [],
    waiting: coordinates(caller) ? await waitingOf(sql, tenant, now) : null,
    version: await versionOfBox(sql, tenant, row.id),
  }));
  await room.directory.learnPeople(store, row.members);
  const waiting = found.waiting?.find((one) => one.box === row.id);
  return {
    id: row.id,
    name: row.name,
    professions: row.professions,
    people: row.people,
    member,
    todo: found.todo.filter((one) => one.box_state === 'open' || one.handler === caller.practitioner).length,
    mine: found.todo.filter((one) => one.handler === caller.practitioner).length,
    members: row.members.flatMap((id) => {
      const who = room.directory.who(caller, { reference: `Practitioner/${id}` });
      const absence = absenceOf(found.absences, id, now.getTime());
      const instead = row.members.find((other) => standInFor(found.absences, other, now.getTime()) === id);
      return who
        ? [
            {
              ...who,
              absentUntil: absence ? new Date(absence.ends - 1000).toISOString() : null,
              standsInFor:
                instead && !row.people.includes(id)
                  ? (room.directory.who(caller, { reference: `Practitioner/${instead}` })?.name ?? null)
                  : null,
            },
          ]
        : [];
    }),
    waiting: found.waiting
      ? { count: waiting?.count ?? 0, since: waiting ? new Date(waiting.since).toISOString() : null }
      : null,
    mayManage: coordinates(caller),
    version: found.version,
  };
}

interface BoxBody {
  name: string;
  professions: string[];
  people: string[];
}
const mustBeProfessions = (codes: readonly string[]) => {
  if (!codes.every(isProfession))
    throw invalid('Une profession n’est pas connue. Rien n’a été modifié.', {
      professions: `Choisissez parmi : ${Object.values(professions)
        .map((one) => one.fr)
        .slice(0, 4)
        .join(', ')}…`,
    });
};
/** Opens a box, or says anew who is in it. The act is the house's: who coordinates is not always in the box. */
export async function keepBoxAs(
  room: Room,
  caller: PersonCaller,
  id: string | null,
  body: BoxBody & { version?: number },
): Promise<Box> {
  mustBeProfessions(body.professions);
  const members = await membersNow(room, caller.tenant, body.people, body.professions);
  const group = boxGroup(id ?? newId(), body.name, body.professions, members);
  const known = id ? await room.db.tenant(caller.tenant, (sql) => boxOf(sql, caller.tenant, id)) : null;
  if (id && !known) throw notFound('Cette boîte');
  await room.fhirFor(caller).transaction(async (tx) => {
    const house = tx.asHouse('boîte de la structure');
    if (!id) return void (await house.create(group));
    await syncCircles(house, id, members);
    await house.update(group, { ifMatch: `W/"${body.version}"` }).catch((error: unknown) => {
      if (error instanceof FhirProblem && error.status === 412)
        throw new Problem(
          409,
          'Modifié entre-temps',
          'Quelqu’un d’autre a modifié cette boîte depuis que vous l’avez ouverte. Rien n’a été modifié : rouvrez-la, vérifiez qui s’y trouve, puis recommencez.',
          { extra: { code: 'edited-meanwhile' } },
        );
      throw error;
    });
  });
  const row = await room.db.tenant(caller.tenant, (sql) => boxOf(sql, caller.tenant, group.id!));
  return boxAs(room, caller, row!);
}

/** COO-9: takes a message of a box, hands it over, says that it is handled, reopens it. What was seen must still hold: no message is handled twice. */
export async function handle(
  room: Room,
  caller: PersonCaller,
  id: string,
  act: 'take' | 'hand-over' | 'done' | 'reopen',
  to: string | undefined,
): Promise<Conversation> {
  const thread = await threadOf(room, caller, id);
  const { tenant, practitioner: me } = caller;
  const store = room.fhirFor(caller);
  const now = room.now();
  const state = await store.sql((sql) => boxStateOf(sql, tenant, id));
  const box = state && (await store.sql((sql) => boxOf(sql, tenant, state.box)));
  if (!state || !box) throw notFound('Ce message de boîte');
  const member = box.members.includes(me);
  if (!member && act !== 'reopen')
    throw forbidden(`Seuls les membres de « ${box.name} » traitent ses messages. Rien n’a été modifié.`);
  const others = state.box_state === 'taken' && state.handler !== me;
  if (act === 'take' && state.box_state === 'taken' && state.handler === me) return readConversation(room, caller, id);
  if ((act === 'take' && state.box_state !== 'open') || (act === 'done' && (others || state.box_state === 'done')))
    throw await takenBy(room, caller, state.handler, state.box_state);
  const next =
    act === 'take'
      ? { state: 'taken' as const, handler: me }
      : act === 'hand-over'
        ? { state: 'taken' as const, handler: await colleague(room, caller, id, box.members, to) }
        : act === 'done'
          ? { state: 'done' as const, handler: me }
          : { state: 'open' as const, handler: null };
  const won = await room.db.transaction(tenant, async (sql) => {
    if (!(await changeBoxState(sql, tenant, id, state, next, now))) return false;
    await noteStep(sql, tenant, id, { act, practitioner: me, whom: act === 'hand-over' ? next.handler : null }, now);
    // Whoever handles it follows it: the answers come to them.
    const handler = next.handler;
    if (handler) await joinThread(sql, tenant, id, 0, handler === me ? thread.last_n : 0, [{ practitioner: handler }]);
    await record(sql, tenant, [{ ...actorOf(caller), action: `message-${act}`, target: `Communication/${id}` }]);
    return true;
  });
  if (!won) {
    const meanwhile = await store.sql((sql) => boxStateOf(sql, tenant, id));
    throw await takenBy(room, caller, meanwhile?.handler ?? null, meanwhile?.box_state ?? 'done');
  }
  await hint(room, tenant, id);
  return readConversation(room, caller, id);
}
async function takenBy(
  room: Room,
  caller: PersonCaller,
  handler: string | null,
  state: 'open' | 'taken' | 'done',
): Promise<Problem> {
  await room.directory.learnPeople(room.fhirFor(caller), handler ? [handler] : []);
  const who = handler ? room.directory.who(caller, { reference: `Practitioner/${handler}` }) : null;
  const name = who?.me ? 'Vous' : (who?.name ?? 'Quelqu’un d’autre');
  return new Problem(
    409,
    state === 'done' ? 'Déjà traité' : 'Déjà pris en charge',
    state === 'open'
      ? 'Ce message vient d’être remis à traiter. Rien n’a été modifié de votre fait : regardez-le de nouveau.'
      : `${name} ${state === 'done' ? (who?.me ? 'avez déjà traité ce message' : 'a déjà traité ce message') : who?.me ? 'vous en occupez déjà' : 's’en occupe déjà'}. Rien n’a été modifié de votre fait.`,
    { extra: { code: 'taken', who } },
  );
}
async function colleague(
  room: Room,
  caller: PersonCaller,
  thread: string,
  members: readonly string[],
  to: string | undefined,
): Promise<string> {
  const readers = await room.db.tenant(caller.tenant, async (sql) => {
    const row = await rightsRowOf(sql, caller.tenant, thread);
    return row && to
      ? readersOf(
          sql,
          caller.tenant,
          row,
          (await staffOf(sql, caller.tenant)).filter((one) => one.practitioner === to),
        )
      : new Set<string>();
  });
  if (!to || !members.includes(to) || !readers.has(to))
    throw invalid('Passez le message à un membre de la boîte qui peut le lire. Rien n’a été modifié.', {
      to: 'Choisissez un membre de la boîte.',
    });
  return to;
}

/** Once a minute: who is in each box, and those who coordinate hear of what nobody took for half a day. */
export async function watchBoxes(room: Room, tenant: number): Promise<void> {
  await refreshBoxes(room, tenant);
  const staff = await room.db.transaction(tenant, async (sql) => {
    if (!(await tellWaiting(sql, tenant, room.now()))) return [];
    return staffOf(sql, tenant);
  });
  for (const one of staff)
    if (one.roles.some((role) => role === 'coordinator' || role === 'owner'))
      room.live.tell(tenant, one.practitioner, { topic: 'messages' });
}
