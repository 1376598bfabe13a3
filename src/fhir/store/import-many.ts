import { type AuditEntry, type Sql, sqlState, textArray } from '../../platform/index.ts';
import { exactText } from '../decimals.ts';
import { FhirProblem } from '../outcome.ts';
import { extract } from '../search/index.ts';
import { keyOf, patientsOf } from './concerns.ts';
import { changeOf, findIndirect, runHooks } from './create.ts';
import { type Engine, inOne, type Session } from './engine.ts';
import { type Edition, insertEditions } from './import-editions.ts';
import { type Look, lookWith } from './import-look.ts';
import { kindOf } from './kind-of-type.ts';
import { settleMerges, type TakenMerges } from './merge-taken.ts';
import { noIndex, type Prepared, prepare } from './prepare.ts';
import { type ResourceRow, rowColumns, storedFromRow } from './rows.ts';
import { addRows, deleteIndexRows, type IndexRows, insertResources, noRows, replaceResources } from './statements.ts';
import { asJson, type JsonResource } from './store.ts';

/**
 * The store's bulk entry, for the house only (take-over, restore): resources that are already validated, many in one statement, with the
 * same index rows, history, hooks and news as one by one. The ledger gets one entry for each patient and batch: what is new by counts (its
 * version says the rest), what was changed or removed by name.
 */
export interface Importer {
  /** Indexes and writes down, without the database: to be done while the former batch is being written. Ids must be given. */
  prepare(items: readonly ImportItem[]): Promise<ReadyItem[]>;
  /** The same for editions that were there before. */
  prepareEditions(items: readonly EditionItem[]): Promise<Prepared[]>;
  /**
   * Writes in one transaction with what `also` does in its own tables. What may not be written comes back refused; the rest is in.
   * `turn`: the write before, still on its way, of no row that is in this one: this one's rows go down meanwhile, the rest waits for it.
   * `past`: editions of what stands once this is written, in the name of the take-over that brings them.
   */
  write(
    items: readonly ReadyItem[],
    trace: ImportTrace,
    also: (sql: Sql, written: readonly Written[], taken: readonly Edition[]) => Promise<void>,
    turn?: Promise<void>,
    past?: { run: number; editions: readonly Prepared[] },
  ): Promise<Written[]>;
  /** Takes resources out of sight, each only if it still stands at the version given. */
  remove(
    items: readonly { type: string; id: string; version: number }[],
    trace: ImportTrace,
    also: (sql: Sql, written: readonly Written[]) => Promise<void>,
  ): Promise<Written[]>;
  /** Tells the planner what the tables have become, when it knows of far less than `rows`: on an empty table every index looks as good as the
   * right one, and the plan is kept while the table grows a thousandfold. */
  refreshPlans(rows: number): Promise<void>;
  /** Once everything is in, or taken back: the merges that take-overs bring, as the Patients now tell them; `said`: ids of those that came and say that they have gone into another. */
  settleMerges(run: number, said: readonly string[], trace: ImportTrace): Promise<TakenMerges>;
  /** Several looks in one go, with statements of the room's own tables; nothing is written. */
  look<T>(work: (look: Look) => Promise<T>): Promise<T>;
}

export interface ImportItem {
  resource: JsonResource & { id: string };
  /** The same as text, when it is at hand. */
  text?: string;
  /** `new`: the id was just seen to be free. `absent`: it must not stand (a deleted one comes back). A number: the version that must stand. */
  expect: 'new' | 'absent' | number;
  /** The number it bears at its source, when it may keep it; without it, the next one. */
  version?: number;
  /** Since when it is so, at its source; never before what it replaces. Without it, now. */
  updated?: string;
}
export interface EditionItem {
  resource: JsonResource & { id: string };
  version: number;
  updated: string;
}
export interface ReadyItem {
  prepared: Prepared;
  expect: ImportItem['expect'];
}
export interface ImportTrace {
  /** `import`, `import-undo` … */
  action: string;
  /** What the batch belongs to: `TakeOver/12`. */
  target: string;
  reason: string;
  /** It may write to records that take-overs brought together: their source may have separated them. */
  asSource?: true;
  /** Who asked, when a person did. */
  actor?: Pick<AuditEntry, 'actor' | 'actorName' | 'role' | 'address'>;
}
export type Written =
  | { done: true; type: string; id: string; version: number; before: number | null }
  | { done: false; type: string; id: string; why: 'exists' | 'changed'; version: number; deleted: boolean };

