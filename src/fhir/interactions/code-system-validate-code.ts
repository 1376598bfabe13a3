// https://hl7.org/fhir/R4/codesystem-operation-validate-code.html
import { FhirProblem } from '../outcome.ts';
import type { Handler } from './call.ts';
import { canonicalOf } from './canonical.ts';
import { inputsOf } from './operation-parameters.ts';
import { checkCodes } from './value-set-validate-code.ts';

export const codeSystemValidateCode: Handler = async (call) => {
  const inputs = inputsOf(call);
  const system = (await canonicalOf(call, inputs, 'CodeSystem')) ?? inputs.text('system');
  if (system === undefined && !inputs.has('coding') && !inputs.has('codeableConcept'))
    throw new FhirProblem(400, 'required', 'Give the url of the code system.', { expression: 'url' });
  return checkCodes(call, inputs, system === undefined ? {} : { system });
};
