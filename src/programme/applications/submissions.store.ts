import type { Sql } from '../../platform/index.ts';
import type { Answers } from '../calls/answers.rules.ts';

/** What was sent, whole. `documents`: the attachments as they were. */
export interface Submission {
  application: string;
  number: number;
  receipt: string;
  version: number;
  answers: Answers;
  documents: { id: string; document: string; name: string; size: number; sha256: string }[];
  practitioner: string;
  by: string;
  mail: string;
  practiceTenant: number | null;
  at: Date;
  withdrawnAt: Date | null;
}
const columns = `application, number, receipt, edition_version as version, answers, documents, by as practitioner, by_name as by, mail, practice_tenant as "practiceTenant", at, withdrawn_at as "withdrawnAt"`;

export const submissionsOf = (sql: Sql, tenant: number, applications: readonly string[]): Promise<Submission[]> =>
  sql.query(
    `select ${columns} from programme.submission where tenant_id = $1 and application = any($2::text[]) order by application, number`,
    [tenant, [...applications]],
  );
export async function insertSubmission(
  sql: Sql,
  tenant: number,
  row: Omit<Submission, 'withdrawnAt' | 'documents'> & { documents: readonly string[] },
): Promise<void> {
  await sql.query(
    `insert into programme.submission (tenant_id, application, number, receipt, edition_version, answers, documents, by, by_name, mail, practice_tenant, at)
     select $1, $2, $3, $4, $5, $6::jsonb, coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'document', d.document, 'name', d.name, 'size', d.size, 'sha256', d.sha256) order by d.at, d.id)
       from programme.attachment d where d.tenant_id = $1 and d.application = $2 and d.id = any($7::text[])), '[]'::jsonb), $8, $9, $10, $11::int, $12::timestamptz`,
    [
      tenant,
      row.application,
      row.number,
      row.receipt,
      row.version,
      JSON.stringify(row.answers),
      [...row.documents],
      row.practitioner,
      row.by,
      row.mail,
      row.practiceTenant,
      row.at.toISOString(),
    ],
  );
}
export const endSubmission = (sql: Sql, tenant: number, application: string, number: number, at: Date) =>
  sql.query(
    'update programme.submission set withdrawn_at = $4::timestamptz where tenant_id = $1 and application = $2 and number = $3',
    [tenant, application, number, at.toISOString()],
  );