type Standing = ResourceRow & { author: string | null; patient_keys: string[] };
type Transaction = Session & { sql: Sql };

/** Rows of a batch that is being prepared before the event loop may breathe: the former batch's statements need it. */
const breath = 16;
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

export function openImporter(engine: Engine, tenant: number, reason: string): Importer {
  const session: Session = { engine, caller: { kind: 'system', tenant, reason }, told: [] };
  return {
    async prepare(items) {
      const rids = await engine.rids.take(tenant, items.length);
      const updated = engine.now().toISOString();
      const ready: ReadyItem[] = [];
      for (const [i, { resource, text, expect, ...given }] of items.entries()) {
        if (i % breath === breath - 1) await breathe();
        const version = given.version ?? (typeof expect === 'number' ? expect + 1 : 1);
        ready.push({
          prepared: prepare(
            resource,
            { rid: rids[i]!, id: resource.id, version, updated: given.updated ?? updated },
            session.caller,
            undefined,
            text,
          ),
          expect,
        });
      }
      return ready;
    },
    async prepareEditions(items) {
      const ready: Prepared[] = [];
      for (const [i, { resource, version, updated }] of items.entries()) {
        if (i % breath === breath - 1) await breathe();
        ready.push(prepare(resource, { rid: 0, id: resource.id, version, updated }, session.caller));
      }
      return ready;
    },
    write: (items, trace, also, turn = noTurn, past) =>
      inOne(session, async (tx) => {
        await byIndex(tx.sql, trace);
        return write(tx, items, trace, also, turn, past);
      }),
    remove: (items, trace, also) =>
      inOne(session, async (tx) => {
        await byIndex(tx.sql, trace);
        return removeAll(tx, items, trace, also);
      }),
    refreshPlans: (rows) =>
      engine.db.owner('import: statistics', async (sql) => {
        const [known] = await sql.query<{ rows: number }>(
          `select reltuples::float8 as rows from pg_class where oid = 'fhir.resource'::regclass`,
        );
        if (known && known.rows >= rows * 2) return;
        for (const table of ['fhir.resource', 'fhir.token', 'exchange.origin']) await sql.query(`analyze ${table}`);
      }),
    settleMerges: (run, said, trace) => inOne(session, (tx) => settleMerges(tx, run, said, trace)),
    look: (work) =>
      engine.db.transaction(tenant, async (sql) => {
        await byIndex(sql);
        return work(lookWith(sql, tenant));
      }),
  };
}

/** A plan made on an empty table is a scan, and is kept while the table grows. Here every way in is by an index. */
const byIndex = (sql: Sql, trace?: ImportTrace) =>
  sql.query(
    `select set_config('enable_seqscan', 'off', true)${trace?.asSource ? `, set_config('estran.taking', 'on', true)` : ''}`,
  );

const noTurn = Promise.resolve();

async function write(
  tx: Transaction,
  items: readonly ReadyItem[],
  trace: ImportTrace,
  also: Parameters<Importer['write']>[2],
  turn: Promise<void>,
  past: Parameters<Importer['write']>[4],
): Promise<Written[]> {
  const now = tx.engine.now().toISOString();
  const standing = await lockAll(
    tx,
    items.filter((item) => item.expect !== 'new').map((item) => item.prepared),
  );
  const fresh: Prepared[] = [];
  const replaced: { old: Standing; next: Prepared }[] = [];
  const written = items.map(({ prepared, expect }): Written => {
    const { type, id } = prepared;
    const old = standing.get(`${type}/${id}`);
    const refused = refusal(old, expect);
    if (refused) return { done: false, type, id, ...refused };
    const next = old ? following(prepared, old, now) : prepared;
    if (!old) fresh.push(next);
    else replaced.push({ old, next });
    return { done: true, type, id, version: next.version, before: old?.version ?? null };
  });
  const all = [...fresh, ...replaced.map((pair) => pair.next)];
  if (all.length > 0) {
    // Whose record these are in is asked of what they point to, which the batch before may bring.
    if (all.some((one) => one.indirect.length > 0)) await turn;
    await findIndirect(tx, all);
    if (fresh.length > 0) await insertNew(tx, fresh, traces(fresh, [], trace));
    if (replaced.length > 0) await replaceAll(tx, replaced, trace);
    // What other rooms derive may meet rows of the batch before.
    await turn;
    await runHooks(tx, all);
    tx.told.push(...all.map((one) => changeOf(tx, one)));
  }
  await turn;
  const taken = past ? await insertEditions(tx, past.run, past.editions, trace) : [];
  await also(tx.sql, written, taken);
  return written;
}

