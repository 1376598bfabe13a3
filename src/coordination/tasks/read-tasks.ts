import type { Task } from '@medplum/fhirtypes';
import type { PersonCaller } from '../../access/index.ts';
import type { Stored } from '../../fhir/index.ts';
import { invalid } from '../../platform/index.ts';
import { dateLabel, idOf, normalise } from '../../record/index.ts';
import { type TaskAct, taskActs, type TaskDetail, type TaskFilter, type TaskLine } from '../contract/tasks.ts';
import type { Room } from '../room.ts';
import { actSystem, changedByUrl, type Loaded, undoneUrl } from './change-task.ts';
import { readersOf } from './project.ts';
import { dueOf, factsOf, readWalked, taskLinesOf } from './task-lines.ts';
import { type Cursor, countTasks, markSeen, pageOfTasks, type Viewer } from './tasks.store.ts';

export async function viewerOf(room: Room, caller: PersonCaller): Promise<Viewer> {
  const sight = await room.fhirFor(caller).sight('read');
  return { sight, me: caller.practitioner, profession: caller.profession };
}
const pageSize = 50;
const cursorOf = (text: string | undefined): Cursor | undefined => {
  if (!text) return undefined;
  const [rank, key, id] = Buffer.from(text, 'base64url').toString().split('|');
  if (
    !/^\d$/.test(rank ?? '') ||
    !/^-?(\d+(\.\d+)?|Infinity)$/.test(key ?? '') ||
    !/^[A-Za-z0-9\-.]{1,64}$/.test(id ?? '')
  )
    throw invalid('Cette page de la liste n’existe plus. Revenez au début de la liste.');
  return { rank: Number(rank), key: key!, id: id! };
};
const textOf = ({ rank, key, id }: Cursor): string => Buffer.from(`${rank}|${key}|${id}`).toString('base64url');

/** One page of a view, cut to what this person may see, with how many there are of each. */
export async function listTasks(
  room: Room,
  caller: PersonCaller,
  query: {
    view: TaskFilter;
    q?: string | undefined;
    patient?: string | undefined;
    urgent?: string | undefined;
    cursor?: string | undefined;
  },
): Promise<{ tasks: TaskLine[]; next: string | null; counts: Record<string, number> }> {
  const after = cursorOf(query.cursor);
  const store = room.fhirFor(caller);
  const viewer = await viewerOf(room, caller);
  const now = room.now();
  const words = normalise(query.q ?? '')
    .split(' ')
    .filter(Boolean);
  const walk = async (from: Cursor | undefined, most: number) => {
    const ids = await store.sql((sql) =>
      pageOfTasks(sql, caller.tenant, viewer, query.view, now, {
        after: from,
        most: most + 1,
        patient: query.patient,
        urgent: query.urgent === '1',
      }),
    );
    const shown = ids.slice(0, most);
    const read = await readWalked(store, shown, now);
    const stored = shown.flatMap(({ id }) => read.stored.get(id) ?? []);
    return {
      lines: await taskLinesOf(room, caller, store, stored, read),
      next: ids.length > most ? shown.at(-1)!.cursor : undefined,
    };
  };
  // Words are in the tasks, not in the index: the view is walked until a page is found, or to the end of what one request may read.
  const look = async () => {
    const tasks: TaskLine[] = [];
    let from = after;
    for (let slices = 0; slices < 20; slices++) {
      const { lines, next } = await walk(from, 500);
      tasks.push(...lines.filter((line) => matches(line, words)));
      from = next;
      if (!next || tasks.length >= pageSize) break;
    }
    return { lines: tasks, next: from };
  };
  const [{ lines, next }, counts] = await Promise.all([
    words.length > 0 ? look() : walk(after, pageSize),
    store.sql((sql) => countTasks(sql, caller.tenant, viewer, now)),
  ]);
  return { tasks: lines, next: next ? textOf(next) : null, counts };
}
const matches = (line: TaskLine, words: readonly string[]): boolean => {
  const text = normalise(
    [
      line.title,
      line.detail,
      line.patient?.name,
      line.patient?.birthName,
      line.ownerLabel,
      line.requester?.name,
      line.kindLabel,
    ]
      .filter(Boolean)
      .join(' '),
  );
  return words.every((word) => text.includes(word));
};

/** A task with its story; who asked for it has then seen what became of it. */
export async function taskDetailOf(loaded: Loaded): Promise<TaskDetail> {
  const { store, caller, stored, line } = loaded;
  const story = await storyOf(loaded);
  if (line.unread) await store.sql((sql) => markSeen(sql, caller.tenant, stored.id, loaded.room.now()));
  return { ...line, story };
}

