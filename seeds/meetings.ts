import type {
  Appointment,
  AppointmentResponse,
  Composition,
  Encounter,
  Extension,
  Reference,
  Resource,
  ServiceRequest,
  Task,
} from '@medplum/fhirtypes';
import type { Profession } from '../src/access/professions.ts';
import type { Chart } from './chart.ts';
import { addDays, ageAt, french, parisInstant, workday } from './dates.ts';
import { displayName } from './identity.ts';
import { type Topic, topics } from './meeting-words.ts';
import { Chance } from './random.ts';
import { type DemoPerson, type PracticeShape, titleOf } from './staff.ts';

/** What the meetings need to know of a patient once the record is written. */
export interface Discussable {
  key: string;
  id: string;
  name: string;
  team: DemoPerson[];
  topic: Topic;
  /** Told rather than drawn: named in the next meeting. */
  story: boolean;
}
const category = { system: 'urn:estran:category', code: 'case-meeting' };
const words = 'Concertation pluriprofessionnelle';
/** Around the table, by profession. */
const table: readonly Profession[] = [
  'physician',
  'nurse',
  'advanced-practice-nurse',
  'asalee-nurse',
  'physiotherapist',
  'pharmacist',
  'coordinator',
];
const meetings: Record<PracticeShape['key'], number> = { abers: 6, redon: 4 };
const nextOnes = {
  abers: ['jean-kerleau', 'jeanne-le-goff', 'patrick-cozic', 'yvonne-salaun'],
  redon: ['christian-hervieu', 'paulette-mace', 'alain-thebault', 'jean-martin-b'],
} as const;
const waitingOnes = { abers: ['rene-abiven', 'michel-quentel'], redon: ['bernard-noel', 'karim-benali'] } as const;

/** A patient whom a team would talk about; undefined for most. */
export function discussable(chart: Chart, story: boolean): Discussable | undefined {
  const { person, today } = chart;
  if (person.deceased) return undefined;
  const problems = chart.out.flatMap((one) =>
    one.resourceType === 'Condition' && !one.category?.some((each) => each.text === 'Antécédent')
      ? [one.code?.text ?? '']
      : [],
  );
  const age = ageAt(person.birth, today);
  const topic = topics.find(({ about }) =>
    typeof about === 'number' ? age > about : problems.some((text) => about.test(text)),
  );
  const team = [...chart.team.values()].map((one) => one.person);
  if (!topic || age < 18 || (!story && team.length < 2)) return undefined;
  return { key: person.key, id: person.id, name: displayName(person), team, topic, story };
}

