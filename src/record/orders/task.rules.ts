import type { Extension, Reference, Task } from '@medplum/fhirtypes';
import { professionSystem, professions } from '../../access/index.ts';
import { newId, type Stored, taskKindSystem } from '../../fhir/index.ts';
import { type OrderAct, type OrderLineBody, type OrderState, orderActs } from '../contract/orders/line.ts';
import { isOver, type Progress, progressOf, timesOf } from '../contract/orders/order.rules.ts';
import { orderFamilies, type OrderWay } from '../data/orders/families.ts';
import { addMonths } from '../dates.rules.ts';
import { withoutEmpty } from '../fhir-words.ts';
import { prescriptionSystem } from './line.rules.ts';

/**
 * The Task that follows one line: for whom, by when and how far, without a word of what (docs/adr/0011), so that whoever may see that something is asked sees no more.
 * What was said of it stands in its extensions, each with who and when; its state follows from them.
 */
export const orderTaskCode = 'order';
const eventUrl = 'urn:estran:order-event';
const renewedUrl = 'urn:estran:order-renewed';
/** The first day of the line that renewed it. */
const renewedFromUrl = 'urn:estran:order-renewed-from';
const stoppedUrl = 'urn:estran:order-stopped';
const askedUrl = 'urn:estran:order-renewal-asked';
const reportUrl = 'urn:estran:order-report';
const wayUrl = 'urn:estran:order-way';
/** The last day on which it may be begun. */
const validUrl = 'urn:estran:order-valid';
const ways: readonly OrderWay[] = ['supply', 'test', 'imaging', 'sessions', 'once'];

export const isOrderTask = (task: Pick<Task, 'code'>): boolean =>
  task.code?.coding?.some(({ system, code }) => system === taskKindSystem && code === orderTaskCode) ?? false;

export interface Following {
  focus: string;
  subject: Reference;
  requester: Task['requester'];
  at: string;
  group: string;
  from: string;
  until: string | undefined;
  due: string;
}
export function taskOf(line: OrderLineBody, given: Following): Task {
  const family = orderFamilies[line.kind];
  return withoutEmpty({
    resourceType: 'Task',
    id: newId(),
    extension: [
      { url: wayUrl, valueCode: family.way },
      { url: validUrl, valueDate: [addMonths(given.from, family.validMonths), given.until ?? ''].sort().at(-1) },
    ],
    groupIdentifier: { system: prescriptionSystem, value: given.group },
    status: 'requested',
    businessStatus: stateConcept('to-do'),
    intent: 'order',
    priority: line.urgent ? 'urgent' : 'routine',
    code: { coding: [{ system: taskKindSystem, code: orderTaskCode }] },
    focus: { reference: given.focus },
    for: given.subject,
    executionPeriod: line.follow && given.until ? { start: given.from, end: given.until } : undefined,
    authoredOn: given.at,
    lastModified: given.at,
    requester: given.requester,
    owner: line.performer ? { reference: `Practitioner/${line.performer}` } : undefined,
    performerType: line.performer
      ? undefined
      : family.doneBy.map((code) => ({
          coding: [{ system: professionSystem, code, display: professions[code as keyof typeof professions].fr }],
        })),
    restriction: { repetitions: timesOf(line), period: { start: given.from, end: given.due } },
  } as Task);
}
const stateConcept = (state: OrderState): Task['businessStatus'] => ({
  coding: [{ system: taskKindSystem, code: `order-${state}` }],
});

export interface Said {
  act: OrderAct;
  at: string;
  by: Reference;
}
export function saidOf(task: Task): Said[] {
  return (task.extension ?? []).flatMap(({ url, valueReference: by }) => {
    const act = by?.extension?.find((one) => one.url === 'urn:estran:act')?.valueCode as OrderAct | undefined;
    return url === eventUrl && by && act && orderActs.includes(act)
      ? [
          {
            act,
            at: by.extension?.find((one) => one.url === 'urn:estran:at')?.valueDateTime ?? task.lastModified ?? '',
            by,
          },
        ]
      : [];
  });
}
export const wayOf = (task: Task): OrderWay => {
  const code = task.extension?.find(({ url }) => url === wayUrl)?.valueCode as OrderWay | undefined;
  return code && ways.includes(code) ? code : 'once';
};
export const timesIn = (task: Task): number => task.restriction?.repetitions ?? 1;
/** What was said of it, and nothing else. */
export const progressIn = (task: Task): Progress =>
  progressOf(
    wayOf(task),
    timesIn(task),
    saidOf(task).map(({ act }) => act),
  );
