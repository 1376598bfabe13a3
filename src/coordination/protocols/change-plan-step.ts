import type { CarePlanActivity, Extension } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { roundKey } from '../../fhir/index.ts';
import { invalid, notFound, Problem } from '../../platform/index.ts';
import { dateLabel, parseDate } from '../../record/index.ts';
import type { Addressee } from '../contract/common.ts';
import type { protocolEntries } from '../contract/protocols.ts';
import type { RunningPlanDetail } from '../contract/running-plans.ts';
import type { PersonCaller, Room } from '../room.ts';
import { assign, ownerOf } from '../tasks/assign.ts';
import { type Changing, changeIn, mustRun, noted, sayWhy, setAsked, withDue } from './change-plan.ts';
import { ext, textOf, withExtensions } from './codes.ts';
import { addresseeLabel, type People, readsNoCare } from './people.ts';
import {
  patientOf,
  activityOf,
  givenIn,
  identifierOf,
  isOpen,
  type PlanRound,
  placeOf,
  wordsOf,
} from './plan-state.rules.ts';

type Body = z.infer<typeof protocolEntries.changePlanStep.body>;
const no = (words: string): Problem =>
  new Problem(409, 'Impossible pour cette étape', `${words} Rien n’a été modifié.`, { extra: { code: 'wrong-state' } });
const own: Extension = { url: ext.own, valueBoolean: true };

function dayIn(typed: string | undefined, now: Date): string {
  const day = typed ? parseDate(typed, now) : null;
  if (day?.length !== 10)
    throw invalid('Cette date n’est pas comprise. Rien n’a été modifié.', {
      due: 'Écrivez une date, par exemple 12/03/2026 ou « +3s ».',
    });
  return day;
}
function reasonIn(typed: string | undefined): string {
  const reason = typed?.trim();
  if (!reason) throw invalid('Dites pourquoi. Rien n’a été modifié.', { reason: 'Un motif est attendu.' });
  return reason;
}
/** Words of care do not go to whoever would not read them. */
function readable(people: People, addressee: Addressee): void {
  if (readsNoCare(people, addressee))
    throw invalid(
      `${addresseeLabel(people, addressee)} ne lit pas les contenus de soin : cette étape lui arriverait sans ses mots. Rien n’a été modifié.`,
      { addressee: 'Choisissez quelqu’un d’autre, ou confiez-lui une tâche administrative.' },
    );
}
/** The activities with another one for this round. */
function withActivity(
  { plan }: Changing,
  round: PlanRound,
  change: (old: CarePlanActivity | undefined) => CarePlanActivity | null,
): CarePlanActivity[] {
  const same = (one: CarePlanActivity) => textOf(one, ext.step) === round.key;
  const old = plan.activity?.find(same);
  const next = change(old);
  return [...(plan.activity ?? []).filter((one) => !same(one)), ...(next ? [next] : [])];
}
/** A round that nobody was asked for yet, with what is particular to this patient. */
const planned = (
  round: PlanRound,
  old: CarePlanActivity | undefined,
  detail: Partial<NonNullable<CarePlanActivity['detail']>>,
  extension: Extension[] = [],
): CarePlanActivity => ({
  ...activityOf(round.id, round.round, true, [
    ...(old?.extension ?? []).filter((one) => one.url === ext.profession && extension.length === 0),
    ...extension,
  ]),
  detail: { status: 'not-started', code: { text: wordsOf(round).title }, ...old?.detail, ...detail } as NonNullable<
    CarePlanActivity['detail']
  >,
});
const mine = (old: CarePlanActivity | undefined): CarePlanActivity => ({
  ...old,
  extension: withExtensions(old?.extension, [ext.own], [own]),
});

export async function addStep(changing: Changing, body: Pick<Body, 'title' | 'detail' | 'kind' | 'due' | 'addressee'>) {
  const { tx, plan, followed, people, caller, now } = changing;
  const title = body.title?.trim();
  if (!title) throw invalid('Dites ce qui est à faire. Rien n’a été ajouté.', { title: 'Un titre est attendu.' });
  const due = dayIn(body.due, now);
  if (body.addressee) readable(people, body.addressee);
  const numbers = (plan.activity ?? []).map((one) => Number(/^own-(\d+)$/.exec(placeOf(one)?.id ?? '')?.[1] ?? 0));
  const id = `own-${Math.max(0, ...numbers) + 1}`;
  const { request } = await assign(tx, caller, now, {
    kind: 'protocol',
    title,
    detail: body.detail?.trim() || undefined,
    patient: patientOf(plan),
    addressee: body.addressee ?? { to: 'team' },
    due,
    basedOn: { reference: `CarePlan/${followed.stored.id}` },
    identifier: identifierOf(followed.stored.id, id, 1),
    onHold: plan.status === 'on-hold',
  });
  const activity = {
    ...activityOf(id, 1, true, [{ url: ext.stepKind, valueCode: body.kind ?? 'act' }]),
    reference: { reference: `ServiceRequest/${request.id}` },
  } as CarePlanActivity;
  return {
    plan: {
      ...plan,
      activity: [...(plan.activity ?? []), activity],
      note: noted(changing, `Étape ajoutée pour ce patient : ${title}, pour le ${dateLabel(due)}.`),
    },
  };
}

