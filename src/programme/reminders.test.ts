import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { SMTPServer } from 'smtp-server';
import { anyone, testHouse, type TestPerson } from '../../test/app.ts';
import { createMailer } from '../access/mailer.ts';
import type { Desk } from './desk.ts';
import { openMails } from './mails/send.ts';
import { queueReminders } from './mails/reminders.ts';
import { plannedFor } from './mails/reminders.rules.ts';
import type { SendMail } from './mails/carrier.ts';
import { inDays, openedProject, type OpenedProject } from './programme.fixture.ts';

const day = (days: number): string => inDays(days).slice(0, 10);
/** That many days from now, in the morning in France. */
const morning = (days: number): Date => new Date(`${day(days)}T08:30:00Z`);
const at = (project: string, more: string) => `/api/programme/projects/${project}/${more}`;
const tokenIn = (path: string): string => path.split('/').at(-1)!;

describe('reminders that leave by themselves', () => {
  let smtp: SMTPServer;
  let mail: SendMail;
  const got: { to: string; text: string }[] = [];
  const errors: unknown[] = [];
  before(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onData(stream, session, done) {
        const parts: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => parts.push(chunk));
        stream.on('end', () => {
          got.push({ to: session.envelope.rcptTo[0]!.address, text: Buffer.concat(parts).toString('utf8') });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    const mailer = createMailer(
      `smtp://127.0.0.1:${(smtp.server.address() as { port: number }).port}?from=region@estran.example`,
      'http://localhost:3000',
    );
    mail = (to, subject, text, attachments, messageId) => mailer.send({ to, subject, text, attachments, messageId });
  });
  after(() => new Promise<void>((resolve) => smtp.close(() => resolve())));

  /**
   * A process that starts at an instant: it looks twice at once, then again when what it queued was left behind. Gives whom it wrote to, at this domain.
   * As the room's tick does, for the region of this project alone: the house of the tests holds those of all the others.
   */
  async function process(now: Date, domain: string, { region }: OpenedProject): Promise<string[]> {
    const { db, outbox } = await testHouse();
    let clock = now;
    const failed = (error: unknown) => void errors.push(error);
    const desk: Desk = { db, tell: () => undefined, use: undefined as never, now: () => clock };
    const mails = openMails(desk, mail, 'http://localhost:3000', failed);
    const tick = async () => {
      await queueReminders(desk, [{ tenant: region.tenant, name: 'Région des essais' }], failed);
      await mails.tick([region.tenant]);
    };
    got.length = 0;
    await Promise.all([tick(), tick()]);
    // The house of the tests has no mail server and hands over what it sees: as if it had not touched what was queued now.
    await outbox.drained();
    await db.owner('mails as they were queued', (run) =>
      run.query(
        `update programme.mail set state = 'waiting', changed_at = at where state = 'to-hand' and at = $1::timestamptz`,
        [now.toISOString()],
      ),
    );
    clock = new Date(now.getTime() + 31_000);
    await tick();
    assert.deepEqual(errors, []);
    return got
      .map(({ to }) => to)
      .filter((to) => to.endsWith(domain))
      .sort();
  }
  const sql = async (one: OpenedProject, statement: string): Promise<void> => {
    const { db } = await testHouse();
    await db.owner('the test moves time', (run) => run.query(statement, [one.region.tenant, one.project]));
  };
  let teams = 0;
  /** A questionnaire open for `days`, three people asked: one has sent their answers, one has begun, one is silent; what was written so far has left. */
  async function asked(days: number) {
    const one = await openedProject();
    const domain = `@equipe${++teams}.example`;
    await one.consultant.send('POST', at(one.project, 'needs/people'), {
      people: [
        ['Anne', 'physician'],
        ['Bruno', 'nurse'],
        ['Chloé', 'midwife'],
      ].map(([name, profession]) => ({ name, profession, mail: `${name!.toLowerCase().replace('é', 'e')}${domain}` })),
    });
    assert.equal(
      (await one.consultant.send('POST', at(one.project, 'needs/open'), { seen: 0, closesOn: day(days) })).status,
      200,
    );
    for (const { id, name } of (await one.consultant.send('GET', at(one.project, 'needs/people'))).body.people) {
      if (name === 'Chloé') continue;
      const token = tokenIn((await one.consultant.send('POST', at(one.project, `needs/people/${id}/link`))).body.link);
      assert.equal(
        (await anyone('PUT', `/api/programme/questionnaires/${token}/answers/software`, { value: 'Papier' })).status,
        200,
      );
      if (name === 'Anne')
        await sql(
          one,
          `update programme.needs_person set submitted_at = now() where tenant_id = $1 and project = $2 and name = 'Anne'`,
        );
    }
    await (await testHouse()).outbox.drained();
    const plan = (who: TestPerson, days: unknown, seen = 1) =>
      who.send('PUT', at(one.project, 'needs/reminders'), { seen, days });
    return { ...one, domain, plan, silent: [`bruno${domain}`, `chloe${domain}`] };
  }
  const written = async (one: OpenedProject): Promise<{ subject: string; state: string }[]> =>
    (await one.officer.send('GET', '/api/programme/outbox?kind=mail')).body.lines;

  test('PRJ-4 seven and two days before it closes, who has not sent their answers is reminded once, in the day; not who answered, not after it closed; what left stands in the region’s outbox', async () => {
    const one = await asked(10);
    assert.deepEqual((await one.consultant.send('GET', at(one.project, 'needs'))).body.remindBefore, [7, 2]);
    assert.deepEqual(await process(morning(1), one.domain, one), []);
    assert.deepEqual(await process(new Date(`${day(3)}T01:00:00Z`), one.domain, one), [], 'not at night');
    assert.deepEqual(await process(morning(3), one.domain, one), one.silent);
    assert.match(got.find(({ to }) => to.startsWith('bruno'))!.text, /programme\/questionnaire\/\d/);
    assert.deepEqual(await process(morning(3), one.domain, one), []);
    assert.deepEqual(await process(morning(4), one.domain, one), [], 'the next day it is not done again');
    assert.equal(
      (await written(one)).filter(({ subject, state }) => /votre avis/.test(subject) && state === 'sent').length,
      2,
    );
    const { people } = (await one.consultant.send('GET', at(one.project, 'needs/people'))).body;
    assert.deepEqual(
      people
        .map(({ name, reminders, remindedOn }: { name: string; reminders: number; remindedOn: string | null }) => [
          name,
          reminders,
          remindedOn,
        ])
        .sort(),
      [
        ['Anne', 0, null],
        ['Bruno', 1, day(3)],
        ['Chloé', 1, day(3)],
      ],
    );
    // The server was stopped on the day of the second: it leaves on the next, to who is still silent.
    await sql(
      one,
      `update programme.needs_person set submitted_at = now() where tenant_id = $1 and project = $2 and name = 'Bruno'`,
    );
    assert.deepEqual(await process(morning(9), one.domain, one), [`chloe${one.domain}`]);
    const late = await asked(2);
    for (const days of [0, 1])
      assert.deepEqual(await process(morning(days), late.domain, late), [], 'who was invited that day is left alone');
    await sql(
      late,
      `update programme.needs_person set invited_at = invited_at - interval '3 days' where tenant_id = $1 and project = $2`,
    );
    assert.deepEqual(await process(morning(3), late.domain, late), [], 'closed');
    await late.consultant.send('POST', at(late.project, 'needs/close'), { seen: 1 });
    assert.deepEqual(await process(morning(0), late.domain, late), [], 'closed before its day');
  });

  test('PRJ-4 it is switched off and on by who leads the project, at the version on screen; never on the day of a reminder by hand, nor the other way round; nothing leaves twice after a crash', async () => {
    const one = await asked(10);
    const { reviewer, vendor, partner, consultant, neighbour } = one.strangers;
    for (const who of [reviewer, vendor, partner, neighbour, one.team.coordinator, one.nurse])
      assert.equal((await one.plan(who, [])).status, 403);
    for (const who of [consultant, one.foreign]) assert.equal((await one.plan(who, [])).status, 404);
    for (const bad of [[0], [31], [7, 7], [1.5], ['x'], [1, 2, 3, 4, 5], 'x', null])
      assert.equal((await one.plan(one.gcs, bad)).status, 422, JSON.stringify(bad));
    assert.equal((await one.plan(one.gcs, [], 4)).status, 409);
    assert.deepEqual((await one.plan(one.consultant, [])).body, { version: 2 });
    await sql(
      one,
      `update programme.needs_person set invited_at = invited_at - interval '2 days' where tenant_id = $1 and project = $2`,
    );
    assert.deepEqual(await process(morning(3), one.domain, one), [], 'off');
    assert.equal((await one.plan(one.gcs, [2, 7], 2)).status, 200);
    assert.deepEqual((await one.consultant.send('GET', at(one.project, 'needs'))).body.remindBefore, [7, 2]);
    assert.deepEqual((await one.consultant.send('POST', at(one.project, 'needs/remind'))).body, {
      mails: 2,
      notices: 0,
      already: 0,
      unreachable: 0,
    });
    await (await testHouse()).outbox.drained();
    await sql(
      one,
      'update programme.needs_person set reminded_on = reminded_on + 3 where tenant_id = $1 and project = $2',
    );
    for (const days of [3, 4])
      assert.deepEqual(await process(morning(days), one.domain, one), [], 'reminded by hand that day');

    const two = await asked(10);
    await sql(
      two,
      `update programme.needs_person set invited_at = invited_at - interval '2 days' where tenant_id = $1 and project = $2`,
    );
    assert.deepEqual(await process(morning(3), two.domain, two), two.silent);
    await sql(
      two,
      'update programme.needs_person set reminded_on = reminded_on - 3 where tenant_id = $1 and project = $2',
    );
    assert.deepEqual((await two.consultant.send('POST', at(two.project, 'needs/remind'))).body, {
      mails: 0,
      notices: 0,
      already: 2,
      unreachable: 0,
    });
    // A process that died once it had queued, before anything else was written.
    await sql(
      two,
      'update programme.needs_person set reminded_on = null, reminders = 0 where tenant_id = $1 and project = $2',
    );
    for (const days of [3, 4]) assert.deepEqual(await process(morning(days), two.domain, two), [], 'queued already');
    // One that died while the mail server took it: a person says whether it goes again.
    await sql(
      two,
      `update programme.mail set state = 'sending' where tenant_id = $1 and subject_of = 'Project/' || $2 and key like 'needs-reminder/%'`,
    );
    assert.deepEqual(await process(morning(4), two.domain, two), []);
    assert.deepEqual(
      (await written(two)).filter(({ subject }) => /votre avis/.test(subject)).map(({ state }) => state),
      ['unsure', 'unsure'],
    );
    await two.officer.send('POST', `/api/programme/projects/${two.project}/stop`, { reason: 'L’équipe se sépare.' });
    assert.equal((await two.plan(two.consultant, [])).status, 403);
    assert.deepEqual(await process(morning(8), two.domain, two), [], 'a project that is stopped writes to nobody');
  });

  test('PRJ-4 days that change after a reminder left: nobody is written to twice for it, the new days come once each, whoever runs at once; what left is told day by day', async () => {
    const one = await asked(10);
    assert.deepEqual(await process(morning(3), one.domain, one), one.silent);
    assert.deepEqual((await one.plan(one.consultant, [8, 6])).body, { version: 2 });
    assert.deepEqual(
      await process(morning(3), one.domain, one),
      [],
      'yesterday was planned only now: today’s is enough',
    );
    assert.deepEqual(await process(morning(4), one.domain, one), one.silent);
    for (const days of [4, 5, 6]) assert.deepEqual(await process(morning(days), one.domain, one), []);
    const keys = (
      await (
        await testHouse()
      ).db.tenant(one.region.tenant, (run) =>
        run.query<{ key: string }>(
          `select key from programme.mail where tenant_id = $1 and key like 'needs-reminder/' || $2 || '/%'`,
          [one.region.tenant, one.project],
        ),
      )
    ).map(({ key }) => key.split('/').at(-1));
    assert.deepEqual(keys.sort(), [day(3), day(3), day(4), day(4)], 'one mail a person and a planned day');
    assert.deepEqual((await one.consultant.send('GET', at(one.project, 'needs'))).body.reminded, [
      { on: day(3), people: 2 },
      { on: day(4), people: 2 },
    ]);
    assert.deepEqual(
      (await one.nurse.send('GET', at(one.project, 'needs'))).body.reminded,
      [],
      'told to those who lead',
    );
  });

  test('PRJ-2 who has not answered a date poll is reminded seven and two days before the last day, once; not who answered, not when it is off, not on a day on which they were written to; who may not switch it', async () => {
    const one = await openedProject({ 'team.members': { physician: 2, nurse: 1 } });
    const domain = '@invites.example';
    const slots = [20, 21].map((days) => ({
      starts: `${day(days)}T12:30`,
      minutes: 90,
      place: 'Maison de santé',
      visio: '',
    }));
    const poll = (
      await one.officer.send('POST', at(one.project, 'polls'), {
        purpose: 'launch',
        title: 'Réunion de lancement',
        note: '',
        deadline: day(10),
        slots,
      })
    ).body.id as string;
    const read = async () => (await one.officer.send('GET', at(one.project, 'polls'))).body.polls[0];
    assert.equal(
      (
        await one.consultant.send('POST', at(one.project, `polls/${poll}/people`), {
          guests: ['nora', 'paul', 'sans'].map((name) => ({
            name,
            profession: 'nurse',
            email: name === 'sans' ? '' : name + domain,
          })),
        })
      ).status,
      200,
    );
    const first = await read();
    assert.deepEqual([first.remindBefore, first.takes], [[7, 2], true]);
    const nora = first.people.find(({ name }: { name: string }) => name === 'nora').id;
    assert.equal(
      (
        await one.consultant.send('PUT', at(one.project, `polls/${poll}/people/${nora}/answers`), {
          seen: 0,
          answers: { [first.slots[0].id]: 'yes' },
        })
      ).status,
      200,
    );
    await (await testHouse()).outbox.drained();
    assert.deepEqual(await process(morning(2), domain, one), []);
    assert.deepEqual(await process(morning(3), domain, one), [`paul${domain}`]);
    assert.match(got.find(({ to }) => to.startsWith('paul'))!.text, /programme\/sondage\/\d/);
    for (const days of [3, 4]) assert.deepEqual(await process(morning(days), domain, one), []);
    const sent = (await written(one)).filter(({ subject }) => /^Rappel, choisir une date/.test(subject));
    assert.ok(sent.length >= 1 && sent.every(({ state }) => state === 'sent'));

    const plan = (who: TestPerson, days: unknown, seen = 1) =>
      who.send('PUT', at(one.project, `polls/${poll}/reminders`), { seen, days });
    for (const who of [
      one.strangers.reviewer,
      one.strangers.vendor,
      one.strangers.partner,
      one.strangers.neighbour,
      one.team.coordinator,
      one.nurse,
    ])
      assert.equal((await plan(who, [])).status, 403);
    for (const who of [one.strangers.consultant, one.foreign]) assert.equal((await plan(who, [])).status, 404);
    for (const bad of [[0], [7, 7], 'x']) assert.equal((await plan(one.gcs, bad)).status, 422);
    assert.equal((await plan(one.gcs, [], 9)).status, 409);
    assert.equal((await plan(one.gcs, [])).status, 204);
    assert.deepEqual((await read()).remindBefore, []);
    assert.deepEqual(await process(morning(8), domain, one), [], 'off');
    assert.equal((await plan(one.consultant, [7, 2], 2)).status, 204);
    assert.deepEqual(await process(morning(8), domain, one), [`paul${domain}`]);
    // The dates change on the day that a reminder was planned for: that mail is enough.
    await sql(
      one,
      `update programme.mail set at = at - interval '20 days' where tenant_id = $1 and subject_of = 'Project/' || $2`,
    );
    await sql(
      one,
      `update programme.poll_person p set at = p.at - interval '20 days' from programme.poll o where p.tenant_id = $1 and o.tenant_id = $1 and o.id = p.poll and o.project = $2`,
    );
    assert.equal(
      (
        await one.gcs.send('PUT', at(one.project, `polls/${poll}`), {
          seen: 3,
          title: 'Réunion de lancement',
          note: '',
          deadline: day(12),
          slots: slots.slice(0, 1),
        })
      ).status,
      204,
    );
    await (await testHouse()).outbox.drained();
    await sql(
      one,
      `update programme.mail set at = at + interval '5 days' where tenant_id = $1 and subject_of = 'Project/' || $2 and key like '%/changed/%'`,
    );
    for (const days of [5, 6]) assert.deepEqual(await process(morning(days), domain, one), []);
    assert.deepEqual(await process(morning(13), domain, one), [], 'after the last day');
    assert.deepEqual(await process(morning(10), domain, one), [`paul${domain}`]);
    const { version } = await read();
    await one.gcs.send('POST', at(one.project, `polls/${poll}/cancel`), { seen: version });
    assert.equal((await plan(one.gcs, [], version + 1)).status, 409);
  });

  test('PRJ-2 PRJ-4 a reminder leaves on the day it was planned for or the next, never after the last day, and each day that was planned comes once', () => {
    const isoAfter = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }),
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: -40, max: 10 }),
        (days, last, offset) => {
          const planned = plannedFor(days, isoAfter(last), isoAfter(last + offset));
          const wanted = offset > 0 ? undefined : [offset, offset - 1].find((one) => days.includes(-one));
          assert.equal(planned, wanted === undefined ? undefined : isoAfter(last + wanted));
        },
      ),
    );
  });
});
