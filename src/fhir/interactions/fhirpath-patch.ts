// https://hl7.org/fhir/R4/fhirpatch.html
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { cloneExact, keepSource, settleExact } from '../decimals.ts';
import { type StructureElement, structure } from '../definitions/index.ts';
import { FhirProblem } from '../outcome.ts';
import type { JsonResource } from '../store/store.ts';
import { isObject } from './body.ts';
import { fail, Parts, type Step, stepsOf } from './fhirpath-patch-steps.ts';

// Medplum's fhirpathPatchTypedValue needs its own copy of every definition in memory to know what repeats, and passes over malformed
// operations; paths are found here by fhirpath.js and cardinality by our definitions.

type Key = string | number;
interface Node {
  /** JSON keys from the resource to this element. */
  keys: Key[];
  /** The data type, `Patient.contact` for an unnamed one. */
  type: string;
  /** That of what holds it. */
  owner: string;
}

const maxPath = 500;
const maxOpen = 8;
/** Time for all the paths of a patch, ms: nobody else is served meanwhile. */
const budget = 1_000;
// No function that repeats, builds texts or leaves the resource: a path chooses elements, in time that its length bounds.
const functions = new Set([
  'where',
  'first',
  'last',
  'single',
  'ofType',
  'as',
  'is',
  'extension',
  'exists',
  'empty',
  'not',
  'count',
  'startsWith',
  'endsWith',
  'contains',
  'lower',
  'upper',
  'tail',
  'skip',
  'take',
  'hasValue',
]);

interface Ast {
  type?: string;
  text?: string;
  children?: Ast[];
}