export function stateOf(task: Task, today: string): Progress {
  const progress = progressIn(task);
  if (task.status === 'cancelled' || task.status === 'rejected' || task.status === 'entered-in-error')
    return { ...progress, state: 'cancelled' };
  if (isReplaced(task, progress.state, today)) return { ...progress, state: 'renewed' };
  const last = task.extension?.find(({ url }) => url === validUrl)?.valueDate;
  return progress.state === 'to-do' && last !== undefined && last < today
    ? { ...progress, state: 'expired' }
    : progress;
}
/** Not begun, or not all given out, when the line that renewed it began: that one is done in its place. A course of sessions that is under way goes on. */
function isReplaced(task: Task, state: OrderState, today: string): boolean {
  const from = renewedFrom(task);
  return (
    from !== undefined &&
    from <= today &&
    (state === 'to-do' || (wayOf(task) === 'supply' && (state === 'in-progress' || state === 'partial')))
  );
}
/** The same task with these words on it: its FHIR status and its state follow. */
export function withSaid(task: Task, said: readonly Said[], at: string): Task {
  const way = wayOf(task);
  const { state } = progressOf(
    way,
    timesIn(task),
    said.map(({ act }) => act),
  );
  const others = (task.extension ?? []).filter(({ url }) => url !== eventUrl);
  const events = said.map(({ act, at: when, by }) => ({
    url: eventUrl,
    valueReference: {
      ...by,
      extension: [
        ...(by.extension ?? []).filter(({ url }) => url !== 'urn:estran:act' && url !== 'urn:estran:at'),
        { url: 'urn:estran:act', valueCode: act },
        { url: 'urn:estran:at', valueDateTime: when },
      ],
    },
  }));
  return {
    ...task,
    extension: [...others, ...events],
    status: isOver(way, state) ? 'completed' : state === 'to-do' ? 'requested' : 'in-progress',
    businessStatus: stateConcept(state),
    lastModified: at,
  };
}
/** @param stopped its line was stopped, which may be taken back, and not its prescription */
export const cancelledTask = (task: Task, at: string, stopped = false): Task => ({
  ...task,
  ...(stopped && { extension: [...(task.extension ?? []), { url: stoppedUrl, valueBoolean: true }] }),
  status: 'cancelled',
  businessStatus: stateConcept('cancelled'),
  lastModified: at,
});
export const isStopped = (task: Task): boolean =>
  task.status === 'cancelled' && (task.extension?.some(({ url }) => url === stoppedUrl) ?? false);
/** Its line runs on: as far as it was. */
export const resumedTask = (task: Task, at: string): Task =>
  withSaid({ ...task, extension: (task.extension ?? []).filter(({ url }) => url !== stoppedUrl) }, saidOf(task), at);
/** @param from of the line that renews it; nothing: it is not to be renewed any more. */
export const renewedTask = (task: Task, at: string, from?: string): Task => ({
  ...task,
  extension: [
    ...(task.extension ?? []).filter(({ url }) => url !== renewedUrl && url !== renewedFromUrl),
    { url: renewedUrl, valueDateTime: at },
    ...(from ? [{ url: renewedFromUrl, valueDate: from }] : []),
  ],
  lastModified: at,
});
/** What renewed it was taken back: it may be renewed, and asked for, again. */
export const unrenewedTask = (task: Task, at: string): Task => ({
  ...task,
  extension: (task.extension ?? []).filter(
    ({ url }) => url !== renewedUrl && url !== renewedFromUrl && url !== askedUrl,
  ),
  lastModified: at,
});
/** The instant at which it was renewed, or was said not to be renewed any more. */
export const renewedAt = (task: Task): string | undefined =>
  task.extension?.find(({ url }) => url === renewedUrl)?.valueDateTime;
export const renewedFrom = (task: Task): string | undefined =>
  task.extension?.find(({ url }) => url === renewedFromUrl)?.valueDate;
export const isRenewed = (task: Task): boolean => task.extension?.some(({ url }) => url === renewedUrl) ?? false;
export interface AskedRenewal {
  by: Reference;
  at: string;
  /** Of the coordination room. */
  task: string;
}
const inside = (reference: Reference, url: string): string | undefined =>
  ((one) => one?.valueDateTime ?? one?.valueReference?.reference)(
    reference.extension?.find((each) => each.url === url),
  );
const withFacts = (by: Reference, facts: Extension[]): Reference => ({
  ...by,
  extension: [...(by.extension ?? []).filter(({ url }) => !facts.some((one) => one.url === url)), ...facts],
});
/** Who asked the prescriber to renew it; a renewed line is asked no more. */
export function askedRenewal(task: Task): AskedRenewal | null {
  const by = task.extension?.find(({ url }) => url === askedUrl)?.valueReference;
  return by && !isRenewed(task)
    ? {
        by,
        at: inside(by, 'urn:estran:at') ?? task.lastModified ?? '',
        task: inside(by, 'urn:estran:task')?.replace('Task/', '') ?? '',
      }
    : null;
}
export const withAskedRenewal = (task: Task, asked: AskedRenewal | null, at: string): Task => ({
  ...task,
  lastModified: at,
  extension: [
    ...(task.extension ?? []).filter(({ url }) => url !== askedUrl),
    ...(asked
      ? [
          {
            url: askedUrl,
            valueReference: withFacts(asked.by, [
              { url: 'urn:estran:at', valueDateTime: asked.at },
              { url: 'urn:estran:task', valueReference: { reference: `Task/${asked.task}` } },
            ]),
          },
        ]
      : []),
  ],
});
/** The report that closed the course: a DocumentReference, who wrote it and when. */
export function reportOf(task: Task): { id: string; by: Reference; at: string } | null {
  const by = task.extension?.find(({ url }) => url === reportUrl)?.valueReference;
  const id = by && inside(by, 'urn:estran:report')?.replace('DocumentReference/', '');
  return by && id ? { id, by, at: inside(by, 'urn:estran:at') ?? '' } : null;
}
export const withReport = (task: Task, by: Reference, report: string, at: string): Task => ({
  ...task,
  extension: [
    ...(task.extension ?? []),
    {
      url: reportUrl,
      valueReference: withFacts(by, [
        { url: 'urn:estran:at', valueDateTime: at },
        { url: 'urn:estran:report', valueReference: { reference: `DocumentReference/${report}` } },
      ]),
    },
  ],
});
export const openStatuses = ['requested', 'accepted', 'in-progress', 'ready', 'received'];
/** A search gives what has the code; what has not our shape is nobody's line. */
export const prescriptionsOnly = (stored: readonly Stored<'Task'>[]): Stored<'Task'>[] => [
  ...new Map(stored.filter((one) => isOrderTask(one.resource)).map((one) => [one.id, one])).values(),
];
