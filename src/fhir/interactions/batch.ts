// https://hl7.org/fhir/R4/http.html#brules
import type { Answer, Call } from './call.ts';
import { callOf, type Entry, entriesOf, inEntry, parseEntry, responseEntry } from './entry.ts';
import { toFhirProblem } from './errors.ts';

/** Each entry on its own: one that fails says so in its place and stops no other. */
export async function batch(call: Call): Promise<Answer> {
  const entries = entriesOf(call);
  const texts: string[] = [];
  for (const [at, value] of entries.entries()) {
    let entry: Entry | undefined;
    let answer: Answer;
    try {
      entry = parseEntry(call, value, at);
      answer = await entry.interaction.handler(callOf(call, entry));
    } catch (error) {
      const problem = inEntry(toFhirProblem(error), at);
      if (problem.status >= 500) call.failed(error);
      answer = { status: problem.status, outcome: problem.outcome };
    }
    texts.push(responseEntry(call, entry, answer));
  }
  return {
    status: 200,
    text: `{"resourceType":"Bundle","type":"batch-response"${texts.length > 0 ? `,"entry":[${texts}]` : ''}}`,
  };
}
