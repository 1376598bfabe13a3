// https://hl7.org/fhir/R4/http.html#brules
import type { Answer, Call } from './call.ts';
import { callOf, type Entry, entriesOf, inEntry, parseEntry, responseEntry } from './entry.ts';
import { toFhirProblem } from './errors.ts';

/** Neighbours that cannot get in each other's way run together: the store gathers them into few statements. */
const together = 16;
const independent = (entry: Entry): boolean =>
  entry.method === 'GET' || (entry.interaction.code === 'create' && entry.conditions.ifNoneExist === undefined);

/** Each entry on its own: one that fails says so in its place and stops no other. */
export async function batch(call: Call): Promise<Answer> {
  const values = entriesOf(call);
  const texts: string[] = [];
  const settle = async (at: number, entry: Entry | undefined, work: () => Promise<Answer>): Promise<void> => {
    let answer: Answer;
    try {
      answer = await work();
    } catch (error) {
      const problem = inEntry(toFhirProblem(error), at);
      if (problem.status >= 500) call.failed(error);
      answer = { status: problem.status, outcome: problem.outcome };
    }
    texts[at] = responseEntry(call, entry, answer);
  };
  let running: Promise<void>[] = [];
  let kind = '';
  for (const [at, value] of values.entries()) {
    let entry: Entry;
    try {
      entry = parseEntry(call, value, at);
    } catch (error) {
      await settle(at, undefined, () => Promise.reject(error));
      continue;
    }
    const alone = !independent(entry);
    if (alone || kind !== entry.method || running.length >= together) {
      await Promise.all(running);
      running = [];
    }
    kind = entry.method;
    const work = settle(at, entry, () => entry.interaction.handler(callOf(call, entry)));
    if (alone) await work;
    else running.push(work);
  }
  await Promise.all(running);
  return {
    status: 200,
    text: `{"resourceType":"Bundle","type":"batch-response"${texts.length > 0 ? `,"entry":[${texts}]` : ''}}`,
  };
}
