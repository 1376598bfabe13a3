import type { CarePlan, CarePlanActivity, Patient } from '@medplum/fhirtypes';
import type { PersonCaller } from '../../access/index.ts';
import { FhirProblem, type FhirStore, ofType, type PatientData, patientData, type Stored } from '../../fhir/index.ts';
import { addDays, notFound, Problem } from '../../platform/index.ts';
import { idOf, today, withoutEmpty } from '../../record/index.ts';
import type { ProtocolModel, ProtocolStep } from '../contract/protocol-model.ts';
import { assign } from '../tasks/assign.ts';
import { authorOf, type People, peopleAround, readsNoCare, whoIsAsked } from './people.ts';
import {
  patientOf,
  activityOf,
  type Asked,
  type Followed,
  followsOf,
  identifierOf,
  isProtocolPlan,
  type PlanRound,
  requestOf,
  roundsOf,
} from './plan-state.rules.ts';
import { modelOf } from './plan-definition.rules.ts';
import { holdPlan, lookAgain } from './plans.store.ts';

/** What is due within so many days is asked of someone; what hangs on the patient's data, when it is at hand. */
export const horizon = 60;
const atHand = 7;

/** One plan with its protocol, and what was asked for it as the store's caller sees it. @throws 404 for what is no protocol of this patient. */
export async function followedOf(store: FhirStore, patient: string | undefined, id: string): Promise<Followed> {
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) throw notFound('Ce suivi');
  const stored = await store.read('CarePlan', id);
  const plan = stored.resource;
  const subject = idOf(plan.subject, 'Patient');
  if (!isProtocolPlan(plan) || !subject || (patient !== undefined && subject !== patient)) throw notFound('Ce suivi');
  const about = await store.compartment(subject, { types: ['Task', 'ServiceRequest'], each: 1_000 });
  const protocol = await protocolOfPlan(store, plan);
  if (!protocol) throw notFound('Le protocole de ce suivi');
  return { stored, plan, ...protocol, asked: askedIn(plan, about) };
}
/** What was asked for a plan, among what is known of its patient. */
export function askedIn(plan: CarePlan, about: readonly Stored[]): Map<string, Asked> {
  const wanted = new Set((plan.activity ?? []).map(requestOf));
  const requests = new Map(about.filter((one) => one.type === 'ServiceRequest').map((one) => [one.id, one]));
  const asked = new Map<string, Asked>();
  for (const task of ofType(about, 'Task')) {
    const request = idOf(task.resource.focus, 'ServiceRequest');
    if (request && wanted.has(request)) asked.set(request, { task, request: requests.get(request) });
  }
  return asked;
}
/** The protocol in the edition that a plan follows. */
export async function protocolOfPlan(
  store: FhirStore,
  plan: CarePlan,
): Promise<Pick<Followed, 'definition' | 'model'> | null> {
  const follows = followsOf(plan)!;
  try {
    const { resource: definition } = await store.readVersion('PlanDefinition', follows.id, String(follows.version));
    const model = modelOf(definition);
    return model && { definition, model };
  } catch (error) {
    if (error instanceof FhirProblem && error.status < 500) return null;
    throw error;
  }
}

/** Will it be asked for by itself? What someone gave a day for this patient waits for nothing else. */
const comes = (round: PlanRound): boolean =>
  !round.asked &&
  round.state === 'planned' &&
  round.step !== null &&
  round.due !== null &&
  !round.leftOut &&
  (round.settled || round.activity?.detail?.scheduledPeriod !== undefined);
/** Is it time to ask for it? */
function ripe(round: PlanRound, day: string): boolean {
  if (!comes(round) || !round.step || round.due === null || round.applies === false) return false;
  return round.due <= addDays(day, round.step.condition?.expression ? atHand : horizon);
}
/** A first round that was asked for too early: what it follows was taken up again, and nobody has begun it. */
function tooEarly(round: PlanRound): boolean {
  const task = round.asked && round.asked.task.resource;
  return (
    round.step !== null &&
    !round.settled &&
    !round.own &&
    (round.state === 'requested' || (round.state === 'accepted' && task?.lastModified === task?.authoredOn))
  );
}

/** The day on which one must look again; null: nothing will come by itself. */
function nextLook(rounds: readonly PlanRound[], day: string): string | null {
  const days = rounds.filter(comes).map((round) => {
    const near = addDays(round.due!, round.step!.condition?.expression ? -atHand : -horizon);
    return near > day ? near : addDays(day, 1);
  });
  return days.sort()[0] ?? null;
}

