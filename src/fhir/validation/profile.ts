/** Compiles profiles: only what they add to the R4 type, which the walk has checked before. */
import type { Structure, StructureElement } from '../definitions/index.ts';
import { structure } from '../definitions/index.ts';
import { targetTypes } from './base.ts';
import { checkBinding } from './bindings.ts';
import { equal, fits } from './compare.ts';
import { type Context, isObject, shown } from './context.ts';
import { checkInvariants, compileInvariant, type Invariant } from './invariants.ts';
import { primitives } from './primitives.ts';
import { baseElement, type Item, itemsOf, type Key, keysOf, type Raw, rawTree } from './profile-tree.ts';
import { checkTarget } from './references.ts';
import { compileSlicing, type SlicingCheck } from './slicing.ts';

export type ItemCheck = (item: Item, ctx: Context) => void;

export interface Profile {
  url: string;
  type: string;
  raw: Raw;
  check(value: unknown, type: string, ctx: Context): void;
}

export interface ProfileFinder {
  structure(url: string): Structure | undefined;
  profile(url: string): Profile | undefined;
}

/** One element, compiled; a slice is one too. */
export interface ElementCheck {
  name: string;
  keys: Key[];
  min: number;
  max: number | undefined;
  item(item: Item, ctx: Context): void;
  trivial: boolean;
  slicing: SlicingCheck | undefined;
}

export function compileProfile(of: Structure, find: ProfileFinder): Profile {
  const raw = rawTree(of);
  let root: ElementCheck | undefined;
  return {
    url: of.url,
    type: of.type,
    raw,
    check: (value, type, ctx) => {
      if (!isObject(value) || ctx.profileDepth > 12) return;
      ctx.profileDepth += 1;
      root ??= compileElement(raw, of, find);
      root.item({ value, shadow: undefined, type, segment: '', index: undefined }, ctx);
      ctx.profileDepth -= 1;
    },
  };
}

/** Checks the number of an element's values, each of them, and their slices; the context stands at the parent. */
function checkElement(check: ElementCheck, parent: unknown, ctx: Context): void {
  const items = itemsOf(parent, check.keys);
  if (items.length < check.min) {
    ctx.error(
      'required',
      `${check.name} is required by the profile: at least ${check.min}, found ${items.length}.`,
      check.name,
    );
  }
  if (check.max !== undefined && items.length > check.max) {
    const most =
      check.max === 0 ? 'is not allowed by the profile' : `is allowed ${check.max} times at most by the profile`;
    ctx.error('structure', `${check.name} ${most}, found ${items.length}.`, check.name);
  }
  if (!check.trivial) for (const item of items) at(item, ctx, () => check.item(item, ctx));
  check.slicing?.(items, ctx);
}

/** Does something with the context standing at an item. */
export function at(item: Item, ctx: Context, work: () => void): void {
  if (ctx.full) return;
  ctx.path.push(item.segment);
  if (item.index !== undefined) ctx.path.push(item.index);
  work();
  if (item.index !== undefined) ctx.path.pop();
  ctx.path.pop();
}

export function compileElement(raw: Raw, of: Structure, find: ProfileFinder): ElementCheck {
  const element = raw.element;
  const base =
    element &&
    (raw.name === of.type && !element.path.includes('.') ? structure(of.type)?.elements[0] : baseElement(element));
  const checks: ItemCheck[] = element ? itemChecks(raw, element, base, of, find) : [];
  const children = raw.children
    .map((child) => compileElement(child, of, find))
    .filter((c) => !c.trivial || c.min > 0 || c.max !== undefined || c.slicing);
  const slice = raw.slice !== undefined;
  const isRoot = element !== undefined && !element.path.includes('.');
  const baseMax = element?.base ? element.base.max : base?.max;
  const baseMin = element?.base ? element.base.min : (base?.min ?? 0);
  const narrowed = element?.max !== undefined && (slice || baseMax === undefined || element.max < baseMax);
  return {
    name: raw.name.replace('[x]', ''),
    keys: keysOf(raw),
    min: !isRoot && element && (slice || element.min > baseMin) ? element.min : 0,
    max: !isRoot && narrowed ? element?.max : undefined,
    trivial: checks.length === 0 && children.length === 0,
    slicing: raw.slices.length > 0 ? compileSlicing(raw, of, find) : undefined,
    item: (item, ctx) => {
      for (const check of checks) check(item, ctx);
      if (children.length === 0) return;
      const parent = isObject(item.value) ? item.value : item.shadow;
      // Of a primitive without extensions there is nothing more to say, but what is required.
      const holder = parent === undefined || parent === null ? {} : parent;
      for (const child of children) if (!ctx.full) checkElement(child, holder, ctx);
    },
  };
}

const same = (a: unknown, b: unknown): boolean => equal(a ?? null, b ?? null);

