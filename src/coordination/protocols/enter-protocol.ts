import type { CarePlan, CarePlanActivity, CareTeam, Patient, Reference } from '@medplum/fhirtypes';
import {
  categorySystem,
  type FhirStore,
  newId,
  type PatientData,
  patientData,
  referenceTo,
  type Stored,
} from '../../fhir/index.ts';
import { invalid, Problem } from '../../platform/index.ts';
import { addDays, authorReference, dateLabel, displayName, parseDate } from '../../record/index.ts';
import type { Addressee } from '../contract/common.ts';
import type { ProtocolLine } from '../contract/protocol-lines.ts';
import type { PlanStep, RunningPlanDetail } from '../contract/running-plans.ts';
import type { PersonCaller, Room } from '../room.ts';
import { ownerOf } from '../tasks/assign.ts';
import { ext } from './codes.ts';
import { askDue } from './go-on.ts';
import { around, editionOf, type Held, lineOf, protocolOf, shelfOf } from './library.ts';
import { addresseeLabel, bookable, type People, professionLabel, readsNoCare, resolve } from './people.ts';
import { activityOf, counts, followsOf, givenIn, isProtocolPlan, roundsOf } from './plan-state.rules.ts';
import { holdPlan } from './plans.store.ts';
import { atPlans, planDetail, stepOf } from './read-plans.ts';

export interface Entering {
  held: Held;
  patient: Reference<Patient>;
  careTeam?: Reference<CareTeam> | undefined;
  /** ISO day. */
  start: string;
  without?: readonly string[] | undefined;
  instead?: Readonly<Record<string, Addressee>> | undefined;
}
/** The CarePlan of a patient who enters a protocol, before anything is asked of anyone. */
export function planOf(
  { held, patient, careTeam, start, without = [], instead = {} }: Entering,
  by: PersonCaller,
  now: Date,
  people: People,
): CarePlan {
  const { definition, stored, model } = held;
  const known = new Set(model.steps.map((step) => step.id));
  const changed = new Set([...without, ...Object.keys(instead)].filter((id) => known.has(id)));
  const activity = [...changed].map((id): CarePlanActivity => {
    const addressee = instead[id];
    const given: ReturnType<typeof givenIn> = addressee
      ? givenIn(addressee, addresseeLabel(people, addressee))
      : { extension: [] };
    return {
      ...activityOf(id, 0, true, given.extension),
      detail: {
        status: without.includes(id) ? 'cancelled' : 'not-started',
        code: { text: model.steps.find((step) => step.id === id)!.title },
        ...(given.performer && { performer: given.performer }),
      },
    };
  });
  const author = authorReference(by);
  return {
    resourceType: 'CarePlan',
    id: newId(),
    status: 'active',
    intent: 'plan',
    category: [{ coding: [{ system: categorySystem, code: 'protocol' }] }],
    title: model.title,
    extension: [
      { url: ext.follows, valueReference: { reference: `PlanDefinition/${stored.id}/_history/${stored.version}` } },
    ],
    instantiatesCanonical: [`${definition.url}|${editionOf(definition)}`],
    subject: patient,
    period: { start },
    created: now.toISOString(),
    author,
    ...(careTeam && { careTeam: [careTeam] }),
    ...(activity.length > 0 && { activity }),
    note: [
      {
        authorReference: author,
        time: now.toISOString(),
        text: `Entrée dans le protocole, édition ${editionOf(definition)}.`,
      },
    ],
  };
}

/** Writes the plan and asks for what has come near, in the transaction of `tx`. */
export async function beginPlan(
  tx: FhirStore,
  entering: Entering,
  by: PersonCaller,
  now: Date,
  data: PatientData,
  people: People,
): Promise<Stored<'CarePlan'>> {
  const plan = planOf(entering, by, now, people);
  await tx.sql((sql) => holdPlan(sql, tx.caller.tenant, plan.id!));
  const stored = await tx.create(plan);
  return askDue(
    tx,
    {
      stored,
      plan: stored.resource,
      definition: entering.held.definition,
      model: entering.held.model,
      asked: new Map(),
    },
    by,
    now,
    data,
    people,
  );
}

function startIn(typed: string | undefined, now: Date, day: string): string {
  const start = typed === undefined ? day : parseDate(typed, now);
  if (start?.length !== 10)
    throw invalid('Cette date d’entrée n’est pas comprise. Rien n’a été enregistré.', {
      start: 'Écrivez une date, par exemple 12/03/2026 ou « auj ».',
    });
  if (start < addDays(day, -730) || start > addDays(day, 366))
    throw invalid(
      'L’entrée est à deux ans au plus dans le passé, à un an au plus dans l’avenir. Rien n’a été enregistré.',
      { start: 'Choisissez une date plus proche.' },
    );
  return start;
}
function mustBeInForce({ definition, model }: Held): void {
  if (definition.status !== 'active')
    throw new Problem(
      409,
      'Protocole pas en vigueur',
      `« ${model.title} » n’est pas en vigueur : on n’y entre pas. Rien n’a été enregistré.`,
      { extra: { code: 'not-active' } },
    );
}

