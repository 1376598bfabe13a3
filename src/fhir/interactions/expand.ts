// https://hl7.org/fhir/R4/valueset-operation-expand.html
import { FhirProblem } from '../outcome.ts';
import { answerOf, type Handler } from './call.ts';
import { canonicalOf } from './canonical.ts';
import { inputsOf } from './operation-parameters.ts';

export const expand: Handler = async (call) => {
  const inputs = inputsOf(call);
  const url = await canonicalOf(call, inputs, 'ValueSet');
  if (url === undefined)
    throw new FhirProblem(400, 'required', 'Give the url of the value set to expand.', { expression: 'url' });
  const filter = inputs.text('filter');
  const offset = inputs.whole('offset');
  const count = inputs.whole('count');
  const expanded = call.terminology.expand({
    url,
    ...(filter !== undefined && { filter }),
    ...(offset !== undefined && { offset }),
    ...(count !== undefined && { count }),
  });
  if (!expanded)
    throw new FhirProblem(
      404,
      'not-found',
      `The value set ${url.slice(0, 200)} is not known here: install the package that defines it.`,
      { expression: 'url' },
    );
  return answerOf(expanded);
};
