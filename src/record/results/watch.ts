import type { DiagnosticReport, Patient, ServiceRequest, Task } from '@medplum/fhirtypes';
import { asCaller, mayReach, professionSystem, professions, staffOf, tellNotice } from '../../access/index.ts';
import {
  categorySystem,
  type FhirStore,
  ifThere,
  newId,
  refersTo,
  type Stored,
  taskKindSystem,
  type WriteHook,
} from '../../fhir/index.ts';
import { eachInTurn, type Sql } from '../../platform/index.ts';
import { idOf, labelOf, sensitivityOf, withoutEmpty } from '../fhir-words.ts';
import { displayName } from '../identity/patient.rules.ts';
import { displayOf } from '../read/measures.rules.ts';
import { authorOf } from '../read/reading.ts';
import type { Room } from '../room.ts';
import { isCritical } from '../contract/results/flags.rules.ts';
import { observationsOf } from './gather.ts';
import { anyCritical, cameAt, criticalHours, isWaiting, patientOf, readerOf, valuesIn } from './report.rules.ts';
import {
  dropWaiting,
  judge,
  noteTask,
  noteTold,
  overdue,
  practicesWaiting,
  putWaiting,
  unjudged,
  type WaitingRow,
} from './waiting.store.ts';
import { followedBy } from './who-acknowledges.ts';

type JobRoom = Pick<Room, 'db' | 'house' | 'now' | 'standsFor'>;
/** With every DiagnosticReport, whoever writes it: does it wait for someone? Its task is over when it does not any more. */
export const onReportWritten =
  (room: JobRoom): WriteHook<DiagnosticReport> =>
  async (sql, tenant, id, report) => {
    if (report && isWaiting(report, room.now())) {
      await putWaiting(sql, tenant, {
        id,
        patient: patientOf(report)!,
        reader: readerOf(report),
        at: new Date(cameAt(report)!).toISOString(),
      });
      return;
    }
    // What is written for the first time was not waiting before.
    if (report?.meta?.versionId === '1') return;
    const task = await dropWaiting(sql, tenant, id);
    if (task) await closeTask(room.house(tenant, 'résultat validé', sql), task, room.now());
  };
async function closeTask(store: FhirStore, id: string, now: Date): Promise<void> {
  const stored = await ifThere(store.read('Task', id));
  if (!stored || ['completed', 'cancelled', 'entered-in-error'].includes(String(stored.resource.status))) return;
  await store.update({
    ...stored.resource,
    id,
    status: 'completed',
    lastModified: [now.toISOString(), String(stored.resource.authoredOn ?? '')].sort().at(-1)!,
  });
  const focus = idOf(stored.resource.focus, 'ServiceRequest');
  const request = focus ? await ifThere(store.read('ServiceRequest', focus)) : null;
  if (request) await store.update({ ...request.resource, id: request.id, status: 'completed' });
}

/** Once a minute: what came in another way is looked at, and what is critical and nobody has acknowledged is given to the care team. */
export async function watchResults(room: JobRoom): Promise<void> {
  const before = new Date(room.now().getTime() - criticalHours * 3_600_000);
  const practices = await room.db.owner('practices with results to look at', (sql) => practicesWaiting(sql, before));
  await eachInTurn(practices.map((tenant) => () => watchPracticeResults(room, tenant)));
}
export async function watchPracticeResults(room: JobRoom, tenant: number): Promise<void> {
  const before = new Date(room.now().getTime() - criticalHours * 3_600_000);
  await room.db.transaction(tenant, async (sql) => {
    const house = room.house(tenant, 'résultats à valider', sql);
    for (const row of await unjudged(sql, tenant, 200)) await look(room, sql, house, tenant, row);
    for (const row of await overdue(sql, tenant, before)) await escalate(room, sql, house, tenant, row);
  });
}

