import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { type Answer, anyone, newPractice, newRegion, type Send } from './app.ts';

interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
  $defs?: Record<string, Schema>;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  maxLength?: number;
}
interface Operation {
  'x-may': string;
  parameters?: { name: string; in: 'path' | 'query'; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
interface Op extends Operation {
  method: string;
  path: string;
}

const document = JSON.parse(readFileSync(new URL('../docs/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};
/** Streams never end, and what ends sessions or changes who may what would turn the rest into refusals of the guard. */
const apart =
  /\/(live|events)$|^\/api\/(sign-out|sign-in|lock|unlock|password|setup|second-factor|passkeys|rights|invitation)|^\/api\/people\/\{id\}/;
const ops: Op[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  apart.test(path)
    ? []
    : Object.entries(methods).map(([method, operation]): Op => ({ ...operation, method: method.toUpperCase(), path })),
);

/** Nothing that a form would send. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    '   ',
    'a\0b',
    '\ud800x',
    '\u0001\u001f',
    '\u202egnp.exe',
    '😀👩‍⚕️',
    'x'.repeat(6_000),
    "'; drop table x;--",
    '../../../etc/passwd',
    '<script>alert(1)</script>',
    'javascript:alert(1)',
    '__proto__',
    'NaN',
    '1e999',
    '%00',
    '0000-01-01',
    '9999-12-31',
    '-0044-03-15',
    '10000-01-01',
    '2023-02-30',
    '31/02/2026',
    '01/01/0000',
    '2026-02-30T25:61:00',
    '2026-01-01T00:00:00+99:99',
    '9999-12-31T23:59:59.999Z',
    '0001-01-01T00:00:00+14:00',
    '24:00',
    '١٢٣',
    '99999999999999999999',
    '+9999999999s',
    0,
    -1,
    1.5,
    1e308,
    -1e308,
    9_007_199_254_740_992,
    2_147_483_648,
    -2_147_483_649,
    1e-320,
    true,
    false,
    [],
    {},
    [[]],
    [null],
    [[[[[[]]]]]],
    ['x'],
    { a: 1 },
    Array(2_000).fill('x'),
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constant({ toString: 1, constructor: { prototype: { polluted: 1 } } }),
);

/** Ids and words that answers have held: what is asked for is often there. */
const known = new Map<string, string[]>();
const remember = (name: string, value: unknown): void => {
  if ((typeof value !== 'string' && typeof value !== 'number') || String(value).length > 80) return;
  const held = known.get(name) ?? [];
  if (held.length < 40 && !held.includes(String(value))) known.set(name, [...held, String(value)]);
};
function learn(path: string, value: unknown, depth = 0): void {
  if (depth > 7 || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const one of value.slice(0, 20)) learn(path, one, depth + 1);
  else
    for (const [name, one] of Object.entries(value)) {
      if (name === 'id') remember(path, one);
      remember(name, one);
      learn(path, one, depth + 1);
    }
}
const oneOf = (names: string[], at: number): string | undefined => {
  for (const name of names) {
    const held = known.get(name);
    if (held?.length) return held[at % held.length];
  }
  return undefined;
};

/** A value that the schema takes, but for one node in a dozen. Names and numbers are drawn when it is sent, from what is known by then. */
function valued(schema: Schema, defs: Record<string, Schema>, name: string, depth: number): fc.Arbitrary<unknown> {
  const right = (): fc.Arbitrary<unknown> => {
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const also = schema.$ref
      ? [defs[schema.$ref.split('/').pop()!] ?? {}]
      : (schema.anyOf ?? schema.oneOf ?? schema.allOf);
    if (also) return depth > 8 ? fc.constant(null) : fc.oneof(...also.map((one) => valued(one, defs, name, depth + 1)));
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    if (type === 'object') {
      const properties = Object.entries(schema.properties ?? {}).map(([key, one]): [string, fc.Arbitrary<unknown>] => [
        key,
        valued(one, defs, key, depth + 1),
      ]);
      return fc.record(Object.fromEntries(properties), { requiredKeys: schema.required ?? [] });
    }
    if (type === 'array')
      return depth > 8
        ? fc.constant([])
        : fc.array(valued(schema.items ?? {}, defs, name, depth + 1), {
            minLength: Math.min(3, schema.minItems ?? 0),
            maxLength: Math.max(3, schema.minItems ?? 0),
          });
    if (type === 'boolean') return fc.boolean();
    if (type === 'null') return fc.constant(null);
    if (type === 'integer' || type === 'number') {
      const min = Math.max(0, schema.minimum ?? 0, (schema.exclusiveMinimum ?? -1) + 1);
      return fc.integer({ min, max: Math.max(min, Math.min(schema.maximum ?? 9, min + 9)) });
    }
    const usual =
      /\\d\{4\}-/.test(schema.pattern ?? '') || /(date|day|from|until|due|start|end|^at$)/i.test(name)
        ? '2026-01-05'
        : /@/.test(schema.pattern ?? '')
          ? 'a@b.fr'
          : 'Texte';
    return fc.nat(50).map((at) => (oneOf([name], at) ?? usual).slice(0, schema.maxLength ?? 80));
  };
  return fc.oneof({ weight: 11, arbitrary: right() }, { weight: 1, arbitrary: odd });
}

const forms = [
  '',
  '--x',
  '--x\r\n\r\n',
  '--x--\r\n',
  '--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n--x--\r\n',
  '--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--x--\r\n',
  '--x\r\nContent-Disposition: form-data; name="file"; filename="../../\u202efdp.exe"\r\n\r\n%PDF-1.4',
  '--x\r\nContent-Disposition: form-data; name="file"; filename="a.svg"\r\n\r\n<svg onload="alert(1)"/>\r\n--x--\r\n',
];
const broken: [Record<string, string>, string | Buffer][] = [
  [{ 'content-type': 'application/json' }, '{"a":'],
  [{ 'content-type': 'application/json' }, '['.repeat(100_000)],
  [{ 'content-type': 'application/json' }, '{"a":'.repeat(100_000)],
  [{ 'content-type': 'application/json' }, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  [{ 'content-type': 'application/json', 'content-encoding': 'gzip' }, Buffer.from([0x1f, 0x8b, 8, 0, 0])],
  [{ 'content-type': 'application/json' }, '{"__proto__":{"polluted":1}}'],
  [{ 'content-type': 'application/json' }, 'NaN'],
  [{ 'content-type': 'application/xml' }, '<a/>'],
  [{ 'content-type': ';' }, '{}'],
  ...forms.map((form): [Record<string, string>, string] => [
    { 'content-type': 'multipart/form-data; boundary=x' },
    form,
  ]),
];

interface Sent {
  op: Op;
  who: number;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}
const address = (text: string): string => encodeURIComponent(text.toWellFormed()) || 'x';
function request(op: Op): fc.Arbitrary<Sent> {
  const schema = op.requestBody?.content['application/json']?.schema;
  const usual = schema
    ? valued(schema, schema.$defs ?? {}, '', 0).map((value): [Record<string, string>, unknown] => [
        { 'content-type': 'application/json' },
        JSON.stringify(value) ?? 'null',
      ])
    : fc.constant<[Record<string, string>, unknown]>([{}, undefined]);
  const query = (op.parameters ?? []).filter((one) => one.in === 'query');
  return fc
    .record({
      who: fc.nat(100),
      picks: fc.array(fc.nat(50), { minLength: 6, maxLength: 6 }),
      strange: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: odd }),
      query: fc.tuple(
        ...query.map((one) =>
          fc.option(valued(one.schema, {}, one.name, 0).map((value): [string, unknown] => [one.name, value])),
        ),
      ),
      twice: fc.nat(9),
      sent:
        op.method === 'GET'
          ? fc.constant<[Record<string, string>, unknown]>([{}, undefined])
          : fc.oneof(
              { weight: schema ? 12 : 2, arbitrary: usual },
              { weight: 1, arbitrary: fc.constantFrom(...broken) },
            ),
    })
    .map(({ who, picks, strange, query: given, twice, sent: [headers, body] }) => {
      let n = 0;
      const path = op.path.replace(/\{(\w+)\}/g, (_, name: string, at: number) => {
        const pick = picks[n++ % 6]!;
        return strange !== undefined && n === 1
          ? address(String(typeof strange === 'object' ? JSON.stringify(strange) : strange).slice(0, 400))
          : address(oneOf([op.path.slice(0, at - 1), name, 'id'], pick) ?? 'rien');
      });
      const pairs = given
        .filter((one) => one !== null)
        .map(([name, value]): [string, string] => [
          name,
          (typeof value === 'object' ? JSON.stringify(value) : String(value)).toWellFormed().slice(0, 6_000),
        ]);
      if (twice === 0 && pairs[0]) pairs.push([pairs[0][0], '2'], ['__proto__[x]', '1']);
      return { op, who, path: pairs.length > 0 ? `${path}?${new URLSearchParams(pairs)}` : path, body, headers };
    });
}

const inside =
  /node:internal|\.ts:\d+|\bselect\b.+\bfrom\b|insert into|syntax error at|violates|duplicate key|TypeError|is not a function|Cannot read|ZodError|Unexpected token|at position \d/;
function judge({ op, path, body }: Sent, { status, headers, text, body: problem }: Answer): void {
  const about = `${op.method} ${path.slice(0, 200)} ${String(body).slice(0, 300)} → ${status} ${text.slice(0, 300)}`;
  assert.ok(status < 500, about);
  if (status < 400) return;
  assert.match(headers['content-type'] ?? '', /^application\/problem\+json/, about);
  assert.deepEqual(
    [problem.status, typeof problem.title, problem.detail?.length > 15],
    [status, 'string', true],
    about,
  );
  assert.doesNotMatch(text, inside, about);
}

let people: Send[];
before(async () => {
  const practice = await newPractice();
  const region = await newRegion();
  const [physician, nurse, secretary, coordinator, administrator, officer] = [
    await practice.person('physician'),
    await practice.person('nurse'),
    await practice.person('medical-secretary'),
    await practice.person('coordinator', { roles: ['coordinator'] }),
    await practice.person('administrator', { roles: ['owner'] }),
    await region.person('ars-officer'),
  ];
  const patient = {
    birthFamily: 'KERSCANEL',
    birthGivens: 'Yvonne',
    birthDate: '1948-03-12',
    sex: 'female',
    evenIfSimilar: true,
  };
  const made = await nurse.send('POST', '/api/patients', patient);
  assert.equal(made.status, 200, made.text);
  learn('/api/patients', { ...made.body, patient: made.body.id ?? made.body.patient });
  people = [physician.send, nurse.send, secretary.send, coordinator.send, administrator.send, officer.send];
  for (const { method, path } of ops)
    if (method === 'GET' && !path.includes('{'))
      for (const send of [people[0]!, people[5]!]) {
        const answer = await send('GET', path);
        if (answer.status === 200) learn(path, answer.body);
      }
});

test('SEC-16 whatever is sent to any operation, by anyone: an answer at once, never a 5xx nor words of the inside; a refusal says what to do', async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ops).chain(request), async (sent) => {
      const { op, who, path, body, headers } = sent;
      const nobody = who % 16 === 15;
      const began = performance.now();
      const answer = await (nobody ? anyone : people[who % people.length]!)(op.method, path, body, headers);
      const took = performance.now() - began;
      assert.ok(took < 10_000, `${op.method} ${path.slice(0, 200)} took ${Math.round(took)} ms`);
      judge(sent, answer);
      if (nobody && op['x-may'] !== 'public')
        assert.ok(answer.status >= 400, `${op.method} ${path} without a session: ${answer.status}`);
      if (answer.status === 200) {
        answered += 1;
        learn(op.path, answer.body);
      }
    }),
    // The same requests each time; FUZZ_SEED and FUZZ_RUNS look further.
    { numRuns: Number(process.env.FUZZ_RUNS ?? 1_200), seed: Number(process.env.FUZZ_SEED ?? 17), endOnFailure: true },
  );
  assert.ok(answered > 30, `only ${answered} were answered: nothing was tried`);
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
});
