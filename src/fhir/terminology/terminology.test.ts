import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { loadPackage, packageOf, termUrls } from '../definitions/index.ts';
import { createTerminology } from './index.ts';
import { wordsOf } from './words.ts';

const terminology = createTerminology();
const professions = 'https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante';
const observationCategory = 'http://terminology.hl7.org/CodeSystem/observation-category';
const codes = (url: string, filter?: string) =>
  terminology.expand({ url, ...(filter !== undefined && { filter }) })?.expansion.contains.map((c) => c.code);

test('ECH-1 a code is in a value set or not, and its label is told', () => {
  const url = 'http://hl7.org/fhir/ValueSet/administrative-gender';
  const system = 'http://hl7.org/fhir/administrative-gender';
  assert.deepEqual(terminology.validateCode({ url, system, code: 'female' }), { result: true, display: 'Female' });
  assert.equal(terminology.validateCode({ url: `${url}|4.0.1`, system, code: 'female' }).result, true);
  const wrong = terminology.validateCode({ url, system, code: 'femme' });
  assert.equal(wrong.result, false);
  assert.match(wrong.message ?? '', /“femme” of .* is not in the value set/);
  assert.equal(terminology.validateCode({ url, system: observationCategory, code: 'female' }).result, false);
  assert.match(
    terminology.validateCode({ url, system, code: 'male', display: 'Female' }).message ?? '',
    /its display is “Male”/,
  );
  assert.equal(terminology.validateCode({ url, system, code: 'male', display: 'MALE' }).message, undefined);
  assert.equal(terminology.validateCode({ url: 'http://example.org/none', code: 'x' }).result, false);
});

test('ECH-1 what is not loaded cannot be refused', () => {
  const answer = terminology.validateCode({ system: 'http://snomed.info/sct', code: '123' });
  assert.equal(answer.result, true);
  assert.match(answer.message ?? '', /not loaded/);
  assert.equal(
    terminology.member('http://hl7.org/fhir/ValueSet/condition-code', 'http://snomed.info/sct', '38341003'),
    undefined,
  );
  assert.equal(terminology.member('http://example.org/none', 'urn:s', 'x'), undefined);
});

test('ECH-1 systems defined by a grammar: media types, languages', () => {
  const media = 'http://hl7.org/fhir/ValueSet/mimetypes';
  assert.equal(terminology.member(media, 'urn:ietf:bcp:13', 'application/fhir+json'), true);
  assert.equal(terminology.member(media, undefined, 'json'), false);
});

test('ECH-1 the national nomenclatures are there with French labels', () => {
  assert.equal(terminology.lookup(professions, '10')?.concept.display, 'Médecin');
  assert.equal(terminology.lookup('urn:oid:1.2.250.1.71.1.2.7', '60')?.concept.display, 'Infirmier');
  assert.equal(terminology.lookup(professions, '9999'), undefined);
  assert.equal(terminology.inSystem(professions, '9999'), false);
  assert.equal(terminology.validateCode({ system: professions, code: '10', display: 'medecin' }).message, undefined);
  const folder = fileURLToPath(new URL('fr/', import.meta.url));
  const sizes = readdirSync(folder).map((name) => statSync(folder + name).size);
  assert.ok(sizes.reduce((a, b) => a + b, 0) < 300_000);
  assert.ok(terminology.urls('ValueSet').length >= 20);
  for (const url of terminology.urls('ValueSet')) assert.notEqual(codes(url)?.length, 0, url);
});

test('ECH-1 an expansion is filtered by the beginnings of words, whatever accents and case', () => {
  const url = `${professions}?vs`;
  assert.deepEqual(codes(url, 'medec'), ['10']);
  assert.deepEqual(codes(url, 'MÉDEC'), ['10']);
  assert.deepEqual(codes(url, 'femme sage'), ['50']);
  assert.deepEqual(codes(url, 'edecin'), []);
  assert.deepEqual(codes(url, '%'), codes(url));
  const page = terminology.expand({ url, offset: 2, count: 3 });
  assert.deepEqual(
    page?.expansion.contains.map((c) => c.code),
    codes(url)?.slice(2, 5),
  );
  assert.equal(page?.expansion.total, codes(url)?.length);
  assert.equal(terminology.expand({ url: 'http://example.org/none' }), undefined);
  assert.equal(terminology.expand({ url, count: -1, offset: -5 })?.expansion.contains.length, 0);
});

