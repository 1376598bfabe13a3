import type { Sql } from '../../platform/index.ts';
import type { ModelKind, ModelLine } from '../contract/models.ts';
import type { Subject } from '../papers/papers.store.ts';
import { shippedModels } from './shipped.ts';

/** Models of a region; `call`: '' is the whole region's. */
export interface ModelRow {
  kind: ModelKind;
  call: string;
  published: number;
  draft: ModelLine[] | null;
  draftVersion: number;
  draftBy: string;
  draftAt: Date | null;
}
const columns = `kind, call, published, draft, draft_version as "draftVersion", draft_by as "draftBy", draft_at as "draftAt"`;
export const modelRows = (sql: Sql, tenant: number): Promise<ModelRow[]> =>
  sql.query(`select ${columns} from programme.model where tenant_id = $1`, [tenant]);
/** The row of a model, made where there is none; held until the end of the transaction: editions are numbered one at a time. */
export async function holdModel(sql: Sql, tenant: number, kind: ModelKind, call: string): Promise<ModelRow> {
  await sql.query('insert into programme.model (tenant_id, kind, call) values ($1, $2, $3) on conflict do nothing', [
    tenant,
    kind,
    call,
  ]);
  return (
    await sql.query<ModelRow>(
      `select ${columns} from programme.model where tenant_id = $1 and kind = $2 and call = $3 for update`,
      [tenant, kind, call],
    )
  )[0]!;
}
export const setModelDraft = (
  sql: Sql,
  tenant: number,
  kind: ModelKind,
  call: string,
  draft: readonly ModelLine[] | null,
  by: string,
  at: Date,
) =>
  sql.query(
    'update programme.model set draft = $4::jsonb, draft_version = draft_version + 1, draft_by = $5, draft_at = $6::timestamptz where tenant_id = $1 and kind = $2 and call = $3',
    [tenant, kind, call, draft && JSON.stringify(draft), by, at.toISOString()],
  );

export interface EditionOfModel {
  call: string;
  version: number;
  lines: ModelLine[];
  words: string;
  by: string;
  /** Null: as it comes with the product. */
  at: Date | null;
}
const edition = 'v.call, v.version, v.lines, v.words, v.by_name as by, v.at';
export async function insertModelVersion(
  sql: Sql,
  tenant: number,
  kind: ModelKind,
  { call, version, lines, words, by, at }: EditionOfModel & { at: Date },
): Promise<void> {
  await sql.query(
    'insert into programme.model_version (tenant_id, kind, call, version, lines, words, by_name, at) values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8::timestamptz)',
    [tenant, kind, call, version, JSON.stringify(lines), words, by, at.toISOString()],
  );
  await sql.query(
    'update programme.model set published = $4, draft = null, draft_version = draft_version + 1 where tenant_id = $1 and kind = $2 and call = $3',
    [tenant, kind, call, version],
  );
}
const shipped = (kind: ModelKind): EditionOfModel => ({
  call: '',
  version: 0,
  lines: shippedModels[kind],
  words: '',
  by: '',
  at: null,
});
/** The edition in force: the call's own, else the region's, else what comes with the product. */
export const modelInForce = async (sql: Sql, tenant: number, kind: ModelKind, call = ''): Promise<EditionOfModel> =>
  (
    await sql.query<EditionOfModel>(
      `select ${edition} from programme.model m join programme.model_version v on v.tenant_id = m.tenant_id and v.kind = m.kind and v.call = m.call and v.version = m.published
     where m.tenant_id = $1 and m.kind = $2 and m.call in ('', $3) order by m.call desc limit 1`,
      [tenant, kind, call],
    )
  )[0] ?? shipped(kind);
export const modelVersion = async (
  sql: Sql,
  tenant: number,
  kind: ModelKind,
  call: string,
  version: number,
): Promise<EditionOfModel | undefined> =>
  version === 0
    ? shipped(kind)
    : (
        await sql.query<EditionOfModel>(
          `select ${edition} from programme.model_version v where tenant_id = $1 and kind = $2 and call = $3 and version = $4`,
          [tenant, kind, call, version],
        )
      )[0];
