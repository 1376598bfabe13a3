import type { Sql } from '../../platform/index.ts';
import { type Desk, trace, type Viewer } from '../desk.ts';
import { tellProject } from '../projects/open-projects.ts';
import type { ProjectRow } from '../projects/reach.ts';
import { demandMoney, type MoneyPart, moneyProject } from './reach.ts';

/** What an act leaves in the ledger, and what it answers. */
export interface Done<T> {
  details?: Record<string, unknown>;
  reason?: string;
  answer: T;
}
/** One act on the money of a project, in the order of the house: reach, right, decision, change, ledger, hint. The project's row is held: its sums are written one at a time. */
export async function actOn<T>(
  desk: Desk,
  viewer: Viewer,
  id: string,
  part: MoneyPart,
  action: string,
  act: (sql: Sql, project: ProjectRow) => Promise<Done<T>>,
): Promise<T> {
  const { tenant } = viewer.region;
  const { project, answer } = await desk.db.transaction(tenant, async (sql) => {
    const project = await moneyProject(sql, viewer, id, true);
    demandMoney(viewer, project, part);
    const { details, reason, answer } = await act(sql, project);
    await trace(sql, viewer, action, `Project/${id}`, { ...(details && { details }), ...(reason && { reason }) });
    return { project, answer };
  });
  tellProject(desk, viewer, project);
  return answer;
}
