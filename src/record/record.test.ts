import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Profession } from '../access/index.ts';
import { type Answer, newPractice, testHouse, type TestPerson, type TestPractice } from '../../test/app.ts';
import { nirKey } from './identity/ins.rules.ts';

interface Hand extends TestPerson {
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
}
const hand = async (
  practice: TestPractice,
  profession: Profession,
  family: string,
  given = 'Camille',
): Promise<Hand> => {
  const person = await practice.person(profession, { family, given });
  return {
    ...person,
    get: (path) => person.send('GET', path),
    post: (path, body = {}) => person.send('POST', path, body),
    put: (path, body) => person.send('PUT', path, body),
  };
};
let practice: TestPractice;
let doctor: Hand;
let nurse: Hand;
let outsider: Hand;
let secretary: Hand;
let coordinator: Hand;
let elsewhere: Hand;
before(async () => {
  practice = await newPractice('Maison de santé du dossier');
  doctor = await hand(practice, 'physician', 'Kermarrec', 'Anne');
  nurse = await hand(practice, 'nurse', 'Morvan', 'Paul');
  outsider = await hand(practice, 'physiotherapist', 'Tanguy', 'Yann');
  secretary = await hand(practice, 'medical-secretary', 'Riou', 'Léa');
  coordinator = await hand(practice, 'coordinator', 'Abgrall', 'Inès');
  elsewhere = await hand(await newPractice('Autre maison'), 'physician', 'Cozic', 'Rozenn');
});

