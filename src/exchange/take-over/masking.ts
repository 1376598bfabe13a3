import type { KindOfData } from '../../access/index.ts';
import { exactText, isResourceType, kindOfResource, moveExact, parseExact, settleExact } from '../../fhir/index.ts';
import { invalid } from '../../platform/index.ts';
import { isObject, type Json } from './read-entries.ts';
import { type Flaw, withoutValues } from './words.ts';

/**
 * What may be seen of a quarantine (docs/adr/0013): who takes data in has an administration account, which reaches no health content. A resource
 * keeps its shape, its identity, its references, its states and dates; its other values are masked, and can be sent back as they are.
 */

/** Kinds whose values are shown: most of what is to be corrected is there. */
const open: ReadonlySet<string> = new Set<KindOfData>(['directory', 'identity', 'administrative']);

/** `kind`: '' is unknown. */
export const isOpen = (kind: string): boolean => open.has(kind);

/** What is wrong, without the values of what is not shown. */
export const toldOf = (kind: string, flaws: readonly Flaw[]): Flaw[] =>
  isOpen(kind) ? [...flaws] : flaws.map(withoutValues);

const kindHere = (resource: Json): string =>
  typeof resource.resourceType === 'string' && isResourceType(resource.resourceType)
    ? kindOfResource({ ...resource, resourceType: resource.resourceType })
    : '';

/** The kind of what is set aside, those within it counted: one that is not open to all, '' when it cannot be told. */
export function kindOfSetAside(resource: unknown): string {
  if (!isObject(resource)) return '';
  const found = new Set<string>();
  const visit = (node: unknown, depth: number): void => {
    if (typeof node !== 'object' || node === null) return;
    if (depth > 200) return void found.add('');
    if (isObject(node) && (depth === 0 || typeof node.resourceType === 'string')) found.add(kindHere(node));
    for (const inner of Object.values(node)) visit(inner, depth + 1);
  };
  visit(resource, 0);
  const closed = [...found].filter((kind) => !open.has(kind));
  return closed.length === 0 ? kindHere(resource) : closed.length === 1 ? closed[0]! : '';
}

interface Place {
  holder: object;
  key: string;
  /** The key, or for an item of a list the key of the list. */
  name: string;
}
export interface Masked {
  content: Json;
  /** Mask → where the value is in the original. */
  places: Map<string, Place>;
}

const datelike = /^[\d/.:TZ +-]{4,40}$/;
const dateKey = /(date|dateTime|instant|time|^start|^end|^issued|^recorded|^authoredOn|^sent|^received|^created)$/i;
const stateKey = new Set(['status', 'intent', 'lifecycleStatus', 'docStatus', 'use', 'mode']);
const placeKey = new Set(['resourceType', 'id', 'reference', 'system', 'url', 'fullUrl']);
/** The form in which a value of this name says where a thing belongs, not what it is; undefined: never. */
const plainForm = (name: string): RegExp | undefined =>
  placeKey.has(name)
    ? /^\S{1,300}$/
    : stateKey.has(name)
      ? /^[a-z-]{1,40}$/
      : dateKey.test(name)
        ? datelike
        : undefined;
const plain = (name: string, value: unknown): boolean =>
  typeof value === 'string' && (plainForm(name)?.test(value) ?? false);

const maskOf = (version: number, count: number): string => `⟦masqué ${version}.${count}⟧`;
const isMask = (value: unknown): value is string => typeof value === 'string' && /^⟦masqué \d+\.\d+⟧$/.test(value);

