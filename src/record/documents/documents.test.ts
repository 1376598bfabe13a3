import type { ClinicalImpression } from '@medplum/fhirtypes';
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { anyone, fileForm, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import type { FhirStore, ResourceType } from '../../fhir/index.ts';
import { dayInFrance, renderPdf } from '../../platform/index.ts';
import { TextReader } from './text-reader.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
const body = 'for (at, page) in data.pages.enumerate() { if at > 0 { pagebreak() }; for line in page { block(line) } }';
/** A real PDF, a page for each list of lines. */
const pdfOf = (...pages: string[][]): Buffer =>
  Buffer.from(
    renderPdf(`#{ ${body} }`, { pages, title: 'Compte rendu', practice: '' }, new Date('2026-11-20T09:00:00Z')),
  );

describe('documents', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let other: TestPerson;
  let nurse: TestPerson;
  let secretary: TestPerson;
  let second: TestPerson;
  let coordinator: TestPerson;
  let stranger: TestPerson;
  let count = 0;
  before(async () => {
    practice = await newPractice('Maison des documents');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    other = await practice.person('physician', { family: 'Cozic', given: 'Rozenn' });
    nurse = await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' });
    secretary = await practice.person('medical-secretary', { family: 'Riou', given: 'Maël' });
    second = await practice.person('medical-secretary', { family: 'Hénaff', given: 'Lise' });
    coordinator = await practice.person('coordinator');
    stranger = await (await newPractice()).person('medical-secretary');
  });
  const letters = 'abcdefghijklmnopqrst';
  interface Made {
    id: string;
    family: string;
    birth: string;
  }
  async function newPatient(...team: TestPerson[]): Promise<Made> {
    count++;
    const family = `Docu${letters[count % 20]}${letters[Math.floor(count / 20)]}mel`;
    const birth = `${String((count % 27) + 1).padStart(2, '0')}/0${1 + (count % 9)}/${1930 + count}`;
    const { id } = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: family,
        birthGivens: 'Yvonne',
        birthDate: birth,
        sex: 'female',
      }),
    );
    for (const one of team)
      ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: one.practitioner }));
    return { id, family, birth };
  }
  const letterOf = (patient: Made, ...lines: string[]): Buffer =>
    pdfOf([
      'CENTRE HOSPITALIER DE CORNOUAILLE',
      'Cardiologie',
      'Quimper, le 12/11/2026',
      'Docteur Anne KERMARREC',
      `Concerne : Madame ${patient.family.toUpperCase()} Yvonne, née le ${patient.birth}`,
      'Compte rendu de consultation',
      'Cher confrère,',
      ...lines,
      'Dr Hervé TOULARASTEL',
    ]);
  /** Puts a file in and waits until its text is read. */
  async function receive(who: TestPerson, bytes: Buffer, name?: string): Promise<Json> {
    const made = ok(await who.send('POST', '/api/documents/inbox', ...fileForm(bytes, name)));
    return read(who, made.document);
  }
  async function read(who: TestPerson, document: string, patient?: string): Promise<Json> {
    for (let tries = 0; tries < 400; tries++) {
      const line = ok(await who.send('GET', `/api/documents/inbox/${document}${patient ? `?patient=${patient}` : ''}`));
      if (!line.reading) return line;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('the text was never read');
  }
  const inbox = async (who: TestPerson) => ok(await who.send('GET', '/api/documents/inbox'));
  const sort = (who: TestPerson, line: Json, patient: string, more: object = {}) =>
    who.send('POST', `/api/documents/inbox/${line.document}/sort`, {
      version: line.version,
      patient,
      documentType: line.guess.documentType,
      title: line.guess.title,
      at: line.guess.at,
      author: line.guess.author,
      ...more,
    });
  const documentsOf = async (who: TestPerson, patient: string): Promise<Json[]> =>
    ok(await who.send('GET', `/api/patients/${patient}/record`)).documents;
  const search = async (who: TestPerson, q: string, more = ''): Promise<Json[]> =>
    ok(await who.send('GET', `/api/documents/search?q=${encodeURIComponent(q)}${more}`)).hits;

  test('DOS-10 a received file is kept at once, read, proposed to the right patient with why, sorted by the secretary and read by its addressee', async () => {
    const patient = await newPatient(nurse);
    await newPatient();
    const line = await receive(
      secretary,
      letterOf(patient, 'Fraction d’éjection conservée, pas de récidive de fibrillation.'),
      'SCAN_0001.pdf',
    );
    assert.deepEqual(
      line.proposals.map((one: Json) => [one.patient.id, one.confidence]),
      [[patient.id, 'sure']],
    );
    assert.match(line.proposals[0].reasons.join(', '), /né\(e\) le .*nom DOCU.*prénom Yvonne/);
    assert.deepEqual(
      [line.guess.documentType, line.guess.at, line.guess.author, line.guess.reader, line.guess.title, line.pages],
      [
        '11488-4',
        '12/11/2026',
        'Dr Hervé TOULARASTEL, CENTRE HOSPITALIER DE CORNOUAILLE',
        doctor.practitioner,
        'Compte rendu de consultation, CENTRE HOSPITALIER DE CORNOUAILLE',
        1,
      ],
    );
    const done = ok(
      await sort(secretary, line, patient.id, { readers: [{ practitioner: doctor.practitioner, sign: true }] }),
    );
    assert.deepEqual([done.state, done.patient.id, done.doneBy], ['sorted', patient.id, 'Maël Riou']);
    const [document] = await documentsOf(doctor, patient.id);
    assert.deepEqual([document.id, document.title, document.toRead], [line.document, line.guess.title, true]);
    const waiting = ok(await doctor.send('GET', '/api/documents/to-read')).lines;
    assert.deepEqual(
      waiting.map((one: Json) => [one.id, one.sign, one.patient.id]),
      [[line.document, true, patient.id]],
    );
    assert.deepEqual(
      ok(await nurse.send('GET', '/api/documents/to-read')).lines,
      [],
      'asked of the physician, not of the nurse',
    );
    // The secretary has no right on documents: what is sorted is closed to them again.
    assert.equal((await secretary.send('GET', `/api/documents/inbox/${line.document}/content`)).status, 403);
    assert.equal(
      (await secretary.send('GET', `/api/patients/${patient.id}/documents/${line.document}/content`)).status,
      403,
    );
    assert.equal((await secretary.send('GET', `/fhir/R4/DocumentReference/${line.document}`)).status, 404);
    const [hit] = await search(doctor, 'fibrillations ejection');
    assert.deepEqual(
      [hit.id, hit.marks.map(([from, to]: [number, number]) => hit.snippet.slice(from, to))],
      [line.document, ['éjection', 'fibrillation']],
    );
  });
  test('DOS-10 SEC-3 who may not: another practice, a profession without the act, another’s file, a patient outside of the team', async () => {
    const patient = await newPatient();
    const line = await receive(secretary, letterOf(patient, 'Pièce confidentielle.'));
    const paths: [string, string, unknown?][] = [
      ['GET', ''],
      ['GET', '/content'],
      ['POST', '/sort', { version: 1, patient: patient.id, documentType: '11488-4' }],
      ['POST', '/refuse', { version: 1, reason: 'non' }],
      ['POST', '/back', { version: 1 }],
    ];
    for (const [method, path, sent] of paths) {
      for (const who of [stranger, nurse, doctor])
        assert.equal(
          (await who.send(method, `/api/documents/inbox/${line.document}${path}`, sent)).status,
          404,
          `${method} ${path}`,
        );
      assert.equal((await coordinator.send(method, `/api/documents/inbox/${line.document}${path}`, sent)).status, 403);
      assert.equal((await anyone(method, `/api/documents/inbox/${line.document}${path}`, sent)).status, 401);
    }
    for (const who of [doctor, nurse, coordinator, secretary, stranger]) {
      assert.equal((await who.send('GET', `/fhir/R4/DocumentReference/${line.document}`)).status, 404);
      assert.ok(!(await who.send('GET', '/fhir/R4/DocumentReference')).text.includes(line.document));
    }
    assert.ok(!(await inbox(nurse)).waiting.some((one: Json) => one.document === line.document));
    // A nurse sorts what she put in, into records of her patients only.
    const own = await receive(nurse, letterOf(patient, 'Pièce de l’infirmière.'));
    assert.deepEqual(
      (await inbox(nurse)).waiting.map((one: Json) => one.document),
      [own.document],
    );
    const refused = await sort(nurse, own, patient.id);
    assert.equal(refused.status, 403);
    assert.match(refused.body.detail, /reste à classer/);
    ok(await doctor.send('POST', `/api/patients/${patient.id}/team`, { practitioner: nurse.practitioner }));
    ok(await sort(nurse, own, patient.id));
    assert.equal((await documentsOf(doctor, patient.id)).length, 1);
    // Asked to read: those only who can.
    const unable = await sort(secretary, line, patient.id, { readers: [{ practitioner: other.practitioner }] });
    assert.deepEqual([unable.status, Object.keys(unable.body.fields)], [422, ['readers']]);
    assert.equal((await read(secretary, line.document)).state, 'waiting');
    ok(await sort(secretary, line, patient.id));
  });

  test('DOS-10 SEC-11 two secretaries who sort the same file at once: one is told, nothing is done twice', async () => {
    const [one, two] = [await newPatient(), await newPatient()];
    const line = await receive(secretary, letterOf(one, 'À classer une seule fois.'));
    const answers = await Promise.all([
      sort(secretary, line, one.id),
      sort(second, line, two.id),
      secretary.send('POST', `/api/documents/inbox/${line.document}/refuse`, { version: line.version, reason: 'non' }),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409]);
    const told = answers.find(({ status }) => status === 409)!;
    assert.equal(told.body.code, 'sorted-meanwhile');
    const counts = [(await documentsOf(doctor, one.id)).length, (await documentsOf(doctor, two.id)).length];
    assert.ok(counts[0]! + counts[1]! <= 1);
    assert.equal((await sort(second, line, two.id)).status, 409, 'a version seen before');
  });

  test('DOS-10 what is refused or wrongly sorted is taken back; what someone has used is not, and nothing stays readable where it left', async () => {
    const patient = await newPatient(nurse);
    const line = await receive(secretary, letterOf(patient, 'Erreur de destinataire.'));
    const set = ok(
      await secretary.send('POST', `/api/documents/inbox/${line.document}/refuse`, {
        version: line.version,
        reason: 'patient inconnu',
      }),
    );
    assert.deepEqual([set.state, set.reason], ['refused', 'patient inconnu']);
    assert.ok((await inbox(second)).done.some((one: Json) => one.document === line.document));
    const back = ok(await second.send('POST', `/api/documents/inbox/${line.document}/back`, { version: set.version }));
    assert.equal(back.state, 'waiting');
    const sorted = ok(await sort(secretary, back, patient.id));
    assert.equal((await documentsOf(nurse, patient.id)).length, 1);
    const again = ok(
      await secretary.send('POST', `/api/documents/inbox/${line.document}/back`, { version: sorted.version }),
    );
    assert.deepEqual(await documentsOf(nurse, patient.id), []);
    for (const who of [nurse, doctor])
      for (const path of [
        `DocumentReference/${line.document}`,
        `DocumentReference/${line.document}/_history`,
        `DocumentReference/${line.document}/_history/2`,
      ])
        assert.equal((await who.send('GET', `/fhir/R4/${path}`)).status, 404, path);
    assert.deepEqual(await search(nurse, 'destinataire'), []);
    const kept = ok(await sort(secretary, again, patient.id, { readers: [{ practitioner: nurse.practitioner }] }));
    const [{ version }] = await documentsOf(nurse, patient.id);
    ok(await nurse.send('POST', `/api/patients/${patient.id}/documents/${line.document}/read`, { version }));
    const used = await secretary.send('POST', `/api/documents/inbox/${line.document}/back`, { version: kept.version });
    assert.deepEqual([used.status, used.body.code], [409, 'used-since']);
  });

  test('DOS-10 who sorts only their own files replaces nothing that they cannot read themselves', async () => {
    const patient = await newPatient(nurse);
    ok(await nurse.send('POST', `/api/patients/${patient.id}/team`, { practitioner: doctor.practitioner }));
    const physio = await practice.person('physiotherapist', { family: 'Le Bras', given: 'Noé' });
    ok(await nurse.send('POST', `/api/patients/${patient.id}/team`, { practitioner: physio.practitioner }));
    const hidden = await receive(secretary, letterOf(patient, 'Compte rendu de psychiatrie.'), 'psychiatrie.pdf');
    ok(await sort(secretary, hidden, patient.id, { sensitive: 'mental-health' }));
    assert.equal((await physio.send('GET', `/fhir/R4/DocumentReference/${hidden.document}`)).status, 404);
    const own = await receive(physio, letterOf(patient, 'Compte rendu de la plaie.'), 'plaie.pdf');
    assert.equal((await sort(physio, own, patient.id, { replaces: hidden.document })).status, 409);
    assert.equal((await doctor.send('GET', `/fhir/R4/DocumentReference/${hidden.document}`)).body.status, 'current');
    // Read, and of a kind that a nurse does not write.
    const hers = await receive(nurse, letterOf(patient, 'Bilan infirmier.'), 'bilan.pdf');
    const refused = await sort(nurse, hers, patient.id, { replaces: hidden.document });
    assert.deepEqual([refused.status, /et non de le changer/.test(refused.body.detail)], [403, true], refused.text);
    // Nor does a file take the place of a letter that somebody signed.
    const [letter] = ok(
      await doctor.send('POST', `/api/patients/${patient.id}/letters`, {
        template: null,
        title: 'Adressage',
        documentType: '34109-9',
        text: 'Cher confrère,',
        recipients: [],
        act: 'sign',
      }),
    ).lines;
    assert.equal((await sort(nurse, hers, patient.id, { replaces: letter.id })).status, 409);
    for (const one of [hidden.document, letter.id])
      assert.equal((await doctor.send('GET', `/fhir/R4/DocumentReference/${one}`)).body.status, 'current');
    assert.equal((await inbox(nurse)).waiting.length, 1);
    ok(await sort(nurse, hers, patient.id));
    ok(await sort(physio, own, patient.id));
  });

  test('DOS-10 SEC-3 who sorts for the practice replaces only what the product proposed for that very file', async () => {
    const patient = await newPatient(nurse);
    const other = await receive(
      secretary,
      letterOf(
        patient,
        'Scanner thoracique sans injection : aucun nodule suspect, emphysème centrolobulaire des sommets.',
        'Épanchement péricardique lame, coronaires calcifiées, aorte de calibre normal sur tout son trajet.',
        'Pas d’adénomégalie médiastinale ni hilaire, cadre osseux sans lésion lytique décelable.',
      ),
      'autre.pdf',
    );
    ok(await sort(secretary, other, patient.id));
    const words = [
      'Vitamine D 12 ng/mL, carence profonde, supplémentation mensuelle conseillée.',
      'Contrôle dans trois mois, pas de saignement extériorisé à l’examen de ce jour.',
    ];
    const first = await receive(secretary, letterOf(patient, ...words), 'v1.pdf');
    ok(await sort(secretary, first, patient.id));
    const line = await receive(secretary, letterOf(patient, ...words, 'Version corrigée : vitamine D 9.'), 'v2.pdf');
    const told = (await read(secretary, line.document, patient.id)).alike.map((one: Json) => one.document);
    assert.ok(told.includes(first.document) && !told.includes(other.document), JSON.stringify(told));
    for (const replaces of [other.document, line.document, 'inconnu', patient.id])
      assert.equal((await sort(secretary, line, patient.id, { replaces })).status, 409, replaces);
    assert.equal((await doctor.send('GET', `/fhir/R4/DocumentReference/${other.document}`)).body.status, 'current');
    assert.equal((await read(secretary, line.document)).state, 'waiting', 'nothing was done');
    ok(await sort(secretary, line, patient.id, { replaces: first.document }));
    assert.equal((await doctor.send('GET', `/fhir/R4/DocumentReference/${first.document}`)).body.status, 'superseded');
  });

  test('DOS-10 the same file, the same words and a new version are told; the new one takes the place, both stay readable', async () => {
    const patient = await newPatient(nurse);
    const words = [
      'Hémoglobine 12,4 g/dL, ferritine basse.',
      'Supplémentation martiale conseillée pendant trois mois, contrôle ensuite.',
      'Pas de saignement extériorisé, pas d’autre anomalie à l’examen de ce jour.',
    ];
    const bytes = letterOf(patient, ...words);
    const first = await receive(secretary, bytes, 'compte-rendu.pdf');
    const twin = await receive(secretary, bytes, 'bis.pdf');
    assert.deepEqual(
      twin.alike.map((one: Json) => [one.kind, one.document]),
      [['same', first.document]],
    );
    assert.deepEqual((await read(secretary, first.document)).alike, [], 'of two that wait the later one is the repeat');
    ok(await sort(secretary, first, patient.id));
    const known = await read(secretary, twin.document);
    assert.deepEqual(known.alike.map((one: Json) => [one.kind, one.patient?.id]).slice(0, 1), [['same', patient.id]]);
    ok(
      await secretary.send('POST', `/api/documents/inbox/${twin.document}/refuse`, {
        version: known.version,
        reason: 'doublon',
      }),
    );
    const text = await receive(secretary, Buffer.concat([bytes, Buffer.from('\n% fin\n')]), 'ter.pdf');
    assert.equal(text.alike[0].kind, 'same-words');
    const newer = await receive(
      secretary,
      letterOf(patient, ...words, 'Version corrigée : ferritine 9 µg/L.'),
      'v2.pdf',
    );
    const against = await read(secretary, newer.document, patient.id);
    assert.deepEqual(
      against.alike.map((one: Json) => [one.kind, one.document]),
      [['earlier', first.document]],
    );
    assert.equal((await sort(secretary, newer, patient.id, { replaces: 'inconnu' })).status, 409);
    const sorted = ok(await sort(secretary, newer, patient.id, { replaces: first.document }));
    const after = await documentsOf(nurse, patient.id);
    assert.deepEqual(
      after.map((one) => [one.id, one.replaced]).sort(),
      [
        [first.document, true],
        [newer.document, false],
      ].sort(),
    );
    for (const one of after) assert.equal((await nurse.send('GET', one.contentUrl)).status, 200);
    const stored = (await nurse.send('GET', `/fhir/R4/DocumentReference/${newer.document}`)).body;
    assert.deepEqual(stored.relatesTo, [
      { code: 'replaces', target: { reference: `DocumentReference/${first.document}` } },
    ]);
    assert.deepEqual(
      (await search(nurse, 'ferritine')).map((one) => [one.id, one.replaced]),
      [
        [newer.document, false],
        [first.document, true],
      ],
    );
    ok(await secretary.send('POST', `/api/documents/inbox/${newer.document}/back`, { version: sorted.version }));
    assert.deepEqual(
      (await documentsOf(nurse, patient.id)).map((one) => [one.id, one.replaced]),
      [[first.document, false]],
      'what it had replaced is in force again',
    );
  });

  test('DOS-10 DOS-13 DOS-16 a new version that is withdrawn gives its place back: the document before is in force and to be signed again, and so is a letter', async () => {
    const patient = await newPatient(nurse);
    const first = await receive(doctor, letterOf(patient, 'Potassium à contrôler.'));
    ok(await sort(doctor, first, patient.id, { readers: [{ practitioner: doctor.practitioner, sign: true }] }));
    const second = await receive(doctor, letterOf(patient, 'Potassium contrôlé.'));
    ok(
      await sort(doctor, second, patient.id, {
        replaces: first.document,
        readers: [{ practitioner: doctor.practitioner, sign: true }],
      }),
    );
    const mine = async () =>
      ok(await doctor.send('GET', '/api/documents/to-read'))
        .lines.filter((one: Json) => one.patient.id === patient.id)
        .map((one: Json) => one.id);
    assert.deepEqual(await mine(), [second.document]);
    const [wrong] = (await documentsOf(doctor, patient.id)).filter((one: Json) => one.id === second.document);
    ok(
      await doctor.send('POST', `/api/patients/${patient.id}/entries/DocumentReference/${second.document}/error`, {
        version: wrong.version,
        reason: 'Autre patient',
      }),
    );
    assert.deepEqual(
      (await documentsOf(doctor, patient.id)).map((one: Json) => [one.id, one.replaced]),
      [[first.document, false]],
    );
    assert.deepEqual(await mine(), [first.document]);

    const at = `/api/patients/${patient.id}/letters`;
    const letter = { template: null, title: 'Avis', documentType: '11488-4', text: 'Premier texte.', recipients: [] };
    const signed = ok(await doctor.send('POST', at, { ...letter, act: 'sign' })).lines[0];
    const [next] = ok(
      await doctor.send('POST', `${at}/${signed.id}/amend`, {
        ...letter,
        text: 'Second texte.',
        version: signed.version,
        reason: 'Précision',
      }),
    ).lines;
    ok(
      await doctor.send('POST', `/api/patients/${patient.id}/entries/DocumentReference/${next.id}/error`, {
        version: next.version,
        reason: 'Correction fausse',
      }),
    );
    const back = ok(await doctor.send('GET', `${at}/${signed.id}`));
    assert.deepEqual([back.statusLabel, back.replacedBy], ['Signé', null]);
  });

  test('DOS-10 SEC-17 hostile and odd files: refused or kept as they came, never a failure', async () => {
    const send = (bytes: Buffer, name?: string) =>
      secretary.send('POST', '/api/documents/inbox', ...fileForm(bytes, name));
    assert.equal((await send(Buffer.from('<html><script>alert(1)</script></html>'), 'scan.pdf')).status, 415);
    assert.equal(
      (await send(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'a.png')).status,
      415,
    );
    assert.equal((await send(Buffer.from([0x4d, 0x5a, 0, 0, 1, 2]), 'a.pdf')).status, 415);
    assert.equal((await send(Buffer.from([0x50, 0x4b, 3, 4]), 'a.pdf')).status, 415);
    const picture = (size: string) => Buffer.from(`89504e470d0a1a0a0000000d49484452${size}0802000000`, 'hex');
    assert.equal((await send(picture('000186a0000186a0'), 'a.png')).status, 413);
    assert.equal((await send(picture('0000000000000000'), 'a.png')).status, 422);
    assert.equal((await send(Buffer.alloc(0))).status, 422);
    assert.equal((await send(Buffer.alloc(21 * 1024 * 1024, 0x20))).status, 413);
    assert.equal((await secretary.send('POST', '/api/documents/inbox', { file: 'x' })).status, 415);
    const broken = await receive(
      secretary,
      Buffer.from(`%PDF-1.7\n${'1 0 obj <</Length 9999999999>> stream\n'.repeat(400)}`),
      '../../etc/passwd\u0000.pdf',
    );
    assert.deepEqual([broken.unreadable, broken.proposals, broken.name], [true, [], 'passwd.pdf']);
    const bomb = await receive(
      secretary,
      Buffer.from(
        `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]/Count 900000>>endobj\ntrailer<</Root 1 0 R>>`,
      ),
    );
    assert.ok(bomb.unreadable || bomb.pages !== null);
    const silent = await receive(secretary, pdfOf(['']));
    assert.deepEqual([silent.unreadable, silent.proposals, silent.guess.documentType], [false, [], '34109-9']);
    const note = await receive(
      secretary,
      Buffer.from('Appel de la fille de la patiente : rappeler avant midi.'),
      'appel.txt',
    );
    assert.equal(note.contentType, 'text/plain');
    const content = await secretary.send('GET', `/api/documents/inbox/${note.document}/content`);
    assert.deepEqual(
      [content.status, content.headers['x-content-type-options'], content.headers['content-type']],
      [200, 'nosniff', 'text/plain; charset=utf-8'],
    );
    const patient = await newPatient(nurse);
    const long = await receive(
      secretary,
      pdfOf(
        ...Array.from({ length: 300 }, (_, at) => [
          `Dossier de Madame ${patient.family} Yvonne, née le ${patient.birth}`,
          `Page numéro ${at + 1}`,
          at === 297 ? 'Thrombophlébites superficielles' : 'Rien à signaler',
        ]),
      ),
    );
    assert.deepEqual(
      [long.pages, long.proposals[0]?.patient.id, long.proposals[0]?.confidence],
      [300, patient.id, 'sure'],
    );
    ok(await sort(secretary, long, patient.id));
    const [hit] = await search(nurse, 'thrombophlebite');
    assert.match(hit.snippet, /Page numéro 298/);
    for (const bad of [
      { version: '1' },
      { version: 1.5 },
      { version: 1 },
      { version: 1, patient: 'x/../y', documentType: '11488-4' },
      { version: 1, patient: patient.id, documentType: 'zz' },
      { version: 1, patient: patient.id, documentType: '11488-4', at: '31/02/2026' },
      { version: 1, patient: patient.id, documentType: '11488-4', at: '01/01/2999' },
      { version: 1, patient: 'inconnu', documentType: '11488-4' },
      { version: 1, patient: patient.id, documentType: '11488-4', readers: 'moi' },
      [],
      null,
    ]) {
      const { status } = await secretary.send('POST', `/api/documents/inbox/${note.document}/sort`, bad);
      assert.ok(status >= 400 && status < 500, `${JSON.stringify(bad)}: ${status}`);
    }
    for (const q of ['', '   ', '!!!', '\'"\\%_', 'a'.repeat(200), '& | ! ( )', '« »', '\u0000x', '\ud800'])
      assert.ok(
        (await nurse.send('GET', `/api/documents/search?q=${encodeURIComponent(q.toWellFormed())}`)).status < 500,
        q,
      );
    for (const more of ['from=zz', 'after=zz', 'after=9999-99-99_1', `q=${'x'.repeat(300)}`])
      assert.ok([400, 422].includes((await nurse.send('GET', `/api/documents/search?q=rien&${more}`)).status), more);
  });

  test('DOS-10 a document is read, signed with a comment, handed over; a stand-in reads for the absent; the coordinator sees numbers only', async () => {
    const patient = await newPatient(nurse, other);
    const line = await receive(secretary, letterOf(patient, 'À signer.'));
    ok(
      await sort(secretary, line, patient.id, {
        readers: [{ practitioner: doctor.practitioner, sign: true }, { practitioner: nurse.practitioner }],
      }),
    );
    const at = `/api/patients/${patient.id}/documents/${line.document}`;
    const mine = async (who: TestPerson): Promise<Json> =>
      ok(await who.send('GET', '/api/documents/to-read')).lines.find((one: Json) => one.id === line.document);
    const seen = await mine(doctor);
    ok(await doctor.send('POST', `${at}/read`, { version: seen.version, comment: 'Vu, rien à changer.' }));
    assert.equal((await mine(doctor)).sign, true, 'reading is not signing');
    assert.equal(
      (await doctor.send('POST', `${at}/read`, { version: seen.version, sign: true })).status,
      409,
      'a version seen before',
    );
    const { version } = await mine(doctor);
    ok(await doctor.send('POST', `${at}/read`, { version, sign: true, comment: 'Bon pour archivage.' }));
    assert.equal(await mine(doctor), undefined);
    const [shown] = await documentsOf(nurse, patient.id);
    assert.deepEqual(
      shown.marks.map((one: Json) => [one.who.name, one.signed, one.comment, one.who.profession]),
      [
        ['Anne Kermarrec', false, 'Vu, rien à changer.', 'physician'],
        ['Anne Kermarrec', true, 'Bon pour archivage.', 'physician'],
      ],
    );
    assert.deepEqual(
      shown.awaited.map((one: Json) => one.who.name),
      ['Soizic Abgrall'],
    );
    const provenance = (await doctor.send('GET', `/fhir/R4/Provenance?target=DocumentReference/${line.document}`)).body;
    assert.equal(provenance.entry[0].resource.agent[0].who.reference, `Practitioner/${doctor.practitioner}`);
    assert.match(provenance.entry[0].resource.target[0].reference, /_history\/\d+$/);
    // Handed over in one's place, with words; to someone of the team only.
    const stray = await nurse.send('POST', `${at}/hand`, { version: shown.version, to: secretary.practitioner });
    assert.deepEqual(
      [stray.status, (await nurse.send('POST', `${at}/hand`, { version: shown.version, to: 'inconnu' })).status],
      [422, 422],
    );
    ok(
      await nurse.send('POST', `${at}/hand`, {
        version: shown.version,
        to: other.practitioner,
        sign: true,
        words: 'Votre avis ?',
      }),
    );
    assert.equal(await mine(nurse), undefined);
    const asked = await mine(other);
    assert.deepEqual([asked.sign, asked.awaited[0].words], [true, 'Votre avis ?']);
    // While away, a colleague of the team stands in.
    const day = (days: number) => dayInFrance(new Date(Date.now() + days * 86_400_000));
    assert.equal(
      (await doctor.send('POST', `${at}/read`, { version: asked.version, for: other.practitioner })).status,
      403,
      'nobody acts for another unasked',
    );
    ok(
      await other.send('POST', '/api/messages/absences', { from: day(0), until: day(3), standIn: doctor.practitioner }),
    );
    const standing = await mine(doctor);
    assert.equal(standing.forWhom.name, 'Rozenn Cozic');
    ok(await doctor.send('POST', `${at}/read`, { version: standing.version, sign: true, for: other.practitioner }));
    assert.equal(await mine(other), undefined);
    // Numbers, no patient, no title.
    const numbers = await coordinator.send('GET', '/api/documents/late');
    assert.equal(ok(numbers).days, 7);
    assert.doesNotMatch(numbers.text, new RegExp(`${patient.family}|SCAN|signer`, 'i'));
    for (const who of [nurse, doctor, secretary])
      assert.equal((await who.send('GET', '/api/documents/late')).status, 403);
    assert.equal((await stranger.send('POST', `${at}/read`, { version: 1 })).status, 403);
    assert.equal((await secretary.send('POST', `${at}/read`, { version: 1 })).status, 403);
  });

  test('DOS-10 a document of another patient is moved: nothing of it is left to read where it was, both records know that it went', async () => {
    const [wrong, right] = [await newPatient(nurse), await newPatient(other)];
    const line = await receive(secretary, letterOf(right, 'Myélogramme sans particularité.'));
    ok(
      await sort(secretary, line, wrong.id, { title: 'Myélogramme', readers: [{ practitioner: nurse.practitioner }] }),
    );
    const at = `/api/patients/${wrong.id}/documents/${line.document}`;
    const [{ version }] = await documentsOf(nurse, wrong.id);
    const denied = await nurse.send('POST', `${at}/move`, { version, to: right.id, reason: 'homonyme' });
    assert.equal(denied.status, 403, 'the nurse may not write in the other record');
    assert.equal((await doctor.send('POST', `${at}/move`, { version, to: wrong.id, reason: 'x' })).status, 422);
    assert.equal((await doctor.send('POST', `${at}/move`, { version, to: right.id, reason: '' })).status, 422);
    assert.equal(
      (await doctor.send('POST', `${at}/move`, { version: version + 5, to: right.id, reason: 'homonyme' })).status,
      409,
    );
    const moved = ok(await doctor.send('POST', `${at}/move`, { version, to: right.id, reason: 'homonyme' }));
    assert.equal(moved.to, right.id);
    assert.deepEqual(await documentsOf(nurse, wrong.id), []);
    for (const who of [nurse, doctor]) assert.equal((await who.send('GET', `${at}/content`)).status, 404);
    assert.doesNotMatch((await doctor.send('GET', `/api/patients/${wrong.id}/timeline`)).text, /Myélogramme/);
    for (const path of ['', '/_history', '/_history/1', '/_history/2', `/_history/${moved.version}`])
      assert.equal((await nurse.send('GET', `/fhir/R4/DocumentReference/${line.document}${path}`)).status, 404, path);
    assert.equal((await nurse.send('GET', `/fhir/R4/Binary?_id=${line.document}`)).status < 500, true);
    assert.deepEqual(await search(nurse, 'myelogrammes'), []);
    assert.equal(
      ok(await nurse.send('GET', '/api/documents/to-read')).lines.some((one: Json) => one.id === line.document),
      false,
    );
    const [there] = await documentsOf(other, right.id);
    assert.equal(there.id, line.document);
    assert.equal((await other.send('GET', there.contentUrl)).status, 200);
    const history = (await other.send('GET', `/fhir/R4/DocumentReference/${line.document}/_history`)).body;
    assert.doesNotMatch(
      JSON.stringify(history),
      new RegExp(`${wrong.id}|${wrong.family}`),
      'those of the right record learn nothing of the other patient',
    );
    assert.equal((await other.send('GET', `/fhir/R4/DocumentReference/${line.document}/_history/2`)).status, 404);
    assert.equal(
      (await doctor.send('GET', `/fhir/R4/DocumentReference/${line.document}/_history/2`)).status,
      200,
      'who takes care of both',
    );
    for (const one of [wrong, right])
      assert.match(
        (await doctor.send('GET', `/api/patients/${one.id}/access-log`)).text,
        /déplacé : homonyme|DocumentReference/,
      );
    // By who may not write there: back among those to be sorted.
    const [{ version: now }] = await documentsOf(other, right.id);
    ok(
      await other.send('POST', `/api/patients/${right.id}/documents/${line.document}/move`, {
        version: now,
        reason: 'à vérifier',
      }),
    );
    const back = await read(secretary, line.document);
    assert.deepEqual([back.state, back.by], ['waiting', 'Rozenn Cozic']);
    assert.deepEqual(await documentsOf(other, right.id), []);
  });

  test('DOS-10 full text: accents, plural and feminine, phrases, filters; every hit under the rights of who asks', async () => {
    const patient = await newPatient(nurse);
    const psychologist = await practice.person('psychologist', { family: 'Prigent', given: 'Ida' });
    const note = async (who: TestPerson, text: string, more: object = {}) =>
      ok(await who.send('POST', `/api/patients/${patient.id}/notes`, { title: 'Consultation', text, ...more }))
        .lines[0];
    const plain = await note(
      doctor,
      'Patiente hospitalisée pour une fracture du col fémoral, opérée le jour même. Œdèmes des chevilles.',
    );
    const sensitive = await note(doctor, 'Épisode dépressif, idées noires sans projet. Zopiclonum.', {
      sensitive: 'mental-health',
    });
    const personal = await note(doctor, 'Zopiclonum : penser à appeler son fils.', { personal: true });
    for (const q of [
      'hospitalisé',
      'hospitalisees',
      'HOSPITALISES',
      'fractures femorales',
      'fracture',
      'oedeme',
      'cheville',
      'opérés',
      '« col fémoral »',
      '"fracture du col"',
    ])
      assert.deepEqual(
        (await search(nurse, q)).map((one) => one.id),
        [plain.id],
        q,
      );
    for (const q of ['« fémoral col »', 'fracture tibia', 'hospice']) assert.deepEqual(await search(nurse, q), [], q);
    const [hit] = await search(nurse, 'fractures');
    assert.deepEqual(
      hit.marks.map(([from, to]: [number, number]) => hit.snippet.slice(from, to)),
      ['fracture'],
    );
    assert.deepEqual([hit.patient.id, hit.what, hit.who.name], [patient.id, 'note', 'Anne Kermarrec']);
    // Sensitive and private: seen by those only who may, and by nothing else of the answer.
    assert.deepEqual(
      (await search(doctor, 'zopiclonum')).map((one) => one.id).sort(),
      [sensitive.id, personal.id].sort(),
    );
    for (const who of [other, secretary, stranger, coordinator, psychologist])
      assert.deepEqual(await search(who, 'zopiclonum'), []);
    ok(await doctor.send('POST', `/api/patients/${patient.id}/team`, { practitioner: other.practitioner }));
    assert.deepEqual(
      (await search(other, 'zopiclonum')).map((one) => one.id),
      [sensitive.id],
    );
    const pharmacist = await practice.person('pharmacist', { family: 'Hamon', given: 'Ewen' });
    ok(await doctor.send('POST', `/api/patients/${patient.id}/team`, { practitioner: pharmacist.practitioner }));
    assert.deepEqual([await search(pharmacist, 'zopiclonum'), (await search(pharmacist, 'fracture')).length], [[], 1]);
    // Of one record, by kind, date, author.
    const inRecord = `&patient=${patient.id}`;
    assert.equal((await search(nurse, 'fracture', inRecord)).length, 1);
    assert.equal((await stranger.send('GET', `/api/documents/search?q=fracture${inRecord}`)).status, 404);
    const outside = await practice.person('physiotherapist', { family: 'Le Bras', given: 'Noé' });
    assert.equal((await outside.send('GET', `/api/documents/search?q=fracture${inRecord}`)).status, 403);
    assert.deepEqual(
      [
        (await search(nurse, 'fracture', '&kind=note')).length,
        (await search(nurse, 'fracture', '&kind=document')).length,
        (await search(nurse, 'fracture', '&to=2020')).length,
        (await search(nurse, 'fracture', '&from=2020&author=kermarrec')).length,
        (await search(nurse, 'fracture', '&author=riou')).length,
      ],
      [1, 0, 0, 1, 0],
    );
    // Whom the patient keeps out learns nothing, not even that there is something.
    ok(
      await nurse.send('POST', `/api/patients/${patient.id}/choices`, {
        decision: 'oppose',
        practitioner: other.practitioner,
      }),
    );
    assert.deepEqual(await search(other, 'fracture'), []);
    // A correction is found by its new words, an error by none.
    const corrected = ok(
      await doctor.send('PUT', `/api/patients/${patient.id}/notes/${plain.id}`, {
        title: 'Consultation',
        text: 'Luxation de l’épaule.',
        version: plain.version,
      }),
    ).lines[0];
    assert.deepEqual([(await search(nurse, 'fracture')).length, (await search(nurse, 'epaules')).length], [0, 1]);
    ok(
      await doctor.send('POST', `/api/patients/${patient.id}/entries/Composition/${plain.id}/error`, {
        version: corrected.version,
        reason: 'autre patient',
      }),
    );
    assert.deepEqual(await search(nurse, 'epaule'), []);
  });

  test('DOS-10 IDV-2 the words follow the record into another and come back', async () => {
    const [gone, kept] = [await newPatient(nurse), await newPatient()];
    ok(
      await doctor.send('POST', `/api/patients/${gone.id}/notes`, {
        title: 'Suivi',
        text: 'Sclérothérapie des varices.',
      }),
    );
    assert.deepEqual(
      (await search(nurse, 'sclerotherapie')).map((one) => one.patient.id),
      [gone.id],
    );
    const versionOf = async (id: string) =>
      Number((await doctor.send('GET', `/fhir/R4/Patient/${id}`)).body.meta.versionId);
    const merged = ok(
      await doctor.send('POST', '/api/merges', {
        gone: gone.id,
        kept: kept.id,
        goneVersion: await versionOf(gone.id),
        keptVersion: await versionOf(kept.id),
        reason: 'la même personne',
      }),
    );
    assert.deepEqual(
      (await search(doctor, 'sclérothérapies', `&patient=${gone.id}`)).map((one) => one.patient.id),
      [kept.id],
    );
    ok(await doctor.send('POST', `/api/merges/${merged.id}/separate`, { reason: 'deux personnes' }));
    assert.deepEqual(
      (await search(doctor, 'sclérothérapies')).map((one) => one.patient.id),
      [gone.id],
    );
  });

  test('DOS-10 a file added straight to a record, or through FHIR, is found by its words as well', async () => {
    const patient = await newPatient(nurse);
    ok(
      await nurse.send(
        'POST',
        `/api/patients/${patient.id}/documents`,
        ...fileForm(pdfOf(['Polysomnographie', 'Apnées obstructives sévères']), 'sommeil.pdf', {
          title: 'Sommeil',
          documentType: '11488-4',
        }),
      ),
    );
    ok(
      await doctor.send('POST', '/fhir/R4/DocumentReference', {
        resourceType: 'DocumentReference',
        status: 'current',
        subject: { reference: `Patient/${patient.id}` },
        description: 'Joint',
        content: [
          {
            attachment: {
              contentType: 'application/pdf',
              data: pdfOf(['Audiogramme : presbyacousie']).toString('base64'),
            },
          },
        ],
      }),
    );
    for (
      let tries = 0;
      tries < 400 &&
      ((await search(nurse, 'apnee')).length === 0 || (await search(nurse, 'presbyacousies')).length === 0);
      tries++
    )
      await new Promise((resolve) => setTimeout(resolve, 25));
    assert.deepEqual(
      [
        (await search(nurse, 'apnee obstructive')).length,
        (await search(nurse, 'presbyacousies')).length,
        (await search(nurse, 'sommeil')).length,
      ],
      [1, 1, 1],
    );
  });
  test('DOS-10 notes that one write brings are all found; one entered in error is not, one whose title is cut in the middle of a sign is', async () => {
    const patient = await newPatient(nurse);
    const { fhir } = await testHouse();
    const note = (
      description: string,
      summary: string,
      status: ClinicalImpression['status'] = 'completed',
    ): ClinicalImpression => ({
      resourceType: 'ClinicalImpression',
      status,
      subject: { reference: `Patient/${patient.id}` },
      date: '2026-05-01T10:00:00Z',
      description,
      summary,
    });
    const made = await fhir
      .asSystem(practice.tenant, 'reprise')
      .createMany([
        note('Un', 'Trichotillomanie stable'),
        note('Deux', 'Trichotillomanie guérie'),
        note('Trois', 'Trichotillomanie', 'entered-in-error'),
        note(`x${'\u{1f600}'.repeat(4_500)}`, 'Trichotillomanie'),
      ]);
    const hits = async () => (await search(doctor, 'trichotillomanies')).map((one) => one.id).sort();
    assert.deepEqual(await hits(), [made[0]!.id, made[1]!.id, made[3]!.id].sort());
    // Of many documents the newest are looked into one by one, the others found by the index: the page is the same.
    const often = Array.from({ length: 900 }, (_, n) => ({
      ...note('Suite', n % 300 === 0 ? 'Onychophagie rare' : 'Rien à signaler, onychophagie'),
      date: `20${10 + (n % 16)}-03-0${1 + (n % 9)}T10:00:00Z`,
    }));
    for (let at = 0; at < often.length; at += 300)
      await fhir.asSystem(practice.tenant, 'reprise').createMany(often.slice(at, at + 300));
    for (const asked of ['rares onychophagies', '"onychophagie rare"'])
      assert.deepEqual(
        (await search(doctor, asked)).map((one) => one.at.slice(0, 4)),
        ['2022', '2018', '2010'],
        asked,
      );
  });
  test('DOS-10 files that a take-over brings are all read; one that brought the reader down is tried three times, and keeps none of the others from being read', async () => {
    const patient = await newPatient(nurse);
    const { fhir, db, record } = await testHouse();
    const made = await fhir.asSystem(practice.tenant, 'reprise').createMany(
      Array.from({ length: 40 }, (_, n) => ({
        resourceType: 'DocumentReference',
        status: 'current',
        subject: { reference: `Patient/${patient.id}` },
        description: `Pièce ${n}`,
        content: [
          {
            attachment: {
              contentType: 'text/plain; charset=utf-8',
              data: Buffer.from(`Hippocratisme digital, constaté à la visite ${n}`).toString('base64'),
            },
          },
        ],
      })),
    );
    await record.readTexts();
    const found = async (q: string) => (await search(doctor, q, `&patient=${patient.id}`)).length;
    assert.deepEqual([await found('hippocratismes'), await found('hippocratisme "visite 39"')], [20, 1]);
    const [first, second] = [made[0]!.id, made[1]!.id];
    const again = (id: string, tries: number) =>
      db.owner('test', (sql) =>
        sql.query(
          `update record.text set state = 'waiting', body = '', words = record.words_of(heading), tries = $3::int where tenant_id = $1::int and id = $2`,
          [practice.tenant, id, tries],
        ),
      );
    await again(first, 2);
    await again(second, 3);
    await record.readTexts();
    assert.deepEqual([await found('"visite 0"'), await found('"visite 1"')], [1, 0]);
    const states = await db.owner('test', (sql) =>
      sql.query('select state from record.text where tenant_id = $1::int and id = any($2::text[]) order by id = $3', [
        practice.tenant,
        `{${first},${second}}`,
        second,
      ]),
    );
    assert.deepEqual(states, [{ state: 'read' }, { state: 'unreadable' }]);
  });
  test('DOS-10 a file that an outage keeps from being read is not taken for an empty one: it is read the next time', async () => {
    const patient = await newPatient(nurse);
    const { fhir, db, record } = await testHouse();
    const path = `/api/patients/${patient.id}/documents`;
    const about = { title: 'Échographie', documentType: '11488-4' };
    ok(await nurse.send('POST', path, ...fileForm(pdfOf(['Lithiase vésiculaire']), 'echo.pdf', about)));
    await record.readTexts();
    const [row] = await db.owner('test', (sql) =>
      sql.query(
        `update record.text t set state = 'waiting', body = '', words = record.words_of(heading), tries = 0 from fhir.resource r
         where r.tenant_id = t.tenant_id and r.rid = t.rid and t.tenant_id = $1::int and r.content::text like $2 returning t.id`,
        [practice.tenant, `%Patient/${patient.id}%Échographie%`],
      ),
    );
    assert.ok(row);
    const cutOff = (tenant: number, reason: string): FhirStore => {
      const store = fhir.asSystem(tenant, reason);
      const read = (type: ResourceType, id: string) =>
        type === 'Binary'
          ? Promise.reject(Object.assign(new Error('terminating connection'), { code: '57P01' }))
          : store.read(type, id);
      return { ...store, read } as FhirStore;
    };
    await assert.rejects(new TextReader(db, cutOff, () => new Date()).run(), /terminating connection/);
    await record.readTexts();
    assert.equal((await search(doctor, 'lithiase', `&patient=${patient.id}`)).length, 1);
  });
  test('DOS-10 SEC-10 a server that stops does not wait for the file at hand, nor takes it for an unreadable one: it is read the next time', async () => {
    const patient = await newPatient(nurse);
    const { fhir, db, record } = await testHouse();
    const path = `/api/patients/${patient.id}/documents`;
    const about = { title: 'Scintigraphie', documentType: '11488-4' };
    ok(await nurse.send('POST', path, ...fileForm(pdfOf(['Hyperfixation sacro-iliaque']), 'scinti.pdf', about)));
    await record.readTexts();
    const like = `%Patient/${patient.id}%Scintigraphie%`;
    const texts = (statement: string) =>
      db.owner('test', (sql) =>
        sql.query(
          `${statement} where t.tenant_id = $1::int and t.rid in (select rid from fhir.resource r where r.tenant_id = $1::int and r.content::text like $2)`,
          [practice.tenant, like],
        ),
      );
    await texts(`update record.text t set state = 'waiting', body = '', words = record.words_of(t.heading), tries = 0`);
    const stoppedAt = (tenant: number, reason: string): FhirStore => {
      const store = fhir.asSystem(tenant, reason);
      const read = async (type: ResourceType, id: string) => {
        const found = await store.read(type, id);
        // Once the reading of the file has begun.
        if (type === 'Binary') setImmediate(() => void reader.stop());
        return found;
      };
      return { ...store, read } as FhirStore;
    };
    const reader = new TextReader(db, stoppedAt, () => new Date());
    await reader.run();
    assert.deepEqual(await texts('select t.state, t.tries from record.text t'), [{ state: 'waiting', tries: 0 }]);
    await record.readTexts();
    assert.equal((await search(doctor, 'hyperfixation', `&patient=${patient.id}`)).length, 1);
  });
  test('DOS-10 a rebuild of the index of words that is stopped says so, and a second one finishes it', async () => {
    const patient = await newPatient(nurse);
    const line = await receive(secretary, letterOf(patient, 'Doppler sans anomalie.'));
    ok(await sort(secretary, line, patient.id));
    const { commands, context } = await testHouse();
    const command = commands.find(({ name }) => name === 'documents words')!;
    const said: string[] = [];
    const run = (signal: AbortSignal) =>
      command.run(
        context,
        { values: {}, positionals: [], cwd: '/', signal } as never,
        { line: (text: string) => said.push(text) } as never,
      );
    assert.equal(await run(AbortSignal.abort()), 2);
    assert.match(said[0]!, /^Arrêté : .*Relancez la commande/);
    assert.equal(await run(new AbortController().signal), 0);
    assert.deepEqual(
      (await search(nurse, 'doppler', `&patient=${patient.id}`)).map((one) => one.id),
      [line.document],
    );
  });
  test('DOS-10 the index of words is made anew by a command, from the files themselves', async () => {
    const patient = await newPatient(nurse);
    const line = await receive(secretary, letterOf(patient, 'Capillaroscopie normale.'));
    ok(await sort(secretary, line, patient.id));
    const { db, commands, context } = await testHouse();
    await db.owner('lost', (sql) => sql.query('delete from record.text'));
    assert.deepEqual(await search(nurse, 'capillaroscopies'), []);
    const said: string[] = [];
    const command = commands.find(({ name }) => name === 'documents words')!;
    assert.equal(
      await command.run(
        context,
        { values: {}, positionals: [], cwd: '/', signal: new AbortController().signal } as never,
        { line: (text: string) => said.push(text) } as never,
      ),
      0,
    );
    assert.match(said[0]!, /^\d+ documents? (et|ou) notes? : l’index des mots est refait\.$/);
    assert.deepEqual(
      (await search(nurse, 'capillaroscopies')).map((one) => one.id),
      [line.document],
    );
  });
});
