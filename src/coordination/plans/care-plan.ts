import type { CarePlan as FhirCarePlan, Goal } from '@medplum/fhirtypes';
import { FhirProblem, newId, ofType, type Stored } from '../../fhir/index.ts';
import { invalid, notFound, Problem } from '../../platform/index.ts';
import { authorReference, dayOf, displayName, type Entered, parseDate, withoutEmpty } from '../../record/index.ts';
import { agreementLabels, type CarePlan, type CarePlanBody, planActionStates } from '../contract/plans.ts';
import {
  actionOf,
  activityOf,
  agreementExtension,
  agreementOf,
  aimOf,
  goalResource,
  isPps,
  ppsCategory,
  whoLabel,
  withoutAgreement,
} from './care-plan.rules.ts';

const states = { draft: 'Brouillon', active: 'En vigueur', completed: 'Terminé', revoked: 'Arrêté' } as const;
const goalStates = { active: 'En cours', completed: 'Atteint', cancelled: 'Abandonné' } as const;
const running = (stored: Stored<'CarePlan'>): boolean =>
  ['draft', 'active', 'on-hold'].includes(stored.resource.status);

/** The plans of one patient, newest first, with the goals they name. */
async function plansOf({ store, patientId }: Entered): Promise<{
  plans: Stored<'CarePlan'>[];
  goals: Map<string, Stored<'Goal'>>;
}> {
  const found = await store.compartment(patientId, { types: ['CarePlan', 'Goal'], each: 200 });
  const plans = ofType(found, 'CarePlan').filter(
    (one) => isPps(one.resource) && one.resource.status !== 'entered-in-error',
  );
  return {
    plans: plans.sort(
      (a, b) =>
        (b.resource.created ?? '').localeCompare(a.resource.created ?? '') || b.updated.localeCompare(a.updated),
    ),
    goals: new Map(found.filter((one) => one.type === 'Goal').map((one) => [one.id, one])),
  };
}

export function shown(
  entered: Entered,
  stored: Stored<'CarePlan'>,
  goals: ReadonlyMap<string, Stored<'Goal'>>,
): CarePlan {
  const plan = stored.resource;
  const { reading: r, caller } = entered;
  const ids = (plan.goal ?? []).map((one) => one.reference?.split('/')[1] ?? '');
  const agreement = agreementOf(plan);
  const state = plan.status in states ? (plan.status as keyof typeof states) : 'active';
  const review = plan.period?.end ?? null;
  return {
    id: stored.id,
    version: stored.version,
    state,
    stateLabel: states[state],
    since: plan.created ?? stored.updated,
    updated: stored.updated,
    by: r.directory.who(caller, plan.contributor?.at(-1) ?? plan.author, stored.updated),
    goals: ids.flatMap((id) => {
      const found = goals.get(id);
      if (!found) return [];
      const goal = found.resource;
      const known =
        goal.lifecycleStatus === 'completed' || goal.lifecycleStatus === 'cancelled' ? goal.lifecycleStatus : 'active';
      return [
        {
          id,
          words: goal.description.text ?? '',
          aim: aimOf(goal),
          due: goal.target?.[0]?.dueDate ?? null,
          state: known,
          stateLabel: goalStates[known],
        },
      ];
    }),
    needs: plan.description ?? '',
    actions: (plan.activity ?? []).flatMap((activity) => {
      const action = actionOf(activity, ids);
      if (!action) return [];
      const name = action.who.practitioner
        ? r.directory.who(caller, { reference: `Practitioner/${action.who.practitioner}`, display: action.who.name })
            ?.name
        : undefined;
      return [{ ...action, whoLabel: name ?? whoLabel(action), stateLabel: planActionStates[action.state] }];
    }),
    review,
    reviewLate: review !== null && state === 'active' && review < r.today,
    agreement: agreement && {
      how: agreement.how,
      label: agreementLabels[agreement.how],
      on: agreement.on,
      collectedBy: r.directory.who(caller, agreement.by, agreement.on),
    },
  };
}

export async function readCarePlan(entered: Entered) {
  const { plans, goals } = await plansOf(entered);
  await entered.room.directory.learn(entered.store, [...plans, ...goals.values()]);
  const current = plans.find(running);
  return {
    patientName: displayName(entered.patient),
    plan: current ? shown(entered, current, goals) : null,
    past: plans
      .filter((one) => !running(one))
      .map((one) => {
        const plan = one.resource;
        return {
          id: one.id,
          since: plan.created ?? one.updated,
          until: plan.status === 'completed' || plan.status === 'revoked' ? one.updated : null,
          stateLabel: states[plan.status as keyof typeof states] ?? plan.status,
        };
      }),
    mayWrite: entered.rights.add.has('summary'),
  };
}

