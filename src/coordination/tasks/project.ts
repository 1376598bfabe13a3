import type { Task } from '@medplum/fhirtypes';
import { kindsOfData } from '../../access/index.ts';
import { circleOf, keyOf, kindOfResource, taskKindSystem, type WriteHook } from '../../fhir/index.ts';
import { publish } from '../../platform/index.ts';
import { idOf } from '../../record/index.ts';
import type { TaskState } from '../contract/tasks.ts';
import { dueInstant, instantOf } from './due.rules.ts';
import { dueOf, factsOf, kindCode, urgent } from './task-lines.ts';
import { isOpen } from './tasks.rules.ts';
import { dropTask, saveTask } from './tasks.store.ts';

/** On a Task: who has read the handover it stands for (valueReference, its `urn:estran:at` says when). */
export const readByUrl = 'urn:estran:read-by';
/** What became of a task; everyone is a Practitioner id. */
export interface TaskChanged {
  task: string;
  owner: string | null;
  /** Who had it before, to be told too. */
  before: string | null;
  requester: string | null;
  /** Patient id; null: the practice's. */
  patient: string | null;
  state: TaskState;
}

/** Keeps the index in step with every Task, whoever writes it, and tells what became of it: in the transaction of the write. */
export const onTaskWritten =
  (now: () => Date): WriteHook<Task> =>
  async (sql, tenant, id, task) => {
    // What follows a line of a prescription has lists of its own.
    if (task === null || task.status === 'entered-in-error' || isOrder(task)) {
      const before = await dropTask(sql, tenant, id);
      if (before)
        await publish(sql, tenant, 'task.changed', {
          task: id,
          owner: null,
          before: before.owner,
          requester: null,
          patient: null,
          state: 'cancelled',
        });
      return;
    }
    const facts = factsOf(task);
    const due = dueInstant(dueOf(task));
    const patient = idOf(task.for, 'Patient') ?? null;
    const circle = circleOf(task);
    // Whoever refused it does not have it any more.
    const owner = facts.state === 'rejected' ? null : facts.owner;
    const before = await saveTask(
      sql,
      tenant,
      {
        id,
        task_kind: kindCode(task),
        state: facts.state,
        open: isOpen(facts.state),
        urgent: urgent(task),
        due: due?.toISOString() ?? null,
        owner,
        profession: facts.profession,
        team: facts.team,
        requester: facts.requester,
        patient_id: patient,
        focus: localReference(task.focus?.reference),
        data_kind: kindsOfData[kindOfResource(task)].bit,
        subject_key: patient ? String(keyOf(`Patient/${patient}`)) : circle ? String(keyOf(circle)) : null,
        author_key: facts.requester ? String(keyOf(`Practitioner/${facts.requester}`)) : null,
        asked: (instantOf(task.authoredOn) ?? now()).toISOString(),
        changed: (instantOf(task.lastModified) ?? now()).toISOString(),
        readers: readersOf(task).map(({ id: reader }) => reader),
      },
      now(),
    );
    const changed: TaskChanged = {
      task: id,
      owner,
      before: before?.owner ?? null,
      requester: facts.requester,
      patient,
      state: facts.state,
    };
    await publish(sql, tenant, 'task.changed', { ...changed });
  };

export const isOrder = (task: Task): boolean =>
  task.code?.coding?.some(({ system, code }) => system === taskKindSystem && code === 'order') ?? false;
/** `Type/id` when it is one of ours. */
const localReference = (reference: string | undefined): string | null =>
  reference && /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.test(reference) ? reference : null;

/** Who has read a handover, and when, in the order in which they did. */
export function readersOf(task: Task): { id: string; at: string }[] {
  const found: { id: string; at: string }[] = [];
  for (const one of task.extension ?? []) {
    const id = one.url === readByUrl ? idOf(one.valueReference, 'Practitioner') : undefined;
    if (id)
      found.push({
        id,
        at: one.valueReference?.extension?.find((inner) => inner.url === 'urn:estran:at')?.valueDateTime ?? '',
      });
  }
  return found;
}
