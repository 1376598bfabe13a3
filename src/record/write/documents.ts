import type { Binary, DocumentReference } from '@medplum/fhirtypes';
import { newId } from '../../fhir/index.ts';
import {
  fileNameOf,
  isTiff,
  mostPixels,
  notFound,
  pdfOfTiff,
  pictureAlone,
  pictureSize,
  Problem,
  refusalWords,
  tiffPages,
} from '../../platform/index.ts';
import { documentFields, type Written } from '../contract.ts';
import { documentTypeOf } from '../data/choices.ts';
import { instantOf } from '../dates.rules.ts';
import { loinc } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { documentTitle, noteUrl } from '../read/labels.ts';
import type { Ctx } from '../room.ts';
import { author, momentIn, stamped, subjectOf } from './author.ts';
import { entryOf, written } from './save.ts';

export const largest = 20 * 1024 * 1024;
const starts = (bytes: Uint8Array, ...expected: number[]): boolean => expected.every((byte, at) => bytes[at] === byte);
/** What a file is by its first bytes, whatever its name says (SEC-17); null: not accepted. */
export function typeByContent(bytes: Uint8Array): 'application/pdf' | 'image/png' | 'image/jpeg' | 'image/tiff' | null {
  // A PDF may begin with some bytes of a header, within the first kilobyte.
  if (Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-'))
    return bytes.length > 32 && !/^\s*</.test(Buffer.from(bytes.subarray(0, 16)).toString('latin1'))
      ? 'application/pdf'
      : null;
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (starts(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  return isTiff(bytes) ? 'image/tiff' : null;
}
/**
 * What a file is, when it comes in; null: not accepted. A TIFF whose pages could not be shown, or a picture that would fill the memory of whoever opens it, is
 * refused now, while whoever sent it can send another.
 * Errors: 413, 415, 422
 */
export function acceptedType(bytes: Uint8Array): ReturnType<typeof typeByContent> {
  const type = typeByContent(bytes);
  if (type === 'image/tiff') tiffPages(bytes);
  if (type === 'image/png' || type === 'image/jpeg') {
    const { width, height } = pictureSize(bytes) ?? { width: 1, height: 1 };
    if (width * height > mostPixels)
      throw new Problem(
        413,
        'Image trop grande',
        `Cette image fait ${width} points sur ${height}. Rien n’a été enregistré : réduisez-la, ou envoyez-la en PDF.`,
        { fields: { file: 'Image trop grande.' } },
      );
    if (width * height === 0)
      throw new Problem(
        422,
        'Image illisible',
        'Cette image est vide, d’après son en-tête. Rien n’a été enregistré : demandez-la de nouveau.',
        { fields: { file: 'Image vide.' } },
      );
  }
  return type;
}

const tooLarge = (): Problem =>
  new Problem(
    413,
    'Fichier trop volumineux',
    'Ce fichier dépasse 20 Mo. Rien n’a été enregistré : réduisez-le ou envoyez-le en plusieurs parties.',
  );
/** The file, a picture without what the telephone wrote beside it, and its fields, out of a multipart request. */
export async function parts({
  request,
}: Ctx): Promise<{ bytes: Buffer; name: string; fields: Record<string, string> }> {
  if (!request.isMultipart())
    throw new Problem(
      415,
      'Fichier attendu',
      'Envoyez le fichier dans un formulaire (multipart/form-data). Rien n’a été enregistré.',
    );
  let bytes: Buffer | undefined;
  let name = '';
  const fields: Record<string, string> = {};
  try {
    for await (const part of request.parts({
      limits: { fileSize: largest, files: 1, fields: 20, fieldSize: 20_000 },
    })) {
      if (part.type === 'file') {
        bytes = await part.toBuffer();
        name = part.filename ?? '';
      } else if (typeof part.value === 'string') fields[part.fieldname] = part.value;
    }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('FST_REQ_FILE_TOO_LARGE')) throw tooLarge();
    throw error;
  }
  if (!bytes || bytes.length === 0)
    throw new Problem(422, 'Fichier attendu', 'Choisissez un fichier qui n’est pas vide. Rien n’a été enregistré.', {
      fields: { file: 'Choisissez un fichier.' },
    });
  return { bytes: pictureAlone(bytes), name, fields };
}

/** Attaches a file: its bytes and its description in one transaction. */
export async function uploadDocument(entered: Entered, ctx: Ctx): Promise<Written> {
  const { bytes, name, fields } = await parts(ctx);
  const contentType = acceptedType(bytes);
  if (!contentType)
    throw new Problem(
      415,
      'Format non accepté',
      'Ce fichier n’est ni un PDF, ni une image PNG, JPEG ou TIFF, d’après son contenu. Rien n’a été enregistré : convertissez-le puis recommencez.',
      { fields: { file: 'PDF, PNG, JPEG ou TIFF.' } },
    );
  const parsed = documentFields.safeParse(fields, { error: refusalWords });
  if (!parsed.success)
    throw new Problem(
      422,
      'Saisie à corriger',
      'Certains champs du document ne sont pas acceptés. Rien n’a été enregistré.',
      { fields: Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message])) },
    );
  const body = parsed.data;
  const label = documentTypeOf(body.documentType);
  if (!label)
    throw new Problem(
      422,
      'Saisie à corriger',
      'Ce type de document n’est pas dans la liste. Rien n’a été enregistré.',
      { fields: { documentType: 'Choisissez un type de la liste.' } },
    );
  const [id, binaryId] = [newId(), newId()];
  const title = body.title || name.replace(/\.[A-Za-z0-9]{1,5}$/, '').slice(0, 200) || label;
  const binary: Binary = {
    resourceType: 'Binary',
    id: binaryId,
    contentType,
    securityContext: { reference: `DocumentReference/${id}` },
    data: bytes.toString('base64'),
  };
  const extension = [
    ...(body.note ? [{ url: noteUrl, valueString: body.note }] : []),
    ...(body.toRead === 'true' ? [{ url: 'urn:estran:to-read', valueString: 'true' }] : []),
  ];
  const document: DocumentReference = {
    resourceType: 'DocumentReference',
    id,
    extension,
    status: 'current',
    docStatus: 'final',
    type: { coding: [{ system: loinc, code: body.documentType, display: label }], text: label },
    subject: subjectOf(entered),
    date: instantOf(momentIn(entered, 'at', body.at)),
    author: [author(entered)],
    description: title,
    content: [
      {
        attachment: {
          contentType,
          url: `Binary/${binaryId}`,
          size: bytes.length,
          title,
          creation: entered.now.toISOString(),
        },
      },
    ],
  };
  const stored = await entered.store.transaction(async (store) => {
    const [one] = await store.createMany([stamped(entered, document, { sensitive: body.sensitive ?? null })]);
    // The bytes take the rights of the document they belong to.
    await store.createMany([stamped(entered, binary, { sensitive: body.sensitive ?? null })]);
    return one!;
  });
  return written(entered, [stored]);
}

