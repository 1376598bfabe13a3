import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { wordsOf } from '../platform/pdf/pdf-words-for-tests.ts';
import { xlsxOf } from '../platform/sheets/write-sheet.ts';
import { testHouse, type TestPerson } from '../../test/app.ts';
import { addFile, openedProject, pdf } from './programme.fixture.ts';
import { shippedEditions } from './calls/editions/index.ts';

const at = (project: string, more = '') => `/api/programme/projects/${project}${more}`;
const day = (back = 0) =>
  new Date(Date.now() - back * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
const line = (label: string, kind: string, unitCents: number, more: Record<string, unknown> = {}) => ({
  label,
  kind,
  quantity: 1000,
  unitCents,
  vat: 2000,
  ...more,
});
const quote = (number: string, lines: unknown[], more: Record<string, unknown> = {}) => ({
  vendor: 'Logiciel & Co',
  number,
  dated: day(10),
  lines,
  ...more,
});
async function sent(who: TestPerson, method: string, path: string, body?: unknown) {
  const answer = await who.send(method, path, body);
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.body;
}
const money = (who: TestPerson, project: string) => sent(who, 'GET', at(project, '/money'));
function form(bytes: Buffer, name = 'devis.csv', document = ''): [Buffer, Record<string, string>] {
  return [
    Buffer.concat([
      Buffer.from(
        `--xx\r\ncontent-disposition: form-data; name="document"\r\n\r\n${document}\r\n--xx\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
      bytes,
      Buffer.from('\r\n--xx--\r\n'),
    ]),
    { 'content-type': 'multipart/form-data; boundary=xx' },
  ];
}
/** Enters a quote, keeps it and validates all its lines. */
async function validated(who: TestPerson, project: string, lines: unknown[], number = 'D-1'): Promise<string> {
  const { ids } = await sent(who, 'POST', at(project, '/quotes'), { quotes: [quote(number, lines)] });
  await sent(who, 'POST', at(project, `/quotes/${ids[0]}/state`), { seen: 1, state: 'accepted' });
  const found = (await money(who, project)).detail.quotes.find((one: { id: string }) => one.id === ids[0]);
  await sent(who, 'POST', at(project, `/quotes/${ids[0]}/decisions`), {
    seen: 2,
    lines: found.lines.map((one: { id: string }) => ({ line: one.id, decision: 'validated' })),
  });
  return ids[0];
}
const sides = {
  team: { name: 'Camille Riou', role: 'Présidente' },
  region: { name: 'Jeanne Ars', role: 'Directrice' },
};
async function signed(officer: TestPerson, project: string): Promise<void> {
  const { stamp } = (await money(officer, project)).detail;
  const { version } = await sent(officer, 'POST', at(project, '/agreements'), { stamp, ...sides });
  await sent(officer, 'POST', at(project, `/agreements/${version}/sign`), {
    on: day(),
    team: sides.team.name,
    region: sides.region.name,
  });
}

describe('the money of projects', () => {
  test('FIN-1 FIN-3 FIN-4 FIN-6 FIN-8 PRJ-5 the ceiling comes from the persons of the application; the consultant validates lines or refuses them; what cannot be paid for says why; above the ceiling, the ceiling', async () => {
    const { project, consultant, officer } = await openedProject();
    const empty = await money(consultant, project);
    assert.deepEqual(
      empty.detail.lines.map((one: Record<string, unknown>) => [one.rule, one.count, one.unitCents, one.cents]),
      [
        ['FIN-3', 3, 70000, 210000],
        ['FIN-3', 5, 30000, 150000],
      ],
    );
    assert.equal(empty.ceilingCents, 360000);
    const { ids } = await sent(consultant, 'POST', at(project, '/quotes'), {
      quotes: [
        quote('D-1', [
          line('Licence', 'licence', 250000),
          line('Postes', 'hardware', 100000),
          line('Formation', 'training', 45001, { quantity: 2500, vat: 550, totalCents: 118692 }),
          line('Étude', 'other', 10000, { spentOn: '2023-12-31' }),
          line('Gadget', 'other', 5000),
        ]),
      ],
    });
    const path = at(project, `/quotes/${ids[0]}`);
    assert.equal(
      (await consultant.send('POST', `${path}/decisions`, { seen: 1, lines: [{ line: 'x', decision: 'validated' }] }))
        .status,
      409,
      'not kept yet',
    );
    await sent(consultant, 'POST', `${path}/state`, { seen: 1, state: 'accepted' });
    const [held] = (await money(consultant, project)).detail.quotes;
    assert.deepEqual(
      held.lines.map((one: Record<string, unknown>) => [one.totalCents, one.fate]),
      [
        [300000, 'pending'],
        [120000, 'refused'],
        [118692, 'pending'],
        [12000, 'refused'],
        [6000, 'pending'],
      ],
    );
    const [licence, , training, , gadget] = held.lines.map((one: { id: string }) => one.id);
    const decide = (seen: number, lines: unknown[]) => consultant.send('POST', `${path}/decisions`, { seen, lines });
    assert.equal((await decide(2, [{ line: gadget, decision: 'refused', reason: 'non' }])).status, 422);
    assert.equal((await decide(1, [{ line: licence, decision: 'validated' }])).status, 409);
    assert.equal(
      (
        await decide(2, [
          { line: licence, decision: 'validated' },
          { line: training, decision: 'validated' },
          { line: gadget, decision: 'refused', reason: 'Sans lien avec le projet.' },
        ])
      ).status,
      204,
    );
    const done = await money(officer, project);
    assert.deepEqual(
      [done.payableCents, done.ceilingCents, done.totalCents, done.detail.pending],
      [418692, 360000, 360000, 0],
    );
    const words = done.detail.quotes[0].lines.map((one: { words: string }) => one.words);
    assert.match(words[1], /matériel n’est pas financé/);
    assert.match(words[3], /31\/12\/2023, antérieure à l’année de l’appel/);
    assert.match(words[4], /Sans lien avec le projet/);
    assert.deepEqual(
      done.detail.planned.map((one: { cents: number }) => one.cents),
      [288000, 72000],
    );
    // The summary is the deliverable of the choice.
    const paper = await sent(consultant, 'POST', at(project, '/money/quotes-paper'), { stamp: done.detail.stamp });
    assert.match(paper.reference, /-DEVIS1$/);
    const steps = (await sent(officer, 'GET', at(project))).steps;
    assert.equal(steps.find((one: { id: string }) => one.id === 'choice').deliverables[0].held.length, 1);
    const raw = await (await testHouse()).app.inject({
      url: at(project, `/papers/${paper.paper}`),
      headers: { cookie: officer.cookie },
    });
    assert.match(wordsOf(raw.rawPayload), /dépassent le plafond/);
  });

  test('FIN-4 FIN-6 FIN-7 FIN-8 PRJ-6 a discount is a line of its quote below zero: decided with what it lowers, counted to the cent in the totals and in what the agreement pays; a quote below zero is refused', async () => {
    const { project, consultant, officer } = await openedProject();
    const offer = (number: string, lines: unknown[]) =>
      consultant.send('POST', at(project, '/quotes'), { quotes: [quote(number, lines)] });
    const below = await offer('D-0', [line('Licence', 'licence', 10000), line('Remise', 'licence', -10001)]);
    assert.equal(below.status, 422, below.text);
    assert.match(below.text, /les remises dépassent le total/);
    const wrong = await offer('D-0', [
      line('Licence', 'licence', 10000),
      line('Remise', 'licence', -1000, { totalCents: 1200 }),
    ]);
    assert.equal(wrong.status, 422, 'a discount whose total adds');
    const { ids } = (
      await offer('D-1', [
        line('Licence', 'licence', 100001),
        line('Remise de lancement', 'licence', -12345, { vat: 550 }),
        line('Postes', 'hardware', 50000),
        line('Remise sur les postes', 'hardware', -20000),
        line('Geste commercial', 'other', -1001),
      ])
    ).body;
    const path = at(project, `/quotes/${ids[0]}`);
    await sent(consultant, 'POST', `${path}/state`, { seen: 1, state: 'accepted' });
    const shown = async () => {
      const all = await money(officer, project);
      const [held] = all.detail.quotes;
      return { all, held, fates: held.lines.map((one: { fate: string }) => one.fate) };
    };
    const first = await shown();
    const totals = first.held.lines.map((one: { totalCents: number }) => one.totalCents);
    assert.deepEqual(totals, [120001, -13024, 60000, -24000, -1201]);
    assert.deepEqual(first.fates, ['pending', 'pending', 'refused', 'refused', 'pending']);
    const [licence, launch, , , gesture] = first.held.lines.map((one: { id: string }) => one.id);
    const because = { decision: 'refused', reason: 'Hors du périmètre du projet.' };
    const decide = (seen: number, lines: unknown[]) => consultant.send('POST', `${path}/decisions`, { seen, lines });
    const refused = await decide(2, [
      { line: licence, decision: 'validated' },
      { line: launch, ...because },
    ]);
    assert.deepEqual([refused.status, /elle compte avec elle/.test(refused.text)], [409, true]);
    assert.deepEqual((await shown()).fates, first.fates, 'nothing is kept');
    const whole = [licence, launch, gesture].map((one) => ({ line: one, decision: 'validated' }));
    assert.equal((await decide(2, whole)).status, 204);
    const done = await shown();
    const owed = 120001 - 13024 - 1201;
    assert.deepEqual([done.all.payableCents, done.all.totalCents], [owed, owed]);
    // Refusing what a discount lowers puts it before the consultant again.
    assert.equal((await decide(3, [{ line: licence, ...because }])).status, 204);
    const again = await shown();
    assert.deepEqual([again.fates[0], again.fates[1], again.all.payableCents], ['refused', 'pending', 0]);
    assert.match((await decide(4, [whole[1]])).text, /elle ne compte pas sans elle/);
    assert.equal((await decide(4, whole)).status, 204);
    await sent(consultant, 'POST', at(project, '/money/quotes-paper'), { stamp: (await shown()).all.detail.stamp });
    await signed(officer, project);
    const { detail, payableCents } = await money(officer, project);
    assert.equal(payableCents, owed);
    const raw = await (await testHouse()).app.inject({
      url: at(project, `/papers/${detail.agreements.at(-1).paper}`),
      headers: { cookie: officer.cookie },
    });
    const words = wordsOf(raw.rawPayload).replace(/\s+/g, ' ');
    for (const part of [
      /Licence 1 1 200,01 € /,
      /Remise de lancement \(licence\) 1 − 130,24 €/,
      /Geste commercial \(autre, remise\) 1 − 12,01 € Total 1 057,76 €/,
      /Le financement est de 1 057,76 €/,
    ])
      assert.match(words, part);
    assert.equal(
      detail.payments.reduce((sum: number, one: { cents: number }) => sum + one.cents, 0),
      owed,
    );
  });

  test('FIN-4 SEC-11 a quote that changes keeps what was decided of the lines that did not; a version that was not seen, a total that is wrong and a quote entered twice are refused', async () => {
    const { project, consultant, officer } = await openedProject();
    const id = await validated(consultant, project, [
      line('Licence', 'licence', 100000),
      line('Formation', 'training', 50000),
    ]);
    const [held] = (await money(consultant, project)).detail.quotes;
    const next = quote('D-1', [
      { ...line('Licence', 'licence', 100000), id: held.lines[0].id },
      { ...line('Formation', 'training', 60000), id: held.lines[1].id },
      line('Reprise', 'take-over', 10000),
    ]);
    const change = (who: TestPerson, seen: number, body: unknown) =>
      who.send('PUT', at(project, `/quotes/${id}`), { seen, quote: body });
    assert.deepEqual(
      (await Promise.all([change(consultant, 3, next), change(officer, 3, next)])).map(({ status }) => status).sort(),
      [204, 409],
    );
    const [now] = (await money(consultant, project)).detail.quotes;
    assert.deepEqual(
      [now.version, now.versions.length, now.lines.map((one: { fate: string }) => one.fate)],
      [2, 2, ['payable', 'pending', 'pending']],
    );
    const refused = await change(
      consultant,
      now.revision,
      quote('D-1', [line('Licence', 'licence', 100000, { totalCents: 120002 })]),
    );
    assert.deepEqual([refused.status, Object.keys(refused.body.fields)], [422, ['lines.0.totalCents']]);
    const tomorrow = quote('D-9', [line('Licence', 'licence', 100000)], { dated: day(-1) });
    for (const late of [
      await change(consultant, now.revision, tomorrow),
      await consultant.send('POST', at(project, '/quotes'), { quotes: [tomorrow] }),
    ])
      assert.deepEqual([late.status, Object.keys(late.body.fields)], [422, ['dated']], 'a quote of a day to come');
    for (const wrong of [
      line('x', 'licence', -1),
      line('x', 'magic', 1),
      line('', 'licence', 1),
      line('x', 'licence', 1.5),
      line('x', 'licence', 1, { quantity: 0 }),
      line('x', 'licence', 1, { vat: 20_000 }),
      line('x', 'licence', 1, { spentOn: '2024-02-31' }),
    ])
      assert.equal(
        (await consultant.send('POST', at(project, '/quotes'), { quotes: [quote('D-2', [wrong])] })).status,
        422,
        JSON.stringify(wrong),
      );
    assert.equal(
      (
        await consultant.send('POST', at(project, '/quotes'), {
          quotes: [quote('D-2', [line('x', 'licence', 1)]), quote('D-1', [line('x', 'licence', 1)])],
        })
      ).status,
      409,
    );
    assert.equal((await money(consultant, project)).detail.quotes.length, 1, 'all or none');
    // Withdrawn, then brought back.
    const state = (body: unknown) => consultant.send('POST', at(project, `/quotes/${id}/state`), body);
    assert.equal((await state({ seen: now.revision, state: 'withdrawn', reason: 'Remplacé' })).status, 204);
    assert.equal((await money(consultant, project)).totalCents, 0);
    assert.equal((await state({ seen: now.revision + 1, state: 'accepted' })).status, 204);
    assert.equal((await money(consultant, project)).totalCents, 120000);
  });

  test('FIN-4 SEC-17 a file gives lines and rejects, and keeps nothing; a hostile one is refused', async () => {
    const { project, consultant, team, strangers } = await openedProject();
    const csv = Buffer.from(
      'Fournisseur;Numéro;Date;Libellé;Quantité;Prix unitaire HT;TVA\r\nLogiciel & Co;D-7;15/10/2024;Licence;1;1 000,00;20 %\r\nLogiciel & Co;D-7;15/10/2024;Formation;deux;450;20\r\n',
    );
    const read = async (who: TestPerson, bytes: Buffer) =>
      who.send('POST', at(project, '/quotes/read'), ...form(bytes));
    const answer = await read(team.coordinator, csv);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(
      [answer.body.quotes[0].lines.length, answer.body.rejects],
      [
        1,
        [
          {
            line: 3,
            words: 'Quantité non comprise.',
            shown: 'Logiciel & Co · D-7 · 15/10/2024 · Formation · deux · 450 · 20',
          },
        ],
      ],
    );
    const book = await xlsxOf(
      'Devis',
      [
        { title: 'Libellé', value: (row: string[]) => row[0]! },
        { title: 'Quantité', kind: 'number', value: (row) => row[1]! },
        { title: 'Prix unitaire', kind: 'cents', value: (row) => row[2]! },
      ],
      [['Licence', '1', '123456']],
    );
    assert.deepEqual((await read(consultant, book)).body.quotes[0].lines[0].unitCents, 123456);
    assert.equal((await money(consultant, project)).detail.quotes.length, 0);
    assert.equal((await read(consultant, Buffer.from('<html><script>'.padEnd(100)))).status, 415);
    assert.equal((await read(consultant, Buffer.alloc(3 * 1024 * 1024, 'x'))).status, 413);
    assert.equal((await consultant.send('POST', at(project, '/quotes/read'), { a: 1 })).status, 415);
    for (const who of [strangers.reviewer, strangers.vendor, strangers.neighbour])
      assert.ok([403, 404].includes((await read(who, csv)).status));
    const model = await consultant.send('GET', '/api/programme/quotes/model');
    assert.equal(
      (await read(consultant, Buffer.from(model.text))).body.quotes[0].lines.length,
      2,
      'the model is read back',
    );
    assert.equal((await strangers.reviewer.send('GET', '/api/programme/quotes/model')).status, 403);
  });

  test('FIN-1 the persons who are counted change with a reason, and the ceiling with them; the application stays on file; what can change during the project is asked', async () => {
    const { project, consultant, team, gcs } = await openedProject({
      'aci.member': false,
      'aci.plans': true,
      'aci.plannedOn': day(-200),
      'aci.committed': false,
    });
    const put = (who: TestPerson, body: unknown) => who.send('PUT', at(project, '/money/team'), body);
    const body = {
      seen: 0,
      members: { physician: 4, nurse: 4, 'asalee-nurse': 2, coordinator: 1 },
      subscriptionCents: 3600,
      reason: 'Un médecin a rejoint l’équipe.',
    };
    for (const who of [team.coordinator, gcs]) assert.equal((await put(who, body)).status, 403);
    assert.equal((await put(consultant, { ...body, reason: 'court' })).status, 422);
    assert.equal((await put(consultant, { ...body, members: { wizard: 1 } })).status, 422);
    assert.equal((await put(consultant, { ...body, members: { 'ars-officer': 1 } })).status, 422);
    assert.equal((await put(consultant, { ...body, facts: { 'team.fragileTerritory': true } })).status, 422);
    assert.equal((await put(consultant, body)).status, 204);
    assert.equal((await put(consultant, body)).status, 409);
    const { ceilingCents, detail } = await money(consultant, project);
    // 4 physicians, 5 others (Asalée left out), 4 nurses for six months at the cap of 30 €.
    assert.equal(ceilingCents, 4 * 70000 + 5 * 30000 + 4 * 6 * 3000);
    assert.equal(detail.lines.at(-1).capCents, 3000);
    assert.deepEqual(
      [
        detail.team.applied.physician,
        detail.team.members.physician,
        detail.team.history[0].reason,
        detail.team.facts.map((one: { id: string }) => one.id),
      ],
      [3, 4, body.reason, ['aci.member']],
    );
    assert.equal(
      (await put(consultant, { ...body, seen: 1, facts: { 'aci.member': true }, reason: 'L’équipe a rejoint l’ACI.' }))
        .status,
      204,
    );
    assert.equal((await money(consultant, project)).ceilingCents, 4 * 70000 + 5 * 30000);
  });

  test('PRJ-6 FIN-7 PRJ-8 the agreement is drawn from the figures that were seen, signed, paid in two parts; the last waits for report and certificate; nothing moves under an agreement; steps wait for it', async () => {
    const { project, officer, consultant, team } = await openedProject();
    const { stamp: before } = (await money(officer, project)).detail;
    const issue = (stamp: string) => officer.send('POST', at(project, '/agreements'), { stamp, ...sides });
    assert.equal((await issue(before)).status, 422, 'no quote yet');
    const id = await validated(consultant, project, [line('Licence', 'licence', 100001)]);
    assert.equal((await issue(before)).status, 409, 'figures changed meanwhile');
    const { stamp } = (await money(officer, project)).detail;
    const made = await issue(stamp);
    assert.equal(made.status, 200, made.text);
    assert.match(made.body.reference, /-P01-CONV1$/);
    const mails = await sent(officer, 'GET', at(project, '/mails'));
    assert.ok(
      mails.lines.some(
        (one: { subject: string; paper: string }) =>
          /Convention .* à signer/.test(one.subject) && one.paper === made.body.paper,
      ),
    );
    const raw = await (await testHouse()).app.inject({
      url: at(project, `/papers/${made.body.paper}`),
      headers: { cookie: officer.cookie },
    });
    assert.match(wordsOf(raw.rawPayload), /Article 1[\s\S]*Camille Riou/);
    assert.match(wordsOf(raw.rawPayload), /1 200,01/);
    const stepBlockers = async (step: string) =>
      (await sent(officer, 'GET', at(project))).steps.find((one: { id: string }) => one.id === step)
        .blockers as string[];
    assert.ok((await stepBlockers('agreement')).includes('La convention n’est pas signée.'));
    // Nothing that it was drawn from moves.
    for (const [path, method, body] of [
      [`/quotes/${id}/state`, 'POST', { seen: 3, state: 'withdrawn' }],
      ['/quotes', 'POST', { quotes: [quote('D-2', [line('x', 'licence', 1)])] }],
      [
        '/money/team',
        'PUT',
        { seen: 0, members: { nurse: 1 }, subscriptionCents: null, reason: 'Une équipe plus petite.' },
      ],
    ] as const)
      assert.equal((await consultant.send(method, at(project, path), body)).status, 409, path);
    const pay = (number: number, act: string, body: Record<string, unknown>) =>
      officer.send('POST', at(project, `/payments/${number}/${act}`), { on: day(), reference: '', ...body });
    assert.equal((await pay(1, 'order', { seen: 1 })).status, 409, 'not signed');
    const sign = (on: string) =>
      officer.send('POST', at(project, '/agreements/1/sign'), { on, team: 'C. Riou', region: 'J. Ars' });
    assert.equal((await sign(day(-1))).status, 422);
    assert.equal((await sign(day(1))).status, 422);
    assert.equal((await sign(day())).status, 204);
    assert.equal((await officer.send('POST', at(project, '/agreements/1/unsign'))).status, 204);
    assert.equal((await sign(day())).status, 204);
    const payments = async () => (await money(officer, project)).detail.payments;
    assert.deepEqual(
      (await payments()).map((one: { cents: number; held: string[] }) => [one.cents, one.held.length]),
      [
        [96000, 0],
        [24001, 3],
      ],
    );
    assert.deepEqual(
      (await stepBlockers('agreement')).filter((one) => one.includes('versement')),
      ['Le premier versement n’est pas ordonné.'],
    );
    const twice = await Promise.all([pay(1, 'order', { seen: 1 }), pay(1, 'order', { seen: 1 })]);
    assert.deepEqual(twice.map(({ status }) => status).sort(), [204, 409]);
    assert.deepEqual(
      (await stepBlockers('agreement')).filter((one) => /versement|signée/.test(one)),
      [],
    );
    assert.equal(
      (await officer.send('POST', at(project, '/agreements/1/cancel'), { reason: 'Une erreur sur le nom.' })).status,
      409,
    );
    assert.equal((await pay(1, 'pay', { seen: 2, on: day(), reference: 'MANDAT-7' })).status, 204);
    assert.equal((await pay(1, 'cancel', { seen: 3, reason: 'court' })).status, 422);
    assert.equal((await pay(1, 'cancel', { seen: 3, reason: 'La banque a rejeté le virement.' })).status, 204);
    assert.equal((await pay(1, 'pay', { seen: 4, reference: 'MANDAT-8' })).status, 204);
    // The balance.
    const refused = await pay(2, 'order', { seen: 1 });
    assert.deepEqual(
      [refused.status, refused.body.blockers],
      [422, ['Il manque le procès-verbal d’achèvement.', 'Il manque le certificat de service fait.']],
    );
    assert.equal((await addFile(team.coordinator, project, 'certificate')).status, 200);
    assert.equal(
      (await pay(2, 'order', { seen: 1 })).body.blockers.length,
      2,
      'a file that someone joins certifies nothing',
    );
    const certify = () =>
      officer.send('POST', at(project, '/certificate'), { signatory: 'Jeanne Ars', role: 'Directrice' });
    assert.equal((await certify()).status, 422);
    assert.equal((await addFile(consultant, project, 'completion-report')).status, 200);
    assert.match((await certify()).body.reference, /-CSF1$/);
    assert.ok((await stepBlockers('balance')).includes('Le solde n’est pas ordonné.'));
    assert.equal((await pay(2, 'order', { seen: 1, reference: 'MANDAT-9' })).status, 204);
    assert.deepEqual(
      (await stepBlockers('balance')).filter((one) => /solde|versement/.test(one)),
      [],
    );
    const end = await money(team.coordinator, project);
    assert.deepEqual([end.totalCents, end.orderedCents, end.paidCents], [120001, 120001, 96000]);
    assert.deepEqual(
      end.detail.payments[0].acts.map((one: { act: string; reason: string }) => [one.act, one.reason]),
      [
        ['order', ''],
        ['pay', ''],
        ['cancel', 'La banque a rejeté le virement.'],
        ['pay', ''],
      ],
    );
    // Stopped, what was ordered is still paid; nothing more is ordered.
    await sent(officer, 'POST', at(project, '/stop'), { reason: 'L’équipe se sépare.' });
    assert.equal((await pay(2, 'pay', { seen: 2 })).status, 204);
    const { db } = await testHouse();
    const lines = await db.tenant(officer.caller.tenant, (sql) =>
      sql.query<{ action: string }>('select distinct action from audit.entry where tenant_id = $1 and target = $2', [
        officer.caller.tenant,
        `Project/${project}`,
      ]),
    );
    for (const action of [
      'enter-quotes',
      'keep-quote',
      'decide-quote-lines',
      'issue-agreement',
      'sign-agreement',
      'unsign-agreement',
      'order-payment',
      'pay-payment',
      'cancel-payment',
      'issue-certificate',
    ])
      assert.ok(
        lines.some((one) => one.action === action),
        action,
      );
  });

  test('FIN-7 FIN-8 whatever is asked of the payments, in whatever order, paid stays within ordered and ordered within the agreement, to the cent (property)', async () => {
    const { project, officer, consultant } = await openedProject();
    await validated(consultant, project, [line('Licence', 'licence', 123457)]);
    await signed(officer, project);
    await addFile(consultant, project, 'completion-report');
    await sent(officer, 'POST', at(project, '/certificate'), { signatory: 'Jeanne Ars', role: 'Directrice' });
    const act = fc.record({
      number: fc.constantFrom(1, 2, 3),
      act: fc.constantFrom('order', 'pay', 'cancel'),
      stale: fc.boolean(),
    });
    const ranks = { due: 0, ordered: 1, paid: 2 };
    type Line = { number: number; state: keyof typeof ranks; cents: number; version: number };
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 8 }), async (acts) => {
        for (const one of acts) {
          const before = (await money(officer, project)).detail.payments as Line[];
          const row = before.find(({ number }) => number === one.number);
          const { status } = await officer.send('POST', at(project, `/payments/${one.number}/${one.act}`), {
            seen: (row?.version ?? 1) - (one.stale ? 1 : 0),
            on: day(),
            reference: '',
            reason: 'Un essai au hasard.',
          });
          const after = await money(officer, project);
          const lines = after.detail.payments as Line[];
          const moved = lines.filter((now, i) => now.state !== before[i]!.state);
          assert.equal(moved.length, status === 204 ? 1 : 0);
          if (status === 204) assert.equal(ranks[moved[0]!.state] - ranks[row!.state], one.act === 'cancel' ? -1 : 1);
          if (one.stale || !row) assert.ok([404, 409].includes(status));
          const sum = (least: number) =>
            lines.filter(({ state }) => ranks[state] >= least).reduce((total, { cents }) => total + cents, 0);
          assert.deepEqual([after.orderedCents, after.paidCents, sum(0)], [sum(1), sum(2), after.totalCents]);
          assert.ok(!(lines[0]!.state === 'due' && lines[1]!.state !== 'due'), 'the balance never goes first');
        }
      }),
      { numRuns: 12 },
    );
  });

  test('PRJ-6 an agreement is cancelled with a reason while nothing is ordered, and issued again as the next version', async () => {
    const { project, officer, consultant } = await openedProject();
    await validated(consultant, project, [line('Licence', 'licence', 100000)]);
    await signed(officer, project);
    assert.equal(
      (await officer.send('POST', at(project, '/agreements/1/cancel'), { reason: 'Le signataire a changé.' })).status,
      204,
    );
    assert.equal(
      (await officer.send('POST', at(project, '/agreements/1/sign'), { on: day(), team: 'x', region: 'y' })).status,
      409,
    );
    await validated(consultant, project, [line('Formation', 'training', 50000)], 'D-2');
    await signed(officer, project);
    const { detail, totalCents } = await money(officer, project);
    assert.deepEqual(
      [
        totalCents,
        detail.agreements.map((one: { version: number; state: string; reference: string }) => [
          one.version,
          one.state,
          one.reference.replace(/.*-/, ''),
        ]),
      ],
      [
        180000,
        [
          [2, 'signed', 'CONV1'],
          [1, 'cancelled', 'CONV1'],
        ],
      ],
    );
    assert.equal(detail.payments.length, 2);
  });

  test('FIN-2 FIN-4 FIN-7 on a flat basis no quote is needed and the amount is paid at once', async () => {
    const { project, officer } = await openedProject(
      { 'aci.member': true },
      { funding: { ...shippedEditions[0]!.funding, subscription: null } },
    );
    const { totalCents, detail } = await money(officer, project);
    assert.deepEqual([totalCents, detail.held, detail.lines[0].rule], [500000 + 210000 + 150000, [], 'FIN-2']);
    await sent(officer, 'POST', at(project, '/money/quotes-paper'), { stamp: detail.stamp });
    await signed(officer, project);
    const { payments } = (await money(officer, project)).detail;
    assert.deepEqual(
      payments.map((one: { cents: number; held: string[] }) => [one.cents, one.held]),
      [[860000, []]],
    );
  });
  test('FIN-5 FIN-8 the agreement adds up to the cent when subscriptions are paid for in part: what is left out is a line of its own; what the call says of its own amounts is in no paper', async () => {
    const { funding } = shippedEditions[1]!;
    const { project, consultant, officer, region } = await openedProject(
      {},
      { funding: { ...funding, subscription: { ...funding.subscription!, unless: null } } },
    );
    // Four nurses, six months, 30 € at most: 720 € of 1 036,80 €.
    await validated(consultant, project, [
      line('Licence', 'licence', 100001),
      line('Abonnements', 'subscription', 3600, { quantity: 24_000, recurring: true }),
    ]);
    const read = await money(officer, project);
    assert.deepEqual([read.payableCents, read.totalCents], [120001 + 72000, 120001 + 72000]);
    await signed(officer, project);
    const { papers } = await sent(officer, 'GET', at(project, '/papers'));
    const { stamp } = (await money(officer, project)).detail;
    const summary = await sent(consultant, 'POST', at(project, '/money/quotes-paper'), { stamp });
    const { db } = await testHouse();
    for (const paper of [papers[0].id, summary.paper]) {
      const [drawn] = await db.tenant(region.tenant, (sql) =>
        sql.query<{ data: { parts: { points?: string[]; table?: { rows: string[][] } }[] } }>(
          'select data from programme.paper where tenant_id = $1 and id = $2',
          [region.tenant, paper],
        ),
      );
      const rows = drawn!.data.parts
        .flatMap(({ table }) => (table?.rows.some(([, words]) => words?.startsWith('Licence')) ? table.rows : []))
        .map(([, words, , cents]) => [words, cents!.replace(/\s/g, ' ')]);
      assert.deepEqual(rows, [
        ['Licence', '1 200,01 €'],
        ['Abonnements', '1 036,80 €'],
        ['Abonnements, au-delà de ce que l’appel finance', '− 316,80 €'],
        ['', '1 920,01 €'],
      ]);
      assert.doesNotMatch(JSON.stringify(drawn!.data), /ne publie pas ses montants/);
    }
  });

  test('FIN-5 a subscription that is told counts at its cap, and no longer once the team joins the ACI during the support', async () => {
    const { project, consultant } = await openedProject({}, { funding: shippedEditions[0]!.funding });
    const put = (seen: number, facts: Record<string, boolean>) =>
      consultant.send('PUT', at(project, '/money/team'), {
        seen,
        members: {
          physician: 3,
          nurse: 4,
          'asalee-nurse': 1,
          physiotherapist: 2,
          'medical-secretary': 1,
          coordinator: 1,
        },
        subscriptionCents: 4200,
        facts,
        reason: 'L’exemple chiffré de l’appel.',
      });
    assert.equal((await put(0, {})).status, 204);
    const told = await money(consultant, project);
    assert.deepEqual(
      [told.totalCents, told.detail.team.facts],
      [1094000, [{ id: 'aci.joinsDuring', label: 'L’équipe adhère à l’ACI pendant l’accompagnement', value: null }]],
    );
    assert.equal((await put(1, { 'aci.joinsDuring': true })).status, 204);
    const joined = await money(consultant, project);
    assert.equal(joined.totalCents, 950000);
    assert.ok(joined.detail.notes.some((words: string) => words.includes('adhère à l’ACI pendant l’accompagnement')));
  });

  test('FIN-6 a request about hardware is written down without promise; ARS says what came of it; it adds nothing', async () => {
    const { project, officer, consultant, team, nurse } = await openedProject();
    const ask = (who: TestPerson) =>
      who.send('POST', at(project, '/hardware'), {
        words: 'Le réseau du second site ne porte pas le logiciel.',
        cents: 80000,
      });
    assert.equal((await ask(nurse)).status, 403);
    const { id } = (await ask(team.coordinator)).body;
    const answer = (who: TestPerson, seen: number, state: string, words = '') =>
      who.send('POST', at(project, `/hardware/${id}`), { seen, state, answer: words });
    assert.equal((await answer(consultant, 1, 'examined', 'Une suite favorable est possible.')).status, 403);
    assert.equal((await answer(officer, 1, 'examined', 'oui')).status, 422);
    assert.equal((await answer(officer, 1, 'examined', 'Examinée : un autre fonds est sollicité.')).status, 204);
    assert.equal((await answer(officer, 1, 'asked')).status, 409);
    assert.equal((await answer(team.coordinator, 2, 'withdrawn')).status, 403);
    const { detail, ceilingCents } = await money(team.coordinator, project);
    assert.deepEqual([ceilingCents, detail.requests[0].state], [360000, 'examined']);
  });

  test('ACT-5 a vendor sees who asks, what they ask, their own quotes and what became of them; nothing of the project, nothing of another vendor', async () => {
    const { project, region, consultant, team, strangers, officer } = await openedProject();
    const [one, other] = [strangers.vendor, await region.person('vendor')];
    await sent(consultant, 'PUT', at(project, '/money/ask'), {
      seen: 0,
      words: 'Un logiciel labellisé pour huit personnes.',
    });
    assert.deepEqual((await sent(one, 'GET', '/api/programme/asked')).asked, []);
    assert.equal(
      (await one.send('POST', at(project, '/quotes'), { quotes: [quote('V-1', [line('Licence', 'licence', 1)])] }))
        .status,
      404,
    );
    for (const who of [one, other])
      await sent(consultant, 'PUT', at(project, `/parties/${who.practitioner}`), { sees: [] });
    const [asked] = (await sent(one, 'GET', '/api/programme/asked')).asked;
    assert.deepEqual(
      [Object.keys(asked).sort(), asked.words],
      [['at', 'open', 'project', 'quotes', 'team', 'words'], 'Un logiciel labellisé pour huit personnes.'],
    );
    const { ids } = await sent(one, 'POST', at(project, '/quotes'), {
      quotes: [quote('V-1', [line('Licence', 'licence', 100000), line('Postes', 'hardware', 5000)])],
    });
    await sent(other, 'POST', at(project, '/quotes'), { quotes: [quote('V-1', [line('Licence', 'licence', 90000)])] });
    const mine = async (who: TestPerson) => (await sent(who, 'GET', '/api/programme/asked')).asked[0].quotes;
    assert.deepEqual(
      [
        (await mine(one)).length,
        (await mine(other)).length,
        (await money(team.coordinator, project)).detail.quotes.length,
      ],
      [1, 1, 2],
    );
    const path = at(project, `/quotes/${ids[0]}`);
    const put = (who: TestPerson, seen: number) =>
      who.send('PUT', path, { seen, quote: quote('V-1', [line('Licence', 'licence', 110000)]) });
    assert.equal((await put(other, 1)).status, 404);
    assert.equal((await other.send('GET', `${path}/file`)).status, 404);
    assert.equal((await one.send('POST', `${path}/file`, ...form(pdf('devis'), 'devis.pdf'))).status, 204);
    assert.equal(
      (await one.send('POST', `${path}/file`, ...form(Buffer.from('<html>'.padEnd(100)), 'devis.pdf'))).status,
      415,
    );
    for (const who of [one, team.coordinator, consultant, officer])
      assert.equal((await who.send('GET', `${path}/file`)).status, 200);
    assert.equal((await one.send('POST', `${path}/state`, { seen: 2, state: 'accepted' })).status, 403);
    assert.equal((await put(one, 2)).status, 204);
    assert.equal(
      (await put(team.coordinator, 3)).status,
      403,
      'the team keeps a vendor’s quote or not, and does not write in it',
    );
    await sent(team.coordinator, 'POST', `${path}/state`, { seen: 3, state: 'accepted' });
    assert.equal((await put(one, 4)).status, 409);
    const [now] = await mine(one);
    assert.deepEqual(
      [now.state, now.may, now.lines[0].fate],
      ['accepted', { change: false, keep: false, decide: false }, 'pending'],
    );
    // No other door.
    for (const [method, more, body] of [
      ['GET', ''],
      ['GET', '/money'],
      ['GET', '/papers'],
      ['PUT', '/money/ask', { seen: 1, words: 'x' }],
      ['POST', '/hardware', { words: 'Un ordinateur de plus.' }],
      ['POST', `/quotes/${ids[0]}/decisions`, { seen: 4, lines: [{ line: now.lines[0].id, decision: 'validated' }] }],
    ] as const)
      assert.ok([403, 404].includes((await one.send(method, at(project, more), body)).status), `${method} ${more}`);
    for (const who of [consultant, team.coordinator, strangers.reviewer])
      assert.equal((await who.send('GET', '/api/programme/asked')).status, 403);
    // No longer asked, nothing is left to see.
    await sent(consultant, 'DELETE', at(project, `/parties/${one.practitioner}`));
    assert.deepEqual((await sent(one, 'GET', '/api/programme/asked')).asked, []);
    assert.equal((await one.send('GET', `${path}/file`)).status, 404);
  });

  test('ACT-1 ACT-3 ACT-4 SEC-7 who may not, route by route; the practice’s other people read totals; commission and partners nothing', async () => {
    const { project, call, officer, consultant, gcs, team, nurse, strangers, foreign } = await openedProject();
    const id = await validated(consultant, project, [line('Licence', 'licence', 100000)]);
    await consultant.send('POST', at(project, `/quotes/${id}/file`), ...form(pdf('devis'), 'devis.pdf'));
    await sent(officer, 'PUT', at(project, `/parties/${strangers.partner.practitioner}`), {
      sees: ['papers', 'steps'],
    });
    const { stamp, quotes } = (await money(officer, project)).detail;
    const paper = await sent(officer, 'POST', at(project, '/money/quotes-paper'), { stamp });
    const body = { quotes: [quote('D-9', [line('x', 'licence', 1)])] };
    const reads: [string, string, unknown?][] = [['GET', `/quotes/${id}/file`]];
    const offers: typeof reads = [
      ['POST', '/quotes', body],
      ['POST', '/quotes/read', {}],
      ['PUT', `/quotes/${id}`, { seen: 4, quote: body.quotes[0] }],
      ['POST', `/quotes/${id}/state`, { seen: 4, state: 'withdrawn' }],
      ['POST', `/quotes/${id}/file`, {}],
      ['PUT', '/money/ask', { seen: 0, words: 'x' }],
      ['POST', '/hardware', { words: 'Un ordinateur de plus.' }],
      ['POST', '/hardware/x', { seen: 1, state: 'withdrawn' }],
    ];
    const checks: typeof reads = [
      [
        'PUT',
        '/money/team',
        { seen: 0, members: { nurse: 1 }, subscriptionCents: null, reason: 'Une équipe plus petite.' },
      ],
      ['POST', `/quotes/${id}/decisions`, { seen: 4, lines: [{ line: quotes[0].lines[0].id, decision: 'pending' }] }],
      ['POST', '/money/quotes-paper', { stamp }],
    ];
    const funds: typeof reads = [
      ['POST', '/agreements', { stamp, ...sides }],
      ['POST', '/agreements/1/sign', { on: day(), team: 'x', region: 'y' }],
      ['POST', '/agreements/1/unsign'],
      ['POST', '/agreements/1/cancel', { reason: 'Une bonne raison.' }],
      ['POST', '/certificate', { signatory: 'x', role: 'y' }],
      ['POST', '/payments/1/order', { seen: 1, on: day() }],
      ['POST', '/payments/1/pay', { seen: 1, on: day() }],
      ['POST', '/payments/1/cancel', { seen: 1, reason: 'Une bonne raison.' }],
    ];
    const refused = async (name: string, who: TestPerson, routes: typeof reads) => {
      for (const [method, more, given] of routes) {
        const answered = await who.send(method, at(project, more), given);
        assert.ok(
          [403, 404].includes(answered.status),
          `${name} ${method} ${more}: ${answered.status} ${answered.text}`,
        );
      }
    };
    for (const [name, who] of Object.entries({ ...strangers, foreign, nurse }))
      await refused(name, who, [...reads, ...offers, ...checks, ...funds]);
    await refused('gcs', gcs, [...offers, ...checks, ...funds]);
    await refused('coordinator', team.coordinator, [...checks, ...funds]);
    await refused('consultant', consultant, funds);
    const total = await money(nurse, project);
    assert.deepEqual(
      [total.detail, total.ceilingCents, total.totalCents, total.may],
      [null, 360000, 120000, { fund: false, validate: false, offer: false, order: false }],
    );
    for (const who of [gcs, team.coordinator]) assert.equal((await money(who, project)).detail.quotes.length, 1);
    for (const who of [
      strangers.reviewer,
      strangers.partner,
      strangers.vendor,
      strangers.consultant,
      strangers.neighbour,
      foreign,
    ])
      assert.ok([403, 404].includes((await who.send('GET', at(project, '/money'))).status));
    // Papers that say amounts are for those who read the lines.
    for (const [who, status] of [
      [strangers.reviewer, 404],
      [strangers.partner, 404],
      [nurse, 404],
      [gcs, 200],
      [team.coordinator, 200],
    ] as const) {
      assert.equal((await who.send('GET', at(project, `/papers/${paper.paper}`))).status, status);
      assert.equal((await who.send('GET', at(project, '/papers'))).body.papers.length, status === 200 ? 1 : 0);
    }
    // They are told that it is there all the same.
    const choice = (await sent(nurse, 'GET', at(project))).steps.find((one: { id: string }) => one.id === 'choice')
      .deliverables[0];
    assert.deepEqual([choice.there, choice.held], [true, []]);
    for (const who of [
      consultant,
      strangers.reviewer,
      strangers.vendor,
      strangers.partner,
      team.coordinator,
      nurse,
      strangers.neighbour,
    ]) {
      assert.equal((await who.send('GET', '/api/programme/budget')).status, 403);
      assert.equal((await who.send('GET', '/api/programme/budget/export')).status, 403);
    }
    for (const who of [gcs, consultant, team.coordinator, strangers.reviewer])
      assert.equal(
        (await who.send('PUT', `/api/programme/editions/${call}/budget`, { seen: 0, cents: 1 })).status,
        403,
      );
    assert.equal(
      (await foreign.send('PUT', `/api/programme/editions/${call}/budget`, { seen: 0, cents: 1 })).status,
      404,
    );
  });

  test('FIN-7 FIN-8 the budget of a call is followed: envelope with its history, engaged, ordered, paid, foreseen; exports open in a spreadsheet and carry no formula', async () => {
    const { project, call, officer, gcs, consultant, strangers } = await openedProject();
    const budget = async (who = officer) =>
      (await sent(who, 'GET', '/api/programme/budget')).calls.find((one: { edition: string }) => one.edition === call);
    assert.deepEqual([(await budget()).envelopeCents, (await budget()).forecastCents], [null, 360000]);
    const set = (body: unknown) => officer.send('PUT', `/api/programme/editions/${call}/budget`, body);
    assert.equal((await set({ seen: 0, cents: 100_000_00 })).status, 204);
    assert.equal((await set({ seen: 0, cents: 1 })).status, 409);
    assert.equal((await set({ seen: 1, cents: 1_000_00 })).status, 422, 'a change says why');
    assert.equal((await set({ seen: 1, cents: 1_000_00, reason: 'Enveloppe réduite en cours d’année.' })).status, 204);
    await validated(consultant, project, [line('=Licence', 'licence', 100000)]);
    await signed(officer, project);
    await sent(officer, 'POST', at(project, '/payments/1/order'), { seen: 1, on: day(), reference: '=cmd|x' });
    const followed = await budget(gcs);
    assert.deepEqual(
      [
        followed.envelopeCents,
        followed.engagedCents,
        followed.orderedCents,
        followed.paidCents,
        followed.forecastCents,
        followed.history.length,
      ],
      [100000, 120000, 96000, 0, 0, 2],
    );
    const csv = await gcs.send('GET', `/api/programme/budget/export?of=payments&edition=${call}`);
    assert.match(csv.headers['content-type']!, /text\/csv/);
    const rows = csv.text
      .replace(/^\ufeff/, '')
      .trim()
      .split('\r\n');
    assert.equal(rows.length, 3);
    assert.match(rows[1]!, /;1;À la signature de la convention;80;960,00;ordonné;\d\d\/\d\d\/\d{4};;'=cmd\|x$/);
    const book = await (await testHouse()).app.inject({
      url: '/api/programme/budget/export?format=xlsx',
      headers: { cookie: officer.cookie },
    });
    assert.equal(book.rawPayload.subarray(0, 2).toString(), 'PK');
    assert.equal((await officer.send('GET', '/api/programme/budget/export?edition=aucun')).status, 404);
    assert.equal((await strangers.neighbour.send('GET', '/api/programme/budget/export')).status, 403);
  });
});
