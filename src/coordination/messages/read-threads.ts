import { rightsOf } from '../../access/index.ts';
import type { FhirStore, Stored } from '../../fhir/index.ts';
import { notFound } from '../../platform/index.ts';
import { briefsOf, normalise, truncate, type Who } from '../../record/index.ts';
import type { Conversation, ThreadLine } from '../contract/messages.ts';
import { type PersonCaller, practiceCircle, type Room } from '../room.ts';
import { type Absence, absenceOf, standInFor } from './absence.rules.ts';
import { absencesFrom } from './absences.store.ts';
import { boxesOf, stepsOf } from './boxes.store.ts';
import {
  messagesOf,
  messagesSaying,
  peopleOf,
  type Query,
  receiptsOf,
  type Thread,
  threadsById,
  threadsOf,
} from './threads.store.ts';
import { communication, filesOf, isAdministrative, isWithdrawn, kindOfBit, textOf, topicOf, wordsOf } from './words.ts';

export const page = 30;
const pageOfMessages = 50;
const halfDay = 4 * 3_600_000;
const reference = (practitioner: string) => ({ reference: `Practitioner/${practitioner}` });

/** Resources of the given ids that the caller may read. */
async function communications(store: FhirStore, ids: readonly string[]): Promise<Map<string, Stored<'Communication'>>> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return new Map();
  const { resources } = await store.search('Communication', [
    ['_id', unique.join(',')],
    ['_count', String(unique.length)],
  ]);
  return new Map(resources.map((one) => [one.id, one]));
}

/** Lines of a list: what the index knows, in the words of the resources that the caller may read. */
export async function linesOf(room: Room, caller: PersonCaller, threads: readonly Thread[]): Promise<ThreadLine[]> {
  const store = room.fhirFor(caller);
  const found = await communications(
    store,
    threads.flatMap((one) => [one.id, one.last_id]),
  );
  const { people, boxes } = await store.sql(async (sql) => ({
    people: await peopleOf(
      sql,
      caller.tenant,
      threads.map((one) => one.id),
    ),
    boxes: threads.some((one) => one.box) ? await boxesOf(sql, caller.tenant) : [],
  }));
  await room.directory.learn(store, found.values());
  await room.directory.learnPeople(store, [
    ...new Set([...people.map((one) => one.practitioner), ...threads.flatMap((one) => one.handler ?? [])]),
  ]);
  const patients = await briefsOf(
    store,
    threads.flatMap((one) => (one.about.startsWith('Patient/') ? [one.about.slice(8)] : [])),
    room.now(),
  );
  const named = (practitioner: string): Who | null => room.directory.who(caller, reference(practitioner));
  return threads.flatMap((thread): ThreadLine[] => {
    const [head, last] = [found.get(thread.id), found.get(thread.last_id)];
    if (!head) return [];
    const first = communication(head);
    const newest = last && communication(last);
    const read = thread.read_n ?? thread.last_n;
    const box = boxes.find((one) => one.id === thread.box);
    const who = people.filter((one) => one.thread === thread.id).flatMap((one) => named(one.practitioner) ?? []);
    return [
      {
        id: thread.id,
        topic: topicOf(first),
        patient: thread.about.startsWith('Patient/') ? (patients.get(thread.about.slice(8)) ?? null) : null,
        administrative: isAdministrative(first),
        everyone: thread.about === practiceCircle,
        box:
          box && thread.box_state && thread.box_since
            ? {
                id: box.id,
                name: box.name,
                state: thread.box_state,
                since: iso(thread.box_since),
                handler: thread.handler ? named(thread.handler) : null,
                member: box.members.includes(caller.practitioner),
                late:
                  thread.box_state === 'open' && room.now().getTime() - new Date(thread.box_since).getTime() > halfDay,
              }
            : null,
        people: [...who.filter((one) => !one.me), ...who.filter((one) => one.me)],
        count: thread.last_n,
        last: {
          at: iso(thread.last_at),
          who: newest ? room.directory.who(caller, newest.sender, newest.sent) : null,
          urgent: newest?.priority === 'urgent',
          files: newest ? filesOf(newest, thread.id).length : 0,
          text: newest
            ? isWithdrawn(newest)
              ? 'Message retiré'
              : truncate(textOf(newest).replace(/\s+/g, ' '), 160)
            : '',
        },
        unread: thread.unread,
        urgent: thread.urgent_n > read,
        mentioned: (thread.mentioned_n ?? 0) > read,
        muted: thread.muted ?? false,
        archived: thread.archived ?? false,
        found: null,
      },
    ];
  });
}
const iso = (date: Date): string => new Date(date).toISOString();

