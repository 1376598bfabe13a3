import { createHash } from 'node:crypto';
import type { Binary, DocumentReference } from '@medplum/fhirtypes';
import { type FhirStore, newId } from '../../fhir/index.ts';
import { notFound, Problem, record } from '../../platform/index.ts';
import { actorOf, mayCall, type PersonCaller } from '../../access/index.ts';
import { authorReference } from '../directory.ts';
import { recorderUrl } from '../read/reading.ts';
import type { Ctx, Room } from '../room.ts';
import { acceptedType, parts, sendFile } from '../write/documents.ts';
import { isPlainText } from './index-words.ts';
import { type LabFile, labFileOf } from './lab-file.rules.ts';
import { addReceived, type Received, receivedRow } from './received.store.ts';
import { keepHash } from './words.store.ts';

/** Does this person sort for the whole practice? Others see what they put in themselves. */
export const sorts = (room: Room, caller: PersonCaller): Promise<boolean> =>
  mayCall(room.db, caller, { practice: 'sort-documents' });
export const cleanName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .split(/[/\\]/)
    .pop()!
    .trim()
    .slice(0, 200) || 'document';

/** What a file is by its content; `contentType` null: it is not accepted. Software of laboratories often writes as Windows does: kept as it came, and shown in its own letters. */
export function receivedType(bytes: Buffer): { contentType: string | null; lab: LabFile | null } {
  const known = acceptedType(bytes);
  const lab = known ? null : labFileOf(bytes);
  return {
    contentType:
      known ??
      (isPlainText(bytes) ? 'text/plain' : lab && lab.format !== 'text' ? 'text/plain; charset=windows-1252' : null),
    lab,
  };
}
/**
 * A file comes in: its bytes are kept at once, about nobody yet. It is written by the house: the contract says who may put files in (`receive-documents`), and
 * whoever does need not be able to read documents.
 */
export async function receive(room: Room, ctx: Ctx): Promise<string> {
  const { bytes, name } = await parts(ctx);
  const { contentType, lab } = receivedType(bytes);
  if (!contentType)
    throw new Problem(
      415,
      'Format non accepté',
      'Ce fichier n’est ni un PDF, ni une image PNG, JPEG ou TIFF, ni un texte, d’après son contenu. Rien n’a été enregistré : convertissez-le puis recommencez.',
      { fields: { file: 'PDF, PNG, JPEG, TIFF ou texte.' } },
    );
  return keepFile(room, ctx.caller, { bytes, name: cleanName(name), contentType, lab });
}
async function keepFile(
  room: Room,
  caller: PersonCaller,
  file: { bytes: Buffer; name: string; contentType: string; lab: LabFile | null },
): Promise<string> {
  const [id, binaryId] = [newId(), newId()];
  const now = room.now().toISOString();
  const document: DocumentReference = {
    resourceType: 'DocumentReference',
    id,
    status: 'current',
    docStatus: 'preliminary',
    date: now,
    description: file.name,
    extension: [{ url: recorderUrl, valueReference: authorReference(caller) }],
    content: [
      {
        attachment: {
          contentType: file.contentType,
          url: `Binary/${binaryId}`,
          size: file.bytes.length,
          title: file.name,
          creation: now,
          hash: createHash('sha1').update(file.bytes).digest('base64'),
        },
      },
    ],
  };
  const binary: Binary = {
    resourceType: 'Binary',
    id: binaryId,
    contentType: file.contentType,
    securityContext: { reference: `DocumentReference/${id}` },
    data: file.bytes.toString('base64'),
  };
  await room
    .fhirFor(caller)
    .asHouse('document reçu, à classer')
    .transaction(async (store) => {
      await store.createMany([document]);
      await store.createMany([binary]);
      await store.sql(async (sql) => {
        await keepHash(sql, caller.tenant, id, createHash('sha256').update(file.bytes).digest('hex'));
        await addReceived(
          sql,
          caller.tenant,
          {
            document: id,
            name: file.name,
            content_type: file.contentType,
            size: file.bytes.length,
            by: caller.practitioner,
            by_name: caller.name,
            lab: file.lab,
          },
          now,
        );
      });
    });
  void room.texts.run().catch(() => undefined);
  return id;
}

/** A received file of those this person may sort; 404 for another's, as for none. */
export async function mine(
  room: Room,
  caller: PersonCaller,
  document: string,
): Promise<{ row: Received; all: boolean }> {
  const all = await sorts(room, caller);
  const row = await room.db.tenant(caller.tenant, (sql) => receivedRow(sql, caller.tenant, document));
  if (!row || (!all && row.by !== caller.practitioner && row.sorted_by !== caller.practitioner))
    throw notFound('Ce document');
  return { row, all };
}

/** @param house the store of the house: a file that waits is about nobody */
export async function binaryOf(house: FhirStore, document: string): Promise<Binary> {
  const reference = (await house.read('DocumentReference', document)).resource;
  const binaryId = /Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(reference.content[0]?.attachment.url ?? '')?.[1];
  if (!binaryId) throw notFound('Le contenu de ce document');
  return (await house.read('Binary', binaryId)).resource;
}
/** In the document itself, or beside it. */
export async function bytesOf(store: FhirStore, document: string): Promise<Buffer> {
  const reference = (await store.read('DocumentReference', document)).resource;
  const inside = reference.content[0]?.attachment.data;
  return Buffer.from(inside ?? (await binaryOf(store, document)).data ?? '', 'base64');
}

/** The file as it came, to whoever sorts it and only while it waits: afterwards the rights of the record decide. */
export async function receivedContent(room: Room, ctx: Ctx, document: string): Promise<undefined> {
  const { caller } = ctx;
  const { row } = await mine(room, caller, document);
  if (row.state === 'sorted')
    throw new Problem(
      403,
      'Document classé',
      'Ce document est classé dans un dossier : il se lit là, par ceux qui en ont le droit. Reprenez-le s’il a été classé par erreur.',
    );
  const binary = await binaryOf(room.fhirFor(caller).asHouse('lecture d’un document à classer'), document);
  await room.db.tenant(caller.tenant, (sql) =>
    record(sql, caller.tenant, [
      { ...actorOf(caller), action: 'read', target: `DocumentReference/${document}`, reason: 'document à classer' },
    ]),
  );
  return sendFile(
    ctx,
    Buffer.from(binary.data ?? '', 'base64'),
    binary.contentType,
    row.name.replace(/\.[A-Za-z0-9]{1,5}$/, ''),
  );
}
