import type { Communication, ServiceRequest, Task } from '@medplum/fhirtypes';
import { mayCall, type PersonCaller, professions, rightsOf } from '../../access/index.ts';
import { categorySystem, type FhirStore, type ResourceType, type Stored, taskKindSystem } from '../../fhir/index.ts';
import {
  briefsOf,
  documentTitle,
  idOf,
  labelOf,
  lineAsked,
  orderLabel,
  type PatientBrief,
} from '../../record/index.ts';
import { type TaskKind, type TaskLine, taskKinds, taskStates, troubles } from '../contract/tasks.ts';
import { practiceCircle, type Room } from '../room.ts';
import { dueInstant } from './due.rules.ts';
import { isForMe, isMine, isOpen, mayOn, type Standing, stateOf, type TaskFacts } from './tasks.rules.ts';
import { notesOf, standsFor, type Walked } from './tasks.store.ts';

export const kindCode = (task: Task): TaskKind => {
  const code = task.code?.coding?.find((coding) => coding.system === taskKindSystem)?.code ?? '';
  return Object.hasOwn(taskKinds, code) ? (code as TaskKind) : 'request';
};
/** The document that someone is asked to read or sign. */
export const documentIn = (task: Task): string | undefined =>
  kindCode(task) === 'document'
    ? task.basedOn?.map((one) => idOf(one, 'DocumentReference')).find((id) => id !== undefined)
    : undefined;
/** The line of a prescription that someone asks to renew. */
const renewalIn = (task: Task): string | undefined => (kindCode(task) === 'renewal' ? lineAsked(task) : undefined);
const professionOf = (task: Task): string | null =>
  task.performerType?.flatMap((one) => one.coding ?? []).find((coding) => Object.hasOwn(professions, coding.code ?? ''))
    ?.code ?? null;
export const dueOf = (task: Task): string | null => task.restriction?.period?.end ?? task.executionPeriod?.end ?? null;
export const urgent = (task: { priority?: string }): boolean =>
  task.priority !== undefined && task.priority !== 'routine';
/** What rules ask of a Task, whoever wrote it. */
export function factsOf(task: Task): TaskFacts {
  const owner = idOf(task.owner, 'Practitioner') ?? null;
  const profession = owner ? null : professionOf(task);
  // What is asked of nobody in particular in the practice may be taken by anyone in it.
  const team =
    !owner &&
    (idOf(task.owner, 'CareTeam') !== undefined ||
      (!profession && !task.owner && task.for?.reference === practiceCircle));
  return {
    state: stateOf(task.status),
    owner,
    profession,
    team,
    requester: idOf(task.requester, 'Practitioner') ?? null,
  };
}
export const isAdministrative = (request: ServiceRequest | Communication): boolean =>
  request.category?.some((one) =>
    one.coding?.some((coding) => coding.system === categorySystem && coding.code === 'administrative'),
  ) ?? false;

/** These resources, by id; those one may not see are left out. */
export async function readMany<T extends ResourceType>(
  store: FhirStore,
  type: T,
  ids: readonly string[],
): Promise<Map<string, Stored<T>>> {
  const found = new Map<string, Stored<T>>();
  const wanted = [...new Set(ids)];
  for (let at = 0; at < wanted.length; at += 100)
    for (const one of (
      await store.search(type, [
        ['_id', wanted.slice(at, at + 100).join(',')],
        ['_count', '100'],
      ])
    ).resources)
      found.set(one.id, one);
  return found;
}

/** Tasks, what holds their words and their patients, read at once. */
export interface Read {
  stored: Map<string, Stored<'Task'>>;
  /** By `Type/id`. */
  words: Map<string, Stored<'ServiceRequest' | 'Communication'>>;
  briefs: Map<string, PatientBrief>;
}
export async function readWalked(store: FhirStore, walked: readonly Walked[], now: Date): Promise<Read> {
  const [stored, read] = await Promise.all([
    readMany(
      store,
      'Task',
      walked.map(({ id }) => id),
    ),
    readWords(store, walked, now),
  ]);
  return { stored, ...read };
}
export async function readWords(store: FhirStore, walked: readonly Walked[], now: Date): Promise<Omit<Read, 'stored'>> {
  const focused = <T extends ResourceType>(type: T) =>
    readMany(
      store,
      type,
      walked.flatMap(({ focus }) => (focus?.startsWith(`${type}/`) ? [focus.slice(type.length + 1)] : [])),
    );
  const [requests, notes, briefs] = await Promise.all([
    focused('ServiceRequest'),
    focused('Communication'),
    briefsOf(
      store,
      walked.flatMap(({ patient }) => patient ?? []),
      now,
    ),
  ]);
  const words: Read['words'] = new Map();
  for (const one of [...requests.values(), ...notes.values()]) words.set(`${one.type}/${one.id}`, one);
  return { words, briefs };
}
export const walkedOf = (one: Stored<'Task'>): Walked => {
  const task = one.resource;
  return { id: one.id, focus: task.focus?.reference ?? null, patient: idOf(task.for, 'Patient') ?? null };
};

