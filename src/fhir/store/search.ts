// https://hl7.org/fhir/R4/search.html
import { auditInsert, type Sql } from '../../platform/index.ts';
import { FhirProblem } from '../outcome.ts';
import { buildSearch, fetchIncluded, pageOf, type PageRow, parseSearch, SearchProblem, type SearchRequest, type Statement } from '../search/index.ts';
import type { Issue } from '../validation/index.ts';
import { keyOf } from './concerns.ts';
import { run, type Session, traceOf } from './engine.ts';
import { storedFromRow } from './rows.ts';
import type { SearchPage, Stored } from './store.ts';

type Query = string | URLSearchParams | [string, string][];

const paramsOf = (query: Query): URLSearchParams | [string, string][] => (typeof query === 'string' ? new URLSearchParams(query.replace(/^\?/, '')) : query);

function parsed(type: string | null, query: Query, options: { strict?: boolean }): SearchRequest {
  try {
    return parseSearch(type, paramsOf(query), { strict: options.strict ?? false });
  } catch (error) {
    if (error instanceof SearchProblem) throw new FhirProblem(error.status, error.code, error.diagnostics, { expression: error.parameter ?? undefined });
    throw error;
  }
}

/** A page of what the caller may see, and its trace, in one statement. */
export async function search(session: Session, type: string | null, query: Query, options: { strict?: boolean; compartment?: string } = {}): Promise<SearchPage> {
  const request = parsed(type, query, options);
  const { tenant } = session.caller;
  const context = { tenant, sight: await session.engine.sightOf(session.caller, 'read', session.sql), ...(options.compartment && { compartment: String(keyOf(options.compartment)) }) };
  const statements = buildSearch(request, context);
  return run(session, async (sql) => {
    const found = statements.page ? await traced(session, sql, statements.page, `${type ?? '*'}?${request.understood.map(([name]) => name).join('&')}`) : [];
    const page = pageOf(request, found);
    const { rows: included, truncated } = page.rows.length > 0 && request.includes.length + request.revincludes.length > 0 ? await fetchIncluded(sql, request, context, page.rows) : { rows: [], truncated: false };
    const total = statements.count ? (await sql.query<{ total: number }>(statements.count.text, statements.count.params))[0]!.total : undefined;
    const warnings = request.ignored.map(({ parameter, diagnostics }): Issue => ({ severity: 'warning', code: 'not-supported', diagnostics, expression: parameter }));
    if (truncated) warnings.push({ severity: 'warning', code: 'too-costly', diagnostics: 'Not every included resource is here: ask for fewer at a time (_count) or without :iterate.', expression: '_include' });
    return {
      resources: page.rows.map(stored),
      included: included.map(stored),
      ...(total !== undefined && { total }),
      ...(page.next && { next: page.next }),
      warnings,
      applied: request.understood.map(([name, value]) => [name, value] as [string, string]),
    };
  });
}

const stored = (row: PageRow): Stored => storedFromRow({ ...row, rid: Number(row.rid), updated: row.updated instanceof Date ? row.updated : new Date(row.updated), deleted: false });

async function traced(session: Session, sql: Sql, page: Statement, target: string): Promise<PageRow[]> {
  const params = [...page.params];
  const param = (value: unknown) => `$${params.push(value)}`;
  const { tenant } = session.caller;
  // The people a page is about are known to the database only: their ids are put into the entry there.
  const trace = auditInsert([traceOf(session, { action: 'search', target })], param, tenant, 'array(select distinct p.id from fhir.resource p where p.tenant_id = $1 and p.key in (select f.patient from found f))');
  return sql.query<PageRow>(`with found as materialized (${page.text}), ${trace} select * from found`, params);
}
