import { createHash } from 'node:crypto';
import type {
  Appointment,
  AppointmentResponse,
  Composition,
  CompositionSection,
  Encounter,
  Extension,
  Patient,
  Practitioner,
  Reference,
  ServiceRequest,
} from '@medplum/fhirtypes';
import { asCaller, carersOf, rightsOf, sightOf, staffOf } from '../../access/index.ts';
import { categorySystem, type FhirStore, newId, type Stored } from '../../fhir/index.ts';
import { conflict, documentOf, Problem, publish } from '../../platform/index.ts';
import { authorReference, dateLabel, today, withoutEmpty } from '../../record/index.ts';
import type { MeetingDetail, Section } from '../contract/meeting-shapes.ts';
import { type Candidate, type Decision, parseDecisions } from '../contract/meetings.ts';
import type { PersonCaller, Room } from '../room.ts';
import { assign } from '../tasks/assign.ts';
import { meetingDetail } from './detail.ts';
import {
  attendanceOf,
  decisionSystem,
  isThere,
  meetingCode,
  patientOf,
  stateOf,
  urls,
  withExtension,
} from './meeting.rules.ts';
import { discussionsOf, seenBy, setCurrent } from './meetings.store.ts';
import { narrative, plainText } from './minutes-text.ts';
import { minutesTexts } from './minutes.rules.ts';
import { holdMinutes, keepUpdate, updatesSince } from './minutes.store.ts';
import { type Body, mustRun, over, waitingAgain } from './plan.ts';
import { ifMatch, mustStand } from './propose.ts';
import { actorOf, openMeeting, responsesOf } from './read.ts';

const amendedTag = { system: 'urn:estran:tag', code: 'amended', display: 'Corrigé' };
const decisionKey = (encounter: string, line: string): string =>
  `${encounter}:${createHash('sha256').update(line.normalize('NFC').toLowerCase()).digest('hex').slice(0, 24)}`;

/** Someone who was around the table, with what they may see of it. */
interface Present {
  reference: Reference;
  at: string;
  sees: ReadonlySet<string> | null;
}
interface Closing {
  tx: FhirStore;
  house: FhirStore;
  caller: PersonCaller;
  meeting: Appointment;
  now: Date;
  /** Who was there and may see each patient: they sign the minutes. */
  present: readonly Present[];
  staff: Awaited<ReturnType<typeof staffOf>>;
  practiceWide: ReadonlySet<string>;
  reopened: string | null;
}

/**
 * Closes: what each minutes say at this moment goes into the patient's record, decisions become tasks, the meeting is over. One transaction:
 * all of it or nothing. Patients nobody spoke of wait again.
 */
