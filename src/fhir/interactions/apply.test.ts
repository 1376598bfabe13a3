import assert from 'node:assert/strict';
import { before, describe, mock, test } from 'node:test';
import { fhirServer, patientNamed } from './fhir-server-for-tests.ts';

const days = (value: number) => ({ value, unit: 'j', system: 'http://unitsofmeasure.org', code: 'd' });
const definition = (over: object = {}) => ({
  resourceType: 'PlanDefinition',
  url: 'http://example.org/PlanDefinition/essai',
  version: '1.0',
  title: 'Essai',
  status: 'active',
  goal: [{ description: { text: 'Aller mieux' } }],
  action: [
    {
      id: 'all',
      groupingBehavior: 'logical-group',
      action: [
        {
          id: 'first',
          title: 'Bilan',
          description: 'Tension et poids.',
          participant: [{ type: 'practitioner', role: { text: 'Médecin' } }],
        },
        {
          id: 'second',
          title: 'Contrôle',
          relatedAction: [{ actionId: 'first', relationship: 'after-end', offsetDuration: days(10) }],
        },
        {
          id: 'monthly',
          title: 'Pesée',
          relatedAction: [{ actionId: 'all', relationship: 'after-start', offsetDuration: days(5) }],
          timingTiming: { repeat: { frequency: 1, period: 1, periodUnit: 'mo', count: 3 } },
        },
        {
          id: 'men',
          title: 'Pour les hommes',
          condition: [
            {
              kind: 'applicability',
              expression: { language: 'text/fhirpath', expression: "%patient.gender = 'male'" },
            },
          ],
        },
        {
          id: 'ask',
          title: 'Si besoin',
          condition: [{ kind: 'applicability', expression: { language: 'text/cql', expression: 'Plainte' } }],
        },
      ],
    },
  ],
  ...over,
});

