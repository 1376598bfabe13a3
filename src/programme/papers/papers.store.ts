import { randomUUID } from 'node:crypto';
import type { Sql } from '../../platform/index.ts';

/** What papers and files are of. */
export type Subject = `Project/${string}` | `Track/${string}` | `Quote/${string}` | `Help/${string}` | 'Demands/region';
export interface PaperRow {
  id: string;
  subject: Subject;
  kind: string;
  reference: string;
  version: number;
  title: string;
  /** What the paper is drawn from, frozen; names of `paperTemplates` (papers/templates.ts). */
  data: Record<string, unknown>;
  by: string;
  at: Date;
}
const columns = `id, subject, kind, reference, version, title, data, by_name as by, at`;

/** Newest first. */
export const papersOf = (sql: Sql, tenant: number, subject: Subject | readonly Subject[]): Promise<PaperRow[]> =>
  sql.query(
    `select ${columns} from programme.paper where tenant_id = $1 and subject = any($2::text[]) order by at desc, reference desc, version desc`,
    [tenant, typeof subject === 'string' ? [subject] : [...subject]],
  );
export const paperOf = async (sql: Sql, tenant: number, id: string): Promise<PaperRow | undefined> =>
  (
    await sql.query<PaperRow>(`select ${columns} from programme.paper where tenant_id = $1 and id = $2`, [tenant, id])
  )[0];
/** The same of many, by id. */
export async function papersNamed(
  sql: Sql,
  tenant: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PaperRow>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.query<PaperRow>(
    `select ${columns} from programme.paper where tenant_id = $1 and id = any($2::text[])`,
    [tenant, [...ids]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Issues a paper: the next number of its kind for this subject («SIP-2024-P03-CR2»), or the next version of `former`. The caller holds the subject's row, so that two
 * papers never take one number.
 * @param mark letters of the kind in the reference: `CR`, `PV`, `CONV`…
 * @param data given the reference and version, what the template draws
 */
export async function issuePaper(
  sql: Sql,
  tenant: number,
  paper: {
    subject: Subject;
    of: string;
    kind: string;
    mark: string;
    title: string;
    by: string;
    at: Date;
    former?: Pick<PaperRow, 'reference' | 'version'> | undefined;
    data: (reference: string, version: number) => Record<string, unknown>;
  },
): Promise<PaperRow> {
  const [count] = await sql.query<{ n: number }>(
    `select count(distinct reference)::int as n from programme.paper where tenant_id = $1 and subject = $2 and kind = $3`,
    [tenant, paper.subject, paper.kind],
  );
  const reference = paper.former?.reference ?? `${paper.of}-${paper.mark}${count!.n + 1}`;
  const version = (paper.former?.version ?? 0) + 1;
  const [row] = await sql.query<PaperRow>(
    `insert into programme.paper (tenant_id, id, subject, kind, reference, version, title, data, by_name, at) values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10::timestamptz) returning ${columns}`,
    [
      tenant,
      randomUUID(),
      paper.subject,
      paper.kind,
      reference,
      version,
      paper.title,
      JSON.stringify(paper.data(reference, version)),
      paper.by,
      paper.at.toISOString(),
    ],
  );
  return row!;
}

export interface FileRow {
  id: string;
  subject: Subject;
  kind: string;
  name: string;
  size: number;
  practitioner: string;
  by: string;
  at: Date;
}
const fileColumns = `id, subject, kind, name, size, by as practitioner, by_name as by, at`;
export const filesOf = (sql: Sql, tenant: number, subject: Subject): Promise<FileRow[]> =>
  sql.query(
    `select ${fileColumns} from programme.file where tenant_id = $1 and subject = $2 and removed_at is null order by at, id`,
    [tenant, subject],
  );
export const fileOf = async (
  sql: Sql,
  tenant: number,
  subject: Subject,
  id: string,
): Promise<(FileRow & { bytes: Buffer; removed: boolean }) | undefined> => {
  const [row] = await sql.query<FileRow & { content: string; removed: boolean }>(
    `select ${fileColumns}, encode(bytes, 'base64') as content, removed_at is not null as removed from programme.file where tenant_id = $1 and subject = $2 and id = $3`,
    [tenant, subject, id],
  );
  return row && { ...row, bytes: Buffer.from(row.content, 'base64') };
};
export const insertFile = async (
  sql: Sql,
  tenant: number,
  row: Omit<FileRow, 'size' | 'id'> & { sha256: string; bytes: Buffer },
): Promise<FileRow> =>
  (
    await sql.query<FileRow>(
      `insert into programme.file (tenant_id, id, subject, kind, name, size, sha256, bytes, by, by_name, at) values ($1, $2, $3, $4, $5, $6, $7, decode($8, 'base64'), $9, $10, $11::timestamptz) returning ${fileColumns}`,
      [
        tenant,
        randomUUID(),
        row.subject,
        row.kind,
        row.name,
        row.bytes.length,
        row.sha256,
        row.bytes.toString('base64'),
        row.practitioner,
        row.by,
        row.at.toISOString(),
      ],
    )
  )[0]!;
/** Takes a file out (`at`) or puts it back (null); false when there is none. */
export const setFileRemoved = async (
  sql: Sql,
  tenant: number,
  subject: Subject,
  id: string,
  at: Date | null,
): Promise<boolean> =>
  (
    await sql.query(
      'update programme.file set removed_at = $4::timestamptz where tenant_id = $1 and subject = $2 and id = $3 returning 1',
      [tenant, subject, id, at?.toISOString() ?? null],
    )
  ).length > 0;