const inline = new Set(['application/pdf', 'image/png', 'image/jpeg', 'text/plain']);
const extensions: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/tiff': 'tif',
  'text/plain': 'txt',
};
/** The file itself: never run by the browser, whatever it holds (SEC-17). */
export async function documentContent(entered: Entered, ctx: Ctx, id: string): Promise<undefined> {
  const stored = await entryOf(entered, 'DocumentReference', id);
  const document = stored.resource;
  const attachment = document.content?.[0]?.attachment;
  let bytes: Buffer | undefined = attachment?.data ? Buffer.from(attachment.data, 'base64') : undefined;
  let declared = attachment?.contentType ?? '';
  const binaryId = /(?:^|\/)Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(attachment?.url ?? '')?.[1];
  if (!bytes && binaryId) {
    const binary = (await entered.store.read('Binary', binaryId)).resource;
    bytes = Buffer.from(binary.data ?? '', 'base64');
    declared = binary.contentType;
  }
  if (!bytes) throw notFound('Le contenu de ce document');
  return sendFile(ctx, bytes, declared, documentTitle(document));
}

function shownTiff(bytes: Buffer): Buffer {
  try {
    return pdfOfTiff(bytes);
  } catch (error) {
    if (error instanceof Problem)
      throw new Problem(
        422,
        'Aperçu impossible',
        'Ce fichier TIFF est abîmé, ou d’une forme qui ne s’affiche pas ici. Il est conservé tel qu’il est arrivé : téléchargez-le, ou demandez-le de nouveau à l’expéditeur.',
      );
    throw error;
  }
}
/** Answers with a file that the browser shows or keeps and never runs. `?telecharger`: to keep, as it came; else a TIFF, which no browser shows, comes as a PDF of its pages. */
export async function sendFile(ctx: Ctx, given: Buffer, declared: string, title: string): Promise<undefined> {
  const keep = (ctx.request.query as { telecharger?: string }).telecharger !== undefined;
  const bytes = !keep && isTiff(given) ? shownTiff(given) : given;
  const seen = typeByContent(bytes);
  const plain = declared.split(';')[0]!.trim().toLowerCase();
  const type = seen ?? (plain === 'text/plain' ? 'text/plain' : 'application/octet-stream');
  const download = keep || !inline.has(type);
  const name = `${fileNameOf(title, 'document')}.${extensions[type] ?? 'bin'}`;
  await ctx.reply
    .header(
      'Content-Type',
      type === 'text/plain'
        ? `text/plain; charset=${/charset=windows-1252/i.test(declared) ? 'windows-1252' : 'utf-8'}`
        : type,
    )
    .header('Content-Disposition', `${download ? 'attachment' : 'inline'}; filename="${name}"`)
    .header('X-Content-Type-Options', 'nosniff')
    // Chromium shows no PDF inside a sandboxed answer; its viewer runs no script of the file, and nothing may be loaded.
    .header(
      'Content-Security-Policy',
      type === 'application/pdf'
        ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
        : "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox",
    )
    .header('X-Frame-Options', 'SAMEORIGIN')
    .header('Cross-Origin-Resource-Policy', 'same-origin')
    .header('Cache-Control', 'private, no-store')
    .send(bytes);
  return undefined;
}
