import type { Composition, Practitioner, Reference } from '@medplum/fhirtypes';
import { categorySystem } from '../../fhir/index.ts';
import { htmlOfText, loinc, textOfHtml } from '../fhir-words.ts';
import { dateLabel } from '../dates.rules.ts';

/**
 * A prescription as a signed document: who signed what and when. It repeats no line: it points to the versions that were signed (`MedicationRequest/1/_history/1`), and whoever reads, prints
 * or exports it reads each line under their own rights, as the medical summary does.
 */
export const prescriptionCategory = 'ordonnance';
const typeConcept = {
  coding: [{ system: loinc, code: '57833-6', display: 'Prescription for medication' }],
  text: 'Ordonnance',
};
/** When it was cancelled or replaced as a whole. */
const endUrl = 'urn:estran:prescription-end';

export interface Signing {
  id: string;
  subject: Reference;
  author: Reference<Practitioner>;
  at: string;
  entries: readonly string[];
  note: string;
  replaces: string | undefined;
}
export const compositionOf = (given: Signing): Composition => ({
  resourceType: 'Composition',
  id: given.id,
  status: 'final',
  type: typeConcept,
  category: [{ coding: [{ system: categorySystem, code: prescriptionCategory, display: 'Ordonnance' }] }],
  subject: given.subject,
  date: given.at,
  author: [given.author],
  title: `Ordonnance du ${dateLabel(given.at.slice(0, 10))}`,
  attester: [{ mode: 'legal', time: given.at, party: given.author }],
  section: [
    {
      title: 'Prescriptions',
      text: { status: 'generated', div: htmlOfText('Lignes du dossier, lues selon les droits de chacun.') },
      entry: given.entries.map((reference) => ({ reference })),
    },
    ...(given.note
      ? [{ title: 'Précisions', text: { status: 'additional' as const, div: htmlOfText(given.note) } }]
      : []),
  ],
  ...(given.replaces && {
    relatesTo: [{ code: 'replaces' as const, targetReference: { reference: `Composition/${given.replaces}` } }],
  }),
});
/** `Type/id/_history/version` of each line, in order. */
export const entriesOf = (composition: Composition): string[] =>
  (composition.section?.[0]?.entry ?? []).map(({ reference }) => reference ?? '').filter(Boolean);
export const lineRefsOf = (composition: Composition): string[] =>
  entriesOf(composition).map((one) => one.split('/_history/')[0]!);
export const noteOf = (composition: Composition): string => textOfHtml(composition.section?.[1]?.text?.div);
export const endOf = (composition: Composition): 'cancelled' | 'replaced' | undefined =>
  composition.extension?.find(({ url }) => url === endUrl)?.valueCode as 'cancelled' | 'replaced' | undefined;
export const withEnd = (composition: Composition, how: 'cancelled' | 'replaced'): Composition => ({
  ...composition,
  status: 'amended',
  extension: [...(composition.extension ?? []).filter(({ url }) => url !== endUrl), { url: endUrl, valueCode: how }],
});
