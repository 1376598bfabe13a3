import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { forbidden, invalid, notFound, Problem } from '../../platform/index.ts';
import { type Desk, trace, type Viewer, viewerOf } from '../desk.ts';
import { showsKind } from '../money/reach.ts';
import {
  fileOf,
  filesOf,
  insertFile,
  paperOf,
  papersOf,
  setFileRemoved,
  type Subject,
} from '../papers/papers.store.ts';
import { demandPdf, receiveFile, sendPdf, sha256, shownName } from '../papers/receive-file.ts';
import { drawPaper } from '../papers/templates.ts';
import type { fileLine, projectsContract } from './contract.ts';
import { tellProject } from './open-projects.ts';
import { callOf, demand, demandShared, mayIn, projectFor } from './reach.ts';
import { fileLineOf, paperLineOf } from './read-projects.ts';

const of = (id: string): Subject => `Project/${id}`;
const mostFiles = 200;
/** Kinds of files beside the deliverables of the steps: what is joined where the team works with another product, what a visit or a demonstration left. */
const otherKinds = ['evidence', 'quote-file', 'other'] as const;

export async function papers(desk: Desk, id: string, ctx: Ctx): Promise<z.infer<typeof projectsContract.papers.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  return desk.db.tenant(tenant, async (sql) => {
    await demandShared(sql, viewer, await projectFor(sql, viewer, id), 'papers');
    const shown = ({ kind }: { kind: string }) => showsKind(viewer, kind);
    return {
      papers: (await papersOf(sql, tenant, of(id))).filter(shown).map(paperLineOf),
      files: (await filesOf(sql, tenant, of(id))).filter(shown).map((one) => fileLineOf(one, viewer)),
    };
  });
}
export async function paperPdf(desk: Desk, id: string, paper: string, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const found = await desk.db.transaction(viewer.region.tenant, async (sql) => {
    await demandShared(sql, viewer, await projectFor(sql, viewer, id), 'papers');
    const row = await paperOf(sql, viewer.region.tenant, paper);
    if (row?.subject !== of(id) || !showsKind(viewer, row.kind)) throw notFound('Ce document');
    await trace(sql, viewer, 'read', `Paper/${paper}`);
    return row;
  });
  await sendPdf(ctx, drawPaper(found), `${found.reference} ${found.title}`);
  return undefined;
}

export async function addFile(desk: Desk, id: string, ctx: Ctx): Promise<z.infer<typeof fileLine>> {
  const viewer = await viewerOf(desk, ctx);
  // Whoever may not is told so before anything is read from them.
  await desk.db.tenant(viewer.region.tenant, async (sql) => demand(viewer, await projectFor(sql, viewer, id), 'team'));
  const { document, name, bytes } = await receiveFile(ctx);
  return addFileAs(desk, viewer, id, { kind: document, name, bytes });
}
export async function addFileAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  { kind, name, bytes }: { kind: string; name: string; bytes: Buffer },
): Promise<z.infer<typeof fileLine>> {
  demandPdf(bytes);
  const { tenant } = viewer.region;
  const { row, project } = await desk.db.transaction(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id, true);
    demand(viewer, project, 'team');
    const call = await callOf(sql, tenant, project);
    const known = [...otherKinds, ...call.steps.flatMap(({ deliverables }) => deliverables.map((one) => one.kind))];
    if (!known.includes(kind))
      throw invalid('Ce genre de document n’est pas de ce projet. Rien n’a été enregistré.', {
        document: 'à choisir dans la liste',
      });
    if ((await filesOf(sql, tenant, of(id))).length >= mostFiles)
      throw new Problem(
        413,
        'Trop de fichiers',
        `Ce projet a déjà ${mostFiles} fichiers. Rien n’a été enregistré : retirez-en un.`,
      );
    const row = await insertFile(sql, tenant, {
      subject: of(id),
      kind,
      name: shownName(name),
      sha256: sha256(bytes),
      bytes,
      practitioner: viewer.practitioner,
      by: viewer.name,
      at: desk.now(),
    });
    await trace(sql, viewer, 'attach', `Project/${id}`, { details: { kind, name: row.name, size: row.size } });
    return { row, project };
  });
  tellProject(desk, viewer, project);
  return fileLineOf(row, viewer);
}
/** Takes a file out, or puts it back: whoever added it, and those who support the project. */
export async function turnFile(desk: Desk, id: string, file: string, on: boolean, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  const project = await desk.db.transaction(viewer.region.tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id, true);
    demand(viewer, project, 'team');
    const row = await fileOf(sql, viewer.region.tenant, of(id), file);
    if (!row) throw notFound('Ce fichier');
    if (row.practitioner !== viewer.practitioner && !mayIn(viewer, 'support'))
      throw forbidden('Ce fichier a été joint par une autre personne.');
    await setFileRemoved(sql, viewer.region.tenant, of(id), file, on ? null : desk.now());
    await trace(sql, viewer, on ? 'attach' : 'detach', `Project/${id}`, { details: { file } });
    return project;
  });
  tellProject(desk, viewer, project);
}
export async function readFile(desk: Desk, id: string, file: string, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const found = await desk.db.transaction(viewer.region.tenant, async (sql) => {
    await demandShared(sql, viewer, await projectFor(sql, viewer, id), 'papers');
    const row = await fileOf(sql, viewer.region.tenant, of(id), file);
    if (!row || row.removed || !showsKind(viewer, row.kind)) throw notFound('Ce fichier');
    await trace(sql, viewer, 'read', `Project/${id}`, { details: { file } });
    return row;
  });
  await sendPdf(ctx, found.bytes, found.name);
  return undefined;
}
