import type {
  CareTeam,
  Condition,
  Observation,
  Patient,
  PlanDefinition,
  Reference,
  ServiceRequest,
  Task,
} from '@medplum/fhirtypes';
import {
  actOnPlan,
  addStep,
  beginPlan,
  changeHeld,
  followedOf,
  giveShipped,
  goOn,
  isOpenStep,
  type People,
  peopleAround,
  planDefinitionOf,
  protocolOf,
  resolveStep,
  roundsOf,
  shippedProtocols,
} from '../src/coordination/index.ts';
import type { PersonCaller, Profession } from '../src/access/index.ts';
import { type FhirStore, patientData, type Resource, type Stored } from '../src/fhir/index.ts';
import { addDays, parisInstant, workday } from './dates.ts';
import { Chance } from './random.ts';
import { type DemoPerson, titleOf } from './staff.ts';

/** One patient's way through a protocol, as it is told. Days are counted back from today. */
interface Way {
  patient: string;
  protocol: string;
  by: Profession;
  since: number;
  /** Steps whose rounds due in the last so many days were not done. */
  undone?: Record<string, number>;
  /** Steps with a condition that did apply; the others were set aside. */
  apply?: readonly string[];
  own?: { title: string; kind: 'call' | 'act' | 'document'; due: number; to: Profession };
  end?: { act: 'pause' | 'leave' | 'complete'; ago: number; reason: string };
}
const abers: readonly Way[] = [
  {
    patient: 'pat-jean-kerleau',
    protocol: 'diabete-type-2',
    by: 'physician',
    since: 470,
    undone: { 'fond-oeil': 60, dentiste: 200, hba1c: 30 },
    apply: ['pieds-soins'],
  },
  {
    patient: 'pat-michel-quentel',
    protocol: 'avk',
    by: 'physician',
    since: 205,
    undone: { 'inr-mensuel': 25, dose: 25 },
  },
  {
    patient: 'pat-jeanne-le-goff',
    protocol: 'fragilite',
    by: 'coordinator',
    since: 120,
    undone: { appel: 40 },
    own: { title: 'Appeler sa fille Martine après chaque passage', kind: 'call', due: 6, to: 'nurse' },
  },
  { patient: 'pat-yvonne-salaun', protocol: 'plaies', by: 'nurse', since: 38, undone: { doppler: 40 } },
  {
    patient: 'pat-patrick-cozic',
    protocol: 'bpco',
    by: 'physician',
    since: 130,
    apply: ['tabac', 'readaptation'],
    end: { act: 'pause', ago: 12, reason: 'Hospitalisé pour une exacerbation : reprise à la sortie.' },
  },
  {
    patient: 'pat-rene-abiven',
    protocol: 'palliatif',
    by: 'physician',
    since: 24,
    undone: { aidant: 4 },
    apply: ['equipe-appui'],
  },
];
const redon: readonly Way[] = [
  {
    patient: 'pat-alain-thebault',
    protocol: 'bpco',
    by: 'physician',
    since: 230,
    undone: { pneumologue: 200 },
    apply: ['tabac', 'readaptation'],
  },
  { patient: 'pat-bernard-noel', protocol: 'palliatif', by: 'nurse', since: 11 },
  { patient: 'pat-paulette-mace', protocol: 'fragilite', by: 'coordinator', since: 60 },
  {
    patient: 'pat-christian-hervieu',
    protocol: 'diabete-type-2',
    by: 'asalee-nurse',
    since: 250,
    undone: { hba1c: 40 },
  },
  {
    patient: 'pat-jean-martin-b',
    protocol: 'avk',
    by: 'pharmacist',
    since: 95,
    end: { act: 'leave', ago: 5, reason: 'Passage à un anticoagulant direct décidé par le cardiologue.' },
  },
];
/** What the keys above stand for: the themes of the shipped protocols. */
const themes: Record<string, string> = {
  'diabete-type-2': 'diabetes',
  avk: 'anticoagulants',
  fragilite: 'frailty',
  plaies: 'wounds',
  bpco: 'copd',
  palliatif: 'palliative',
  'insuffisance-cardiaque': 'heart-failure',
  surpoids: 'child-overweight',
};

