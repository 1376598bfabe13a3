// https://hl7.org/fhir/R4/search.html
import { kindsOfData } from '../../access/index.ts';
import { type AuditEntry, auditInsert, type Sql, textArray } from '../../platform/index.ts';
import { FhirProblem } from '../outcome.ts';
import {
  buildSearch,
  compartmentOf,
  fetchIncluded,
  pageOf,
  type PageRow,
  parseSearch,
  SearchProblem,
  type SearchRequest,
  type Statement,
} from '../search/index.ts';
import type { Issue } from '../validation/index.ts';
import { keyOf } from './concerns.ts';
import { type Engine, run, type Session, traceOf } from './engine.ts';
import { storedFromRow } from './rows.ts';
import type { ResourceType, SearchPage } from './store.ts';

type Query = string | URLSearchParams | [string, string][];

const paramsOf = (query: Query): URLSearchParams | [string, string][] =>
  typeof query === 'string' ? new URLSearchParams(query.replace(/^\?/, '')) : query;

function parsed(type: string | null, query: Query, options: { strict?: boolean; base?: string }): SearchRequest {
  try {
    return parseSearch(type, paramsOf(query), { strict: options.strict ?? false, base: options.base });
  } catch (error) {
    if (error instanceof SearchProblem)
      throw new FhirProblem(error.status, error.code, error.diagnostics, { expression: error.parameter ?? undefined });
    throw error;
  }
}

/** The Patient's compartment is a column, the others are looked up. */
const placeOf = (compartment: string | undefined, request: SearchRequest) =>
  compartment === undefined
    ? {}
    : compartment.startsWith('Patient/')
      ? { compartment: String(keyOf(compartment)) }
      : { within: compartmentOf(compartment, request.types) };

/** A page of what the caller may see, and its trace, in one statement. */
export async function search<T extends ResourceType>(
  session: Session,
  type: T | null,
  query: Query,
  options: { strict?: boolean; compartment?: string } = {},
): Promise<SearchPage<T>> {
  const request = parsed(type, query, { ...options, base: session.engine.base });
  const { tenant } = session.caller;
  const context = {
    tenant,
    sight: await session.engine.sightOf(session.caller, 'search', session.sql),
    ...placeOf(options.compartment, request),
  };
  const statements = buildSearch(request, context);
  const target = `${type ?? '*'}?${request.understood.map(([name]) => name).join('&')}`;
  const found = !statements.page
    ? []
    : session.sql
      ? await traced<FoundRow<T>>(session, session.sql, statements.page, target)
      : await ask<FoundRow<T>>(session, statements.page, traceOf(session, { action: 'search', target }));
  const page = pageOf(request, found);
  // A first page that is also the last holds them all.
  const whole = statements.page !== null && !request.place && page.next === null;
  const total = statements.count && (whole ? page.rows.length : await countOf(session, statements.count));
  const { rows: included, truncated } =
    page.rows.length > 0 && request.includes.length + request.revincludes.length > 0
      ? await run(session, (sql) => fetchIncluded(sql, request, context, page.rows))
      : { rows: [], truncated: false };
  const warnings = request.ignored.map(
    ({ parameter, diagnostics }): Issue => ({
      severity: 'warning',
      code: 'not-supported',
      diagnostics,
      expression: parameter,
    }),
  );
  if (truncated)
    warnings.push({
      severity: 'warning',
      code: 'too-costly',
      diagnostics: 'Not every included resource is here: ask for fewer at a time (_count) or without :iterate.',
      expression: '_include',
    });
  return {
    resources: page.rows.map(storedFromRow),
    included: included.map(storedFromRow),
    ...(total !== undefined && { total }),
    ...(page.next && { next: page.next }),
    warnings,
    applied: request.understood.map(([name, value]) => [name, value] as [string, string]),
  };
}

/** What the statement of a search on a type finds. */
type FoundRow<T extends ResourceType> = PageRow & { type: T };

// The people a page is about are known to the database only: their ids are put into the entry there. A private note names nobody (create.ts).
const peopleOf = (found: string) =>
  `array(select distinct p.id from fhir.resource p where p.tenant_id = $1 and p.key in (select f.patient from ${found} and f.kind <> ${kindsOfData['private-notes'].bit}))`;

