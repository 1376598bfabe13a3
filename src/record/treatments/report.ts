import type { List } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { categorySystem, type Resource } from '../../fhir/index.ts';
import { invalid } from '../../platform/index.ts';
import { type reportBody, reportSources } from '../contract/wire-treatments.ts';
import type { Written } from '../contract.ts';
import { dateLabel } from '../dates.rules.ts';
import { plain } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { author, momentIn, stamped, subjectOf } from '../write/author.ts';
import { entryOf, written } from '../write/save.ts';
import { containedLine, reportedCode, sourceSystem } from './list.rules.ts';

/** A List says what is taken: it is of the kind of treatments, by its tag (fhir/store/kind-of-type.ts). */
export const ofTreatments = (list: Resource): Resource => ({ ...list, meta: { ...list.meta, tag: [...(list.meta?.tag ?? []), { system: categorySystem, code: 'treatments', display: 'Traitements' }] } });

/** What a patient, a letter or a pharmacy says is taken, as it was said; no treatment of the record before it is reconciled. */
export async function reportTreatments(entered: Entered, body: z.infer<typeof reportBody>): Promise<Written> {
  const at = momentIn(entered, 'at', body.at);
  if (body.document) await entryOf(entered, 'DocumentReference', body.document).catch(() => { throw invalid('Ce document n’est pas dans ce dossier. Rien n’a été enregistré.', { document: 'Choisissez un document du dossier.' }); });
  const list: List = {
    resourceType: 'List', status: 'current', mode: 'snapshot', code: reportedCode, title: body.title || `${reportSources[body.from]}, ${dateLabel(at)}`, subject: subjectOf(entered), date: at, source: author(entered),
    extension: [{ url: sourceSystem, valueCode: body.from }, ...(body.document ? [{ url: 'urn:estran:document', valueReference: { reference: `DocumentReference/${body.document}` } }] : [])],
    contained: body.lines.map((line, place) => containedLine(place, subjectOf(entered), line)),
    entry: body.lines.map((_, place) => ({ item: { reference: `#l${place + 1}` } })),
  };
  return written(entered, [await entered.store.create(ofTreatments(stamped(entered, plain(list), {})))]);
}
