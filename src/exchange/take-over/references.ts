import { baseOf, goodId, type Identity, identityAt, partsOf, type Scope } from './identity.ts';
import { isObject, type Json } from './read-entries.ts';

/** A reference of a resource, in the place where it can be rewritten. */
export type Mention =
  | { kind: 'identity'; holder: Json; name: string; target: Identity; literal: string; edition?: string }
  | { kind: 'condition'; holder: Json; type: string; system: string | null; value: string; literal: string }
  | { kind: 'unknown'; literal: string };

export interface Mentions {
  all: Mention[];
  tooDeep: boolean;
}

/** Elements besides `reference` that may name another entry of the bundle or a Binary. */
const links = new Set(['url', 'valueUri', 'valueUrl', 'valueUuid']);

/**
 * Finds what a resource points to: entries of its bundle (`urn:uuid:…`, absolute addresses), relative references, conditions
 * (`Practitioner?identifier=system|value`). https://hl7.org/fhir/R4/bundle.html#references
 */
export function mentionsOf(
  resource: Json,
  entry: { fullUrl?: string; scope?: Scope },
  source: string,
  depth: number,
): Mentions {
  const all: Mention[] = [];
  const base = baseOf(entry.fullUrl);
  let tooDeep = false;
  const visit = (holder: unknown, level: number): void => {
    if (level > depth) {
      tooDeep = true;
      return;
    }
    if (Array.isArray(holder)) {
      for (const item of holder) if (typeof item === 'object' && item !== null) visit(item, level + 1);
      return;
    }
    const object = holder as Json;
    for (const name in object) {
      const value = object[name];
      if (typeof value === 'string') {
        if (name === 'reference') take(object, name, value);
        else if (links.has(name) && value.startsWith('urn:')) {
          const target = entry.scope?.names.get(value);
          if (target) all.push({ kind: 'identity', holder: object, name, target, literal: value });
        } else if (name === 'url' && value.startsWith('Binary/')) take(object, name, value);
      } else if (typeof value === 'object' && value !== null) visit(value, level + 1);
    }
  };
  const take = (holder: Json, name: string, literal: string): void => {
    if (literal.startsWith('#') || literal === '') return;
    const known = entry.scope?.names.get(literal);
    if (known) all.push({ kind: 'identity', holder, name, target: known, literal });
    else if (literal.startsWith('urn:')) all.push({ kind: 'unknown', literal });
    else {
      const condition = /^([A-Z][A-Za-z]+)\?(.*)$/s.exec(literal);
      if (condition) {
        const asked = identifierIn(condition[2]!);
        all.push(
          asked ? { kind: 'condition', holder, type: condition[1]!, ...asked, literal } : { kind: 'unknown', literal },
        );
        return;
      }
      const parts = partsOf(literal);
      if (!parts) return;
      // An address of another server is left as it is: what it names is not among these files.
      if (parts.base !== '' && parts.base !== base) return;
      if (!goodId.test(parts.id)) return;
      all.push({
        kind: 'identity',
        holder,
        name,
        target: identityAt(parts.base || base, parts.type, parts.id, source),
        literal,
        ...(parts.edition !== undefined && { edition: parts.edition }),
      });
    }
  };
  if (isObject(resource)) visit(resource, 1);
  return { all, tooDeep };
}

/** `identifier=system|value` of a condition; null when it asks for anything else. */
export function identifierIn(query: string): { system: string | null; value: string } | null {
  // A plus is itself in the references of most programs, not a blank.
  const params = [...new URLSearchParams(query.replaceAll('+', '%2B'))];
  if (params.length !== 1 || params[0]![0] !== 'identifier') return null;
  const text = params[0]![1];
  const bar = text.indexOf('|');
  const system = bar < 0 ? null : text.slice(0, bar);
  const value = bar < 0 ? text : text.slice(bar + 1);
  return value === '' || value.includes(',') || text.includes('\u0000') || text.length > 1000
    ? null
    : { system, value };
}

/** Identifiers of a resource, as conditions may ask for them. */
export function identifiersOf(resource: Json): { system: string; value: string }[] {
  const list = Array.isArray(resource.identifier) ? resource.identifier : [resource.identifier];
  return list
    .filter(isObject)
    .filter((identifier) => typeof identifier.value === 'string' && identifier.value !== '')
    .map((identifier) => ({
      system: typeof identifier.system === 'string' ? identifier.system : '',
      value: identifier.value as string,
    }));
}

/** A condition that met nothing: the reference stays true as a logical one. https://hl7.org/fhir/R4/references.html#logical */
export function makeLogical(holder: Json, type: string, system: string | null, value: string): void {
  delete holder.reference;
  holder.type ??= type;
  holder.identifier ??= { ...(system && { system }), value };
}
