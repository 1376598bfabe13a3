import type { Sql } from '../../platform/index.ts';
import { type Written, written } from './choosing.store.ts';
import type { Importance } from './contract.ts';

export interface RequirementRow extends Written {
  source: string | null;
  area: string;
  sentence: string;
  computed: Importance | null;
  importance: Importance;
  reason: string;
  professions: string[];
  because: string;
  place: number;
  removed: boolean;
}
const requirement = `id, source, area, sentence, computed, importance, reason, professions, because, place, removed_at is not null as removed, ${written}`;
/** In the order in which they were made; those that were taken out as well. */
export const requirementsOf = (sql: Sql, tenant: number, project: string): Promise<RequirementRow[]> =>
  sql.query(
    `select ${requirement} from programme.requirement where tenant_id = $1 and project = $2 order by place, id`,
    [tenant, project],
  );
export const insertRequirements = (
  sql: Sql,
  tenant: number,
  project: string,
  rows: readonly Omit<RequirementRow, 'version' | 'removed'>[],
) =>
  sql.query(
    `insert into programme.requirement (tenant_id, id, project, source, area, sentence, computed, importance, reason, professions, because, place, version, by_name, at)
     select $1, id, $2, source, area, sentence, computed, importance, reason, professions, because, place, 1, by, at
     from jsonb_to_recordset($3::jsonb) as r(id text, source text, area text, sentence text, computed text, importance text, reason text, professions text[], because text, place int, by text, at timestamptz)`,
    [tenant, project, JSON.stringify(rows)],
  );
/** What the answers now say of these requirements; the caller holds the project's row. */
export const renewRequirements = (
  sql: Sql,
  tenant: number,
  project: string,
  rows: readonly Pick<RequirementRow, 'id' | 'computed' | 'importance' | 'professions' | 'because' | 'by' | 'at'>[],
) =>
  sql.query(
    `update programme.requirement q set computed = r.computed, importance = r.importance, professions = r.professions, because = r.because, version = q.version + 1, by_name = r.by, at = r.at
     from jsonb_to_recordset($3::jsonb) as r(id text, computed text, importance text, professions text[], because text, by text, at timestamptz) where q.tenant_id = $1 and q.project = $2 and q.id = r.id`,
    [tenant, project, JSON.stringify(rows)],
  );
/** Undefined when it is no longer at version `seen`. */
export const updateRequirement = async (
  sql: Sql,
  tenant: number,
  project: string,
  seen: number,
  row: Pick<
    RequirementRow,
    'id' | 'area' | 'sentence' | 'computed' | 'importance' | 'reason' | 'professions' | 'because' | 'by' | 'at'
  >,
): Promise<RequirementRow | undefined> =>
  (
    await sql.query<RequirementRow>(
      `update programme.requirement set area = $5, sentence = $6, computed = $7, importance = $8, reason = $9, professions = $10::text[], because = $11, version = version + 1, by_name = $12, at = $13::timestamptz where tenant_id = $1 and project = $2 and id = $3 and version = $4 returning ${requirement}`,
      [
        tenant,
        project,
        row.id,
        seen,
        row.area,
        row.sentence,
        row.computed,
        row.importance,
        row.reason,
        row.professions,
        row.because,
        row.by,
        row.at.toISOString(),
      ],
    )
  )[0];
