import { forbidden, notFound, type Sql } from '../../platform/index.ts';
import type { Viewer } from '../desk.ts';
import { demandShared, mayIn, type ProjectRow, projectFor, projectsFor } from '../projects/reach.ts';

/** The team that something is of: that of a practice, known of through a project where there is one. */
export interface Whose {
  practice: string;
  name: string;
  /** Null: a team that does not work with this product. */
  tenant: number | null;
  project: ProjectRow | null;
}

/** My own team, or that of a project that I may know of. Errors: 403 for people of the region without a project, 404. */
export async function whoseOf(sql: Sql, viewer: Viewer, project: string | null): Promise<Whose> {
  if (project !== null) {
    const row = await projectFor(sql, viewer, project);
    return { practice: row.practice, name: row.practiceName, tenant: row.practiceTenant, project: row };
  }
  if (viewer.as !== 'practice') throw forbidden('L’organisation d’une équipe se lit dans son projet.');
  return {
    practice: viewer.practice.id,
    name: viewer.practice.name,
    tenant: viewer.caller.tenant || null,
    project: null,
  };
}
/** A team that this viewer may read the organisation of, by the public id of the practice: its people; of the region, whoever is shown it in one of its projects. Errors: 404 */
export async function whoseOfPractice(sql: Sql, viewer: Viewer, practice: string, what: string): Promise<Whose> {
  if (viewer.as === 'practice' && viewer.practice.id === practice) return whoseOf(sql, viewer, null);
  const project =
    viewer.as === 'practice' ? undefined : (await projectsFor(sql, viewer)).find((one) => one.practice === practice);
  if (!project) throw notFound(what);
  await demandShared(sql, viewer, project, 'maturity');
  return { practice, name: project.practiceName, tenant: project.practiceTenant, project };
}
/** Who leads the team, and those who support its project: the same as in the project, also after it ended. */
export function demandTeam(viewer: Viewer): void {
  if (!mayIn(viewer, 'team')) throw forbidden('La coordination de l’équipe et ceux qui l’accompagnent seulement.');
}
