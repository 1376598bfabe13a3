import type { z } from 'zod';
import { type Ctx, isProfession } from '../../../access/index.ts';
import { conflict, invalid, notFound } from '../../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../../desk.ts';
import { inProject, stale } from '../change.ts';
import type { planContract } from './contract.ts';
import { deploymentModel } from './model.ts';
import { layOut, type Phase, phaseWaits } from './plan.rules.ts';
import {
  insertItem,
  insertSession,
  itemRow,
  itemsOf,
  progressOf,
  putProgress,
  sessionsOf,
  setItem,
  setSession,
} from './plan.store.ts';
import { professionsOf } from './read-plan.ts';

type Body<K extends keyof typeof planContract> = (typeof planContract)[K] extends { body: infer B extends z.ZodType }
  ? z.infer<B>
  : never;
const most = { items: 300, sessions: 300 };
function demandOrder(from: string, to: string): void {
  if (to < from)
    throw invalid('La fin ne peut pas précéder le début. Rien n’a été enregistré.', { to: 'après le début' });
}
function demandProfessions(codes: readonly string[], field: string): void {
  if (codes.some((code) => !isProfession(code)))
    throw invalid('Une profession n’est pas connue. Rien n’a été enregistré.', { [field]: 'à choisir dans la liste' });
}

/** Copies the plan that comes with the product between two days. Errors: 409 when there is one. */
export const startPlan = async (desk: Desk, project: string, body: Body<'startPlan'>, ctx: Ctx): Promise<void> =>
  startPlanAs(desk, await viewerOf(desk, ctx), project, body);
export const startPlanAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  { from, to }: Body<'startPlan'>,
): Promise<void> =>
  inProject(desk, viewer, project, 'team', 'plan', async (sql, row) => {
    const { tenant } = viewer.region;
    demandOrder(from, to);
    if ((await itemsOf(sql, tenant, project)).length > 0)
      throw conflict('Ce projet a déjà son plan de déploiement : changez ses lignes.');
    const professions = new Set((await professionsOf(sql, tenant, row)).map(({ profession }) => profession));
    for (const line of layOut(deploymentModel, from, to, professions))
      await insertItem(sql, tenant, project, line, viewer.name, desk.now());
    return { reply: undefined, details: { from, to } };
  });
export const addPlanItem = async (
  desk: Desk,
  project: string,
  body: Body<'addPlanItem'>,
  ctx: Ctx,
): Promise<{ id: string }> => {
  const viewer = await viewerOf(desk, ctx);
  return inProject(desk, viewer, project, 'team', 'plan', async (sql) => {
    demandOrder(body.from, body.to);
    demandProfessions(body.professions, 'professions');
    if ((await itemsOf(sql, viewer.region.tenant, project)).length >= most.items)
      throw conflict(`Le plan a déjà ${most.items} lignes.`);
    const id = await insertItem(sql, viewer.region.tenant, project, body, viewer.name, desk.now());
    return { reply: { id }, details: { item: id, title: body.title } };
  });
};
export const changePlanItem = async (
  desk: Desk,
  project: string,
  id: string,
  body: Body<'changePlanItem'>,
  ctx: Ctx,
): Promise<void> => changePlanItemAs(desk, await viewerOf(desk, ctx), project, id, body);
export const changePlanItemAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  id: string,
  { seen, ...body }: Body<'changePlanItem'>,
): Promise<void> =>
  inProject(desk, viewer, project, 'team', 'plan', async (sql) => {
    const { tenant } = viewer.region;
    const row = await itemRow(sql, tenant, project, id);
    if (!row) throw notFound('Cette ligne du plan');
    if (row.version !== seen) throw stale('Cette ligne');
    demandOrder(body.from, body.to);
    demandProfessions(body.professions, 'professions');
    if (row.kind === 'phase' && body.removed) throw conflict('Une phase ne se retire pas du plan : changez ses dates.');
    if (body.doneOn !== null && body.doneOn > dayInFrance(desk.now()))
      throw invalid('Ce qui est terminé l’est au plus tard aujourd’hui. Rien n’a été enregistré.', {
        doneOn: 'aujourd’hui au plus tard',
      });
    await setItem(sql, tenant, id, body, viewer.name, desk.now());
    return {
      reply: undefined,
      details: { item: id, from: body.from, to: body.to, doneOn: body.doneOn, removed: body.removed },
    };
  });

