import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type Answer,
  newPractice,
  type Send,
  testHouse,
  type TestPerson,
  type TestPractice,
} from '../../../test/app.ts';
import type { Profession } from '../../access/index.ts';
import { nirKey } from './ins.rules.ts';

interface Hand extends TestPerson {
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
}
let practice: TestPractice;
let doctor: Hand;
let nurse: Hand;
let stranger: Hand;
let secretary: Hand;
let elsewhere: Hand;
let software: Send;
const hand = async (house: TestPractice, profession: Profession, family: string): Promise<Hand> => {
  const person = await house.person(profession, { family });
  return {
    ...person,
    get: (path) => person.send('GET', path),
    post: (path, body = {}) => person.send('POST', path, body),
  };
};
const ok = (answer: Answer): Answer => {
  assert.ok(answer.status < 300, `${answer.status} ${answer.text}`);
  return answer;
};
let count = 0;
const letters = (n: number): string => [...String(n)].map((digit) => 'BCDFGHKLMP'[Number(digit)]).join('o');
const traits = (over: object = {}) => ({
  birthFamily: `Fusion${letters(++count * 7919)}`,
  birthGivens: `Ana${letters(count * 104729)}`,
  birthDate: `${String((count % 27) + 1).padStart(2, '0')}/05/${1930 + (count % 60)}`,
  sex: 'female',
  ...over,
});
const create = async (who: Hand, form: object): Promise<string> =>
  ok(await who.post('/api/patients', { ...form, despite: await lookalikes(who, form) })).body.id;
const lookalikes = async (who: Hand, form: object): Promise<string[]> =>
  ok(await who.post('/api/patients/duplicates', form)).body.candidates.map((one: { id: string }) => one.id);
/** The same person twice: the doctor's record, the nurse's record. */
async function twice(over: object = {}, other: object = {}): Promise<[kept: string, gone: string]> {
  const form = traits(over);
  return [await create(doctor, form), await create(nurse, { ...form, ...other })];
}
const pair = async (who: Hand, kept: string, gone: string) =>
  ok(await who.get(`/api/patient-pairs/${kept}/${gone}`)).body;
async function merge(who: Hand, kept: string, gone: string): Promise<Answer> {
  const { sides } = await pair(secretary, kept, gone);
  return who.post('/api/merges', { kept, gone, keptVersion: sides[0].version, goneVersion: sides[1].version });
}
const separate = (who: Hand, id: string) => who.post(`/api/merges/${id}/separate`);
const record = async (who: Hand, id: string) => ok(await who.get(`/api/patients/${id}/record`)).body;
const system = async () => (await testHouse()).fhir.asSystem(practice.tenant, 'test');
/** Everything in a record as the store has it, without what every new version changes. */
async function contents(id: string): Promise<Map<string, string>> {
  const { resources } = await (await system()).everything(id, { count: 1000 });
  return new Map(
    resources.map((one) => {
      const { versionId: _, lastUpdated: __, ...meta } = (one.resource.meta ?? {}) as Record<string, unknown>;
      return [
        `${one.type}/${one.id}`,
        JSON.stringify({ ...one.resource, meta: Object.keys(meta).length ? meta : undefined }),
      ];
    }),
  );
}
const nir = (body: string) => body + String(nirKey(body)).padStart(2, '0');

