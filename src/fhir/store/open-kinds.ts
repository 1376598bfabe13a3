import { type KindOfData, kindsOfData, sightPredicate } from '../../access/index.ts';
import { keyOf } from './concerns.ts';
import type { FhirStore } from './store.ts';

/**
 * Which of these pairs of type and kind the caller reaches for one patient: the predicate of rows, asked about rows that could be. What is closed is closed
 * whether or not anything is there.
 */
export async function openKinds(
  store: FhirStore,
  patient: string,
  pairs: readonly (readonly [type: string, kind: KindOfData])[],
): Promise<Set<string>> {
  const sight = await store.sight('read');
  const params: unknown[] = [
    store.caller.tenant,
    String(keyOf(`Patient/${patient}`)),
    pairs.map(([type]) => type),
    pairs.map(([, kind]) => kindsOfData[kind].bit),
  ];
  const param = (value: unknown) => `$${params.push(value)}`;
  const seen = sightPredicate(sight, 'r', param, '$2');
  const rows = await store.sql((sql) =>
    sql.query<{ at: number }>(
      `select r.at::int as at from (select $1::int as tenant_id, p.type, p.kind::smallint as kind, $2::bigint as patient, null::bigint[] as patients, null::bigint as author, p.at
       from unnest($3::text[], $4::int[]) with ordinality as p (type, kind, at)) r where ${seen}`,
      params,
    ),
  );
  return new Set(rows.map(({ at }) => pairs[at - 1]!.join(' ')));
}
