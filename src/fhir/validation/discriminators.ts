/** Discriminators: value, pattern, exists, type, profile, along paths with `$this`, `resolve()`, `ofType(…)` and `extension('…')`. */
import type { Slicing } from '../definitions/index.ts';
import { equal, fits } from './compare.ts';
import { type Context, isObject } from './context.ts';
import type { Profile, ProfileFinder } from './profile.ts';
import { type Item, itemsOf, keysOf, type Raw } from './profile-tree.ts';
import { targetType } from './references.ts';

/** Whether an item belongs to a slice; `undefined` when what is loaded cannot tell. */
export type Matcher = (item: Item, ctx: Context) => boolean | undefined;

const bare = (url: string): string => (url.includes('|') ? url.slice(0, url.indexOf('|')) : url);

/** `undefined` when nothing in the profile tells the slice from others. */
export function compileMatcher(slice: Raw, slicing: Slicing | undefined, find: ProfileFinder): Matcher | undefined {
  const types = slice.element?.types ?? [];
  const byUrl = types.length === 1 && types[0]?.code === 'Extension' ? types[0].profiles : undefined;
  if (byUrl) {
    const urls = new Set(byUrl.map(bare));
    return ({ value }) => isObject(value) && typeof value.url === 'string' && urls.has(value.url);
  }
  if (slice.name.endsWith('[x]')) {
    const codes = new Set(types.map((t) => t.code));
    const byType = slicing?.discriminators.every((d) => d.type === 'type' && d.path === '$this') ?? true;
    if (byType) return (item) => codes.has(item.type);
  }
  const extension = slice.name === 'extension' || slice.name === 'modifierExtension';
  const discriminators = slicing?.discriminators ?? (extension ? [{ type: 'value', path: 'url' }] : []);
  const tests = discriminators.flatMap((d) => one(slice, d, find) ?? []);
  if (tests.length === 0 || tests.length < discriminators.length) return undefined;
  return (item, ctx) => {
    for (const test of tests) {
      const answer = test(item, ctx);
      if (answer !== true) return answer;
    }
    return true;
  };
}

function one(slice: Raw, { type, path }: { type: string; path: string }, find: ProfileFinder): Matcher | undefined {
  const steps = stepsOf(path);
  const targets = rawAt([slice], steps, find);
  const get = getter(slice, steps, find);
  if (type === 'exists') {
    const target = targets.find((t) => t.element);
    if (!target?.element) return undefined;
    if (target.element.max === 0) return (item, ctx) => get(item, ctx).length === 0;
    return target.element.min > 0 ? (item, ctx) => get(item, ctx).length > 0 : undefined;
  }
  if (type === 'type') {
    const codes = new Set(targets.flatMap((t) => t.element?.types?.map((one) => one.code) ?? []));
    if (steps.at(-1) === 'resolve()') {
      const wanted = new Set(targets.map((t) => t.name));
      return wanted.size > 0 ? (item, ctx) => get(item, ctx).some((i) => wanted.has(i.type)) : undefined;
    }
    return codes.size > 0 ? (item, ctx) => get(item, ctx).some((i) => codes.has(i.type)) : undefined;
  }
  if (type === 'profile') return profileMatcher(slice, steps, targets, get, find);
  const conditions = targets.map((t) => condition(t, find, 0)).filter((c) => c !== undefined);
  if (conditions.length === 0) return undefined;
  return (item, ctx) => get(item, ctx).some((i) => conditions.every((c) => c(i, ctx)));
}

