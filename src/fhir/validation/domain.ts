import { type Context, isObject, type Obj } from './context.ts';

/**
 * The rules of every DomainResource, by hand: contained resources hold none themselves (dom-2), are referred to (dom-3), have no version
 * (dom-4) nor security labels (dom-5). dom-6 (a narrative should be there) is advice and is not reported.
 */
export function checkDomain(resource: Obj, ctx: Context, contained: boolean): void {
  if (contained) {
    if (resource.contained !== undefined) {
      ctx.error('invariant', 'A contained resource must not contain resources itself (dom-2).', 'contained');
    }
    if (isObject(resource.meta)) {
      if (resource.meta.versionId !== undefined || resource.meta.lastUpdated !== undefined) {
        ctx.error('invariant', 'A contained resource has neither versionId nor lastUpdated (dom-4).', 'meta');
      }
      if (resource.meta.security !== undefined) {
        ctx.error('invariant', 'A contained resource has no security label of its own (dom-5).', 'meta.security');
      }
    }
    return;
  }
  if (!Array.isArray(resource.contained)) return;
  const used = new Set<string>();
  const ids = new Set<unknown>();
  collect(resource, used);
  resource.contained.forEach((item, i) => {
    if (!isObject(item)) return;
    if (item.id !== undefined && ids.has(item.id))
      ctx.error('invariant', 'Two contained resources have the same id: give each its own.', `contained[${i}].id`);
    ids.add(item.id);
    const refersBack = new Set<string>();
    collect(item, refersBack);
    if (typeof item.id === 'string' ? used.has(`#${item.id}`) || refersBack.has('#') : refersBack.has('#')) return;
    ctx.error(
      'invariant',
      'A contained resource must have an id and be referred to from elsewhere in the resource (dom-3).',
      `contained[${i}]`,
    );
  });
}

/** Every text that begins with `#`. The depth is bounded: the walk has refused what is deeper. */
function collect(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    if (value.charCodeAt(0) === 35) into.add(value);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, into);
  } else if (isObject(value)) {
    for (const key in value) collect(value[key], into);
  }
}
