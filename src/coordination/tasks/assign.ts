import type { Patient, Reference, ServiceRequest, Task } from '@medplum/fhirtypes';
import {
  cannotReach,
  type KindOfData,
  mustBeLetIn,
  outsideTeam,
  type PersonCaller,
  professionKeptOut,
  professionSystem,
  professions,
  rightsOf,
  staffOf,
} from '../../access/index.ts';
import { categorySystem, type FhirStore, newId, ofType, type Stored, taskKindSystem } from '../../fhir/index.ts';
import { invalid, Problem } from '../../platform/index.ts';
import { authorReference, withoutEmpty } from '../../record/index.ts';
import type { Addressee } from '../contract/common.ts';
import type { TaskKind } from '../contract/tasks.ts';
import { practiceCircle } from '../room.ts';

/** Something asked of someone. The words go into a ServiceRequest, who and when into a Task that says nothing of what (docs/adr/0011). */
export interface Assignment {
  kind: TaskKind;
  title: string;
  detail?: string | undefined;
  /** Absent: a task of the practice, seen by everyone in it. */
  patient?: Reference<Patient> | undefined;
  addressee: Addressee;
  /** ISO date or instant. */
  due?: string | null | undefined;
  priority?: 'routine' | 'urgent' | 'asap' | 'stat' | undefined;
  /** Words that the secretariat reads. */
  administrative?: boolean | undefined;
  /** CarePlan, RequestGroup… that this is a part of. */
  basedOn?: Reference | undefined;
  /** Encounter (case meeting) in which it was decided. */
  encounter?: Reference | undefined;
  reason?: Reference[] | undefined;
  /** What the Task is about, when it is one document: found from it (`based-on`). */
  document?: Reference | undefined;
  /** Of the ServiceRequest: who is to do it, when that is nobody of the practice. */
  performer?: Reference[] | undefined;
  /** The part of the record that goes with it. */
  supporting?: Reference[] | undefined;
  /** Of the ServiceRequest: protocol it comes from, and which of its actions. */
  instantiates?: string | undefined;
  identifier?: { system: string; value: string } | undefined;
  /** Starts on hold (the protocol is paused, or an earlier step must come first). */
  onHold?: boolean | undefined;
}
export interface Assigned {
  task: Stored<'Task'>;
  request: Stored<'ServiceRequest'>;
}

/** Owner elements of a Task for an addressee: a person of the practice, whom the patient lets read the words, of the kind `words`. */
export async function ownerOf(
  store: FhirStore,
  to: Addressee,
  patient: string | undefined,
  words: KindOfData,
): Promise<Pick<Task, 'owner' | 'performerType'>> {
  const { tenant } = store.caller;
  if (to.to === 'profession') {
    if (!Object.hasOwn(professions, to.profession))
      throw invalid('Cette profession n’est pas connue. Rien n’a été modifié.', {
        addressee: 'Choisissez une profession de la liste.',
      });
    if (patient) await mustHaveReaders(store, to.profession, patient, words);
    return {
      performerType: [
        {
          coding: [
            {
              system: professionSystem,
              code: to.profession,
              display: professions[to.profession as keyof typeof professions].fr,
            },
          ],
        },
      ],
    };
  }
  if (to.to === 'team') {
    if (!patient) return {};
    const { resources } = await store.search('CareTeam', [
      ['patient', patient],
      ['status', 'active'],
      ['_sort', '-_lastUpdated'],
      ['_count', '1'],
    ]);
    return resources[0] ? { owner: { reference: `CareTeam/${resources[0].id}` } } : {};
  }
  const staff = await store.sql((sql) => staffOf(sql, tenant));
  const person = staff.find((one) => one.practitioner === to.practitioner);
  if (!person)
    throw invalid('Cette personne n’a pas de compte ouvert dans la structure. Rien n’a été modifié.', {
      addressee: 'Choisissez une personne de la liste.',
    });
  if (patient) {
    // Whoever does something for a patient takes part in the care, or sees every task of the practice by profession.
    const everywhere = (await store.sql((sql) => rightsOf(sql, tenant, person.profession))).tasks.reach === 'practice';
    if (!everywhere && (await store.sql((sql) => outsideTeam(sql, tenant, patient, [person.practitioner]))).length > 0)
      throw new Problem(
        409,
        'Hors de l’équipe de soins',
        `${person.name} n’est pas dans l’équipe de soins de ce patient. Recueillez l’accord du patient pour l’y faire entrer, ou choisissez quelqu’un d’autre. Rien n’a été modifié.`,
        {
          extra: { code: 'outside-team', practitioner: person.practitioner, name: person.name },
        },
      );
    await store.sql((sql) => mustBeLetIn(sql, patient, [words], [person], 'Rien n’a été enregistré.'));
  }
  return { owner: { reference: `Practitioner/${person.practitioner}`, display: person.name } };
}

