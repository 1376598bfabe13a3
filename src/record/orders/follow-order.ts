import { FhirProblem, placeOf, type Stored } from '../../fhir/index.ts';
import { forbidden, notFound, Problem } from '../../platform/index.ts';
import type { OrderAct, OrderStatus } from '../contract/orders/line.ts';
import { actLabel, isOver } from '../contract/orders/order.rules.ts';
import type { OrderKind } from '../data/orders/families.ts';
import type { Entered } from '../read/enter.ts';
import { author } from '../write/author.ts';
import { entryOf } from '../write/save.ts';
import { ended, endsOf, isCancelled, isOrderType, kindOfOrder, type StoredLine } from './line.rules.ts';
import { settleAsked } from './renewal-tasks.ts';
import { amend, byWith, encounterOf, hold, sessionAt, sessionOf } from './session.ts';
import { maySay, statusOf } from './status.ts';
import { isOrderTask, renewedTask, type Said, saidOf, stateOf, wayOf, withSaid } from './task.rules.ts';

export interface Followed {
  task: Stored<'Task'>;
  line: StoredLine;
  kind: OrderKind;
}
/** The follower of a line that the caller sees; without the line there is nothing one may say of it. */
export async function followed(entered: Entered, id: string): Promise<Followed> {
  const task = await entryOf(entered, 'Task', id);
  if (!isOrderTask(task.resource)) throw notFound('Cette ligne d’ordonnance');
  const place = placeOf(task.resource.focus?.reference);
  if (!place || !isOrderType(place.type)) throw notFound('Cette ligne d’ordonnance');
  const stored = await entryOf(entered, place.type, place.id).catch((error: unknown) => {
    if (error instanceof FhirProblem && error.status < 500)
      throw forbidden(
        'Vos droits ne montrent pas ce qui est prescrit là : vous ne pouvez pas en dire l’avancement. Rien n’a été modifié.',
      );
    throw error;
  });
  const kind = kindOfOrder(stored.resource);
  if (!kind) throw notFound('Cette ligne d’ordonnance');
  await entered.room.directory.learn(entered.store, [task]);
  return { task, line: stored, kind };
}

/** Says one thing more of a line, or takes the last word back. Its request ends and opens again with it. */
export async function followOrder(
  entered: Entered,
  id: string,
  body: { version: number; act: OrderAct; day?: string | null | undefined },
): Promise<OrderStatus> {
  const { task, line, kind } = await followed(entered, id);
  const current = task.resource;
  const { room, caller, reading: r } = entered;
  const now = statusOf(room, caller, task, kind, r.today);
  if (!maySay(caller, current, kind))
    throw forbidden(
      'Ce que devient cette prescription se dit par qui la réalise, par qui l’a prescrite, ou par un médecin. Rien n’a été modifié.',
    );
  if (task.version !== body.version) throw meanwhile(now, actLabel(kind, body.act));
  if (!now.acts.includes(body.act))
    throw new Problem(
      409,
      'Pas à cette étape',
      `Cette ligne est à l’état « ${now.stateLabel} » : « ${actLabel(kind, body.act)} » ne s’y dit pas. Rien n’a été modifié.`,
      { extra: { code: 'not-now', current: now } },
    );
  const said = saidOf(current);
  if (body.act === 'back') {
    const last = said.at(-1);
    return keepSaid(entered, { task, line, kind }, said.slice(0, -1), actLabel(kind, body.act), (tx) =>
      amend(entered, tx, line.id, last && encounterOf(last.by), null),
    );
  }
  if (body.act !== 'session' || line.type !== 'ServiceRequest')
    return keepSaid(
      entered,
      { task, line, kind },
      [...said, { act: body.act, at: entered.now.toISOString(), by: author(entered) }],
      actLabel(kind, body.act),
    );
  const at = sessionAt(entered, current, body.day);
  const session = await sessionOf(entered, line, at);
  return keepSaid(
    entered,
    { task, line, kind },
    [...said, { act: 'session', at, by: byWith(entered, `Encounter/${session.id}`) }],
    actLabel(kind, body.act),
    (tx) => hold(entered, tx, session),
  );
}
/** The Task with these words, its request in step, and what goes with them: all or none. */
export async function keepSaid(
  entered: Entered,
  { task, line, kind }: Followed,
  said: readonly Said[],
  what: string,
  also?: (tx: Entered['store']) => Promise<unknown>,
): Promise<OrderStatus> {
  const { room, caller, reading: r } = entered;
  const next = withSaid(task.resource, said, entered.now.toISOString());
  const over = isOver(wayOf(next), stateOf(next, r.today).state);
  const saved = await entered.store.transaction(async (tx) => {
    const one = await tx
      .update(next, { ifMatch: `W/"${task.version}"`, reason: what })
      .catch(async (error: unknown) => {
        if (error instanceof FhirProblem && error.status === 412)
          throw meanwhile(statusOf(room, caller, await entered.store.read('Task', task.id), kind, r.today), what);
        throw error;
      });
    await keepInStep(entered, tx, line, over);
    await also?.(tx);
    return one;
  });
  return statusOf(room, caller, saved, kind, r.today, endsOf(line.resource));
}
/** A care or an examination that is over is completed in its own element too; a medicine that was given out goes on being taken. */
async function keepInStep(entered: Entered, tx: Entered['store'], line: StoredLine, over: boolean): Promise<void> {
  const status = String(line.resource.status);
  const wanted = over ? 'completed' : 'active';
  if (line.type === 'MedicationRequest' || isCancelled(line.resource) || status === wanted) return;
  // Whoever does what was asked says so: they need not be able to prescribe it.
  await tx
    .asHouse(`prescription suivie par ${entered.caller.name}`)
    .update(ended(line.resource, wanted), { ifMatch: `W/"${line.version}"`, reason: over ? 'réalisée' : 'rouverte' });
}
export const meanwhile = (current: OrderStatus, mine: string): Problem =>
  new Problem(
    409,
    'Modifié entre-temps',
    `Quelqu’un a déjà dit l’avancement de cette ligne : elle est à l’état « ${current.stateLabel} », vous vouliez dire « ${mine} ». Rien n’a été modifié.`,
    { extra: { code: 'edited-meanwhile', current, mine } },
  );

/** Not to be renewed: by its prescriber or a physician. */
export async function dropRenewal(entered: Entered, id: string, version: number): Promise<OrderStatus> {
  const { task, kind } = await followed(entered, id);
  const { room, caller, reading: r } = entered;
  if (caller.profession !== 'physician' && task.resource.requester?.reference !== `Practitioner/${caller.practitioner}`)
    throw forbidden('Arrêter un renouvellement revient à qui a prescrit, ou à un médecin. Rien n’a été modifié.');
  if (task.version !== version) throw meanwhile(statusOf(room, caller, task, kind, r.today), 'Ne pas renouveler');
  const saved = await entered.store.transaction(async (tx) => {
    const one = await tx.update(renewedTask(task.resource, entered.now.toISOString()), {
      ifMatch: `W/"${version}"`,
      reason: 'ne pas renouveler',
    });
    await settleAsked(entered, tx, task.resource, 'refused', 'Ne pas renouveler.');
    return one;
  });
  return statusOf(room, caller, saved, kind, r.today);
}
