import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Profession } from '../../access/index.ts';
import { type Answer, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { wordsOf } from '../../platform/pdf/pdf-words-for-tests.ts';
import { cdsHooksAid } from '../prescribing-aid/cds-hooks.ts';
import { dayInFrance } from '../../platform/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any;
interface Hand extends TestPerson {
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
}
const hand = async (practice: TestPractice, profession: Profession, family: string): Promise<Hand> => {
  const person = await practice.person(profession, { family, given: 'Camille' });
  return {
    ...person,
    get: (path) => person.send('GET', path),
    post: (path, body = {}) => person.send('POST', path, body),
    put: (path, body) => person.send('PUT', path, body),
  };
};
let doctor: Hand;
let pharmacist: Hand;
let nurse: Hand;
let therapist: Hand;
let secretary: Hand;
let outsider: Hand;
let elsewhere: Hand;
before(async () => {
  const practice = await newPractice('Maison de santé des traitements');
  [doctor, pharmacist, nurse, therapist, secretary, outsider] = (await Promise.all(
    (['physician', 'pharmacist', 'nurse', 'occupational-therapist', 'medical-secretary', 'physician'] as const).map(
      (profession, at) =>
        hand(practice, profession, ['Kermarrec', 'Cozic', 'Morvan', 'Tanguy', 'Riou', 'Abgrall'][at]!),
    ),
  )) as [Hand, Hand, Hand, Hand, Hand, Hand];
  elsewhere = await hand(await newPractice('Autre maison'), 'physician', 'Quentel');
});

const ok = (answer: Answer): Answer => {
  assert.equal(answer.status, 200, answer.text);
  return answer;
};
let count = 0;
const letters = (n: number): string => [...String(n)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
async function newPatient(): Promise<string> {
  count++;
  const { id } = ok(
    await doctor.post('/api/patients', {
      birthFamily: `Essai${letters(count * 7919)}`,
      birthGivens: `Prenom${letters(count * 104729)}`,
      birthDate: `${(count % 27) + 1}/03/${1940 + count}`,
      sex: 'female',
    }),
  ).body;
  for (const one of [pharmacist, nurse, therapist])
    ok(await doctor.post(`/api/patients/${id}/team`, { practitioner: one.practitioner }));
  return id;
}
const at = (id: string) => `/api/patients/${id}/treatments`;
const page = async (who: Hand, id: string): Promise<Json> => ok(await who.get(at(id))).body;
const line = (view: Json, label: string): Json => view.lines.find((one: Json) => one.label.startsWith(label));
const added = async (who: Hand, id: string, body: Json): Promise<Json> =>
  ok(await who.post(at(id), body)).body.lines[0];
async function prescribed(id: string, over: object = {}): Promise<Json> {
  const { fhir } = await testHouse();
  return fhir.storeFor(doctor.caller).create({
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    subject: { reference: `Patient/${id}` },
    medicationCodeableConcept: { text: 'Ramipril 5 mg, comprimé' },
    authoredOn: '2026-01-10',
    requester: { reference: `Practitioner/${doctor.practitioner}` },
    dosageInstruction: [{ text: '1 comprimé le matin' }],
    ...over,
  });
}

test('DOS-5 a treatment is added as it is said: structured, its source, its problem, its course', async () => {
  const id = await newPatient();
  const problem = ok(await doctor.post(`/api/patients/${id}/problems`, { label: 'Diabète de type 2' })).body.lines[0];
  await added(doctor, id, {
    label: 'METFORMINE 1 000 mg, comprimé',
    dosage: '1 matin et soir',
    from: '2012',
    source: 'elsewhere',
    prescriber: 'Dr Salou',
    problem: problem.id,
  });
  await added(nurse, id, { label: 'Ibuprofène 400 mg', dosage: '1 cp x3/j 5 jours', source: 'self' });
  await added(doctor, id, { label: 'Paracétamol 1 g', dosage: 'selon douleur du soir', source: 'patient' });
  const view = await page(nurse, id);
  const [metformin, ibuprofen, other] = [line(view, 'METFORMINE'), line(view, 'Ibuprofène'), line(view, 'Paracétamol')];
  assert.deepEqual(
    [
      metformin.dosage,
      metformin.structured,
      metformin.longTerm,
      metformin.problem.label,
      metformin.prescriber.name,
      metformin.sourceLabel,
    ],
    ['1 comprimé le matin et le soir', true, true, 'Diabète de type 2', 'Dr Salou', 'Prescrit ailleurs'],
  );
  assert.deepEqual(
    [ibuprofen.dosage, ibuprofen.longTerm, ibuprofen.sourceLabel],
    ['1 comprimé 3 fois par jour pendant 5 jours', false, 'Automédication'],
    'five days are not long-term',
  );
  assert.deepEqual([other.dosage, other.structured], ['selon douleur du soir', false]);
  assert.equal(view.state.code, 'listed');
  const { fhir } = await testHouse();
  const stored = await fhir.storeFor(doctor.caller).read('MedicationStatement', metformin.id);
  const [dosage] = stored.resource.dosage as Json[];
  assert.deepEqual(
    [dosage.timing.repeat.when, dosage.doseAndRate[0].doseQuantity.value, dosage.doseAndRate[0].doseQuantity.unit],
    [['MORN', 'EVE'], 1, 'comprimé'],
  );
  const wrong = await doctor.post(at(id), { label: 'X', problem: 'nobody' });
  assert.deepEqual([wrong.status, Object.keys(wrong.body.fields)], [422, ['problem']]);
  assert.equal((await doctor.post(at(id), { label: 'X', from: '12/03/2026', until: '01/03/2026' })).status, 422);
});
test('DOS-5 a course that has run out is over by itself, one without an end is long-term unless it is said', async () => {
  const id = await newPatient();
  await added(doctor, id, { label: 'Amoxicilline 1 g', dosage: '1 matin et soir pendant 6 jours', from: '01/02/2026' });
  await added(doctor, id, {
    label: 'Prednisone 20 mg',
    dosage: '40 mg le matin pendant 3 jours puis 20 mg le matin pendant 3 jours',
    from: '01/02/2026',
  });
  await added(doctor, id, { label: 'Loratadine', dosage: '1 par jour', course: 'acute' });
  await added(doctor, id, { label: 'Bisoprolol 2,5 mg', dosage: '1 le matin' });
  const view = await page(doctor, id);
  assert.deepEqual(
    ['Amoxicilline', 'Prednisone', 'Loratadine', 'Bisoprolol'].map((label) => [
      line(view, label).state,
      line(view, label).until,
      line(view, label).longTerm,
    ]),
    [
      ['past', '2026-02-06', false],
      ['past', '2026-02-06', false],
      ['current', null, false],
      ['current', null, true],
    ],
  );
  const record = ok(await doctor.get(`/api/patients/${id}/record`)).body;
  assert.equal(record.treatments.filter((one: Json) => one.state === 'current').length, 2);
});

test('DOS-5 «aucun traitement» is said and dated; «non renseigné» is another state, on the page and in the summary', async () => {
  const id = await newPatient();
  assert.equal((await page(nurse, id)).state.code, 'not-asked');
  assert.match(ok(await nurse.get(`/api/patients/${id}/record`)).body.treatmentsState.label, /non renseigné/);
  ok(await nurse.post(`${at(id)}/none`));
  const view = await page(doctor, id);
  assert.deepEqual([view.state.code, view.lines.length, view.state.by.name], ['none', 0, 'Camille Morvan']);
  assert.match(view.state.label, /^Aucun traitement en cours, dit le /);
  ok(await nurse.post(`${at(id)}/none`));
  const summary = ok(await doctor.post(`/api/patients/${id}/summaries`)).body;
  assert.equal(
    summary.sections.find((one: Json) => one.code === 'treatments').lines[0].label,
    'Aucun traitement en cours',
  );
  await added(doctor, id, { label: 'Ramipril 5 mg', dosage: '1 le matin' });
  assert.equal((await page(doctor, id)).state.code, 'listed');
  const refused = await nurse.post(`${at(id)}/none`);
  assert.deepEqual([refused.status, refused.body.code], [409, 'treatments-listed']);
  ok(
    await doctor.post(`${at(id)}/entries/MedicationStatement/${line(await page(doctor, id), 'Ramipril').id}`, {
      act: 'stop',
      version: 1,
      reason: 'Toux',
    }),
  );
  assert.equal((await page(doctor, id)).state.code, 'not-asked', 'what was said before is no longer true by itself');
});

test('DOS-5 stop with a reason, suspend, resume, change the dose: each a version, the doses remain readable', async () => {
  const id = await newPatient();
  const request = await prescribed(id);
  const entry = `${at(id)}/entries/MedicationRequest/${request.id}`;
  assert.equal((await doctor.post(entry, { act: 'stop', version: 1, reason: '' })).status, 422);
  ok(await doctor.post(entry, { act: 'dose', version: 1, dosage: '2 cp le matin', reason: 'TA à 160' }));
  const late = await doctor.post(entry, { act: 'dose', version: 1, dosage: '3 cp le matin' });
  assert.deepEqual([late.status, late.body.code], [409, 'edited-meanwhile']);
  assert.ok(
    late.body.comparison.some((one: Json) => one.label === 'Posologie' && one.changed),
    'both versions in words',
  );
  ok(await doctor.post(entry, { act: 'suspend', version: 2, reason: 'Gastro-entérite' }));
  assert.deepEqual(
    [line(await page(doctor, id), 'Ramipril').state, line(await page(doctor, id), 'Ramipril').stopReason],
    ['suspended', 'Gastro-entérite'],
  );
  ok(await doctor.post(entry, { act: 'resume', version: 3 }));
  ok(await doctor.post(entry, { act: 'stop', version: 4, reason: 'Toux' }));
  const stopped = line(await page(nurse, id), 'Ramipril');
  assert.deepEqual([stopped.state, stopped.stateLabel, stopped.stopReason], ['past', 'Arrêté', 'Toux']);
  const { doses } = ok(await nurse.get(`${entry}/doses`)).body;
  assert.deepEqual(
    doses.map((one: Json) => [one.dosage, one.stateLabel, one.reason]),
    [
      ['2 comprimés le matin', 'Arrêté', 'Toux'],
      ['2 comprimés le matin', 'En cours', 'Reprise'],
      ['2 comprimés le matin', 'Suspendu', 'Gastro-entérite'],
      ['2 comprimés le matin', 'En cours', 'TA à 160'],
      ['1 comprimé le matin', 'En cours', null],
    ],
  );
  assert.equal((await doctor.post(entry, { act: 'suspend', version: 5, reason: 'encore' })).status, 409);
});
test('DOS-5 a prescription renewed by another is told once; a long one says when it is to be renewed', async () => {
  const id = await newPatient();
  const now = new Date();
  const day = (days: number) => dayInFrance(new Date(now.getTime() + days * 86_400_000));
  const first = await prescribed(id, {
    authoredOn: day(-100),
    courseOfTherapyType: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy', code: 'continuous' },
      ],
    },
    dispenseRequest: { validityPeriod: { start: day(-100), end: day(10) } },
  });
  assert.deepEqual(line(await page(doctor, id), 'Ramipril').renew, { due: day(10), late: false });
  await prescribed(id, { authoredOn: day(0), priorPrescription: { reference: `MedicationRequest/${first.id}` } });
  const states = (await page(doctor, id)).lines.map((one: Json) => [one.state, one.stateLabel]);
  assert.deepEqual(states, [
    ['current', 'En cours'],
    ['past', 'Renouvelé'],
  ]);
});

