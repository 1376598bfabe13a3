// https://hl7.org/fhir/R4/http.html#create
import { FhirProblem } from '../outcome.ts';
import { bodyResource, parseForm } from './body.ts';
import type { Call, Handler } from './call.ts';
import { conditionText } from './conditional.ts';
import { written } from './written.ts';

/** The search of a conditional create. @throws FhirProblem 412 when it selects nothing in particular. */
export function ifNoneExistOf(call: Call): string | undefined {
  const header = call.conditions.ifNoneExist;
  if (header === undefined) return undefined;
  // `Patient?identifier=…` too; a question mark inside a value is its own.
  const condition = conditionText(parseForm(header.trim().replace(/^[^=?]*\?/, '')));
  if (condition === '')
    throw new FhirProblem(412, 'incomplete', 'If-None-Exist must hold a search, like identifier=urn:oid:1.2|42.');
  return condition;
}

/** The server gives the id: one that is sent is passed over. */
export const create: Handler = async (call) => {
  const { id: _, ...resource } = bodyResource(call);
  const stored = await call.store.create(
    { ...resource, resourceType: call.type },
    { ifNoneExist: ifNoneExistOf(call) },
  );
  return written(call, stored, stored.created === true);
};
