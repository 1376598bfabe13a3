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

/** @throws FhirProblem 404 when nothing is loaded under this URL, or another version than the one asked for. */
export function mustBeLoaded(call: Call, kind: 'ValueSet' | 'CodeSystem', canonical: string): void {
  const [url = '', version] = canonical.split('|');
  const found = call.terminology.loaded(kind, canonical);
  if (found && (version === undefined || found.version === undefined || found.version === version)) return;
  const [what, name] = [kind === 'ValueSet' ? 'value set' : 'code system', url.slice(0, 200)];
  throw new FhirProblem(
    404,
    'not-found',
    found
      ? `The ${what} ${name} is known here in its version ${found.version}, not ${version?.slice(0, 60)}: ask for that one, or for none.`
      : `The ${what} ${name} is not known here: install the package that defines it.`,
    { expression: 'url' },
  );
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