test('DOS-5 what others report stands beside the record until it is reconciled; differences are worked out', async () => {
  const id = await newPatient();
  const request = await prescribed(id);
  const metformin = await added(doctor, id, {
    label: 'Metformine 1 000 mg, comprimé',
    dosage: '1 matin et soir',
    source: 'elsewhere',
  });
  await added(doctor, id, { label: 'Furosémide 40 mg', dosage: '1 le matin', source: 'elsewhere' });
  const report = {
    from: 'hospital',
    title: 'Sortie du centre hospitalier',
    lines: [
      { label: 'RAMIPRIL 5 mg', dosage: '1-0-0 cp' },
      { label: 'Metformine 500 mg', dosage: '2 cp matin et soir' },
      { label: 'Apixaban 5 mg', dosage: '1 cp matin et soir' },
      { label: 'Furosémide 40 mg', dosage: '2 cp le matin' },
    ],
  };
  ok(await nurse.post(`${at(id)}/reported`, report));
  const view = await page(pharmacist, id);
  assert.equal(view.lines.length, 3, 'no treatment of the record yet');
  assert.deepEqual(
    view.reported[0].lines.map((one: Json) => [one.label, one.difference]),
    [
      ['RAMIPRIL 5 mg', 'same'],
      ['Metformine 500 mg', 'same-day'],
      ['Apixaban 5 mg', 'missing'],
      ['Furosémide 40 mg', 'dose'],
    ],
  );
  assert.ok(ok(await nurse.get(`/api/patients/${id}/timeline`)).text.includes('Sortie du centre hospitalier'));
  // The pharmacist reconciles: what is prescribed becomes a proposal, what is reported is added.
  const list = view.reported[0].id;
  const furosemide = line(view, 'Furosémide');
  const body = {
    lists: [list],
    note: 'Conciliation de sortie',
    lines: [
      { about: { type: 'MedicationRequest', id: request.id, version: 1 }, decision: 'keep' },
      { about: { type: 'MedicationStatement', id: metformin.id, version: 1 }, decision: 'keep' },
      {
        about: { type: 'MedicationStatement', id: furosemide.id, version: 1 },
        said: { list, key: 'l4' },
        decision: 'dose',
        reason: 'Courrier du cardiologue',
      },
      { said: { list, key: 'l3' }, decision: 'add' },
    ],
  };
  assert.equal((await nurse.post(`${at(id)}/reconciliations`, body)).status, 403, 'a nurse reads and reports');
  const stale = await pharmacist.post(`${at(id)}/reconciliations`, {
    ...body,
    lines: [
      { said: { list, key: 'l3' }, decision: 'add' },
      { about: { type: 'MedicationRequest', id: request.id, version: 7 }, decision: 'keep' },
    ],
  });
  assert.deepEqual(
    [stale.status, stale.body.code, (await page(doctor, id)).lines.length],
    [409, 'changed-since', 3],
    'all or nothing',
  );
  ok(await pharmacist.post(`${at(id)}/reconciliations`, body));
  const done = await page(doctor, id);
  assert.deepEqual(
    [line(done, 'Apixaban').source, line(done, 'Apixaban').dosage],
    ['document', '1 comprimé le matin et le soir'],
  );
  assert.equal(line(done, 'Furosémide').dosage, '1 le matin', 'unchanged until a prescriber answers');
  assert.deepEqual(
    done.proposals.map((one: Json) => [one.actLabel, one.label, one.dosage, one.reason, one.state, one.who.role]),
    [
      [
        'Changer la posologie',
        'Furosémide 40 mg',
        '2 comprimés le matin',
        'Courrier du cardiologue',
        'waiting',
        'Pharmacien',
      ],
    ],
  );
  const [kept] = done.reconciliations;
  assert.deepEqual(
    [kept.who.name, kept.note, kept.lines.map((one: Json) => one.decisionLabel)],
    ['Camille Cozic', 'Conciliation de sortie', ['Maintenu', 'Maintenu', 'Proposé au prescripteur', 'Ajouté']],
  );
  const [proposal] = done.proposals;
  const answer = `${at(id)}/proposals/${proposal.id}/answer`;
  assert.equal(
    (await pharmacist.post(answer, { version: 1, accept: true, seen: 1 })).status,
    403,
    'a proposal is not answered by who made it',
  );
  assert.equal((await doctor.post(answer, { version: 1, accept: true })).status, 422, 'what it changes must be seen');
  ok(
    await doctor.post(answer, {
      version: 1,
      accept: true,
      seen: proposal.about.version,
      answer: 'Oui, contrôle du ionogramme',
    }),
  );
  const after = await page(pharmacist, id);
  assert.equal(line(after, 'Furosémide').dosage, '2 comprimés le matin');
  assert.deepEqual(
    [after.proposals[0].state, after.proposals[0].answer, after.proposals[0].answeredBy.name],
    ['accepted', 'Oui, contrôle du ionogramme', 'Camille Kermarrec'],
  );
  assert.equal((await doctor.post(answer, { version: 2, accept: false, answer: 'non' })).status, 409);
});
test('DOS-5 a reconciliation has its Provenance: who, when, from which sources; read in the history of each treatment, and closed like the treatments', async () => {
  const id = await newPatient();
  const request = await prescribed(id);
  ok(
    await nurse.post(`${at(id)}/reported`, {
      from: 'hospital',
      title: 'Sortie de chirurgie',
      lines: [
        { label: 'Ramipril 5 mg', dosage: '1 le matin' },
        { label: 'Apixaban 5 mg', dosage: '1 cp matin et soir' },
      ],
    }),
  );
  const [reported] = (await page(pharmacist, id)).reported;
  ok(
    await pharmacist.post(`${at(id)}/reconciliations`, {
      lists: [reported.id],
      lines: [
        {
          about: { type: 'MedicationRequest', id: request.id, version: 1 },
          said: { list: reported.id, key: 'l1' },
          decision: 'keep',
        },
        { said: { list: reported.id, key: 'l2' }, decision: 'add', reason: 'Embolie' },
      ],
    }),
  );
  const view = await page(doctor, id);
  assert.deepEqual(view.reconciliations[0].sources, [
    { id: reported.id, title: 'Sortie de chirurgie', fromLabel: 'Courrier ou sortie d’hôpital' },
  ]);
  const history = async (type: string, entry: string) =>
    ok(await nurse.get(`${at(id)}/entries/${type}/${entry}/doses`)).body.reconciled.map((one: Json) => [
      one.decisionLabel,
      one.who.name,
      one.reason,
      one.sources.map(({ title }: Json) => title),
    ]);
  assert.deepEqual(await history('MedicationRequest', request.id), [
    ['Maintenu', 'Camille Cozic', null, ['Sortie de chirurgie']],
  ]);
  assert.deepEqual(await history('MedicationStatement', line(view, 'Apixaban').id), [
    ['Ajouté', 'Camille Cozic', 'Embolie', ['Sortie de chirurgie']],
  ]);
  const { fhir } = await testHouse();
  const found = (
    await fhir.storeFor(doctor.caller).search('Provenance', [['target', `List/${view.reconciliations[0].id}`]])
  ).resources;
  assert.equal(found.length, 1);
  const provenance = found[0]!.resource as Json;
  assert.deepEqual(
    [
      provenance.agent[0].who.reference,
      provenance.activity.coding[0].code,
      provenance.entity.map((one: Json) => [one.role, one.what.reference]),
    ],
    [`Practitioner/${pharmacist.practitioner}`, '430193006', [['source', `List/${reported.id}/_history/1`]]],
  );
  assert.deepEqual(
    provenance.target.map((one: Json) => one.reference.split('/')[0]),
    ['List', 'List', 'MedicationStatement'],
  );
  assert.ok(Math.abs(Date.parse(provenance.occurredDateTime) - Date.now()) < 60_000);
  // Without a right on treatments, nothing says that one took place.
  for (const who of [therapist, secretary, outsider, elsewhere])
    assert.ok(
      !(await who.get(`/fhir/R4/Provenance?target=List/${view.reconciliations[0].id}`)).text.includes('430193006'),
      who.caller.name,
    );
  assert.ok(
    (await nurse.get(`/fhir/R4/Provenance?target=List/${view.reconciliations[0].id}`)).text.includes('430193006'),
  );
  // An undone reconciliation is no longer told.
  const [done] = (await page(doctor, id)).reconciliations;
  ok(
    await pharmacist.post(`/api/patients/${id}/undo`, {
      entries: [{ type: 'List', id: done.id, version: done.version }],
    }),
  );
  assert.deepEqual(await history('MedicationRequest', request.id), []);
});
test('DOS-5 a proposal is refused with its reason, or taken back by its author; accepted, an addition waits to be prescribed', async () => {
  const id = await newPatient();
  await prescribed(id);
  ok(
    await pharmacist.post(`${at(id)}/proposals`, {
      act: 'add',
      label: 'Vitamine D 100 000 UI, ampoule',
      dosage: '1 ampoule tous les 3 mois',
      reason: 'Carence connue',
    }),
  );
  ok(
    await pharmacist.post(`${at(id)}/proposals`, {
      act: 'add',
      label: 'Calcium 500 mg',
      dosage: '1 par jour',
      reason: 'Apports faibles',
    }),
  );
  let { proposals } = await page(doctor, id);
  const of = (label: string) => proposals.find((one: Json) => one.label.startsWith(label));
  assert.equal(
    (await doctor.post(`${at(id)}/proposals/${of('Calcium').id}/answer`, { version: 1, accept: false })).status,
    422,
    'a refusal says why',
  );
  ok(await doctor.post(`${at(id)}/proposals/${of('Vitamine').id}/answer`, { version: 1, accept: true }));
  assert.equal((await doctor.post(`${at(id)}/proposals/${of('Calcium').id}/withdraw`, { version: 1 })).status, 403);
  ok(await pharmacist.post(`${at(id)}/proposals/${of('Calcium').id}/withdraw`, { version: 1 }));
  ({ proposals } = await page(doctor, id));
  assert.deepEqual([of('Vitamine').state, of('Calcium').state], ['accepted', 'withdrawn']);
  assert.deepEqual(
    [line(await page(doctor, id), 'Vitamine').stateLabel, line(await page(doctor, id), 'Vitamine').state],
    ['À prescrire', 'planned'],
  );
  // Nowhere a proposal counts as a treatment.
  const record = ok(await doctor.get(`/api/patients/${id}/record`)).body;
  assert.ok(!record.treatments.some((one: Json) => one.label.startsWith('Calcium')));
  const summary = ok(await doctor.post(`/api/patients/${id}/summaries`)).body;
  assert.ok(!JSON.stringify(summary.sections.find((one: Json) => one.code === 'treatments').lines).includes('Calcium'));
});
test('DOS-5 one substance twice, an allergy that names it or its class: shown to be checked, nothing else is', async () => {
  const id = await newPatient();
  ok(await doctor.post(`/api/patients/${id}/allergies`, { label: 'Pénicillines', category: 'medication' }));
  await added(doctor, id, {
    label: 'Amoxicilline 1 g, comprimé',
    dosage: '1 matin et soir',
    atc: 'J01CA04',
    substances: ['Amoxicilline trihydratée'],
  });
  await added(doctor, id, { label: 'CLAMOXYL 500 mg, gélule', dosage: '1 matin et soir', atc: 'J01CA04' });
  await added(doctor, id, { label: 'Warfarine 5 mg', dosage: '1 le soir', atc: 'B01AA03' });
  await added(doctor, id, { label: 'Ibuprofène 400 mg', dosage: '1 le soir', atc: 'M01AE01' });
  const { toCheck } = await page(doctor, id);
  assert.deepEqual(
    toCheck.map((one: Json) => one.kind).sort(),
    ['allergy', 'allergy', 'double'],
    'no interaction is guessed',
  );
  assert.ok(
    toCheck.some((one: Json) => one.words.includes('Amoxicilline 1 g, comprimé') && one.words.includes('CLAMOXYL')),
  );
});

