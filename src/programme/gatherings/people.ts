import { type Profession, professions, type Staff, staffOf } from '../../access/index.ts';
import type { Sql } from '../../platform/index.ts';
import { byWords } from '../choice/professions.rules.ts';
import { type Desk, partOf, type Viewer } from '../desk.ts';
import { answeredIn, partiesOf } from '../projects/projects.store.ts';
import { type ProjectRow, projectFor } from '../projects/reach.ts';
import type { Side } from './polls.rules.ts';

export interface Invitable {
  practitioner: string;
  name: string;
  profession: Profession;
  side: Side;
  email: string;
}
const named = (side: Side, { practitioner, name, profession, email }: Staff): Invitable => ({
  practitioner,
  name,
  profession,
  side,
  email,
});

/** People with an account who may be asked to a meeting of this project: ARS, GCS and its consultant; those of the practice, by name and profession only. */
export async function invitableTo(
  sql: Sql,
  viewer: Viewer,
  project: ProjectRow,
  team: readonly Invitable[],
): Promise<Invitable[]> {
  const { tenant } = viewer.region;
  const consultants = new Set(
    (await partiesOf(sql, tenant, [project.id]))
      .filter(({ role }) => role === 'consultant')
      .map(({ practitioner }) => practitioner),
  );
  const regional = (await staffOf(sql, tenant)).flatMap((one) => {
    const part = partOf(one.profession);
    return part === 'officer' || part === 'gcs' || (part === 'consultant' && consultants.has(one.practitioner))
      ? [named(part, one)]
      : [];
  });
  return [...regional, ...team];
}
/** People of the project's practice who have an account, open or invited: names and professions, none of their patients is near. Read before any transaction: they live under another tenant. Errors: 404 */
export async function teamOf({ db }: Pick<Desk, 'db'>, viewer: Viewer, project: string): Promise<Invitable[]> {
  const { practiceTenant } = await db.tenant(viewer.region.tenant, (sql) => projectFor(sql, viewer, project));
  if (practiceTenant === null) return [];
  const staff = await db.tenant(practiceTenant, (sql) => staffOf(sql, practiceTenant));
  return staff
    .filter(({ kind, profession }) => kind === 'care' && profession !== 'administrator')
    .map((one) => named('team', one));
}

/** The professions that take part in the project, in French order, as its application says; those of the practice's people when it was opened without one. */
export async function projectProfessions(
  sql: Sql,
  tenant: number,
  project: ProjectRow,
  team: readonly Invitable[],
): Promise<string[]> {
  const told = project.application
    ? (await answeredIn(sql, tenant, [project.application], 'team.members')).get(project.application)
    : undefined;
  const counted = Object.entries(
    (typeof told === 'object' && told !== null ? told : {}) as Record<string, unknown>,
  ).flatMap(([code, count]) => (typeof count === 'number' && count > 0 ? [code] : []));
  const found = counted.length > 0 ? counted : [...new Set(team.map(({ profession }) => profession as string))];
  return found.sort(byWords);
}
export const professionName = (code: string): string =>
  Object.hasOwn(professions, code) ? professions[code as Profession].fr : code;