function profileMatcher(
  slice: Raw,
  steps: string[],
  targets: Raw[],
  get: (item: Item, ctx: Context) => Item[],
  find: ProfileFinder,
): Matcher | undefined {
  const resolved = steps.at(-1) === 'resolve()';
  const holders = resolved ? rawAt([slice], steps.slice(0, -1), find) : targets;
  const urls = holders.flatMap(
    (t) => t.element?.types?.flatMap((one) => (resolved ? one.targets : one.profiles) ?? []) ?? [],
  );
  if (urls.length === 0) {
    // A type without a profile is the profile of all its kind.
    const types = new Set(resolved ? [] : targets.flatMap((t) => t.element?.types?.map((one) => one.code) ?? []));
    return types.size > 0 && !types.has('Reference')
      ? (item, ctx) => get(item, ctx).some(({ type }) => types.has(type))
      : undefined;
  }
  let profiles: { type: string; profile: Profile | undefined; url: string }[] | undefined;
  return (item, ctx) => {
    profiles ??= urls.map((url) => ({
      url: bare(url),
      type: find.structure(url)?.type ?? '',
      profile: find.profile(url),
    }));
    if (ctx.profileDepth > 8) return undefined;
    return get(item, ctx).some(({ value, type }) =>
      (profiles ?? []).some((p) => {
        if (p.type !== type) return false;
        if (!isObject(value)) return true;
        const declared = isObject(value.meta) && Array.isArray(value.meta.profile) ? value.meta.profile : [];
        if (declared.some((url) => typeof url === 'string' && bare(url) === p.url)) return true;
        const { resource, root } = ctx;
        ctx.resource = value;
        ctx.root = value;
        const errors = ctx.silently(() => p.profile?.check(value, type, ctx));
        ctx.resource = resource;
        ctx.root = root;
        return errors === 0;
      }),
    );
  };
}

