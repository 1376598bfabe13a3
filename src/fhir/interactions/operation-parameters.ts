// https://hl7.org/fhir/R4/operations.html#request
import { FhirProblem } from '../outcome.ts';
import { isObject } from './body.ts';
import type { Call, Pairs } from './call.ts';
import { formMedia } from './negotiation.ts';

/** In-parameters by name, whether they came in the query, a form or a Parameters resource. */
export class Inputs {
  private readonly values = new Map<string, unknown>();
  private readonly repeated = new Map<string, unknown[]>();

  constructor(pairs: Pairs, parameters: unknown[]) {
    for (const [name, value] of pairs) this.add(name, value);
    for (const parameter of parameters) {
      if (!isObject(parameter) || typeof parameter.name !== 'string') continue;
      const value = isObject(parameter.resource)
        ? parameter.resource
        : Object.entries(parameter).find(([key]) => /^value[A-Z]/.test(key))?.[1];
      this.add(parameter.name, value);
    }
  }

  private add(name: string, value: unknown): void {
    if (this.values.has(name))
      this.repeated.set(name, [...(this.repeated.get(name) ?? [this.values.get(name)]), value]);
    this.values.set(name, value);
  }

  /** Of a parameter that may come several times, what is text. */
  texts(name: string): string[] {
    return (this.repeated.get(name) ?? [this.values.get(name)]).filter(
      (value): value is string => typeof value === 'string' && value !== '',
    );
  }

  has(name: string): boolean {
    return this.values.get(name) !== undefined;
  }

  /** Numbers and booleans read as their text. @throws FhirProblem 400. */
  text(name: string): string | undefined {
    const value = this.values.get(name);
    if (value === undefined || value === '') return undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw new FhirProblem(400, 'value', `The parameter ${name} must be a single value.`, { expression: name });
  }

  /** @throws FhirProblem 400. */
  whole(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!/^\d{1,9}$/.test(text))
      throw new FhirProblem(
        400,
        'value',
        `The parameter ${name} must be a whole number from 0, not “${text.slice(0, 40)}”.`,
        { expression: name },
      );
    return Number(text);
  }

  object(name: string): Record<string, unknown> | undefined {
    const value = this.values.get(name);
    if (value === undefined) return undefined;
    if (!isObject(value))
      throw new FhirProblem(400, 'value', `The parameter ${name} must be an object.`, { expression: name });
    return value;
  }
}

/** A POST without body has its parameters in the query. */
export function inputsOf(call: Call): Inputs {
  if (call.method !== 'POST') return new Inputs(call.query, []);
  if (call.mediaType === formMedia) return new Inputs([...call.query, ...call.form()], []);
  const body = call.body();
  if (body === undefined) return new Inputs(call.query, []);
  if (!isObject(body) || body.resourceType !== 'Parameters')
    throw new FhirProblem(400, 'structure', 'The body of this operation is a Parameters resource.', {
      expression: 'Parameters',
    });
  if (body.parameter !== undefined && !Array.isArray(body.parameter))
    throw new FhirProblem(400, 'structure', 'Parameters.parameter must be an array.', {
      expression: 'Parameters.parameter',
    });
  return new Inputs(call.query, (body.parameter as unknown[] | undefined) ?? []);
}

export const parametersOf = (parameter: { name: string; [value: string]: unknown }[]): object => ({
  resourceType: 'Parameters',
  parameter: parameter.filter((one) => Object.values(one).every((value) => value !== undefined)),
});
