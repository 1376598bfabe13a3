import { conflict, type Sql } from '../../platform/index.ts';
import { type Desk, trace, type Viewer } from '../desk.ts';
import { papersOf } from '../papers/papers.store.ts';
import { tellProject } from '../projects/open-projects.ts';
import {
  demand,
  mayIn,
  type ProjectPart,
  type ProjectRow,
  projectFor,
  type Shareable,
  sharedWith,
} from '../projects/reach.ts';

/** One change in a project, in the order of the house: reach, right, change, ledger; then the screens are told. `action` may leave out the ledger's line with ''. */
export async function changeIn<T>(
  desk: Desk,
  viewer: Viewer,
  project: string,
  part: ProjectPart,
  action: string,
  act: (sql: Sql, row: ProjectRow) => Promise<{ reply: T; details?: Record<string, unknown> }>,
): Promise<T> {
  const { row, reply } = await desk.db.transaction(viewer.region.tenant, async (sql) => {
    const row = await projectFor(sql, viewer, project, true);
    demand(viewer, row, part);
    const { reply, details } = await act(sql, row);
    await trace(sql, viewer, action, `Project/${project}`, details && { details });
    return { row, reply };
  });
  tellProject(desk, viewer, row);
  return reply;
}
export const editedMeanwhile = (what: string, theirs: unknown = null) =>
  conflict(
    `${what} a changé pendant que vous écriviez. Votre saisie est toujours à l’écran : relisez ce qui est enregistré, puis enregistrez de nouveau.`,
    { reason: 'edited-meanwhile', theirs },
  );
/** Papers of one kind, newest first, for those who are shown papers. */
export async function issuedOf(sql: Sql, viewer: Viewer, project: string, kind: string) {
  if (!(await sharedWith(sql, viewer, project)).includes('papers' satisfies Shareable)) return [];
  return (await papersOf(sql, viewer.region.tenant, `Project/${project}`))
    .filter((one) => one.kind === kind)
    .map(({ id, reference, version, at, by }) => ({ id, reference, version, at: at.toISOString(), by }));
}
/** The newest paper of a kind: the next one is its next version. */
export async function formerOf(sql: Sql, tenant: number, project: string, kind: string) {
  return (await papersOf(sql, tenant, `Project/${project}`)).find((one) => one.kind === kind);
}
export const writes = (viewer: Viewer, project: Pick<ProjectRow, 'state'>, part: ProjectPart = 'support'): boolean =>
  project.state === 'open' && mayIn(viewer, part);
/** JJ/MM/AAAA of an ISO day. */
export const sayDay = (iso: string): string => `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
