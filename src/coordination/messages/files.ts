import type { Binary } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { categorySystem, newId } from '../../fhir/index.ts';
import { notFound, pictureAlone, Problem, refusalWords } from '../../platform/index.ts';
import { acceptedType, sendFile } from '../../record/index.ts';
import { largestFile, mostFiles } from '../contract/messages.ts';
import type { Ctx, Room } from '../room.ts';
import { attachmentsOf, communication, isIn, isWithdrawn } from './words.ts';

export interface Joined {
  title: string;
  contentType: string;
  bytes: Buffer;
}
const mostBytes = 2 * largestFile;
const tooLarge = () =>
  new Problem(
    413,
    'Fichiers trop volumineux',
    'Un fichier dépasse 20 Mo, ou l’ensemble 40 Mo. Rien n’a été envoyé : votre texte est conservé, joignez des fichiers plus légers.',
  );

/** A message as it comes: JSON, or a form with its JSON in `message` and its files beside. Each file is what its bytes say (SEC-17). */
export async function received<S extends z.ZodType>(
  { request }: Ctx,
  schema: S,
): Promise<{ body: z.infer<S>; files: Joined[] }> {
  const files: Joined[] = [];
  let raw: unknown = request.body;
  if (request.isMultipart()) {
    raw = undefined;
    let size = 0;
    try {
      for await (const part of request.parts({
        limits: { fileSize: largestFile, files: mostFiles, fields: 5, fieldSize: 100_000 },
      })) {
        if (part.type !== 'file') {
          if (part.fieldname === 'message') raw = JSON.parse(String(part.value));
          continue;
        }
        const bytes = await part.toBuffer();
        size += bytes.length;
        if (size > mostBytes) throw tooLarge();
        const contentType = acceptedType(bytes);
        if (!contentType)
          throw new Problem(
            415,
            'Format non accepté',
            `« ${part.filename} » n’est ni un PDF, ni une image PNG, JPEG ou TIFF, d’après son contenu. Rien n’a été envoyé : votre texte est conservé.`,
            { fields: { files: 'PDF, PNG, JPEG ou TIFF.' } },
          );
        files.push({
          title: (part.filename || 'Fichier').replace(/\.[A-Za-z0-9]{1,5}$/, '').slice(0, 200) || 'Fichier',
          contentType,
          bytes: pictureAlone(bytes),
        });
      }
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (code === 'FST_REQ_FILE_TOO_LARGE') throw tooLarge();
      if (code === 'FST_FILES_LIMIT')
        throw new Problem(
          413,
          'Trop de fichiers',
          `${mostFiles} fichiers au plus par message. Rien n’a été envoyé : votre texte est conservé.`,
        );
      if (error instanceof SyntaxError)
        throw new Problem(400, 'Demande refusée', 'Le message est mal formé. Rien n’a été envoyé.');
      throw error;
    }
  }
  const parsed = schema.safeParse(raw, { error: refusalWords });
  if (!parsed.success) {
    const words = parsed.error.issues[0]?.message;
    throw new Problem(422, 'Saisie à corriger', `${words ?? 'Le message n’est pas accepté.'} Rien n’a été envoyé.`, {
      fields: Object.fromEntries(
        parsed.error.issues.map((issue) => [issue.path.join('.') || 'message', issue.message]),
      ),
    });
  }
  return { body: parsed.data, files };
}

/** The bytes of a message's files, under the rights of the message itself: its patient and its kind, or its circle. */
export function binariesOf(
  files: readonly Joined[],
  message: string,
  about: string,
  administrative: boolean,
): { resource: Binary; payload: object }[] {
  return files.map((file) => {
    const id = newId();
    const patient = about.startsWith('Patient/');
    const binary: Binary = {
      resourceType: 'Binary',
      id,
      contentType: file.contentType,
      data: file.bytes.toString('base64'),
      securityContext: { reference: patient ? `Communication/${message}` : about },
      ...(patient && {
        meta: { tag: [{ system: categorySystem, code: administrative ? 'administrative' : 'message' }] },
      }),
    };
    return {
      resource: binary,
      payload: {
        contentAttachment: {
          contentType: file.contentType,
          url: `Binary/${id}`,
          size: file.bytes.length,
          title: file.title,
        },
      },
    };
  });
}

/** A file, for whoever may read the message that carries it; a link alone opens nothing. */
export async function messageFile(
  room: Room,
  ctx: Ctx,
  thread: string,
  message: string,
  file: string,
): Promise<undefined> {
  const store = room.fhirFor(ctx.caller);
  if (![thread, message, file].every((id) => /^[A-Za-z0-9\-.]{1,64}$/.test(id))) throw notFound('Ce fichier');
  const one = communication(await store.read('Communication', message));
  const attachment = attachmentsOf(one).find(({ binary }) => binary === file);
  if (!attachment || isWithdrawn(one) || !isIn(one, thread)) throw notFound('Ce fichier');
  const binary = (await store.read('Binary', file)).resource;
  return sendFile(ctx, Buffer.from(binary.data ?? '', 'base64'), binary.contentType, attachment.title ?? 'fichier');
}
