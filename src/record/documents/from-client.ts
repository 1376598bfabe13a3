import { createHash } from 'node:crypto';
import type { Binary, DocumentReference } from '@medplum/fhirtypes';
import { type FhirStore, newId } from '../../fhir/index.ts';
import { Problem } from '../../platform/index.ts';
import { typeByContent } from '../write/documents.ts';
import { cleanName, receivedType } from './receive.ts';
import { addReceived, isUnclaimed } from './received.store.ts';
import { keepHash } from './words.store.ts';

/**
 * A file that a connected program brought by the FHIR API about nobody (of a laboratory, a fax, a mail box) waits to be sorted like one that is dropped: without a patient, and written by
 * no person, it would be seen by nobody. The house gives it the shape of those: the bytes stay as they came, in a Binary that goes where the document goes. True: it was one.
 */
export async function claimed(
  house: FhirStore,
  document: DocumentReference,
  bytes: Buffer,
  now: string,
): Promise<boolean> {
  const { tenant } = house.caller;
  const id = document.id!;
  if (document.subject || document.status !== 'current' || !(await house.sql((sql) => isUnclaimed(sql, tenant, id))))
    return false;
  const attachment = document.content[0]!.attachment;
  const name = cleanName(attachment.title ?? document.description ?? 'document');
  const { contentType, lab } = typed(bytes);
  const binary: Binary = {
    resourceType: 'Binary',
    id: newId(),
    contentType,
    securityContext: { reference: `DocumentReference/${id}` },
    data: bytes.toString('base64'),
  };
  const { data: _, ...kept } = attachment;
  const next: DocumentReference = {
    ...document,
    docStatus: 'preliminary',
    description: name,
    content: [
      {
        ...document.content[0]!,
        attachment: {
          ...kept,
          contentType,
          url: `Binary/${binary.id}`,
          size: bytes.length,
          title: name,
          creation: kept.creation ?? now,
          hash: createHash('sha1').update(bytes).digest('base64'),
        },
      },
    ],
  };
  await house.transaction(async (store) => {
    await store.update(next, {
      ifMatch: `W/"${document.meta?.versionId}"`,
      reason: 'document reçu d’un logiciel, à classer',
    });
    await store.createMany([binary]);
    await store.sql(async (sql) => {
      await keepHash(sql, tenant, id, createHash('sha256').update(bytes).digest('hex'));
      await addReceived(
        sql,
        tenant,
        {
          document: id,
          name,
          content_type: contentType,
          size: bytes.length,
          by: '',
          by_name: (document.author?.[0]?.display ?? document.custodian?.display ?? 'Logiciel connecté').slice(0, 150),
          lab,
        },
        now,
      );
    });
  });
  return true;
}
/** What cannot be shown is sorted all the same: it is there already. */
function typed(bytes: Buffer): { contentType: string; lab: ReturnType<typeof receivedType>['lab'] } {
  const unknown = { contentType: typeByContent(bytes) ?? 'application/octet-stream', lab: null };
  try {
    const { contentType, lab } = receivedType(bytes);
    return contentType ? { contentType, lab } : unknown;
  } catch (error) {
    if (error instanceof Problem) return unknown;
    throw error;
  }
}
