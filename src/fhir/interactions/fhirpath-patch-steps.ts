// https://hl7.org/fhir/R4/fhirpatch.html
import { sourcesOf } from '../decimals.ts';
import { FhirProblem } from '../outcome.ts';
import { isObject } from './body.ts';

const maxSteps = 1_000;

/** One operation of a FHIRPath Patch. */
export interface Step {
  type: string;
  path: string;
  name?: string;
  value?: unknown;
  index?: number;
  source?: number;
  destination?: number;
  /** How the value given is written, when it is a number for which that matters. */
  written?: string;
  typed?: string;
}

/** A refusal placed at an operation. */
export function fail(status: number, code: string, words: string, at: number): never {
  throw new FhirProblem(status, code, `${words} Nothing was changed.`, { expression: `Parameters.parameter[${at}]` });
}

/** An unnamed element (BackboneElement) as its parts; what repeats, and what a choice is called, only its place in a resource tells. */
export class Parts {
  readonly list: { name: string; value: unknown; typed?: string; written?: string }[] = [];
}

/** The value of a part: `valueCode`, a whole resource, or parts that make an unnamed element. */
function partValue(part: Record<string, unknown>): unknown {
  for (const [key, value] of Object.entries(part)) if (/^value[A-Z]/.test(key)) return value;
  if (isObject(part.resource)) return part.resource;
  if (!Array.isArray(part.part)) return undefined;
  const element = new Parts();
  for (const inner of part.part)
    if (isObject(inner) && typeof inner.name === 'string')
      element.list.push({ name: inner.name, value: partValue(inner), typed: typeIn(inner), written: writtenIn(inner) });
  return element;
}

/** Type of the value given, with a capital: names a choice such as valueQuantity. */
const typeIn = (part: object): string | undefined =>
  Object.keys(part)
    .find((key) => /^value[A-Z]/.test(key))
    ?.slice(5);

const writtenIn = (part: object): string | undefined => {
  for (const [key, source] of sourcesOf(part) ?? []) if (/^value[A-Z]/.test(key)) return source;
  return undefined;
};

function stepOf(parameter: unknown, at: number): Step {
  if (!isObject(parameter) || parameter.name !== 'operation' || !Array.isArray(parameter.part)) {
    return fail(
      400,
      'structure',
      'Each parameter of a FHIRPath Patch is named operation and has parts (type, path…).',
      at,
    );
  }
  const values = new Map<string, unknown>();
  for (const part of parameter.part) {
    if (isObject(part) && typeof part.name === 'string')
      values.set(part.name, part.name === 'value' ? (partValue(part) ?? part) : partValue(part));
  }
  const words = (name: string): string | undefined => {
    const value = values.get(name);
    return value === undefined || typeof value === 'string'
      ? value
      : fail(400, 'value', `The part ${name} must be text.`, at);
  };
  const number = (name: string): number | undefined => {
    const value = values.get(name);
    if (value === undefined) return undefined;
    return Number.isInteger(value) && (value as number) >= 0
      ? (value as number)
      : fail(400, 'value', `The part ${name} must be a whole number from 0.`, at);
  };
  const type =
    words('type') ?? fail(400, 'required', 'An operation needs a type: add, insert, delete, replace or move.', at);
  const path = words('path') ?? fail(400, 'required', 'An operation needs a path.', at);
  const step: Step = {
    type,
    path,
    name: words('name'),
    index: number('index'),
    source: number('source'),
    destination: number('destination'),
  };
  if (values.has('value')) step.value = values.get('value');
  const part = parameter.part.find((one) => isObject(one) && one.name === 'value') as object | undefined;
  if (part) step.written = writtenIn(part);
  step.typed = typeIn(part ?? {});
  const needs: Record<string, (keyof Step)[]> = {
    add: ['name', 'value'],
    insert: ['index', 'value'],
    delete: [],
    replace: ['value'],
    move: ['source', 'destination'],
  };
  if (!Object.hasOwn(needs, type))
    fail(400, 'value', `The type must be add, insert, delete, replace or move, not “${type.slice(0, 40)}”.`, at);
  for (const part of needs[type]!)
    if (step[part] === undefined) fail(400, 'required', `The operation ${type} needs the part ${part}.`, at);
  return step;
}

/** @throws FhirProblem 400 for a malformed patch. */
export function stepsOf(patch: unknown): Step[] {
  if (!isObject(patch) || patch.resourceType !== 'Parameters')
    throw new FhirProblem(400, 'structure', 'A FHIRPath Patch is a Parameters resource.');
  const parameters = patch.parameter ?? [];
  if (!Array.isArray(parameters))
    throw new FhirProblem(400, 'structure', 'Parameters.parameter must be an array.', {
      expression: 'Parameters.parameter',
    });
  if (parameters.length > maxSteps)
    throw new FhirProblem(400, 'too-costly', `A FHIRPath Patch holds at most ${maxSteps} operations.`);
  return parameters.map(stepOf);
}
