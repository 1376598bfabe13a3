import assert from 'node:assert/strict';
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { createValidator } from './index.ts';
import { dataFile, errors, ndjson, type Resource, withoutData } from './testing.ts';

const validator = createValidator();

/** What is really wrong in HL7's own examples of R4. */
const expected: Record<string, string> = {
  'Basic/referral': 'modifier extensions that nobody here knows',
  'ActivityDefinition/blood-tubes-supply': 'a narrative of spaces only (txt-2)',
  'ActivityDefinition/heart-valve-replacement': 'a narrative of spaces only (txt-2)',
  'EventDefinition/example': 'a narrative of spaces only (txt-2)',
  'Questionnaire/zika-virus-exposure-assessment': 'a narrative of spaces only (txt-2)',
  'DeviceMetric/example': 'parent is a DeviceDefinition, R4 wants a Device',
  'DeviceUseStatement/example': 'reasonReference is a Procedure, which R4 does not allow',
  'MedicationRequest/medrx0301': 'dispenseRequest.performer is a Practitioner, R4 wants an Organization',
  'Observation/clinical-gender': 'performer is an Encounter',
  'Questionnaire/qs1': 'items without linkId',
};

test("ECH-1 HL7's R4 examples are accepted, but for those that are wrong", {
  skip: withoutData('fhir-r4-official-examples'),
}, () => {
  const refused: Record<string, string[]> = {};
  for (const resource of ndjson('fhir-r4-official-examples/examples-r4.ndjson.gz')) {
    const found = errors(validator.validate(resource));
    if (found.length > 0) refused[`${resource.resourceType}/${resource.id}`] = found.slice(0, 5);
  }
  assert.deepEqual(Object.keys(refused).sort(), Object.keys(expected).sort(), JSON.stringify(refused, null, 1));
});

test('ECH-1 a mutant of every R4 example is refused: an unknown property, a value of the wrong type', {
  skip: withoutData('fhir-r4-official-examples'),
}, () => {
  for (const resource of ndjson('fhir-r4-official-examples/examples-r4.ndjson.gz')) {
    const type = resource.resourceType;
    const unknown = errors(validator.validate({ ...resource, inconnu: 1 }));
    assert.ok(unknown.includes(`structure ${type}.inconnu`), `${type}/${resource.id}: ${unknown}`);
    const wrong = errors(validator.validate({ ...resource, language: ['fr'] }));
    assert.ok(wrong.includes(`structure ${type}.language`), `${type}/${resource.id}: ${wrong}`);
  }
});

const synthea = async (name: string): Promise<{ entry: { resource: Resource }[] }> => {
  const unbzip2 = createRequire(import.meta.url)('unbzip2-stream') as () => NodeJS.ReadWriteStream;
  const chunks: Buffer[] = [];
  const stream = createReadStream(dataFile(`synthea-r4-120/${name}`)).pipe(unbzip2());
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise((resolve, reject) => stream.on('end', resolve).on('error', reject));
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
};

test('ECH-1 a sample of Synthea is accepted, alone and as Bundles', {
  skip: withoutData('synthea-r4-120'),
}, async () => {
  // Unpacking bzip2 in JavaScript takes longer than checking: three small records and the practitioners.
  const names = readdirSync(dataFile('synthea-r4-120')).filter((name) => name.endsWith('.bz2'));
  const small = names.filter((name) => statSync(dataFile(`synthea-r4-120/${name}`)).size < 40_000);
  for (const name of small.filter((_, i) => i % 12 === 1)) {
    const bundle = await synthea(name);
    assert.deepEqual(errors(validator.validate(bundle)), [], name);
    // Outside of its Bundle a reference is no condition: a transaction has settled it.
    const settled: typeof bundle = JSON.parse(JSON.stringify(bundle), (key, value) =>
      key === 'reference' ? String(value).replace(/^([A-Z][A-Za-z]+)\?.*$/, '$1/1') : value,
    );
    for (const { resource } of settled.entry)
      assert.deepEqual(errors(validator.validate(resource)), [], `${name} ${resource.id}`);
  }
});
