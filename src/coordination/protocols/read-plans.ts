import type { Annotation, CarePlan, Reference } from '@medplum/fhirtypes';
import type { FhirStore, PatientData, Stored } from '../../fhir/index.ts';
import { ifThere, patientData } from '../../fhir/index.ts';
import { briefsOf, dayOf, type Entered, enter, idOf, today } from '../../record/index.ts';
import { stepKinds } from '../contract/protocol-model.ts';
import { type PlanStep, planStates, type RunningPlanDetail } from '../contract/running-plans.ts';
import { taskStates, type Trouble, troubles } from '../contract/tasks.ts';
import { changedByUrl } from '../tasks/change-task.ts';
import { factsOf, standingOf } from '../tasks/task-lines.ts';
import { mayOn, type Standing } from '../tasks/tasks.rules.ts';
import { notesOf, type TaskNotes } from '../tasks/tasks.store.ts';
import type { PersonCaller, Room } from '../room.ts';
import { ext, extensionOf, textOf } from './codes.ts';
import { difference } from './editions.rules.ts';
import { askedIn, followedOf, isStopped, protocolOfPlan } from './go-on.ts';
import { editionOf, heldOf } from './library.ts';
import { addresseeLabel, type People, peopleAround, whoIsAsked } from './people.ts';
import {
  counts,
  type Followed,
  followsOf,
  isLate,
  isProtocolPlan,
  kindOf,
  type PlanRound,
  roundsOf,
  startOf,
  wordsOf,
} from './plan-state.rules.ts';

/** One person at the plans of one patient. */
export interface AtPlans {
  room: Room;
  caller: PersonCaller;
  store: FhirStore;
  entered: Entered;
  patient: string;
  people: People;
  standing: Omit<Standing, 'reads'>;
  /** As this person sees them. */
  data: PatientData;
  day: string;
}
/** @throws 403, 404 as at the door of the record. */
export async function atPlans(room: Room, caller: PersonCaller, patient: string): Promise<AtPlans> {
  const entered = await enter(room, caller, patient);
  const { store } = entered;
  const people = await peopleAround(store, patient);
  return {
    room,
    caller,
    store,
    entered,
    patient,
    people,
    standing: {
      ...(await standingOf(room, caller)),
      inTeam: people.team.some((one) => one.practitioner === caller.practitioner),
    },
    data: await patientData(store, patient),
    day: today(room.now()),
  };
}

/** What a date or a state does not show. */
const cannotDoIt: ReadonlySet<Trouble> = new Set(['gone', 'outside', 'absent', 'barred']);
const plannedLabels = { planned: 'À venir', cancelled: 'Sans objet' } as const;
/** A round as the screens show it. */
export function stepOf(
  at: AtPlans,
  plan: CarePlan,
  round: PlanRound,
  notes: ReadonlyMap<string, Pick<TaskNotes, 'trouble'>> = new Map(),
): PlanStep {
  const { room, caller } = at;
  const task = round.asked && round.asked.task.resource;
  const kind = kindOf(round);
  const ended = round.state === 'completed';
  const state = round.state === 'planned' && round.leftOut ? 'cancelled' : round.state;
  const addressee = round.step && !task ? whoIsAsked(at.people, plan, round) : undefined;
  const owner: Reference | undefined = task?.owner?.reference?.startsWith('Practitioner/')
    ? task.owner
    : addressee?.to === 'person'
      ? { reference: `Practitioner/${addressee.practitioner}`, display: addresseeLabel(at.people, addressee) }
      : undefined;
  const who = owner ? room.directory.who(caller, owner, task?.lastModified) : null;
  const by = ended
    ? ((task?.extension?.find((one) => one.url === changedByUrl)?.valueReference ?? task?.owner) as
        | Reference
        | undefined)
    : undefined;
  const profession = task?.performerType?.flatMap((one) => one.coding ?? []).find((coding) => coding.code)?.code;
  const { title, detail } = wordsOf(round);
  const trouble = notes.get(round.asked?.task.id ?? '')?.trouble;
  return {
    task: round.asked?.task.id ?? null,
    version: round.asked?.task.version ?? null,
    step: round.id,
    round: round.round,
    title,
    detail,
    kind: kind && Object.hasOwn(stepKinds, kind) ? (kind as PlanStep['kind']) : 'act',
    due: round.due,
    late: isLate(round, at.day),
    state,
    stateLabel:
      state === 'planned' ? plannedLabels.planned : state === 'cancelled' ? plannedLabels.cancelled : taskStates[state],
    owner: who,
    ownerLabel:
      who?.name ??
      addresseeLabel(at.people, addressee ?? (profession ? { to: 'profession', profession } : { to: 'team' })),
    mine: task?.owner?.reference === `Practitioner/${caller.practitioner}`,
    mayFinish:
      task !== undefined && mayOn(factsOf(task), { ...at.standing, reads: round.asked!.request !== undefined }).done,
    trouble: trouble && cannotDoIt.has(trouble) ? troubles[trouble] : null,
    condition: round.step?.condition?.words ?? null,
    conditionMet: round.step?.condition && round.state === 'planned' ? round.applies : null,
    doneAt: ended ? (task?.lastModified ?? round.asked!.task.updated) : null,
    doneBy: by ? room.directory.who(caller, by, task?.lastModified) : null,
    own: round.own,
  };
}

