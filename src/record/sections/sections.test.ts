import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Questionnaire } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { anyone, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { wordsOf } from '../../platform/pdf/pdf-words-for-tests.ts';
import { flaws, holds, pruned, withOwnWords } from '../contract/sections/answers.rules.ts';
import { calculated } from '../contract/sections/calculate.ts';
import { conditionable, withPoints } from '../contract/sections/edit.rules.ts';
import { answersTo } from '../contract/sections/repetition.ts';
import { answerIn } from '../letters/section-answer.rules.ts';
import { problemsOf } from './check.rules.ts';
import * as b from '../data/sections/build.ts';
import { shippedSections } from '../data/sections/index.ts';
import { type Answered, answerValue } from '../contract/sections/form.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;

const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
/** A wound, as a nurse follows it. */
const wound = (more: Partial<Questionnaire> = {}): Questionnaire => ({
  ...b.section(
    'essai',
    '1.0',
    { title: 'Plaie d’essai', description: 'Pour les essais.', professions: ['nurse'], theme: 'wound' },
    [
      b.group('etat', 'État', [
        b.choice(
          'tissu',
          'Tissu',
          [
            ['bourgeon', 'Bourgeonnant', 1],
            ['fibrine', 'Fibrineux', 2],
            ['necrose', 'Nécrotique', 3],
          ],
          { required: true },
        ),
        b.choice('exsudat', 'Exsudat', [
          ['faible', 'Faible', 0],
          ['fort', 'Abondant', 2],
        ]),
        b.yesNo('infection', 'Signes d’infection'),
        b.longText('signes', 'Lesquels', { when: b.is('infection', true), required: true }),
      ]),
      b.measure('poids', '29463-7', { back: 30 }),
      b.measure('pas', '8480-6'),
      b.measure('pad', '8462-4'),
      b.measure('taille', '8302-2', { back: 3650 }),
      b.problem('probleme', 'Problème', [
        ['L97', 'Ulcère du membre inférieur'],
        ['L89', 'Ulcère de décubitus'],
      ]),
      b.sum('score', 'Score de plaie', ['tissu', 'exsudat'], {
        loinc: '38228-9',
        bands: [
          [0, 'Favorable', 'success'],
          [4, 'Défavorable', 'danger'],
        ],
      }),
      b.formula('imc', 'Indice de masse corporelle', '{{poids}} / (({{taille}} / 100) * ({{taille}} / 100))', {
        decimals: 1,
      }),
      b.group('soins', 'Soins', [b.text('geste', 'Geste'), b.day('jour', 'Jour')], { repeats: true, grid: true }),
    ],
  ).form,
  ...more,
});
const given = (tissu: string, more: Answered[] = [], etat: Answered[] = []): Answered[] => [
  {
    linkId: 'etat',
    item: [
      { linkId: 'tissu', answer: [{ valueCoding: { code: tissu } }] },
      { linkId: 'exsudat', answer: [{ valueCoding: { code: 'fort' } }] },
      ...etat,
    ],
  },
  ...more,
];
const kg = (value: number): Answered => ({
  linkId: 'poids',
  answer: [{ valueQuantity: { value, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' } }],
});
const mm = (linkId: string, value: number): Answered => ({
  linkId,
  answer: [{ valueQuantity: { value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' } }],
});

describe('sections', () => {
  let practice: TestPractice;
  let nurse: TestPerson;
  let doctor: TestPerson;
  let outsider: TestPerson;
  let secretary: TestPerson;
  let stranger: TestPerson;
  let section: string;
  let count = 0;
  before(async () => {
    practice = await newPractice('Maison des volets');
    nurse = await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' });
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    outsider = await practice.person('physiotherapist');
    secretary = await practice.person('medical-secretary');
    stranger = await (await newPractice()).person('nurse');
    section = await published(wound());
  });
  async function published(form: Questionnaire): Promise<string> {
    const draft = ok(await nurse.send('POST', '/api/sections', { form }));
    return ok(await nurse.send('POST', `/api/sections/${draft.id}/publish`, { version: draft.version })).id;
  }
  async function newPatient(): Promise<string> {
    count++;
    const { id } = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: `Voletto${'abcdefghij'[count % 10]}${'klmnopqrst'[Math.floor(count / 10)]}`,
        birthGivens: 'Yvonne',
        birthDate: `${String((count % 27) + 1).padStart(2, '0')}/03/1948`,
        sex: 'female',
      }),
    );
    ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: nurse.practitioner }));
    return id;
  }
  const at = (patient: string, more = '') => `/api/patients/${patient}/sections${more}`;
  const fill = (patient: string, items: Answered[], more: object = {}, who = nurse) =>
    who.send('POST', at(patient), { section, edition: '1.0', items, ...more });
  const observations = async (patient: string) => {
    const house = (await testHouse()).fhir.asSystem(practice.tenant, 'test');
    return (
      await house.search('Observation', [
        ['patient', patient],
        ['_sort', '_lastUpdated'],
      ])
    ).resources.map(({ resource }) => resource as Json);
  };

  test('DOS-8 a section is written by the team, put in use, changed beside; answers keep the edition they were given to', async () => {
    const patient = await newPatient();
    const own = await published(wound({ title: 'Plaie, suivie' }));
    const first = ok(await nurse.send('POST', at(patient), { section: own, edition: '1.0', items: given('necrose') }));
    const current = ok(await nurse.send('GET', `/api/sections/${own}`));
    const changed = {
      ...current.form,
      item: current.form.item.filter(({ linkId }: { linkId: string }) => linkId !== 'soins'),
    };
    const draft = ok(await nurse.send('PUT', `/api/sections/${own}`, { version: current.version, form: changed }));
    assert.deepEqual([draft.status, draft.draftOf], ['draft', own]);
    assert.equal(
      (await doctor.send('PUT', `/api/sections/${own}`, { version: current.version, form: changed })).body.code,
      'draft-exists',
    );
    const next = ok(await nurse.send('POST', `/api/sections/${draft.id}/publish`, { version: draft.version }));
    assert.deepEqual([next.id, next.edition, next.status], [own, '1.1', 'active']);
    const late = await nurse.send('POST', at(patient), { section: own, edition: '1.0', items: given('necrose') });
    assert.deepEqual([late.status, late.body.code], [409, 'newer-edition']);
    const read = ok(await nurse.send('GET', at(patient, `/${first.lines[0].id}`)));
    assert.equal(read.edition, '1.0');
    assert.ok(read.form.item.some(({ linkId }: { linkId: string }) => linkId === 'soins'));
    assert.equal((await secretary.send('POST', '/api/sections', { title: 'x' })).status, 403);
    assert.equal((await stranger.send('GET', `/api/sections/${own}`)).status, 404);
    assert.equal((await anyone('GET', `/api/sections/${own}`)).status, 401);
  });

  test('DOS-8 a section taken out of use is filled no more until it is put back; each act is of its state, and an older version is told', async () => {
    const patient = await newPatient();
    const own = await published(wound({ title: 'Plaie, retirée' }));
    const act = (what: string, version: number, more: object = {}, who = nurse) =>
      who.send('POST', `/api/sections/${own}/${what}`, { version, ...more });
    const answers = () => nurse.send('POST', at(patient), { section: own, edition: '1.0', items: given('fibrine') });
    const { version, form } = ok(await nurse.send('GET', `/api/sections/${own}`));
    for (const [answer, words] of [
      [await act('drop', version), /^Seul un brouillon se jette/],
      [await act('publish', version), /^Ce volet n’est pas un brouillon/],
      [await act('retire', version, { back: true }), /^Ce volet n’est pas retiré/],
    ] as const) {
      assert.equal(answer.status, 409);
      assert.match(answer.body.detail, words);
    }
    const retired = ok(await act('retire', version, { back: false }));
    assert.equal(retired.status, 'retired');
    const stale = await act('retire', version, { back: true });
    assert.deepEqual([stale.status, stale.body.code], [409, 'edited-meanwhile']);
    const refused = await answers();
    assert.equal(refused.status, 409);
    assert.match(refused.body.detail, /^Ce volet n’est plus en service/);
    const changed = await nurse.send('PUT', `/api/sections/${own}`, { version: retired.version, form });
    assert.equal(changed.status, 409);
    assert.match(changed.body.detail, /^Ce volet est retiré : remettez-le en service/);
    assert.equal((await act('retire', retired.version, { back: true }, secretary)).status, 403);
    assert.equal((await act('retire', retired.version, { back: true }, stranger)).status, 404);
    assert.equal(ok(await act('retire', retired.version, { back: true })).status, 'active');
    assert.equal(ok(await answers()).lines.length > 0, true);
  });

  test('DOS-8 every section that comes with the product is there, valid FHIR, ready to fill', async () => {
    const { sections } = ok(await nurse.send('GET', '/api/sections'));
    for (const { key, edition } of shippedSections) {
      const one = sections.find(({ id }: { id: string }) => id === `volet-${key}`);
      assert.deepEqual([one?.edition, one?.status, one?.shipped, one?.newer], [edition, 'active', true, false], key);
      assert.deepEqual(
        ok(await nurse.send('GET', `/api/sections/volet-${key}`)).problems.filter(
          ({ severity }: { severity: string }) => severity === 'error',
        ),
        [],
        key,
      );
    }
  });

  test('DOS-8 what is wrong in a section is said before it is put in use', async () => {
    const bad = wound();
    bad.item![0]!.item![3]!.enableWhen = [{ question: 'nulle-part', operator: '=', answerBoolean: true }];
    const draft = ok(await nurse.send('POST', '/api/sections', { form: bad }));
    assert.match(draft.problems[0].words, /dépend d’une question qui n’existe pas/);
    assert.equal(
      (await nurse.send('POST', `/api/sections/${draft.id}/publish`, { version: draft.version })).status,
      422,
    );
    const blank = ok(await nurse.send('POST', '/api/sections', { title: 'Feuille blanche' }));
    const emptied = { ...blank.form, item: [{ ...blank.form.item[0], item: [] }] };
    assert.match(
      (await nurse.send('PUT', `/api/sections/${blank.id}`, { version: blank.version, form: emptied })).body.detail,
      /est vide : ajoutez-y une question/,
    );
    const more = {
      ...blank.form,
      description: '',
      item: [{ ...blank.form.item[0], item: [{ ...b.choice('c', 'Choix', []), text: 'Choix' }] }],
    };
    assert.match(
      ok(await nurse.send('PUT', `/api/sections/${blank.id}`, { version: blank.version, form: more })).problems[0]
        .words,
      /au moins une réponse/,
    );
    const twice = wound();
    twice.item!.push(twice.item![0]!);
    for (const form of [
      twice,
      { ...wound(), title: '' },
      { resourceType: 'Patient' },
      'x',
      { ...wound(), item: [{ linkId: 'a b', type: 'string', text: 'x' }] },
    ])
      assert.equal((await nurse.send('POST', '/api/sections', { form })).status, 422);
    assert.equal((await nurse.send('POST', `/api/sections/${draft.id}/drop`, { version: draft.version })).status, 204);
  });

  test('DOS-8 answers become measures, a score and a problem; blood pressure is one measure; what the record says fills the next one', async () => {
    const patient = await newPatient();
    ok(await nurse.send('POST', `/api/patients/${patient}/measures`, { values: [{ code: '8302-2', value: '160' }] }));
    const done = ok(
      await fill(
        patient,
        given('fibrine', [
          kg(64),
          mm('pas', 132),
          mm('pad', 78),
          { linkId: 'probleme', answer: [{ valueCoding: { code: 'L97' } }] },
        ]),
        {},
        doctor,
      ),
    );
    const found = await observations(patient);
    assert.deepEqual(found.map((one) => one.code.coding[0].code).sort(), [
      '29463-7',
      '38228-9',
      '39156-5',
      '8302-2',
      '85354-9',
    ]);
    const score = found.find((one) => one.code.coding[0].code === '38228-9');
    assert.deepEqual(
      [score.valueInteger, score.derivedFrom[0].reference],
      [4, `QuestionnaireResponse/${done.lines[0].id}`],
    );
    assert.match(
      ok(await doctor.send('GET', `/api/patients/${patient}/record`))
        .problems.map((one: { label: string }) => one.label)
        .join(),
      /Ulcère du membre inférieur/,
    );
    const start = ok(await nurse.send('GET', at(patient, `/start/${section}`)));
    assert.deepEqual(
      start.items.map((one: Answered) => [
        one.linkId,
        one.answer?.[0]?.valueQuantity?.value ?? one.answer?.[0]?.valueDecimal,
      ]),
      [
        ['poids', 64],
        ['taille', 160],
        ['imc', 25],
      ],
    );
    assert.match(start.from.poids.words, /Anne Kermarrec, le /);
    assert.deepEqual(
      start.history.map((one: Json) => [one.linkId, one.points.map((point: Json) => point.value)]),
      [['score', [4]]],
    );
    assert.equal(start.before.id, done.lines[0].id);
    // What came from the record and stays as it was is not measured a second time.
    const before = (await observations(patient)).length;
    ok(await fill(patient, given('fibrine', start.items), {}, doctor));
    assert.deepEqual(
      (await observations(patient)).slice(before).map((one) => one.code.coding[0].code),
      ['38228-9'],
    );
    // The problem is there already: not a second time.
    ok(
      await fill(
        patient,
        given('fibrine', [{ linkId: 'probleme', answer: [{ valueCoding: { code: 'L97' } }] }]),
        {},
        doctor,
      ),
    );
    // A nurse reads problems and writes none: the answer stays in the section.
    ok(await fill(patient, given('fibrine', [{ linkId: 'probleme', answer: [{ valueCoding: { code: 'L89' } }] }])));
    assert.equal(
      ok(await doctor.send('GET', `/api/patients/${patient}/record`)).problems.filter((one: { label: string }) =>
        /[Uu]lcère/.test(one.label),
      ).length,
      1,
    );
  });

  test('DOS-8 SEC-3 marking answers as sensitive marks what came from them, at once and by a correction; a form’s own subject leaves measures open', async () => {
    const patient = await newPatient();
    const kindsOf = async () =>
      Object.fromEntries(
        (await observations(patient)).map((one) => [one.code.coding[0].code, one.meta?.security?.[0]?.code ?? 'open']),
      );
    const items = given('necrose', [kg(64)]);
    const done = ok(await fill(patient, items, { sensitive: 'mental-health' }, doctor));
    assert.deepEqual(await kindsOf(), { '29463-7': 'PSY', '38228-9': 'PSY' });
    const correct = (more: object) =>
      doctor.send('PUT', at(patient, `/${done.lines[0].id}`), { section, edition: '1.0', items, ...more });
    ok(await correct({ version: 1, sensitive: null, reason: 'Rien de sensible' }));
    assert.deepEqual(await kindsOf(), { '29463-7': 'open', '38228-9': 'open' });
    ok(await correct({ version: 2, sensitive: 'restricted', reason: 'À la demande de la patiente' }));
    assert.deepEqual(await kindsOf(), { '29463-7': 'R', '38228-9': 'R' });
    ok(await correct({ version: 3, reason: 'Relu' }));
    assert.deepEqual(await kindsOf(), { '29463-7': 'R', '38228-9': 'R' });

    const intimate = wound({ title: 'Santé sexuelle, essai' });
    intimate.extension = [
      ...(intimate.extension ?? []),
      { url: 'urn:estran:section-sensitive', valueCode: 'sexual-health' },
    ];
    const own = await published(intimate);
    const another = await newPatient();
    ok(await doctor.send('POST', at(another), { section: own, edition: '1.0', items }));
    assert.deepEqual(
      (await observations(another)).map((one) => [one.code.coding[0].code, one.meta?.security?.[0]?.code ?? 'open']),
      [
        ['29463-7', 'open'],
        ['38228-9', 'SEX'],
      ],
    );
  });

  test('DOS-8 SEC-3 who may not write problems corrects the answers all the same, and leaves the problem that came from them', async () => {
    const patient = await newPatient();
    const problem = { linkId: 'probleme', answer: [{ valueCoding: { code: 'L97' } }] };
    const done = ok(await fill(patient, given('necrose', [problem]), {}, doctor));
    const one = at(patient, `/${done.lines[0].id}`);
    ok(
      await nurse.send('PUT', one, {
        section,
        edition: '1.0',
        items: given('fibrine', [problem]),
        version: 1,
        reason: 'Tissu revu',
      }),
    );
    const { problems } = ok(await doctor.send('GET', `/api/patients/${patient}/record`));
    assert.deepEqual(
      problems.map((line: Json) => [line.label, line.status]),
      [['Ulcère du membre inférieur', 'final']],
    );
    // It is still known as theirs: the physician who takes the answer back takes the problem back.
    ok(
      await doctor.send('PUT', one, {
        section,
        edition: '1.0',
        items: given('fibrine'),
        version: 2,
        reason: 'Pas d’ulcère',
      }),
    );
    assert.deepEqual(ok(await doctor.send('GET', `/api/patients/${patient}/record`)).problems, []);
  });

  test('DOS-8 DOS-16 a correction follows into what came from the answers: changed, added, entered in error; nothing signed is overwritten', async () => {
    const patient = await newPatient();
    const done = ok(await fill(patient, given('necrose', [kg(64)])));
    const { id, version } = done.lines[0];
    const next = await nurse.send('PUT', at(patient, `/${id}`), {
      section,
      edition: '1.0',
      items: given('bourgeon', [mm('pas', 120), mm('pad', 70)]),
      version,
      reason: 'Erreur de patient',
    });
    assert.equal(next.status, 200, next.text);
    const states = (await observations(patient))
      .map((one) => [one.code.coding[0].code, one.status, one.valueInteger ?? null])
      .sort();
    assert.deepEqual(states, [
      ['29463-7', 'entered-in-error', null],
      ['38228-9', 'amended', 3],
      ['85354-9', 'final', null],
    ]);
    const all = ok(await nurse.send('GET', `/api/patients/${patient}/entries/QuestionnaireResponse/${id}/versions`));
    assert.deepEqual(
      all.versions.map((one: Json) => one.status),
      ['amended', 'final'],
    );
    assert.match(JSON.stringify(all.versions[1].fields), /Nécrotique/);
    const stale = await doctor.send('PUT', at(patient, `/${id}`), {
      section,
      edition: '1.0',
      items: given('fibrine'),
      version,
    });
    assert.deepEqual([stale.status, stale.body.code], [409, 'edited-meanwhile']);
  });

  test('DOS-8 DOS-16 a draft lacks answers and gives nothing to the record; signed, it does', async () => {
    const patient = await newPatient();
    const draft = ok(await fill(patient, [kg(70)], { draft: true }));
    assert.equal(draft.lines[0].status, 'draft');
    assert.deepEqual(await observations(patient), []);
    const signed = await nurse.send('PUT', at(patient, `/${draft.lines[0].id}`), {
      section,
      edition: '1.0',
      items: [kg(70)],
      version: 1,
    });
    assert.deepEqual([signed.status, signed.body.fields], [422, { tissu: 'Cette réponse est attendue.' }]);
    ok(
      await nurse.send('PUT', at(patient, `/${draft.lines[0].id}`), {
        section,
        edition: '1.0',
        items: given('necrose', [kg(70)]),
        version: 1,
      }),
    );
    assert.equal((await observations(patient)).length, 2);
    const back = await nurse.send('PUT', at(patient, `/${draft.lines[0].id}`), {
      section,
      edition: '1.0',
      items: given('necrose'),
      version: 2,
      draft: true,
    });
    assert.equal(back.status, 409);
  });

  test('DOS-8 what is not asked leaves, points and scores are worked out here, wrong answers are told by question and nothing is kept', async () => {
    const patient = await newPatient();
    const hidden = given(
      'necrose',
      [{ linkId: 'score', answer: [{ valueInteger: 99 }] }],
      [
        { linkId: 'infection', answer: [{ valueBoolean: false }] },
        { linkId: 'signes', answer: [{ valueString: 'Rougeur' }] },
      ],
    );
    const done = ok(await fill(patient, hidden));
    const { items, scores } = ok(await nurse.send('GET', at(patient, `/${done.lines[0].id}`)));
    assert.equal(JSON.stringify(items).includes('Rougeur'), false);
    assert.deepEqual(
      scores.map((one: Json) => [one.value, one.words, one.tone]),
      [[5, 'Défavorable', 'danger']],
    );
    const before = (await observations(patient)).length;
    const asked = await fill(
      patient,
      given('necrose', [], [{ linkId: 'infection', answer: [{ valueBoolean: true }] }]),
    );
    assert.deepEqual(asked.body.fields, { signes: 'Cette réponse est attendue.' });
    for (const [items, field] of [
      [given('inconnu'), 'tissu'],
      [given('necrose', [kg(9000)]), 'poids'],
      [given('necrose', [{ linkId: 'poids', answer: [{ valueString: 'lourd' }] }]), 'poids'],
    ] as const)
      assert.ok((await fill(patient, [...items])).body.fields[field], field);
    for (const items of [
      'x',
      [{ answer: [] }],
      [{ linkId: 'etat', item: 'x' }],
      Array.from({ length: 400 }, () => ({ linkId: 'a' })),
    ])
      assert.equal((await fill(patient, items as never)).status, 422);
    assert.equal((await fill(patient, [])).status, 422);
    assert.equal((await observations(patient)).length, before);
  });

  test('DOS-8 the answers are read in the timeline and printed; SEC-3 sensitive ones by whom their kind is open to', async () => {
    const patient = await newPatient();
    const done = ok(
      await fill(
        patient,
        given('necrose', [
          { linkId: 'soins', item: [{ linkId: 'geste', answer: [{ valueString: 'Détersion' }] }] },
          { linkId: 'soins', item: [{ linkId: 'geste', answer: [{ valueString: 'Pansement' }] }] },
        ]),
      ),
    );
    const { groups } = ok(await doctor.send('GET', `/api/patients/${patient}/timeline`));
    const line = groups.flatMap((one: Json) => one.items).find((one: Json) => one.type === 'QuestionnaireResponse');
    assert.equal(line.title, 'Plaie d’essai');
    assert.match(line.details, /Tissu : Nécrotique\nExsudat : Abondant/);
    const { app } = await testHouse();
    const pdf = await app.inject({ url: at(patient, `/${done.lines[0].id}/pdf`), headers: { cookie: nurse.cookie } });
    const words = wordsOf(pdf.rawPayload);
    for (const said of ['Score de plaie', 'Nécrotique', 'Détersion', 'Pansement'])
      assert.ok(words.includes(said), said);
    const sensitive = ok(
      await doctor.send('POST', at(patient), {
        section,
        edition: '1.0',
        items: given('necrose'),
        sensitive: 'mental-health',
      }),
    );
    assert.equal(sensitive.lines[0].kind, 'mental-health');
  });

  test('SEC-4 DOS-8 who may not: outside the care team, another practice, a secretary, nobody', async () => {
    const patient = await newPatient();
    const done = ok(await fill(patient, given('necrose')));
    const one = at(patient, `/${done.lines[0].id}`);
    for (const [who, status] of [
      [outsider, 403],
      [stranger, 404],
      [secretary, 403],
    ] as const) {
      for (const path of [one, `${one}/pdf`, at(patient, `/start/${section}`)])
        assert.ok([403, 404].includes((await who.send('GET', path)).status), `${status} ${path}`);
      assert.ok([403, 404].includes((await fill(patient, given('necrose'), {}, who)).status));
      assert.ok(
        [403, 404].includes(
          (await who.send('PUT', one, { section, edition: '1.0', items: given('fibrine'), version: 1 })).status,
        ),
      );
    }
    assert.equal((await anyone('GET', one)).status, 401);
    const reception = await published(
      b.section(
        'accueil',
        '1.0',
        {
          title: 'Accueil',
          description: '',
          professions: ['medical-secretary'],
          theme: 'reception',
          administrative: true,
        },
        [b.text('transport', 'Transport')],
      ).form,
    );
    const told = ok(
      await secretary.send('POST', at(patient), {
        section: reception,
        edition: '1.0',
        items: [{ linkId: 'transport', answer: [{ valueString: 'VSL' }] }],
      }),
    );
    assert.equal(told.lines[0].kind, 'administrative');
    assert.equal((await secretary.send('GET', at(patient, `/start/${reception}`))).status, 200);
    const other = await newPatient();
    assert.equal((await nurse.send('GET', at(other, `/${done.lines[0].id}`))).status, 404, 'another patient’s');
  });

  test('DOS-8 SEC-16 a calculation that would never end, ask a server or go through everything again and again is told, and never worked out', async () => {
    for (const bad of [
      '(1).repeat($this + 1)',
      '%resource.descendants().descendants()',
      '%resource.repeat(item).where(%resource.repeat(item).exists())',
      "'http://192.0.2.1/x'.resolve()",
      '%resource.item.select(%resource.item.select(1))',
      '%resource.item.aggregate($total + 1)',
      "'a'.memberOf('http://x')",
      '((',
      'x'.repeat(5000),
    ]) {
      const form = wound();
      form.item!.find(({ linkId }) => linkId === 'imc')!.extension![0]!.valueExpression!.expression = bad;
      const began = performance.now();
      assert.ok(
        problemsOf(form).some(({ where, severity }) => where === 'imc' && severity === 'error'),
        bad,
      );
      assert.equal(JSON.stringify(calculated(form, given('necrose', [kg(64)]))).includes('imc'), false, bad);
      assert.ok(performance.now() - began < 5000, bad);
    }
    for (const { form, key } of shippedSections)
      assert.deepEqual(
        problemsOf(form).filter(({ severity }) => severity === 'error'),
        [],
        key,
      );
  });

  /** Several wounds, each with its own condition, its own score, and one question for all of them. */
  const wounds = (): Questionnaire =>
    b.section(
      'plaies',
      '1.0',
      { title: 'Plaies d’essai', description: 'Pour les essais.', professions: ['nurse'], theme: 'wound' },
      [
        b.yesNo('fievre', 'Fièvre'),
        b.group(
          'plaies',
          'Plaie',
          [
            b.text('nom', 'Siège'),
            b.yesNo('ecoule', 'Écoulement'),
            b.choice(
              'aspect',
              'Aspect',
              [
                ['clair', 'Clair', 1],
                ['pus', 'Purulent', 3],
              ],
              { when: b.is('ecoule', true), required: true },
            ),
            b.choice('tissu', 'Tissu', [
              ['rose', 'Rose', 0],
              ['noir', 'Noir', 4],
            ]),
            b.sum('gravite', 'Gravité', ['aspect', 'tissu'], {
              loinc: '89261-2',
              bands: [
                [0, 'Légère', 'success'],
                [5, 'Sévère', 'danger'],
              ],
            }),
            b.group(
              'soins',
              'Soin',
              [
                b.yesNo('douleur', 'Douloureux'),
                b.text('antalgique', 'Antalgique', { when: [b.is('douleur', true), b.is('ecoule', true)] }),
              ],
              { repeats: true },
            ),
            b.text('hemoculture', 'Hémoculture', { when: b.is('fievre', true) }),
            b.problem('probleme', 'Problème', [['L97', 'Ulcère du membre inférieur']]),
          ],
          { repeats: true },
        ),
        b.text('avis', 'Avis demandé', { when: b.is('aspect', 'pus') }),
        b.sum('total', 'Total', ['tissu'], { partial: true }),
        b.group(
          'tension',
          'Tension',
          [b.text('position', 'Position'), b.measure('pas', '8480-6'), b.measure('pad', '8462-4')],
          { repeats: true },
        ),
      ],
    ).form;
  interface Wound {
    nom: string;
    ecoule: boolean | undefined;
    aspect: string | undefined;
    tissu: string | undefined;
    soins: { douleur: boolean; antalgique: string | undefined }[];
    hemoculture: string | undefined;
  }
  const woundAnswers = (one: Partial<Wound>): Answered => ({
    linkId: 'plaies',
    item: [
      ...(one.nom ? [{ linkId: 'nom', answer: [{ valueString: one.nom }] }] : []),
      ...(one.ecoule === undefined ? [] : [{ linkId: 'ecoule', answer: [{ valueBoolean: one.ecoule }] }]),
      ...(one.aspect ? [{ linkId: 'aspect', answer: [{ valueCoding: { code: one.aspect } }] }] : []),
      ...(one.tissu ? [{ linkId: 'tissu', answer: [{ valueCoding: { code: one.tissu } }] }] : []),
      ...(one.soins ?? []).map((soin) => ({
        linkId: 'soins',
        item: [
          { linkId: 'douleur', answer: [{ valueBoolean: soin.douleur }] },
          ...(soin.antalgique ? [{ linkId: 'antalgique', answer: [{ valueString: soin.antalgique }] }] : []),
        ],
      })),
      ...(one.hemoculture ? [{ linkId: 'hemoculture', answer: [{ valueString: one.hemoculture }] }] : []),
    ],
  });
  const said = (rows: readonly Answered[], linkId: string) =>
    rows.map((row) => answersTo([row], linkId).map(answerValue));

  test('DOS-8 in a part that repeats, each repetition answers for itself: what it asks, what it lacks, its score; nothing leaks from the one beside', () => {
    const form = wounds();
    const words = fc.constantFrom('a', 'b', undefined);
    const one = fc.record({
      nom: fc.constantFrom('Talon', 'Jambe'),
      ecoule: fc.constantFrom(true, false, undefined),
      aspect: fc.constantFrom('clair', 'pus', undefined),
      tissu: fc.constantFrom('rose', 'noir', undefined),
      soins: fc.array(fc.record({ douleur: fc.boolean(), antalgique: words }), { maxLength: 2 }),
      hemoculture: words,
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 4 }), fc.boolean(), (list, fever) => {
        const raw: Answered[] = [
          { linkId: 'fievre', answer: [{ valueBoolean: fever }] },
          ...list.map(woundAnswers),
          { linkId: 'avis', answer: [{ valueString: 'Oui' }] },
        ];
        const whole = calculated(form, withOwnWords(form, pruned(form, raw)));
        const rows = whole.filter(({ linkId }) => linkId === 'plaies');
        assert.equal(rows.length, list.length);
        const points = { clair: 1, pus: 3, rose: 0, noir: 4 } as Record<string, number>;
        assert.deepEqual(
          said(rows, 'aspect'),
          list.map(({ ecoule, aspect }) => (ecoule && aspect ? [aspect] : [])),
        );
        assert.deepEqual(
          said(rows, 'gravite'),
          list.map(({ ecoule, aspect, tissu }) =>
            ecoule && aspect && tissu ? [points[aspect]! + points[tissu]!] : [],
          ),
        );
        assert.deepEqual(
          said(rows, 'hemoculture'),
          list.map(({ hemoculture }) => (fever && hemoculture ? [hemoculture] : [])),
        );
        assert.deepEqual(
          said(rows, 'antalgique'),
          list.map(({ ecoule, soins }) =>
            soins.flatMap(({ douleur, antalgique }) => (ecoule && douleur && antalgique ? [antalgique] : [])),
          ),
        );
        assert.deepEqual(
          Object.keys(flaws(form, whole)).sort(),
          list.flatMap(({ ecoule, aspect }, at) => (ecoule && !aspect ? [`aspect#${at + 1}`] : [])),
        );
        // From outside, one repetition is enough; a sum adds all of them up.
        assert.equal(
          whole.some(({ linkId }) => linkId === 'avis'),
          list.some(({ ecoule, aspect }) => ecoule && aspect === 'pus'),
        );
        const tissues = list.flatMap(({ tissu }) => (tissu ? [points[tissu]!] : []));
        assert.deepEqual(
          answersTo(whole, 'total').map(answerValue),
          tissues.length > 0 ? [tissues.reduce((sum, each) => sum + each, 0)] : [],
        );
        // A repetition alone comes to what it came to among the others, and their order changes nothing.
        for (const [at, each] of list.entries()) {
          const alone = calculated(form, withOwnWords(form, pruned(form, [raw[0]!, woundAnswers(each)])));
          assert.deepEqual(
            alone.filter(({ linkId }) => linkId === 'plaies'),
            [rows[at]],
          );
        }
        assert.deepEqual(pruned(form, whole), whole);
      }),
      { seed: 8 },
    );
  });

  test('DOS-8 of several wounds: errors say which, each score and measure enters the record with the name of its own, follows it when another leaves, and is read, printed and followed by that name', async () => {
    const patient = await newPatient();
    const own = await published(wounds());
    const pressure = (position: string, high: number, low: number): Answered => ({
      linkId: 'tension',
      item: [{ linkId: 'position', answer: [{ valueString: position }] }, mm('pas', high), mm('pad', low)],
    });
    const problem: Answered = { linkId: 'probleme', answer: [{ valueCoding: { code: 'L97' } }] };
    const heel = woundAnswers({ nom: 'Talon', ecoule: true, aspect: 'pus', tissu: 'noir' });
    const leg = woundAnswers({ nom: 'Jambe', ecoule: true, aspect: 'clair', tissu: 'rose' });
    const hip = woundAnswers({ nom: 'Hanche', ecoule: true, aspect: 'clair', tissu: 'noir' });
    const put = (items: Answered[], more: object = {}) =>
      doctor.send('POST', at(patient), { section: own, edition: '1.0', items, ...more });
    const lacking = await put([woundAnswers({}), heel, woundAnswers({ nom: 'Jambe', ecoule: true })]);
    assert.deepEqual([lacking.status, lacking.body.fields], [422, { 'aspect#2': 'Cette réponse est attendue.' }]);
    assert.deepEqual(await observations(patient), []);
    const done = ok(
      await put([
        { ...heel, item: [...heel.item!, problem] },
        { ...leg, item: [...leg.item!, problem] },
        hip,
        pressure('Couché', 140, 80),
        pressure('Debout', 118, 72),
      ]),
    );
    const { id, version } = done.lines[0];
    const known = async () =>
      (await observations(patient))
        .map((one) => [
          one.code.text.includes('Gravité') ? one.code.text : one.note?.[0]?.text,
          one.valueInteger ?? one.component?.[0]?.valueQuantity.value,
          one.status,
        ])
        .sort();
    assert.deepEqual(await known(), [
      ['Couché', 140, 'final'],
      ['Debout', 118, 'final'],
      ['Gravité, Hanche', 5, 'final'],
      ['Gravité, Jambe', 1, 'final'],
      ['Gravité, Talon', 7, 'final'],
    ]);
    assert.equal(
      ok(await doctor.send('GET', `/api/patients/${patient}/record`)).problems.filter((one: Json) =>
        /Ulcère/.test(one.label),
      ).length,
      1,
    );
    const read = ok(await doctor.send('GET', at(patient, `/${id}`)));
    assert.deepEqual(
      read.scores.map((one: Json) => [one.label, one.row, one.value, one.words]),
      [
        ['Gravité, Plaie 1 (Talon)', '1', 7, 'Sévère'],
        ['Gravité, Plaie 2 (Jambe)', '2', 1, 'Légère'],
        ['Gravité, Plaie 3 (Hanche)', '3', 5, 'Sévère'],
        ['Total', '', 8, null],
      ],
    );
    const { groups } = ok(await doctor.send('GET', `/api/patients/${patient}/timeline`));
    assert.match(
      groups.flatMap((one: Json) => one.items).find((one: Json) => one.type === 'QuestionnaireResponse').details,
      /Plaie 1 \(Talon\)\nSiège : Talon\nÉcoulement : Oui\nAspect : Purulent[\s\S]*Plaie 2 \(Jambe\)\nSiège : Jambe/,
    );
    const { app } = await testHouse();
    const pages = wordsOf(
      (await app.inject({ url: at(patient, `/${id}/pdf`), headers: { cookie: doctor.cookie } })).rawPayload,
    );
    for (const words of ['Plaie 1 (Talon)', 'Plaie 3 (Hanche)', 'Gravité, Plaie 2 (Jambe)'])
      assert.ok(pages.includes(words), words);
    // The leg heals, the hip gets better: only these two move.
    const better = woundAnswers({ nom: 'Hanche', ecoule: true, aspect: 'clair', tissu: 'rose' });
    const next = await doctor.send('PUT', at(patient, `/${id}`), {
      section: own,
      edition: '1.0',
      items: [heel, better, pressure('Couché', 140, 80), pressure('Debout', 118, 72)],
      version,
    });
    assert.equal(next.status, 200, next.text);
    assert.deepEqual(await known(), [
      ['Couché', 140, 'final'],
      ['Debout', 118, 'final'],
      ['Gravité, Hanche', 1, 'amended'],
      ['Gravité, Jambe', 1, 'entered-in-error'],
      ['Gravité, Talon', 7, 'final'],
    ]);
    const start = ok(await doctor.send('GET', at(patient, `/start/${own}`)));
    assert.deepEqual(
      start.history.map((one: Json) => [one.linkId, one.name, one.points.map((point: Json) => point.value)]),
      [
        ['gravite', 'Talon', [7]],
        ['gravite', 'Hanche', [1]],
        ['total', '', [4]],
      ],
    );
    assert.ok(
      [403, 404].includes(
        (await outsider.send('POST', at(patient), { section: own, edition: '1.0', items: [heel] })).status,
      ),
    );
    // In the writer's hands: a line of a wound looks at its own wound, one beside looks at all of them.
    assert.deepEqual(
      conditionable(wounds(), 'aspect').map(({ item, within, anyOf }) => [item.linkId, within, anyOf]),
      [
        ['fievre', null, null],
        ['ecoule', 'Plaie', null],
      ],
    );
    assert.deepEqual(
      withPoints(wounds(), 'total').map((one) => [one.item.linkId, one.within, one.anyOf]),
      [
        ['aspect', null, 'Plaie'],
        ['tissu', null, 'Plaie'],
      ],
    );
    assert.equal(
      answerIn(ok(await doctor.send('GET', at(patient, `/${id}`))).items, 'aspect'),
      'Talon : Purulent ; Hanche : Clair',
    );
    assert.equal(answerIn([leg], 'nom'), 'Jambe');
  });

  test('DOS-8 conditions hold as FHIR says; pruning twice is pruning once, and leaves nothing that is not asked', () => {
    assert.deepEqual(
      [
        holds({ question: 'q', operator: 'exists', answerBoolean: false }, []),
        holds({ question: 'q', operator: '>', answerInteger: 3 }, [{ valueInteger: 4 }]),
        holds({ question: 'q', operator: '>', answerInteger: 3 }, [{ valueString: '4' }]),
        holds({ question: 'q', operator: '!=', answerCoding: { code: 'a' } }, []),
      ],
      [true, true, false, true],
    );
    const answers = fc.record({
      tissu: fc.constantFrom('bourgeon', 'necrose', 'autre'),
      infection: fc.boolean(),
      signes: fc.option(fc.string(), { nil: undefined }),
      poids: fc.option(fc.double({ noNaN: true }), { nil: undefined }),
    });
    fc.assert(
      fc.property(answers, ({ tissu, infection, signes, poids }) => {
        const items = given(tissu, poids === undefined ? [] : [kg(poids)], [
          { linkId: 'infection', answer: [{ valueBoolean: infection }] },
          ...(signes === undefined ? [] : [{ linkId: 'signes', answer: [{ valueString: signes }] }]),
        ]);
        const once = pruned(wound(), items);
        assert.deepEqual(pruned(wound(), once), once);
        assert.equal(JSON.stringify(once).includes('"signes"'), infection && Boolean(signes));
        const found = flaws(wound(), once);
        assert.equal('tissu' in found, tissu === 'autre');
        assert.equal('signes' in found, infection && !signes);
      }),
    );
  });
});
