/**
 * Tasks and handovers (COO-7): asked of a person, a profession or a care team, accepted, refused with a reason, done; nothing assigned can be
 * lost from sight. Words in a ServiceRequest, who and when in a Task without words (docs/adr/0011), what is said afterwards in Communications.
 *
 * Other sub-rooms ask for something with `assign`, in a transaction of their own if need be, and show tasks with `taskLinesOf`.
 */
import { whenWritten } from '../../fhir/index.ts';
import type { taskEntries } from '../contract/tasks.ts';
import type { Part } from '../part.ts';
import type { Ctx, Room } from '../room.ts';
import {
  acceptTask,
  assignTask,
  changeTaskTo,
  doneTask,
  noteTask,
  refuseTask,
  remindTask,
  undoTask,
} from './act-on-task.ts';
import { loadTask } from './change-task.ts';
import { handOver, handoverLinesOf, handoversFor, readHandover } from './handovers.ts';
import { onTaskWritten } from './project.ts';
import { listTasks, taskDetailOf, viewerOf } from './read-tasks.ts';
import { readWalked, taskLinesOf } from './task-lines.ts';
import { tasksOfPatient } from './tasks.store.ts';
import { taskCount, teamDay } from './team-day.ts';
import { taskConsumers } from './tell.ts';
import { watchTasks } from './watch.ts';

export function openTasks(room: Room): Part<typeof taskEntries> {
  return {
    handlers: {
      tasks: ({ query }, { caller }) => listTasks(room, caller, query),
      taskCount: (_, { caller }) => taskCount(room, caller),
      teamDay: (_, { caller }) => teamDay(room, caller),
      task: async ({ params }, { caller }) => taskDetailOf(await loadTask(room, caller, params.id)),
      assignTask: ({ body }, { caller }) => assignTask(room, caller, body),
      acceptTask: ({ params, body }, { caller }) => acceptTask(room, caller, params.id, body.version),
      refuseTask: ({ params, body }, { caller }) => refuseTask(room, caller, params.id, body.version, body.reason),
      doneTask: ({ params, body }, { caller }) => doneTask(room, caller, params.id, body.version, body.note),
      changeTask: ({ params, body }, { caller }) => changeTaskTo(room, caller, params.id, body),
      undoTask: ({ params, body }, { caller }) => undoTask(room, caller, params.id, body.version),
      remindTask: ({ params, body }, { caller }) => remindTask(room, caller, params.id, body.version),
      noteTask: ({ params, body }, { caller }) => noteTask(room, caller, params.id, body.text),
      patientTasks: ({ params }, ctx) => patientTasks(room, ctx, params.patient),
      handovers: async (_, { caller }) => ({ handovers: await handoversFor(room, caller) }),
      handOver: ({ params, body }, { caller }) => handOver(room, caller, params.patient, body),
      readHandover: ({ params }, { caller }) => readHandover(room, caller, params.id),
    },
    onWrite: [whenWritten(['Task'], onTaskWritten(room.now))],
    consumers: taskConsumers(room),
    tick: () => watchTasks(room),
  };
}

async function patientTasks(room: Room, { caller }: Ctx, patient: string) {
  const store = room.fhirFor(caller);
  const viewer = await viewerOf(room, caller);
  const { open, ended, handovers } = await store.sql((sql) =>
    tasksOfPatient(sql, caller.tenant, viewer, patient, room.now()),
  );
  const read = await readWalked(store, [...open, ...ended, ...handovers], room.now());
  const of = (walked: readonly { id: string }[]) => walked.flatMap(({ id }) => read.stored.get(id) ?? []);
  return {
    tasks: await taskLinesOf(room, caller, store, of(open), read),
    done: await taskLinesOf(room, caller, store, of(ended), read),
    handovers: await handoverLinesOf(room, caller, store, of(handovers), read),
  };
}
