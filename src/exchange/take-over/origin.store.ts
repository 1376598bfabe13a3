import { plainArray, type Sql, textArray } from '../../platform/index.ts';

export interface OriginRow {
  origin: string;
  type: string;
  id: string;
  content: string | null;
  version: number | null;
  run: number;
  /** When its source last changed what came, ms since 1970; null when it did not say. */
  saidAt: number | null;
  /** Up to this edition, versions here bear the numbers of the source; null: they do not, or it stays what is known. */
  edition?: number | null;
}

export const originsOf = (sql: Sql, tenant: number, hashes: readonly string[]): Promise<OriginRow[]> =>
  sql.query<OriginRow>(
    `select o.* from unnest($2::bigint[]) h cross join lateral (select o.origin::text as origin, o.type, o.id, o.content::text as content, o.version, o.run, (extract(epoch from o.said_at) * 1000)::float8 as "saidAt", o.edition
       from exchange.origin o where o.tenant_id = $1::int and o.origin = h limit 1) o`,
    [tenant, plainArray(hashes)],
  );

/** Which of these ids are promised to something that has not come. */
export const promised = (
  sql: Sql,
  tenant: number,
  items: readonly { type: string; id: string }[],
): Promise<{ type: string; id: string }[]> =>
  sql.query(
    `select a.type, a.id from unnest($2::text[], $3::text[]) as a (type, id)
     cross join lateral (select 1 from exchange.origin o where o.tenant_id = $1::int and o.type = a.type and o.id = a.id and o.content is null limit 1) o`,
    [tenant, textArray(items.map((item) => item.type)), textArray(items.map((item) => item.id))],
  );

/** Whose undoing takes it back: the run that brought it in, not one that only spoke of it or was undone before. */
export const saveOrigins = (sql: Sql, tenant: number, rows: readonly OriginRow[]) =>
  sql.query(
    `insert into exchange.origin (tenant_id, origin, type, id, content, version, run, said_at, edition)
     select $1::int, o.origin, o.type, o.id, o.content, o.version, o.run, to_timestamp(o.said / 1000), o.edition
     from unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::int[], $7::bigint[], $8::float8[], $9::int[]) o (origin, type, id, content, version, run, said, edition)
     on conflict (tenant_id, origin) do update set content = excluded.content, version = excluded.version, type = excluded.type, id = excluded.id, said_at = excluded.said_at,
       edition = coalesce(excluded.edition, origin.edition), run = case when origin.version is null and excluded.version is not null then excluded.run else origin.run end`,
    [
      tenant,
      plainArray(rows.map((row) => row.origin)),
      textArray(rows.map((row) => row.type)),
      textArray(rows.map((row) => row.id)),
      plainArray(rows.map((row) => row.content)),
      plainArray(rows.map((row) => row.version)),
      plainArray(rows.map((row) => row.run)),
      plainArray(rows.map((row) => row.saidAt)),
      plainArray(rows.map((row) => row.edition ?? null)),
    ],
  );

export interface ChangeRow {
  origin: string;
  type: string;
  id: string;
  beforeVersion: number;
  beforeContent: string | null;
  beforeKnown: number | null;
}
export const saveChanges = (sql: Sql, tenant: number, run: number, rows: readonly ChangeRow[]) =>
  sql.query(
    `insert into exchange.change (tenant_id, run, origin, type, id, before_version, before_content, before_known)
     select $1::int, $2::bigint, c.* from unnest($3::bigint[], $4::text[], $5::text[], $6::int[], $7::bigint[], $8::int[]) c on conflict do nothing`,
    [
      tenant,
      run,
      plainArray(rows.map((row) => row.origin)),
      textArray(rows.map((row) => row.type)),
      textArray(rows.map((row) => row.id)),
      plainArray(rows.map((row) => row.beforeVersion)),
      plainArray(rows.map((row) => row.beforeContent)),
      plainArray(rows.map((row) => row.beforeKnown)),
    ],
  );
export const changesOf = (
  sql: Sql,
  tenant: number,
  run: number,
  most: number,
): Promise<(ChangeRow & { version: number | null })[]> =>
  sql.query(
    `select c.origin::text as origin, c.type, c.id, c.before_version as "beforeVersion", c.before_content::text as "beforeContent", c.before_known as "beforeKnown", o.version
     from exchange.change c join exchange.origin o on o.tenant_id = c.tenant_id and o.origin = c.origin where c.tenant_id = $1 and c.run = $2::bigint order by c.origin limit $3::int`,
    [tenant, run, most],
  );
export const dropChanges = (sql: Sql, tenant: number, run: number, origins: readonly string[]) =>
  sql.query('delete from exchange.change where tenant_id = $1 and run = $2::bigint and origin = any($3::bigint[])', [
    tenant,
    run,
    plainArray(origins),
  ]);