let count = 0;
const letters = (n: number): string => [...String(n)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
const identity = (over: object = {}) => {
  count++;
  return {
    birthFamily: `Essai${letters(count * 7919)}`,
    birthGivens: `Prenom${letters(count * 104729)}`,
    birthDate: `${String((count % 27) + 1).padStart(2, '0')}/03/${1930 + (count % 60)}`,
    sex: 'female',
    ...over,
  };
};
const ok = (answer: Answer): Answer => {
  assert.equal(answer.status, 200, answer.text);
  return answer;
};
/** A patient of the doctor's, with the nurse in the team when asked. */
async function newPatient(over: object = {}, withNurse = true): Promise<string> {
  const { id } = ok(await doctor.post('/api/patients', identity(over))).body;
  if (withNurse) ok(await doctor.post(`/api/patients/${id}/team`, { practitioner: nurse.practitioner }));
  return id;
}
const record = async (who: Hand, id: string) => ok(await who.get(`/api/patients/${id}/record`)).body;
const lineOf = async (who: Hand, id: string, path: string, body: unknown) =>
  ok(await who.post(`/api/patients/${id}/${path}`, body)).body.lines[0];

test('IDV-1 a patient is created with the five strict traits; wrong traits are said field by field and nothing is written', async () => {
  const created = ok(
    await secretary.post(
      '/api/patients',
      identity({
        birthFamily: 'L’Hénaff-Ruz',
        birthGivens: 'Marie Louise',
        birthDate: '00/03/1948',
        birthPlace: '2A004',
        birthPlaceName: 'Ajaccio',
        usedFamily: 'Salaün',
        phones: ['06 39 98 00 12'],
      }),
    ),
  ).body;
  assert.equal(created.joinedCareTeam, false, 'a secretary takes care of nobody');
  assert.equal(created.patient.name, 'SALAÜN Marie');
  assert.equal(created.patient.birthDateLabel, '03/1948', 'an unknown day stays unknown');
  const page = ok(await secretary.get(`/api/patients/${created.id}/identity`)).body;
  assert.deepEqual(
    [page.form.birthFamily, page.form.birthGivens, page.form.birthPlace, page.form.insStatus, page.form.sex],
    ['L’Hénaff-Ruz', 'Marie Louise', '2A004', 'provisional', 'female'],
  );
  const refused = await secretary.post(
    '/api/patients',
    identity({ birthDate: '31/02/1950', birthPlace: '29', ins: '123' }),
  );
  assert.equal(refused.status, 422);
  assert.deepEqual(Object.keys(refused.body.fields).sort(), ['birthDate', 'birthPlace', 'ins', 'insStatus'].sort());
  assert.equal(
    (await secretary.post('/api/patients', identity({ birthDate: '12/03/2199' }))).status,
    422,
    'a birth in the future',
  );
  assert.equal((await elsewhere.get(`/api/patients/${created.id}/identity`)).status, 404, 'another practice');
  const administrator = await hand(practice, 'administrator', 'Quentel');
  assert.equal(
    (await administrator.post('/api/patients', identity())).status,
    403,
    'an administrator reads identities only',
  );
});

test('IDV-1 the INS key is checked, and an INS is given only when the identity is qualified by a document', async () => {
  const body = '2480329019123';
  const ins = body + String(nirKey(body)).padStart(2, '0');
  const traits = { birthDate: '12/03/1948', birthPlace: '29019', insKind: 'test' };
  const wrong = await doctor.post(
    '/api/patients',
    identity({ ...traits, ins: `${body}${ins.endsWith('01') ? '02' : '01'}`, insStatus: 'retrieved' }),
  );
  assert.equal(wrong.status, 422);
  assert.match(wrong.body.fields.ins, /clé/);
  const form = identity({ ...traits, ins, insStatus: 'retrieved' });
  const { id, patient } = ok(await doctor.post('/api/patients', form)).body;
  assert.deepEqual([patient.insStatus, patient.ins], ['retrieved', null], 'retrieved: not shown, not sent');
  const page = ok(await doctor.get(`/api/patients/${id}/identity`)).body;
  assert.equal(page.form.ins, ins);
  assert.equal(
    (await doctor.put(`/api/patients/${id}/identity`, { ...page.form, insStatus: 'qualified', version: page.version }))
      .status,
    422,
    'no document seen',
  );
  assert.equal(
    (
      await doctor.put(`/api/patients/${id}/identity`, {
        ...page.form,
        insStatus: 'qualified',
        proof: { kind: 'CV', seenOn: 'hier' },
        version: page.version,
      })
    ).status,
    422,
    'a Carte Vitale proves nothing',
  );
  const qualified = ok(
    await doctor.put(`/api/patients/${id}/identity`, {
      ...page.form,
      insStatus: 'qualified',
      proof: { kind: 'CN', seenOn: 'hier' },
      version: page.version,
    }),
  ).body;
  assert.deepEqual(
    [qualified.patient.insStatus, qualified.patient.ins, qualified.form.proof.kind],
    ['qualified', ins, 'CN'],
  );
  assert.deepEqual(qualified.todo, []);
  const { resource } = await (await testHouse()).fhir.asSystem(practice.tenant, 'test').read('Patient', id);
  const [identifier] = resource.identifier as { use: string; system: string }[];
  assert.deepEqual([identifier!.use, identifier!.system], ['official', 'urn:oid:1.2.250.1.213.1.4.10']);
  const stale = await doctor.put(`/api/patients/${id}/identity`, {
    ...page.form,
    birthGivens: 'Autre',
    version: page.version,
  });
  assert.equal(stale.status, 409, 'an identity changed meanwhile is not overwritten');
});

test('IDV-2 a likely duplicate is told while typing and stops the creation until it is set aside by name', async () => {
  const form = identity({
    birthFamily: 'Le Berrigaud',
    birthGivens: 'Jean Yves',
    birthDate: '07/09/1951',
    sex: 'male',
    phones: ['0639980055'],
  });
  const { id } = ok(await doctor.post('/api/patients', form)).body;
  for (const [why, typed] of [
    ['typo', { ...form, birthFamily: 'Leberrigaut', birthGivens: 'Jean-Yves' }],
    ['day and month swapped', { ...form, birthDate: '09/07/1951' }],
    ['names swapped', { ...form, birthFamily: 'Jean Yves', birthGivens: 'Le Berrigaud' }],
    ['partial date', { ...form, birthDate: '1951' }],
  ] as const) {
    const { candidates } = ok(await secretary.post('/api/patients/duplicates', typed)).body;
    assert.deepEqual([candidates[0]?.id, candidates[0]?.strong], [id, true], why);
    assert.ok(candidates[0].reasons.length > 0);
  }
  const stopped = await secretary.post('/api/patients', form);
  assert.equal(stopped.status, 409);
  assert.equal(stopped.body.code, 'duplicates');
  assert.equal(stopped.body.candidates[0].id, id);
  const twin = ok(await secretary.post('/api/patients', { ...form, despite: [id] })).body;
  assert.notEqual(twin.id, id);
  const other = ok(await secretary.post('/api/patients/duplicates', identity())).body;
  assert.deepEqual(
    other.candidates.filter((one: { strong: boolean }) => one.strong),
    [],
    'someone else is nobody’s duplicate',
  );
  assert.deepEqual(
    ok(await elsewhere.post('/api/patients/duplicates', form)).body.candidates,
    [],
    'another practice is told nothing',
  );
});

test('DOS-17 a patient is found by name, accents and typos aside, by birth date, telephone and INS, and never from another practice', async () => {
  const body = '1630229019456';
  const ins = body + String(nirKey(body)).padStart(2, '0');
  const form = identity({
    birthFamily: 'Guéguéniat',
    birthGivens: 'Jean-Noël',
    usedFamily: 'Kerzoncuf',
    birthDate: '21/02/1963',
    sex: 'male',
    phones: ['+33 6 39 98 00 77', '02 98 00 47 11'],
    birthPlace: '29019',
    ins,
    insKind: 'test',
    insStatus: 'qualified',
    proof: { kind: 'PA', seenOn: 'auj' },
  });
  const { id } = ok(await doctor.post('/api/patients', form)).body;
  const found = async (q: string, who = secretary) =>
    ok(await who.get(`/api/patients?q=${encodeURIComponent(q)}`)).body.patients as {
      id: string;
      match: string;
      highlights: { name: [number, number][] };
      inMyTeam: boolean;
    }[];
  for (const q of [
    'guegueniat',
    'GUÉGUÉNIAT jean',
    'jean noel gueg',
    'kerzoncuf',
    'kerz jean-n',
    '21/02/1963',
    '21 02 1963',
    'gueg 21/02/63',
    '1963-02-21',
    '06 39 98 00 77',
    '0639980077',
    '06 39 98 00',
    '+33 6 39',
    '063998007',
    '0298004',
    '02 98 00 47 11',
    ins,
    ins.slice(0, 13),
    'gueguenniat',
    'kersoncuf jean',
  ])
    assert.ok(
      (await found(q)).some((one) => one.id === id),
      q,
    );
  assert.equal((await found('kersoncuf'))[0]!.match, 'close');
  const [hit] = await found('kerz');
  assert.deepEqual(hit!.highlights.name, [[0, 4]]);
  assert.equal(hit!.inMyTeam, false);
  assert.equal((await found('kerzoncuf', doctor))[0]!.inMyTeam, true);
  const [dialled] = (await found('06 39 98 00 7')).filter((one) => one.id === id) as unknown as {
    match: string;
    phone: string;
    highlights: { phone: [number, number][] };
  }[];
  assert.deepEqual(
    [
      dialled!.match,
      dialled!.phone
        .slice(...dialled!.highlights.phone[0]!)
        .replace(/^\+33 ?/, '0')
        .replace(/ /g, ''),
    ],
    ['phone', '063998007'],
  );
  for (const q of ['06 39 98 00 78', '0039', '639980077', '06 39 98 00 77 1'])
    assert.ok(!(await found(q)).some((one) => one.id === id), q);
  for (const q of ['kerzoncuf', '0639980077', '063998', '0298004', ins, '21/02/1963', 'kersoncuf'])
    assert.ok(!(await found(q, elsewhere)).some((one) => one.id === id), `another practice: ${q}`);
  for (const q of ["'; drop table record.patient_name; --", '%', '_', '\\', 'a'.repeat(200), '٣', '  '])
    ok(await secretary.get(`/api/patients?q=${encodeURIComponent(q)}`));
  assert.equal((await secretary.get(`/api/patients?q=${'a'.repeat(300)}`)).status, 400);
  ok(await doctor.put(`/api/patients/${id}/identity`, { ...form, usedFamily: 'Trébaol', version: 1 }));
  assert.equal((await found('kerzoncuf')).length, 0, 'the index follows the patient');
  assert.equal((await found('trebaol'))[0]!.id, id);
});

test('DOS-1 the record in one answer: summary, who and when on every line, what is new since my last visit', async () => {
  const id = await newPatient({ birthDate: '12/03/1948' });
  await record(doctor, id);
  ok(
    await doctor.post(`/api/patients/${id}/problems`, {
      label: 'Diabète de type 2',
      code: 'E11.9',
      system: 'http://hl7.org/fhir/sid/icd-10',
      onset: '2011',
    }),
  );
  assert.equal((await record(nurse, id)).lastVisit, null, 'a first visit has nothing new');
  const page = await record(doctor, id);
  assert.equal(page.problems[0].who.name, 'Anne Kermarrec');
  assert.deepEqual(
    [page.problems[0].who.role, page.problems[0].who.me, page.problems[0].status],
    ['Médecin', true, 'final'],
  );
  assert.ok(page.problems[0].recorded && page.problems[0].at === '2011');
  assert.deepEqual(page.header.team.members.map((one: { name: string }) => one.name).sort(), [
    'Anne Kermarrec',
    'Paul Morvan',
  ]);
  assert.ok(page.vaccines.due.some((one: { target: string }) => one.target === 'influenza' || one.target === 'zoster'));
  assert.ok(page.took >= 0 && page.timeline.count >= 1);
  const timeline = ok(await nurse.get(`/api/patients/${id}/timeline?kind=problem&profession=physician`)).body;
  assert.equal(timeline.groups[0].items[0].title, 'Diabète de type 2');
  assert.deepEqual(ok(await nurse.get(`/api/patients/${id}/timeline?profession=nurse`)).body.groups, []);
  assert.equal(
    ok(await nurse.get(`/api/patients/${id}/timeline?q=diab`)).body.groups[0].items[0].highlights.title[0][0],
    0,
  );
  assert.deepEqual(ok(await nurse.get(`/api/patients/${id}/timeline?q=zona`)).body.groups, []);
  assert.equal((await nurse.get(`/api/patients/${id}/timeline?from=bonjour`)).status, 400);
  // Who may not: not of the team, another practice, no session; a secretary comes in without clinical content.
  const closed = await outsider.get(`/api/patients/${id}/record`);
  assert.deepEqual([closed.status, closed.body.code, closed.body.patient.id], [403, 'not-in-team', id]);
  assert.ok(closed.body.todo.length > 0 && !closed.text.includes('Diab'));
  assert.equal((await outsider.get(`/api/patients/${id}/timeline`)).status, 403);
  assert.equal((await elsewhere.get(`/api/patients/${id}/record`)).status, 404);
  assert.equal(
    (await (await testHouse()).app.inject({ method: 'GET', url: `/api/patients/${id}/record` })).statusCode,
    401,
  );
});

test('DOS-1 the timeline pages hold every line once, in order', async () => {
  const id = await newPatient();
  for (let i = 0; i < 9; i++)
    ok(
      await doctor.post(`/api/patients/${id}/measures`, {
        at: `${String(i + 1).padStart(2, '0')}/01/2026 09:00`,
        values: [
          { code: '8867-4', value: 60 + i },
          { code: '8310-5', value: 37 },
        ],
      }),
    );
  const seen: string[] = [];
  let cursor: string | null = '';
  let pages = 0;
  do {
    const page: Answer = ok(
      await doctor.get(`/api/patients/${id}/timeline?kind=measure&count=5${cursor ? `&cursor=${cursor}` : ''}`),
    );
    for (const group of page.body.groups) for (const item of group.items) seen.push(`${item.at} ${item.id}`);
    cursor = page.body.next;
    pages++;
  } while (cursor && pages < 10);
  assert.equal(seen.length, 18);
  assert.equal(new Set(seen).size, 18);
  assert.deepEqual(
    seen.map((one) => one.slice(0, 10)),
    seen
      .map((one) => one.slice(0, 10))
      .toSorted()
      .toReversed(),
  );
  assert.equal((await doctor.get(`/api/patients/${id}/timeline?cursor=xxxx`)).status, 400);
});

test('DOS-3 «aucune connue», «non renseigné» and a list are three states', async () => {
  const id = await newPatient();
  assert.equal((await record(nurse, id)).header.allergies.state, 'not-asked');
  const none = await lineOf(nurse, id, 'allergies', { noneKnown: true });
  assert.equal((await record(doctor, id)).header.allergies.state, 'none-known');
  assert.equal((await record(doctor, id)).header.allergies.statedBy.name, 'Paul Morvan');
  ok(
    await nurse.post(`/api/patients/${id}/entries/AllergyIntolerance/${none.id}/error`, {
      version: none.version,
      reason: 'Mauvais patient',
    }),
  );
  assert.equal((await record(nurse, id)).header.allergies.state, 'not-asked', 'entered in error says nothing');
  const listed = await lineOf(nurse, id, 'allergies', {
    label: 'Pénicillines',
    category: 'medication',
    criticality: 'high',
    reaction: 'Urticaire',
  });
  const { allergies } = (await record(doctor, id)).header;
  assert.deepEqual(
    [allergies.state, allergies.lines[0].label, allergies.lines[0].reaction, allergies.lines[0].criticality],
    ['listed', 'Pénicillines', 'Urticaire', 'high'],
  );
  assert.equal((await doctor.post(`/api/patients/${id}/allergies`, {})).status, 422);
  assert.equal((await secretary.post(`/api/patients/${id}/allergies`, { noneKnown: true })).status, 403);
  assert.equal((await outsider.post(`/api/patients/${id}/allergies`, { noneKnown: true })).status, 403);
  assert.equal((await record(secretary, id)).header.allergies, null, 'hidden, not «not asked»');
  assert.ok(listed.canEdit);
});

test('DOS-3 a listed allergy ends «aucune connue», and taking it back brings it again; neither is said beside the other, in the API and the summary either', async () => {
  const id = await newPatient();
  const said = async () => {
    const { body } = ok(await doctor.get(`/fhir/R4/Patient/${id}/$summary`));
    return body.entry[0].resource.section
      .find((one: { title: string }) => one.title === 'Allergies et intolérances')
      .text.div.replace(/<[^>]+>/g, ' ')
      .trim()
      .replace(/\s+/g, ' ');
  };
  const active = async () =>
    (ok(await doctor.get(`/fhir/R4/AllergyIntolerance?patient=${id}&clinical-status=active`)).body.entry ?? []).map(
      (one: { resource: { code: { text: string } } }) => one.resource.code.text,
    );
  await lineOf(nurse, id, 'allergies', { noneKnown: true });
  const again = await lineOf(doctor, id, 'allergies', { noneKnown: true });
  assert.deepEqual(await active(), ['Aucune allergie connue'], 'asked again is the same statement, of today');
  assert.equal(again.who.name, 'Anne Kermarrec');
  const added = ok(
    await nurse.post(`/api/patients/${id}/allergies`, { label: 'Pénicilline', criticality: 'high' }),
  ).body;
  assert.deepEqual([await active(), await said()], [['Pénicilline'], 'Pénicilline, criticité élevée']);
  const refused = await doctor.post(`/api/patients/${id}/allergies`, { noneKnown: true });
  assert.deepEqual([refused.status, refused.body.code], [409, 'allergies-listed']);
  ok(
    await nurse.post(`/api/patients/${id}/undo`, {
      entries: added.lines.map(({ type, id: entry, version }: { type: string; id: string; version: number }) => ({
        type,
        id: entry,
        version,
      })),
    }),
  );
  assert.deepEqual(
    [await active(), await said(), (await record(nurse, id)).header.allergies.state],
    [['Aucune allergie connue'], 'Aucune allergie connue', 'none-known'],
  );
});

test('DOS-3 an allergy that is over is not a question that was not asked: page, summary, IPS, letters', async () => {
  const id = await newPatient();
  await lineOf(doctor, id, 'allergies', { label: 'Arachide', state: 'resolved' });
  const { allergies } = (await record(doctor, id)).header;
  assert.deepEqual(
    [allergies.state, allergies.stateLabel, allergies.lines.length],
    ['listed', 'Aucune allergie active', 1],
  );
  const ips = ok(await doctor.get(`/fhir/R4/Patient/${id}/$summary`)).body.entry[0].resource.section.find(
    (one: { title: string }) => one.title === 'Allergies et intolérances',
  );
  assert.equal(ips.emptyReason, undefined);
  assert.match(ips.text.div, /Arachide, résolue/);
  const vsm = ok(await doctor.post(`/api/patients/${id}/summaries`)).body.sections.find(
    (one: { code: string }) => one.code === 'allergies',
  );
  assert.deepEqual(
    vsm.lines.map((one: { label: string; detail: string }) => [one.label, one.detail]),
    [['Arachide', 'résolue']],
  );
  assert.equal(
    ok(await doctor.post(`/api/patients/${id}/letters/fill`, { text: 'Allergies : {{allergies}}' })).body.text,
    'Allergies : Arachide (résolue)',
  );
});

test('DOS-1 DOS-16 words that a colleague wrote over an entry are said to be theirs, on the line and in the timeline, never the author’s alone', async () => {
  const id = await newPatient();
  const note = await lineOf(doctor, id, 'notes', { title: 'Consultation', text: 'Toux sèche.' });
  assert.equal(note.statusLabel, 'Signé');
  const [mine] = ok(
    await doctor.put(`/api/patients/${id}/notes/${note.id}`, {
      version: note.version,
      title: 'Consultation',
      text: 'Toux grasse.',
      reason: 'Précision',
    }),
  ).body.lines;
  assert.equal(mine.statusLabel, 'Corrigé');
  const [hers] = ok(
    await nurse.put(`/api/patients/${id}/notes/${note.id}`, {
      version: mine.version,
      title: 'Consultation',
      text: 'Toux grasse, fébrile.',
      reason: 'Précision',
    }),
  ).body.lines;
  assert.deepEqual([hers.who.name, hers.statusLabel], ['Anne Kermarrec', 'Corrigé par Paul Morvan, infirmier']);
  const draft = await lineOf(doctor, id, 'notes', { title: 'Brouillon', text: 'À finir.', draft: true });
  const [signed] = ok(
    await nurse.put(`/api/patients/${id}/notes/${draft.id}`, {
      version: draft.version,
      title: 'Brouillon',
      text: 'Fini.',
    }),
  ).body.lines;
  assert.deepEqual([signed.status, signed.statusLabel], ['final', 'Signé par Paul Morvan, infirmier']);
  const items = ok(await doctor.get(`/api/patients/${id}/timeline?kind=note`)).body.groups.flatMap(
    (group: { items: { statusLabel: string }[] }) => group.items.map(({ statusLabel }) => statusLabel),
  );
  assert.deepEqual(items.toSorted(), ['Corrigé par Paul Morvan, infirmier', 'Signé par Paul Morvan, infirmier']);
});

test('DOS-2 DOS-4 DOS-6 DOS-7 dates that cannot be, and what is of another record or another practice, are refused beside the field, in French; nothing is written', async () => {
  const id = await newPatient({ birthDate: '03/04/1955' });
  const other = await newPatient();
  const theirs = await lineOf(doctor, other, 'problems', { label: 'Asthme' });
  ok(
    await doctor
      .post('/fhir/R4/Encounter', {
        resourceType: 'Encounter',
        id: 'x',
        status: 'finished',
        class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
        subject: { reference: `Patient/${other}` },
      })
      .then((answer) => ({ ...answer, status: answer.status === 201 ? 200 : answer.status })),
  );
  const visit = ok(await doctor.get(`/fhir/R4/Encounter?patient=${other}`)).body.entry[0].resource.id;
  const before = ok(await doctor.get(`/api/patients/${id}/timeline`)).body.groups.length;
  const cases: [string, object, string][] = [
    ['problems', { label: 'Goutte', onset: '01/01/2099' }, 'onset'],
    ['problems', { label: 'Goutte', state: 'resolved', onset: '2020', resolved: '2019' }, 'resolved'],
    ['problems', { label: 'Goutte', ald: { from: '01/01/2020', until: '01/01/2019' } }, 'ald.until'],
    ['problems', { label: 'x'.repeat(301) }, 'label'],
    ['problems', { label: 5 }, 'label'],
    ['problems', { label: 'Goutte', state: 'peut-être' }, 'state'],
    ['allergies', { label: 'Latex', onset: '01/01/2099' }, 'onset'],
    ['measures', { at: '01/01/1940', values: [{ code: '29463-7', value: 70 }] }, 'at'],
    ['measures', { values: [{ code: '29463-7', value: 70 }], encounter: visit }, 'encounter'],
    ['notes', { text: 'Vu ce jour.', encounter: 'nope' }, 'encounter'],
    ['notes', { text: 'Vu ce jour.', problems: [theirs.id] }, 'problems'],
    ['vaccines', { vaccine: 'J07BB02', by: elsewhere.practitioner }, 'by'],
    ['goals', { label: 'Moins de sel', high: 6 }, 'measureCode'],
    ['goals', { label: 'Poids', measureCode: '29463-7', low: 80, high: 70 }, 'high'],
    ['orders', { lines: [{ kind: 'biology', label: 'NFS' }], encounter: visit }, 'encounter'],
  ];
  for (const [path, body, field] of cases) {
    const { status, body: said } = await doctor.post(`/api/patients/${id}/${path}`, body);
    assert.equal(status, 422, JSON.stringify([path, body, said]));
    assert.ok(said.fields?.[field], JSON.stringify([path, body, said]));
    assert.doesNotMatch(JSON.stringify(said), /expected|Invalid|Too (big|small)/);
  }
  assert.equal(ok(await doctor.get(`/api/patients/${id}/timeline`)).body.groups.length, before);
  ok(
    await doctor.post(`/api/patients/${id}/problems`, {
      label: 'Goutte',
      state: 'resolved',
      onset: '06/2019',
      resolved: '2019',
    }),
  );
});

test('DOS-17 a telephone of another country or from overseas answers as it is typed, however it was written', async () => {
  const form = (more: object) => identity({ birthFamily: 'Vandenbroucke', birthGivens: 'Lieve', ...more });
  const made = async (more: object) =>
    ok(await secretary.post('/api/patients', { ...form(more), duplicatesSeen: ['*'] })).body.id as string;
  const belgian = await made({ birthDate: '02/02/1961', phones: ['+32 470 12 34 56', '0041 79 123 45 67'] });
  const reunion = await made({
    birthFamily: 'Payet',
    birthGivens: 'Expédit',
    birthDate: '03/02/1961',
    phones: ['+262 692 12 34 56'],
  });
  const found = async (q: string) =>
    (ok(await doctor.get(`/api/patients?q=${encodeURIComponent(q)}`)).body.patients as { id: string; match: string }[])
      .filter(({ match }) => match === 'phone')
      .map(({ id }) => id);
  for (const q of ['+32 47', '+32470123', '0032 470 12 34 56', '+41 79', '0041791234567', '+32 (0)470 12'])
    assert.deepEqual(await found(q), [belgian], q);
  for (const q of ['0692 12', '+262 692', '00262692123456', '0692123456'])
    assert.deepEqual(await found(q), [reunion], q);
  for (const q of ['+32', '+33 470', '470123456', '32470123456', '+32 471']) assert.deepEqual(await found(q), [], q);
});

test('IDV-1 a name is letters, apostrophe, hyphen and space; any other sign is said beside its field, and one that stood before holds nothing back', async () => {
  const other = { birthFamily: 'Quéméneur', birthGivens: 'Yannig' };
  for (const [field, name, sign] of [
    ['birthFamily', 'Le Goff 😀', '😀'],
    ['birthGivens', 'Anne ♥ Marie', '♥'],
    ['usedFamily', 'Dupont_', '_'],
    ['usedGiven', 'Léo9', '9'],
    ['birthFamily', 'Дюпон', 'Д'],
    ['birthFamily', 'Le\u200BGoff', 'U+200B'],
    ['birthFamily', 'Le (Goff)', '('],
  ] as const) {
    const refused = await secretary.post('/api/patients', identity({ ...other, [field]: name }));
    assert.equal(refused.status, 422, name);
    assert.ok(refused.body.fields[field].includes(`« ${sign} »`), refused.text);
  }
  const { id } = ok(
    await secretary.post(
      '/api/patients',
      identity({
        birthFamily: "L’Œillet-d'Ünal",
        birthGivens: 'Anne, Marie-Zoé',
        usedFamily: 'Nguye\u0302\u0303n',
        birthDate: '04/02/1961',
      }),
    ),
  ).body;
  const program = await practice.client('system/*.cruds');
  const standing = ok(await program('GET', `/fhir/R4/Patient/${id}`)).body;
  standing.name[0].family = 'Sœur n° 3';
  ok(await program('PUT', `/fhir/R4/Patient/${id}`, standing));
  const page = ok(await secretary.get(`/api/patients/${id}/identity`)).body;
  ok(
    await secretary.put(`/api/patients/${id}/identity`, {
      ...page.form,
      phones: ['02 98 00 00 01'],
      version: page.version,
    }),
  );
});

test('IDV-1 a death before the birth, a telephone without figures, an address that is none are refused beside their field', async () => {
  const refused = await secretary.post(
    '/api/patients',
    identity({ deceasedOn: '01/01/1900', phones: ['abc'], email: 'personne', birthPlace: '00000' }),
  );
  assert.deepEqual(
    [refused.status, Object.keys(refused.body.fields).toSorted()],
    [422, ['birthPlace', 'deceasedOn', 'email', 'phones']],
  );
});

test('DOS-4 a problem is active, inactive or resolved, with its ALD and dates', async () => {
  const id = await newPatient();
  const line = await lineOf(doctor, id, 'problems', {
    label: 'Insuffisance cardiaque',
    code: 'I50.9',
    system: 'http://hl7.org/fhir/sid/icd-10',
    onset: '03/2019',
    ald: { from: '01/05/2019', until: '01/05/2024', number: '5' },
  });
  let [problem] = (await record(nurse, id)).problems;
  assert.deepEqual(
    [problem.state, problem.onset, problem.ald.from, problem.ald.until, problem.ald.running, problem.ald.number],
    ['active', '2019-03', '2019-05-01', '2024-05-01', false, '5'],
  );
  const entry = ok(await doctor.get(`/api/patients/${id}/entries/Condition/${line.id}`)).body;
  assert.deepEqual(
    [entry.values.label, entry.values.code, entry.values.onset, entry.values.ald.until],
    ['Insuffisance cardiaque', 'I50.9', '03/2019', '01/05/2024'],
  );
  ok(
    await doctor.put(`/api/patients/${id}/problems/${line.id}`, {
      ...entry.values,
      ald: { ...entry.values.ald, until: '' },
      state: 'resolved',
      resolved: 'hier',
      version: line.version,
    }),
  );
  [problem] = (await record(nurse, id)).problems;
  assert.deepEqual([problem.state, problem.ald.running, problem.status], ['resolved', true, 'amended']);
  assert.equal(
    (await nurse.post(`/api/patients/${id}/problems`, { label: 'Asthme' })).status,
    403,
    'a nurse reads history',
  );
  assert.equal((await secretary.get(`/api/patients/${id}/entries/Condition/${line.id}`)).status, 404);
  assert.equal(
    (await doctor.post(`/api/patients/${id}/problems`, { label: 'Asthme', onset: 'avant-hier peut-être' })).status,
    422,
  );
});

test('DOS-5 current and past treatments, from whom and who prescribed', async () => {
  const id = await newPatient();
  ok(
    await doctor.post(`/api/patients/${id}/treatments`, {
      label: 'Metformine 1000 mg',
      dosage: '1 matin et soir',
      from: '2012',
      prescriber: 'Dr Salou',
    }),
  );
  ok(
    await doctor.post(`/api/patients/${id}/treatments`, {
      label: 'Amoxicilline',
      state: 'past',
      from: '01/02/2025',
      until: '08/02/2025',
      source: 'document',
    }),
  );
  const early = await doctor.post(`/api/patients/${id}/treatments`, {
    label: 'Colchicine 1 mg',
    state: 'past',
    until: '+2s',
  });
  assert.deepEqual([early.status, Object.keys(early.body.fields)], [422, ['until']], 'what is past has ended');
  const { fhir } = await testHouse();
  await fhir.storeFor(doctor.caller).create({
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    subject: { reference: `Patient/${id}` },
    medicationCodeableConcept: { text: 'Ramipril 5 mg' },
    authoredOn: '2026-01-10',
    requester: { reference: `Practitioner/${doctor.practitioner}` },
    dosageInstruction: [{ text: '1 le soir' }],
  });
  const { treatments } = await record(nurse, id);
  const by = (label: string) => treatments.find((one: { label: string }) => one.label.startsWith(label));
  assert.deepEqual(
    [by('Metformine').state, by('Metformine').source, by('Metformine').prescriber.name, by('Metformine').who.name],
    ['current', 'patient', 'Dr Salou', 'Anne Kermarrec'],
  );
  assert.deepEqual([by('Amox').state, by('Amox').source], ['past', 'document']);
  assert.deepEqual(
    [by('Ramipril').source, by('Ramipril').prescriber.name, by('Ramipril').dosage],
    ['prescription', 'Anne Kermarrec', '1 le soir'],
  );
  assert.equal(treatments.at(-1).state, 'past', 'current ones first');
  assert.equal((await outsider.post(`/api/patients/${id}/treatments`, { label: 'X' })).status, 403);
  assert.equal((await record(secretary, id)).treatments, null);
});

test('DOS-7 several measures in one gesture, index computed, out of range told at once, a curve with its target', async () => {
  const id = await newPatient({ birthDate: '12/03/1948' });
  const { lines } = ok(
    await nurse.post(`/api/patients/${id}/measures`, {
      at: '10/01/2026 09:15',
      values: [
        { code: '85354-9', value: '162/88', site: 'Bras gauche' },
        { code: '29463-7', value: '81,0' },
        { code: '8302-2', value: '1,62' },
      ],
    }),
  ).body;
  assert.equal(lines.length, 4, 'blood pressure, weight, height and the index');
  ok(
    await nurse.post(`/api/patients/${id}/measures`, {
      at: '10/04/2026',
      values: [
        { code: '85354-9', value: '13/8' },
        { code: '29463-7', value: 78.5 },
      ],
    }),
  );
  ok(
    await doctor.post(`/api/patients/${id}/goals`, {
      label: 'Tension sous 140',
      measureCode: '8480-6',
      high: 140,
      due: '+6m',
    }),
  );
  const page = await record(doctor, id);
  const of = (code: string) => page.measures.find((one: { code: string }) => one.code === code);
  assert.deepEqual(
    [of('85354-9').display, of('85354-9').flag, of('85354-9').direction, of('85354-9').trend.length],
    ['130/80 mmHg', 'normal', 'down', 2],
  );
  assert.deepEqual([of('29463-7').display, of('29463-7').who.role], ['78,5 kg', 'Infirmier']);
  assert.equal(of('39156-5').display, '29,9 kg/m²', 'from the height known');
  assert.match(of('29463-7').change, /− 2,5 kg en 3 mois/);
  const curve = ok(await nurse.get(`/api/patients/${id}/measures/85354-9`)).body;
  assert.deepEqual(
    curve.points.map((one: { display: string; flag: string }) => [one.display, one.flag]),
    [
      ['162/88 mmHg', 'high'],
      ['130/80 mmHg', 'normal'],
    ],
  );
  assert.deepEqual([curve.components.length, curve.targets[0].high, curve.unit], [2, 140, 'mmHg']);
  const doubtful = await nurse.post(`/api/patients/${id}/measures`, { values: [{ code: '8310-5', value: 73 }] });
  assert.deepEqual([doubtful.status, doubtful.body.code], [422, 'implausible']);
  assert.equal(
    (await nurse.post(`/api/patients/${id}/measures`, { values: [{ code: '85354-9', value: '80/120' }] })).status,
    422,
  );
  assert.equal(
    (await nurse.post(`/api/patients/${id}/measures`, { at: '+3s', values: [{ code: '8310-5', value: 37 }] })).status,
    422,
    'not in the future',
  );
  assert.equal(
    (await nurse.post(`/api/patients/${id}/measures`, { values: [{ code: '8310-5', value: 'chaud' }] })).status,
    422,
  );
  for (const who of [outsider, secretary, coordinator])
    assert.equal(
      (await who.post(`/api/patients/${id}/measures`, { values: [{ code: '8310-5', value: 37 }] })).status,
      403,
    );
  assert.equal((await outsider.get(`/api/patients/${id}/measures/85354-9`)).status, 403);
});

test('DOS-7 a pressure said «16/9» and a height said «1,72» are kept as 160/90 mmHg and 172 cm, each value sent in its own field as the form does', async () => {
  const id = await newPatient({ birthDate: '12/03/1948' });
  ok(
    await nurse.post(`/api/patients/${id}/measures`, {
      values: [
        { code: '8480-6', value: '16' },
        { code: '8462-4', value: '9' },
        { code: '8302-2', value: '1,72' },
      ],
    }),
  );
  const { measures } = await record(doctor, id);
  assert.deepEqual(measures.map((one: { display: string }) => one.display).sort(), ['160/90 mmHg', '172 cm']);
});

test('DOS-16 a note is a draft, signed, amended, entered in error; every version can be read and compared', async () => {
  const id = await newPatient();
  const draft = await lineOf(nurse, id, 'notes', { title: 'Visite', text: 'Plaie propre.', draft: true });
  assert.equal(draft.status, 'draft');
  const signed = ok(
    await nurse.put(`/api/patients/${id}/notes/${draft.id}`, { title: 'Visite', text: 'Plaie propre.', version: 1 }),
  ).body.lines[0];
  assert.deepEqual([signed.status, signed.version], ['final', 2]);
  const amended = ok(
    await nurse.put(`/api/patients/${id}/notes/${draft.id}`, {
      title: 'Visite',
      text: 'Plaie propre, 3 cm.',
      version: 2,
      reason: 'Taille oubliée',
    }),
  ).body.lines[0];
  assert.equal(amended.status, 'amended');
  assert.equal(
    (await nurse.put(`/api/patients/${id}/notes/${draft.id}`, { text: 'x', draft: true, version: 3 })).status,
    422,
    'signed stays signed',
  );
  const history = ok(await doctor.get(`/api/patients/${id}/entries/Composition/${draft.id}/versions`)).body;
  assert.deepEqual(
    history.versions.map((one: { version: number; status: string }) => [one.version, one.status]),
    [
      [3, 'amended'],
      [2, 'final'],
      [1, 'draft'],
    ],
  );
  const text = history.versions[0].changes.find((one: { label: string }) => one.label === 'Texte');
  assert.deepEqual(
    [text.before, text.after, text.changed, history.versions[0].reason, history.versions[0].who.name],
    ['Plaie propre.', 'Plaie propre, 3 cm.', true, 'Taille oubliée', 'Paul Morvan'],
  );
  assert.equal(
    (await nurse.post(`/api/patients/${id}/entries/Composition/${draft.id}/error`, { version: 3, reason: '' })).status,
    422,
    'a reason is needed',
  );
  ok(
    await nurse.post(`/api/patients/${id}/entries/Composition/${draft.id}/error`, {
      version: 3,
      reason: 'Autre patient',
    }),
  );
  assert.deepEqual((await record(doctor, id)).notes, []);
  assert.equal(
    (await nurse.put(`/api/patients/${id}/notes/${draft.id}`, { text: 'x', version: 4 })).status,
    409,
    'nothing is corrected after that',
  );
  for (const who of [outsider, secretary, elsewhere])
    assert.ok(
      [403, 404].includes((await who.get(`/api/patients/${id}/entries/Composition/${draft.id}/versions`)).status),
    );
  const other = await newPatient();
  assert.equal(
    (await doctor.get(`/api/patients/${other}/entries/Composition/${draft.id}`)).status,
    404,
    'not through another patient’s door',
  );
});

test('SEC-12 a form sent again because its answer was lost is done once, for its author and these very words alone; what was refused is tried again', async () => {
  const id = await newPatient();
  const at = `/api/patients/${id}/notes`;
  const again = { 'x-estran-once': 'k1' };
  const sent = await Promise.all([1, 2].map(() => nurse.send('POST', at, { text: 'Plaie propre' }, again)));
  sent.push(await nurse.send('POST', at, { text: 'Plaie propre' }, again));
  assert.equal(new Set(sent.map((one) => ok(one).body.lines[0].id)).size, 1);
  assert.equal((await record(nurse, id)).notes.length, 1);
  ok(await nurse.send('POST', at, { text: 'Plaie propre, revue' }, again));
  ok(await doctor.send('POST', at, { text: 'Plaie propre' }, again));
  ok(await nurse.post(at, { text: 'Plaie propre' }));
  assert.equal((await record(nurse, id)).notes.length, 4);
  for (const _ of [1, 2])
    assert.equal((await nurse.send('POST', at, { text: '' }, { 'x-estran-once': 'k2' })).status, 422);
  for (const who of [secretary, elsewhere])
    assert.ok([403, 404].includes((await who.send('POST', at, { text: 'Plaie propre' }, again)).status));
});

test('SEC-4 SEC-12 what was answered before is not handed out again to whom the record has closed since, and is not done twice either', async () => {
  const id = await newPatient();
  const at = `/api/patients/${id}/notes`;
  const again = (key: string) =>
    nurse.send('POST', at, { text: `Plaie propre ${key}` }, { 'x-estran-once': `closed-${key}` });
  ok(await again('a'));
  ok(await doctor.post(`/api/patients/${id}/choices`, { decision: 'oppose', practitioner: nurse.practitioner }));
  const refused = await again('a');
  assert.deepEqual([refused.status, refused.body.code], [403, 'done-before']);
  assert.doesNotMatch(refused.text, /lines/);
  assert.equal((await again('b')).status, 403);
  assert.equal((await record(doctor, id)).notes.length, 1);
});

test('DOS-16 what was just written is taken back by its author only', async () => {
  const id = await newPatient();
  const { lines } = ok(
    await nurse.post(`/api/patients/${id}/measures`, { values: [{ code: '8310-5', value: 38.5 }] }),
  ).body;
  const entries = lines.map(({ type, id: entry, version }: { type: string; id: string; version: number }) => ({
    type,
    id: entry,
    version,
  }));
  assert.equal((await doctor.post(`/api/patients/${id}/undo`, { entries })).status, 409);
  assert.deepEqual(
    ok(await nurse.post(`/api/patients/${id}/undo`, { entries })).body.undone[0].act,
    'entered-in-error',
  );
  assert.deepEqual((await record(nurse, id)).measures, []);
  const note = await lineOf(nurse, id, 'notes', { text: 'Brouillon', draft: true });
  assert.equal(
    ok(await nurse.post(`/api/patients/${id}/undo`, { entries: [{ type: note.type, id: note.id, version: 1 }] })).body
      .undone[0].act,
    'deleted',
  );
  const allergy = await lineOf(nurse, id, 'allergies', { label: 'Latex' });
  ok(
    await nurse.put(`/api/patients/${id}/allergies/${allergy.id}`, { label: 'Latex', criticality: 'high', version: 1 }),
  );
  assert.equal(
    ok(
      await nurse.post(`/api/patients/${id}/undo`, {
        entries: [{ type: 'AllergyIntolerance', id: allergy.id, version: 2 }],
      }),
    ).body.undone[0].act,
    'restored',
  );
  assert.equal((await record(nurse, id)).header.allergies.lines[0].criticality, 'unknown');
});

test('SEC-11 the second of two who correct the same entry is told and shown both versions', async () => {
  const id = await newPatient();
  const line = await lineOf(doctor, id, 'allergies', { label: 'Latex' });
  ok(await nurse.put(`/api/patients/${id}/allergies/${line.id}`, { label: 'Latex', reaction: 'Eczéma', version: 1 }));
  const second = await doctor.put(`/api/patients/${id}/allergies/${line.id}`, {
    label: 'Latex',
    reaction: 'Choc',
    version: 1,
  });
  assert.deepEqual(
    [second.status, second.body.code, second.body.current.version, second.body.current.who.name],
    [409, 'edited-meanwhile', 2, 'Paul Morvan'],
  );
  const row = second.body.comparison.find((one: { label: string }) => one.label === 'Réaction');
  assert.deepEqual([row.before, row.after, row.changed], ['Eczéma', 'Choc', true]);
  assert.equal((await record(doctor, id)).header.allergies.lines[0].reaction, 'Eczéma', 'nothing was overwritten');
  assert.equal(
    (await doctor.put(`/api/patients/${id}/allergies/${line.id}`, { label: 'Latex' })).status,
    422,
    'a correction says which version it saw',
  );
  const race = await Promise.all(
    ['A', 'B', 'C', 'D'].map((reaction) =>
      doctor.put(`/api/patients/${id}/allergies/${line.id}`, { label: 'Latex', reaction, version: 2 }),
    ),
  );
  assert.deepEqual(race.map((one) => one.status).sort(), [200, 409, 409, 409]);
});

test('SEC-12 what a person types is kept on the server, for that person alone', async () => {
  const id = await newPatient();
  const key = `note-${id}`;
  ok(await nurse.put(`/api/drafts/${key}`, { patient: id, form: 'note', label: 'Note', data: { text: 'Plaie…' } }));
  ok(
    await nurse.put(`/api/drafts/${key}`, {
      patient: id,
      form: 'note',
      label: 'Note',
      data: { text: 'Plaie du talon' },
    }),
  );
  const draft = ok(await nurse.get(`/api/drafts/${key}`)).body;
  assert.deepEqual([draft.data.text, draft.form, draft.patientName !== null], ['Plaie du talon', 'note', true]);
  assert.equal(ok(await nurse.get(`/api/drafts?patient=${id}`)).body.drafts.length, 1);
  assert.equal((await doctor.get(`/api/drafts/${key}`)).status, 204);
  assert.deepEqual(ok(await doctor.get(`/api/drafts?patient=${id}`)).body.drafts, []);
  assert.equal(
    (await nurse.put('/api/drafts/long', { form: 'note', data: { text: 'x'.repeat(120_000) } })).status,
    413,
  );
  assert.equal((await nurse.send('DELETE', `/api/drafts/${key}`)).status, 204);
  assert.equal((await nurse.get(`/api/drafts/${key}`)).status, 204);
});

test('SEC-3 each profession sees its kinds: private notes their author, sensitive items those who may, desks no clinical content', async () => {
  const id = await newPatient();
  ok(await doctor.post(`/api/patients/${id}/notes`, { text: 'Impression personnelle du médecin', personal: true }));
  ok(
    await doctor.post(`/api/patients/${id}/problems`, {
      label: 'Infection sexuelle ancienne',
      sensitive: 'sexual-health',
    }),
  );
  ok(await doctor.post(`/api/patients/${id}/notes`, { text: 'Note partagée' }));
  const mine = await record(doctor, id);
  assert.equal(mine.notes.length, 2);
  assert.deepEqual([mine.problems[0].kind, mine.problems[0].sensitive], ['sexual-health', 'sexual-health']);
  const theirs = await nurse.get(`/api/patients/${id}/record`);
  assert.equal(theirs.body.notes.length, 1);
  assert.ok(!theirs.text.includes('personnelle du') && !theirs.text.includes('sexuelle ancienne'));
  assert.ok(theirs.body.rights.hidden.some((one: { kind: string }) => one.kind === 'sexual-health'));
  assert.equal(theirs.body.rights.hiddenWords, 'Certaines informations ne vous sont pas accessibles.');
  const story = await nurse.get(`/api/patients/${id}/timeline`);
  assert.ok(
    story.text.includes('Note partagée') &&
      !story.text.includes('personnelle du') &&
      !story.text.includes('sexuelle ancienne'),
  );
  for (const who of [secretary, coordinator]) {
    const page = await who.get(`/api/patients/${id}/record`);
    assert.equal(page.status, 200);
    assert.deepEqual(
      [
        page.body.problems,
        page.body.treatments,
        page.body.measures,
        page.body.notes,
        page.body.results,
        page.body.documents,
        page.body.header.allergies,
      ],
      [null, null, null, null, null, null, null],
    );
    assert.ok(!page.text.includes('Note partagée'));
    assert.deepEqual(ok(await who.get(`/api/patients/${id}/timeline`)).body.groups, []);
  }
});

test('SEC-4 outside the team the record is closed; an agreement opens it, an opposition closes it, each with who collected it', async () => {
  const id = await newPatient();
  ok(await nurse.post(`/api/patients/${id}/measures`, { values: [{ code: '8310-5', value: 37 }] }));
  assert.equal((await outsider.get(`/api/patients/${id}/record`)).status, 403);
  const agreed = ok(
    await secretary.post(`/api/patients/${id}/choices`, {
      decision: 'agree',
      practitioner: outsider.practitioner,
      until: '+3m',
    }),
  ).body.choices[0];
  assert.match(agreed.sentence, /Accepte l’accès de Yann Tanguy/);
  assert.equal(agreed.collectedBy.name, 'Léa Riou');
  const opened = await record(outsider, id);
  assert.equal(opened.rights.basis, 'consent');
  assert.ok(opened.rights.until);
  const choice = ok(
    await doctor.post(`/api/patients/${id}/choices`, {
      decision: 'oppose',
      practitioner: nurse.practitioner,
      kinds: ['measures'],
    }),
  ).body.choices.find((one: { decision: string }) => one.decision === 'oppose');
  const partly = await nurse.get(`/api/patients/${id}/record`);
  assert.deepEqual([partly.status, partly.body.measures.length], [200, 0]);
  assert.ok(partly.body.rights.hidden.some((one: { kind: string }) => one.kind === 'measures'));
  assert.equal(
    (await nurse.post(`/api/patients/${id}/measures`, { values: [{ code: '8310-5', value: 37 }] })).status,
    403,
  );
  assert.equal((await record(doctor, id)).measures.length, 1, 'others go on');
  ok(
    await doctor.post(`/api/patients/${id}/choices/${choice.id}/end`, {
      version: choice.version,
      reason: 'Le patient a changé d’avis',
    }),
  );
  assert.equal((await record(nurse, id)).measures.length, 1);
  ok(await doctor.post(`/api/patients/${id}/choices`, { decision: 'oppose', practitioner: nurse.practitioner }));
  const closed = await nurse.get(`/api/patients/${id}/record`);
  assert.deepEqual([closed.status, closed.body.code], [403, 'opposed']);
  assert.equal((await outsider.post(`/api/patients/${id}/choices`, { decision: 'agree' })).status, 422, 'to whom?');
  assert.equal((await elsewhere.post(`/api/patients/${id}/choices`, { decision: 'informed' })).status, 404);
});

test('COO-1 the care team drives the rights: joining opens the record, leaving closes it, the treating physician is declared', async () => {
  const id = await newPatient({}, false);
  assert.equal((await nurse.get(`/api/patients/${id}/record`)).status, 403);
  ok(await doctor.post(`/api/patients/${id}/team`, { practitioner: nurse.practitioner, since: '01/02/2026' }));
  const header = ok(
    await doctor.post(`/api/patients/${id}/team`, { practitioner: doctor.practitioner, treating: true }),
  ).body;
  assert.deepEqual(
    [header.treatingPhysician.name, header.team.members.find((one: { treating: boolean }) => one.treating).name],
    ['Anne Kermarrec', 'Anne Kermarrec'],
  );
  ok(
    await doctor.post(`/api/patients/${id}/team`, {
      name: 'Mme Le Bras, aide à domicile',
      role: 'Aide à domicile',
      phone: '0298000000',
    }),
  );
  const { members } = (await record(nurse, id)).header.team;
  const paul = members.find((one: { me: boolean }) => one.me);
  assert.deepEqual([paul.role, paul.since], ['Infirmier', '2026-02-01']);
  assert.ok(
    members.some((one: { name: string; inside: boolean }) => one.name.startsWith('Mme Le Bras') && !one.inside),
  );
  assert.equal(
    (await doctor.post(`/api/patients/${id}/team`, { practitioner: nurse.practitioner, treating: true })).status,
    422,
    'a nurse is no treating physician',
  );
  assert.equal(
    (await outsider.post(`/api/patients/${id}/team`, { practitioner: outsider.practitioner })).status,
    403,
    'nobody lets themselves in',
  );
  assert.equal((await secretary.post(`/api/patients/${id}/team`, { practitioner: outsider.practitioner })).status, 403);
  ok(await coordinator.post(`/api/patients/${id}/team`, { practitioner: outsider.practitioner }));
  ok(await outsider.get(`/api/patients/${id}/record`));
  ok(await doctor.post(`/api/patients/${id}/team/end`, { practitioner: nurse.practitioner, reason: 'Fin des soins' }));
  assert.equal((await nurse.get(`/api/patients/${id}/record`)).status, 403);
});

const pdf = Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n${' '.repeat(64)}\n%%EOF`);
function multipart(
  file: Buffer,
  fields: Record<string, string> = {},
  name = 'lettre.pdf',
): [Buffer, Record<string, string>] {
  const boundary = 'estran-test-boundary';
  const text = Object.entries(fields)
    .map(([key, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`)
    .join('');
  return [
    Buffer.concat([
      Buffer.from(
        `${text}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/pdf\r\n\r\n`,
      ),
      file,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
    { 'content-type': `multipart/form-data; boundary=${boundary}` },
  ];
}
test('SEC-17 an uploaded file is known by its content, served with safe headers, to those who may', async () => {
  const id = await newPatient();
  const upload = (who: Hand, file: Buffer, fields: Record<string, string> = {}, name?: string) =>
    who.send('POST', `/api/patients/${id}/documents`, ...multipart(file, fields, name));
  const { lines } = ok(
    await upload(nurse, pdf, { title: 'Compte rendu de cardiologie', documentType: '11488-4', toRead: 'true' }),
  ).body;
  const [document] = (await record(doctor, id)).documents;
  assert.deepEqual(
    [document.title, document.contentType, document.toRead, document.who.name, document.id],
    ['Compte rendu de cardiologie', 'application/pdf', true, 'Paul Morvan', lines[0].id],
  );
  const content = ok(await doctor.get(document.contentUrl));
  assert.equal(content.text, pdf.toString('latin1'));
  assert.equal(content.headers['x-content-type-options'], 'nosniff');
  assert.match(content.headers['content-security-policy']!, /default-src 'none'/);
  assert.match(content.headers['content-disposition']!, /^inline; filename="Compte rendu de cardiologie\.pdf"$/);
  assert.match(content.headers['cache-control']!, /no-store/);
  const html = await upload(nurse, Buffer.from('<html><script>alert(1)</script></html>'.padEnd(200)), {}, 'image.png');
  assert.equal(html.status, 415, 'a page in disguise');
  assert.equal((await upload(nurse, Buffer.from(`<script>%PDF-1.4</script>${' '.repeat(100)}`))).status, 415);
  assert.equal((await upload(nurse, Buffer.alloc(0))).status, 422);
  assert.equal((await upload(nurse, pdf, { documentType: 'nimporte' })).status, 422);
  assert.equal((await nurse.post(`/api/patients/${id}/documents`, {})).status, 415);
  assert.equal((await upload(nurse, Buffer.concat([pdf, Buffer.alloc(20 * 1024 * 1024)]))).status, 413);
  for (const who of [outsider, secretary, elsewhere]) {
    assert.ok([403, 404].includes((await who.get(document.contentUrl)).status));
    assert.ok([403, 404].includes((await upload(who, pdf)).status));
  }
  const read = ok(
    await doctor.post(`/api/patients/${id}/entries/DocumentReference/${document.id}/read`, {
      version: document.version,
    }),
  ).body.lines[0];
  assert.equal(read.version, 2);
  const [after] = (await record(nurse, id)).documents;
  assert.deepEqual([after.toRead, after.readBy.name], [false, 'Anne Kermarrec']);
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(64)]);
  assert.equal((await upload(nurse, png, { sensitive: 'mental-health' })).status, 403, 'a kind the nurse only reads');
  const photo = ok(await upload(doctor, png, { documentType: '72170-4', sensitive: 'mental-health' }, 'photo.png')).body
    .lines[0];
  assert.equal(photo.kind, 'mental-health');
});

