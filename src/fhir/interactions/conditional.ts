// https://hl7.org/fhir/R4/http.html#cond-update
import { FhirProblem } from '../outcome.ts';
import type { FhirStore, Stored } from '../store/store.ts';
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

/** A condition as it is written in If-None-Exist. */
export const conditionText = (query: Pairs): string => query.map((pair) => pair.join('=')).join('&');

/** The one resource that a condition selects, `undefined` when there is none. @throws FhirProblem 412 on several or on no criterion. */
export async function selected(store: FhirStore, type: string, query: Pairs): Promise<Stored | undefined> {
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