/** What a run created, in pages; of one type when it is named. */
export const createdBy = (
  sql: Sql,
  tenant: number,
  run: number,
  after: string,
  most: number,
  type: string | null = null,
): Promise<Omit<OriginRow, 'saidAt'>[]> =>
  sql.query(
    // The order is the number's: a bare «origin» would be the text of the first column.
    `select o.origin::text as origin, o.type, o.id, o.content::text as content, o.version, o.run from exchange.origin o
     where o.tenant_id = $1 and o.run = $2::bigint and o.origin > $3::bigint and o.version is not null and ($5::text is null or o.type = $5::text) order by o.origin limit $4::int`,
    [tenant, run, after, most, type],
  );
/** Patients that a run created or changed, in pages. */
export const patientsTouchedBy = (
  sql: Sql,
  tenant: number,
  run: number,
  after: string,
  most: number,
): Promise<{ origin: string; id: string; version: number }[]> =>
  sql.query(
    `select o.origin::text as origin, o.id, o.version from exchange.origin o where o.tenant_id = $1 and o.type = 'Patient' and o.version is not null and o.origin > $3::bigint and o.origin in (
       select c.origin from exchange.origin c where c.tenant_id = $1 and c.run = $2::bigint and c.type = 'Patient'
       union select c.origin from exchange.change c where c.tenant_id = $1 and c.run = $2::bigint and c.type = 'Patient') order by o.origin limit $4::int`,
    [tenant, run, after, most],
  );
/** The ids stay promised, so that the same files can come again under the same ids. */
export const forgetContent = (sql: Sql, tenant: number, origins: readonly string[]) =>
  sql.query(
    'update exchange.origin set content = null, version = null, said_at = null where tenant_id = $1 and origin = any($2::bigint[])',
    [tenant, plainArray(origins)],
  );
/** Aliases and promises of a run that was undone. */
export const dropAliases = (sql: Sql, tenant: number, run: number) =>
  sql.query(
    'delete from exchange.origin where tenant_id = $1 and run = $2::bigint and version is null and content is not null',
    [tenant, run],
  );

/** What others point to and that never came. */
export const missingOf = (
  sql: Sql,
  tenant: number,
  run: number,
  most: number,
): Promise<{ type: string; id: string; total: number }[]> =>
  sql.query(
    `select o.type, o.id, count(*) over ()::int as total from exchange.origin o where o.tenant_id = $1 and o.run = $2::bigint and o.content is null
       and not exists (select 1 from exchange.quarantine q where q.tenant_id = o.tenant_id and q.origin = o.origin and q.status = 'open') order by o.type, o.id limit $3::int`,
    [tenant, run, most],
  );

export interface PendingRow {
  origin: string;
  type: string;
  id: string;
  target: string;
  system: string;
  value: string;
}
export const savePending = (sql: Sql, tenant: number, run: number, rows: readonly PendingRow[]) =>
  sql.query(
    `insert into exchange.pending (tenant_id, run, type, id, target, system, value, origin) select $1::int, $2::bigint, p.* from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[]) p on conflict do nothing`,
    [
      tenant,
      run,
      ...(['type', 'id', 'target', 'system', 'value'] as const).map((name) => textArray(rows.map((row) => row[name]))),
      plainArray(rows.map((row) => row.origin)),
    ],
  );
export const pendingOf = (
  sql: Sql,
  tenant: number,
  run: number,
  after: PendingRow | null,
  most: number,
): Promise<PendingRow[]> =>
  sql.query(
    `select origin::text as origin, type, id, target, system, value from exchange.pending where tenant_id = $1 and run = $2::bigint
       and ($3::text is null or (type, id, target, system, value) > ($3::text, $4::text, $5::text, $6::text, $7::text)) order by type, id, target, system, value limit $8::int`,
    [
      tenant,
      run,
      after?.type ?? null,
      after?.id ?? '',
      after?.target ?? '',
      after?.system ?? '',
      after?.value ?? '',
      most,
    ],
  );
export const dropPending = (sql: Sql, tenant: number, run: number, rows: readonly PendingRow[]) =>
  sql.query(
    `delete from exchange.pending p using unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) as d (type, id, target, system, value)
     where p.tenant_id = $1 and p.run = $2::bigint and p.type = d.type and p.id = d.id and p.target = d.target and p.system = d.system and p.value = d.value`,
    [
      tenant,
      run,
      ...(['type', 'id', 'target', 'system', 'value'] as const).map((name) => textArray(rows.map((row) => row[name]))),
    ],
  );
export const pendingCounts = (
  sql: Sql,
  tenant: number,
  run: number,
): Promise<{ target: string; system: string; value: string; count: number }[]> =>
  sql.query(
    'select target, system, value, count(*)::int as count from exchange.pending where tenant_id = $1 and run = $2::bigint group by 1, 2, 3 order by 4 desc limit 100',
    [tenant, run],
  );
