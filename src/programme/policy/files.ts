import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { forbidden, invalid, notFound, Problem } from '../../platform/index.ts';
import { type Desk, trace, type Viewer, viewerOf } from '../desk.ts';
import { mailLinesOf, queueAgain } from '../mails/progress.ts';
import {
  type FileRow,
  fileOf,
  filesOf,
  insertFile,
  paperOf,
  type PaperRow,
  setFileRemoved,
  type Subject,
} from '../papers/papers.store.ts';
import { demandPdf, receiveFile, sendPdf, sha256, shownName } from '../papers/receive-file.ts';
import { drawPaper } from '../papers/templates.ts';
import type { fileLine } from '../projects/contract.ts';
import { fileLineOf } from '../projects/read-projects.ts';
import type { policyContract } from './contract.ts';
import { act } from './open-track.ts';
import { actionOf } from './outcome.store.ts';
import type { PaperKind } from './papers.ts';
import { demand, mayIn, type TrackRow, trackFor } from './reach.ts';

const of = (id: string): Subject => `Track/${id}`;
const mostFiles = 200;
/** Kinds of files of a track; the proof of an action is `proof-` and its id. */
const fileKinds = ['statutes-signed', 'minutes-file', 'agreement-signed', 'other'] as const;

/** The papers that a viewer is shown. Who reads the project: all. The commission: what was sent to it and what was decided. A partner: what the meetings left. */
export function isShown(viewer: Viewer, track: TrackRow, paper: Pick<PaperRow, 'kind'>): boolean {
  if (mayIn(viewer, track, 'read')) return true;
  const kinds: readonly PaperKind[] =
    viewer.as === 'reviewer'
      ? ['support-request', 'track-minutes', 'health-project', 'track-decision']
      : ['track-minutes'];
  return (kinds as readonly string[]).includes(paper.kind);
}
export async function trackPaper(desk: Desk, id: string, paper: string, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const found = await desk.db.transaction(viewer.region.tenant, async (sql) => {
    const track = await trackFor(sql, viewer, id);
    const row = await paperOf(sql, viewer.region.tenant, paper);
    if (row?.subject !== of(id) || !isShown(viewer, track, row)) throw notFound('Ce document');
    await trace(sql, viewer, 'read', `Paper/${paper}`);
    return row;
  });
  await sendPdf(ctx, drawPaper(found), `${found.reference} ${found.title}`);
  return undefined;
}
export async function addTrackFile(desk: Desk, id: string, ctx: Ctx): Promise<z.infer<typeof fileLine>> {
  const viewer = await viewerOf(desk, ctx);
  // Whoever may not is told so before anything is read from them.
  await desk.db.tenant(viewer.region.tenant, async (sql) => demand(viewer, await trackFor(sql, viewer, id), 'meet'));
  const { document, name, bytes } = await receiveFile(ctx);
  return addTrackFileAs(desk, viewer, id, { kind: document, name, bytes });
}
export async function addTrackFileAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  { kind, name, bytes }: { kind: string; name: string; bytes: Buffer },
): Promise<z.infer<typeof fileLine>> {
  demandPdf(bytes);
  const { tenant } = viewer.region;
  const row = await act(desk, viewer, id, { part: 'meet', name: 'attach' }, async (sql, track, at) => {
    const proof = /^proof-(.+)$/.exec(kind)?.[1];
    if (
      proof === undefined ? !(fileKinds as readonly string[]).includes(kind) : !(await actionOf(sql, tenant, id, proof))
    )
      throw invalid('Ce genre de document n’est pas de ce parcours. Rien n’a été enregistré.', {
        document: 'à choisir dans la liste',
      });
    if (proof !== undefined) demand(viewer, track, 'manage');
    if ((await filesOf(sql, tenant, of(id))).length >= mostFiles)
      throw new Problem(
        413,
        'Trop de fichiers',
        `Ce parcours a déjà ${mostFiles} fichiers. Rien n’a été enregistré : retirez-en un.`,
      );
    const row = await insertFile(sql, tenant, {
      subject: of(id),
      kind,
      name: shownName(name),
      sha256: sha256(bytes),
      bytes,
      practitioner: viewer.practitioner,
      by: viewer.name,
      at,
    });
    return { result: row, details: { kind, name: row.name, size: row.size } };
  });
  return fileLineOf(row, viewer);
}
/** Files are shown to those who read the project, and to whoever added them. */
export const isShownFile = (viewer: Viewer, track: TrackRow, file: Pick<FileRow, 'practitioner'>): boolean =>
  mayIn(viewer, track, 'read') || file.practitioner === viewer.practitioner;
export async function trackFile(desk: Desk, id: string, file: string, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const found = await desk.db.transaction(viewer.region.tenant, async (sql) => {
    const track = await trackFor(sql, viewer, id);
    const row = await fileOf(sql, viewer.region.tenant, of(id), file);
    if (!row || row.removed || !isShownFile(viewer, track, row)) throw notFound('Ce fichier');
    await trace(sql, viewer, 'read', `Track/${id}`, { details: { file } });
    return row;
  });
  await sendPdf(ctx, found.bytes, found.name);
  return undefined;
}
/** Takes a file out, or puts it back: whoever added it, and those who manage the track. */
export async function turnTrackFile(desk: Desk, id: string, file: string, on: boolean, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  await act(desk, viewer, id, { part: 'meet', name: on ? 'attach' : 'detach' }, async (sql, track, at) => {
    const row = await fileOf(sql, tenant, of(id), file);
    if (!row || !isShownFile(viewer, track, row)) throw notFound('Ce fichier');
    if (row.practitioner !== viewer.practitioner && !mayIn(viewer, track, 'manage'))
      throw forbidden('Ce fichier a été joint par une autre personne.');
    await setFileRemoved(sql, tenant, of(id), file, on ? null : at);
    return { result: undefined, details: { file } };
  });
}

/** Mails of a track and how far each is. */
export async function trackMails(
  desk: Desk,
  id: string,
  mails: boolean,
  ctx: Ctx,
): Promise<z.infer<typeof policyContract.trackMails.reply>> {
  const viewer = await viewerOf(desk, ctx);
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    demand(viewer, await trackFor(sql, viewer, id), 'instruct');
    return { mails, lines: await mailLinesOf(sql, viewer.region.tenant, of(id)) };
  });
}
export async function sendTrackMail(desk: Desk, id: string, mail: string, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  await act(desk, viewer, id, { part: 'instruct', name: 'send-again' }, async (sql, _track, at) => {
    const row = await queueAgain(sql, tenant, of(id), mail, at);
    return { result: undefined, details: { mail, state: row.state, failure: row.failure } };
  });
}
