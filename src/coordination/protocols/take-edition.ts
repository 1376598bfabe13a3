import { FhirProblem } from '../../fhir/index.ts';
import { Problem } from '../../platform/index.ts';
import type { RunningPlanDetail } from '../contract/running-plans.ts';
import type { PersonCaller, Room } from '../room.ts';
import { isAdministrative } from '../tasks/task-lines.ts';
import { type Changing, changeIn, mustRun, noted, sayWhy, setAsked } from './change-plan.ts';
import { ext, withExtensions } from './codes.ts';
import { detailOf } from './go-on.ts';
import { editionOf, type Held, protocolOf } from './library.ts';
import { followsOf, isOpen, isOwn, placeOf } from './plan-state.rules.ts';

async function newerThan({ tx, plan, followed }: Changing): Promise<Held> {
  const follows = followsOf(plan)!;
  const none = new Problem(
    409,
    'Pas de nouvelle édition',
    'Ce patient suit déjà l’édition en vigueur. Rien n’a été modifié.',
    { extra: { code: 'no-newer' } },
  );
  const held = await protocolOf(tx, follows.id).catch((error: unknown) => {
    if (error instanceof FhirProblem && error.status < 500) throw none;
    throw error;
  });
  if (
    held.definition.status !== 'active' ||
    held.stored.version <= follows.version ||
    editionOf(held.definition) === editionOf(followed.definition)
  )
    throw none;
  return held;
}

/**
 * COO-3: the newer edition for this patient, or the present one for good. What is done stays done, what is new comes, what was taken out and is not done
 * is cancelled, what was changed for this patient stays; words of open steps follow the new edition, their days and people stay.
 */
export function takeEdition(
  room: Room,
  caller: PersonCaller,
  patient: string,
  id: string,
  body: { version: number; take: boolean },
): Promise<RunningPlanDetail> {
  return changeIn(room, caller, patient, id, body.version, async (changing) => {
    const { plan } = changing;
    mustRun(plan);
    const held = await newerThan(changing);
    const edition = editionOf(held.definition);
    if (!body.take)
      return {
        plan: {
          ...plan,
          extension: withExtensions(
            plan.extension,
            [ext.declined],
            [{ url: ext.declined, valueInteger: held.stored.version }],
          ),
          note: noted(changing, `Garde son édition : l’édition ${edition} n’est pas prise.`),
        },
      };
    const steps = new Map(held.model.steps.map((step) => [step.id, step]));
    for (const round of changing.rounds.filter((one) => one.asked && isOpen(one.state) && one.step)) {
      const step = steps.get(round.id);
      if (!step) {
        await setAsked(changing, round, { status: 'cancelled' }, { status: 'revoked' });
        await sayWhy(changing, round, 'cancelled', `L’édition ${edition} du protocole ne la demande plus.`);
      } else if (step.title !== round.step!.title || detailOf(step) !== detailOf(round.step!)) {
        const request = round.asked!.request && round.asked!.request.resource;
        const detail = detailOf(step);
        await setAsked(
          changing,
          round,
          {},
          {
            code: { ...request?.code, text: step.title },
            note:
              detail && !(request && isAdministrative(request))
                ? [{ authorReference: changing.by, time: changing.now.toISOString(), text: detail }]
                : [],
            instantiatesCanonical: [`${held.definition.url}|${edition}`],
          },
        );
      }
    }
    const activity = plan.activity?.filter(
      (one) => one.reference || isOwn(one) === false || steps.has(placeOf(one)?.id ?? ''),
    );
    return {
      plan: {
        ...plan,
        title: held.model.title,
        instantiatesCanonical: [`${held.definition.url}|${edition}`],
        ...(activity && { activity }),
        note: noted(changing, `Passe à l’édition ${edition} du protocole.`),
        extension: withExtensions(
          plan.extension,
          [ext.follows, ext.declined],
          [
            {
              url: ext.follows,
              valueReference: { reference: `PlanDefinition/${held.stored.id}/_history/${held.stored.version}` },
            },
          ],
        ),
      },
      goOn: plan.status === 'active',
    };
  });
}