function itemChecks(
  raw: Raw,
  element: StructureElement,
  base: StructureElement | undefined,
  of: Structure,
  find: ProfileFinder,
): ItemCheck[] {
  const checks: ItemCheck[] = [];
  const { fixed, pattern, binding, types = [] } = element;
  if (fixed !== undefined) {
    checks.push(({ value }, ctx) => {
      if (!equal(fixed, value)) ctx.error('value', `The value must be exactly ${shown(fixed)}, not ${shown(value)}.`);
    });
  }
  if (pattern !== undefined) {
    checks.push(({ value }, ctx) => {
      if (!fits(pattern, value)) ctx.error('value', `The value must match ${shown(pattern)}, but is ${shown(value)}.`);
    });
  }
  const codes = new Set(types.map((t) => t.code));
  const wider = new Set((base?.types ?? []).map((t) => t.code));
  const open = wider.size > 1 || wider.has('Resource');
  if (open && element.path.includes('.') && codes.size > 0 && [...wider].some((code) => !codes.has(code))) {
    if (!codes.has('Resource') && !codes.has('DomainResource')) {
      checks.push(({ type }, ctx) => {
        if (!codes.has(type))
          ctx.error('structure', `The type ${type} is not allowed by the profile: use ${[...codes].join(', ')}.`);
      });
    }
  }
  for (const type of types) {
    const inBase = base?.types?.find((t) => t.code === type.code);
    if (type.targets && !same(type.targets, inBase?.targets) && type.code === 'Reference') {
      const allowed = targetTypes(type.targets, find.structure);
      if (allowed) {
        checks.push((item, ctx) => {
          if (item.type === 'Reference' && isObject(item.value)) checkTarget(allowed, item.value, ctx);
        });
      }
    }
    // An extension is checked against its own definition by the walk.
    if (type.profiles && type.code !== 'Extension' && !same(type.profiles, inBase?.profiles)) {
      const urls = type.profiles;
      const resource = structure(type.code)?.kind === 'resource';
      checks.push((item, ctx) => {
        if (item.type === type.code || (resource && type.code === 'Resource'))
          checkProfiles(urls, item.type, item.value, ctx, find);
      });
    }
  }
  if (binding && !same(binding, base?.binding)) {
    checks.push((item, ctx) => {
      if (item.value !== undefined) checkBinding(binding, item.type, item.value, ctx);
    });
  }
  const { maxLength } = element;
  if (maxLength !== undefined && maxLength !== base?.maxLength) {
    checks.push(({ value }, ctx) => {
      if (typeof value === 'string' && value.length > maxLength) {
        ctx.error('too-long', `At most ${maxLength} characters are allowed by the profile, not ${value.length}.`);
      }
    });
  }
  for (const [limit, wrong, word] of [
    [element.minValue, (v: number, l: number) => v < l, 'least'],
    [element.maxValue, (v: number, l: number) => v > l, 'most'],
  ] as const) {
    if (typeof limit !== 'number') continue;
    checks.push(({ value }, ctx) => {
      if (typeof value === 'number' && wrong(value, limit))
        ctx.error('value', `The value must be at ${word} ${limit}, not ${value}.`);
    });
  }
  const check = invariantCheck(raw, element, base, of);
  if (check) checks.push(check);
  return checks;
}

/** The rules that neither the R4 element nor the R4 type has: the walk has checked those. */
function invariantCheck(
  raw: Raw,
  element: StructureElement,
  base: StructureElement | undefined,
  of: Structure,
): ItemCheck | undefined {
  const known = new Set<string>();
  for (const constraint of base?.constraints ?? []) known.add(constraint.expression);
  for (const type of element.types ?? []) {
    for (const constraint of structure(type.code)?.elements[0]?.constraints ?? []) known.add(constraint.expression);
  }
  const added = (element.constraints ?? []).filter((c) => !known.has(c.expression));
  if (added.length === 0) return undefined;
  const byType = new Map<string, Invariant[]>();
  const path = element.base?.path ?? element.path;
  return (item, ctx) => {
    const value = item.value;
    if (value === undefined) return;
    const root = !element.path.includes('.');
    const inner = item.type === 'BackboneElement' || item.type === 'Element' || item.type === '';
    const at = root ? of.type : inner || item.type in primitives ? path : item.type;
    let made = byType.get(at);
    if (!made) {
      made = added.flatMap((constraint) => compileInvariant(constraint, at) ?? []);
      byType.set(at, made);
    }
    checkInvariants(made, value, ctx);
    void raw;
  };
}

/** A value must meet one of the profiles; those that are not known cannot be checked. */
export function checkProfiles(
  urls: readonly string[],
  type: string,
  value: unknown,
  ctx: Context,
  find: ProfileFinder,
): void {
  const known: Profile[] = [];
  for (const url of urls) {
    const profile = find.profile(url);
    if (!profile) return;
    known.push(profile);
  }
  const [first, ...others] = known;
  if (!first) return;
  if (others.length === 0) {
    inside(value, ctx, () => first.check(value, type, ctx));
    return;
  }
  if (
    known.some((p) => p.type === type && ctx.silently(() => inside(value, ctx, () => p.check(value, type, ctx))) === 0)
  )
    return;
  ctx.error('structure', `The ${type} meets none of the profiles allowed here: ${urls.join(', ')}.`);
}

/** Within a resource of its own, `%resource` and `#` mean that resource. */
function inside(value: unknown, ctx: Context, work: () => void): void {
  if (!isObject(value) || typeof value.resourceType !== 'string') {
    work();
    return;
  }
  const { resource, root } = ctx;
  ctx.resource = value;
  if (!Array.isArray(root.contained) || !root.contained.includes(value)) ctx.root = value;
  work();
  ctx.resource = resource;
  ctx.root = root;
}
