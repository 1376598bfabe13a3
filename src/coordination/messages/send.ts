import type { Binary, Communication, Reference } from '@medplum/fhirtypes';
import { membersOf } from '../../access/index.ts';
import { categorySystem, FhirProblem, type FhirStore, ifThere } from '../../fhir/index.ts';
import { invalid, notFound, Problem } from '../../platform/index.ts';
import { authorReference, briefsOf, withoutEmpty } from '../../record/index.ts';
import type { Conversation, ReplyBody, ThreadBody } from '../contract/messages.ts';
import { type PersonCaller, practiceCircle, type Room } from '../room.ts';
import { absenceOf, standInFor } from './absence.rules.ts';
import { absencesFrom } from './absences.store.ts';
import { boxOf } from './boxes.store.ts';
import { conversationGroup, type Member, membersIn, unite, withMembers } from './circles.ts';
import { binariesOf, type Joined } from './files.ts';
import { placeOf } from './index.store.ts';
import { letInto, mayReadAll, namedPeople, type Named, notInside, rowOf } from './named.ts';
import { readConversation, threadOf } from './read-threads.ts';
import { readersOf } from './threads.store.ts';
import { attachmentsOf, communication, isAdministrative, isIn } from './words.ts';

interface Words {
  id: string;
  text: string;
  urgent: boolean;
  files: readonly Joined[];
  about: Reference;
  administrative: boolean;
  recipients: Reference[];
  topic?: string;
  head?: string;
}
/** The Communication of a message, then its files. */
function resourcesOf(caller: PersonCaller, now: Date, words: Words): (Communication | Binary)[] {
  const about = words.about.reference!;
  const binaries = binariesOf(words.files, words.id, about, words.administrative);
  const said: Communication = withoutEmpty({
    resourceType: 'Communication',
    id: words.id,
    status: 'completed',
    priority: words.urgent ? 'urgent' : 'routine',
    category: [{ coding: [{ system: categorySystem, code: words.administrative ? 'administrative' : 'message' }] }],
    ...(words.head && { partOf: [{ reference: `Communication/${words.head}` }] }),
    ...(words.topic && { topic: { text: words.topic } }),
    subject: words.about,
    recipient: words.recipients,
    sender: authorReference(caller),
    sent: now.toISOString(),
    payload: [...(words.text ? [{ contentString: words.text }] : []), ...binaries.map((one) => one.payload)],
  } as Communication);
  return [said, ...binaries.map((one) => one.resource)];
}
const recipientsOf = (named: readonly Named[]): Reference[] =>
  named.map((one) => ({ reference: `Practitioner/${one.practitioner}`, display: one.name }));

/** Sent twice after a lost answer, a message is one message: its id was chosen by the sender. */
async function once(
  room: Room,
  caller: PersonCaller,
  key: string,
  work: () => Promise<unknown>,
): Promise<Conversation> {
  const store = room.fhirFor(caller);
  const already = async () => {
    const place = await store.sql((sql) => placeOf(sql, caller.tenant, key));
    return place &&
      communication(await store.read('Communication', key)).sender?.reference === `Practitioner/${caller.practitioner}`
      ? place.thread
      : null;
  };
  const before = await already();
  if (before) return readConversation(room, caller, before);
  try {
    await work();
  } catch (error) {
    const meanwhile = error instanceof FhirProblem && error.status === 409 ? await already() : null;
    if (meanwhile) return readConversation(room, caller, meanwhile);
    throw error;
  }
  const place = await store.sql((sql) => placeOf(sql, caller.tenant, key));
  return readConversation(room, caller, place!.thread);
}
const mustSay = (text: string, files: readonly unknown[]) => {
  if (!text && files.length === 0)
    throw invalid('Écrivez un message ou joignez un fichier. Rien n’a été envoyé.', { text: 'Écrivez un message.' });
};

/** COO-8, COO-9: opens a conversation about a patient, with colleagues, with everyone, or with a box. */
export async function startThread(
  room: Room,
  caller: PersonCaller,
  body: ThreadBody,
  files: readonly Joined[],
): Promise<Conversation> {
  mustSay(body.text, files);
  return once(room, caller, body.key, () =>
    body.patient
      ? aboutPatient(room, caller, { ...body, patient: body.patient }, files)
      : aboutPractice(room, caller, body, files),
  );
}

