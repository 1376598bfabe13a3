import type {
  Annotation,
  CarePlan,
  CarePlanActivity,
  Communication,
  Practitioner,
  Reference,
  ServiceRequest,
  Task,
} from '@medplum/fhirtypes';
import type { z } from 'zod';
import {
  categorySystem,
  FhirProblem,
  type FhirStore,
  newId,
  patientData,
  refersTo,
  type Stored,
} from '../../fhir/index.ts';
import { addDays, daysBetween, invalid, Problem } from '../../platform/index.ts';
import { authorReference, today, withoutEmpty } from '../../record/index.ts';
import type { protocolEntries } from '../contract/protocols.ts';
import type { RunningPlanDetail } from '../contract/running-plans.ts';
import type { PersonCaller, Room } from '../room.ts';
import { ownerOf } from '../tasks/assign.ts';
import { actSystem, changedByUrl } from '../tasks/change-task.ts';
import { ext, withExtensions } from './codes.ts';
import { askDue, followedOf } from './go-on.ts';
import { type People, peopleAround } from './people.ts';
import { dueOf, type Followed, isOpen, type PlanRound, roundsOf } from './plan-state.rules.ts';
import { holdPlan } from './plans.store.ts';
import { type AtPlans, atPlans, planDetail } from './read-plans.ts';

/** A plan held for one change, in its transaction. */
export interface Changing {
  tx: FhirStore;
  followed: Followed;
  plan: CarePlan;
  rounds: PlanRound[];
  patient: string;
  people: People;
  caller: PersonCaller;
  by: Reference<Practitioner>;
  now: Date;
  /** Today. */
  day: string;
}
/** What a change leaves behind: the plan to be written, and whether what has come near must be asked for. */
interface Left {
  plan: CarePlan;
  goOn?: boolean;
}

const editedMeanwhile = ({ room, caller }: AtPlans, plan: CarePlan, stored: Stored<'CarePlan'>): Problem => {
  const note = plan.note?.at(-1);
  const who = room.directory.who(caller, note?.authorReference, stored.updated);
  return new Problem(
    409,
    'Modifié entre-temps',
    'Ce suivi a changé depuis que vous l’avez ouvert : une étape est venue, ou quelqu’un l’a modifié. Rien n’a été enregistré ; voyez où il en est, puis recommencez.',
    {
      extra: { code: 'edited-meanwhile', current: { version: stored.version, recorded: stored.updated, who } },
    },
  );
};

/**
 * Changes a plan in the transaction of `tx`, and asks for what has come near by it.
 * @param faster made when the plan is not at the version seen
 */
export async function changeHeld(
  tx: FhirStore,
  patient: string,
  id: string,
  caller: PersonCaller,
  now: Date,
  change: (changing: Changing) => Promise<Left>,
  seen?: { version: number; faster(plan: CarePlan, stored: Stored<'CarePlan'>): Error },
): Promise<void> {
  await tx.sql((sql) => holdPlan(sql, caller.tenant, id));
  const followed = await followedOf(tx, patient, id);
  const { plan, stored } = followed;
  if (seen && stored.version !== seen.version) throw seen.faster(plan, stored);
  const data = await patientData(tx.asHouse('protocole : conditions des étapes'), patient);
  const people = await peopleAround(tx, patient);
  const day = today(now);
  const left = await change({
    tx,
    followed,
    plan,
    rounds: roundsOf(followed, day, data),
    patient,
    people,
    caller,
    by: authorReference(caller),
    now,
    day,
  });
  await tx.update(withoutEmpty(left.plan), { ifMatch: `W/"${stored.version}"` });
  // What was written to tasks is read again: their days have moved.
  if (left.goOn) await askDue(tx, await followedOf(tx, patient, id), caller, now, data, people);
}
/** The same for a person at the screen, over the version seen. */
export async function changeIn(
  room: Room,
  caller: PersonCaller,
  patient: string,
  id: string,
  seen: number,
  change: (changing: Changing) => Promise<Left>,
): Promise<RunningPlanDetail> {
  const at = await atPlans(room, caller, patient);
  const faster = (plan: CarePlan, stored: Stored<'CarePlan'>) => editedMeanwhile(at, plan, stored);
  try {
    await at.store.transaction((tx) =>
      changeHeld(tx, patient, id, caller, room.now(), change, { version: seen, faster }),
    );
  } catch (error) {
    if (error instanceof FhirProblem && error.status === 412) {
      const stored = await at.store.read('CarePlan', id);
      throw faster(stored.resource, stored);
    }
    throw error;
  }
  return planDetail(at, id);
}

