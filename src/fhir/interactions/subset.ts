// https://hl7.org/fhir/R4/search.html#summary
import { exactText } from '../decimals.ts';
import { jsonNames, mandatoryElements, modifierElements, structure, summaryElements } from '../definitions/index.ts';
import { FhirProblem } from '../outcome.ts';
import { asJson, type JsonResource, type Stored } from '../store/store.ts';
import { lastOf, type Pairs } from './call.ts';
import { listOf } from './parameters.ts';

/** What is asked to be left out of resources. `undefined`: nothing, the stored text goes as it is. */
export type Subset = { summary: 'true' | 'text' | 'data' } | { elements: string[] } | undefined;

export const subsetted = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
  display: 'JsonResource encoded in summary mode',
};

/** @throws FhirProblem 400 on an unknown `_summary`. `count` is for searches and gives `undefined` here. */
export function subsetOf(query: Pairs): Subset {
  const summary = lastOf(query, '_summary');
  if (summary !== undefined && !['true', 'text', 'data', 'count', 'false', ''].includes(summary)) {
    throw new FhirProblem(
      400,
      'value',
      `_summary must be true, text, data, count or false, not “${summary.slice(0, 40)}”.`,
      { expression: '_summary' },
    );
  }
  if (summary === 'true' || summary === 'text' || summary === 'data') return { summary };
  const elements = listOf(query, '_elements');
  return elements.length > 0 ? { elements } : undefined;
}

function kept(type: string, subset: NonNullable<Subset>): (name: string) => boolean {
  if ('summary' in subset && subset.summary === 'data') return (name) => name !== 'text';
  const names = new Set(['resourceType', 'id', 'meta', 'implicitRules', ...mandatoryElements(type)]);
  if ('elements' in subset) {
    for (const name of modifierElements(type)) names.add(name);
    for (const element of subset.elements) {
      // `Patient.name` speaks of one type only.
      const [owner, name] = element.includes('.') ? element.split('.', 2) : [type, element];
      if (owner !== type || !name) continue;
      names.add(name);
      // `value` asks for valueQuantity, valueString…
      const choice = structure(type)?.elements.find(({ path }) => path === `${type}.${name.replace(/\[x\]$/, '')}[x]`);
      if (choice) for (const one of jsonNames(choice)) names.add(one);
    }
    return (name) => names.has(name);
  }
  if (subset.summary === 'text') names.add('text');
  else for (const name of summaryElements(type)) names.add(name);
  return (name) => names.has(name);
}

/** A copy cut to the subset, tagged SUBSETTED. */
export function cut(resource: JsonResource, subset: NonNullable<Subset>): JsonResource {
  const keep = kept(resource.resourceType, subset);
  const out = { ...resource };
  for (const name of Object.keys(resource)) if (!keep(name.startsWith('_') ? name.slice(1) : name)) delete out[name];
  out.meta = { ...resource.meta, tag: [...(resource.meta?.tag ?? []), subsetted] };
  return out;
}

/** The JSON of a stored version, cut when asked. */
export const textOf = (stored: Stored, subset: Subset): string =>
  subset ? exactText(cut(asJson(stored.resource), subset)) : stored.text;
