import type { z } from 'zod';
import { maskOf } from '../../access/index.ts';
import { type FhirStore, patientsOf, type Stored } from '../../fhir/index.ts';
import { dayOrder } from '../cockpits/cockpit.ts';
import { deskProfessions, fillLists } from '../cockpits/patient-lists.ts';
import { lastSeen, type Visit, visitEntries } from '../cockpits/visit.ts';
import type { dayReply, PatientBrief } from '../contract.ts';
import { placedBlocks } from '../data/cockpits/cockpits.ts';
import { usualMeasuresOf } from '../data/measures.ts';
import { addDays, parisInstant, today, wallClock } from '../dates.rules.ts';
import { idOf, labelOf } from '../fhir-words.ts';
import { toReadBy } from '../documents/to-read.ts';
import { incompletePatients } from '../identity/patient-index.store.ts';
import { briefNow, briefsOf } from '../identity/search-patients.ts';
import { appointmentStates } from '../read/labels.ts';
import { emptyReading, type Reading } from '../read/reading.ts';
import type { PersonCaller, Room } from '../room.ts';
import { recentVisits } from '../visits.store.ts';
import { countPatients } from './day.store.ts';

type Day = Omit<z.infer<typeof dayReply>, 'beside'>;
const patientIdOf = (appointment: Stored<'Appointment'>): string | undefined => patientsOf(appointment.resource)[0];

/** The day page: each block is asked for only when it is part of this profession's day. */
export async function dayOfProfession(room: Room, caller: PersonCaller): Promise<Day> {
  const store = room.fhirFor(caller);
  const now = room.now();
  const day = today(now);
  const sight = await store.sight('read');
  const { order: blocks, hidden } = await dayOrder(room, caller);
  const has = (block: string) => blocks.includes(block);
  const practiceWide = deskProfessions.has(caller.profession);
  const lists = await fillLists(
    room,
    caller,
    blocks.filter((name) => name.startsWith('liste:')).map((name) => name.slice('liste:'.length)),
    'day',
  );
  const appointments = has('appointments') ? await appointmentsOf(store, caller, now, practiceWide) : [];
  const toRead = has('toRead') ? (await toReadBy(room, caller)).lines : null;
  const recent = has('recent')
    ? await store.sql((sql) => recentVisits(sql, caller.tenant, String(sight.practitionerKey), 12))
    : [];
  await room.directory.learn(store, appointments);
  const ids = [
    ...new Set([
      ...appointments.map(patientIdOf).filter((id) => id !== undefined),
      ...recent.map((visit) => visit.patient),
    ]),
  ];
  const briefs = await briefsOf(store, ids, now);
  const r = emptyReading(room.directory, caller, day);
  const visits = practiceWide
    ? new Map<string, Visit>()
    : await lastSeen(
        room,
        caller,
        appointments.map(patientIdOf).filter((id) => id !== undefined),
        briefs,
        day,
      );
  const enter = practiceWide ? [] : visitEntries(caller.profession, sight);
  const hour = wallClock(now).hour;
  return {
    day,
    greeting: `${hour < 18 ? 'Bonjour' : 'Bonsoir'} ${caller.name}`,
    profession: caller.profession,
    blocks,
    placed: [...placedBlocks],
    hidden,
    lists,
    appointments: has('appointments')
      ? appointments.map((one) => appointmentLine(r, one, briefs, visits, enter))
      : null,
    toRead,
    recent: has('recent')
      ? recent.flatMap((visit) =>
          briefs.has(visit.patient) ? [{ ...briefs.get(visit.patient)!, seen: visit.at }] : [],
        )
      : null,
    toComplete: has('toComplete')
      ? (await store.sql((sql) => incompletePatients(sql, caller.tenant, sight, 30))).map((found) => ({
          ...briefNow(found, now),
          missing: found.brief.missing,
        }))
      : null,
    measures:
      has('recent') && (sight.teamMask | sight.practiceMask) & maskOf(['measures'])
        ? [...usualMeasuresOf(caller.profession)]
        : [],
    figures: has('figures') ? await figures(store, caller.tenant, appointments.length) : null,
  };
}

async function appointmentsOf(
  store: FhirStore,
  caller: PersonCaller,
  now: Date,
  practiceWide: boolean,
): Promise<Stored<'Appointment'>[]> {
  const [from, to] = [0, 1].map((days) => {
    const [year = 0, month = 0, date = 0] = addDays(today(now), days).split('-').map(Number);
    return parisInstant({ year, month, day: date, hour: 0, minute: 0 });
  });
  const query: [string, string][] = [
    ['date', `ge${from}`],
    ['date', `lt${to}`],
    ['_sort', 'date'],
    ['_count', '200'],
  ];
  const { resources } = await store.search(
    'Appointment',
    practiceWide ? query : [['actor', `Practitioner/${caller.practitioner}`], ...query],
  );
  return resources.filter((one) => !['cancelled', 'entered-in-error', 'proposed'].includes(one.resource.status));
}

function appointmentLine(
  r: Reading,
  stored: Stored<'Appointment'>,
  briefs: ReadonlyMap<string, PatientBrief>,
  visits: ReadonlyMap<string, Visit>,
  enter: { panel: string; short: string }[],
): NonNullable<Day['appointments']>[number] {
  const appointment = stored.resource;
  const people = appointment.participant.filter((one) => idOf(one.actor, 'Practitioner'));
  const visit = visits.get(patientIdOf(stored) ?? '');
  return {
    type: 'Appointment',
    id: stored.id,
    version: stored.version,
    start: appointment.start!,
    end: appointment.end ?? null,
    label: appointment.description ?? labelOf(appointment.serviceType?.[0], 'Rendez-vous'),
    state: appointment.status,
    stateLabel: appointmentStates[appointment.status] ?? appointment.status,
    place:
      appointment.participant.find((one) => one.actor?.reference?.includes('Location/'))?.actor?.display ??
      appointment.comment ??
      null,
    patient: briefs.get(patientIdOf(stored) ?? '') ?? null,
    with: people.map((one) => r.directory.who(r.caller, one.actor)?.name ?? ''),
    mine: people.some((one) => idOf(one.actor, 'Practitioner') === r.caller.practitioner),
    last: visit?.last ?? [],
    enter: [...(visit?.enter ?? []), ...enter],
  };
}

async function figures(store: FhirStore, tenant: number, appointments: number): Promise<NonNullable<Day['figures']>> {
  const counts = await store.sql((sql) => countPatients(sql, tenant));
  return [
    { label: 'Patients', value: counts.all, hint: 'dossiers ouverts dans la structure' },
    { label: 'Identités à compléter', value: counts.incomplete, hint: 'non validées, ou un trait manque' },
    { label: 'Patients avec une équipe de soins', value: counts.withTeam, hint: 'au moins un professionnel déclaré' },
    { label: 'Rendez-vous du jour', value: appointments, hint: 'toutes professions' },
  ];
}
