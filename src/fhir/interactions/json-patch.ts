// https://www.rfc-editor.org/rfc/rfc6902 — https://hl7.org/fhir/R4/http.html#patch
import { applyPatch } from '@medplum/core';
import { cloneExact, moveExact, settleExact } from '../decimals.ts';
import { FhirProblem } from '../outcome.ts';
import { isObject } from './body.ts';

type Step = { op: string; path: string; from?: string; value?: unknown };

const maxSteps = 1_000;
/** Characters that copies may add: a copy of a copy doubles. */
const maxCopied = 5_000_000;
function refuse(status: number, code: string, words: string, at: number): never {
  throw new FhirProblem(status, code, `${words} Nothing was changed.`, { expression: `patch[${at}]` });
}

function stepOf(value: unknown, at: number): Step {
  if (!isObject(value)) refuse(400, 'structure', 'Each operation of a JSON Patch is an object with op and path.', at);
  const { op, path, from } = value;
  if (typeof op !== 'string' || !['add', 'remove', 'replace', 'move', 'copy', 'test'].includes(op)) {
    refuse(400, 'value', 'The op must be add, remove, replace, move, copy or test.', at);
  }
  if (typeof path !== 'string' || !/^(\/([^~]|~[01])*)?$/.test(path))
    refuse(400, 'value', 'The path must be a JSON Pointer like /name/0/family.', at);
  if ((op === 'move' || op === 'copy') && (typeof from !== 'string' || !/^(\/([^~]|~[01])*)?$/.test(from))) {
    refuse(400, 'value', `The from of ${op} must be a JSON Pointer like /name/0.`, at);
  }
  if ((op === 'add' || op === 'replace' || op === 'test') && !Object.hasOwn(value, 'value'))
    refuse(400, 'required', `The operation ${op} needs a value.`, at);
  return value as Step;
}

const tokens = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((token) => token.replace(/~1/g, '/').replace(/~0/g, '~'));

// The library takes indexes as parseInt does, writes past the end and boxes primitives: a pointer reaches it only when it points right.
function check(document: unknown, pointer: string, adding: boolean, at: number): void {
  const path = tokens(pointer);
  if (path.length === 0)
    refuse(422, 'not-supported', 'The whole resource cannot be the target of an operation: use an update.', at);
  let value = document;
  for (const [i, token] of path.entries()) {
    const last = i === path.length - 1;
    if (Array.isArray(value)) {
      if (adding && last && (token === '-' || token === String(value.length))) return;
      if (!/^(0|[1-9]\d{0,9})$/.test(token) || Number(token) >= value.length)
        refuse(422, 'not-found', `There is no item ${token.slice(0, 40)} at ${pointer.slice(0, 200)}.`, at);
      value = value[Number(token)];
    } else if (isObject(value)) {
      if (!Object.hasOwn(value, token)) {
        if (adding && last && !(token in value)) return;
        refuse(422, 'not-found', `There is no “${token.slice(0, 60)}” at ${pointer.slice(0, 200)}.`, at);
      }
      value = value[token];
    } else refuse(422, 'not-found', `The path ${pointer.slice(0, 200)} goes into a value that has no parts.`, at);
  }
}

function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  if (isObject(a)) {
    if (!isObject(b)) return false;
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
    );
  }
  return a === b;
}

const valueAt = (document: unknown, pointer: string): unknown =>
  tokens(pointer).reduce<unknown>((value, token) => (value as Record<string, unknown>)[token], document);

/** What holds the place a pointer names, and the key there; `-` is the last item, once it is in. */
function placeOf(document: unknown, pointer: string): [holder: object, key: string] {
  const path = tokens(pointer);
  const key = path.pop()!;
  const holder = path.reduce<unknown>((value, token) => (value as Record<string, unknown>)[token], document) as object;
  return [holder, key === '-' && Array.isArray(holder) ? String(holder.length - 1) : key];
}

/** Applies a JSON Patch to a copy. @throws FhirProblem 400 for a malformed patch, 422 when a path is not there or a test fails. */
export function jsonPatch<T extends object>(original: T, patch: unknown): T {
  if (!Array.isArray(patch)) throw new FhirProblem(400, 'structure', 'A JSON Patch is an array of operations.');
  if (patch.length > maxSteps)
    throw new FhirProblem(400, 'too-costly', `A JSON Patch holds at most ${maxSteps} operations.`);
  const document = cloneExact(original);
  let copied = 0;
  for (const [at, item] of patch.entries()) {
    const step = stepOf(item, at);
    if (step.op === 'move' && step.path.startsWith(`${step.from}/`))
      refuse(422, 'value', 'A value cannot be moved into itself.', at);
    if (step.from !== undefined && (step.op === 'move' || step.op === 'copy')) check(document, step.from, false, at);
    if (step.op === 'test') {
      check(document, step.path, false, at);
      if (!sameJson(valueAt(document, step.path), step.value))
        refuse(422, 'conflict', `The test at ${step.path.slice(0, 200)} fails: the value there is another.`, at);
      continue;
    }
    // A move takes away first: the place is checked on what is left.
    if (step.op === 'move' && step.from !== undefined) {
      const held = { value: valueAt(document, step.from) };
      moveExact(...placeOf(document, step.from), held, 'value');
      applyPatch(document, [{ op: 'remove', path: step.from }]);
      check(document, step.path, true, at);
      applyPatch(document, [{ op: 'add', path: step.path, value: held.value }]);
      moveExact(held, 'value', ...placeOf(document, step.path));
      continue;
    }
    check(document, step.path, step.op === 'add' || step.op === 'copy', at);
    if (step.op === 'copy') {
      copied += JSON.stringify(valueAt(document, step.from!)).length;
      if (copied > maxCopied) refuse(422, 'too-costly', 'The copies make the resource too large.', at);
    }
    const [error] = applyPatch(document, [step as Parameters<typeof applyPatch>[1][number]]);
    if (error) refuse(422, 'processing', `The operation ${step.op} at ${step.path.slice(0, 200)} cannot be done.`, at);
    if (step.op === 'copy') moveExact(...placeOf(document, step.from!), ...placeOf(document, step.path));
    else if (step.op !== 'remove') moveExact(step, 'value', ...placeOf(document, step.path));
  }
  settleExact(document);
  return document;
}