/** What entering would ask of whom and when, as the caller’s rights show the data; nothing is written. */
export async function previewPlan(
  room: Room,
  caller: PersonCaller,
  patient: string,
  body: { protocol: string; start?: string | undefined },
): Promise<{ protocol: ProtocolLine; steps: PlanStep[]; missing: { role: string; label: string }[] }> {
  const at = await atPlans(room, caller, patient);
  const shelf = await shelfOf(room, caller);
  const held = await protocolOf(at.store, body.protocol);
  mustBeInForce(held);
  const plan = planOf(
    { held, patient: { reference: `Patient/${patient}` }, start: startIn(body.start, room.now(), at.day) },
    caller,
    room.now(),
    at.people,
  );
  await room.directory.learnPeople(
    at.store,
    at.people.team.map((one) => one.practitioner),
  );
  const { definition, model } = held;
  const rounds = roundsOf({ plan, definition, model, asked: new Map() }, at.day, at.data);
  const missing = new Map<string, string>();
  for (const step of held.model.steps)
    if (!resolve(at.people, step).inTeam) missing.set(step.roles[0]!, professionLabel(step.roles[0]!));
  return {
    protocol: lineOf(shelf, held, await around(shelf, [held])),
    steps: rounds.filter((round) => counts(round)).map((round) => stepOf(at, plan, round)),
    missing: [...missing].map(([role, label]) => ({ role, label })),
  };
}

/** COO-3: the patient enters; roles become people of the team, what is due soon becomes their tasks. All or nothing. */
export async function enterProtocol(
  room: Room,
  caller: PersonCaller,
  patient: string,
  body: {
    protocol: string;
    start?: string | undefined;
    without?: string[] | undefined;
    instead?: Record<string, Addressee> | undefined;
  },
): Promise<RunningPlanDetail> {
  const at = await atPlans(room, caller, patient);
  const held = await protocolOf(at.store, body.protocol);
  mustBeInForce(held);
  if (at.entered.patient.deceasedBoolean || at.entered.patient.deceasedDateTime)
    throw new Problem(
      409,
      'Patient décédé',
      'Ce patient est décédé : il n’entre pas dans un protocole. Rien n’a été enregistré.',
      {
        extra: { code: 'deceased' },
      },
    );
  const known = new Set(held.model.steps.map((step) => step.id));
  const unknown = [...(body.without ?? []), ...Object.keys(body.instead ?? {})].find((id) => !known.has(id));
  if (unknown !== undefined)
    throw invalid(
      'Le protocole a changé depuis l’aperçu : une étape n’y est plus. Rien n’a été enregistré ; ouvrez l’aperçu de nouveau.',
      { without: unknown },
    );
  const start = startIn(body.start, room.now(), at.day);
  const id = await at.store.transaction(async (tx) => {
    await tx.sql((sql) => holdPlan(sql, caller.tenant, `of ${patient}`));
    const about = await tx.compartment(patient, { types: ['CarePlan', 'CareTeam'], each: [100, 5] });
    const running = about
      .map((one) => one.resource)
      .find(
        (one) =>
          one.resourceType === 'CarePlan' &&
          isProtocolPlan(one) &&
          followsOf(one)!.id === held.stored.id &&
          ['active', 'on-hold'].includes(one.status),
      );
    if (running)
      throw new Problem(
        409,
        'Déjà dans ce protocole',
        `Ce patient suit déjà « ${held.model.title} » depuis le ${dateLabel(running.period?.start)}. Rien n’a été enregistré.`,
        { extra: { code: 'already-running', plan: running.id } },
      );
    for (const [id, addressee] of Object.entries(body.instead ?? {})) {
      await ownerOf(tx, addressee, patient, readsNoCare(at.people, addressee) ? 'administrative' : 'coordination');
      const { title, kind } = held.model.steps.find((step) => step.id === id)!;
      if (readsNoCare(at.people, addressee) && !bookable.has(kind))
        throw invalid(
          `${addresseeLabel(at.people, addressee)} ne lit pas les contenus de soin : « ${title} » lui arriverait sans ses mots. Rien n’a été enregistré.`,
          { instead: 'Choisissez quelqu’un d’autre pour cette étape.' },
        );
    }
    const team = about.find((one) => one.type === 'CareTeam' && one.resource.status === 'active');
    const data = await patientData(tx.asHouse('protocole : conditions des étapes'), patient);
    const entering: Entering = {
      held,
      patient: { reference: `Patient/${patient}`, display: displayName(at.entered.patient) },
      careTeam: team && referenceTo('CareTeam', team.id),
      start,
      without: body.without,
      instead: body.instead,
    };
    return (await beginPlan(tx, entering, caller, room.now(), data, at.people)).id;
  });
  return planDetail(at, id);
}