test('DOS-6 a vaccine given has its lot and site; a refusal is kept, and the calendar follows', async () => {
  const id = await newPatient({ birthDate: '12/03/1955' });
  const due = async () =>
    (await record(doctor, id)).vaccines.due.find((one: { target: string }) => one.target === 'pneumococcus')?.state;
  assert.equal(await due(), 'late');
  const refused = await lineOf(nurse, id, 'vaccines', { vaccine: 'J07AL02', outcome: 'refused', at: '01/02/2026' });
  assert.equal(await due(), 'refused');
  ok(
    await nurse.put(`/api/patients/${id}/vaccines/${refused.id}`, {
      vaccine: 'J07AL02',
      lot: 'AB12',
      site: 'Deltoïde gauche',
      at: '01/02/2026',
      dose: '1',
      version: 1,
    }),
  );
  assert.equal(await due(), undefined);
  const [given] = (await record(nurse, id)).vaccines.given;
  assert.deepEqual([given.outcome, given.lot, given.site, given.dose], ['given', 'AB12', 'Deltoïde gauche', 'Dose 1']);
  assert.equal((await outsider.post(`/api/patients/${id}/vaccines`, { vaccine: 'J07AL02' })).status, 403);
});

test('DOS-1 the other person’s addition is told without its content, and only to those who may', async () => {
  const { app } = await testHouse();
  const id = await newPatient();
  const address = app.server.listening
    ? app.server.address()
    : await app.listen({ port: 0, host: '127.0.0.1' }).then(() => app.server.address());
  const port = (address as { port: number }).port;
  const stop = new AbortController();
  const stream = await fetch(`http://127.0.0.1:${port}/api/patients/${id}/events`, {
    headers: { cookie: nurse.cookie },
    signal: stop.signal,
  });
  assert.deepEqual([stream.status, stream.headers.get('content-type')], [200, 'text/event-stream; charset=utf-8']);
  assert.equal(
    (await fetch(`http://127.0.0.1:${port}/api/patients/${id}/events`, { headers: { cookie: outsider.cookie } }))
      .status,
    403,
  );
  let text = '';
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  const until = async (wanted: RegExp) => {
    const limit = setTimeout(() => stop.abort(), 10_000);
    while (!wanted.test(text)) {
      const { value, done } = await reader.read();
      if (done) assert.fail(`the stream ended: ${text}`);
      text += value;
    }
    clearTimeout(limit);
  };
  ok(
    await doctor.post(`/api/patients/${id}/problems`, { label: 'Secret de polichinelle', sensitive: 'sexual-health' }),
  );
  ok(await doctor.post(`/api/patients/${id}/notes`, { text: 'Pour moi', personal: true }));
  ok(await nurse.post(`/api/patients/${id}/measures`, { values: [{ code: '8310-5', value: 37 }] }));
  ok(await doctor.post(`/api/patients/${id}/measures`, { values: [{ code: '8867-4', value: 71 }] }));
  await until(/event: changed/);
  const events = [...text.matchAll(/event: changed\ndata: (.*)/g)].map(([, data]) => JSON.parse(data!));
  assert.deepEqual(
    events.map((one) => [one.type, one.kind, one.by]),
    [['Observation', 'measures', 'Anne Kermarrec']],
  );
  assert.ok(!text.includes('71') || !text.includes('Secret'));
  stop.abort();
  await reader.cancel().catch(() => undefined);
});