async function aboutPatient(
  room: Room,
  caller: PersonCaller,
  body: ThreadBody & { patient: string },
  files: readonly Joined[],
): Promise<void> {
  const { patient, to } = body;
  const store = room.fhirFor(caller);
  if (to.everyone)
    throw invalid('Un échange sur un patient ne s’adresse pas à toute la structure. Rien n’a été envoyé.', {
      to: 'Choisissez des membres de l’équipe de soins.',
    });
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(patient)) throw notFound('Ce patient');
  await store.read('Patient', patient);
  const brief = (await briefsOf(store, [patient], room.now())).get(patient);
  const kind = body.administrative ? 'administrative' : 'exchanges';
  const named = await namedPeople(store, to, { patient });
  const outside = await mayReadAll(room, store, patient, kind, named, body.letIn);
  const recipients: Reference[] = recipientsOf(named);
  if (to.box) recipients.push(await boxThatReads(store, to.box, patient, kind));
  else if (to.team || named.length === 0) recipients.push(...(await teamReference(store, patient)));
  const words: Words = {
    id: body.key,
    text: body.text,
    urgent: body.urgent,
    files,
    about: { reference: `Patient/${patient}`, ...(brief && { display: brief.name }) },
    administrative: body.administrative,
    recipients,
    topic: body.topic,
  };
  const join = await letInto(room, caller, patient, kind, outside);
  await store.transaction(async (tx) => {
    await join(tx);
    await tx.createMany(resourcesOf(caller, room.now(), words));
  });
}
async function teamReference(store: FhirStore, patient: string): Promise<Reference[]> {
  const found = await ifThere(
    store.search('CareTeam', [
      ['patient', patient],
      ['status', 'active'],
      ['_sort', '-_lastUpdated'],
      ['_count', '1'],
    ]),
  );
  const team = found?.resources[0];
  return team ? [{ reference: `CareTeam/${team.id}`, display: 'Équipe de soins' }] : [];
}
/** A message that nobody of the box may read would wait for ever. */
async function boxThatReads(
  store: FhirStore,
  id: string,
  patient: string,
  kind: 'administrative' | 'exchanges',
): Promise<Reference> {
  const box = await existingBox(store, id);
  const members = await namedPeople(store, { people: box.members, professions: [] }, {}, true);
  const readers = await store.sql((sql) => readersOf(sql, store.caller.tenant, rowOf(patient, kind), members));
  if (readers.size === 0)
    throw new Problem(
      409,
      'Personne ne pourrait le lire',
      `Dans la boîte « ${box.name} », personne n’a accès ${kind === 'administrative' ? 'à ce patient' : 'aux échanges de soins de ce patient'}. Rien n’a été envoyé, votre texte est conservé : ${kind === 'administrative' ? 'choisissez d’autres destinataires' : 'rendez l’échange administratif s’il ne dit rien de clinique, ou écrivez à l’équipe de soins'}.`,
      { extra: { code: 'nobody-reads' } },
    );
  return { reference: `Group/${id}`, display: box.name };
}
async function existingBox(store: FhirStore, id: string) {
  const box = await store.sql((sql) => boxOf(sql, store.caller.tenant, id));
  if (!box)
    throw invalid('Cette boîte n’existe plus. Rien n’a été envoyé, votre texte est conservé.', {
      to: 'Choisissez une boîte de la liste.',
    });
  return box;
}

async function aboutPractice(
  room: Room,
  caller: PersonCaller,
  body: ThreadBody,
  files: readonly Joined[],
): Promise<void> {
  const store = room.fhirFor(caller);
  const { to } = body;
  const now = room.now();
  const named = await namedPeople(store, to, {});
  const box = to.box ? await existingBox(store, to.box) : null;
  if (!to.everyone && !box && named.every((one) => one.practitioner === caller.practitioner))
    throw invalid('Choisissez à qui vous écrivez. Rien n’a été envoyé.', {
      to: 'Choisissez au moins une personne, une profession ou une boîte.',
    });
  const words: Words = {
    id: body.key,
    text: body.text,
    urgent: body.urgent,
    files,
    about: { reference: to.everyone ? practiceCircle : `Group/${body.key}` },
    administrative: false,
    recipients: [...recipientsOf(named), ...(box ? [{ reference: `Group/${box.id}`, display: box.name }] : [])],
    topic: body.topic,
  };
  const absences = await store.sql((sql) => absencesFrom(sql, caller.tenant, now));
  const members = unite(
    [{ practitioner: caller.practitioner }, ...named.map((one) => ({ practitioner: one.practitioner }))],
    (box?.members ?? []).map((practitioner) => ({ practitioner, as: 'box' as const })),
    body.standIns ? named.flatMap((one) => standIn(absences, one.practitioner, now)) : [],
  );
  await store.transaction(async (tx) => {
    // Whoever opens a conversation is no member of it yet: its circle is the house's to make, after the checks above.
    if (!to.everyone) await tx.asHouse('conversation ouverte').create(conversationGroup(body.key, members));
    await tx.createMany(resourcesOf(caller, now, words));
  });
}
/** Who stands in for someone absent, as a member until the absence is over. */
function standIn(absences: Parameters<typeof absenceOf>[0], practitioner: string, now: Date): Member[] {
  const absence = absenceOf(absences, practitioner, now.getTime());
  const delegate = standInFor(absences, practitioner, now.getTime());
  return absence && delegate
    ? [{ practitioner: delegate, as: 'stand-in', for: practitioner, until: new Date(absence.ends).toISOString() }]
    : [];
}

