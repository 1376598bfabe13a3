import type { z } from 'zod';
import { ifThere } from '../../fhir/index.ts';
import { invalid } from '../../platform/index.ts';
import { type reportBody, reportSources } from '../contract/wire-treatments.ts';
import type { Written } from '../contract.ts';
import { dateLabel } from '../dates.rules.ts';
import type { Entered } from '../read/enter.ts';
import { author, momentIn, stamped, subjectOf } from '../write/author.ts';
import { entryOf, written } from '../write/save.ts';
import { ofTreatments, reportedTreatments } from './list.rules.ts';

/** What a patient, a letter or a pharmacy says is taken, as it was said; no treatment of the record before it is reconciled. */
export async function reportTreatments(entered: Entered, body: z.infer<typeof reportBody>): Promise<Written> {
  const at = momentIn(entered, 'at', body.at);
  if (body.document && !(await ifThere(entryOf(entered, 'DocumentReference', body.document))))
    throw invalid('Ce document n’est pas dans ce dossier. Rien n’a été enregistré.', {
      document: 'Choisissez un document du dossier.',
    });
  const list = reportedTreatments({
    ...body,
    title: body.title || `${reportSources[body.from]}, ${dateLabel(at)}`,
    subject: subjectOf(entered),
    at,
    source: author(entered),
  });
  return written(entered, [await entered.store.create(ofTreatments(stamped(entered, list, {})))]);
}
