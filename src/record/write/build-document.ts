import type { DocumentReference } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { invalid } from '../../platform/index.ts';
import type { documentCorrection } from '../contract.ts';
import { documentTypeOf } from '../data/choices.ts';
import { dateLabel, instantOf } from '../dates.rules.ts';
import { firstCode, loinc, sensitivityOf } from '../fhir-words.ts';
import { isLetter } from '../letters/letter.rules.ts';
import type { Entered } from '../read/enter.ts';
import { documentTitle, extensionText, noteUrl, withExtension } from '../read/labels.ts';
import { momentIn, stamped } from './author.ts';

/** What is said of a document is corrected; its file stays. */
export function buildDocument(
  entered: Entered,
  body: z.infer<typeof documentCorrection>,
  base: DocumentReference,
): DocumentReference {
  const old = base;
  if (isLetter(base))
    throw invalid(
      'Un courrier se corrige sur sa page : une fois signé, la nouvelle version le remplace. Rien n’a été modifié.',
    );
  const label = documentTypeOf(body.documentType);
  const attachment = old.content[0]!.attachment;
  return stamped(
    entered,
    {
      ...old,
      extension: withExtension(old, noteUrl, body.note ? { valueString: body.note } : undefined),
      docStatus: 'amended',
      description: body.title,
      type: label ? { coding: [{ system: loinc, code: body.documentType, display: label }], text: label } : old.type,
      date: body.at ? instantOf(momentIn(entered, 'at', body.at)) : old.date,
      content: [{ ...old.content[0], attachment: { ...attachment, title: body.title } }, ...old.content.slice(1)],
    },
    { base, sensitive: body.sensitive, reason: body.reason },
  );
}

export const documentValues = (document: DocumentReference) => ({
  title: documentTitle(document),
  documentType: firstCode(document.type) ?? '34109-9',
  at: dateLabel(document.date),
  note: extensionText(document, noteUrl) ?? '',
  sensitive: sensitivityOf(document),
});