/** What does not depend on one task: who I am here. */
export async function standingOf(room: Room, caller: PersonCaller): Promise<Omit<Standing, 'inTeam' | 'reads'>> {
  const { tasks } = await rightsOf(room.db, caller.tenant, caller.profession);
  return {
    me: caller.practitioner,
    profession: caller.profession,
    everywhere: tasks.reach === 'practice',
    writes: tasks.write,
    coordinates: await mayCall(room.db, caller, { practice: 'coordinate' }),
    standsFor: await room.db.tenant(caller.tenant, (sql) => standsFor(sql, caller.tenant, caller.practitioner)),
  };
}

/** What the lines of tasks are made from. */
interface AroundTasks {
  words: Read['words'];
  briefs: Read['briefs'];
  notes: Awaited<ReturnType<typeof notesOf>>;
  here: Awaited<ReturnType<typeof standingOf>>;
  /** Documents asked to be read, those only that the caller may read. */
  documents: ReadonlyMap<string, Stored<'DocumentReference'>>;
  /** Lines asked to be renewed, by `Type/id`. */
  renewals: ReadonlyMap<string, Stored>;
  now: Date;
}
async function renewalsOf(store: FhirStore, tasks: readonly Task[]): Promise<Map<string, Stored>> {
  const asked = tasks.flatMap((task) => renewalIn(task) ?? []);
  const found = new Map<string, Stored>();
  for (const type of ['MedicationRequest', 'ServiceRequest', 'DeviceRequest'] as const) {
    const ids = asked.flatMap((line) => (line.startsWith(`${type}/`) ? [line.slice(type.length + 1)] : []));
    for (const [id, one] of await readMany(store, type, ids)) found.set(`${type}/${id}`, one);
  }
  return found;
}
async function readAround(
  room: Room,
  caller: PersonCaller,
  store: FhirStore,
  stored: readonly Stored<'Task'>[],
  read: Omit<Read, 'stored'> | undefined,
): Promise<AroundTasks> {
  const now = room.now();
  const ids = stored.map(({ id }) => id);
  const [{ words, briefs }, notes, here] = await Promise.all([
    read ?? readWords(store, stored.map(walkedOf), now),
    store.sql((sql) => notesOf(sql, caller.tenant, ids)),
    standingOf(room, caller),
  ]);
  await room.directory.learn(store, [...stored, ...words.values()]);
  const tasks = stored.map(({ resource }) => resource);
  // A document is named to those only who may read it; the words of the task say no more than that there is one.
  const documents = await readMany(
    store,
    'DocumentReference',
    tasks.flatMap((task) => documentIn(task) ?? []),
  );
  return { words, briefs, notes, here, documents, renewals: await renewalsOf(store, tasks), now };
}

