import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { anyone, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import type { FhirStore } from '../../fhir/index.ts';
import { type Consumer, keysIn, parseTemplate, renderPdf, richText } from '../../platform/index.ts';
import { wordsOf } from '../../platform/pdf/pdf-words-for-tests.ts';
import { withoutField } from '../contract/letters/edit.rules.ts';
import { fieldOf, letterFields } from '../data/letters/fields.ts';
import { shippedTemplates } from '../data/letters/templates/index.ts';
import { shippedSections } from '../data/sections/index.ts';
import { openSecureMail, type SecureMail, SecureMailRefused } from './secure-mail.ts';
import { flawsOf } from './template.rules.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('letter templates', () => {
  let practice: TestPractice;
  let nurse: TestPerson;
  let doctor: TestPerson;
  let secretary: TestPerson;
  let manager: TestPerson;
  let admin: TestPerson;
  before(async () => {
    practice = await newPractice('Maison des modèles');
    nurse = await practice.person('nurse');
    doctor = await practice.person('physician');
    secretary = await practice.person('medical-secretary');
    manager = await practice.person('administrator');
    admin = await practice.person('administrator', { roles: ['owner'] });
  });
  const at = (more = '') => `/api/letter-templates${more}`;
  const bodyOf = (detail: Json, more: object = {}) => ({
    title: detail.title,
    description: detail.description,
    use: detail.use,
    documentType: detail.documentType,
    professions: detail.professions,
    signers: detail.signers,
    administrative: detail.administrative,
    sensitive: detail.sensitive,
    subject: detail.subject,
    text: detail.text,
    version: detail.version,
    ...more,
  });
  async function newPatient(sex = 'female'): Promise<string> {
    const { id } = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: `Modelle${Math.random()
          .toString(36)
          .replace(/[^a-z]/g, '')
          .slice(0, 8)}`,
        birthGivens: 'Yann',
        birthDate: '02/03/2015',
        sex,
      }),
    );
    ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: nurse.practitioner }));
    return id;
  }

  test('DOS-13 every template that comes with the product is there, without a flaw, with fields and answers that exist', async () => {
    const { templates, writes } = ok(await nurse.send('GET', at()));
    assert.equal(writes, true);
    const answers = new Map(shippedSections.map(({ key, form }) => [`volet-${key}`, JSON.stringify(form.item)]));
    for (const { key, edition, body } of shippedTemplates) {
      const one = templates.find(({ id }: Json) => id === `modele-${key}`);
      assert.deepEqual([one?.edition, one?.status, one?.shipped, one?.newer], [edition, 'active', true, false], key);
      assert.deepEqual(flawsOf(body), [], key);
      for (const { key: field } of keysIn(parseTemplate(`${body.subject}\n${body.text}`).nodes)) {
        const [, section, question] = /^volet\.([a-z0-9-]+)(?:\.(.+))?$/.exec(field) ?? [];
        if (section)
          assert.ok(
            question === undefined || question === 'date'
              ? answers.has(section)
              : answers.get(section)?.includes(`"linkId":"${question}"`),
            `${key}: ${field}`,
          );
      }
    }
    const professions = new Set(shippedTemplates.flatMap(({ body }) => body.professions));
    for (const profession of [
      'physician',
      'dental-surgeon',
      'midwife',
      'pharmacist',
      'nurse',
      'advanced-practice-nurse',
      'asalee-nurse',
      'physiotherapist',
      'chiropodist',
      'speech-therapist',
      'orthoptist',
      'occupational-therapist',
      'psychomotor-therapist',
      'radiographer',
      'dietician',
      'psychologist',
      'social-worker',
      'medical-assistant',
      'medical-secretary',
      'coordinator',
    ] as const)
      assert.ok(professions.has(profession), profession);
  });

  test('DOS-13 a template is copied, changed beside, put in use, withdrawn; who may not is refused', async () => {
    const copy = ok(await nurse.send('POST', at(), { from: 'modele-cr-infirmier' }));
    assert.deepEqual([copy.status, copy.title, copy.edition], ['draft', 'Compte rendu infirmier (copie)', '']);
    assert.equal((await manager.send('GET', at(`/${copy.id}`))).status, 404, 'a draft is its writers’');
    const saved = ok(
      await nurse.send(
        'PUT',
        at(`/${copy.id}`),
        bodyOf(copy, { title: 'Notre compte rendu', text: 'Bonjour {{patient.nom}}\n{{si ald}}\nALD\n{{fin}}' }),
      ),
    );
    const late = await nurse.send('PUT', at(`/${copy.id}`), bodyOf(copy));
    assert.deepEqual([late.status, late.body.code], [409, 'edited-meanwhile']);
    const used = ok(await nurse.send('POST', at(`/${copy.id}/publish`), { version: saved.version }));
    assert.deepEqual([used.status, used.edition], ['active', '1.0']);
    const beside = ok(
      await nurse.send('PUT', at(`/${used.id}`), bodyOf(used, { text: 'Bonjour {{patient.nom}}, bis' })),
    );
    assert.deepEqual([beside.draftOf, beside.status], [used.id, 'draft']);
    assert.equal((await doctor.send('PUT', at(`/${used.id}`), bodyOf(used))).body.code, 'draft-exists');
    const patient = await newPatient();
    assert.match(
      ok(await nurse.send('GET', `/api/patients/${patient}/letters/start/${used.id}`)).text,
      /^Bonjour MODELLE\S* Yann$/,
    );
    assert.equal(
      (await nurse.send('GET', `/api/patients/${patient}/letters/start/${beside.id}`)).status,
      404,
      'nobody writes from a draft',
    );
    const next = ok(await nurse.send('POST', at(`/${beside.id}/publish`), { version: beside.version }));
    assert.deepEqual([next.id, next.edition], [used.id, '1.1']);
    assert.match(ok(await nurse.send('GET', `/api/patients/${patient}/letters/start/${used.id}`)).text, /bis/);
    const gone = ok(await nurse.send('POST', at(`/${used.id}/retire`), { version: next.version, back: false }));
    assert.equal((await nurse.send('GET', `/api/patients/${patient}/letters/start/${used.id}`)).status, 404);
    ok(await nurse.send('POST', at(`/${used.id}/retire`), { version: gone.version, back: true }));
    assert.equal((await manager.send('POST', at(), { title: 'x' })).status, 403);
    const stranger = await (await newPractice()).person('nurse');
    assert.equal((await stranger.send('GET', at(`/${used.id}`))).status, 404);
    assert.equal((await anyone('GET', at())).status, 401);
    assert.equal(
      ok(await secretary.send('POST', at(), { title: 'Le nôtre' })).status,
      'draft',
      'the secretariat writes templates',
    );
  });

  test('DOS-13 what is wrong in a template is told, and keeps it from being used', async () => {
    const draft = ok(await nurse.send('POST', at(), { title: 'Essai' }));
    const wrong = ok(
      await nurse.send(
        'PUT',
        at(`/${draft.id}`),
        bodyOf(draft, { text: 'a\n{{nulle-part}}\n{{si ald}}\n{{pour patient.nom}}x{{fin}}\n{{femme}}' }),
      ),
    );
    const said = wrong.flaws.map(({ words }: Json) => words).join(' ');
    for (const one of [
      '« nulle-part » n’est pas un champ connu',
      'n’est pas une liste',
      'employez « si femme »',
      'n’a pas de « fin »',
    ])
      assert.ok(said.includes(one), one);
    const refused = await nurse.send('POST', at(`/${draft.id}/publish`), { version: wrong.version });
    assert.deepEqual([refused.status, refused.body.code], [422, 'not-ready']);
    const plain = ok(
      await nurse.send(
        'PUT',
        at(`/${draft.id}`),
        bodyOf(draft, { version: wrong.version, administrative: true, text: 'Vos traitements : {{traitements}}' }),
      ),
    );
    assert.match(plain.flaws[0].words, /vient du dossier de soins/);
    for (const sent of [
      undefined,
      {},
      [],
      bodyOf(draft, { version: 0 }),
      bodyOf(draft, { text: 'x'.repeat(40_000) }),
      bodyOf(draft, { use: 'x' }),
      bodyOf(draft, { professions: ['roi'] }),
      bodyOf(draft, { title: '' }),
    ])
      assert.equal((await nurse.send('PUT', at(`/${draft.id}`), sent)).status, 422);
    ok(await nurse.send('POST', at(`/${draft.id}/drop`), { version: plain.version }));
    assert.equal((await nurse.send('GET', at(`/${draft.id}`))).status, 404);
    assert.equal((await nurse.send('GET', at('/en-tete'))).status, 404);
  });

  test('DOS-13 a template goes to another practice as a file, and is used there at once; a wrong file is refused', async () => {
    const file = await nurse.send('GET', at('/modele-fiche-liaison/file'));
    assert.match(
      String(file.headers['content-disposition']),
      /attachment; filename="Fiche de liaison infirmiere\.json"/,
    );
    const elsewhere = await newPractice();
    const other = await elsewhere.person('nurse');
    const brought = ok(await other.send('POST', at(), { file: JSON.parse(file.text) }));
    assert.deepEqual([brought.title, brought.status, brought.flaws], ['Fiche de liaison infirmière', 'draft', []]);
    assert.equal(brought.text, ok(await nurse.send('GET', at('/modele-fiche-liaison'))).text);
    const used = ok(await other.send('POST', at(`/${brought.id}/publish`), { version: brought.version }));
    const physician = await elsewhere.person('physician');
    const { id } = ok(
      await physician.send('POST', '/api/patients', {
        birthFamily: 'Ailleurs',
        birthGivens: 'Rose',
        birthDate: '01/01/1950',
        sex: 'female',
      }),
    );
    assert.match(
      ok(await physician.send('GET', `/api/patients/${id}/letters/start/${used.id}`)).text,
      /Madame AILLEURS Rose/,
    );
    const wrong: Json[] = [
      {},
      { resourceType: 'Patient' },
      'x',
      { resourceType: 'Library' },
      { resourceType: 'Library', content: 'x' },
      { resourceType: 'Library', content: [null] },
      { resourceType: 'Library', content: [{ contentType: 'text/markdown', data: '/////w==' }] },
      {
        resourceType: 'Library',
        title: 3,
        extension: [{ url: 'urn:estran:modele-objet', valueString: 4 }],
        content: [{ contentType: 'image/png', data: png }],
      },
    ];
    for (const one of wrong)
      assert.equal((await nurse.send('POST', at(), { file: one })).status, 422, JSON.stringify(one));
  });

  test('DOS-13 the letterhead: logo, lines, telephone and legal mentions print on letters; who may not is refused', async () => {
    const before = ok(await admin.send('GET', '/api/letterhead'));
    assert.deepEqual([before.name, before.version, before.writes], ['Maison des modèles', null, true]);
    assert.match(before.legal, /RGPD/);
    const head = {
      name: 'Maison de santé de la Rade',
      lines: ['12 quai des Essais', '29000 Ville'],
      phone: '02 99 00 00 00',
      place: 'Ville',
      legal: 'Nos mentions à nous.',
      logo: { contentType: 'image/png', data: png },
    };
    const kept = ok(await admin.send('PUT', '/api/letterhead', { ...head, version: null }));
    assert.equal(
      (await admin.send('PUT', '/api/letterhead', { ...head, version: null })).body.code,
      'edited-meanwhile',
    );
    assert.equal((await nurse.send('PUT', '/api/letterhead', { ...head, version: kept.version })).status, 403);
    for (const logo of [
      { contentType: 'image/jpeg', data: png },
      { contentType: 'image/png', data: 'AAAA' },
      {
        contentType: 'image/png',
        data: Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(50)]).toString(
          'base64',
        ),
      },
      { contentType: 'image/svg+xml', data: 'AAAA' },
    ])
      assert.equal((await admin.send('PUT', '/api/letterhead', { ...head, logo, version: kept.version })).status, 422);
    const patient = await newPatient();
    const [line] = ok(
      await doctor.send('POST', `/api/patients/${patient}/letters`, {
        template: null,
        title: 'Essai',
        documentType: '34109-9',
        text: 'Bonjour.',
        recipients: [],
        act: 'sign',
      }),
    ).lines;
    const { app } = await testHouse();
    const printed = await app.inject({
      method: 'GET',
      url: `/api/patients/${patient}/letters/${line.id}/pdf`,
      headers: { cookie: doctor.cookie },
    });
    const words = wordsOf(printed.rawPayload);
    for (const said of [
      'Maison de santé de la Rade',
      '12 quai des Essais',
      'Tél. 02 99 00 00 00',
      'Ville, le',
      'Nos mentions à nous.',
    ])
      assert.ok(words.includes(said), said);
    assert.match(printed.rawPayload.toString('latin1'), /pdfaid|PDF\/A|part="?2/);
    assert.equal(ok(await secretary.send('GET', '/api/letterhead')).writes, true);
  });

  test('DOS-13 every shipped template fills and prints for whoever writes it, on an empty record and on a full one', async () => {
    const [empty, full] = [await newPatient('male'), await newPatient()];
    for (const label of ['Diabète de type 2', '<b>«Grossesse» {{x}} **y**'])
      ok(await doctor.send('POST', `/api/patients/${full}/problems`, { label }));
    ok(
      await doctor.send('POST', `/api/patients/${full}/measures`, {
        values: [
          { code: '29463-7', value: '25' },
          { code: '8310-5', value: '38,2' },
        ],
      }),
    );
    for (const patient of [empty, full])
      for (const { key } of shippedTemplates) {
        const started = ok(await doctor.send('GET', `/api/patients/${patient}/letters/start/modele-${key}`));
        assert.doesNotMatch(`${started.subject}${started.text}`, /undefined|null|NaN|\[object|Invalid/, key);
        assert.ok(started.subject.length > 0);
        const blocks = richText(started.text, (inside) => `‹${inside}›`);
        assert.doesNotMatch(
          wordsOf(
            renderPdf('#show: letter.with(title: "T", practice: "P")\n#rich(data.blocks)', { blocks }, new Date()),
          ),
          /undefined|NaN/,
          key,
        );
      }
  });

  test('DOS-13 whichever fields a text names, filling never fails and says nothing silently empty', async () => {
    const patient = await newPatient();
    const keys = [
      ...letterFields.map(({ key }) => key),
      'volet.volet-plaie',
      'volet.volet-plaie.date',
      'volet.nulle-part',
      'x',
      'constructor',
      'toString',
      'vaccin.x',
      'mesure.x',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...keys), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...[0, 1, 2]),
        async (named, who) => {
          const text = named.map((key) => `${key} = {{${key}}} {{si ${key}}}(oui){{fin}}`).join('\n');
          const filled = ok(
            await [doctor, nurse, secretary][who]!.send('POST', `/api/patients/${patient}/letters/fill`, { text }),
          );
          assert.doesNotMatch(filled.text, /undefined|NaN|\[object/);
          const told = new Set([...filled.fields, ...filled.open].map(({ key }: Json) => key));
          for (const key of named) assert.ok(told.has(key) || fieldOf(key)?.test, key);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('DOS-13 a field is taken out of a text with the parts that depend on it', () => {
    assert.equal(withoutField('a\n- {{x}}\nb {{x}}c {{si x}}d {{si y}}e{{fin}}{{fin}}f', 'x'), 'a\nb c f');
    assert.equal(withoutField('{{si non x}}a{{fin}}{{y}}', 'x'), '{{y}}');
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{{x}}', '{{si x}}', '{{fin}}', '{{sinon}}', '{{pour x}}', 'a', '\n', '{{')),
        (parts) => void withoutField(parts.join(''), 'x'),
      ),
    );
  });

  test('DOS-13 with a connector, letters wait in a queue, leave once, and what was refused is told', async () => {
    const { fhir, db } = await testHouse();
    const house = (tenant: number, reason: string, sql?: never): FhirStore => fhir.asSystem(tenant, reason, sql);
    const gone: Json[] = [];
    let answer: () => Promise<void> = async () => undefined;
    const mail: SecureMail = {
      send: async (message) => {
        gone.push(message);
        await answer();
      },
    };
    const { port, consumers } = openSecureMail(mail, house as never);
    const queued: { letter: string; at: string }[] = [];
    const secureMail = {
      enqueue: (store: FhirStore, sending: { letter: string; at: string }) => (
        queued.push(sending), port!.enqueue(store, sending)
      ),
    };
    const patient = await newPatient();
    const [line] = ok(
      await doctor.send('POST', `/api/patients/${patient}/letters`, {
        template: null,
        title: 'Envoi',
        documentType: '34109-9',
        text: 'Bonjour.',
        recipients: [{ kind: 'outside', name: 'Dr Le Bras', mssante: 'h.lebras@medecin.mssante.fr' }],
        act: 'sign',
      }),
    ).lines;
    const { giveLetter } = await import('./write-letter.ts');
    const { enter } = await import('../read/enter.ts');
    const { record } = (await testHouse()) as unknown as { record: { room: Parameters<typeof enter>[0] } };
    const give = async (version: number) =>
      giveLetter(
        {
          entered: await enter(record.room, doctor.caller, patient),
          shelf: {
            room: record.room,
            caller: doctor.caller,
            store: record.room.fhirFor(doctor.caller),
            shipped: shippedTemplates,
          },
          practice: 'x',
          secureMail,
        },
        line.id,
        { version, way: 'mssante', to: 'Dr Le Bras' },
      );
    const deliver = async (consumer: Consumer) => {
      for (const payload of queued)
        await db.transaction(practice.tenant, (sql) =>
          consumer.handle(sql, practice.tenant, { seq: 1, topic: consumer.topics[0]!, payload, at: new Date() }),
        );
    };
    const given = async () =>
      ok(await doctor.send('GET', `/api/patients/${patient}/letters/${line.id}`)).given.map(
        ({ way, state, failure }: Json) => [way, state, failure],
      );
    const first = await give(line.version);
    assert.deepEqual(await given(), [['mssante', 'waiting', null]]);
    answer = () => Promise.reject(new SecureMailRefused('Boîte inconnue'));
    await deliver(consumers[0]!);
    assert.deepEqual(await given(), [['mssante', 'failed', 'Boîte inconnue']]);
    answer = async () => undefined;
    const after = ok(await doctor.send('GET', `/api/patients/${patient}/letters/${line.id}`)).version;
    assert.ok(after > first.lines[0]!.version);
    await give(after);
    await deliver(consumers[0]!);
    await deliver(consumers[0]!);
    assert.deepEqual(
      (await given()).map(([, state]: string[]) => state),
      ['failed', 'done'],
    );
    assert.deepEqual(
      gone.map(({ to, subject }) => [to, subject]),
      [
        ['h.lebras@medecin.mssante.fr', 'Courrier'],
        ['h.lebras@medecin.mssante.fr', 'Courrier'],
      ],
    );
    assert.equal(gone[1].file.bytes.subarray(0, 5).toString(), '%PDF-');
    await assert.rejects(
      give(ok(await doctor.send('GET', `/api/patients/${patient}/letters/${line.id}`)).version),
      /déjà parti/,
    );
  });
});
