import { ifThere } from '../../fhir/index.ts';
import { authorReference, type RenewalTasks, withoutEmpty } from '../../record/index.ts';
import { assign } from './assign.ts';
import { changedByUrl, keepRequest, say } from './change-task.ts';

const becomes = { renewed: 'completed', refused: 'rejected', withdrawn: 'cancelled' } as const;
/**
 * A renewal that is asked of a prescriber, as a task that is followed, refused and seen to its end like any other. Its words do not say what is prescribed: that is read with each line, under the reader's rights
 * (task-lines.ts). The record closes it when the line is renewed (record/orders/renewal-tasks.ts).
 */
export const renewalTasks: RenewalTasks = {
  async ask(store, by, now, { line, patient, to, words }) {
    const { task } = await assign(store, by, now, {
      kind: 'renewal',
      title: 'Renouvellement demandé',
      detail: words,
      patient,
      addressee: { to: 'person', practitioner: to },
      document: { reference: line },
    });
    return task.id;
  },
  async settle(house, by, now, id, how, words) {
    const stored = await ifThere(house.read('Task', id));
    const task = stored?.resource;
    if (!stored || !task || ['completed', 'cancelled', 'rejected', 'entered-in-error'].includes(task.status ?? ''))
      return;
    const author = by && authorReference(by);
    const extension = [
      ...(task.extension ?? []).filter(({ url }) => url !== changedByUrl),
      ...(author ? [{ url: changedByUrl, valueReference: author }] : []),
    ];
    await house.update(
      withoutEmpty({
        ...task,
        status: becomes[how],
        ...(how !== 'withdrawn' && author && { owner: author }),
        extension,
        lastModified: now.toISOString(),
      }),
      { ifMatch: `W/"${stored.version}"` },
    );
    await keepRequest(house, task, becomes[how]);
    if (words && by)
      await say(
        house,
        { caller: by, task, stored, line: { kind: 'renewal', administrative: false } },
        how === 'refused' ? 'refused' : 'done',
        words,
        now.toISOString(),
      );
  },
};