export async function closeMeeting(
  room: Room,
  caller: PersonCaller,
  id: string,
  version: number,
): Promise<MeetingDetail> {
  await mustRun(room, caller);
  const { tenant } = caller;
  const { store, stored, meeting } = await openMeeting(room, caller, id);
  mustStand(stored, version);
  if (stateOf(meeting.status) !== 'running') throw over();
  const rows = await store.sql((sql) => discussionsOf(sql, tenant, id));
  const responses = (await responsesOf(store, [id])).get(id) ?? [];
  const staff = await store.sql((sql) => staffOf(sql, tenant));
  const practiceWide = new Set<string>();
  for (const person of staff)
    if ((await rightsOf(room.db, tenant, person.profession)).tasks.reach === 'practice')
      practiceWide.add(person.practitioner);
  const present = await presentOf(
    room,
    tenant,
    responses,
    staff,
    rows.map((row) => row.id),
  );
  if (present.length === 0)
    throw new Problem(
      409,
      'Personne n’a signé',
      'Aucune présence n’est signée. Faites signer les présents, ou portez leur présence, puis fermez la réunion. Rien n’a été modifié.',
      { extra: { code: 'nobody' } },
    );
  const now = room.now();
  await store.transaction(async (tx) => {
    const house = tx.asHouse('clôture de la réunion');
    const closing: Closing = {
      tx,
      house,
      caller,
      meeting,
      now,
      present,
      staff,
      practiceWide,
      reopened:
        meeting.extension?.find((one) => one.url === urls.reopened)?.extension?.find((one) => one.url === 'reason')
          ?.valueString ?? null,
    };
    await tx.sql((sql) =>
      holdMinutes(
        sql,
        tenant,
        rows.map((row) => row.id),
      ),
    );
    const refused: string[] = [];
    for (const row of rows) refused.push(...(await closeOne(closing, row.id)));
    if (refused.length > 0)
      throw conflict(
        `${refused.join(' ')} Recueillez l’accord du patient pour faire entrer cette personne dans son équipe, ou confiez la tâche à quelqu’un d’autre. Rien n’est encore enregistré dans les dossiers ; le compte rendu est intact.`,
        { code: 'outside-team' },
      );
    const closed: Extension = {
      url: urls.closed,
      extension: [
        { url: 'at', valueDateTime: now.toISOString() },
        { url: 'by', valueReference: authorReference(caller) },
      ],
    };
    await tx.update(
      { ...withExtension(withExtension(meeting, urls.closed, [closed]), urls.reopened, []), status: 'fulfilled' },
      { ...ifMatch(stored), reason: 'réunion close' },
    );
    await tx.sql(async (sql) => {
      await setCurrent(sql, tenant, id, null);
      await publish(sql, tenant, 'meeting.closed', { meeting: id, by: caller.practitioner });
    });
  });
  return meetingDetail(room, caller, id);
}

async function presentOf(
  room: Room,
  tenant: number,
  responses: readonly AppointmentResponse[],
  staff: Closing['staff'],
  discussions: readonly string[],
): Promise<Present[]> {
  const found: Present[] = [];
  for (const response of responses) {
    const attendance = attendanceOf(response);
    if (!attendance || !isThere(attendance) || !response.actor) continue;
    const person = staff.find((one) => one.practitioner === actorOf(response.actor!));
    // A guest sees nothing in the record: their name stands in the meeting, not under a patient's minutes.
    const sees = person
      ? await room.db.tenant(tenant, async (sql) =>
          seenBy(sql, tenant, discussions, await sightOf(sql, asCaller(tenant, person), 'read')),
        )
      : null;
    found.push({ reference: response.actor, at: attendance.at, sees });
  }
  return found;
}

/** One patient. Gives the sentences that say why it cannot be closed. */
async function closeOne(closing: Closing, id: string): Promise<string[]> {
  const { tx, house, caller, now } = closing;
  const stored = await house.read('Encounter', id);
  const encounter = stored.resource;
  const texts = minutesTexts((await tx.sql((sql) => updatesSince(sql, caller.tenant, id, 0))).map((one) => one.bytes));
  const { resources } = await house.search('Composition', [
    ['encounter', `Encounter/${id}`],
    ['_count', '5'],
  ]);
  const before = resources.find((one) => one.resource.status !== 'entered-in-error');
  const said = Object.values(texts).some(Boolean);
  if (!said && encounter.status === 'planned' && !before) {
    await house.update(withoutEmpty(waitingAgain(encounter)), {
      ...ifMatch(stored),
      reason: 'non discuté : attend la prochaine réunion',
    });
    return [];
  }
  const patient = patientOf(encounter);
  const carers = new Set((await tx.sql((sql) => carersOf(sql, caller.tenant, patient))).map((one) => one.practitioner));
  const people: Candidate[] = closing.staff.map((one) => ({
    id: one.practitioner,
    name: one.name,
    profession: one.profession,
    inTeam: carers.has(one.practitioner) || closing.practiceWide.has(one.practitioner),
  }));
  const decisions = parseDecisions(texts.decisions, people, today(now));
  const outside = decisions.filter((one) => one.outside);
  if (outside.length > 0)
    return outside.map(
      (one) =>
        `${one.addresseeLabel} n’est pas dans l’équipe de soins de ${encounter.subject?.display ?? 'ce patient'} (« ${one.line} »).`,
    );
  const requests = await tasksFor(closing, encounter, decisions).catch((error: unknown) => {
    if (error instanceof Problem && error.extra?.code === 'cannot-read') return error;
    throw error;
  });
  if (requests instanceof Problem) return [`${encounter.subject?.display ?? 'Ce patient'} : ${requests.message}`];
  if (before && unchanged(before, encounter, texts)) {
    if (encounter.status !== 'finished')
      await house.update({ ...encounter, status: 'finished', period: ended(encounter, now) }, ifMatch(stored));
    return [];
  }
  await file(closing, encounter, texts, requests, before);
  if (encounter.status !== 'finished')
    await house.update(
      { ...encounter, status: 'finished', period: ended(encounter, now) },
      { ...ifMatch(stored), reason: 'réunion close' },
    );
  return [];
}
const ended = (encounter: Encounter, now: Date) => ({
  start: encounter.period?.start ?? now.toISOString(),
  end: encounter.period?.end ?? now.toISOString(),
});

