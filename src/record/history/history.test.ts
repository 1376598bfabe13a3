import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Observation } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { newPractice, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { answersInWords, figuresInWords, isEarlyVascular, isFlagged, packYearsOf } from '../contract/history.rules.ts';
import { historySubjects, mayBeNone } from '../data/history.ts';
import { answeredParts, factsOf, topicCategory } from './observation.ts';

interface Line {
  id: string;
  type: string;
  version: number;
  label: string;
  topic: string;
  detail: string;
  relative: string | null;
  none: boolean;
  flagged: boolean;
}
describe('history and risk', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let nurse: TestPerson;
  let n = 0;
  const patient = async (): Promise<string> => {
    const made = await doctor.send('POST', '/api/patients', {
      birthFamily: `Kerhist${'abcdefghijklmnopqrstuvwxyz'[n++ % 26]}`,
      birthGivens: 'Annie',
      birthDate: `${String(1 + (n % 28)).padStart(2, '0')}/03/19${40 + n}`,
      sex: 'female',
    });
    assert.equal(made.status, 200, made.text);
    await doctor.send('POST', `/api/patients/${made.body.id}/team`, { practitioner: nurse.practitioner });
    return made.body.id;
  };
  const add = (id: string, body: object, who = doctor) => who.send('POST', `/api/patients/${id}/history`, body);
  const lines = async (id: string, who = doctor): Promise<Line[]> =>
    (await who.send('GET', `/api/patients/${id}/record`)).body.history;
  const said = (all: readonly Line[]) =>
    all.map((line) => [line.topic, line.relative, line.label, line.detail].filter(Boolean).join(' · '));
  before(async () => {
    practice = await newPractice();
    doctor = await practice.person('physician');
    nurse = await practice.person('nurse');
  });

  test('DOS-2 personal and family history, an operation, a risk, a way of life and a social situation: coded, free words too, and read by a nurse', async () => {
    const id = await patient();
    for (const body of [
      {
        topic: 'personal',
        label: 'Pneumopathie aiguë',
        code: 'J18.9',
        system: 'http://hl7.org/fhir/sid/icd-10',
        also: [{ system: 'http://hl7.org/fhir/sid/icpc-2', code: 'R81' }],
        at: '2011',
      },
      {
        topic: 'family',
        label: 'Infarctus du myocarde',
        code: 'I21.9',
        system: 'http://hl7.org/fhir/sid/icd-10',
        relative: 'FTH',
        age: 48,
        died: true,
      },
      { topic: 'procedure', label: 'Appendicectomie', at: '1979' },
      { topic: 'risk', subject: 'tobacco', answers: ['former'], perDay: 15, years: 30, stopped: '2019' },
      { topic: 'risk', subject: 'alcohol', answers: ['regular'], glasses: 14 },
      { topic: 'lifestyle', label: 'Jardine, pêche à pied' },
      { topic: 'social', subject: 'household', answers: ['alone'] },
      { topic: 'social', subject: 'rights', answers: ['c2s', 'ald'] },
    ])
      assert.equal((await add(id, body)).status, 200, JSON.stringify(body));
    const seen = await lines(id, nurse);
    assert.deepEqual(said(seen).sort(), [
      'family · Père · Infarctus du myocarde · décès à 48 ans, précoce',
      'lifestyle · Mode de vie · Jardine, pêche à pied',
      'personal · Pneumopathie aiguë · 2011',
      'procedure · Appendicectomie · 1979',
      'risk · Alcool · Alcool régulier, 14 verres par semaine',
      'risk · Tabac · Ancien fumeur, 15 cigarettes par jour, 22,5 paquets-années, arrêt en 2019',
      'social · Droits · ALD exonérante, C2S',
      'social · Entourage · Vit seul',
    ]);
    assert.deepEqual(
      seen
        .filter((line) => line.flagged)
        .map((line) => line.label)
        .sort(),
      ['Alcool', 'Entourage', 'Infarctus du myocarde', 'Tabac'],
    );
  });

  test('DOS-2 SEC-3 how someone lives is noted by the professions who hear of it; the past, the family and operations by those who held them; each by screen and by FHIR', async () => {
    const id = await patient();
    const writes: Record<string, boolean> = {
      physician: true,
      'dental-surgeon': true,
      midwife: true,
      pharmacist: true,
      nurse: true,
      'advanced-practice-nurse': true,
      'asalee-nurse': true,
      physiotherapist: true,
      'occupational-therapist': true,
      dietician: true,
      'medical-assistant': true,
      'social-worker': true,
      chiropodist: false,
      'speech-therapist': false,
      orthoptist: false,
      'psychomotor-therapist': false,
      psychologist: false,
      radiographer: false,
      'laboratory-technician': false,
      'medical-secretary': false,
      coordinator: false,
    };
    const past = new Set(['physician', 'midwife', 'advanced-practice-nurse']);
    for (const [profession, may] of Object.entries(writes)) {
      const who = await practice.person(profession as 'nurse');
      assert.ok(
        (await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: who.practitioner })).status < 300,
      );
      for (const body of [
        { topic: 'risk', subject: 'tobacco', answers: ['never'] },
        { topic: 'lifestyle', subject: 'activity', answers: ['active'] },
        { topic: 'social', subject: 'household', answers: ['alone'] },
      ])
        assert.equal((await add(id, body, who)).status, may ? 200 : 403, `${profession} ${body.topic}`);
      for (const body of [
        { topic: 'personal', label: 'Asthme' },
        { topic: 'family', label: 'Diabète', relative: 'MTH' },
        { topic: 'procedure', label: 'Appendicectomie' },
      ])
        assert.equal(
          (await add(id, body, who)).status,
          past.has(profession) ? 200 : 403,
          `${profession} ${body.topic}`,
        );
      const observation = {
        resourceType: 'Observation',
        status: 'final',
        category: [
          {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'social-history' }],
          },
        ],
        code: { text: 'Tabac' },
        valueString: 'Non-fumeur',
        subject: { reference: `Patient/${id}` },
      };
      assert.equal(
        (await who.send('POST', '/fhir/R4/Observation', observation)).status,
        may ? 201 : 403,
        `${profession} by FHIR`,
      );
      const none = {
        ...observation,
        category: [...observation.category, { coding: [{ system: 'urn:estran:history-topic', code: 'family' }] }],
        code: { text: 'Aucun antécédent familial connu' },
      };
      assert.equal(
        (await who.send('POST', '/fhir/R4/Observation', none)).status,
        past.has(profession) ? 201 : 403,
        `${profession}: that there is none is of the history`,
      );
    }
    const outside = await practice.person('nurse');
    assert.ok(
      [403, 404].includes(
        (await add(id, { topic: 'social', subject: 'household', answers: ['alone'] }, outside)).status,
      ),
      'no link of care',
    );
    assert.ok(
      [403, 404].includes(
        (
          await add(
            id,
            { topic: 'social', subject: 'household', answers: ['alone'] },
            await (await newPractice()).person('nurse'),
          )
        ).status,
      ),
      'another practice',
    );
  });

  test('DOS-2 SEC-4 whom a patient keeps out of the history is kept out of the way of life; a practice that closes the one leaves the other', async () => {
    const id = await patient();
    await add(id, { topic: 'personal', label: 'Asthme' });
    const [line] = (await add(id, { topic: 'risk', subject: 'tobacco', answers: ['current'] }, nurse)).body.lines;
    const opposed = await practice.person('pharmacist');
    const only = await practice.person('dietician');
    for (const { practitioner } of [opposed, only])
      assert.ok((await doctor.send('POST', `/api/patients/${id}/team`, { practitioner })).status < 300);
    assert.deepEqual(said(await lines(id, opposed)), ['risk · Tabac · Fumeur', 'personal · Asthme']);
    const choose = (practitioner: string, kinds: string[]) =>
      doctor.send('POST', `/api/patients/${id}/choices`, { decision: 'oppose', practitioner, kinds });
    assert.ok((await choose(opposed.practitioner, ['history'])).status < 300);
    assert.equal(await lines(id, opposed), null);
    assert.equal((await opposed.send('GET', `/fhir/R4/Observation/${line.id}`)).status, 404);
    assert.ok((await choose(only.practitioner, ['lifestyle'])).status < 300);
    assert.deepEqual(said(await lines(id, only)), ['personal · Asthme']);
    assert.equal((await only.send('GET', `/fhir/R4/Observation/${line.id}`)).status, 404);
  });

  test('DOS-2 what is written leaves as FHIR: LOINC, SNOMED CT, UCUM, relatives, both codes of a problem', async () => {
    const id = await patient();
    await add(id, { topic: 'risk', subject: 'tobacco', answers: ['current'], perDay: 20, years: 10 });
    await add(id, {
      topic: 'family',
      label: 'Diabète de type 2',
      code: 'E11.9',
      system: 'http://hl7.org/fhir/sid/icd-10',
      also: [{ system: 'http://hl7.org/fhir/sid/icpc-2', code: 'T90' }],
      relative: 'MTH',
      age: 58,
    });
    const client = await practice.client('system/*.rs');
    const [tobacco] = (
      (await client('GET', `/fhir/R4/Observation?patient=${id}&code=72166-2`)).body.entry as { resource: Observation }[]
    ).map((one) => one.resource);
    assert.deepEqual(
      tobacco!.valueCodeableConcept?.coding?.map((one) => one.code),
      ['77176002', 'tobacco.current'],
    );
    assert.deepEqual(
      tobacco!.component?.map((one) => [one.code.coding?.[0]?.code, one.valueQuantity?.value, one.valueQuantity?.code]),
      [
        ['64218-1', 20, '{cigarettes}/d'],
        ['63640-7', 10, 'a'],
        ['8664-5', 10, '{PackYears}'],
      ],
    );
    const [mother] = (
      (await client('GET', `/fhir/R4/FamilyMemberHistory?patient=${id}`)).body.entry as {
        resource: {
          relationship: { coding: { code: string }[] };
          condition: { code: { coding: { code: string }[] }; onsetAge: { value: number; code: string } }[];
        };
      }[]
    ).map((one) => one.resource);
    assert.deepEqual(
      [
        mother!.relationship.coding[0]!.code,
        mother!.condition[0]!.code.coding.map((one) => one.code),
        mother!.condition[0]!.onsetAge.value,
        mother!.condition[0]!.onsetAge.code,
      ],
      ['MTH', ['E11.9', 'T90'], 58, 'a'],
    );
  });

  test('DOS-2 «aucun connu», «non renseigné» and a listed line are three states; what is listed goes before, in the summary too', async () => {
    const id = await patient();
    assert.deepEqual(await lines(id), []);
    const none = await add(id, { topic: 'family', noneKnown: true });
    assert.equal(none.status, 200, none.text);
    const [told] = await lines(id);
    assert.deepEqual([told!.topic, told!.none, told!.label], ['family', true, 'Aucun antécédent familial connu']);
    const begun = await doctor.send('POST', `/api/patients/${id}/summaries`);
    assert.equal(begun.status, 200, begun.text);
    const sections = (body: { sections: { code: string; lines: { label: string }[]; empty: string }[] }) =>
      Object.fromEntries(body.sections.map((one) => [one.code, one.lines.map((line) => line.label)]));
    const view = sections(begun.body);
    assert.deepEqual([view.family, view.past], [['Aucun antécédent familial connu'], []]);
    await add(id, { topic: 'family', label: 'Diabète', relative: 'MTH' });
    assert.deepEqual(
      (await lines(id)).map((line) => line.label),
      ['Diabète'],
    );
    const refused = await add(id, { topic: 'family', noneKnown: true });
    assert.deepEqual([refused.status, refused.body.code], [409, 'listed']);
    for (const topic of ['lifestyle', 'social']) assert.equal((await add(id, { topic, noneKnown: true })).status, 422);
  });

  test('DOS-2 DOS-16 a line is corrected with the version seen, its versions compared, taken back; a kind is not changed', async () => {
    const id = await patient();
    const made = (await add(id, { topic: 'risk', subject: 'tobacco', answers: ['current'], perDay: 10, years: 10 }))
      .body.lines[0] as Line;
    const entry = (await doctor.send('GET', `/api/patients/${id}/entries/Observation/${made.id}`)).body;
    assert.deepEqual(
      [entry.values.subject, entry.values.answers, entry.values.perDay, entry.values.packYears, entry.line.form],
      ['tobacco', ['current'], 10, 5, 'history'],
    );
    const put = (body: object) => doctor.send('PUT', `/api/patients/${id}/history/Observation/${made.id}`, body);
    const right = {
      topic: 'risk',
      subject: 'tobacco',
      answers: ['former'],
      perDay: 10,
      years: 10,
      stopped: '2024',
      version: made.version,
      reason: 'Sevré',
    };
    assert.equal((await put(right)).status, 200);
    const late = await put({ ...right, answers: ['never'] });
    assert.deepEqual([late.status, late.body.code], [409, 'edited-meanwhile']);
    const [now] = await lines(id);
    assert.equal(now!.detail, 'Ancien fumeur, 10 cigarettes par jour, 5 paquets-années, arrêt en 2024');
    assert.equal((await put({ topic: 'personal', label: 'Asthme', version: now!.version })).status, 422);
    const versions = (await doctor.send('GET', `/api/patients/${id}/entries/Observation/${made.id}/versions`)).body
      .versions as { reason: string | null }[];
    assert.deepEqual(
      versions.map((one) => one.reason),
      ['Sevré', null],
    );
    const error = await doctor.send('POST', `/api/patients/${id}/entries/Observation/${made.id}/error`, {
      version: now!.version,
      reason: 'Autre patient',
    });
    assert.equal(error.status, 200, error.text);
    assert.deepEqual(await lines(id), []);
  });

  test('SEC-3 SEC-6 who may not: a nurse reads the past and does not write it, a secretary sees nothing, nobody outside the team or the practice', async () => {
    const id = await patient();
    await add(id, { topic: 'social', subject: 'household', answers: ['alone'] });
    assert.equal((await add(id, { topic: 'personal', label: 'Asthme' }, nurse)).status, 403);
    const secretary = await practice.person('medical-secretary');
    const page = await secretary.send('GET', `/api/patients/${id}/record`);
    assert.ok(page.status === 403 || page.body.history === null, page.text.slice(0, 200));
    const colleague = await practice.person('physician');
    assert.equal((await add(id, { topic: 'personal', label: 'Asthme' }, colleague)).status, 403);
    const stranger = await (await newPractice()).person('physician');
    assert.equal((await add(id, { topic: 'personal', label: 'Asthme' }, stranger)).status, 404);
    assert.equal((await lines(id)).length, 1);
  });

  test('SEC-16 anything may be sent: 4xx in French, nothing written', async () => {
    const id = await patient();
    const wrong: object[] = [
      {},
      { topic: 'autre', label: 'x' },
      { topic: 'personal' },
      { topic: 'personal', label: '  ' },
      { topic: 'risk', subject: 'inconnu', answers: ['x'] },
      { topic: 'risk', subject: 'tobacco', answers: ['alone'] },
      { topic: 'risk', subject: 'tobacco', answers: ['never', 'current'] },
      { topic: 'social', subject: 'tobacco', answers: ['never'] },
      { topic: 'risk', subject: 'tobacco' },
      { topic: 'risk', subject: 'tobacco', answers: ['current'], perDay: -1 },
      { topic: 'risk', subject: 'tobacco', answers: ['current'], perDay: 'beaucoup' },
      { topic: 'risk', subject: 'tobacco', answers: ['former'], stopped: '2099' },
      { topic: 'social', subject: 'helpers', answers: ['none', 'nurse'] },
      { topic: 'family', label: 'Diabète', relative: 'CHAT' },
      { topic: 'family', label: 'Diabète', age: 500 },
      { topic: 'personal', label: 'Asthme', at: 'jadis' },
      { topic: 'personal', label: 'x'.repeat(301) },
      { topic: 'personal', label: 'x', also: [{ system: '', code: '' }] },
    ];
    for (const body of wrong) {
      const answer = await add(id, body);
      assert.ok(answer.status >= 400 && answer.status < 500, `${JSON.stringify(body)}: ${answer.status}`);
      assert.match(answer.body.detail, /Rien n’a été/);
    }
    assert.deepEqual(await lines(id), []);
  });

  test('DOS-2 what is answered is read back the same, whatever the subject; packets and glasses are counted', () => {
    const one = fc.constantFrom(...historySubjects);
    fc.assert(
      fc.property(
        one,
        fc.infiniteStream(fc.boolean()),
        fc.option(fc.integer({ min: 1, max: 60 })),
        fc.option(fc.integer({ min: 0, max: 60 })),
        (subject, picks, perDay, glasses) => {
          const chosen = subject.answers.filter(() => picks.next().value).map((answer) => answer.code);
          const answers = subject.many ? chosen : chosen.slice(0, 1);
          const figures = subject.code === 'tobacco' ? { perDay } : subject.code === 'alcohol' ? { glasses } : {};
          const observation = {
            resourceType: 'Observation',
            status: 'final',
            category: topicCategory(subject.topic, ''),
            ...answeredParts(subject, answers, answers.length === 0 ? 'mes mots' : '', figures),
          } as Observation;
          const facts = factsOf(observation);
          assert.deepEqual(
            [facts.subject, facts.topic, facts.answers, facts.words, facts.noneKnown],
            [subject.code, subject.topic, answers, answers.length === 0 ? 'mes mots' : '', false],
          );
          assert.equal(facts.figures.perDay ?? null, subject.code === 'tobacco' ? perDay : null);
          assert.equal(answersInWords(subject.code, answers).length, answers.length);
        },
      ),
    );
    for (const { answers, code } of historySubjects)
      assert.equal(new Set(answers.map((answer) => answer.code)).size, answers.length, code);
    assert.deepEqual(
      [packYearsOf(20, 10), packYearsOf(15, 30), packYearsOf(null, 3), packYearsOf(0, 40)],
      [10, 22.5, null, 0],
    );
    assert.equal(figuresInWords({ glasses: 1 }, String), '1 verre par semaine');
    assert.deepEqual(
      [
        isFlagged('alcohol', [], { glasses: 10 }),
        isFlagged('alcohol', [], { glasses: 11 }),
        isFlagged('tobacco', ['former'], { packYears: 20 }),
        isFlagged('tobacco', ['never'], {}),
      ],
      [false, true, true, false],
    );
    assert.deepEqual(
      [
        isEarlyVascular('FTH', 54, ['I21.9'], ''),
        isEarlyVascular('FTH', 55, ['I21.9'], ''),
        isEarlyVascular('MTH', 64, [], 'AVC'),
        isEarlyVascular('UNCLE', 40, ['I21.9'], ''),
        isEarlyVascular('FTH', 40, ['E11.9'], 'Diabète'),
      ],
      [true, false, true, false, false],
    );
    assert.ok(mayBeNone('family') && !mayBeNone('social'));
  });
});
