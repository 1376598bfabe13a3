// https://hl7.org/fhir/R4/http.html#patch
import { parseExact } from '../decimals.ts';
import { FhirProblem } from '../outcome.ts';
import { asJson, type FhirStore, type JsonResource, type Stored } from '../store/store.ts';
import { checkNesting, isObject, resourceLimit } from './body.ts';
import type { Call, Handler } from './call.ts';
import { lockCondition } from './condition-lock.store.ts';
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

function patched(call: Call, resource: JsonResource, again: boolean): JsonResource {
  const body = call.body(again);
  const { resourceType, id } = resource;
  let after: unknown;
  if (call.mediaType === 'application/json-patch+json' || Array.isArray(body)) after = jsonPatch(resource, body);
  else if (isObject(body) && body.resourceType === 'Binary') after = jsonPatch(resource, patchInBinary(body));
  else after = fhirpathPatch(resource, body);
  const result = after as JsonResource;
  const text = JSON.stringify(result);
  checkNesting(text);
  if (text.length > resourceLimit)
    throw new FhirProblem(422, 'too-long', 'The patch makes the resource larger than 20 MB. Nothing was changed.');
  if (result.resourceType !== resourceType || result.id !== id) {
    throw new FhirProblem(422, 'business-rule', 'A patch may not change id or resourceType. Nothing was changed.', {
      expression: `${resourceType}.id`,
    });
  }
  return result;
}

/** How often a patch is done anew on what others wrote meanwhile, when its sender asks for no version. */
const races = 4;

/** Patches of one resource wait for each other; an edit of another kind in between is never lost. `find`: which resource. */
async function apply(call: Call, find: (store: FhirStore) => Promise<string>): Promise<Stored> {
  const wanted = parseIfMatch(call.conditions.ifMatch);
  for (let tries = 0; ; tries++)
    try {
      return await call.store.transaction(async (store) => {
        const id = await find(store);
        await lockCondition(store, call.type, `_id=${id}`);
        const current = await store.read(call.type, id);
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
        return store.update(patched(call, asJson(current.resource), tries > 0), { ifMatch: String(current.version) });
      });
    } catch (error) {
      const raced = error instanceof FhirProblem && error.status === 412 && error.outcome.issue[0]!.code === 'conflict';
      if (!raced || wanted !== undefined || tries === races) throw error;
    }
}

export const patch: Handler = async (call) => written(call, await apply(call, async () => call.id), false);

export const conditionalPatch: Handler = async (call) => {
  const stored = await apply(call, async (store) => {
    const found = await selected(store, call.type, call.query);
    if (!found)
      throw new FhirProblem(404, 'not-found', `No ${call.type} is selected by the condition. Nothing was changed.`);
    return found.id;
  });
  return written(call, stored, false);
};
