import { idOf, type ReadingTasks, withoutEmpty } from '../../record/index.ts';
import { dueIn } from './act-on-task.ts';
import { assign } from './assign.ts';
import { changedByUrl } from './change-task.ts';

/**
 * A document confided to someone, as a task that is followed, refused and handed on like any other. Its words say that there is a document and nothing of which: its title is read with
 * each line, under the reader's rights (task-lines.ts). The record closes it (record/documents/reading-task.ts).
 */
export const readingTasks: ReadingTasks = {
  async ask(store, by, now, { document, patient, to, sign, due }) {
    const { task } = await assign(store, by, now, {
      kind: 'document',
      title: sign ? 'Document à signer' : 'Document à lire',
      patient,
      addressee: { to: 'person', practitioner: to },
      due: dueIn(due, now),
      document: { reference: `DocumentReference/${document}` },
    });
    return task.id;
  },
  async moveDue(store, by, now, id, typed) {
    const due = dueIn(typed, now);
    if (!due) return;
    const stored = await store.read('Task', id);
    const task = stored.resource;
    const extension = [
      ...(task.extension ?? []).filter(({ url }) => url !== changedByUrl),
      { url: changedByUrl, valueReference: by },
    ];
    await store.update(
      withoutEmpty({
        ...task,
        extension,
        lastModified: now.toISOString(),
        restriction: { ...task.restriction, period: { ...task.restriction?.period, end: due } },
      }),
      { ifMatch: `W/"${stored.version}"` },
    );
    const request = idOf(task.focus, 'ServiceRequest');
    const words = request ? await store.read('ServiceRequest', request) : null;
    if (words) await store.update({ ...words.resource, occurrenceDateTime: due });
  },
};
