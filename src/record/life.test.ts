import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { contractsByRoom } from '../../scripts/derive-contracts.ts';
import * as b from './data/sections/build.ts';
import { newPractice, type TestPerson, type TestPractice } from '../../test/app.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
/** How each form adds and corrects: what is sent first, what the correction changes, and the words of both as versions show them. */
interface Kind {
  path: string;
  /** Path of a correction, when it is not `path/:id`. */
  correct?: string;
  type: string;
  first: Json;
  next: Json;
  said: [before: RegExp, after: RegExp];
  /** Signed in the sense of a signature: never unsigned nor deleted. */
  signed?: true;
}
const kinds: Record<string, Kind> = {
  addNote: {
    path: 'notes',
    type: 'Composition',
    first: { title: 'Visite', text: 'Va bien.' },
    next: { title: 'Visite', text: 'Va mieux.' },
    said: [/Va bien/, /Va mieux/],
    signed: true,
  },
  addProblem: {
    path: 'problems',
    type: 'Condition',
    first: { label: 'Asthme' },
    next: { label: 'Asthme sévère' },
    said: [/Asthme/, /sévère/],
  },
  addAllergy: {
    path: 'allergies',
    type: 'AllergyIntolerance',
    first: { label: 'Pénicilline', reaction: 'urticaire' },
    next: { label: 'Pénicilline', reaction: 'œdème' },
    said: [/urticaire/, /œdème/],
  },
  addVaccine: {
    path: 'vaccines',
    type: 'Immunization',
    first: { vaccine: 'VAC0567', lot: 'AAA1' },
    next: { vaccine: 'VAC0567', lot: 'BBB2' },
    said: [/AAA1/, /BBB2/],
  },
  addTreatment: {
    path: 'treatments',
    type: 'MedicationStatement',
    first: { label: 'Metformine 500 mg', dosage: '1 matin' },
    next: { label: 'Metformine 1000 mg', dosage: '1 matin' },
    said: [/500 mg/, /1000 mg/],
  },
  addAlert: {
    path: 'alerts',
    type: 'Flag',
    first: { label: 'Risque de chute' },
    next: { label: 'Risque de chute élevé' },
    said: [/chute/, /élevé/],
  },
  addHistory: {
    path: 'history',
    correct: 'history/Condition',
    type: 'Condition',
    first: { topic: 'personal', label: 'Appendicectomie', at: '1975' },
    next: { topic: 'personal', label: 'Appendicectomie', at: '1976' },
    said: [/1975/, /1976/],
  },
  addGoal: {
    path: 'goals',
    type: 'Goal',
    first: { label: 'Marcher' },
    next: { label: 'Marcher sans canne' },
    said: [/Marcher/, /sans canne/],
  },
  enterMeasures: {
    path: 'measures',
    type: 'Observation',
    first: { values: [{ code: '29463-7', value: '72,4' }] },
    next: { values: [{ code: '29463-7', value: '73' }] },
    said: [/72,4/, /73/],
  },
  addSituation: {
    path: 'vaccine-situations',
    type: 'ImmunizationRecommendation',
    first: { situation: 'institution' },
    next: { situation: 'institution', until: '31/12/2030' },
    said: [/./, /2030/],
  },
};
/** Entries that have a life of their own, with tests of their own: where. */
const elsewhere: Record<string, string> = {
  recordChoice: 'record.test.ts',
  addToTeam: 'record.test.ts',
  uploadDocument: 'record.test.ts',
  addSection: 'sections/sections.test.ts',
  addResults: 'results/',
  beginSummary: 'summary.test.ts',
  writeLetter: 'letters/',
  fillLetter: 'letters/',
  tryTemplate: 'letters/',
  previewLetter: 'letters/',
  signOrder: 'orders/',
  undo: 'record.test.ts',
  noTreatment: 'treatments/',
  actOnTreatment: 'treatments/',
  reportTreatments: 'treatments/',
  proposeTreatment: 'treatments/',
  reconcileTreatments: 'treatments/',
  prescribingAid: 'treatments/',
};

