import type { Db, Sql } from '../db/db.ts';

/**
 * Seals what is written into the hash chain. Writers never wait for one another: entries are appended freely and a block is closed
 * over every transaction that is over, in (txid, seq) order, so that no late commit can slip under a closed block.
 * hash(n) = sha256(hash(n-1) || sha256 of the entries' text). Runs every two seconds (main.ts) and before a verification.
 */
export async function seal(db: Db, tenantId: number): Promise<number> {
  return db.transaction(tenantId, async (sql) => {
    await sql.query('select pg_advisory_xact_lock(727242, $1::int)', [tenantId]);
    const rows = await sql.query<{ entries: number }>(
      `with previous as (
         select coalesce(max(block), 0) as block, coalesce((array_agg(hash order by block desc))[1], ''::bytea) as hash,
                coalesce((array_agg(last_txid order by block desc))[1], 0::bigint) as last_txid
         from (select * from audit.seal where tenant_id = $1 order by block desc limit 1) s
       ), fresh as (
         select count(*)::int as entries, max(e.txid) as last_txid, ${digestOf('array')} as digest
         from audit.entry e, previous p
         where e.tenant_id = $1 and e.txid > p.last_txid and e.txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint + (select last_value from audit.txid_base)
       )
       insert into audit.seal (tenant_id, block, last_txid, entries, hash, form)
       select $1, p.block + 1, f.last_txid, f.entries, sha256(p.hash || f.digest), 2 from previous p, fresh f where f.entries > 0
       returning entries::int`,
      [tenantId],
    );
    return rows[0]?.entries ?? 0;
  });
}

const words = `concat_ws('|', e.seq, extract(epoch from e.at), e.actor, e.actor_name, e.role, e.action, e.target, e.patient, array_to_string(e.patients, ','), e.version, e.reason, e.address, e.details::text)`;
const array = `json_build_array(e.seq, extract(epoch from e.at), e.actor, e.actor_name, e.role, e.action, e.target, e.patient, e.patients, e.version, e.reason, e.address, e.details::text)::text`;
/** By the form of the block: among words a patient's number may be moved behind the target's, out of their log, without a letter that changes (migrations/0076_ledger_form.sql). */
const forms = { array, either: `case when b.form = 1 then ${words} else ${array} end` };
const digestOf = (form: keyof typeof forms) =>
  `sha256(convert_to(coalesce(string_agg(${forms[form]}, E'\\n' order by e.txid, e.seq), ''), 'UTF8'))`;

export interface ChainReport {
  blocks: number;
  entries: number;
  /** The last block and its hash: noted elsewhere, it tells later a chain that was cut short or written anew. */
  head?: { block: number; hash: string };
  /** Number of the first block whose content no longer matches its hash. */
  brokenAt?: number;
  /** Where to look: when that block was closed, how many entries it had, has, and those it has now. */
  broken?: { sealedAt: string; sealed: number; found: number; seqs: [first: number, last: number] | null };
  /** Entries that the log of one of their patients no longer shows, the first twenty. */
  unlisted?: number[];
}

/** Recomputes the whole chain of a practice, and looks that every entry stands in the log of each of its patients. `signal` breaks it off. */
export async function verify(db: Db, tenantId: number, signal?: AbortSignal): Promise<ChainReport> {
  return db.tenant(tenantId, (sql) => recompute(sql, tenantId, signal));
}

interface BlockRow {
  block: number;
  entries: number;
  sealed: number;
  sound: boolean;
  hash: string;
  sealed_at: Date;
  first: number | null;
  last: number | null;
}
/** Blocks of one statement: a minute of a large ledger at most. */
const blocksAtOnce = 2_000;

async function recompute(sql: Sql, tenantId: number, signal?: AbortSignal): Promise<ChainReport> {
  const rows: BlockRow[] = [];
  for (let after = '-9223372036854775808'; ; ) {
    signal?.throwIfAborted();
    const some = await blocksAfter(sql, tenantId, after);
    for (const row of some) rows.push(row);
    if (some.length < blocksAtOnce) break;
    after = String(some.at(-1)!.block);
  }
  signal?.throwIfAborted();

  const unlisted = await sql.query<{ seq: number }>(
    `select distinct e.seq::float8 as seq from audit.entry e cross join unnest(e.patients[2:]) as p (patient)
     where e.tenant_id = $1 and e.patients is not null and not exists (select 1 from audit.entry_patient x where x.tenant_id = $1 and x.patient = p.patient and x.seq = e.seq) order by 1 limit 20`,
    [tenantId],
  );
  const head = rows.at(-1);
  const broken = rows.find((row) => !row.sound);
  return {
    blocks: rows.length,
    entries: rows.reduce((sum, row) => sum + row.entries, 0),
    ...(head && { head: { block: head.block, hash: head.hash } }),
    ...(broken && {
      brokenAt: broken.block,
      broken: {
        sealedAt: broken.sealed_at.toISOString(),
        sealed: broken.sealed,
        found: broken.entries,
        seqs: broken.first === null ? null : [broken.first, broken.last!],
      },
    }),
    ...(unlisted.length > 0 && { unlisted: unlisted.map(({ seq }) => seq) }),
  };
}

const blocksAfter = (sql: Sql, tenantId: number, after: string): Promise<BlockRow[]> =>
  sql.query<BlockRow>(
    `with bounds as (
       select s.*, coalesce(lag(last_txid) over w, 0::bigint) as after, coalesce(lag(hash) over w, ''::bytea) as previous, row_number() over w as place
       from audit.seal s where tenant_id = $1 window w as (order by block)
     ), part as (select * from bounds where block > $2::bigint order by block limit ${blocksAtOnce})
     select b.block::int as block, count(e.seq)::int as entries, b.entries::int as sealed, encode(b.hash, 'hex') as hash, b.sealed_at, min(e.seq)::float8 as first, max(e.seq)::float8 as last,
            b.hash = sha256(b.previous || ${digestOf('either')}) and count(e.seq) = b.entries and b.block = b.place as sound
     from part b left join audit.entry e on e.tenant_id = $1 and e.txid > b.after and e.txid <= b.last_txid
     group by b.block, b.hash, b.previous, b.entries, b.sealed_at, b.form, b.place order by b.block`,
    [tenantId, after],
  );

/** Does the chain of this practice still hold the block of this hash? */
export const holds = (db: Db, tenantId: number, hash: string): Promise<boolean> =>
  db.tenant(
    tenantId,
    async (sql) =>
      (await sql.query(`select 1 from audit.seal where tenant_id = $1 and hash = decode($2, 'hex')`, [tenantId, hash]))
        .length > 0,
  );
