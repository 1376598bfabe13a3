import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { anyone, testHouse, type TestPerson } from '../../test/app.ts';
import { createMailer } from '../access/mailer.ts';
import { wordsOf } from '../platform/pdf/pdf-words-for-tests.ts';
import { letterOf, setLetter } from './letters/letters.store.ts';
import { openSender } from './letters/send.ts';
import type { SendMail } from './mails/carrier.ts';
import { inDays, newRegion, publish, submitted, type Team } from './programme.fixture.ts';

/** A call with one place, decided: one team is chosen, one waits, one is refused. */
async function decided(name: string) {
  const region = await newRegion(`Région ${name}`);
  const patch = { places: 1, review: [] };
  await publish(region, name, patch);
  const teams: Team[] = [];
  for (const [i, answers] of [{}, { 'coordination.protocols': 0 }, {}].entries())
    teams.push(await submitted(region, name, answers, `Équipe ${name} ${'ABC'[i]}`));
  await publish(region, name, { ...patch, deadline: inDays(-1) });
  const officer = await region.person('ars-officer');
  await officer.send('POST', `/api/programme/files/${teams[2]!.application}/overrule`, {
    rule: 'software',
    answer: 'no',
    reason: 'Le logiciel prévu n’est plus labellisé.',
  });
  const { seen } = (await officer.send('GET', `/api/programme/editions/${name}/ranking`)).body;
  const taken = await officer.send('POST', `/api/programme/editions/${name}/decide`, { places: 1, seen });
  if (taken.status !== 200) throw new Error(taken.text);
  return { region, teams, officer };
}
const wording = { signatory: 'Jeanne Ars', role: 'Directrice adjointe', note: '' };
const letters = async (who: TestPerson, call: string) =>
  (await who.send('GET', `/api/programme/editions/${call}/letters`)).body.letters as {
    id: string;
    team: string;
    outcome: string;
    state: string;
    reference: string;
    version: number;
    failure: string | null;
    attempts: number;
  }[];
const raw = async (who: TestPerson, path: string) =>
  (await (await testHouse()).app.inject({ url: path, headers: { cookie: who.cookie } })).rawPayload;