interface Event {
  act: TaskAct;
  at: string;
  text: string;
  by: Task['requester'];
}
/** What happened, from the versions of the task, and what was said, oldest first; an act and its words are one line. */
async function storyOf({ room, store, caller, stored, task }: Loaded): Promise<TaskDetail['story']> {
  const { versions } = await store.history('Task', stored.id, { count: 100 });
  const events = eventsOf(versions.filter((one) => !one.deleted).reverse());
  const request = idOf(task.focus, 'ServiceRequest');
  const said = request
    ? (
        await store.search('Communication', [
          ['based-on', `ServiceRequest/${request}`],
          ['_sort', 'sent'],
          ['_count', '200'],
        ])
      ).resources
    : [];
  await room.directory.learn(store, [...versions, ...said]);
  for (const one of said) {
    const note = one.resource;
    if (note.status !== 'completed') continue;
    const code = note.topic?.coding?.find((coding) => coding.system === actSystem)?.code ?? 'noted';
    const act = (Object.hasOwn(taskActs, code) ? code : 'noted') as TaskAct;
    const text = (note.payload ?? [])
      .map((part) => part.contentString)
      .filter(Boolean)
      .join('\n');
    const event = events.find((each) => each.at === note.sent && each.act !== 'noted' && each.act !== 'reminded');
    if (event && act !== 'noted' && act !== 'reminded') event.text = [event.text, text].filter(Boolean).join('\n');
    else events.push({ act, at: note.sent ?? one.updated, text, by: note.sender as Task['requester'] });
  }
  return events
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map(({ act, at, text, by }) => ({
      act,
      actLabel: taskActs[act],
      at,
      text,
      who: room.directory.who(caller, by, at),
    }));
}
function eventsOf(versions: readonly Stored<'Task'>[]): Event[] {
  const tasks = versions.map((one) => ({ one, task: one.resource }));
  // What was taken back at once did not happen.
  const undone = new Set(
    tasks.flatMap(({ one, task }) => {
      const version = task.extension?.find((each) => each.url === undoneUrl)?.valueInteger;
      return version ? [version, one.version] : [];
    }),
  );
  const events: Event[] = [];
  let before: (typeof tasks)[number] | undefined;
  for (const now of tasks) {
    if (undone.has(now.one.version)) continue;
    const by = now.task.extension?.find((each) => each.url === changedByUrl)?.valueReference as Task['requester'];
    const at = (before ? now.task.lastModified : (now.task.authoredOn ?? now.task.lastModified)) ?? now.one.updated;
    if (!before) events.push({ act: 'asked', at, text: '', by: now.task.requester });
    else
      events.push({
        ...actBetween(before.task, now.task, now.one, before.one),
        at,
        by: by ?? (now.task.owner as Task['requester']),
      });
    before = now;
  }
  return events;
}
function actBetween(
  before: Task,
  now: Task,
  stored: Stored<'Task'>,
  old: Stored<'Task'>,
): { act: TaskAct; text: string } {
  const [was, is] = [factsOf(before), factsOf(now)];
  const moved = was.owner !== is.owner || was.profession !== is.profession || was.team !== is.team;
  const to = now.owner?.display ?? now.performerType?.[0]?.coding?.[0]?.display ?? '';
  if (is.state !== was.state) {
    if (is.state === 'completed')
      return { act: readersOf(stored.resource).length > readersOf(old.resource).length ? 'read' : 'done', text: '' };
    if (is.state === 'rejected') return { act: 'refused', text: '' };
    if (is.state === 'cancelled') return { act: 'cancelled', text: '' };
    if (is.state === 'on-hold') return { act: 'paused', text: '' };
    if (is.state === 'in-progress')
      return { act: readersOf(stored.resource).length > readersOf(old.resource).length ? 'read' : 'started', text: '' };
    if (is.state === 'accepted') return { act: 'accepted', text: '' };
    if (was.state === 'on-hold') return { act: 'resumed', text: '' };
    return moved ? { act: 'given', text: to && `À ${to}.` } : { act: 'reopened', text: '' };
  }
  if (moved) return { act: 'given', text: to && `À ${to}.` };
  if (dueOf(before) !== dueOf(now))
    return { act: 'moved', text: dueOf(now) ? `Pour le ${dateLabel(dueOf(now)!)}.` : 'Sans date.' };
  if (before.priority !== now.priority)
    return { act: 'moved', text: now.priority === 'routine' ? 'Non urgente.' : 'Urgente.' };
  return { act: readersOf(stored.resource).length > readersOf(old.resource).length ? 'read' : 'changed', text: '' };
}
