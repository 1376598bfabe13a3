import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { anyone, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { wordsOf } from '../../platform/pdf/pdf-words-for-tests.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;

const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};

describe('letters', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let physio: TestPerson;
  let secretary: TestPerson;
  let count = 0;
  before(async () => {
    practice = await newPractice('Maison des courriers');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    physio = await practice.person('physiotherapist', { family: 'Quéméneur', given: 'Erwan' });
    secretary = await practice.person('medical-secretary', { family: 'Pellen', given: 'Maryvonne' });
  });
  async function newPatient(): Promise<string> {
    count++;
    const { id } = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: `Lettrine${'abcdefghij'[count % 10]}${'klmnopqrst'[Math.floor(count / 10)]}`,
        birthGivens: 'Yvonne',
        birthDate: `${String((count % 27) + 1).padStart(2, '0')}/03/1948`,
        sex: 'female',
      }),
    );
    ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: physio.practitioner }));
    return id;
  }
  const at = (patient: string, more = '') => `/api/patients/${patient}/letters${more}`;
  const body = (more: object = {}) => ({
    template: null,
    title: 'Essai',
    documentType: '34109-9',
    text: 'Cher confrère,\n\nBonjour.',
    recipients: [],
    act: 'keep',
    ...more,
  });
  const pdf = async (who: TestPerson, path: string, sent?: unknown): Promise<string> => {
    const { app } = await testHouse();
    const answer = await app.inject({
      method: sent ? 'POST' : 'GET',
      url: path,
      headers: {
        origin: 'http://localhost:3000',
        cookie: who.cookie,
        ...(sent ? { 'content-type': 'application/json' } : {}),
      },
      ...(sent ? { payload: JSON.stringify(sent) } : {}),
    });
    assert.equal(answer.statusCode, 200, answer.body.slice(0, 300));
    return wordsOf(answer.rawPayload);
  };

  test('DOS-13 a letter is filled from the record, signed as a PDF/A with the letterhead, and stands in the timeline', async () => {
    const patient = await newPatient();
    ok(await doctor.send('POST', `/api/patients/${patient}/problems`, { label: 'Diabète de type 2', onset: '2015' }));
    ok(
      await doctor.send('POST', `/api/patients/${patient}/treatments`, {
        label: 'Metformine 1000 mg',
        dosage: '1 matin et soir',
      }),
    );
    const started = ok(await doctor.send('GET', at(patient, '/start/modele-adressage')));
    assert.match(started.text, /Madame LETTRINE[A-Z]+ Yvonne, née le 2 mars 1948|Madame .*née le/);
    assert.match(started.text, /- Diabète de type 2/);
    assert.match(started.text, /- Metformine 1000 mg : 1 /);
    assert.deepEqual(
      started.open.map(({ key, state }: Json) => [key, state]),
      [['allergies', 'missing']],
    );
    const refused = await doctor.send(
      'POST',
      at(patient),
      body({ template: 'modele-adressage', title: started.subject, text: started.text, act: 'sign' }),
    );
    assert.equal(refused.status, 422);
    const text = started.text.replace('{{allergies}}', 'Aucune à ma connaissance.');
    const signed = ok(
      await doctor.send(
        'POST',
        at(patient),
        body({
          template: 'modele-adressage',
          documentType: '57133-1',
          title: started.subject,
          text,
          fields: started.fields,
          recipients: [
            {
              kind: 'outside',
              name: 'Dr Hervé Le Bras',
              role: 'Cardiologue',
              address: '3 quai de la Rade\n29200 Brest',
            },
          ],
          act: 'sign',
        }),
      ),
    );
    const [line] = signed.lines;
    assert.deepEqual([line.type, line.status], ['DocumentReference', 'final']);
    const words = await pdf(doctor, at(patient, `/${line.id}/pdf`));
    for (const said of [
      'Maison des courriers',
      'Dr Hervé Le Bras',
      '3 quai de la Rade',
      'Objet : Adressage de',
      'Diabète de type 2',
      'Signé dans Estran',
      'Page 1 sur 1',
      'art. L. 1110-4',
    ])
      assert.ok(words.includes(said), `${said} in ${words}`);
    const timeline = ok(await doctor.send('GET', `/api/patients/${patient}/timeline?kind=document`));
    assert.ok(timeline.groups.flatMap((group: Json) => group.items).some(({ id }: Json) => id === line.id));
    assert.equal((await anyone('GET', at(patient))).status, 401);
    assert.equal((await secretary.send('GET', at(patient, `/${line.id}`))).status, 404);
  });

  test('DOS-13 a secretary prepares within her rights, a physician completes with his own and signs; who prepared stays named', async () => {
    const patient = await newPatient();
    ok(await doctor.send('POST', `/api/patients/${patient}/problems`, { label: 'Insuffisance cardiaque' }));
    const started = ok(await secretary.send('GET', at(patient, '/start/modele-adressage')));
    assert.match(started.text, /Madame LETTRINE/);
    assert.ok(!started.text.includes('cardiaque'), 'no word of care');
    assert.ok(started.open.some(({ key, state }: Json) => key === 'problemes' && state === 'hidden'));
    assert.match(started.open.find(({ key }: Json) => key === 'traitements').words, /non accessible avec vos droits/);
    const prepared = ok(
      await secretary.send(
        'POST',
        at(patient),
        body({
          template: 'modele-adressage',
          title: started.subject,
          text: started.text,
          fields: started.fields,
          signatory: doctor.practitioner,
        }),
      ),
    );
    const [line] = prepared.lines;
    assert.deepEqual([line.status, line.kind], ['draft', 'administrative']);
    assert.equal(
      (
        await secretary.send('PUT', at(patient, `/${line.id}`), {
          ...body({ title: 'x', text: 'sans champ' }),
          act: 'sign',
          version: line.version,
        })
      ).status,
      422,
      'a letter of care is not hers to sign',
    );
    const forged = await secretary.send('POST', at(patient), body({ fields: [{ key: 'traitements', value: 'x' }] }));
    assert.equal(forged.status, 403);

    const waiting = ok(await doctor.send('GET', '/api/letters/to-sign')).letters;
    assert.deepEqual(
      waiting.filter(({ id }: Json) => id === line.id).map(({ statusLabel, who }: Json) => [statusLabel, who.name]),
      [['À signer', 'Maryvonne Pellen']],
    );
    assert.deepEqual(ok(await physio.send('GET', '/api/letters/to-sign')).letters, []);
    const opened = ok(await doctor.send('GET', at(patient, `/${line.id}`)));
    assert.equal(opened.canSign, false);
    assert.ok(opened.open.some(({ words }: Json) => words === 'à reprendre du dossier'));
    const filled = ok(
      await doctor.send('POST', at(patient, '/fill'), { subject: opened.body.title, text: opened.body.text }),
    );
    assert.match(filled.text, /- Insuffisance cardiaque/);
    const text = filled.text.replaceAll(/\{\{allergies\}\}|\{\{traitements\}\}/g, 'Rien de noté.');
    const signed = ok(
      await doctor.send('PUT', at(patient, `/${line.id}`), {
        ...opened.body,
        title: filled.subject,
        text,
        fields: [...opened.body.fields, ...filled.fields.map(({ key, value }: Json) => ({ key, value }))],
        act: 'sign',
        version: line.version,
      }),
    );
    assert.deepEqual(
      [signed.lines[0].status, signed.lines[0].kind, signed.lines[0].who.id],
      ['final', 'documents', doctor.practitioner],
    );
    const house = (await testHouse()).fhir.asSystem(practice.tenant, 'test');
    const stored = (await house.read('DocumentReference', line.id)).resource as Json;
    assert.deepEqual(
      stored.author.map(({ reference }: Json) => reference),
      [`Practitioner/${doctor.practitioner}`, `Practitioner/${secretary.practitioner}`],
    );
    assert.equal(stored.authenticator.reference, `Practitioner/${doctor.practitioner}`);
    const provenance = (await house.search('Provenance', [['target', `DocumentReference/${line.id}`]])).resources;
    assert.equal(provenance.length, 1);
    assert.deepEqual(
      ok(await doctor.send('GET', '/api/letters/to-sign')).letters.filter(({ id }: Json) => id === line.id),
      [],
    );
    assert.equal((await secretary.send('GET', at(patient, `/${line.id}`))).status, 404, 'it holds words of care now');
  });

  test('DOS-13 an administrative letter is the secretariat’s from end to end', async () => {
    const patient = await newPatient();
    const started = ok(await secretary.send('GET', at(patient, '/start/modele-information-partage')));
    assert.deepEqual(
      started.open.filter(({ state }: Json) => state !== 'late'),
      [],
    );
    const signed = ok(
      await secretary.send(
        'POST',
        at(patient),
        body({
          template: 'modele-information-partage',
          documentType: '51851-4',
          title: started.subject,
          text: started.text,
          fields: started.fields,
          recipients: [{ kind: 'patient', name: 'Mme LETTRINE' }],
          act: 'sign',
        }),
      ),
    );
    assert.deepEqual([signed.lines[0].kind, signed.lines[0].status], ['administrative', 'final']);
    assert.match(await pdf(secretary, at(patient, `/${signed.lines[0].id}/pdf`)), /Votre dossier partagé/);
    const presence = ok(await secretary.send('GET', at(patient, '/start/modele-attestation-presence')));
    assert.deepEqual(
      presence.open.map(({ key, words }: Json) => [key, words]),
      [['rendez-vous.jour', 'aucun rendez-vous ce jour à l’agenda']],
    );
    const certificate = await secretary.send(
      'POST',
      at(patient),
      body({ template: 'modele-certificat', title: 'Certificat', text: 'Je soussigné.', act: 'sign' }),
    );
    assert.match(certificate.body.detail, /se signe par : médecin, sage-femme, chirurgien-dentiste/);
    assert.match(
      (
        await physio.send(
          'POST',
          at(patient),
          body({ template: 'modele-certificat', title: 'Certificat', text: 'Je soussigné.', act: 'sign' }),
        )
      ).body.detail,
      /se signe par/,
    );
  });

  test('DOS-13 a physiotherapist writes to the physician from a section; her own rights decide', async () => {
    const patient = await newPatient();
    ok(
      await physio.send('POST', `/api/patients/${patient}/sections`, {
        section: 'volet-bilan-kinesitherapie',
        edition: ok(await physio.send('GET', '/api/sections/volet-bilan-kinesitherapie')).edition,
        draft: true,
        items: [{ linkId: 'projet', item: [{ linkId: 'diagnostic', answer: [{ valueString: 'Capsulite droite' }] }] }],
      }),
    );
    const draftOnly = ok(await physio.send('GET', at(patient, '/start/modele-bilan-kinesitherapie')));
    assert.ok(!draftOnly.text.includes('Capsulite'), 'a draft is not yet the record');
    const other = await newPatient();
    ok(await physio.send('POST', `/api/patients/${other}/measures`, { values: [{ code: '72514-3', value: '6' }] }));
    const started = ok(await physio.send('GET', at(other, '/start/modele-bilan-kinesitherapie')));
    assert.match(started.text, /Douleur : 6/);
    const signed = ok(
      await physio.send(
        'POST',
        at(other),
        body({
          template: 'modele-bilan-kinesitherapie',
          documentType: '34133-9',
          title: started.subject,
          text: started.text.replaceAll(/\{\{[^}]*\}\}/g, ''),
          fields: started.fields,
          act: 'sign',
        }),
      ),
    );
    assert.equal(signed.lines[0].status, 'final');
    assert.ok(
      ok(await doctor.send('GET', `/api/patients/${other}/record`)).documents.some(
        ({ id }: Json) => id === signed.lines[0].id,
      ),
    );
    const sensitive = ok(
      await doctor.send('POST', `/api/patients/${other}/problems`, { label: 'Dépression', sensitive: 'mental-health' }),
    );
    assert.ok(sensitive);
    const mine = ok(await physio.send('POST', at(other, '/fill'), { text: '{{problemes}} {{sante-mentale}}' }));
    assert.deepEqual(
      mine.open.map(({ key, state }: Json) => `${key} ${state}`),
      ['problemes missing', 'sante-mentale hidden'],
    );
    assert.equal(mine.leftOut, 0, 'nor is its number told');
    const his = ok(await doctor.send('POST', at(other, '/fill'), { text: '{{problemes}} {{traitements}}' }));
    assert.deepEqual([his.text.includes('Dépression'), his.leftOut], [false, 1]);
    const taken = ok(await doctor.send('POST', at(other, '/fill'), { text: 'Suivi : {{sante-mentale}}.' }));
    const closed = ok(
      await doctor.send('POST', at(other), body({ text: taken.text, fields: taken.fields, act: 'sign' })),
    );
    assert.equal(closed.lines[0].sensitive, 'mental-health');
    assert.equal((await physio.send('GET', at(other, `/${closed.lines[0].id}`))).status, 404);
    assert.equal((await physio.send('GET', at(other, `/${closed.lines[0].id}/pdf`))).status, 404);
  });

  test('DOS-13 a signed letter is never changed: a correction replaces it, both stay readable; undone within ten seconds', async () => {
    const patient = await newPatient();
    const first = ok(await doctor.send('POST', at(patient), body({ text: 'Première version.', act: 'sign' }))).lines[0];
    assert.equal(
      (await doctor.send('PUT', at(patient, `/${first.id}`), { ...body(), version: first.version })).body.code,
      'not-a-draft',
    );
    assert.equal(
      (
        await doctor.send('POST', at(patient, `/${first.id}/amend`), {
          ...body({ text: 'Deuxième version.' }),
          version: first.version,
        })
      ).status,
      422,
      'why is asked',
    );
    const amended = ok(
      await doctor.send('POST', at(patient, `/${first.id}/amend`), {
        ...body({ text: 'Deuxième version.' }),
        version: first.version,
        reason: 'Erreur de dose',
      }),
    );
    const [next, before] = amended.lines;
    assert.equal(before.id, first.id);
    const read = ok(await doctor.send('GET', at(patient, `/${first.id}`)));
    assert.deepEqual([read.statusLabel, read.replacedBy], ['Remplacé', next.id]);
    assert.equal(ok(await doctor.send('GET', at(patient, `/${next.id}`))).reason, 'Erreur de dose');
    assert.match(await pdf(doctor, at(patient, `/${first.id}/pdf`)), /Première version/);
    assert.match(
      await pdf(doctor, at(patient, `/${next.id}/pdf`)),
      /Deuxième version.*Annule et remplace le courrier/s,
    );
    assert.equal(
      (
        await doctor.send('POST', at(patient, `/${first.id}/amend`), {
          ...body(),
          version: before.version,
          reason: 'Encore',
        })
      ).body.code,
      'superseded',
    );
    ok(
      await doctor.send('POST', `/api/patients/${patient}/undo`, {
        entries: amended.lines.map(({ type, id, version }: Json) => ({ type, id, version })),
      }),
    );
    const back = ok(await doctor.send('GET', at(patient, `/${first.id}`)));
    assert.deepEqual([back.status, back.statusLabel, back.replacedBy], ['final', 'Signé', null]);
    assert.equal(ok(await doctor.send('GET', at(patient, `/${next.id}`))).status, 'entered-in-error');
  });

  test('DOS-13 two who write at once: 409 with both versions, nothing lost; a draft is thrown away, a signed letter is not', async () => {
    const patient = await newPatient();
    const [line] = ok(await doctor.send('POST', at(patient), body({ text: 'De moi.' }))).lines;
    ok(await physio.send('PUT', at(patient, `/${line.id}`), { ...body({ text: 'D’elle.' }), version: line.version }));
    const late = await doctor.send('PUT', at(patient, `/${line.id}`), {
      ...body({ text: 'De moi encore.' }),
      version: line.version,
    });
    assert.deepEqual([late.status, late.body.code], [409, 'edited-meanwhile']);
    assert.deepEqual(
      late.body.comparison.filter(({ label }: Json) => label === 'Texte').map((row: Json) => [row.before, row.after]),
      [['D’elle.', 'De moi encore.']],
    );
    assert.equal((await doctor.send('POST', at(patient, `/${line.id}/drop`), { version: 1 })).status, 409);
    ok(await doctor.send('POST', at(patient, `/${line.id}/drop`), { version: late.body.current.version }));
    assert.ok([404, 410].includes((await doctor.send('GET', at(patient, `/${line.id}`))).status));
    const [signed] = ok(await doctor.send('POST', at(patient), body({ act: 'sign' }))).lines;
    assert.equal(
      (await doctor.send('POST', at(patient, `/${signed.id}/drop`), { version: signed.version })).body.code,
      'not-a-draft',
    );
    const moved = await doctor.send('POST', `/api/patients/${patient}/documents/${signed.id}/move`, {
      version: signed.version,
      to: await newPatient(),
      reason: 'Pas le bon',
    });
    assert.match(moved.body.detail, /porte le nom de ce patient/);
    const written = await doctor.send('PUT', `/api/patients/${patient}/documents/${signed.id}`, {
      version: signed.version,
      title: 'Autre',
      documentType: '34109-9',
    });
    assert.deepEqual([written.status, /sur sa page/.test(written.body.detail)], [422, true]);
  });

  test('DOS-13 fields are frozen, and what changed in the record since is told', async () => {
    const patient = await newPatient();
    ok(await doctor.send('POST', `/api/patients/${patient}/measures`, { values: [{ code: '29463-7', value: '72' }] }));
    const filled = ok(await doctor.send('POST', at(patient, '/fill'), { text: 'Poids : {{valeur.29463-7}}.' }));
    assert.equal(filled.text, 'Poids : 72 kg.');
    const [line] = ok(await doctor.send('POST', at(patient), body({ text: filled.text, fields: filled.fields }))).lines;
    assert.deepEqual(
      ok(await doctor.send('GET', at(patient, `/${line.id}`))).fields.map(({ key, value, now }: Json) => [
        key,
        value,
        now,
      ]),
      [['valeur.29463-7', '72 kg', null]],
    );
    ok(await doctor.send('POST', `/api/patients/${patient}/measures`, { values: [{ code: '29463-7', value: '70' }] }));
    assert.deepEqual(
      ok(await doctor.send('GET', at(patient, `/${line.id}`))).fields.map(({ now }: Json) => now),
      ['70 kg'],
    );
  });

  test('DOS-13 given on paper is noted; without a connector the secure mail says so, and nothing leaves', async () => {
    const patient = await newPatient();
    const [line] = ok(
      await doctor.send(
        'POST',
        at(patient),
        body({
          act: 'sign',
          recipients: [{ kind: 'outside', name: 'Dr Le Bras', mssante: 'h.lebras@medecin.mssante.fr' }],
        }),
      ),
    ).lines;
    const read = ok(await doctor.send('GET', at(patient, `/${line.id}`)));
    assert.deepEqual(read.mssante, {
      configured: false,
      words:
        'Envoi MSSanté non configuré : imprimez ou téléchargez le courrier. Il ne part jamais par un courriel ordinaire.',
    });
    const refused = await doctor.send('POST', at(patient, `/${line.id}/given`), {
      version: line.version,
      way: 'mssante',
      to: 'Dr Le Bras',
    });
    assert.deepEqual([refused.status, refused.body.code], [409, 'mssante-not-configured']);
    const noted = ok(
      await doctor.send('POST', at(patient, `/${line.id}/given`), {
        version: line.version,
        way: 'posted',
        to: 'Dr Le Bras',
      }),
    );
    assert.equal(noted.lines[0].status, 'final');
    assert.deepEqual(
      ok(await doctor.send('GET', at(patient, `/${line.id}`))).given.map(({ wayLabel, to, state }: Json) => [
        wayLabel,
        to,
        state,
      ]),
      [['Posté', 'Dr Le Bras', 'done']],
    );
    const [draft] = ok(await doctor.send('POST', at(patient), body())).lines;
    assert.equal(
      (await doctor.send('POST', at(patient, `/${draft.id}/given`), { version: draft.version, way: 'printed' })).body
        .code,
      'not-signed',
    );
    assert.match(
      (
        await doctor.send(
          'POST',
          at(patient),
          body({ recipients: [{ kind: 'outside', name: 'x', mssante: 'a@gmail.com' }] }),
        )
      ).body.fields['recipients.0.mssante'],
      /mssante\.fr/,
    );
  });

  test('IDV-1 DOS-13 an INS is in a letter only when it is qualified', async () => {
    const patient = await newPatient();
    const filled = ok(await doctor.send('POST', at(patient, '/fill'), { text: 'INS {{patient.ins}}' }));
    assert.deepEqual(
      filled.open.map(({ key, words }: Json) => [key, words]),
      [['patient.ins', 'INS non transmise : identité non qualifiée']],
    );
    assert.doesNotMatch(await pdf(doctor, at(patient, '/preview'), body()), /INS \d/);
  });

  test('DOS-13 who may not: another practice, no care link, an opposed professional, no session', async () => {
    const patient = await newPatient();
    const [line] = ok(await doctor.send('POST', at(patient), body({ act: 'sign' }))).lines;
    const stranger = await (await newPractice()).person('physician');
    const unrelated = await practice.person('dietician');
    for (const [who, statuses] of [
      [stranger, [404]],
      [unrelated, [403]],
    ] as const)
      for (const [method, path, sent] of [
        ['GET', ''],
        ['GET', `/${line.id}`],
        ['GET', `/${line.id}/pdf`],
        ['GET', '/start/modele-adressage'],
        ['POST', '/fill', { text: '{{problemes}}' }],
        ['POST', '/preview', body()],
        ['POST', '', body()],
        ['POST', `/${line.id}/given`, { version: 1, way: 'printed' }],
      ] as const)
        assert.ok(
          (statuses as readonly number[]).includes((await who.send(method, at(patient, path), sent)).status),
          `${method} ${path}`,
        );
    ok(
      await doctor.send('POST', `/api/patients/${patient}/choices`, {
        decision: 'oppose',
        practitioner: physio.practitioner,
        kinds: [],
      }),
    );
    assert.equal((await physio.send('GET', at(patient, `/${line.id}`))).status, 403);
    assert.equal((await anyone('POST', at(patient), body())).status, 401);
    const other = await newPatient();
    assert.equal(
      (await doctor.send('GET', at(other, `/${line.id}`))).status,
      404,
      'a letter is read in its own record',
    );
  });

  test('DOS-13 bad input is told, nothing changes', async () => {
    const patient = await newPatient();
    const [line] = ok(await doctor.send('POST', at(patient), body())).lines;
    for (const sent of [
      undefined,
      [],
      'x',
      {},
      body({ title: '' }),
      body({ text: 5 }),
      body({ text: 'x'.repeat(60_000) }),
      body({ act: 'publish' }),
      body({ documentType: '1' }),
      body({ recipients: 'x' }),
      body({ recipients: Array(30).fill({ kind: 'outside', name: 'x' }) }),
      body({ signatory: 'nobody-here' }),
      body({ template: 'nulle-part' }),
      body({ template: '../x' }),
      body({ sensitive: 'x' }),
      body({ fields: [{ key: 'x' }] }),
      body({ title: 'a\u0000b' }),
    ]) {
      const answer = await doctor.send('POST', at(patient), sent);
      assert.ok(
        answer.status >= 400 && answer.status < 500,
        `${answer.status} for ${JSON.stringify(sent)?.slice(0, 120)}`,
      );
    }
    for (const path of ['/nulle-part', '/..%2f', `/${line.id}x`])
      assert.ok([400, 404].includes((await doctor.send('GET', at(patient, path))).status));
    assert.equal((await doctor.send('PUT', at(patient, `/${line.id}`), body())).status, 422);
    const signing = await doctor.send('PUT', at(patient, `/${line.id}`), {
      ...body({ text: 'Reste {{traitements}}' }),
      act: 'sign',
      version: line.version,
    });
    assert.deepEqual([signing.status, signing.body.code], [422, 'cannot-sign']);
    assert.equal(ok(await doctor.send('GET', at(patient, `/${line.id}`))).version, line.version);
    const strange = 'Ω😀 \u0007<script>#let x = 1; $a$ @b \\ ` "quote" {{{ }} **a** \u202E';
    assert.match(
      await pdf(
        doctor,
        at(patient, '/preview'),
        body({ title: strange, text: strange, recipients: [{ kind: 'outside', name: strange.slice(0, 80) }] }),
      ),
      /#let x = 1/,
    );
  });

  test('DOS-13 a long letter has its pages numbered, with the legal mentions on each', async () => {
    const patient = await newPatient();
    const words = await pdf(
      doctor,
      at(patient, '/preview'),
      body({ text: Array.from({ length: 90 }, (_, i) => `Paragraphe ${i + 1}.`).join('\n\n') }),
    );
    for (const said of ['Page 1 sur 3', 'Page 2 sur 3', 'Page 3 sur 3', 'Projet de courrier, non signé'])
      assert.ok(words.includes(said), `${said} in ${words.slice(0, 600)}`);
    assert.equal(words.match(/art\. L\. 1110-4/g)?.length, 3);
  });
});
