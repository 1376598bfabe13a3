// https://hl7.org/fhirpath/N1/
import type { PlanDefinitionAction } from '@medplum/fhirtypes';
import fhirpath from 'fhirpath';
import model from 'fhirpath/fhir-context/r4';
import { type KindOfData, mayReach } from '../../access/index.ts';
import { kindOfResource } from '../store/kind-of-type.ts';
import { asJson, type FhirStore, type JsonResource, type Resource, type ResourceType } from '../store/store.ts';

/**
 * What the condition of a plan is asked of: the Patient and the newest entries of the record, newest first of each type, as one collection. `Condition`,
 * `Observation` … pick a type of it; `%patient` is the Patient: `Observation.where(code.coding.exists(code = '4548-4')).first().value.value > 8`.
 */
export interface PatientData {
  resources: Resource[];
  /** False when the reader's rights hide a part of it: what does not hold is then not known. */
  complete: boolean;
}
const looked: readonly (readonly [type: ResourceType, most: number])[] = [
  ['Patient', 1],
  ['Condition', 200],
  ['Observation', 300],
  ['MedicationStatement', 100],
  ['MedicationRequest', 100],
  ['AllergyIntolerance', 50],
  ['Immunization', 100],
  ['Procedure', 60],
  ['Encounter', 60],
];
const kinds: readonly KindOfData[] = [
  'summary',
  'history',
  'lifestyle',
  'measures',
  'results',
  'treatments',
  'allergies',
  'vaccines',
];
/** Never asked: whoever sees that a step came up would know. */
const closed = new Set<KindOfData>(['mental-health', 'sexual-health', 'private-notes']);
const wrong = (resource: JsonResource): boolean =>
  resource.status === 'entered-in-error' ||
  (resource.verificationStatus as { coding?: { code?: string }[] } | undefined)?.coding?.some(
    (coding) => coding.code === 'entered-in-error' || coding.code === 'refuted',
  ) === true;

/** The latest data of a patient, as the store's caller sees them. */
export async function patientData(store: FhirStore, patient: string): Promise<PatientData> {
  const stored = await store.compartment(patient, {
    types: looked.map(([type]) => type),
    each: looked.map(([, most]) => most),
  });
  const { caller } = store;
  const complete =
    caller.kind !== 'person' ||
    (await store.sql(async (sql) => {
      for (const kind of kinds) if (!(await mayReach(sql, caller, patient, kind, 'read'))) return false;
      return true;
    }));
  return {
    resources: stored
      .map((one) => one.resource)
      .filter((one) => !closed.has(kindOfResource(one)) && !wrong(asJson(one))),
    complete,
  };
}

type Evaluate = (data: unknown, environment: Record<string, unknown>) => unknown;
const compiled = new Map<string, Evaluate | string>();
/** Functions that reach out of the data or take as long as someone wishes. */
const refused =
  /\b(matches|matchesFull|replaceMatches|repeat|repeatAll|resolve|memberOf|subsumes|subsumedBy|trace|aggregate|weight|htmlChecks)\s*\(/;

function ready(expression: string): Evaluate | string {
  let known = compiled.get(expression);
  if (known === undefined) {
    if (compiled.size > 1_000) compiled.clear();
    const not = refused.exec(expression)?.[1];
    if (expression.length > 1_000) known = 'longer than 1000 characters';
    else if (not) known = `${not}() is not available in conditions`;
    else
      try {
        known = fhirpath.compile(expression, model, { traceFn: () => {} }) as Evaluate;
      } catch (error) {
        known = String((error as Error).message ?? error)
          .split('\n')[0]!
          .slice(0, 300);
      }
    compiled.set(expression, known);
  }
  return known;
}
/** Why an expression cannot be a condition, in English; null when it can. */
export function expressionError(expression: string): string | null {
  const known = ready(expression);
  return typeof known === 'string' ? known : null;
}
/** Does it hold? Null: it cannot be told. */
export function holds(expression: string, data: PatientData): boolean | null {
  const evaluate = ready(expression);
  if (typeof evaluate === 'string') return null;
  try {
    const result = evaluate(data.resources, {
      patient: data.resources.filter((one) => one.resourceType === 'Patient'),
    }) as unknown[];
    const met = result.length > 0 && result.every((one) => one !== false);
    return met || data.complete ? met : null;
  } catch {
    return null;
  }
}
/** The applicability of an action, all of its conditions together; words that no computer can read are not known. */
export function appliesTo(action: PlanDefinitionAction, data: PatientData): boolean | null {
  const answers = (action.condition ?? [])
    .filter((condition) => condition.kind === 'applicability')
    .map(({ expression }) =>
      expression?.language === 'text/fhirpath' && expression.expression ? holds(expression.expression, data) : null,
    );
  return answers.includes(false) ? false : answers.includes(null) || answers.length === 0 ? null : true;
}
