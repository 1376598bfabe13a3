import {
  clinicalKinds,
  type KindOfData,
  kindCodes,
  kindsOfData,
  maskOf,
  type Sight,
  sightPredicate,
} from '../../access/index.ts';
import { keyOf } from '../../fhir/index.ts';
import type { Sql } from '../../platform/index.ts';

export interface RightsHere {
  see: Set<KindOfData>;
  add: Set<KindOfData>;
  /** Kinds the profession reaches in a care team, whether in this one or not. */
  couldSee: Set<KindOfData>;
  relation: { source: string; role: string; since: string | null; until: string | null } | null;
  opposed: boolean;
}
const clinicalMask = maskOf(clinicalKinds.filter((kind) => kind !== 'private-notes'));
const dateOf = (value: unknown): string | null => {
  const date = value instanceof Date ? value : new Date(String(value));
  return Number.isFinite(date.getTime()) ? date.toISOString() : null;
};

/** What a person sees and may add about one patient: the same predicate as for rows, asked once for each kind. */
export async function rightsHere(
  sql: Sql,
  tenant: number,
  patient: string,
  read: Sight,
  write: Sight,
): Promise<RightsHere> {
  const params: unknown[] = [
    tenant,
    String(keyOf(`Patient/${patient}`)),
    String(read.practitionerKey),
    read.profession,
  ];
  const param = (value: unknown) => `$${params.push(value)}`;
  const rows = await sql.query<{
    see: number[] | null;
    add: number[] | null;
    relation: [string, string, string, string] | null;
    opposed: boolean;
  }>(
    `with r as (select $1::int as tenant_id, 'Basic' as type, k::smallint as kind, $2::bigint as patient, null::bigint[] as patients, $3::bigint as author from generate_series(0, ${kindCodes.length - 1}) k)
     select (select array_agg(r.kind::int) from r where ${sightPredicate(read, 'r', param, '$2')}) as see,
       (select array_agg(r.kind::int) from r where ${sightPredicate(write, 'r', param, '$2')}) as add,
       (select array[c.source, c.role, c.valid_from::text, c.valid_until::text] from access.care_relation c where c.tenant_id = $1::int and c.practitioner_key = $3::bigint and c.patient_key = $2::bigint
          and c.valid_from <= now() and c.valid_until > now() order by case when c.source like 'CareTeam/%' then 0 else 1 end, c.valid_until desc limit 1) as relation,
       exists (select 1 from access.opposition o where o.tenant_id = $1::int and o.patient_key = $2::bigint and (o.practitioner_key is null or o.practitioner_key = $3::bigint)
          and (o.profession is null or o.profession = $4) and o.kinds & ${clinicalMask} = ${clinicalMask} and o.valid_from <= now() and o.valid_until > now()) as opposed`,
    params,
  );
  const row = rows[0]!;
  const kinds = (bits: readonly number[] | null) =>
    new Set(kindCodes.filter((kind) => bits?.includes(kindsOfData[kind].bit)));
  const [source = '', role = '', from = '', until = ''] = row.relation ?? [];
  return {
    see: kinds(row.see),
    add: kinds(row.add),
    couldSee: new Set(kindCodes.filter((kind) => (read.teamMask | read.practiceMask) & (1 << kindsOfData[kind].bit))),
    relation: row.relation
      ? {
          source,
          role,
          since: from.includes('infinity') ? null : dateOf(from),
          until: until.includes('infinity') ? null : dateOf(until),
        }
      : null,
    opposed: row.opposed,
  };
}
export const isClinicalKind = (kind: KindOfData): boolean => (clinicalKinds as readonly KindOfData[]).includes(kind);
