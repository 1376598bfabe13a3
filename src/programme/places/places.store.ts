import type { Sql } from '../../platform/index.ts';

export interface RenunciationRow {
  application: string;
  edition: string;
  decision: number;
  outcome: 'chosen' | 'waiting';
  reason: string;
  practitioner: string;
  by: string;
  at: Date;
}
const columns =
  'r.application, r.edition, r.decision, r.outcome, r.reason, r.by as practitioner, r.by_name as by, r.at';

/** Oldest first. */
export const renunciationsOf = (
  sql: Sql,
  tenant: number,
  edition: string,
): Promise<(RenunciationRow & { team: string })[]> =>
  sql.query(
    `select ${columns}, a.practice_name as team from programme.renunciation r join programme.application a on a.tenant_id = r.tenant_id and a.id = r.application where r.tenant_id = $1 and r.edition = $2 order by r.at, r.application`,
    [tenant, edition],
  );
/** Applications of the region, or of one call, whose team gave up its place, with when. */
export const renouncedIn = async (sql: Sql, tenant: number, edition?: string): Promise<Map<string, Date>> =>
  new Map(
    (
      await sql.query<{ application: string; at: Date }>(
        `select application, at from programme.renunciation where tenant_id = $1 and ($2::text is null or edition = $2)`,
        [tenant, edition ?? null],
      )
    ).map(({ application, at }) => [application, at]),
  );
/** False when it is there already. */
export const insertRenunciation = async (sql: Sql, tenant: number, row: RenunciationRow): Promise<boolean> =>
  (
    await sql.query(
      'insert into programme.renunciation (tenant_id, application, edition, decision, outcome, reason, by, by_name, at) values ($1, $2, $3, $4::int, $5, $6, $7, $8, $9::timestamptz) on conflict do nothing returning 1',
      [
        tenant,
        row.application,
        row.edition,
        row.decision,
        row.outcome,
        row.reason,
        row.practitioner,
        row.by,
        row.at.toISOString(),
      ],
    )
  ).length > 0;
/** The project that an application opened, for the act that stops it. */
export const projectOfApplication = async (
  sql: Sql,
  tenant: number,
  application: string,
): Promise<{ id: string; state: 'open' | 'closed' | 'stopped'; practiceTenant: number | null } | undefined> =>
  (
    await sql.query<{ id: string; state: 'open' | 'closed' | 'stopped'; practiceTenant: number | null }>(
      'select id, state, practice_tenant as "practiceTenant" from programme.project where tenant_id = $1 and application = $2 for update',
      [tenant, application],
    )
  )[0];
