// https://hl7.org/fhir/R4/careplan.html
import type {
  CarePlan,
  CarePlanActivity,
  Extension,
  Patient,
  PlanDefinition,
  Practitioner,
  Reference,
  Task,
} from '@medplum/fhirtypes';
import {
  appliesTo,
  categorySystem,
  type Course,
  type Laid,
  layOut,
  type PatientData,
  referenceTo,
  refersTo,
  roundKey,
  type Stored,
} from '../../fhir/index.ts';
import { addDays } from '../../platform/index.ts';
import { dayOf, idOf } from '../../record/index.ts';
import type { Addressee } from '../contract/common.ts';
import type { ProtocolModel, ProtocolStep } from '../contract/protocol-model.ts';
import { stateOf } from '../tasks/tasks.rules.ts';
import { ext, extensionOf, planStepSystem, textOf, versionedOf } from './codes.ts';
import { stepsOnly } from './plan-definition.rules.ts';

/**
 * One patient in a protocol. The CarePlan says which version of the PlanDefinition is followed, what was asked (activities with a reference) and what
 * was changed for this patient (activities with a detail); everything else follows from the PlanDefinition.
 */
export interface Followed {
  stored: Stored<'CarePlan'>;
  plan: CarePlan;
  definition: PlanDefinition;
  model: ProtocolModel;
  /** By id of the ServiceRequest that holds the words. */
  asked: ReadonlyMap<string, Asked>;
}
export interface Asked {
  task: Stored<'Task'>;
  request: Stored<'ServiceRequest'> | undefined;
}
export type StepState =
  | 'planned'
  | 'requested'
  | 'accepted'
  | 'in-progress'
  | 'completed'
  | 'rejected'
  | 'cancelled'
  | 'on-hold';
/** One round of one step as it stands for this patient. */
export interface PlanRound {
  key: string;
  id: string;
  round: number;
  /** Null: added for this patient, or no longer in the protocol. */
  step: ProtocolStep | null;
  due: string | null;
  state: StepState;
  asked: Asked | undefined;
  activity: CarePlanActivity | undefined;
  /** What it follows has ended. */
  settled: boolean;
  /** Its condition does not hold, or it follows only from what did not apply. */
  applies: boolean | null;
  leftOut: boolean;
  own: boolean;
}

export const isProtocolPlan = (plan: CarePlan): boolean =>
  plan.category?.some((one) =>
    one.coding?.some((coding) => coding.system === categorySystem && coding.code === 'protocol'),
  ) === true && followsOf(plan) !== undefined;
export const followsOf = (plan: CarePlan) => versionedOf(extensionOf(plan, ext.follows)?.valueReference);
export const startOf = (plan: CarePlan): string => dayOf(plan.period?.start ?? plan.created ?? '2000-01-01');
export const dueOf = (task: Task): string | null =>
  task.restriction?.period?.end ? dayOf(task.restriction.period.end) : null;
export const isOpen = (state: StepState): boolean =>
  ['requested', 'accepted', 'in-progress', 'rejected', 'on-hold'].includes(state);

/** `step#round` of an activity; round 0 stands for every round. */
export function placeOf(activity: CarePlanActivity): { id: string; round: number } | undefined {
  const found = /^(.{1,64})#(\d{1,3})$/.exec(textOf(activity, ext.step) ?? '');
  return found ? { id: found[1]!, round: Number(found[2]) } : undefined;
}
export const isOwn = (activity: CarePlanActivity | undefined): boolean =>
  extensionOf(activity, ext.own)?.valueBoolean === true;
export const requestOf = (activity: CarePlanActivity | undefined): string | undefined =>
  idOf(activity?.reference, 'ServiceRequest');
export const activityOf = (
  id: string,
  round: number,
  own: boolean,
  more: Extension[] = [],
): Pick<CarePlanActivity, 'extension'> => ({
  extension: [
    { url: ext.step, valueString: roundKey(id, round) },
    ...(own ? [{ url: ext.own, valueBoolean: true }] : []),
    ...more,
  ],
});
export const identifierOf = (plan: string, id: string, round: number) => ({
  system: planStepSystem,
  value: `${plan}#${roundKey(id, round)}`,
});

