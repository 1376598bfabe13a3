/** A search that cannot be answered as asked: HTTP 400, with the FHIR issue code and words that say what to do. */
export class SearchProblem extends Error {
  readonly status = 400;
  readonly code: 'invalid' | 'value' | 'not-supported' | 'too-costly';
  readonly diagnostics: string;
  readonly parameter: string | null;

  constructor(code: SearchProblem['code'], diagnostics: string, parameter: string | null) {
    super(diagnostics);
    this.name = 'SearchProblem';
    this.code = code;
    this.diagnostics = diagnostics;
    this.parameter = parameter;
  }
}

export const prefixes = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'] as const;
export type Prefix = (typeof prefixes)[number];
/** A comparison with a span: milliseconds for dates, plain numbers for quantities (then `value` is what was written). */
export interface Test {
  prefix: Prefix;
  low: number;
  high: number;
  value: number;
}
/** Where quantity rows are: the parameter, the unit, and tokens the row must have besides. */
export interface QuantityPlace {
  param: string;
  range: string;
  unit: string;
  needs: readonly string[];
}

/** What a row must satisfy. `label`: the type whose `sort_text` holds the first of these texts. Hashes are decimal strings; the meaning of each is in hashes.ts. */
export type Criterion =
  | { kind: 'ids'; ids: readonly string[] }
  | { kind: 'updated'; tests: readonly Test[] }
  /** One of `any`; `keys` are the rows of fhir.token that lead to them (null: none does), `exact` when they need no further check. */
  | { kind: 'tokens'; any: readonly string[]; keys: readonly string[] | null; exact: boolean; rank: number }
  /** Points to one of these patients through the reference that makes its compartment. */
  | { kind: 'patient'; patients: readonly string[]; any: readonly string[] }
  /** Each of `all` is a list of alternatives. */
  | {
      kind: 'dates';
      params: readonly { param: string; long: string }[];
      all: readonly (readonly Test[])[];
      single: boolean;
    }
  | { kind: 'quantities'; places: readonly QuantityPlace[]; tests: readonly Test[] }
  | {
      kind: 'strings';
      params: readonly string[];
      values: readonly string[];
      how: 'prefix' | 'contains';
      label: string | null;
    }
  | { kind: 'not'; of: Criterion }
  | { kind: 'and' | 'or'; of: readonly Criterion[] }
  /** Points, through one of `params`, to a visible resource of `type` that satisfies `criteria`. */
  | { kind: 'chain'; params: readonly string[]; type: string; criteria: readonly Criterion[] }
  /** Is pointed to, through one of `params`, by a visible resource of `type` that satisfies `criteria`. */
  | { kind: 'has'; params: readonly string[]; type: string; criteria: readonly Criterion[] };

export type SortKey = { descending: boolean } & (
  | { by: 'updated' | 'id' | 'at' | 'label' }
  /** By the text that was looked for (`walkedBy`), when nothing else is asked. */
  | { by: 'match' }
  | { by: 'date' | 'string' | 'quantity'; params: readonly string[] }
  | { by: 'json'; path: readonly string[] }
);

/** `_include` or `_revinclude`. `param` is the hash of `Type|code`, null for `*`. */
export interface Include {
  source: string | null;
  params: readonly string[] | null;
  target: string | null;
  iterate: boolean;
}

/** Where the next page begins: the sort values and rid of the last row, and the highest rid when the first page was read. */
export interface Place {
  values: readonly (string | null)[];
  rid: string;
  horizon: string;
}

export interface SearchRequest {
  /** The type searched; null for the whole server. */
  type: string | null;
  /** Types a row may have; empty: any. */
  types: readonly string[];
  criteria: readonly Criterion[];
  sort: readonly SortKey[];
  count: number;
  place: Place | null;
  summary: 'true' | 'text' | 'data' | 'count' | 'false';
  elements: readonly string[];
  total: 'none' | 'estimate' | 'accurate';
  includes: readonly Include[];
  revincludes: readonly Include[];
  /** Parameters left out because handling is lenient, with the reason. */
  ignored: readonly { parameter: string; diagnostics: string }[];
  /** The parameters that were understood, for the self link; without `_cursor`. */
  understood: readonly (readonly [string, string])[];
  /** Recognises the cursors of this very search. */
  shape: string;
}
