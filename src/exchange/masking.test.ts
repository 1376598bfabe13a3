import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { testHouse, type TestPerson } from '../../test/app.ts';
import { ask, type Desk, lines, openDesk, patient, weight } from './exchange.fixture.ts';
import { mask, unmask } from './take-over/masking.ts';

const psy = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }] };
const secret = /sévère|F32|bipolaire|71\.5|séropositif|72470008|Tercian/;

describe('what a quarantine shows', () => {
  let desk: Desk;
  let run: number;
  let set: {
    id: number;
    type: string;
    version: number;
    issues: { path: string; words: string; diagnostics?: string }[];
  }[];
  const get = async (who: TestPerson, id: number) => (await ask(who, 'GET', `/api/quarantine/${id}`)).body;
  const put = (who: TestPerson, id: number, version: number, content: unknown) =>
    ask(who, 'PUT', `/api/quarantine/${id}`, {
      version,
      content: typeof content === 'string' ? content : JSON.stringify(content),
    });
  const at = (i: number) => set[i]!;

  before(async () => {
    desk = await openDesk();
    const results = JSON.stringify(
      weight('m-o', 'Patient/m-p', 0, {
        effectiveDateTime: '04/03/2025',
        note: [{ text: 'séropositif' }],
        identifier: [{ system: 'urn:x', value: 'n-1' }],
        valueQuantity: { value: 0, unit: 'kg' },
      }),
    ).replace('"value":0', '"value":71.50');
    const folder = await desk.lay({
      'a.ndjson': `${lines(
        { ...patient('m-p'), gender: 'x' },
        {
          resourceType: 'Condition',
          id: 'm-c',
          meta: psy,
          subject: { reference: 'Patient/m-p' },
          code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'F32' }], text: 'Dépression sévère' },
          clinicalStatus: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'bipolaire' }],
          },
        },
      )}${results}\n${lines({ resourceType: 'Parameters', id: 'm-b', parameter: [{ name: 3, resource: { resourceType: 'MedicationStatement', status: 'active', subject: { reference: 'Patient/m-p' }, medicationCodeableConcept: { text: 'Tercian' } } }] })}{"resourceType":"Condition","code":{"text":"séropositif",,}\n${lines({ resourceType: 'Condicion', id: 'm-x', code: { text: 'séropositif' }, subject: { reference: 'Patient/m-p' } })}`,
    });
    ({ id: run } = await desk.take(folder));
    const answer = await ask(desk.owner, 'GET', `/api/quarantine?run=${run}`);
    set = answer.body.lines;
    assert.deepEqual(
      set.map((line) => line.type),
      ['Patient', 'Condition', 'Observation', 'Parameters', '', 'Condicion'],
      answer.text,
    );
  });

  test('SEC-3 who may not: an administrator sees the type, the place and the reason of a line, no clinical value; identity stays readable', async () => {
    const list = await ask(desk.owner, 'GET', `/api/quarantine?run=${run}`);
    assert.doesNotMatch(list.text, secret);
    assert.equal(at(1).issues[0]!.path, 'Condition.clinicalStatus');
    assert.ok(at(1).issues.every((issue) => issue.words !== '' && issue.diagnostics === undefined));
    for (const [i, line] of set.entries()) {
      const whole = await get(desk.owner, line.id);
      assert.doesNotMatch(JSON.stringify(whole), secret, line.type);
      assert.equal(whole.masked, i > 0, line.type);
    }
    const identity = JSON.parse((await get(desk.owner, at(0).id)).content);
    assert.deepEqual([identity.name[0].family, identity.birthDate], ['Nom-m-p', '1950-02-03']);
    const condition = JSON.parse((await get(desk.owner, at(1).id)).content);
    assert.equal(condition.subject.reference, 'Patient/m-p');
    assert.match(condition.code.text, /^⟦masqué 1\.\d+⟧$/);
    assert.match(condition.meta.security[0].code, /masqué/, 'a label says what it is about');
    const observation = JSON.parse((await get(desk.owner, at(2).id)).content);
    assert.deepEqual(
      [observation.effectiveDateTime, observation.status, observation.identifier[0].value],
      ['04/03/2025', 'final', 'n-1'],
    );
    assert.match(observation.valueQuantity.value, /masqué/);
    assert.equal((await get(desk.owner, at(4).id)).content, null, 'what cannot be read is not shown');
    const report = await ask(desk.owner, 'GET', `/api/take-overs/${run}`);
    assert.doesNotMatch(report.text, secret);
    const checked = await desk.take(
      await desk.lay({
        'b.ndjson': lines({
          resourceType: 'Condition',
          id: 'm-d',
          subject: { reference: 'Patient/m-p' },
          clinicalStatus: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'bipolaire' }],
          },
        }),
      }),
      { dry: true },
    );
    assert.doesNotMatch(JSON.stringify(checked.checked), secret, 'the dry run neither');
  });

  test('ECH-7 SEC-3 SEC-11 an administrator corrects what is not clinical; what was masked comes back as it was, to the digit', async () => {
    const { id } = at(2);
    const content = JSON.parse((await get(desk.owner, id)).content);
    const still = await put(desk.owner, id, 1, { ...content, effectiveDateTime: '2025-13-04' });
    assert.deepEqual([still.status, still.body.done, still.body.version], [200, false, 2], still.text);
    assert.doesNotMatch(still.text, secret);
    assert.match(still.body.content, /⟦masqué 2\.1⟧/, 'the masks of the new version come with it');
    assert.equal(
      (await put(desk.owner, id, 2, { ...content, effectiveDateTime: '2025-03-04' })).status,
      422,
      'old masks are of no use',
    );
    const done = await put(desk.owner, id, 2, still.body.content.replace('2025-13-04', '2025-03-04'));
    assert.deepEqual(done.body, { done: true, reference: 'Observation/m-o' }, done.text);
    const stored = await desk.read('Observation/m-o');
    assert.match(stored.text, /"value":71\.50,/);
    assert.deepEqual([stored.body.note[0].text, stored.body.effectiveDateTime], ['séropositif', '2025-03-04']);
  });

  test('SEC-3 SEC-16 who may not: no way round the masks: moved, relabelled, retyped, guessed', async () => {
    const { id, version } = at(1);
    const content = JSON.parse((await get(desk.owner, id)).content);
    const text = content.code.text;
    const tries: unknown[] = [
      { ...content, identifier: [{ value: text }] },
      { ...content, id: text },
      { ...content, recordedDate: text },
      { ...content, subject: { reference: 'Patient/m-p', identifier: { value: text } } },
      { ...content, resourceType: 'Patient', meta: undefined },
      { ...content, meta: undefined },
      { ...content, contained: [{ resourceType: 'Patient', name: [{ family: text }] }] },
      { ...content, code: { text: '⟦masqué 1.999⟧' } },
      { ...content, code: { text: '⟦masqué 7.1⟧' } },
    ];
    for (const attempt of tries) {
      const answer = await put(desk.owner, id, version, attempt);
      assert.equal(answer.status, 422, `${JSON.stringify(attempt)} ${answer.text}`);
      assert.doesNotMatch(answer.text, secret);
    }
    assert.equal((await get(desk.owner, id)).version, version, 'nothing was kept');
    // A type that is none may be put right, its content stays masked.
    const odd = at(5);
    const retyped = await put(
      desk.owner,
      odd.id,
      odd.version,
      JSON.parse((await get(desk.owner, odd.id)).content.replace('Condicion', 'Patient')),
    );
    assert.equal(retyped.status, 422, retyped.text);
    assert.doesNotMatch(JSON.stringify(await get(desk.owner, odd.id)), secret);
    // Nor by what is written blindly: it is kept, and masked again.
    const blind = await put(desk.owner, id, version, { ...content, code: { text: 'séropositif' } });
    assert.deepEqual([blind.body.done, blind.body.version], [false, version + 1], blind.text);
    assert.doesNotMatch(JSON.stringify(await get(desk.owner, id)), secret);
    for (const who of [await desk.practice.person('physician'), await desk.practice.person('medical-secretary')])
      assert.equal(
        (await ask(who, 'GET', `/api/quarantine/${id}`)).status,
        403,
        'who may not take data in sees nothing at all',
      );
  });

  test('SEC-5 every look at a quarantine is in the ledger, with whether values were masked', async () => {
    const { db } = await testHouse();
    const looks = await db.tenant(desk.practice.tenant, (sql) =>
      sql.query<{ actor: string; target: string; details: { masked?: boolean } }>(
        `select actor, target, details from audit.entry where tenant_id = $1 and action = 'read' and target like 'Quarantine%'`,
        [desk.practice.tenant],
      ),
    );
    const seen = (who: TestPerson, target: string) =>
      looks.filter((look) => look.actor.includes(who.practitioner) && look.target === target);
    assert.ok(seen(desk.owner, `Quarantine/${at(1).id}`).every((look) => look.details.masked === true));
    assert.ok(seen(desk.owner, `Quarantine/${at(0).id}`).every((look) => look.details.masked === false));
    for (const line of set) assert.ok(seen(desk.owner, `Quarantine/${line.id}`).length > 0, line.type);
    assert.ok(seen(desk.owner, 'Quarantine').length > 0, 'the list too');
  });

  test('SEC-3 any resource: nothing masked is shown, and what is sent back unchanged is the same', () => {
    const value = fc.oneof(
      fc.string({ minLength: 1 }).map((text) => `SECRET ${text}`),
      fc.integer(),
      fc.boolean(),
    );
    const node = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        value,
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'code',
            'text',
            'display',
            'value',
            'extension',
            'note',
            'status',
            'start',
            'valueString',
            'coding',
            'x',
          ),
          tie('node'),
          { maxKeys: 4 },
        ),
      ),
    })).node;
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('code', 'note', 'component', 'valueString', 'extension'), node, { maxKeys: 4 }),
        (rest) => {
          const resource = { resourceType: 'Observation', ...rest };
          const { content } = mask(resource, 'results', 1);
          assert.doesNotMatch(JSON.stringify(content), /SECRET/);
          const back = structuredClone(content);
          unmask(back, resource, 'results', 1);
          assert.deepEqual(JSON.parse(JSON.stringify(back)), JSON.parse(JSON.stringify(resource)));
        },
      ),
    );
  });
});
