import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type Answer, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import type { ProtocolModel, ProtocolStep } from '../contract/protocol-model.ts';
import { shippedProtocols } from '../data/protocols/index.ts';
import { giveShipped } from './shipped.ts';

const step = (id: string, over: Partial<ProtocolStep> = {}): ProtocolStep => ({
  id,
  title: `Étape ${id}`,
  detail: '',
  kind: 'act',
  roles: ['nurse'],
  after: { step: null, delay: { value: 0, unit: 'd' } },
  repeat: null,
  condition: null,
  documents: [],
  forPatient: 'Pour vous.',
  ...over,
});
const model = (title: string, steps: ProtocolStep[]): ProtocolModel => ({
  title,
  theme: 'other',
  summary: 'Essai.',
  patients: { words: 'Adultes', problems: [], ages: null },
  goals: ['Aller mieux'],
  steps,
  alerts: [],
  documents: [],
  sources: [{ title: 'Guide', publisher: 'HAS', year: '2024', url: null }],
  reviewDate: '2030-01-01',
});
const ok = (answer: Answer): Answer['body'] => {
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
};

describe('protocols', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let nurse: TestPerson;
  let pharmacist: TestPerson;
  let coordinator: TestPerson;
  let secretary: TestPerson;
  let elsewhere: TestPerson;
  before(async () => {
    practice = await newPractice('Maison des protocoles');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    nurse = await practice.person('nurse', { family: 'Morvan', given: 'Paul' });
    pharmacist = await practice.person('pharmacist', { family: 'Tanguy', given: 'Yann' });
    coordinator = await practice.person('coordinator', { family: 'Abgrall', given: 'Inès' });
    secretary = await practice.person('medical-secretary', { family: 'Riou', given: 'Léa' });
    elsewhere = await (await newPractice('Ailleurs')).person('physician', { family: 'Cozic', given: 'Rozenn' });
  });
  const draft = async (who: TestPerson, written: ProtocolModel) =>
    ok(await who.send('POST', '/api/protocols', { model: written }));
  const publish = async (one: { id: string; version: number }, note = '') =>
    ok(await doctor.send('POST', `/api/protocols/${one.id}/publish`, { version: one.version, note }));

  test('COO-2 the protocols that come with the product are in the library of each practice, once, and another practice has its own', async () => {
    const { protocols, mayWrite, mayPublish } = ok(await nurse.send('GET', '/api/protocols'));
    const shipped = protocols.filter((one: { shipped: boolean }) => one.shipped);
    assert.deepEqual(
      shipped.map((one: { title: string }) => one.title).sort(),
      shippedProtocols.map((one) => one.model.title).sort(),
    );
    assert.ok(
      shipped.every(
        (one: { state: string; steps: number; edition: string; offered: unknown }) =>
          one.state === 'active' && one.steps > 4 && one.edition === '1.0' && one.offered === null,
      ),
    );
    assert.deepEqual(
      [mayWrite, mayPublish],
      [true, false],
      'a nurse writes, a physician or the coordination puts in force',
    );
    ok(await doctor.send('GET', '/api/protocols'));
    assert.equal(ok(await secretary.send('GET', '/api/protocols')).protocols.length, protocols.length);
    const other = ok(await elsewhere.send('GET', '/api/protocols')).protocols;
    assert.equal(other.filter((one: { shipped: boolean }) => one.shipped).length, shippedProtocols.length);
    const found = ok(
      await nurse.send('GET', `/api/protocols?q=${encodeURIComponent('INSUFFISANCE cardiaque')}`),
    ).protocols;
    assert.ok(found.length >= 1 && found.length < protocols.length);
  });

  test('COO-2 a nurse writes, a pharmacist who only reads the directory too; a physician puts in force; each edition stays readable', async () => {
    const first = await draft(pharmacist, model('Automesure tensionnelle', [step('a')]));
    assert.deepEqual(
      [first.state, first.edition, first.mayEdit, first.mayPublish, first.by.name],
      ['draft', '1.0', true, false, 'Yann Tanguy'],
    );
    assert.equal(
      (await secretary.send('GET', `/api/protocols/${first.id}`)).status,
      404,
      'a draft is not shown to who does not write',
    );
    assert.equal(
      (await nurse.send('POST', `/api/protocols/${first.id}/publish`, { version: first.version })).status,
      403,
    );
    const changed = ok(
      await nurse.send('PUT', `/api/protocols/${first.id}`, {
        version: first.version,
        model: model('Automesure tensionnelle', [
          step('a'),
          step('b', { after: { step: 'a', delay: { value: 7, unit: 'd' } } }),
        ]),
      }),
    );
    const stale = await pharmacist.send('PUT', `/api/protocols/${first.id}`, {
      version: first.version,
      model: first.model,
    });
    assert.deepEqual(
      [stale.status, stale.body.code, stale.body.current.who.name],
      [409, 'edited-meanwhile', 'Paul Morvan'],
    );
    const active = await publish(changed, 'Première édition.');
    assert.deepEqual(
      [active.id, active.state, active.edition, active.editions.length, active.editions[0].note],
      [first.id, 'active', '1.0', 1, 'Première édition.'],
    );

    const beside = ok(
      await nurse.send('PUT', `/api/protocols/${active.id}`, {
        version: active.version,
        model: model('Automesure de la tension', [step('a')]),
      }),
    );
    assert.notEqual(beside.id, active.id);
    assert.deepEqual([beside.state, beside.draftOf, beside.edition], ['draft', active.id, '1.1']);
    const still = ok(await nurse.send('GET', `/api/protocols/${active.id}`));
    assert.deepEqual(
      [still.title, still.version, still.draft],
      ['Automesure tensionnelle', active.version, beside.id],
      'what is in force has not moved',
    );
    const twice = await pharmacist.send('PUT', `/api/protocols/${active.id}`, {
      version: active.version,
      model: active.model,
    });
    assert.deepEqual([twice.status, twice.body.code, twice.body.draft], [409, 'draft-exists', beside.id]);
    const second = await publish(beside, 'Une étape de moins.');
    assert.deepEqual(
      [second.id, second.edition, second.editions.map((one: { edition: string }) => one.edition)],
      [active.id, '1.1', ['1.1', '1.0']],
    );
    assert.equal((await nurse.send('GET', `/api/protocols/${beside.id}`)).status, 410, 'the draft is gone');
    const old = ok(await nurse.send('GET', `/api/protocols/${active.id}?version=${second.editions[1].version}`));
    assert.deepEqual([old.title, old.model.steps.length, old.mayEdit], ['Automesure tensionnelle', 2, false]);
    const gone = ok(await coordinator.send('POST', `/api/protocols/${active.id}/retire`, { version: second.version }));
    assert.deepEqual([gone.state, gone.mayEdit], ['retired', false]);
    assert.ok(
      !ok(await nurse.send('GET', '/api/protocols')).protocols.some((one: { id: string }) => one.id === active.id),
    );
    assert.ok(
      ok(await nurse.send('GET', '/api/protocols?state=retired')).protocols.some(
        (one: { id: string }) => one.id === active.id,
      ),
    );
    assert.equal(
      (await nurse.send('PUT', `/api/protocols/${active.id}`, { version: gone.version, model: gone.model })).body.code,
      'retired',
    );
    const again = ok(
      await coordinator.send('POST', `/api/protocols/${active.id}/retire`, { version: gone.version, back: true }),
    );
    assert.deepEqual([again.state, again.edition], ['active', gone.edition]);
    assert.equal(
      (await coordinator.send('POST', `/api/protocols/${active.id}/retire`, { version: again.version, back: true }))
        .body.code,
      'not-retired',
    );
  });

  test('COO-2 a protocol with a fault is not put in force, and says which; the check answers the same, step by step, with the days', async () => {
    const faulty = model('À corriger', [
      step('a', { after: { step: 'b', delay: { value: 1, unit: 'd' } } }),
      step('b', { after: { step: 'a', delay: { value: 1, unit: 'd' } } }),
      step('c', { roles: ['dietician'] }),
    ]);
    const one = await draft(nurse, faulty);
    const refused = await doctor.send('POST', `/api/protocols/${one.id}/publish`, { version: one.version });
    assert.deepEqual(
      [refused.status, refused.body.code, refused.body.problems.map((it: { step: string }) => it.step)],
      [422, 'not-ready', ['a', 'b']],
    );
    const { problems, timeline } = ok(await secretary.send('POST', '/api/protocols/check', { model: faulty }));
    assert.ok(
      problems.some(
        (it: { step: string; severity: string; words: string }) =>
          it.step === 'c' && it.severity === 'warning' && /diététicien/.test(it.words),
      ),
    );
    assert.deepEqual(
      timeline.map((it: { step: string; day: number }) => [it.step, it.day]),
      [['c', 0]],
    );
    assert.deepEqual(ok(await nurse.send('POST', `/api/protocols/${one.id}/drop`, { version: one.version })), {
      dropped: one.id,
    });
    assert.equal(
      (await nurse.send('POST', '/api/protocols/check', { model: { ...faulty, steps: [{ ...step('A B') }] } })).status,
      422,
    );
  });

  test('COO-2 who may not: a secretary does not write, a coordinator asks nothing of patients’ data, another practice sees nothing', async () => {
    const written = model('Interdit', [step('a')]);
    for (const who of [secretary]) {
      assert.equal((await who.send('POST', '/api/protocols', { model: written })).status, 403);
      const active = ok(await who.send('GET', '/api/protocols')).protocols[0];
      assert.equal(
        (await who.send('PUT', `/api/protocols/${active.id}`, { version: active.version, model: written })).status,
        403,
      );
      for (const act of ['publish', 'retire', 'shipped', 'drop'])
        assert.equal(
          (await who.send('POST', `/api/protocols/${active.id}/${act}`, { version: active.version })).status,
          403,
          act,
        );
    }
    const asking = model('Interroger', [
      step('a', {
        condition: { words: 'VIH', expression: "Condition.where(code.coding.exists(code = 'B24')).exists()" },
      }),
    ]);
    const refused = await coordinator.send('POST', '/api/protocols', { model: asking });
    assert.equal(refused.status, 403);
    assert.match(refused.body.detail, /soignant/);
    const byNurse = await draft(nurse, asking);
    const kept = ok(
      await coordinator.send('PUT', `/api/protocols/${byNurse.id}`, {
        version: byNurse.version,
        model: { ...asking, title: 'Interroger, relu' },
      }),
    );
    assert.equal(kept.title, 'Interroger, relu', 'what a carer wrote, a coordinator may keep');
    assert.equal((await elsewhere.send('GET', `/api/protocols/${byNurse.id}`)).status, 404);
    assert.equal(
      (await elsewhere.send('POST', `/api/protocols/${byNurse.id}/publish`, { version: kept.version })).status,
      404,
    );
    const administrator = await practice.person('administrator');
    assert.equal((await administrator.send('GET', `/api/protocols`)).status, 200);
  });

  test('COO-2 a newer shipped edition is offered, never put over what the practice made of the protocol', async () => {
    const { fhir } = await testHouse();
    const own = await newPractice('Maison qui adapte');
    const physician = await own.person('physician');
    const key = shippedProtocols[0]!.key;
    const older = [{ ...shippedProtocols[0]!, edition: '0.9' }];
    const house = fhir.asSystem(own.tenant, 'test');
    await giveShipped(house, older, new Date());
    await Promise.all([giveShipped(house, older, new Date()), giveShipped(house, older, new Date())]);
    const list = ok(await physician.send('GET', '/api/protocols')).protocols;
    const mine = list.find((one: { id: string }) => one.id === `protocole-${key}`);
    assert.equal(list.length, shippedProtocols.length, 'none twice');
    assert.deepEqual([mine.edition, mine.offered.edition], ['0.9', '1.0']);
    const detail = ok(await physician.send('GET', `/api/protocols/${mine.id}`));
    const adapted = ok(
      await physician.send('PUT', `/api/protocols/${mine.id}`, {
        version: detail.version,
        model: { ...detail.model, title: 'Le nôtre' },
      }),
    );
    const published = ok(
      await physician.send('POST', `/api/protocols/${adapted.id}/publish`, { version: adapted.version }),
    );
    assert.deepEqual([published.title, published.edition, published.offered.edition], ['Le nôtre', '0.10', '1.0']);
    const taken = ok(await physician.send('POST', `/api/protocols/${mine.id}/shipped`, { version: published.version }));
    assert.deepEqual([taken.state, taken.title, taken.draftOf], ['draft', shippedProtocols[0]!.model.title, mine.id]);
    assert.equal(ok(await physician.send('GET', `/api/protocols/${mine.id}`)).title, 'Le nôtre');
    const now = ok(await physician.send('POST', `/api/protocols/${taken.id}/publish`, { version: taken.version }));
    assert.deepEqual([now.edition, now.offered, now.editions.length], ['1.0', null, 3]);
    assert.equal(
      (await physician.send('POST', `/api/protocols/${mine.id}/shipped`, { version: now.version })).body.code,
      'no-newer',
    );
  });
});
