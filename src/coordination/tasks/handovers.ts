import type { Communication, Task } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { carersOf, type PersonCaller, professions } from '../../access/index.ts';
import {
  categorySystem,
  FhirProblem,
  type FhirStore,
  newId,
  ofType,
  type Stored,
  taskKindSystem,
} from '../../fhir/index.ts';
import { forbidden, notFound } from '../../platform/index.ts';
import { addDays, authorReference, enter, idOf, today, withoutEmpty } from '../../record/index.ts';
import type { handoverBody, HandoverLine } from '../contract/tasks.ts';
import type { Room } from '../room.ts';
import { mustBeReadable } from './act-on-task.ts';
import { ownerOf } from './assign.ts';
import { changedByUrl } from './change-task.ts';
import { readByUrl, readersOf } from './project.ts';
import { factsOf, kindCode, type Read, readWalked, readWords, standingOf, urgent, walkedOf } from './task-lines.ts';
import { viewerOf } from './read-tasks.ts';
import { handoversToRead } from './tasks.store.ts';

/**
 * A handover is a Communication about the patient (its words, kept in the record) and a Task without words that says whom it is for and who
 * has read it. Its receipts stand on the Task: reading never touches what was written, and a handover nobody reads is shown to the
 * coordinator like any task nobody takes.
 */
export const handoverCategory = 'handover';
const handoverTopics = 'urn:estran:handover';
/** After a fortnight a note for whoever comes next has no next any more; the record keeps it. */
const fortnight = 14 * 86_400_000;

export async function handOver(
  room: Room,
  caller: PersonCaller,
  patient: string,
  body: z.infer<typeof handoverBody>,
): Promise<HandoverLine> {
  const entered = await enter(room, caller, patient);
  const { store, now } = entered;
  const to = body.addressee;
  if (to.to === 'person') await room.directory.learnPeople(store, [to.practitioner]);
  await mustBeReadable(room, caller, to, 'task', (practitioner) =>
    room.directory.professionOf(caller.tenant, practitioner),
  );
  const at = now.toISOString();
  const subject = { reference: `Patient/${patient}` };
  const author = authorReference(caller);
  const priority = body.urgent ? 'urgent' : 'routine';
  const id = newId();
  const owner = await ownerOf(store, to, patient, 'exchanges');
  const note: Communication = withoutEmpty({
    resourceType: 'Communication',
    id,
    status: 'completed',
    priority,
    subject,
    sender: author,
    sent: at,
    payload: [{ contentString: body.text }],
    category: [{ coding: [{ system: categorySystem, code: handoverCategory }], text: 'Transmission' }],
    ...(owner.owner && { recipient: [owner.owner] }),
    ...(body.watch && { topic: { coding: [{ system: handoverTopics, code: 'watch' }], text: 'À surveiller' } }),
  } as Communication);
  const task: Task = withoutEmpty({
    resourceType: 'Task',
    id: newId(),
    status: 'requested',
    intent: 'order',
    priority,
    code: { coding: [{ system: taskKindSystem, code: 'handover' }] },
    focus: { reference: `Communication/${id}` },
    for: subject,
    requester: author,
    authoredOn: at,
    lastModified: at,
    ...owner,
    ...(body.tomorrow && { executionPeriod: { start: addDays(today(now), 1) } }),
  } as Task);
  const made = await store.createMany([note, task]);
  return (await handoverLinesOf(room, caller, store, ofType(made, 'Task')))[0]!;
}

