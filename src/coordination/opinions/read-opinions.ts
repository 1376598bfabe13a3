import type { Communication, Practitioner, Reference, ServiceRequest, Task } from '@medplum/fhirtypes';
import { readMany } from '../tasks/task-lines.ts';
import { standsFor } from '../tasks/tasks.store.ts';
import { professions } from '../../access/index.ts';
import { type FhirStore, placeOf, type ResourceType, type Stored, taskKindSystem } from '../../fhir/index.ts';
import {
  authorOf,
  briefsOf,
  clinicalDate,
  dayOf,
  describe,
  idOf,
  type PersonCaller,
  today,
} from '../../record/index.ts';
import { opinionKinds, type OpinionLine } from '../contract/opinions.ts';
import { type TaskState, taskStates } from '../contract/tasks.ts';
import type { Room } from '../room.ts';
import { actSystem } from '../tasks/change-task.ts';
import { lettersOf, standing } from './request-letters.ts';

export const answerCategory = {
  coding: [{ system: 'urn:estran:category', code: 'answer', display: 'Réponse' }],
  text: 'Réponse',
};
/** On the Task, once who asked has read the answer: a code, no word. */
export const answerRead = { coding: [{ system: taskKindSystem, code: 'answer-read' }] };
type Outside = NonNullable<OpinionLine['outside']>;
const outsideUrls = { role: 'urn:estran:outside-role', contact: 'urn:estran:outside-contact' } as const;
/** Someone outside of the practice, who has no resource here: a name, with what one knows of them. */
export const outsideReference = ({ name, role, contact }: Outside): Reference<Practitioner> => ({
  display: name,
  ...((role || contact) && {
    extension: [
      ...(role ? [{ url: outsideUrls.role, valueString: role }] : []),
      ...(contact ? [{ url: outsideUrls.contact, valueString: contact }] : []),
    ],
  }),
});
function outsideOf(request: ServiceRequest): Outside | null {
  const one = request.performer?.find(({ reference, display }) => !reference && display);
  const said = (url: string) => one?.extension?.find((each) => each.url === url)?.valueString ?? '';
  return one ? { name: one.display!, role: said(outsideUrls.role), contact: said(outsideUrls.contact) } : null;
}
const kinds = Object.keys(opinionKinds) as (keyof typeof opinionKinds)[];
const kindQuery = kinds.map((kind) => `${taskKindSystem}|${kind}`).join(',');

export const kindOfTask = (task: Task): keyof typeof opinionKinds | undefined =>
  kinds.find((kind) => task.code?.coding?.some((coding) => coding.system === taskKindSystem && coding.code === kind));
const requestIdOf = (task: Task): string | undefined => idOf(task.focus, 'ServiceRequest');
const isAnswer = (communication: Communication): boolean =>
  communication.category?.some((category) => category.coding?.some((coding) => coding.code === 'answer')) ?? false;
const isRefusal = (communication: Communication): boolean =>
  communication.topic?.coding?.some((coding) => coding.system === actSystem && coding.code === 'refused') ?? false;

type Who = (reference: Reference | undefined, at?: string | null) => ReturnType<Room['directory']['who']>;
/** What the lines of opinions are made from, under the reader's own rights. */
interface Gathered {
  requests: ReadonlyMap<string, Stored<'ServiceRequest'>>;
  /** Answers and refusals, the latest first. */
  said: readonly Stored<'Communication'>[];
  /** What goes with questions and answers, by reference. */
  parts: ReadonlyMap<string, Stored>;
  letters: Awaited<ReturnType<typeof lettersOf>>;
  briefs: Awaited<ReturnType<typeof briefsOf>>;
}
const broughtBy = ({ resource }: Stored<'Communication'>): Reference | undefined =>
  resource.payload?.find((part) => part.contentReference?.reference)?.contentReference;
const textOf = ({ resource }: Stored<'Communication'>): string =>
  (resource.payload ?? [])
    .map((part) => part.contentString ?? '')
    .filter(Boolean)
    .join('\n');

