import type { Ctx } from '../../access/index.ts';
import { conflict, notFound } from '../../platform/index.ts';
import { submissionsOf } from '../applications/submissions.store.ts';
import { editionRow } from '../calls/editions.store.ts';
import { dayInFrance, type Desk, regionalViewer, trace, type Viewer } from '../desk.ts';
import { renouncedIn } from '../places/places.store.ts';
import { decidedIn, decisionsOf } from '../review/decisions.store.ts';
import { insertProject, openedFor, setProjectState } from './projects.store.ts';
import { demand, projectFor } from './reach.ts';

/** Opens the project of each team that the decision in force chose, once the teams know it. Done again, it opens only what is missing. Errors: 404, 409. */
export const openProjects = async (desk: Desk, edition: string, ctx: Ctx): Promise<{ opened: number }> =>
  openProjectsAs(desk, await regionalViewer(desk, ctx), edition);
export async function openProjectsAs(desk: Desk, viewer: Viewer, edition: string): Promise<{ opened: number }> {
  const { tenant } = viewer.region;
  const opened = await desk.db.transaction(tenant, async (sql) => {
    const call = await editionRow(sql, tenant, edition, true);
    if (!call?.body) throw notFound('Cet appel à candidatures');
    const [decision] = await decisionsOf(sql, tenant, edition);
    if (!decision?.notifiedAt)
      throw conflict(
        'Les équipes l’apprennent d’abord par leur courrier : notifiez la décision, puis ouvrez les projets.',
      );
    const there = new Set([
      ...(await openedFor(sql, tenant, edition)),
      ...(await renouncedIn(sql, tenant, edition)).keys(),
    ]);
    const chosen = (await decidedIn(sql, tenant, edition, decision.number)).filter(
      ({ outcome, application }) => outcome === 'chosen' && !there.has(application),
    );
    const sent = await submissionsOf(
      sql,
      tenant,
      chosen.map(({ application }) => application),
    );
    const at = desk.now();
    const practices = new Map(
      (
        await sql.query<{ id: string; practice: string }>(
          'select id, practice from programme.application where tenant_id = $1 and edition = $2',
          [tenant, edition],
        )
      ).map((one) => [one.id, one.practice]),
    );
    for (const { application, name } of chosen) {
      const project = await insertProject(sql, tenant, {
        edition,
        editionVersion: decision.version,
        application,
        practice: practices.get(application)!,
        practiceName: name,
        practiceTenant: sent.filter((one) => one.application === application).at(-1)?.practiceTenant ?? null,
        startedOn: dayInFrance(at),
        by: viewer.name,
        at,
      });
      if (project) await trace(sql, viewer, 'create', `Project/${project}`, { details: { edition, application } });
    }
    return chosen.length;
  });
  desk.tell(tenant, { topic: 'projects' });
  return { opened };
}

export const stopProject = async (desk: Desk, id: string, reason: string, ctx: Ctx): Promise<void> =>
  stopProjectAs(desk, await regionalViewer(desk, ctx), id, reason);
export async function stopProjectAs(desk: Desk, viewer: Viewer, id: string, reason: string): Promise<void> {
  const { tenant } = viewer.region;
  const project = await desk.db.transaction(tenant, async (sql) => {
    const row = await projectFor(sql, viewer, id, true);
    demand(viewer, row, 'lead');
    await setProjectState(sql, tenant, id, 'stopped', reason, dayInFrance(desk.now()));
    await trace(sql, viewer, 'stop', `Project/${id}`, { reason });
    return row;
  });
  tellProject(desk, viewer, project);
}
export async function resumeProject(desk: Desk, id: string, ctx: Ctx): Promise<void> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  const project = await desk.db.transaction(tenant, async (sql) => {
    const row = await projectFor(sql, viewer, id, true);
    if (row.state !== 'stopped') throw conflict('Ce projet n’est pas arrêté.');
    if ((await renouncedIn(sql, tenant, row.edition)).has(row.application ?? ''))
      throw conflict('L’équipe s’est désistée : son projet ne reprend pas.');
    demand(viewer, { state: 'open' }, 'lead');
    await setProjectState(sql, tenant, id, 'open', '', null);
    await trace(sql, viewer, 'resume', `Project/${id}`, { details: { reason: row.reason } });
    return row;
  });
  tellProject(desk, viewer, project);
}
/** The screens of the region and of the practice read it again. */
export function tellProject(desk: Desk, viewer: Viewer, project: { id: string; practiceTenant: number | null }): void {
  for (const tenant of new Set([
    viewer.region.tenant,
    ...(project.practiceTenant === null ? [] : [project.practiceTenant]),
  ]))
    desk.tell(tenant, { topic: 'projects', project: project.id });
}
