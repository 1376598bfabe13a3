import { conflict, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, trace, type Viewer } from '../desk.ts';
import { tellProject } from '../projects/open-projects.ts';
import { demand, type ProjectPart, type ProjectRow, projectFor } from '../projects/reach.ts';
import { type Invitable, teamOf } from './people.ts';
import { type WholePoll, wholePoll } from './read-polls.ts';

export interface PollAct {
  sql: Sql;
  tenant: number;
  project: ProjectRow;
  poll: WholePoll;
  team: readonly Invitable[];
  at: Date;
  /** ISO day in France. */
  today: string;
}
/**
 * One act on a poll, in the order of the house: reach, right, version, decision, change, ledger; the project's row is held, so that acts on one project come one after the other.
 * @param seen version on screen; undefined when it does not matter
 */
export async function actOnPoll<T>(
  desk: Desk,
  viewer: Viewer,
  project: string,
  id: string,
  part: ProjectPart,
  seen: number | undefined,
  action: string,
  act: (given: PollAct) => Promise<{ result: T; details?: Record<string, unknown>; reason?: string }>,
): Promise<T> {
  const { tenant } = viewer.region;
  const team = await teamOf(desk, viewer, project);
  const { row, result } = await desk.db.transaction(tenant, async (sql) => {
    const row = await projectFor(sql, viewer, project, true);
    demand(viewer, row, part);
    const poll = await wholePoll(sql, viewer, row, id, team);
    if (seen !== undefined && poll.row.version !== seen)
      throw conflict(
        'Ce sondage a changé pendant que vous le lisiez. Il vient d’être relu : vérifiez, puis recommencez.',
        { version: poll.row.version },
      );
    const at = desk.now();
    const { result, details, reason } = await act({
      sql,
      team,
      tenant,
      project: row,
      poll,
      at,
      today: dayInFrance(at),
    });
    await trace(sql, viewer, action, `Poll/${id}`, { details: { project, ...details }, ...(reason && { reason }) });
    return { row, result };
  });
  tellProject(desk, viewer, row);
  return result;
}
