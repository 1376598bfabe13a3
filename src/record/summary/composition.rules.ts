import type { Composition, CompositionSection, Extension, Reference } from '@medplum/fhirtypes';
import { categorySystem } from '../../fhir/index.ts';
import { concept, htmlOfText, loinc, textOfHtml } from '../fhir-words.ts';
import { type SummarySectionOf, summarySections } from './sections.ts';

/** What one professional added to a section: a section of its own inside, with its author. */
export interface Words {
  by: NonNullable<Composition['author']>[number];
  at: string;
  text: string;
}
/** What a draft remembers of a section; the lines come from the record. */
export interface Kept {
  words: Words[];
  verified: { by: Reference; at: string } | null;
  /** `Type/id` left out. */
  left: string[];
  withheld: string[];
  /** `Type/id/_history/version`, once signed. */
  entries: string[];
}
const leftUrl = 'urn:estran:left-out';
const verifiedUrl = 'urn:estran:verified';
const withheldUrl = 'urn:estran:withheld';
const atUrl = 'urn:estran:at';
const sectionSystem = 'urn:estran:summary-section';
export const summaryCategory = [
  { coding: [{ system: categorySystem, code: 'vsm', display: 'Volet de synthèse médicale' }] },
];
export const summaryType = {
  coding: [{ system: loinc, code: '60591-5', display: 'Patient summary Document' }],
  text: 'Volet de synthèse médicale',
};
export const summaryTitle = 'Volet de synthèse médicale';

const codeOf = (section: CompositionSection): string | undefined =>
  section.code?.coding?.find(({ system }) => system === sectionSystem)?.code;
const part = (extension: Extension, url: string): Extension | undefined =>
  extension.extension?.find((one) => one.url === url);
export function keptOf(composition: Composition, code: string): Kept {
  const section = composition.section?.find((one) => codeOf(one) === code);
  const of = (url: string) => section?.extension?.filter((one) => one.url === url) ?? [];
  const verified = of(verifiedUrl)[0];
  return {
    words: (section?.section ?? [])
      .filter((one) => one.author?.[0])
      .map((one) => ({
        by: one.author![0]!,
        at: one.extension?.find(({ url }) => url === atUrl)?.valueDateTime ?? composition.date!,
        text: textOfHtml(one.text?.div),
      })),
    verified: verified
      ? { by: part(verified, 'by')?.valueReference ?? {}, at: part(verified, 'at')?.valueDateTime ?? composition.date! }
      : null,
    left: of(leftUrl).map((one) => one.valueReference?.reference ?? ''),
    withheld: of(withheldUrl).map((one) => one.valueCode ?? ''),
    entries: (section?.entry ?? []).map((one) => one.reference ?? ''),
  };
}

/** Of a signed section without a line to show: what was left out is not said to be absent from the record. */
export const emptyWords = (section: SummarySectionOf, kept: Kept): string =>
  kept.left.length > 0
    ? 'Rien n’a été retenu ici par la personne qui a signé.'
    : kept.entries.length > 0
      ? 'Rien à vous montrer dans cette rubrique.'
      : section.empty;
/** Why nothing is listed, in FHIR's codes: the three states of allergies stay apart (DOS-3). */
const emptyReason = (section: SummarySectionOf, kept: Kept) =>
  concept(
    'list-empty-reason',
    kept.withheld.length >= section.kinds.length || kept.left.length > 0
      ? 'withheld'
      : section.code === 'allergies'
        ? 'notasked'
        : 'unavailable',
  );
/**
 * The section as the Composition holds it. It never repeats what an entry says: it points to the version that was seen, and whoever reads it reads each entry
 * under their own rights.
 */
function sectionOf(section: SummarySectionOf, kept: Kept, signed: boolean): CompositionSection {
  const words = signed
    ? kept.entries.length
      ? 'Éléments du dossier, lus selon les droits de chacun.'
      : kept.withheld.length >= section.kinds.length
        ? 'Non accessible à la personne qui signe.'
        : emptyWords(section, kept)
    : 'Construit à partir du dossier à chaque lecture.';
  return {
    title: section.title,
    code: {
      coding: [
        { system: sectionSystem, code: section.code },
        { system: loinc, code: section.loinc, display: section.display },
      ],
      text: section.title,
    },
    extension: [
      ...kept.left.map((reference) => ({ url: leftUrl, valueReference: { reference } })),
      ...kept.withheld.map((kind) => ({ url: withheldUrl, valueCode: kind })),
      ...(kept.verified
        ? [
            {
              url: verifiedUrl,
              extension: [
                { url: 'by', valueReference: kept.verified.by },
                { url: 'at', valueDateTime: kept.verified.at },
              ],
            },
          ]
        : []),
    ],
    text: { status: 'generated', div: htmlOfText(words) },
    entry: kept.entries.map((reference) => ({ reference })),
    ...(signed && kept.entries.length === 0 && { emptyReason: emptyReason(section, kept) }),
    section: kept.words.map((one) => ({
      title: 'Complément',
      author: [one.by],
      extension: [{ url: atUrl, valueDateTime: one.at }],
      text: { status: 'additional', div: htmlOfText(one.text) },
    })),
  };
}
export const sectionsFrom = (kept: (code: string) => Kept, signed: boolean): CompositionSection[] =>
  summarySections.map((section) => sectionOf(section, kept(section.code), signed));
export const nothingKept: Kept = { words: [], verified: null, left: [], withheld: [], entries: [] };
export const wordsIn = (composition: Composition): Words[] =>
  summarySections.flatMap(({ code }) => keptOf(composition, code).words);