/** The protocols of a demo practice and patients in them at several stages (COO-2, COO-3), lived day by day through the acts of the room itself. */
export async function writePlans(store: FhirStore, people: readonly DemoPerson[], today: string): Promise<void> {
  const first = people.some((one) => one.login === 'soizic.abgrall');
  const chance = new Chance(`protocols ${first}`);
  await giveShipped(store, shippedProtocols, at(addDays(today, -500), 9));
  const ways = [...(first ? abers : redon), ...(await others(store, first, today, chance))];
  const told = new Set<string>();
  for (const way of ways.filter((one) => one.since > 20)) {
    await store.transaction((tx) => live(tx, way, people, today, chance));
    told.add(way.patient);
  }
  if (first) await secondEdition(store, people, today);
  for (const way of ways.filter((one) => !told.has(one.patient)))
    await store.transaction((tx) => live(tx, way, people, today, chance));
}

/** Ordinary patients with a disease that has a protocol: a few of each. */
async function others(store: FhirStore, first: boolean, today: string, chance: Chance): Promise<Way[]> {
  const told = new Set([...abers, ...redon].map((way) => way.patient));
  const of = async (code: string, most: number): Promise<string[]> => {
    const { resources } = await store.search('Condition', [
      ['code', `http://hl7.org/fhir/sid/icd-10|${code}`],
      ['_count', '60'],
    ]);
    const ids = resources.map((one) => (one.resource as unknown as Condition).subject.reference!.split('/')[1]!);
    return [...new Set(ids)]
      .filter((id) => !told.has(id))
      .sort()
      .slice(0, most);
  };
  const found: Way[] = [];
  for (const [at, patient] of (await of('I50.9', 2)).entries())
    found.push({
      patient,
      protocol: 'insuffisance-cardiaque',
      by: 'physician',
      since: at === 0 ? 45 : 170,
      ...(at === 0
        ? { undone: { biologie: 12 } }
        : { end: { act: 'complete' as const, ago: 20, reason: 'Six mois sans hospitalisation : suivi habituel.' } }),
    });
  for (const [at, patient] of (await of('E11.9', first ? 3 : 2)).entries())
    found.push({
      patient,
      protocol: 'diabete-type-2',
      by: 'physician',
      since: [12, 210, 320][at]! + chance.int(0, 6),
      ...(at === 1 && {
        end: { act: 'leave' as const, ago: 30, reason: 'Déménage à Vannes, suivi par un confrère ; dossier transmis.' },
      }),
    });
  const child = await heaviestChild(store, today);
  if (child) found.push({ patient: child, protocol: 'surpoids', by: 'physician', since: 75 });
  return found;
}
/** The child of 4 to 11 with the highest body mass index, when it is too high for a child: the problem is then in the record. */
async function heaviestChild(store: FhirStore, today: string): Promise<string | undefined> {
  const year = Number(today.slice(0, 4));
  const { resources } = await store.search('Observation', [
    ['code', 'http://loinc.org|39156-5'],
    ['patient.birthdate', `gt${year - 11}${today.slice(4)}`],
    ['patient.birthdate', `lt${year - 4}${today.slice(4)}`],
    ['value-quantity', 'gt19'],
    ['_count', '100'],
  ]);
  const values = resources
    .map((one) => one.resource as unknown as Observation)
    .sort(
      (a, b) =>
        (b.valueQuantity?.value ?? 0) - (a.valueQuantity?.value ?? 0) ||
        a.subject!.reference!.localeCompare(b.subject!.reference!),
    );
  const id = values[0]?.subject?.reference?.split('/')[1];
  if (!id) return undefined;
  const patient = (await store.read('Patient', id)).resource as unknown as Patient;
  const recorder = patient.generalPractitioner?.[0] as Condition['recorder'];
  const condition: Condition = {
    resourceType: 'Condition',
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    verificationStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
    },
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'problem-list-item' }] },
    ],
    code: {
      coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'E66.9', display: 'Surpoids, obésité' }],
      text: 'Surpoids de l’enfant',
    },
    subject: { reference: `Patient/${id}` },
    onsetDateTime: addDays(today, -80),
    recordedDate: addDays(today, -80),
    ...(recorder && { recorder }),
  };
  await store.create(condition as unknown as Resource);
  return id;
}

