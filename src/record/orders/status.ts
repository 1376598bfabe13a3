import type { Task } from '@medplum/fhirtypes';
import type { Stored } from '../../fhir/index.ts';
import type { OrderState, OrderStatus } from '../contract/orders/line.ts';
import { nextActs, stateLabel } from '../contract/orders/order.rules.ts';
import { type OrderKind, orderFamilies } from '../data/orders/families.ts';
import { addDays, dayOf } from '../dates.rules.ts';
import { idOf } from '../fhir-words.ts';
import type { PersonCaller, Room } from '../room.ts';
import { courseOfSessions } from './sessions.rules.ts';
import {
  askedRenewal,
  isRenewed,
  openStatuses,
  progressIn,
  reportOf,
  saidOf,
  stateOf,
  timesIn,
  wayOf,
} from './task.rules.ts';

/** So long before its end a line is proposed for renewal. */
export const renewDays = 30;
/** So long after its end it still is. */
export const renewedLate = 90;

/** Who says how far a line is: whoever does it, whoever asked, and physicians. Of an examination the result comes to whoever reads results. */
export function maySay(caller: PersonCaller, task: Task, kind: OrderKind): boolean {
  return (
    idOf(task.requester, 'Practitioner') === caller.practitioner ||
    idOf(task.owner, 'Practitioner') === caller.practitioner ||
    caller.profession === 'physician' ||
    orderFamilies[kind].doneBy.includes(caller.profession)
  );
}
/** Among those who may say how far it is: whose act it is. */
function doesIt(caller: PersonCaller, task: Task, kind: OrderKind): boolean {
  const { doneBy } = orderFamilies[kind];
  return (
    idOf(task.owner, 'Practitioner') === caller.practitioner ||
    doneBy.length === 0 ||
    doneBy.includes(caller.profession)
  );
}

/** @param kind what the line asks for; null for whoever does not see the line: then no word of it and nothing to say. */
export function statusOf(
  room: Room,
  caller: PersonCaller,
  stored: Stored<'Task'>,
  kind: OrderKind | null,
  today: string,
  ends: string | null = null,
): OrderStatus {
  const task = stored.resource;
  const way = wayOf(task);
  const of = timesIn(task);
  const progress = stateOf(task, today);
  const due = task.restriction?.period?.end ?? null;
  const until = task.executionPeriod?.end ?? null;
  const events = saidOf(task);
  const last = events.at(-1);
  // One's own word is taken back, or any by whoever prescribed.
  const mine =
    idOf(last?.by, 'Practitioner') === caller.practitioner ||
    idOf(task.requester, 'Practitioner') === caller.practitioner;
  const acts =
    kind && maySay(caller, task, kind)
      ? // What was done all the same, or said by mistake, may be said of a line that another one took the place of.
        nextActs(way, progress.state === 'renewed' ? progressIn(task) : progress).filter(
          (act) => act !== 'back' || (mine && last !== undefined),
        )
      : [];
  const toRenew =
    until !== null &&
    progress.state !== 'cancelled' &&
    !isRenewed(task) &&
    dayOf(until) <= addDays(today, renewDays) &&
    dayOf(until) >= addDays(today, -renewedLate);
  const asked = askedRenewal(task);
  const course =
    kind && way === 'sessions' && of > 1
      ? courseOfSessions({
          days: events.filter(({ act }) => act === 'session').map(({ at }) => dayOf(at)),
          of,
          until: ends,
          today,
          unit: orderFamilies[kind].unit,
          over: !openStatuses.includes(task.status ?? ''),
          seen: asked !== null || isRenewed(task),
        })
      : null;
  const report = reportOf(task);
  const prescriber = idOf(task.requester, 'Practitioner');
  return {
    task: stored.id,
    version: stored.version,
    state: progress.state,
    stateLabel: stateLabel(kind, progress, of),
    count: progress.count,
    of,
    due,
    late: isLate(progress.state, due, until, today),
    until,
    toRenew,
    course,
    // Asked by whoever sees the line, of whoever prescribed it, when it runs out: its days, or its sessions.
    renewal: {
      mayAsk:
        kind !== null &&
        !asked &&
        !isRenewed(task) &&
        prescriber !== undefined &&
        prescriber !== caller.practitioner &&
        progress.state !== 'cancelled' &&
        (toRenew || Boolean(course?.few) || (course !== null && progress.state === 'done')),
      asked: asked && {
        who: room.directory.who(caller, asked.by, asked.at),
        at: asked.at,
        mine: idOf(asked.by, 'Practitioner') === caller.practitioner,
      },
    },
    report: report && { id: report.id, who: room.directory.who(caller, report.by, report.at), at: report.at },
    mayReport:
      kind !== null &&
      way === 'sessions' &&
      report === null &&
      progress.count > 0 &&
      progress.state !== 'cancelled' &&
      maySay(caller, task, kind),
    events: events.map(({ act, at, by }) => ({ act, at, who: room.directory.who(caller, by, at) })),
    acts,
    ofMine: kind !== null && doesIt(caller, task, kind),
  };
}
/** Not begun by its date, or sampled and not answered; what has begun is late when what it covers is over. */
const isLate = (state: OrderState, due: string | null, until: string | null, today: string): boolean =>
  state === 'to-do' || state === 'sampled'
    ? due !== null && dayOf(due) < today
    : (state === 'in-progress' || state === 'partial') && until !== null && dayOf(until) < today;
export const isOpenTask = (task: Task): boolean => openStatuses.includes(task.status ?? '');
/** Of whom it is asked by name; nothing: of the profession. */
export const askedOf = (room: Room, caller: PersonCaller, task: Task | undefined): string =>
  (task?.owner && room.directory.who(caller, task.owner)?.name) || '';