function wordsAt(task: Task, focus: Stored<'ServiceRequest' | 'Communication'> | undefined) {
  if (focus?.type === 'ServiceRequest') return wordsOf(focus.resource);
  if (task.description || task.note)
    return { title: task.description ?? '', detail: notesIn(task), administrative: false };
  return noteWords(focus as Stored<'Communication'> | undefined);
}
function mayOnLine(kind: TaskKind, facts: TaskFacts, standing: Standing): TaskLine['may'] {
  const may = mayOn(facts, standing);
  if (kind === 'handover') return { ...nothing, remind: may.remind };
  return kind === 'document' || kind === 'renewal' ? { ...may, done: false } : may;
}
function lineOf(room: Room, caller: PersonCaller, one: Stored<'Task'>, around: AroundTasks): TaskLine {
  const task = one.resource;
  const words = wordsAt(task, around.words.get(task.focus?.reference ?? ''));
  const document = around.documents.get(documentIn(task) ?? '');
  const renewed = around.renewals.get(renewalIn(task) ?? '');
  const patient = around.briefs.get(idOf(task.for, 'Patient') ?? '') ?? null;
  const facts = factsOf(task);
  const standing: Standing = {
    ...around.here,
    inTeam: patient ? patient.inMyTeam : task.for?.reference === practiceCircle,
    reads: words !== null,
  };
  const kind = kindCode(task);
  const due = dueOf(task);
  const end = dueInstant(due);
  const known = around.notes.get(one.id);
  const at = task.lastModified ?? one.updated;
  const ended = facts.state === 'rejected' || facts.state === 'completed';
  return {
    id: one.id,
    version: one.version,
    kind,
    kindLabel: taskKinds[kind],
    title:
      words &&
      [words.title, document && documentTitle(document.resource), renewed && orderLabel(renewed.resource)]
        .filter(Boolean)
        .join(' : '),
    detail: words?.detail || null,
    administrative: words?.administrative ?? false,
    patient,
    state: facts.state,
    stateLabel: taskStates[facts.state],
    priority: task.priority ?? 'routine',
    due,
    late: isOpen(facts.state) && facts.state !== 'on-hold' && !known?.outlived && end !== null && end < around.now,
    owner: facts.owner ? room.directory.who(caller, task.owner, at) : null,
    ownerLabel: ownerLabel(room, caller, task, facts),
    mine: isMine(facts, standing),
    forMe: kind !== 'handover' && isForMe(facts, standing),
    requester: room.directory.who(caller, task.requester, task.authoredOn),
    asked: task.authoredOn ?? one.updated,
    changed: at,
    escalated: Boolean(known?.escalated),
    trouble:
      (known?.trouble && (kind === 'handover' ? 'Transmission que personne n’a lue' : troubles[known.trouble])) || null,
    reminded: known?.reminded?.toISOString() ?? null,
    unread: facts.requester === caller.practitioner && facts.owner !== caller.practitioner && ended && !known?.seen,
    plan: task.basedOn?.map((reference) => idOf(reference, 'CarePlan')).find((id) => id !== undefined) ?? null,
    document: document?.id ?? null,
    renews: renewed ? `${renewed.type}/${renewed.id}` : null,
    may: mayOnLine(kind, facts, standing),
  };
}

/**
 * Tasks as one person sees them, in the order given. Titles come from what each task focuses on, read under its own rights: a line
 * without a title says that something is asked, and nothing of what.
 */
export async function taskLinesOf(
  room: Room,
  caller: PersonCaller,
  store: FhirStore,
  stored: readonly Stored<'Task'>[],
  read?: Omit<Read, 'stored'>,
): Promise<TaskLine[]> {
  if (stored.length === 0) return [];
  const around = await readAround(room, caller, store, stored, read);
  return stored.map((one) => lineOf(room, caller, one, around));
}
/** A handover is read, not done. */
const nothing = { accept: false, refuse: false, done: false, change: false, remind: false, note: false };
const notesIn = (holder: { note?: { text?: string }[] }): string =>
  (holder.note ?? [])
    .map((note) => note.text)
    .filter(Boolean)
    .join('\n');
const wordsOf = (request: ServiceRequest) => ({
  title: labelOf(request.code, 'Demande'),
  detail: notesIn(request),
  administrative: isAdministrative(request),
});
function noteWords(stored: Stored<'Communication'> | undefined) {
  if (!stored) return null;
  const note = stored.resource;
  return {
    title: (note.payload ?? [])
      .map((one) => one.contentString)
      .filter(Boolean)
      .join('\n'),
    detail: '',
    administrative: isAdministrative(note),
  };
}
function ownerLabel(room: Room, caller: PersonCaller, task: Task, facts: TaskFacts): string {
  if (facts.owner) return room.directory.who(caller, task.owner)?.name ?? 'Professionnel';
  if (facts.profession) return professions[facts.profession as keyof typeof professions].fr;
  return task.for?.reference === practiceCircle ? 'Toute la structure' : facts.team ? 'Équipe de soins' : 'Personne';
}