/** COO-6: writes the plan whole, as it was typed; goals keep their identity from version to version, those taken out are cancelled. */
export async function writeCarePlan(entered: Entered, body: CarePlanBody): Promise<CarePlan> {
  const { store, caller, patientId, now, reading: r } = entered;
  if (body.goals.length === 0)
    throw invalid('Un plan commence par un objectif du patient. Rien n’a été enregistré.', {
      goals: 'Écrivez au moins un objectif, avec les mots du patient.',
    });
  const review = dateIn(body.review, now, 'review');
  if (review <= r.today)
    throw invalid('La date de revue est à venir. Rien n’a été enregistré.', {
      review: 'Choisissez une date à venir, par exemple +3m.',
    });
  const dues = body.goals.map((goal, i) => (goal.due ? dateIn(goal.due, now, `goals.${i}.due`) : undefined));
  const patient = { reference: `Patient/${patientId}`, display: displayName(entered.patient) };
  const author = authorReference(caller);
  const saved = await store.transaction(async (tx) => {
    const { plans, goals } = await plansOf({ ...entered, store: tx });
    const current = plans.find(running);
    mustBeSeen(entered, current, body.version, goals);
    const before = current ? current.resource : undefined;
    const old = new Set((before?.goal ?? []).map((one) => one.reference?.split('/')[1] ?? ''));
    const ids: string[] = [];
    for (const [i, goal] of body.goals.entries()) {
      const known = goal.id && old.has(goal.id) ? goals.get(goal.id) : undefined;
      const next = goalResource(goal, known && known.resource, patient, r.today, dues[i]);
      ids.push(next.id!);
      if (!known) await tx.create(next);
      else if (changed(known.resource, next)) await tx.update(next, { ifMatch: `W/"${known.version}"` });
    }
    for (const id of old) {
      const gone = goals.get(id);
      if (!ids.includes(id) && gone && gone.resource.lifecycleStatus === 'active')
        await tx.update(
          { ...gone.resource, lifecycleStatus: 'cancelled', statusDate: r.today },
          { ifMatch: `W/"${gone.version}"`, reason: 'retiré du plan personnalisé de santé' },
        );
    }
    const agreed = before ? agreementOf(before) : null;
    const agreement = body.agreement
      ? agreed?.how === body.agreement.how
        ? agreed
        : { how: body.agreement.how, on: now.toISOString(), by: author }
      : null;
    const next = withoutEmpty({
      ...before,
      resourceType: 'CarePlan',
      id: before?.id ?? newId(),
      status: agreement ? 'active' : 'draft',
      intent: 'plan',
      category: [ppsCategory],
      title: 'Plan personnalisé de santé',
      subject: patient,
      created: before?.created ?? now.toISOString(),
      author: before?.author ?? author,
      contributor: [author],
      period: { start: before?.period?.start ?? r.today, end: review },
      description: body.needs || undefined,
      goal: ids.map((id) => ({ reference: `Goal/${id}` })),
      activity: body.actions.map((action) => activityOf(action, patient, ids)),
      extension: [
        ...withoutAgreement(before),
        ...(agreement ? [agreementExtension(agreement.how, agreement.on, agreement.by ?? author)] : []),
      ],
    } as FhirCarePlan);
    const stored = current
      ? await tx.update(next, { ifMatch: `W/"${current.version}"`, ...(body.reason && { reason: body.reason }) })
      : await tx.create(next);
    return { stored, goals: (await plansOf({ ...entered, store: tx })).goals };
  });
  await entered.room.directory.learn(store, [saved.stored, ...saved.goals.values()]);
  return shown(entered, saved.stored, saved.goals);
}

export async function endCarePlan(
  entered: Entered,
  body: { version: number; reached: boolean; reason: string },
): Promise<CarePlan> {
  if (!body.reached && !body.reason)
    throw invalid('Dites pourquoi le plan s’arrête. Rien n’a été modifié.', { reason: 'Écrivez le motif.' });
  const { plans, goals } = await plansOf(entered);
  const current = plans.find(running);
  if (!current) throw notFound('Ce plan');
  mustBeSeen(entered, current, body.version, goals);
  const next = {
    ...current.resource,
    status: body.reached ? 'completed' : 'revoked',
    contributor: [authorReference(entered.caller)],
  };
  try {
    const stored = await entered.store.update(next, {
      ifMatch: `W/"${current.version}"`,
      ...(body.reason && { reason: body.reason }),
    });
    await entered.room.directory.learn(entered.store, [stored]);
    return shown(entered, stored, goals);
  } catch (error) {
    if (error instanceof FhirProblem && error.status === 412)
      throw meanwhile(entered, await entered.store.read('CarePlan', current.id), goals);
    throw error;
  }
}

const said = ({ description, target, extension, lifecycleStatus }: Goal): string =>
  JSON.stringify([description, target, extension, lifecycleStatus]);
const changed = (before: Goal, after: Goal): boolean => said(before) !== said(after);
function dateIn(typed: string, now: Date, field: string): string {
  const date = parseDate(typed, now);
  if (!date || date.length < 10)
    throw invalid(`« ${typed} » n’est pas une date. Rien n’a été enregistré.`, {
      [field]: 'Écrivez la date ainsi : JJ/MM/AAAA, ou +3m.',
    });
  return dayOf(date);
}
/** SEC-11: whoever was faster is named, and their plan travels with the refusal. */
function mustBeSeen(
  entered: Entered,
  current: Stored<'CarePlan'> | undefined,
  version: number | null,
  goals: ReadonlyMap<string, Stored<'Goal'>>,
): void {
  if ((current?.version ?? null) !== version)
    throw current
      ? meanwhile(entered, current, goals)
      : new Problem(
          409,
          'Plan terminé',
          'Ce plan a été terminé entre-temps. Votre saisie est conservée sur cet écran : enregistrez-la comme un nouveau plan.',
          { extra: { code: 'ended-meanwhile' } },
        );
}
function meanwhile(entered: Entered, current: Stored<'CarePlan'>, goals: ReadonlyMap<string, Stored<'Goal'>>): Problem {
  const plan = shown(entered, current, goals);
  return new Problem(
    409,
    'Modifié entre-temps',
    `${plan.by?.name ?? 'Quelqu’un d’autre'} a modifié ce plan depuis que vous l’avez ouvert. Votre saisie est conservée sur cet écran : comparez les deux, puis enregistrez de nouveau.`,
    { extra: { code: 'edited-meanwhile', current: plan } },
  );
}
