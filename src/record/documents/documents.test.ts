import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { anyone, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { renderPdf } from '../../platform/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
const body = 'for (at, page) in data.pages.enumerate() { if at > 0 { pagebreak() }; for line in page { block(line) } }';
/** A real PDF, a page for each list of lines. */
const pdfOf = (...pages: string[][]): Buffer => Buffer.from(renderPdf(`#{ ${body} }`, { pages, title: 'Compte rendu', practice: '' }, new Date('2026-11-20T09:00:00Z')));
const file = (bytes: Buffer, name = 'scan.pdf', fields: Record<string, string> = {}): [Buffer, Record<string, string>] => {
  const boundary = 'estran-test-boundary';
  const text = Object.entries(fields).map(([key, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`).join('');
  return [Buffer.concat([Buffer.from(`${text}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]), { 'content-type': `multipart/form-data; boundary=${boundary}` }];
};

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
    const { id } = ok(await doctor.send('POST', '/api/patients', { birthFamily: family, birthGivens: 'Yvonne', birthDate: birth, sex: 'female' }));
    for (const one of team) ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: one.practitioner }));
    return { id, family, birth };
  }
  const letterOf = (patient: Made, ...lines: string[]): Buffer =>
    pdfOf(['CENTRE HOSPITALIER DE CORNOUAILLE', 'Cardiologie', 'Quimper, le 12/11/2026', 'Docteur Anne KERMARREC', `Concerne : Madame ${patient.family.toUpperCase()} Yvonne, née le ${patient.birth}`, 'Compte rendu de consultation', 'Cher confrère,', ...lines, 'Dr Hervé TOULARASTEL']);
  /** Puts a file in and waits until its text is read. */
  async function receive(who: TestPerson, bytes: Buffer, name?: string): Promise<Json> {
    const made = ok(await who.send('POST', '/api/documents/inbox', ...file(bytes, name)));
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
  const sort = (who: TestPerson, line: Json, patient: string, more: object = {}) => who.send('POST', `/api/documents/inbox/${line.document}/sort`, { version: line.version, patient, documentType: line.guess.documentType, title: line.guess.title, at: line.guess.at, author: line.guess.author, ...more });
  const documentsOf = async (who: TestPerson, patient: string): Promise<Json[]> => ok(await who.send('GET', `/api/patients/${patient}/record`)).documents;
  const search = async (who: TestPerson, q: string, more = ''): Promise<Json[]> => ok(await who.send('GET', `/api/documents/search?q=${encodeURIComponent(q)}${more}`)).hits;

  test('DOS-10 a received file is kept at once, read, proposed to the right patient with why, sorted by the secretary and read by its addressee', async () => {
    const patient = await newPatient(nurse);
    await newPatient();
    const line = await receive(secretary, letterOf(patient, 'Fraction d’éjection conservée, pas de récidive de fibrillation.'), 'SCAN_0001.pdf');
    assert.deepEqual(line.proposals.map((one: Json) => [one.patient.id, one.confidence]), [[patient.id, 'sure']]);
    assert.match(line.proposals[0].reasons.join(', '), /né\(e\) le .*nom DOCU.*prénom Yvonne/);
    assert.deepEqual([line.guess.documentType, line.guess.at, line.guess.author, line.guess.reader, line.guess.title, line.pages], ['11488-4', '12/11/2026', 'Dr Hervé TOULARASTEL, CENTRE HOSPITALIER DE CORNOUAILLE', doctor.practitioner, 'Compte rendu de consultation, CENTRE HOSPITALIER DE CORNOUAILLE', 1]);
    const done = ok(await sort(secretary, line, patient.id, { readers: [{ practitioner: doctor.practitioner, sign: true }] }));
    assert.deepEqual([done.state, done.patient.id, done.doneBy], ['sorted', patient.id, 'Maël Riou']);
    const [document] = await documentsOf(doctor, patient.id);
    assert.deepEqual([document.id, document.title, document.toRead], [line.document, line.guess.title, true]);
    const waiting = ok(await doctor.send('GET', '/api/documents/to-read')).lines;
    assert.deepEqual(waiting.map((one: Json) => [one.id, one.sign, one.patient.id]), [[line.document, true, patient.id]]);
    assert.deepEqual(ok(await nurse.send('GET', '/api/documents/to-read')).lines, [], 'asked of the physician, not of the nurse');
    // The secretary has no right on documents: what is sorted is closed to them again.
    assert.equal((await secretary.send('GET', `/api/documents/inbox/${line.document}/content`)).status, 403);
    assert.equal((await secretary.send('GET', `/api/patients/${patient.id}/documents/${line.document}/content`)).status, 403);
    assert.equal((await secretary.send('GET', `/fhir/R4/DocumentReference/${line.document}`)).status, 404);
    const [hit] = await search(doctor, 'fibrillations ejection');
    assert.deepEqual([hit.id, hit.marks.map(([from, to]: [number, number]) => hit.snippet.slice(from, to))], [line.document, ['éjection', 'fibrillation']]);
  });
});
void fc;
void anyone;
void testHouse;