/** Times that do not count; the one that lasts is not among them. */
const pausesOf = (plan: CarePlan): { from: string; until: string }[] =>
  (plan.extension ?? []).flatMap((one) =>
    one.url === ext.pause && one.valuePeriod?.start && one.valuePeriod.end
      ? [{ from: dayOf(one.valuePeriod.start), until: dayOf(one.valuePeriod.end) }]
      : [],
  );

/** Whom a step was given to for this patient; round 0 for every round. */
export function givenTo(plan: CarePlan, id: string, round: number): Addressee | undefined {
  for (const wanted of [round, 0])
    for (const activity of plan.activity ?? []) {
      const place = placeOf(activity);
      if (!activity.detail || place?.id !== id || place.round !== wanted) continue;
      const person = activity.detail.performer?.map((one) => idOf(one, 'Practitioner')).find(Boolean);
      if (person) return { to: 'person', practitioner: person };
      const profession = extensionOf(activity, ext.profession)?.valueCode;
      if (profession) return profession === 'team' ? { to: 'team' } : { to: 'profession', profession };
    }
  return undefined;
}
/** How an activity says whom it is given to. */
export function givenIn(
  addressee: Addressee,
  name?: string,
): { extension: Extension[]; performer?: Reference<Practitioner>[] } {
  if (addressee.to === 'person')
    return { extension: [], performer: [referenceTo('Practitioner', addressee.practitioner, name)] };
  return { extension: [{ url: ext.profession, valueCode: addressee.to === 'team' ? 'team' : addressee.profession }] };
}

/** Whose plan it is. */
export const patientOf = ({ subject }: CarePlan): Reference<Patient> | undefined =>
  refersTo(subject, 'Patient') ? subject : undefined;

/** A year from the start; then always two months ahead. */
const shownUntil = (start: string, today: string): string => [addDays(start, 366), addDays(today, 60)].sort()[1]!;

/** Where the patient stands in the protocol, as `layOut` asks it. */
function courseOf(
  { plan, asked }: Omit<Followed, 'stored'>,
  byKey: ReadonlyMap<string, CarePlanActivity>,
  today: string,
  data: PatientData | null,
  model: ProtocolModel,
): Course {
  const ended = new Map<string, string>();
  const fixed = new Map<string, string>();
  const leftOut = new Set<string>();
  const skipped = new Set<string>();
  const conditional = new Set(model.steps.filter((step) => step.condition).map((step) => step.id));
  for (const [key, activity] of byKey) {
    const { id, round } = placeOf(activity)!;
    const task = asked.get(requestOf(activity) ?? '')?.task;
    if (activity.detail) {
      const due = activity.detail.scheduledPeriod?.end;
      if (due) fixed.set(key, dayOf(due));
      if (activity.detail.status !== 'cancelled') continue;
      if (round === 0) skipped.add(id);
      else if (due) ended.set(key, dayOf(due));
      if (conditional.has(id)) leftOut.add(key);
    } else if (task) {
      const { status, lastModified } = task.resource;
      const due = dueOf(task.resource);
      if (due) fixed.set(key, due);
      const state = stateOf(status);
      if (state === 'completed' || state === 'cancelled') ended.set(key, dayOf(lastModified ?? task.updated));
      if (state === 'cancelled' && conditional.has(id)) leftOut.add(key);
    }
  }
  return {
    start: startOf(plan),
    until: shownUntil(startOf(plan), today),
    ended,
    fixed,
    leftOut,
    skipped,
    pauses: pausesOf(plan),
    today,
    ...(data && { applies: (action: Parameters<typeof appliesTo>[0]) => appliesTo(action, data) }),
  };
}

/**
 * Every round of the plan: what was asked, and what is still to come for a year. In the order of their days.
 * @param data what conditions are asked of; null: nobody can tell
 */
