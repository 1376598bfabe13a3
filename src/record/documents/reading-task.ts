import type { DocumentReference, Extension, Patient, Reference, Task } from '@medplum/fhirtypes';
import {
  type FhirStore,
  ifThere,
  kindOfResource,
  type Resource,
  type Stored,
  taskKindSystem,
  type WriteHook,
} from '../../fhir/index.ts';
import { idOf, withoutEmpty } from '../fhir-words.ts';
import { correctedByUrl } from '../read/reading.ts';
import type { PersonCaller, Room } from '../room.ts';
import { anyone, isAwaited, readerIn, readerUrl, taskIn, withReader } from './readers.rules.ts';
import { mustBeReaders, readerNamed } from './who-reads.ts';

/** What coordination does for it (main.ts): the tasks are its own. */
export interface ReadingTasks {
  /** Asks; in the transaction of the store. `due` as typed. The Task's id. */
  ask(
    store: FhirStore,
    by: PersonCaller,
    now: Date,
    what: { document: string; patient: Reference<Patient>; to: string; sign: boolean; due: string | null | undefined },
  ): Promise<string>;
  moveDue(store: FhirStore, by: Reference, now: Date, task: string, due: string | null | undefined): Promise<void>;
}
type JobRoom = Pick<Room, 'house' | 'now'>;
const isReadingTask = (task: Task): boolean =>
  task.code?.coding?.some(({ system, code }) => system === taskKindSystem && code === 'document') ?? false;
const documentOf = (task: Task): string | undefined =>
  task.basedOn?.map((one) => idOf(one, 'DocumentReference')).find((id) => id !== undefined);
const given = (document: DocumentReference | null, task: string): Extension | undefined =>
  document?.extension?.find((one) => one.url === readerUrl && taskIn(one) === task);
const over = new Set(['completed', 'cancelled', 'entered-in-error']);
const turnedDown = new Set(['rejected', 'failed', 'cancelled', 'entered-in-error']);

/** What becomes of the task of a document that was written; null: nothing. A document is believed only of tasks that it names itself. */
function after(task: Task, document: DocumentReference | null, entry: Extension | undefined): Partial<Task> | null {
  const status = task.status ?? '';
  if (!entry || document?.status !== 'current') return over.has(status) ? null : { status: 'cancelled' };
  const reader = readerIn(entry);
  // It was given back and waits for whoever takes care of the patient: the task stays with who asked, until someone has read.
  if (reader === anyone)
    return isAwaited(document, entry)
      ? status === 'completed'
        ? { status: 'rejected' }
        : null
      : over.has(status)
        ? null
        : { status: 'completed' };
  const owner: Task['owner'] = { reference: `Practitioner/${reader}`, display: nameIn(entry) };
  if (!isAwaited(document, entry)) return over.has(status) ? null : { status: 'completed', owner };
  // The reading was taken back.
  if (status === 'completed') return { status: 'accepted', owner };
  const holder = idOf(task.owner, 'Practitioner');
  if (
    over.has(status) ||
    holder === undefined ||
    holder === reader ||
    (status === 'rejected' && reader === idOf(task.requester, 'Practitioner'))
  )
    return null;
  return { status: 'requested', owner };
}
const nameIn = (entry: Extension): string | undefined =>
  entry.extension?.find(({ url }) => url === 'who')?.valueReference?.display;

/** With every DocumentReference: the tasks of those who were asked to read it follow, in the same transaction. */
export const onDocumentWritten =
  (room: JobRoom): WriteHook<DocumentReference> =>
  async (sql, tenant, id, document) => {
    if (document?.meta?.versionId === '1') return;
    const house = room.house(tenant, 'suite d’un document confié', sql);
    const { resources } = await house.search('Task', [
      ['based-on', `DocumentReference/${id}`],
      ['_count', '50'],
    ]);
    for (const stored of resources) {
      const task = stored.resource;
      const next = isReadingTask(task) ? after(task, document, given(document, stored.id)) : null;
      if (next)
        await moveTask(
          house,
          stored,
          next,
          document?.extension?.find(({ url }) => url === correctedByUrl)?.valueReference,
          room.now(),
        );
    }
  };
async function moveTask(
  house: FhirStore,
  stored: Stored<'Task'>,
  next: Partial<Task>,
  by: Reference | undefined,
  now: Date,
): Promise<void> {
  const task = stored.resource;
  const extension = [
    ...(task.extension ?? []).filter(({ url }) => url !== correctedByUrl),
    ...(by ? [{ url: correctedByUrl, valueReference: by }] : []),
  ];
  await house.update(
    withoutEmpty({
      ...task,
      ...next,
      extension,
      lastModified: [now.toISOString(), task.authoredOn ?? ''].sort().at(-1)!,
    } as Task),
  );
  const words = idOf(task.focus, 'ServiceRequest');
  const request = words ? await ifThere(house.read('ServiceRequest', words)) : null;
  const status = next.status === 'completed' ? 'completed' : next.status === 'cancelled' ? 'revoked' : 'active';
  if (request && request.resource.status !== status) await house.update({ ...request.resource, status } as Resource);
}

/**
 * With every Task: one that is refused or cancelled goes back to who asked, one that is given to someone else is read by them, who must be able to. In the same transaction; only for a
 * document that names this very task.
 */
export const onReadingTaskWritten =
  (room: JobRoom): WriteHook<Task> =>
  async (sql, tenant, id, task) => {
    const documentId = task && isReadingTask(task) ? documentOf(task) : undefined;
    if (!task || !documentId || task.status === 'completed') return;
    const house = room.house(tenant, 'suite d’un document confié', sql);
    const stored = await ifThere(house.read('DocumentReference', documentId));
    const document = stored && stored.resource;
    const entry = given(document, id);
    const patient = idOf(document?.subject, 'Patient');
    if (!stored || !document || !entry || !patient) return;
    const back = turnedDown.has(task.status ?? '');
    const to = idOf(back ? task.requester : task.owner, 'Practitioner');
    const ends = task.status === 'cancelled' || task.status === 'entered-in-error';
    if (!to || (!ends && (to === readerIn(entry) || (back && readerIn(entry) === anyone)))) return;
    const about = { tenant, patient, kind: kindOfResource(stored.resource) };
    // A secretary who named the reader cannot read it: it then waits for whoever takes care of the patient.
    const name = back ? await readerNamed(sql, about, to) : (await mustBeReaders(sql, about, [to])).get(to)!.name;
    const by = task.extension?.find(({ url }) => url === correctedByUrl)?.valueReference ?? task.requester;
    const extension = withReader(document, entry, {
      who: name === null ? null : { reference: `Practitioner/${to}`, display: name },
      since: room.now().toISOString(),
      task: ends ? null : id,
    });
    await house.update({
      ...document,
      extension: [
        ...extension.filter(({ url }) => url !== correctedByUrl),
        ...(by ? [{ url: correctedByUrl, valueReference: by }] : []),
      ],
    });
  };
