import { Problem, type Sql } from '../platform/index.ts';

/** What a person types and has not sent (SEC-12): theirs alone, whatever the rights on the patient; forgotten after 30 days. */
const largest = 100_000;
const most = 200;
export interface Draft {
  key: string;
  patient: string | null;
  form: string;
  label: string;
  data: Record<string, unknown>;
  updated: string;
}
interface Row {
  key: string;
  patient: string | null;
  form: string;
  label: string;
  data: string;
  updated: Date;
}
const read = (row: Row): Draft => ({
  ...row,
  data: JSON.parse(row.data) as Record<string, unknown>,
  updated: new Date(row.updated).toISOString(),
});
const columns = 'key, patient, form, label, data, updated';

export async function draftsOf(
  sql: Sql,
  tenant: number,
  practitioner: string,
  patient: string | undefined,
): Promise<Draft[]> {
  const rows = await sql.query<Row>(
    `select ${columns} from record.draft where tenant_id = $1 and practitioner = $2 and ($3::text is null or patient = $3::text) and updated > now() - interval '30 days' order by updated desc limit ${most}`,
    [tenant, practitioner, patient ?? null],
  );
  return rows.map(read);
}
export async function draftOf(sql: Sql, tenant: number, practitioner: string, key: string): Promise<Draft | null> {
  const rows = await sql.query<Row>(
    `select ${columns} from record.draft where tenant_id = $1 and practitioner = $2 and key = $3`,
    [tenant, practitioner, key],
  );
  return rows[0] ? read(rows[0]) : null;
}
export async function keepDraft(
  sql: Sql,
  tenant: number,
  practitioner: string,
  draft: Omit<Draft, 'updated'>,
): Promise<Draft> {
  const data = JSON.stringify(draft.data);
  if (Buffer.byteLength(data) > largest)
    throw new Problem(
      413,
      'Brouillon trop long',
      'Ce brouillon dépasse 100 ko et n’est gardé que sur cet écran. Enregistrez-le, ou raccourcissez-le.',
    );
  const rows = await sql.query<Row>(
    `insert into record.draft (tenant_id, practitioner, key, patient, form, label, data) select $1::int, $2, $3, $4, $5, $6, $7
     where (select count(*) from record.draft where tenant_id = $1::int and practitioner = $2) < ${most} or exists (select 1 from record.draft where tenant_id = $1::int and practitioner = $2 and key = $3)
     on conflict (tenant_id, practitioner, key) do update set patient = excluded.patient, form = excluded.form, label = excluded.label, data = excluded.data, updated = now()
     returning ${columns}`,
    [tenant, practitioner, draft.key, draft.patient, draft.form, draft.label, data],
  );
  if (!rows[0])
    throw new Problem(
      409,
      'Trop de brouillons',
      `Vous gardez déjà ${most} brouillons. Celui-ci reste sur cet écran : supprimez-en d’anciens.`,
    );
  return read(rows[0]);
}
export async function dropDraft(sql: Sql, tenant: number, practitioner: string, key: string): Promise<void> {
  await sql.query('delete from record.draft where tenant_id = $1 and practitioner = $2 and key = $3', [
    tenant,
    practitioner,
    key,
  ]);
}
export async function forgetOldDrafts(sql: Sql): Promise<void> {
  await sql.query("delete from record.draft where updated < now() - interval '30 days'");
}