describe('$apply', () => {
  let server: Awaited<ReturnType<typeof fhirServer>>;
  let plan: string;
  let woman: string;
  let man: string;
  before(async () => {
    server = await fhirServer();
    plan = (await server.ask('POST', '/PlanDefinition', definition())).json.id;
    woman = (await server.ask('POST', '/Patient', patientNamed('Elle', { gender: 'female' }))).json.id;
    man = (await server.ask('POST', '/Patient', patientNamed('Lui', { gender: 'male' }))).json.id;
  });
  const refused = async (status: number, words: RegExp, method: string, url: string, body?: unknown, headers = {}) => {
    const answer = await server.ask(method, url, body, headers);
    assert.deepEqual([answer.status, answer.json.resourceType], [status, 'OperationOutcome'], answer.text);
    assert.match(answer.json.issue[0].diagnostics, words);
  };

  test('COO-2 ECH-1 $apply: the CarePlan that a plan would make of a patient, valid, with its days and conditions; nothing is written', async () => {
    const { status, json, text } = await server.ask(
      'GET',
      `/PlanDefinition/${plan}/$apply?subject=Patient/${woman}&practitioner=Practitioner/doc`,
    );
    assert.equal(status, 200, text);
    assert.deepEqual(
      [
        json.resourceType,
        json.status,
        json.intent,
        json.subject.reference,
        json.instantiatesCanonical,
        json.author.reference,
        json.id,
      ],
      [
        'CarePlan',
        'draft',
        'proposal',
        `Patient/${woman}`,
        ['http://example.org/PlanDefinition/essai|1.0'],
        'Practitioner/doc',
        undefined,
      ],
    );
    const group = json.contained.find((one: { resourceType: string }) => one.resourceType === 'RequestGroup');
    assert.equal(json.activity[0].reference.reference, `#${group.id}`);
    const start = json.period.start;
    const after = (count: number) =>
      new Date(Date.parse(`${start}T12:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
    const actions = group.action as {
      id: string;
      title: string;
      timingDateTime: string;
      condition?: unknown[];
      resource: { reference: string };
    }[];
    assert.deepEqual(
      actions.map((one) => one.id),
      ['first.1', 'second.1', 'monthly.1', 'monthly.2', 'monthly.3', 'ask.1'],
      'what does not apply to her is left out',
    );
    assert.deepEqual(
      actions.slice(0, 3).map((one) => one.timingDateTime),
      [start, after(10), after(5)],
    );
    assert.equal(actions.at(-1)!.condition?.length, 1, 'a condition that nobody can tell stays with its step');
    const request = json.contained.find((one: { id: string }) => `#${one.id}` === actions[0]!.resource.reference);
    assert.deepEqual(
      [request.resourceType, request.code.text, request.occurrenceDateTime, request.performerType.text],
      ['ServiceRequest', 'Bilan', start, 'Médecin'],
    );
    assert.equal(
      json.contained.filter((one: { resourceType: string }) => one.resourceType === 'Goal')[0].description.text,
      'Aller mieux',
    );
    const checked = await server.ask('POST', '/CarePlan/$validate', json);
    assert.deepEqual(
      checked.json.issue.filter((one: { severity: string }) => one.severity === 'error'),
      [],
    );
    for (const type of ['CarePlan', 'RequestGroup', 'ServiceRequest'])
      assert.equal((await server.ask('GET', `/${type}?_summary=count`)).json.total, 0, type);
    const his = await server.ask('POST', `/PlanDefinition/${plan}/$apply`, {
      resourceType: 'Parameters',
      parameter: [{ name: 'subject', valueReference: { reference: `Patient/${man}` } }],
    });
    assert.ok(his.json.contained[0].action.some((one: { title: string }) => one.title === 'Pour les hommes'));
    const sent = await server.ask('POST', '/PlanDefinition/$apply', {
      resourceType: 'Parameters',
      parameter: [
        { name: 'subject', valueString: `Patient/${man}` },
        { name: 'planDefinition', resource: definition({ version: '2.0' }) },
      ],
    });
    assert.deepEqual(sent.json.instantiatesCanonical, ['http://example.org/PlanDefinition/essai|2.0'], sent.text);
  });

  test('COO-2 $apply half an hour past midnight in France begins on that day', async () => {
    mock.timers.enable({ apis: ['Date'], now: new Date('2026-06-30T22:30:00Z') });
    try {
      const { json } = await server.ask('GET', `/PlanDefinition/${plan}/$apply?subject=Patient/${woman}`);
      assert.equal(json.period?.start, '2026-07-01');
    } finally {
      mock.timers.reset();
    }
  });

  test('COO-2 SEC-16 $apply refuses what it cannot do in the standard form, and the statement of capabilities names it', async () => {
    await refused(400, /subject=Patient/, 'GET', `/PlanDefinition/${plan}/$apply`);
    await refused(400, /must be Patient\/id/, 'GET', `/PlanDefinition/${plan}/$apply?subject=Group/1`);
    await refused(
      400,
      /one subject at a time/,
      'GET',
      `/PlanDefinition/${plan}/$apply?subject=Patient/${man}&subject=Patient/${woman}`,
    );
    await refused(400, /setting is not used/, 'GET', `/PlanDefinition/${plan}/$apply?subject=Patient/${man}&setting=x`);
    await refused(404, /./, 'GET', `/PlanDefinition/unknown/$apply?subject=Patient/${man}`);
    await refused(404, /./, 'GET', `/PlanDefinition/${plan}/$apply?subject=Patient/unknown`);
    await refused(400, /planDefinition/, 'GET', `/PlanDefinition/$apply?subject=Patient/${man}`);
    await refused(422, /not valid/, 'POST', '/PlanDefinition/$apply', {
      resourceType: 'Parameters',
      parameter: [
        { name: 'subject', valueString: `Patient/${man}` },
        { name: 'planDefinition', resource: { resourceType: 'PlanDefinition', status: 'wrong' } },
      ],
    });
    const daily = definition({
      action: Array.from({ length: 8 }, (_, i) => ({
        id: `a${i}`,
        timingTiming: { repeat: { period: 1, periodUnit: 'd' } },
      })),
    });
    await refused(422, /limit/, 'POST', '/PlanDefinition/$apply', {
      resourceType: 'Parameters',
      parameter: [
        { name: 'subject', valueString: `Patient/${man}` },
        { name: 'planDefinition', resource: daily },
      ],
    });
    await refused(404, /./, 'GET', `/PlanDefinition/${plan}/$apply?subject=Patient/${man}`, undefined, {
      authorization: 'other',
    });
    await refused(404, /./, 'GET', `/PlanDefinition/${plan}/$apply?subject=Patient/${man}`, undefined, {
      authorization: 'patients',
    });
    await refused(401, /./, 'GET', `/PlanDefinition/${plan}/$apply?subject=Patient/${man}`, undefined, {
      authorization: 'none',
    });
    const statement = (await server.ask('GET', '/metadata')).json;
    const operations = (type: string) =>
      statement.rest[0].resource
        .find((one: { type: string }) => one.type === type)
        .operation.map((one: { name: string }) => one.name);
    assert.ok(operations('PlanDefinition').includes('apply'));
    assert.ok(!operations('Patient').includes('apply'));
  });

  test('COO-2 a cycle, an unknown step and a plan without steps do not stop $apply', async () => {
    const apply = (action: unknown[] | undefined) =>
      server.ask('POST', '/PlanDefinition/$apply', {
        resourceType: 'Parameters',
        parameter: [
          { name: 'subject', valueString: `Patient/${man}` },
          { name: 'planDefinition', resource: definition({ action }) },
        ],
      });
    const related = (actionId: string) => [{ actionId, relationship: 'after-end', offsetDuration: days(1) }];
    const { json, text } = await apply([
      { id: 'a', title: 'A', relatedAction: related('b') },
      { id: 'b', title: 'B', relatedAction: related('a') },
      { id: 'c', title: 'C', relatedAction: related('gone') },
    ]);
    assert.equal(json.resourceType, 'CarePlan', text);
    assert.deepEqual(
      json.contained[0].action.map((one: { timingDateTime?: string }) => one.timingDateTime),
      [undefined, undefined, undefined],
      'they have no day',
    );
    assert.equal((await apply(undefined)).json.contained[0].action, undefined);
  });
});
