import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { fileForm, newPractice, type TestPerson, type TestPractice, testHouse } from '../../../test/app.ts';
import { labFileOf } from './lab-file.rules.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
interface Told {
  id?: string;
  family?: string;
  given?: string;
  birth?: string;
  number?: string;
  values?: string[];
  end?: string[];
}
const hemoglobin = 'OBX|1|NM|HB~Hémoglobine~L||11.2|g/dL|12.0 - 16.0|L|||F';
const potassium = 'OBX|2|NM|K~Potassium~L||4.3|mmol/L|3.5 - 5.0||||F';
const hprim = ({
  family = 'ZZ',
  given = 'Yvonne',
  birth = '19480312',
  number = 'B-778',
  values = [hemoglobin, potassium],
  end = ['C|1|L|Prélèvement à jeun', 'L|1'],
}: Told): Buffer =>
  Buffer.from(
    [
      'H|~^\\&|Essai.HPR||BIO~Laboratoire Bio-Abers||ORU|||MSP~Abers||P|H2.1~C|202609101159',
      `P|1|398|B104||${family.toUpperCase()}~${given}||${birth}|F`,
      `OBR|1|ech1|~${number}|x|NFS~NUMERATION~L|R||202609100815^20260910`,
      ...values,
      ...end,
    ].join('\r\n'),
    'latin1',
  );
const medecin = (family: string, end = ['****FIN****', '****FINFICHIER****']): Buffer =>
  Buffer.from(
    [
      family.toUpperCase(),
      'Yvonne',
      '12 rue des Abers',
      '',
      '29200 BREST',
      '12/03/1948',
      '',
      'D-55',
      '12/09/2026',
      'LBM BIO-ABERS',
      'MSP',
      'DR',
      '****LAB****',
      'RES|Hémoglobine|HB|N|11,2|g/dL|12,0|16,0|L|F',
      'TEX|Commentaire du biologiste',
      ...end,
    ].join('\r\n'),
    'latin1',
  );

test('DOS-11 a laboratory’s file is known by its content, whatever its letters and its name; truncated and several reports are seen; nothing else is one', () => {
  assert.deepEqual(
    [
      labFileOf(hprim({}))?.format,
      labFileOf(hprim({}))?.values,
      labFileOf(hprim({}))?.cut,
      labFileOf(hprim({}))?.several,
    ],
    ['hprim-sante', 2, false, false],
  );
  assert.deepEqual(
    [labFileOf(medecin('Martin'))?.format, labFileOf(medecin('Martin'))?.values, labFileOf(medecin('Martin'))?.cut],
    ['hprim', 1, false],
  );
  assert.equal(labFileOf(hprim({ end: [] }))?.cut, true);
  assert.equal(labFileOf(medecin('Martin', []))?.cut, true);
  assert.equal(labFileOf(hprim({ end: ['P|2|399|B105||AUTRE~Paul||19500101|M', hemoglobin, 'L|1'] }))?.several, true);
  assert.equal(labFileOf(Buffer.concat([medecin('Martin'), Buffer.from('\r\n'), medecin('Autre')]))?.several, true);
  assert.equal(
    labFileOf(
      Buffer.from('LABORATOIRE DES ABERS\nHémoglobine 11,2 g/dL (12,0-16,0)\nPotassium 4,2 mmol/L\nPlaquettes 250 G/L'),
    )?.format,
    'text',
  );
  for (const text of [
    'Bonjour, pouvez-vous rappeler ? Merci.',
    'Cher confrère, hémoglobine 11,2 g/dL, potassium 4,2 mmol/L, plaquettes 250 G/L : rien à dire.',
    '<html>H|',
    '',
    '%PDF-1.4 H|~',
  ])
    assert.equal(labFileOf(Buffer.from(text)), null, text);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => (labFileOf(bytes), true)));
  // Cut anywhere: never a failure, never more values than it had, and the end is missed.
  const whole = hprim({});
  fc.assert(
    fc.property(fc.integer({ min: 0, max: whole.length - 5 }), (at) => {
      const read = labFileOf(whole.subarray(0, at));
      return read === null || (read.values <= 2 && (read.format !== 'hprim-sante' || read.cut));
    }),
  );
});

