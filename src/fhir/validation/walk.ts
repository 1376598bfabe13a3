/** Walks a resource along the compiled R4 types. */
import { sourcesOf } from '../decimals.ts';
import { isResourceType } from '../definitions/index.ts';
import type { Property, TypeNode } from './base.ts';
import { typeNode } from './base.ts';
import { checkBinding } from './bindings.ts';
import { nearest } from './compare.ts';
import { type Context, isObject, kindOf, maxDepth, type Obj, shown } from './context.ts';
import { checkDomain } from './domain.ts';
import { checkInvariants } from './invariants.ts';
import { checkReference } from './references.ts';

/** What the walk asks of profiles. */
export interface Profiles {
  /** Checks a value against each profile that is known. */
  check(urls: readonly string[], type: string, value: unknown, ctx: Context): void;
  /** Checks an extension against its own definition, when known; one that may change the meaning of what it stands on must be. */
  extension(url: string, modifier: boolean, value: Obj, ctx: Context): void;
  /** Checks a resource against what it declares. */
  declared(resource: Obj, type: string, ctx: Context): void;
}

const wholes = new Set(['integer', 'unsignedInt', 'positiveInt']);

/** Checks a resource in the place where the context stands. `container` is the resource that contains it. */
export function checkResource(value: unknown, ctx: Context, profiles: Profiles, container?: Obj): void {
  if (!isObject(value)) {
    ctx.error('structure', `A resource must be a JSON object, not ${kindOf(value)}.`);
    return;
  }
  const type = value.resourceType;
  if (typeof type !== 'string' || type === '') {
    ctx.error('structure', 'The resource has no resourceType: give the name of an R4 resource type.');
    return;
  }
  const node = isResourceType(type) ? typeNode(type) : undefined;
  if (!node) {
    ctx.error('structure', `${shown(type)} is not an R4 resource type.`, 'resourceType');
    return;
  }
  const { resource, root, bundle, fullUrls } = ctx;
  ctx.resource = value;
  ctx.root = container ?? value;
  if (ctx.path.length === 0) ctx.path.push(type);
  if (type === 'Bundle') {
    ctx.bundle = value;
    ctx.fullUrls = undefined;
  }
  checkNode(node, value, ctx, profiles);
  if (node.domain && !ctx.tooDeep) checkDomain(value, ctx, container !== undefined);
  if (!ctx.full && !ctx.tooDeep) profiles.declared(value, type, ctx);
  ctx.resource = resource;
  ctx.root = root;
  ctx.bundle = bundle;
  ctx.fullUrls = fullUrls;
}

function checkNode(node: TypeNode, value: unknown, ctx: Context, profiles: Profiles): void {
  if (!isObject(value)) {
    ctx.error('structure', `${node.name} must be a JSON object, not ${kindOf(value)}.`);
    return;
  }
  if (ctx.depth >= maxDepth) {
    if (!ctx.tooDeep) ctx.error('too-long', `Elements are nested deeper than ${maxDepth} levels.`);
    ctx.tooDeep = true;
    return;
  }
  ctx.depth += 1;
  ctx.elements += 1;
  const written = sourcesOf(value);
  if (written) for (const [key, source] of written) checkWhole(node.properties.get(key), key, source, ctx);
  let content = 0;
  for (const key in value) {
    if (ctx.full) break;
    const child = value[key];
    const property = node.properties.get(key);
    if (property !== undefined) {
      if (key !== 'id') content += 1;
      checkProperty(property, child, property.primitive ? value[property.shadow] : undefined, ctx, profiles);
    } else if (key === 'resourceType' && node.resource) {
      content += 1;
    } else {
      content += 1;
      checkOther(node, key, child, value, ctx, profiles);
    }
  }
  if (content === 0)
    ctx.error('invariant', 'An element must have a value or children, not only an id: leave it out (ele-1).');
  for (const { name, keys } of node.required) {
    if (!keys.some((key) => value[key] !== undefined || value[`_${key}`] !== undefined)) {
      ctx.error('required', `${name} is required: ${node.name} must have at least 1.`, name);
    }
  }
  for (const { name, keys } of node.choices) {
    let first: string | undefined;
    for (const key of keys) {
      if (value[key] === undefined && value[`_${key}`] === undefined) continue;
      if (first !== undefined)
        ctx.error('structure', `Only one of ${name}[x] may be given, not both ${first} and ${key}.`, name);
      first = key;
    }
  }
  if (node.invariants.length > 0 && !ctx.tooDeep) checkInvariants(node.invariants, value, ctx);
  ctx.depth -= 1;
}

/** JSON has one kind of number, FHIR two: 1.0 is no integer. */
function checkWhole(property: Property | undefined, key: string | undefined, source: string, ctx: Context): void {
  if (property && wholes.has(property.type) && !/^-?\d+$/.test(source))
    ctx.error(
      'value',
      `${property.json} is a whole number: ${shown(source)} must be written without point or exponent.`,
      key,
    );
}

/** A key that is no element: the extensions of a primitive, or a mistake. */
function checkOther(node: TypeNode, key: string, child: unknown, parent: Obj, ctx: Context, profiles: Profiles): void {
  if (key.startsWith('_')) {
    const property = node.properties.get(key.slice(1));
    if (property?.primitive) {
      // With a value beside it, the pair is checked there.
      if (parent[property.json] === undefined) checkProperty(property, undefined, child, ctx, profiles);
      return;
    }
  }
  const hint = nearest(key, node.properties.keys());
  ctx.error(
    'structure',
    `${shown(key)} is not an element of ${node.name}${hint ? `: did you mean “${hint}”?` : '.'}`,
    /^_?[A-Za-z]\w{0,63}$/.test(key) ? key : undefined,
  );
}

