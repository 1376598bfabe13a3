import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { testHouse, type TestPerson } from '../../test/app.ts';
import { wordsOf } from '../platform/pdf/pdf-words-for-tests.ts';
import { shippedEditions } from './calls/editions/index.ts';
import { addFile, type OpenedProject, openedProject, publish } from './programme.fixture.ts';

const at = (project: string, more = '') => `/api/programme/projects/${project}${more}`;
const day = (back = 0) =>
  new Date(Date.now() - back * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
const sides = {
  team: { name: 'Camille Riou', role: 'Présidente' },
  region: { name: 'Jeanne Ars', role: 'Directrice' },
};
async function sent(who: TestPerson, method: string, path: string, body?: unknown) {
  const answer = await who.send(method, path, body);
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.body;
}
const money = (who: TestPerson, project: string) => sent(who, 'GET', at(project, '/money'));
/** A quote of one line, before tax, kept and validated; its id. */
async function quoted(who: TestPerson, project: string, number: string, unitCents: number): Promise<string> {
  const { ids } = await sent(who, 'POST', at(project, '/quotes'), {
    quotes: [
      {
        vendor: 'Logiciel & Co',
        number,
        dated: day(10),
        lines: [{ label: `Licence ${number}`, kind: 'licence', quantity: 1000, unitCents, vat: 2000 }],
      },
    ],
  });
  await sent(who, 'POST', at(project, `/quotes/${ids[0]}/state`), { seen: 1, state: 'accepted' });
  const found = (await money(who, project)).detail.quotes.find((one: { id: string }) => one.id === ids[0]);
  await sent(who, 'POST', at(project, `/quotes/${ids[0]}/decisions`), {
    seen: 2,
    lines: found.lines.map((one: { id: string }) => ({ line: one.id, decision: 'validated' })),
  });
  return ids[0];
}
const stampOf = async (who: TestPerson, project: string): Promise<string> => (await money(who, project)).detail.stamp;
/** An agreement of 1 200 € signed, its first payment of 960 € paid. */
async function agreed(patch: Parameters<typeof openedProject>[1] = {}): Promise<OpenedProject & { quote: string }> {
  const one = await openedProject({}, patch);
  const { project, officer, consultant } = one;
  const quote = await quoted(consultant, project, 'D-1', 100_000);
  await sent(officer, 'POST', at(project, '/agreements'), { stamp: await stampOf(officer, project), ...sides });
  await sent(officer, 'POST', at(project, '/agreements/1/sign'), { on: day(), team: 'C. Riou', region: 'J. Ars' });
  await sent(officer, 'POST', at(project, '/payments/1/order'), { seen: 1, on: day(), reference: 'MD-1' });
  await sent(officer, 'POST', at(project, '/payments/1/pay'), { seen: 2, on: day(), reference: '' });
  return { ...one, quote };
}
const open = (who: TestPerson, project: string, reason = 'Deux infirmiers ont rejoint l’équipe.') =>
  who.send('POST', at(project, '/amendments'), { reason });
const act = (who: TestPerson, project: string, seq: number, verb: string, body?: unknown) =>
  who.send('POST', at(project, `/amendments/${seq}/${verb}`), body);
const issue = async (who: TestPerson, project: string, seq: number) =>
  act(who, project, seq, 'issue', { stamp: await stampOf(who, project), ...sides });
const sign = (who: TestPerson, project: string, seq: number, on = day()) =>
  act(who, project, seq, 'sign', { on, team: 'C. Riou', region: 'J. Ars' });
const parts = async (who: TestPerson, project: string) =>
  (await money(who, project)).detail.payments.map((one: { kind: string; state: string; cents: number }) => [
    one.kind,
    one.state,
    one.cents,
  ]);

describe('amendments to an agreement', () => {
  test('FIN-7 PRJ-10 an amendment opens the figures of a signed agreement, is numbered and dated with its reason, keeps what is paid and brings the balance to the cent; mail, paper, budget and export follow', async () => {
    const { region, project, call, officer, consultant, team, quote } = await agreed();
    const refused = await consultant.send('POST', at(project, `/quotes/${quote}/state`), {
      seen: 3,
      state: 'withdrawn',
    });
    assert.equal(refused.status, 409);
    assert.match(refused.body.detail, /préparer un avenant/);
    assert.equal((await open(officer, project, 'court')).status, 422);
    const twice = await Promise.all([open(officer, project), open(officer, project)]);
    assert.deepEqual(twice.map(({ status }) => status).sort(), [200, 409]);
    const same = (await money(officer, project)).detail;
    assert.deepEqual(
      [same.amendments[0].state, same.amending.beforeCents, same.amending.afterCents],
      ['open', 120_000, 120_000],
    );
    // The figures move again, under the rules of the version under which the team was chosen: a later one changes nothing.
    await publish(region, call, {
      places: 1,
      review: [],
      funding: {
        ...shippedEditions[1]!.funding,
        perPerson: [{ professions: 'others', cents: 1, words: 'Un centime' }],
      },
    });
    const before = await stampOf(officer, project);
    const second = await quoted(consultant, project, 'D-2', 12_345);
    assert.equal(
      (await act(officer, project, 1, 'issue', { stamp: before, ...sides })).status,
      409,
      'figures that moved meanwhile',
    );
    const seen = await money(officer, project);
    assert.deepEqual(
      [seen.totalCents, seen.ceilingCents, seen.detail.amending.afterCents],
      [120_000, 360_000, 134_814],
    );
    assert.deepEqual(
      seen.detail.amending.parts.map((one: { cents: number }) => one.cents),
      [96_000, 38_814],
    );
    const made = await issue(officer, project, 1);
    assert.equal(made.status, 200, made.text);
    assert.match(made.body.reference, /-AVE1$/);
    const mails = await sent(officer, 'GET', at(project, '/mails'));
    assert.equal(
      mails.lines.filter(
        (one: { subject: string; paper: string }) =>
          /^Avenant .*-AVE1 à signer$/.test(one.subject) && one.paper === made.body.paper,
      ).length,
      1,
    );
    const raw = await (await testHouse()).app.inject({
      url: at(project, `/papers/${made.body.paper}`),
      headers: { cookie: officer.cookie },
    });
    const words = wordsOf(raw.rawPayload).replace(/\s+/g, ' ');
    for (const part of [
      /Avenant n° 1 à la convention .*-CONV1/,
      /Deux infirmiers ont rejoint/,
      /porté à 1 348,14 €/,
      /388,14/,
    ])
      assert.match(words, part);
    // Frozen again; nothing is ordered while it waits for its signatures.
    assert.equal(
      (await consultant.send('POST', at(project, `/quotes/${second}/state`), { seen: 3, state: 'withdrawn' })).status,
      409,
    );
    await addFile(consultant, project, 'completion-report');
    await sent(officer, 'POST', at(project, '/certificate'), { signatory: 'Jeanne Ars', role: 'Directrice' });
    const order = (number: number, version: number) =>
      officer.send('POST', at(project, `/payments/${number}/order`), { seen: version, on: day(), reference: '' });
    assert.equal((await order(2, 1)).status, 409);
    assert.equal((await sign(officer, project, 1, day(-1))).status, 422);
    assert.equal((await sign(officer, project, 1, day(1))).status, 422);
    assert.equal((await sign(officer, project, 1)).status, 204);
    assert.equal((await sign(officer, project, 1)).status, 409);
    assert.deepEqual(await parts(officer, project), [
      ['share', 'paid', 96_000],
      ['share', 'due', 38_814],
    ]);
    // Taken back at once, and signed again.
    assert.equal((await act(officer, project, 1, 'unsign')).status, 204);
    assert.deepEqual(await parts(officer, project), [
      ['share', 'paid', 96_000],
      ['share', 'due', 24_000],
    ]);
    assert.equal((await sign(officer, project, 1)).status, 204);
    const end = await money(team.coordinator, project);
    assert.deepEqual(
      [end.totalCents, end.orderedCents, end.paidCents, end.recoverCents, end.detail.amendments[0].signedOn],
      [134_814, 96_000, 96_000, 0, day()],
    );
    const budget = (await sent(officer, 'GET', '/api/programme/budget')).calls.find(
      (one: { edition: string }) => one.edition === call,
    );
    assert.deepEqual(
      [budget.engagedCents, budget.lines[0].agreementCents, budget.lines[0].amendments],
      [134_814, 134_814, [made.body.reference]],
    );
    assert.equal((await order(2, 1)).status, 409, 'the amount that was on screen is no longer the one');
    assert.equal((await order(2, end.detail.payments[1].version)).status, 204);
    assert.equal((await act(officer, project, 1, 'unsign')).status, 409, 'a payment was ordered on its figures');
    const csv = (await officer.send('GET', `/api/programme/budget/export?of=projects&edition=${call}`)).text;
    assert.ok(csv.includes(made.body.reference));
    const { db } = await testHouse();
    const lines = await db.tenant(officer.caller.tenant, (sql) =>
      sql.query<{ action: string }>('select distinct action from audit.entry where tenant_id = $1 and target = $2', [
        officer.caller.tenant,
        `Project/${project}`,
      ]),
    );
    for (const action of ['open-amendment', 'issue-amendment', 'sign-amendment', 'unsign-amendment'])
      assert.ok(
        lines.some((one) => one.action === action),
        action,
      );
  });

  test('FIN-7 FIN-8 less than what was paid: nothing is due any more, the difference is told as «trop-perçu à reverser», asked back and recorded; the envelope frees it only then; accounting has it below zero', async () => {
    const { project, call, officer, consultant, quote } = await agreed();
    await sent(officer, 'POST', at(project, '/amendments'), { reason: 'Le logiciel retenu coûte moins cher.' });
    await sent(consultant, 'POST', at(project, `/quotes/${quote}/state`), { seen: 3, state: 'withdrawn' });
    assert.deepEqual((await issue(officer, project, 1)).status, 422, 'no quote is kept');
    await quoted(consultant, project, 'D-2', 50_000);
    const made = await issue(officer, project, 1);
    const raw = await (await testHouse()).app.inject({
      url: at(project, `/papers/${made.body.paper}`),
      headers: { cookie: officer.cookie },
    });
    assert.match(
      wordsOf(raw.rawPayload).replace(/\s+/g, ' '),
      /ramené à 600,00 €[\s\S]*360,00 € : ce trop-perçu est à reverser/,
    );
    await sent(officer, 'POST', at(project, '/amendments/1/sign'), { on: day(), team: 'C. Riou', region: 'J. Ars' });
    assert.deepEqual(await parts(officer, project), [
      ['share', 'paid', 96_000],
      ['share', 'due', 0],
      ['recovery', 'due', 36_000],
    ]);
    const told = await money(officer, project);
    assert.deepEqual(
      [told.totalCents, told.recoverCents, told.detail.payments[2].occasion, told.detail.payments[2].held],
      [60_000, 36_000, 'Trop-perçu à reverser, avenant n° 1', []],
    );
    const pay = (number: number, verb: string, seen: number) =>
      officer.send('POST', at(project, `/payments/${number}/${verb}`), { seen, on: day(), reference: 'TR-1' });
    const nothing = await pay(2, 'order', told.detail.payments[1].version);
    assert.deepEqual([nothing.status, nothing.body.blockers], [422, ['Rien n’est à verser.']]);
    const blockers = async () =>
      (await sent(officer, 'GET', at(project))).steps.find((one: { id: string }) => one.id === 'balance')
        .blockers as string[];
    assert.ok((await blockers()).includes('Le trop-perçu à reverser n’est pas demandé.'));
    assert.ok(!(await blockers()).includes('Le solde n’est pas ordonné.'));
    const budget = async () =>
      (await sent(officer, 'GET', '/api/programme/budget')).calls.find(
        (one: { edition: string }) => one.edition === call,
      );
    assert.deepEqual([(await budget()).engagedCents, (await budget()).lines[0].recoverCents], [96_000, 36_000]);
    assert.equal((await pay(3, 'order', 1)).status, 204);
    assert.equal((await pay(3, 'pay', 2)).status, 204);
    assert.ok(!(await blockers()).some((one) => /trop-perçu|solde/.test(one)));
    const end = await budget();
    assert.deepEqual(
      [end.engagedCents, end.orderedCents, end.paidCents, end.lines[0].recoverCents],
      [60_000, 60_000, 60_000, 0],
    );
    const csv = (await officer.send('GET', `/api/programme/budget/export?of=payments&edition=${call}`)).text;
    assert.match(csv, /;3;Trop-perçu à reverser, avenant n° 1;;-360,00;reversé;/);
    // Raised again: what was paid back counts, and the balance takes the rest.
    await sent(officer, 'POST', at(project, '/amendments'), { reason: 'Une formation s’ajoute au projet.' });
    await quoted(consultant, project, 'D-3', 25_000);
    await issue(officer, project, 2);
    await sent(officer, 'POST', at(project, '/amendments/2/sign'), { on: day(), team: 'C. Riou', region: 'J. Ars' });
    assert.deepEqual(await parts(officer, project), [
      ['share', 'paid', 96_000],
      ['share', 'due', 30_000],
      ['recovery', 'paid', 36_000],
    ]);
    assert.deepEqual(
      (await money(officer, project)).detail.amendments.map((one: { number: number; reference: string }) => [
        one.number,
        one.reference.replace(/.*-/, ''),
      ]),
      [
        [2, 'AVE2'],
        [1, 'AVE1'],
      ],
    );
  });

  test('FIN-7 an order that is taken back after an amendment takes the amount that it gave; an amendment that is given up leaves the agreement as it was; an agreement that was amended is not cancelled', async () => {
    const { project, officer, consultant } = await agreed();
    assert.equal((await act(officer, project, 1, 'cancel', { reason: 'Une bonne raison.' })).status, 404);
    await open(officer, project);
    assert.equal((await sign(officer, project, 1)).status, 409, 'not issued');
    assert.equal((await officer.send('POST', at(project, '/agreements/1/unsign'))).status, 409);
    await quoted(consultant, project, 'D-2', 100_000);
    await issue(officer, project, 1);
    assert.equal((await act(officer, project, 1, 'cancel', { reason: 'court' })).status, 422);
    assert.equal((await act(officer, project, 1, 'cancel', { reason: 'L’équipe y renonce.' })).status, 204);
    assert.equal((await act(officer, project, 1, 'cancel', { reason: 'L’équipe y renonce.' })).status, 409);
    assert.deepEqual(
      [(await money(officer, project)).totalCents, await parts(officer, project)],
      [
        120_000,
        [
          ['share', 'paid', 96_000],
          ['share', 'due', 24_000],
        ],
      ],
    );
    await open(officer, project);
    assert.equal((await issue(officer, project, 2)).body.number, 2, 'a number that was given is not given again');
    await sign(officer, project, 2);
    assert.deepEqual(await parts(officer, project), [
      ['share', 'paid', 96_000],
      ['share', 'due', 144_000],
    ]);
    const cancel = async (seen: number) =>
      officer.send('POST', at(project, '/payments/1/cancel'), { seen, reason: 'La banque a rejeté le virement.' });
    await cancel(3);
    assert.equal((await cancel(4)).status, 204);
    assert.deepEqual(await parts(officer, project), [
      ['share', 'due', 192_000],
      ['share', 'due', 48_000],
    ]);
    for (const verb of ['cancel', 'unsign'])
      assert.equal(
        (await officer.send('POST', at(project, `/agreements/1/${verb}`), { reason: 'Une bonne raison.' })).status,
        409,
        verb,
      );
  });

  test('FIN-7 FIN-4 whatever quotes amendments bring, what is agreed is within the ceiling and the payments make it to the cent (property)', async () => {
    const { project, officer, consultant, quote } = await agreed();
    let [last, number] = [quote, 1];
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 500_000 }), fc.boolean(), async (unitCents, order) => {
        const { seq } = await sent(officer, 'POST', at(project, '/amendments'), { reason: 'Un essai au hasard.' });
        await sent(consultant, 'POST', at(project, `/quotes/${last}/state`), { seen: 3, state: 'withdrawn' });
        last = await quoted(consultant, project, `D-${++number}`, unitCents);
        assert.equal((await issue(officer, project, seq)).status, 200);
        assert.equal((await sign(officer, project, seq)).status, 204);
        const now = await money(officer, project);
        const total = now.detail.quotes.find((one: { id: string }) => one.id === last).totalCents;
        assert.equal(now.totalCents, Math.min(total, 360_000));
        const held = now.detail.payments as {
          kind: string;
          cents: number;
          state: string;
          number: number;
          version: number;
        }[];
        assert.equal(
          held.reduce((sum, one) => sum + (one.kind === 'recovery' ? -one.cents : one.cents), 0),
          now.totalCents,
        );
        const owed = held.find((one) => one.kind === 'recovery' && one.state === 'due' && one.cents > 0);
        if (order && owed)
          await sent(officer, 'POST', at(project, `/payments/${owed.number}/order`), {
            seen: owed.version,
            on: day(),
            reference: '',
          });
      }),
      { numRuns: 6 },
    );
  });

  test('ACT-1 ACT-3 ACT-4 ACT-5 SEC-7 who may not: only ARS opens, issues, signs or gives up an amendment; its paper is read by those who read the lines; nothing in a project that is closed, nor before the agreement is signed', async () => {
    const early = await openedProject();
    assert.equal((await open(early.officer, early.project)).status, 409);
    const { project, officer, consultant, gcs, team, nurse, strangers, foreign } = await agreed();
    await open(officer, project);
    const stamp = await stampOf(officer, project);
    const routes: [string, unknown?][] = [
      ['/amendments', { reason: 'Une bonne raison.' }],
      ['/amendments/1/issue', { stamp, ...sides }],
      ['/amendments/1/sign', { on: day(), team: 'x', region: 'y' }],
      ['/amendments/1/unsign'],
      ['/amendments/1/cancel', { reason: 'Une bonne raison.' }],
    ];
    for (const [name, who] of Object.entries({
      ...strangers,
      foreign,
      nurse,
      gcs,
      coordinator: team.coordinator,
      assigned: consultant,
    }))
      for (const [more, body] of routes) {
        const { status } = await who.send('POST', at(project, more), body);
        assert.ok([403, 404].includes(status), `${name} ${more}: ${status}`);
      }
    for (const [more, body] of [
      ['/amendments', {}],
      ['/amendments', { reason: 7 }],
      ['/amendments/x/issue', { stamp, ...sides }],
      ['/amendments/1/issue', { stamp }],
      ['/amendments/1/sign', { on: '2026-02-31', team: 'x', region: 'y' }],
    ] as const)
      assert.ok([400, 422].includes((await officer.send('POST', at(project, more), body)).status), more);
    assert.equal((await act(officer, project, 9, 'issue', { stamp, ...sides })).status, 404);
    const { paper } = (await issue(officer, project, 1)).body;
    await sent(officer, 'PUT', at(project, `/parties/${strangers.partner.practitioner}`), {
      sees: ['papers', 'steps'],
    });
    for (const [who, status] of [
      [strangers.reviewer, 404],
      [strangers.partner, 404],
      [nurse, 404],
      [gcs, 200],
      [team.coordinator, 200],
      [consultant, 200],
    ] as const)
      assert.equal((await who.send('GET', at(project, `/papers/${paper}`))).status, status);
    await sign(officer, project, 1);
    await sent(officer, 'POST', at(project, '/stop'), { reason: 'L’équipe se sépare.' });
    assert.equal((await open(officer, project)).status, 403);
  });
});