async function move(changing: Changing, round: PlanRound, body: Body) {
  const due = dayIn(body.due, changing.now);
  const { title } = wordsOf(round);
  if (round.asked) {
    if (!isOpen(round.state)) throw no('Cette étape est terminée : reprenez-la pour changer sa date.');
    await setAsked(changing, round, withDue(round.asked.task.resource, due), { occurrenceDateTime: due });
  } else if (round.state !== 'planned') throw no('Cette étape a été passée : reprenez-la pour changer sa date.');
  const activity = withActivity(changing, round, (old) =>
    round.asked ? mine(old) : planned(round, old, { scheduledPeriod: { end: due } }),
  );
  return {
    plan: {
      ...changing.plan,
      activity,
      note: noted(
        changing,
        `${title} : échéance portée ${round.due ? `du ${dateLabel(round.due)} ` : ''}au ${dateLabel(due)}.`,
      ),
    },
    goOn: changing.plan.status === 'active',
  };
}

async function give(changing: Changing, round: PlanRound, body: Body) {
  const { tx, people, patient, plan, by } = changing;
  if (!body.addressee)
    throw invalid('Dites à qui confier cette étape. Rien n’a été modifié.', {
      addressee: 'Choisissez une personne ou une profession.',
    });
  const to = await ownerOf(
    tx,
    body.addressee,
    patient,
    readsNoCare(people, body.addressee) ? 'administrative' : 'coordination',
  );
  const name = addresseeLabel(people, body.addressee);
  readable(people, body.addressee);
  if (round.asked) {
    if (!isOpen(round.state)) throw no('Cette étape est terminée : reprenez-la pour la confier à quelqu’un.');
    const self = to.owner?.reference === by.reference && round.state !== 'on-hold';
    await setAsked(changing, round, {
      owner: undefined,
      performerType: undefined,
      ...to,
      status: round.state === 'on-hold' ? 'on-hold' : self ? 'accepted' : 'requested',
    });
  } else if (round.state !== 'planned') throw no('Cette étape a été passée : reprenez-la d’abord.');
  const { extension, performer } = givenIn(body.addressee, name);
  const activity = withActivity(changing, round, (old) =>
    round.asked ? mine(old) : planned(round, old && { ...old, extension: [] }, { performer }, extension),
  );
  return { plan: { ...plan, activity, note: noted(changing, `${wordsOf(round).title} : confié à ${name}.`) } };
}

async function skip(changing: Changing, round: PlanRound, body: Body) {
  const { plan, day } = changing;
  const reason = reasonIn(body.reason);
  if (round.asked) {
    if (!isOpen(round.state)) throw no('Cette étape est terminée.');
    await setAsked(changing, round, { status: 'cancelled' }, { status: 'revoked' });
    await sayWhy(changing, round, 'cancelled', reason);
  } else if (round.state !== 'planned') throw no('Cette étape a déjà été passée.');
  const activity = withActivity(changing, round, (old) =>
    round.asked
      ? mine(old)
      : planned(round, old, {
          status: 'cancelled',
          statusReason: { text: reason },
          scheduledPeriod: { end: round.due ?? day },
        }),
  );
  return {
    plan: { ...plan, activity, note: noted(changing, `${wordsOf(round).title} : sans objet. ${reason}`) },
    goOn: plan.status === 'active',
  };
}

async function again(changing: Changing, round: PlanRound) {
  const { plan } = changing;
  if (round.state !== 'cancelled' && round.state !== 'completed')
    throw no('Cette étape n’est pas terminée : il n’y a rien à reprendre.');
  if (round.asked) {
    const status = plan.status === 'on-hold' ? 'on-hold' : 'requested';
    await setAsked(changing, round, { status }, { status: status === 'on-hold' ? 'on-hold' : 'active' });
    return {
      plan: {
        ...plan,
        activity: withActivity(changing, round, mine),
        note: noted(changing, `${wordsOf(round).title} : reprise.`),
      },
      goOn: plan.status === 'active',
    };
  }
  if (round.leftOut && !round.activity)
    throw no('Cette étape suit une étape qui ne s’appliquait pas : reprenez celle-ci d’abord.');
  // Set aside for this round, or from the entry for all of them.
  const every = roundKey(round.id, 0);
  const activity = (plan.activity ?? []).flatMap((one): CarePlanActivity[] => {
    const key = textOf(one, ext.step);
    if (one.detail?.status !== 'cancelled' || (key !== round.key && key !== every)) return [one];
    const { scheduledPeriod: _, statusReason: __, ...detail } = one.detail;
    return detail.performer || one.extension?.some((extension) => extension.url === ext.profession)
      ? [{ ...one, detail: { ...detail, status: 'not-started' } }]
      : [];
  });
  return {
    plan: { ...plan, activity, note: noted(changing, `${wordsOf(round).title} : reprise.`) },
    goOn: plan.status === 'active',
  };
}

/** COO-3: a step added, moved, given to someone else, set aside or taken up again for this patient alone; the protocol stays as it is. */
export function changePlanStep(
  room: Room,
  caller: PersonCaller,
  patient: string,
  id: string,
  body: Body,
): Promise<RunningPlanDetail> {
  return changeIn(room, caller, patient, id, body.version, async (changing) => {
    mustRun(changing.plan);
    if (body.act === 'add') return addStep(changing, body);
    const round = changing.rounds.find((one) => one.id === body.step && one.round === (body.round ?? 1));
    if (!round) throw notFound('Cette étape');
    switch (body.act) {
      case 'move':
        return move(changing, round, body);
      case 'give':
        return give(changing, round, body);
      case 'skip':
        return skip(changing, round, body);
      default:
        return again(changing, round);
    }
  });
}
