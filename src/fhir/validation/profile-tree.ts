/** The elements of a profile as a tree of names and slices, and how to get at the values they speak of. */
import { jsonNames, type Structure, type StructureElement, structure } from '../definitions/index.ts';
import { isObject } from './context.ts';

export interface Raw {
  name: string;
  slice: string | undefined;
  element: StructureElement | undefined;
  children: Raw[];
  slices: Raw[];
}

/** One value with the type it has there; a primitive may have only extensions (`shadow`). */
export interface Item {
  value: unknown;
  shadow: unknown;
  type: string;
  segment: string;
  index: number | undefined;
}

/** A name in JSON with its type and its name in FHIRPath. */
export type Key = readonly [json: string, type: string, segment: string];

export function rawTree(of: Structure): Raw {
  const root: Raw = { name: of.type, slice: undefined, element: of.elements[0], children: [], slices: [] };
  for (const element of of.elements.slice(1)) {
    const segments = (element.id ?? element.path).split('.').slice(1);
    const last = element.path.slice(element.path.lastIndexOf('.') + 1);
    let node = root;
    segments.forEach((segment, i) => {
      const colon = segment.indexOf(':');
      let name = colon < 0 ? segment : segment.slice(0, colon);
      let slice = colon < 0 ? undefined : segment.slice(colon + 1);
      if (i === segments.length - 1 && last.endsWith('[x]') && !name.endsWith('[x]')) {
        slice ??= name;
        name = last;
      }
      node = child(node, name);
      // A slice of a slice is written `INS/first`.
      if (slice !== undefined) for (const part of parts(slice)) node = sliceOf(node, part);
    });
    node.element ??= element;
  }
  return root;
}

const parts = (slice: string): string[] => {
  const names = slice.split('/');
  return names.map((_, i) => names.slice(0, i + 1).join('/'));
};

function child(node: Raw, name: string): Raw {
  let found = node.children.find((c) => c.name === name);
  if (!found) {
    // `valueQuantity` where the profile also speaks of `value[x]`: one of its slices.
    const choice = node.children.find(
      (c) => c.name.endsWith('[x]') && name.startsWith(c.name.slice(0, -3)) && c.name !== name,
    );
    const slice = choice?.slices.find((s) => s.slice === name);
    if (slice) return slice;
    found = { name, slice: undefined, element: undefined, children: [], slices: [] };
    node.children.push(found);
  }
  return found;
}

function sliceOf(node: Raw, slice: string): Raw {
  let found = node.slices.find((s) => s.slice === slice);
  if (!found) {
    found = { name: node.name, slice, element: undefined, children: [], slices: [] };
    node.slices.push(found);
  }
  return found;
}

const elementsOf = new WeakMap<Structure, Map<string, StructureElement>>();

/** The element of R4 itself that a profile's element restricts. */
export function baseElement(element: StructureElement): StructureElement | undefined {
  const path = element.base?.path ?? element.path;
  const of = structure(path.split('.')[0] ?? '');
  if (!of) return undefined;
  let byPath = elementsOf.get(of);
  if (!byPath) {
    byPath = new Map(of.elements.map((e) => [e.path, e]));
    elementsOf.set(of, byPath);
  }
  return byPath.get(path);
}

/** The names under which the values of an element stand in JSON. */
export function keysOf(raw: Raw): Key[] {
  const element = raw.element;
  const base = element && baseElement(element);
  if (raw.name.endsWith('[x]')) {
    const name = raw.name.slice(0, -3);
    const from = base?.path.endsWith('[x]') ? base : element;
    if (!from) return [];
    return jsonNames(from).map((json, i) => {
      const type = from.types?.[i]?.code ?? '';
      return [name + json.slice(json.length - type.length), type, `${name}.ofType(${type})`] as const;
    });
  }
  // A choice spelled out: `valueQuantity`.
  if (base?.path.endsWith('[x]')) {
    const i = jsonNames(base).indexOf(raw.name);
    const type = base.types?.[i]?.code;
    const name = base.path.slice(base.path.lastIndexOf('.') + 1, -3);
    if (type) return [[raw.name, type, `${name}.ofType(${type})`]];
  }
  // The type that R4 gives: of a place for any resource, the profile may name one, and the value must tell its own.
  return [[raw.name, base?.types?.[0]?.code ?? element?.types?.[0]?.code ?? 'BackboneElement', raw.name]];
}

/** The values of an element in an object, in their order. */
export function itemsOf(parent: unknown, keys: readonly Key[]): Item[] {
  const items: Item[] = [];
  if (!isObject(parent)) return items;
  for (const [json, type, segment] of keys) {
    const value = parent[json];
    const shadow = parent[`_${json}`];
    if (value === undefined && shadow === undefined) continue;
    const values = Array.isArray(value) ? value : Array.isArray(shadow) ? shadow.map(() => null) : undefined;
    if (!values) {
      items.push({ value, shadow, type: actual(type, value), segment, index: undefined });
      continue;
    }
    const shadows = Array.isArray(shadow) ? shadow : [];
    values.forEach((item, index) => {
      items.push({ value: item ?? undefined, shadow: shadows[index], type: actual(type, item), segment, index });
    });
  }
  return items;
}

/** Of a resource in a place that holds any resource, its own type. */
const actual = (type: string, value: unknown): string =>
  type === 'Resource' && isObject(value) && typeof value.resourceType === 'string' ? value.resourceType : type;