/** What makes a parser or an evaluation slow is refused before it is tried. */
function checkText(path: string, at: number): void {
  if (path.length > maxPath) fail(400, 'too-costly', `A path has at most ${maxPath} characters.`, at);
  if (/[%|&{}]/.test(path.replace(/'[^']*'/g, '')))
    fail(400, 'not-supported', 'The path of a patch has no variables, unions or joined texts.', at);
  let open = 0;
  for (const c of path) {
    if (c === '(' || c === '[') open += 1;
    else if (c === ')' || c === ']') open -= 1;
    if (open > maxOpen) fail(400, 'too-costly', `A path has at most ${maxOpen} brackets inside brackets.`, at);
  }
}

function check(ast: Ast, at: number): void {
  if (ast.type === 'Functn' && !functions.has(String(ast.text))) {
    fail(
      422,
      'not-supported',
      `The function ${String(ast.text).slice(0, 40)}() is not for the path of a patch; use ${[...functions].slice(0, 8).join(', ')}…`,
      at,
    );
  }
  for (const child of ast.children ?? []) check(child, at);
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `Patient.contact[0].name` as found → JSON keys; a choice such as `value` is found under its typed name. */
function keysOf(document: unknown, found: string): Key[] | undefined {
  const keys: Key[] = [];
  let value: unknown = document;
  for (const segment of found.split('.').slice(1)) {
    const [, name, index] = /^([^[]+)(?:\[(\d+)\])?$/.exec(segment) ?? [];
    if (name === undefined) return undefined;
    if (!isObject(value)) {
      keys.splice(0, keys.length, ...besideOf(keys));
      value = valueAt(document, keys);
    }
    if (!isObject(value)) return undefined;
    const holder = value;
    const key = Object.hasOwn(holder, name)
      ? name
      : Object.keys(holder).find((k) => k.startsWith(name) && /^[A-Z]/.test(k.slice(name.length)));
    // A primitive may have its extensions only.
    if (key === undefined && !Object.hasOwn(holder, `_${name}`)) return undefined;
    keys.push(key ?? name);
    value = holder[key ?? name];
    if (index !== undefined) {
      keys.push(Number(index));
      value = Array.isArray(value) ? value[Number(index)] : undefined;
    }
  }
  return keys;
}

/** Where the id and the extensions of a primitive stand: `birthDate` → `_birthDate`, `given`, 1 → `_given`, 1. */
function besideOf(keys: readonly Key[]): Key[] {
  const at = typeof keys.at(-1) === 'number' ? keys.length - 2 : keys.length - 1;
  return keys.map((key, i) => (i === at ? `_${key}` : key));
}

function find(document: JsonResource, path: string, at: number): Node[] {
  checkText(path, at);
  // After a dot `div` is an element, not the operator.
  const text = path.replace(/\.div(?![A-Za-z0-9_])/g, '.`div`');
  let nodes: unknown[];
  try {
    check(fhirpath.parse(text), at);
    nodes = fhirpath.evaluate(document, text, {}, r4, { resolveInternalTypes: false }) as unknown[];
  } catch (error) {
    if (error instanceof FhirProblem) throw error;
    return fail(400, 'value', `The path “${path.slice(0, 100)}” is not a FHIRPath that can be followed.`, at);
  }
  return nodes.map((node) => {
    const named = node as {
      fullPropertyName?: () => string | null;
      path?: string | null;
      parentResNode?: { path?: string | null } | null;
    };
    const full = named.fullPropertyName?.();
    const keys = typeof full === 'string' ? keysOf(document, full) : undefined;
    return keys
      ? { keys, type: named.path ?? document.resourceType, owner: named.parentResNode?.path ?? document.resourceType }
      : fail(422, 'value', `The path “${path.slice(0, 100)}” gives a value, not an element of the resource.`, at);
  });
}

const valueAt = (document: unknown, keys: readonly Key[]): unknown =>
  keys.reduce<unknown>((value, key) => (value as Record<Key, unknown> | undefined)?.[key], document);

/** An element as its definition has it: found under the type, or under what the unnamed element refers to. */
function elementOf(parent: string, name: string): StructureElement | undefined {
  const elements = structure(parent.split('.')[0]!)?.elements ?? [];
  return elements.find(({ path }) => path === `${parent}.${name}`);
}

/** What an element is a kind of: `HumanName`, or its own path when it has no name; of `Questionnaire.item.item`, `Questionnaire.item`. */
function typeOf(parent: string, name: string): string {
  const element = elementOf(parent, name);
  const code = element?.types?.[0]?.code;
  return (
    element?.contentReference ??
    (code === undefined || code === 'BackboneElement' || code === 'Element' ? `${parent}.${name}` : code)
  );
}

/** The element's JSON name under its parent, and whether it repeats; `undefined` when the type has none of that name. */
function child(parent: string, name: string, value: unknown): { key: string; repeats: boolean } | undefined {
  const [owner, ...inner] = parent.split('.');
  const path = [owner, ...inner, name].join('.');
  const plain = elementOf(parent, name);
  if (plain) return { key: name, repeats: plain.max === undefined || plain.max > 1 };
  const choice = (structure(owner!)?.elements ?? []).find(
    (element) =>
      element.path.endsWith('[x]') &&
      element.path.startsWith(`${parent}.`) &&
      (element.types ?? []).some(({ code }) => `${element.path.slice(0, -3)}${capital(code)}` === path),
  );
  if (choice) return { key: name, repeats: false };
  // Deeper unnamed types are described under the type that first names them (contentReference): what is there tells.
  return inner.length > 0 ? { key: name, repeats: Array.isArray(value) } : undefined;
}

const choiceOf = (parent: string, name: string): boolean =>
  (structure(parent.split('.')[0]!)?.elements ?? []).some(({ path }) => path === `${parent}.${name}[x]`);

/** `value` of the JSON name `valueQuantity`, where it is a choice. */
const choiceNamed = (parent: string, key: string): string | undefined =>
  (structure(parent.split('.')[0]!)?.elements ?? [])
    .filter(({ path }) => path.startsWith(`${parent}.`) && path.endsWith('[x]'))
    .map(({ path }) => path.slice(parent.length + 1, -3))
    .find((name) => key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length)));

/** The value of a step as JSON; an element of the type `type` from its parts. */
function valueOf(value: unknown, type: string): unknown {
  if (!(value instanceof Parts)) return value;
  const element: Record<string, unknown> = {};
  for (const { name, value: inner, typed, written } of value.list) {
    const key = typed && choiceOf(type, name) ? `${name}${typed}` : name;
    const json = valueOf(inner, typeOf(type, name));
    const there = Object.hasOwn(element, key) ? element[key] : undefined;
    const repeats = child(type, key, there)?.repeats ?? there !== undefined;
    put(element, key, repeats ? [...(Array.isArray(there) ? there : []), json] : json);
    if (!repeats) keepSource(element, key, written);
  }
  return element;
}

/** The ids and extensions of the items of a list of primitives, which stand beside it and go with them. */
function besides(document: JsonResource, list: readonly Key[]): unknown[] | undefined {
  const holder = valueAt(document, list.slice(0, -1));
  const found = isObject(holder) ? holder[`_${list.at(-1)}`] : undefined;
  return Array.isArray(found) ? found : undefined;
}

/** Takes the list beside away when it says nothing any more. */
function settle(document: JsonResource, list: readonly Key[]): void {
  const holder = valueAt(document, list.slice(0, -1)) as Record<string, unknown>;
  if (besides(document, list)?.every((item) => item === null)) delete holder[`_${list.at(-1)}`];
}

/** The list a path speaks of; every item of it must have been found. */
function listOf(document: JsonResource, nodes: Node[], step: Step, at: number): unknown[] {
  const keys = nodes[0]?.keys ?? fail(422, 'not-found', `No content found at ${step.path.slice(0, 200)}.`, at);
  if (typeof keys.at(-1) !== 'number')
    return fail(422, 'value', `What is at ${step.path.slice(0, 200)} is not a list.`, at);
  const list = valueAt(document, keys.slice(0, -1)) as unknown[];
  const base = JSON.stringify(keys.slice(0, -1));
  if (
    nodes.length !== list.length ||
    nodes.some((node, i) => node.keys.at(-1) !== i || JSON.stringify(node.keys.slice(0, -1)) !== base)
  ) {
    fail(422, 'multiple-matches', `The path ${step.path.slice(0, 200)} must name one whole list.`, at);
  }
  return list;
}

function put(holder: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Takes an element away, and what is left empty by it. */
function remove(document: JsonResource, keys: Key[]): void {
  for (let length = keys.length; length > 0; length--) {
    const place = keys.slice(0, length - 1);
    const holder = valueAt(document, place);
    const key = keys[length - 1]!;
    if (Array.isArray(holder) && String(place.at(-1)).startsWith('_')) {
      // Beside a primitive that stays.
      holder[Number(key)] = null;
      if (!holder.every((item) => item === null)) return;
      holder.length = 0;
    } else if (Array.isArray(holder)) {
      holder.splice(Number(key), 1);
      besides(document, place)?.splice(Number(key), 1);
      settle(document, place);
    } else if (isObject(holder)) {
      delete holder[key];
      delete holder[`_${key}`];
    }
    if (length === 1 || (Array.isArray(holder) ? holder.length > 0 : Object.keys(holder as object).length > 0)) return;
  }
}

function add(document: JsonResource, { keys, type }: Node, step: Step, at: number): void {
  const name = step.name!;
  const target = valueAt(document, keys);
  const primitive = target !== undefined && !isObject(target) && !Array.isArray(target);
  if (primitive && name !== 'extension' && name !== 'id')
    fail(422, 'value', `What is at ${step.path.slice(0, 200)} has no elements to add to, but id and extension.`, at);
  const place = primitive ? openBeside(document, keys) : keys;
  const holder = valueAt(document, place);
  if (!isObject(holder)) fail(422, 'value', `What is at ${step.path.slice(0, 200)} has no elements to add to.`, at);
  const owner = keys.length === 0 ? document.resourceType : primitive ? 'Element' : type;
  const choice = step.typed && choiceOf(owner, name) ? { key: `${name}${step.typed}`, repeats: false } : undefined;
  const known = choice ?? child(owner, name, holder[name]);
  if (!known) fail(422, 'not-found', `${owner} has no element “${name.slice(0, 60)}”.`, at);
  const there = Object.hasOwn(holder, known.key) ? holder[known.key] : undefined;
  const value = valueOf(step.value, typeOf(owner, name));
  put(holder, known.key, known.repeats ? [...(Array.isArray(there) ? there : []), value] : value);
  keepSource(holder, known.key, known.repeats ? undefined : step.written);
  if (known.repeats) besides(document, [...place, known.key])?.push(null);
  else delete holder[`_${known.key}`];
}

/** The place beside a primitive, made when there is none yet. */
function openBeside(document: JsonResource, keys: readonly Key[]): Key[] {
  const place = besideOf(keys);
  const index = place.at(-1);
  const list = typeof index === 'number' ? place.slice(0, -1) : place;
  const holder = valueAt(document, list.slice(0, -1)) as Record<Key, unknown>;
  const name = list.at(-1)!;
  if (typeof index !== 'number') holder[name] ??= {};
  else {
    const all = (holder[name] ??= (valueAt(document, keys.slice(0, -1)) as unknown[]).map(() => null)) as unknown[];
    all[index] ??= {};
  }
  return place;
}

function replace(document: JsonResource, { keys, type, owner }: Node, step: Step, at: number): void {
  const key = keys.at(-1);
  if (key === undefined)
    fail(422, 'not-supported', 'The whole resource cannot be replaced by a patch: use an update.', at);
  const holder = valueAt(document, keys.slice(0, -1)) as Record<Key, unknown>;
  const choice = step.typed && typeof key === 'string' ? choiceNamed(owner, key) : undefined;
  // A choice may change its type with its value.
  const name = choice === undefined ? key : `${choice}${step.typed}`;
  if (name !== key) delete holder[key];
  holder[name] = valueOf(step.value, type);
  keepSource(holder, String(name), step.written);
  // The id and the extensions were those of the value that goes.
  if (typeof key === 'string') delete holder[`_${key}`];
  else {
    const list = keys.slice(0, -1);
    const beside = besides(document, list);
    if (beside) beside[key] = null;
    settle(document, list);
  }
}

function insertOrMove(document: JsonResource, nodes: Node[], step: Step, at: number): void {
  const list = listOf(document, nodes, step, at);
  const inRange = (part: 'index' | 'source' | 'destination', end: number): number => {
    const index = step[part]!;
    if (index > end) fail(422, 'value', `The part ${part} is ${index}, past the end of the list.`, at);
    return index;
  };
  const [node] = nodes as [Node];
  const beside = besides(document, node.keys.slice(0, -1));
  if (step.type === 'insert') {
    const index = inRange('index', list.length);
    list.splice(index, 0, valueOf(step.value, node.type));
    beside?.splice(index, 0, null);
    return;
  }
  const [source, destination] = [inRange('source', list.length - 1), inRange('destination', list.length - 1)];
  for (const each of [list, beside]) each?.splice(destination, 0, ...each.splice(source, 1));
}

function applyStep(document: JsonResource, step: Step, at: number): void {
  const nodes = find(document, step.path, at);
  if (step.type === 'insert' || step.type === 'move') {
    insertOrMove(document, nodes, step, at);
    return;
  }
  const where = step.path.slice(0, 200);
  if (nodes.length > 1)
    fail(422, 'multiple-matches', `The path ${where} finds ${nodes.length} elements; it must find one.`, at);
  const [node] = nodes;
  if (step.type === 'delete') {
    if (node?.keys.length === 0)
      fail(422, 'not-supported', 'The whole resource is not deleted by a patch: use DELETE.', at);
    // What is not there needs no taking away.
    if (node) remove(document, node.keys);
    return;
  }
  if (!node) fail(422, 'not-found', `No content found at ${where}${step.type === 'add' ? ' when adding' : ''}.`, at);
  (step.type === 'add' ? add : replace)(document, node, step, at);
}

/** Applies a FHIRPath Patch to a copy. @throws FhirProblem 400 for a malformed patch, 422 when a path finds nothing or too much. */
export function fhirpathPatch(original: JsonResource, patch: unknown): JsonResource {
  const steps = stepsOf(patch);
  const document = cloneExact(original);
  const end = performance.now() + budget;
  for (const [at, step] of steps.entries()) {
    if (performance.now() > end) fail(422, 'too-costly', 'The patch takes too long: send it in parts.', at);
    applyStep(document, step, at);
  }
  settleExact(document);
  return document;
}
