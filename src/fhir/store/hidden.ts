import { type Caller, sightOf, sightPredicate } from '../../access/index.ts';
import type { Sql } from '../../platform/index.ts';

/** Of these references, those of something that is here and that the caller does not see: what was said about it is not for them either. */
export async function hiddenAmong(sql: Sql, caller: Caller, references: readonly string[]): Promise<Set<string>> {
  if (references.length === 0) return new Set();
  const params: unknown[] = [
    caller.tenant,
    references.map((one) => one.split('/')[0]),
    references.map((one) => one.split('/')[1] ?? ''),
  ];
  const seen = sightPredicate(await sightOf(sql, caller, 'read'), 'r', (value) => `$${params.push(value)}`);
  const rows = await sql.query<{ reference: string }>(
    `select r.type || '/' || r.id as reference from unnest($2::text[], $3::text[]) as a (type, id) join fhir.resource r on r.tenant_id = $1::int and r.type = a.type and r.id = a.id where not (${seen})`,
    params,
  );
  return new Set(rows.map(({ reference }) => reference));
}