const at = (day: string, hour: number): Date => new Date(parisInstant(day, hour * 60));
const callerOf = (person: DemoPerson, tenant: number): PersonCaller => ({
  kind: 'person',
  tenant,
  practitioner: person.practitionerId,
  profession: person.profession,
  roles: [],
  name: titleOf(person),
  session: '',
});

/** In one transaction: what follows its steps today is told once it is whole. */
async function live(
  store: FhirStore,
  way: Way,
  people: readonly DemoPerson[],
  today: string,
  chance: Chance,
): Promise<void> {
  const shipped = shippedProtocols.find((one) => one.model.theme === themes[way.protocol]);
  const patient = await store.read('Patient', way.patient).catch(() => null);
  if (!shipped || !patient) return;
  const { tenant } = store.caller;
  const held = await protocolOf(store, `protocole-${shipped.key}`);
  const around = await peopleAround(store, way.patient);
  // Whoever enters is of the team; what nobody of it does is left out, but for one step that the coordination has still to settle.
  const byTeam =
    people.find(
      (one) =>
        one.profession === way.by &&
        (around.office.has(one.profession) || around.team.some((other) => other.practitioner === one.practitionerId)),
    ) ??
    people.find((one) =>
      around.team.some((other) => other.practitioner === one.practitionerId && one.profession === 'physician'),
    );
  if (!byTeam) return;
  const by = callerOf(byTeam, tenant);
  const orphans = held.model.steps.filter((step) => !resolveStep(around, step).inTeam).map((step) => step.id);
  const start = addDays(today, -way.since);
  const { resources } = await store.search('CareTeam', [
    ['patient', way.patient],
    ['status', 'active'],
    ['_count', '1'],
  ]);
  const careTeam: Reference<CareTeam> | undefined = resources[0] && { reference: `CareTeam/${resources[0].id}` };
  const name = (patient.resource as unknown as Patient).name?.[0];
  const plan = await beginPlan(
    store,
    {
      held,
      patient: {
        reference: `Patient/${way.patient}`,
        display: [name?.given?.[0], name?.family].filter(Boolean).join(' '),
      },
      careTeam,
      start,
      without: orphans.slice(way.since < 60 ? 1 : 0),
    },
    by,
    at(start, 11),
    await patientData(store, way.patient),
    around,
  );
  const until = way.end ? addDays(today, -way.end.ago) : today;
  let clock = start;
  for (let pass = 0; pass < 60; pass++) {
    const last = await days(store, plan.id, way, around.team, start, until, today, chance);
    if (last === null && clock >= until) break;
    // Nothing to do for a while: time passes, and what comes near is asked for.
    clock = [clock, last ?? [addDays(clock, 45), until].sort()[0]!].sort()[1]!;
    await goOn(store, plan.id, at(clock, clock === today ? 0 : 19));
  }
  const { own, end } = way;
  if (own)
    await changeHeld(store, way.patient, plan.id, by, at(addDays(today, -8), 15), (changing) =>
      addStep(changing, {
        title: own.title,
        kind: own.kind,
        due: addDays(today, own.due),
        addressee: { to: 'profession', profession: own.to },
      }),
    );
  if (end)
    await changeHeld(store, way.patient, plan.id, by, at(addDays(today, -end.ago), 21), (changing) =>
      actOnPlan(changing, end.act, end.reason),
    );
}

