// https://hl7.org/fhir/R4/http.html#cond-update
import { FhirProblem } from '../outcome.ts';
import type { FhirStore, ResourceType, Stored } from '../store/store.ts';
import type { Pairs } from './call.ts';

const output = new Set(['_format', '_pretty', '_summary', '_elements']);
// These shape the answer: alone they select nothing.
const shaping = new Set([
  '_count',
  '_sort',
  '_total',
  '_include',
  '_revinclude',
  '_contained',
  '_containedType',
  '_cursor',
]);

/** A query without what only concerns the form of the answer. */
export const withoutOutput = (query: Pairs): Pairs => query.filter(([name]) => !output.has(name));

const selects = (query: Pairs): boolean =>
  query.some(([name, value]) => value !== '' && !shaping.has(name.split(':')[0]!) && !output.has(name));

/** A condition as one text however it was written: the same for all who wait for each other, and a query that can be read again. */
export function conditionText(query: Pairs): string {
  const condition = new URLSearchParams(withoutOutput(query).filter(([, value]) => value !== ''));
  condition.sort();
  return condition.toString();
}

/** The one resource that a condition selects, `undefined` when there is none. @throws FhirProblem 412 on several or on no criterion. */
export async function selected(store: FhirStore, type: ResourceType, query: Pairs): Promise<Stored | undefined> {
  if (!selects(query)) {
    throw new FhirProblem(
      412,
      'incomplete',
      `The condition on ${type} has no criterion. Name the resource by its id, or give a search like ${type}?identifier=system|value.`,
    );
  }
  const kept = query.filter(([name]) => !output.has(name) && !shaping.has(name.split(':')[0]!));
  // An unknown parameter must not widen the condition: strict.
  const { resources } = await store.search(type, [...kept, ['_count', '2']], { strict: true });
  if (resources.length > 1) {
    throw new FhirProblem(
      412,
      'multiple-matches',
      `The condition selects several ${type}. Make it more precise, or name one by its id. Nothing was changed.`,
    );
  }
  return resources[0];
}