/** `a.resolve().b` as steps; `$this` is no step. */
const stepsOf = (path: string): string[] =>
  (path.match(/[A-Za-z]+\((?:'[^']*'|[^)]*)\)|[^.]+/g) ?? []).filter((step) => step !== '$this' && step !== '');

const argument = (step: string, name: string): string | undefined =>
  step.startsWith(`${name}(`) ? step.slice(name.length + 1, -1).replace(/^'|'$/g, '') : undefined;

/** The elements of the profile (or of the profiles its types point to) at the end of a path. */
function rawAt(from: Raw[], steps: string[], find: ProfileFinder): Raw[] {
  let here = from;
  for (const step of steps) {
    const next: Raw[] = [];
    const url = argument(step, 'extension');
    const type = argument(step, 'ofType');
    for (const raw of here) {
      if (step === 'resolve()') {
        const targets = raw.element?.types?.flatMap((t) => t.targets ?? []) ?? [];
        for (const target of targets) {
          const profile = find.profile(target);
          const named = find.structure(target)?.type ?? /\/([A-Z][A-Za-z]+)$/.exec(target)?.[1];
          if (profile) next.push(profile.raw);
          else if (named) next.push({ name: named, slice: undefined, element: undefined, children: [], slices: [] });
        }
      } else if (type !== undefined) {
        const typed = raw.slices.filter((s) => s.element?.types?.some((t) => t.code === type));
        next.push(...(typed.length > 0 ? typed : [raw]));
      } else if (url !== undefined) {
        for (const candidate of namedChildren(raw, 'extension', find).flatMap((c) => c.slices)) {
          const profile = candidate.element?.types?.[0]?.profiles?.find((p) => bare(p) === url);
          if (profile || candidate.children.some((c) => c.name === 'url' && c.element?.fixed === url)) {
            next.push(candidate);
            const own = profile && find.profile(profile);
            if (own) next.push(own.raw);
          }
        }
      } else next.push(...namedChildren(raw, step, find));
    }
    here = next;
  }
  return here;
}

/** The children of a name, with those of their slices that must be there: what they fix counts as well. */
function namedChildren(raw: Raw, name: string, find: ProfileFinder): Raw[] {
  const named = (children: Raw[]): Raw[] =>
    children
      .filter((c) => c.name === name || c.name === `${name}[x]`)
      .flatMap((c) => [c, ...c.slices.filter((s) => (s.element?.min ?? 0) > 0)]);
  const own = named(raw.children);
  if (own.length > 0) return own;
  return (raw.element?.types ?? [])
    .flatMap((t) => (t.profiles ?? []).map((url) => find.profile(url)))
    .flatMap((p) => (p ? named(p.raw.children) : []));
}

const choiceKeys = (value: unknown, name: string): [string, string, string][] => {
  if (!isObject(value)) return [];
  const keys = Object.keys(value).filter((k) => k.startsWith(name) && /^[A-Z]/.test(k.slice(name.length)));
  return keys.map((key) => {
    const tail = key.slice(name.length);
    const type =
      /^(String|Code|Uri|Boolean|Integer|Decimal|Date|DateTime|Instant|Time|Id|Oid|Uuid|Url|Canonical|Markdown)$/.test(
        tail,
      )
        ? tail.charAt(0).toLowerCase() + tail.slice(1)
        : tail;
    return [key, type, name];
  });
};

/** The values at the end of a path. */
function getter(slice: Raw, steps: string[], find: ProfileFinder): (item: Item, ctx: Context) => Item[] {
  const plan = steps.map((step, i) => {
    const [raw] = rawAt([slice], steps.slice(0, i + 1), find);
    return { step, keys: raw && !step.includes('(') ? keysOf(raw) : [[step, '', step] as const] };
  });
  return (item, ctx) => {
    let items = [item];
    for (const { step, keys } of plan) {
      const url = argument(step, 'extension');
      const type = argument(step, 'ofType');
      if (step === 'resolve()') items = items.flatMap((i) => resolved(i, ctx));
      else if (type !== undefined) items = items.filter((i) => i.type === type);
      else {
        items = items.flatMap((i) => {
          const parent = isObject(i.value) ? i.value : i.shadow;
          const found = itemsOf(parent, url === undefined ? keys : [['extension', 'Extension', 'extension']]);
          if (url !== undefined) return found.filter((e) => isObject(e.value) && e.value.url === url);
          return found.length > 0 ? found : itemsOf(parent, choiceKeys(parent, step));
        });
      }
    }
    return items;
  };
}

function resolved(item: Item, ctx: Context): Item[] {
  if (!isObject(item.value)) return [];
  const { reference } = item.value;
  const target = typeof reference === 'string' ? ctx.resolve(reference) : undefined;
  const type = typeof target?.resourceType === 'string' ? target.resourceType : targetType(item.value, ctx);
  return type === undefined ? [] : [{ value: target, shadow: undefined, type, segment: 'resolve()', index: undefined }];
}

/** What an element of a slice fixes: its own value, or those of its children. */
function condition(raw: Raw, find: ProfileFinder, depth: number): ((item: Item, ctx: Context) => boolean) | undefined {
  const element = raw.element;
  const fixed = element?.fixed;
  if (fixed !== undefined) return ({ value }) => equal(fixed, value);
  const pattern = element?.pattern;
  if (pattern !== undefined) return ({ value }) => fits(pattern, value);
  if (depth > 4) return undefined;
  const byChildren = childrenCondition(raw, find, depth);
  const binding = element?.binding;
  if (binding?.strength !== 'required') return byChildren;
  return (item, ctx) => {
    const answers = codesOf(item.value).map(([system, code]) =>
      ctx.terminology?.member(binding.valueSet, system, code),
    );
    if (answers.includes(true)) return true;
    // With the value set not loaded, what the children fix may still tell.
    return answers.includes(undefined) && byChildren ? byChildren(item, ctx) : false;
  };
}

function childrenCondition(
  raw: Raw,
  find: ProfileFinder,
  depth: number,
): ((item: Item, ctx: Context) => boolean) | undefined {
  const profiled = (raw.element?.types ?? []).flatMap((t) =>
    (t.profiles ?? []).flatMap((p) => find.profile(p)?.raw.children ?? []),
  );
  const parts = [...raw.children, ...profiled].flatMap((child) => {
    const slices = [child, ...child.slices].filter((one) => one === child || (one.element?.min ?? 0) > 0);
    return slices.flatMap((one) => {
      const test = condition(one, find, depth + 1);
      return test ? [{ keys: keysOf(one), test, optional: (one.element?.min ?? 0) === 0 }] : [];
    });
  });
  if (parts.length === 0) return undefined;
  return ({ value, shadow }, ctx) =>
    parts.every(({ keys, test, optional }) => {
      const items = itemsOf(isObject(value) ? value : shadow, keys);
      return items.length === 0 ? optional : items.some((i) => test(i, ctx));
    });
}

const codesOf = (value: unknown): [string | undefined, string][] => {
  if (typeof value === 'string') return [[undefined, value]];
  if (!isObject(value)) return [];
  const codings = Array.isArray(value.coding) ? value.coding.filter(isObject) : [value];
  return codings.flatMap((c) =>
    typeof c.code === 'string' ? [[typeof c.system === 'string' ? c.system : '', c.code]] : [],
  );
};