export const noted = ({ plan, by, now }: Changing, text: string): Annotation[] => [
  ...(plan.note ?? []),
  { authorReference: by, time: now.toISOString(), text },
];

/** A new version of what was asked for a round, the words and the task together. */
export async function setAsked(
  { tx, now, by }: Changing,
  { asked }: PlanRound,
  task: Partial<Task>,
  request: Partial<ServiceRequest> = {},
): Promise<void> {
  if (!asked) return;
  const old = asked.task.resource;
  const extension = withExtensions(old.extension, [changedByUrl], [{ url: changedByUrl, valueReference: by }]);
  await tx.update(withoutEmpty({ ...old, ...task, extension, lastModified: now.toISOString() }), {
    ifMatch: `W/"${asked.task.version}"`,
  });
  if (asked.request && Object.keys(request).length > 0)
    await tx.update(withoutEmpty({ ...asked.request.resource, ...request }), {
      ifMatch: `W/"${asked.request.version}"`,
    });
}
/** Why, under the rights of the words of the task. */
export async function sayWhy(
  { tx, now, by }: Changing,
  { asked }: PlanRound,
  act: 'cancelled' | 'changed',
  text: string,
): Promise<void> {
  if (!asked || !text) return;
  const task = asked.task.resource;
  const communication: Communication = {
    resourceType: 'Communication',
    id: newId(),
    status: 'completed',
    category: [{ coding: [{ system: categorySystem, code: 'protocol' }] }],
    topic: { coding: [{ system: actSystem, code: act }] },
    ...(refersTo(task.for, 'Patient') && { subject: task.for }),
    about: [{ reference: `Task/${asked.task.id}` }],
    ...(asked.request && { basedOn: [{ reference: `ServiceRequest/${asked.request.id}` }] }),
    sender: by,
    sent: now.toISOString(),
    payload: [{ contentString: text }],
  };
  await tx.create(communication);
}
export const withDue = (task: Task, due: string): Partial<Task> => ({
  restriction: { ...task.restriction, period: { ...task.restriction?.period, end: due } },
});

const wrongState = (words: string): Problem =>
  new Problem(409, 'Impossible dans cet état', `${words} Rien n’a été modifié.`, { extra: { code: 'wrong-state' } });
export const mustRun = (plan: CarePlan): void => {
  if (plan.status !== 'active' && plan.status !== 'on-hold')
    throw wrongState('Ce suivi est terminé : le patient peut entrer de nouveau dans le protocole.');
};

