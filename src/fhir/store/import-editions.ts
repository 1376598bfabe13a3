import { type AuditEntry, plainArray, type Sql, textArray } from '../../platform/index.ts';
import { findIndirect } from './create.ts';
import type { Session } from './engine.ts';
import type { ImportTrace } from './import-many.ts';
import { kindBit, type Prepared } from './prepare.ts';
import { insertResources, noRows } from './statements.ts';

/** An edition that was there before the one that stands, as another house knew it. */
export interface Edition {
  type: string;
  id: string;
  version: number;
}

/**
 * Puts earlier editions behind what stands, each under its own number and date, with its own kind, patient and author: who may not see it now, or might not have seen it then, does
 * not. A number that is taken, or that does not come before what stands, is passed over. Returns what came in.
 */
export async function insertEditions(
  tx: Session & { sql: Sql },
  run: number,
  editions: readonly Prepared[],
  trace: ImportTrace,
): Promise<Edition[]> {
  if (editions.length === 0) return [];
  await findIndirect(tx, editions);
  const { tenant } = tx.caller;
  const texts = (pick: (one: Prepared) => string | null) => textArray(editions.map(pick) as string[]);
  const numbers = (pick: (one: Prepared) => unknown) => plainArray(editions.map(pick) as string[]);
  const taken = await tx.sql.query<Edition>(
    `insert into fhir.history (tenant_id, rid, version, type, id, updated, deleted, kind, patient, patients, author, content, taken_by)
     select $1::int, r.rid, e.version, e.type, e.id, e.updated, false, e.kind, e.patient, e.patients::bigint[], e.author, e.content, $2::bigint
     from unnest($3::text[], $4::text[], $5::int[], $6::timestamptz[], $7::smallint[], $8::bigint[], $9::text[], $10::bigint[], $11::text[]) as e (type, id, version, updated, kind, patient, patients, author, content)
     cross join lateral (select r.rid from fhir.resource r where r.tenant_id = $1::int and r.type = e.type and r.id = e.id and not r.deleted and r.version > e.version limit 1) r
     on conflict do nothing returning type, id, version`,
    [
      tenant,
      run,
      texts((one) => one.type),
      texts((one) => one.id),
      numbers((one) => one.version),
      texts((one) => one.updated),
      numbers((one) => kindBit(one.kind)),
      numbers((one) => one.patientKeys[0]?.toString() ?? null),
      texts((one) => (one.patientKeys.length > 1 ? plainArray(one.patientKeys) : null)),
      numbers((one) => one.author?.toString() ?? null),
      texts((one) => one.text),
    ],
  );
  const named = new Set(taken.map(({ type, id, version }) => `${type}/${id}/${version}`));
  const entries = tracesOf(
    editions.filter(({ type, id, version }) => named.has(`${type}/${id}/${version}`)),
    trace,
  );
  await insertResources(tx.sql, tenant, [], noRows(), entries);
  return taken;
}

/** One entry a patient, and one for what belongs to none. */
function tracesOf(editions: readonly Prepared[], trace: ImportTrace): AuditEntry[] {
  return [...Map.groupBy(editions, ({ patients }) => patients.join(' ')).values()].map((some) => ({
    ...(trace.actor ?? { actor: 'System', actorName: trace.reason, role: 'system' }),
    action: trace.action,
    target: trace.target,
    patients: some[0]!.patients,
    reason: trace.reason,
    details: { editions: some.map(({ type, id, version }) => `${type}/${id}/_history/${version}`) },
  }));
}