describe('the life of an entry', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let midwife: TestPerson;
  let patient = '';
  before(async () => {
    practice = await newPractice('Maison des versions');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    midwife = await practice.person('midwife', { family: 'Le Gall', given: 'Marine' });
    patient = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: 'Versionnel',
        birthGivens: 'Yvonne',
        birthDate: '12/03/1948',
        sex: 'female',
      }),
    ).id;
    ok(await doctor.send('POST', `/api/patients/${patient}/team`, { practitioner: midwife.practitioner }));
  });
  const at = (more: string) => `/api/patients/${patient}/${more}`;
  const fhir = (type: string, id: string, more = '') => `/fhir/R4/${type}/${id}${more}`;
  const versionsOf = async (type: string, id: string): Promise<Json[]> =>
    ok(await midwife.send('GET', at(`entries/${type}/${id}/versions`))).versions;
  const text = (version: Json): string => JSON.stringify(version.fields);

  test('DOS-16 every way of adding to a record is here, or has its test elsewhere', async () => {
    const { record } = (await contractsByRoom()) as Record<string, Record<string, { method: string; path: string }>>;
    const adds = Object.entries(record!)
      .filter(
        ([, { method, path }]) =>
          method === 'POST' && /^\/api\/patients\/:patient\/[a-z-]+(\/[a-z-]+)?$/.test(path) && !path.endsWith('/end'),
      )
      .map(([name]) => name);
    assert.deepEqual(
      adds.filter((name) => !kinds[name] && !elsewhere[name]),
      [],
    );
  });

  for (const [name, kind] of Object.entries(kinds))
    test(`DOS-16 ${name}: corrected is a version more, every version is read and compared, entered in error is the end, nothing is overwritten by a screen or by FHIR`, async () => {
      const { type } = kind;
      const made = ok(await doctor.send('POST', at(kind.path), kind.first)).lines[0];
      assert.equal(made.type, type);
      const first = (await doctor.send('GET', fhir(type, made.id))).text;
      const correction = (who: TestPerson, version: number, body: Json) =>
        who.send('PUT', at(`${kind.correct ?? kind.path}/${made.id}`), { ...body, version, reason: 'précision' });
      ok(await correction(midwife, 1, kind.next));
      const [second, one] = await versionsOf(type, made.id);
      assert.match(text(one), kind.said[0]);
      assert.match(text(second), kind.said[1]);
      assert.deepEqual(
        [
          second.version,
          second.who.name,
          second.reason,
          second.status,
          second.changes.some((row: Json) => row.changed),
          one.version,
          one.who.name,
        ],
        [2, 'Marine Le Gall', 'précision', 'amended', true, 1, 'Anne Kermarrec'],
      );
      // The version seen is gone: both are shown, nothing is lost.
      const stale = await correction(doctor, 1, kind.first);
      assert.deepEqual(
        [stale.status, stale.body.code, stale.body.comparison.length > 0],
        [409, 'edited-meanwhile', true],
      );
      assert.equal((await doctor.send('GET', fhir(type, made.id, '/_history/1'))).text, first, 'to the byte');

      // FHIR: PUT and PATCH make versions, an old version seen is refused, a deletion leaves the history or is refused.
      const now = ok(await doctor.send('GET', fhir(type, made.id)));
      const put = await doctor.send('PUT', fhir(type, made.id), { ...now, language: 'fr' }, { 'if-match': 'W/"2"' });
      assert.equal(put.status, 200, put.text);
      assert.equal(
        (await doctor.send('PUT', fhir(type, made.id), { ...now, language: 'en' }, { 'if-match': 'W/"2"' })).status,
        412,
      );
      const patched = await doctor.send(
        'PATCH',
        fhir(type, made.id),
        [{ op: 'replace', path: '/language', value: 'fr-FR' }],
        { 'content-type': 'application/json-patch+json' },
      );
      assert.equal(patched.status, 200, patched.text);
      assert.deepEqual(
        (await versionsOf(type, made.id)).map((version) => [version.version, version.who.name]),
        [
          [4, 'Anne Kermarrec'],
          [3, 'Anne Kermarrec'],
          [2, 'Marine Le Gall'],
          [1, 'Anne Kermarrec'],
        ],
        'who wrote each, by FHIR too',
      );
      if (kind.signed) {
        for (const [method, body, headers] of [
          ['DELETE', undefined, {}],
          ['PUT', { ...now, status: 'preliminary' }, {}],
          [
            'PATCH',
            [{ op: 'replace', path: '/status', value: 'preliminary' }],
            { 'content-type': 'application/json-patch+json' },
          ],
        ] as const)
          assert.equal(
            (await doctor.send(method, fhir(type, made.id), body, headers as never)).status,
            409,
            `${method} of what is signed`,
          );
        assert.equal(
          (
            await doctor.send('POST', '/fhir/R4', {
              resourceType: 'Bundle',
              type: 'transaction',
              entry: [{ request: { method: 'DELETE', url: `${type}/${made.id}` } }],
            })
          ).status,
          409,
        );
        assert.equal((await correction(doctor, 4, { ...kind.first, draft: true })).status, 422, 'nor by the screen');
      }
      if (type === 'ImmunizationRecommendation') return;
      const error = ok(
        await doctor.send('POST', at(`entries/${type}/${made.id}/error`), { version: 4, reason: 'autre patient' }),
      ).lines[0];
      assert.equal(error.status, 'entered-in-error');
      const [last] = await versionsOf(type, made.id);
      assert.deepEqual(
        [last.version, last.status, last.reason, last.who.name],
        [5, 'entered-in-error', 'autre patient', 'Anne Kermarrec'],
      );
      assert.equal(
        (await correction(doctor, 5, kind.next)).body.code,
        'entered-in-error',
        'it is not corrected any more',
      );
      assert.equal((await doctor.send('GET', fhir(type, made.id, '/_history/1'))).text, first);
      for (const list of Object.values(ok(await doctor.send('GET', at('record')))).filter(Array.isArray))
        assert.ok(
          !(list as Json[]).some(
            (line) =>
              line?.id === made.id &&
              line.type === type &&
              line.act === undefined &&
              line.status !== 'entered-in-error',
          ),
        );
    });

  test('DOS-16 a draft is changed, signed once, taken back by its author at once or not at all', async () => {
    const draft = ok(await doctor.send('POST', at('notes'), { title: 'Brouillon', text: 'un', draft: true })).lines[0];
    assert.equal(draft.status, 'draft');
    ok(
      await doctor.send('PUT', at(`notes/${draft.id}`), { title: 'Brouillon', text: 'deux', draft: true, version: 1 }),
    );
    const signed = ok(
      await doctor.send('PUT', at(`notes/${draft.id}`), { title: 'Brouillon', text: 'trois', version: 2 }),
    ).lines[0];
    assert.equal(signed.status, 'final');
    assert.deepEqual(
      (await versionsOf('Composition', draft.id)).map((version) => version.status),
      ['final', 'draft', 'draft'],
    );
    const begun = ok(await doctor.send('POST', at('notes'), { title: 'Vite', text: 'non', draft: true })).lines[0];
    assert.equal(
      (await midwife.send('POST', at('undo'), { entries: [{ type: 'Composition', id: begun.id, version: 1 }] })).status,
      409,
      'another’s',
    );
    assert.deepEqual(
      ok(await doctor.send('POST', at('undo'), { entries: [{ type: 'Composition', id: begun.id, version: 1 }] }))
        .undone[0].act,
      'deleted',
    );
    const final = ok(await doctor.send('POST', at('notes'), { title: 'Signée', text: 'oui' })).lines[0];
    assert.equal(
      ok(await doctor.send('POST', at('undo'), { entries: [{ type: 'Composition', id: final.id, version: 1 }] }))
        .undone[0].act,
      'entered-in-error',
    );
    assert.equal((await versionsOf('Composition', final.id)).length, 2);
  });

  /** What is signed stays so by FHIR: neither deleted nor unsigned, each of its versions to the byte. */
  async function staysSigned(type: string, id: string, unsigned: object): Promise<void> {
    const now = await doctor.send('GET', fhir(type, id));
    const version = now.headers.etag;
    for (const [method, body] of [
      ['DELETE', undefined],
      ['PUT', { ...now.body, ...unsigned }],
    ] as const)
      assert.equal((await doctor.send(method, fhir(type, id), body)).status, 409, `${method} of a signed ${type}`);
    const after = await doctor.send('GET', fhir(type, id));
    assert.deepEqual([after.headers.etag, after.text], [version, now.text]);
    assert.equal((await doctor.send('GET', fhir(type, id, '/_history/1'))).status, 200);
  }
  test('DOS-16 a section, a medical summary and a document that are signed stay so', async () => {
    const { form } = b.section(
      'essai',
      '1.0',
      { title: 'Feuille', description: 'Pour les essais.', professions: ['physician'], theme: 'wound' },
      [b.text('mot', 'Un mot')],
    );
    const begun = ok(await doctor.send('POST', '/api/sections', { form }));
    const section = ok(await doctor.send('POST', `/api/sections/${begun.id}/publish`, { version: begun.version }));
    const items = (word: string) => [{ linkId: 'mot', answer: [{ valueString: word }] }];
    const filled = ok(
      await doctor.send('POST', at('sections'), {
        section: section.id,
        edition: section.edition,
        items: items('premier'),
      }),
    ).lines.find((line: Json) => line.type === 'QuestionnaireResponse');
    ok(
      await doctor.send('PUT', at(`sections/${filled.id}`), {
        section: section.id,
        edition: section.edition,
        items: items('second'),
        version: filled.version,
        reason: 'précision',
      }),
    );
    const answers = await versionsOf('QuestionnaireResponse', filled.id);
    assert.deepEqual(
      [answers.length, /second/.test(text(answers[0])), /premier/.test(text(answers[1]))],
      [2, true, true],
    );
    await staysSigned('QuestionnaireResponse', filled.id, { status: 'in-progress' });

    const draft = ok(await doctor.send('POST', at('summaries')));
    const checked = ok(
      await doctor.send('POST', at(`summaries/${draft.id}/changes`), { act: 'verify', section: 'all', verified: true }),
    );
    ok(await doctor.send('POST', at(`summaries/${draft.id}/sign`), { seal: checked.seal }));
    await staysSigned('Composition', draft.id, { status: 'preliminary' });

    const paper = ok(
      await doctor.send('POST', '/fhir/R4/DocumentReference', {
        resourceType: 'DocumentReference',
        status: 'current',
        docStatus: 'final',
        subject: { reference: `Patient/${patient}` },
        author: [{ reference: `Practitioner/${doctor.practitioner}` }],
        date: '2026-01-02T10:00:00Z',
        description: 'Courrier',
        content: [
          {
            attachment: { contentType: 'text/plain', title: 'Courrier', data: Buffer.from('mots').toString('base64') },
          },
        ],
      }),
    );
    ok(
      await doctor.send('PUT', at(`documents/${paper.id}`), {
        title: 'Courrier du cardiologue',
        documentType: '34109-9',
        version: 1,
        reason: 'titre',
      }),
    );
    const papers = await versionsOf('DocumentReference', paper.id);
    assert.deepEqual(
      [
        papers.length,
        papers[0].changes.some((row: Json) => row.before === 'Courrier' && row.after === 'Courrier du cardiologue'),
      ],
      [2, true],
    );
    await staysSigned('DocumentReference', paper.id, { docStatus: 'preliminary' });
  });

  test('DOS-16 SEC-11 two who correct at once: one wins, the other is shown both, nothing is lost', async () => {
    const made = ok(await doctor.send('POST', at('problems'), { label: 'Lombalgie' })).lines[0];
    const answers = await Promise.all(
      [doctor, midwife, doctor, midwife].map((who, n) =>
        who.send('PUT', at(`problems/${made.id}`), { label: `Lombalgie ${n}`, version: 1 }),
      ),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409]);
    assert.equal((await versionsOf('Condition', made.id)).length, 2);
  });
});
