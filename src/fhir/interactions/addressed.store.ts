import type { Sql } from '../../platform/index.ts';

/** The bit of the kind of data of a resource of this practice; undefined when there is none such. Under no sight: nothing of it is told. */
export async function kindBitOf(sql: Sql, type: string, id: string): Promise<number | undefined> {
  const [found] = await sql.query<{ kind: number }>(
    'select kind from fhir.resource where tenant_id = platform.tenant() and type = $1 and id = $2',
    [type, id],
  );
  return found?.kind;
}