/** Everything a step says, for whoever does it. */
export const detailOf = ({ condition, detail, documents }: ProtocolStep): string =>
  [
    condition && `Seulement si : ${condition.words}`,
    detail,
    documents.length > 0 && `Documents : ${documents.map((one) => one.title).join(' ; ')}`,
  ]
    .filter(Boolean)
    .join('\n');

/**
 * Asks for what has come near in an active plan, withdraws what came too early, and notes when to look again. Within the transaction of `store`;
 * repeating it changes nothing.
 * @param data what conditions are asked of
 * @param by who asks
 * @returns the plan as it now stands
 */
export async function askDue(
  store: FhirStore,
  followed: Followed,
  by: PersonCaller,
  now: Date,
  data: PatientData | null,
  people: People,
): Promise<Stored<'CarePlan'>> {
  const { stored, plan, definition } = followed;
  const day = today(now);
  const { tenant } = store.caller;
  const rounds = roundsOf(followed, day, data);
  let activities = plan.activity ?? [];
  const without = (key: string) =>
    activities.filter((one) => one.extension?.every((extension) => extension.valueString !== key) ?? true);
  let changed = false;
  for (const round of rounds.filter(tooEarly)) {
    await withdraw(store, round, now);
    activities = without(round.key);
    changed = true;
  }
  for (const round of rounds.filter((one) => ripe(one, day))) {
    const addressee = whoIsAsked(people, plan, round);
    const late = round.step!.condition?.expression && round.due! < day;
    const { request } = await assign(store, by, now, {
      kind: 'protocol',
      title: round.step!.title,
      ...(readsNoCare(people, addressee) ? { administrative: true } : { detail: detailOf(round.step!) }),
      patient: patientOf(plan),
      addressee,
      due: late ? day : round.due,
      basedOn: { reference: `CarePlan/${stored.id}` },
      instantiates: `${definition.url}|${definition.version ?? ''}`,
      identifier: identifierOf(stored.id, round.id, round.round),
    });
    activities = [
      ...without(round.key),
      {
        ...activityOf(round.id, round.round, round.own),
        reference: { reference: `ServiceRequest/${request.id}` },
      } as CarePlanActivity,
    ];
    changed = true;
  }
  const next = changed
    ? await store.update(withoutEmpty({ ...plan, activity: activities }), { ifMatch: `W/"${stored.version}"` })
    : stored;
  await store.sql((sql) =>
    lookAgain(
      sql,
      tenant,
      stored.id,
      nextLook(
        rounds.filter((one) => !ripe(one, day)),
        day,
      ),
    ),
  );
  return next;
}
async function withdraw(store: FhirStore, { asked }: PlanRound, now: Date): Promise<void> {
  await store.update(
    { ...asked!.task.resource, status: 'cancelled', lastModified: now.toISOString() },
    { ifMatch: `W/"${asked!.task.version}"` },
  );
  if (asked!.request)
    await store.update({ ...asked!.request.resource, status: 'revoked' }, { ifMatch: `W/"${asked!.request.version}"` });
}

/** The patient has died: nothing more is asked. Palliative care goes on with those who stay. */
export function isStopped({ theme }: ProtocolModel, data: PatientData): boolean {
  const patient = data.resources.find(({ resourceType }) => resourceType === 'Patient') as Patient | undefined;
  return theme !== 'palliative' && (patient?.deceasedBoolean === true || patient?.deceasedDateTime !== undefined);
}

/** COO-3: what follows in a plan when time has passed or a step has ended; as the house. Nothing when the plan does not run. */
export async function goOn(house: FhirStore, id: string, now: Date): Promise<void> {
  await house.transaction(async (store) => {
    await store.sql((sql) => holdPlan(sql, store.caller.tenant, id));
    let followed: Followed;
    try {
      followed = await followedOf(store, undefined, id);
    } catch (error) {
      if (!(error instanceof FhirProblem || error instanceof Problem) || error.status >= 500) throw error;
      // Deleted meanwhile, or its protocol cannot be read: nobody looks again until it is written anew.
      await store.sql((sql) => lookAgain(sql, store.caller.tenant, id, null));
      return;
    }
    if (followed.plan.status !== 'active') return;
    const patient = idOf(followed.plan.subject, 'Patient')!;
    const data = await patientData(store, patient);
    // A death that was noted by mistake is seen the next day.
    if (isStopped(followed.model, data)) {
      await store.sql((sql) => lookAgain(sql, store.caller.tenant, id, addDays(today(now), 1)));
      return;
    }
    await askDue(
      store,
      followed,
      authorOf(store.caller.tenant, followed.plan.author),
      now,
      data,
      await peopleAround(store, patient),
    );
  });
}