/** What was to be done by now is done, or set aside, near its day; the day of the last; null when nothing waits. */
async function days(
  store: FhirStore,
  id: string,
  way: Way,
  team: People['team'],
  start: string,
  until: string,
  today: string,
  chance: Chance,
): Promise<string | null> {
  const followed = await followedOf(store, way.patient, id);
  const open = roundsOf(followed, until, null).filter((round) => {
    const task = round.asked?.task.resource as unknown as Task | undefined;
    if (!task || !isOpenStep(round.state) || round.due === null || round.due > until) return false;
    const waits = way.undone?.[round.id];
    return (
      ownerOf(task, team) !== undefined &&
      (waits === undefined || round.due < addDays(today, -waits)) &&
      !(round.due === today && round.asked)
    );
  });
  if (open.length === 0) return null;
  let last = start;
  for (const round of open) {
    const near = workday(addDays(round.due!, chance.int(-2, 3)));
    const day = [[near, start].sort()[1]!, addDays(until, until === today ? -1 : 0)].sort()[0]!;
    const aside = round.step?.condition != null && !way.apply?.includes(round.id);
    await finish(
      store,
      round.asked!,
      ownerOf(round.asked!.task.resource as unknown as Task, team)!,
      aside ? 'cancelled' : 'completed',
      at(day < start ? start : day, 9 + chance.int(0, 8)),
    );
    if (day > last) last = day;
  }
  return last;
}
/** Whoever has it, or of the team the first to whose profession it is offered. */
function ownerOf(task: Task, team: People['team']): Reference | undefined {
  if (task.owner?.reference?.startsWith('Practitioner/')) return task.owner;
  const profession = task.performerType?.[0]?.coding?.[0]?.code;
  const one = team.find((other) => other.profession === profession);
  return (
    one && {
      extension: [{ url: 'urn:estran:role', valueCode: one.profession }],
      reference: `Practitioner/${one.practitioner}`,
      display: one.name,
    }
  );
}
async function finish(
  tx: FhirStore,
  { task, request }: { task: Stored; request: Stored | undefined },
  owner: Reference,
  status: 'completed' | 'cancelled',
  when: Date,
): Promise<void> {
  const old = task.resource as unknown as Task;
  // Nothing is done before it was asked.
  const asked = Date.parse(old.authoredOn ?? '') + 3_600_000;
  const next: Task = {
    ...old,
    status,
    lastModified: new Date(Math.max(when.getTime(), asked)).toISOString(),
    extension: [...(old.extension ?? []), { url: 'urn:estran:corrected-by', valueReference: owner }],
    owner: owner as Task['owner'],
  };
  await tx.update(next as unknown as Resource);
  if (request)
    await tx.update({
      ...(request.resource as unknown as ServiceRequest),
      status: status === 'completed' ? 'completed' : 'revoked',
    } as unknown as Resource);
}

/** The practice's own edition of the diabetes protocol, put in force three weeks ago: proposed to whoever follows the first one. */
async function secondEdition(store: FhirStore, people: readonly DemoPerson[], today: string): Promise<void> {
  const shipped = shippedProtocols.find((one) => one.model.theme === 'diabetes');
  const coordinator = people.find((one) => one.profession === 'coordinator');
  if (!shipped || !coordinator) return;
  const held = await protocolOf(store, `protocole-${shipped.key}`);
  const when = at(addDays(today, -20), 18);
  const model = {
    ...held.model,
    steps: [
      ...held.model.steps,
      {
        id: 'apnees',
        title: 'Rechercher des apnées du sommeil',
        detail: 'Ronflement, somnolence, questionnaire d’Epworth ; polygraphie si le score dépasse 10.',
        kind: 'act' as const,
        roles: ['asalee-nurse', 'nurse', 'physician'],
        after: { step: null, delay: { value: 3, unit: 'mo' as const } },
        repeat: null,
        condition: null,
        documents: [{ title: 'Questionnaire d’Epworth', url: null }],
        forPatient: 'Quelques questions sur votre sommeil : mal dormir fait monter le sucre.',
      },
    ],
  };
  const definition: PlanDefinition = planDefinitionOf(model, {
    id: held.stored.id,
    status: 'active',
    edition: '1.1',
    published: addDays(today, -20),
    now: when.toISOString(),
    by: {
      reference: `Practitioner/${coordinator.practitionerId}`,
      display: titleOf(coordinator),
      extension: [{ url: 'urn:estran:role', valueCode: 'coordinator' }],
    },
    note: 'Recherche des apnées du sommeil, décidée en réunion de novembre.',
    shipped: { key: shipped.key, edition: shipped.edition },
  });
  await store.update(definition as unknown as Resource);
}
