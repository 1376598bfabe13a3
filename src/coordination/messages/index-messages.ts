import type { Communication, Group } from '@medplum/fhirtypes';
import { carersOf, kindsOfData, membersOf, staffOf } from '../../access/index.ts';
import { categorySystem, circleOf, circleSystem, practitionerBehind } from '../../fhir/index.ts';
import { publish, type Sql } from '../../platform/index.ts';
import { standInFor } from './absence.rules.ts';
import { absencesFrom } from './absences.store.ts';
import { boxOf, boxStateOf, changeBoxState, dropBox, keepBox, noteStep } from './boxes.store.ts';
import { byPerson, professionsOf } from './circles.ts';
import {
  addMessage,
  forgetMessage,
  joinThread,
  type Joins,
  keepWords,
  markWithdrawn,
  moveThread,
  placeOf,
  readByAuthor,
  rightsOfMessage,
  sameRights,
  threadsAbout,
  wakeThread,
} from './index.store.ts';
import { readersOf, type RightsRow } from './threads.store.ts';
import { wordsOf } from './words.ts';

/** What is older than this when it is written is history (an import): nobody is told of it. */
const history = 7 * 86_400_000;
const localId = (reference: string | undefined, type: string): string | undefined =>
  new RegExp(`^${type}/([A-Za-z0-9\\-.]{1,64})$`).exec(reference ?? '')?.[1];

/** In the transaction of every Communication, whoever writes it: screens, the FHIR API, an import. */
export const indexMessage =
  (clock: () => Date) =>
  async (sql: Sql, tenant: number, id: string, said: Communication | null): Promise<void> => {
    if (!said) {
      const thread = await forgetMessage(sql, tenant, id);
      if (thread) await publish(sql, tenant, 'message.changed', { thread, message: id });
      return;
    }
    if (!isMessage(said)) return;
    const rights = await rightsOfMessage(sql, tenant, id);
    if (
      !rights ||
      rights.kind === kindsOfData['private-notes'].bit ||
      !['completed', 'in-progress', 'entered-in-error'].includes(said.status)
    )
      return;
    const about = rights.subject ?? circleOf(said);
    if (!about) return;
    const known = await placeOf(sql, tenant, id);
    if (known) {
      if (known.thread === id) await moveThread(sql, tenant, id, about, rights);
      await keepWords(sql, tenant, id, wordsOf(said));
      await markWithdrawn(sql, tenant, known.thread, id, said.status === 'entered-in-error');
      await publish(sql, tenant, 'message.changed', { thread: known.thread, message: id });
      return;
    }
    if (said.status === 'entered-in-error') return;
    const now = clock();
    const sent = Math.min(said.sent ? Date.parse(said.sent) || now.getTime() : now.getTime(), now.getTime());
    const head = said.partOf?.map((one) => localId(one.reference, 'Communication')).find(Boolean);
    const thread = head && (await sameRights(sql, tenant, head, rights)) ? head : id;
    const to = await addressed(sql, tenant, said);
    const opens = thread === id;
    const toTeam = to.team || (opens && rights.subject !== null && to.people.length === 0 && !to.box);
    const placed = await addMessage(sql, tenant, {
      id,
      thread,
      about,
      rights,
      at: new Date(sent).toISOString(),
      urgent: ['urgent', 'asap', 'stat'].includes(said.priority ?? ''),
      toTeam,
      box: to.box,
      words: wordsOf(said),
    });
    const sender = localId(said.sender?.reference, 'Practitioner');
    const old = now.getTime() - sent > history;
    const others: Joins[] = to.people.map((practitioner) => ({ practitioner, mentioned: !opens }));
    if (rights.subject && placed.to_team)
      others.push(...(await carersOf(sql, tenant, rights.subject.slice('Patient/'.length))));
    // Who is in the box finds it there; it does not come into everyone's own messages.
    if (!rights.subject && !placed.box)
      others.push(...(await membersOf(sql, tenant, about)).map((practitioner) => ({ practitioner })));
    if (rights.subject) others.push(...(await standIns(sql, tenant, rights, to.people, now)));
    await wakeThread(sql, tenant, thread);
    await joinThread(sql, tenant, thread, placed.n, old ? placed.n : placed.n - 1, [
      ...others.filter((one) => one.practitioner !== sender),
      ...(sender ? [{ practitioner: sender }] : []),
    ]);
    if (sender) await readByAuthor(sql, tenant, thread, sender, placed.n);
    if (placed.box && sender) await reopens(sql, tenant, thread, sender, now);
    if (!old) await publish(sql, tenant, 'message.sent', { thread, message: id });
  };

