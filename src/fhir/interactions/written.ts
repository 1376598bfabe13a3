// https://hl7.org/fhir/R4/http.html#ops
import { success } from '../outcome.ts';
import type { Stored } from '../store/store.ts';
import type { Answer, Call } from './call.ts';

/** The answer to a write, as Prefer asks. */
export function written(call: Call, stored: Stored, created: boolean): Answer {
  const answer: Answer = {
    status: created ? 201 : 200,
    version: stored.version,
    updated: stored.updated,
    location: `${stored.type}/${stored.id}/_history/${stored.version}`,
  };
  if (call.prefer.return === 'minimal') return answer;
  if (call.prefer.return === 'OperationOutcome') {
    const outcome = success(
      `${stored.type}/${stored.id} is ${created ? 'created' : 'stored'}, version ${stored.version}.`,
    );
    return { ...answer, text: JSON.stringify(outcome), outcome };
  }
  return { ...answer, text: stored.text };
}
