/** What the search index keeps of one resource. 64-bit hashes travel as decimal strings. */
export interface IndexEntry {
  /** Every token and reference hash: filters a row already in hand. Distinct. */
  tokens: string[];
  /** The part of `tokens` that gets its own row in fhir.token and so can be the way in to a search. */
  keys: string[];
  /** hash64('Type/id') of each resource pointed to. */
  refs: string[];
  /** ISO instants; `low` inclusive, `high` exclusive; '-infinity' / 'infinity' for open ends. */
  dates: { param: string; low: string; high: string }[];
  quantities: { param: string; unit: string; low: number; high: number }[];
  strings: { param: string; value: string }[];
  /** The date professionals mean, ISO instant. */
  at: string | null;
  sortText: string | null;
}
