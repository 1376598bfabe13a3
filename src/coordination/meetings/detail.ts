import type { Composition, Extension } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { asCaller, carersOf, type PersonCaller, professions, rightsOf, sightOf, staffOf } from '../../access/index.ts';
import type { FhirStore } from '../../fhir/index.ts';
import { dayOf, today } from '../../record/index.ts';
import type { Discussion, decided, MeetingDetail, minutesOf as filedMinutes } from '../contract/meeting-shapes.ts';
import { taskStates } from '../contract/tasks.ts';
import type { Room } from '../room.ts';
import { mayRun, patientOf, stateOf } from './meeting.rules.ts';
import { countsOf, discussionsOf, seenBy } from './meetings.store.ts';
import { plainText } from './minutes-text.ts';
import { cardOf, lifeOf, type Opened, openMeeting, participantsOf, proposalsOf, responsesOf } from './read.ts';

/** The whole meeting as this person may see it: who they may not see is a number. */
export async function meetingDetail(room: Room, caller: PersonCaller, id: string): Promise<MeetingDetail> {
  return detailOf(room, caller, await openMeeting(room, caller, id));
}
async function detailOf(
  room: Room,
  caller: PersonCaller,
  { store, stored, meeting, row }: Opened,
): Promise<MeetingDetail> {
  const { tenant } = caller;
  const rights = await rightsOf(room.db, tenant, caller.profession);
  const runs = mayRun(rights, caller);
  const sight = await store.sight('read');
  const rows = await store.sql((sql) => discussionsOf(sql, tenant, stored.id));
  const counts = (await store.sql((sql) => countsOf(sql, tenant, [stored.id], sight))).get(stored.id) ?? {
    all: 0,
    seen: 0,
  };
  const responses = (await responsesOf(store, [stored.id])).get(stored.id) ?? [];
  await room.directory.learn(store, [stored]);
  await room.directory.learnPeople(
    store,
    responses.flatMap((one) =>
      one.actor?.reference?.startsWith('Practitioner/') ? [one.actor.reference.slice(13)] : [],
    ),
  );
  const found =
    rights.coordination.reach === 'none'
      ? []
      : await proposalsOf(
          room,
          store,
          caller,
          rows.map((one) => one.id),
        );
  const participants = participantsOf(room, caller, meeting, responses);
  const around = participants.flatMap((one) => (one.id ? [one.id] : []));
  const outside = runs
    ? await outsiders(
        room,
        tenant,
        around,
        found.map((one) => one.stored.id),
      )
    : new Map<string, Discussion['outside']>();
  const state = stateOf(meeting.status);
  const filed =
    state === 'closed' || state === 'running'
      ? await filedOf(
          room,
          store,
          caller,
          found.map((one) => one.stored.id),
        )
      : new Map<string, Discussion['minutesFiled']>();
  const teams = await store.sql(async (sql) => {
    const all = new Map<string, Discussion['team']>();
    for (const { encounter } of found)
      all.set(
        patientOf(encounter),
        (await carersOf(sql, tenant, patientOf(encounter))).map((one) => ({
          id: one.practitioner,
          name: one.name,
          profession: one.profession,
        })),
      );
    return all;
  });
  return {
    ...cardOf(room, caller, stored, counts, responses),
    minutes:
      meeting.minutesDuration ??
      (meeting.start && meeting.end ? Math.round((Date.parse(meeting.end) - Date.parse(meeting.start)) / 60_000) : 60),
    participants,
    discussions: found.map(({ stored: one, encounter, proposal }) => ({
      ...proposal,
      began: encounter.period?.start ?? null,
      ended: encounter.period?.end ?? null,
      team: teams.get(patientOf(encounter)) ?? [],
      outside: outside.get(one.id) ?? [],
      minutesFiled: filed.get(one.id) ?? null,
    })),
    current: row.current && found.some((one) => one.stored.id === row.current) ? row.current : null,
    ...lifeOf(room, caller, meeting),
    may: {
      run: runs && state !== 'cancelled',
      sign: state === 'running' || state === 'booked',
      write: rights.coordination.write && state !== 'closed' && state !== 'cancelled',
    },
    mailed: room.mail !== undefined,
  };
}

