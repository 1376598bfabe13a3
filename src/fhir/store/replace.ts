import { type AuditEntry, auditInsert, plainArray, textArray, type Sql } from '../../platform/index.ts';
import type { IndexEntry } from '../search/index-entry.ts';
import type { Engine } from './engine.ts';
import { kindBit, type Prepared } from './prepare.ts';
import { addRows, type IndexRows, noRows } from './statements.ts';

/** A new version, its way into the index, and its trace. */
export interface ReplaceItem {
  /** The version that must still stand. */
  seen: number;
  next: Prepared;
  /** Index rows to take away and to add, no row in both. */
  doomed: IndexRows;
  fresh: IndexRows;
  trace: AuditEntry;
}

const tables = ['token', 'date', 'quantity', 'string'] as const;

/** What differs between two index entries, row by row. */
export function exactChanges(rid: number, old: IndexEntry, next: IndexEntry): { doomed: IndexRows; fresh: IndexRows } {
  const [before, after, doomed, fresh] = [noRows(), noRows(), noRows(), noRows()];
  addRows(before, rid, old);
  addRows(after, rid, next);
  for (const table of tables) {
    const rows = (from: IndexRows) =>
      new Map((from[table] as readonly (readonly unknown[])[]).map((row) => [row.join('\n'), row]));
    const [was, is] = [rows(before), rows(after)];
    for (const [key, row] of was) if (!is.has(key)) (doomed[table] as unknown[]).push(row);
    for (const [key, row] of is) if (!was.has(key)) (fresh[table] as unknown[]).push(row);
  }
  return { doomed, fresh };
}

const columns: Record<(typeof tables)[number], readonly (readonly [name: string, type: string])[]> = {
  token: [
    ['hash', 'bigint'],
    ['rid', 'bigint'],
  ],
  date: [
    ['param', 'bigint'],
    ['low', 'timestamptz'],
    ['high', 'timestamptz'],
    ['rid', 'bigint'],
  ],
  quantity: [
    ['param', 'bigint'],
    ['unit', 'bigint'],
    ['low', 'float8'],
    ['high', 'float8'],
    ['rid', 'bigint'],
  ],
  string: [
    ['param', 'bigint'],
    ['value', 'text'],
    ['rid', 'bigint'],
  ],
};

const literal = (values: readonly unknown[], type: string): string =>
  (type === 'text' ? textArray : plainArray)(values as string[]);

/**
 * Puts new versions in the place of those the writers have seen, in one statement: history, index and trace only follow where the version
 * seen still stands. Says of each whether it was done.
 */
export async function replaceWhereSeen(sql: Sql, tenant: number, items: readonly ReplaceItem[]): Promise<boolean[]> {
  const params: unknown[] = [tenant];
  const param = (value: unknown) => `$${params.push(value)}`;
  const column = (pick: (item: ReplaceItem) => unknown, type: string) =>
    `${param(literal(items.map(pick), type))}::${type}[]`;
  const { actors, done } = {
    actors: auditInsert(
      items.map((item) => item.trace),
      param,
      tenant,
      'e.patients::text[]',
      'join done on done.ord = e.ord',
    ),
    done: [] as string[],
  };
  for (const table of tables) done.push(...indexParts(table, items, param));
  const rows = await sql.query<{ ord: number }>(
    `with done as (update fhir.resource r set version = o.version + 1, updated = u.updated, deleted = u.deleted, kind = u.kind, patient = u.patient, patients = u.patients::bigint[], author = u.author,
        at = u.at, tokens = u.tokens::bigint[], refs = u.refs::bigint[], sort_text = u.sort_text, content = u.content
      from unnest(${column((i) => i.next.rid, 'bigint')}, ${column((i) => i.seen, 'int')}, ${column((i) => i.next.updated, 'timestamptz')}, ${column((i) => i.next.deleted, 'boolean')},
        ${column((i) => kindBit(i.next.kind), 'smallint')}, ${column((i) => i.next.patientKeys[0]?.toString() ?? null, 'bigint')}, ${column((i) => (i.next.patientKeys.length > 1 ? plainArray(i.next.patientKeys) : null), 'text')},
        ${column((i) => i.next.author?.toString() ?? null, 'bigint')}, ${column((i) => i.next.index.at, 'timestamptz')}, ${column((i) => plainArray(i.next.index.tokens), 'text')}, ${column((i) => plainArray(i.next.index.refs), 'text')},
        ${column((i) => i.next.index.sortText, 'text')}, ${column((i) => i.next.text, 'text')}) with ordinality
        as u (rid, seen, updated, deleted, kind, patient, patients, author, at, tokens, refs, sort_text, content, ord)
      join fhir.resource o on o.tenant_id = $1::int and o.rid = u.rid
      where r.tenant_id = $1::int and r.rid = u.rid and r.version = u.seen and o.version = u.seen
      returning u.ord, o.rid, o.version, o.type, o.id, o.updated, o.deleted, o.kind, o.patient, o.patients, o.author, o.content),
    past as (insert into fhir.history (tenant_id, rid, version, type, id, updated, deleted, kind, patient, patients, author, content)
      select $1::int, d.rid, d.version, d.type, d.id, d.updated, d.deleted, d.kind, d.patient, d.patients, d.author, d.content from done d),
    ${[...done, actors].join(',\n')}
    select ord::int as ord from done`,
    params,
  );
  const met = new Set(rows.map((row) => row.ord));
  return items.map((_, i) => met.has(i + 1));
}

function indexParts(
  table: (typeof tables)[number],
  items: readonly ReplaceItem[],
  param: (value: unknown) => string,
): string[] {
  const rowsOf = (side: 'doomed' | 'fresh') =>
    items.flatMap((item, i) => (item[side][table] as readonly (readonly unknown[])[]).map((row) => [...row, i + 1]));
  const [doomed, fresh] = [rowsOf('doomed'), rowsOf('fresh')];
  // Both or none: a statement has few shapes, and its plan is soon known on every connection.
  if (doomed.length + fresh.length === 0) return [];
  const names = columns[table];
  const list = (rows: readonly (readonly unknown[])[]) =>
    `unnest(${[...names, ['ord', 'bigint'] as const]
      .map(
        ([, type], at) =>
          `${param(
            literal(
              rows.map((row) => row[at]),
              type,
            ),
          )}::${type}[]`,
      )
      .join(', ')}) x (${names.map(([name]) => name).join(', ')}, ord)`;
  return [
    `d_${table} as (delete from fhir.${table} t using ${list(doomed)} join done on done.ord = x.ord where t.tenant_id = $1::int and ${names.map(([name]) => `t.${name} = x.${name}`).join(' and ')})`,
    `i_${table} as (insert into fhir.${table} (tenant_id, ${names.map(([name]) => name).join(', ')}) select $1::int, ${names.map(([name]) => `x.${name}`).join(', ')} from ${list(fresh)} join done on done.ord = x.ord on conflict do nothing)`,
  ];
}

/** What several requests replace in the same moment goes down in one statement. */
export const gatheredReplace =
  (engine: Engine, tenant: number) =>
  (items: ReplaceItem[]): Promise<boolean[]> =>
    engine.db.tenant(tenant, (sql) => replaceWhereSeen(sql, tenant, items));
