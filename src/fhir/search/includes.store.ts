import { sightPredicate } from '../../access/index.ts';
import type { Sql } from '../../platform/index.ts';
import { type Candidates, canonicalIncludes, canonicalRevincludes } from './canonicals.store.ts';
import { hashOf, numberOf } from './hashes.ts';
import { parametersOf, resourceTypes } from './parameters.ts';
import type { PageRow } from './place.ts';
import type { Include, SearchRequest } from './request.ts';
import { type SearchContext, type Statement, writing } from './search.store.ts';

/** Bounds of what includes may bring along with one page. */
export const mostIncluded = { depth: 5, rows: 1000 };

/**
 * The resources that `_include` and `_revinclude` bring along with a page, each once, none of the page itself, only what the sight
 * reaches. `truncated`: the bounds of `mostIncluded` were met.
 */
export async function fetchIncluded(
  sql: Sql,
  request: SearchRequest,
  context: SearchContext,
  page: readonly PageRow[],
): Promise<{ rows: PageRow[]; truncated: boolean }> {
  const seen = new Set(page.map((row) => String(row.rid)));
  const found: PageRow[] = [];
  let level = page;
  for (let depth = 0; level.length > 0; depth++) {
    const wanted = (one: Include) => depth === 0 || one.iterate;
    const forward = request.includes.filter(wanted);
    const backward = request.revincludes.filter(wanted);
    if (forward.length + backward.length === 0) break;
    if (depth === mostIncluded.depth) return { rows: found, truncated: true };
    const room = mostIncluded.rows - found.length;
    const most = room + seen.size + 1;
    const whole = (statement: Statement | null): Candidates | null => statement && { statement, keeps: () => true };
    const asked = [
      whole(buildIncludes(forward, level, context, most)),
      canonicalIncludes(forward, level, columns('t'), context, most),
      whole(buildRevincludes(backward, level, context, most)),
      canonicalRevincludes(backward, level, columns('t'), context, most),
    ];
    const next: PageRow[] = [];
    for (const candidates of asked) {
      if (!candidates) continue;
      for (const row of await sql.query<PageRow>(candidates.statement.text, candidates.statement.params)) {
        if (seen.has(String(row.rid)) || !candidates.keeps(row)) continue;
        if (found.length + next.length >= mostIncluded.rows) return { rows: [...found, ...next], truncated: true };
        seen.add(String(row.rid));
        next.push(row);
      }
    }
    found.push(...next);
    level = next;
  }
  return { rows: found, truncated: false };
}

const columns = (row: string) =>
  `${row}.rid, ${row}.type, ${row}.id, ${row}.version, ${row}.updated, ${row}.deleted, ${row}.kind, ${row}.patient, ${row}.patients, ${row}.content`;

/** The targets of the rows' references; null when there is nothing to follow. */
function buildIncludes(
  includes: readonly Include[],
  rows: readonly PageRow[],
  context: SearchContext,
  limit: number,
): Statement | null {
  if (includes.length === 0 || rows.length === 0) return null;
  const w = writing(context);
  const lines = includes.flatMap(({ source, params, target }) =>
    (params ?? [null]).map((param) => ({ source, param, target })),
  );
  const rids = w.param(rows.map((row) => String(row.rid)));
  const list = (values: readonly (string | null)[], type: string) => `${w.param(values)}::${type}[]`;
  const unnested = `unnest(${list(
    lines.map((line) => line.source),
    'text',
  )}, ${list(
    lines.map((line) => line.param),
    'bigint',
  )}, ${list(
    lines.map((line) => line.target),
    'text',
  )}) i(source, param, target)`;
  return {
    text: `select ${columns('t')} from fhir.resource t join (select k.key, array_agg(distinct i.target) filter (where i.target is not null) as types, bool_or(i.target is null) as every from fhir.resource s cross join lateral unnest(s.refs) k(key) join ${unnested} on (i.source is null or i.source = s.type) and (i.param is null or (k.key # i.param) = any(s.tokens)) where s.tenant_id = $1 and s.rid = any(${rids}::bigint[]) and ${sightPredicate(context.sight, 's', w.param)} group by k.key offset 0) f on t.tenant_id = $1 and t.key = f.key where (f.every or t.type = any(f.types)) and not t.deleted and ${sightPredicate(context.sight, 't', w.param)} order by t.rid limit ${w.param(limit)}::int`,
    params: w.params,
  };
}

/** What points to the rows; null when there is nothing to follow. */
function buildRevincludes(
  includes: readonly Include[],
  rows: readonly PageRow[],
  context: SearchContext,
  limit: number,
): Statement | null {
  const hashes = new Set<string>();
  const sources = new Set<string>();
  for (const { source, params, target } of includes) {
    const pointing = (type: string) => params ?? referenceParams(type, source);
    for (const row of rows) {
      if (target !== null && row.type !== target) continue;
      const key = numberOf(`${row.type}/${row.id}`);
      for (const param of pointing(row.type)) hashes.add(String(key ^ BigInt(param)));
    }
    if (source) sources.add(source);
  }
  if (hashes.size === 0) return null;
  const w = writing(context);
  const typed = includes.every(({ source }) => source !== null)
    ? ` and t.type = any(${w.param([...sources])}::text[])`
    : '';
  return {
    text: `select ${columns('t')} from fhir.resource t where t.tenant_id = $1 and t.rid in (select k.rid from fhir.token k where k.tenant_id = $1 and k.hash = any(${w.param([...hashes])}::bigint[]))${typed} and not t.deleted and ${sightPredicate(context.sight, 't', w.param)} order by t.rid limit ${w.param(limit)}::int`,
    params: w.params,
  };
}

/** Hashes of the reference parameters (of `source`, or of every type) that may point to `type`. */
function referenceParams(type: string, source: string | null): string[] {
  const found = new Set<string>();
  for (const from of source === null ? resourceTypes : [source]) {
    for (const { code, type: kind, targets, stored } of parametersOf(from).values()) {
      if (kind === 'reference' && stored[0] === code && (!targets || targets.includes(type)))
        found.add(hashOf(`${from}|${code}`));
    }
  }
  return [...found];
}
