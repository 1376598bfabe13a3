// https://hl7.org/fhir/R4/http.html#trules
import { FhirProblem } from '../outcome.ts';
import { isResourceType } from '../definitions/index.ts';
import type { ResourceType } from '../store/store.ts';
import { isObject } from './body.ts';

/** A reference by search: `Practitioner?identifier=…`. */
export interface ConditionalReference {
  holder: Record<string, unknown>;
  text: string;
  where: string;
}

const urn = /^urn:(?:uuid|oid):/;
const conditional = /^([A-Z][A-Za-z]{2,40})\?(.+)$/;

export const parseConditional = (text: string): { type: ResourceType; query: string } | undefined => {
  const [, type, query] = conditional.exec(text) ?? [];
  return type && isResourceType(type) && query ? { type, query } : undefined;
};

// In narratives only links and images speak of other entries.
const inNarrative = (html: string, targets: ReadonlyMap<string, string>): string =>
  html.replace(/\b(href|src)=(["'])([^"']*)\2/g, (whole, name: string, quote: string, url: string) => {
    const target = targets.get(url);
    return target === undefined ? whole : `${name}=${quote}${target}${quote}`;
  });

/**
 * Replaces, in place, what points to another entry by where that entry is or will be; gives the references by search that are left to resolve.
 * @param targets fullUrl → `Type/id`
 * @throws FhirProblem 400 for a urn that no entry has
 */
export function rewrite(resource: object, targets: ReadonlyMap<string, string>, where: string): ConditionalReference[] {
  const left: ConditionalReference[] = [];
  const walk = (node: unknown, path: string): void => {
    if (Array.isArray(node)) {
      for (const [i, item] of node.entries()) {
        if (typeof item === 'string') {
          const target = targets.get(item);
          if (target !== undefined) node[i] = target;
        } else walk(item, `${path}[${i}]`);
      }
      return;
    }
    if (!isObject(node)) return;
    for (const key of Object.keys(node)) {
      const value = node[key];
      if (typeof value !== 'string') {
        if (typeof value === 'object') walk(value, `${path}.${key}`);
        continue;
      }
      // Texts that only look like a reference: an identifier's value names the thing itself.
      if (key === 'value' || key === 'id') continue;
      if (key === 'div') {
        node[key] = inNarrative(value, targets);
        continue;
      }
      const target = targetOf(value, targets);
      if (target !== undefined) node[key] = target;
      else if (key === 'reference') {
        if (urn.test(value)) {
          throw new FhirProblem(
            400,
            'not-found',
            `No entry of the bundle has the fullUrl ${value.slice(0, 100)}. Add it, or refer to a stored resource.`,
            { expression: `${path}.reference` },
          );
        }
        if (conditional.test(value)) left.push({ holder: node, text: value, where: `${path}.reference` });
      }
    }
  };
  walk(resource, where);
  return left;
}

/** A fragment or a version after the fullUrl stays. */
function targetOf(value: string, targets: ReadonlyMap<string, string>): string | undefined {
  const found = targets.get(value);
  if (found !== undefined || !urn.test(value)) return found;
  const hash = value.indexOf('#');
  const target = hash < 0 ? undefined : targets.get(value.slice(0, hash));
  return target === undefined ? undefined : `${target}${value.slice(hash)}`;
}