/** A page of a view. */
export async function listThreads(
  room: Room,
  caller: PersonCaller,
  query: Omit<Query, 'most' | 'after'> & { cursor?: string | undefined },
): Promise<{ threads: ThreadLine[]; next: string | null }> {
  const store = room.fhirFor(caller);
  const sight = await store.sight('read');
  const [at, id] = (query.cursor ?? '').split('|');
  const after = at && id && Number.isFinite(Date.parse(at)) ? { at, id } : undefined;
  const threads = await store.sql((sql) =>
    threadsOf(sql, caller.tenant, sight, caller.practitioner, { ...query, after, most: page + 1 }),
  );
  const shown = threads.slice(0, page);
  const last = shown.at(-1);
  return {
    threads: await linesOf(room, caller, shown),
    next: threads.length > page && last ? `${iso(last.last_at)}|${last.id}` : null,
  };
}

/** Words of messages of mine that I may read: every word typed, in any order, without accents. Newest first. */
export async function searchThreads(
  room: Room,
  caller: PersonCaller,
  typed: string,
): Promise<{ threads: ThreadLine[]; next: null }> {
  const words = normalise(typed).split(' ').filter(Boolean);
  if (words.length === 0) return { threads: [], next: null };
  const store = room.fhirFor(caller);
  const sight = await store.sight('read');
  // The longest leave the fewest; all of them are looked for in what is found.
  const asked = [...new Set(words)].sort((a, b) => b.length - a.length).slice(0, 6);
  const hits = new Map<string, { message: string; excerpt: string }>();
  let after: { at: string; id: string } | null = null;
  for (let slice = 3 * page; hits.size < page; slice *= 10) {
    const rows: Awaited<ReturnType<typeof messagesSaying>> = await store.sql((sql) =>
      messagesSaying(sql, caller.tenant, sight, caller.practitioner, asked, after, slice),
    );
    for (const row of rows) {
      if (hits.has(row.thread)) continue;
      const said = JSON.parse(row.content) as ReturnType<typeof communication>;
      const all = wordsOf(said);
      if (words.every((word) => all.includes(word)))
        hits.set(row.thread, { message: row.id, excerpt: excerptOf(textOf(said), words) });
    }
    const last = rows.at(-1);
    if (rows.length < slice || !last) break;
    after = { at: iso(last.at), id: last.id };
  }
  const ids = [...hits.keys()].slice(0, page);
  const threads = await store.sql((sql) => threadsById(sql, caller.tenant, sight, caller.practitioner, ids));
  const lines = await linesOf(room, caller, threads);
  return {
    threads: lines
      .map((line) => ({ ...line, found: hits.get(line.id) ?? null }))
      .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)),
    next: null,
  };
}
/** The words around the first one found. */
function excerptOf(text: string, words: readonly string[]): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const at = flat.split(' ').findIndex((word) => words.some((wanted) => normalise(word).includes(wanted)));
  if (at < 6) return truncate(flat, 160);
  return truncate(
    `… ${flat
      .split(' ')
      .slice(at - 4)
      .join(' ')}`,
    160,
  );
}

/** A thread that the caller may read; 404 for any other, whatever it is. */
export async function threadOf(room: Room, caller: PersonCaller, id: string): Promise<Thread> {
  const store = room.fhirFor(caller);
  const sight = await store.sight('read');
  const [thread] = /^[A-Za-z0-9\-.]{1,64}$/.test(id)
    ? await store.sql((sql) => threadsById(sql, caller.tenant, sight, caller.practitioner, [id]))
    : [];
  if (!thread) throw notFound('Cette conversation');
  return thread;
}