async function partsAt(store: FhirStore, references: readonly Reference[]): Promise<Map<string, Stored>> {
  const wanted = new Map<ResourceType, string[]>();
  for (const { reference } of references) {
    const place = placeOf(reference);
    if (place) wanted.set(place.type, [...(wanted.get(place.type) ?? []), place.id]);
  }
  const parts = new Map<string, Stored>();
  for (const [type, ids] of wanted)
    for (const [id, one] of await readMany(store, type, ids)) parts.set(`${type}/${id}`, one);
  return parts;
}
async function gather(room: Room, store: FhirStore, tasks: readonly Stored<'Task'>[]): Promise<Gathered> {
  const requests = await readMany(
    store,
    'ServiceRequest',
    tasks.flatMap((one) => requestIdOf(one.resource) ?? []),
  );
  const said =
    requests.size === 0
      ? []
      : (
          await store.search('Communication', [
            ['based-on', [...requests.keys()].map((id) => `ServiceRequest/${id}`).join(',')],
            ['_sort', '-sent'],
            ['_count', '500'],
          ])
        ).resources;
  const asked = [...requests.values()];
  const parts = await partsAt(store, [
    ...asked.flatMap(({ resource }) => resource.supportingInfo ?? []),
    ...said.flatMap((each) => broughtBy(each) ?? []),
  ]);
  await room.directory.learn(store, [...tasks, ...asked, ...said]);
  const letters = await lettersOf(
    store,
    asked.filter((one) => outsideOf(one.resource)).map(({ id }) => id),
  );
  const briefs = await briefsOf(
    store,
    tasks.flatMap((one) => idOf(one.resource.for, 'Patient') ?? []),
    room.now(),
  );
  return { requests, said, parts, letters, briefs };
}

const isOpen = (state: TaskState): boolean => ['requested', 'accepted', 'in-progress'].includes(state);
/** Who reads, and whom they stand in for now. */
interface Reader {
  caller: PersonCaller;
  replaced: readonly string[];
}
/** Whose move it is, seen by the reader. */
function sidesOf(task: Task, outside: Outside | null, { caller, replaced }: Reader): { byMe: boolean; toMe: boolean } {
  const me = `Practitioner/${caller.practitioner}`;
  const byMe = task.requester?.reference === me;
  const owner = idOf(task.owner, 'Practitioner');
  // What is asked of someone who is away is asked of who stands in.
  const inTheirPlace = !byMe && owner !== undefined && replaced.includes(owner);
  const offered =
    !task.owner && task.performerType?.some((type) => type.coding?.some((coding) => coding.code === caller.profession));
  return { byMe, toMe: !outside && (task.owner?.reference === me || inTheirPlace || (!!offered && !byMe)) };
}
function partLines(parts: Gathered['parts'], reference: Reference | undefined, patient: OpinionLine['patient']) {
  const part = parts.get(reference?.reference ?? '');
  if (!part) return [];
  const said = describe(part.resource, { birth: patient?.birthDate ?? undefined, sex: patient?.sex });
  return [
    {
      type: part.type,
      id: part.id,
      what: said.whatLabel,
      label: [said.title, said.details.split('\n')[0]].filter(Boolean).join(' — '),
      at: clinicalDate(part.resource),
    },
  ];
}
function stateLabelOf(state: TaskState, answered: boolean, outside: Outside | null, letters: OpinionLine['letters']) {
  if (state === 'completed') return answered ? 'Répondu' : 'Clos sans réponse';
  return outside && isOpen(state) ? standing(letters) : taskStates[state];
}

function lineOf(
  { id, version, updated, resource: task }: Stored<'Task'>,
  request: Stored<'ServiceRequest'>,
  all: Gathered,
  { who, day, ...reader }: { who: Who; day: string } & Reader,
): OpinionLine {
  const words = request.resource;
  const patient = all.briefs.get(idOf(task.for, 'Patient') ?? '') ?? null;
  const kind = kindOfTask(task)!;
  const outside = outsideOf(words);
  const outsideWho = outside && { id: null, name: outside.name, role: outside.role, profession: null, me: false };
  const letters = all.letters.get(request.id) ?? [];
  const answers = all.said.filter((each) =>
    each.resource.basedOn?.some((based) => based.reference === `ServiceRequest/${request.id}`),
  );
  const answer = answers.find((each) => isAnswer(each.resource));
  const refusal = answers.find((each) => isRefusal(each.resource));
  const state = (task.status in taskStates ? task.status : 'requested') as TaskState;
  const open = isOpen(state);
  const due = task.restriction?.period?.end ?? null;
  const profession = task.performerType?.[0]?.coding?.[0]?.code ?? '';
  const { byMe, toMe } = sidesOf(task, outside, reader);
  const parts = (words.supportingInfo ?? []).flatMap((one) => partLines(all.parts, one, patient));
  return {
    id,
    version,
    kind,
    kindLabel: opinionKinds[kind],
    question: words.code?.text ?? '',
    detail: (words.note ?? []).map((note) => note.text).join('\n'),
    patient,
    asker: who(task.requester, task.authoredOn),
    asked: task.authoredOn ?? updated,
    outside,
    letters,
    owner: outsideWho ?? who(task.owner),
    ownerLabel:
      outside?.name ??
      who(task.owner)?.name ??
      (Object.hasOwn(professions, profession)
        ? professions[profession as keyof typeof professions].fr
        : 'L’équipe de soins'),
    due,
    late: open && due !== null && dayOf(due) < day,
    urgent: task.priority !== undefined && task.priority !== 'routine',
    state,
    stateLabel: stateLabelOf(state, answer !== undefined, outside, letters),
    parts,
    hidden: (words.supportingInfo ?? []).length - parts.length,
    answer: answer
      ? {
          text: textOf(answer),
          who: outsideWho ?? who(answer.resource.sender, answer.resource.sent),
          notedBy: outside ? who(authorOf(answer.resource), answer.updated) : null,
          document: partLines(all.parts, broughtBy(answer), patient)[0] ?? null,
          at: answer.resource.sent ?? answer.updated,
          read: task.businessStatus?.coding?.some((coding) => coding.code === 'answer-read') ?? false,
        }
      : null,
    refusal:
      refusal && state === 'rejected'
        ? { text: textOf(refusal), who: who(refusal.resource.sender), at: refusal.resource.sent ?? refusal.updated }
        : null,
    toMe,
    byMe,
    may: {
      answer: (toMe || outside !== null) && open,
      accept: toMe && state === 'requested',
      refuse: toMe && open,
      cancel: byMe && open,
      acknowledge: byMe && answer !== undefined,
    },
  };
}

