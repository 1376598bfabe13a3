import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { fileForm, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { squarePage, tiffOf } from '../../platform/pictures/tiff-for-tests.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
const fax = tiffOf([squarePage(1728, 1078), squarePage(1728, 1078), squarePage(200, 100)]);

describe('faxes and scans in TIFF', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let nurse: TestPerson;
  let secretary: TestPerson;
  let stranger: TestPerson;
  let patient: string;
  before(async () => {
    practice = await newPractice('Maison des télécopies');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    nurse = await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' });
    secretary = await practice.person('medical-secretary', { family: 'Riou', given: 'Maël' });
    stranger = await (await newPractice()).person('medical-secretary');
    patient = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: 'Telecomel',
        birthGivens: 'Yvonne',
        birthDate: '12/03/1948',
        sex: 'female',
      }),
    ).id;
  });
  /** What a browser shows of it, and what is downloaded. */
  async function seen(
    who: TestPerson,
    url: string,
  ): Promise<{ status: number; type: string | undefined; pages: number }> {
    const answer = await who.send('GET', url);
    return {
      status: answer.status,
      type: answer.headers['content-type'],
      pages: answer.text.match(/\/Type\/Page\//g)?.length ?? 0,
    };
  }
  /** The bytes as they are kept: what the FHIR API gives. */
  async function kept(document: string): Promise<Buffer> {
    const house = (await testHouse()).fhir.asSystem(practice.tenant, 'essai');
    const { resource } = await house.read('DocumentReference', document);
    const binary = /Binary\/(.+)$/.exec((resource as Json).content[0].attachment.url)![1]!;
    return Buffer.from(((await house.read('Binary', binary)).resource as Json).data, 'base64');
  }

  test('DOS-10 a fax that is dropped is kept as it came, shown page by page, downloaded untouched, sorted and read', async () => {
    const line = ok(await secretary.send('POST', '/api/documents/inbox', ...fileForm(fax, 'fax_0412.tif')));
    assert.equal(line.contentType, 'image/tiff');
    const url = `/api/documents/inbox/${line.document}/content`;
    assert.deepEqual(await seen(secretary, url), { status: 200, type: 'application/pdf', pages: 3 });
    const downloaded = await secretary.send('GET', `${url}?telecharger`);
    assert.deepEqual(
      [
        downloaded.headers['content-type'],
        downloaded.headers['content-disposition'],
        downloaded.headers['content-length'],
      ],
      ['image/tiff', 'attachment; filename="fax_0412.tif"', String(fax.length)],
    );
    assert.ok((await kept(line.document)).equals(fax), 'not a byte is changed');
    await (await testHouse()).record.readTexts();
    assert.equal(ok(await secretary.send('GET', `/api/documents/inbox/${line.document}`)).pages, 3);
    for (const who of [stranger, nurse, doctor]) assert.equal((await seen(who, url)).status, 404);
    ok(
      await secretary.send('POST', `/api/documents/inbox/${line.document}/sort`, {
        version: line.version,
        patient,
        documentType: '34109-9',
        title: 'Télécopie',
      }),
    );
    const [document] = ok(await doctor.send('GET', `/api/patients/${patient}/record`)).documents;
    assert.deepEqual([document.contentType, document.previewable], ['image/tiff', true]);
    assert.deepEqual(await seen(doctor, document.contentUrl), { status: 200, type: 'application/pdf', pages: 3 });
    for (const who of [nurse, secretary, stranger]) assert.ok((await seen(who, document.contentUrl)).status >= 403);
  });
  test('DOS-10 it is attached to a record and to a message like a PDF', async () => {
    const written = ok(
      await doctor.send(
        'POST',
        `/api/patients/${patient}/documents`,
        ...fileForm(fax, 'scan.tiff', { title: 'Numérisation', documentType: '34109-9' }),
      ),
    );
    assert.equal((await seen(doctor, `/api/patients/${patient}/documents/${written.lines[0].id}/content`)).pages, 3);
    const { messages } = ok(
      await doctor.send(
        'POST',
        '/api/messages/threads',
        ...fileForm(fax, 'fax.tif', {
          message: JSON.stringify({
            key: randomUUID(),
            topic: 'Télécopie',
            text: 'La voici.',
            to: { people: [nurse.practitioner], professions: [] },
          }),
        }),
      ),
    );
    const [file] = messages[0].files;
    assert.equal(file.contentType, 'image/tiff');
    assert.deepEqual(await seen(nurse, file.url), { status: 200, type: 'application/pdf', pages: 3 });
  });
  test('DOS-10 SEC-17 a hostile TIFF is refused with what to do, by every door, and nothing is kept of it', async () => {
    const page = squarePage();
    const hostile: [number, Buffer][] = [
      [422, tiffOf([page, page], ([first]) => first!)],
      [
        413,
        tiffOf([
          {
            ...page,
            tags: [
              [256, 4, [60_000]],
              [257, 4, [60_000]],
            ],
          },
        ]),
      ],
      [422, fax.subarray(0, fax.length - 100)],
      [415, tiffOf([{ ...page, tags: [[259, 3, [34712]]] }])],
      [422, Buffer.from('II*\0\b\0\0\0')],
    ];
    const before = ok(await secretary.send('GET', '/api/documents/inbox')).waiting.length;
    for (const [status, bytes] of hostile)
      for (const answer of [
        await secretary.send('POST', '/api/documents/inbox', ...fileForm(bytes, 'fax.tif')),
        await doctor.send(
          'POST',
          `/api/patients/${patient}/documents`,
          ...fileForm(bytes, 'fax.tif', { title: 'x', documentType: '34109-9' }),
        ),
      ]) {
        assert.equal(answer.status, status, answer.text);
        assert.match(answer.body.detail, /Rien n’a été enregistré : /);
      }
    assert.equal(ok(await secretary.send('GET', '/api/documents/inbox')).waiting.length, before);
    // One that a program brought in by the API: it is told, and can still be downloaded.
    const made = ok(
      await doctor.send('POST', '/fhir/R4/DocumentReference', {
        resourceType: 'DocumentReference',
        status: 'current',
        subject: { reference: `Patient/${patient}` },
        description: 'Abîmé',
        content: [{ attachment: { contentType: 'image/tiff', data: hostile[0]![1].toString('base64') } }],
      }),
    );
    const shown = await doctor.send('GET', `/api/patients/${patient}/documents/${made.id}/content`);
    assert.deepEqual([shown.status, shown.body.title], [422, 'Aperçu impossible']);
    assert.equal(
      (await doctor.send('GET', `/api/patients/${patient}/documents/${made.id}/content?telecharger`)).headers[
        'content-type'
      ],
      'image/tiff',
    );
  });
});