describe('files of laboratories', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let nurse: TestPerson;
  let physio: TestPerson;
  let secretary: TestPerson;
  let stranger: TestPerson;
  let count = 0;
  before(async () => {
    practice = await newPractice('Maison des analyses');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    nurse = await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' });
    physio = await practice.person('physiotherapist', { family: 'Le Bras', given: 'Noé' });
    secretary = await practice.person('medical-secretary', { family: 'Riou', given: 'Maël' });
    stranger = await (await newPractice()).person('medical-secretary');
  });
  async function newPatient(...team: TestPerson[]) {
    const family = `Labo${'abcdefghijklmnop'[++count]}mel`;
    const { id } = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: family,
        birthGivens: 'Yvonne',
        birthDate: `12/03/${1930 + count}`,
        sex: 'female',
      }),
    );
    for (const one of team)
      ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: one.practitioner }));
    return { id: id as string, family, birth: `${1930 + count}0312` };
  }
  const get = async (who: TestPerson, document: string, patient?: string): Promise<Json> =>
    ok(await who.send('GET', `/api/documents/inbox/${document}${patient ? `?patient=${patient}` : ''}`));
  const receive = async (who: TestPerson, bytes: Buffer, name = 'resultats.hpr') =>
    ok(await who.send('POST', '/api/documents/inbox', ...fileForm(bytes, name)));
  const sort = (who: TestPerson, line: Json, patient: string, more: object = {}) =>
    who.send('POST', `/api/documents/inbox/${line.document}/sort`, {
      version: line.version,
      patient,
      documentType: line.guess.documentType,
      title: line.guess.title,
      at: line.guess.at,
      author: line.guess.author,
      results: true,
      ...more,
    });
  const columns = async (patient: string): Promise<Json[]> =>
    ok(await doctor.send('GET', `/api/patients/${patient}/results`)).columns;

  test('DOS-11 DOS-10 a dropped HPRIM file: patient proposed from its head, values and original written once, told to who must acknowledge', async () => {
    const patient = await newPatient();
    const line = await receive(secretary, hprim({ ...patient }), 'ABC123.HPR');
    assert.deepEqual(
      [line.lab.format, line.lab.values, line.lab.cut, line.lab.number, line.reading],
      ['hprim-sante', 2, false, 'B-778', false],
    );
    assert.deepEqual(
      line.proposals.map((one: Json) => [one.patient.id, one.confidence]),
      [[patient.id, 'sure']],
    );
    assert.deepEqual(
      [line.guess.documentType, line.guess.at, line.guess.author],
      ['11502-2', '10/09/2026', 'Laboratoire Bio-Abers'],
    );
    const sorted = ok(await sort(secretary, line, patient.id, { readers: [{ practitioner: doctor.practitioner }] }));
    assert.equal(sorted.state, 'sorted');
    const [column] = await columns(patient.id);
    assert.deepEqual(
      [
        column.report.lab,
        column.report.number,
        column.report.acknowledgement.waiting,
        column.report.acknowledgement.by.name,
        column.report.who.name,
      ],
      ['Laboratoire Bio-Abers', 'B-778', true, 'Anne Kermarrec', 'Maël Riou'],
    );
    const page = ok(await doctor.send('GET', `/api/patients/${patient.id}/results`));
    assert.deepEqual(page.rows.map((row: Json) => [row.code, row.cells[0].value, row.cells[0].flag]).sort(), [
      ['2823-3', 4.3, 'normal'],
      ['718-7', 11.2, 'low'],
    ]);
    const [document] = ok(await doctor.send('GET', `/api/patients/${patient.id}/record`)).documents;
    assert.equal(document.id, line.document);
    const content = await doctor.send('GET', document.contentUrl);
    assert.match(content.headers['content-type'] as string, /windows-1252/);
    await (await testHouse()).record.readTexts();
    const found = ok(await doctor.send('GET', `/api/documents/search?q=${encodeURIComponent('hémoglobine')}`)).hits.map(
      (hit: Json) => hit.id,
    );
    assert.ok(found.includes(line.document), 'its words are found, in the letters of its laboratory');
    assert.ok(found.includes(line.document), 'its words are found, in the letters of its laboratory');
    const stored = ok(await doctor.send('GET', `/fhir/R4/DocumentReference/${line.document}`));
    assert.equal(stored.context.related[0].reference, `DiagnosticReport/${column.report.id}`);
    // Again, by another name: told, and nothing is written a second time.
    const twin = await receive(secretary, hprim({ ...patient }), 'copie.txt');
    assert.equal(twin.alike[0].kind, 'same');
    const known = (await get(secretary, twin.document, patient.id)).lab.known;
    assert.deepEqual([known.same, /déjà au dossier/.test(known.words)], [true, true]);
    ok(await sort(secretary, twin, patient.id));
    assert.equal((await columns(patient.id)).length, 1);
    // Completed by the laboratory under its number: a new version of the same report, to be acknowledged anew.
    const more = await receive(
      secretary,
      hprim({ ...patient, values: [hemoglobin, potassium, 'OBX|3|NM|CRP~CRP~L||88|mg/L|0 - 5|H|||F'] }),
    );
    assert.equal((await get(secretary, more.document, patient.id)).lab.known.same, false);
    ok(await sort(secretary, more, patient.id));
    const after = await columns(patient.id);
    assert.deepEqual(
      [after.length, after[0].report.id, after[0].report.acknowledgement.waiting],
      [1, column.report.id, true],
    );
    assert.equal(ok(await doctor.send('GET', `/api/patients/${patient.id}/results`)).rows.length, 3);
    const gone = await secretary.send('POST', `/api/documents/inbox/${line.document}/back`, {
      version: sorted.version,
    });
    assert.deepEqual([gone.status, gone.body.code], [409, 'used-since']);
  });
  test('DOS-11 sorted into the wrong record and taken back: no value stays; a document whose values are there is not moved', async () => {
    const patient = await newPatient();
    const line = await receive(secretary, hprim({ ...patient, number: 'B-900' }));
    const sorted = ok(await sort(secretary, line, patient.id));
    const version = Number(ok(await doctor.send('GET', `/fhir/R4/DocumentReference/${line.document}`)).meta.versionId);
    assert.equal(
      (
        await doctor.send('POST', `/api/patients/${patient.id}/documents/${line.document}/move`, {
          version,
          reason: 'homonyme',
        })
      ).status,
      409,
    );
    ok(await secretary.send('POST', `/api/documents/inbox/${line.document}/back`, { version: sorted.version }));
    assert.deepEqual(ok(await doctor.send('GET', `/api/patients/${patient.id}/results`)).rows, []);
    assert.ok(
      !ok(await doctor.send('GET', '/api/results/waiting')).lines.some((one: Json) => one.patient.id === patient.id),
    );
    assert.equal((await get(secretary, line.document)).state, 'waiting');
  });
  test('DOS-11 another patient’s file is refused unless it is said to be this one; truncated, empty and shared files are told and kept', async () => {
    const [patient, wrong] = [await newPatient(), await newPatient()];
    const line = await receive(secretary, hprim({ ...patient, birth: '19500101', number: 'B-901' }));
    const refused = await sort(secretary, line, wrong.id);
    assert.deepEqual([refused.status, refused.body.code], [422, 'other-patient']);
    assert.equal((await get(secretary, line.document)).state, 'waiting', 'nothing was written');
    assert.deepEqual(await columns(wrong.id), []);
    ok(await sort(secretary, line, wrong.id, { samePatient: true }));
    assert.equal((await columns(wrong.id)).length, 1);
    const cut = await receive(secretary, hprim({ ...patient, number: 'B-902', end: [] }), 'coupe.hpr');
    assert.equal(cut.lab.cut, true);
    ok(await sort(secretary, cut, patient.id, { results: false }));
    assert.deepEqual(await columns(patient.id), [], 'kept as a document only');
    const several = await receive(
      secretary,
      hprim({ ...patient, number: 'B-903', end: ['P|2|399|B105||AUTRE~Paul||19500101|M', hemoglobin, 'L|1'] }),
    );
    assert.equal((await sort(secretary, several, patient.id)).status, 422);
    const empty = await receive(secretary, hprim({ ...patient, number: 'B-904', values: [] }));
    assert.equal((await sort(secretary, empty, patient.id)).status, 422);
    const odd = await receive(
      secretary,
      hprim({ ...patient, number: 'B-905', values: ['OBX|1|NM|HB~Hémoglobine~L||1120|g/dL|12.0 - 16.0|L|||F'] }),
    );
    const doubt = await sort(secretary, odd, patient.id);
    assert.deepEqual([doubt.status, Object.keys(doubt.body.fields)], [422, ['results']]);
    const note = await receive(secretary, Buffer.from('Un simple mot de la pharmacie.'), 'mot.txt');
    assert.equal(note.lab, null);
    assert.equal(
      (await sort(secretary, { ...note, guess: { ...note.guess, documentType: '34109-9' } }, patient.id)).status,
      422,
      'no laboratory’s file, no values',
    );
    assert.equal(
      (
        await secretary.send(
          'POST',
          '/api/documents/inbox',
          ...fileForm(Buffer.from([0x48, 0x7c, 0, 1, 2, 0xe9]), 'x.hpr'),
        )
      ).status,
      415,
    );
  });
  test('DOS-11 ECH-1 a file that a program left with the patient’s name: its values are seen, and taken once by who may write results here; the document is tied to them', async () => {
    const patient = await newPatient(nurse, physio);
    const program = await practice.client('system/*.cruds');
    const leave = async (bytes: Buffer, type = 'text/plain'): Promise<string> =>
      ok(
        await program('POST', '/fhir/R4/DocumentReference', {
          resourceType: 'DocumentReference',
          status: 'current',
          subject: { reference: `Patient/${patient.id}` },
          description: 'Compte rendu de biologie',
          content: [{ attachment: { contentType: type, data: bytes.toString('base64'), title: 'bio.hpr' } }],
        }),
      ).id;
    const at = (id: string) => `/api/patients/${patient.id}/documents/${id}/values`;
    const take = (who: TestPerson, id: string, more: object = {}) => who.send('POST', at(id), { version: 1, ...more });
    const document = await leave(hprim({ ...patient, number: 'B-950' }));
    assert.deepEqual(await columns(patient.id), [], 'nobody has accepted them');
    const seen = ok(await nurse.send('GET', at(document)));
    assert.deepEqual(
      [seen.lab.format, seen.lab.values, seen.lab.number, seen.lab.known, seen.taken, seen.canTake],
      ['hprim-sante', 2, 'B-950', null, null, true],
    );
    assert.equal(ok(await physio.send('GET', at(document))).canTake, false);
    assert.equal((await take(physio, document)).status, 403);
    for (const who of [stranger, secretary]) {
      assert.ok([403, 404].includes((await who.send('GET', at(document))).status));
      assert.ok([403, 404].includes((await take(who, document)).status));
    }
    const stale = await take(nurse, document, { version: 7 });
    assert.equal(stale.status, 409);
    assert.deepEqual(await columns(patient.id), [], 'nothing was written');
    const [line] = ok(await take(nurse, document)).lines;
    assert.equal(line.type, 'DiagnosticReport');
    const [column] = await columns(patient.id);
    assert.equal(column.report.acknowledgement.waiting, true);
    const after = ok(await doctor.send('GET', `/fhir/R4/DocumentReference/${document}`));
    assert.deepEqual(after.context.related, [{ reference: `DiagnosticReport/${line.id}` }]);
    assert.equal(ok(await nurse.send('GET', at(document))).taken, line.id);
    const twice = await take(nurse, document, { version: Number(after.meta.versionId) });
    assert.deepEqual([twice.status, twice.body.code], [409, 'values-taken']);
    const same = await leave(hprim({ ...patient, number: 'B-950' }));
    assert.equal(ok(await nurse.send('GET', at(same))).lab.known.same, true);
    assert.deepEqual((await take(nurse, same)).body.code, 'values-taken');
    assert.equal((await columns(patient.id)).length, 1, 'once');
    // Another person's file, what is no laboratory's, what cannot be read as values: told, and kept as they came.
    const other = await leave(hprim({ ...patient, birth: '19500101', number: 'B-951' }), 'application/octet-stream');
    const refused = await take(doctor, other);
    assert.deepEqual([refused.status, refused.body.code], [422, 'other-patient']);
    ok(await take(doctor, other, { samePatient: true }));
    const note = await leave(Buffer.from('Un simple mot de la pharmacie.'));
    assert.equal(ok(await doctor.send('GET', at(note))).lab, null);
    assert.equal((await take(doctor, note)).status, 404);
    const empty = await leave(hprim({ ...patient, number: 'B-952', values: [] }));
    assert.equal((await take(doctor, empty)).status, 422);
  });
  test('DOS-11 SEC-3 who may not: values are written by who may write results there, or who sorts for the practice; nobody learns of a report elsewhere', async () => {
    const patient = await newPatient(physio, nurse);
    const line = await receive(physio, hprim({ ...patient, number: 'B-910' }));
    const refused = await sort(physio, line, patient.id);
    assert.equal(refused.status, 403);
    assert.deepEqual(await columns(patient.id), []);
    for (const who of [stranger, doctor, nurse]) assert.equal((await sort(who, line, patient.id)).status, 404);
    ok(await sort(physio, line, patient.id, { results: false }));
    const own = await receive(nurse, hprim({ ...patient, number: 'B-911' }));
    ok(await sort(nurse, own, patient.id));
    assert.equal((await columns(patient.id)).length, 1);
    const copy = await receive(physio, hprim({ ...patient, number: 'B-911' }));
    assert.equal((await get(physio, copy.document, patient.id)).lab.known, null);
    const outside = await newPatient();
    const there = await receive(nurse, hprim({ ...outside, number: 'B-912' }));
    assert.equal((await get(nurse, there.document, outside.id)).lab.known, null);
    assert.equal((await sort(nurse, there, outside.id)).status, 403);
    assert.equal(
      (await secretary.send('GET', `/api/patients/${patient.id}/results`)).status,
      403,
      'who sorts reads no results',
    );
  });

  /** A connected program leaves a file by the FHIR API, about nobody, and the house has taken it in. */
  async function left(bytes: Buffer, more: object = {}, attachment: object = {}): Promise<string> {
    const program = await practice.client('system/DocumentReference.cruds system/Binary.cruds');
    const { id } = ok(
      await program('POST', '/fhir/R4/DocumentReference', {
        resourceType: 'DocumentReference',
        status: 'current',
        description: 'Résultats du 10/09',
        author: [{ display: 'Laboratoire Bio-Abers' }],
        content: [
          {
            attachment: {
              contentType: 'text/plain',
              title: 'B-950.hpr',
              data: bytes.toString('base64'),
              ...attachment,
            },
          },
        ],
        ...more,
      }),
    );
    await (await testHouse()).record.readTexts();
    return id;
  }
  test('ECH-7 DOS-11 a document about nobody that a take-over brings stays as it came: nobody sorts it, and the take-over is undone whole', async () => {
    const { fhir, db, record } = await testHouse();
    const id = `repris-${Date.now()}`;
    const importer = fhir.importer(practice.tenant, 'reprise d’essai');
    const resource = {
      resourceType: 'DocumentReference' as const,
      id,
      status: 'current',
      description: 'Courrier sans patient',
      content: [
        {
          attachment: {
            contentType: 'text/plain',
            data: Buffer.from('Sans destinataire connu, hélicoïdal').toString('base64'),
          },
        },
      ],
    };
    const trace = { action: 'import', target: 'TakeOver/0', reason: 'reprise d’essai' };
    await importer.write(await importer.prepare([{ resource, expect: 'new' }]), trace, async () => undefined);
    await record.readTexts();
    const [text] = await db.owner('test', (sql) =>
      sql.query<{ state: string }>('select state from record.text where tenant_id = $1::int and id = $2', [
        practice.tenant,
        id,
      ]),
    );
    assert.equal(text!.state, 'read');
    assert.ok(
      !ok(await secretary.send('GET', '/api/documents/inbox')).waiting.some((one: Json) => one.document === id),
    );
    assert.deepEqual(
      (await importer.remove([{ type: 'DocumentReference', id, version: 1 }], trace, async () => undefined)).map(
        ({ done }) => done,
      ),
      [true],
      'its version is the one that came',
    );
  });
  test('DOS-11 DOS-10 an HPRIM file that a connected program leaves about nobody is recognised and sorted like one that is dropped, its bytes untouched', async () => {
    const patient = await newPatient();
    const sent = hprim({ ...patient, number: 'B-950' });
    const document = await left(sent);
    const line = await get(secretary, document);
    assert.deepEqual(
      [line.lab.format, line.lab.values, line.lab.number, line.name, line.by, line.mine, line.contentType],
      ['hprim-sante', 2, 'B-950', 'B-950.hpr', 'Laboratoire Bio-Abers', false, 'text/plain; charset=windows-1252'],
    );
    assert.deepEqual(
      line.proposals.map((one: Json) => [one.patient.id, one.confidence]),
      [[patient.id, 'sure']],
    );
    assert.ok(
      ok(await secretary.send('GET', '/api/documents/inbox')).waiting.some((one: Json) => one.document === document),
    );
    const house = (await testHouse()).fhir.asSystem(practice.tenant, 'essai');
    const stored = (await house.read('DocumentReference', document)).resource as Json;
    assert.ok(
      Buffer.from(
        ((await house.read('Binary', stored.content[0].attachment.url.split('/')[1])).resource as Json).data,
        'base64',
      ).equals(sent),
    );
    const { version } = ok(await sort(secretary, line, patient.id));
    ok(await secretary.send('POST', `/api/documents/inbox/${document}/back`, { version }));
    ok(await sort(secretary, await get(secretary, document), patient.id));
    assert.deepEqual(
      (await columns(patient.id)).map((one) => one.report.number),
      ['B-950'],
    );
    const [filed] = ok(await doctor.send('GET', `/api/patients/${patient.id}/record`)).documents;
    assert.equal((await doctor.send('GET', filed.contentUrl)).status, 200, 'its bytes went with it');
    // Left again, or as a Binary of its own: the same report is told, and not written twice.
    const program = await practice.client('system/DocumentReference.cruds system/Binary.cruds');
    const binary = ok(
      await program('POST', '/fhir/R4/Binary', {
        resourceType: 'Binary',
        contentType: 'text/plain',
        data: sent.toString('base64'),
      }),
    );
    const again = await get(
      secretary,
      await left(sent, {}, { data: undefined, url: `Binary/${binary.id}` }),
      patient.id,
    );
    assert.deepEqual([again.alike[0].kind, again.lab.known.same], ['same', true]);
    ok(await sort(secretary, again, patient.id));
    assert.equal((await columns(patient.id)).length, 1);
    // Read again, nothing is taken in a second time.
    const before = ok(await secretary.send('GET', '/api/documents/inbox')).waiting.length;
    await (await testHouse()).record.readTexts();
    assert.equal(ok(await secretary.send('GET', '/api/documents/inbox')).waiting.length, before);
  });
  test('DOS-11 SEC-3 SEC-17 who may not: what a program leaves is seen by who sorts alone; a patient’s document is no business of the inbox; what cannot be read is kept and told', async () => {
    const patient = await newPatient(nurse);
    const document = await left(hprim({ ...patient, number: 'B-951' }));
    for (const who of [doctor, nurse, physio, stranger]) {
      assert.equal((await who.send('GET', `/api/documents/inbox/${document}`)).status, 404);
      assert.equal((await who.send('GET', `/fhir/R4/DocumentReference/${document}`)).status, 404);
    }
    const theirs = await left(hprim({ ...patient, number: 'B-952' }), {
      subject: { reference: `Patient/${patient.id}` },
    });
    assert.equal((await secretary.send('GET', `/api/documents/inbox/${theirs}`)).status, 404);
    assert.deepEqual(await columns(patient.id), [], 'values are written by who accepts them');
    for (const [bytes, type] of [
      [Buffer.from([0, 1, 2, 3, 255]), 'application/octet-stream'],
      [Buffer.from('II*\0\b\0\0\0'), 'image/tiff'],
      [Buffer.from('<script>alert(1)</script>'), 'application/octet-stream'],
    ] as const) {
      const line = await get(secretary, await left(bytes));
      assert.deepEqual([line.contentType, line.lab, line.proposals], [type, null, []]);
      assert.ok(
        (await secretary.send('GET', `/api/documents/inbox/${line.document}/content?telecharger`)).headers[
          'content-disposition'
        ]?.startsWith('attachment'),
      );
    }
    // A person's own document, a withdrawn one and one without bytes stay what they are.
    const own = ok(
      await doctor.send('POST', '/fhir/R4/DocumentReference', {
        resourceType: 'DocumentReference',
        status: 'current',
        content: [{ attachment: { contentType: 'text/plain', data: 'cmllbg==' } }],
      }),
    ).id;
    const others = [
      await left(hprim({ ...patient }), { status: 'entered-in-error' }),
      await left(hprim({ ...patient }), {}, { data: undefined, url: 'https://example.org/ailleurs.pdf' }),
      own,
    ];
    await (await testHouse()).record.readTexts();
    for (const one of others) assert.equal((await secretary.send('GET', `/api/documents/inbox/${one}`)).status, 404);
  });
});
