// https://hl7.org/fhir/R4/plandefinition-operation-apply.html
import type { PlanDefinition, Reference } from '@medplum/fhirtypes';
import { FhirProblem } from '../outcome.ts';
import { addDays, dayInFrance } from '../../platform/index.ts';
import { appliesTo, applyPlan, layOut, patientData } from '../plans/index.ts';
import { isResource, type Resource } from '../store/store.ts';
import { asResource, isObject } from './body.ts';
import { answerOf, type Call, type Handler } from './call.ts';
import { Inputs, inputsOf } from './operation-parameters.ts';

/** Repeats are laid out for a year. */
const horizon = 365;
const most = 2_000;

/** A reference to one of these types, given as `Type/id` or as a Reference. @throws FhirProblem 400. */
function reference(inputs: Inputs, name: string, ...types: string[]): Reference | undefined {
  const value = inputs.has(name) && inputs.text(name);
  if (!value) return undefined;
  if (!types.some((type) => new RegExp(`^${type}/[A-Za-z0-9\\-.]{1,64}$`).test(value)))
    throw new FhirProblem(
      400,
      'value',
      `The parameter ${name} must be ${types.map((type) => `${type}/id`).join(' or ')}, not “${value.slice(0, 60)}”.`,
      { expression: name },
    );
  return { reference: value };
}

/** In-parameters of type Reference are read as their text. */
function given(call: Call): Inputs {
  const body = call.method === 'POST' ? call.body() : undefined;
  if (!isObject(body) || !Array.isArray(body.parameter)) return subjectsOnce(call, inputsOf(call));
  const flat = body.parameter.map((one) =>
    isObject(one) && isObject(one.valueReference) ? { name: one.name, valueString: one.valueReference.reference } : one,
  );
  subjectsOnce(call, inputsOf(call), flat);
  return new Inputs(call.query, flat);
}
function subjectsOnce(call: Call, inputs: Inputs, parameters: readonly unknown[] = []): Inputs {
  const many =
    call.query.filter(([name]) => name === 'subject').length +
    parameters.filter((one) => isObject(one) && one.name === 'subject').length;
  if (many > 1)
    throw new FhirProblem(
      400,
      'not-supported',
      'This server applies a plan to one subject at a time: ask once for each.',
      { expression: 'subject' },
    );
  return inputs;
}

/** Whatever else a client may send is not silently passed over. */
const ignored = ['userType', 'userLanguage', 'userTaskContext', 'setting', 'settingContext'];

/** Answers with the CarePlan that following the definition would make; nothing is written. */
export const apply: Handler = async (call) => {
  const inputs = given(call);
  const subject = reference(inputs, 'subject', 'Patient');
  if (!subject)
    throw new FhirProblem(400, 'required', 'Say who the plan is for: subject=Patient/id.', { expression: 'subject' });
  const unused = ignored.find((name) => inputs.has(name));
  if (unused)
    throw new FhirProblem(400, 'not-supported', `The parameter ${unused} is not used by this server: leave it out.`, {
      expression: unused,
    });
  const definition = await definitionOf(call, inputs);
  const patient = subject.reference!.slice('Patient/'.length);
  await call.store.read('Patient', patient);
  const data = await patientData(call.store, patient);
  const now = new Date();
  const start = dayInFrance(now);
  const applies = (action: Parameters<typeof appliesTo>[0]) => appliesTo(action, data);
  const laid = layOut(definition, { start, until: addDays(start, horizon), applies, today: start });
  if (laid.length > most)
    throw new FhirProblem(
      422,
      'too-costly',
      `This plan would ask for ${laid.length} things in a year; ${most} is the limit.`,
    );
  const references = Object.fromEntries(
    (['encounter', 'practitioner', 'organization'] as const).flatMap((name) => {
      const one = reference(
        inputs,
        name,
        { encounter: 'Encounter', practitioner: 'Practitioner', organization: 'Organization' }[name],
      );
      return one ? [[name, one]] : [];
    }),
  );
  return answerOf(
    applyPlan(
      definition,
      laid.filter((one) => one.applies !== false && !one.leftOut),
      { subject, start, now: now.toISOString(), ...references },
    ),
  );
};

/** The instance in the path, or the definition that is sent. */
async function definitionOf(call: Call, inputs: Inputs): Promise<PlanDefinition> {
  const sent = inputs.object('planDefinition');
  if (call.id) {
    if (sent)
      throw new FhirProblem(
        400,
        'invalid',
        'The address names the plan: leave planDefinition out, or ask PlanDefinition/$apply.',
        { expression: 'planDefinition' },
      );
    return (await call.store.read('PlanDefinition', call.id)).resource;
  }
  if (!sent)
    throw new FhirProblem(
      400,
      'required',
      'Send the plan in a parameter named planDefinition, or name it: PlanDefinition/id/$apply.',
      { expression: 'planDefinition' },
    );
  const resource: Resource = asResource(sent, 'PlanDefinition');
  const errors = call.validator.validate(resource).filter((issue) => issue.severity === 'error');
  if (errors.length > 0 || !isResource(resource, 'PlanDefinition'))
    throw new FhirProblem(422, 'invalid', `The planDefinition is not valid: ${errors[0]?.diagnostics ?? ''}`, {
      expression: 'planDefinition',
    });
  return resource;
}
