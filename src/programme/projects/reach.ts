import { forbidden, french, notFound, type Sql } from '../../platform/index.ts';
import type { Edition } from '../calls/contract.ts';
import { editionVersion, editionVersions } from '../calls/editions.store.ts';
import type { Viewer } from '../desk.ts';

export interface ProjectRow {
  id: string;
  reference: string;
  edition: string;
  editionVersion: number;
  application: string | null;
  practice: string;
  practiceName: string;
  /** Null: a team that does not work with this product. */
  practiceTenant: number | null;
  state: 'open' | 'closed' | 'stopped';
  reason: string;
  startedOn: string;
  endedOn: string | null;
}
const columns = `p.id, p.reference, p.edition, p.edition_version as "editionVersion", p.application, p.practice, p.practice_name as "practiceName", p.practice_tenant as "practiceTenant", p.state, p.reason,
  p.started_on::text as "startedOn", p.ended_on::text as "endedOn"`;

/** Parts of a project that can be shared with a partner. */
const shareable = ['steps', 'needs', 'maturity', 'papers'] as const;
export type Shareable = (typeof shareable)[number];

/**
 * The projects that this viewer may know of, as a condition on the row `p` of programme.project. A practice: its own, for all its people. ARS, commission and GCS: all. A consultant: those given to
 * them. A partner: those shared with them. A vendor: none: what they are asked for is in money/.
 */
function withinProject(viewer: Viewer, param: (value: unknown) => string): string {
  switch (viewer.as) {
    case 'practice':
      return `p.practice = ${param(viewer.practice.id)}`;
    case 'officer':
    case 'reviewer':
    case 'gcs':
      return 'true';
    case 'consultant':
    case 'partner':
      return `exists (select 1 from programme.project_party y where y.tenant_id = p.tenant_id and y.project = p.id and y.practitioner = ${param(viewer.practitioner)} and y.role = ${param(viewer.as)} and y.removed_at is null)`;
    default:
      return 'false';
  }
}
function bounded(viewer: Viewer, given: unknown[]): { params: unknown[]; where: string } {
  const params = [viewer.region.tenant, ...given];
  return { where: `p.tenant_id = $1 and ${withinProject(viewer, (value) => `$${params.push(value)}`)}`, params };
}
export const noProject = () => notFound('Ce projet');

/** @param lock holds the project until the end of the transaction: numbers of papers, steps and sums of one project are written one at a time. Errors: 404 */
export async function projectFor(sql: Sql, viewer: Viewer, id: string, lock = false): Promise<ProjectRow> {
  const { params, where } = bounded(viewer, [id]);
  const [row] = await sql.query<ProjectRow>(
    `select ${columns} from programme.project p where ${where} and p.id = $2${lock ? ' for update' : ''}`,
    params,
  );
  if (!row) throw noProject();
  return row;
}
/** Held until the end of the transaction, for what leaves by itself on a planned day: nobody looks. */
export const projectHeld = async (sql: Sql, tenant: number, id: string): Promise<ProjectRow | undefined> =>
  (
    await sql.query<ProjectRow>(
      `select ${columns} from programme.project p where p.tenant_id = $1 and p.id = $2 for update`,
      [tenant, id],
    )
  )[0];
export function projectsFor(sql: Sql, viewer: Viewer): Promise<ProjectRow[]> {
  const { params, where } = bounded(viewer, []);
  return sql.query<ProjectRow>(
    `select ${columns} from programme.project p where ${where} order by p.started_on desc, p.practice_name${french}, p.id`,
    params,
  );
}
type OfCall = Pick<ProjectRow, 'edition' | 'editionVersion'>;
/** The call of a project, of the version under which its team was chosen. */
export const callOf = async (sql: Sql, tenant: number, project: OfCall): Promise<Edition> =>
  (await editionVersion(sql, tenant, project.edition, project.editionVersion))!;
/** The same of many projects, in one read. */
export async function callsOf(
  sql: Sql,
  tenant: number,
  projects: readonly OfCall[],
): Promise<(project: OfCall) => Edition> {
  const versions = await editionVersions(
    sql,
    tenant,
    projects.map(({ edition, editionVersion: version }) => ({ edition, version })),
  );
  return ({ edition, editionVersion }) => versions(edition, editionVersion);
}

/**
 * What a viewer who knows of the project may do in it.
 * - `lead`: ARS and GCS. `support`: they and its consultant. `fund`: ARS. `team`: who manages it in the practice, and those who support it. `read`: all of it; a partner reads what is shared.
 */
export type ProjectPart = 'lead' | 'support' | 'fund' | 'team' | 'read';
export function mayIn(viewer: Viewer, part: ProjectPart): boolean {
  const lead = viewer.as === 'officer' || viewer.as === 'gcs';
  const support = lead || viewer.as === 'consultant';
  switch (part) {
    case 'fund':
      return viewer.as === 'officer';
    case 'lead':
      return lead;
    case 'support':
      return support;
    case 'team':
      return support || (viewer.as === 'practice' && viewer.manages);
    case 'read':
      return support || viewer.as === 'practice' || viewer.as === 'reviewer';
  }
}
const whoWords: Record<ProjectPart, string> = {
  fund: 'Un instructeur de l’ARS seulement.',
  lead: 'L’ARS ou le GCS seulement.',
  support: 'L’ARS, le GCS ou le consultant du projet seulement.',
  team: 'La coordination de l’équipe et ceux qui l’accompagnent seulement.',
  read: 'Cette partie du projet n’est pas partagée avec vous.',
};
/** Errors: 403; 409 in a project that is closed or stopped, for whoever would write. */
export function demand(viewer: Viewer, project: Pick<ProjectRow, 'state'>, part: ProjectPart): void {
  if (!mayIn(viewer, part)) throw forbidden(whoWords[part]);
  if (part !== 'read') demandOpen(project);
}
export function demandOpen(project: Pick<ProjectRow, 'state'>): void {
  if (project.state !== 'open')
    throw forbidden(
      project.state === 'closed'
        ? 'Ce projet est clos : il ne change plus.'
        : 'Ce projet est arrêté : il ne change plus.',
    );
}
/** Errors: 403 when a partner is not shown this part. */
export async function demandShared(sql: Sql, viewer: Viewer, project: ProjectRow, part: Shareable): Promise<void> {
  if (viewer.as !== 'partner') return demand(viewer, project, 'read');
  if (!(await sharedWith(sql, viewer, project.id)).includes(part)) throw forbidden(whoWords.read);
}
export const sharedWith = async (sql: Sql, viewer: Viewer, project: string): Promise<Shareable[]> =>
  viewer.as === 'partner'
    ? ((
        await sql.query<{ sees: Shareable[] }>(
          `select sees from programme.project_party where tenant_id = $1 and project = $2 and practitioner = $3 and role = 'partner' and removed_at is null`,
          [viewer.region.tenant, project, viewer.practitioner],
        )
      )[0]?.sees ?? [])
    : [...shareable];