/** One task for each line that has none yet: a meeting closed again adds what was added. */
async function tasksFor(
  { house, caller, now }: Closing,
  encounter: Encounter,
  decisions: readonly Decision[],
): Promise<Reference<ServiceRequest>[]> {
  const about = `Encounter/${encounter.id}`;
  const { resources } = await house.search('ServiceRequest', [
    ['encounter', about],
    ['_count', '200'],
  ]);
  const known = new Map(
    resources.flatMap((one) =>
      (one.resource.identifier ?? [])
        .filter((each) => each.system === decisionSystem)
        .map((each) => [each.value!, one.id] as const),
    ),
  );
  const requests: Reference<ServiceRequest>[] = [];
  for (const decision of decisions) {
    const value = decisionKey(encounter.id!, decision.line);
    let id = known.get(value);
    if (!id) {
      const long = decision.words.length > 180;
      const made = await assign(house, caller, now, {
        kind: 'decision',
        title: long ? `${decision.words.slice(0, 179)}…` : decision.words,
        detail: long ? decision.words : undefined,
        patient: encounter.subject as Reference<Patient>,
        addressee: decision.addressee,
        due: decision.due,
        priority: 'routine',
        encounter: { reference: about },
        identifier: { system: decisionSystem, value },
      });
      id = made.request.id;
      known.set(value, id);
    }
    requests.push({ reference: `ServiceRequest/${id}`, display: decision.line.slice(0, 200) });
  }
  return requests;
}

const sectionsOf = (
  encounter: Encounter,
  texts: Record<Section, string>,
  requests: readonly Reference[],
): CompositionSection[] => {
  const reason = encounter.reasonCode?.[0]?.text;
  const situation = [reason && `Motif : ${reason}`, texts.situation].filter(Boolean).join('\n');
  const made: [string, string, Partial<CompositionSection>][] = [
    ['Situation', situation, {}],
    ['Discussion', texts.discussion, {}],
    [
      'Décisions',
      texts.decisions || 'Aucune décision.',
      requests.length > 0 ? { entry: requests as CompositionSection['entry'] } : {},
    ],
  ];
  return made.filter(([, text]) => text).map(([title, text, more]) => ({ title, text: narrative(text), ...more }));
};
const unchanged = (before: Stored<'Composition'>, encounter: Encounter, texts: Record<Section, string>): boolean => {
  const words = (sections: readonly CompositionSection[] | undefined) =>
    JSON.stringify((sections ?? []).map((one) => [one.title, plainText(one.text?.div)]));
  return words(before.resource.section) === words(sectionsOf(encounter, texts, []));
};
/** The minutes: signed at once, or a further version of those that stand, with the reason. */
async function file(
  closing: Closing,
  encounter: Encounter,
  texts: Record<Section, string>,
  requests: readonly Reference[],
  before: Stored<'Composition'> | undefined,
): Promise<void> {
  const { house, caller, meeting, now } = closing;
  const standing = before && before.resource;
  const attesters = closing.present.filter((one) => one.sees?.has(encounter.id!));
  const reason = closing.reopened ?? 'Compte rendu complété';
  const composition: Composition = withoutEmpty({
    resourceType: 'Composition',
    id: standing?.id ?? newId(),
    ...(before && {
      meta: { tag: [amendedTag] },
      extension: [
        { url: 'urn:estran:correction', valueString: reason },
        { url: 'urn:estran:corrected-by', valueReference: authorReference(caller) },
      ],
    }),
    status: before ? 'amended' : 'final',
    type: { text: 'Compte rendu de concertation pluriprofessionnelle' },
    category: [{ coding: [{ system: categorySystem, code: meetingCode }] }],
    subject: encounter.subject,
    encounter: { reference: `Encounter/${encounter.id}` },
    date: standing?.date ?? now.toISOString(),
    author: standing?.author ?? [authorReference(caller)],
    title: `Concertation du ${dateLabel(meeting.start ?? now.toISOString())}`,
    attester: attesters.map((one) => ({
      mode: 'professional' as const,
      time: one.at,
      party: one.reference as Reference<Practitioner>,
    })),
    section: sectionsOf(encounter, texts, requests),
  } as Composition);
  await (before
    ? house.update(composition, { ...ifMatch(before), reason })
    : house.create(composition, { reason: 'compte rendu de concertation' }));
}