/** @param kind of the resource itself, as it was when it was set aside @param version of the line: masks of another version are of no use */
export function mask(resource: Json, kind: string, version: number): Masked {
  const places = new Map<string, Place>();
  const copy = (holder: object, key: string, closed: boolean): unknown => {
    const value = (holder as Record<string, unknown>)[key];
    if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) return value.map((_, i) => copyItem(value, i, key, closed));
      const own = typeof (value as Json).resourceType === 'string' ? !isOpen(kindHere(value as Json)) : closed;
      return copyObject(value, own, key);
    }
    if (!closed || value === null || plain(key, value)) return value;
    return put({ holder, key, name: key });
  };
  const put = (place: Place): string => {
    const text = maskOf(version, places.size + 1);
    places.set(text, place);
    return text;
  };
  // An item of a list is judged by the name of the list.
  const copyItem = (list: unknown[], i: number, name: string, closed: boolean): unknown => {
    const value = list[i];
    if (typeof value === 'object' && value !== null) return copy(list, String(i), closed);
    return !closed || value === null || plain(name, value) ? value : put({ holder: list, key: String(i), name });
  };
  const copyObject = (object: object, closed: boolean, name: string): Json => {
    const out: Json = {};
    for (const key of Object.keys(object)) {
      // Identifiers are what a line is found by; labels say what a resource is about.
      const inside =
        closed &&
        name !== 'identifier' &&
        key !== 'identifier' &&
        !(name === 'meta' && !['security', 'tag'].includes(key));
      Object.defineProperty(out, key, {
        value: copy(object, key, inside),
        enumerable: true,
        configurable: true,
        writable: true,
      });
      if (typeof out[key] === 'number') moveExact(object, key, out, key);
    }
    return out;
  };
  const content = copyObject(resource, !isOpen(kind), '');
  settleExact(content);
  return { content, places };
}

/** Puts the values back where their masks were sent; false when nothing was masked. @throws 422 when a mask stands where its value would be seen, or is of an older version */
export function unmask(sent: Json, original: Json, kind: string, version: number): boolean {
  const { places } = mask(original, kind, version);
  if (places.size === 0) return false;
  const restored: Place[] = [];
  let moved = false;
  const visit = (node: object, list?: string): void => {
    for (const key of Object.keys(node)) {
      const value = (node as Record<string, unknown>)[key];
      if (typeof value === 'object' && value !== null) visit(value, Array.isArray(value) ? key : undefined);
      else if (isMask(value)) {
        const from = places.get(value);
        if (!from)
          throw invalid(
            'Une valeur masquée ne vient pas de cette version de la ligne. Rechargez la ligne puis recommencez.',
            { content: value },
          );
        (node as Record<string, unknown>)[key] = (from.holder as Record<string, unknown>)[from.key];
        moveExact(from.holder, from.key, node, key);
        const name = list ?? key;
        if (name !== from.name && plainForm(name)) moved = true;
        restored.push({ holder: node, key, name });
      }
    }
  };
  visit(sent);
  settleExact(sent);
  const masked = new Map<object, Set<string>>();
  for (const { holder, key } of mask(sent, kind, version).places.values())
    masked.set(holder, (masked.get(holder) ?? new Set()).add(key));
  if (moved || restored.some(({ holder, key }) => !masked.get(holder)?.has(key)))
    throw invalid(
      'Une valeur masquée ne peut pas être déplacée vers un autre élément, ni la nature ou la sensibilité de la ressource changer. Rien n’a été enregistré.',
      { content: 'valeur masquée déplacée' },
    );
  const now = kindOfSetAside(sent);
  if (!isOpen(kind) && now !== kind && (kind !== '' || isOpen(now)))
    throw invalid(
      'Vous ne pouvez changer ni la nature ni la sensibilité de cette ressource. Rien n’a été enregistré.',
      { content: 'nature changée' },
    );
  return true;
}

/** The text of a line as it is shown; null for what cannot be read, and might be anything. */
export function shownContent(
  content: string,
  kind: string,
  version: number,
): { content: string; masked: boolean } | null {
  let resource: unknown;
  try {
    resource = parseExact(content);
  } catch {
    resource = undefined;
  }
  if (!isObject(resource)) return null;
  const { content: shown, places } = mask(resource, kind, version);
  const masked = places.size > 0;
  return { content: exactText(masked ? shown : resource, 2), masked };
}