test('SEC-11 DOS-1 what changed between the reading of a record and the opening of its stream is told at the opening, to those alone who may read it', async () => {
  const { app } = await testHouse();
  const address = app.server.listening
    ? app.server.address()
    : await app.listen({ port: 0, host: '127.0.0.1' }).then(() => app.server.address());
  const { port } = address as { port: number };
  const { id } = ok(await nurse.post('/api/patients', identity())).body;
  ok(await nurse.post(`/api/patients/${id}/team`, { practitioner: doctor.practitioner }));
  const opening = async () => {
    const stop = new AbortController();
    const { body } = await fetch(`http://127.0.0.1:${port}/api/patients/${id}/events`, {
      headers: { cookie: nurse.cookie },
      signal: stop.signal,
    });
    const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const read = (async () => {
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) text += piece.value;
    })().catch(() => undefined);
    // What is missed is told first.
    ok(await doctor.post(`/api/patients/${id}/measures`, { values: [{ code: '8310-5', value: 37 }] }));
    for (let tries = 0; tries < 400 && !text.includes('event: changed'); tries++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    stop.abort();
    await read;
    return [...text.matchAll(/event: (\w+)\n/g)].map(([, event]) => event);
  };
  ok(await nurse.post(`/api/patients/${id}/notes`, { text: 'Ce que j’ai écrit moi-même' }));
  ok(await doctor.post(`/api/patients/${id}/notes`, { text: 'Pour moi', personal: true }));
  ok(await doctor.post(`/api/patients/${id}/problems`, { label: 'À part', sensitive: 'sexual-health' }));
  assert.deepEqual(await opening(), ['changed']);
  assert.deepEqual(await opening(), ['missed', 'changed'], 'the measure before this second opening');
});