test('ECH-1 the filter of an expansion keeps what it says, for any text', () => {
  const url = `${professions}?vs`;
  const all = terminology.expand({ url })?.expansion.contains ?? [];
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom(...all.map((c) => c.display ?? ''))), (filter) => {
      const found = terminology.expand({ url, filter })?.expansion.contains ?? [];
      for (const { code, display } of found) {
        const words = wordsOf(`${code} ${display}`);
        assert.ok(wordsOf(filter).every((typed) => words.some((word) => word.startsWith(typed))));
      }
      const exact = all.find((c) => c.display === filter);
      if (exact) assert.ok(found.some((c) => c.code === exact.code));
    }),
  );
});

const system = {
  resourceType: 'CodeSystem',
  url: 'urn:s',
  content: 'complete',
  concept: [
    { code: 'a', display: 'Alpha', concept: [{ code: 'a1', concept: [{ code: 'a11' }] }, { code: 'a2' }] },
    { code: 'b', display: 'Bêta', property: [{ code: 'kind', valueCode: 'x' }] },
    {
      code: 'c',
      property: [
        { code: 'parent', valueCode: 'b' },
        { code: 'kind', valueCode: 'y' },
      ],
    },
  ],
};
const set = (name: string, include: object[], more: object = {}) => ({
  resourceType: 'ValueSet',
  url: `urn:${name}`,
  compose: { include, ...more },
});
const filter = (property: string, op: string, value: string) => ({
  system: 'urn:s',
  filter: [{ property, op, value }],
});
const made = createTerminology(
  packageOf([
    system,
    set('all', [{ system: 'urn:s' }]),
    set('isa', [filter('concept', 'is-a', 'a')]),
    set('below', [filter('concept', 'descendent-of', 'a')]),
    set('not', [filter('concept', 'is-not-a', 'a')]),
    set('regex', [filter('code', 'regex', 'a[0-9]')]),
    set('kind', [filter('kind', '=', 'x')]),
    set('in', [filter('kind', 'in', 'x,y')]),
    set('parent', [filter('parent', '=', 'b')]),
    set('list', [{ system: 'urn:s', concept: [{ code: 'a' }, { code: 'c', display: 'Gamma' }] }]),
    set('import', [{ valueSet: ['urn:list'] }, { system: 'urn:s', concept: [{ code: 'b' }] }]),
    set('meet', [{ system: 'urn:s', valueSet: ['urn:list', 'urn:isa'] }]),
    set('exclude', [{ system: 'urn:s' }], { exclude: [filter('concept', 'is-a', 'a')] }),
    set('loop', [{ valueSet: ['urn:loop'] }]),
    set('lost', [{ valueSet: ['urn:nowhere'] }, { system: 'urn:s', concept: [{ code: 'b' }] }]),
    set('odd', [filter('concept', 'child-of', 'a')]),
    set('badregex', [filter('code', 'regex', '(')]),
    {
      ...set('ready', [filter('concept', 'child-of', 'a')]),
      expansion: { contains: [{ system: 'urn:s', code: 'a1' }] },
    },
    {
      ...set('partial', [{ system: 'urn:other' }]),
      expansion: { total: 9, contains: [{ system: 'urn:other', code: 'z' }] },
    },
  ]),
);
const held = (name: string) =>
  made
    .expand({ url: `urn:${name}` })
    ?.expansion.contains.map((c) => c.code)
    .join(' ');

