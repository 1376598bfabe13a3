import type { Sql } from '../platform/index.ts';

export interface LedgerLine {
  seq: number;
  at: Date;
  actor: string;
  actor_name: string;
  role: string;
  action: string;
  target: string;
  reason: string | null;
  /** Why the record was broken open, for what its opener did in those hours; in the record that it became as well (a merge). */
  emergency: string | null;
}

/** Lines of the ledger about a patient, newest first, before a sequence number. */
export const ledgerOfPatient = (
  sql: Sql,
  tenant: number,
  patient: string,
  before: number | undefined,
  count: number,
): Promise<LedgerLine[]> =>
  sql.query<LedgerLine>(
    `select e.seq, e.at, e.actor, e.actor_name, e.role, e.action, e.target, e.reason, broken.reason as emergency from (
       (select seq from audit.entry where tenant_id = $1 and patient = $2 and seq < $3::bigint order by seq desc limit $4::int)
       union (select seq from audit.entry_patient where tenant_id = $1 and patient = $2 and seq < $3::bigint order by seq desc limit $4::int)
     ) s join audit.entry e on e.tenant_id = $1 and e.seq = s.seq
     left join lateral (
       select a.reason from access.emergency_access a where a.tenant_id = $1 and e.actor = 'Practitioner/' || a.practitioner and e.at >= a.at and e.at < a.until and e.action <> 'refused'
         and (a.patient = $2 or exists (select 1 from access.care_relation c where c.tenant_id = $1 and c.source = 'emergency/' || a.id and c.patient_key = access.key_of('Patient/' || $2)))
       order by a.at desc limit 1
     ) broken on true order by e.seq desc limit $4::int`,
    [tenant, patient, before ?? '9223372036854775807', count],
  );

/** What opens an account, or tries to, under the person's own name. */
const waysIn = [
  'sign-in',
  'sign-in-refused',
  'invitation-accepted',
  'password',
  'second-factor',
  'recovery-code',
  'recovery-codes',
];
/** The last of them, newest first. */
export const waysInOf = (
  sql: Sql,
  tenant: number,
  practitioner: string,
  count: number,
): Promise<{ at: Date; action: string; address: string | null }[]> =>
  sql.query(
    'select at, action, address from audit.entry where tenant_id = $1 and actor = $2 and action = any($3::text[]) order by seq desc limit $4::int',
    [tenant, `Practitioner/${practitioner}`, waysIn, count],
  );

export interface Opening {
  actor: string;
  actor_name: string;
  patient: string;
  first_at: Date;
  last_at: Date;
  count: number;
}

/**
 * What people opened since the last search, person by patient, and moves the mark. Only transactions that are over are read, so that a
 * late commit cannot be passed over.
 */
export async function openingsSinceLastSearch(
  sql: Sql,
  tenant: number,
): Promise<{ openings: Opening[]; ownConsents: Opening[] }> {
  await sql.query('select pg_advisory_xact_lock(727243, $1::int)', [tenant]);
  const [mark] = await sql.query<{ after: string; upto: string }>(
    `select coalesce((select last_txid::text from access.unusual_access_progress where tenant_id = $1), '0') as after,
            (select max(txid)::text from audit.entry where tenant_id = $1 and txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint + (select last_value from audit.txid_base)) as upto`,
    [tenant],
  );
  if (!mark?.upto || mark.upto === mark.after) return { openings: [], ownConsents: [] };
  const openings = await sql.query<Opening>(
    `with fresh as (
       select seq, actor, actor_name, at, patient from audit.entry
       where tenant_id = $1 and txid > $2::text::bigint and txid <= $3::text::bigint and patient is not null and actor >= 'Practitioner/' and actor < 'Practitioner0' and action <> 'refused'
     ), people as (
       select actor, actor_name, at, patient from fresh union all
       select f.actor, f.actor_name, f.at, p.patient from fresh f join audit.entry_patient p on p.tenant_id = $1 and p.seq = f.seq
     ) select actor, max(actor_name) as actor_name, patient, min(at) as first_at, max(at) as last_at, count(*)::int as count from people group by actor, patient`,
    [tenant, mark.after, mark.upto],
  );
  // Who wrote down the consent by which they themselves come in.
  const ownConsents = await sql.query<Opening>(
    `select e.actor, max(e.actor_name) as actor_name, c.patient, min(e.at) as first_at, max(e.at) as last_at, count(*)::int as count
     from audit.entry e join access.care_relation c on c.tenant_id = $1 and c.practitioner_key = access.key_of(e.actor) and split_part(c.source, '#', 1) = e.target
     where e.tenant_id = $1 and e.txid > $2::text::bigint and e.txid <= $3::text::bigint and e.action in ('create', 'update') and e.target >= 'Consent/' and e.target < 'Consent0' group by e.actor, c.patient`,
    [tenant, mark.after, mark.upto],
  );
  await sql.query(
    'insert into access.unusual_access_progress (tenant_id, last_txid) values ($1, $2::text::bigint) on conflict (tenant_id) do update set last_txid = excluded.last_txid',
    [tenant, mark.upto],
  );
  return { openings, ownConsents };
}

