// https://hl7.org/fhir/R4/valueset-operation-validate-code.html
import { FhirProblem } from '../outcome.ts';
import { answerOf, type Call, type Handler } from './call.ts';
import { canonicalOf, codingsOf } from './canonical.ts';
import { inputsOf, parametersOf } from './operation-parameters.ts';

/** True when one of the codes asked about belongs. */
export function checkCodes(call: Call, inputs: ReturnType<typeof inputsOf>, at: { url?: string; system?: string }) {
  const asked = codingsOf(inputs).filter(({ code }) => code !== undefined);
  if (asked.length === 0)
    throw new FhirProblem(
      400,
      'required',
      'Give a code (with its system), a coding or a codeableConcept that has codes.',
      { expression: 'code' },
    );
  const answers = asked.map(({ code, system, display }) =>
    call.terminology.validateCode({
      code: code!,
      ...at,
      ...((at.system ?? system) && { system: at.system ?? system }),
      ...(display && { display }),
    }),
  );
  const answer = answers.find(({ result }) => result) ?? answers[0]!;
  return answerOf(
    parametersOf([
      { name: 'result', valueBoolean: answer.result },
      { name: 'message', valueString: answer.message },
      { name: 'display', valueString: answer.display },
    ]),
  );
}

export const valueSetValidateCode: Handler = async (call) => {
  const inputs = inputsOf(call);
  const url = await canonicalOf(call, inputs, 'ValueSet');
  if (url === undefined)
    throw new FhirProblem(400, 'required', 'Give the url of the value set.', { expression: 'url' });
  return checkCodes(call, inputs, { url });
};
