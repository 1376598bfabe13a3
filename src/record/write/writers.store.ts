import type { Sql } from '../../platform/index.ts';

export interface Writer {
  version: number;
  actor: string;
  actor_name: string;
}
/** Who wrote each version of an entry by the ledger: whoever writes by FHIR leaves no name in the resource. What came in by the hundred has no line of its own. */
export const writersOf = (sql: Sql, tenant: number, patient: string, target: string): Promise<Writer[]> =>
  sql.query<Writer>(
    "select distinct on (version) version, actor, actor_name from audit.entry where tenant_id = $1 and patient = $2 and target = $3 and version is not null and action in ('create', 'update') order by version, seq",
    [tenant, patient, target],
  );
