import { keyOf } from './concerns.ts';
import { findIndirect } from './create.ts';
import type { Session } from './engine.ts';
import { kindBit, type Prepared, prepare } from './prepare.ts';
import { type ResourceRow, rowColumns, storedFromRow } from './rows.ts';
import type { Sql } from '../../platform/index.ts';

/** What became sensitive, or is so no longer, takes its Provenance and its bytes along: they are as closed as what they belong to. */
export async function followKind(tx: Session & { sql: Sql }, old: Prepared, next: Prepared): Promise<void> {
  const patient = next.patientKeys[0];
  if (old.kind === next.kind || next.deleted || patient === undefined) return;
  const { tenant } = tx.caller;
  const reference = `${next.type}/${next.id}`;
  const files = [...next.text.matchAll(/\bBinary\/([A-Za-z0-9\-.]{1,64})/g)].map(([, id]) => id);
  const rows = await tx.sql.query<ResourceRow>(
    `select ${rowColumns('r')} from fhir.resource r where r.tenant_id = $1::int and not r.deleted and ((r.patient = $2::bigint and r.type = 'Provenance' and $3::bigint = any(r.refs))
       or (r.type = 'Binary' and r.id = any($4::text[]) and strpos(r.content, $5) > 0)) for update`,
    [tenant, String(patient), String(keyOf(reference)), files, `"${reference}"`],
  );
  if (rows.length === 0) return;
  const followers = rows.map((row) =>
    prepare(
      storedFromRow(row).resource,
      { rid: row.rid, id: row.id, version: row.version, updated: row.updated.toISOString() },
      tx.caller,
      tx.engine.base,
    ),
  );
  await findIndirect(tx, followers);
  await tx.sql.query(
    'update fhir.resource r set kind = u.kind::smallint from unnest($2::bigint[], $3::int[]) as u (rid, kind) where r.tenant_id = $1::int and r.rid = u.rid',
    [tenant, followers.map(({ rid }) => rid), followers.map(({ kind }) => kindBit(kind))],
  );
}
