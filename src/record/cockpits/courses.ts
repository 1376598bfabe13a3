import type { Profession } from '../../access/index.ts';
import { type Found, ofType, type Stored, type Wanted } from '../../fhir/index.ts';
import { type OrderKind, orderFamilies, orderKinds } from '../data/orders/families.ts';
import { labelOf } from '../fhir-words.ts';
import { endsOf, isCancelled, kindOfOrder } from '../orders/line.rules.ts';
import { type Course, courseOfSessions } from '../orders/sessions.rules.ts';
import {
  askedRenewal,
  isOrderTask,
  isRenewed,
  openStatuses,
  saidOf,
  stateOf,
  timesIn,
  wayOf,
} from '../orders/task.rules.ts';
import { dayOf } from '../dates.rules.ts';

/** Care in sessions that this profession does, as it is prescribed. */
const kindsOf = (profession: Profession): OrderKind[] =>
  orderKinds.filter(
    (kind) => orderFamilies[kind].way === 'sessions' && orderFamilies[kind].doneBy.includes(profession),
  );
/** What must be read of each patient to say how far their courses are; nothing for a profession that does none. */
export const coursesWanted = (me: string, profession: Profession): Wanted[] => {
  const kinds = kindsOf(profession);
  return kinds.length === 0
    ? []
    : [
        {
          name: 'courses',
          type: 'Task',
          each: 12,
          any: [
            ['performer', profession],
            ['owner', me],
          ],
        },
        { name: 'asked', type: 'ServiceRequest', each: 12, any: kinds.map((kind) => ['category', kind] as const) },
      ];
};

export interface OpenCourse extends Course {
  task: string;
  label: string;
  /** YYYY-MM-DD of the last session. */
  last: string | null;
}
/** Courses that are open, begun ones first; only those whose words the reader sees, and not those asked of someone else by name. */
export function openCourses(
  found: readonly Pick<Found, 'wanted' | 'stored'>[],
  me: string,
  profession: Profession,
  today: string,
): OpenCourse[] {
  const kinds = new Set<string | undefined>(kindsOf(profession));
  const of = (name: string) => found.filter(({ wanted }) => wanted === name).map(({ stored }) => stored);
  const asked = new Map<string | undefined, Stored<'ServiceRequest'>>(
    ofType(of('asked'), 'ServiceRequest').map((one) => [`ServiceRequest/${one.id}`, one]),
  );
  return ofType(of('courses'), 'Task')
    .flatMap((stored): OpenCourse[] => {
      const task = stored.resource;
      const line = asked.get(task.focus?.reference);
      const request = line && line.resource;
      const kind = request && kindOfOrder(request);
      const of = timesIn(task);
      if (
        !request ||
        !kind ||
        !kinds.has(kind) ||
        isCancelled(request) ||
        !isOrderTask(task) ||
        wayOf(task) !== 'sessions' ||
        of < 2 ||
        !openStatuses.includes(task.status ?? '') ||
        stateOf(task, today).state === 'renewed' ||
        (task.owner?.reference && task.owner.reference !== me)
      )
        return [];
      const days = saidOf(task)
        .filter(({ act }) => act === 'session')
        .map(({ at }) => dayOf(at));
      return [
        {
          ...courseOfSessions({
            days,
            of,
            until: endsOf(request),
            today,
            unit: orderFamilies[kind].unit,
            seen: askedRenewal(task) !== null || isRenewed(task),
          }),
          task: stored.id,
          label: labelOf(request.code),
          last: days.toSorted().at(-1) ?? null,
        },
      ];
    })
    .sort((a, b) => Number(b.done > 0) - Number(a.done > 0) || (b.last ?? '').localeCompare(a.last ?? ''));
}
