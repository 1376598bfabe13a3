import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { invalid, notFound, Problem } from '../../platform/index.ts';
import { type Desk, practiceViewer, type PracticeViewer, trace, viewerOf } from '../desk.ts';
import { demandPdf, receiveFile, sendPdf, sha256, shownName } from '../papers/receive-file.ts';
import { submissionsOf } from './submissions.store.ts';
import { applicationOf, attachmentBytes, insertAttachment, setRemoved } from './applications.store.ts';
import type { documentLine } from './contract.ts';
import { attachmentLine } from './read-application.ts';
import { mayEdit, noApplication, ownFile } from './state.ts';

/** Bytes of all attachments of a file, and their number. */
export const largest = { all: 60 * 1024 * 1024, files: 40 };
/** Attaches a PDF to a document of the call. */
export async function addDocument(desk: Desk, id: string, ctx: Ctx): Promise<z.infer<typeof documentLine>> {
  const viewer = await practiceViewer(desk, ctx);
  // Whoever may not know of the file is told so before anything is read from them.
  await desk.db.tenant(viewer.region.tenant, async (sql) => mayEdit(await ownFile(sql, viewer, id)));
  return attachAs(desk, viewer, id, await receiveFile(ctx));
}
export async function attachAs(
  desk: Desk,
  viewer: PracticeViewer,
  id: string,
  { document, name, bytes }: { document: string; name: string; bytes: Buffer },
): Promise<z.infer<typeof documentLine>> {
  demandPdf(bytes);
  const tenant = viewer.region.tenant;
  const saved = await desk.db.transaction(tenant, async (sql) => {
    const file = await ownFile(sql, viewer, id, true);
    mayEdit(file);
    const wanted = file.edition.documents.find((one) => one.id === document);
    if (!wanted)
      throw invalid('Ce document n’est pas demandé par l’appel. Rien n’a été enregistré.', {
        document: 'à choisir dans la liste',
      });
    if (
      file.attachments.length >= largest.files ||
      file.attachments.reduce((sum, one) => sum + one.size, 0) + bytes.length > largest.all
    )
      throw new Problem(
        413,
        'Dossier trop volumineux',
        'Les pièces de ce dossier dépassent 60 Mo ou 40 fichiers. Rien n’a été enregistré : retirez une pièce ou réduisez celle-ci.',
      );
    const row = await insertAttachment(sql, tenant, {
      id: randomUUID(),
      application: id,
      document,
      name: shownName(name),
      sha256: sha256(bytes),
      bytes,
      by: viewer.name,
      at: desk.now(),
    });
    await trace(sql, viewer, 'attach', `Application/${id}`, { details: { document, name: row.name, size: row.size } });
    return row;
  });
  desk.tell(viewer.caller.tenant, { topic: 'application', application: id });
  return attachmentLine(saved);
}

/** Takes an attachment out, or puts it back: a submission that holds it keeps it. */
export async function turnDocument(desk: Desk, id: string, document: string, on: boolean, ctx: Ctx): Promise<void> {
  const viewer = await practiceViewer(desk, ctx);
  await desk.db.transaction(viewer.region.tenant, async (sql) => {
    mayEdit(await ownFile(sql, viewer, id, true));
    if (!(await setRemoved(sql, viewer.region.tenant, id, document, on ? null : desk.now())))
      throw notFound('Cette pièce');
    await trace(sql, viewer, on ? 'attach' : 'detach', `Application/${id}`, { details: { attachment: document } });
  });
  desk.tell(viewer.caller.tenant, { topic: 'application', application: id });
}

/** An attached PDF: the team reads all of its own, the region only what was submitted. */
export async function readDocument(desk: Desk, id: string, document: string, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const tenant = viewer.region.tenant;
  const found = await desk.db.transaction(tenant, async (sql) => {
    const row = await applicationOf(sql, viewer, id);
    if (!row) throw noApplication();
    const one = await attachmentBytes(sql, tenant, id, document);
    const sent = (await submissionsOf(sql, tenant, [id])).find(({ number }) => number === row.submission);
    const seen =
      viewer.as === 'practice'
        ? one && (!one.removed || sent)
        : one && sent?.documents.some((held) => held.id === document);
    if (!one || !seen) throw notFound('Cette pièce');
    await trace(sql, viewer, 'read', `Application/${id}`, { details: { attachment: document } });
    return one;
  });
  await sendPdf(ctx, found.bytes, found.name);
  return undefined;
}
