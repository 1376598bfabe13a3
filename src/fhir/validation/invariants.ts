import fhirpath from 'fhirpath';
import model from 'fhirpath/fhir-context/r4';
import type { Constraint } from '../definitions/index.ts';
import { type Context, maxElements, maxEvaluation } from './context.ts';
import { handWritten } from './invariants-by-hand.ts';
import { narrativeFault } from './narrative.ts';

export interface Invariant {
  key: string;
  severity: 'error' | 'warning';
  /** What the rule says; of some, what is wrong with this value. */
  human: string | ((value: unknown) => string);
  /** `undefined` when the rule cannot be evaluated here. */
  test(value: unknown, ctx: Context): boolean | undefined;
}

type Evaluate = (value: unknown, environment: Record<string, unknown>) => unknown;
const options = {
  traceFn: () => {},
  userInvocationTable: { htmlChecks: { fn: () => [true], arity: { 0: [] } } },
};

const compiled = new Map<string, Evaluate | null>();
function evaluator(expression: string, base: string): Evaluate | undefined {
  const key = `${base} ${expression}`;
  let made = compiled.get(key);
  if (made === undefined) {
    try {
      made = fhirpath.compile({ base, expression }, model, options) as Evaluate;
    } catch {
      made = null;
    }
    compiled.set(key, made);
  }
  return made ?? undefined;
}

/** Compiles one rule for values of the type or element `base`; rules that cannot be evaluated offline never fail. */
export function compileInvariant(constraint: Constraint, base: string): Invariant | undefined {
  const { key, severity, human, expression } = constraint;
  const hand = handWritten(expression);
  if (hand === true) return undefined;
  if (hand)
    return {
      key,
      severity,
      human:
        expression === 'htmlChecks()'
          ? (value) => `The narrative is not accepted: ${narrativeFault(String(value))}`
          : human,
      test: hand,
    };
  let broken = false;
  return {
    key,
    severity,
    human,
    test: (value, ctx) => {
      if (broken) return undefined;
      if (ctx.started === 0) ctx.started = performance.now();
      if (ctx.elements > maxElements || performance.now() - ctx.started > maxEvaluation) {
        ctx.report(
          'information',
          'too-costly',
          `The rule ${key} and others were not checked: the resource is too large.`,
        );
        return undefined;
      }
      const evaluate = evaluator(expression, base);
      if (!evaluate) {
        broken = true;
        return undefined;
      }
      try {
        const result = evaluate(value, {
          resource: ctx.resource,
          rootResource: ctx.root,
          context: ctx.resource,
          ucum: 'http://unitsofmeasure.org',
          sct: 'http://snomed.info/sct',
          loinc: 'http://loinc.org',
        });
        // Of an empty result nothing follows; anything but false counts as met. https://hl7.org/fhir/R4/fhirpath.html
        return Array.isArray(result) ? result[0] !== false : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

export function checkInvariants(invariants: readonly Invariant[], value: unknown, ctx: Context): void {
  for (const { key, severity, human, test } of invariants) {
    if (test(value, ctx) === false)
      ctx.report(severity, 'invariant', `${typeof human === 'string' ? human : human(value)} (${key})`);
  }
}
