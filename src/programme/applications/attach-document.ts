import { createHash, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { invalid, notFound, Problem } from '../../platform/index.ts';
import { type Desk, practiceViewer, type PracticeViewer, trace, viewerOf } from '../desk.ts';
import { submissionsOf } from './submissions.store.ts';
import { applicationOf, attachmentBytes, insertAttachment, setRemoved } from './applications.store.ts';
import type { documentLine } from './contract.ts';
import { attachmentLine } from './read-application.ts';
import { mayEdit, noApplication, ownFile } from './state.ts';

/** Bytes of one attachment, and of all of a file. */
export const largest = { one: 10 * 1024 * 1024, all: 60 * 1024 * 1024, files: 40 };
const tooLarge = () => new Problem(413, 'Fichier trop volumineux', 'Ce fichier dépasse 10 Mo. Rien n’a été enregistré : réduisez-le puis recommencez.');

/** A PDF by its content, whatever its name says (SEC-17): its mark at the beginning, its end at the end, and no page of the web in disguise. */
export const isPdf = (bytes: Buffer): boolean => bytes.length > 64 && bytes.subarray(0, 8).toString('latin1').startsWith('%PDF-') && bytes.subarray(-2048).includes('%%EOF');

async function received({ request }: Ctx): Promise<{ document: string; name: string; bytes: Buffer }> {
  if (!request.isMultipart()) throw new Problem(415, 'Fichier attendu', 'Envoyez le fichier dans un formulaire (multipart/form-data). Rien n’a été enregistré.');
  let document = '';
  let name = '';
  let bytes: Buffer | undefined;
  try {
    for await (const part of request.parts({ limits: { fileSize: largest.one, files: 1, fields: 5, fieldSize: 200 } })) {
      if (part.type === 'file') {
        bytes = await part.toBuffer();
        name = part.filename ?? '';
      } else if (part.fieldname === 'document') document = String(part.value);
    }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('FST_REQ_FILE_TOO_LARGE')) throw tooLarge();
    if ((error as { statusCode?: number }).statusCode !== undefined) throw error;
    throw invalid('L’envoi du fichier est mal formé ou s’est interrompu. Rien n’a été enregistré : envoyez-le de nouveau.');
  }
  if (!bytes) throw invalid('Choisissez un fichier. Rien n’a été enregistré.', { file: 'à choisir' });
  return { document, name, bytes };
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be shown
const shownName = (name: string): string => name.replace(/^.*[\\/]/, '').replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069"]/g, '').trim().slice(0, 120) || 'document.pdf';

/** Attaches a PDF to a document of the call. */
export async function addDocument(desk: Desk, id: string, ctx: Ctx): Promise<z.infer<typeof documentLine>> {
  const viewer = await practiceViewer(desk, ctx);
  // Whoever may not know of the file is told so before anything is read from them.
  await desk.db.tenant(viewer.region.tenant, async (sql) => mayEdit(await ownFile(sql, viewer, id)));
  return attachAs(desk, viewer, id, await received(ctx));
}
export async function attachAs(desk: Desk, viewer: PracticeViewer, id: string, { document, name, bytes }: { document: string; name: string; bytes: Buffer }): Promise<z.infer<typeof documentLine>> {
  if (bytes.length > largest.one) throw tooLarge();
  if (!isPdf(bytes)) throw new Problem(415, 'Format non accepté', 'Ce fichier n’est pas un PDF, d’après son contenu. Rien n’a été enregistré : enregistrez-le en PDF puis recommencez.', { fields: { file: 'PDF seulement' } });
  const tenant = viewer.region.tenant;
  const saved = await desk.db.transaction(tenant, async (sql) => {
    const file = await ownFile(sql, viewer, id, true);
    mayEdit(file);
    const wanted = file.edition.documents.find((one) => one.id === document);
    if (!wanted) throw invalid('Ce document n’est pas demandé par l’appel. Rien n’a été enregistré.', { document: 'à choisir dans la liste' });
    if (file.attachments.length >= largest.files || file.attachments.reduce((sum, one) => sum + one.size, 0) + bytes.length > largest.all)
      throw new Problem(413, 'Dossier trop volumineux', 'Les pièces de ce dossier dépassent 60 Mo ou 40 fichiers. Rien n’a été enregistré : retirez une pièce ou réduisez celle-ci.');
    const row = await insertAttachment(sql, tenant, { id: randomUUID(), application: id, document, name: shownName(name), sha256: createHash('sha256').update(bytes).digest('hex'), bytes, by: viewer.name, at: desk.now() });
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
    if (!(await setRemoved(sql, viewer.region.tenant, id, document, on ? null : desk.now()))) throw notFound('Cette pièce');
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
    const seen = viewer.as === 'practice' ? one && (!one.removed || sent) : one && sent?.documents.some((held) => held.id === document);
    if (!one || !seen) throw notFound('Cette pièce');
    await trace(sql, viewer, 'read', `Application/${id}`, { details: { attachment: document } });
    return one;
  });
  await sendPdf(ctx, found.bytes, found.name);
  return undefined;
}
/** A PDF to the browser: never run, never taken for something else. */
export async function sendPdf({ reply }: Ctx, bytes: Buffer, name: string): Promise<void> {
  const plain = name.normalize('NFD').replace(/[^\x20-\x7e]|["\\]/g, '').replace(/(\.pdf)?$/i, '.pdf');
  await reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name.replace(/(\.pdf)?$/i, '.pdf'))}`)
    .header('cache-control', 'private, no-store')
    // Chromium shows no PDF inside a sandboxed answer; its viewer runs no script of the file, and nothing may be loaded.
    .header('content-security-policy', "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'")
    .send(bytes);
}
