import type { Communication } from '@medplum/fhirtypes';
import { cannotReach, carersOf, keptOut, professions, rightsOf, staffOf } from '../../access/index.ts';
import {
  asJson,
  type FhirStore,
  isResourceType,
  newId,
  patientsOf,
  refersTo,
  type ResourceType,
} from '../../fhir/index.ts';
import { invalid, notFound, Problem } from '../../platform/index.ts';
import {
  addToTeam,
  authorReference,
  clinicalDate,
  describe,
  displayName,
  type Entered,
  type PersonCaller,
  parseDate,
  recorderUrl,
} from '../../record/index.ts';
import type { AskBody, OpinionLine } from '../contract/opinions.ts';
import type { Room } from '../room.ts';
import { assign } from '../tasks/assign.ts';
import { actSystem, changeTask, loadTask } from '../tasks/change-task.ts';
import { answerCategory, answerRead, opinionLines, outsideReference } from './read-opinions.ts';

const goodId = /^[A-Za-z0-9\-.]{1,64}$/;
/** What may go with a question, in the order in which one reads a record. */
const groups: readonly { label: string; types: readonly ResourceType[]; each: number }[] = [
  { label: 'Problèmes', types: ['Condition'], each: 30 },
  { label: 'Allergies', types: ['AllergyIntolerance'], each: 20 },
  { label: 'Traitements', types: ['MedicationRequest', 'MedicationStatement'], each: 30 },
  { label: 'Résultats', types: ['DiagnosticReport'], each: 12 },
  { label: 'Mesures', types: ['Observation'], each: 20 },
  { label: 'Documents', types: ['DocumentReference'], each: 15 },
  { label: 'Notes', types: ['ClinicalImpression', 'Composition'], each: 10 },
  { label: 'Vaccins', types: ['Immunization'], each: 10 },
];
const sendable = [...new Set(groups.flatMap((group) => group.types))];

export async function partsToSend(entered: Entered) {
  const { store, patientId, reading: r } = entered;
  const found = await store.compartment(patientId, { types: sendable, each: 30 });
  return {
    groups: groups
      .map(({ label, types, each }) => ({
        label,
        parts: found
          .filter(
            (one) =>
              types.includes(one.type) &&
              asJson(one.resource).status !== 'entered-in-error' &&
              !one.resource.meta?.tag?.some((tag) => tag.code === 'private-note'),
          )
          .slice(0, each)
          .map((one) => {
            const said = describe(one.resource, { birth: r.birth, sex: r.sex });
            return {
              type: one.type,
              id: one.id,
              what: said.whatLabel,
              label: [said.title, said.details.split('\n')[0]].filter(Boolean).join(' — '),
              at: clinicalDate(one.resource),
            };
          }),
      }))
      .filter((group) => group.parts.length > 0),
  };
}

/** What is another patient's is as if it did not exist. */
async function mustBeOf(
  store: FhirStore,
  { type, id }: { type: string; id: string },
  patientId: string,
): Promise<void> {
  if (!goodId.test(id) || !isResourceType(type)) throw notFound('Cet élément');
  if (patientsOf((await store.read(type, id)).resource)[0] !== patientId) throw notFound('Cet élément');
}
/** A question that nobody may read is asked of nobody: who is named reads exchanges between carers, a profession has someone else in the care team. */
async function mustBeHeard({ store, caller, patientId }: Entered, to: AskBody['addressee']): Promise<void> {
  const { tenant } = caller;
  if (to.to === 'profession') {
    const carers = await store.sql((sql) => carersOf(sql, tenant, patientId));
    const asked = carers.filter((one) => one.profession === to.profession && one.practitioner !== caller.practitioner);
    const kept = await store.sql((sql) => keptOut(sql, patientId, ['exchanges'], asked));
    if (asked.length > 0 && kept.length === asked.length)
      throw cannotReach(
        asked.map((one) => one.name),
        'Rien n’a été envoyé.',
      );
    if (Object.hasOwn(professions, to.profession) && asked.length === 0)
      throw invalid(
        'Personne d’autre de cette profession n’est dans l’équipe de soins de ce patient : la question ne serait lue par personne. Choisissez une personne, avec l’accord du patient. Rien n’a été envoyé.',
        { addressee: 'Choisissez une personne.' },
      );
  }
  if (to.to !== 'person') return;
  const person = (await store.sql((sql) => staffOf(sql, tenant))).find((one) => one.practitioner === to.practitioner);
  if (person && (await store.sql((sql) => rightsOf(sql, tenant, person.profession))).exchanges.reach === 'none')
    throw invalid(
      `${person.name} ne lit pas les échanges de soins dans cette structure : la question ne lui parviendrait pas. Choisissez un soignant, ou confiez-lui une tâche. Rien n’a été envoyé.`,
      { addressee: 'Choisissez un soignant.' },
    );
}

