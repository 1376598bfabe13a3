import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { exactText, parseExact } from '../decimals.ts';
import { type Answered, fhirServer, patientNamed, weight } from './fhir-server-for-tests.ts';

describe('numbers come back as they were written', () => {
  let ask: Awaited<ReturnType<typeof fhirServer>>['ask'];
  let patient = '';
  before(async () => {
    ({ ask } = await fhirServer());
    patient = `Patient/${(await ask('POST', '/Patient', patientNamed('Décimale'))).json.id}`;
  });

  /** JSON text of a weight whose value is written so. */
  const written = (value: string, more: object = {}): string =>
    JSON.stringify(weight(patient, 0, more)).replace('"value":0', `"value":${value}`);
  const created = async (value: string, more: object = {}): Promise<string> => {
    const answer = await ask('POST', '/Observation', written(value, more));
    assert.equal(answer.status, 201, answer.text);
    return answer.json.id;
  };
  const values = (answer: Answered): string[] =>
    [...answer.text.matchAll(/"(?:value|factorOverride|valueDecimal)":\s?(-?\d[^,}\s]*)/g)].map((match) => match[1]!);
  const get = async (path: string, headers: Record<string, string> = {}) =>
    values(await ask('GET', path, undefined, headers));

  test('ECH-1 a decimal keeps its zeros, exponent and digits: create, read, vread, search, history, $everything, _summary, _elements, _pretty', async () => {
    for (const value of [
      '1.00',
      '70.50',
      '-0.0',
      '1.0e2',
      '1E-10',
      '0.0000001',
      '3.14159265358979323846',
      '120',
      '70.5',
      '100',
    ]) {
      const answer = await ask('POST', '/Observation', written(value));
      assert.equal(answer.status, 201, answer.text);
      assert.deepEqual(values(answer), [value]);
      const path = `/Observation/${answer.json.id}`;
      for (const from of [
        path,
        `${path}/_history/1`,
        `${path}/_history`,
        `/Observation?_id=${answer.json.id}`,
        `${path}?_pretty=true`,
        `${path}?_summary=data`,
        `${path}?_elements=value`,
      ])
        assert.deepEqual(await get(from), [value], from);
    }
    assert.ok((await get(`/${patient}/$everything`)).includes('3.14159265358979323846'));
    // Beside the decimal a first-level one, one in a list, one in an extension, and words that look like one.
    const charge = `{"resourceType":"ChargeItem","status":"billable","subject":{"reference":"${patient}"},"code":{"text":"note: 1.00 , \\"2.50"},"factorOverride":0.80,"extension":[{"url":"urn:x","valueDecimal":5.10}],"priceOverride":{"value":23.00,"currency":"EUR"}}`;
    const answer = await ask('POST', '/ChargeItem', charge);
    assert.equal(answer.status, 201, answer.text);
    assert.deepEqual(values(answer), ['0.80', '5.10', '23.00']);
    assert.equal(answer.json.code.text, 'note: 1.00 , "2.50');
    assert.deepEqual(await get(`/ChargeItem/${answer.json.id}`), ['0.80', '5.10', '23.00']);
  });

  test('ECH-1 update and conditional update keep how a decimal is written; a new version may write it otherwise', async () => {
    const identifier = [{ system: 'urn:test', value: 'dec' }];
    const id = await created('1.50', { identifier });
    assert.deepEqual(values(await ask('PUT', `/Observation/${id}`, written('1.500', { id, identifier }))), ['1.500']);
    assert.deepEqual(
      values(await ask('PUT', '/Observation?identifier=urn:test|dec', written('1.5000', { identifier }))),
      ['1.5000'],
    );
    assert.deepEqual(await get(`/Observation/${id}/_history`), ['1.5000', '1.500', '1.50']);
  });

  test('ECH-1 a patch leaves the other decimals as they were, and writes its own as it brings them', async () => {
    const id = await created('1.50', {
      referenceRange: [{ text: 'a' }, { text: 'b' }],
      component: [{ code: { text: 'c' } }],
    });
    const json = (steps: string) =>
      ask('PATCH', `/Observation/${id}`, steps, { 'content-type': 'application/json-patch+json' });
    assert.deepEqual(values(await json('[{"op":"replace","path":"/status","value":"amended"}]')), ['1.50']);
    assert.deepEqual(
      values(
        await json(
          '[{"op":"test","path":"/valueQuantity/value","value":1.5},{"op":"add","path":"/referenceRange/0","value":{"low":{"value":2.0}}}]',
        ),
      ),
      ['1.50', '2.0'],
    );
    assert.deepEqual(
      values(
        await json(
          '[{"op":"add","path":"/component/0/valueQuantity","value":{"value":3}},{"op":"copy","from":"/valueQuantity/value","path":"/component/0/valueQuantity/value"}]',
        ),
      ),
      ['1.50', '2.0', '1.50'],
    );
    assert.deepEqual(
      values(
        await json(
          '[{"op":"move","from":"/referenceRange/0","path":"/referenceRange/-"},{"op":"replace","path":"/valueQuantity/value","value":1.5}]',
        ),
      ),
      ['1.5', '2.0', '1.50'],
    );
    const fhirpath = (path: string, value: string) =>
      ask(
        'PATCH',
        `/Observation/${id}`,
        `{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"replace"},{"name":"path","valueString":"${path}"},{"name":"value",${value}}]}]}`,
      );
    assert.deepEqual(values(await fhirpath('Observation.value.value', '"valueDecimal":4.00')), ['4.00', '2.0', '1.50']);
    assert.deepEqual(values(await fhirpath('Observation.component[0].value', '"valueQuantity":{"value":6.10}')), [
      '4.00',
      '2.0',
      '6.10',
    ]);
    assert.deepEqual(await get(`/Observation/${id}`), ['4.00', '2.0', '6.10']);
  });

  test('ECH-1 batch, transaction and a stored bundle keep decimals', async () => {
    const entry = (value: string) => `{"resource":${written(value)},"request":{"method":"POST","url":"Observation"}}`;
    for (const type of ['batch', 'transaction']) {
      const answer = await ask(
        'POST',
        '/',
        `{"resourceType":"Bundle","type":"${type}","entry":[${entry('1.00')},${entry('7')},${entry('2.50')}]}`,
        { prefer: 'return=representation' },
      );
      assert.equal(answer.status, 200, answer.text);
      assert.deepEqual(values(answer), ['1.00', '7', '2.50']);
      const [location] = answer.json.entry.map((one: { response: { location: string } }) => one.response.location);
      assert.deepEqual(await get(`/${location.split('/_history')[0]}`), ['1.00']);
    }
    const kept = await ask(
      'POST',
      '/Bundle',
      `{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:uuid:5d6a5a35-3b5e-4c55-8a4a-0d6f8a3e7f00","resource":${written('9.90')}}]}`,
    );
    assert.equal(kept.status, 201, kept.text);
    assert.deepEqual(await get(`/Bundle/${kept.json.id}`), ['9.90']);
  });

  test('ECH-1 SEC-16 validation and search see numbers; a whole number written with a point is a 422; broken numbers are a 400 with their place', async () => {
    await created('88.10', { status: 'final' });
    for (const query of ['value-quantity=88.1', 'value-quantity=gt88', 'value-quantity=88.10||kg'])
      assert.ok((await get(`/Observation?${query}`)).includes('88.10'), query);
    const whole = await ask('POST', '/Patient', '{"resourceType":"Patient","multipleBirthInteger":2.0}');
    assert.equal(whole.status, 422, whole.text);
    assert.match(whole.json.issue[0].diagnostics, /whole number/);
    assert.deepEqual(whole.json.issue[0].expression, ['Patient.multipleBirthInteger']);
    for (const value of ['01.50', '1.', '.50', '1.50.0', '+1.50', '1.5e', '1.00"', '1.50 1.50'])
      assert.equal((await ask('POST', '/Observation', written(value))).status, 400, value);
    assert.equal((await ask('POST', '/Observation', written('1.0e999'))).status, 400);
  });

  test('ECH-1 SEC-3 who may not: a client of reading, one of another practice, nobody; nothing changes', async () => {
    const id = await created('5.50');
    assert.equal(
      (await ask('PUT', `/Observation/${id}`, written('5.5', { id }), { authorization: 'reader' })).status,
      403,
    );
    assert.equal((await ask('GET', `/Observation/${id}`, undefined, { authorization: 'other' })).status, 404);
    assert.equal((await ask('GET', `/Observation/${id}`, undefined, { authorization: 'none' })).status, 401);
    assert.deepEqual(await get(`/Observation/${id}`, { authorization: 'reader' }), ['5.50']);
    assert.deepEqual(await get(`/Observation/${id}/_history`), ['5.50']);
  });

  test('ECH-1 any JSON: parsed the same as by JSON.parse, written again with the same numbers', () => {
    const decimal = fc
      .tuple(
        fc.boolean(),
        fc.nat(),
        fc.option(fc.stringMatching(/^\d{1,20}$/)),
        fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e+', 'e-'), fc.nat(20))),
      )
      .map(
        ([minus, int, part, power]) =>
          `${minus ? '-' : ''}${int}${part === null ? '' : `.${part}`}${power === null ? '' : power.join('')}`,
      );
    const text = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'json' },
        decimal,
        fc
          .oneof(
            fc.string(),
            decimal.map((d) => `a: ${d}, \\`),
          )
          .map((s) => JSON.stringify(s)),
        fc.array(tie('node'), { maxLength: 4, depthIdentifier: 'json' }).map((all) => `[${all}]`),
        fc
          .dictionary(fc.stringMatching(/^[a-zé]{1,4}$/), tie('node'), { maxKeys: 4, depthIdentifier: 'json' })
          .map((all) => `{${Object.entries(all).map(([k, v]) => `${JSON.stringify(k)}:${v}`)}}`),
      ),
    })).node;
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (all) => {
        const whole = `{"a":[${all}]}`;
        const value = parseExact(whole) as object;
        assert.equal(JSON.stringify(value), JSON.stringify(JSON.parse(whole)));
        assert.equal(exactText(value), whole);
      }),
      { numRuns: 500 },
    );
  });
});
