import type { z } from 'zod';
import { type Ctx, professions, staffOf } from '../../../access/index.ts';
import { notFound } from '../../../platform/index.ts';
import { type Desk, partOf, type Viewer, viewerOf } from '../../desk.ts';
import { fileOf } from '../../papers/papers.store.ts';
import { sendPdf } from '../../papers/receive-file.ts';
import { mayIn } from '../../projects/reach.ts';
import type { helpContract, helpLine } from './contract.ts';
import { helpFor, type HelpRow, helpRow, linesOf } from './help.store.ts';
import { targets } from './targets.ts';
import { answerIsLate, helpFigures } from './targets.rules.ts';

export const noRequest = () => notFound('Cette demande d’aide');
/** Parts of the region to whom a request can be handed. */
const handed: readonly Viewer['as'][] = ['vendor', 'partner', 'consultant'];

/** Whoever asked, and those who lead the team. */
export const mayMark = (viewer: Viewer, row: Pick<HelpRow, 'practitioner'>): boolean =>
  viewer.as === 'practice' && (viewer.practitioner === row.practitioner || viewer.manages);
/** What a viewer who knows of the request may do. Whoever may read it may write in it. */
export const actsIn = (viewer: Viewer, row: HelpRow) => ({
  write: row.state !== 'closed',
  hand: row.state === 'open' && mayIn(viewer, 'support'),
  settle: true,
  mark: row.state !== 'open' && mayMark(viewer, row),
});
function lineOf(viewer: Viewer, row: HelpRow, now: Date): z.infer<typeof helpLine> {
  return {
    id: row.id,
    reference: row.reference,
    practice: row.practice,
    team: row.practiceName,
    kind: row.kind,
    urgency: row.urgency,
    title: row.title,
    state: row.state,
    asked: row.asked === null ? null : { practitioner: row.asked, name: row.askedName },
    by: row.by,
    mine: row.practitioner === viewer.practitioner,
    at: row.at.toISOString(),
    dueAt: row.dueAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    late: answerIsLate(row, now) && (row.answeredAt !== null || row.state === 'open'),
    solvedAt: row.solvedAt?.toISOString() ?? null,
    mark: row.mark,
    markWords: row.markWords,
    version: row.version,
    changedAt: row.changedAt.toISOString(),
    lines: row.lines,
  };
}
export async function readHelpRequests(
  desk: Desk,
  state: 'open' | 'ended' | undefined,
  ctx: Ctx,
): Promise<z.infer<typeof helpContract.helpRequests.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const now = desk.now();
  const all = await desk.db.tenant(viewer.region.tenant, (sql) => helpFor(sql, viewer));
  const shown = state === undefined ? all : all.filter((one) => (one.state === 'open') === (state === 'open'));
  return {
    as: viewer.as,
    requests: shown.map((row) => lineOf(viewer, row, now)),
    targets,
    figures: helpFigures(all, now),
    asks: viewer.as === 'practice',
    now: now.toISOString(),
  };
}
/** Vendors, partners and consultants of the region. */
export async function handable(
  desk: Desk,
  tenant: number,
): Promise<{ practitioner: string; name: string; part: string }[]> {
  const staff = await desk.db.tenant(tenant, (sql) => staffOf(sql, tenant));
  return staff
    .filter(({ profession }) => handed.includes(partOf(profession)))
    .map(({ practitioner, name, profession }) => ({ practitioner, name, part: professions[profession].fr }));
}
export async function readHelpRequest(
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<z.infer<typeof helpContract.helpRequest.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  const { row, history } = await desk.db.tenant(tenant, async (sql) => {
    const row = await helpRow(sql, viewer, id);
    if (!row) throw noRequest();
    return { row, history: await linesOf(sql, tenant, id) };
  });
  const may = actsIn(viewer, row);
  return {
    ...lineOf(viewer, row, desk.now()),
    history: history.map(({ practitioner, at, ...one }) => ({
      ...one,
      mine: practitioner === viewer.practitioner,
      at: at.toISOString(),
    })),
    may,
    people: may.hand
      ? (await handable(desk, tenant)).filter(({ practitioner }) => practitioner !== viewer.practitioner)
      : [],
  };
}
export async function readHelpFile(desk: Desk, id: string, file: string, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  const found = await desk.db.tenant(tenant, async (sql) => {
    if (!(await helpRow(sql, viewer, id))) throw noRequest();
    const row = await fileOf(sql, tenant, `Help/${id}`, file);
    if (!row || row.removed) throw notFound('Ce fichier');
    return row;
  });
  await sendPdf(ctx, found.bytes, found.name);
  return undefined;
}
