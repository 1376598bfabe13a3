import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { looksLikeIdentity } from './contract/patient-words.ts';
import { answerIsLate, dueAt } from './leading/help/targets.rules.ts';
import { currentMatrix } from './leading/maturity/matrix.ts';
import { proposed, readinessOf, spreadOf } from './leading/maturity/maturity.rules.ts';
import { deploymentModel } from './leading/plan/model.ts';
import { heatOf, layOut, lineState, phaseWaits } from './leading/plan/plan.rules.ts';
import { plannedMinutes, sumsOf, teamWarnings } from './leading/time/time.rules.ts';
import { addFile, openedProject, pdf } from './programme.fixture.ts';
import { newPractice, newRegion } from '../../test/app.ts';

const dimensions = currentMatrix.axes.flatMap((axis) => axis.dimensions);
const all = (level: number, but: Record<string, number> = {}) => ({
  ...Object.fromEntries(dimensions.map(({ id }) => [id, level])),
  ...but,
});
const path = (project: string, more: string) => `/api/programme/projects/${project}${more}`;
const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
const shifted = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });

describe('maturity', () => {
  test('REC-1 a team assesses itself before any project: each member answers, the team agrees, repeats it later and is compared with before', async () => {
    const region = await newRegion();
    const practice = await newPractice(undefined, { region: region.id });
    const [coordinator, nurse, doctor] = [
      await practice.person('coordinator', { roles: ['coordinator'] }),
      await practice.person('nurse'),
      await practice.person('physician'),
    ];
    const read = async (who = coordinator) => (await who.send('GET', '/api/programme/maturity')).body;
    assert.equal((await read()).readiness.state, 'not-assessed');
    assert.match((await read()).matrix.source, /Haute Autorité de santé/);
    assert.deepEqual(
      (await read()).matrix.axes.map((one: { label: string }) => one.label),
      ['Projet de santé', 'Travail en équipe', 'Implication des patients', 'Système d’information'],
    );
    assert.equal((await nurse.send('POST', '/api/programme/assessments', {})).status, 403);
    const { id } = (await coordinator.send('POST', '/api/programme/assessments', {})).body;
    assert.equal((await coordinator.send('POST', '/api/programme/assessments', {})).status, 409);
    assert.match((await nurse.send('GET', '/api/notices')).text, /évalue son organisation/);
    const give = (who: typeof nurse, levels: Record<string, number>, seen = 0) =>
      who.send('PUT', `/api/programme/assessments/${id}/mine`, { levels, seen });
    assert.equal((await give(nurse, { roles: 5 })).status, 422);
    assert.equal((await give(nurse, { nowhere: 2 })).status, 422);
    assert.equal((await give(nurse, { roles: 1 })).status, 204);
    assert.equal((await give(nurse, all(2, { roles: 1 }), 0)).status, 409);
    assert.equal((await give(nurse, all(2, { roles: 1 }), 1)).status, 204);
    assert.equal((await give(doctor, all(4))).status, 204);
    const open = (await read()).open;
    assert.equal(open.answers, 2);
    assert.deepEqual([open.spread.roles, open.proposed.roles], [[1, 0, 0, 1], 1]);
    assert.equal(open.opinions.length, 2);
    const agree = (who: typeof nurse, levels: Record<string, number>, seen = 1) =>
      who.send('POST', `/api/programme/assessments/${id}/agree`, { levels, words: 'Fait en réunion.', seen });
    assert.equal((await agree(nurse, all(3))).status, 403);
    const { roles: _, ...lacking } = all(3);
    assert.match((await agree(coordinator, lacking)).body.detail, /rôles et décision/);
    assert.equal((await agree(coordinator, all(3), 7)).status, 409);
    assert.equal((await agree(coordinator, all(2, { roles: 1 }))).status, 204);
    const before = await read();
    assert.equal(before.readiness.state, 'undefined');
    assert.equal(before.readiness.missing[0].dimension, 'roles');
    assert.match(before.readiness.missing[0].step.title, /coordinateur/);
    assert.equal((await give(doctor, all(4), 1)).status, 409);
    // Again, later.
    const second = (await coordinator.send('POST', '/api/programme/assessments', {})).body.id;
    assert.equal((await coordinator.send('POST', `/api/programme/assessments/${id}/reopen`, { seen: 2 })).status, 409);
    assert.equal(
      (
        await coordinator.send('POST', `/api/programme/assessments/${second}/agree`, {
          levels: all(3),
          words: '',
          seen: 1,
        })
      ).status,
      204,
    );
    const after = await read(nurse);
    assert.deepEqual(
      [after.readiness.state, after.past.length, after.past[0].means['team-work'], after.past[1].means['team-work']],
      ['defined', 2, 30, 17],
    );
    assert.equal(
      (await coordinator.send('POST', `/api/programme/assessments/${second}/reopen`, { seen: 2 })).status,
      204,
    );
    assert.equal((await read()).open.id, second);
    // Nobody else: another practice has none of it, and nobody of the region without a project.
    const neighbour = await (await newPractice(undefined, { region: region.id })).person('coordinator', {
      roles: ['coordinator'],
    });
    assert.deepEqual((await neighbour.send('GET', '/api/programme/maturity')).body.past, []);
    assert.equal(
      (await neighbour.send('PUT', `/api/programme/assessments/${second}/mine`, { levels: all(1), seen: 0 })).status,
      404,
    );
    assert.equal(
      (
        await neighbour.send('POST', `/api/programme/assessments/${second}/agree`, {
          levels: all(1),
          words: '',
          seen: 3,
        })
      ).status,
      404,
    );
    for (const profession of [
      'ars-officer',
      'gcs-officer',
      'consultant',
      'vendor',
      'partner',
      'commission-member',
    ] as const) {
      const who = await region.person(profession);
      assert.equal((await who.send('GET', '/api/programme/maturity')).status, 403);
      assert.equal(
        (await who.send('POST', `/api/programme/assessments/${second}/agree`, { levels: all(4), words: '', seen: 3 }))
          .status,
        404,
      );
      assert.equal((await who.send('POST', '/api/programme/assessments', {})).status, 403);
    }
  });
  test('REC-1 ACT-6 without a defined organisation the choice of a software is held, unless whoever supports the project says why; a partner reads it when it is shared', async () => {
    const one = await openedProject();
    const { project, officer, gcs, consultant, team, nurse, strangers, foreign } = one;
    const blockers = async (): Promise<string[]> =>
      (await officer.send('GET', path(project, ''))).body.steps.find(({ id }: { id: string }) => id === 'choice')
        .blockers;
    const holds = async () => (await blockers()).some((words) => /onglet Maturité/.test(words));
    assert.ok((await blockers()).some((words) => /n’a pas fait l’autoévaluation/.test(words)));
    // The consultant writes down what a team says that works with another product; here the team itself.
    const { id } = (await consultant.send('POST', '/api/programme/assessments', { project })).body;
    assert.equal(
      (await nurse.send('PUT', `/api/programme/assessments/${id}/mine`, { levels: all(1), seen: 0 })).status,
      204,
    );
    assert.equal(
      (await consultant.send('PUT', `/api/programme/assessments/${id}/mine`, { levels: all(4), seen: 0 })).status,
      403,
    );
    const shown = (await consultant.send('GET', path(project, '/maturity'))).body;
    assert.deepEqual([shown.open.opinions, shown.open.spread.roles], [null, [1, 0, 0, 0]]);
    assert.equal(
      (
        await team.coordinator.send('POST', `/api/programme/assessments/${id}/agree`, {
          levels: all(2),
          words: '',
          seen: 1,
        })
      ).status,
      204,
    );
    assert.ok((await blockers()).some((words) => /n’est pas définie/.test(words)));
    const overrule = (who: typeof officer, reason = 'L’équipe s’organise pendant le choix.') =>
      who.send('PUT', path(project, '/readiness'), { reason });
    for (const who of [team.coordinator, nurse, strangers.reviewer, strangers.vendor, strangers.partner])
      assert.equal((await overrule(who)).status, 403);
    for (const who of [strangers.consultant, foreign]) assert.equal((await overrule(who)).status, 404);
    assert.equal((await overrule(consultant, 'court')).status, 422);
    assert.equal((await overrule(consultant)).status, 204);
    assert.equal(await holds(), false);
    assert.match((await nurse.send('GET', path(project, '/maturity'))).body.overrule.reason, /s’organise/);
    assert.equal((await gcs.send('DELETE', path(project, '/readiness'))).status, 204);
    assert.equal((await gcs.send('DELETE', path(project, '/readiness'))).status, 404);
    assert.equal(await holds(), true);
    // A better organisation opens the way.
    const later = (await team.coordinator.send('POST', '/api/programme/assessments', {})).body.id;
    assert.equal(
      (
        await team.coordinator.send('POST', `/api/programme/assessments/${later}/agree`, {
          levels: all(3),
          words: '',
          seen: 1,
        })
      ).status,
      204,
    );
    assert.equal(await holds(), false);
    // Who reads.
    for (const who of [officer, gcs, consultant, team.coordinator, nurse, strangers.reviewer])
      assert.equal((await who.send('GET', path(project, '/maturity'))).status, 200);
    for (const who of [strangers.vendor, strangers.partner, strangers.consultant, strangers.neighbour, foreign])
      assert.equal((await who.send('GET', path(project, '/maturity'))).status, 404);
    await officer.send('PUT', path(project, `/parties/${strangers.partner.practitioner}`), { sees: ['steps'] });
    assert.equal((await strangers.partner.send('GET', path(project, '/maturity'))).status, 403);
    await officer.send('PUT', path(project, `/parties/${strangers.partner.practitioner}`), { sees: ['maturity'] });
    assert.equal((await strangers.partner.send('GET', path(project, '/maturity'))).status, 200);
    assert.equal((await strangers.partner.send('POST', '/api/programme/assessments', { project })).status, 403);
    for (const more of ['/conduct', '/team', '/deployment'])
      assert.equal((await strangers.partner.send('GET', path(project, more))).status, 403);
  });
  test('REC-1 actions of the team have someone and a date, are late, done, taken out; words with an identity number are refused', async () => {
    const { project, consultant, team, nurse, strangers } = await openedProject();
    const add = (who: typeof nurse, body: Record<string, unknown>) =>
      who.send('POST', '/api/programme/improvements', {
        dimension: 'protocols',
        title: 'Écrire un protocole',
        owner: 'Camille',
        due: shifted(-2),
        ...body,
      });
    assert.equal((await add(nurse, {})).status, 403);
    assert.equal((await add(team.coordinator, { dimension: 'rien' })).status, 422);
    const refused = await add(team.coordinator, { means: 'voir le dossier 2 84 05 75 123 456 78' });
    assert.equal(refused.status, 422);
    assert.match(refused.body.fields.means, /aucune donnée de patient/);
    const { id } = (await add(team.coordinator, {})).body;
    assert.equal((await add(consultant, { project, title: 'Fixer une date', due: null })).status, 200);
    const [late] = (await nurse.send('GET', '/api/programme/maturity')).body.actions;
    assert.deepEqual([late.id, late.late], [id, true]);
    const change = (who: typeof nurse, body: Record<string, unknown>) =>
      who.send('PUT', `/api/programme/improvements/${id}`, {
        title: 'Écrire un protocole',
        owner: 'Camille',
        due: shifted(-2),
        doneOn: today(),
        seen: 1,
        ...body,
      });
    assert.equal((await change(strangers.neighbour, {})).status, 404);
    assert.equal((await change(nurse, {})).status, 403);
    assert.equal((await change(consultant, {})).status, 204);
    assert.equal((await change(consultant, {})).status, 409);
    assert.equal((await change(team.coordinator, { removed: true, seen: 2 })).status, 204);
    assert.equal((await nurse.send('GET', '/api/programme/maturity')).body.actions.length, 1);
  });
  test('REC-1 readiness is monotone, names the steps that are missing, and is reached by taking them', () => {
    const levels = fc.record(Object.fromEntries(dimensions.map(({ id }) => [id, fc.integer({ min: 1, max: 4 })])));
    const rank = { 'not-assessed': 0, undefined: 1, defined: 2 } as const;
    fc.assert(
      fc.property(levels, fc.constantFrom(...dimensions.map(({ id }) => id)), (given, raised) => {
        const now = readinessOf(currentMatrix, given);
        const higher = readinessOf(currentMatrix, { ...given, [raised]: Math.min(4, given[raised]! + 1) });
        assert.ok(rank[higher.state] >= rank[now.state]);
        assert.equal(now.state === 'defined', now.reasons.length === 0);
        assert.equal(now.state === 'undefined', now.missing.length > 0);
        for (const one of now.missing)
          assert.ok(one.level < one.target && currentMatrix.axes.find(({ id }) => id === one.axis)!.gates);
        // Taking each step named makes the organisation defined.
        assert.equal(
          readinessOf(currentMatrix, {
            ...given,
            ...Object.fromEntries(now.missing.map(({ dimension, target }) => [dimension, target])),
          }).state,
          'defined',
        );
        // What is not of the organisation holds nothing.
        const aside = Object.fromEntries(
          currentMatrix.axes
            .filter(({ gates }) => !gates)
            .flatMap((axis) => axis.dimensions.map(({ id }) => [id, 1] as const)),
        );
        assert.equal(readinessOf(currentMatrix, { ...given, ...aside }).state, now.state);
      }),
    );
    fc.assert(
      fc.property(fc.array(levels, { minLength: 1, maxLength: 9 }), (views) => {
        const spread = spreadOf(currentMatrix, views);
        for (const { id } of dimensions) {
          assert.equal(
            spread[id]!.reduce((sum, one) => sum + one, 0),
            views.length,
          );
          // At least half of them are at what is proposed, or above.
          assert.ok(
            views.filter((view) => view[id]! >= proposed(currentMatrix, views)[id]!).length * 2 >= views.length,
          );
        }
      }),
    );
    assert.equal(readinessOf(currentMatrix, null).state, 'not-assessed');
  });
});