/** DOS-15: asks; whoever is outside the care team joins it first, with the patient's agreement. */
export async function askOpinion(room: Room, entered: Entered, body: AskBody): Promise<OpinionLine> {
  const { store, caller, patientId, now } = entered;
  if (body.addressee.to === 'team')
    throw invalid('Une question se pose à une personne ou à une profession. Rien n’a été envoyé.', {
      addressee: 'Choisissez une personne ou une profession.',
    });
  if (body.addressee.to === 'person' && body.addressee.practitioner === caller.practitioner)
    throw invalid('Choisissez quelqu’un d’autre que vous. Rien n’a été envoyé.', {
      addressee: 'Quelqu’un d’autre que vous.',
    });
  await mustBeHeard(entered, body.addressee);
  const due = body.due ? parseDate(body.due, now) : null;
  if (body.due && (!due || due.length < 10 || due < entered.reading.today))
    throw invalid('La date de réponse est à venir. Rien n’a été envoyé.', {
      due: 'Écrivez une date à venir : JJ/MM/AAAA, +1s.',
    });
  for (const part of body.parts) {
    if (!sendable.some((type) => type === part.type))
      throw invalid('Un des éléments choisis ne peut pas accompagner une question. Rien n’a été envoyé.', {
        parts: 'Retirez-le de la sélection.',
      });
    await mustBeOf(store, part, patientId);
  }
  const outside = body.addressee.to === 'outside' ? body.addressee : null;
  const made = await store.transaction(async (tx) => {
    if (body.joinTeam && body.addressee.to === 'person')
      await addToTeam({ ...entered, store: tx }, { practitioner: body.addressee.practitioner, treating: false });
    return assign(tx, caller, now, {
      kind: body.kind,
      title: body.question,
      performer: outside ? [outsideReference(outside)] : undefined,
      detail: body.detail || undefined,
      patient: { reference: `Patient/${patientId}`, display: displayName(entered.patient) },
      // Whoever asks outside of the house follows it: the Task is theirs, and says nothing of whom.
      addressee: body.addressee.to === 'outside' ? { to: 'person', practitioner: caller.practitioner } : body.addressee,
      due,
      priority: body.priority,
      supporting: body.parts.map(({ type, id }) => ({ reference: `${type}/${id}` })),
    });
  });
  return (await opinionLines(room, caller, store, [made.task]))[0]!;
}

const elsewhere = () => notFound('Cette question');
export async function readOpinion(room: Room, caller: PersonCaller, id: string): Promise<OpinionLine> {
  if (!goodId.test(id)) throw elsewhere();
  const store = room.fhirFor(caller);
  const [line] = await opinionLines(room, caller, store, [await store.read('Task', id)]);
  if (!line) throw elsewhere();
  return line;
}
const meanwhile = (line: OpinionLine): Problem =>
  new Problem(
    409,
    'Modifié entre-temps',
    line.answer
      ? `${line.answer.who?.name ?? 'Quelqu’un d’autre'} a déjà répondu. Votre texte est conservé sur cet écran.`
      : 'Cette question a changé depuis que vous l’avez ouverte. Votre texte est conservé sur cet écran : relisez-la puis recommencez.',
    { extra: { code: 'edited-meanwhile', current: line } },
  );

/** The answer stays beside the question in the record, and closes it; two people of a profession who answer at once: the second is told. */
export async function answerOpinion(
  room: Room,
  caller: PersonCaller,
  id: string,
  body: { version: number; text: string; document?: string | null | undefined },
): Promise<OpinionLine> {
  const line = await readOpinion(room, caller, id);
  if (line.version !== body.version) throw meanwhile(line);
  if (!line.may.answer)
    throw new Problem(
      403,
      'Réponse réservée',
      'Cette question ne vous est pas posée, ou elle est déjà close. Votre texte est conservé sur cet écran.',
    );
  const loaded = await loadTask(room, caller, id);
  if (body.document) {
    if (!line.outside)
      throw invalid(
        'Le document d’une réponse est celui d’un correspondant extérieur. Votre texte est conservé sur cet écran.',
        { document: 'Retirez le document.' },
      );
    await mustBeOf(loaded.store, { type: 'DocumentReference', id: body.document }, line.patient!.id);
  }
  const sent = room.now().toISOString();
  const author = authorReference(caller);
  const answer: Communication = {
    resourceType: 'Communication',
    id: newId(),
    status: 'completed',
    category: [answerCategory],
    topic: { coding: [{ system: actSystem, code: 'done' }] },
    ...(refersTo(loaded.task.for, 'Patient') && { subject: loaded.task.for }),
    basedOn: [loaded.task.focus!],
    about: [{ reference: `Task/${id}` }],
    sent,
    ...(refersTo(loaded.task.requester, 'Practitioner') && { recipient: [loaded.task.requester] }),
    ...(line.outside
      ? {
          sender: outsideReference(line.outside),
          extension: [{ url: recorderUrl, valueReference: author }],
        }
      : { sender: author }),
    payload: [
      { contentString: body.text },
      ...(body.document ? [{ contentReference: { reference: `DocumentReference/${body.document}` } }] : []),
    ],
  };
  await retold(room, caller, id, () =>
    changeTask(
      loaded,
      {
        status: 'completed',
        ...(line.outside
          ? line.byMe && { businessStatus: answerRead }
          : { owner: { reference: author.reference, display: caller.name } }),
      },
      {
        before: async (tx) => void (await tx.create(answer)),
      },
    ),
  );
  return readOpinion(room, caller, id);
}

export async function acknowledgeAnswer(
  room: Room,
  caller: PersonCaller,
  id: string,
  version: number,
): Promise<OpinionLine> {
  const line = await readOpinion(room, caller, id);
  if (!line.may.acknowledge)
    throw new Problem(403, 'Lecture réservée', 'Seule la personne qui a posé la question dit qu’elle a lu la réponse.');
  if (line.answer?.read) return line;
  if (line.version !== version) throw meanwhile(line);
  await retold(room, caller, id, async () =>
    changeTask(await loadTask(room, caller, id), { businessStatus: answerRead }),
  );
  return readOpinion(room, caller, id);
}

/** A conflict of the task, told with the question as it now stands. */
async function retold(room: Room, caller: PersonCaller, id: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Problem && error.status === 409) throw meanwhile(await readOpinion(room, caller, id));
    throw error;
  }
}
