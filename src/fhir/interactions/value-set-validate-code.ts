// https://hl7.org/fhir/R4/valueset-operation-validate-code.html
import { FhirProblem } from '../outcome.ts';
import { answerOf, type Call, type Handler } from './call.ts';
import { canonicalOf, codingsOf, mustBeLoaded } from './canonical.ts';
import { inputsOf, parametersOf } from './operation-parameters.ts';
import type { CodeAnswer } from '../terminology/index.ts';
import { listOfImplicit } from '../terms/for-caller.ts';
import { listOfSystem, publicLists } from '../terms/lists.ts';
import { plainOf } from '../terms/words.rules.ts';

/** True when one of the codes asked about belongs. */
export async function checkCodes(
  call: Call,
  inputs: ReturnType<typeof inputsOf>,
  at: { url?: string; system?: string },
) {
  const asked = codingsOf(inputs).filter(({ code }) => code !== undefined);
  if (asked.length === 0)
    throw new FhirProblem(
      400,
      'required',
      'Give a code (with its system), a coding or a codeableConcept that has codes.',
      { expression: 'code' },
    );
  const answers: CodeAnswer[] = [];
  for (const { code, system, display } of asked) {
    const [of] = at.system?.split('|') ?? [];
    if (of !== undefined && system !== undefined && system !== of) {
      answers.push({
        result: false,
        message: `The code “${code!.slice(0, 100)}” is one of ${system.slice(0, 200)}, not of ${of.slice(0, 200)}.`,
      });
      continue;
    }
    const coded = {
      code: code!,
      ...at,
      ...((at.system ?? system) && { system: at.system ?? system }),
      ...(display && { display }),
    };
    const listed = await inList(call, coded);
    if (!listed && coded.url !== undefined) mustBeLoaded(call, 'ValueSet', coded.url);
    else if (!listed && coded.system !== undefined && !listOfSystem(coded.system))
      mustBeLoaded(call, 'CodeSystem', coded.system);
    answers.push(listed ?? call.terminology.validateCode(coded));
  }
  const answer = answers.find(({ result }) => result) ?? answers[0]!;
  return answerOf(
    parametersOf([
      { name: 'result', valueBoolean: answer.result },
      { name: 'message', valueString: answer.message },
      { name: 'display', valueString: answer.display },
    ]),
  );
}

/** What a loaded public list says of a code, when the question is about the list itself; undefined: it is not, or the list is not loaded. */
async function inList(
  call: Call,
  { url, system, code, display }: { url?: string; system?: string; code: string; display?: string },
): Promise<CodeAnswer | undefined> {
  const list = url === undefined ? undefined : listOfImplicit(url);
  if (url !== undefined && (!list || (system !== undefined && system !== publicLists[list].system))) return undefined;
  const of = list ? publicLists[list].system : system;
  const found = of === undefined ? 'not-loaded' : await call.lists.lookUp(of, code);
  if (found === 'not-loaded') return undefined;
  if (found === 'unknown') return { result: false, message: `The code “${code.slice(0, 100)}” is not in ${of}.` };
  const same = display === undefined || plainOf(display) === plainOf(found.label);
  return {
    result: true,
    display: found.label,
    ...(same ? {} : { message: `The code is valid, but its display is “${found.label}”, not “${display}”.` }),
  };
}

export const valueSetValidateCode: Handler = async (call) => {
  const inputs = inputsOf(call);
  const url = await canonicalOf(call, inputs, 'ValueSet');
  if (url === undefined)
    throw new FhirProblem(400, 'required', 'Give the url of the value set.', { expression: 'url' });
  return checkCodes(call, inputs, { url });
};
