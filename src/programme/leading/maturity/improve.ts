import type { Ctx } from '../../../access/index.ts';
import { conflict, forbidden, invalid, notFound } from '../../../platform/index.ts';
import { type Desk, trace, type Viewer, viewerOf } from '../../desk.ts';
import { demand, projectFor } from '../../projects/reach.ts';
import { tellProject } from '../../projects/open-projects.ts';
import { tellTeam } from '../tell.ts';
import { demandTeam, whoseOf, whoseOfPractice } from '../whose.ts';
import { currentMatrix } from './matrix.ts';
import {
  type ImprovementRow,
  improvementOf,
  improvementsOf,
  insertImprovement,
  putOverrule,
  setImprovement,
  withdrawOverrule,
} from './maturity.store.ts';

type Action = Pick<ImprovementRow, 'title' | 'means' | 'owner' | 'due'>;
const most = 100;

/** An action that the team decided, with who and for when. Errors: 403, 404, 413, 422 */
export const addImprovement = async (
  desk: Desk,
  body: Action & { dimension: string; project: string | null },
  ctx: Ctx,
): Promise<{ id: string }> => addImprovementAs(desk, await viewerOf(desk, ctx), body);
export async function addImprovementAs(
  desk: Desk,
  viewer: Viewer,
  { project, ...action }: Action & { dimension: string; project: string | null },
): Promise<{ id: string }> {
  const { tenant } = viewer.region;
  const { id, whose } = await desk.db.transaction(tenant, async (sql) => {
    const whose = await whoseOf(sql, viewer, project);
    demandTeam(viewer);
    if (!currentMatrix.axes.some(({ dimensions }) => dimensions.some((one) => one.id === action.dimension)))
      throw invalid('Cette dimension n’est pas de la grille. Rien n’a été enregistré.', {
        dimension: 'à choisir dans la grille',
      });
    if ((await improvementsOf(sql, tenant, whose.practice)).length >= most)
      throw conflict(`L’équipe a déjà ${most} actions : terminez-en ou retirez-en.`);
    const id = await insertImprovement(
      sql,
      tenant,
      { ...action, practice: whose.practice, by: viewer.name },
      desk.now(),
    );
    await trace(sql, viewer, 'create', `Improvement/${id}`, {
      details: { dimension: action.dimension, title: action.title },
    });
    return { id, whose };
  });
  tellTeam(desk, viewer, whose);
  return { id };
}
export const changeImprovement = async (
  desk: Desk,
  id: string,
  body: Action & { doneOn: string | null; removed: boolean; seen: number },
  ctx: Ctx,
): Promise<void> => changeImprovementAs(desk, await viewerOf(desk, ctx), id, body);
export async function changeImprovementAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  { seen, ...action }: Action & { doneOn: string | null; removed: boolean; seen: number },
): Promise<void> {
  const { tenant } = viewer.region;
  const whose = await desk.db.transaction(tenant, async (sql) => {
    const row = await improvementOf(sql, tenant, id);
    if (!row) throw notFound('Cette action');
    const whose = await whoseOfPractice(sql, viewer, row.practice, 'Cette action');
    demandTeam(viewer);
    if (row.version !== seen)
      throw conflict(
        'Cette action a changé pendant que vous la lisiez. Elle vient d’être relue : recommencez s’il y a lieu.',
      );
    await setImprovement(sql, tenant, id, { ...action, by: viewer.name }, desk.now());
    await trace(sql, viewer, 'update', `Improvement/${id}`, { details: { ...action } });
    return whose;
  });
  tellTeam(desk, viewer, whose);
}

/** Lets the choice of a software go on although the organisation is not defined; the reason is kept and shown. Errors: 403, 404 */
export const overruleReadiness = async (desk: Desk, id: string, reason: string | null, ctx: Ctx): Promise<void> =>
  overruleReadinessAs(desk, await viewerOf(desk, ctx), id, reason);
export async function overruleReadinessAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  reason: string | null,
): Promise<void> {
  const { tenant } = viewer.region;
  const project = await desk.db.transaction(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id, true);
    if (viewer.as === 'practice') throw forbidden('L’ARS, le GCS ou le consultant passe outre, avec un motif.');
    demand(viewer, project, 'support');
    if (reason !== null) await putOverrule(sql, tenant, id, reason, viewer.name, desk.now());
    else if (!(await withdrawOverrule(sql, tenant, id, desk.now()))) throw notFound('Cette décision');
    await trace(sql, viewer, reason === null ? 'withdraw-overrule' : 'overrule', `Project/${id}`, {
      details: { readiness: true },
      ...(reason !== null && { reason }),
    });
    return project;
  });
  tellProject(desk, viewer, project);
  tellTeam(desk, viewer, { practice: project.practice, tenant: project.practiceTenant });
}
