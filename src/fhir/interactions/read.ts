// https://hl7.org/fhir/R4/http.html#read
import type { Stored } from '../store/store.ts';
import { contentOf } from './binary.ts';
import type { Answer, Call, Handler } from './call.ts';
import { isFresh } from './conditions.ts';
import { subsetOf, textOf } from './subset.ts';

const shown = (call: Call, stored: Stored): Answer => {
  const known = { version: stored.version, updated: stored.updated };
  if (isFresh(call.conditions, stored)) return { status: 304, ...known };
  if (call.native) return { status: 200, content: contentOf(stored), ...known };
  return { status: 200, text: textOf(stored, subsetOf(call.query)), ...known };
};

export const read: Handler = async (call) => shown(call, await call.store.read(call.type, call.id));

/** https://hl7.org/fhir/R4/http.html#vread */
export const vread: Handler = async (call) =>
  shown(call, await call.store.readVersion(call.type, call.id, call.versionId));