describe('letters of decision', () => {
  let smtp: SMTPServer;
  let mail: SendMail;
  let port = 0;
  const got: { to: string; text: string }[] = [];
  let refuse: (() => Error | null) | undefined;
  before(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onRcptTo: (_address, _session, done) => done(refuse?.() ?? null),
      onData(stream, session, done) {
        let text = '';
        stream.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
        stream.on('end', () => {
          got.push({ to: session.envelope.rcptTo[0]!.address, text });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    port = (smtp.server.address() as { port: number }).port;
    const mailer = createMailer(`smtp://127.0.0.1:${port}?from=region@estran.example`, 'http://localhost:3000');
    mail = (to, subject, text, attachments, messageId) => mailer.send({ to, subject, text, attachments, messageId });
  });
  after(() => new Promise<void>((resolve) => smtp.close(() => resolve())));
  const senderOf = async (send: SendMail | undefined, now = () => new Date()) => {
    const { db } = await testHouse();
    return openSender({ db, now, tell: () => undefined }, send, 'http://localhost:3000', (error) => {
      throw error as Error;
    });
  };
  /** As if no process had touched them yet. */
  const asNew = async (tenant: number, ids: string[]) => {
    const { db } = await testHouse();
    await db.transaction(tenant, async (sql) => {
      for (const id of ids) await setLetter(sql, tenant, id, 'waiting', new Date(), { attempts: 0 });
    });
  };

  test('AAP-9 AAP-10 each team gets its numbered letter with its own reasons; before that it is told nothing; the letter is read by its team and the region, by nobody else', async () => {
    const { region, teams, officer } = await decided('courrier-a');
    assert.equal(
      (await officer.send('POST', '/api/programme/editions/courrier-a/results', { on: true })).status,
      409,
      'not before the teams know',
    );
    assert.deepEqual((await officer.send('POST', '/api/programme/editions/courrier-a/notify', wording)).body, {
      written: 3,
    });
    assert.deepEqual(
      (await officer.send('POST', '/api/programme/editions/courrier-a/notify', wording)).body,
      { written: 0 },
      'done again, nothing is written twice',
    );
    const { outbox } = await testHouse();
    await outbox.drained();
    const all = await letters(officer, 'courrier-a');
    assert.deepEqual(
      all.map(({ reference, version, state }) => [reference, version, state]),
      [
        ['COURRIER-A-C0001', 1, 'to-hand'],
        ['COURRIER-A-C0002', 1, 'to-hand'],
        ['COURRIER-A-C0003', 1, 'to-hand'],
      ],
      'without a mail server they are handed over',
    );
    const told = await Promise.all(
      teams.map(
        async (one) => (await one.coordinator.send('GET', `/api/programme/applications/${one.application}`)).body.told,
      ),
    );
    assert.deepEqual(
      told.map(({ outcome, waiting }) => [outcome, waiting]),
      [
        ['chosen', null],
        ['waiting', 1],
        ['refused', null],
      ],
    );
    assert.match(told[2].words[0], /n’est plus labellisé/);
    const [papers, path] = [
      await Promise.all(teams.map((one, i) => raw(one.coordinator, `/api/programme/letters/${told[i].letter}/pdf`))),
      `/api/programme/letters/${told[0].letter}/pdf`,
    ];
    assert.match(wordsOf(papers[0]!), /COURRIER-A-C0001[\s\S]*est retenue, au rang 1 pour 1 place[\s\S]*Jeanne Ars/);
    assert.match(wordsOf(papers[1]!), /liste d’attente[\s\S]*tribunal administratif/);
    assert.match(wordsOf(papers[2]!), /n’est pas retenue[\s\S]*n’est plus labellisé/);
    assert.equal((await officer.send('GET', path)).status, 200);
    for (const who of [
      teams[1]!.coordinator,
      await teams[0]!.practice.person('nurse'),
      await region.person('vendor'),
      await (await newRegion()).person('ars-officer'),
    ])
      assert.equal((await who.send('GET', path)).status, 404);
    assert.equal((await anyone('GET', path)).status, 401);
    const notices = (await teams[0]!.coordinator.send('GET', '/api/notices')).body as { kind: string; words: string }[];
    assert.ok(
      notices.some(({ kind, words }) => kind === 'programme:courrier-a' && !words.includes('retenue')),
      'the notice says that there is a decision, not which',
    );
  });

  test('AAP-9 the mail goes by SMTP with the letter as a PDF, once, whatever is asked again', async () => {
    const { region, officer } = await decided('courrier-b');
    await officer.send('POST', '/api/programme/editions/courrier-b/notify', wording);
    await (await testHouse()).outbox.drained();
    const ids = (await letters(officer, 'courrier-b')).map(({ id }) => id);
    await asNew(region.tenant, ids);
    got.length = 0;
    const sender = await senderOf(mail);
    await Promise.all([...ids, ...ids, ...ids].map((id) => sender.deliver(region.tenant, id)));
    await sender.tick([region.tenant]);
    assert.equal(got.length, 3);
    assert.equal(new Set(got.map(({ to }) => to)).size, 3);
    assert.match(got[0]!.text, /application\/pdf/);
    assert.equal(new Set(got.map(({ text }) => /message-id: (.*)/i.exec(text)?.[1])).size, 3);
    assert.deepEqual(
      (await letters(officer, 'courrier-b')).map(({ state }) => state),
      ['sent', 'sent', 'sent'],
    );
    assert.equal(
      (await officer.send('POST', `/api/programme/letters/${ids[0]}/send`)).status,
      409,
      'what is gone does not go again under the same version',
    );
    const corrected = await officer.send('POST', `/api/programme/letters/${ids[0]}/correct`, {
      mail: 'autre@equipe.example',
      note: 'Adresse corrigée.',
    });
    assert.equal(corrected.status, 200, corrected.text);
    await (await testHouse()).outbox.drained();
    const versions = (await letters(officer, 'courrier-b'))
      .filter(({ reference }) => reference === 'COURRIER-B-C0001')
      .map(({ version }) => version);
    assert.deepEqual(versions, [2, 1]);
    assert.match(
      wordsOf(await raw(officer, `/api/programme/letters/${corrected.body.id}/pdf`)),
      /version 2[\s\S]*Adresse corrigée/,
    );
    assert.equal(
      (await officer.send('POST', `/api/programme/letters/${ids[0]}/correct`, { mail: 'x@y.example', note: '' }))
        .status,
      409,
      'the newest version is the one to correct',
    );
  });

  test('AAP-9 a server that refuses is tried again later, and for good when it says so; a crash in the middle of a sending is never repeated by itself', async () => {
    const { region, officer } = await decided('courrier-c');
    await officer.send('POST', '/api/programme/editions/courrier-c/notify', wording);
    await (await testHouse()).outbox.drained();
    const ids = (await letters(officer, 'courrier-c')).map(({ id }) => id) as [string, string, string];
    await asNew(region.tenant, ids);
    got.length = 0;
    let clock = Date.now();
    const sender = await senderOf(mail, () => new Date(clock));
    const busy = Object.assign(new Error('try later'), { responseCode: 451 });
    refuse = () => busy;
    await sender.deliver(region.tenant, ids[0]);
    await sender.tick([region.tenant]);
    const state = async (id: string) => {
      const { db } = await testHouse();
      return db.tenant(region.tenant, (sql) => letterOf(sql, region.tenant, id));
    };
    assert.deepEqual(
      [(await state(ids[0]))!.state, (await state(ids[0]))!.attempts, got.length],
      ['failed', 1, 0],
      'not at once',
    );
    clock += 61_000;
    refuse = undefined;
    await sender.tick([region.tenant]);
    assert.equal((await state(ids[0]))!.state, 'sent');
    refuse = () => Object.assign(new Error('no such user'), { responseCode: 550 });
    await asNew(region.tenant, [ids[1]]);
    await sender.deliver(region.tenant, ids[1]);
    refuse = undefined;
    clock += 3_600_000;
    await sender.tick([region.tenant]);
    assert.equal((await state(ids[1]))!.state, 'failed');
    assert.match((await state(ids[1]))!.failure!, /550|no such user/);
    // The process dies after the mail left and before it could say so.
    await asNew(region.tenant, [ids[2]]);
    got.length = 0;
    const dying = await senderOf(
      async (...given) => {
        await mail(...given);
        throw Object.assign(new Error('gone'), { code: 'ETIMEDOUT', command: 'DATA' });
      },
      () => new Date(clock),
    );
    await dying.deliver(region.tenant, ids[2]);
    assert.equal((await state(ids[2]))!.state, 'unsure');
    const { db } = await testHouse();
    await db.transaction(region.tenant, (sql) =>
      setLetter(sql, region.tenant, ids[2], 'sending', new Date(clock), { attempts: 1 }),
    );
    for (let i = 0; i < 3; i++) {
      clock += 600_000;
      await sender.tick([region.tenant]);
    }
    assert.deepEqual([(await state(ids[2]))!.state, got.length], ['unsure', 1], 'sent once; an officer looks at it');
    assert.equal(
      (await officer.send('POST', `/api/programme/letters/${ids[2]}/send`)).status,
      204,
      'and may send it again on purpose',
    );
  });

  test('AAP-10 the list of results is public once the officer publishes it: who is chosen, who waits, how many are not, and no name of who is refused', async () => {
    const { region, teams, officer } = await decided('courrier-d');
    const path = `/api/programme/regions/${region.id}/calls/courrier-d/results`;
    assert.equal((await anyone('GET', path)).status, 404);
    await officer.send('POST', '/api/programme/editions/courrier-d/notify', wording);
    assert.equal((await anyone('GET', path)).status, 404);
    assert.equal((await officer.send('POST', '/api/programme/editions/courrier-d/results', { on: true })).status, 204);
    const list = (await anyone('GET', path)).body;
    assert.deepEqual(
      [list.chosen, list.waiting, list.refused, list.places],
      [
        [{ team: 'Équipe courrier-d A', territory: 'Pays des Essais' }],
        [{ team: 'Équipe courrier-d B', territory: 'Pays des Essais', place: 1 }],
        1,
        1,
      ],
    );
    assert.ok(!JSON.stringify(list).includes('Équipe courrier-d C') && teams.length === 3);
    await officer.send('POST', '/api/programme/editions/courrier-d/results', { on: false });
    assert.equal((await anyone('GET', path)).status, 404);
    assert.equal((await anyone('GET', '/api/programme/regions/nulle-part/calls/courrier-d/results')).status, 404);
  });
});
