// https://hl7.org/fhir/R4/http.html#delete
import { FhirProblem } from '../outcome.ts';
import type { FhirStore, ResourceType } from '../store/store.ts';
import type { Handler } from './call.ts';
import { selected } from './conditional.ts';
import { ifMatchOption } from './conditions.ts';

/** What is already deleted stays so: not an error. */
async function remove(store: FhirStore, type: ResourceType, id: string, ifMatch: string | undefined): Promise<void> {
  try {
    await store.delete(type, id, await ifMatchOption(store, ifMatch, type, id));
  } catch (error) {
    if (!(error instanceof FhirProblem && error.status === 410)) throw error;
  }
}

export const deleteOne: Handler = async (call) => {
  await remove(call.store, call.type, call.id, call.conditions.ifMatch);
  return { status: 204 };
};

/** One match is deleted, none is nothing to do, several are refused (412). */
export const conditionalDelete: Handler = async (call) => {
  await call.store.transaction(async (store) => {
    const found = await selected(store, call.type, call.query);
    if (found) await remove(store, call.type, found.id, call.conditions.ifMatch);
  });
  return { status: 204 };
};