/** Opens a closed meeting again, with the reason. What stands in the records stays there until it is closed again, as an amended version. */
export async function reopenMeeting(
  room: Room,
  caller: PersonCaller,
  id: string,
  body: Body<'reopenMeeting'>,
): Promise<MeetingDetail> {
  await mustRun(room, caller);
  const { tenant } = caller;
  const { store, stored, meeting } = await openMeeting(room, caller, id);
  mustStand(stored, body.version);
  if (stateOf(meeting.status) !== 'closed')
    throw new Problem(409, 'Réunion ouverte', 'Cette réunion n’est pas close. Rien n’a été modifié.', {
      extra: { code: 'not-closed' },
    });
  await store.transaction(async (tx) => {
    const house = tx.asHouse('réunion rouverte');
    const why: Extension = {
      url: urls.reopened,
      extension: [
        { url: 'at', valueDateTime: room.now().toISOString() },
        { url: 'by', valueReference: authorReference(caller) },
        { url: 'reason', valueString: body.reason },
      ],
    };
    await tx.update(
      { ...withExtension(meeting, urls.reopened, [why]), status: 'arrived' },
      { ...ifMatch(stored), reason: body.reason },
    );
    for (const row of await tx.sql((sql) => discussionsOf(sql, tenant, id))) {
      const one = await house.read('Encounter', row.id);
      const encounter = one.resource;
      if (encounter.status !== 'finished') continue;
      await house.update({ ...encounter, status: 'in-progress' }, ifMatch(one));
      await seed(tx, house, caller, encounter);
    }
    await tx.sql((sql) => publish(sql, tenant, 'meeting.reopened', { meeting: id, by: caller.practitioner }));
  });
  return meetingDetail(room, caller, id);
}
/** When the updates behind old minutes are gone, the document begins with what is in the record. */
async function seed(tx: FhirStore, house: FhirStore, caller: PersonCaller, encounter: Encounter): Promise<void> {
  if ((await tx.sql((sql) => updatesSince(sql, caller.tenant, encounter.id!, 0))).length > 0) return;
  const { resources } = await house.search('Composition', [
    ['encounter', `Encounter/${encounter.id}`],
    ['_count', '5'],
  ]);
  const filed = resources[0] && resources[0].resource;
  const text = (title: string) => plainText(filed?.section?.find((one) => one.title === title)?.text?.div);
  const reason = encounter.reasonCode?.[0]?.text;
  const situation = text('Situation');
  const head = reason ? `Motif : ${reason}` : '';
  const decisions = text('Décisions');
  const update = documentOf({
    situation: situation.startsWith(head) ? situation.slice(head.length).trim() : situation,
    discussion: text('Discussion'),
    decisions: decisions === 'Aucune décision.' ? '' : decisions,
  });
  await tx.sql((sql) => keepUpdate(sql, caller.tenant, encounter.id!, caller.practitioner, update));
}