/** Who of these people may not see which of these patients: asked of the one place that decides, for each of them. */
async function outsiders(
  room: Room,
  tenant: number,
  people: readonly string[],
  discussions: readonly string[],
): Promise<Map<string, Discussion['outside']>> {
  const found = new Map<string, Discussion['outside']>();
  if (discussions.length === 0) return found;
  const staff = (await room.db.tenant(tenant, (sql) => staffOf(sql, tenant))).filter((one) =>
    people.includes(one.practitioner),
  );
  for (const person of staff) {
    const rights = await rightsOf(room.db, tenant, person.profession);
    const sight = await sightOf(room.db, asCaller(tenant, person), 'read');
    const seen = await room.db.tenant(tenant, (sql) => seenBy(sql, tenant, discussions, sight));
    for (const id of discussions)
      if (!seen.has(id))
        found.set(id, [
          ...(found.get(id) ?? []),
          { id: person.practitioner, name: person.name, opposed: rights.coordination.reach !== 'team' },
        ]);
  }
  return found;
}
const correction = (composition: Composition): string | null =>
  composition.extension?.find((one: Extension) => one.url === 'urn:estran:correction')?.valueString ?? null;
/** The minutes in the records, with what became of the decisions. */
export async function filedOf(
  room: Room,
  store: FhirStore,
  caller: PersonCaller,
  encounters: readonly string[],
): Promise<Map<string, z.infer<typeof filedMinutes>>> {
  const filed = new Map<string, z.infer<typeof filedMinutes>>();
  if (encounters.length === 0) return filed;
  const about: [string, string] = ['encounter', encounters.map((id) => `Encounter/${id}`).join(',')];
  const [compositions, requests, tasks] = [
    await store.search('Composition', [about, ['_count', '200']]),
    await store.search('ServiceRequest', [about, ['_count', '400']]),
    await store.search('Task', [about, ['_count', '400']]),
  ];
  await room.directory.learn(store, [...compositions.resources, ...tasks.resources]);
  const byFocus = new Map(tasks.resources.map((one) => [one.resource.focus?.reference ?? '', one.resource]));
  const now = today(room.now());
  const decisionsOf = (encounter: string): z.infer<typeof decided>[] =>
    requests.resources
      .map((one) => one.resource)
      .filter((one) => one.encounter?.reference === `Encounter/${encounter}`)
      .flatMap((request) => {
        const task = byFocus.get(`ServiceRequest/${request.id}`);
        const state =
          task && Object.hasOwn(taskStates, task.status) ? (task.status as keyof typeof taskStates) : 'requested';
        const due = request.occurrenceDateTime ?? task?.restriction?.period?.end ?? null;
        const profession = task?.performerType?.[0]?.coding?.[0]?.code;
        const ownerLabel =
          room.directory.who(caller, task?.owner)?.name ??
          (profession && Object.hasOwn(professions, profession)
            ? professions[profession as keyof typeof professions].fr
            : 'Équipe de soins');
        return [
          {
            id: task?.id ?? request.id!,
            words: request.code?.text ?? '',
            ownerLabel,
            due,
            state,
            stateLabel: taskStates[state],
            late: !!due && dayOf(due) < now && !['completed', 'cancelled', 'rejected'].includes(state),
          },
        ];
      });
  for (const stored of compositions.resources) {
    const composition = stored.resource;
    const encounter = composition.encounter?.reference?.split('/')[1] ?? '';
    if (composition.status !== 'final' && composition.status !== 'amended') continue;
    filed.set(encounter, {
      id: stored.id,
      version: stored.version,
      status: composition.status,
      statusLabel: composition.status === 'amended' ? 'Corrigé' : 'Signé',
      reason: correction(composition),
      sections: (composition.section ?? []).map((one) => ({ title: one.title ?? '', text: plainText(one.text?.div) })),
      decisions: decisionsOf(encounter),
      attesters: (composition.attester ?? []).map((one) => ({
        who: room.directory.who(caller, one.party),
        at: one.time ?? null,
      })),
    });
  }
  return filed;
}
