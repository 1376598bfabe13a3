import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newPractice, testHouse, type TestPerson } from '../../test/app.ts';
import { wordsOf } from '../platform/pdf/pdf-words-for-tests.ts';
import { answer, attach, goodAnswers, inDays, newRegion, pdf, publish, submitted, team } from './programme.fixture.ts';

const read = async (who: TestPerson, application: string) =>
  (await who.send('GET', `/api/programme/applications/${application}`)).body;
const submit = (who: TestPerson, application: string) =>
  who.send('POST', `/api/programme/applications/${application}/submit`);

describe('an application', () => {
  test('AAP-11 ACT-4 a coordinator opens the file of the team once: it begins with what the practice already says, in the fields of the call', async () => {
    const region = await newRegion();
    await publish(region, 'appel-a');
    const practice = await newPractice('MSP du Phare', { region: region.id });
    const coordinator = await practice.person('coordinator', { roles: ['coordinator'], given: 'Ana', family: 'Riou' });
    await practice.person('nurse');
    await practice.person('nurse');
    const listed = (await coordinator.send('GET', '/api/programme/mine')).body.calls;
    assert.deepEqual(
      listed.map((one: { edition: string; open: boolean; application: unknown }) => [
        one.edition,
        one.open,
        one.application,
      ]),
      [['appel-a', true, null]],
    );
    const opened = await coordinator.send('POST', '/api/programme/applications', { edition: 'appel-a' });
    assert.deepEqual((await coordinator.send('POST', '/api/programme/applications', { edition: 'appel-a' })).body, {
      id: opened.body.id,
      created: false,
    });
    const file = await read(coordinator, opened.body.id);
    assert.deepEqual(
      [
        file.answers['team.name'].value,
        file.answers['team.members'].value,
        file.answers['coordination.referentName'].value,
        file.state,
        file.version,
      ],
      ['MSP du Phare', { coordinator: 1, nurse: 2 }, 'Ana Riou', 'draft', 1],
    );
    assert.ok(file.missing.share > 0 && file.missing.share < 0.5);
    assert.equal(
      (await coordinator.send('POST', '/api/programme/applications', { edition: 'sip-2024' })).status,
      409,
      'a call that is closed takes no new file',
    );
    assert.equal((await coordinator.send('POST', '/api/programme/applications', { edition: 'jamais' })).status, 404);
  });

  test('AAP-11 SEC-11 SEC-12 two members write at once: each field is its own, who was second in a field is told and shown both, and nothing is overwritten', async () => {
    const region = await newRegion();
    await publish(region, 'appel-a');
    const { practice, coordinator, application } = await team(region, 'appel-a');
    const nurse = await practice.person('nurse', { given: 'Zoé', family: 'Morvan' });
    assert.equal(
      (await nurse.send('GET', `/api/programme/applications/${application}`)).status,
      404,
      'nobody of the practice before being a member of the file',
    );
    await coordinator.send('PUT', `/api/programme/applications/${application}/members`, {
      practitioners: [nurse.practitioner, 'someone-else'],
    });
    assert.deepEqual((await read(coordinator, application)).members, [
      { practitioner: nurse.practitioner, name: 'Zoé Morvan' },
    ]);
    const put = (who: TestPerson, field: string, value: unknown, seen: number) =>
      who.send('PUT', `/api/programme/applications/${application}/answers/${field}`, { value, seen });
    const both = await Promise.all([
      put(coordinator, 'team.territory', 'Presqu’île', 0),
      put(nurse, 'software.present', 'Deux logiciels', 0),
    ]);
    assert.deepEqual(
      both.map(({ status }) => status),
      [200, 200],
    );
    assert.equal((await put(nurse, 'team.territory', 'Pays des Abers', 1)).body.version, 2);
    const late = await put(coordinator, 'team.territory', 'Autre', 1);
    assert.deepEqual(
      [late.status, late.body.reason, late.body.theirs.value, late.body.theirs.by],
      [409, 'edited-meanwhile', 'Pays des Abers', 'Zoé Morvan'],
    );
    assert.equal((await read(coordinator, application)).answers['team.territory'].value, 'Pays des Abers');
    assert.equal(
      (await put(coordinator, 'team.territory', 'Autre', 2)).status,
      200,
      'and keeps their own by saying so',
    );
    const race = await Promise.all(
      Array.from({ length: 8 }, (_, i) => put(i % 2 ? nurse : coordinator, 'signatory.name', `Nom ${i}`, 0)),
    );
    assert.deepEqual(race.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409, 409, 409]);
    for (const act of ['submit', 'withdraw'])
      assert.equal(
        (await nurse.send('POST', `/api/programme/applications/${application}/${act}`)).status,
        403,
        'a member writes, who manages submits',
      );
    assert.equal(
      (await nurse.send('PUT', `/api/programme/applications/${application}/members`, { practitioners: [] })).status,
      403,
    );
  });

  test('AAP-11 SEC-16 a value that cannot stand in its field is refused in words, and the field keeps what it had', async () => {
    const region = await newRegion();
    await publish(region, 'appel-a');
    const { coordinator, application } = await team(region, 'appel-a');
    await answer(coordinator, application, 'coordination.meetings', 6);
    for (const [field, value] of [
      ['coordination.meetings', -1],
      ['coordination.meetings', 1.5],
      ['coordination.meetings', 'six'],
      ['healthProject.validatedOn', '2024-02-31'],
      ['healthProject.validatedOn', 'demain'],
      ['aci.member', 'oui'],
      ['team.legalForm', 'secte'],
      ['team.members', { wizard: 2 }],
      ['team.members', { 'ars-officer': 2 }],
      ['team.members', { nurse: -2 }],
      ['team.territory', 'x'.repeat(301)],
      ['team.territory', 'a\u0000b'],
    ] as const) {
      const refused = await answer(coordinator, application, field, value);
      assert.equal(refused.status, 422, `${field} ${JSON.stringify(value)} ${refused.status}`);
    }
    assert.equal((await answer(coordinator, application, 'team.unknown', 'x')).status, 404);
    assert.equal(
      (await answer(coordinator, application, 'team.count', 99)).status,
      404,
      'persons are counted, not told twice',
    );
    assert.equal((await read(coordinator, application)).answers['coordination.meetings'].value, 6);
  });

  test('AAP-9 AAP-10 before and at submission, each thing that is missing and each rule that fails is named with how to mend it; nothing typed is lost', async () => {
    const region = await newRegion();
    await publish(region, 'appel-a');
    const { coordinator, application } = await team(region, 'appel-a');
    for (const [field, value] of Object.entries(goodAnswers))
      if (!/^(aci|signatory|coordination.(coordinator|referent))/.test(field))
        await answer(coordinator, application, field, value);
    for (const [field, value] of [
      ['coordination.coordinator', false],
      ['coordination.referent', false],
      ['aci.member', false],
      ['aci.plans', false],
    ] as const)
      await answer(coordinator, application, field, value);
    const { eligibility } = await read(coordinator, application);
    assert.equal(eligibility.verdict, 'not-eligible');
    const aci = eligibility.results.find((rule: { id: string }) => rule.id === 'aci');
    assert.ok(
      aci.answer === 'no' &&
        aci.mend.length > 20 &&
        aci.facts.some(
          (one: { label: string; value: unknown }) =>
            one.label === 'L’équipe est signataire de l’ACI' && one.value === false,
        ),
    );
    const refused = await submit(coordinator, application);
    assert.equal(refused.status, 422);
    assert.deepEqual(
      refused.body.reasons.map((one: { kind: string; id: string }) => `${one.kind} ${one.id}`),
      [
        'field signatory.name',
        'field signatory.role',
        'document health-project',
        'document validation',
        'rule aci',
        'rule referent',
      ],
    );
    for (const { words, mend } of refused.body.reasons) assert.ok(words.length > 10 && mend.length > 10);
    assert.deepEqual(
      [
        (await read(coordinator, application)).answers['software.present'].value,
        (await read(coordinator, application)).state,
      ],
      ['Trois logiciels', 'draft'],
    );
  });

  test('AAP-1 AAP-9 an application that is late by a second is refused with the deadline and keeps its content; the same in time gets its receipt and time', async () => {
    const region = await newRegion();
    await publish(region, 'appel-a');
    const one = await team(region, 'appel-a', {});
    await publish(region, 'appel-a', { deadline: inDays(-1 / 86_400) });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const late = await submit(one.coordinator, one.application);
    assert.deepEqual([late.status, late.body.reasons.map(({ kind }: { kind: string }) => kind)], [422, ['late']]);
    assert.match(late.body.reasons[0].words, /heure de Paris/);
    await publish(region, 'appel-a', { deadline: inDays(2) });
    const before = Math.floor(Date.now() / 1000) * 1000;
    const sent = await submit(one.coordinator, one.application);
    assert.equal(sent.status, 200, sent.text);
    assert.match(sent.body.receipt, /^APPEL-A-0001$/);
    assert.ok(
      Date.parse(sent.body.at) >= before && Date.parse(sent.body.at) <= Date.now() && sent.body.at.endsWith('.000Z'),
    );
    assert.equal(sent.body.version, 3, 'under the newest version of the call');
    const paper = await one.coordinator.send('GET', `/api/programme/applications/${one.application}/receipts/1`);
    assert.equal(paper.headers['content-type'], 'application/pdf');
    const raw = await (await testHouse()).app.inject({
      url: `/api/programme/applications/${one.application}/receipts/1`,
      headers: { cookie: one.coordinator.cookie },
    });
    assert.match(wordsOf(raw.rawPayload), /APPEL-A-0001[\s\S]*heure de Paris/);
  });

  test('AAP-9 what was submitted does not change; withdrawn, it may be changed and submitted again under a new receipt, and the first stays on file', async () => {
    const region = await newRegion();
    await publish(region, 'appel-a');
    const { coordinator, application } = await submitted(region, 'appel-a');
    assert.equal((await answer(coordinator, application, 'team.territory', 'Ailleurs')).status, 403);
    assert.equal((await attach(coordinator, application, 'statutes')).status, 403);
    assert.equal((await submit(coordinator, application)).status, 409);
    assert.equal((await coordinator.send('POST', `/api/programme/applications/${application}/withdraw`)).status, 204);
    assert.equal((await coordinator.send('POST', `/api/programme/applications/${application}/withdraw`)).status, 409);
    await answer(coordinator, application, 'team.territory', 'Ailleurs');
    assert.equal((await submit(coordinator, application)).body.receipt, 'APPEL-A-0002');
    const { submissions } = await read(coordinator, application);
    assert.deepEqual(
      submissions.map((one: { receipt: string; withdrawnAt: string | null }) => [
        one.receipt,
        one.withdrawnAt !== null,
      ]),
      [
        ['APPEL-A-0001', true],
        ['APPEL-A-0002', false],
      ],
    );
  });

  test('AAP-11 SEC-17 an attachment is a PDF by its content, bounded, served so that nothing in it runs; removed, it can be put back', async () => {
    const region = await newRegion();
    await publish(region, 'appel-a');
    const { coordinator, application } = await team(region, 'appel-a');
    const good = await attach(coordinator, application, 'statutes', pdf('nos statuts'), '../../été \u202esigné.pdf');
    assert.equal(good.status, 200, good.text);
    assert.equal(good.body.name, 'été signé.pdf');
    for (const bytes of [
      Buffer.from('<html><script>alert(1)</script></html>'.padEnd(200)),
      Buffer.from(`<html>%PDF-1.7 ${'x'.repeat(100)} %%EOF`),
      Buffer.from(`%PDF-1.7 cut ${'x'.repeat(100)}`),
      Buffer.from('MZ'.padEnd(300)),
      Buffer.alloc(0),
    ])
      assert.ok([415, 422].includes((await attach(coordinator, application, 'statutes', bytes)).status));
    assert.equal(
      (
        await attach(
          coordinator,
          application,
          'statutes',
          Buffer.concat([pdf(), Buffer.alloc(10 * 1024 * 1024), Buffer.from('%%EOF')]),
        )
      ).status,
      413,
    );
    assert.equal((await attach(coordinator, application, 'passport')).status, 422);
    assert.equal(
      (await coordinator.send('POST', `/api/programme/applications/${application}/documents`, { document: 'statutes' }))
        .status,
      415,
    );
    const path = `/api/programme/applications/${application}/documents/${good.body.id}`;
    const served = await coordinator.send('GET', path);
    assert.deepEqual(
      [served.status, served.headers['content-type'], served.headers['x-content-type-options']],
      [200, 'application/pdf', 'nosniff'],
    );
    assert.match(served.headers['content-security-policy']!, /default-src 'none'/);
    assert.match(served.headers['content-disposition']!, /^inline; filename="ete signe\.pdf"/);
    await coordinator.send('POST', `${path}/remove`);
    assert.equal((await read(coordinator, application)).documents.length, 0);
    await coordinator.send('POST', `${path}/restore`);
    assert.equal((await read(coordinator, application)).documents.length, 1);
  });

  test('ACT-1 ACT-4 SEC-7 who may not, route by route: another practice, another region, the region’s people before submission, a nurse out of the file, nobody', async () => {
    const [region, elsewhere] = [await newRegion(), await newRegion()];
    for (const one of [region, elsewhere]) await publish(one, 'appel-a');
    const { practice, coordinator, application } = await team(region, 'appel-a', {});
    const document = (await read(coordinator, application)).documents[0].id;
    const neighbour = await team(region, 'appel-a');
    const foreign = await team(elsewhere, 'appel-a');
    const strangers = {
      neighbour: neighbour.coordinator,
      foreign: foreign.coordinator,
      nurse: await practice.person('nurse'),
      officer: await region.person('ars-officer'),
      reviewer: await region.person('commission-member'),
      vendor: await region.person('vendor'),
      'other officer': await elsewhere.person('ars-officer'),
    };
    const base = `/api/programme/applications/${application}`;
    const routes: [string, string, unknown?][] = [
      ['GET', base],
      ['PUT', `${base}/answers/team.territory`, { value: 'x', seen: 1 }],
      ['POST', `${base}/documents`, {}],
      ['GET', `${base}/documents/${document}`],
      ['POST', `${base}/documents/${document}/remove`],
      ['POST', `${base}/documents/${document}/restore`],
      ['PUT', `${base}/members`, { practitioners: [] }],
      ['POST', `${base}/submit`],
      ['POST', `${base}/withdraw`],
      ['GET', `${base}/receipts/1`],
    ];
    for (const [name, who] of Object.entries(strangers))
      for (const [method, path, body] of routes) {
        const answered = await who.send(method, path, body);
        assert.ok([403, 404].includes(answered.status), `${name} ${method} ${path}: ${answered.status}`);
      }
    const left = await read(coordinator, application);
    assert.deepEqual(
      [left.state, left.answers['team.territory'].value, left.documents.length],
      ['draft', 'Pays des Essais', 2],
    );
    const mine = (await neighbour.coordinator.send('GET', '/api/programme/mine')).body.calls;
    assert.ok(!JSON.stringify(mine).includes(application));
    // Once submitted the officer and the reviewer read its documents; the others still do not.
    await submit(coordinator, application);
    assert.equal((await strangers.officer.send('GET', `${base}/documents/${document}`)).status, 200);
    assert.equal((await strangers.reviewer.send('GET', `${base}/documents/${document}`)).status, 200);
    for (const name of ['neighbour', 'foreign', 'nurse', 'vendor', 'other officer'] as const)
      assert.equal((await strangers[name].send('GET', `${base}/documents/${document}`)).status, 404, name);
    assert.equal(
      (await strangers.officer.send('PUT', `${base}/answers/team.territory`, { value: 'x', seen: 1 })).status,
      403,
      'nobody of the region writes in a team’s file',
    );
  });

  test('SEC-8 AAP-10 opening, writing, attaching, submitting and withdrawing stand in the region’s ledger with who', async () => {
    const region = await newRegion();
    await publish(region, 'appel-a');
    const { coordinator, application } = await submitted(region, 'appel-a');
    await coordinator.send('POST', `/api/programme/applications/${application}/withdraw`);
    const { db } = await testHouse();
    const lines = await db.tenant(region.tenant, (sql) =>
      sql.query<{ action: string; actor: string }>(
        'select action, actor from audit.entry where tenant_id = $1 and target = $2 order by seq',
        [region.tenant, `Application/${application}`],
      ),
    );
    assert.deepEqual(
      [...new Set(lines.map(({ action }) => action))],
      ['create', 'update', 'attach', 'submit', 'withdraw'],
    );
    assert.ok(lines.every(({ actor }) => actor === `Practitioner/${coordinator.practitioner}`));
  });
});
