import type { MedicationRequest } from '@medplum/fhirtypes';
import type { FhirStore, Stored } from '../../fhir/index.ts';
import { addDays } from '../dates.rules.ts';
import type { Entered } from '../read/enter.ts';
import { withoutEmpty } from '../fhir-words.ts';
import { withExtension } from '../read/labels.ts';
import { endedUrl, treatmentPeriod } from '../treatments/course.rules.ts';
import { ended, type StoredLine } from './line.rules.ts';
import { settleAsked } from './renewal-tasks.ts';
import { renewedAt, renewedFrom, renewedTask, unrenewedTask } from './task.rules.ts';

/**
 * The line that is renewed is over when the new one begins: whoever asked for it is told, and the new one takes its place in the treatments from that day.
 * @param again its renewal is corrected: what was said of the first is said anew of the second
 */
export async function closeRenewed(
  entered: Entered,
  tx: FhirStore,
  renews: StoredLine,
  task: Stored<'Task'> | undefined,
  from: string,
  again: boolean,
): Promise<void> {
  const house = tx.asHouse('ligne renouvelée');
  const reason = 'renouvelée';
  if (task) {
    if (!again) await settleAsked({ ...entered, store: tx }, tx, task.resource, 'renewed');
    const at = (again && renewedAt(task.resource)) || entered.now.toISOString();
    await house.update(renewedTask(task.resource, at, from), { ifMatch: `W/"${task.version}"`, reason });
  }
  const running = again && task ? asBefore(renews, task) : asItRuns(renews);
  if (!running) return;
  // What it said stays in its versions.
  await house.update(from <= entered.reading.today ? ended(running, 'completed') : endingBefore(running, from), {
    ifMatch: `W/"${renews.version}"`,
    reason,
  });
}
/** A line whose renewal was taken back runs on as before, and may be renewed. */
export async function renewAgain(
  house: FhirStore,
  ref: string,
  task: Stored<'Task'> | undefined,
  now: string,
  reason: string,
): Promise<void> {
  if (!task || !renewedAt(task.resource)) return;
  await house.update(unrenewedTask(task.resource, now), { ifMatch: `W/"${task.version}"`, reason });
  const [type = '', id = ''] = ref.split('/');
  if (type !== 'MedicationRequest') return;
  const line = await house.read(type, id);
  const running = asBefore(line, task);
  if (running) await house.update(running, { ifMatch: `W/"${line.version}"`, reason });
}

const asItRuns = ({ resource }: StoredLine): MedicationRequest | undefined =>
  resource.resourceType === 'MedicationRequest' && resource.status === 'active' ? resource : undefined;
/** As it was before it was renewed; nothing when somebody else closed it since, or before. */
function asBefore(line: StoredLine, { resource: task }: Stored<'Task'>): MedicationRequest | undefined {
  const { resource } = line;
  if (resource.resourceType !== 'MedicationRequest') return undefined;
  const [at, from] = [renewedAt(task), renewedFrom(task)];
  if (resource.status === 'completed' && at && line.updated >= at) return { ...resource, status: 'active' };
  const mark = resource.extension?.find(({ url }) => url === endedUrl)?.valueDate;
  return resource.status === 'active' && from && mark === addDays(from, -1)
    ? withoutEmpty({ ...resource, extension: withExtension(resource, endedUrl, undefined) })
    : asItRuns(line);
}
/** It is taken until the day before, if not less long by itself. */
function endingBefore(medicine: MedicationRequest, from: string): MedicationRequest {
  const last = addDays(from, -1);
  const { end } = treatmentPeriod(medicine);
  return end && end <= last
    ? medicine
    : { ...medicine, extension: withExtension(medicine, endedUrl, { valueDate: last }) };
}