async function traced<Row>(session: Session, sql: Sql, page: Statement, target: string): Promise<Row[]> {
  const params = [...page.params];
  const trace = auditInsert(
    [traceOf(session, { action: 'search', target })],
    (value) => `$${params.push(value)}`,
    session.caller.tenant,
    peopleOf('found f where true'),
  );
  return sql.query<Row>(`with found as materialized (${page.text}), ${trace} select * from found`, params);
}

async function countOf(session: Session, count: Statement): Promise<number> {
  const [row] = session.sql
    ? await session.sql.query<{ total: number }>(count.text, count.params)
    : await ask<{ total: number }>(session, count);
  return row!.total;
}

/** Searches of one shape that come in the same moment are one statement. */
function ask<Row>(session: Session, statement: Statement, trace?: AuditEntry): Promise<Row[]> {
  const { engine, caller } = session;
  return engine
    .searches(caller.tenant, `${trace ? 'page' : 'count'} ${statement.text}`)
    .push({ statement, ...(trace && { trace }) }) as Promise<Row[]>;
}

export interface SearchItem {
  statement: Statement;
  /** Its trace, for a page; a count goes with its page. */
  trace?: AuditEntry;
}

const placeholder = /\$(\d+)(?:::(bigint|int|smallint|text|timestamptz|double precision|boolean)(\[\])?)?/g;

/**
 * The parameters become the columns of a table of requests `q`, and the statement is run for each of its rows. The columns have their type
 * from the start: a conversion on the way would not be leak-proof, and no index could be used under row-level security.
 */
export const gatheredSearch =
  (engine: Engine, tenant: number) =>
  (items: SearchItem[]): Promise<unknown[][]> =>
    engine.db.tenant(tenant, async (sql) => {
      const { text, apart } = items[0]!.statement;
      const params: unknown[] = [tenant];
      const param = (value: unknown) => `$${params.push(value)}`;
      const types = new Map<number, { type: string; list: boolean }>();
      const perRequest = (statement: string) =>
        statement.replace(placeholder, (whole, at: string, type: string | undefined, list: string | undefined) => {
          if (at === '1') return whole;
          if (!type) throw new Error(`a parameter without its type in ${statement}`);
          types.set(Number(at), { type, list: list !== undefined });
          return `q.p${at}`;
        });
      const [page, highest] = [perRequest(apart?.rows ?? text), apart && perRequest(apart.horizon)];
      const columns = [...types].map(([at, { type, list }]) => {
        const values = items.map(({ statement }) => {
          const value = statement.params[at - 1];
          return value === null || value === undefined
            ? null
            : list
              ? textArray((value as unknown[]).map((one) => (one === null ? null : String(one))))
              : String(value);
        });
        return {
          name: `p${at}`,
          source: `${param(textArray(values))}::${list ? 'text' : type}[]`,
          chosen: list ? `a.p${at}::${type}[] as p${at}` : `a.p${at}`,
        };
      });
      const q = `q as materialized (select ${[...columns.map(({ chosen }) => chosen), 'a.ord'].join(', ')} from unnest(${[...columns.map(({ source }) => source), `${param(`{${items.map((_, i) => i + 1)}}`)}::bigint[]`].join(', ')}) a (${[...columns.map(({ name }) => name), 'ord'].join(', ')}))`;
      const found = `found as materialized (select q.ord as request, x.*${highest ? ', h.horizon' : ''} from q ${highest ? `cross join lateral (select ${highest} as horizon offset 0) h ` : ''}cross join lateral (${page}) x)`;
      const traces = items.flatMap(({ trace }) => trace ?? []);
      const trace =
        traces.length > 0 ? `, ${auditInsert(traces, param, tenant, peopleOf('found f where f.request = e.ord'))}` : '';
      const rows = await sql.query<{ request: number }>(`with ${q}, ${found}${trace} select * from found`, params);
      const answers: unknown[][] = items.map(() => []);
      for (const row of rows) answers[row.request - 1]!.push(row);
      return answers;
    });
