import type { Encounter, Extension } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { isProfession } from '../../access/index.ts';
import { newId, referenceTo, type Stored } from '../../fhir/index.ts';
import { conflict, forbidden, invalid, notFound, Problem } from '../../platform/index.ts';
import { authorReference, displayName, enter, withoutEmpty } from '../../record/index.ts';
import type { proposalBody } from '../contract/meeting-proposals.ts';
import { meetingStates, type Proposal } from '../contract/meeting-shapes.ts';
import type { meetingEntries } from '../contract/meetings.ts';
import type { PersonCaller, Room } from '../room.ts';
import { discussionClass, discussionType, meetingOf, stateOf, urls } from './meeting.rules.ts';
import { discussionsAbout } from './meetings.store.ts';
import { filedOf } from './detail.ts';
import { byIds, openDiscussion, openMeeting, proposalsOf } from './read.ts';

export const edited = () =>
  conflict(
    'Quelqu’un d’autre a modifié cela depuis que vous l’avez ouvert. Rien n’a été enregistré : relisez, puis recommencez.',
    { code: 'edited-meanwhile' },
  );
/** Refuses a change over a version that no longer stands. */
export const mustStand = (stored: Stored, version: number): void => {
  if (stored.version !== version) throw edited();
};
export const ifMatch = (stored: Stored) => ({ ifMatch: `W/"${stored.version}"` });

const urgent = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActPriority', code: 'UR', display: 'Urgent' }],
};
const wishedExtensions = (codes: readonly string[]): Extension[] => {
  const unknown = codes.find((code) => !isProfession(code));
  if (unknown)
    throw invalid('Cette profession n’est pas dans la liste. Rien n’a été enregistré.', {
      wished: 'Choisissez des professions de la liste.',
    });
  return [...new Set(codes)].map((valueCode) => ({ url: urls.wished, valueCode }));
};
async function one(room: Room, caller: PersonCaller, id: string): Promise<Proposal> {
  const [found] = await proposalsOf(room, room.fhirFor(caller), caller, [id]);
  if (!found) throw notFound('Cette proposition');
  return found.proposal;
}

/** A patient is proposed: an Encounter that waits for its meeting. Who may is the store's to say: the care team, and whoever coordinates. */
export async function proposeForMeeting(
  room: Room,
  caller: PersonCaller,
  patient: string,
  body: z.infer<typeof proposalBody>,
): Promise<Proposal> {
  const entered = await enter(room, caller, patient);
  if (!entered.rights.add.has('coordination'))
    throw forbidden(
      'Pour proposer un patient en réunion, il faut faire partie de son équipe de soins ou coordonner la structure. Rien n’a été enregistré.',
    );
  const { store } = entered;
  const wished = wishedExtensions(body.wished);
  if (body.meeting) {
    const { meeting } = await openMeeting(room, caller, body.meeting);
    if (!['booked', 'running', 'proposed'].includes(stateOf(meeting.status)))
      throw new Problem(
        409,
        'Réunion terminée',
        'Cette réunion est close ou annulée. Rien n’a été enregistré : proposez le patient pour la suivante.',
        { extra: { code: 'meeting-over' } },
      );
  }
  const standing = await byIds(
    store,
    'Encounter',
    (await store.sql((sql) => discussionsAbout(sql, caller.tenant, patient)))
      .filter((row) => row.state === 'planned' || row.state === 'in-progress')
      .map((row) => row.id),
  );
  if (standing.length > 0)
    throw conflict(
      `${displayName(entered.patient)} est déjà ${meetingOf(standing[0]!.resource) ? 'à l’ordre du jour d’une réunion' : 'proposé'} : complétez le motif de cette proposition. Rien n’a été enregistré.`,
      { code: 'already-proposed', proposal: standing[0]!.id },
    );
  const now = room.now().toISOString();
  const encounter: Encounter = withoutEmpty({
    resourceType: 'Encounter',
    id: newId(),
    extension: [{ url: urls.proposed, valueDateTime: now }, ...wished],
    status: 'planned',
    class: discussionClass,
    type: [discussionType],
    ...(body.urgent && { priority: urgent }),
    subject: referenceTo('Patient', patient, displayName(entered.patient)),
    participant: [{ individual: authorReference(caller) }],
    reasonCode: [{ text: body.reason }],
    ...(body.meeting && { appointment: [{ reference: `Appointment/${body.meeting}` }] }),
  } as Encounter);
  await store.create(encounter, { reason: 'proposé en réunion' });
  return one(room, caller, encounter.id!);
}