describe('before, during, after', () => {
  test('REC-2 each point is ticked by someone on a day, or does not apply for a reason; papers that show it are named; who may not', async () => {
    const { project, officer, consultant, team, nurse, strangers, foreign } = await openedProject();
    const read = async () => (await nurse.send('GET', path(project, '/conduct'))).body;
    const first = await read();
    assert.deepEqual(
      first.times.map((one: { id: string }) => one.id),
      ['before', 'during', 'after'],
    );
    assert.equal(first.times[0].done, 0);
    const tick = (who: typeof nurse, body: Record<string, unknown>, item = 'needs') =>
      who.send('PUT', path(project, `/checklist/${item}`), { state: 'done', seen: 0, ...body });
    for (const who of [nurse, strangers.reviewer]) assert.equal((await tick(who, {})).status, 403);
    for (const who of [strangers.vendor, strangers.consultant, strangers.neighbour, foreign])
      assert.equal((await tick(who, {})).status, 404);
    assert.equal((await tick(consultant, {}, 'inconnu')).status, 404);
    assert.equal((await tick(consultant, { owner: 'Camille Riou' })).status, 204);
    assert.equal((await tick(team.coordinator, { state: 'to-do' })).status, 409);
    assert.equal((await tick(team.coordinator, { state: 'not-applicable' }, 'records')).status, 422);
    assert.equal(
      (await tick(team.coordinator, { state: 'not-applicable', note: 'Équipe nouvelle, aucun dossier.' }, 'records'))
        .status,
      204,
    );
    assert.equal((await addFile(consultant, project, 'needs-synthesis')).status, 200);
    const after = await read();
    const needs = after.times[0].items.find((one: { id: string }) => one.id === 'needs');
    assert.deepEqual(
      [needs.state, needs.owner, needs.there],
      ['done', 'Camille Riou', [{ label: 'Synthèse des besoins', have: true }]],
    );
    assert.deepEqual([after.times[0].done, after.times[0].of], [1, first.times[0].of - 1]);
    assert.equal((await officer.send('POST', path(project, '/stop'), { reason: 'L’équipe se sépare.' })).status, 204);
    assert.equal((await tick(consultant, { seen: 1 })).status, 403);
  });
  test('REC-2 the state of what the team works with is entered line by line, changed, taken out, and exported without a formula', async () => {
    const { project, consultant, team, nurse, strangers } = await openedProject();
    const body = { site: 'Pôle principal', kind: 'internet', name: '=cmd', down: 92.5, up: 12, state: 'to-replace' };
    assert.equal((await nurse.send('POST', path(project, '/equipment'), body)).status, 403);
    assert.equal((await strangers.neighbour.send('POST', path(project, '/equipment'), body)).status, 404);
    assert.equal((await consultant.send('POST', path(project, '/equipment'), { ...body, kind: 'navire' })).status, 422);
    assert.equal(
      (await consultant.send('POST', path(project, '/equipment'), { ...body, profession: 'astronaut' })).status,
      422,
    );
    const { id } = (await consultant.send('POST', path(project, '/equipment'), body)).body;
    assert.equal(
      (
        await team.coordinator.send('POST', path(project, '/equipment'), {
          site: 'Pôle principal',
          kind: 'records',
          name: 'Logiciel de médecine',
          profession: 'physician',
          quantity: 4200,
        })
      ).status,
      200,
    );
    const line = (await nurse.send('GET', path(project, '/conduct'))).body.equipment.find(
      (one: { id: string }) => one.id === id,
    );
    assert.deepEqual([line.down, line.up, line.state], [92.5, 12, 'to-replace']);
    const csv = await nurse.send('GET', path(project, '/equipment.csv'));
    assert.match(csv.headers['content-type']!, /text\/csv/);
    assert.match(csv.text, /Accès à internet;'=cmd;;;92,5;12;à remplacer/);
    assert.match(csv.text, /Dossiers à reprendre;Logiciel de médecine;Médecin;4200/);
    assert.equal((await strangers.vendor.send('GET', path(project, '/equipment.csv'))).status, 404);
    assert.equal(
      (await consultant.send('PUT', path(project, `/equipment/${id}`), { ...body, removed: true, seen: 0 })).status,
      409,
    );
    assert.equal(
      (await consultant.send('PUT', path(project, `/equipment/${id}`), { ...body, removed: true, seen: 1 })).status,
      204,
    );
    assert.equal((await nurse.send('GET', path(project, '/conduct'))).body.equipment.length, 1);
  });
});

describe('the project team', () => {
  test('REC-3 a leader and several professions, warned of otherwise; time planned, noted, valued, exported', async () => {
    const { project, consultant, team, nurse, strangers, foreign } = await openedProject();
    const read = async (who = team.coordinator) => (await who.send('GET', path(project, '/team'))).body;
    assert.match((await read()).warnings[0], /n’est pas nommée/);
    assert.ok((await read()).people.some((one: { practitioner: string }) => one.practitioner === nurse.practitioner));
    const add = (who: typeof nurse, body: Record<string, unknown>) =>
      who.send('POST', path(project, '/team'), {
        name: 'Nolwenn Abiven',
        profession: 'physician',
        minutesMonth: 240,
        ...body,
      });
    assert.equal((await add(nurse, {})).status, 403);
    for (const who of [strangers.neighbour, strangers.vendor, strangers.consultant, foreign])
      assert.equal((await add(who, {})).status, 404);
    assert.equal((await add(consultant, { profession: 'astronaut' })).status, 422);
    assert.equal((await add(consultant, { practitioner: 'pas-de-la-structure' })).status, 422);
    const doctor = (await add(consultant, { leader: true })).body.id;
    assert.ok((await read()).warnings.some((words: string) => /Une seule profession/.test(words)));
    const named = (
      await add(team.coordinator, {
        practitioner: nurse.practitioner,
        name: 'x',
        profession: 'physician',
        minutesMonth: 120,
        leader: true,
      })
    ).body.id;
    assert.equal((await add(team.coordinator, { practitioner: nurse.practitioner })).status, 409);
    const both = await read(nurse);
    assert.deepEqual(
      both.members.map((one: { leader: boolean; profession: string; mine: boolean }) => [
        one.leader,
        one.profession,
        one.mine,
      ]),
      [
        [true, 'nurse', true],
        [false, 'physician', false],
      ],
    );
    assert.deepEqual(both.warnings, []);
    const log = (who: typeof nurse, body: Record<string, unknown>) =>
      who.send('POST', path(project, '/time'), {
        member: named,
        day: today(),
        minutes: 45,
        what: 'Réunion de lancement',
        ...body,
      });
    assert.equal((await log(nurse, { member: doctor })).status, 403);
    assert.equal((await log(nurse, { day: shifted(2) })).status, 422);
    assert.equal((await log(nurse, { minutes: 0 })).status, 422);
    const noted = (await log(nurse, {})).body.id;
    assert.equal((await log(team.coordinator, { member: doctor, minutes: 100 })).status, 200);
    const rate = (who: typeof nurse, profession: string, cents: number) =>
      who.send('PUT', path(project, `/rates/${profession}`), { cents });
    assert.equal((await rate(nurse, 'nurse', 4000)).status, 403);
    assert.equal((await rate(team.coordinator, 'nurse', 4000)).status, 204);
    assert.equal((await rate(team.coordinator, 'physician', 7550)).status, 204);
    const sums = await read();
    assert.deepEqual([sums.total.minutes, sums.total.cents], [145, 3000 + 12_583]);
    assert.deepEqual(
      sums.professions
        .map((one: { profession: string; sums: { minutes: number } }) => [one.profession, one.sums.minutes])
        .sort(),
      [
        ['nurse', 45],
        ['physician', 100],
      ],
    );
    const csv = await nurse.send('GET', path(project, '/time.csv'));
    assert.match(csv.text, /Infirmier;45;Réunion de lancement;40,00;30,00/);
    const doctorHere = await team.practice.person('physician');
    assert.equal((await doctorHere.send('POST', path(project, `/time/${noted}`), { removed: true })).status, 403);
    assert.equal((await nurse.send('POST', path(project, `/time/${noted}`), { removed: true })).status, 204);
    assert.equal((await read()).total.minutes, 100);
    assert.equal((await nurse.send('POST', path(project, `/time/${noted}`), { removed: false })).status, 204);
    // Who leaves: the time given still counts.
    const body = { name: 'Nolwenn Abiven', profession: 'physician', minutesMonth: 240, leader: false, removed: true };
    const version = (await read()).members.find((one: { id: string }) => one.id === doctor).version;
    assert.equal(
      (await consultant.send('PUT', path(project, `/team/${doctor}`), { ...body, seen: version + 5 })).status,
      409,
    );
    assert.equal(
      (await consultant.send('PUT', path(project, `/team/${doctor}`), { ...body, seen: version })).status,
      204,
    );
    const left = await read();
    assert.deepEqual([left.members.length, left.total.minutes], [1, 145]);
  });
  test('REC-3 the sums by person, by profession and in all agree, to the cent; planned time grows with the days', () => {
    const member = fc.record({
      profession: fc.constantFrom('nurse', 'physician', 'coordinator'),
      leader: fc.boolean(),
      minutesMonth: fc.integer({ min: 0, max: 3000 }),
      since: fc.integer({ min: 1, max: 28 }).map((day) => `2024-03-${String(day).padStart(2, '0')}`),
    });
    fc.assert(
      fc.property(
        fc.array(member, { maxLength: 8 }),
        fc.array(fc.record({ of: fc.nat(7), minutes: fc.integer({ min: 5, max: 1440 }) }), { maxLength: 30 }),
        fc.dictionary(fc.constantFrom('nurse', 'physician', 'coordinator'), fc.integer({ min: 0, max: 20_000 })),
        (given, times, rates) => {
          const members = given.map((one, at) => ({ ...one, id: `m${at}` }));
          const entries = times
            .filter(({ of }) => of < members.length)
            .map(({ of, minutes }) => ({ member: `m${of}`, minutes }));
          const { people, professions, total } = sumsOf(members, entries, rates, '2024-06-30');
          const add = (values: Iterable<{ minutes: number; planned: number; cents: number | null }>) =>
            [...values].reduce<{ minutes: number; planned: number; cents: number }>(
              (sum, one) => ({
                minutes: sum.minutes + one.minutes,
                planned: sum.planned + one.planned,
                cents: sum.cents + (one.cents ?? 0),
              }),
              { minutes: 0, planned: 0, cents: 0 },
            );
          assert.deepEqual(add(people.values()), { ...total, cents: total.cents ?? 0 });
          assert.deepEqual(add(professions.values()), { ...total, cents: total.cents ?? 0 });
          assert.equal(
            total.minutes,
            entries.reduce((sum, one) => sum + one.minutes, 0),
          );
          assert.ok(
            teamWarnings(members).length > 0 ||
              (members.some(({ leader }) => leader) && new Set(members.map(({ profession }) => profession)).size > 1),
          );
        },
      ),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5000 }),
        fc.nat(600),
        fc.nat(600),
        (minutes, a, b) =>
          plannedMinutes(minutes, '2024-01-01', shiftedFrom('2024-01-01', Math.min(a, b))) <=
          plannedMinutes(minutes, '2024-01-01', shiftedFrom('2024-01-01', Math.max(a, b))),
      ),
    );
    assert.deepEqual(
      [plannedMinutes(600, '2024-03-01', '2024-02-01'), plannedMinutes(3653, '2024-01-01', '2024-01-30')],
      [0, 3600],
    );
  });
});
const shiftedFrom = (iso: string, days: number) =>
  new Date(Date.parse(`${iso}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

describe('deployment', () => {
  test('REC-6 PRJ-7 the plan is laid from the model, changed, followed; who was trained to what is told by profession; it is issued as a paper', async () => {
    const { project, officer, consultant, team, nurse, strangers, foreign } = await openedProject();
    const read = async (who = nurse) => (await who.send('GET', path(project, '/deployment'))).body;
    assert.deepEqual([(await read()).started, (await read()).summary], [false, []]);
    const start = (who: typeof nurse, body = { from: shifted(-40), to: shifted(80) }) =>
      who.send('POST', path(project, '/deployment'), body);
    for (const who of [nurse, strangers.reviewer]) assert.equal((await start(who)).status, 403);
    for (const who of [strangers.vendor, strangers.consultant, strangers.neighbour, foreign])
      assert.equal((await start(who)).status, 404);
    assert.equal((await start(consultant, { from: shifted(5), to: shifted(1) })).status, 422);
    assert.equal((await consultant.send('POST', path(project, '/deployment/paper'))).status, 409);
    assert.equal((await start(consultant)).status, 204);
    assert.equal((await start(team.coordinator)).status, 409);
    const plan = await read();
    // The team has physicians, nurses and a coordinator: modules of others are left out.
    assert.deepEqual(
      plan.professions.map((one: { profession: string; people: number }) => [one.profession, one.people]),
      [
        ['coordinator', 1],
        ['nurse', 4],
        ['physician', 3],
      ],
    );
    assert.ok(plan.items.some((one: { title: string }) => /Prescrire/.test(one.title)));
    const module = plan.items.find(
      (one: { title: string; kind: string }) => one.kind === 'module' && /Se connecter/.test(one.title),
    );
    const session = {
      module: module.id,
      day: shifted(-3),
      minutes: 60,
      place: 'Salle de réunion',
      trainer: 'Florian',
      people: [
        { name: 'Anne Riou', profession: 'nurse' },
        { name: 'Yann Morvan', profession: 'physician' },
      ],
    };
    assert.equal((await nurse.send('POST', path(project, '/deployment/sessions'), session)).status, 403);
    assert.equal(
      (
        await consultant.send('POST', path(project, '/deployment/sessions'), {
          ...session,
          module: plan.items.find((one: { kind: string }) => one.kind === 'phase').id,
        })
      ).status,
      422,
    );
    const held = (await consultant.send('POST', path(project, '/deployment/sessions'), session)).body.id;
    const { module: _, ...rest } = session;
    const change = (body: Record<string, unknown>) =>
      consultant.send('PUT', path(project, `/deployment/sessions/${held}`), {
        ...rest,
        state: 'held',
        people: session.people.map((one, at) => ({ ...one, present: at === 0 })),
        seen: 1,
        ...body,
      });
    assert.equal((await change({ day: shifted(3) })).status, 422);
    assert.equal((await change({ seen: 4 })).status, 409);
    assert.equal((await change({})).status, 204);
    const cells = (await read()).heat.filter((one: { module: string }) => one.module === module.id);
    assert.deepEqual(
      cells.map((one: { profession: string; trained: number; state: string }) => [
        one.profession,
        one.trained,
        one.state,
      ]),
      [
        ['coordinator', 0, 'none'],
        ['nurse', 1, 'begun'],
        ['physician', 0, 'none'],
      ],
    );
    // A line that is late is said to be, and is no longer once it is done.
    const late = (await read()).items.find(
      (one: { kind: string; state: string }) => one.kind !== 'phase' && one.state === 'late',
    );
    assert.ok(late && late.lateDays > 0);
    const body = {
      title: late.title,
      aim: late.aim,
      professions: late.professions,
      owner: 'Éditeur',
      minutes: late.minutes,
      from: late.from,
      to: late.to,
    };
    assert.equal(
      (
        await team.coordinator.send('PUT', path(project, `/deployment/items/${late.id}`), {
          ...body,
          doneOn: shifted(1),
          seen: 1,
        })
      ).status,
      422,
    );
    assert.equal(
      (
        await team.coordinator.send('PUT', path(project, `/deployment/items/${late.id}`), {
          ...body,
          doneOn: today(),
          seen: 1,
        })
      ).status,
      204,
    );
    assert.equal((await read()).items.find((one: { id: string }) => one.id === late.id).state, 'done');
    const added = await consultant.send('POST', path(project, '/deployment/items'), {
      kind: 'set-up',
      phase: 'multi',
      title: 'Écrans d’accueil',
      from: today(),
      to: shifted(5),
    });
    assert.equal(added.status, 200);
    // Issued, then issued again.
    assert.equal((await nurse.send('POST', path(project, '/deployment/paper'))).status, 403);
    const [one, two] = [
      (await consultant.send('POST', path(project, '/deployment/paper'))).body,
      (await team.coordinator.send('POST', path(project, '/deployment/paper'))).body,
    ];
    assert.deepEqual([one.version, two.version, one.reference === two.reference], [1, 2, true]);
    const paper = await nurse.send('GET', path(project, `/papers/${two.id}`));
    assert.equal(paper.status, 200);
    assert.match(paper.text.slice(0, 8), /%PDF/);
    // The minutes of a follow-up begin with it (PRJ-7).
    const { id: minutes } = (
      await consultant.send('POST', path(project, '/minutes'), { kind: 'follow-up-minutes', poll: null })
    ).body;
    const begun = (await consultant.send('GET', path(project, `/sheets/${minutes}`))).text;
    assert.ok(
      begun.includes('séance de formation tenue') && begun.includes('Infirmier : 1 personne formée sur 4.'),
      begun.slice(0, 600),
    );
    assert.ok((await read(officer)).summary.some((words: string) => /séance de formation tenue/.test(words)));
  });
  test('REC-6 a profession begins a phase once the former is done, or with the reason', async () => {
    const { project, consultant, nurse } = await openedProject();
    const move = (phase: string, body: Record<string, unknown>, who = consultant) =>
      who.send('PUT', path(project, `/deployment/phases/${phase}/nurse`), {
        begunOn: today(),
        doneOn: null,
        seen: 0,
        ...body,
      });
    assert.equal((await move('individual', {}, nurse)).status, 403);
    const refused = await move('multi', {});
    assert.equal(refused.status, 422);
    assert.match(refused.body.detail, /« Exercice individuel » n’est pas terminée/);
    assert.equal((await move('multi', { reason: 'Le cabinet travaille déjà à plusieurs.' })).status, 204);
    assert.equal((await move('individual', { doneOn: today() })).status, 204);
    assert.equal((await move('individual', {})).status, 409);
    assert.equal((await move('multi', { doneOn: today(), seen: 1 })).status, 204);
    assert.equal((await move('steering', {})).status, 204);
    assert.equal((await move('steering', { begunOn: shifted(4), seen: 1 })).status, 422);
    assert.equal((await move('management', { begunOn: null, doneOn: today() })).status, 422);
    const phases = (await nurse.send('GET', path(project, '/deployment'))).body.phases;
    const nurses = phases.map((one: { professions: { profession: string }[] }) =>
      one.professions.find(({ profession }) => profession === 'nurse'),
    );
    assert.deepEqual(
      nurses.map((one: { begunOn: string | null }) => one.begunOn !== null),
      [true, true, true, false],
    );
    assert.match(nurses[1].reason, /déjà à plusieurs/);
    assert.match(nurses[3].waits, /Pilotage/);
  });
  test('REC-6 the plan stays between its days in the order of phases; training counts each person once and only grows', () => {
    const professions = ['physician', 'nurse', 'coordinator', 'pharmacist'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.subarray(professions), (span, has) => {
        const [from, to] = ['2024-11-04', shiftedFrom('2024-11-04', span)];
        const lines = layOut(deploymentModel, from, to, new Set(has));
        for (const line of lines)
          assert.ok(from <= line.from && line.from <= line.to && line.to <= to, JSON.stringify(line));
        const phases = lines.filter(({ kind }) => kind === 'phase');
        assert.deepEqual(
          phases.map(({ phase }) => phase),
          deploymentModel.phases.map(({ id }) => id),
        );
        for (const [at, phase] of phases.entries())
          if (at > 0) assert.ok(phases[at - 1]!.from <= phase.from && (span < 12 || phases[at - 1]!.to < phase.from));
        assert.equal(phases.at(-1)!.to, to);
        if (has.length > 0)
          for (const { kind, professions: concerned } of lines)
            if (kind === 'module') assert.ok(concerned.every((one) => has.includes(one)));
        assert.equal(lineState({ from, to, doneOn: null }, shiftedFrom(to, 1)).lateDays, 1);
      }),
    );
    const person = fc.record({
      name: fc.constantFrom('Anne Riou', 'RIOU anne', 'Yann Morvan', 'Élise Le Bras'),
      profession: fc.constantFrom('nurse', 'physician'),
      present: fc.constantFrom(true, false, null),
    });
    const session = fc.record({
      module: fc.constantFrom('a', 'b'),
      state: fc.constantFrom('planned', 'held', 'cancelled'),
      people: fc.array(person, { maxLength: 5 }),
    });
    const modules = [
      { id: 'a', professions: [] },
      { id: 'b', professions: ['physician'] },
    ];
    const of = [
      { profession: 'nurse', people: 3 },
      { profession: 'physician', people: null },
    ];
    fc.assert(
      fc.property(fc.array(session, { maxLength: 6 }), session, (given, more) => {
        const [before, after] = [heatOf(modules, of, given as never), heatOf(modules, of, [...given, more] as never)];
        for (const [at, cell] of before.entries()) {
          assert.ok(cell.trained <= 3 && after[at]!.trained >= cell.trained);
          assert.equal(
            cell.state === 'not-concerned',
            cell.module === 'b' && cell.profession === 'nurse' && cell.trained === 0,
          );
        }
      }),
    );
    assert.equal(phaseWaits(deploymentModel.phases, 'individual', []), null);
  });
});

describe('daily help', () => {
  test('REC-7 anyone of a practice asks; those who support it answer; it is handed, solved, marked; each sees what is theirs', async () => {
    const { project, region, officer, gcs, consultant, team, nurse, strangers, foreign } = await openedProject();
    const ask = (who: typeof nurse, body: Record<string, unknown> = {}) =>
      who.send('POST', '/api/programme/help', {
        kind: 'fault',
        urgency: 'blocking',
        title: 'Plus de messagerie',
        words: 'Rien ne part depuis ce matin.',
        ...body,
      });
    for (const who of [officer, gcs, consultant, strangers.vendor]) assert.equal((await ask(who)).status, 403);
    assert.match(
      (await ask(nurse, { words: 'Patient 1 84 05 75 123 456 78' })).body.fields.words,
      /aucune donnée de patient/,
    );
    assert.equal((await ask(nurse, { urgency: 'now' })).status, 422);
    const { id, reference } = (await ask(nurse)).body;
    assert.match(reference, /^AIDE-\d{4}-001$/);
    const read = (who: typeof nurse) => who.send('GET', `/api/programme/help/${id}`);
    for (const who of [nurse, team.coordinator, officer, gcs, consultant]) assert.equal((await read(who)).status, 200);
    for (const who of [
      strangers.vendor,
      strangers.partner,
      strangers.consultant,
      strangers.reviewer,
      strangers.neighbour,
      foreign,
    ]) {
      assert.equal((await read(who)).status, 404);
      assert.deepEqual((await who.send('GET', '/api/programme/help')).body.requests, []);
      for (const [more, body] of [
        ['/words', { words: 'x', seen: 1 }],
        ['/hand', { practitioner: null, seen: 1 }],
        ['/state', { state: 'solved', seen: 1 }],
        ['/mark', { mark: 1, seen: 1 }],
      ] as const)
        assert.equal((await who.send('POST', `/api/programme/help/${id}${more}`, body)).status, 404);
    }
    // Handed to a vendor, who reads this one and answers.
    const hand = (who: typeof nurse, practitioner: string | null, seen = 1) =>
      who.send('POST', `/api/programme/help/${id}/hand`, { practitioner, words: 'Merci de regarder.', seen });
    for (const who of [nurse, team.coordinator])
      assert.equal((await hand(who, strangers.vendor.practitioner)).status, 403);
    assert.equal((await hand(gcs, strangers.reviewer.practitioner)).status, 422);
    assert.equal((await hand(gcs, strangers.vendor.practitioner)).status, 204);
    assert.equal((await read(strangers.vendor)).status, 200);
    assert.ok((await strangers.vendor.send('GET', '/api/notices')).text.includes(reference));
    const write = (who: typeof nurse, words: string, seen: number, solved = false) =>
      who.send('POST', `/api/programme/help/${id}/words`, { words, solved, seen });
    assert.equal((await write(nurse, 'Toujours rien.', 2)).status, 204);
    assert.equal((await read(nurse)).body.answeredAt, null);
    assert.equal((await write(strangers.vendor, 'Nous cherchons.', 2)).status, 409);
    assert.equal((await write(strangers.vendor, 'Le service est rétabli.', 3, true)).status, 204);
    const solved = (await read(nurse)).body;
    assert.deepEqual(
      [solved.state, solved.late, solved.history.map((one: { kind: string }) => one.kind)],
      ['solved', false, ['words', 'handed', 'words', 'words', 'state']],
    );
    assert.ok((await nurse.send('GET', '/api/notices')).text.includes(reference));
    // Not so: words of the team open it again.
    assert.equal((await write(nurse, 'Encore en panne.', 4)).status, 204);
    assert.equal((await read(nurse)).body.state, 'open');
    assert.equal(
      (await strangers.vendor.send('POST', `/api/programme/help/${id}/mark`, { mark: 5, seen: 5 })).status,
      403,
    );
    assert.equal((await nurse.send('POST', `/api/programme/help/${id}/mark`, { mark: 5, seen: 5 })).status, 409);
    assert.equal(
      (await consultant.send('POST', `/api/programme/help/${id}/state`, { state: 'closed', seen: 5 })).status,
      403,
    );
    assert.equal(
      (await consultant.send('POST', `/api/programme/help/${id}/state`, { state: 'solved', seen: 5 })).status,
      204,
    );
    assert.equal(
      (await nurse.send('POST', `/api/programme/help/${id}/mark`, { mark: 4, words: 'Rapide.', seen: 6 })).status,
      204,
    );
    assert.equal(
      (await nurse.send('POST', `/api/programme/help/${id}/state`, { state: 'closed', seen: 7 })).status,
      204,
    );
    assert.equal((await write(nurse, 'Merci.', 8)).status, 409);
    const { figures } = (await gcs.send('GET', '/api/programme/help')).body;
    assert.deepEqual([figures.open, figures.answered, figures.inTime, figures.mark], [0, 1, 1, 4]);
    // Taken back: the vendor no longer reads a request that is not theirs. The project may be over: help goes on.
    await officer.send('POST', path(project, '/stop'), { reason: 'L’équipe se sépare.' });
    const next = (await ask(team.coordinator, { kind: 'question', urgency: 'minor' })).body;
    assert.match(next.reference, /-002$/);
    assert.equal((await consultant.send('GET', `/api/programme/help/${next.id}`)).status, 200);
    await gcs.send('POST', `/api/programme/help/${next.id}/hand`, {
      practitioner: strangers.vendor.practitioner,
      seen: 1,
    });
    assert.equal((await strangers.vendor.send('GET', `/api/programme/help/${next.id}`)).status, 200);
    await gcs.send('POST', `/api/programme/help/${next.id}/hand`, { practitioner: null, seen: 2 });
    assert.equal((await strangers.vendor.send('GET', `/api/programme/help/${next.id}`)).status, 404);
    void region;
  });
  test('REC-7 SEC-17 a file of a request is a PDF by its content, read by those who read the request', async () => {
    const { gcs, nurse, strangers } = await openedProject();
    const { id } = (
      await nurse.send('POST', '/api/programme/help', {
        kind: 'question',
        urgency: 'minor',
        title: 'Imprimer',
        words: 'Comment imprimer ?',
      })
    ).body;
    const send = (who: typeof nurse, bytes: Buffer) =>
      who.send(
        'POST',
        `/api/programme/help/${id}/files`,
        Buffer.concat([
          Buffer.from(
            '--xx\r\ncontent-disposition: form-data; name="file"; filename="ecran.pdf"\r\ncontent-type: application/pdf\r\n\r\n',
          ),
          bytes,
          Buffer.from('\r\n--xx--\r\n'),
        ]),
        { 'content-type': 'multipart/form-data; boundary=xx' },
      );
    assert.equal((await send(nurse, Buffer.from('<html>'.padEnd(200)))).status, 415);
    assert.equal((await send(strangers.vendor, pdf())).status, 404);
    assert.equal((await send(nurse, pdf())).status, 204);
    const { file } = (await gcs.send('GET', `/api/programme/help/${id}`)).body.history.at(-1);
    assert.equal((await gcs.send('GET', `/api/programme/help/${id}/files/${file}`)).status, 200);
    for (const who of [strangers.vendor, strangers.neighbour])
      assert.equal((await who.send('GET', `/api/programme/help/${id}/files/${file}`)).status, 404);
  });
  test('REC-7 a first answer is due within opening hours, later for a later or a longer delay; summer and winter time', () => {
    const hours = { opens: 8, closes: 18 };
    const at = (words: string) => new Date(words);
    assert.equal(dueAt(at('2026-03-27T16:30:00+01:00'), 2, hours).toISOString(), '2026-03-30T06:30:00.000Z'); // Friday evening to Monday, clocks changed on Sunday
    assert.equal(dueAt(at('2026-11-26T09:00:00+01:00'), 2, hours).toISOString(), '2026-11-26T10:00:00.000Z');
    assert.equal(dueAt(at('2026-11-28T09:00:00+01:00'), 10, hours).toISOString(), '2026-11-30T17:00:00.000Z'); // Saturday
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2024-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 20_000 }),
        (asked, due, later) => {
          const end = dueAt(asked, due, hours);
          const wall = new Intl.DateTimeFormat('en-GB', {
            timeZone: 'Europe/Paris',
            weekday: 'short',
            hour: '2-digit',
            minute: '2-digit',
            hourCycle: 'h23',
          }).formatToParts(end);
          const part = (type: string) => wall.find((one) => one.type === type)!.value;
          const minutes = Number(part('hour')) * 60 + Number(part('minute'));
          assert.ok(
            end > asked && !['Sat', 'Sun'].includes(part('weekday')) && minutes > 8 * 60 && minutes <= 18 * 60,
            `${asked.toISOString()} ${end.toISOString()}`,
          );
          assert.ok(dueAt(asked, due + 1, hours) > end);
          assert.ok(dueAt(new Date(asked.getTime() + later * 60_000), due, hours) >= end);
          assert.equal(answerIsLate({ dueAt: end, answeredAt: end }, new Date('2040-01-01')), false);
        },
      ),
    );
  });
});

describe('demands for evolution', () => {
  test('REC-7 each team says it in its words; those that say the same are gathered, supported, sent once as one text, answered, and shown to all teams', async () => {
    const { region, officer, gcs, consultant, team, nurse, strangers, foreign } = await openedProject();
    const say = (who: typeof nurse, words: string) =>
      who.send('POST', '/api/programme/demands/voices', { title: 'Imprimer un plan', words, software: 'Estran' });
    for (const who of [officer, gcs, strangers.vendor])
      assert.equal((await say(who, 'Une demande assez longue.')).status, 403);
    const mine = (await say(nurse, 'Imprimer le plan de soins sur une page.')).body.id;
    const theirs = (await say(strangers.neighbour, 'Le plan tient sur trois pages, c’est trop.')).body.id;
    const third = await (await newPractice('Équipe voisine', { region: region.id })).person('coordinator', {
      roles: ['coordinator'],
    });
    const read = async (who: typeof nurse) => (await who.send('GET', '/api/programme/demands')).body;
    // Each practice its own words; the consultant those of their teams; the vendor nothing yet.
    assert.deepEqual(
      [
        (await read(nurse)).voices.length,
        (await read(third)).voices.length,
        (await read(gcs)).voices.length,
        (await read(consultant)).voices.length,
        (await read(strangers.vendor)).voices.length,
      ],
      [1, 0, 2, 1, 0],
    );
    const gather = (who: typeof nurse, voices: string[]) =>
      who.send('POST', '/api/programme/demands', {
        title: 'Plan de soins sur une page',
        words: 'Pouvoir imprimer le plan de soins sur une page A4.',
        voices,
      });
    for (const who of [nurse, team.coordinator, strangers.reviewer, strangers.vendor, strangers.partner])
      assert.equal((await gather(who, [mine])).status, 403);
    assert.equal((await gather(consultant, [mine, theirs])).status, 422);
    const { id } = (await gather(gcs, [mine, theirs])).body;
    assert.equal((await gather(officer, [mine])).status, 409);
    const support = (who: typeof nurse, on: boolean) => who.send('PUT', `/api/programme/demands/${id}/support`, { on });
    assert.equal((await support(nurse, true)).status, 403);
    assert.equal((await support(third, true)).status, 204);
    assert.equal((await support(third, true)).status, 204);
    const shown = (await read(third)).demands[0];
    assert.deepEqual([shown.teams, shown.supported, shown.supporters, shown.voices], [3, true, null, []]);
    assert.equal((await read(gcs)).demands[0].supporters.length, 3);
    assert.equal((await support(third, false)).status, 204);
    assert.equal((await read(nurse)).demands[0].teams, 2);
    assert.match((await read(nurse)).demands[0].voices[0].words, /^Imprimer le plan/);
    // Its words change until they are sent.
    const change = (who: typeof nurse, seen: number) =>
      who.send('PUT', `/api/programme/demands/voices/${mine}`, {
        title: 'Imprimer un plan',
        words: 'Imprimer le plan de soins, lisible de loin.',
        software: 'Estran',
        seen,
      });
    assert.equal((await change(strangers.neighbour, 1)).status, 404);
    assert.equal((await change(nurse, 1)).status, 204);
    assert.equal((await change(nurse, 1)).status, 409);
    const send = (who: typeof nurse, vendor = strangers.vendor.practitioner) =>
      who.send('POST', '/api/programme/demands/send', { vendor, demands: [id] });
    for (const who of [consultant, team.coordinator, strangers.vendor]) assert.equal((await send(who)).status, 403);
    assert.equal((await send(gcs, strangers.partner.practitioner)).status, 422);
    assert.deepEqual((await read(strangers.vendor)).demands, []);
    const sent = await send(gcs);
    assert.equal(sent.status, 200);
    assert.match(sent.body.reference, /^EVOLUTIONS-\d+$/);
    assert.equal((await send(officer)).status, 409);
    assert.equal((await change(nurse, 2)).status, 409);
    const paper = (who: typeof nurse) => who.send('GET', `/api/programme/demands/papers/${sent.body.paper}`);
    assert.match((await paper(strangers.vendor)).text.slice(0, 8), /%PDF/);
    assert.equal((await paper(await region.person('vendor'))).status, 404);
    for (const who of [nurse, foreign]) assert.equal((await paper(who)).status, 404);
    // The vendor reads one text, not the words of each team, nor their names.
    const asked = (await read(strangers.vendor)).demands[0];
    assert.deepEqual([asked.teams, asked.supporters, asked.voices, asked.may.answer], [2, null, [], true]);
    const reply = (who: typeof nurse, seen: number) =>
      who.send('PUT', `/api/programme/demands/${id}/answer`, {
        outcome: 'planned',
        words: 'Prévu dans la version de juin.',
        promisedOn: '2027-06-15',
        seen,
      });
    for (const who of [nurse, consultant]) assert.equal((await reply(who, asked.version)).status, 403);
    for (const who of [await region.person('vendor'), foreign])
      assert.equal((await reply(who, asked.version)).status, 404);
    assert.equal((await reply(strangers.vendor, 0)).status, 409);
    assert.equal((await reply(strangers.vendor, asked.version)).status, 204);
    for (const who of [nurse, third, strangers.neighbour])
      assert.deepEqual((await read(who)).demands[0].answer.promisedOn, '2027-06-15');
    for (const who of [nurse, strangers.neighbour])
      assert.match((await who.send('GET', '/api/notices')).text, /L’éditeur a répondu/);
    for (const who of [strangers.partner, strangers.reviewer, foreign])
      assert.deepEqual([(await read(who)).demands, (await read(who)).voices], [[], []]);
  });
});

test('REC-1 REC-2 REC-7 SEC-11 of two that write at once, one is told to read again; nothing is lost, nothing is sent or numbered twice', async () => {
  const { project, gcs, officer, consultant, team, nurse, strangers } = await openedProject();
  const statuses = async (sent: Promise<{ status: number }>[]) =>
    (await Promise.all(sent)).map(({ status }) => status).sort();
  const open = () => team.coordinator.send('POST', '/api/programme/assessments', {});
  const opened = await Promise.all([open(), open()]);
  assert.deepEqual(opened.map(({ status }) => status).sort(), [200, 409]);
  const { id } = opened.find(({ status }) => status === 200)!.body;
  assert.deepEqual(
    await statuses(
      [nurse, team.coordinator].map((who) =>
        who.send('PUT', `/api/programme/assessments/${id}/mine`, { levels: all(2), seen: 0 }),
      ),
    ),
    [204, 204],
  );
  assert.deepEqual(
    await statuses(
      [3, 4].map((level) =>
        nurse.send('PUT', `/api/programme/assessments/${id}/mine`, { levels: all(level), seen: 1 }),
      ),
    ),
    [204, 409],
  );
  const agree = (who: typeof nurse, level: number) =>
    who.send('POST', `/api/programme/assessments/${id}/agree`, { levels: all(level), words: '', seen: 1 });
  assert.deepEqual(await statuses([agree(team.coordinator, 2), agree(consultant, 3)]), [204, 409]);
  assert.deepEqual(
    await statuses(
      [1, 2].map(() => consultant.send('PUT', path(project, '/checklist/aims'), { state: 'done', seen: 0 })),
    ),
    [204, 409],
  );
  assert.deepEqual(
    await statuses(
      [1, 2].map(() => consultant.send('POST', path(project, '/deployment'), { from: today(), to: shifted(60) })),
    ),
    [204, 409],
  );
  assert.deepEqual(
    await statuses(
      [1, 2].map(() =>
        consultant.send('PUT', path(project, '/deployment/phases/individual/nurse'), {
          begunOn: today(),
          doneOn: null,
          seen: 0,
        }),
      ),
    ),
    [204, 409],
  );
  const papers = await Promise.all(
    [consultant, gcs].map((who) => who.send('POST', path(project, '/deployment/paper'))),
  );
  assert.deepEqual(papers.map(({ body }) => body.version).sort(), [1, 2]);
  const asked = await Promise.all(
    Array.from({ length: 6 }, () =>
      nurse.send('POST', '/api/programme/help', {
        kind: 'question',
        urgency: 'minor',
        title: 'Une question',
        words: 'Comment faire ?',
      }),
    ),
  );
  assert.equal(new Set(asked.map(({ body }) => body.reference)).size, 6);
  const voice = (
    await nurse.send('POST', '/api/programme/demands/voices', { title: 'Dictée', words: 'Dicter un compte rendu.' })
  ).body.id;
  const gather = () =>
    gcs.send('POST', '/api/programme/demands', { title: 'Dictée', words: 'Dicter un compte rendu.', voices: [voice] });
  const gathered = await Promise.all([gather(), gather()]);
  assert.deepEqual(gathered.map(({ status }) => status).sort(), [200, 409]);
  const demand = gathered.find(({ status }) => status === 200)!.body.id;
  assert.deepEqual(
    await statuses(
      [gcs, officer].map((who) =>
        who.send('POST', '/api/programme/demands/send', { vendor: strangers.vendor.practitioner, demands: [demand] }),
      ),
    ),
    [200, 409],
  );
});

test('SEC-7 ACT-4 what looks like an identity number is found however it is written; telephone, FINESS, SIRET and account numbers are not', () => {
  const digits = fc.tuple(
    fc.constantFrom('1', '2'),
    fc.integer({ min: 0, max: 99 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 95 }),
    fc.integer({ min: 1, max: 999 }),
    fc.integer({ min: 1, max: 999 }),
    fc.integer({ min: 1, max: 97 }),
  );
  fc.assert(
    fc.property(
      digits,
      fc.constantFrom('', ' ', '.', '-', '\u00a0', '\u202f'),
      fc.boolean(),
      fc.constantFrom('', 'Mme X ', 'n° ', '('),
      ([sex, year, month, place, commune, order, key], gap, whole, before) => {
        const pad = (value: number, width: number) => String(value).padStart(width, '0');
        const number = [
          sex,
          pad(year, 2),
          pad(month, 2),
          pad(place, 2),
          pad(commune, 3),
          pad(order, 3),
          ...(whole ? [pad(key, 2)] : []),
        ].join(gap);
        assert.ok(looksLikeIdentity(`${before}${number}`) && looksLikeIdentity(`${before}${number}. Suite`), number);
      },
    ),
  );
  for (const words of ['1 84 05 2A 123 456 78', '184052B12345678']) assert.ok(looksLikeIdentity(words));
  for (const words of [
    '02 98 04 12 34',
    '+33 6 39 98 12 34',
    'FINESS 290012345',
    'SIRET 123 456 789 00012',
    'FR76 3000 6000 0112 3456 7890 189',
    '12 postes, 4200 dossiers, 92,5 Mbit/s',
    '2024-11-26 14:03',
    'version 10.0.19045.3803',
  ])
    assert.equal(looksLikeIdentity(words), false, words);
});