async function pause(changing: Changing, reason: string): Promise<Left> {
  const { tx, plan, rounds, day, patient } = changing;
  if (plan.status !== 'active') throw wrongState('Seul un suivi en cours se met en pause.');
  // What someone refused does not come back to them: the team has it when the plan goes on.
  const team = {
    owner: undefined,
    performerType: undefined,
    ...(await ownerOf(tx, { to: 'team' }, patient, 'coordination')),
  };
  for (const round of rounds.filter((one) => one.asked && isOpen(one.state) && one.state !== 'on-hold'))
    await setAsked(
      changing,
      round,
      { status: 'on-hold', ...(round.state === 'rejected' && team) },
      { status: 'on-hold' },
    );
  const extension = withExtensions(
    plan.extension,
    [ext.reason],
    [{ url: ext.pause, valuePeriod: { start: day } }, ...(reason ? [{ url: ext.reason, valueString: reason }] : [])],
  );
  return {
    plan: {
      ...plan,
      status: 'on-hold',
      extension,
      note: noted(changing, `Mis en pause${reason ? ` : ${reason}` : '.'}`),
    },
  };
}
async function resume(changing: Changing): Promise<Left> {
  const { plan, rounds, day } = changing;
  if (plan.status !== 'on-hold') throw wrongState('Seul un suivi en pause reprend.');
  const open = plan.extension?.find((one) => one.url === ext.pause && !one.valuePeriod?.end);
  const days = open ? Math.max(0, daysBetween(open.valuePeriod!.start!.slice(0, 10), day)) : 0;
  for (const round of rounds.filter((one) => one.state === 'on-hold')) {
    const task = round.asked!.task.resource;
    const due = dueOf(task);
    const moved = due && addDays(due, days);
    await setAsked(
      changing,
      round,
      { status: 'requested', ...(moved && withDue(task, moved)) },
      { status: 'active', ...(moved && { occurrenceDateTime: moved }) },
    );
  }
  // What was moved for this patient, and not yet asked, waits as long.
  const activity = plan.activity?.map((one): CarePlanActivity => {
    const end = one.detail && one.detail.status !== 'cancelled' ? one.detail.scheduledPeriod?.end : undefined;
    return end
      ? { ...one, detail: { ...one.detail!, scheduledPeriod: { end: addDays(end.slice(0, 10), days) } } }
      : one;
  });
  const extension = withExtensions(plan.extension, [ext.reason], []).map((one) =>
    one === open ? { ...one, valuePeriod: { ...one.valuePeriod, end: day } } : one,
  );
  return {
    plan: {
      ...plan,
      status: 'active',
      extension,
      ...(activity && { activity }),
      note: noted(
        changing,
        `Repris après ${days} jour${days > 1 ? 's' : ''} de pause ; les dates sont reportées d’autant.`,
      ),
    },
    goOn: true,
  };
}
async function end(changing: Changing, status: 'revoked' | 'completed', reason: string): Promise<Left> {
  const { plan, rounds, day } = changing;
  mustRun(plan);
  if (status === 'revoked' && !reason)
    throw invalid('Dites pourquoi le patient quitte le protocole. Rien n’a été modifié.', {
      reason: 'Un motif est attendu.',
    });
  const why = reason || 'Protocole terminé.';
  for (const round of rounds.filter((one) => one.asked && isOpen(one.state))) {
    await setAsked(changing, round, { status: 'cancelled' }, { status: 'revoked' });
    await sayWhy(changing, round, 'cancelled', why);
  }
  const extension = withExtensions(
    plan.extension,
    [ext.reason],
    reason ? [{ url: ext.reason, valueString: reason }] : [],
  );
  const start = plan.period?.start ?? day;
  return {
    plan: {
      ...plan,
      status,
      extension,
      period: { ...plan.period, end: [start, day].sort()[1]! },
      note: noted(
        changing,
        status === 'completed' ? `Protocole terminé${reason ? ` : ${reason}` : '.'}` : `Sorti du protocole : ${reason}`,
      ),
    },
  };
}

/** What each act makes of a plan. */
export function actOnPlan(
  changing: Changing,
  act: 'pause' | 'resume' | 'leave' | 'complete',
  reason: string,
): Promise<Left> {
  switch (act) {
    case 'pause':
      return pause(changing, reason);
    case 'resume':
      return resume(changing);
    default:
      return end(changing, act === 'leave' ? 'revoked' : 'completed', reason);
  }
}
/** COO-3: pause, go on, leave with the reason, or end. */
export const changePlan = (
  room: Room,
  caller: PersonCaller,
  patient: string,
  id: string,
  body: z.infer<typeof protocolEntries.changePlan.body>,
): Promise<RunningPlanDetail> =>
  changeIn(room, caller, patient, id, body.version, (changing) =>
    actOnPlan(changing, body.act, body.reason?.trim() ?? ''),
  );