/** Words of a task, a handover, a protocol are Communications too, and no conversation: they say what they are about, or are of a category of their own. */
const isMessage = (said: Communication): boolean =>
  !said.basedOn?.length &&
  !said.about?.some((one) => one.reference?.startsWith('Task/')) &&
  (said.category ?? []).every((concept) =>
    (concept.coding ?? []).every(
      (coding) => coding.system !== categorySystem || coding.code === 'message' || coding.code === 'administrative',
    ),
  );

/** Whom a message names: people, the care team, a box. */
async function addressed(
  sql: Sql,
  tenant: number,
  said: Communication,
): Promise<{ people: string[]; team: boolean; box: string | null }> {
  const people: string[] = [];
  let team = false;
  let box: string | null = null;
  for (const { reference } of said.recipient ?? []) {
    const practitioner =
      localId(reference, 'Practitioner') ??
      (reference?.startsWith('PractitionerRole/') ? await practitionerBehind(sql, tenant, reference) : null);
    if (practitioner) people.push(practitioner);
    if (reference?.startsWith('CareTeam/')) team = true;
    const group = localId(reference, 'Group');
    if (group && (await boxOf(sql, tenant, group))) box = group;
  }
  return { people, team, box };
}

/** Of a patient's conversation: whoever stands in for an absent addressee, when they may read it by rights of their own. */
async function standIns(
  sql: Sql,
  tenant: number,
  rights: RightsRow,
  people: readonly string[],
  now: Date,
): Promise<Joins[]> {
  if (people.length === 0) return [];
  const absences = await absencesFrom(sql, tenant, now);
  const pairs = people.flatMap((absent) => {
    const delegate = standInFor(absences, absent, now.getTime());
    return delegate && !people.includes(delegate) ? [{ practitioner: delegate, standsInFor: absent }] : [];
  });
  if (pairs.length === 0) return [];
  const staff = (await staffOf(sql, tenant)).filter((one) =>
    pairs.some((pair) => pair.practitioner === one.practitioner),
  );
  const readers = await readersOf(sql, tenant, rights, staff);
  return pairs.filter((pair) => readers.has(pair.practitioner));
}

/** What was handled and is written to again by whoever asked is to be handled again. */
async function reopens(sql: Sql, tenant: number, thread: string, sender: string, now: Date): Promise<void> {
  const state = await boxStateOf(sql, tenant, thread);
  if (state?.box_state !== 'done' || (await boxOf(sql, tenant, state.box))?.members.includes(sender)) return;
  if (await changeBoxState(sql, tenant, thread, state, { state: 'open', handler: null }, now))
    await noteStep(sql, tenant, thread, { act: 'reopen', practitioner: sender }, now);
}

/** In the transaction of every Group: a box is known by its Group; who comes into a conversation finds it among their own. */
export const indexGroup = async (sql: Sql, tenant: number, id: string, group: Group | null): Promise<void> => {
  const code = group?.code?.coding?.find((coding) => coding.system === circleSystem)?.code;
  if (!group || code !== 'box') await dropBox(sql, tenant, id);
  if (!group || !code) return;
  if (code === 'box') {
    if (group.active === false) return void (await dropBox(sql, tenant, id));
    const members = (group.member ?? [])
      .filter((one) => one.inactive !== true)
      .flatMap((one) => localId(one.entity.reference, 'Practitioner') ?? []);
    await keepBox(sql, tenant, {
      id,
      name: group.name ?? 'Boîte',
      professions: professionsOf(group),
      people: byPerson(group),
      members,
    });
    await publish(sql, tenant, 'messages.boxes', { box: id });
    return;
  }
  for (const thread of await threadsAbout(sql, tenant, `Group/${id}`)) {
    if (!thread.box)
      await joinThread(
        sql,
        tenant,
        thread.id,
        thread.last_n,
        0,
        (await membersOf(sql, tenant, `Group/${id}`)).map((practitioner) => ({ practitioner })),
      );
    await publish(sql, tenant, 'message.changed', { thread: thread.id });
  }
};