test('DOS-5 SEC-3 who may not: other practice, no care link, no kind, opposed, sensitive treatments', async () => {
  const id = await newPatient();
  await added(doctor, id, {
    label: 'SECRET-MÉTHADONE 40 mg',
    dosage: '1 le matin',
    source: 'elsewhere',
    sensitive: 'addictions',
  });
  const plain = await added(doctor, id, { label: 'Ramipril 5 mg', dosage: '1 le matin', source: 'elsewhere' });
  ok(
    await doctor.post(`${at(id)}/reported`, {
      from: 'patient',
      lines: [{ label: 'LISTE-VALÉRIANE', dosage: '1 le soir' }],
    }),
  );
  for (const [who, status] of [
    [outsider, 403],
    [secretary, 403],
    [therapist, 403],
  ] as const) {
    assert.equal((await who.get(at(id))).status, status);
    for (const [path, body] of [
      ['', { label: 'X' }],
      ['/none', {}],
      ['/reported', { from: 'patient', lines: [{ label: 'X' }] }],
      [`/entries/MedicationStatement/${plain.id}`, { act: 'stop', version: 1, reason: 'non' }],
      ['/proposals', { act: 'add', label: 'X', reason: 'pourquoi' }],
    ] as const)
      assert.equal((await who.post(at(id) + path, body)).status, 403, `${who.caller.profession} ${path}`);
  }
  for (const path of ['', '/sheet/pdf']) assert.ok([403, 404].includes((await elsewhere.get(at(id) + path)).status));
  assert.equal(
    (await nurse.post(`${at(id)}/entries/MedicationStatement/${plain.id}`, { act: 'stop', version: 1, reason: 'non' }))
      .status,
    403,
    'a nurse does not decide',
  );
  assert.equal(
    (await nurse.put(`${at(id)}/${plain.id}`, { label: 'Ramipril 10 mg', version: 1, source: 'elsewhere' })).status,
    403,
    'nor by correcting',
  );
  // The words of a list are as closed as treatments: by the page, by FHIR, by the history.
  for (const path of [`/api/patients/${id}/timeline`, `/api/patients/${id}/record`, `/fhir/R4/List?patient=${id}`])
    assert.ok(!(await therapist.get(path)).text.includes('LISTE-VALÉRIANE'), path);
  assert.ok((await nurse.get(`/fhir/R4/List?patient=${id}`)).text.includes('LISTE-VALÉRIANE'));
  const seen = await page(pharmacist, id);
  assert.ok(!JSON.stringify(seen).includes('SECRET'), 'a pharmacist does not see what is labelled');
  assert.ok(seen.hidden.includes('Santé mentale et addictions'));
  const secret = line(await page(doctor, id), 'SECRET');
  assert.equal(
    (
      await pharmacist.post(`${at(id)}/proposals`, {
        act: 'stop',
        about: { type: 'MedicationStatement', id: secret.id, version: 1 },
        reason: 'essai',
      })
    ).status,
    404,
  );
  ok(
    await doctor.post(`${at(id)}/reconciliations`, {
      lines: [
        {
          about: { type: 'MedicationStatement', id: secret.id, version: 1 },
          decision: 'stop',
          reason: 'SECRET-RAISON',
        },
        { about: { type: 'MedicationStatement', id: plain.id, version: 1 }, decision: 'keep' },
      ],
    }),
  );
  const told = await page(pharmacist, id);
  assert.ok(!JSON.stringify(told).includes('SECRET'));
  assert.deepEqual([told.reconciliations[0].lines.length, told.reconciliations[0].hidden], [1, 1]);
  ok(
    await doctor.post(`/api/patients/${id}/choices`, {
      decision: 'oppose',
      practitioner: nurse.practitioner,
      kinds: ['treatments'],
    }),
  );
  assert.equal((await nurse.get(at(id))).status, 403);
});
test('DOS-5 bad input is refused in words and changes nothing', async () => {
  const [id, other] = [await newPatient(), await newPatient()];
  const foreign = await added(doctor, other, { label: 'Chez un autre', dosage: '1 le matin' });
  const mine = await added(doctor, id, { label: 'Ramipril 5 mg', dosage: '1 le matin' });
  const tries: [string, unknown][] = [
    ['', {}],
    ['', { label: 3 }],
    ['', { label: 'x'.repeat(400) }],
    ['', { label: 'X', source: 'lune' }],
    ['', { label: 'X', atc: 'n’importe quoi' }],
    ['', { label: 'X', dosage: 'x'.repeat(2000) }],
    ['', []],
    [`/entries/MedicationStatement/${foreign.id}`, { act: 'stop', version: 1, reason: 'non' }],
    [`/entries/Patient/${id}`, { act: 'stop', version: 1, reason: 'non' }],
    [`/entries/MedicationStatement/${mine.id}`, { act: 'explode', version: 1 }],
    [`/entries/MedicationStatement/${mine.id}`, { act: 'stop', version: 'un', reason: 'non' }],
    ['/entries/MedicationStatement/..%2F..', { act: 'stop', version: 1, reason: 'non' }],
    ['/reported', { from: 'patient', lines: [] }],
    ['/reported', { from: 'patient', lines: [{ label: 'X' }], document: 'absent' }],
    ['/reported', { from: 'lune', lines: [{ label: 'X' }] }],
    ['/proposals', { act: 'stop', reason: 'sans objet' }],
    [
      '/proposals',
      {
        act: 'dose',
        about: { type: 'MedicationStatement', id: foreign.id, version: 1 },
        dosage: '2 le matin',
        reason: 'ailleurs',
      },
    ],
    [
      '/proposals',
      { act: 'replace', about: { type: 'MedicationStatement', id: mine.id, version: 1 }, reason: 'sans remplaçant' },
    ],
    ['/reconciliations', { lines: [] }],
    ['/reconciliations', { lines: [{ decision: 'add' }] }],
    [
      '/reconciliations',
      {
        lists: ['absent'],
        lines: [{ about: { type: 'MedicationStatement', id: mine.id, version: 1 }, decision: 'keep' }],
      },
    ],
    [
      '/reconciliations',
      { lines: [{ about: { type: 'MedicationStatement', id: mine.id, version: 1 }, decision: 'stop' }] },
    ],
    [
      '/reconciliations',
      {
        lines: [1, 2].map(() => ({
          about: { type: 'MedicationStatement', id: mine.id, version: 1 },
          decision: 'keep',
        })),
      },
    ],
    [
      '/reconciliations',
      { lines: [{ about: { type: 'MedicationStatement', id: foreign.id, version: 1 }, decision: 'keep' }] },
    ],
  ];
  for (const [path, body] of tries) {
    const answer = await doctor.post(at(id) + path, body);
    assert.ok(
      answer.status >= 400 && answer.status < 500,
      `${path} ${JSON.stringify(body)?.slice(0, 80)}: ${answer.status}`,
    );
    assert.ok(typeof answer.body.detail === 'string' && answer.body.detail.length > 10, answer.text);
  }
  const view = await page(doctor, id);
  assert.deepEqual(
    [
      view.lines.length,
      view.lines[0].version,
      view.proposals.length,
      view.reported.length,
      view.reconciliations.length,
    ],
    [1, 1, 0, 0, 0],
  );
});
test('DOS-5 a dose of another software that says more than our form is kept when its line is corrected', async () => {
  const id = await newPatient();
  const { fhir } = await testHouse();
  const dosage = [
    { text: '1 tablet twice daily', additionalInstruction: [{ text: 'éviter le soleil' }], method: { text: 'avaler' } },
  ];
  const stored = await fhir.storeFor(doctor.caller).create({
    resourceType: 'MedicationStatement',
    status: 'active',
    subject: { reference: `Patient/${id}` },
    medicationCodeableConcept: { text: 'Doxycycline' },
    dosage,
  });
  const { values } = ok(await doctor.get(`/api/patients/${id}/entries/MedicationStatement/${stored.id}`)).body;
  assert.equal(values.dosage, '1 tablet twice daily, éviter le soleil');
  ok(await doctor.put(`${at(id)}/${stored.id}`, { ...values, why: 'acné', version: 1 }));
  assert.deepEqual((await fhir.storeFor(doctor.caller).read('MedicationStatement', stored.id)).resource.dosage, dosage);
});

