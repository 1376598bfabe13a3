import { mayReach } from '../../access/index.ts';
import { needsPatientId } from '../../record/index.ts';
import type { ThreadLine } from '../contract/messages.ts';
import type { PersonCaller, Room } from '../room.ts';
import { listThreads } from './read-threads.ts';
import { countsOf } from './threads.store.ts';

export async function countThreads(
  room: Room,
  caller: PersonCaller,
): Promise<{ unread: number; urgent: number; mentions: number; todo: number }> {
  const store = room.fhirFor(caller);
  const sight = await store.sight('read');
  return store.sql((sql) => countsOf(sql, caller.tenant, sight, caller.practitioner));
}

/** Conversations about one patient, of those the caller may read; a patient one may not know is a 404 like one who is not there. */
export async function threadsOfPatient(
  room: Room,
  caller: PersonCaller,
  patient: string,
): Promise<{ threads: ThreadLine[]; mayWrite: boolean; mayWriteAdministrative: boolean }> {
  needsPatientId(patient);
  await room.fhirFor(caller).read('Patient', patient);
  const { threads } = await listThreads(room, caller, { view: 'patient', patient });
  return {
    threads,
    mayWrite: await mayReach(room.db, caller, patient, 'exchanges', 'write'),
    mayWriteAdministrative: await mayReach(room.db, caller, patient, 'administrative', 'write'),
  };
}
