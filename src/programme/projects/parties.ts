import type { Ctx } from '../../access/index.ts';
import { staffOf } from '../../access/index.ts';
import { forbidden, invalid, notFound } from '../../platform/index.ts';
import { type Desk, partOf, trace, type Viewer, viewerOf } from '../desk.ts';
import { tellProject } from './open-projects.ts';
import { type Party, putParty, removeParty } from './projects.store.ts';
import { demandOpen, mayIn, projectFor, type Shareable } from './reach.ts';

type Role = Party['role'];
const isRole = (part: string): part is Role => part === 'consultant' || part === 'vendor' || part === 'partner';
/** Who gives which part: ARS and GCS name the consultant; those who support the project ask vendors; the team too shares it with a partner. */
const mayGive = (viewer: Viewer, role: Role): boolean =>
  role === 'consultant' ? mayIn(viewer, 'lead') : role === 'vendor' ? mayIn(viewer, 'support') : mayIn(viewer, 'team');

async function regional(desk: Desk, viewer: Viewer): Promise<{ practitioner: string; name: string; role: Role }[]> {
  const staff = await desk.db.tenant(viewer.region.tenant, (sql) => staffOf(sql, viewer.region.tenant));
  return staff.flatMap(({ practitioner, name, profession }) => {
    const role = partOf(profession);
    return isRole(role) ? [{ practitioner, name, role }] : [];
  });
}
export async function regionalPeople(desk: Desk, id: string, ctx: Ctx) {
  const viewer = await viewerOf(desk, ctx);
  await desk.db.tenant(viewer.region.tenant, (sql) => projectFor(sql, viewer, id));
  return (await regional(desk, viewer)).filter(({ role }) => mayGive(viewer, role));
}
export const giveParty = async (
  desk: Desk,
  id: string,
  practitioner: string,
  sees: Shareable[],
  ctx: Ctx,
): Promise<void> => givePartyAs(desk, await viewerOf(desk, ctx), id, practitioner, sees);
/** A project has one consultant: naming another takes the first one's place. */
export async function givePartyAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  practitioner: string,
  sees: Shareable[],
): Promise<void> {
  const { tenant } = viewer.region;
  const person = (await regional(desk, viewer)).find((one) => one.practitioner === practitioner);
  const project = await desk.db.transaction(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id, true);
    if (!person)
      throw invalid(
        'Cette personne n’est pas un consultant, un éditeur ou un partenaire de la région. Rien n’a été changé.',
        { practitioner: 'à choisir dans la liste' },
      );
    if (!mayGive(viewer, person.role))
      throw forbidden(
        person.role === 'consultant'
          ? 'L’ARS ou le GCS nomme le consultant d’un projet.'
          : 'Vous ne donnez pas cette part dans le projet.',
      );
    demandOpen(project);
    const at = desk.now();
    if (person.role === 'consultant')
      await sql.query(
        `update programme.project_party set removed_at = $3::timestamptz where tenant_id = $1 and project = $2 and role = 'consultant' and practitioner <> $4 and removed_at is null`,
        [tenant, id, at.toISOString(), practitioner],
      );
    await putParty(sql, tenant, {
      project: id,
      ...person,
      sees: person.role === 'partner' ? sees : [],
      by: viewer.name,
      at,
    });
    await trace(sql, viewer, 'give-part', `Project/${id}`, { details: { practitioner, role: person.role, sees } });
    return project;
  });
  tellProject(desk, viewer, project);
}
export async function takeParty(desk: Desk, id: string, practitioner: string, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  const person = (await regional(desk, viewer)).find((one) => one.practitioner === practitioner);
  const project = await desk.db.transaction(viewer.region.tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id, true);
    if (!mayGive(viewer, person?.role ?? 'consultant')) throw forbidden('Vous ne retirez pas cette part du projet.');
    demandOpen(project);
    if (!(await removeParty(sql, viewer.region.tenant, id, practitioner, desk.now())))
      throw notFound('Cette part dans le projet');
    await trace(sql, viewer, 'take-part', `Project/${id}`, { details: { practitioner } });
    return project;
  });
  tellProject(desk, viewer, project);
}
