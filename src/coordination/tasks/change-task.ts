import type { Communication, Extension, ServiceRequest, Task } from '@medplum/fhirtypes';
import type { PersonCaller } from '../../access/index.ts';
import { categorySystem, FhirProblem, type FhirStore, ifThere, newId, type Stored } from '../../fhir/index.ts';
import { forbidden, notFound, Problem } from '../../platform/index.ts';
import { authorReference, idOf, withoutEmpty } from '../../record/index.ts';
import type { TaskAct, TaskLine } from '../contract/tasks.ts';
import type { Room } from '../room.ts';
import { categoryOf } from './assign.ts';
import { isOrder } from './project.ts';
import { taskLinesOf } from './task-lines.ts';
import { requestStatus, stateOf } from './tasks.rules.ts';

/** What every act on a task is made of: what stands, a new version of it, and what was said about it. */

/** Who wrote this version of a Task (valueReference). */
export const changedByUrl = 'urn:estran:corrected-by';
/** On a version that takes back the one before. */
export const undoneUrl = 'urn:estran:undone';
/** Topic of a Communication about a task: which act it goes with. */
export const actSystem = 'urn:estran:task-act';

export interface Loaded {
  room: Room;
  store: FhirStore;
  caller: PersonCaller;
  stored: Stored<'Task'>;
  task: Task;
  line: TaskLine;
}
const goodId = /^[A-Za-z0-9\-.]{1,64}$/;
export async function loadTask(room: Room, caller: PersonCaller, id: string): Promise<Loaded> {
  if (!goodId.test(id)) throw notFound('Cette tâche');
  const store = room.fhirFor(caller);
  const stored = await store.read('Task', id).catch((error: unknown) => {
    if (error instanceof FhirProblem && (error.status === 404 || error.status === 410)) throw notFound('Cette tâche');
    throw error;
  });
  // A line of a prescription is followed where it was prescribed.
  if (isOrder(stored.resource)) throw notFound('Cette tâche');
  const [line] = await taskLinesOf(room, caller, store, [stored]);
  return { room, store, caller, stored, task: stored.resource, line: line! };
}
/** The same for an act on the version that was seen, by someone who may: told who was faster, or why not. */
export async function loadToChange(
  room: Room,
  caller: PersonCaller,
  id: string,
  seen: number,
  may: keyof TaskLine['may'],
  refusal: string,
): Promise<Loaded> {
  const loaded = await loadTask(room, caller, id);
  if (loaded.stored.version !== seen) throw faster(loaded);
  if (!loaded.line.may[may]) throw forbidden(`${refusal} Rien n’a été modifié.`);
  return loaded;
}

const done: Partial<Record<TaskLine['state'], string>> = {
  accepted: 'a pris',
  'in-progress': 'a commencé',
  completed: 'a fait',
  rejected: 'a refusé',
  cancelled: 'a annulé',
  'on-hold': 'a mis en pause',
};
/** 409: someone changed the task since it was seen; `current` is what stands. */
function faster({ room, caller, task, line }: Loaded): Problem {
  const who = room.directory.who(
    caller,
    task.extension?.find((one) => one.url === changedByUrl)?.valueReference ?? task.requester,
    task.lastModified,
  );
  return new Problem(
    409,
    'Modifiée entre-temps',
    `${who?.me ? 'Vous avez déjà modifié' : `${who?.name ?? 'Quelqu’un d’autre'} ${done[line.state] ?? 'a modifié'}`} cette tâche entre-temps. Voici ce qu’elle est devenue ; rien d’autre n’a été changé.`,
    {
      extra: { code: 'edited-meanwhile', current: line, who },
    },
  );
}

/** Writes the next version over the one that was seen, and keeps the request in step, in one transaction with `along`. */
export async function changeTask(
  loaded: Loaded,
  patch: Partial<Task>,
  options: {
    said?: { act: TaskAct; text: string } | undefined;
    before?: (tx: FhirStore) => Promise<Partial<Task> | undefined>;
    request?: Partial<ServiceRequest>;
    undoes?: number;
  } = {},
): Promise<void> {
  const { room, store, caller, stored, task } = loaded;
  const at = room.now().toISOString();
  try {
    await store.transaction(async (tx) => {
      const found = { ...patch, ...(await options.before?.(tx)) };
      const extension: Extension[] = [
        ...(found.extension ?? task.extension ?? []).filter((one) => one.url !== changedByUrl && one.url !== undoneUrl),
        { url: changedByUrl, valueReference: authorReference(caller) },
        ...(options.undoes ? [{ url: undoneUrl, valueInteger: options.undoes }] : []),
      ];
      const next = withoutEmpty({ ...task, ...found, lastModified: at, extension });
      await tx.update(next, { ifMatch: `W/"${stored.version}"` });
      await keepRequest(tx, task, stateOf(next.status), options.request);
      if (options.said) await say(tx, loaded, options.said.act, options.said.text, at);
    });
  } catch (error) {
    if (error instanceof FhirProblem && error.status === 412) throw faster(await loadTask(room, caller, stored.id));
    throw error;
  }
}
/** The request is done, revoked or on hold with its task: a consequence of an allowed act, whoever may read the words. */
export async function keepRequest(
  tx: FhirStore,
  task: Task,
  state: TaskLine['state'],
  more?: Partial<ServiceRequest> | undefined,
): Promise<void> {
  const id = idOf(task.focus, 'ServiceRequest');
  if (!id) return;
  const house = tx.asHouse('la demande suit sa tâche');
  const stored = await ifThere(house.read('ServiceRequest', id));
  if (!stored) return;
  const request = stored.resource;
  const status = requestStatus(state);
  if (request.status === status && !more) return;
  await house.update(withoutEmpty({ ...request, ...more, status }), { ifMatch: `W/"${stored.version}"` });
}

/** Something said about a task: about it, under the kind of data of its words, on the same subject. */
export async function say(
  tx: FhirStore,
  {
    caller,
    task,
    line,
    stored,
  }: Pick<Loaded, 'caller' | 'task' | 'stored'> & { line: Pick<TaskLine, 'kind' | 'administrative'> },
  act: TaskAct,
  text: string,
  at: string,
): Promise<void> {
  const request = idOf(task.focus, 'ServiceRequest');
  const communication: Communication = withoutEmpty({
    resourceType: 'Communication',
    id: newId(),
    status: 'completed',
    category: [{ coding: [{ system: categorySystem, code: categoryOf(line.kind, line.administrative) }] }],
    topic: { coding: [{ system: actSystem, code: act }] },
    subject: task.for,
    about: [{ reference: `Task/${stored.id}` }],
    ...(request && { basedOn: [{ reference: `ServiceRequest/${request}` }] }),
    sender: authorReference(caller),
    sent: at,
    ...(text && { payload: [{ contentString: text }] }),
  } as Communication);
  await tx.create(communication);
}
