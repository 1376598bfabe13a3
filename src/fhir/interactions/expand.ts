// https://hl7.org/fhir/R4/valueset-operation-expand.html
import { FhirProblem } from '../outcome.ts';
import { listOfImplicit } from '../terms/for-caller.ts';
import { answerOf, type Call, type Handler } from './call.ts';
import { canonicalOf, mustBeLoaded } from './canonical.ts';
import { inputsOf } from './operation-parameters.ts';

export const expand: Handler = async (call) => {
  const inputs = inputsOf(call);
  const url = await canonicalOf(call, inputs, 'ValueSet');
  if (url === undefined)
    throw new FhirProblem(400, 'required', 'Give the url of the value set to expand.', { expression: 'url' });
  const filter = inputs.text('filter');
  const offset = inputs.whole('offset');
  const count = inputs.whole('count');
  const listed = await fromList(call, url, filter, count);
  if (listed) return answerOf(listed);
  mustBeLoaded(call, 'ValueSet', url);
  const expanded = call.terminology.expand({
    url,
    activeOnly: inputs.text('activeOnly') === 'true',
    designations: inputs.text('includeDesignations') === 'true',
    ...(filter !== undefined && { filter }),
    ...(offset !== undefined && { offset }),
    ...(count !== undefined && { count }),
  });
  return answerOf(expanded!);
};

/** A whole public list (`<system>?fhir_vs`): searched, never listed. */
async function fromList(call: Call, url: string, filter: string | undefined, count: number | undefined) {
  if (!listOfImplicit(url)) return undefined;
  if (!filter?.trim())
    throw new FhirProblem(422, 'too-costly', 'This value set is a whole public list: give a filter.', {
      expression: 'filter',
    });
  const size = Math.min(200, Math.max(1, Math.trunc(count ?? 50)));
  const expanded = await call.lists.expand(url, filter, size);
  if (!expanded) return undefined;
  const { system, title, version, found } = expanded;
  return {
    resourceType: 'ValueSet',
    url,
    title,
    status: 'active',
    expansion: {
      identifier: `urn:uuid:${crypto.randomUUID()}`,
      timestamp: new Date().toISOString(),
      parameter: [
        { name: 'filter', valueString: filter },
        { name: 'count', valueInteger: size },
        { name: 'version', valueUri: `${system}|${version}` },
      ],
      contains: found.map(({ code, label }) => ({ system, code, display: label })),
    },
  };
}
