import { isResourceType } from '../definitions/index.ts';
import { type Context, type Obj, shown } from './context.ts';

/** The forms of a literal reference besides Type/id: contained, absolute. https://hl7.org/fhir/R4/references.html#literal */
const form = /^(?:#[A-Za-z0-9\-.]{0,64}|[A-Za-z][A-Za-z0-9+.-]*:\S+)$/;
/** What only a transaction settles. */
const condition = /^[A-Z][A-Za-z]+\?\S+$/;
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

/** Refuses a reference that can be none, whose two ways of saying the type differ, or to a type that the element does not allow. */
export function checkReference(value: Obj, allowed: ReadonlySet<string> | undefined, ctx: Context): void {
  const { reference, type } = value;
  if (typeof reference === 'string' && reference.length < 2_000) {
    const named = literal.exec(reference)?.[1];
    if (named !== undefined && isResourceType(named)) {
      if (typeof type === 'string' && type !== named && isResourceType(type))
        ctx.error('value', `The reference is to a resource of type ${named}, but its type says ${type}.`, 'type');
      if (allowed) mustBeOneOf(allowed, named, ctx);
      return;
    }
    if (!form.test(reference) && !(ctx.bundle && condition.test(reference)))
      ctx.error(
        'value',
        `The reference ${shown(reference)} is neither Type/id, an absolute URL, urn:uuid:… nor #id of a contained resource.`,
        'reference',
      );
  }
  if (allowed) checkTarget(allowed, value, ctx);
}

/** Refuses a target of a type that the element does not allow. */
export function checkTarget(allowed: ReadonlySet<string>, value: Obj, ctx: Context): void {
  const type = targetType(value, ctx);
  if (type !== undefined) mustBeOneOf(allowed, type, ctx);
}

function mustBeOneOf(allowed: ReadonlySet<string>, type: string, ctx: Context): void {
  if (allowed.has(type) || allowed.has('Resource')) return;
  const list = [...allowed].slice(0, 8).join(', ');
  ctx.error('structure', `The reference is to a resource of type ${type}, but must be to: ${list}.`);
}
