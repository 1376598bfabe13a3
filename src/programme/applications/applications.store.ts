import type { Sql } from '../../platform/index.ts';
import type { Answers, AnswerValue } from '../calls/answers.rules.ts';
import { type Viewer, within } from '../desk.ts';
import { french } from '../../platform/index.ts';

export interface ApplicationRow {
  id: string;
  edition: string;
  practice: string;
  practiceName: string;
  state: 'draft' | 'submitted' | 'withdrawn';
  submission: number;
}
const columns = `a.id, a.edition, a.practice, a.practice_name as "practiceName", a.state, a.submission`;

/** Parameters of a statement, and the condition of what this viewer may know of. */
function bounded(viewer: Viewer, given: unknown[]): { params: unknown[]; where: string } {
  const params = [viewer.region.tenant, ...given];
  return { where: `a.tenant_id = $1 and ${within(viewer, (value) => `$${params.push(value)}`)}`, params };
}

/** @param lock keeps others from changing the state of the file until the transaction ends */
export async function applicationOf(
  sql: Sql,
  viewer: Viewer,
  id: string,
  lock = false,
): Promise<ApplicationRow | undefined> {
  const { params, where } = bounded(viewer, [id]);
  return (
    await sql.query<ApplicationRow>(
      `select ${columns} from programme.application a where ${where} and a.id = $2${lock ? ' for update' : ''}`,
      params,
    )
  )[0];
}
export function applicationsOf(sql: Sql, viewer: Viewer, edition?: string): Promise<ApplicationRow[]> {
  const { params, where } = bounded(viewer, edition === undefined ? [] : [edition]);
  return sql.query<ApplicationRow>(
    `select ${columns} from programme.application a where ${where}${edition === undefined ? '' : ' and a.edition = $2'} order by a.practice_name${french}, a.id`,
    params,
  );
}
/** The file of a practice in a call, made when there is none. */
export async function insertApplication(
  sql: Sql,
  tenant: number,
  row: { id: string; edition: string; practice: string; practiceName: string; at: Date },
): Promise<{ id: string; created: boolean }> {
  const [made] = await sql.query<{ id: string }>(
    `insert into programme.application (tenant_id, id, edition, practice, practice_name, state, created_at) values ($1, $2, $3, $4, $5, 'draft', $6::timestamptz)
     on conflict (tenant_id, edition, practice) do nothing returning id`,
    [tenant, row.id, row.edition, row.practice, row.practiceName, row.at.toISOString()],
  );
  if (made) return { id: made.id, created: true };
  const [found] = await sql.query<{ id: string }>(
    'select id from programme.application where tenant_id = $1 and edition = $2 and practice = $3',
    [tenant, row.edition, row.practice],
  );
  return { id: found!.id, created: false };
}
export const setState = (sql: Sql, tenant: number, id: string, state: ApplicationRow['state'], submission: number) =>
  sql.query('update programme.application set state = $3, submission = $4 where tenant_id = $1 and id = $2', [
    tenant,
    id,
    state,
    submission,
  ]);

export interface AnswerRow {
  field: string;
  value: AnswerValue;
  version: number;
  by: string;
  at: Date;
}
export const answersOf = (sql: Sql, tenant: number, application: string): Promise<AnswerRow[]> =>
  sql.query(
    'select field, value, version, by_name as by, at from programme.answer where tenant_id = $1 and application = $2',
    [tenant, application],
  );
export const valuesOf = (rows: readonly AnswerRow[]): Answers =>
  Object.fromEntries(rows.map(({ field, value }) => [field, value]));
