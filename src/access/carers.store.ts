import { french, hash64, type Sql } from '../platform/index.ts';
import type { PersonCaller, PracticeRole } from './caller.ts';
import type { Profession } from './professions.ts';

const keyOf = (reference: string) => String(hash64(reference));

/** One person of a practice, as other rooms know them. */
export interface Staff {
  practitioner: string;
  name: string;
  profession: Profession;
  kind: 'care' | 'privileged';
  roles: PracticeRole[];
  status: 'invited' | 'active';
  email: string;
}
/** As if they asked, for what they may reach. */
export const asCaller = (
  tenant: number,
  { practitioner, profession, roles, name }: Pick<Staff, 'practitioner' | 'profession' | 'roles' | 'name'>,
): PersonCaller => ({
  kind: 'person',
  tenant,
  practitioner,
  profession,
  roles,
  name,
  session: '',
});
/** The people of the practice who have an account, open or invited. */
export async function staffOf(sql: Sql, tenant: number): Promise<Staff[]> {
  return sql.query<Staff>(
    `select practitioner, trim(given || ' ' || family) as name, profession, kind, roles, status, login as email from access.account where tenant_id = $1 and status <> 'disabled' order by family${french}, given${french}`,
    [tenant],
  );
}

/** People of the practice whose account is closed. */
export const goneFrom = async (sql: Sql, tenant: number): Promise<string[]> =>
  (
    await sql.query<{ practitioner: string }>(
      "select practitioner from access.account where tenant_id = $1 and kind = 'care' and status = 'disabled'",
      [tenant],
    )
  ).map((row) => row.practitioner);

/** Of these professionals, those who do not take care of this patient: no running relation. */
export async function outsideTeam(
  sql: Sql,
  tenant: number,
  patient: string,
  practitioners: readonly string[],
): Promise<string[]> {
  if (practitioners.length === 0) return [];
  const rows = await sql.query<{ practitioner: string }>(
    `select p.id as practitioner from unnest($3::text[], $4::bigint[]) p (id, key)
     where not exists (select 1 from access.care_relation c where c.tenant_id = $1 and c.practitioner_key = p.key and c.patient_key = $2::bigint and c.valid_from <= now() and c.valid_until > now())`,
    [tenant, keyOf(`Patient/${patient}`), [...practitioners], practitioners.map((id) => keyOf(`Practitioner/${id}`))],
  );
  return rows.map((row) => row.practitioner);
}

/** Professionals of the practice who take care of this patient now. */
export async function carersOf(
  sql: Sql,
  tenant: number,
  patient: string,
): Promise<{ practitioner: string; role: string; profession: Profession; name: string }[]> {
  return sql.query(
    `select distinct on (a.practitioner) a.practitioner, c.role, a.profession, trim(a.given || ' ' || a.family) as name
     from access.care_relation c join access.account a on a.tenant_id = c.tenant_id and a.practitioner_key = c.practitioner_key and a.status <> 'disabled'
     where c.tenant_id = $1 and c.patient_key = $2::bigint and c.valid_from <= now() and c.valid_until > now() order by a.practitioner, c.source`,
    [tenant, keyOf(`Patient/${patient}`)],
  );
}

/** Members of a circle (`Group/id`). */
export async function membersOf(sql: Sql, tenant: number, circle: string): Promise<string[]> {
  const rows = await sql.query<{ practitioner: string }>(
    'select distinct practitioner from access.care_relation where tenant_id = $1 and patient_key = $2::bigint and valid_from <= now() and valid_until > now()',
    [tenant, keyOf(circle)],
  );
  return rows.map((row) => row.practitioner);
}
