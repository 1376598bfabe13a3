import { sightPredicate } from '../../access/index.ts';
import { auditInsert, textArray } from '../../platform/index.ts';
import { escaped, hashOf, referenceHash } from '../search/hashes.ts';
import { keyOf } from './concerns.ts';
import { run, type Session, traceOf } from './engine.ts';
import { type ResourceRow, rowColumns, storedFromRow } from './rows.ts';
import type { Found, RoundsQuery, Wanted } from './store.ts';

const hashesOf = ({ type, any }: Wanted): string[] =>
  (any ?? []).map(([param, value]) =>
    /^(?:[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}|urn:estran:.+)$/.test(value)
      ? referenceHash(`${type}|${param}`, value)
      : hashOf(`${type}|${param}|${escaped(value)}`),
  );

/**
 * The newest of each wanted thing about each of these patients, in one statement with its trace: what a list of patients shows beside their
 * names. Cut to the caller's rights like every read; a patient of whom nothing is seen is not in the answer.
 */
export async function rounds(session: Session, { patients, wanted }: RoundsQuery): Promise<Found[]> {
  if (patients.length === 0 || wanted.length === 0) return [];
  const sight = await session.engine.sightOf(session.caller, 'read', session.sql);
  const params: unknown[] = [session.caller.tenant, textArray(patients.map((id) => String(keyOf(`Patient/${id}`))))];
  const param = (value: unknown) => `$${params.push(value)}`;
  const each = wanted.map((one, at) => {
    const hashes = hashesOf(one);
    const only = hashes.length > 0 ? ` and r.tokens && ${param(textArray(hashes))}::bigint[]` : '';
    return `(select ${at} as wanted, ${rowColumns('r')}, r.patient from fhir.resource r
      where r.tenant_id = $1::int and r.patient = m.key and r.type = ${param(one.type)} and not r.deleted${only} and ${sightPredicate(sight, 'r', param, 'm.key')}
      order by r.at desc nulls last, r.rid limit ${Math.trunc(one.each)})`;
  });
  const found = `found as materialized (select m.place, x.* from unnest($2::bigint[]) with ordinality as m (key, place) cross join lateral (${each.join(' union all ')}) x)`;
  const people =
    'array(select distinct p.id from fhir.resource p where p.tenant_id = $1::int and p.key in (select f.patient from found f))';
  const trace = auditInsert(
    [traceOf(session, { action: 'search', target: 'rounds' })],
    param,
    session.caller.tenant,
    people,
  );
  const rows = await run(session, (sql) =>
    sql.query<ResourceRow & { wanted: number; place: number | string }>(
      `with ${found}, ${trace} select * from found order by place, wanted`,
      params,
    ),
  );
  return rows.map((row) => ({
    patient: patients[Number(row.place) - 1]!,
    wanted: wanted[row.wanted]!.name,
    stored: storedFromRow(row),
  }));
}