test('ECH-1 value sets are resolved from lists, systems, filters, imports, exclusions and expansions', () => {
  assert.equal(held('all'), 'a a1 a11 a2 b c');
  assert.equal(held('isa'), 'a a1 a11 a2');
  assert.equal(held('below'), 'a1 a11 a2');
  assert.equal(held('not'), 'b c');
  assert.equal(held('regex'), 'a1 a2');
  assert.equal(held('kind'), 'b');
  assert.equal(held('in'), 'b c');
  assert.equal(held('parent'), 'c');
  assert.equal(held('import'), 'a c b');
  assert.equal(held('meet'), 'a');
  assert.equal(held('exclude'), 'b c');
  assert.equal(held('ready'), 'a1');
  assert.equal(made.validateCode({ url: 'urn:list', system: 'urn:s', code: 'c' }).display, 'Gamma');
  assert.equal(made.validateCode({ url: 'urn:list', system: 'urn:s', code: 'b' }).result, false);
});

test('ECH-1 an expansion tells what is retired or only a heading, leaves the retired out when asked, and gives the other wordings when asked', () => {
  const source = packageOf([
    {
      resourceType: 'CodeSystem',
      url: 'urn:t',
      content: 'complete',
      concept: [
        { code: 'head', display: 'Titre', property: [{ code: 'notSelectable', valueBoolean: true }] },
        { code: 'old', display: 'Ancien', property: [{ code: 'status', valueCode: 'retired' }] },
        { code: 'off', display: 'Fermé', property: [{ code: 'inactive', valueBoolean: true }] },
        { code: 'new', display: 'Neuf', designation: [{ value: 'Nouveau' }] },
      ],
    },
    { resourceType: 'ValueSet', url: 'urn:vt', version: '2', compose: { include: [{ system: 'urn:t' }] } },
  ]);
  const terms = createTerminology(source);
  const plain = terms.expand({ url: 'urn:vt' })?.expansion;
  assert.deepEqual(plain?.contains, [
    { system: 'urn:t', code: 'head', display: 'Titre', abstract: true },
    { system: 'urn:t', code: 'old', display: 'Ancien', inactive: true },
    { system: 'urn:t', code: 'off', display: 'Fermé', inactive: true },
    { system: 'urn:t', code: 'new', display: 'Neuf' },
  ]);
  const active = terms.expand({ url: 'urn:vt', activeOnly: true, designations: true })?.expansion;
  assert.deepEqual(
    [active?.total, active?.contains.map((c) => c.code).join(' '), active?.contains[1]?.designation],
    [2, 'head new', [{ value: 'Nouveau' }]],
  );
  assert.deepEqual(
    [terms.loaded('ValueSet', 'urn:vt|1')?.version, terms.loaded('CodeSystem', 'urn:none')],
    ['2', undefined],
  );
});

test('ECH-1 a value set that cannot be resolved whole refuses nothing that it may hold', () => {
  for (const name of ['loop', 'lost', 'odd', 'badregex', 'partial'])
    assert.equal(
      made.member(`urn:${name}`, 'urn:other', 'z'),
      name === 'odd' || name === 'badregex' ? false : undefined,
      name,
    );
  assert.equal(made.member('urn:odd', 'urn:s', 'a1'), undefined);
  assert.equal(made.member('urn:lost', 'urn:s', 'b'), true);
});

test('ECH-1 every value set of R4 can be resolved, and none of its own codes is refused', () => {
  for (const url of termUrls('ValueSet')) {
    const expanded = terminology.expand({ url });
    assert.ok(expanded, url);
    for (const { system: of, code } of expanded.expansion.contains.slice(0, 50)) {
      assert.equal(terminology.member(url, of, code), true, `${url} ${of} ${code}`);
    }
  }
});

const combined = fileURLToPath(
  new URL('../../../../shared/data/fr-ig-packages/frcore-2.2.0-combined.tgz', import.meta.url),
);
const skip = existsSync(combined) ? false : 'the French packages are not in ../shared/data/fr-ig-packages';

test('ECH-1 the French value sets shipped here agree with FR Core', { skip }, () => {
  const packaged = createTerminology(loadPackage(combined));
  const shipped = terminology.urls('ValueSet').filter((url) => url.includes('hl7.fr'));
  assert.ok(shipped.length >= 10);
  for (const url of shipped) {
    const own = codes(url)?.sort();
    const theirs = packaged
      .expand({ url })
      ?.expansion.contains.map((c) => c.code)
      .sort();
    assert.deepEqual(own, theirs, url);
  }
});