test('SEC-3 an open stream follows its person: a profession that changed, a right taken away and an account closed are in force at the next hint', async () => {
  const { app } = await testHouse();
  const id = await newPatient();
  const address = app.server.listening
    ? app.server.address()
    : await app.listen({ port: 0, host: '127.0.0.1' }).then(() => app.server.address());
  const port = (address as { port: number }).port;
  const chief = await practice.person('administrator', { roles: ['owner'] });
  const watching = await practice.person('nurse', { family: 'Changeante' });
  ok(await doctor.post(`/api/patients/${id}/team`, { practitioner: watching.practitioner }));
  const account = ok(await chief.send('GET', '/api/people')).body.find(
    (one: { practitioner: string }) => one.practitioner === watching.practitioner,
  ).id;
  const stop = new AbortController();
  const stream = await fetch(`http://127.0.0.1:${port}/api/patients/${id}/events`, {
    headers: { cookie: watching.cookie },
    signal: stop.signal,
  });
  assert.equal(stream.status, 200);
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const read = (async () => {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) text += piece.value;
  })();
  const kinds = () =>
    [...text.matchAll(/event: (?:changed|closed)\ndata: (.*)/g)]
      .map(([, data]) => JSON.parse(data!))
      .map(({ kind, reason }) => kind ?? reason);
  const until = async (...wanted: string[]) => {
    for (let tries = 0; tries < 200 && kinds().length < wanted.length; tries++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    assert.deepEqual(kinds(), wanted);
  };
  const temperature = (value: number) =>
    doctor.post(`/api/patients/${id}/measures`, { values: [{ code: '8310-5', value }] });
  ok(await temperature(37));
  await until('measures');
  ok(await chief.send('PATCH', `/api/people/${account}`, { profession: 'psychologist' }));
  // A psychologist reads no measures, and reads notes.
  ok(await temperature(38));
  ok(await doctor.post(`/api/patients/${id}/notes`, { text: 'Vue ce jour' }));
  await until('measures', 'documents');
  assert.equal(
    (await chief.send('PUT', '/api/rights/psychologist/documents', { reach: 'none', write: false })).status,
    204,
  );
  ok(await doctor.post(`/api/patients/${id}/notes`, { text: 'Vue encore' }));
  ok(await chief.send('POST', `/api/people/${account}/disable`));
  ok(await doctor.post(`/api/patients/${id}/notes`, { text: 'Vue enfin' }));
  await until('measures', 'documents', 'session');
  await read;
});

