import type { Patient, Reference } from '@medplum/fhirtypes';
import { conflict, forbidden, Problem } from '../../platform/index.ts';
import type { OrderStatus } from '../contract/orders/line.ts';
import { idOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { author, subjectOf } from '../write/author.ts';
import { followed, meanwhile } from './follow-order.ts';
import { isCancelled } from './line.rules.ts';
import type { RenewalTasks } from './renewal-tasks.ts';
import { statusOf } from './status.ts';
import { askedRenewal, withAskedRenewal } from './task.rules.ts';

const tasksOf = ({ room }: Pick<Entered, 'room'>): RenewalTasks => {
  if (!room.renewalTasks)
    throw new Problem(
      503,
      'Indisponible',
      'Les tâches ne sont pas disponibles : demandez le renouvellement par un message. Rien n’a été modifié.',
    );
  return room.renewalTasks;
};

/** Asks the prescriber for what runs out, in one press; or takes the asking back. */
export async function askRenewal(
  entered: Entered,
  id: string,
  body: { version: number; words: string; back: boolean },
): Promise<OrderStatus> {
  const { task, line, kind } = await followed(entered, id);
  const { room, caller, now, reading: r } = entered;
  const current = task.resource;
  const asked = askedRenewal(current);
  const status = statusOf(room, caller, task, kind, r.today);
  if (task.version !== body.version)
    throw meanwhile(status, body.back ? 'Ne plus demander le renouvellement' : 'Demander le renouvellement');
  const prescriber = idOf(current.requester, 'Practitioner');
  if (
    body.back
      ? idOf(asked?.by, 'Practitioner') !== caller.practitioner
      : !status.renewal.mayAsk || !prescriber || isCancelled(line.resource as { status?: string })
  ) {
    if (body.back) throw forbidden('Une demande de renouvellement se retire par qui l’a faite. Rien n’a été modifié.');
    if (asked)
      throw conflict('Le renouvellement est déjà demandé. Rien n’a été modifié.', { code: 'asked', current: status });
    throw conflict(
      prescriber === caller.practitioner
        ? 'Vous l’avez prescrite : renouvelez-la. Rien n’a été modifié.'
        : 'Cette ligne n’est pas à renouveler, ou l’a déjà été. Rien n’a été modifié.',
      { code: 'not-now', current: status },
    );
  }
  const tasks = tasksOf(entered);
  const saved = await entered.store.transaction(async (tx) => {
    const made = body.back
      ? null
      : await tasks.ask(tx, caller, now, {
          line: `${line.type}/${line.id}`,
          patient: subjectOf(entered) as Reference<Patient>,
          to: prescriber!,
          words: body.words,
        });
    // Whoever sees the line may ask for it; the follower of the line keeps who asked, whatever the table of rights lets them write.
    const house = tx.asHouse(`renouvellement demandé par ${caller.name}`);
    const one = await house.update(
      withAskedRenewal(
        current,
        made ? { by: author(entered), at: now.toISOString(), task: made } : null,
        now.toISOString(),
      ),
      { ifMatch: `W/"${task.version}"`, reason: body.back ? 'demande retirée' : 'renouvellement demandé' },
    );
    if (body.back && asked?.task) await tasks.settle(house, caller, now, asked.task, 'withdrawn');
    return one;
  });
  return statusOf(room, caller, saved, kind, r.today);
}
