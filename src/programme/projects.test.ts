import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import standard from './calls/editions/steps-2024.json' with { type: 'json' };
import { projectStep } from './calls/contract.ts';
import { addFile, openedProject, pdf } from './programme.fixture.ts';
import { currentStep, firstDay, lastDay, stepsOn } from './projects/steps.rules.ts';

const steps = standard.map((one) => projectStep.parse(one));
const path = (project: string, more = '') => `/api/programme/projects/${project}${more}`;

describe('projects', () => {
  test('PRJ-1 ACT-1 the chosen teams have their project once they were notified, each one once; its team, its consultant, ARS, GCS and commission see it, nobody else does', async () => {
    const one = await openedProject();
    const again = await one.officer.send('POST', `/api/programme/editions/${one.call}/projects`);
    assert.equal(again.body.opened, 0);
    const { body } = await one.officer.send('GET', path(one.project));
    assert.match(body.reference, /-P01$/);
    assert.equal(body.steps.length, 9);
    assert.deepEqual(body.steps[0].deliverables[0].kind, 'notification');
    for (const who of [one.officer, one.gcs, one.consultant, one.team.coordinator, one.nurse, one.strangers.reviewer])
      assert.equal((await who.send('GET', path(one.project))).status, 200);
    for (const who of [
      one.strangers.vendor,
      one.strangers.partner,
      one.strangers.consultant,
      one.strangers.neighbour,
      one.foreign,
    ]) {
      assert.equal((await who.send('GET', path(one.project))).status, 404);
      assert.deepEqual((await who.send('GET', '/api/programme/projects')).body.projects, []);
      for (const more of ['/papers', '/people'])
        assert.equal((await who.send('GET', path(one.project, more))).status, 404);
    }
  });
  test('PRJ-9 a step closes with its deliverable and after those before it, is told what blocks it, is skipped with a reason, is opened again; a version that was not seen is refused', async () => {
    const { project, officer, consultant, gcs, team, nurse, strangers } = await openedProject();
    const step = async (id: string) =>
      (await officer.send('GET', path(project))).body.steps.find((one: { id: string }) => one.id === id);
    const refused = await consultant.send('POST', path(project, '/steps/needs/close'), { seen: 0 });
    assert.equal(refused.status, 422);
    assert.deepEqual(refused.body.blockers, [
      'L’étape « Sélection » n’est pas close.',
      'L’étape « Préparer le lancement » n’est pas close.',
      'L’étape « Réunion de lancement » n’est pas close.',
      'Il manque : synthèse des besoins.',
    ]);
    assert.equal((await officer.send('POST', path(project, '/steps/selection/close'), { seen: 0 })).status, 204);
    assert.equal((await step('selection')).state, 'done');
    assert.equal((await officer.send('POST', path(project, '/steps/selection/close'), { seen: 0 })).status, 409);
    // Who does not lead a step does not end it; who does not support the project ends none.
    assert.equal(
      (await consultant.send('POST', path(project, '/steps/launch-planning/close'), { seen: 0 })).status,
      403,
    );
    for (const who of [team.coordinator, nurse, strangers.reviewer, strangers.vendor])
      for (const act of ['close', 'skip', 'reopen'])
        assert.equal(
          (
            await who.send('POST', path(project, `/steps/launch-planning/${act}`), {
              seen: 0,
              reason: 'Une raison assez longue',
            })
          ).status,
          403,
        );
    assert.equal(
      (await gcs.send('POST', path(project, '/steps/launch-planning/skip'), { seen: 0, reason: 'court' })).status,
      422,
    );
    assert.equal(
      (
        await gcs.send('POST', path(project, '/steps/launch-planning/skip'), {
          seen: 0,
          reason: 'Le lancement est déjà fixé.',
        })
      ).status,
      204,
    );
    assert.equal((await step('launch-planning')).reason, 'Le lancement est déjà fixé.');
    assert.equal((await officer.send('POST', path(project, '/steps/selection/reopen'), { seen: 1 })).status, 409);
    assert.equal((await gcs.send('POST', path(project, '/steps/launch-planning/reopen'), { seen: 1 })).status, 204);
    assert.notEqual((await step('launch-planning')).state, 'skipped');
    // The deliverable, as a file, unblocks it.
    assert.equal((await addFile(team.coordinator, project, 'invitation')).status, 200);
    assert.deepEqual((await step('launch-planning')).blockers, []);
    assert.equal((await gcs.send('POST', path(project, '/steps/launch-planning/close'), { seen: 2 })).status, 204);
    assert.equal(
      (
        await officer.send('POST', path(project, '/steps/balance/skip'), {
          seen: 0,
          reason: 'On ne passe pas la dernière.',
        })
      ).status,
      409,
    );
    assert.equal((await officer.send('POST', path(project, '/steps/nulle-part/close'), { seen: 0 })).status, 404);
  });
  test('PRJ-9 dates of a step are changed by those who support the project and stay in order', async () => {
    const { project, consultant, team } = await openedProject();
    const body = { from: '2030-01-05', to: '2030-02-01', seen: 0 };
    assert.equal((await team.coordinator.send('PUT', path(project, '/steps/needs'), body)).status, 403);
    assert.equal(
      (await consultant.send('PUT', path(project, '/steps/needs'), { ...body, to: '2030-01-01' })).status,
      422,
    );
    assert.equal(
      (await consultant.send('PUT', path(project, '/steps/needs'), { ...body, from: '2030-02-31' })).status,
      422,
    );
    assert.equal((await consultant.send('PUT', path(project, '/steps/needs'), body)).status, 204);
    assert.equal((await consultant.send('PUT', path(project, '/steps/needs'), body)).status, 409);
    const [moved] = (await consultant.send('GET', path(project))).body.steps.filter(
      (one: { id: string }) => one.id === 'needs',
    );
    assert.deepEqual([moved.from, moved.to, moved.moved], ['2030-01-05', '2030-02-01', true]);
  });
  test('ACT-3 ACT-6 ARS and GCS name the one consultant; a partner reads what is shared and nothing else', async () => {
    const { project, officer, consultant, team, strangers, nurse } = await openedProject();
    const give = (who: typeof officer, to: typeof officer, sees: string[] = []) =>
      who.send('PUT', path(project, `/parties/${to.practitioner}`), { sees });
    for (const who of [team.coordinator, consultant]) assert.equal((await give(who, strangers.consultant)).status, 403);
    assert.equal((await give(officer, strangers.reviewer)).status, 422);
    assert.equal((await give(officer, strangers.consultant)).status, 204);
    assert.equal((await consultant.send('GET', path(project))).status, 404);
    assert.equal((await strangers.consultant.send('GET', path(project))).status, 200);
    assert.equal((await give(nurse, strangers.partner, ['steps'])).status, 403);
    assert.equal((await give(team.coordinator, strangers.partner, ['steps'])).status, 204);
    const shown = await strangers.partner.send('GET', path(project));
    assert.equal(shown.body.steps.length, 9);
    assert.equal((await strangers.partner.send('GET', path(project, '/papers'))).status, 403);
    assert.equal((await addFile(strangers.partner, project, 'other')).status, 403);
    assert.equal(
      (await team.coordinator.send('DELETE', path(project, `/parties/${strangers.partner.practitioner}`))).status,
      204,
    );
    assert.equal((await strangers.partner.send('GET', path(project))).status, 404);
  });
  test('PRJ-10 SEC-17 a file of the project is a PDF by its content; who added it takes it out and puts it back; a stopped project no longer changes', async () => {
    const { project, officer, team, nurse, consultant, strangers } = await openedProject();
    assert.equal(
      (await addFile(team.coordinator, project, 'other', Buffer.from('<html>'.padEnd(200, ' ')))).status,
      415,
    );
    assert.equal((await addFile(team.coordinator, project, 'inconnu')).status, 422);
    for (const who of [nurse, strangers.reviewer]) assert.equal((await addFile(who, project, 'other')).status, 403);
    const added = await addFile(consultant, project, 'other', pdf('suivi'), '../suivi x.pdf');
    assert.equal(added.body.name, 'suivi x.pdf');
    assert.equal((await team.coordinator.send('POST', path(project, `/files/${added.body.id}/remove`))).status, 403);
    assert.equal((await consultant.send('POST', path(project, `/files/${added.body.id}/remove`))).status, 204);
    assert.equal((await team.coordinator.send('GET', path(project, `/files/${added.body.id}`))).status, 404);
    assert.equal((await consultant.send('POST', path(project, `/files/${added.body.id}/restore`))).status, 204);
    assert.equal((await team.coordinator.send('GET', path(project, `/files/${added.body.id}`))).status, 200);
    assert.equal(
      (await consultant.send('POST', path(project, '/stop'), { reason: 'L’équipe se sépare.' })).status,
      403,
    );
    assert.equal((await officer.send('POST', path(project, '/stop'), { reason: 'L’équipe se sépare.' })).status, 204);
    assert.equal((await addFile(consultant, project, 'other')).status, 403);
    assert.equal((await officer.send('POST', path(project, '/resume'))).status, 204);
    assert.equal((await addFile(consultant, project, 'other')).status, 200);
  });

  test('PRJ-9 no step is both free of blockers and behind one that is open, whatever was written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('open', 'done', 'skipped'), { minLength: 9, maxLength: 9 }),
        fc.subarray(steps.flatMap((one) => one.deliverables.map(({ kind }) => kind))),
        fc.integer({ min: 2020, max: 2030 }),
        (states, have, year) => {
          const rows = steps.map((one, at) => ({
            step: one.id,
            plannedFrom: null,
            plannedTo: null,
            state: states[at] as 'open',
            reason: '',
            endedOn: null,
            version: 1,
            by: '',
          }));
          const views = stepsOn(steps, 2024, rows, new Set(have), {}, `${year}-06-01`);
          const current = currentStep(views);
          for (const [at, view] of views.entries()) {
            if (states[at] !== 'open')
              assert.deepEqual([view.state, view.blockers, view.lateDays], [states[at], [], 0]);
            else {
              const before = states.slice(0, at).some((state) => state === 'open');
              const lacks = steps[at]!.deliverables.some(({ kind, required }) => required && !have.includes(kind));
              assert.equal(view.blockers.length > 0, before || lacks);
              assert.equal(view.state === 'late', view.to < `${year}-06-01`);
            }
            assert.ok(view.from <= view.to);
          }
          assert.equal(current?.step.id, steps[states.indexOf('open')]?.id);
        },
      ),
    );
    assert.deepEqual(
      [firstDay(2024, 13), lastDay(2024, 13), lastDay(2024, 1), firstDay(2024, -1)],
      ['2025-02-01', '2025-02-28', '2024-02-29', '2023-12-01'],
    );
  });
});