/** Lines of these Tasks: their words, what goes with them and what was answered, each under the reader's own rights. */
export async function opinionLines(
  room: Room,
  caller: PersonCaller,
  store: FhirStore,
  stored: readonly Stored<'Task'>[],
): Promise<OpinionLine[]> {
  const tasks = stored.filter((one) => kindOfTask(one.resource));
  const all = await gather(room, store, tasks);
  const who: Who = (reference, at) => room.directory.who(caller, reference, at);
  const day = today(room.now());
  const replaced = await store.sql((sql) => standsFor(sql, caller.tenant, caller.practitioner));
  return tasks.flatMap((one) => {
    // Without the words there is nothing to show of a question.
    const request = all.requests.get(requestIdOf(one.resource) ?? '');
    return request ? [lineOf(one, request, all, { who, caller, replaced, day })] : [];
  });
}

/** Of this person: asked of them, asked by them and not settled, settled lately. */
export async function myOpinions(room: Room, caller: PersonCaller, view: 'to-me' | 'by-me' | 'done') {
  const store = room.fhirFor(caller);
  const me = `Practitioner/${caller.practitioner}`;
  const find = async (query: [string, string][]) =>
    (await store.search('Task', [['code', kindQuery], ...query, ['_count', '100']])).resources;
  const open = 'requested,accepted,in-progress';
  // What someone asked outside of the house is theirs to follow, not asked of them.
  const replaced = await store.sql((sql) => standsFor(sql, caller.tenant, caller.practitioner));
  const owned = (
    await find([
      ['owner', [me, ...replaced.map((one) => `Practitioner/${one}`)].join(',')],
      ['status', open],
    ])
  ).filter(({ resource: { requester, owner } }) => ![me, owner?.reference].includes(requester?.reference));
  const offered = (
    await find([
      ['performer', caller.profession],
      ['owner:missing', 'true'],
      ['status', open],
    ])
  ).filter((one) => one.resource.requester?.reference !== me);
  const asked = (
    await find([
      ['requester', me],
      ['status', `${open},rejected,completed`],
      ['_sort', '-_lastUpdated'],
    ])
  ).filter((one) => one.resource.status !== 'completed' || !one.resource.businessStatus);
  // Only questions whose words one may read: the others stand in no list.
  const words = await readMany(
    store,
    'ServiceRequest',
    [...owned, ...offered, ...asked].flatMap((one) => requestIdOf(one.resource) ?? []),
  );
  const readable = (one: Stored<'Task'>) => words.has(requestIdOf(one.resource) ?? '');
  const toMe = [...owned, ...offered].filter(readable);
  const byMe = asked.filter(readable);
  const chosen =
    view === 'to-me'
      ? toMe
      : view === 'by-me'
        ? byMe
        : [
            ...(
              await find([
                ['owner', me],
                ['status', 'completed,rejected'],
                ['_sort', '-_lastUpdated'],
              ])
            ).filter((one) => one.resource.requester?.reference !== me),
            ...(
              await find([
                ['requester', me],
                ['status', 'completed'],
                ['_sort', '-_lastUpdated'],
              ])
            ).filter((one) => one.resource.businessStatus),
          ].slice(0, 60);
  const opinions = await opinionLines(room, caller, store, chosen);
  const order = (line: OpinionLine) =>
    `${line.answer && !line.answer.read && line.byMe ? 0 : 1}${line.urgent ? 0 : 1}${line.due ?? '9999'}${line.asked}`;
  return {
    opinions:
      view === 'done'
        ? opinions.sort((a, b) => (b.answer?.at ?? b.asked).localeCompare(a.answer?.at ?? a.asked))
        : opinions.sort((a, b) => order(a).localeCompare(order(b))),
    toMe: toMe.length,
    byMe: byMe.length,
  };
}