/** Writes in a conversation; who is named from outside comes in when that is agreed. */
export async function reply(
  room: Room,
  caller: PersonCaller,
  id: string,
  body: ReplyBody,
  files: readonly Joined[],
): Promise<Conversation> {
  mustSay(body.text, files);
  const thread = await threadOf(room, caller, id);
  return once(room, caller, body.key, async () => {
    const store = room.fhirFor(caller);
    const now = room.now();
    const head = communication(await store.read('Communication', id));
    const patient = thread.about.startsWith('Patient/') ? thread.about.slice(8) : undefined;
    const administrative = isAdministrative(head);
    const kind = administrative ? 'administrative' : 'exchanges';
    const named = await namedPeople(store, body.mentions, patient ? { patient } : { circle: thread.about });
    const words: Words = {
      id: body.key,
      text: body.text,
      urgent: body.urgent,
      files,
      about: head.subject!,
      administrative,
      recipients: recipientsOf(named),
      head: id,
    };
    if (patient) {
      const outside = await mayReadAll(room, store, patient, kind, named, body.letIn);
      const join = await letInto(room, caller, patient, kind, outside);
      await store.transaction(async (tx) => {
        await join(tx);
        await tx.createMany(resourcesOf(caller, now, words));
      });
      return;
    }
    const circle = thread.about === practiceCircle ? null : thread.about;
    const inside = new Set(await store.sql((sql) => membersOf(sql, caller.tenant, thread.about)));
    const outside = named.filter((one) => !inside.has(one.practitioner));
    if (outside.length > 0 && (!body.letIn || !circle)) throw notInside(outside, 'conversation');
    const absences = body.standIns && circle ? await store.sql((sql) => absencesFrom(sql, caller.tenant, now)) : [];
    await store.transaction(async (tx) => {
      if (circle) {
        const house = tx.asHouse('conversation élargie');
        const group = await house.read('Group', circle.slice('Group/'.length));
        const before = membersIn(group.resource);
        const after = unite(
          before,
          outside.map((one) => ({ practitioner: one.practitioner })),
          before
            .filter((one) => one.as !== 'box' && one.practitioner !== caller.practitioner)
            .flatMap((one) => standIn(absences, one.practitioner, now)),
        );
        if (after.length > before.length)
          await house.update(withMembers(group.resource, after), { ifMatch: `W/"${group.version}"` });
      }
      await tx.createMany(resourcesOf(caller, now, words));
    });
  });
}
/** Takes back a message of one's own: its words leave the conversation, its versions stay in the record. */
export async function withdraw(
  room: Room,
  caller: PersonCaller,
  id: string,
  message: string,
  version: number,
): Promise<Conversation> {
  await threadOf(room, caller, id);
  const store = room.fhirFor(caller);
  const stored = await store.read('Communication', message);
  const one = communication(stored);
  if (!isIn(one, id)) throw notFound('Ce message');
  if (one.sender?.reference !== `Practitioner/${caller.practitioner}`)
    throw new Problem(
      403,
      'Accès refusé',
      'Seule la personne qui a écrit un message peut le retirer. Rien n’a été modifié.',
    );
  const { payload: _, ...rest } = one;
  await store.transaction(async (tx) => {
    await tx.update({ ...rest, status: 'entered-in-error' }, { ifMatch: `W/"${version}"`, reason: 'message retiré' });
    // A file has no life of its own: its bytes go with the words.
    for (const file of attachmentsOf(one)) await tx.asHouse('message retiré').delete('Binary', file.binary);
  });
  return readConversation(room, caller, id);
}
