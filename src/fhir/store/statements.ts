import { type AuditEntry, auditInsert, jsonTexts, plainArray, type Sql, textArray } from '../../platform/index.ts';
import type { IndexEntry } from '../search/index-entry.ts';
import { kindBit, type Prepared } from './prepare.ts';

/** Rows of the four index tables, flat, each with the rid it belongs to. */
export interface IndexRows {
  token: [hash: string, rid: number][];
  date: [param: string, low: string, high: string, rid: number][];
  quantity: [param: string, unit: string, low: number, high: number, rid: number][];
  string: [param: string, value: string, rid: number][];
}
export const noRows = (): IndexRows => ({ token: [], date: [], quantity: [], string: [] });

export function addRows(rows: IndexRows, rid: number, index: IndexEntry): void {
  for (const hash of index.keys) rows.token.push([hash, rid]);
  for (const d of index.dates) rows.date.push([d.param, d.low, d.high, rid]);
  for (const q of index.quantities) rows.quantity.push([q.param, q.unit, q.low, q.high, rid]);
  for (const s of index.strings) rows.string.push([s.param, s.value, rid]);
}

/** The rows to take away and to add when an index entry takes another's place: most edits change few of them. */
export function indexChanges(rid: number, old: IndexEntry, next: IndexEntry): { doomed: IndexRows; fresh: IndexRows } {
  const doomed = noRows();
  const fresh = noRows();
  const before = new Set(old.keys);
  const after = new Set(next.keys);
  for (const hash of before) if (!after.has(hash)) doomed.token.push([hash, rid]);
  for (const hash of after) if (!before.has(hash)) fresh.token.push([hash, rid]);
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const part = (entry: IndexEntry, table: 'dates' | 'quantities' | 'strings'): IndexEntry => ({
    ...entry,
    keys: [],
    dates: [],
    quantities: [],
    strings: [],
    [table]: entry[table],
  });
  for (const table of ['dates', 'quantities', 'strings'] as const)
    if (!same(old[table], next[table])) {
      addRows(doomed, rid, part(old, table));
      addRows(fresh, rid, part(next, table));
    }
  return { doomed, fresh };
}

const numbers: (values: readonly (string | bigint)[]) => string = plainArray;
const literal = (values: readonly unknown[], type: string): string =>
  (type === 'text' ? textArray : plainArray)(values as string[]);

/** New resources, their index rows and their trace, in one statement: one round trip, and one transaction when alone. */
export async function insertResources(
  sql: Sql,
  tenant: number,
  resources: readonly Prepared[],
  rows: IndexRows,
  trace: readonly AuditEntry[],
): Promise<void> {
  const params: unknown[] = [tenant];
  const param = (value: unknown) => `$${params.push(value)}`;
  const parts: string[] = [];
  if (resources.length > 0) {
    const column = (pick: (p: Prepared) => unknown, type: string) =>
      `${param(literal(resources.map(pick), type))}::${type}[]`;
    parts.push(`fresh as (insert into fhir.resource (tenant_id, rid, type, id, version, updated, kind, key, patient, patients, author, at, tokens, refs, sort_text, content)
      select $1::int, r.rid, r.type, r.id, r.version, r.updated, r.kind, r.key, r.patient, r.patients::bigint[], r.author, r.at, r.tokens::bigint[], r.refs::bigint[], r.sort_text, r.content
      from unnest(${column((p) => p.rid, 'bigint')}, ${column((p) => p.type, 'text')}, ${column((p) => p.id, 'text')}, ${column((p) => p.version, 'int')}, ${column((p) => p.updated, 'timestamptz')},
        ${column((p) => kindBit(p.kind), 'smallint')}, ${column((p) => String(p.key), 'bigint')}, ${column((p) => p.patientKeys[0]?.toString() ?? null, 'bigint')},
        ${column((p) => (p.patientKeys.length > 1 ? numbers(p.patientKeys) : null), 'text')}, ${column((p) => p.author?.toString() ?? null, 'bigint')},
        ${column((p) => p.index.at, 'timestamptz')}, ${column((p) => numbers(p.index.tokens), 'text')}, ${column((p) => numbers(p.index.refs), 'text')}, ${column((p) => p.index.sortText, 'text')}, string_to_array(${param(jsonTexts(resources.map((p) => p.text)))}, E'\\x1f'))
        as r (rid, type, id, version, updated, kind, key, patient, patients, author, at, tokens, refs, sort_text, content))`);
  }
  parts.push(...indexInserts(rows, param));
  if (trace.length > 0) parts.push(auditInsert(trace, param, tenant));
  if (parts.length === 0) return;
  await sql.query(`with ${parts.join(',\n')} select $1::int`, params);
}

