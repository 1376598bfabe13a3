// https://hl7.org/fhir/R4/search.html
import type { Session } from './engine.ts';
import type { SearchPage } from './store.ts';

export async function search(
  _session: Session,
  _type: string | null,
  _query: string | URLSearchParams | [string, string][],
  _options: { strict?: boolean } = {},
): Promise<SearchPage> {
  throw new Error('waiting for src/fhir/search');
}
