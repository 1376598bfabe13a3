// https://hl7.org/fhir/R4/terminology-service.html
import { FhirProblem } from '../outcome.ts';
import type { Call } from './call.ts';
import type { Inputs } from './operation-parameters.ts';

/** The canonical URL asked for: of the stored resource in the path, or the parameter. @throws FhirProblem 400, 404. */
export async function canonicalOf(
  call: Call,
  inputs: Inputs,
  type: 'ValueSet' | 'CodeSystem',
  parameter = 'url',
): Promise<string | undefined> {
  if (call.id) {
    const { url } = (await call.store.read(type, call.id)).resource;
    if (typeof url !== 'string')
      throw new FhirProblem(422, 'incomplete', `${type}/${call.id} has no url: it cannot be used.`, {
        expression: `${type}.url`,
      });
    return url;
  }
  const url = inputs.text(parameter);
  const version = inputs.text(type === 'ValueSet' ? 'valueSetVersion' : 'version');
  return url !== undefined && version !== undefined && !url.includes('|') ? `${url}|${version}` : url;
}

export interface CodedInput {
  code?: string;
  system?: string;
  display?: string;
}

/** The codes asked about: `code` with `system`, a Coding, or a CodeableConcept. */
export function codingsOf(inputs: Inputs): CodedInput[] {
  const coding = inputs.object('coding');
  const concept = inputs.object('codeableConcept');
  const list: unknown[] = coding
    ? [coding]
    : Array.isArray(concept?.coding)
      ? concept.coding
      : [{ code: inputs.text('code'), system: inputs.text('system'), display: inputs.text('display') }];
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return list.map((one) => {
    const { code, system, display } = (one ?? {}) as Record<string, unknown>;
    return { code: text(code), system: text(system), display: text(display) };
  });
}
