import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { fileForm, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { type Recognised, Recogniser } from '../../platform/index.ts';
import { squarePage, tiffOf } from '../../platform/pictures/tiff-for-tests.ts';
import { asRecognised, factsOf } from './facts.rules.ts';
import { matchOf } from './match.rules.ts';
import { ScanReader } from './scan-reader.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
const fax = readFileSync(join(import.meta.dirname, '../../platform/ocr/fax-for-tests.tif'));

test('DOS-10 a date that was recognised rules nobody out and makes nobody sure', () => {
  const patient = { id: 'p', families: ['kerscanel'], givens: ['yvonne'], birthDate: '1948-03-12', ins: '' };
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 28 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1920, max: 2020 }),
      (day, month, year) => {
        const text = `Madame KERSCANEL Yvonne, née le ${String(day).padStart(2, '0')}/${String(month).padStart(2, '0')}/${year}`;
        const match = matchOf(
          asRecognised(factsOf(text, 'fax.tif', new Date('2026-11-20T09:00:00Z'))),
          ' madame kerscanel yvonne nee le ',
          patient,
        );
        assert.equal(match?.confidence, day === 12 && month === 3 && year === 1948 ? 'likely' : 'possible');
      },
    ),
  );
});

describe('scans whose text is recognised', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let nurse: TestPerson;
  let secretary: TestPerson;
  let stranger: TestPerson;
  let patient: string;
  const real = new Recogniser();
  before(async () => {
    practice = await newPractice('Maison des numérisations');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    nurse = await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' });
    secretary = await practice.person('medical-secretary', { family: 'Riou', given: 'Maël' });
    stranger = await (await newPractice()).person('physician');
    patient = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: 'Kerscanel',
        birthGivens: 'Yvonne',
        birthDate: '12/03/1948',
        sex: 'female',
      }),
    ).id;
  });
  after(() => real.close());
  /** The house recognises with this one, as if it were switched on; what it does is done when this is. */
  async function within<T>(
    recogniser: Pick<Recogniser, 'page' | 'works' | 'close'>,
    work: (reader: ScanReader) => Promise<T>,
  ): Promise<T> {
    const { record } = await testHouse();
    const reader = new ScanReader(record.room.db, record.room.house, record.room.now, recogniser as Recogniser);
    record.room.scans = reader;
    try {
      return await work(reader);
    } finally {
      record.room.scans = undefined;
    }
  }
  const says = (...pages: (Recognised | null)[]) => {
    const asked: number[] = [];
    return {
      asked,
      works: true,
      close: async () => undefined,
      page: async ({ page }: { page: number }) => (asked.push(page), pages[page - 1] ?? { text: '', confidence: 0 }),
    };
  };
  const texts = async () => (await testHouse()).record.readTexts();
  const receive = async (bytes: Buffer, name: string): Promise<Json> =>
    ok(await secretary.send('POST', '/api/documents/inbox', ...fileForm(bytes, name)));
  const get = async (document: string): Promise<Json> =>
    ok(await secretary.send('GET', `/api/documents/inbox/${document}`));
  const sort = (line: Json, more: object = {}) =>
    secretary.send('POST', `/api/documents/inbox/${line.document}/sort`, {
      version: line.version,
      patient,
      documentType: line.guess.documentType,
      title: line.guess.title,
      ...more,
    });
  const search = async (who: TestPerson, words: string): Promise<Json[]> =>
    ok(await who.send('GET', `/api/documents/search?q=${encodeURIComponent(words)}`)).hits;

  test('DOS-10 a fax: its patient is proposed as likely, never as certain, its words are found and said to be recognised; who may not read finds none', async () => {
    const made = await receive(fax, 'SCAN_0031.tif');
    await texts();
    assert.deepEqual(
      [(await get(made.document)).recognition, (await get(made.document)).reading],
      [null, false],
      'switched off, nothing is promised',
    );
    await within(real, async (reader) => {
      const waiting = await get(made.document);
      assert.deepEqual(
        [waiting.reading, waiting.recognition],
        [true, { done: 0, pages: 2, running: true, confidence: null }],
      );
      await reader.run();
    });
    const line = await get(made.document);
    assert.deepEqual(
      line.proposals.map((one: Json) => [one.patient.id, one.confidence]),
      [[patient, 'likely']],
    );
    assert.match(
      line.proposals[0].reasons.join(', '),
      /date 12\/03\/1948, nom KERSCANEL, prénom Yvonne, texte reconnu/,
    );
    assert.deepEqual(
      [
        line.recognition.done,
        line.recognition.pages,
        line.recognition.running,
        line.recognition.confidence > 80,
        line.pages,
      ],
      [2, 2, false, true, 2],
    );
    assert.deepEqual(
      [line.guess.documentType, line.guess.at, line.guess.author],
      ['11488-4', '12/11/2026', 'Dr Hervé TOULARASTEL, CENTRE HOSPITALIER DE CORNOUAILLE'],
    );
    assert.deepEqual(await search(doctor, 'pneumopathies'), [], 'not sorted, it is in nobody’s record');
    ok(await sort(line));
    const [hit] = await search(doctor, 'pneumopathies');
    assert.deepEqual([hit.id, hit.recognised > 80], [line.document, true]);
    for (const who of [nurse, stranger]) assert.deepEqual(await search(who, 'pneumopathies'), []);
    assert.equal((await secretary.send('GET', `/api/documents/search?q=pneumopathies`)).body.hits?.length ?? 0, 0);
    // Corrected, it keeps its words; they are not recognised twice.
    const record = ok(await doctor.send('GET', `/api/patients/${patient}/record`)).documents[0];
    ok(
      await doctor.send('POST', `/api/patients/${patient}/documents/${line.document}/read`, {
        version: record.version,
      }),
    );
    await texts();
    assert.equal((await search(doctor, 'pneumopathies')).length, 1);
  });
  test('DOS-10 SEC-11 a page at a time, first pages first, each kept at once: what ends in the midst loses one page at most, and a page that never succeeds is left as a picture', async () => {
    const pages = tiffOf([squarePage(), squarePage(), squarePage()]);
    const [long, short] = [await receive(pages, 'long.tif'), await receive(tiffOf([squarePage(72, 90)]), 'court.tif')];
    await texts();
    let calls = 0;
    const stops = {
      works: true,
      close: async () => undefined,
      page: async () =>
        ++calls > 2 ? ((stops.works = false), null) : { text: `Suite oblitérante ${calls}`, confidence: 0.8 },
    };
    await within(stops, async (reader) => {
      await reader.run();
      assert.equal(
        (await get(long.document)).recognition.done + (await get(short.document)).recognition.done,
        2,
        'the first page of each',
      );
      assert.equal((await get(long.document)).recognition.running, false);
    });
    const failing = says(null, null, { text: 'Dernière page xanthochromique', confidence: 0.5 });
    await within(failing, (reader) => reader.run());
    assert.deepEqual(failing.asked, [2, 3], 'begun twice in all, then left');
    const line = await get(long.document);
    assert.deepEqual(line.recognition, { done: 3, pages: 3, running: false, confidence: 62 });
    ok(await sort(line));
    assert.equal((await search(doctor, 'xanthochromique oblitérante')).length, 1);
  });
  test('DOS-10 SEC-17 of a very long scan the first thirty pages are recognised, and it says so', async () => {
    const line = await receive(tiffOf(Array.from({ length: 33 }, () => squarePage(24, 16))), 'liasse.tif');
    await texts();
    const words = says(
      ...Array.from({ length: 33 }, (_, at) => ({ text: `Feuillet numéro ${at + 1}`, confidence: 0.9 })),
    );
    await within(words, (reader) => reader.run());
    assert.equal(words.asked.length, 30);
    assert.deepEqual(
      [(await get(line.document)).pages, (await get(line.document)).recognition],
      [33, { done: 30, pages: 30, running: false, confidence: 90 }],
    );
  });
  test('DOS-10 a photograph without words is no text; a document attached to a record is found by its words too; entered in error, no more', async () => {
    const photo = await receive(tiffOf([squarePage(64, 80)]), 'plaie.tif');
    const written = ok(
      await doctor.send(
        'POST',
        `/api/patients/${patient}/documents`,
        ...fileForm(tiffOf([squarePage(40, 48)]), 'scan.tif', { title: 'Numérisation', documentType: '34109-9' }),
      ),
    );
    await texts();
    let first = true;
    const one = {
      works: true,
      close: async () => undefined,
      page: async (): Promise<Recognised> =>
        first
          ? ((first = false), { text: ' … ; ', confidence: 0.9 })
          : { text: 'Lettre dyschromatopsique\u0000 du spécialiste', confidence: 0.7 },
    };
    await within(one, (reader) => reader.run());
    assert.deepEqual([(await get(photo.document)).recognition, (await get(photo.document)).reading], [null, false]);
    assert.deepEqual(
      (await search(doctor, 'dyschromatopsique')).map((hit) => [hit.id, hit.recognised]),
      [[written.lines[0].id, 70]],
    );
    const [{ id, version }] = written.lines;
    ok(
      await doctor.send('POST', `/api/patients/${patient}/entries/DocumentReference/${id}/error`, {
        version,
        reason: 'essai',
      }),
    );
    assert.deepEqual(await search(doctor, 'dyschromatopsique'), []);
  });
});
