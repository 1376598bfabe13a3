import type { Ctx } from '../../access/index.ts';
import { conflict, forbidden, invalid, notFound, Problem, type Sql } from '../../platform/index.ts';
import type { ProjectStep } from '../calls/contract.ts';
import { dayInFrance, type Desk, trace, type Viewer, viewerOf } from '../desk.ts';
import { gatesOf } from './gates.ts';
import { tellProject } from './open-projects.ts';
import { kindsThere, putStep, setProjectState, stepRows } from './projects.store.ts';
import { callOf, demand, demandOpen, mayIn, type ProjectRow, projectFor } from './reach.ts';
import { type StepView, stepsOn } from './steps.rules.ts';

/** The steps of a project on a day, with what holds each. */
export async function stepsOf(sql: Sql, tenant: number, project: ProjectRow, today: string): Promise<StepView[]> {
  const call = await callOf(sql, tenant, project);
  const [rows, have] = [await stepRows(sql, tenant, [project.id]), await kindsThere(sql, tenant, [project.id])];
  return stepsOn(call.steps, call.year, rows, have.get(project.id)!, await gatesOf(sql, tenant, project), today);
}
/** Whoever leads the step, and ARS in its place. */
export const mayEnd = (viewer: Viewer, step: ProjectStep): boolean =>
  viewer.as === 'officer' ||
  (viewer.as === 'gcs' && step.who.includes('gcs')) ||
  (viewer.as === 'consultant' && step.who.includes('consultant'));

/** One change of a step, in the order of the house: reach, right, version, decision, change, ledger. */
async function change(
  desk: Desk,
  viewer: Viewer,
  project: string,
  step: string,
  seen: number,
  action: string,
  act: (sql: Sql, row: ProjectRow, view: StepView, all: StepView[], today: string) => Promise<Record<string, unknown>>,
): Promise<void> {
  const { tenant } = viewer.region;
  const row = await desk.db.transaction(tenant, async (sql) => {
    const row = await projectFor(sql, viewer, project, true);
    demand(viewer, action === 'reopen-step' ? { state: 'open' } : row, 'support');
    const today = dayInFrance(desk.now());
    const all = await stepsOf(sql, tenant, row, today);
    const view = all.find((one) => one.step.id === step);
    if (!view) throw notFound('Cette étape');
    if ((view.facts?.version ?? 0) !== seen)
      throw conflict(
        'Cette étape a changé pendant que vous la lisiez. Elle vient d’être relue : recommencez s’il y a lieu.',
      );
    const details = await act(sql, row, view, all, today);
    await trace(sql, viewer, action, `Project/${project}`, {
      details: { step, ...details },
      ...(typeof details.reason === 'string' && details.reason ? { reason: details.reason } : {}),
    });
    return row;
  });
  tellProject(desk, viewer, row);
}
const kept = ({ step, facts }: StepView) => ({
  step: step.id,
  plannedFrom: facts?.plannedFrom ?? null,
  plannedTo: facts?.plannedTo ?? null,
});

export const planStep = async (
  desk: Desk,
  project: string,
  step: string,
  body: { from: string; to: string; seen: number },
  ctx: Ctx,
): Promise<void> => planStepAs(desk, await viewerOf(desk, ctx), project, step, body);
export const planStepAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  step: string,
  { from, to, seen }: { from: string; to: string; seen: number },
): Promise<void> =>
  change(desk, viewer, project, step, seen, 'plan-step', async (sql, _row, view) => {
    if (to < from)
      throw invalid('La fin d’une étape ne peut pas précéder son début. Rien n’a été changé.', {
        to: 'après le début',
      });
    if (view.state === 'done' || view.state === 'skipped')
      throw conflict('Cette étape est terminée : rouvrez-la pour changer ses dates.');
    await putStep(
      sql,
      viewer.region.tenant,
      project,
      { step, plannedFrom: from, plannedTo: to, state: 'open', reason: '', endedOn: null, by: viewer.name },
      desk.now(),
    );
    return { from, to };
  });

/** Refused with every blocker: deliverables, earlier steps, gates (PRJ-9). The last step closes the project. */
export const closeStep = async (desk: Desk, project: string, step: string, seen: number, ctx: Ctx): Promise<void> =>
  closeStepAs(desk, await viewerOf(desk, ctx), project, step, seen);