/** Handovers as one person sees them, in the order given. */
export async function handoverLinesOf(
  room: Room,
  caller: PersonCaller,
  store: FhirStore,
  stored: readonly Stored<'Task'>[],
  read?: Omit<Read, 'stored'>,
): Promise<HandoverLine[]> {
  if (stored.length === 0) return [];
  const now = room.now();
  const tasks = stored.map((one) => ({ one, task: one.resource }));
  const [{ words, briefs }, here] = await Promise.all([
    read ?? readWords(store, stored.map(walkedOf), now),
    standingOf(room, caller),
  ]);
  await room.directory.learn(store, [...stored, ...words.values()]);
  return tasks.flatMap(({ one, task }): HandoverLine[] => {
    const patient = briefs.get(idOf(task.for, 'Patient') ?? '');
    if (!patient) return [];
    const stands = words.get(task.focus?.reference ?? '');
    const note = stands?.type === 'Communication' ? stands.resource : undefined;
    const facts = factsOf(task);
    const readers = readersOf(one.resource);
    const over =
      facts.state === 'completed' ||
      facts.state === 'cancelled' ||
      now.getTime() - Date.parse(task.authoredOn ?? one.updated) > fortnight;
    const addressed = facts.owner
      ? facts.owner === here.me || here.standsFor.includes(facts.owner)
      : patient.inMyTeam && (facts.team || facts.profession === here.profession);
    return [
      {
        id: one.id,
        version: one.version,
        text: note
          ? (note.payload ?? [])
              .map((part) => part.contentString)
              .filter(Boolean)
              .join('\n')
          : null,
        patient,
        from: room.directory.who(caller, task.requester, task.authoredOn),
        sent: task.authoredOn ?? one.updated,
        to: facts.owner
          ? (room.directory.who(caller, task.owner)?.name ?? 'Professionnel')
          : facts.profession
            ? professions[facts.profession as keyof typeof professions].fr
            : 'Équipe de soins',
        urgent: urgent(task),
        watch:
          note?.topic?.coding?.some((coding) => coding.system === handoverTopics && coding.code === 'watch') ?? false,
        forDay: task.executionPeriod?.start ?? null,
        readBy: readers.flatMap(({ id, at }) => {
          const who = room.directory.who(caller, { reference: `Practitioner/${id}` }, at);
          return who ? [{ who, at }] : [];
        }),
        toRead:
          note !== undefined &&
          !over &&
          addressed &&
          facts.requester !== here.me &&
          !readers.some(({ id }) => id === here.me),
        over,
        mine: facts.requester === here.me,
      },
    ];
  });
}

/** What waits to be read by this person, what is urgent first, then the newest. */
export async function handoversFor(room: Room, caller: PersonCaller): Promise<HandoverLine[]> {
  const store = room.fhirFor(caller);
  const viewer = await viewerOf(room, caller);
  const walked = await store.sql((sql) => handoversToRead(sql, caller.tenant, viewer, room.now()));
  const read = await readWalked(store, walked, room.now());
  return (
    await handoverLinesOf(
      room,
      caller,
      store,
      walked.flatMap(({ id }) => read.stored.get(id) ?? []),
      read,
    )
  ).filter((line) => line.toRead);
}

/** «Lu»: a receipt is added to those that are there; two people reading at once are both kept. */
export async function readHandover(room: Room, caller: PersonCaller, id: string): Promise<HandoverLine> {
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) throw notFound('Cette transmission');
  const store = room.fhirFor(caller);
  for (let tries = 0; ; tries++) {
    const stored = await store.read('Task', id);
    const task = stored.resource;
    const [line] = kindCode(task) === 'handover' ? await handoverLinesOf(room, caller, store, [stored]) : [];
    if (!line) throw notFound('Cette transmission');
    if (line.text === null)
      throw forbidden(
        'Le contenu de cette transmission ne vous est pas ouvert : vous ne pouvez pas dire que vous l’avez lue.',
      );
    if (line.readBy.some(({ who }) => who.me) || line.mine) return line;
    const at = room.now().toISOString();
    const me = authorReference(caller);
    const extension = [
      ...(task.extension ?? []).filter((one) => one.url !== changedByUrl),
      {
        url: readByUrl,
        valueReference: { ...me, extension: [...(me.extension ?? []), { url: 'urn:estran:at', valueDateTime: at }] },
      },
      { url: changedByUrl, valueReference: me },
    ];
    const status = (await everyoneHas(store, task, [
      ...readersOf(stored.resource).map((reader) => reader.id),
      caller.practitioner,
    ]))
      ? 'completed'
      : task.status === 'completed'
        ? 'completed'
        : 'in-progress';
    try {
      const saved = await store.update(
        { ...task, status, lastModified: at, extension },
        { ifMatch: `W/"${stored.version}"`, reason: 'transmission lue' },
      );
      return (await handoverLinesOf(room, caller, store, [saved]))[0]!;
    } catch (error) {
      if (!(error instanceof FhirProblem && error.status === 412) || tries >= 4) throw error;
    }
  }
}
/** Everyone whom it is for, as the care team is now, has read it. */
async function everyoneHas(store: FhirStore, task: Task, readers: readonly string[]): Promise<boolean> {
  const facts = factsOf(task);
  if (facts.owner) return readers.includes(facts.owner);
  const patient = idOf(task.for, 'Patient');
  if (!patient) return false;
  const carers = await store.sql((sql) => carersOf(sql, store.caller.tenant, patient));
  return carers
    .filter((one) => (facts.team || one.profession === facts.profession) && one.practitioner !== facts.requester)
    .every((one) => readers.includes(one.practitioner));
}
