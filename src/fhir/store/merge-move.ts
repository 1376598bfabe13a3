import type { Sql } from '../../platform/index.ts';
import { parseExact } from '../decimals.ts';
import { FhirProblem } from '../outcome.ts';
import { extract } from '../search/extract.ts';
import { keyOf } from './concerns.ts';
import { findIndirect, runHooks } from './create.ts';
import type { Session } from './engine.ts';
import { type Standing, standingColumns } from './look.ts';
import { hashesNaming } from './merge-rewrite.ts';
import { noIndex, type Prepared, prepare } from './prepare.ts';
import {
  deleteIndexRows,
  type IndexRows,
  indexChanges,
  insertResources,
  noRows,
  replaceResources,
} from './statements.ts';
import type { JsonResource } from './store.ts';

/** Rows of many resources at once, as a merge and a separation move them between two records. */
export type Transaction = Session & { sql: Sql };

/** Alone with this practice's data until the commit: writers that have begun are waited for, those that come wait. */
export async function alone(tx: Transaction): Promise<void> {
  await tx.sql.query(`select set_config('lock_timeout', '4s', true), set_config('estran.merging', 'on', true)`);
  await tx.sql.query('select pg_advisory_xact_lock(1296388685, $1::int)', [tx.caller.tenant]);
}

/** Everything that names a patient, the Patient aside. Never waits for a row: a writer that holds one may be waiting for us. */
export const naming = (tx: Transaction, patient: string): Promise<Standing[]> =>
  tx.sql.query<Standing>(
    `select ${standingColumns('r')} from fhir.resource r where r.tenant_id = $1::int and not r.deleted and not (r.type = 'Patient' and r.id = $4) and r.type <> 'Bundle' and r.rid in (
       select x.rid from fhir.resource x where x.tenant_id = $1::int and x.patient = $2::bigint
       union select x.rid from fhir.resource x where x.tenant_id = $1::int and x.patients is not null and $2::bigint = any(x.patients)
       union select t.rid from fhir.token t where t.tenant_id = $1::int and t.hash = any($3::bigint[]))
     order by r.rid for update of r nowait`,
    [tx.caller.tenant, String(keyOf(`Patient/${patient}`)), hashesNaming(patient), patient],
  );

/** These rows, held to the end of the transaction. */
export const rowsOf = (tx: Transaction, rids: readonly number[]): Promise<Standing[]> =>
  tx.sql.query<Standing>(
    `select ${standingColumns('r')} from fhir.resource r where r.tenant_id = $1::int and r.rid = any($2::bigint[]) order by r.rid for update of r nowait`,
    [tx.caller.tenant, [...rids]],
  );

/** The text of these versions, from what stands or from the history. */
export async function versionsOf(
  tx: Transaction,
  items: readonly { rid: number; version: number }[],
): Promise<Map<number, string>> {
  const rows = await tx.sql.query<{ rid: number; content: string }>(
    `select a.rid, coalesce(h.content, r.content) as content from unnest($2::bigint[], $3::int[]) as a (rid, version)
       left join fhir.history h on h.tenant_id = $1::int and h.rid = a.rid and h.version = a.version
       left join fhir.resource r on r.tenant_id = $1::int and r.rid = a.rid and r.version = a.version`,
    [tx.caller.tenant, items.map((item) => item.rid), items.map((item) => item.version)],
  );
  return new Map(rows.map((row) => [Number(row.rid), row.content]));
}

export const parsed = (text: string): JsonResource => parseExact(text) as JsonResource;

export interface Move {
  old: Standing;
  /** What it becomes; null: the same words, in the record of what it points to. */
  next: JsonResource | null;
}
/** The version each row stands at afterwards. */
export async function moveAll(tx: Transaction, moves: readonly Move[]): Promise<Map<number, number>> {
  const done = new Map<number, number>();
  // What follows another (Provenance, Binary) comes after it.
  const ordered = [...moves].sort((a, b) => Number(a.next === null) - Number(b.next === null) || a.old.rid - b.old.rid);
  for (let i = 0; i < ordered.length; i += 250) {
    const part = ordered.slice(i, i + 250);
    const pairs = part.map(({ old, next }) => ({ old, next: next && preparedFrom(tx, old, next) }));
    await write(
      tx,
      pairs.flatMap(({ old, next }) => (next ? [{ old, next }] : [])),
    );
    for (const { old, next } of pairs) done.set(old.rid, next ? next.version : old.version);
    const following = part.filter((one) => one.next === null);
    if (following.length > 0)
      await follow(
        tx,
        following.map((one) => one.old),
      );
  }
  return done;
}

function preparedFrom(tx: Transaction, old: Standing, next: JsonResource): Prepared {
  const made = prepare(
    next,
    { rid: old.rid, id: old.id, version: old.version + 1, updated: tx.engine.now().toISOString() },
    tx.caller,
    tx.engine.base,
  );
  // Who wrote it stays its author.
  made.author = old.author === null ? null : BigInt(old.author);
  return made;
}

async function write(tx: Transaction, pairs: readonly { old: Standing; next: Prepared }[]): Promise<void> {
  if (pairs.length === 0) return;
  const { tenant } = tx.caller;
  const all = pairs.map((pair) => pair.next);
  await findIndirect(tx, all);
  const [doomed, fresh] = [noRows(), noRows()];
  for (const { old, next } of pairs) {
    const changes = indexChanges(
      old.rid,
      old.deleted ? noIndex : extract(parsed(old.content), tx.engine.base),
      next.index,
    );
    join(doomed, changes.doomed);
    join(fresh, changes.fresh);
  }
  if (
    (await replaceResources(
      tx.sql,
      tenant,
      pairs.map(({ old, next }) => ({ seen: old.version, next })),
    )) !== pairs.length
  )
    throw new FhirProblem(409, 'conflict', 'A resource changed while it was being moved. Repeat.');
  await deleteIndexRows(tx.sql, tenant, doomed);
  await insertResources(tx.sql, tenant, [], fresh, []);
  await runHooks(tx, all);
}
function join(into: IndexRows, from: IndexRows): void {
  for (const table of ['token', 'date', 'quantity', 'string'] as const) (into[table] as unknown[]).push(...from[table]);
}

/** Rows whose words do not name the patient go where what they point to has gone. */
async function follow(tx: Transaction, rows: readonly Standing[]): Promise<void> {
  const found = rows.map((old) => {
    const resource = parsed(old.content);
    return prepare(
      resource,
      { rid: old.rid, id: old.id, version: old.version, updated: old.updated.toISOString() },
      tx.caller,
      tx.engine.base,
    );
  });
  await findIndirect(tx, found);
  const keys = found.map((one) => one.patientKeys.map(String));
  await tx.sql.query(
    `update fhir.resource r set patient = u.patient, patients = u.patients::bigint[] from unnest($2::bigint[], $3::bigint[], $4::text[]) as u (rid, patient, patients) where r.tenant_id = $1::int and r.rid = u.rid`,
    [
      tx.caller.tenant,
      rows.map((row) => row.rid),
      keys.map((one) => one[0] ?? null),
      keys.map((one) => (one.length > 1 ? `{${one.join(',')}}` : null)),
    ],
  );
}
