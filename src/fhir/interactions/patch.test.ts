import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { jsonNames, structure } from '../definitions/index.ts';
import { FhirProblem } from '../outcome.ts';
import type { JsonResource } from '../store/store.ts';
import { fhirpathPatch } from './fhirpath-patch.ts';
import { jsonPatch } from './json-patch.ts';

// Facts of the standard: the official cases of FHIR Patch (FHIR/fhir-test-cases) on pure functions.
const folder = new URL('../../../../shared/data/fhir-patch/', import.meta.url);
const skip = existsSync(folder) ? false : 'the official cases are not on this machine';

interface Xml {
  name: string;
  attributes: Record<string, string>;
  children: Xml[];
  /** As written, for narratives. */
  inner: string;
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };
const unescaped = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_all, hex, dec, name) =>
    hex
      ? String.fromCodePoint(Number.parseInt(hex, 16))
      : dec
        ? String.fromCodePoint(Number(dec))
        : (entities[name] ?? ''),
  );

function parseXml(source: string): Xml {
  const text = source.replace(/<\?.*?\?>|<!--[\s\S]*?-->/g, '');
  const top: Xml = { name: '', attributes: {}, children: [], inner: '' };
  const open: { node: Xml; start: number }[] = [{ node: top, start: 0 }];
  for (const tag of text.matchAll(/<(\/?)([\w:-]+)((?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g)) {
    const [whole, closing, name = '', attributes = '', alone] = tag;
    if (closing) {
      const { node, start } = open.pop()!;
      node.inner = text.slice(start, tag.index);
      continue;
    }
    const node: Xml = { name, attributes: {}, children: [], inner: '' };
    for (const [, key, a, b] of attributes.matchAll(/([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
      node.attributes[key!] = unescaped(a ?? b ?? '');
    open.at(-1)!.node.children.push(node);
    if (!alone) open.push({ node, start: tag.index + whole.length });
  }
  return top.children[0]!;
}

/** FHIR XML to FHIR JSON, with the definitions' cardinalities. */
function toJson(node: Xml, type: string, path = type): unknown {
  const out: Record<string, unknown> = {};
  if (node.attributes.id) out.id = node.attributes.id;
  if (node.attributes.url) out.url = node.attributes.url;
  const elements = structure(path.split('.')[0]!)?.elements ?? [];
  for (const child of node.children) {
    const element = elements.find(
      (one) =>
        one.path.startsWith(`${path}.`) &&
        one.path.split('.').length === path.split('.').length + 1 &&
        jsonNames(one).includes(child.name),
    );
    assert.ok(element, `${path}.${child.name}`);
    const referred = element.contentReference;
    const code =
      element.types && element.types.length > 1
        ? element.types.find((one) =>
            element.path.replace('[x]', one.code[0]!.toUpperCase() + one.code.slice(1)).endsWith(`.${child.name}`),
          )!.code
        : (element.types?.[0]?.code ?? '');
    let value: unknown;
    if (child.name === 'div')
      value = `<div${Object.entries(child.attributes)
        .map(([k, v]) => ` ${k}="${v}"`)
        .join('')}>${child.inner}</div>`;
    else if (referred) value = toJson(child, referred, referred);
    else if (code === 'BackboneElement' || code === 'Element') value = toJson(child, element.path, element.path);
    else if (code === 'Resource')
      value = {
        resourceType: child.children[0]!.name,
        ...(toJson(child.children[0]!, child.children[0]!.name) as object),
      };
    else if (/^[a-z]/.test(code) && code !== 'xhtml') {
      const raw = child.attributes.value;
      const plain =
        raw === undefined
          ? undefined
          : code === 'boolean'
            ? raw === 'true'
            : ['integer', 'decimal', 'positiveInt', 'unsignedInt'].includes(code)
              ? Number(raw)
              : raw;
      if (plain !== undefined) value = plain;
      const more = toJson({ ...child, attributes: { id: child.attributes.id ?? '' } }, 'Element') as object;
      if (Object.keys(more).length > 0) out[`_${child.name}`] = more;
    } else value = toJson(child, code);
    if (value === undefined) continue;
    if (element.max === 1) out[child.name] = value;
    else out[child.name] = [...((out[child.name] as unknown[]) ?? []), value];
  }
  return out;
}

const resourceOf = (holder: Xml): JsonResource => {
  const [node] = holder.children;
  return { resourceType: node!.name, ...(toJson(node!, node!.name) as object) } as JsonResource;
};
// The cases indent the same narrative differently.
const tidy = (resource: JsonResource) => {
  const text = resource.text as { div?: string } | undefined;
  if (text?.div)
    text.div = text.div
      .replaceAll('&quot;', '"')
      .replace(/\s+/g, ' ')
      .replace(/> | </g, (edge) => edge.trim());
  return resource;
};
const part = (node: Xml, name: string): Xml | undefined => node.children.find((child) => child.name === name);

test('ECH-1 FHIRPath Patch: the official cases', { skip }, async (t) => {
  const cases = parseXml(readFileSync(new URL('fhir-patch-tests.xml', folder), 'utf8')).children;
  assert.equal(cases.length, 32);
  for (const one of cases) {
    await t.test(one.attributes.name, () => {
      const input = resourceOf(part(one, 'input')!);
      const before = structuredClone(input);
      const diff = resourceOf(part(one, 'diff')!);
      const output = part(one, 'output');
      if (output) assert.deepEqual(tidy(fhirpathPatch(input, diff)), tidy(resourceOf(output)));
      else assert.throws(() => fhirpathPatch(input, diff), FhirProblem);
      assert.deepEqual(input, before, 'the original stays as it was');
    });
  }
});

test('ECH-1 JSON Patch: the official cases', { skip }, async (t) => {
  const cases = JSON.parse(readFileSync(new URL('json-patch-tests.json', folder), 'utf8')) as {
    comment: string;
    doc: object;
    patch: unknown;
    expected?: object;
    error?: string;
  }[];
  for (const one of cases) {
    await t.test(one.comment, () => {
      if (one.error) assert.throws(() => jsonPatch(one.doc, one.patch), FhirProblem);
      else assert.deepEqual(jsonPatch(one.doc, one.patch), one.expected);
    });
  }
});

test('ECH-1 JSON Patch refuses what it cannot do, with 400 for a malformed patch and 422 for a path that is not there', () => {
  const doc = { resourceType: 'Patient', name: [{ family: 'Le Goff' }] };
  const status = (patch: unknown) => {
    try {
      jsonPatch(doc, patch);
    } catch (error) {
      return (error as FhirProblem).status;
    }
    return 200;
  };
  assert.equal(status({}), 400);
  assert.equal(status([{ op: 'add', path: 'name' }]), 400);
  assert.equal(status([{ op: 'append', path: '/name', value: 1 }]), 400);
  assert.equal(status([{ op: 'replace', path: '/name' }]), 400);
  for (const path of [
    '/name/1/family',
    '/name/x',
    '/name/-1',
    '/name/00',
    '/name/0/family/x',
    '/__proto__/polluted',
    '/constructor/prototype/polluted',
    '/name/length',
    '',
  ])
    assert.equal(status([{ op: 'replace', path, value: 1 }]), 422, path);
  for (const path of ['/__proto__', '/constructor', '/name/5', '/toString'])
    assert.equal(status([{ op: 'add', path, value: 1 }]), 422, path);
  assert.equal(status([{ op: 'test', path: '/name/0/family', value: 'Le Gall' }]), 422);
  assert.equal(status([{ op: 'move', from: '/name', path: '/name/0' }]), 422);
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  const doubling = [{ op: 'copy', from: '/name', path: '/name/-' }];
  assert.equal(status(Array.from({ length: 60 }, () => doubling[0])), 422, 'copies of copies');
});

test('ECH-1 FHIRPath Patch follows only paths that choose elements', () => {
  const doc: JsonResource = {
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'x' },
    valueQuantity: { value: 3 },
    component: [{ code: { text: 'a' } }],
  };
  const operation = (...parts: [string, object][]) => ({
    resourceType: 'Parameters',
    parameter: [{ name: 'operation', part: parts.map(([name, value]) => ({ name, ...value })) }],
  });
  const replace = (path: string, value: object) =>
    operation(['type', { valueCode: 'replace' }], ['path', { valueString: path }], ['value', value]);
  assert.deepEqual(fhirpathPatch(doc, replace('Observation.value', { valueQuantity: { value: 4 } })).valueQuantity, {
    value: 4,
  });
  assert.equal(fhirpathPatch(doc, replace('Observation.value', { valueString: 'four' })).valueString, 'four');
  assert.equal(fhirpathPatch(doc, replace('Observation.value', { valueString: 'four' })).valueQuantity, undefined);
  assert.deepEqual(
    fhirpathPatch(doc, replace("Observation.component.where(code.text = 'a').code.text", { valueString: 'b' }))
      .component,
    [{ code: { text: 'b' } }],
  );
  for (const path of [
    "'x'.repeat($this + 'y')",
    'Observation.component.aggregate(1)',
    'Observation.status & 1',
    'Observation.nothing',
    'Observation',
    'Observation.(((',
    'Observation.component.where(%resource.component.exists())',
    '('.repeat(400),
    `Observation.${'code.'.repeat(200)}text`,
    '1 + 1',
    "Observation.code.text.matches('(a+)+$')",
  ]) {
    assert.throws(
      () => fhirpathPatch(doc, replace(path, { valueString: 'x' })),
      (error: unknown) => error instanceof FhirProblem && [400, 422].includes(error.status),
      path,
    );
  }
  const add = (name: string, value: object, path = 'Observation') =>
    operation(
      ['type', { valueCode: 'add' }],
      ['path', { valueString: path }],
      ['name', { valueString: name }],
      ['value', value],
    );
  assert.deepEqual(fhirpathPatch(doc, add('note', { valueAnnotation: { text: 'n' } })).note, [{ text: 'n' }]);
  assert.deepEqual(
    fhirpathPatch(doc, add('component', { part: [{ name: 'code', valueCodeableConcept: { text: 'b' } }] })).component,
    [{ code: { text: 'a' } }, { code: { text: 'b' } }],
  );
  assert.throws(() => fhirpathPatch(doc, add('__proto__', { valueString: 'x' })), FhirProblem);
  assert.throws(() => fhirpathPatch(doc, add('nonsense', { valueString: 'x' })), FhirProblem);
});

test('ECH-1 FHIRPath Patch finds what repeats and what is a choice in unnamed elements, also in those that are described elsewhere', () => {
  const add = (resource: JsonResource, path: string, name: string, value: object) =>
    fhirpathPatch(resource, {
      resourceType: 'Parameters',
      parameter: [
        {
          name: 'operation',
          part: [
            { name: 'type', valueCode: 'add' },
            { name: 'path', valueString: path },
            { name: 'name', valueString: name },
            { name: 'value', ...value },
          ],
        },
      ],
    }) as any;
  const observation: JsonResource = { resourceType: 'Observation', component: [{ code: { text: 'a' } }] };
  assert.deepEqual(add(observation, 'Observation.component[0]', 'value', { valueQuantity: { value: 2 } }).component, [
    { code: { text: 'a' }, valueQuantity: { value: 2 } },
  ]);
  const questionnaire: JsonResource = {
    resourceType: 'Questionnaire',
    item: [{ linkId: '1', item: [{ linkId: '1.1' }] }],
  };
  const item = {
    part: [
      { name: 'linkId', valueString: '1.2' },
      { name: 'code', valueCoding: { code: 'c' } },
    ],
  };
  const made = { linkId: '1.2', code: [{ code: 'c' }] };
  assert.deepEqual(add(questionnaire, 'Questionnaire.item[0]', 'item', item).item[0].item[1], made);
  assert.deepEqual(add(questionnaire, 'Questionnaire.item.item[0]', 'item', item).item[0].item[0].item, [made]);
});

test('ECH-1 FHIRPath Patch keeps ids and extensions beside their primitives, names choices by their type, and builds unnamed elements whole', () => {
  const beside = { extension: [{ url: 'http://x', valueString: 'of C' }] };
  const patient: JsonResource = {
    resourceType: 'Patient',
    id: '1',
    name: [{ given: ['A', 'B', 'C'], _given: [null, null, beside] }],
    birthDate: '1980-01-01',
    _birthDate: { id: 'b' },
    extension: [{ url: 'http://y', valueString: 'v' }],
  };
  type Part = Record<string, unknown>;
  const done = (type: string, path: string, ...parts: Part[]) =>
    fhirpathPatch(patient, {
      resourceType: 'Parameters',
      parameter: [
        { name: 'operation', part: [{ name: 'type', valueCode: type }, { name: 'path', valueString: path }, ...parts] },
      ],
      // biome-ignore lint/suspicious/noExplicitAny: FHIR JSON of any shape, read by assertions
    }) as any;
  const given = (...step: Parameters<typeof done>) => {
    const [name] = done(...step).name;
    return [name.given, name._given];
  };
  const x = { name: 'value', valueString: 'X' };
  assert.deepEqual(
    given(
      'move',
      'Patient.name[0].given',
      { name: 'source', valueInteger: 2 },
      { name: 'destination', valueInteger: 0 },
    ),
    [
      ['C', 'A', 'B'],
      [beside, null, null],
    ],
  );
  assert.deepEqual(given('insert', 'Patient.name[0].given', { name: 'index', valueInteger: 1 }, x), [
    ['A', 'X', 'B', 'C'],
    [null, null, null, beside],
  ]);
  assert.deepEqual(given('add', 'Patient.name[0]', { name: 'name', valueString: 'given' }, x), [
    ['A', 'B', 'C', 'X'],
    [null, null, beside, null],
  ]);
  assert.deepEqual(given('delete', 'Patient.name[0].given[0]'), [
    ['B', 'C'],
    [null, beside],
  ]);
  assert.deepEqual(
    given('delete', 'Patient.name[0].given[2]'),
    [['A', 'B'], undefined],
    'nothing is left to stand beside',
  );
  assert.deepEqual(
    given('replace', 'Patient.name[0].given[2]', x),
    [['A', 'B', 'X'], undefined],
    'what was said of C is not said of X',
  );
  const born = done('replace', 'Patient.birthDate', { name: 'value', valueDate: '1981-01-01' });
  assert.deepEqual([born.birthDate, born._birthDate], ['1981-01-01', undefined]);
  assert.deepEqual(
    done('replace', "Patient.extension.where(url = 'http://y').value", { name: 'value', valueCode: 'c' }).extension,
    [{ url: 'http://y', valueCode: 'c' }],
  );
  const contact = {
    name: 'value',
    part: [
      { name: 'telecom', valueContactPoint: { value: '1' } },
      { name: 'telecom', valueContactPoint: { value: '2' } },
      { name: 'gender', valueCode: 'male' },
    ],
  };
  assert.deepEqual(done('add', 'Patient', { name: 'name', valueString: 'contact' }, contact).contact, [
    { telecom: [{ value: '1' }, { value: '2' }], gender: 'male' },
  ]);
  const one = { name: 'value', part: [{ name: 'relationship', valueCodeableConcept: { text: 'mère' } }] };
  assert.deepEqual(
    done('add', 'Patient', { name: 'name', valueString: 'contact' }, one).contact,
    [{ relationship: [{ text: 'mère' }] }],
    'a list even of one',
  );
  assert.throws(() => done('delete', 'Patient'), /use DELETE/);
  const extension = {
    name: 'value',
    part: [
      { name: 'url', valueUri: 'http://z' },
      { name: 'value', valueDecimal: 1 },
    ],
  };
  const named = { name: 'name', valueString: 'extension' };
  const z = { url: 'http://z', valueDecimal: 1 };
  assert.deepEqual(done('add', 'Patient', named, extension).extension[1], z, 'a data type from its parts');
  assert.deepEqual(
    done('add', 'Patient.birthDate', named, extension)._birthDate,
    { id: 'b', extension: [z] },
    'an extension of a primitive',
  );
  assert.deepEqual(done('add', 'Patient.name[0].given[1]', named, extension).name[0]._given, [
    null,
    { extension: [z] },
    beside,
  ]);
  assert.deepEqual(
    done('replace', "Patient.name.given.extension.where(url = 'http://x').value", { name: 'value', valueCode: 'c' })
      .name[0]._given[2].extension,
    [{ url: 'http://x', valueCode: 'c' }],
  );
  assert.deepEqual(
    given('delete', 'Patient.name[0].given[2].extension[0]'),
    [['A', 'B', 'C'], undefined],
    'the primitive stays',
  );
  assert.throws(
    () => done('add', 'Patient.birthDate', { name: 'name', valueString: 'value' }, x),
    /but id and extension/,
  );
});
