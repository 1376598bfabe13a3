import { forbidden, type Sql } from '../../platform/index.ts';
import type { Viewer } from '../desk.ts';
import { demandOpen, noProject, type ProjectRow, projectFor, projectsFor } from '../projects/reach.ts';

/**
 * What a viewer may do with the money of a project they know of.
 * - `fund`: ARS. `validate`: ARS and its consultant. `offer`: they and who manages it in the practice, and a vendor who was asked, their own quotes. `lines`: they and GCS. `totals`: all of the practice too.
 * Commission and partners: nothing.
 */
export type MoneyPart = 'fund' | 'validate' | 'offer' | 'lines' | 'totals';
export function mayMoney(viewer: Viewer, part: MoneyPart): boolean {
  const validates = viewer.as === 'officer' || viewer.as === 'consultant';
  const manages = viewer.as === 'practice' && viewer.manages;
  switch (part) {
    case 'fund':
      return viewer.as === 'officer';
    case 'validate':
      return validates;
    case 'offer':
      return validates || manages || viewer.as === 'vendor';
    case 'lines':
      return validates || manages || viewer.as === 'gcs';
    case 'totals':
      return validates || viewer.as === 'gcs' || viewer.as === 'practice';
  }
}
const whoWords: Record<MoneyPart, string> = {
  fund: 'Un instructeur de l’ARS seulement.',
  validate: 'Le consultant du projet ou l’ARS seulement.',
  offer: 'Le consultant du projet, la coordination de l’équipe, l’éditeur sollicité ou l’ARS seulement.',
  lines:
    'Les devis et les montants ligne à ligne sont lus par la coordination de l’équipe et par ceux qui l’accompagnent.',
  totals: 'Les montants de ce projet ne vous sont pas montrés.',
};
/** Errors: 403, also for whoever would write in a project that is closed or stopped. */
export function demandMoney(viewer: Viewer, project: Pick<ProjectRow, 'state'>, part: MoneyPart): void {
  if (!mayMoney(viewer, part)) throw forbidden(whoWords[part]);
  if (part !== 'lines' && part !== 'totals') demandOpen(project);
}
/** A vendor's row is read with the eyes of the region: what the vendor is told of it is decided by each reply. */
const ofRegion = (viewer: Viewer): Viewer => ({ ...viewer, as: 'officer' }) as Viewer;
/** A project by whoever may know of its money; for a vendor, one in which they were asked: no more than its quotes of theirs. Errors: 404 */
export async function moneyProject(sql: Sql, viewer: Viewer, id: string, lock = false): Promise<ProjectRow> {
  if (viewer.as !== 'vendor') return projectFor(sql, viewer, id, lock);
  const [asked] = await sql.query(
    `select 1 from programme.project_party where tenant_id = $1 and project = $2 and practitioner = $3 and role = 'vendor' and removed_at is null`,
    [viewer.region.tenant, id, viewer.practitioner],
  );
  if (!asked) throw noProject();
  return projectFor(sql, ofRegion(viewer), id, lock);
}
/** The rows of projects in which this vendor was found to be asked. */
export async function askedProjects(sql: Sql, viewer: Viewer, asked: readonly string[]): Promise<ProjectRow[]> {
  return (await projectsFor(sql, ofRegion(viewer))).filter(({ id }) => asked.includes(id));
}
/** Kinds of papers and files that say amounts: read by those who read the lines. */
const moneyKinds: ReadonlySet<string> = new Set([
  'quotes',
  'agreement',
  'signed-agreement',
  'amendment',
  'certificate',
  'quote-file',
]);
/** Whether this viewer is shown a paper or file of this kind. */
export const showsKind = (viewer: Viewer, kind: string): boolean => !moneyKinds.has(kind) || mayMoney(viewer, 'lines');
