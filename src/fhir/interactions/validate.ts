// https://hl7.org/fhir/R4/resource-operation-validate.html
import { FhirProblem, type OperationOutcome } from '../outcome.ts';
import type { Resource } from '../store/store.ts';
import { asResource, isObject } from './body.ts';
import { answerOf, type Call, type Handler } from './call.ts';
import { deletionRefusal } from './kept.rules.ts';
import { Inputs, inputsOf } from './operation-parameters.ts';

/** The body is the resource itself, or Parameters that carry it (unless it is Parameters that are checked). */
function given(call: Call): { resource?: unknown; inputs: Inputs } {
  if (call.method !== 'POST') return { inputs: inputsOf(call) };
  const body = call.body();
  if (!isObject(body)) {
    if (body === undefined) return { inputs: new Inputs(call.query, []) };
    return { resource: body, inputs: new Inputs(call.query, []) };
  }
  const wrapped =
    body.resourceType === 'Parameters' &&
    Array.isArray(body.parameter) &&
    body.parameter.some((one) => isObject(one) && ['resource', 'mode', 'profile'].includes(String(one.name)));
  if (!wrapped) return { resource: body, inputs: new Inputs(call.query, []) };
  const inputs = new Inputs(call.query, body.parameter as unknown[]);
  return { resource: inputs.object('resource'), inputs };
}

/** Answers 200 with what is wrong; nothing is stored. */
export const validate: Handler = async (call) => {
  const { resource, inputs } = given(call);
  const mode = inputs.text('mode');
  if (mode !== undefined && !['create', 'update', 'delete', 'profile'].includes(mode)) {
    throw new FhirProblem(
      400,
      'value',
      `The mode must be create, update, delete or profile, not “${mode.slice(0, 40)}”.`,
      { expression: 'mode' },
    );
  }
  if (call.id && mode === 'create')
    throw new FhirProblem(400, 'invalid', 'The mode create is asked on a type, not on a resource that is there.', {
      expression: 'mode',
    });
  const stored = call.id ? await call.store.read(call.type, call.id) : undefined;
  if (mode === 'delete') {
    if (!stored)
      throw new FhirProblem(400, 'required', 'The mode delete is asked on a resource: Type/id/$validate?mode=delete.', {
        expression: 'mode',
      });
    const refusal = deletionRefusal(stored.resource);
    return answerOf(
      outcomeOf(
        refusal ? [{ severity: 'error', code: 'business-rule', diagnostics: refusal, expression: [call.type] }] : [],
      ),
    );
  }
  const subject: Resource | undefined = resource === undefined ? stored?.resource : asResource(resource, call.type);
  if (!subject)
    throw new FhirProblem(
      400,
      'required',
      'There is no resource to check: send it, or put it in a parameter named resource.',
      { expression: 'resource' },
    );
  const profile = inputs.text('profile');
  const issues: OperationOutcome['issue'] = call.validator
    .validate(subject, profile === undefined ? {} : { profiles: [profile] })
    .map(({ expression, ...issue }) => ({ ...issue, ...(expression && { expression: [expression] }) }));
  if (mode === 'update' && call.id && subject.id !== call.id) {
    issues.push({
      severity: 'error',
      code: 'invalid',
      diagnostics: `The id must be ${call.id}, as in the address.`,
      expression: [`${call.type}.id`],
    });
  }
  return answerOf(outcomeOf(issues));
};

const outcomeOf = (issue: OperationOutcome['issue']): OperationOutcome => ({
  resourceType: 'OperationOutcome',
  issue:
    issue.length > 0 ? issue : [{ severity: 'information', code: 'informational', diagnostics: 'Nothing is wrong.' }],
});
