import type { Sql } from '../../platform/index.ts';
import { edition, type Edition } from './contract.ts';

/** Editions of a region. `tenant` is the region's. */
export interface EditionRow {
  id: string;
  published: number;
  draft: Edition | null;
  draftVersion: number;
  draftBy: string;
  draftAt: Date | null;
  copiedFrom: string | null;
  resultsAt: Date | null;
  /** Of the newest version published; absent when there is none. */
  body: Edition | null;
}
const parsed = (value: unknown): Edition => edition.parse(value);
const columns = `e.id, e.published, e.draft, e.draft_version as "draftVersion", e.draft_by as "draftBy", e.draft_at as "draftAt", e.copied_from as "copiedFrom", e.results_at as "resultsAt", v.body`;
const from =
  'from programme.edition e left join programme.edition_version v on v.tenant_id = e.tenant_id and v.edition = e.id and v.version = e.published';
const read = (row: EditionRow): EditionRow => ({
  ...row,
  body: row.body && parsed(row.body),
  draft: row.draft && parsed(row.draft),
});

export const editionsOf = async (sql: Sql, tenant: number): Promise<EditionRow[]> =>
  (await sql.query<EditionRow>(`select ${columns} ${from} where e.tenant_id = $1 order by e.id`, [tenant])).map(read);
/** @param lock keeps others from numbering, publishing or deciding in this call until the transaction ends */
export async function editionRow(sql: Sql, tenant: number, id: string, lock = false): Promise<EditionRow | undefined> {
  if (lock)
    await sql.query('select 1 from programme.edition where tenant_id = $1 and id = $2 for update', [tenant, id]);
  const [row] = await sql.query<EditionRow>(`select ${columns} ${from} where e.tenant_id = $1 and e.id = $2`, [
    tenant,
    id,
  ]);
  return row && read(row);
}
/** One published version, as it was. */
export async function editionVersion(
  sql: Sql,
  tenant: number,
  id: string,
  version: number,
): Promise<Edition | undefined> {
  const [row] = await sql.query<{ body: unknown }>(
    'select body from programme.edition_version where tenant_id = $1 and edition = $2 and version = $3',
    [tenant, id, version],
  );
  return row && parsed(row.body);
}
/** Published versions, as they were, in one read. */
export async function editionVersions(
  sql: Sql,
  tenant: number,
  wanted: readonly { edition: string; version: number }[],
): Promise<(edition: string, version: number) => Edition> {
  if (wanted.length === 0) return () => undefined as never;
  const rows = await sql.query<{ edition: string; version: number; body: unknown }>(
    'select edition, version, body from programme.edition_version where tenant_id = $1 and (edition, version) in (select * from unnest($2::text[], $3::int[]))',
    [tenant, wanted.map(({ edition }) => edition), wanted.map(({ version }) => version)],
  );
  const bodies = new Map(rows.map(({ edition, version, body }) => [`${edition} ${version}`, parsed(body)]));
  return (edition, version) => bodies.get(`${edition} ${version}`)!;
}
export const versionsOf = (
  sql: Sql,
  tenant: number,
  id: string,
): Promise<{ version: number; by: string; at: Date }[]> =>
  sql.query(
    'select version, by_name as by, at from programme.edition_version where tenant_id = $1 and edition = $2 order by version desc',
    [tenant, id],
  );

/** Nothing when a call of this name is there; a call that was given up before it was ever published leaves its name. */
export const insertEdition = (
  sql: Sql,
  tenant: number,
  id: string,
  copiedFrom: string | null,
): Promise<{ id: string }[]> =>
  sql.query(
    `insert into programme.edition as e (tenant_id, id, copied_from) values ($1, $2, $3)
     on conflict (tenant_id, id) do update set copied_from = excluded.copied_from where e.published = 0 and e.draft is null returning id`,
    [tenant, id, copiedFrom],
  );
/** The draft as it now is; true when it was at the version that was seen. */
export const saveDraft = async (
  sql: Sql,
  tenant: number,
  id: string,
  seen: number,
  draft: Edition | null,
  by: string,
  at: Date,
): Promise<boolean> =>
  (
    await sql.query(
      'update programme.edition set draft = $4::jsonb, draft_version = draft_version + 1, draft_by = $5, draft_at = $6::timestamptz where tenant_id = $1 and id = $2 and draft_version = $3 returning 1',
      [tenant, id, seen, draft === null ? null : JSON.stringify(draft), by, at.toISOString()],
    )
  ).length > 0;
export async function insertVersion(
  sql: Sql,
  tenant: number,
  id: string,
  version: number,
  body: Edition,
  by: string,
  at: Date,
): Promise<void> {
  await sql.query(
    'insert into programme.edition_version (tenant_id, edition, version, body, by_name, at) values ($1, $2, $3, $4::jsonb, $5, $6::timestamptz)',
    [tenant, id, version, JSON.stringify(body), by, at.toISOString()],
  );
  await sql.query(
    'update programme.edition set published = $3, draft = null, draft_version = draft_version + 1 where tenant_id = $1 and id = $2',
    [tenant, id, version],
  );
}
/** The next number of a series of this call, from 1; with a count, the first of so many. */
export const nextNumber = async (
  sql: Sql,
  tenant: number,
  id: string,
  series: 'receipts' | 'letters',
  count = 1,
): Promise<number> =>
  (
    await sql.query<{ n: number }>(
      `update programme.edition set ${series} = ${series} + $3::int where tenant_id = $1 and id = $2 returning ${series} - $3::int + 1 as n`,
      [tenant, id, count],
    )
  )[0]!.n;
export const setResults = (sql: Sql, tenant: number, id: string, at: Date | null) =>
  sql.query('update programme.edition set results_at = $3::timestamptz where tenant_id = $1 and id = $2', [
    tenant,
    id,
    at?.toISOString() ?? null,
  ]);
/** How many files of each call are in which state: counts only, drafts are nobody's business but their team's. */
export const countsOf = (sql: Sql, tenant: number): Promise<{ edition: string; state: string; count: number }[]> =>
  sql.query(
    'select edition, state, count(*)::int as count from programme.application where tenant_id = $1 group by edition, state',
    [tenant],
  );
