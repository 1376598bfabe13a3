import type { Patient, Reference, Task } from '@medplum/fhirtypes';
import { type FhirStore, type Stored, taskKindSystem, type WriteHook } from '../../fhir/index.ts';
import type { Entered } from '../read/enter.ts';
import type { PersonCaller, Room } from '../room.ts';
import { askedRenewal, prescriptionsOnly, withAskedRenewal } from './task.rules.ts';

/** What coordination does for it (main.ts): the tasks are its own. */
export interface RenewalTasks {
  /** Asks the prescriber; in the transaction of the store. `line`: `Type/id`. The Task's id. */
  ask(
    store: FhirStore,
    by: PersonCaller,
    now: Date,
    what: { line: string; patient: Reference<Patient>; to: string; words: string },
  ): Promise<string>;
  /**
   * What became of it, told back to who asked: renewed, not to be renewed with why, taken back by who asked or asked of nobody any more. `house`: whoever acts on the line need not be able to change the task.
   * @param by nobody: what was asked about is over
   */
  settle(
    house: FhirStore,
    by: PersonCaller | null,
    now: Date,
    task: string,
    how: 'renewed' | 'refused' | 'withdrawn',
    words?: string,
  ): Promise<void>;
}
const renewalTaskCode = 'renewal';

/** The line was renewed, or will not be: whoever asked is told; in the transaction of the act. */
export async function settleAsked(
  entered: Entered,
  tx: FhirStore,
  task: Task,
  how: 'renewed' | 'refused',
  words?: string,
): Promise<void> {
  const asked = askedRenewal(task);
  if (asked?.task)
    await entered.room.renewalTasks?.settle(
      tx.asHouse('renouvellement demandé : suite'),
      entered.caller,
      entered.now,
      asked.task,
      how,
      words,
    );
}

/** With every Task: a request that is refused or cancelled among the tasks is not asked any more. In the same transaction. */
export const onRenewalTaskWritten =
  (room: Pick<Room, 'house' | 'now'>): WriteHook<Task> =>
  async (sql, tenant, id, task) => {
    if (
      !task ||
      !isRenewalTask(task) ||
      !['rejected', 'cancelled', 'failed', 'entered-in-error'].includes(task.status ?? '')
    )
      return;
    const line = lineAsked(task);
    if (!line) return;
    const house = room.house(tenant, 'renouvellement qui n’est plus demandé', sql);
    const { resources } = await house.search('Task', [
      ['focus', line],
      ['_count', '5'],
    ]);
    for (const stored of prescriptionsOnly(resources)) {
      const follower = stored.resource;
      if (askedRenewal(follower)?.task === id)
        await house.update(withAskedRenewal(follower, null, room.now().toISOString()), {
          ifMatch: `W/"${stored.version}"`,
          reason: 'demande refusée ou retirée',
        });
    }
  };
const isRenewalTask = (task: Pick<Task, 'code'>): boolean =>
  task.code?.coding?.some(({ system, code }) => system === taskKindSystem && code === renewalTaskCode) ?? false;
/** `Type/id` of the line that someone asks to renew. */
export const lineAsked = (task: Pick<Task, 'basedOn'>): string | undefined =>
  task.basedOn
    ?.map(({ reference }) => reference ?? '')
    .find((one) => /^(MedicationRequest|ServiceRequest|DeviceRequest)\/[A-Za-z0-9\-.]{1,64}$/.test(one));
/** Followers of the lines that this person is asked to renew. */
export async function askedOfMe(store: FhirStore, practitioner: string): Promise<Stored<'Task'>[]> {
  const { resources } = await store.search('Task', [
    ['code', `${taskKindSystem}|${renewalTaskCode}`],
    ['owner', `Practitioner/${practitioner}`],
    ['status', 'requested,accepted,in-progress'],
    ['_count', '200'],
  ]);
  const lines = resources.flatMap((one) => lineAsked(one.resource) ?? []);
  return lines.length > 0
    ? prescriptionsOnly(
        (
          await store.search('Task', [
            ['focus', [...new Set(lines)].join(',')],
            ['_count', '400'],
          ])
        ).resources,
      )
    : [];
}