async function insertNew(tx: Transaction, fresh: readonly Prepared[], trace: readonly AuditEntry[]): Promise<void> {
  const rows = noRows();
  for (const one of fresh) addRows(rows, one.rid, one.index);
  rows.token = nearIndexOrder(rows.token);
  try {
    await insertResources(tx.sql, tx.caller.tenant, fresh, rows, trace);
  } catch (error) {
    if (sqlState(error) !== '23505') throw error;
    throw new FhirProblem(409, 'duplicate', 'One of these ids exists already.');
  }
}

/** Near the order of the token index, so that neighbours go to its same pages: by the first ten bits of the hash, in one go. */
function nearIndexOrder(tokens: IndexRows['token']): IndexRows['token'] {
  const shelves: IndexRows['token'][] = Array.from({ length: 1024 }, () => []);
  for (const row of tokens) shelves[Math.min(1023, Math.floor(Number(row[0]) / 2 ** 54) + 512)]!.push(row);
  return shelves.flat();
}

function refusal(
  old: Standing | undefined,
  expect: ImportItem['expect'],
): { why: 'exists' | 'changed'; version: number; deleted: boolean } | null {
  if (typeof expect === 'number')
    return old?.version === expect
      ? null
      : { why: 'changed', version: old?.version ?? 0, deleted: old?.deleted ?? true };
  return old && !old.deleted ? { why: 'exists', version: old.version, deleted: false } : null;
}

/** What stood goes on under its number, deleted or not: its count of versions and its dates never run back. */
function following(prepared: Prepared, old: Standing, now: string): Prepared {
  const version = Math.max(prepared.version, old.version + 1);
  const updated = Date.parse(prepared.updated) >= old.updated.getTime() ? prepared.updated : now;
  if (version === prepared.version && updated === prepared.updated) return { ...prepared, rid: old.rid };
  const meta = { ...prepared.resource.meta, versionId: String(version), lastUpdated: updated };
  const resource = { ...prepared.resource, meta };
  return { ...prepared, rid: old.rid, version, updated, resource, text: exactText(resource) };
}

async function removeAll(
  tx: Transaction,
  items: readonly { type: string; id: string; version: number }[],
  trace: ImportTrace,
  also: (sql: Sql, written: readonly Written[]) => Promise<void>,
): Promise<Written[]> {
  const standing = await lockAll(tx, items);
  const pairs: { old: Standing; next: Prepared }[] = [];
  const updated = tx.engine.now().toISOString();
  const written = items.map(({ type, id, version }): Written => {
    const old = standing.get(`${type}/${id}`);
    const refused = old?.deleted
      ? { why: 'changed' as const, version: old.version, deleted: true }
      : refusal(old, version);
    if (!old || refused)
      return { done: false, type, id, ...(refused ?? { why: 'changed', version: 0, deleted: true }) };
    const before = versionBefore(old);
    pairs.push({
      old,
      next: {
        ...before,
        version: version + 1,
        updated,
        deleted: true,
        index: noIndex,
        text: '',
        resource: { resourceType: old.type, id },
      },
    });
    return { done: true, type, id, version: version + 1, before: version };
  });
  if (pairs.length > 0) {
    await replaceAll(tx, pairs, trace);
    const gone = pairs.map((pair) => pair.next);
    await runHooks(tx, gone);
    tx.told.push(...gone.map((one) => changeOf(tx, one)));
  }
  await also(tx.sql, written);
  return written;
}

