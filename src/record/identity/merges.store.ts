import { type KindOfData, kindCodes, kindsOfData, type Sight } from '../../access/index.ts';
import { keyOf, type ResourceType } from '../../fhir/index.ts';
import type { Sql } from '../../platform/index.ts';

export interface Pair {
  one: string;
  other: string;
}
/** A pair is the same whichever comes first. */
export const pairOf = (a: string, b: string): Pair => (a < b ? { one: a, other: b } : { one: b, other: a });

/**
 * Pairs of patients of the whole practice worth comparing, those set apart aside: the same birth date, INS, telephone, or the same first names under
 * another date. Equalities only are the way in (docs/adr/0003); what is found is compared by the same rules as at creation.
 */
export async function pairsToCompare(sql: Sql, tenant: number, most: number): Promise<Pair[]> {
  return sql.query<Pair>(
    `with p as (select patient_key, id, birth_date, ins, families, givens, names, phones from record.patient_name where tenant_id = $1::int),
     found as (
       (select a.id as a, b.id as b from p a join p b on b.ins = a.ins and b.patient_key > a.patient_key where a.ins <> '' limit $2::int)
       union (select a.id, b.id from p a join p b on b.birth_date = a.birth_date and b.patient_key > a.patient_key
         where a.birth_date <> '' and (a.families && b.families or a.givens && b.givens or public.similarity(a.names, b.names) > 0.3) limit $2::int)
       union (select a.id, b.id from p a join p b on b.families[1] = a.families[1] and b.givens[1] = a.givens[1] and b.patient_key > a.patient_key limit $2::int)
       union (select a.id, b.id from (select p.*, unnest(p.phones) as phone from p) a join (select p.*, unnest(p.phones) as phone from p) b on b.phone = a.phone and b.patient_key > a.patient_key
         where a.givens && b.givens or public.similarity(a.names, b.names) > 0.5 limit $2::int))
     select least(f.a, f.b) as one, greatest(f.a, f.b) as other from found f
     where not exists (select 1 from record.set_apart s where s.tenant_id = $1::int and s.one = least(f.a, f.b) and s.other = greatest(f.a, f.b))`,
    [tenant, most],
  );
}

export interface Apart extends Pair {
  by_name: string;
  at: Date;
}
export const setApart = (sql: Sql, tenant: number, { one, other }: Pair, by: string) =>
  sql.query(
    'insert into record.set_apart (tenant_id, one, other, by_name) values ($1, $2, $3, $4) on conflict do nothing',
    [tenant, one, other, by],
  );
export const bringTogether = (sql: Sql, tenant: number, { one, other }: Pair) =>
  sql.query('delete from record.set_apart where tenant_id = $1 and one = $2 and other = $3', [tenant, one, other]);
export const apartOnes = (sql: Sql, tenant: number): Promise<Apart[]> =>
  sql.query<Apart>(
    'select one, other, by_name, at from record.set_apart where tenant_id = $1 order by at desc limit 200',
    [tenant],
  );
export const isApart = async (sql: Sql, tenant: number, { one, other }: Pair): Promise<boolean> =>
  (
    await sql.query('select 1 from record.set_apart where tenant_id = $1 and one = $2 and other = $3', [
      tenant,
      one,
      other,
    ])
  ).length > 0;

/** How many resources of each kind each of these records holds, the Patient and private notes aside. */
export async function countsByKind(
  sql: Sql,
  tenant: number,
  patients: readonly string[],
): Promise<Map<string, Map<KindOfData, number>>> {
  const keys = new Map(patients.map((id) => [String(keyOf(`Patient/${id}`)), id]));
  const rows = await sql.query<{ key: string; kind: number; count: number }>(
    `select r.patient::text as key, r.kind::int as kind, count(*)::int as count from fhir.resource r
     where r.tenant_id = $1::int and r.patient = any($2::bigint[]) and not r.deleted and r.kind <> ${kindsOfData['private-notes'].bit} and r.type not in ('Patient', 'Provenance', 'Binary') group by r.patient, r.kind`,
    [tenant, [...keys.keys()]],
  );
  const counts = new Map(patients.map((id) => [id, new Map<KindOfData, number>()]));
  for (const row of rows)
    counts.get(keys.get(row.key)!)!.set(kindCodes.find((kind) => kindsOfData[kind].bit === row.kind)!, row.count);
  return counts;
}