export const addSession = async (
  desk: Desk,
  project: string,
  body: Body<'addSession'>,
  ctx: Ctx,
): Promise<{ id: string }> => addSessionAs(desk, await viewerOf(desk, ctx), project, body);
export const addSessionAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  body: Body<'addSession'>,
): Promise<{ id: string }> =>
  inProject(desk, viewer, project, 'team', 'plan', async (sql) => {
    const { tenant } = viewer.region;
    if ((await itemRow(sql, tenant, project, body.module))?.kind !== 'module')
      throw invalid('Ce module n’est pas dans le plan. Rien n’a été enregistré.', { module: 'à choisir dans le plan' });
    demandProfessions(
      body.people.map(({ profession }) => profession),
      'people',
    );
    if ((await sessionsOf(sql, tenant, project)).length >= most.sessions)
      throw conflict(`Le plan a déjà ${most.sessions} séances.`);
    const id = await insertSession(sql, tenant, project, body, viewer.name, desk.now());
    return { reply: { id }, details: { session: id, module: body.module, day: body.day } };
  });
/** Who came is said once the session was held. */
export const changeSession = async (
  desk: Desk,
  project: string,
  id: string,
  body: Body<'changeSession'>,
  ctx: Ctx,
): Promise<void> => changeSessionAs(desk, await viewerOf(desk, ctx), project, id, body);
export const changeSessionAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  id: string,
  { seen, ...body }: Body<'changeSession'>,
): Promise<void> =>
  inProject(desk, viewer, project, 'team', 'plan', async (sql) => {
    const { tenant } = viewer.region;
    const row = (await sessionsOf(sql, tenant, project)).find((one) => one.id === id);
    if (!row) throw notFound('Cette séance');
    if (row.version !== seen) throw stale('Cette séance');
    demandProfessions(
      body.people.map(({ profession }) => profession),
      'people',
    );
    if (body.state === 'held' && body.day > dayInFrance(desk.now()))
      throw invalid('Cette séance est à venir : elle ne peut pas être déjà tenue. Rien n’a été enregistré.', {
        state: 'prévue',
      });
    await setSession(sql, tenant, id, body, viewer.name, desk.now());
    return {
      reply: undefined,
      details: { session: id, state: body.state, present: body.people.filter(({ present }) => present).length },
    };
  });

/** A profession begins or ends a phase: the one before it is done, or a reason says why not (REC-6). */
export const movePhase = async (
  desk: Desk,
  project: string,
  phase: Phase,
  profession: string,
  body: Body<'movePhase'>,
  ctx: Ctx,
): Promise<void> => movePhaseAs(desk, await viewerOf(desk, ctx), project, phase, profession, body);
export const movePhaseAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  phase: Phase,
  profession: string,
  { seen, ...body }: Body<'movePhase'>,
): Promise<void> =>
  inProject(desk, viewer, project, 'team', 'plan', async (sql) => {
    const { tenant } = viewer.region;
    demandProfessions([profession], 'profession');
    const own = (await progressOf(sql, tenant, project)).filter((one) => one.profession === profession);
    const row = own.find((one) => one.phase === phase);
    if ((row?.version ?? 0) !== seen) throw stale('Cette phase');
    const today = dayInFrance(desk.now());
    if (body.doneOn !== null && body.begunOn === null)
      throw invalid('Une phase se termine après avoir commencé. Rien n’a été enregistré.', { begunOn: 'à renseigner' });
    if (body.begunOn !== null && body.doneOn !== null && body.doneOn < body.begunOn)
      throw invalid('La fin ne peut pas précéder le début. Rien n’a été enregistré.', { doneOn: 'après le début' });
    if ((body.begunOn ?? '') > today || (body.doneOn ?? '') > today)
      throw invalid('Ce qui est commencé ou terminé l’est au plus tard aujourd’hui. Rien n’a été enregistré.', {
        begunOn: 'aujourd’hui au plus tard',
      });
    const waits = body.begunOn === null || row?.begunOn ? null : phaseWaits(deploymentModel.phases, phase, own);
    if (waits !== null && body.reason.length < 10)
      throw invalid(`${waits} Pour commencer celle-ci quand même, dites pourquoi. Rien n’a été enregistré.`, {
        reason: 'au moins 10 caractères',
      });
    await putProgress(
      sql,
      tenant,
      project,
      { phase, profession, begunOn: body.begunOn, doneOn: body.doneOn, reason: body.reason || (row?.reason ?? '') },
      viewer.name,
      desk.now(),
    );
    return {
      reply: undefined,
      details: {
        phase,
        profession,
        begunOn: body.begunOn,
        doneOn: body.doneOn,
        ...(body.reason && { reason: body.reason }),
      },
    };
  });