export const closeStepAs = (desk: Desk, viewer: Viewer, project: string, step: string, seen: number): Promise<void> =>
  change(desk, viewer, project, step, seen, 'close-step', async (sql, _row, view, all, today) => {
    if (!mayEnd(viewer, view.step)) throw forbidden('Cette étape est close par qui la conduit, ou par l’ARS.');
    if (view.state === 'done' || view.state === 'skipped') throw conflict('Cette étape est déjà terminée.');
    if (view.blockers.length > 0)
      throw new Problem(
        422,
        'Étape non close',
        `L’étape « ${view.step.title} » ne peut pas être close. ${view.blockers.join(' ')} Vous pouvez aussi la passer, avec un motif.`,
        { extra: { blockers: view.blockers } },
      );
    await end(sql, desk, viewer, project, view, all, 'done', '', today);
    return {};
  });
export const skipStep = async (
  desk: Desk,
  project: string,
  step: string,
  body: { reason: string; seen: number },
  ctx: Ctx,
): Promise<void> => skipStepAs(desk, await viewerOf(desk, ctx), project, step, body);
export const skipStepAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  step: string,
  { reason, seen }: { reason: string; seen: number },
): Promise<void> =>
  change(desk, viewer, project, step, seen, 'skip-step', async (sql, _row, view, all, today) => {
    if (!mayEnd(viewer, view.step)) throw forbidden('Cette étape est passée par qui la conduit, ou par l’ARS.');
    if (view.state === 'done' || view.state === 'skipped') throw conflict('Cette étape est déjà terminée.');
    if (all.at(-1) === view)
      throw conflict(
        'La dernière étape ne se passe pas : elle clôt le projet. Arrêtez le projet, avec un motif, s’il ne va pas à son terme.',
      );
    await end(sql, desk, viewer, project, view, all, 'skipped', reason, today);
    return { reason };
  });
async function end(
  sql: Sql,
  desk: Desk,
  viewer: Viewer,
  project: string,
  view: StepView,
  all: StepView[],
  state: 'done' | 'skipped',
  reason: string,
  today: string,
): Promise<void> {
  const { tenant } = viewer.region;
  await putStep(sql, tenant, project, { ...kept(view), state, reason, endedOn: today, by: viewer.name }, desk.now());
  if (all.at(-1) === view) await setProjectState(sql, tenant, project, 'closed', '', today);
}
export const reopenStep = async (desk: Desk, project: string, step: string, seen: number, ctx: Ctx): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await change(desk, viewer, project, step, seen, 'reopen-step', async (sql, row, view, all) => {
    if (!mayEnd(viewer, view.step)) throw forbidden('Cette étape est rouverte par qui la conduit, ou par l’ARS.');
    if (view.state !== 'done' && view.state !== 'skipped') throw conflict('Cette étape est ouverte.');
    const after = all.slice(all.indexOf(view) + 1).find(({ state }) => state === 'done' || state === 'skipped');
    if (after) throw conflict(`L’étape « ${after.step.title} », qui la suit, est terminée : rouvrez d’abord celle-là.`);
    if (row.state === 'closed' && viewer.as !== 'officer')
      throw forbidden('Ce projet est clos : l’ARS peut en rouvrir la dernière étape.');
    if (row.state === 'closed') await setProjectState(sql, viewer.region.tenant, project, 'open', '', null);
    else demandOpen(row);
    await putStep(
      sql,
      viewer.region.tenant,
      project,
      { ...kept(view), state: 'open', reason: '', endedOn: null, by: viewer.name },
      desk.now(),
    );
    return {};
  });
};
/** What a viewer may do with a step, for the screen. */
export function stepActs(
  viewer: Viewer,
  project: ProjectRow,
  view: StepView,
  all: StepView[],
): { close: boolean; skip: boolean; reopen: boolean } {
  const ended = view.state === 'done' || view.state === 'skipped';
  const may = mayIn(viewer, 'support') && mayEnd(viewer, view.step);
  const writes = may && project.state === 'open';
  const later = all.slice(all.indexOf(view) + 1).some(({ state }) => state === 'done' || state === 'skipped');
  return {
    close: writes && !ended,
    skip: writes && !ended && all.at(-1) !== view,
    reopen:
      may && ended && !later && (project.state === 'open' || (project.state === 'closed' && viewer.as === 'officer')),
  };
}