export function roundsOf(followed: Omit<Followed, 'stored'>, today: string, data: PatientData | null): PlanRound[] {
  const { plan, definition, model, asked } = followed;
  const byKey = new Map(
    (plan.activity ?? []).flatMap((activity): [string, CarePlanActivity][] =>
      placeOf(activity) ? [[textOf(activity, ext.step)!, activity]] : [],
    ),
  );
  const course = courseOf(followed, byKey, today, data, model);
  const steps = new Map(model.steps.map((step) => [step.id, step]));
  const order = new Map(model.steps.map((step, at) => [step.id, at]));
  const known = new Set<string>();
  const rounds: PlanRound[] = [];
  const place = (key: string, id: string, round: number, laid: Laid | undefined) => {
    known.add(key);
    const activity = byKey.get(key);
    const request = requestOf(activity);
    const one = request ? asked.get(request) : undefined;
    const step = steps.get(id) ?? null;
    const state: StepState = one
      ? stateOf(one.task.resource.status)
      : activity?.reference
        ? 'requested'
        : activity?.detail?.status === 'cancelled' || course.skipped?.has(id)
          ? 'cancelled'
          : 'planned';
    const passed = !activity && laid !== undefined && hasPassedUnasked(step, laid, today, data);
    rounds.push({
      key,
      id,
      round,
      step,
      due: one ? dueOf(one.task.resource) : (laid?.due ?? null),
      state,
      asked: one,
      activity,
      settled: laid?.settled ?? true,
      applies: passed ? false : (laid?.applies ?? null),
      leftOut: laid?.leftOut ?? false,
      own: isOwn(activity) || isOwn(byKey.get(roundKey(id, 0))),
    });
  };
  for (const laid of layOut(stepsOnly(definition), course)) {
    const key = roundKey(laid.id, laid.round);
    const repeat = steps.get(laid.id)?.repeat;
    const isTold = () => rounds.some((one) => one.id === laid.id && one.state === 'planned');
    if (byKey.has(key) || !goesWithoutSaying(laid, repeat, course, today, isTold))
      place(key, laid.id, laid.round, laid);
  }
  for (const [key, activity] of byKey)
    if (!known.has(key) && activity.reference) place(key, placeOf(activity)!.id, placeOf(activity)!.round, undefined);
  return rounds.sort(
    (a, b) =>
      (a.due ?? '9999').localeCompare(b.due ?? '9999') ||
      (order.get(a.id) ?? 99) - (order.get(b.id) ?? 99) ||
      a.round - b.round,
  );
}
/** The house asks conditions on the record: what has passed without being asked for did not apply, whatever the reader may see. */
const hasPassedUnasked = (step: ProtocolStep | null, laid: Laid, today: string, data: PatientData | null): boolean =>
  step?.condition?.expression != null &&
  data?.complete === false &&
  laid.applies === null &&
  laid.settled &&
  laid.due !== null &&
  laid.due < today;
/** Of a round that nobody has touched: nothing to show of it. */
function goesWithoutSaying(
  laid: Laid,
  repeat: ProtocolStep['repeat'] | undefined,
  course: Course,
  today: string,
  isTold: () => boolean,
): boolean {
  const { due, round } = laid;
  // A round that passed without its condition is told by the next one.
  if (laid.applies === false && due !== null && due < today && repeat) return true;
  // What comes back for ever is shown for three months, what is left out once.
  const isFar = () => repeat?.times === null && isTold() && due !== null && due > addDays(today, 92);
  if (round > 1 && (laid.leftOut || isFar())) return true;
  // Past the horizon only what someone already asked for; a step set aside from the start is told once.
  return (due !== null && due > course.until) || (course.skipped?.has(laid.id) === true && round > 1);
}

/** Counts for the patient at all: what does not apply does not. */
export const counts = (round: PlanRound): boolean =>
  round.state !== 'cancelled' && !(round.state === 'planned' && (round.leftOut || round.applies === false));
export const isLate = (round: PlanRound, today: string): boolean =>
  round.due !== null && round.due < today && ['requested', 'accepted', 'in-progress', 'rejected'].includes(round.state);

/** Kind of a step, also of one that is only this patient's. */
export const kindOf = (round: PlanRound): string | undefined =>
  round.step?.kind ?? extensionOf(round.activity, ext.stepKind)?.valueCode;
export const wordsOf = (round: PlanRound): { title: string; detail: string } => {
  const request = round.asked?.request && round.asked.request.resource;
  const said =
    request?.note
      ?.map((note) => note.text)
      .filter(Boolean)
      .join('\n') ?? '';
  return { title: request?.code?.text ?? round.step?.title ?? 'Étape', detail: round.step?.detail ?? said };
};