/** Writes a field that was at version `seen` (0: never answered); undefined when someone was faster. */
export async function writeAnswer(
  sql: Sql,
  tenant: number,
  application: string,
  field: string,
  seen: number,
  answer: { value: AnswerValue; by: string; byName: string; at: Date },
): Promise<AnswerRow | undefined> {
  const params = [
    tenant,
    application,
    field,
    JSON.stringify(answer.value),
    answer.by,
    answer.byName,
    answer.at.toISOString(),
  ];
  const returned = 'returning field, value, version, by_name as by, at';
  const [row] = await (seen === 0
    ? sql.query<AnswerRow>(
        `insert into programme.answer (tenant_id, application, field, value, version, by, by_name, at) values ($1, $2, $3, $4::jsonb, 1, $5, $6, $7::timestamptz) on conflict (tenant_id, application, field) do nothing ${returned}`,
        params,
      )
    : sql.query<AnswerRow>(
        `update programme.answer set value = $4::jsonb, version = version + 1, by = $5, by_name = $6, at = $7::timestamptz where tenant_id = $1 and application = $2 and field = $3 and version = $8 ${returned}`,
        [...params, seen],
      ));
  return row;
}

export interface AttachmentRow {
  id: string;
  application: string;
  document: string;
  name: string;
  size: number;
  by: string;
  at: Date;
}
const attachment = 'id, application, document, name, size, by_name as by, at';
export const attachmentsOf = (sql: Sql, tenant: number, applications: readonly string[]): Promise<AttachmentRow[]> =>
  sql.query(
    `select ${attachment} from programme.attachment where tenant_id = $1 and application = any($2::text[]) and removed_at is null order by at, id`,
    [tenant, [...applications]],
  );
export const insertAttachment = async (
  sql: Sql,
  tenant: number,
  row: Omit<AttachmentRow, 'size'> & { sha256: string; bytes: Buffer },
): Promise<AttachmentRow> =>
  (
    await sql.query<AttachmentRow>(
      `insert into programme.attachment (tenant_id, id, application, document, name, size, sha256, bytes, by_name, at) values ($1, $2, $3, $4, $5, $6, $7, decode($8, 'base64'), $9, $10::timestamptz) returning ${attachment}`,
      [
        tenant,
        row.id,
        row.application,
        row.document,
        row.name,
        row.bytes.length,
        row.sha256,
        row.bytes.toString('base64'),
        row.by,
        row.at.toISOString(),
      ],
    )
  )[0]!;
/** The bytes, also of one that was removed: a submission may still hold it. */
export async function attachmentBytes(
  sql: Sql,
  tenant: number,
  application: string,
  id: string,
): Promise<(AttachmentRow & { bytes: Buffer; removed: boolean }) | undefined> {
  const [row] = await sql.query<AttachmentRow & { data: string; removed: boolean }>(
    `select ${attachment}, encode(bytes, 'base64') as data, removed_at is not null as removed from programme.attachment where tenant_id = $1 and application = $2 and id = $3`,
    [tenant, application, id],
  );
  return row && { ...row, bytes: Buffer.from(row.data, 'base64') };
}
export const setRemoved = async (
  sql: Sql,
  tenant: number,
  application: string,
  id: string,
  at: Date | null,
): Promise<boolean> =>
  (
    await sql.query(
      'update programme.attachment set removed_at = $4::timestamptz where tenant_id = $1 and application = $2 and id = $3 returning 1',
      [tenant, application, id, at?.toISOString() ?? null],
    )
  ).length > 0;

export const membersOf = (
  sql: Sql,
  tenant: number,
  application: string,
): Promise<{ practitioner: string; name: string }[]> =>
  sql.query(
    `select practitioner, name from programme.member where tenant_id = $1 and application = $2 order by name${french}`,
    [tenant, application],
  );
export async function writeMembers(
  sql: Sql,
  tenant: number,
  application: string,
  members: readonly { practitioner: string; name: string }[],
): Promise<void> {
  await sql.query('delete from programme.member where tenant_id = $1 and application = $2', [tenant, application]);
  for (const { practitioner, name } of members)
    await sql.query(
      'insert into programme.member (tenant_id, application, practitioner, name) values ($1, $2, $3, $4)',
      [tenant, application, practitioner, name],
    );
}
