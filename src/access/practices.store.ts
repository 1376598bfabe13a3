import type { Sql } from '../platform/index.ts';
import { french } from '../platform/index.ts';

export interface PracticeSettings {
  lockAfterMinutes: number;
  massReading: number;
}
const defaultSettings: PracticeSettings = { lockAfterMinutes: 30, massReading: 100 };
export const settingsOf = (stored: Partial<PracticeSettings>): PracticeSettings => ({
  lockAfterMinutes: stored.lockAfterMinutes ?? defaultSettings.lockAfterMinutes,
  massReading: stored.massReading ?? defaultSettings.massReading,
});

/** A practice: `tenant` is its number in the database, `id` its name in addresses and commands. */
export interface Practice {
  tenant: number;
  id: string;
  name: string;
}
/** What a tenant is: a practice, which may belong to a region (its public id), or a region. */
export interface TenantKind {
  kind?: 'region';
  region?: string;
}
/** Who changed name or settings last, and how often that was done. */
interface LastChange {
  version?: number;
  changed?: { who: string; at: string };
}
interface PracticeRow extends Practice {
  settings: Partial<PracticeSettings> & TenantKind & LastChange;
}
const columns = 'tenant_id as tenant, id, name, settings';

/** Under the owner's role: these look at every practice. */
export const allPractices = (sql: Sql): Promise<PracticeRow[]> =>
  sql.query<PracticeRow>(`select ${columns} from platform.tenant order by tenant_id`);
export const countPractices = async (sql: Sql): Promise<number> =>
  (
    await sql.query<{ n: number }>(`select count(*)::int as n from platform.tenant where settings ->> 'kind' is null`)
  )[0]!.n;
export const practiceById = async (sql: Sql, id: string): Promise<PracticeRow | undefined> =>
  (await sql.query<PracticeRow>(`select ${columns} from platform.tenant where id = $1`, [id]))[0];
export const insertPractice = async (
  sql: Sql,
  id: string,
  name: string,
  kind: TenantKind = {},
): Promise<PracticeRow | undefined> =>
  (
    await sql.query<PracticeRow>(
      `insert into platform.tenant (id, name, settings) values ($1, $2, $3::jsonb) on conflict (id) do nothing returning ${columns}`,
      [id, name, JSON.stringify(kind)],
    )
  )[0];

export const joinRegion = (sql: Sql, practice: string, region: string) =>
  sql.query('update platform.tenant set settings = settings || $2::jsonb where id = $1', [
    practice,
    JSON.stringify({ region }),
  ]);
export const practicesOfRegion = (sql: Sql, region: string): Promise<PracticeRow[]> =>
  sql.query<PracticeRow>(
    `select ${columns} from platform.tenant where settings ->> 'region' = $1 order by name${french}, id`,
    [region],
  );
export const allRegions = (sql: Sql): Promise<PracticeRow[]> =>
  sql.query<PracticeRow>(
    `select ${columns} from platform.tenant where settings ->> 'kind' = 'region' order by name${french}, id`,
  );

/** Under the practice's own role. */
export const practiceOf = async (sql: Sql, tenant: number): Promise<PracticeRow> =>
  (await sql.query<PracticeRow>(`select ${columns} from platform.tenant where tenant_id = $1`, [tenant]))[0]!;
/** The practice to be changed; another change waits until this one is through. */
export const holdPractice = async (sql: Sql, tenant: number): Promise<PracticeRow> =>
  (
    await sql.query<PracticeRow>(`select ${columns} from platform.tenant where tenant_id = $1 for update`, [tenant])
  )[0]!;
export const updatePractice = (
  sql: Sql,
  tenant: number,
  name: string,
  settings: PracticeSettings & Required<LastChange>,
) =>
  sql.query('update platform.tenant set name = $2, settings = settings || $3::jsonb where tenant_id = $1', [
    tenant,
    name,
    JSON.stringify(settings),
  ]);

export interface Site {
  id: string;
  name: string;
  address: string;
}
/** Who changed something last, and how often that was done. */
export interface Changed {
  version: number;
  changed: { who: string; at: string } | null;
}
/** Columns that say so, in a row that is told of with `changedOf`. */
export interface ChangedRow {
  version: number;
  changed_by: string;
  changed_at: Date | null;
}
export const changedOf = ({ version, changed_by, changed_at }: ChangedRow): Changed => ({
  version,
  changed: changed_at && { who: changed_by, at: changed_at.toISOString() },
});

export const sitesOf = (sql: Sql, tenant: number): Promise<Site[]> =>
  sql.query<Site>(
    `select id, name, address from access.site where tenant_id = $1 and removed_at is null order by name${french}, id`,
    [tenant],
  );
export const changedSitesOf = async (sql: Sql, tenant: number): Promise<(Site & Changed)[]> =>
  (
    await sql.query<Site & ChangedRow>(
      `select ${siteColumns} from access.site where tenant_id = $1 and removed_at is null order by name${french}, id`,
      [tenant],
    )
  ).map(toldSite);
const siteColumns = 'id, name, address, version, changed_by, changed_at';
const toldSite = ({ id, name, address, ...row }: Site & ChangedRow) => ({ id, name, address, ...changedOf(row) });

/** Whether all of these are or were sites of this practice. */
export const haveSites = async (sql: Sql, tenant: number, ids: readonly string[]): Promise<boolean> =>
  ids.length === 0 ||
  (
    await sql.query('select id from access.site where tenant_id = $1 and id = any($2::text[])', [
      tenant,
      [...new Set(ids)],
    ])
  ).length === new Set(ids).size;
export const saveSite = (sql: Sql, tenant: number, site: Site) =>
  sql.query(
    'insert into access.site (tenant_id, id, name, address) values ($1, $2, $3, $4) on conflict (tenant_id, id) do update set name = excluded.name, address = excluded.address',
    [tenant, site.id, site.name, site.address],
  );
/** One that stands, to be changed; another change waits until this one is through. */
export const holdSite = async (sql: Sql, tenant: number, id: string): Promise<(Site & Changed) | undefined> =>
  (
    await sql.query<Site & ChangedRow>(
      `select ${siteColumns} from access.site where tenant_id = $1 and id = $2 and removed_at is null for update`,
      [tenant, id],
    )
  ).map(toldSite)[0];
export const changeSite = async (sql: Sql, tenant: number, site: Site, by: string, at: Date): Promise<Site & Changed> =>
  (
    await sql.query<Site & ChangedRow>(
      `update access.site set name = $3, address = $4, version = version + 1, changed_by = $5, changed_at = $6::timestamptz where tenant_id = $1 and id = $2 returning ${siteColumns}`,
      [tenant, site.id, site.name, site.address, by, at.toISOString()],
    )
  ).map(toldSite)[0]!;
/** Takes a site out of sight, or brings it back; undefined when it was not there to be. */
export const turnSite = async (
  sql: Sql,
  tenant: number,
  id: string,
  removed: Date | null,
): Promise<(Site & Changed) | undefined> =>
  (
    await sql.query<Site & ChangedRow>(
      `update access.site set removed_at = $3::timestamptz where tenant_id = $1 and id = $2 and (removed_at is null) = ($3::timestamptz is not null) returning ${siteColumns}`,
      [tenant, id, removed?.toISOString() ?? null],
    )
  ).map(toldSite)[0];
