// https://hl7.org/fhir/R4/http.html#update
import { FhirProblem } from '../outcome.ts';
import type { FhirStore, JsonResource, Stored } from '../store/store.ts';
import { bodyResource, isObject } from './body.ts';
import type { Call, Handler } from './call.ts';
import { lockCondition } from './condition-lock.store.ts';
import { conditionText, selected } from './conditional.ts';
import { ifMatchOption } from './conditions.ts';
import { subsetted } from './subset.ts';
import { written } from './written.ts';

/** If-None-Match: * on a write: only when there is none yet. */
async function refuseWhenThere(store: FhirStore, call: Call, id: string): Promise<void> {
  if (call.conditions.ifNoneMatch?.trim() !== '*') return;
  const found = await store.read(call.type, id).catch((error: unknown) => {
    if (error instanceof FhirProblem && (error.status === 404 || error.status === 410)) return undefined;
    throw error;
  });
  if (found)
    throw new FhirProblem(
      412,
      'conflict',
      `${call.type}/${id} is already there, version ${found.version}, and If-None-Match: * asks that it be not.`,
    );
}

/** https://hl7.org/fhir/R4/search.html#summary: what was read in part does not overwrite the whole. */
function mustBeWhole(resource: JsonResource): void {
  const tags: unknown = resource.meta?.tag;
  if (
    Array.isArray(tags) &&
    tags.some((tag) => isObject(tag) && tag.code === subsetted.code && tag.system === subsetted.system)
  )
    throw new FhirProblem(
      422,
      'business-rule',
      'This resource was read in part (_summary, _elements: its tag SUBSETTED says so) and would overwrite the whole. Read it without them, change it, and send it again. Nothing was changed.',
      {
        expression: `${resource.resourceType}.meta.tag`,
      },
    );
}

async function put(store: FhirStore, call: Call, resource: JsonResource, id: string): Promise<Stored> {
  mustBeWhole(resource);
  await refuseWhenThere(store, call, id);
  return store.update({ ...resource, id }, await ifMatchOption(store, call.conditions.ifMatch, call.type, id));
}

/** Creates when the id is unknown. */
export const update: Handler = async (call) => {
  const resource = bodyResource(call);
  if (resource.id !== call.id) {
    const why = resource.id === undefined ? 'has no id' : `has the id “${resource.id.slice(0, 64)}”`;
    throw new FhirProblem(400, 'invalid', `The resource ${why}; the address says ${call.id}. They must be the same.`, {
      expression: `${call.type}.id`,
    });
  }
  const stored = await put(call.store, call, resource, call.id);
  return written(call, stored, stored.created === true);
};

/** https://hl7.org/fhir/R4/http.html#cond-update */
export const conditionalUpdate: Handler = async (call) => {
  const resource = bodyResource(call);
  const stored = await call.store.transaction(async (store) => {
    await lockCondition(store, call.type, conditionText(call.query));
    const found = await selected(store, call.type, call.query);
    if (found && resource.id !== undefined && resource.id !== found.id) {
      throw new FhirProblem(
        400,
        'invalid',
        `The condition selects ${call.type}/${found.id}, but the resource has the id “${resource.id.slice(0, 64)}”.`,
        { expression: `${call.type}.id` },
      );
    }
    const id = found?.id ?? resource.id;
    return id === undefined ? store.create(resource) : put(store, call, resource, id);
  });
  return written(call, stored, stored.created === true);
};
