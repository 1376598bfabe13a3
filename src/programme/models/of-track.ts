import type { Ctx } from '../../access/index.ts';
import { conflict, forbidden, type Sql, textsOf } from '../../platform/index.ts';
import type { ModelLine } from '../contract/models.ts';
import { dayInFrance, type Desk, trace, type Viewer, viewerOf } from '../desk.ts';
import { sendPdf } from '../papers/receive-file.ts';
import { act } from '../policy/open-track.ts';
import { outlineHeld, outlineHolder, outlineKind } from '../policy/outline.ts';
import { projectText, textOf } from '../policy/project.store.ts';
import { demand, isWritten, type TrackRow, trackFor } from '../policy/reach.ts';
import type { HeldModel } from './contract.ts';
import { adjustHeld, answerOffer, heldModel } from './of-project.ts';
import { drawModel } from './paper.ts';

/** Parts that have words; whoever will write holds the text first. */
async function writtenIn(sql: Sql, tenant: number, track: TrackRow): Promise<Set<string>> {
  const { lines } = await outlineHeld(sql, tenant, track);
  const updates = await projectText.since(sql, tenant, textOf(track.id), 0);
  const texts = textsOf(
    updates.map(({ bytes }) => bytes),
    lines.map(({ id }) => id),
  );
  return new Set(lines.filter(({ id }) => texts[id]).map(({ id }) => id));
}
const adjusts = (viewer: Viewer, track: Pick<TrackRow, 'part'>): boolean =>
  viewer.as === 'officer' || track.part === 'consultant';
export async function trackOutline(desk: Desk, id: string, ctx: Ctx): Promise<HeldModel> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  return desk.db.tenant(tenant, async (sql) => {
    const track = await trackFor(sql, viewer, id);
    demand(viewer, track, 'read');
    return heldModel(
      sql,
      tenant,
      outlineHolder(track),
      outlineKind(track),
      await writtenIn(sql, tenant, track),
      adjusts(viewer, track) && isWritten(track),
    );
  });
}
/** One change of the outline of a track while its project is written; nobody types meanwhile. */
async function changeOutline(
  desk: Desk,
  id: string,
  name: string,
  ctx: Ctx,
  details: Record<string, unknown>,
  work: (sql: Sql, viewer: Viewer, track: TrackRow, filled: ReadonlySet<string>, at: Date) => Promise<number>,
): Promise<{ version: number }> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  return act(desk, viewer, id, { part: 'read', name }, async (sql, track, at) => {
    if (!adjusts(viewer, track))
      throw forbidden('L’ARS ou le consultant du parcours adapte le plan du projet de santé.');
    if (!isWritten(track)) throw conflict('Le plan s’adapte pendant que le projet s’écrit. Rien n’a été changé.');
    await projectText.hold(sql, tenant, textOf(id));
    return { result: { version: await work(sql, viewer, track, await writtenIn(sql, tenant, track), at) }, details };
  });
}
export const adjustTrackOutline = (
  desk: Desk,
  id: string,
  body: { seen: number; lines: ModelLine[] },
  ctx: Ctx,
): Promise<{ version: number }> =>
  changeOutline(
    desk,
    id,
    'adjust-model',
    ctx,
    { lines: body.lines.map(({ id: line }) => line) },
    (sql, viewer, track, filled, at) =>
      adjustHeld(sql, viewer.region.tenant, outlineHolder(track), outlineKind(track), filled, body, viewer.name, at),
  );
export const answerTrackOutline = (
  desk: Desk,
  id: string,
  body: Parameters<typeof answerOffer>[5],
  ctx: Ctx,
): Promise<{ version: number }> =>
  changeOutline(
    desk,
    id,
    body.take ? 'take-model' : 'keep-model',
    ctx,
    { version: body.version },
    (sql, viewer, track, filled, at) =>
      answerOffer(sql, viewer.region.tenant, outlineHolder(track), outlineKind(track), filled, body, viewer.name, at),
  );
export async function trackOutlinePdf(desk: Desk, id: string, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant, name: region } = viewer.region;
  const { track, row, lines, force } = await desk.db.transaction(tenant, async (sql) => {
    const track = await trackFor(sql, viewer, id);
    demand(viewer, track, 'read');
    await trace(sql, viewer, 'read', `Track/${id}`, { details: { outline: true } });
    return { track, ...(await outlineHeld(sql, tenant, track)) };
  });
  await sendPdf(
    ctx,
    ...drawModel(outlineKind(track), lines, {
      region,
      team: track.practiceName,
      version: row?.modelVersion ?? force.version,
      adjusted: row?.adjusted ?? false,
      at: desk.now(),
      on: dayInFrance(desk.now()),
    }),
  );
  return undefined;
}
