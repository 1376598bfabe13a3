import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import {
  isResourceType,
  loadPackage,
  mandatoryElements,
  packageOf,
  packagesOf,
  resourceTypes,
  structure,
  summaryElements,
} from './index.ts';
import { readTar } from './package.ts';

test('ECH-1 the 146 resource types of R4 that can be stored are known', () => {
  assert.equal(resourceTypes().length, 146);
  for (const type of resourceTypes()) {
    assert.equal(structure(type)?.type, type);
    assert.ok(summaryElements(type).includes('id') && isResourceType(type), type);
  }
  for (const type of ['Resource', 'DomainResource', 'HumanName', 'constructor', '__proto__', 'datatypes', ''])
    assert.equal(isResourceType(type), false);
  for (const name of ['nothing', 'datatypes', '__proto__', 'http://example.org/x|1'])
    assert.equal(structure(name), undefined);
});

test('ECH-1 summary and mandatory elements are those of R4, choices under each name', () => {
  assert.deepEqual(mandatoryElements('Observation'), ['status', 'code']);
  assert.deepEqual(mandatoryElements('MedicationRequest'), [
    'status',
    'intent',
    'medicationCodeableConcept',
    'medicationReference',
    'subject',
  ]);
  assert.ok(summaryElements('Observation').includes('valueQuantity'));
  assert.ok(!summaryElements('Patient').includes('contact'));
  assert.deepEqual(summaryElements('Nothing'), []);
});

test('ECH-1 definitions are found by name and by canonical URL', () => {
  assert.equal(structure('http://hl7.org/fhir/StructureDefinition/Patient|4.0.1')?.name, 'Patient');
  assert.equal(structure('SimpleQuantity')?.derivation, 'constraint');
  assert.equal(structure('http://hl7.org/fhir/StructureDefinition/bodyweight')?.type, 'Observation');
});

test('ECH-1 the packs stay under 3 MB', () => {
  const sizes = ['structures', 'terms'].map(
    (name) => statSync(new URL(`generated/${name}.pack`, import.meta.url)).size,
  );
  assert.ok(sizes.reduce((a, b) => a + b) < 3_000_000);
});

/** One file of a tar archive. */
const tarred = (path: string, text: string, kind = '0'): Buffer => {
  const bytes = Buffer.from(text);
  const header = Buffer.alloc(512);
  header.write(path.slice(0, 100), 0);
  header.write(bytes.length.toString(8).padStart(11, '0'), 124);
  header.write(kind, 156);
  header.write('ustar', 257);
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
};
const end = Buffer.alloc(1024);
const profile = {
  resourceType: 'StructureDefinition',
  url: 'urn:p',
  version: '2',
  type: 'Patient',
  kind: 'resource',
  name: 'P',
  derivation: 'constraint',
  snapshot: { element: [{ id: 'Patient', path: 'Patient', min: 0, max: '*' }] },
};

test('ECH-1 a package is read from a .tgz, with long names, and its definitions found with or without version', () => {
  const long = `package/${'x'.repeat(120)}.json`;
  const tgz = gzipSync(
    Buffer.concat([
      tarred('package/package.json', '{"name":"p"}'),
      tarred('package/example/broken.json', '{'),
      tarred('././@LongLink', `${long}\0`, 'L'),
      tarred(long, JSON.stringify(profile)),
      end,
    ]),
  );
  assert.deepEqual(
    [...readTar(tgz)].map((f) => f.path),
    ['package/package.json', 'package/example/broken.json', long],
  );
  const loaded = loadPackage(tgz);
  for (const url of ['urn:p', 'urn:p|2', 'urn:p|3']) assert.equal(loaded.structure(url)?.name, 'P');
  assert.equal(loaded.structure('urn:q'), undefined);
  assert.deepEqual(loaded.urls('StructureDefinition'), ['urn:p']);
  assert.equal(packagesOf(packageOf([]), loaded).structure('urn:p')?.version, '2');
});

test('ECH-1 a file that is no package is refused in words', () => {
  assert.throws(() => loadPackage(gzipSync(Buffer.concat([tarred('readme.txt', 'x'), end]))), /not a FHIR package/);
  assert.throws(
    () => loadPackage(gzipSync(Buffer.concat([tarred('package/a.json', '{'), end]))),
    /not JSON: package\/a.json/,
  );
  assert.throws(() => loadPackage(Buffer.from('hello')), /not a FHIR package/);
});