function checkProperty(property: Property, value: unknown, shadow: unknown, ctx: Context, profiles: Profiles): void {
  ctx.path.push(property.segment);
  if (!property.array) {
    if (Array.isArray(value) || Array.isArray(shadow)) {
      ctx.error('structure', `${property.json} must not be an array: at most one is allowed.`);
    } else if (property.primitive) checkPrimitive(property, value, shadow, ctx, profiles);
    else checkComplex(property, value, ctx, profiles);
    ctx.path.pop();
    return;
  }
  if (value !== undefined && !Array.isArray(value)) {
    ctx.error('structure', `${property.json} must be an array, even with one item, not ${kindOf(value)}.`);
  } else if (shadow !== undefined && !Array.isArray(shadow)) {
    ctx.error('structure', `_${property.json} must be an array with one item for each of ${property.json}.`);
  } else {
    const values = value as unknown[] | undefined;
    const shadows = shadow as unknown[] | undefined;
    for (const source of (values && sourcesOf(values)?.values()) ?? []) checkWhole(property, undefined, source, ctx);
    const length = values ? values.length : (shadows?.length ?? 0);
    if (length === 0) ctx.error('structure', `${property.json} must not be an empty array: leave it out.`);
    if (values && shadows && shadows.length !== length) {
      ctx.error('structure', `_${property.json} must have as many items as ${property.json}: fill with null.`);
    }
    if (property.max !== undefined && length > property.max) {
      ctx.error('structure', `${property.json} may have at most ${property.max} items, not ${length}.`);
    }
    for (let i = 0; i < length && !ctx.full; i++) {
      ctx.path.push(i);
      if (property.primitive) {
        checkPrimitive(property, values ? values[i] : null, shadows ? shadows[i] : undefined, ctx, profiles, true);
      } else checkComplex(property, values![i], ctx, profiles);
      ctx.path.pop();
    }
  }
  ctx.path.pop();
}

function checkPrimitive(
  property: Property,
  value: unknown,
  shadow: unknown,
  ctx: Context,
  profiles: Profiles,
  inArray = false,
): void {
  const hasShadow = shadow !== undefined && !(inArray && shadow === null);
  if (hasShadow) {
    if (property.type === 'xhtml') ctx.error('structure', 'A narrative cannot have extensions.');
    else checkNode(typeNode('Element')!, shadow, ctx, profiles);
  }
  if (value === undefined || (value === null && inArray)) {
    if (!hasShadow) ctx.error('structure', `${property.json} must not hold null without an extension beside it.`);
    return;
  }
  const wrong = property.primitive!(value);
  if (wrong !== undefined) {
    ctx.error('value', `${property.json} ${wrong}.`);
    return;
  }
  if (property.maxLength !== undefined && (value as string).length > property.maxLength) {
    ctx.error('too-long', `${property.json} may have at most ${property.maxLength} characters.`);
  }
  if (property.binding !== undefined) checkBinding(property.binding, property.type, value, ctx);
  if (property.invariants.length > 0) checkInvariants(property.invariants, value, ctx);
}

function checkComplex(property: Property, value: unknown, ctx: Context, profiles: Profiles): void {
  if (property.resource) {
    if (ctx.depth >= maxDepth) {
      ctx.tooDeep = true;
      return;
    }
    ctx.depth += 1;
    checkResource(value, ctx, profiles, property.json === 'contained' ? ctx.root : undefined);
    ctx.depth -= 1;
    return;
  }
  checkNode(property.node(), value, ctx, profiles);
  if (!isObject(value) || ctx.full || ctx.tooDeep) return;
  if (property.type === 'Extension') checkExtension(value, property.json === 'modifierExtension', ctx, profiles);
  else if (property.type === 'Coding') checkCoding(value, ctx);
  else if (property.type === 'Reference') checkReference(value, property.targets, ctx);
  if (property.binding !== undefined) checkBinding(property.binding, property.type, value, ctx);
  if (property.invariants.length > 0) checkInvariants(property.invariants, value, ctx);
  if (property.profiles !== undefined) profiles.check(property.profiles, property.type, value, ctx);
}

/** A code that its own system does not have: a warning, since systems grow between their versions. */
function checkCoding({ system, code }: Obj, ctx: Context): void {
  if (typeof system !== 'string' || typeof code !== 'string' || !ctx.terminology) return;
  if (ctx.terminology.inSystem(system, code) === false) {
    ctx.report('warning', 'code-invalid', `The code ${shown(code)} is not in the code system ${shown(system)}.`);
  }
}

function checkExtension(value: Obj, modifier: boolean, ctx: Context, profiles: Profiles): void {
  let values = 0;
  for (const key in value) {
    if (key.startsWith('value') || (key.startsWith('_value') && value[key.slice(1)] === undefined)) values += 1;
  }
  const nested = value.extension !== undefined;
  if (values > 0 === nested) {
    ctx.error(
      'invariant',
      'An extension must have either a value[x] or extensions of its own, not both and not neither (ext-1).',
    );
  }
  if (typeof value.url === 'string') profiles.extension(value.url, modifier, value, ctx);
}
