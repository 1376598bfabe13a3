import type { Db, Sql } from '../db/db.ts';

/**
 * Seals what is written into the hash chain. Writers never wait for one another: entries are appended freely and a block is closed
 * over every transaction that is over, in (txid, seq) order, so that no late commit can slip under a closed block.
 * hash(n) = sha256(hash(n-1) || sha256 of the entries' text). Runs each second and before a verification.
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
         select count(*)::int as entries, max(e.txid) as last_txid, ${digest} as digest
         from audit.entry e, previous p
         where e.tenant_id = $1 and e.txid > p.last_txid and e.txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint + (select last_value from audit.txid_base)
       )
       insert into audit.seal (tenant_id, block, last_txid, entries, hash)
       select $1, p.block + 1, f.last_txid, f.entries, sha256(p.hash || f.digest) from previous p, fresh f where f.entries > 0
       returning entries::int`,
      [tenantId],
    );
    return rows[0]?.entries ?? 0;
  });
}

const entryText = `concat_ws('|', e.seq, extract(epoch from e.at), e.actor, e.actor_name, e.role, e.action, e.target, e.patient, array_to_string(e.patients, ','), e.version, e.reason, e.address, e.details::text)`;
const digest = `sha256(convert_to(coalesce(string_agg(${entryText}, E'\\n' order by e.txid, e.seq), ''), 'UTF8'))`;

export interface ChainReport {
  blocks: number;
  entries: number;
  /** Number of the first block whose content no longer matches its hash. */
  brokenAt?: number;
}

/** Recomputes the whole chain of a practice. */
export async function verify(db: Db, tenantId: number): Promise<ChainReport> {
  return db.tenant(tenantId, (sql) => recompute(sql, tenantId));
}

async function recompute(sql: Sql, tenantId: number): Promise<ChainReport> {
  const rows = await sql.query<{ block: number; entries: number; sound: boolean }>(
    `with bounds as (
       select s.*, coalesce(lag(last_txid) over w, 0::bigint) as after, coalesce(lag(hash) over w, ''::bytea) as previous
       from audit.seal s where tenant_id = $1 window w as (order by block)
     )
     select b.block::int as block, count(e.seq)::int as entries,
            b.hash = sha256(b.previous || ${digest}) and count(e.seq) = b.entries and b.block = row_number() over (order by b.block) as sound
     from bounds b left join audit.entry e on e.tenant_id = $1 and e.txid > b.after and e.txid <= b.last_txid
     group by b.block, b.hash, b.previous, b.entries order by b.block`,
    [tenantId],
  );
  const report: ChainReport = { blocks: rows.length, entries: rows.reduce((sum, row) => sum + row.entries, 0) };
  const broken = rows.find((row) => !row.sound);
  return broken ? { ...report, brokenAt: broken.block } : report;
}
