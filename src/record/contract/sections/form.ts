import type {
  Coding,
  Extension,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';

/**
 * A section (volet) is a FHIR Questionnaire with SDC behaviour (https://hl7.org/fhir/uv/sdc/STU3/): weights and calculated expressions, conditions, filling from the record and
 * extraction into it. These are its parts by name, the same on the server and on the screen.
 */
export type Item = QuestionnaireItem;
export type Answer = QuestionnaireResponseItemAnswer;
export type Answered = QuestionnaireResponseItem;

const core = 'http://hl7.org/fhir/StructureDefinition/';
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/';
export const urls = {
  weight: `${core}ordinalValue`,
  unit: `${core}questionnaire-unit`,
  control: `${core}questionnaire-itemControl`,
  min: `${core}minValue`,
  max: `${core}maxValue`,
  decimals: `${core}maxDecimalPlaces`,
  hidden: `${core}questionnaire-hidden`,
  calculated: `${sdc}sdc-questionnaire-calculatedExpression`,
  initial: `${sdc}sdc-questionnaire-initialExpression`,
  observationExtract: `${sdc}sdc-questionnaire-observationExtract`,
  observationLink: `${sdc}sdc-questionnaire-observationLinkPeriod`,
  extractionContext: `${sdc}sdc-questionnaire-itemExtractionContext`,
  /** Ours: what a score means from a value on, who fills it, theme, readers, source of the instrument, what it was copied from. */
  band: 'urn:estran:section-band',
  profession: 'urn:estran:section-profession',
  theme: 'urn:estran:section-theme',
  sensitive: 'urn:estran:section-sensitive',
  administrative: 'urn:estran:section-administrative',
  source: 'urn:estran:section-source',
  shipped: 'urn:estran:section-shipped',
  draftOf: 'urn:estran:section-draft-of',
  display: `${core}display`,
} as const;
export const sectionUrl = (id: string): string => `urn:estran:volet:${id}`;
/** `urn:estran:volet:plaie|1.0` → its id and edition. */
export function canonicalParts(canonical: string | undefined): { id: string; edition: string } | undefined {
  const found = /^urn:estran:volet:([A-Za-z0-9\-.]{1,64})\|(.{1,20})$/.exec(canonical ?? '');
  return found ? { id: found[1]!, edition: found[2]! } : undefined;
}

interface Extended {
  extension?: Extension[];
}
export const extensionOf = (holder: Extended, url: string): Extension | undefined =>
  holder.extension?.find((one) => one.url === url);
export const extensionsOf = (holder: Extended, url: string): Extension[] =>
  (holder.extension ?? []).filter((one) => one.url === url);

export const weightOf = (coding: Coding | undefined): number | undefined =>
  coding && extensionOf(coding, urls.weight)?.valueDecimal;
export const unitOf = (item: Item): Coding | undefined => extensionOf(item, urls.unit)?.valueCoding;
export const controlOf = (item: Item): string | undefined =>
  extensionOf(item, urls.control)?.valueCodeableConcept?.coding?.[0]?.code;
export const calculatedOf = (item: Item): string | undefined =>
  extensionOf(item, urls.calculated)?.valueExpression?.expression;
export const decimalsOf = (item: Item): number | undefined => extensionOf(item, urls.decimals)?.valueInteger;
export const isHidden = (item: Item): boolean => extensionOf(item, urls.hidden)?.valueBoolean === true;
export function boundsOf(item: Item): { min: number | undefined; max: number | undefined } {
  const [low, high] = [extensionOf(item, urls.min), extensionOf(item, urls.max)];
  return { min: low?.valueDecimal ?? low?.valueInteger, max: high?.valueDecimal ?? high?.valueInteger };
}
/** Observation code to which the answer belongs: LOINC. */
export const loincOf = (item: Item): string | undefined =>
  item.code?.find((one) => one.system === 'http://loinc.org')?.code;
export const becomesObservation = (item: Item): boolean =>
  extensionOf(item, urls.observationExtract)?.valueBoolean === true && loincOf(item) !== undefined;
/** How far back a value of the record may stand in for an answer, in days; absent: none does. */
export function lookBackDays(item: Item): number | undefined {
  const period = extensionOf(item, urls.observationLink)?.valueDuration;
  if (!period?.value) return undefined;
  return Math.round(period.value * ({ a: 365.25, mo: 30.44, wk: 7, d: 1 }[period.code ?? 'd'] ?? 1));
}
/** Type of resource that a choice becomes: `Condition`. */
export const becomes = (item: Item): string | undefined => extensionOf(item, urls.extractionContext)?.valueCode;

export type Tone = 'success' | 'warning' | 'danger' | 'neutral';
export interface Band {
  from: number;
  words: string;
  tone: Tone;
}
/** What a score means, in the order of the values from which each word holds. */
export const bandsOf = (item: Item): Band[] =>
  extensionsOf(item, urls.band)
    .map((band) => ({
      from: extensionOf(band, 'from')?.valueDecimal ?? 0,
      words: extensionOf(band, 'words')?.valueString ?? '',
      tone: (extensionOf(band, 'tone')?.valueCode ?? 'neutral') as Tone,
    }))
    .sort((a, b) => a.from - b.from);
export const bandFor = (item: Item, value: number): Band | undefined =>
  bandsOf(item).findLast(({ from }) => value >= from);

/** A number with a meaning: worked out, or the total of an instrument whose items may not be shipped. */
export const isScore = (item: Item): boolean => calculatedOf(item) !== undefined || bandsOf(item).length > 0;

export const themeOf = (form: Questionnaire): string => extensionOf(form, urls.theme)?.valueCode ?? 'other';
export const professionsOf = (form: Questionnaire): string[] =>
  extensionsOf(form, urls.profession).flatMap(({ valueCode }) => valueCode ?? []);
export const sensitiveOf = (form: Questionnaire): string | undefined => extensionOf(form, urls.sensitive)?.valueCode;
/** Nothing medical in it: the secretariat fills and reads it. */
export const isAdministrative = (form: Questionnaire): boolean =>
  extensionOf(form, urls.administrative)?.valueBoolean === true;
export const sourceOf = (form: Questionnaire): string => extensionOf(form, urls.source)?.valueString ?? '';

/** Every item, parents before children, with the items above it. */
export function* itemsOf(
  items: readonly Item[] | undefined,
  above: readonly Item[] = [],
): Generator<{ item: Item; above: readonly Item[] }> {
  for (const item of items ?? []) {
    yield { item, above };
    yield* itemsOf(item.item, [...above, item]);
  }
}
export const isQuestion = (item: Item): boolean => item.type !== 'group' && item.type !== 'display';

/** The value of an answer, whatever its type. */
export function answerValue(answer: Answer | undefined): string | number | boolean | undefined {
  if (!answer) return undefined;
  return (
    answer.valueBoolean ??
    answer.valueDecimal ??
    answer.valueInteger ??
    answer.valueQuantity?.value ??
    answer.valueCoding?.code ??
    answer.valueDate ??
    answer.valueString ??
    answer.valueAttachment?.url
  );
}
