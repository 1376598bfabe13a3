import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { exportCommand } from '../src/fhir/index.ts';
import { wordsOf } from '../src/platform/pdf/pdf-words-for-tests.ts';
import { nirKey } from '../src/record/identity/ins.rules.ts';
import { newPractice, type Send, testHouse, type TestPerson, type TestPractice } from './app.ts';
import { each, entriesOf, unknown, waysOut } from './ways-out.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};

describe('an INS leaves only when it is qualified', () => {
  const body = '2480329019777';
  const ins = body + String(nirKey(body)).padStart(2, '0');
  const says = (text: string): boolean => text.replace(/[\s\u00a0\u202f]/g, '').includes(ins);
  let practice: TestPractice;
  let doctor: TestPerson;
  let secretary: TestPerson;
  let program: Send;
  let patient = '';
  let twin = '';
  let form: Json;
  before(async () => {
    practice = await newPractice('Maison des identités');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    secretary = await practice.person('medical-secretary');
    program = await practice.client('system/*.cruds');
    form = {
      birthFamily: 'Inssecret',
      birthGivens: 'Marie Louise',
      birthDate: '12/03/1948',
      sex: 'female',
      birthPlace: '29019',
      ins,
      insKind: 'test',
      insStatus: 'retrieved',
    };
    patient = ok(await doctor.send('POST', '/api/patients', form)).id;
    twin = ok(
      await doctor.send('POST', '/api/patients', {
        ...form,
        ins: null,
        insStatus: 'provisional',
        birthFamily: 'Insecret',
        despite: [patient],
      }),
    ).id;
    ok(await doctor.send('POST', `/api/patients/${patient}/notes`, { text: 'Vue ce jour.' }));
    ok(await doctor.send('POST', `/api/patients/${patient}/measures`, { values: [{ code: '8867-4', value: 71 }] }));
  });
  const identity = async (): Promise<Json> => ok(await secretary.send('GET', `/api/patients/${patient}/identity`));
  const correct = (who: TestPerson, page: Json, change: object) =>
    who.send('PUT', `/api/patients/${patient}/identity`, { ...page.form, version: page.version, ...change });

  test('IDV-1 by no route, interaction, history, bundle, PDF or export: only the form of who keeps identities holds it', async () => {
    const { app } = await testHouse();
    const draft = ok(await doctor.send('POST', `/api/patients/${patient}/summaries`));
    const ways = waysOut({
      patient,
      twin,
      author: doctor.practitioner,
      items: [
        { type: 'Patient', id: patient },
        { type: 'Composition', id: draft.id },
      ],
      words: ['Inssecret', ins],
    });
    for (const [name, person] of [
      ['doctor', doctor.send],
      ['secretary', secretary.send],
      ['program', program],
    ] as const)
      await each(ways, async (way) => {
        const answer = await person('GET', way.url);
        assert.ok(answer.status < 500, `${way.url} ${answer.text}`);
        if (way.name === 'record.identity') return;
        // A search may say again what it was asked.
        assert.ok(
          !says(way.url.includes(ins) ? answer.text.replaceAll(ins, '') : answer.text),
          `${name} ${way.name} ${way.url}`,
        );
      });
    for (const url of [
      `/api/patients/${patient}/summaries/${draft.id}/pdf`,
      `/api/patients/${patient}/vaccine-book/pdf`,
    ]) {
      const answer = await app.inject({
        method: 'GET',
        url,
        headers: { cookie: doctor.cookie, origin: 'http://localhost:3000' },
      });
      assert.equal(answer.statusCode, 200, answer.body);
      assert.ok(!says(wordsOf(answer.rawPayload)), url);
    }
    for (const [method, path, sent, headers] of [
      [
        'POST',
        '',
        {
          resourceType: 'Bundle',
          type: 'batch',
          entry: [
            { request: { method: 'GET', url: `Patient/${patient}` } },
            { request: { method: 'GET', url: `Patient?_id=${patient}` } },
          ],
        },
      ],
      ['POST', 'Patient/_search', `_id=${patient}`, { 'content-type': 'application/x-www-form-urlencoded' }],
      [
        'PATCH',
        `Patient/${patient}`,
        [{ op: 'replace', path: '/active', value: true }],
        { 'content-type': 'application/json-patch+json' },
      ],
    ] as const)
      for (const send of [doctor.send, program]) {
        const answer = await send(method, `/fhir/R4/${path}`, sent, headers as never);
        assert.ok(answer.status < 300 && !says(answer.text), `${method} ${path} ${answer.status}`);
      }
    const { db } = await testHouse();
    const folder = mkdtempSync(join(tmpdir(), 'estran-ins-'));
    await exportCommand.run(
      { db, practice: async (id: string) => ({ tenant: practice.tenant, id, name: 'x' }) },
      {
        values: { practice: practice.id },
        positionals: [folder],
        cwd: folder,
        signal: new AbortController().signal,
      } as never,
      { progress() {}, line() {}, json() {} } as never,
    );
    assert.ok(!readdirSync(folder).some((file) => says(readFileSync(join(folder, file), 'utf8'))));
    rmSync(folder, { recursive: true });
    assert.ok(says(JSON.stringify(await identity())), 'who keeps identities reads it');
    assert.ok(entriesOf(({ path }) => path.endsWith('/identity')).length > 0 && unknown);
  });

  test('IDV-1 whoever was not shown it does not take it away by writing back what they read', async () => {
    const read = ok(await program('GET', `/fhir/R4/Patient/${patient}`));
    assert.equal(read.identifier?.some((one: Json) => one.value === ins) ?? false, false);
    ok(
      await program('PUT', `/fhir/R4/Patient/${patient}`, {
        ...read,
        telecom: [{ system: 'phone', value: '0639980077' }],
      }),
    );
    const after = await identity();
    assert.deepEqual([after.form.ins, after.form.insStatus, after.form.phones], [ins, 'retrieved', ['0639980077']]);
  });

  test('IDV-1 RNIV: up only by a document seen, with who saw it and when; then the INS leaves; down with a reason, and it leaves no more', async () => {
    const page = await identity();
    const refused = async (change: object, field: string) => {
      const answer = await correct(secretary, await identity(), change);
      assert.deepEqual([answer.status, answer.body.fields?.[field] !== undefined], [422, true], answer.text);
    };
    await refused({ insStatus: 'qualified' }, 'proof.kind');
    for (const kind of ['CV', 'OTH', 'PC', 'xx'])
      await refused({ insStatus: 'qualified', proof: { kind, seenOn: 'hier' } }, 'proof.kind');
    await refused({ insStatus: 'qualified', proof: { kind: 'CN', seenOn: '01/01/2190' } }, 'proof.seenOn');
    await refused({ marks: ['doubtful'] }, 'insStatus');
    const qualified = ok(
      await correct(secretary, page, { insStatus: 'qualified', proof: { kind: 'CN', seenOn: 'hier' } }),
    );
    assert.deepEqual(
      [qualified.patient.ins, qualified.form.proof.kind, qualified.form.proof.by],
      [ins, 'CN', secretary.caller.name],
    );
    for (const url of [
      `/fhir/R4/Patient/${patient}`,
      `/fhir/R4/Patient?_id=${patient}`,
      `/api/patients/${patient}/record`,
    ])
      assert.ok(says((await doctor.send('GET', url)).text), url);
    // The version in which it was not qualified stays as it was.
    assert.ok(!says((await doctor.send('GET', `/fhir/R4/Patient/${patient}/_history/1`)).text));
    // Another correction keeps who saw the document; a strict trait asks for it again.
    const phone = ok(await correct(doctor, qualified, { phones: ['0639980078'] }));
    assert.equal(phone.form.proof.by, secretary.caller.name);
    await refused({ birthGivens: 'Marie Louise Jeanne' }, 'proof.seenOn');
    const again = ok(
      await correct(doctor, await identity(), {
        birthGivens: 'Marie Louise Jeanne',
        birthFirst: 'Marie Louise',
        proof: { kind: 'PA', seenOn: 'auj' },
      }),
    );
    assert.deepEqual(
      [again.form.proof.kind, again.form.proof.by, again.form.birthFirst],
      ['PA', 'Anne Kermarrec', 'Marie Louise'],
    );
    assert.equal(ok(await doctor.send('GET', `/fhir/R4/Patient/${patient}`)).name[0].given[0], 'Marie Louise');
    await refused({ birthFirst: 'Louise' }, 'birthFirst');
    await refused({ insStatus: 'provisional', ins: null, proof: null }, 'reason');
    const down = ok(
      await correct(secretary, await identity(), {
        insStatus: 'retrieved',
        proof: null,
        reason: 'pièce d’un homonyme',
      }),
    );
    assert.deepEqual([down.patient.insStatus, down.patient.ins, down.form.proof], ['retrieved', null, null]);
    assert.ok(!says((await program('GET', `/fhir/R4/Patient/${patient}`)).text));
  });

  test('IDV-1 doubtful, fictive and homonym identities are marked, and said wherever the person is named', async () => {
    const page = await identity();
    const homonym = ok(await correct(secretary, page, { marks: ['homonym'] }));
    assert.match(homonym.patient.insStatusLabel, /homonyme/);
    const doubtful = ok(
      await correct(secretary, await identity(), {
        marks: ['doubtful'],
        ins: null,
        insStatus: 'provisional',
        reason: 'deux pièces discordantes',
      }),
    );
    assert.equal(doubtful.patient.insStatusLabel, 'Identité provisoire, douteuse');
    assert.match(doubtful.todo.join(), /Lever le doute/);
    assert.equal(
      ok(await doctor.send('GET', `/api/patients/${patient}/record`)).header.patient.insStatusLabel,
      'Identité provisoire, douteuse',
    );
    assert.equal((await correct(secretary, await identity(), { marks: ['doubtful', 'fictive'] })).status, 422);
    const stranger = await (await newPractice()).person('medical-secretary');
    assert.ok(
      [403, 404].includes(
        (await stranger.send('PUT', `/api/patients/${patient}/identity`, { ...page.form, version: 1 })).status,
      ),
    );
  });
});