export const modelVersions = (
  sql: Sql,
  tenant: number,
  kind: ModelKind,
  call: string,
): Promise<{ version: number; words: string; by: string; at: Date }[]> =>
  sql.query(
    'select version, words, by_name as by, at from programme.model_version where tenant_id = $1 and kind = $2 and call = $3 order by version desc',
    [tenant, kind, call],
  );

/** What a project or a track holds since it began. */
export interface HeldRow {
  kind: ModelKind;
  call: string;
  modelVersion: number;
  lines: ModelLine[];
  adjusted: boolean;
  declined: string;
  version: number;
  by: string;
  at: Date;
}
export async function heldRow(
  sql: Sql,
  tenant: number,
  subject: Subject,
  kind: ModelKind,
): Promise<HeldRow | undefined> {
  const [row] = await sql.query<Omit<HeldRow, 'lines'> & { lines: ModelLine[] | null }>(
    'select kind, call, model_version as "modelVersion", lines, adjusted, declined, version, by_name as by, at from programme.model_held where tenant_id = $1 and subject = $2 and kind = $3',
    [tenant, subject, kind],
  );
  return row && { ...row, lines: row.lines ?? shippedModels[kind] };
}
/** Writes what is held; the caller holds the row of the project or the track and has looked at the version. */
export const putHeld = async (
  sql: Sql,
  tenant: number,
  subject: Subject,
  row: Omit<HeldRow, 'version'>,
): Promise<number> =>
  (
    await sql.query<{ version: number }>(
      `insert into programme.model_held as h (tenant_id, subject, kind, call, model_version, lines, adjusted, declined, version, by_name, at) values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, 1, $9, $10::timestamptz)
     on conflict (tenant_id, subject, kind) do update set call = $4, model_version = $5, lines = $6::jsonb, adjusted = $7, declined = $8, version = h.version + 1, by_name = $9, at = $10::timestamptz returning h.version`,
      [
        tenant,
        subject,
        row.kind,
        row.call,
        row.modelVersion,
        JSON.stringify(row.lines),
        row.adjusted,
        row.declined,
        row.by,
        row.at.toISOString(),
      ],
    )
  )[0]!.version;
/** Of projects and tracks under way: which edition each holds. */
export const heldUnderWay = (
  sql: Sql,
  tenant: number,
): Promise<{ kind: ModelKind; call: string; version: number; of: string | null }[]> =>
  sql.query(
    `select h.kind, h.call, h.model_version as version, p.edition as of from programme.model_held h left join programme.project p on p.tenant_id = h.tenant_id and 'Project/' || p.id = h.subject and p.state = 'open'
     left join programme.track t on t.tenant_id = h.tenant_id and 'Track/' || t.id = h.subject and t.state in ('writing', 'returned') where h.tenant_id = $1 and (p.id is not null or t.id is not null)`,
    [tenant],
  );

export interface ReminderPlan {
  call: string;
  questionnaire: number[];
  poll: number[];
  version: number;
  by: string;
  at: Date;
}
/** The call's own plan, else the region's. */
export const reminderPlan = async (sql: Sql, tenant: number, call = ''): Promise<ReminderPlan | undefined> =>
  (
    await sql.query<ReminderPlan>(
      `select call, questionnaire, poll, version, by_name as by, at from programme.reminder_plan where tenant_id = $1 and call in ('', $2) order by call desc limit 1`,
      [tenant, call],
    )
  )[0];
/** Undefined when it is no longer at version `seen`; 0: there was none. */
export async function putReminderPlan(
  sql: Sql,
  tenant: number,
  seen: number,
  row: Omit<ReminderPlan, 'version'>,
): Promise<number | undefined> {
  const params = [tenant, row.call, row.questionnaire, row.poll, row.by, row.at.toISOString()];
  const [saved] = await (seen === 0
    ? sql.query<{ version: number }>(
        'insert into programme.reminder_plan (tenant_id, call, questionnaire, poll, version, by_name, at) values ($1, $2, $3::int[], $4::int[], 1, $5, $6::timestamptz) on conflict do nothing returning version',
        params,
      )
    : sql.query<{ version: number }>(
        'update programme.reminder_plan set questionnaire = $3::int[], poll = $4::int[], version = version + 1, by_name = $5, at = $6::timestamptz where tenant_id = $1 and call = $2 and version = $7 returning version',
        [...params, seen],
      ));
  return saved?.version;
}