/** A profession of which the patient keeps everyone out, in the care team or in the practice when nobody of it is in the team, would not read it. */
async function mustHaveReaders(
  store: FhirStore,
  profession: string,
  patient: string,
  words: KindOfData,
): Promise<void> {
  const kept = await store.sql((sql) => professionKeptOut(sql, store.caller.tenant, patient, [words], profession));
  if (kept.length > 0) throw cannotReach([...new Set(kept.map((one) => one.name))], 'Rien n’a été enregistré.');
}

/** Of the words: what a protocol or a case meeting asks is read by whoever coordinates, what carers ask of one another by carers only. */
export const categoryOf = (kind: string, administrative = false): string =>
  administrative ? 'administrative' : kind === 'protocol' ? 'protocol' : kind === 'decision' ? 'case-meeting' : 'task';

/** The kind of data that words of this category are of. */
export const kindOfWords = (category: string): KindOfData =>
  category === 'administrative' ? 'administrative' : category === 'task' ? 'exchanges' : 'coordination';

/** Writes the pair; inside a transaction of the caller's when the store is one. Rights are the store's. */
export async function assign(store: FhirStore, by: PersonCaller, now: Date, what: Assignment): Promise<Assigned> {
  const patient = what.patient?.reference?.split('/')[1];
  const subject = what.patient ?? { reference: practiceCircle };
  const category = categoryOf(what.kind, what.administrative);
  const to = await ownerOf(store, what.addressee, patient, kindOfWords(category));
  const author = authorReference(by);
  const requestId = newId();
  const request: ServiceRequest = withoutEmpty({
    resourceType: 'ServiceRequest',
    id: requestId,
    status: 'active',
    intent: 'order',
    priority: what.priority ?? 'routine',
    category: [{ coding: [{ system: categorySystem, code: category }] }],
    code: { text: what.title },
    subject,
    requester: author,
    authoredOn: now.toISOString(),
    ...(what.due && { occurrenceDateTime: what.due }),
    ...(what.detail && { note: [{ authorReference: author, time: now.toISOString(), text: what.detail }] }),
    ...(what.basedOn && { basedOn: [what.basedOn] }),
    ...(what.encounter && { encounter: what.encounter }),
    ...(what.reason && { reasonReference: what.reason }),
    ...(what.performer && { performer: what.performer }),
    ...(what.supporting?.length && { supportingInfo: what.supporting }),
    ...(what.document && { supportingInfo: [what.document] }),
    ...(what.instantiates && { instantiatesCanonical: [what.instantiates] }),
    ...(what.identifier && { identifier: [what.identifier] }),
  } as ServiceRequest);
  const task: Task = withoutEmpty({
    resourceType: 'Task',
    id: newId(),
    // What one asks of oneself is accepted already.
    status: what.onHold
      ? 'on-hold'
      : what.addressee.to === 'person' && what.addressee.practitioner === by.practitioner
        ? 'accepted'
        : 'requested',
    intent: 'order',
    priority: what.priority ?? 'routine',
    code: { coding: [{ system: taskKindSystem, code: what.kind }] },
    focus: { reference: `ServiceRequest/${requestId}` },
    for: subject,
    authoredOn: now.toISOString(),
    lastModified: now.toISOString(),
    requester: author,
    ...to,
    ...(what.basedOn && { basedOn: [what.basedOn] }),
    ...(what.document && { basedOn: [what.document] }),
    ...(what.encounter && { encounter: what.encounter }),
    ...(what.due && { restriction: { period: { end: what.due } } }),
  } as Task);
  const made = await store.createMany([request, task]);
  return { request: ofType(made, 'ServiceRequest')[0]!, task: ofType(made, 'Task')[0]! };
}