/** Hours from `since` in which this person opened more than `most` different patients. */
export const crowdedHours = (
  sql: Sql,
  tenant: number,
  actor: string,
  since: Date,
  most: number,
): Promise<{ hour: Date; last_at: Date; patients: number }[]> =>
  sql.query(
    `select date_trunc('hour', e.at) as hour, max(e.at) as last_at, count(distinct p.patient)::int as patients
     from audit.entry e cross join lateral (select e.patient union select x.patient from audit.entry_patient x where x.tenant_id = $1 and x.seq = e.seq) p
     where e.tenant_id = $1 and e.actor = $2 and e.at >= date_trunc('hour', $3::timestamptz) and e.patient is not null and e.action <> 'refused'
     group by 1 having count(distinct p.patient) > $4::int`,
    [tenant, actor, since.toISOString(), most],
  );

export interface UnusualRow {
  rule: 'family' | 'colleague' | 'own-record' | 'mass-reading' | 'own-consent' | 'emergency';
  actor: string;
  subject: string;
  actor_name: string;
  first_at: Date;
  last_at: Date;
  count: number;
  reviewed_by: string | null;
  reviewed_at: Date | null;
  review: string | null;
}
/** Notes an unusual access; a new one after a review asks for another look. True when nobody was told of it yet. */
export const noteUnusual = async (
  sql: Sql,
  tenant: number,
  row: Pick<UnusualRow, 'rule' | 'actor' | 'subject' | 'actor_name' | 'first_at' | 'last_at' | 'count'>,
  replaceCount: boolean,
): Promise<boolean> => {
  const [noted] = await sql.query<{ fresh: boolean }>(
    `with before as (select reviewed_at from access.unusual_access where tenant_id = $1 and rule = $2 and actor = $3 and subject = $4)
     insert into access.unusual_access as u (tenant_id, rule, actor, subject, actor_name, first_at, last_at, count) values ($1, $2, $3, $4, $5, $6::timestamptz, $7::timestamptz, $8)
     on conflict (tenant_id, rule, actor, subject) do update set last_at = greatest(u.last_at, excluded.last_at), count = case when $9::boolean then excluded.count else u.count + excluded.count end,
       reviewed_by = null, reviewed_at = null
     returning not exists (select 1 from before where reviewed_at is null) as fresh`,
    [
      tenant,
      row.rule,
      row.actor,
      row.subject,
      row.actor_name,
      row.first_at.toISOString(),
      row.last_at.toISOString(),
      row.count,
      replaceCount,
    ],
  );
  return noted!.fresh;
};
export const listUnusual = (sql: Sql, tenant: number): Promise<UnusualRow[]> =>
  sql.query<UnusualRow>(
    'select rule, actor, subject, actor_name, first_at, last_at, count, reviewed_by, reviewed_at, review from access.unusual_access where tenant_id = $1 order by (reviewed_at is not null), last_at desc limit 500',
    [tenant],
  );
export const markReviewed = async (
  sql: Sql,
  tenant: number,
  key: { rule: string; actor: string; subject: string },
  by: string,
  review: string,
  now: Date,
): Promise<boolean> =>
  (
    await sql.query(
      'update access.unusual_access set reviewed_by = $5, reviewed_at = $7::timestamptz, review = $6 where tenant_id = $1 and rule = $2 and actor = $3 and subject = $4 returning 1',
      [tenant, key.rule, key.actor, key.subject, by, review, now.toISOString()],
    )
  ).length > 0;
