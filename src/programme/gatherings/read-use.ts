import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { demand, mayIn, type ProjectRow, projectFor } from '../projects/reach.ts';
import type { gatheringsContract } from './contract.ts';
import { completionIssued } from './sheets.store.ts';
import { dropMonths, keepMonths, type MonthRow, monthsOf } from './use.store.ts';
import { goodUseNote, goodUseOver, monthsBetween, signsOf } from './use.rules.ts';

type Share = Awaited<ReturnType<Desk['use']['shareOf']>>;
/** What the practice has said of its figures; undefined: nothing, or a team that does not work with this product. */
export const shareOf = async (
  desk: Pick<Desk, 'use'>,
  { practiceTenant, id }: Pick<ProjectRow, 'practiceTenant' | 'id'>,
): Promise<Share> => (practiceTenant === null ? undefined : desk.use.shareOf(practiceTenant, id));

/** Months that are over and not there yet are asked of the practice, which answers only while it shows its figures; each is read once and kept as it was said. */
export async function freshMonths(desk: Desk, viewer: Viewer, project: ProjectRow): Promise<Share> {
  const share = await shareOf(desk, project);
  const practice = project.practiceTenant;
  if (!share?.shared || practice === null || project.state !== 'open') return share;
  const { tenant } = viewer.region;
  const there = new Set(
    (await desk.db.tenant(tenant, (sql) => monthsOf(sql, tenant, project.id))).flatMap(({ month, source }) =>
      source === 'practice' ? [month] : [],
    ),
  );
  const missing = monthsBetween(project.startedOn, project.endedOn, dayInFrance(desk.now())).filter(
    (month) => !there.has(month),
  );
  if (missing.length === 0) return share;
  const read = await desk.use.read(practice, project.id, missing);
  await desk.db.transaction(tenant, async (sql) => {
    await projectFor(sql, viewer, project.id, true);
    await keepMonths(
      sql,
      tenant,
      project.id,
      read.map(({ month, ...figures }) => ({ month, figures })),
      project.practiceName,
      desk.now(),
    );
  });
  // Taken back meanwhile: what was just kept goes too.
  const now = await shareOf(desk, project);
  if (!now?.shared) await desk.db.transaction(tenant, (sql) => dropMonths(sql, tenant, project.id, 'practice'));
  return now;
}
export const saidMonths = (rows: readonly MonthRow[]) =>
  rows.map(({ month, source, figures, version, by }) => ({ month, source, ...figures, version, by }));

export async function use(
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<z.infer<typeof gatheringsContract.useFigures.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  const project = await desk.db.tenant(tenant, async (sql) => {
    const row = await projectFor(sql, viewer, id);
    demand(viewer, row, 'read');
    return row;
  });
  const share = await freshMonths(desk, viewer, project);
  return desk.db.tenant(tenant, async (sql) => {
    const months = saidMonths(await monthsOf(sql, tenant, id));
    const own =
      viewer.as === 'practice' && viewer.manages && project.practiceTenant !== null && project.state === 'open';
    const issued = await completionIssued(sql, tenant, id);
    return {
      here: project.practiceTenant !== null,
      share: share ? { shared: share.shared, by: share.by, at: share.at.toISOString() } : null,
      months,
      signs: signsOf(months),
      over: goodUseOver,
      note: goodUseNote,
      open: monthsBetween(project.startedOn, project.endedOn, dayInFrance(desk.now())).filter(
        (month) => !months.some((one) => one.month === month),
      ),
      may: {
        share: own && !share?.shared,
        withdraw: own && Boolean(share?.shared) && !issued,
        type: project.state === 'open' && mayIn(viewer, 'team') && !share?.shared,
      },
    };
  });
}