export async function changeProposal(
  room: Room,
  caller: PersonCaller,
  id: string,
  body: z.infer<typeof meetingEntries.changeProposal.body>,
): Promise<Proposal> {
  const store = room.fhirFor(caller);
  const { stored, encounter } = await openDiscussion(store, id);
  mustStand(stored, body.version);
  if (encounter.status === 'finished')
    throw new Problem(
      409,
      'Déjà discuté',
      'Ce patient a été discuté : son compte rendu est dans le dossier. Rien n’a été modifié.',
      { extra: { code: 'discussed' } },
    );
  let next: Encounter = { ...encounter };
  if (body.reason !== undefined) next.reasonCode = [{ text: body.reason }];
  if (body.urgent !== undefined) next.priority = body.urgent ? urgent : undefined;
  if (body.wished)
    next = {
      ...next,
      extension: [
        ...(next.extension ?? []).filter((each) => each.url !== urls.wished),
        ...wishedExtensions(body.wished),
      ],
    };
  if (body.restore && encounter.status === 'cancelled') next = { ...next, status: 'planned' };
  await store.update(withoutEmpty(next), { ...ifMatch(stored), reason: 'proposition en réunion modifiée' });
  return one(room, caller, id);
}
export async function withdrawProposal(
  room: Room,
  caller: PersonCaller,
  id: string,
  version: number,
): Promise<Proposal> {
  const store = room.fhirFor(caller);
  const { stored, encounter } = await openDiscussion(store, id);
  mustStand(stored, version);
  if (encounter.status !== 'planned')
    throw new Problem(
      409,
      'Impossible ici',
      'La discussion de ce patient a commencé : elle se termine avec la réunion. Rien n’a été modifié.',
      { extra: { code: 'begun' } },
    );
  await store.update(
    { ...encounter, status: 'cancelled' },
    { ...ifMatch(stored), reason: 'proposition en réunion retirée' },
  );
  return one(room, caller, id);
}

/** The meetings of one patient, newest first. */
export async function patientMeetings(
  room: Room,
  caller: PersonCaller,
  patient: string,
): Promise<z.infer<typeof meetingEntries.patientMeetings.reply>> {
  const { store } = await enter(room, caller, patient);
  const rows = await store.sql((sql) => discussionsAbout(sql, caller.tenant, patient));
  const found = await proposalsOf(
    room,
    store,
    caller,
    rows.map((row) => row.id),
  );
  const filed = await filedOf(
    room,
    store,
    caller,
    found.filter(({ proposal }) => proposal.state !== 'planned').map(({ proposal }) => proposal.id),
  );
  const ids = [...new Set(found.flatMap(({ encounter }) => meetingOf(encounter) ?? []))];
  // A person without the agenda still learns when it was.
  const dates = new Map(
    (await byIds(store.asHouse('date d’une réunion'), 'Appointment', ids)).map((stored) => [
      stored.id,
      stored.resource as { start?: string; status?: string },
    ]),
  );
  const meetings = found.map(({ encounter, proposal }) => {
    const id = meetingOf(encounter);
    const state = stateOf(dates.get(id ?? '')?.status ?? 'booked');
    const minutes = filed.get(proposal.id);
    return {
      ...proposal,
      meeting: id ? { id, start: dates.get(id)?.start ?? null, state, stateLabel: meetingStates[state] } : null,
      composition: minutes?.id ?? null,
      decisions: minutes?.decisions.length ?? 0,
    };
  });
  return {
    meetings: meetings.sort((a, b) => (b.meeting?.start ?? b.proposed).localeCompare(a.meeting?.start ?? a.proposed)),
  };
}
