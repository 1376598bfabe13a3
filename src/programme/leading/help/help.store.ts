import { randomUUID } from 'node:crypto';
import { hash64, type Sql } from '../../../platform/index.ts';
import type { Viewer } from '../../desk.ts';

export interface HelpRow {
  id: string;
  reference: string;
  practice: string;
  practiceName: string;
  practiceTenant: number | null;
  kind: 'fault' | 'question';
  urgency: 'blocking' | 'hindering' | 'minor';
  title: string;
  state: 'open' | 'solved' | 'closed';
  asked: string | null;
  askedName: string;
  practitioner: string;
  by: string;
  at: Date;
  dueAt: Date;
  answeredAt: Date | null;
  solvedAt: Date | null;
  mark: number | null;
  markWords: string;
  version: number;
  changedAt: Date;
  lines: number;
}
const columns = `r.id, r.reference, r.practice, r.practice_name as "practiceName", r.practice_tenant as "practiceTenant", r.kind, r.urgency, r.title, r.state, r.asked, r.asked_name as "askedName", r.practitioner, r.by_name as by, r.at,
  r.due_at as "dueAt", r.answered_at as "answeredAt", r.solved_at as "solvedAt", r.mark, r.mark_words as "markWords", r.version, r.changed_at as "changedAt",
  (select count(*)::int from programme.help_line l where l.tenant_id = r.tenant_id and l.request = r.id) as lines`;

/**
 * The requests that this viewer may know of, as a condition on the row `r`. A practice: its own, for all its people. ARS and GCS: all. A consultant: those of teams whose project is or was theirs, and those handed to
 * them. Vendors and partners: those handed to them, nothing else.
 */
function within(viewer: Viewer, param: (value: unknown) => string): string {
  switch (viewer.as) {
    case 'practice':
      return `r.practice = ${param(viewer.practice.id)}`;
    case 'officer':
    case 'gcs':
      return 'true';
    case 'consultant': {
      const me = param(viewer.practitioner);
      return `(r.asked = ${me} or exists (select 1 from programme.project p join programme.project_party y on y.tenant_id = p.tenant_id and y.project = p.id where p.tenant_id = r.tenant_id and p.practice = r.practice and y.practitioner = ${me} and y.role = 'consultant' and y.removed_at is null))`;
    }
    case 'vendor':
    case 'partner':
      return `r.asked = ${param(viewer.practitioner)}`;
    default:
      return 'false';
  }
}
function bounded(viewer: Viewer, given: unknown[]): { params: unknown[]; where: string } {
  const params = [viewer.region.tenant, ...given];
  return { where: `r.tenant_id = $1 and ${within(viewer, (value) => `$${params.push(value)}`)}`, params };
}
export function helpFor(sql: Sql, viewer: Viewer): Promise<HelpRow[]> {
  const { params, where } = bounded(viewer, []);
  return sql.query<HelpRow>(
    `select ${columns} from programme.help_request r where ${where} order by r.state <> 'open', r.changed_at desc, r.id limit 500`,
    params,
  );
}
export async function helpRow(sql: Sql, viewer: Viewer, id: string, lock = false): Promise<HelpRow | undefined> {
  const { params, where } = bounded(viewer, [id]);
  return (
    await sql.query<HelpRow>(
      `select ${columns} from programme.help_request r where ${where} and r.id = $2${lock ? ' for update of r' : ''}`,
      params,
    )
  )[0];
}
/** Takes the next number of the year: numbers are given one at a time. */
export async function insertHelp(
  sql: Sql,
  tenant: number,
  row: Pick<
    HelpRow,
    | 'practice'
    | 'practiceName'
    | 'practiceTenant'
    | 'kind'
    | 'urgency'
    | 'title'
    | 'practitioner'
    | 'by'
    | 'at'
    | 'dueAt'
  >,
  year: string,
): Promise<{ id: string; reference: string }> {
  await sql.query('select pg_advisory_xact_lock($1::bigint)', [String(hash64(`programme.help_request ${tenant}`))]);
  const [count] = await sql.query<{ n: number }>(
    `select count(*)::int as n from programme.help_request where tenant_id = $1 and reference like $2`,
    [tenant, `AIDE-${year}-%`],
  );
  const made = { id: randomUUID(), reference: `AIDE-${year}-${String(count!.n + 1).padStart(3, '0')}` };
  await sql.query(
    `insert into programme.help_request (tenant_id, id, reference, practice, practice_name, practice_tenant, kind, urgency, title, state, practitioner, by_name, at, due_at, version, changed_at)
     values ($1, $2, $3, $4, $5, $6::int, $7, $8, $9, 'open', $10, $11, $12::timestamptz, $13::timestamptz, 1, $12::timestamptz)`,
    [
      tenant,
      made.id,
      made.reference,
      row.practice,
      row.practiceName,
      row.practiceTenant,
      row.kind,
      row.urgency,
      row.title,
      row.practitioner,
      row.by,
      row.at.toISOString(),
      row.dueAt.toISOString(),
    ],
  );
  return made;
}
export const setHelp = (
  sql: Sql,
  tenant: number,
  id: string,
  row: Pick<HelpRow, 'state' | 'asked' | 'askedName' | 'answeredAt' | 'solvedAt' | 'mark' | 'markWords'>,
  at: Date,
) =>
  sql.query(
    `update programme.help_request set state = $3, asked = $4, asked_name = $5, answered_at = $6::timestamptz, solved_at = $7::timestamptz, mark = $8::int, mark_words = $9, version = version + 1, changed_at = $10::timestamptz where tenant_id = $1 and id = $2`,
    [
      tenant,
      id,
      row.state,
      row.asked,
      row.askedName,
      row.answeredAt?.toISOString() ?? null,
      row.solvedAt?.toISOString() ?? null,
      row.mark,
      row.markWords,
      at.toISOString(),
    ],
  );

export interface HelpLineRow {
  number: number;
  kind: 'words' | 'handed' | 'state' | 'file';
  side: 'practice' | 'region';
  words: string;
  file: string | null;
  practitioner: string;
  by: string;
  at: Date;
}
export const linesOf = (sql: Sql, tenant: number, request: string): Promise<HelpLineRow[]> =>
  sql.query(
    'select number, kind, side, words, file, by as practitioner, by_name as by, at from programme.help_line where tenant_id = $1 and request = $2 order by number',
    [tenant, request],
  );
/** The caller holds the request's row. */
export const addLine = (sql: Sql, tenant: number, request: string, row: Omit<HelpLineRow, 'number'>) =>
  sql.query(
    `insert into programme.help_line (tenant_id, request, number, kind, side, words, file, by, by_name, at) select $1::int, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8, $9::timestamptz from programme.help_line where tenant_id = $1 and request = $2`,
    [tenant, request, row.kind, row.side, row.words, row.file, row.practitioner, row.by, row.at.toISOString()],
  );