function indexInserts(rows: IndexRows, param: (value: unknown) => string): string[] {
  const parts: string[] = [];
  const column = (table: readonly (readonly unknown[])[], at: number, type: string) =>
    `${param(
      literal(
        table.map((row) => row[at]),
        type,
      ),
    )}::${type}[]`;
  if (rows.token.length)
    parts.push(
      `it as (insert into fhir.token (tenant_id, hash, rid) select $1::int, x.* from unnest(${column(rows.token, 0, 'bigint')}, ${column(rows.token, 1, 'bigint')}) x)`,
    );
  if (rows.date.length)
    parts.push(
      `idt as (insert into fhir.date (tenant_id, param, low, high, rid) select $1::int, x.* from unnest(${column(rows.date, 0, 'bigint')}, ${column(rows.date, 1, 'timestamptz')}, ${column(rows.date, 2, 'timestamptz')}, ${column(rows.date, 3, 'bigint')}) x)`,
    );
  if (rows.quantity.length)
    parts.push(
      `iq as (insert into fhir.quantity (tenant_id, param, unit, low, high, rid) select $1::int, x.* from unnest(${column(rows.quantity, 0, 'bigint')}, ${column(rows.quantity, 1, 'bigint')}, ${column(rows.quantity, 2, 'float8')}, ${column(rows.quantity, 3, 'float8')}, ${column(rows.quantity, 4, 'bigint')}) x)`,
    );
  if (rows.string.length)
    parts.push(
      `ist as (insert into fhir.string (tenant_id, param, value, rid) select $1::int, x.* from unnest(${column(rows.string, 0, 'bigint')}, ${column(rows.string, 1, 'text')}, ${column(rows.string, 2, 'bigint')}) x)`,
    );
  return parts;
}

/** What is replaced: the rid, and the version that the writer has read. */
export interface Replacement {
  seen: number;
  next: Prepared;
}

/** New versions of resources: the old ones go to the history. Returns how many still stood at the version seen. */
export async function replaceResources(
  sql: Sql,
  tenant: number,
  replacements: readonly Replacement[],
): Promise<number> {
  const params: unknown[] = [tenant];
  const column = (pick: (r: Replacement) => unknown, type: string) =>
    `$${params.push(literal(replacements.map(pick), type))}::${type}[]`;
  const rows = await sql.query<{ done: number }>(
    `with u as materialized (select * from unnest(${column((r) => r.next.rid, 'bigint')}, ${column((r) => r.seen, 'int')}, ${column((r) => r.next.version, 'int')}, ${column((r) => r.next.updated, 'timestamptz')}, ${column((r) => r.next.deleted, 'boolean')},
        ${column((r) => kindBit(r.next.kind), 'smallint')}, ${column((r) => r.next.patientKeys[0]?.toString() ?? null, 'bigint')}, ${column((r) => (r.next.patientKeys.length > 1 ? numbers(r.next.patientKeys) : null), 'text')},
        ${column((r) => r.next.author?.toString() ?? null, 'bigint')}, ${column((r) => r.next.index.at, 'timestamptz')}, ${column((r) => numbers(r.next.index.tokens), 'text')}, ${column((r) => numbers(r.next.index.refs), 'text')},
        ${column((r) => r.next.index.sortText, 'text')}, ${column((r) => r.next.text, 'text')})
        as u (rid, seen, version, updated, deleted, kind, patient, patients, author, at, tokens, refs, sort_text, content)),
      old as (insert into fhir.history (tenant_id, rid, version, type, id, updated, deleted, kind, patient, patients, author, content)
        select r.tenant_id, r.rid, r.version, r.type, r.id, r.updated, r.deleted, r.kind, r.patient, r.patients, r.author, r.content
        from fhir.resource r join u on r.tenant_id = $1::int and r.rid = u.rid and r.version = u.seen),
      done as (update fhir.resource r set version = u.version, updated = u.updated, deleted = u.deleted, kind = u.kind, patient = u.patient, patients = u.patients::bigint[], author = u.author,
          at = u.at, tokens = u.tokens::bigint[], refs = u.refs::bigint[], sort_text = u.sort_text, content = u.content
        from u where r.tenant_id = $1::int and r.rid = u.rid and r.version = u.seen returning r.rid)
    select count(*)::int as done from done`,
    params,
  );
  return rows[0]?.done ?? 0;
}

export async function deleteIndexRows(sql: Sql, tenant: number, rows: IndexRows): Promise<void> {
  const params: unknown[] = [tenant];
  const parts: string[] = [];
  const column = (table: readonly (readonly unknown[])[], at: number, type: string) =>
    `$${params.push(
      literal(
        table.map((row) => row[at]),
        type,
      ),
    )}::${type}[]`;
  if (rows.token.length)
    parts.push(
      `dt as (delete from fhir.token t using unnest(${column(rows.token, 0, 'bigint')}, ${column(rows.token, 1, 'bigint')}) x (hash, rid) where t.tenant_id = $1::int and t.hash = x.hash and t.rid = x.rid)`,
    );
  const byRid = [
    ['date', rows.date, 3],
    ['quantity', rows.quantity, 4],
    ['string', rows.string, 2],
  ] as const;
  for (const [table, doomed, at] of byRid)
    if (doomed.length)
      parts.push(
        `d${table} as (delete from fhir.${table} where tenant_id = $1::int and rid = any($${params.push([...new Set(doomed.map((row) => row[at]))])}::bigint[]))`,
      );
  if (parts.length) await sql.query(`with ${parts.join(', ')} select $1::int`, params);
}
