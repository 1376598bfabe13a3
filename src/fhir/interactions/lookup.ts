// https://hl7.org/fhir/R4/codesystem-operation-lookup.html
import { FhirProblem } from '../outcome.ts';
import { answerOf, type Handler } from './call.ts';
import { codingsOf } from './canonical.ts';
import { inputsOf, parametersOf } from './operation-parameters.ts';

export const lookup: Handler = async (call) => {
  const { code, system } = codingsOf(inputsOf(call))[0] ?? {};
  if (code === undefined || system === undefined)
    throw new FhirProblem(400, 'required', 'Give a code and its system, or a coding.', { expression: 'code' });
  const found = call.terminology.lookup(system, code);
  const listed = found ? undefined : await call.lists.lookUp(system, code);
  if (typeof listed === 'object')
    return answerOf(
      parametersOf([
        { name: 'name', valueString: listed.title },
        { name: 'version', valueString: listed.version },
        { name: 'display', valueString: listed.label },
      ]),
    );
  if (!found)
    throw new FhirProblem(
      404,
      'not-found',
      `The code “${code.slice(0, 100)}” of ${system.slice(0, 200)} is not known here.`,
      { expression: 'code' },
    );
  const { concept } = found;
  return answerOf(
    parametersOf([
      { name: 'name', valueString: found.systemName ?? system },
      { name: 'version', valueString: found.version },
      { name: 'display', valueString: concept.display ?? code },
      ...(concept.designations ?? []).map((value) => ({
        name: 'designation',
        part: [{ name: 'value', valueString: value }],
      })),
      ...(concept.parents ?? []).map((parent) => ({
        name: 'property',
        part: [
          { name: 'code', valueCode: 'parent' },
          { name: 'value', valueCode: parent },
        ],
      })),
      ...Object.entries(concept.properties ?? {}).map(([name, value]) => ({
        name: 'property',
        part: [
          { name: 'code', valueCode: name },
          { name: 'value', valueString: value },
        ],
      })),
    ]),
  );
};