describe('records of one person', () => {
  before(async () => {
    practice = await newPractice('Maison des doublons');
    doctor = await hand(practice, 'physician', 'Kermarrec');
    nurse = await hand(practice, 'advanced-practice-nurse', 'Morvan');
    stranger = await hand(practice, 'physiotherapist', 'Tanguy');
    secretary = await hand(practice, 'medical-secretary', 'Riou');
    elsewhere = await hand(await newPractice('Autre maison des doublons'), 'medical-secretary', 'Cozic');
    software = await practice.client('system/*.cruds');
  });

  test('IDV-2 pairs that look alike are found afterwards in the whole practice, set apart, and proposed again when that is taken back', async () => {
    const [kept, gone] = await twice();
    const proposed = async (who = secretary) =>
      ok(await who.get('/api/patient-pairs')).body.pairs.filter(
        (one: { one: { id: string }; other: { id: string } }) =>
          [one.one.id, one.other.id].sort().join() === [kept, gone].sort().join(),
      );
    const [found] = await proposed();
    assert.deepEqual(found.reasons, ['même nom', 'même prénom', 'même date de naissance']);
    ok(await secretary.send('PUT', `/api/patient-pairs/${gone}/${kept}/apart`));
    assert.deepEqual(await proposed(), []);
    assert.equal((await merge(secretary, kept, gone)).status, 409, 'two people are not merged');
    assert.ok(
      ok(await secretary.get('/api/patient-pairs')).body.apart.some(
        (one: { one: { id: string }; name: string }) => [kept, gone].includes(one.one.id) && /Riou/.test(one.name),
      ),
    );
    ok(await secretary.send('DELETE', `/api/patient-pairs/${kept}/${gone}/apart`));
    assert.equal((await proposed()).length, 1);
    assert.deepEqual(ok(await elsewhere.get('/api/patient-pairs')).body.pairs, [], 'another practice is told nothing');
    assert.equal((await elsewhere.get(`/api/patient-pairs/${kept}/${gone}`)).status, 404);
  });

  test('IDV-2 a typo, a day and a month swapped, another name in use are found as well; two people are not', async () => {
    const form = traits({ birthFamily: 'Le Berrigaud', birthGivens: 'Jean Yves', birthDate: '07/09/1951' });
    const first = await create(doctor, form);
    const alike = [
      await create(nurse, { ...form, birthFamily: 'Leberrigaut' }),
      await create(nurse, { ...form, birthDate: '09/07/1951' }),
    ];
    const twin = await create(nurse, { ...form, birthGivens: 'Solenn' });
    const pairs = (
      ok(await secretary.get('/api/patient-pairs')).body.pairs as { one: { id: string }; other: { id: string } }[]
    ).map((one) => [one.one.id, one.other.id]);
    for (const one of alike)
      assert.ok(
        pairs.some((ids) => ids.includes(first) && ids.includes(one)),
        one,
      );
    assert.ok(!pairs.some((ids) => ids.includes(twin)), 'a twin is someone else');
  });

  test('IDV-2 a merge brings everything under the identity that stays, rights included, and a separation gives it all back', async () => {
    const [kept, gone] = await twice({ phones: ['0639980101'] });
    ok(await doctor.post(`/api/patients/${kept}/problems`, { label: 'Asthme' }));
    ok(await nurse.post(`/api/patients/${gone}/measures`, { values: [{ code: '29463-7', value: '72,4' }] }));
    ok(
      await nurse.post(`/api/patients/${gone}/allergies`, {
        label: 'Pénicillines',
        category: 'medication',
        criticality: 'high',
      }),
    );
    assert.equal((await nurse.get(`/api/patients/${kept}/record`)).status, 403);
    const before = [await contents(kept), await contents(gone)];
    const done = ok(await merge(secretary, kept, gone)).body;
    assert.ok(done.moved >= 3);
    for (const who of [doctor, nurse]) {
      const page = await record(who, kept);
      assert.match(JSON.stringify(page.header), /Pénicillines/);
      assert.equal(page.problems[0].label, 'Asthme');
      assert.deepEqual(
        page.header.team.members.map((one: { id: string }) => one.id).sort(),
        [doctor.practitioner, nurse.practitioner].sort(),
        'the union of both teams',
      );
    }
    assert.equal((await record(nurse, gone)).header.patient.id, kept, 'the old address leads to the record that stays');
    const hits = ok(await secretary.get('/api/patients?q=0639980101')).body.patients.map(
      (one: { id: string }) => one.id,
    );
    assert.deepEqual(hits, [kept], 'the index follows');
    const ledger = ok(await software('GET', `/fhir/R4/Patient/${gone}`)).body;
    assert.deepEqual(
      [ledger.active, ledger.link],
      [false, [{ other: { reference: `Patient/${kept}` }, type: 'replaced-by' }]],
    );
    const weight = ok(await software('GET', `/fhir/R4/Observation?patient=Patient/${kept}`)).body.entry[0].resource;
    assert.deepEqual(
      weight.meta.tag.find((tag: { system: string }) => tag.system === 'urn:estran:merged-from').code,
      gone,
    );
    const versions = ok(await nurse.get(`/api/patients/${kept}/entries/Observation/${weight.id}/versions`)).body
      .versions;
    assert.equal(versions.length, 2, 'what was written under the old identity stays readable');
    ok(await separate(secretary, done.id));
    assert.deepEqual([await contents(kept), await contents(gone)], before);
    assert.equal((await nurse.get(`/api/patients/${kept}/record`)).status, 403, 'the rights went back too');
    assert.equal((await doctor.get(`/api/patients/${gone}/record`)).status, 403);
    assert.equal((await separate(secretary, done.id)).status, 409, 'once');
    const lines =
      ok(await doctor.get(`/api/patients/${kept}/record`)) && ok(await secretary.get('/api/patient-pairs')).body.merges;
    assert.match(lines.find((one: { id: string }) => one.id === done.id).separated.name, /Riou/);
  });

  test('IDV-2 the ledger tells of a merge and of a separation to both patients', async () => {
    const [kept, gone] = await twice();
    const { id } = ok(await merge(secretary, kept, gone)).body;
    ok(await separate(secretary, id));
    const { db } = await testHouse();
    for (const patient of [kept, gone]) {
      const rows = await db.tenant(practice.tenant, (sql) =>
        sql.query<{ action: string; actor_name: string }>(
          `select action, actor_name from audit.entry e where action in ('merge', 'separate') and (patient = $1 or $1 = any(patients)) order by seq`,
          [patient],
        ),
      );
      assert.deepEqual(
        rows.map((row) => row.action),
        ['merge', 'separate'],
      );
      assert.match(rows[0]!.actor_name, /Riou/, 'the person behind the house');
    }
  });

  test('IDV-2 SEC-4 an opposition on either side holds on the merged record, for versions of before as well', async () => {
    const [kept, gone] = await twice();
    ok(await doctor.post(`/api/patients/${kept}/team`, { practitioner: stranger.practitioner }));
    ok(await doctor.post(`/api/patients/${kept}/problems`, { label: 'Lombalgie' }));
    assert.equal((await record(stranger, kept)).problems.length, 1);
    ok(
      await software('POST', '/fhir/R4/Consent', {
        resourceType: 'Consent',
        status: 'active',
        scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
        category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
        patient: { reference: `Patient/${gone}` },
        policyRule: { text: 'Opposition' },
        provision: {
          type: 'deny',
          actor: [{ role: { text: 'opposé' }, reference: { reference: `Practitioner/${stranger.practitioner}` } }],
        },
      }),
    );
    const { id } = ok(await merge(secretary, kept, gone)).body;
    for (const patient of [kept, gone])
      assert.equal((await stranger.get(`/api/patients/${patient}/record`)).status, 403);
    ok(await separate(secretary, id));
    assert.equal((await record(stranger, kept)).problems.length, 1, 'the opposition went back with its patient');
    assert.equal((await doctor.get(`/api/patients/${gone}/record`)).status, 403);
  });

  test('IDV-2 an emergency access and a draft follow, and come back', async () => {
    const [kept, gone] = await twice();
    ok(await stranger.post(`/api/patients/${gone}/emergency-access`, { reason: 'Chute au cabinet' }));
    ok(
      await nurse.send('PUT', `/api/drafts/note:${gone}`, {
        patient: gone,
        form: 'note',
        label: 'Note',
        data: { text: 'à finir' },
      }),
    );
    assert.equal((await stranger.get(`/api/patients/${kept}/record`)).status, 403);
    const { id } = ok(await merge(secretary, kept, gone)).body;
    await record(stranger, kept);
    const { lines } = ok(await stranger.get(`/api/patients/${kept}/access-log`)).body;
    assert.deepEqual(
      lines.filter((one: { emergency: boolean }) => one.emergency).map((one: { reason: string }) => one.reason)[0],
      'Chute au cabinet',
      'in the record that it became as well (SEC-8)',
    );
    assert.equal(ok(await nurse.get(`/api/drafts/note:${kept}`)).body.data.text, 'à finir');
    ok(await separate(secretary, id));
    assert.equal((await stranger.get(`/api/patients/${kept}/record`)).status, 403);
    await record(stranger, gone);
    assert.equal(ok(await nurse.get(`/api/drafts/note:${gone}`)).body.data.text, 'à finir');
  });

  test('IDV-2 a delegate follows whom they stand in for, tasks and conversations follow their patient, and all come back', async () => {
    const [kept, gone] = await twice();
    const { db } = await testHouse();
    const at = (sql: string, params: unknown[]) =>
      db
        .tenant(practice.tenant, (on) => on.query<{ said: string }>(sql, params))
        .then((rows) => rows.map((row) => row.said));
    const stand = await hand(practice, 'physician', 'Cozic');
    await at(
      `insert into access.delegation (tenant_id, id, kind, delegate, responsible, responsible_key, valid_from, valid_until, created_by) values ($1, $2, 'locum', $3, $4, access.key_of('Practitioner/' || $4), now() - interval '1 day', now() + interval '1 day', $4) returning id as said`,
      [practice.tenant, `locum-${kept}`, stand.practitioner, nurse.practitioner],
    );
    const house = await system();
    const task = await house.create({
      resourceType: 'Task',
      status: 'requested',
      intent: 'order',
      for: { reference: `Patient/${gone}` },
    } as never);
    const words = await house.create({
      resourceType: 'Communication',
      status: 'completed',
      subject: { reference: `Patient/${gone}` },
      sent: new Date().toISOString(),
      sender: { reference: `Practitioner/${nurse.practitioner}` },
      payload: [{ contentString: 'Bonjour' }],
    } as never);
    const indexed = async () => [
      ...(await at('select patient_id as said from coordination.task where id = $1', [task.id])),
      ...(await at('select about as said from coordination.thread where id = $1', [words.id])),
    ];
    await record(stand, gone);
    assert.equal((await stand.get(`/api/patients/${kept}/record`)).status, 403);
    assert.deepEqual(await indexed(), [gone, `Patient/${gone}`]);
    const { id } = ok(await merge(secretary, kept, gone)).body;
    await record(stand, kept);
    assert.deepEqual(await indexed(), [kept, `Patient/${kept}`]);
    ok(await separate(secretary, id));
    await record(stand, gone);
    assert.equal((await stand.get(`/api/patients/${kept}/record`)).status, 403);
    assert.deepEqual(await indexed(), [gone, `Patient/${gone}`]);
    await at('delete from access.delegation where id = $1 returning id as said', [`locum-${kept}`]);
  });

  test('IDV-2 RNIV: the surer identity stays; two INS are never merged', async () => {
    const one = nir('2510529019123');
    const two = nir('2510529019124');
    const born = { birthDate: '12/05/1951', birthPlace: '29019', insKind: 'test' };
    const qualified = { ...born, insStatus: 'qualified', proof: { kind: 'CN', seenOn: 'hier' } };
    const [kept, gone] = await twice({ ...born }, {});
    const form = traits(born);
    const sure = await create(doctor, { ...form, ...qualified, ins: one });
    const unsure = await create(nurse, form);
    const { sides, suggested, refused } = await pair(secretary, unsure, sure);
    assert.deepEqual([suggested, refused, sides[1].mayNotStay], [sure, null, null]);
    assert.match(sides[0].mayNotStay, /plus sûre/);
    assert.equal((await merge(secretary, unsure, sure)).status, 422, 'the qualified identity stays');
    ok(await merge(secretary, sure, unsure));
    const again = traits(born);
    const a = await create(doctor, { ...again, ...qualified, ins: two });
    const b = await create(nurse, { ...again, ...qualified, ins: nir('2510529019125') });
    const said = await pair(secretary, a, b);
    assert.match(said.refused, /deux INS différentes/);
    const no = await merge(secretary, a, b);
    assert.equal(no.status, 422);
    assert.match(no.body.detail, /Rien n’a été modifié/);
    ok(await merge(secretary, kept, gone));
  });

  test('IDV-2 who may not: nobody opens a record to oneself, nobody without the right on identities, nobody of another practice', async () => {
    const [kept, gone] = await twice();
    const refused = await merge(doctor, kept, gone);
    assert.equal(refused.status, 403);
    assert.match(refused.body.detail, /vous ouvrirait/);
    const administrator = await hand(practice, 'administrator', 'Quentel');
    const technician = await hand(practice, 'laboratory-technician', 'Salaün');
    for (const who of [administrator, technician]) {
      assert.equal((await who.get('/api/patient-pairs')).status, 403);
      assert.equal((await merge(who, kept, gone)).status, 403);
    }
    assert.equal((await merge(elsewhere, kept, gone)).status, 404);
    ok(await nurse.post(`/api/patients/${gone}/team`, { practitioner: doctor.practitioner }));
    const { id } = ok(await merge(doctor, kept, gone)).body;
    assert.equal((await separate(elsewhere, id)).status, 404);
    assert.equal((await separate(technician, id)).status, 403);
    const page = await pair(secretary, kept, gone);
    assert.match(page.refused, /déjà été réuni/);
    assert.deepEqual(
      page.sides[0].counts
        .map((one: { label: string }) => one.label)
        .filter((label: string) => !['Données de soins'].includes(label)).length < 3,
      true,
      'no kind of care is named to a secretary',
    );
  });

  test('IDV-2 whoever has one of the two records open is told, without content, of a merge and of a separation', async () => {
    const [kept, gone] = await twice();
    const { fhir } = await testHouse();
    const heard: string[] = [];
    const stop = fhir.onChange((changes) =>
      heard.push(
        ...changes
          .filter((one) => one.patients.includes(kept) && one.patients.includes(gone))
          .map((one) => `${one.type} ${one.actorName}`),
      ),
    );
    const { id } = ok(await merge(secretary, kept, gone)).body;
    ok(await separate(secretary, id));
    stop();
    assert.equal(heard.length, 4);
    assert.match(heard[0]!, /^Patient .*Riou/);
  });

  test('IDV-2 an identity that changed since it was looked at is not merged', async () => {
    const [kept, gone] = await twice();
    const { sides } = await pair(secretary, kept, gone);
    const form = ok(await secretary.get(`/api/patients/${kept}/identity`)).body;
    ok(
      await secretary.send('PUT', `/api/patients/${kept}/identity`, {
        ...form.form,
        phones: ['0639980102'],
        version: form.version,
      }),
    );
    assert.equal(
      (
        await secretary.post('/api/merges', {
          kept,
          gone,
          keptVersion: sides[0].version,
          goneVersion: sides[1].version,
        })
      ).status,
      409,
    );
  });

  test('IDV-2 FHIR: the old id stays readable with its link, a search or $everything by it finds what has gone elsewhere, a write to it is refused and told where', async () => {
    const [kept, gone] = await twice();
    const observation = (patient: string) => ({
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
      subject: { reference: `Patient/${patient}` },
      effectiveDateTime: '2026-02-01',
      valueQuantity: { value: 71.5, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
    });
    ok(await software('POST', '/fhir/R4/Observation', observation(gone)));
    ok(await merge(secretary, kept, gone));
    for (const path of [
      `Observation?patient=Patient/${gone}`,
      `Observation?subject=Patient/${gone}`,
      `Observation?patient=${gone}`,
      `Patient/${gone}/Observation`,
    ]) {
      const { entry } = ok(await software('GET', `/fhir/R4/${path}`)).body;
      assert.equal(entry?.filter((one: { search: { mode: string } }) => one.search.mode === 'match').length, 1, path);
    }
    const everything = ok(await software('GET', `/fhir/R4/Patient/${gone}/$everything`)).body;
    assert.ok(
      everything.entry.some(
        (one: { resource: { resourceType: string } }) => one.resource.resourceType === 'Observation',
      ),
    );
    for (const answer of [
      await software('POST', '/fhir/R4/Observation', observation(gone)),
      await software('PUT', `/fhir/R4/Patient/${gone}`, {
        resourceType: 'Patient',
        id: gone,
        name: [{ family: 'Encore' }],
      }),
    ]) {
      assert.equal(answer.status, 409);
      assert.match(answer.body.issue[0].diagnostics, new RegExp(`Patient/${kept}`));
    }
  });

  test('IDV-2 what is added or corrected while the records are one is kept: corrections go back with their line, additions are sorted by their authors', async () => {
    const [kept, gone] = await twice();
    const line = ok(await nurse.post(`/api/patients/${gone}/problems`, { label: 'Ulcère de jambe' })).body.lines[0];
    const { id } = ok(await merge(secretary, kept, gone)).body;
    const now = ok(await nurse.get(`/api/patients/${kept}/entries/Condition/${line.id}`)).body;
    ok(
      await nurse.send('PUT', `/api/patients/${kept}/problems/${line.id}`, {
        label: 'Ulcère de jambe droite',
        version: now.line?.version ?? now.version,
      }),
    );
    const added = ok(await nurse.post(`/api/patients/${gone}/problems`, { label: 'Plaie du pied' })).body.lines[0];
    assert.equal(ok(await separate(secretary, id)).body.toSort >= 1, true);
    assert.deepEqual(
      (await record(nurse, gone)).problems.map((one: { label: string }) => one.label),
      ['Ulcère de jambe droite'],
    );
    assert.equal((await nurse.get(`/api/patients/${kept}/record`)).status, 403);
    const sort = async (who: Hand) =>
      ok(await who.get(`/api/merges/${id}`)).body.lines.find((one: { id: string }) => one.id === added.id);
    assert.deepEqual(
      [(await sort(nurse)).maySort, (await sort(secretary)).maySort, (await sort(secretary)).title],
      [true, false, null],
    );
    assert.equal(
      (await secretary.post(`/api/merges/${id}/lines/Condition/${added.id}`, { place: 'gone' })).status,
      403,
    );
    assert.equal(
      (await elsewhere.post(`/api/merges/${id}/lines/Condition/${added.id}`, { place: 'gone' })).status,
      404,
    );
    ok(await nurse.post(`/api/merges/${id}/lines/Condition/${added.id}`, { place: 'gone' }));
    assert.deepEqual((await record(nurse, gone)).problems.map((one: { label: string }) => one.label).sort(), [
      'Plaie du pied',
      'Ulcère de jambe droite',
    ]);
    assert.equal((await sort(nurse)).place, 'gone');
  });

  test('IDV-2 three records of one person: the last merge is undone first', async () => {
    const form = traits();
    const [a, b, c] = [await create(doctor, form), await create(nurse, form), await create(nurse, form)];
    ok(await nurse.post(`/api/patients/${c}/problems`, { label: 'Migraine' }));
    const before = [await contents(a), await contents(b), await contents(c)];
    const first = ok(await merge(secretary, b, c)).body;
    const second = ok(await merge(secretary, a, b)).body;
    assert.equal((await record(doctor, c)).header.patient.id, a);
    assert.equal((await record(doctor, a)).problems.length, 1);
    const early = await separate(secretary, first.id);
    assert.equal(early.status, 409);
    assert.match(early.body.detail, /plus récente/);
    ok(await separate(secretary, second.id));
    assert.equal((await doctor.get(`/api/patients/${c}/record`)).status, 403, 'no right stays behind');
    ok(await separate(secretary, first.id));
    assert.deepEqual([await contents(a), await contents(b), await contents(c)], before);
  });

  test('IDV-2 a merge that fails half-way changes nothing', async () => {
    const [kept, gone] = await twice();
    for (let i = 0; i < 12; i++) ok(await nurse.post(`/api/patients/${gone}/problems`, { label: `Problème ${i}` }));
    const before = [await contents(kept), await contents(gone)];
    const { fhir } = await testHouse();
    let seen = 0;
    let armed = true;
    fhir.onWrite(['Condition'], async (_sql, tenant) => {
      if (armed && tenant === practice.tenant && ++seen === 7) throw new Error('the machine stops here');
    });
    assert.equal((await merge(secretary, kept, gone)).status, 500);
    armed = false;
    assert.deepEqual([await contents(kept), await contents(gone)], before);
    assert.deepEqual(
      ok(await secretary.get('/api/patient-pairs')).body.merges.filter((one: { gone: string }) => one.gone === gone),
      [],
    );
    ok(await nurse.post(`/api/patients/${gone}/problems`, { label: 'Après' }));
    ok(await merge(secretary, kept, gone));
    assert.equal((await record(doctor, kept)).problems.length, 13);
  });

  test('IDV-2 what is written during a merge is before it or after it, never lost', async () => {
    const [kept, gone] = await twice();
    ok(await doctor.post(`/api/patients/${kept}/team`, { practitioner: nurse.practitioner }));
    const old = await Promise.all(
      Array.from({ length: 8 }, (_, i) => nurse.post(`/api/patients/${gone}/problems`, { label: `Ancien ${i}` })),
    );
    const said: string[] = [];
    const { sides } = await pair(secretary, kept, gone);
    const writing = Array.from({ length: 30 }, async (_, i) => {
      const correct = i % 3 === 0 ? old[i % 8]!.body.lines[0] : null;
      const send = () =>
        correct
          ? nurse.send('PUT', `/api/patients/${gone}/problems/${correct.id}`, {
              label: `Corrigé ${i}`,
              version: correct.version,
            })
          : nurse.post(`/api/patients/${gone}/problems`, { label: `Pendant ${i}` });
      let answer = await send();
      // A person who is told that the record has just been merged saves again.
      if (answer.status === 409 && answer.body.code === 'record-merged') answer = await send();
      if (answer.status === 200 && !correct) said.push(`Pendant ${i}`);
      else assert.ok(answer.status === 200 || answer.status === 409, answer.text);
    });
    const merging = secretary.post('/api/merges', {
      kept,
      gone,
      keptVersion: sides[0].version,
      goneVersion: sides[1].version,
    });
    await Promise.all([...writing, merging]);
    ok(await merging);
    const problems = new Set((await record(doctor, kept)).problems.map((one: { label: string }) => one.label));
    for (const label of said) assert.ok(problems.has(label), `${label} is lost`);
    const { db } = await testHouse();
    const left = await db.tenant(practice.tenant, (sql) =>
      sql.query(
        `select r.type, r.id from fhir.resource r join fhir.resource p on p.tenant_id = r.tenant_id and p.type = 'Patient' and p.id = $1 where r.type <> 'Patient' and r.patient = p.key and not r.deleted`,
        [gone],
      ),
    );
    assert.deepEqual(left, [], 'nothing names the patient that has gone');
  });

  test('IDV-2 property: merge then separate gives back every resource as it was, whatever it is and however it names its patient', {
    timeout: 240_000,
  }, async () => {
    const code = { text: 'x' };
    const makers: ((p: { reference: string }, n: number) => object)[] = [
      (subject, n) => ({
        resourceType: 'Observation',
        status: 'final',
        code,
        subject,
        valueQuantity: { value: n / 4 },
        performer: [subject],
      }),
      (subject) => ({
        resourceType: 'Condition',
        code,
        subject,
        clinicalStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
        },
      }),
      (patient) => ({
        resourceType: 'AllergyIntolerance',
        code,
        patient,
        clinicalStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
        },
      }),
      (individual) => ({
        resourceType: 'Appointment',
        status: 'booked',
        start: '2026-03-01T09:00:00Z',
        end: '2026-03-01T09:15:00Z',
        participant: [{ actor: individual, status: 'accepted' }],
      }),
      (patient) => ({ resourceType: 'RelatedPerson', patient, name: [{ text: 'Voisine' }] }),
      (item) => ({ resourceType: 'List', status: 'current', mode: 'working', entry: [{ item }] }),
      (subject) => ({ resourceType: 'Task', status: 'requested', intent: 'order', for: subject }),
      (subject) => ({
        resourceType: 'Communication',
        status: 'completed',
        subject,
        payload: [{ contentString: 'Bonjour' }],
      }),
      (subject) => ({
        resourceType: 'CareTeam',
        status: 'active',
        subject,
        participant: [{ member: { reference: `Practitioner/${stranger.practitioner}` } }],
      }),
      (subject) => ({
        resourceType: 'DocumentReference',
        status: 'current',
        subject,
        content: [{ attachment: { title: 't' } }],
        extension: [{ url: 'urn:test:of', valueReference: subject }],
      }),
      (patient) => ({
        resourceType: 'Coverage',
        status: 'active',
        beneficiary: patient,
        subscriber: patient,
        payor: [patient],
      }),
      (entity) => ({ resourceType: 'Group', type: 'person', actual: true, member: [{ entity }] }),
      (subject) => ({
        resourceType: 'CarePlan',
        status: 'active',
        intent: 'plan',
        subject,
        goal: [{ reference: '#g' }],
        contained: [{ resourceType: 'Goal', id: 'g', lifecycleStatus: 'active', description: code, subject }],
      }),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            maker: fc.nat(makers.length - 1),
            side: fc.boolean(),
            form: fc.constantFrom('Patient/', `http://localhost:3000/fhir/R4/Patient/`),
            n: fc.nat(999),
          }),
          { minLength: 1, maxLength: 14 },
        ),
        async (plan) => {
          const [kept, gone] = await twice();
          const house = await system();
          for (const { maker, side, form, n } of plan) {
            const made = await house.create(makers[maker]!({ reference: `${form}${side ? kept : gone}` }, n) as never);
            if (n % 5 === 0)
              await house.create({
                resourceType: 'Provenance',
                target: [{ reference: `${made.type}/${made.id}` }],
                recorded: '2026-01-01T00:00:00Z',
                agent: [{ who: { reference: `Practitioner/${nurse.practitioner}` } }],
              } as never);
          }
          const was = [await contents(kept), await contents(gone)];
          const { id } = ok(await merge(secretary, kept, gone)).body;
          const together = await contents(kept);
          for (const name of was[1]!.keys())
            if (name !== `Patient/${gone}` && !/^(Practitioner|Organization)/.test(name))
              assert.ok(together.has(name), `${name} did not follow`);
          assert.ok(
            ![...together].some(([name, text]) => name !== `Patient/${kept}` && text.includes(`Patient/${gone}"`)),
            'no reference to the one that has gone',
          );
          ok(await separate(secretary, id));
          assert.deepEqual([await contents(kept), await contents(gone)], was);
        },
      ),
      { numRuns: 12 },
    );
  });
});