test('DOS-5 the patient’s sheet: morning, noon, evening, bedtime, what is taken if needed, what is no longer taken', async () => {
  const id = await newPatient();
  await added(doctor, id, { label: 'Metformine 1 000 mg, comprimé', dosage: '1 matin et soir', why: 'diabète' });
  await added(doctor, id, { label: 'Paracétamol 1 g, comprimé', dosage: '1 cp si douleur, max 3 g/j', source: 'self' });
  await added(doctor, id, {
    label: 'Prednisone 20 mg, comprimé',
    dosage: '2 cp le matin pendant 3 jours puis 1 cp le matin pendant 3 jours',
    from: 'auj',
  });
  const stopped = await added(doctor, id, {
    label: 'Ibuprofène 400 mg, comprimé',
    dosage: '1 cp x3/j',
    course: 'acute',
  });
  ok(
    await doctor.post(`${at(id)}/entries/MedicationStatement/${stopped.id}`, {
      act: 'stop',
      version: 1,
      reason: 'Douleurs d’estomac',
    }),
  );
  const { caller, cookie } = nurse;
  assert.ok(caller && cookie);
  const { app } = await testHouse();
  const answer = await app.inject({ method: 'GET', url: `${at(id)}/sheet/pdf`, headers: { cookie } });
  assert.deepEqual([answer.statusCode, answer.headers['content-type']], [200, 'application/pdf']);
  const told = wordsOf(answer.rawPayload);
  for (const words of [
    'Mes médicaments',
    'Metformine',
    'Pour : diabète',
    'Matin',
    'Coucher',
    'Seulement si besoin',
    'Comment le prendre',
    'Pris sans ordonnance',
    'maximum 3 g par jour',
    'puis 1 comprimé le matin',
    'Ne prenez plus',
    'Douleurs d’estomac',
    'pas une ordonnance',
  ])
    assert.ok(told.includes(words), `${words}: ${told.slice(0, 1500)}`);
});

