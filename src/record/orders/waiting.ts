import { type Profession, professionSystem, rightsOf } from '../../access/index.ts';
import { type FhirStore, type Stored, taskKindSystem } from '../../fhir/index.ts';
import type { OrdersWaiting, OrderWaiting } from '../contract/wire-orders.ts';
import { orderViews } from '../contract/wire-orders.ts';
import { prescribedBy } from '../data/orders/prescribers.ts';
import { orderKinds, orderFamilies } from '../data/orders/families.ts';
import { addDays, today } from '../dates.rules.ts';
import { idOf } from '../fhir-words.ts';
import { briefsOf } from '../identity/search-patients.ts';
import type { PersonCaller, Room } from '../room.ts';
import { askedOfMe } from './renewal-tasks.ts';
import { groupOf, isCancelled } from './line.rules.ts';
import { renewDays, renewedLate, statusOf } from './status.ts';
import { openStatuses, orderTaskCode, prescriptionsOnly } from './task.rules.ts';
import { lineView, readLines } from './view.ts';

type View = OrdersWaiting['view'];
const labels: Record<View, string> = {
  asked: 'Prescrit à ma profession',
  mine: 'Mes prescriptions en attente',
  renew: 'À renouveler',
  practice: 'En attente dans la structure',
};
const most = 200;
const does = (profession: Profession): boolean =>
  orderKinds.some((kind) => orderFamilies[kind].doneBy.includes(profession));

/** Which lists a person has: what is asked of their profession, what they asked; the secretariat sees that things wait. */
async function viewsOf(room: Room, caller: PersonCaller): Promise<View[]> {
  const { tasks, exchanges } = await rightsOf(room.db, caller.tenant, caller.profession);
  if (tasks.reach === 'none') return [];
  const found: View[] = [];
  if (does(caller.profession)) found.push('asked');
  if (prescribedBy(caller.profession).length > 0) found.push('mine', 'renew');
  if (tasks.reach === 'practice' && exchanges.reach === 'none') found.push('practice');
  return found;
}
const search = async (store: FhirStore, query: [string, string][]): Promise<Stored<'Task'>[]> =>
  (
    await store.search('Task', [
      ['code', `${taskKindSystem}|${orderTaskCode}`],
      // Nothing is waited for, nor renewed, of who has died; the record still says how far it was.
      ['patient.deceased', 'false'],
      ...query,
      ['_sort', 'authored-on'],
      ['_count', String(most)],
    ])
  ).resources;
const open: [string, string] = ['status', openStatuses.join(',')];
/** Rights are the store's: a care profession gets those of its own patients. */
async function tasksFor(store: FhirStore, caller: PersonCaller, view: View, day: string): Promise<Stored<'Task'>[]> {
  const me = `Practitioner/${caller.practitioner}`;
  switch (view) {
    case 'asked': {
      const [named, offered] = await Promise.all([
        search(store, [['owner', me], open]),
        search(store, [['performer', `${professionSystem}|${caller.profession}`], open]),
      ]);
      return [...named, ...offered];
    }
    case 'mine':
      return search(store, [['requester', me], open]);
    case 'renew':
      return [
        ...(await askedOfMe(store, caller.practitioner)),
        ...(await search(store, [
          ['requester', me],
          ['period', `ge${addDays(day, -renewedLate)}`],
          ['period', `eb${addDays(day, renewDays + 1)}`],
        ])),
      ];
    case 'practice':
      return search(store, [open]);
  }
}

/** Lines that wait, across patients (DOS-14). */
export async function waitingOrders(
  room: Room,
  caller: PersonCaller,
  wanted: View | undefined,
): Promise<OrdersWaiting> {
  const views = await viewsOf(room, caller);
  const view = wanted && views.includes(wanted) ? wanted : (views[0] ?? orderViews[0]);
  const store = room.fhirFor(caller);
  const now = room.now();
  const day = today(now);
  const found = new Map<View, Stored<'Task'>[]>();
  for (const one of views) found.set(one, prescriptionsOnly(await tasksFor(store, caller, one, day)));
  const shown = found.get(view) ?? [];
  const [lines, briefs] = await Promise.all([
    readLines(
      store,
      shown.map((one) => one.resource.focus?.reference ?? ''),
    ),
    briefsOf(store, [...new Set(shown.flatMap((one) => idOf(one.resource.for, 'Patient') ?? []))], now),
  ]);
  await room.directory.learn(store, [...shown, ...lines.values()]);
  const kept = (one: Stored<'Task'>, at: View): boolean => {
    const status = statusOf(room, caller, one, null, day);
    return at === 'renew'
      ? status.toRenew || status.renewal.asked !== null
      : !['expired', 'renewed', 'cancelled', 'done', 'result'].includes(status.state) ||
          (status.state === 'done' && one.resource.status !== 'completed');
  };
  const waiting = shown
    .filter((one) => kept(one, view))
    .flatMap((one): OrderWaiting[] => {
      const task = one.resource;
      const patient = briefs.get(idOf(task.for, 'Patient') ?? '');
      const stored = lines.get(task.focus?.reference ?? '');
      if (!patient || (stored && isCancelled(stored.resource))) return [];
      const line = stored ? lineView({ room, caller, reading: { today: day } }, stored, one) : null;
      return [
        {
          line,
          status: line?.status ?? statusOf(room, caller, one, null, day),
          patient,
          who: room.directory.who(caller, task.requester, task.authoredOn),
          at: task.authoredOn ?? one.updated,
          prescription: stored ? (groupOf(stored.resource) ?? null) : null,
        },
      ];
    });
  const sorted = waiting.sort(
    (a, b) =>
      Number(b.status.late) - Number(a.status.late) ||
      (view === 'renew'
        ? (a.status.until ?? '').localeCompare(b.status.until ?? '')
        : (a.status.due ?? '9999').localeCompare(b.status.due ?? '9999')),
  );
  return {
    views: views.map((one) => ({
      view: one,
      label: labels[one],
      count: one === view ? sorted.length : (found.get(one) ?? []).filter((each) => kept(each, one)).length,
    })),
    view,
    lines: sorted,
    more: shown.length >= most,
  };
}
