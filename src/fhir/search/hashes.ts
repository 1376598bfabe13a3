import { hash64 } from '../../platform/index.ts';

/**
 * Hashes of the search index, as decimal strings of signed 64-bit integers. What is hashed, always with the resource type in front:
 * - token `Type|param|code`, `Type|param|system|code`, `Type|param|system|`, `Type|param||code` (value without a system);
 * - `Type|param:present`, `Type|param:exact|text`, `Type|param:of-type|system|code|value`, `Type|param:identifier|system|value`;
 * - reference: hash of `Type|param` xor hash of `Target/id`;
 * - composite: `Type|param|a$b` for two tokens; `Type|param|a` as the `param` of a quantity row; hash of `Type|param|a` xor target.
 * A `|`, `$` or `\` inside a system, code or value is preceded by `\`.
 */
const texts = new Map<string, string>();
const numbers = new Map<string, bigint>();
const most = 40_000;

/** hash64 as a decimal string; repeated texts are remembered. */
export function hashOf(text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  const hash = String(hash64(text));
  if (text.length <= 300) {
    if (texts.size >= most) texts.clear();
    texts.set(text, hash);
  }
  return hash;
}

/** hash64 as a bigint, for what is xor-ed: parameters and targets. */
export function numberOf(text: string): bigint {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  const hash = hash64(text);
  if (text.length <= 300) {
    if (numbers.size >= most) numbers.clear();
    numbers.set(text, hash);
  }
  return hash;
}

/** Hash of «this parameter points to this target»: `tokens` of the row and `hash` of fhir.token. */
export const referenceHash = (parameter: string, target: string): string =>
  String(numberOf(parameter) ^ numberOf(target));

/** A value as it is put between the separators of a hashed text. */
export const escaped = (text: string): string => (/[|$\\]/.test(text) ? text.replace(/[|$\\]/g, '\\$&') : text);

const reference = /^([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

/** `Type/id` of a literal reference (relative, or absolute under `base`); a foreign address or urn as it is; null for a contained one. */
export function targetOf(literal: string, base: string | undefined): { target: string; type: string | null } | null {
  if (literal === '' || literal.startsWith('#')) return null;
  const local = base && literal.startsWith(base) ? literal.slice(base.length).replace(/^\//, '') : literal;
  const match = reference.exec(local);
  return match ? { target: `${match[1]}/${match[2]}`, type: match[1]! } : { target: literal, type: null };
}
