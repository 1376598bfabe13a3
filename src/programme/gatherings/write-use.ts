import type { z } from 'zod';
import { type Ctx, saidIfMany, saidOf } from '../../access/index.ts';
import { conflict, forbidden, invalid } from '../../platform/index.ts';
import { dayInFrance, type Desk, practiceViewer, trace, type Viewer, viewerOf } from '../desk.ts';
import { tellProject } from '../projects/open-projects.ts';
import { demand, demandOpen, type ProjectRow, projectFor } from '../projects/reach.ts';
import { actOnProject } from './act-on-project.ts';
import type { gatheringsContract } from './contract.ts';
import { freshMonths, shareOf } from './read-use.ts';
import { completionIssued } from './sheets.store.ts';
import { monthsBetween } from './use.rules.ts';
import { dropMonths, typeMonth } from './use.store.ts';

async function own(desk: Desk, viewer: Viewer, id: string): Promise<ProjectRow & { practiceTenant: number }> {
  const project = await desk.db.tenant(viewer.region.tenant, (sql) => projectFor(sql, viewer, id));
  const { practiceTenant } = project;
  if (viewer.as !== 'practice' || !viewer.manages || practiceTenant === null)
    throw forbidden('La coordination de la structure ouvre elle-même ses chiffres d’usage.');
  demandOpen(project);
  return { ...project, practiceTenant };
}
export const shareUse = async (desk: Desk, id: string, ctx: Ctx): Promise<void> =>
  shareUseAs(desk, await practiceViewer(desk, ctx), id);
/** The practice shows its figures to its project: they are read now, and each month that ends. */
export async function shareUseAs(desk: Desk, viewer: Viewer, id: string): Promise<void> {
  const project = await own(desk, viewer, id);
  await desk.use.share(project.practiceTenant, id, true, viewer.caller, desk.now());
  await desk.db.transaction(viewer.region.tenant, (sql) => trace(sql, viewer, 'share-figures', `Project/${id}`));
  await freshMonths(desk, viewer, project);
  tellProject(desk, viewer, project);
}
/** What was read goes; not once the completion report, which rests on it, is issued. */
export async function withdrawUse(desk: Desk, id: string, ctx: Ctx): Promise<void> {
  const viewer = await practiceViewer(desk, ctx);
  const project = await own(desk, viewer, id);
  const { tenant } = viewer.region;
  if (await desk.db.tenant(tenant, (sql) => completionIssued(sql, tenant, id)))
    throw conflict('Le procès-verbal est émis et s’appuie sur ces chiffres : ils ne se retirent plus.');
  await desk.use.share(project.practiceTenant, id, false, viewer.caller, desk.now());
  await desk.db.transaction(tenant, async (sql) => {
    await projectFor(sql, viewer, id, true);
    await dropMonths(sql, tenant, id, 'practice');
    await trace(sql, viewer, 'withdraw-figures', `Project/${id}`);
  });
  tellProject(desk, viewer, project);
}

type Typed = z.infer<typeof gatheringsContract.typeUseMonth.body>;
export const typeUseMonth = async (
  desk: Desk,
  id: string,
  month: string,
  body: Typed,
  ctx: Ctx,
): Promise<{ version: number }> => typeUseMonthAs(desk, await viewerOf(desk, ctx), id, month, body);
/** Figures of a month of a team that does not show its own: what concerns fewer than eleven patients is hidden before it is kept. */
export async function typeUseMonthAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  month: string,
  { seen, ...typed }: Typed,
): Promise<{ version: number }> {
  const project = await desk.db.tenant(viewer.region.tenant, async (sql) => {
    const row = await projectFor(sql, viewer, id);
    demand(viewer, row, 'team');
    return row;
  });
  if ((await shareOf(desk, project))?.shared)
    throw conflict('La structure ouvre ses propres chiffres : ils ne se saisissent pas.');
  return actOnProject(desk, viewer, id, 'team', 'type-figures', async ({ sql, tenant, at, today }) => {
    if (!monthsBetween(project.startedOn, project.endedOn, dayInFrance(desk.now())).includes(month))
      throw invalid(
        month >= today.slice(0, 7)
          ? 'Ce mois n’est pas fini : ses chiffres se saisissent ensuite.'
          : 'Ce mois n’est pas du projet.',
        { month: 'un mois du projet, qui est fini' },
      );
    if (typed.shared > typed.records)
      throw invalid(
        'Les dossiers tenus à plusieurs ne peuvent pas dépasser les dossiers où l’on a écrit. Rien n’a été enregistré.',
        { shared: `${typed.records} au plus` },
      );
    if (typed.professions > typed.professionals)
      throw invalid('Il ne peut pas y avoir plus de professions que de professionnels. Rien n’a été enregistré.', {
        professions: `${typed.professionals} au plus`,
      });
    const { whole, part } = saidOf(typed.records, typed.shared);
    const many = (value: number) => saidIfMany(value, typed.records);
    const figures = {
      records: whole,
      shared: part,
      professionals: many(typed.professionals),
      professions: many(typed.professions),
      meetings: typed.meetings,
      protocols: typed.protocols,
      messages: many(typed.messages),
      tasks: many(typed.tasks),
    };
    const version = await typeMonth(sql, tenant, id, { month, figures, by: viewer.name, at, seen });
    if (version === undefined)
      throw conflict('Ce mois a été saisi ou changé entre-temps. Il vient d’être relu : vérifiez, puis recommencez.');
    return { result: { version }, target: `Project/${id}`, details: { month, version } };
  });
}
export const removeUseMonth = async (desk: Desk, id: string, month: string, ctx: Ctx): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await actOnProject(desk, viewer, id, 'team', 'remove-figures', async ({ sql, tenant }) => {
    await dropMonths(sql, tenant, id, 'typed', month);
    return { result: undefined, target: `Project/${id}`, details: { month } };
  });
};
