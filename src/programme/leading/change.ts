import { conflict, type Sql } from '../../platform/index.ts';
import { type Desk, trace, type Viewer } from '../desk.ts';
import { tellProject } from '../projects/open-projects.ts';
import { demand, type ProjectPart, type ProjectRow, projectFor } from '../projects/reach.ts';

/** One change in a project, in the order of the house: reach, right, change, ledger, hint. The project's row is held: its parts are written one at a time. */
export async function inProject<T>(
  desk: Desk,
  viewer: Viewer,
  id: string,
  part: ProjectPart,
  action: string,
  act: (sql: Sql, project: ProjectRow) => Promise<{ reply: T; details: Record<string, unknown> }>,
): Promise<T> {
  const { tenant } = viewer.region;
  const { project, reply } = await desk.db.transaction(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id, true);
    demand(viewer, project, part);
    const { reply, details } = await act(sql, project);
    await trace(sql, viewer, action, `Project/${id}`, { details });
    return { project, reply };
  });
  tellProject(desk, viewer, project);
  return reply;
}
export const stale = (what: string) =>
  conflict(
    `${what} a changé pendant que vous la lisiez. La page vient d’être relue : recommencez s’il y a lieu, votre saisie est encore là.`,
  );