test('DOS-1 each profession has a day of its own; a coordinator’s has no clinical content', async () => {
  const id = await newPatient();
  await record(doctor, id);
  ok(await nurse.post(`/api/patients/${id}/measures`, { values: [{ code: '8310-5', value: 38.7 }] }));
  const day = ok(await doctor.get('/api/day')).body;
  assert.deepEqual(day.blocks.slice(0, 4), ['results', 'proposals', 'messages', 'appointments']);
  assert.ok(day.recent.some((one: { id: string }) => one.id === id));
  const desk = ok(await secretary.get('/api/day')).body;
  assert.ok(desk.toComplete.some((one: { missing: string[] }) => one.missing.length > 0));
  assert.ok(!desk.blocks.includes('changes') && !desk.blocks.includes('toRead') && !desk.blocks.includes('results'));
  const figures = await coordinator.get('/api/day');
  assert.ok(
    figures.body.figures.length > 0 && !figures.body.blocks.includes('changes') && figures.body.toRead === null,
  );
  assert.ok(!figures.text.includes('Température'));
});

test('DOS-1 a day brings what its blocks would ask for, in the same answer and under the same rights: what each entry says by itself, nothing to who may not', async () => {
  const id = await newPatient();
  ok(
    await doctor.put(`/api/drafts/note:${id}`, {
      patient: id,
      form: 'note',
      label: 'Note',
      data: { text: 'à finir', $seen: 3, $place: `/patients/${id}?volet=note` },
    }),
  );
  const { beside } = ok(await doctor.get('/api/day')).body;
  const alone = {
    drafts: '/api/drafts',
    cockpit: '/api/cockpit',
    results: '/api/results/waiting',
    proposals: '/api/treatment-proposals',
    orders: '/api/orders',
    letters: '/api/letters/to-sign',
  };
  for (const [part, path] of Object.entries(alone))
    assert.deepEqual(beside[part], ok(await doctor.get(path)).body, part);
  assert.ok(beside.drafts.drafts.some((one: { patient: string }) => one.patient === id));
  const desk = ok(await secretary.get('/api/day')).body.beside;
  assert.deepEqual([desk.results, desk.proposals], [null, null]);
  assert.ok(!JSON.stringify(desk).includes('à finir'), 'a draft is its author’s alone');
});