const noteOf = (at: AtPlans) => (note: Annotation) => ({
  who: at.room.directory.who(at.caller, note.authorReference, note.time),
  at: note.time ?? '',
  text: note.text ?? '',
});
/** What was decided about the plan, and who did each step: oldest first. */
function storyOf(at: AtPlans, plan: CarePlan, steps: readonly PlanStep[]) {
  const done = steps.flatMap((step) =>
    step.doneAt ? [{ who: step.doneBy, at: step.doneAt, text: `Étape faite : ${step.title}` }] : [],
  );
  return [...(plan.note ?? []).map(noteOf(at)), ...done].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** The edition in force when it is not the one that is followed, and was not declined. */
async function newerOf(
  at: AtPlans,
  { plan, definition, model }: Followed,
  current: Map<string, Promise<Stored<'PlanDefinition'> | null>>,
) {
  const follows = followsOf(plan)!;
  let known = current.get(follows.id);
  if (!known) {
    known = ifThere(at.store.read('PlanDefinition', follows.id));
    current.set(follows.id, known);
  }
  const held = await known.then((stored) => stored && heldOf(stored));
  if (
    held?.definition.status !== 'active' ||
    held.stored.version <= follows.version ||
    editionOf(held.definition) === editionOf(definition) ||
    extensionOf(plan, ext.declined)?.valueInteger === held.stored.version
  )
    return null;
  return {
    edition: editionOf(held.definition),
    note: textOf(held.definition, ext.note) ?? '',
    ...difference(model, held.model),
  };
}

async function detailOf(
  at: AtPlans,
  followed: Followed,
  current: Map<string, Promise<Stored<'PlanDefinition'> | null>>,
): Promise<RunningPlanDetail> {
  const { plan, stored, definition, model } = followed;
  const { room, caller, store } = at;
  await room.directory.learn(store, [stored, ...[...followed.asked.values()].map((one) => one.task)]);
  await room.directory.learnPeople(
    store,
    at.people.team.map((one) => one.practitioner),
  );
  const rounds = roundsOf(followed, at.day, at.data);
  const running = plan.status === 'active' || plan.status === 'on-hold';
  const stopped = isStopped(model, at.data);
  // What was still to come when a plan ended, or the patient died, will not come.
  const shown = running && !stopped ? rounds : rounds.filter((round) => round.asked || round.state === 'cancelled');
  const notes = await store.sql((sql) =>
    notesOf(
      sql,
      caller.tenant,
      shown.flatMap((round) => round.asked?.task.id ?? []),
    ),
  );
  const steps = shown.map((round) => {
    const step = stepOf(at, plan, round, notes);
    return stopped ? { ...step, late: false } : step;
  });
  const real = shown.filter(counts);
  const brief = (await briefsOf(store, [at.patient], room.now())).get(at.patient)!;
  const state = plan.status as RunningPlanDetail['state'];
  const next = running ? steps.findIndex((_, i) => counts(shown[i]!) && shown[i]!.state !== 'completed') : -1;
  return {
    id: stored.id,
    version: stored.version,
    protocol: {
      id: followsOf(plan)!.id,
      title: plan.title ?? model.title,
      theme: model.theme,
      edition: editionOf(definition),
    },
    patient: brief,
    state,
    stateLabel: planStates[state],
    since: startOf(plan),
    by: room.directory.who(caller, plan.author, plan.created),
    reason: textOf(plan, ext.reason) ?? null,
    until: plan.period?.end ?? null,
    done: real.filter((one) => one.state === 'completed').length,
    due: real.filter((one) => one.state === 'completed' || (one.due !== null && one.due <= at.day)).length,
    late: state === 'active' && !stopped ? shown.filter((one) => isLate(one, at.day)).length : 0,
    total: real.length,
    next: stopped ? null : (steps[next] ?? null),
    stopped: running && stopped,
    newer: running && !stopped ? await newerOf(at, followed, current) : null,
    mayChange: at.entered.rights.add.has('coordination'),
    steps,
    alerts: model.alerts,
    goals: model.goals,
    story: storyOf(at, plan, steps),
  };
}

/** One plan as it now stands. */
export const planDetail = async (at: AtPlans, id: string): Promise<RunningPlanDetail> =>
  detailOf(at, await followedOf(at.store, at.patient, id), new Map());

/** All plans of the patient in a protocol: running ones first, then the newest. */
export async function plansOf(at: AtPlans): Promise<RunningPlanDetail[]> {
  const about = await at.store.compartment(at.patient, {
    types: ['CarePlan', 'Task', 'ServiceRequest'],
    each: [100, 1_000, 1_000],
  });
  const current = new Map<string, Promise<Stored<'PlanDefinition'> | null>>();
  const plans: RunningPlanDetail[] = [];
  for (const stored of about) {
    if (stored.type !== 'CarePlan') continue;
    const plan = stored.resource;
    if (
      !isProtocolPlan(plan) ||
      !Object.hasOwn(planStates, plan.status) ||
      idOf(plan.subject, 'Patient') !== at.patient
    )
      continue;
    const protocol = await protocolOfPlan(at.store, plan);
    if (protocol) plans.push(await detailOf(at, { stored, plan, ...protocol, asked: askedIn(plan, about) }, current));
  }
  const rank = { active: 0, 'on-hold': 1, completed: 2, revoked: 3 };
  return plans.sort(
    (a, b) =>
      Math.min(rank[a.state], 2) - Math.min(rank[b.state], 2) ||
      dayOf(b.since).localeCompare(dayOf(a.since)) ||
      a.protocol.title.localeCompare(b.protocol.title, 'fr'),
  );
}
