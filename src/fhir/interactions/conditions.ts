// https://hl7.org/fhir/R4/http.html#concurrency
import { FhirProblem } from '../outcome.ts';
import type { FhirStore, ResourceType, Stored } from '../store/store.ts';

/** `W/"3"`, `"3"` or `3` → `3`. */
function versionOf(tag: string): string | undefined {
  return /^(?:W\/)?"([^"\s]{1,64})"$/.exec(tag)?.[1] ?? /^[A-Za-z0-9.-]{1,64}$/.exec(tag)?.[0];
}

/** The version an If-Match asks for, `*` for any. @throws FhirProblem 400 when it is not one version. */
export function parseIfMatch(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const tag = header.trim();
  if (tag === '*') return tag;
  const version = versionOf(tag);
  if (version === undefined)
    throw new FhirProblem(400, 'value', 'If-Match must be one version as given in ETag, like W/"3".');
  return version;
}

/** Options of a write under If-Match; `*` is settled here: the resource must be there. */
export async function ifMatchOption(
  store: FhirStore,
  header: string | undefined,
  type: ResourceType,
  id: string,
): Promise<{ ifMatch?: string }> {
  const version = parseIfMatch(header);
  if (version === undefined) return {};
  if (version !== '*') return { ifMatch: version };
  try {
    return { ifMatch: String((await store.read(type, id)).version) };
  } catch (error) {
    if (error instanceof FhirProblem && (error.status === 404 || error.status === 410)) {
      throw new FhirProblem(412, 'conflict', `If-Match: * asks for a ${type}/${id} that is there, and there is none.`);
    }
    throw error;
  }
}

/** Whether the reader already has this version: 304. If-None-Match wins over If-Modified-Since (RFC 9110, 13.2.2). */
export function isFresh(conditions: { ifNoneMatch?: string; ifModifiedSince?: string }, stored: Stored): boolean {
  if (conditions.ifNoneMatch !== undefined) {
    return conditions.ifNoneMatch
      .split(',')
      .some((tag) => tag.trim() === '*' || versionOf(tag.trim()) === String(stored.version));
  }
  if (conditions.ifModifiedSince === undefined) return false;
  const since = Date.parse(conditions.ifModifiedSince);
  if (Number.isNaN(since)) return false;
  // HTTP dates have no fraction of a second.
  return Math.floor(Date.parse(stored.updated) / 1000) * 1000 <= since;
}