const read = async (
  house: FhirStore,
  row: WaitingRow,
): Promise<{ stored: Stored<'DiagnosticReport'>; patient: Patient } | null> => {
  const stored = await ifThere(house.read('DiagnosticReport', row.id));
  const patient = stored && (await ifThere(house.read('Patient', patientOf(stored.resource) ?? row.patient)));
  return stored && patient ? { stored, patient: patient.resource } : null;
};
async function look(room: JobRoom, sql: Sql, house: FhirStore, tenant: number, row: WaitingRow): Promise<void> {
  const found = await read(house, row);
  if (!found) {
    await dropWaiting(sql, tenant, row.id);
    return;
  }
  const values = valuesIn(found.stored.resource, await observationsOf(house, [found.stored]), {
    birth: found.patient.birthDate,
    sex: found.patient.gender,
  });
  const reader = row.reader ?? followedBy(found.patient);
  await settle(room, sql, tenant, { ...row, reader }, anyCritical(values));
}
/** What is known of a report is written down; who must acknowledge a critical one is told, once, and whoever stands in. */
export async function settle(
  room: JobRoom,
  sql: Sql,
  tenant: number,
  row: Pick<WaitingRow, 'id' | 'patient' | 'reader' | 'told'>,
  critical: boolean,
  by?: string,
): Promise<void> {
  await judge(sql, tenant, row.id, critical, row.reader);
  if (!critical || row.told || !row.reader) return;
  const words = 'Un résultat critique attend votre validation pour ce patient.';
  for (const one of await staffOf(sql, tenant))
    if (
      one.practitioner !== by &&
      (one.practitioner === row.reader || (await room.standsFor(sql, tenant, one.practitioner)).includes(row.reader)) &&
      // Who is out of the care team, or kept out by the patient, is not told that there is a patient.
      (await mayReach(sql, asCaller(tenant, one), row.patient, 'results', 'read'))
    )
      await tellNotice(
        sql,
        tenant,
        { practitioner: one.practitioner, kind: 'result-critical', patient: row.patient, words },
        { once: true },
      );
  await noteTold(sql, tenant, row.id, room.now());
}

/** A task of the care team: words in a ServiceRequest, a Task without words that points to it. Coordination lists it and goes on from there. */
async function escalate(room: JobRoom, sql: Sql, house: FhirStore, tenant: number, row: WaitingRow): Promise<void> {
  const found = await read(house, row);
  if (!found) return;
  const report = found.stored.resource;
  const now = room.now().toISOString();
  const values = valuesIn(report, await observationsOf(house, [found.stored]), {
    birth: found.patient.birthDate,
    sex: found.patient.gender,
  }).filter(({ flag }) => isCritical(flag));
  const teams = (
    await house.search('CareTeam', [
      ['patient', `Patient/${found.patient.id}`],
      ['status', 'active'],
      ['_sort', '-_lastUpdated'],
      ['_count', '1'],
    ])
  ).resources;
  const reader = row.reader ? (await staffOf(sql, tenant)).find((one) => one.practitioner === row.reader) : undefined;
  const patient = { reference: `Patient/${found.patient.id}`, display: displayName(found.patient) };
  // What is labelled as sensitive is not told in other words elsewhere.
  const said = sensitivityOf(found.stored.resource)
    ? labelOf(report.code, 'Résultat')
    : values.map((value) => `${value.label} ${displayOf([value])}`).join(', ');
  const author = authorOf(found.stored.resource);
  const requestId = newId();
  const request: ServiceRequest = {
    resourceType: 'ServiceRequest',
    id: requestId,
    status: 'active',
    intent: 'order',
    priority: 'urgent',
    category: [{ coding: [{ system: categorySystem, code: 'task' }] }],
    code: { text: `Résultat critique à valider : ${said}`.slice(0, 200) },
    subject: patient,
    ...(refersTo(author, 'Practitioner') && { requester: author }),
    authoredOn: now,
    supportingInfo: [{ reference: `DiagnosticReport/${row.id}` }],
    note: [
      {
        time: now,
        text: `${labelOf(report.code, 'Résultat')} : personne ne l’a validé depuis plus de ${criticalHours} heures.${reader ? ` Attendu de ${reader.name}.` : ''} Ouvrez le résultat pour le valider ; cette tâche se ferme alors d’elle-même.`,
      },
    ],
  };
  const team = teams[0] && teams[0].resource;
  const task: Task = {
    resourceType: 'Task',
    id: newId(),
    status: 'requested',
    intent: 'order',
    priority: 'urgent',
    code: { coding: [{ system: taskKindSystem, code: 'request' }] },
    focus: { reference: `ServiceRequest/${requestId}` },
    for: patient,
    authoredOn: now,
    lastModified: now,
    ...(team
      ? { owner: { reference: `CareTeam/${team.id}` } }
      : {
          performerType: [
            { coding: [{ system: professionSystem, code: 'physician', display: professions.physician.fr }] },
          ],
        }),
    restriction: { period: { end: new Date(room.now().getTime() + 3_600_000).toISOString() } },
  };
  await house.createMany([withoutEmpty(request), withoutEmpty(task)]);
  await noteTask(sql, tenant, row.id, task.id!);
}
