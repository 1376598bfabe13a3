import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { anyone, newPractice, testHouse, type TestPerson, type TestPractice } from '../../test/app.ts';
import { wordsOf } from '../platform/pdf/pdf-words-for-tests.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};

describe('medical summary', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let nurse: TestPerson;
  let psychologist: TestPerson;
  let midwife: TestPerson;
  let outsider: TestPerson;
  let secretary: TestPerson;
  let stranger: TestPerson;
  let count = 0;
  before(async () => {
    practice = await newPractice('Maison des synthèses');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    nurse = await practice.person('nurse', { family: 'Abgrall', given: 'Soizic' });
    psychologist = await practice.person('psychologist', { family: 'Riou', given: 'Maël' });
    midwife = await practice.person('midwife', { family: 'Tanguy', given: 'Lena' });
    outsider = await practice.person('physician', { family: 'Cozic', given: 'Rozenn' });
    secretary = await practice.person('medical-secretary');
    stranger = await (await newPractice()).person('physician');
  });
  const letters = 'abcdefghij';
  async function newPatient(...team: TestPerson[]): Promise<string> {
    count++;
    const { id } = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: `Synthetto${letters[count % 10]}${letters[Math.floor(count / 10)]}`,
        birthGivens: 'Yvonne',
        birthDate: `${String((count % 27) + 1).padStart(2, '0')}/03/1948`,
        sex: 'female',
      }),
    );
    for (const one of team)
      ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: one.practitioner }));
    return id;
  }
  const add = async (who: TestPerson, patient: string, path: string, body: object): Promise<Json> =>
    ok(await who.send('POST', `/api/patients/${patient}/${path}`, body)).lines[0];
  const at = (patient: string, more = '') => `/api/patients/${patient}/summaries${more}`;
  const page = async (who: TestPerson, patient: string) => ok(await who.send('GET', at(patient)));
  const begin = async (who: TestPerson, patient: string) => ok(await who.send('POST', at(patient)));
  const change = (who: TestPerson, patient: string, id: string, body: object) =>
    who.send('POST', at(patient, `/${id}/changes`), body);
  const section = (view: Json, code: string): Json => view.sections.find((one: Json) => one.code === code);
  const labels = (view: Json, code: string): string[] =>
    section(view, code)
      .lines.filter((one: Json) => !one.left)
      .map((one: Json) => one.label);
  /** Checks everything, then signs what is seen. */
  async function sign(who: TestPerson, patient: string, id: string, sensitive: string[] = []): Promise<Json> {
    const view = ok(await change(who, patient, id, { act: 'verify', section: 'all', verified: true }));
    return ok(await who.send('POST', at(patient, `/${id}/sign`), { seal: view.seal, sensitive })).lines[0];
  }
  const pdf = async (who: TestPerson, patient: string, id: string): Promise<string> => {
    const { app } = await testHouse();
    const answer = await app.inject({
      method: 'GET',
      url: at(patient, `/${id}/pdf`),
      headers: { cookie: who.cookie, origin: 'http://localhost:3000' },
    });
    assert.equal(answer.statusCode, 200, answer.body);
    assert.match(answer.rawPayload.toString('latin1'), /pdfaid/, 'PDF/A');
    return wordsOf(answer.rawPayload).replace(/\s+/g, ' ');
  };
  async function filled(patient: string): Promise<Record<string, Json>> {
    return {
      diabetes: await add(doctor, patient, 'problems', { label: 'Diabète de type 2', onset: '2015' }),
      past: await add(doctor, patient, 'history', { topic: 'personal', label: 'Appendicectomie', at: '1975' }),
      family: await add(doctor, patient, 'history', { topic: 'family', label: 'Infarctus', relative: 'FTH' }),
      allergy: await add(doctor, patient, 'allergies', {
        label: 'Pénicilline',
        category: 'medication',
        reaction: 'Urticaire',
      }),
      metformin: await add(doctor, patient, 'treatments', { label: 'Metformine 1000 mg', dosage: '1 matin et soir' }),
      past2: await add(doctor, patient, 'treatments', {
        label: 'Amoxicilline 1 g',
        state: 'past',
        until: '01/02/2025',
      }),
      flag: await add(doctor, patient, 'alerts', { label: 'Risque de chute' }),
      weight: await add(nurse, patient, 'measures', { values: [{ code: '29463-7', value: '72,4' }] }),
    };
  }

  test('DOS-12 the summary is built from the record, completed by the nurse, checked and signed by the physician, and then does not move', async () => {
    const patient = await newPatient(nurse);
    const entries = await filled(patient);
    const draft = await begin(nurse, patient);
    assert.equal((await begin(doctor, patient)).id, draft.id, 'one draft at a time');
    assert.deepEqual(
      [
        labels(draft, 'problems'),
        labels(draft, 'past'),
        labels(draft, 'family'),
        labels(draft, 'allergies'),
        labels(draft, 'treatments'),
        labels(draft, 'vigilance'),
        labels(draft, 'results'),
      ],
      [
        ['Diabète de type 2'],
        ['Appendicectomie'],
        ['Père : Infarctus'],
        ['Pénicilline'],
        ['Metformine 1000 mg'],
        ['Risque de chute'],
        ['Poids'],
      ],
    );
    assert.deepEqual(
      section(draft, 'team')
        .lines.map((one: Json) => one.label)
        .sort(),
      ['Anne Kermarrec', 'Soizic Abgrall'],
    );
    assert.equal(section(draft, 'problems').lines[0].id, entries.diabetes.id, 'each line leads to its entry');
    ok(
      await change(nurse, patient, draft.id, {
        act: 'words',
        section: 'functional',
        words: 'Vit seule, marche avec une canne.',
      }),
    );
    ok(
      await change(doctor, patient, draft.id, { act: 'words', section: 'functional', words: 'Conduite à réévaluer.' }),
    );
    ok(await change(doctor, patient, draft.id, { act: 'leave', entry: `Condition/${entries.past.id}` }));
    const seen = (await page(doctor, patient)).draft;
    assert.deepEqual(
      section(seen, 'functional').words.map((one: Json) => [one.by.name, one.text]),
      [
        ['Soizic Abgrall', 'Vit seule, marche avec une canne.'],
        ['Anne Kermarrec', 'Conduite à réévaluer.'],
      ],
    );
    assert.deepEqual(labels(seen, 'past'), []);
    // Nothing is signed that nobody checked.
    const early = await doctor.send('POST', at(patient, `/${draft.id}/sign`), { seal: seen.seal });
    assert.deepEqual([early.status, early.body.code], [422, 'unchecked']);
    const line = await sign(doctor, patient, draft.id);
    assert.deepEqual([line.id, line.status], [draft.id, 'final']);

    // The record goes on; the summary stays as it was signed and says what became of its lines.
    ok(
      await doctor.send('PUT', `/api/patients/${patient}/treatments/${entries.metformin.id}`, {
        label: 'Metformine 500 mg',
        dosage: '1 le soir',
        version: 1,
      }),
    );
    ok(
      await doctor.send('POST', `/api/patients/${patient}/entries/Condition/${entries.diabetes.id}/error`, {
        version: 1,
        reason: 'autre patient',
      }),
    );
    const { current } = await page(nurse, patient);
    assert.deepEqual(
      [labels(current, 'treatments'), section(current, 'treatments').lines[0].since],
      [['Metformine 1000 mg'], 'corrected'],
    );
    assert.deepEqual(
      [labels(current, 'problems'), section(current, 'problems').lines[0].since],
      [['Diabète de type 2'], 'withdrawn'],
    );

    // The next one starts from it and says what changed.
    const next = await begin(doctor, patient);
    assert.deepEqual(
      [labels(next, 'treatments'), section(next, 'treatments').lines[0].change, section(next, 'problems').gone],
      [['Metformine 500 mg'], 'changed', ['Diabète de type 2']],
    );
    assert.deepEqual(
      [labels(next, 'past'), section(next, 'functional').words.length],
      [[], 2],
      'what was left out and said is taken up again',
    );
    await sign(doctor, patient, next.id);
    const after = await page(nurse, patient);
    assert.deepEqual(
      [after.current.id, after.current.replaces, after.earlier.map((one: Json) => [one.id, one.statusLabel])],
      [next.id, draft.id, [[draft.id, 'Remplacé']]],
    );
    const old = ok(await nurse.send('GET', at(patient, `/${draft.id}`)));
    assert.deepEqual([old.replacedBy, labels(old, 'treatments')], [next.id, ['Metformine 1000 mg']]);
    assert.equal(
      section(old, 'past').empty,
      'Rien n’a été retenu ici par la personne qui a signé.',
      'what is left out is not said to be absent',
    );
    assert.match(await pdf(nurse, patient, draft.id), /Remplacée par une synthèse plus récente/);
    assert.match(
      await pdf(nurse, patient, next.id),
      /Metformine 500 mg.*Vit seule, marche avec une canne.*Vérifié puis signé dans Estran par Anne Kermarrec/,
    );
  });

  test('DOS-12 DOS-16 who signs signs what they saw; a signed summary is corrected with a reason, entered in error, never overwritten by the form of notes', async () => {
    const patient = await newPatient(nurse);
    await filled(patient);
    const draft = await begin(doctor, patient);
    const seen = ok(await change(doctor, patient, draft.id, { act: 'verify', section: 'all', verified: true }));
    await add(doctor, patient, 'problems', { label: 'Hypertension artérielle' });
    const late = await doctor.send('POST', at(patient, `/${draft.id}/sign`), { seal: seen.seal });
    assert.deepEqual([late.status, late.body.code], [409, 'changed-since']);
    const stale = (await page(doctor, patient)).draft;
    assert.deepEqual(
      [section(stale, 'problems').verified.stale, section(stale, 'allergies').verified.stale],
      [true, false],
    );
    const signed = await sign(doctor, patient, draft.id);
    for (const body of [
      { act: 'words', section: 'plan', words: 'x' },
      { act: 'verify', section: 'all', verified: true },
    ])
      assert.equal((await change(doctor, patient, draft.id, body)).body.code, 'not-a-draft');
    assert.equal(
      (
        await doctor.send('PUT', `/api/patients/${patient}/notes/${draft.id}`, {
          text: 'écrasée',
          version: signed.version,
        })
      ).status,
      422,
    );
    const problem = section(stale, 'problems').lines[0];
    const amend = {
      version: signed.version,
      reason: 'Doublon',
      words: { plan: 'Revoir en mars.' },
      leave: [`Condition/${problem.id}`],
    };
    assert.equal((await nurse.send('POST', at(patient, `/${draft.id}/amend`), amend)).status, 403);
    ok(await doctor.send('POST', at(patient, `/${draft.id}/amend`), amend));
    assert.equal(
      (await doctor.send('POST', at(patient, `/${draft.id}/amend`), amend)).status,
      409,
      'the version that was seen is gone',
    );
    const { current } = await page(nurse, patient);
    assert.deepEqual(
      [current.status, current.reason, labels(current, 'problems').length, section(current, 'plan').words[0].text],
      ['amended', 'Doublon', 1, 'Revoir en mars.'],
    );
    const versions = ok(await nurse.send('GET', `/api/patients/${patient}/entries/Composition/${draft.id}/versions`));
    assert.ok(versions.versions.length >= 3);
    const other = await doctor.send('POST', at(patient, `/${draft.id}/sign`), { seal: seen.seal });
    assert.equal(other.body.code, 'not-a-draft');
  });

  test('DOS-12 DOS-16 a summary that another physician corrects says so on the page and on paper, under both names; who signed it is told, and stays who signed it', async () => {
    const patient = await newPatient(outsider, nurse);
    await filled(patient);
    const draft = await begin(doctor, patient);
    const signed = await sign(doctor, patient, draft.id);
    assert.equal((await page(nurse, patient)).current.corrected, null);
    const amend = { reason: 'Oubli', words: { plan: 'Revoir en mars.' }, leave: [] };
    ok(await outsider.send('POST', at(patient, `/${draft.id}/amend`), { ...amend, version: signed.version }));
    const { current } = await page(nurse, patient);
    assert.deepEqual(
      [current.status, current.who.id, current.corrected.by.id],
      ['amended', doctor.practitioner, outsider.practitioner],
    );
    const paper = await pdf(nurse, patient, draft.id);
    assert.match(paper, /Corrigée le \S+ à \S+ par Rozenn Cozic, Médecin : Oubli/);
    assert.match(
      paper,
      /Vérifié puis signé dans Estran par Anne Kermarrec, Médecin, le [^.]+\. Corrigé par Rozenn Cozic, Médecin, le /,
    );
    const told = async (who: TestPerson) =>
      (await who.send('GET', '/api/notices')).body.filter((one: Json) => one.kind === 'summary-corrected');
    assert.deepEqual(
      (await told(doctor)).map(({ words }: Json) => words),
      ['Rozenn Cozic a corrigé une synthèse que vous avez signée. Motif : Oubli'],
    );
    assert.deepEqual(await told(outsider), []);
    // Refused, nothing is told.
    const late = await outsider.send('POST', at(patient, `/${draft.id}/amend`), { ...amend, version: signed.version });
    assert.equal(late.status, 409);
    assert.equal((await told(doctor)).length, 1);
  });

  test('DOS-12 where a signed summary went is noted by who says so, stays through a correction and can be taken back; a draft goes nowhere; who may not', async () => {
    const patient = await newPatient(nurse, outsider);
    await filled(patient);
    const draft = await begin(doctor, patient);
    const give = (who: TestPerson, version: number, more: object = { way: 'handed', to: 'Dr Le Bihan, cardiologue' }) =>
      who.send('POST', at(patient, `/${draft.id}/given`), { version, ...more });
    const early = await give(doctor, draft.version);
    assert.deepEqual([early.status, early.body.code], [409, 'not-signed']);
    const signed = await sign(doctor, patient, draft.id);
    assert.deepEqual((await page(nurse, patient)).current.given, []);
    const noted = ok(await give(nurse, signed.version));
    const handed = ['handed', 'Remis en main propre', 'Dr Le Bihan, cardiologue', nurse.practitioner, 'done'];
    const given = async () =>
      (await page(doctor, patient)).current.given.map((one: Json) => [
        one.way,
        one.wayLabel,
        one.to,
        one.by.id,
        one.state,
      ]);
    assert.deepEqual(await given(), [handed]);
    const { current } = await page(doctor, patient);
    assert.deepEqual(
      [current.status, current.who.id, current.corrected, current.reason],
      ['final', doctor.practitioner, null, null],
      'it is signed by who signed it, and not corrected',
    );
    const { groups } = ok(await nurse.send('GET', `/api/patients/${patient}/timeline`));
    const inHistory = groups.flatMap(({ items }: Json) => items).find((one: Json) => one.id === draft.id);
    assert.deepEqual([inHistory.who.id, inHistory.statusLabel], [doctor.practitioner, 'Signé']);
    // What is not seen, not known, or of an older version is refused, and nothing is noted.
    assert.equal((await give(nurse, signed.version)).status, 409);
    for (const more of [{ way: 'mssante' }, { way: 'pigeon' }, { way: 'posted', to: 'x'.repeat(121) }])
      assert.equal((await give(nurse, current.version, more)).status, 422);
    for (const who of [stranger, secretary]) assert.ok([403, 404].includes((await give(who, current.version)).status));
    assert.deepEqual(await given(), [handed]);
    const amend = { version: current.version, reason: 'Oubli', words: { plan: 'Revoir en mars.' }, leave: [] };
    ok(await outsider.send('POST', at(patient, `/${draft.id}/amend`), amend));
    const after = (await page(doctor, patient)).current;
    assert.deepEqual([after.corrected.by.id, await given()], [outsider.practitioner, [handed]]);
    const posted = ok(await give(doctor, after.version, { way: 'posted' }));
    assert.deepEqual(await given(), [handed, ['posted', 'Posté', '', doctor.practitioner, 'done']]);
    const [line] = posted.lines;
    const undone = await doctor.send('POST', `/api/patients/${patient}/undo`, {
      entries: [{ type: line.type, id: line.id, version: line.version }],
    });
    assert.equal(undone.status, 200, undone.text);
    assert.deepEqual(await given(), [handed]);
    assert.equal(noted.lines[0].id, draft.id);
  });

  test('DOS-12 SEC-3 who may not: another practice, nobody, a secretary, who is out of the team; the nurse completes and does not sign', async () => {
    const patient = await newPatient(nurse);
    await filled(patient);
    const draft = await begin(doctor, patient);
    for (const [who, status] of [
      [stranger, 404],
      [secretary, 200],
      [outsider, 403],
    ] as const) {
      const answer = await who.send('GET', at(patient));
      assert.equal(answer.status, status);
      if (status === 200)
        assert.deepEqual(
          [answer.body.draft, answer.body.current, answer.body.earlier, answer.body.canWrite],
          [null, null, [], false],
          'a secretary is told of none',
        );
      assert.ok(!answer.text.includes('Diabète'));
      assert.ok([403, 404].includes((await who.send('GET', at(patient, `/${draft.id}`))).status));
      assert.ok([403, 404].includes((await who.send('GET', at(patient, `/${draft.id}/pdf`))).status));
      for (const more of ['', `/${draft.id}/changes`, `/${draft.id}/sign`, `/${draft.id}/amend`])
        assert.ok(
          [403, 404, 422].includes(
            (
              await who.send('POST', at(patient, more), {
                act: 'verify',
                section: 'all',
                verified: true,
                seal: 'x',
                version: 1,
                reason: 'essai',
              })
            ).status,
          ),
        );
    }
    assert.equal((await anyone('GET', at(patient))).status, 401);
    assert.equal(
      (await change(nurse, patient, draft.id, { act: 'verify', section: 'all', verified: true })).status,
      403,
    );
    const seen = (await page(nurse, patient)).draft;
    assert.equal((await nurse.send('POST', at(patient, `/${draft.id}/sign`), { seal: seen.seal })).status, 403);
    const other = await newPatient(nurse);
    assert.equal((await nurse.send('GET', at(other, `/${draft.id}`))).status, 404, 'of another patient');
    ok(await change(doctor, patient, draft.id, { act: 'words', section: 'plan', words: 'Mes mots.' }));
    for (const words of ['Autres mots.', ''])
      assert.equal(
        (await change(nurse, patient, draft.id, { act: 'words', section: 'plan', words, by: doctor.practitioner }))
          .status,
        403,
        'the words of another',
      );
    const note = await add(doctor, patient, 'notes', { text: 'Une note.' });
    assert.equal((await nurse.send('GET', at(patient, `/${note.id}`))).status, 404, 'a note is no summary');
  });

  /** Every way to the words of a summary. */
  async function everywhere(who: TestPerson, patient: string, id: string): Promise<string> {
    const told = [JSON.stringify(await page(who, patient))];
    for (const path of [
      at(patient, `/${id}`),
      `/api/patients/${patient}/entries/Composition/${id}`,
      `/api/patients/${patient}/entries/Composition/${id}/versions`,
      `/api/patients/${patient}/timeline?count=200`,
      `/api/patients/${patient}/record`,
      `/fhir/R4/Composition/${id}`,
      `/fhir/R4/Composition/${id}/_history`,
      `/fhir/R4/Composition?patient=${patient}&_include=*`,
      `/fhir/R4/Patient/${patient}/$everything`,
      `/fhir/R4/Patient/${patient}/$summary`,
    ])
      told.push((await who.send('GET', path)).text);
    if ((await who.send('GET', at(patient, `/${id}`))).status === 200) told.push(await pdf(who, patient, id));
    return told.join('\n');
  }

  test('DOS-12 DOS-9 a private note is in no summary, draft, signed, printed or exported, its author’s own included', async () => {
    const patient = await newPatient(nurse);
    await filled(patient);
    const note = await add(doctor, patient, 'notes', { text: 'SECRET-PERSONNEL', personal: true });
    const house = (await testHouse()).fhir.asSystem(practice.tenant, 'test');
    // Whatever type carries the mark.
    const condition = await house.create({
      resourceType: 'Condition',
      meta: { tag: [{ system: 'urn:estran:tag', code: 'private-note' }] },
      subject: { reference: `Patient/${patient}` },
      recorder: { reference: `Practitioner/${doctor.practitioner}` },
      code: { text: 'SECRET-CONDITION' },
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
      },
    });
    const draft = await begin(doctor, patient);
    assert.ok(!JSON.stringify(draft).includes('SECRET'));
    assert.equal(
      (await change(doctor, patient, draft.id, { act: 'leave', entry: `Condition/${condition.id}` })).status,
      422,
    );
    const view = ok(await change(doctor, patient, draft.id, { act: 'verify', section: 'all', verified: true }));
    for (const entry of [`Condition/${condition.id}`, `Composition/${note.id}`])
      assert.equal(
        (await doctor.send('POST', at(patient, `/${draft.id}/sign`), { seal: view.seal, sensitive: [entry] })).status,
        422,
      );
    await sign(doctor, patient, draft.id);
    for (const text of [
      JSON.stringify(await page(doctor, patient)),
      await pdf(doctor, patient, draft.id),
      (await doctor.send('GET', `/fhir/R4/Composition/${draft.id}`)).text,
      (await doctor.send('GET', `/fhir/R4/Patient/${patient}/$summary`)).text,
    ])
      assert.ok(!text.includes('SECRET') && !text.includes(condition.id));
    assert.ok(!(await everywhere(nurse, patient, draft.id)).includes('SECRET'));
  });

  test('DOS-12 SEC-3 a kind that is closed is absent and said to be absent, empty or not, for who reads and for who builds', async () => {
    const [full, blank] = [await newPatient(psychologist, nurse), await newPatient(psychologist, nurse)];
    await filled(full);
    const notes: string[] = [];
    for (const patient of [full, blank]) {
      const draft = await begin(doctor, patient);
      await sign(doctor, patient, draft.id);
      const told = await everywhere(psychologist, patient, draft.id);
      for (const closed of ['Diabète', 'Pénicilline', 'Appendicectomie', 'Poids', '72,4'])
        assert.ok(!told.includes(closed), closed);
      const { current } = await page(psychologist, patient);
      notes.push(
        JSON.stringify(
          ['problems', 'allergies', 'results'].map((code) => [
            section(current, code).hidden,
            section(current, code).lines,
          ]),
        ),
      );
      const printed = await pdf(psychologist, patient, draft.id);
      assert.match(printed, /Non accessible à la personne qui imprime : antécédents et problèmes/);
      assert.doesNotMatch(printed, /Aucune pathologie|Non renseigné/);
    }
    assert.equal(notes[0], notes[1], 'nothing tells a record with something from one without');
    assert.equal(
      labels((await page(psychologist, full)).current, 'treatments')[0],
      'Metformine 1000 mg',
      'what is open stays',
    );
    // Closed by the patient to one person.
    ok(
      await doctor.send('POST', `/api/patients/${full}/choices`, {
        decision: 'oppose',
        practitioner: nurse.practitioner,
        kinds: ['treatments'],
      }),
    );
    const draft = await begin(doctor, full);
    const told = await everywhere(nurse, full, draft.id);
    assert.ok(!told.includes('Metformine'));
    assert.deepEqual(section((await page(nurse, full)).draft, 'treatments').hidden, ['Traitements']);
  });

  test('DOS-12 SEC-3 a sensitive entry enters only when who signs ticks it; the summary is then closed to those who may not read it', async () => {
    const patient = await newPatient(nurse, psychologist, midwife);
    await filled(patient);
    const sensitive = await add(doctor, patient, 'problems', {
      label: 'SENSIBLE-DÉPRESSION',
      sensitive: 'mental-health',
    });
    const draft = await begin(doctor, patient);
    assert.ok(!labels(draft, 'problems').includes('SENSIBLE-DÉPRESSION'));
    assert.deepEqual(
      draft.sensitive.map((one: Json) => [one.label, one.section]),
      [['SENSIBLE-DÉPRESSION', 'Pathologies en cours']],
    );
    for (const who of [nurse, midwife])
      assert.ok(
        !JSON.stringify((await page(who, patient)).draft).includes('SENSIBLE'),
        'offered to who signs and may see it',
      );
    await sign(doctor, patient, draft.id);
    for (const who of [midwife, doctor])
      assert.ok(!(await pdf(who, patient, draft.id)).includes('SENSIBLE'), 'not ticked, not there');
    ok(
      await change(doctor, patient, (await begin(doctor, patient)).id, {
        act: 'words',
        section: 'problems',
        words: 'MOTS-SENSIBLES',
      }),
    );
    const next = await begin(doctor, patient);
    await sign(doctor, patient, next.id, [`Condition/${sensitive.id}`]);
    assert.match(await pdf(doctor, patient, next.id), /SENSIBLE-DÉPRESSION/);
    const told = await everywhere(midwife, patient, next.id);
    assert.ok(!told.includes('SENSIBLE') && !told.includes(sensitive.id), 'closed to a midwife by every way');
    assert.equal((await midwife.send('GET', at(patient, `/${next.id}`))).status, 404);
    assert.equal((await page(midwife, patient)).current.id, draft.id);
    // The words beside it do not come out by the next draft.
    const third = await begin(midwife, patient);
    assert.ok(!JSON.stringify(third).includes('MOTS-SENSIBLES'));
    assert.ok(!JSON.stringify((await begin(doctor, patient)).sections).includes('MOTS-SENSIBLES'));
  });
});
