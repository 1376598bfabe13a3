import { isResourceType } from '../definitions/index.ts';
import type { Context, Obj } from './context.ts';

const literal = /^(?:https?:\/\/.*\/)?([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

/** The resource type that a Reference points to, as far as can be known without reading the target. */
export function targetType(reference: Obj, ctx: Context): string | undefined {
  const text = reference.reference;
  if (typeof text === 'string') {
    if (text.startsWith('#')) return typeName(ctx.resolve(text));
    const named = text.length < 2_000 ? literal.exec(text)?.[1] : undefined;
    if (named && isResourceType(named)) return named;
    const found = typeName(ctx.resolve(text));
    if (found) return found;
  }
  return typeof reference.type === 'string' && isResourceType(reference.type) ? reference.type : undefined;
}

const typeName = (resource: Obj | undefined): string | undefined =>
  typeof resource?.resourceType === 'string' ? resource.resourceType : undefined;

/** Refuses a target of a type that the element does not allow. */
export function checkTarget(allowed: ReadonlySet<string>, value: Obj, ctx: Context): void {
  const type = targetType(value, ctx);
  if (type === undefined || allowed.has(type) || allowed.has('Resource')) return;
  const list = [...allowed].slice(0, 8).join(', ');
  ctx.error('structure', `The reference is to a resource of type ${type}, but must be to: ${list}.`);
}