/** One conversation with its newest messages, or those before a number. */
export async function readConversation(
  room: Room,
  caller: PersonCaller,
  id: string,
  before?: number,
): Promise<Conversation> {
  const thread = await threadOf(room, caller, id);
  const store = room.fhirFor(caller);
  const { tenant } = caller;
  const [line] = await linesOf(room, caller, [thread]);
  if (!line) throw notFound('Cette conversation');
  const found = await store.sql(async (sql) => {
    const rows = await messagesOf(sql, tenant, id, before ?? null, pageOfMessages);
    return {
      rows,
      receipts: await receiptsOf(
        sql,
        tenant,
        rows.map((row) => row.id),
      ),
      steps: thread.box ? await stepsOf(sql, tenant, id) : [],
      absences: await absencesFrom(sql, tenant, room.now()),
    };
  });
  const said = await communications(
    store,
    found.rows.map((row) => row.id),
  );
  await room.directory.learn(store, said.values());
  await room.directory.learnPeople(store, [
    ...new Set([
      ...found.receipts.map((one) => one.practitioner),
      ...found.steps.flatMap((step) => [step.practitioner, ...(step.whom ? [step.whom] : [])]),
      ...found.absences.flatMap((one) => [one.practitioner, ...(one.delegate ? [one.delegate] : [])]),
    ]),
  ]);
  const who = (practitioner: string) => room.directory.who(caller, reference(practitioner));
  const rights = await rightsOf(room.db, tenant, caller.profession);
  const oldest = found.rows.at(-1)?.n ?? 1;
  return {
    ...line,
    messages: found.rows.toReversed().flatMap((row) => {
      const stored = said.get(row.id);
      const receipts = found.receipts.filter((receipt) => receipt.message === row.id);
      return stored ? [messageOf(room, caller, id, row.n, stored, receipts)] : [];
    }),
    older: found.rows.length === pageOfMessages && oldest > 1 ? oldest : null,
    readTo: thread.read_n ?? thread.last_n,
    steps: found.steps.map((step) => ({
      act: step.act,
      who: who(step.practitioner),
      whom: step.whom ? who(step.whom) : null,
      at: iso(step.at),
    })),
    absent: absentAmong(line.people, found.absences, room.now().getTime(), (id) => nameIn(room, caller, id)),
    mayWrite: rights[kindOfBit(thread.kind)].write,
    following: thread.read_n !== null,
  };
}
const nameIn = (room: Room, caller: PersonCaller, practitioner: string): string =>
  room.directory.who(caller, reference(practitioner))?.name ?? 'Professionnel';
function messageOf(
  room: Room,
  caller: PersonCaller,
  conversation: string,
  n: number,
  stored: Stored<'Communication'>,
  receipts: readonly { practitioner: string; at: Date }[],
): Conversation['messages'][number] {
  const one = communication(stored);
  const withdrawn = isWithdrawn(one);
  return {
    id: stored.id,
    n,
    at: one.sent ?? stored.updated,
    who: room.directory.who(caller, one.sender, one.sent),
    text: withdrawn ? null : textOf(one),
    urgent: one.priority === 'urgent',
    version: stored.version,
    files: withdrawn ? [] : filesOf(one, conversation),
    mentions: (one.recipient ?? []).flatMap((to) => {
      const id = /^Practitioner\/(.+)$/.exec(to.reference ?? '')?.[1];
      return id ? [{ id, name: to.display ?? nameIn(room, caller, id), me: id === caller.practitioner }] : [];
    }),
    readBy: receipts.map(({ practitioner, at }) => ({
      id: practitioner,
      name: nameIn(room, caller, practitioner),
      at: iso(at),
    })),
  };
}
/** Who of these people is away now, until when, and who stands in for them. */
function absentAmong(
  people: Conversation['people'],
  absences: readonly Absence[],
  now: number,
  nameOf: (practitioner: string) => string,
): Conversation['absent'] {
  const here = new Set(people.map((one) => one.id));
  return people.flatMap(({ id, name, me }) => {
    const absence = id && !me ? absenceOf(absences, id, now) : null;
    if (!id || !absence) return [];
    const standIn = standInFor(absences, id, now);
    return [
      {
        id,
        name,
        until: new Date(absence.ends - 1000).toISOString(),
        standIn: standIn ? { id: standIn, name: nameOf(standIn), here: here.has(standIn) } : null,
      },
    ];
  });
}