async function lockAll(
  tx: Transaction,
  items: readonly { type: string; id: string }[],
): Promise<Map<string, Standing>> {
  if (items.length === 0) return new Map();
  const rows = await tx.sql.query<Standing>(
    `select r.* from (select * from unnest($2::text[], $3::text[]) as a (type, id) order by type, id) a cross join lateral (
       select ${rowColumns('r')}, r.author::text as author, coalesce(r.patients, array_remove(array[r.patient], null))::text[] as patient_keys
       from fhir.resource r where r.tenant_id = $1::int and r.type = a.type and r.id = a.id limit 1 for update) r`,
    [tx.caller.tenant, textArray(items.map((item) => item.type)), textArray(items.map((item) => item.id))],
  );
  return new Map(rows.map((row) => [`${row.type}/${row.id}`, row]));
}

/** What stood, as the rights and the index knew it. */
function versionBefore(old: Standing): Prepared {
  const resource: JsonResource = old.deleted
    ? { resourceType: old.type, id: old.id }
    : asJson(storedFromRow(old).resource);
  const patients = patientsOf(resource);
  return {
    rid: old.rid,
    type: old.type,
    id: old.id,
    version: old.version,
    updated: old.updated.toISOString(),
    deleted: old.deleted,
    kind: kindOf(resource, patients.length > 0),
    key: keyOf(`${old.type}/${old.id}`),
    patients,
    patientKeys: old.patient_keys.map(BigInt),
    author: old.author === null ? null : BigInt(old.author),
    index: old.deleted ? noIndex : extract(resource),
    text: old.content,
    resource,
    indirect: [],
  };
}

async function replaceAll(
  tx: Transaction,
  pairs: readonly { old: Standing; next: Prepared }[],
  trace: ImportTrace,
): Promise<void> {
  const doomed = noRows();
  const fresh = noRows();
  for (const { old, next } of pairs) {
    // Who wrote it first stays its author.
    if (old.author !== null) next.author = BigInt(old.author);
    if (!old.deleted) addRows(doomed, old.rid, versionBefore(old).index);
    addRows(fresh, old.rid, next.index);
  }
  const done = await replaceResources(
    tx.sql,
    tx.caller.tenant,
    pairs.map(({ old, next }) => ({ seen: old.version, next })),
  );
  if (done !== pairs.length)
    throw new FhirProblem(409, 'conflict', 'A resource changed while it was being replaced. Repeat the import.');
  await deleteIndexRows(tx.sql, tx.caller.tenant, doomed);
  // The patient it belonged to is told too.
  const acts = pairs.map(({ old, next }) => {
    const patients = old.deleted ? [] : patientsOf(storedFromRow(old).resource);
    return { ...next, patients: [...new Set([...patients, ...next.patients])] };
  });
  await insertResources(tx.sql, tx.caller.tenant, [], fresh, traces([], acts, trace));
}

/** One entry a patient, and one for what belongs to none. */
function traces(created: readonly Prepared[], replaced: readonly Prepared[], trace: ImportTrace): AuditEntry[] {
  const byPatients = new Map<
    string,
    { patients: string[]; created: Record<string, number>; updated: string[]; deleted: string[] }
  >();
  const of = ({ patients }: Prepared) => {
    const key = patients.join(' ');
    let group = byPatients.get(key);
    if (!group) {
      group = { patients, created: {}, updated: [], deleted: [] };
      byPatients.set(key, group);
    }
    return group;
  };
  for (const one of created) {
    const counts = of(one).created;
    counts[one.type] = (counts[one.type] ?? 0) + 1;
  }
  for (const one of replaced)
    of(one)[one.deleted ? 'deleted' : 'updated'].push(`${one.type}/${one.id}/_history/${one.version}`);
  return [...byPatients.values()].map(({ patients, ...details }) => ({
    ...(trace.actor ?? { actor: 'System', actorName: trace.reason, role: 'system' }),
    action: trace.action,
    target: trace.target,
    patients,
    reason: trace.reason,
    details: Object.fromEntries(Object.entries(details).filter(([, part]) => Object.keys(part).length > 0)),
  }));
}
