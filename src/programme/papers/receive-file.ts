import { createHash } from 'node:crypto';
import type { Ctx } from '../../access/index.ts';
import { invalid, Problem } from '../../platform/index.ts';

/** Bytes of one file. */
export const largestFile = 10 * 1024 * 1024;
const tooLarge = () =>
  new Problem(
    413,
    'Fichier trop volumineux',
    'Ce fichier dépasse 10 Mo. Rien n’a été enregistré : réduisez-le puis recommencez.',
  );

/** A PDF by its content, whatever its name says (SEC-17): its mark at the beginning, its end at the end, and no page of the web in disguise. */
const isPdf = (bytes: Buffer): boolean =>
  bytes.length > 64 &&
  bytes.subarray(0, 8).toString('latin1').startsWith('%PDF-') &&
  bytes.subarray(-2048).includes('%%EOF');
export const shownName = (name: string): string =>
  name
    .replace(/^.*[\\/]/, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be shown
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069"]/g, '')
    .trim()
    .slice(0, 120) || 'document.pdf';
export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export interface ReceivedFile {
  /** What the field `document` said: which document or kind. */
  document: string;
  name: string;
  bytes: Buffer;
}
/** One file of a multipart form. Errors: 413, 415, 422; nothing is written. */
export async function receiveFile({ request }: Ctx): Promise<ReceivedFile> {
  if (!request.isMultipart())
    throw new Problem(
      415,
      'Fichier attendu',
      'Envoyez le fichier dans un formulaire (multipart/form-data). Rien n’a été enregistré.',
    );
  let document = '';
  let name = '';
  let bytes: Buffer | undefined;
  try {
    for await (const part of request.parts({
      limits: { fileSize: largestFile, files: 1, fields: 5, fieldSize: 200 },
    })) {
      if (part.type === 'file') {
        bytes = await part.toBuffer();
        name = part.filename ?? '';
      } else if (part.fieldname === 'document') document = String(part.value);
    }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('FST_REQ_FILE_TOO_LARGE')) throw tooLarge();
    if ((error as { statusCode?: number }).statusCode !== undefined) throw error;
    throw invalid(
      'L’envoi du fichier est mal formé ou s’est interrompu. Rien n’a été enregistré : envoyez-le de nouveau.',
    );
  }
  if (!bytes) throw invalid('Choisissez un fichier. Rien n’a été enregistré.', { file: 'à choisir' });
  return { document, name, bytes };
}
/** Errors: 413, 415. */
export function demandPdf(bytes: Buffer): void {
  if (bytes.length > largestFile) throw tooLarge();
  if (!isPdf(bytes))
    throw new Problem(
      415,
      'Format non accepté',
      'Ce fichier n’est pas un PDF, d’après son contenu. Rien n’a été enregistré : enregistrez-le en PDF puis recommencez.',
      { fields: { file: 'PDF seulement' } },
    );
}
/** A PDF to the browser: never run, never taken for something else. */
export async function sendPdf({ reply }: Ctx, bytes: Buffer, name: string): Promise<void> {
  const plain = name
    .normalize('NFD')
    .replace(/[^\x20-\x7e]|["\\]/g, '')
    .replace(/(\.pdf)?$/i, '.pdf');
  await reply
    .type('application/pdf')
    .header(
      'content-disposition',
      `inline; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name.replace(/(\.pdf)?$/i, '.pdf'))}`,
    )
    .header('cache-control', 'private, no-store')
    // Chromium shows no PDF inside a sandboxed answer; its viewer runs no script of the file, and nothing may be loaded.
    .header(
      'content-security-policy',
      "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    )
    .send(bytes);
}
