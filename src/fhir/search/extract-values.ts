import type { EntrySink } from './entry-sink.ts';
import { escaped, hashOf, referenceHash, targetOf } from './hashes.ts';
import { longestString, normalise } from './normalise.ts';
import { isObject, listIn, textIn } from './paths.ts';

/** Parameters of few values, which nobody looks for by their words: no rows for `:text`. */
const withoutText = new Set([
  'category',
  'status',
  'clinical-status',
  'verification-status',
  'intent',
  'priority',
  'severity',
  '_tag',
  '_security',
  'interpretation',
  'data-absent-reason',
  'address-use',
  'telecom',
  'class',
  'type-category',
  'flag',
]);
/** Whether `code:text=…` can be answered for this parameter. */
export const hasText = (code: string, types: readonly string[]): boolean =>
  !withoutText.has(code) && types.some((type) => ['CodeableConcept', 'Coding', 'Identifier'].includes(type));

/**
 * A token value of any data type, under `prefix` (`Type|param`). `label`: the text the row already holds in sort_text.
 * Returns whether there was a value.
 */
export function addToken(
  sink: EntrySink,
  prefix: string,
  type: string,
  value: unknown,
  label: string | null | false,
): boolean {
  const text = (words: unknown) => {
    if (label === false || typeof words !== 'string') return;
    const normal = normalise(words);
    if (normal !== '' && normal !== label) sink.raw(`${prefix}:text`, normal);
  };
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') {
    if (value === '') return false;
    sink.coded(prefix, null, String(value));
    return true;
  }
  if (!isObject(value)) return false;
  switch (type) {
    case 'CodeableConcept': {
      let found = textIn(value.text) !== undefined;
      text(value.text);
      for (const coding of listIn(value.coding)) if (addCoding(sink, prefix, coding, text)) found = true;
      return found;
    }
    case 'Coding':
      return addCoding(sink, prefix, value, text);
    case 'Identifier': {
      const system = textIn(value.system);
      const number = textIn(value.value);
      sink.coded(prefix, system, number);
      if (isObject(value.type)) {
        text(value.type.text);
        for (const coding of listIn(value.type.coding)) {
          if (!isObject(coding) || number === undefined || !textIn(coding.code)) continue;
          sink.token(
            `${prefix}:of-type|${escaped(textIn(coding.system) ?? '')}|${escaped(textIn(coding.code)!)}|${escaped(number)}`,
          );
        }
      }
      return system !== undefined || number !== undefined;
    }
    case 'ContactPoint':
      sink.coded(prefix, textIn(value.system), textIn(value.value));
      return textIn(value.value) !== undefined;
    default:
      return false;
  }
}

function addCoding(sink: EntrySink, prefix: string, coding: unknown, text: (words: unknown) => void): boolean {
  if (!isObject(coding)) return false;
  const system = textIn(coding.system);
  const code = textIn(coding.code);
  text(coding.display);
  sink.coded(prefix, system, code);
  return system !== undefined || code !== undefined || textIn(coding.display) !== undefined;
}

/** A uri or canonical: whole, and without `|version`; `below`: rows for `:below`. */
export function addUri(sink: EntrySink, prefix: string, type: string, value: unknown, below: boolean): boolean {
  const uri = textIn(value);
  if (uri === undefined) return false;
  sink.key(`${prefix}|${escaped(uri)}`);
  const bar = type === 'canonical' ? uri.lastIndexOf('|') : -1;
  if (bar > 0) sink.key(`${prefix}|${escaped(uri.slice(0, bar))}`);
  if (below) sink.raw(`${prefix}:below`, uri.slice(0, longestString));
  return true;
}

/** A reference; `only`: when set, other target types are left out. Returns whether there was one. */
export function addReference(
  sink: EntrySink,
  prefix: string,
  type: string,
  value: unknown,
  only: string | undefined,
  base: string | undefined,
  store: boolean,
): boolean {
  if (type === 'canonical' || type === 'uri') {
    const uri = textIn(value);
    if (uri === undefined) return false;
    for (const form of uri.includes('|') ? [uri, uri.slice(0, uri.lastIndexOf('|'))] : [uri]) link(sink, prefix, form);
    return true;
  }
  if (!isObject(value)) return false;
  if (type === 'Resource') {
    const kind = textIn(value.resourceType);
    const id = textIn(value.id);
    if (!kind || !id) return false;
    link(sink, prefix, `${kind}/${id}`);
    return true;
  }
  const literal = textIn(value.reference);
  const found = literal === undefined ? null : targetOf(literal, base);
  if (only !== undefined && (found?.type ?? textIn(value.type)) !== only) return false;
  if (!store) return found !== null || isObject(value.identifier);
  if (found) {
    link(sink, prefix, found.target);
    sink.refs.add(hashOf(found.target));
  }
  if (!isObject(value.identifier)) return found !== null;
  const number = textIn(value.identifier.value);
  const system = textIn(value.identifier.system);
  sink.coded(`${prefix}:identifier`, system, number);
  return found !== null || number !== undefined || system !== undefined;
}

function link(sink: EntrySink, prefix: string, target: string): void {
  const hash = referenceHash(prefix, target);
  sink.tokens.add(hash);
  sink.keys.add(hash);
}

/** A string, name or address; each piece gets its exact form. */
export function addString(sink: EntrySink, prefix: string, type: string, value: unknown): boolean {
  const exact = (piece: unknown): string | undefined => {
    const text = textIn(piece);
    if (text !== undefined) sink.key(`${prefix}:exact|${escaped(text)}`);
    return text;
  };
  const one = (piece: unknown): boolean => {
    const text = exact(piece);
    if (text !== undefined) sink.string(prefix, text);
    return text !== undefined;
  };
  if (typeof value === 'string') return one(value);
  if (!isObject(value)) return false;
  if (type === 'HumanName') {
    const family = exact(value.family);
    const given = listIn(value.given)
      .map(exact)
      .filter((name) => name !== undefined);
    let found = one(value.text);
    // People type both names in one go, in either order, with the first given name or all of them.
    if (family !== undefined) sink.string(prefix, [family, ...given].join(' '));
    if (family !== undefined && given.length > 0) sink.string(prefix, `${given[0]} ${family}`);
    if (given.length > 1) sink.string(prefix, [...given, family ?? ''].join(' '));
    for (const name of given) sink.string(prefix, name);
    for (const affix of [...listIn(value.prefix), ...listIn(value.suffix)]) if (one(affix)) found = true;
    return found || family !== undefined || given.length > 0;
  }
  if (type !== 'Address') return false;
  let found = false;
  for (const piece of [
    ...listIn(value.line),
    value.city,
    value.district,
    value.state,
    value.postalCode,
    value.country,
    value.text,
  ]) {
    if (one(piece)) found = true;
  }
  return found;
}