interface Fake {
  server: Server;
  address: string;
  asked: Json[];
  behave: 'well' | 'silent' | 'wrong' | 'error' | 'huge';
}
const fakes: Server[] = [];
after(() => {
  for (const one of fakes) one.closeAllConnections();
  for (const one of fakes) one.close();
});
/** A service that speaks CDS Hooks, as a product would. */
async function fakeAid(): Promise<Fake> {
  const fake: Fake = { server: null as never, address: '', asked: [], behave: 'well' };
  fake.server = createServer((request, reply) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      if (fake.behave === 'silent') return;
      if (fake.behave === 'error') return void reply.writeHead(500).end('non');
      if (fake.behave === 'huge') return void reply.writeHead(200).end('x'.repeat(3_000_000));
      if (fake.behave === 'wrong')
        return void reply.writeHead(200, { 'content-type': 'application/json' }).end('{"cards": "non"}');
      if (request.url === '/cds-services')
        return void reply.writeHead(200, { 'content-type': 'application/json' }).end(
          JSON.stringify({
            services: [
              {
                id: 'lap',
                hook: 'medication-prescribe',
                title: 'Aide certifiée d’essai',
                prefetch: {
                  patient: 'Patient/{{context.patientId}}',
                  current: 'MedicationStatement?patient={{context.patientId}}',
                  allergies: 'AllergyIntolerance?patient={{context.patientId}}',
                },
              },
              { id: 'other', hook: 'patient-view' },
            ],
          }),
        );
      fake.asked.push(JSON.parse(body));
      reply.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          cards: [
            {
              summary: 'Association à surveiller',
              indicator: 'warning',
              detail: 'Contrôler l’INR.',
              source: { label: 'Base d’essai', url: 'https://exemple.invalid/base' },
              links: [
                { label: 'Détail', url: 'javascript:alert(1)', type: 'absolute' },
                { label: 'Monographie', url: 'https://exemple.invalid/mono', type: 'absolute' },
              ],
            },
          ],
        }),
      );
    });
  });
  fakes.push(fake.server);
  await new Promise<void>((done) => fake.server.listen(0, '127.0.0.1', done));
  fake.address = `http://127.0.0.1:${(fake.server.address() as AddressInfo).port}`;
  return fake;
}
test('DOS-5 the port for a certified prescribing aid: off by default, its cards are its own, it never stands in the way, nothing identifies the patient', async () => {
  const id = await newPatient();
  await added(doctor, id, { label: 'Warfarine 5 mg', dosage: '1 le soir', atc: 'B01AA03', note: 'NOTE-PRIVÉE' });
  ok(await doctor.post(`/api/patients/${id}/allergies`, { label: 'Aspirine' }));
  const ask = () =>
    doctor.post(`/api/patients/${id}/prescribing-aid`, {
      drafts: [{ label: 'Amiodarone 200 mg', dosage: '1 cp le matin' }],
    });
  const off = ok(await ask()).body;
  assert.deepEqual([off.state, off.cards], ['off', []]);
  assert.match(off.words, /rien n’a été vérifié/);
  const { record } = await testHouse();
  const fake = await fakeAid();
  try {
    record.room.prescribingAid = cdsHooksAid({ address: fake.address, timeout: 300, token: 'jeton' });
    const answered = ok(await ask()).body;
    assert.deepEqual([answered.state, answered.product], ['answered', 'Aide certifiée d’essai']);
    assert.deepEqual(answered.cards, [
      {
        summary: 'Association à surveiller',
        indicator: 'warning',
        detail: 'Contrôler l’INR.',
        source: 'Base d’essai',
        sourceUrl: 'https://exemple.invalid/base',
        links: [{ label: 'Monographie', url: 'https://exemple.invalid/mono' }],
      },
    ]);
    const [asked] = fake.asked;
    assert.equal(asked.hook, 'medication-prescribe');
    assert.equal(asked.context.medications.entry[0].resource.dosageInstruction[0].timing.repeat.when[0], 'MORN');
    assert.deepEqual(Object.keys(asked.prefetch), ['patient', 'current', 'allergies']);
    assert.equal(asked.prefetch.current.entry[0].resource.medicationCodeableConcept.text, 'Warfarine 5 mg');
    const { patient } = asked.prefetch;
    assert.match(patient.birthDate, /^\d{4}$/);
    for (const never of ['Essai', 'Prenom', id, 'NOTE-PRIVÉE', 'Kermarrec', doctor.practitioner])
      assert.ok(!JSON.stringify(asked).includes(never), never);
    for (const behave of ['silent', 'wrong', 'error', 'huge'] as const) {
      fake.behave = behave;
      record.room.prescribingAid = cdsHooksAid({ address: fake.address, timeout: 300 });
      const failed = ok(await ask()).body;
      assert.deepEqual([failed.state, failed.cards], ['failed', []], behave);
      assert.match(failed.words, /rien n’a été vérifié.*Vous pouvez prescrire/);
    }
    // The caller's rights, not the product's: what a pharmacist may not see does not leave for them.
    fake.behave = 'well';
    fake.asked.length = 0;
    await added(doctor, id, { label: 'SECRET-LITHIUM', dosage: '1 le soir', sensitive: 'mental-health' });
    record.room.prescribingAid = cdsHooksAid({ address: fake.address });
    ok(await pharmacist.post(`/api/patients/${id}/prescribing-aid`, { drafts: [{ label: 'X' }] }));
    assert.ok(!JSON.stringify(fake.asked).includes('SECRET'));
    assert.equal(
      (await outsider.post(`/api/patients/${id}/prescribing-aid`, { drafts: [{ label: 'X' }] })).status,
      403,
    );
  } finally {
    record.room.prescribingAid = undefined;
  }
});
test('DOS-16 what was just written is taken back whole: a reconciliation with all it changed', async () => {
  const id = await newPatient();
  const request = await prescribed(id);
  ok(
    await doctor.post(`${at(id)}/reported`, {
      from: 'patient',
      lines: [{ label: 'Millepertuis', dosage: '1 par jour' }],
    }),
  );
  const [reported] = (await page(doctor, id)).reported;
  const { lines } = ok(
    await doctor.post(`${at(id)}/reconciliations`, {
      lists: [reported.id],
      lines: [
        { about: { type: 'MedicationRequest', id: request.id, version: 1 }, decision: 'stop', reason: 'Toux' },
        { said: { list: reported.id, key: 'l1' }, decision: 'add' },
      ],
    }),
  ).body;
  assert.deepEqual(
    [line(await page(doctor, id), 'Ramipril').state, line(await page(doctor, id), 'Millepertuis').source],
    ['past', 'patient'],
  );
  ok(
    await doctor.post(`/api/patients/${id}/undo`, {
      entries: lines.map((one: Json) => ({ type: one.type, id: one.id, version: one.version })),
    }),
  );
  const back = await page(doctor, id);
  assert.deepEqual(
    [line(back, 'Ramipril').state, line(back, 'Millepertuis'), back.reconciliations.length],
    ['current', undefined, 0],
  );
  assert.ok(
    !(await therapist.get(`/fhir/R4/List?patient=${id}`)).text.includes('Millepertuis'),
    'a list in error stays of treatments',
  );
});
