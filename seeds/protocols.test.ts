import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CarePlan, PlanDefinition, Task } from '@medplum/fhirtypes';
import type { Resource } from '../src/fhir/index.ts';
import { newPractice, testHouse } from '../test/app.ts';
import { demoRegion } from './index.ts';
import { writePlans } from './protocols.ts';
import { dayInFrance } from '../src/platform/index.ts';

describe('demo plans', () => {
  test('COO-3 the demo region has patients in protocols at several stages: some late, one paused, one on an older edition, none with a task done before it was asked', async () => {
    const { access, fhir, outbox } = await testHouse();
    const today = dayInFrance(new Date());
    const [demo] = demoRegion({ today, patientsPerPractice: [30, 30] });
    const practice = await newPractice('Maison de démonstration');
    const store = fhir.asSystem(practice.tenant, 'demo data');
    const resources = [...demo!.resources()] as unknown as Resource[];
    for (let at = 0; at < resources.length; at += 400) await store.createMany(resources.slice(at, at + 400));
    for (const { login, family, given, profession, kind, practitionerId } of demo!.people)
      await access.createUser(practice.tenant, {
        login: `plans.${login}`,
        family,
        given,
        profession,
        roles: [],
        kind,
        practitioner: practitionerId,
        demo: true,
      });
    await writePlans(store, demo!.people, today);
    await outbox.drained();
    const plans = (
      await store.search('CarePlan', [
        ['category', 'urn:estran:category|protocol'],
        ['_count', '100'],
      ])
    ).resources.map((one) => one.resource as unknown as CarePlan);
    assert.ok(plans.length >= 6, `${plans.length} plans`);
    assert.ok(new Set(plans.map((one) => one.title)).size >= 5, 'several protocols');
    assert.ok(
      plans.some((one) => one.status === 'on-hold') && plans.filter((one) => one.status === 'active').length >= 4,
    );
    const definitions = (await store.search('PlanDefinition', [['_count', '50']])).resources.map(
      (one) => one.resource as unknown as PlanDefinition,
    );
    assert.ok(
      definitions.some((one) => one.version === '1.1') &&
        plans.some((one) => one.instantiatesCanonical?.[0]?.endsWith('diabete-type-2|1.0')),
      'someone is still on the first edition',
    );
    const tasks = (
      await store.search('Task', [
        ['code', 'urn:estran:task-kind|protocol'],
        ['_count', '1000'],
      ])
    ).resources.map((one) => one.resource as unknown as Task);
    const open = tasks.filter((one) => one.status === 'requested' || one.status === 'accepted');
    const late = open.filter((one) => one.restriction!.period!.end! < today);
    assert.ok(late.length >= 2 && late.length < open.length / 2, `${late.length} late of ${open.length} open`);
    assert.ok(tasks.filter((one) => one.status === 'completed').length > 40);
    for (const one of tasks)
      assert.ok(
        Date.parse(one.lastModified!) >= Date.parse(one.authoredOn!) &&
          Date.parse(one.lastModified!) <= Date.now() + 60_000,
        `${one.authoredOn} ${one.lastModified}`,
      );
  });
});
