// https://hl7.org/fhir/R4/http.html#patch
import { parseExact } from '../decimals.ts';
import { FhirProblem } from '../outcome.ts';
import type { FhirStore, Resource, Stored } from '../store/store.ts';
import { checkNesting, isObject, resourceLimit } from './body.ts';
import type { Call, Handler } from './call.ts';
import { selected } from './conditional.ts';
import { parseIfMatch } from './conditions.ts';
import { fhirpathPatch } from './fhirpath-patch.ts';
import { jsonPatch } from './json-patch.ts';
import { written } from './written.ts';

export const patchFormats = ['application/json-patch+json', 'application/fhir+json'] as const;

/** In a bundle a JSON Patch travels as a Binary. */
function patchInBinary(binary: Record<string, unknown>): unknown {
  if (
    typeof binary.contentType !== 'string' ||
    !binary.contentType.startsWith('application/json-patch+json') ||
    typeof binary.data !== 'string'
  ) {
    throw new FhirProblem(
      400,
      'value',
      'A Binary as patch has contentType application/json-patch+json and data in base64.',
    );
  }
  try {
    return parseExact(Buffer.from(binary.data, 'base64').toString('utf8'));
  } catch {
    throw new FhirProblem(400, 'structure', 'The data of the Binary is not a JSON Patch in base64.');
  }
}

function patched(call: Call, resource: Resource): Resource {
  const body = call.body();
  const { resourceType, id } = resource;
  let after: unknown;
  if (call.mediaType === 'application/json-patch+json' || Array.isArray(body)) after = jsonPatch(resource, body);
  else if (isObject(body) && body.resourceType === 'Binary') after = jsonPatch(resource, patchInBinary(body));
  else after = fhirpathPatch(resource, body);
  const result = after as Resource;
  const text = JSON.stringify(result);
  checkNesting(text);
  if (text.length > resourceLimit) throw new FhirProblem(422, 'too-long', 'The patch makes the resource larger than 20 MB. Nothing was changed.');
  if (result.resourceType !== resourceType || result.id !== id) {
    throw new FhirProblem(422, 'business-rule', 'A patch may not change id or resourceType. Nothing was changed.', {
      expression: `${resourceType}.id`,
    });
  }
  return result;
}

async function apply(store: FhirStore, call: Call, current: Stored): Promise<Stored> {
  const wanted = parseIfMatch(call.conditions.ifMatch);
  if (wanted !== undefined && wanted !== '*' && wanted !== String(current.version)) {
    throw new FhirProblem(
      412,
      'conflict',
      `${current.type}/${current.id} is at version ${current.version}, not ${wanted}. Read it again, then send your patch with its new ETag.`,
      {
        current: current.text,
      },
    );
  }
  // The version that was read: an edit in between is a 412, never lost.
  return store.update(patched(call, current.resource), { ifMatch: String(current.version) });
}

export const patch: Handler = async (call) => {
  const stored = await call.store.transaction(async (store) =>
    apply(store, call, await store.read(call.type, call.id)),
  );
  return written(call, stored, false);
};

export const conditionalPatch: Handler = async (call) => {
  const stored = await call.store.transaction(async (store) => {
    const found = await selected(store, call.type, call.query);
    if (!found)
      throw new FhirProblem(404, 'not-found', `No ${call.type} is selected by the condition. Nothing was changed.`);
    return apply(store, call, found);
  });
  return written(call, stored, false);
};