const ref = (person: DemoPerson): Reference & { reference: string } => ({
  extension: [{ url: 'urn:estran:role', valueCode: person.profession }],
  reference: `Practitioner/${person.practitionerId}`,
  display: titleOf(person),
});
const div = (text: string) => ({
  status: 'additional' as const,
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${text
    .split('\n')
    .map((line) => `<p>${line.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</p>`)
    .join('')}</div>`,
});
const serviceType = [{ coding: [{ system: 'urn:estran:meeting', code: 'case-meeting', display: words }], text: words }];

/** Meetings of the past year, one to come, patients who wait: what follows from the records of the practice. */
export function* meetingsOf(
  shape: PracticeShape,
  patients: readonly Discussable[],
  today: string,
): Generator<Resource> {
  const chance = new Chance(`meetings ${shape.id}`);
  const coordinator = shape.people.find((one) => one.profession === 'coordinator')!;
  const around = table.flatMap((profession) =>
    shape.people.filter((one) => one.profession === profession).slice(0, profession === 'physician' ? 2 : 1),
  );
  const named = (keys: readonly string[]) => keys.flatMap((key) => patients.find((one) => one.key === key) ?? []);
  const [next, waiting] = [named(nextOnes[shape.key]), named(waitingOnes[shape.key])];
  const pool = chance.some(
    patients.filter((one) => !next.includes(one) && !waiting.includes(one)),
    60,
  );
  // Some were discussed before and come back.
  const again = chance.some(next, 2);
  let number = 0;
  for (let at = meetings[shape.key]; at >= 1; at--) {
    const date = workday(addDays(today, -Math.round(at * (300 / meetings[shape.key])) + chance.int(-6, 6)));
    if (date >= today) continue;
    const discussed = pool.splice(0, chance.int(3, 4));
    if (at === 3) discussed.push(...again);
    if (discussed.length > 0)
      yield* held(shape, `rcp-${shape.key}-${++number}`, date, discussed, around, coordinator, chance, today);
  }
  const day = workday(addDays(today, 3));
  yield* planned(
    shape,
    `rcp-${shape.key}-next`,
    day,
    next,
    expected(shape, next, coordinator),
    coordinator,
    today,
    chance,
  );
  for (const [at, patient] of waiting.entries())
    yield proposal(`rcp-${shape.key}-waiting-${at + 1}`, patient, addDays(today, -2 - at * 3), {
      urgent: /palliati|cancer/i.test(String(patient.topic.about)),
      today,
    });
}

/** The people of these patients' teams, those of most of them first, and whoever coordinates. */
function expected(shape: PracticeShape, patients: readonly Discussable[], coordinator: DemoPerson): DemoPerson[] {
  const of = (person: DemoPerson) => patients.filter((one) => one.team.includes(person)).length;
  const wanted = shape.people
    .filter((one) => of(one) > 0 && (table.includes(one.profession) || one.profession === 'chiropodist'))
    .sort((a, b) => of(b) - of(a) || shape.people.indexOf(a) - shape.people.indexOf(b));
  return [...wanted.slice(0, 8), coordinator];
}

const appointment = (
  shape: PracticeShape,
  id: string,
  date: string,
  around: readonly DemoPerson[],
  coordinator: DemoPerson,
  status: Appointment['status'],
  more: Extension[] = [],
): Appointment => ({
  resourceType: 'Appointment',
  id,
  extension: [{ url: 'urn:estran:meeting-organiser', valueReference: ref(coordinator) }, ...more],
  status,
  serviceType,
  description: words,
  comment: `Salle de réunion, ${shape.sites[0]!.name.replace('Site', 'site')}`,
  start: parisInstant(date, 12 * 60 + 30),
  end: parisInstant(date, 13 * 60 + 30),
  minutesDuration: 60,
  created: parisInstant(addDays(date, -21), 9 * 60),
  participant: around.map((one) => ({
    actor: { reference: `Practitioner/${one.practitionerId}`, display: titleOf(one) },
    required: 'required' as const,
    status: 'needs-action' as const,
  })),
});
const answer = (
  meeting: string,
  person: DemoPerson,
  status: AppointmentResponse['participantStatus'],
  attendance?: { state: string; at: string; by: DemoPerson },
): AppointmentResponse => ({
  resourceType: 'AppointmentResponse',
  id: `${meeting}-${person.practitionerId}`.slice(0, 64),
  appointment: { reference: `Appointment/${meeting}` },
  actor: { reference: `Practitioner/${person.practitionerId}`, display: titleOf(person) },
  participantStatus: status,
  ...(attendance && {
    extension: [
      {
        url: 'urn:estran:attendance',
        extension: [
          { url: 'state', valueCode: attendance.state },
          { url: 'at', valueDateTime: attendance.at },
          { url: 'by', valueReference: ref(attendance.by) },
        ],
      },
    ],
  }),
});
function proposal(
  id: string,
  patient: Discussable,
  date: string,
  given: {
    urgent?: boolean;
    today: string;
    meeting?: string;
    position?: number;
    status?: Encounter['status'];
    period?: Encounter['period'];
  },
): Encounter {
  const proposer = patient.team.find((one) => one.profession !== 'physician') ?? patient.team[0]!;
  return {
    resourceType: 'Encounter',
    id,
    extension: [
      { url: 'urn:estran:meeting-proposed', valueDateTime: parisInstant(date, 11 * 60 + 20) },
      ...patient.topic.wished.map((valueCode) => ({ url: 'urn:estran:meeting-wished', valueCode })),
      ...(given.position
        ? [
            { url: 'urn:estran:meeting-position', valueInteger: given.position },
            { url: 'urn:estran:meeting-minutes', valueInteger: 12 },
          ]
        : []),
    ],
    status: given.status ?? 'planned',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR', display: 'sans le patient' },
    type: [{ coding: [category], text: words }],
    ...(given.urgent && {
      priority: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActPriority', code: 'UR', display: 'Urgent' }],
      },
    }),
    subject: { reference: `Patient/${patient.id}`, display: patient.name },
    participant: [{ individual: ref(proposer) as Reference<never> }],
    reasonCode: [{ text: patient.topic.reason }],
    ...(given.meeting && { appointment: [{ reference: `Appointment/${given.meeting}` }] }),
    ...(given.period && { period: given.period }),
  };
}

function* held(
  shape: PracticeShape,
  id: string,
  date: string,
  discussed: readonly Discussable[],
  around: readonly DemoPerson[],
  coordinator: DemoPerson,
  chance: Chance,
  today: string,
): Generator<Resource> {
  const closed = parisInstant(date, 13 * 60 + 34);
  yield appointment(shape, id, date, around, coordinator, 'fulfilled', [
    {
      url: 'urn:estran:meeting-closed',
      extension: [
        { url: 'at', valueDateTime: closed },
        { url: 'by', valueReference: ref(coordinator) },
      ],
    },
  ]);
  const present: { person: DemoPerson; at: string }[] = [];
  for (const [at, person] of around.entries()) {
    const there = person === coordinator || at < 2 || chance.yes(0.8);
    const time = parisInstant(date, 12 * 60 + 28 + at);
    // One who came without a computer is marked by the coordinator.
    yield answer(id, person, there ? 'accepted' : 'declined', {
      state: there ? (chance.yes(0.1) ? 'remote' : 'present') : 'excused',
      at: time,
      by: there && !(at === 2 && person !== coordinator) ? person : coordinator,
    });
    if (there) present.push({ person, at: time });
  }
  for (const [at, patient] of discussed.entries()) {
    const encounter = `${id}-${at + 1}`;
    const [from, to] = [parisInstant(date, 12 * 60 + 31 + at * 12), parisInstant(date, 12 * 60 + 43 + at * 12)];
    yield proposal(encounter, patient, addDays(date, -chance.int(4, 15)), {
      today,
      meeting: id,
      position: at + 1,
      status: 'finished',
      period: { start: from, end: to },
    });
    const { situation, discussion, decisions, reason } = patient.topic;
    const given = decisions.map((one, n) => ({
      ...one,
      person:
        one.who.flatMap((profession) => patient.team.find((each) => each.profession === profession) ?? [])[0] ??
        patient.team[0]!,
      key: `${encounter}-d${n + 1}`,
      due: addDays(date, one.days),
    }));
    const requests = given.map((one) => ({ reference: `ServiceRequest/${one.key}`, display: one.words }));
    const minutes: Composition = {
      resourceType: 'Composition',
      id: `${encounter}-cr`,
      status: 'final',
      type: { text: 'Compte rendu de concertation pluriprofessionnelle' },
      category: [{ coding: [category] }],
      subject: { reference: `Patient/${patient.id}`, display: patient.name },
      encounter: { reference: `Encounter/${encounter}` },
      date: closed,
      author: [ref(coordinator) as Reference<never>],
      title: `Concertation du ${french(date)}`,
      attester: present
        .filter(({ person }) => person === coordinator || patient.team.includes(person))
        .map(({ person, at: time }) => ({
          mode: 'professional' as const,
          time,
          party: ref(person) as Reference<never>,
        })),
      section: [
        { title: 'Situation', text: div(`Motif : ${reason}\n${situation}`) },
        { title: 'Discussion', text: div(discussion) },
        {
          title: 'Décisions',
          text: div(
            given
              .map(
                (one) =>
                  `@${titleOf(one.person).replace(/^Dr /, '')} ${one.words[0]!.toLowerCase()}${one.words.slice(1)} avant le ${french(one.due)}`,
              )
              .join('\n'),
          ),
          entry: requests,
        },
      ],
    };
    yield minutes;
    for (const one of given) {
      // What was decided long ago is mostly done; some of it is late.
      const done = one.due < today ? chance.yes(0.82) : chance.yes(0.25);
      const request: ServiceRequest = {
        resourceType: 'ServiceRequest',
        id: one.key,
        identifier: [{ system: 'urn:estran:decision', value: `${encounter}:${one.key}` }],
        status: done ? 'completed' : 'active',
        intent: 'order',
        priority: 'routine',
        category: [{ coding: [category] }],
        code: { text: one.words },
        subject: { reference: `Patient/${patient.id}`, display: patient.name },
        encounter: { reference: `Encounter/${encounter}` },
        requester: ref(coordinator) as Reference<never>,
        authoredOn: closed,
        occurrenceDateTime: one.due,
      };
      const finished = parisInstant(
        [addDays(date, Math.max(1, one.days - chance.int(0, 6))), addDays(today, -1)].sort()[0]!,
        17 * 60,
      );
      const task: Task = {
        resourceType: 'Task',
        id: `${one.key}-t`,
        status: done ? 'completed' : chance.yes(0.5) ? 'accepted' : 'requested',
        intent: 'order',
        priority: 'routine',
        code: { coding: [{ system: 'urn:estran:task-kind', code: 'decision' }] },
        focus: { reference: `ServiceRequest/${one.key}` },
        for: { reference: `Patient/${patient.id}`, display: patient.name },
        encounter: { reference: `Encounter/${encounter}` },
        authoredOn: closed,
        lastModified: done ? finished : closed,
        requester: ref(coordinator) as Reference<never>,
        owner: { reference: `Practitioner/${one.person.practitionerId}`, display: titleOf(one.person) },
        ...(done && { executionPeriod: { end: finished } }),
        restriction: { period: { end: one.due } },
      };
      yield request;
      yield task;
    }
  }
}

function* planned(
  shape: PracticeShape,
  id: string,
  date: string,
  patients: readonly Discussable[],
  around: readonly DemoPerson[],
  coordinator: DemoPerson,
  today: string,
  chance: Chance,
): Generator<Resource> {
  yield {
    ...appointment(shape, id, date, around, coordinator, 'booked'),
    created: parisInstant(addDays(today, -9), 9 * 60),
  };
  for (const [at, person] of around.entries())
    if (person === coordinator || at % 2 === 0)
      yield answer(id, person, person === coordinator || chance.yes(0.85) ? 'accepted' : 'declined');
  for (const [at, patient] of patients.entries())
    yield proposal(`${id}-${at + 1}`, patient, addDays(today, -3 - at * 2), { today, meeting: id, position: at + 1 });
}
