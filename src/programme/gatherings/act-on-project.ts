import type { Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, trace, type Viewer } from '../desk.ts';
import { tellProject } from '../projects/open-projects.ts';
import { demand, type ProjectPart, type ProjectRow, projectFor } from '../projects/reach.ts';
import { type Invitable, projectProfessions, teamOf } from './people.ts';

export interface ProjectAct {
  sql: Sql;
  tenant: number;
  project: ProjectRow;
  /** People of the practice with an account. */
  team: readonly Invitable[];
  /** Codes, of the project. */
  professions: string[];
  at: Date;
  /** ISO day in France. */
  today: string;
}
/** One act in a project, in the order of the house: reach, right, decision, change, ledger; the project's row is held, so that acts on one project come one after the other. */
export async function actOnProject<T>(
  desk: Desk,
  viewer: Viewer,
  project: string,
  part: ProjectPart,
  action: string,
  act: (
    given: ProjectAct,
  ) => Promise<{ result: T; target: string; details?: Record<string, unknown>; reason?: string }>,
): Promise<T> {
  const { tenant } = viewer.region;
  const team = await teamOf(desk, viewer, project);
  const { row, result } = await desk.db.transaction(tenant, async (sql) => {
    const row = await projectFor(sql, viewer, project, true);
    demand(viewer, row, part);
    const at = desk.now();
    const { result, target, details, reason } = await act({
      sql,
      tenant,
      project: row,
      team,
      professions: await projectProfessions(sql, tenant, row, team),
      at,
      today: dayInFrance(at),
    });
    await trace(sql, viewer, action, target, { details: { project, ...details }, ...(reason && { reason }) });
    return { row, result };
  });
  tellProject(desk, viewer, row);
  return result;
}