/** Which of these patients this person takes care of now. */
export async function inCare(
  sql: Sql,
  tenant: number,
  sight: Sight,
  patients: readonly string[],
): Promise<Set<string>> {
  const keys = new Map(patients.map((id) => [String(keyOf(`Patient/${id}`)), id]));
  const rows = await sql.query<{ key: string }>(
    'select distinct c.patient_key::text as key from access.care_relation c where c.tenant_id = $1 and c.practitioner_key = $2::bigint and c.patient_key = any($3::bigint[]) and c.valid_from <= now() and c.valid_until > now()',
    [tenant, String(sight.practitionerKey), [...keys.keys()]],
  );
  return new Set(rows.map((row) => keys.get(row.key)!));
}

export interface Merge {
  id: string;
  gone: string;
  kept: string;
  at: Date;
  by_name: string;
  reason: string;
  separated_at: Date | null;
  separated_name: string | null;
  unsorted: number;
}
const columns = `m.id, m.gone, m.kept, m.at, m.by_name, m.reason, m.separated_at, m.separated_name,
  (select count(*)::int from fhir.merge_added a where a.tenant_id = m.tenant_id and a.merge = m.id and a.place = 'unsorted') as unsorted`;
export const lastMerges = (sql: Sql, tenant: number, most: number): Promise<Merge[]> =>
  sql.query<Merge>(`select ${columns} from fhir.merge m where m.tenant_id = $1 order by m.at desc limit $2::int`, [
    tenant,
    most,
  ]);
export const mergeOf = async (sql: Sql, tenant: number, id: string): Promise<Merge | undefined> =>
  (await sql.query<Merge>(`select ${columns} from fhir.merge m where m.tenant_id = $1 and m.id = $2`, [tenant, id]))[0];

export interface AddedRow {
  type: ResourceType;
  id: string;
  kind: number;
  author: string | null;
  updated: Date;
  place: 'unsorted' | 'kept' | 'gone';
  mine: boolean;
}
/** What was added to a merged record, in the order in which it was; `mine`: this person wrote it. */
export const addedTo = (sql: Sql, tenant: number, merge: string, sight: Sight): Promise<AddedRow[]> =>
  sql.query<AddedRow>(
    `select r.type, r.id, r.kind::int as kind, acc.practitioner as author, r.updated, x.place, r.author is not distinct from $3::bigint as mine
     from fhir.merge_added x join fhir.resource r on r.tenant_id = x.tenant_id and r.rid = x.rid and not r.deleted
     left join access.account acc on acc.tenant_id = r.tenant_id and acc.practitioner_key = r.author
     where x.tenant_id = $1 and x.merge = $2 and (r.kind <> 14 or r.author = $3::bigint) order by x.place <> 'unsorted', r.updated, r.rid limit 500`,
    [tenant, merge, String(sight.practitionerKey)],
  );

/** Drafts follow their patient, key and all; one that its author has under both is left where it is. */
export const draftsFollow = (sql: Sql, tenant: number, gone: string, kept: string) =>
  sql.query(
    `update record.draft d set patient = $3, key = replace(d.key, $2, $3), merged_from = $2 where d.tenant_id = $1 and d.patient = $2
       and not exists (select 1 from record.draft o where o.tenant_id = $1 and o.practitioner = d.practitioner and o.key = replace(d.key, $2, $3))`,
    [tenant, gone, kept],
  );
export const draftsReturn = (sql: Sql, tenant: number, gone: string, kept: string) =>
  sql.query(
    `update record.draft d set patient = $2, key = replace(d.key, $3, $2), merged_from = null where d.tenant_id = $1 and d.patient = $3 and d.merged_from = $2
       and not exists (select 1 from record.draft o where o.tenant_id = $1 and o.practitioner = d.practitioner and o.key = replace(d.key, $3, $2))`,
    [tenant, gone, kept],
  );
