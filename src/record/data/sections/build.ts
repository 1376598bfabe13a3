import type { Extension, Questionnaire, QuestionnaireItemAnswerOption, QuestionnaireItemEnableWhen } from '@medplum/fhirtypes';
import type { Sensitivity } from '../../contract/common.ts';
import { measureOf } from '../measures.ts';
import type { Theme } from './themes.ts';
import { type Band, type Item, sectionUrl, urls } from '../../contract/sections/form.ts';

/** Words for writing a section as one reads it; each gives its FHIR Questionnaire item. */
interface More {
  help?: string;
  required?: true;
  repeats?: true;
  when?: QuestionnaireItemEnableWhen | readonly QuestionnaireItemEnableWhen[];
  /** One condition is enough. */
  any?: true;
}
const extended = (...all: (Extension | false | undefined)[]): { extension?: Extension[] } => {
  const extension = all.filter((one): one is Extension => Boolean(one));
  return extension.length > 0 ? { extension } : {};
};
const common = ({ required, repeats, when, any, help }: More): Partial<Item> => ({
  ...(required && { required }),
  ...(repeats && { repeats }),
  ...(when && { enableWhen: Array.isArray(when) ? [...when] : [when as QuestionnaireItemEnableWhen] }),
  ...(Array.isArray(when) && when.length > 1 && { enableBehavior: any ? ('any' as const) : ('all' as const) }),
  ...(help && { item: [{ linkId: '', type: 'display' as const, text: help, ...extended(control('help')) }] }),
});
const control = (code: string): Extension => ({ url: urls.control, valueCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/questionnaire-item-control', code }] } });
const titled = (linkId: string, text: string, type: Item['type'], more: More): Item => {
  const item: Item = { linkId, text, type, ...common(more) };
  if (more.help) item.item = item.item!.map((one) => ({ ...one, linkId: `${linkId}-aide` }));
  return item;
};

export const group = (linkId: string, text: string, items: readonly Item[], more: Omit<More, 'required'> & { /** Rows of a table. */ grid?: true } = {}): Item => {
  const { item: help = [], ...rest } = titled(linkId, text, 'group', more);
  return { ...rest, ...extended(more.grid && control('gtable')), item: [...help, ...items] };
};
export const text = (linkId: string, label: string, more: More = {}): Item => titled(linkId, label, 'string', more);
export const longText = (linkId: string, label: string, more: More = {}): Item => titled(linkId, label, 'text', more);
export const yesNo = (linkId: string, label: string, more: More = {}): Item => titled(linkId, label, 'boolean', more);
export const day = (linkId: string, label: string, more: More = {}): Item => titled(linkId, label, 'date', more);
export const photo = (linkId: string, label: string, more: More = {}): Item => titled(linkId, label, 'attachment', more);
export const note = (linkId: string, words: string, more: Pick<More, 'when' | 'any'> = {}): Item => titled(linkId, words, 'display', more);

const bounds = (min: number | undefined, max: number | undefined): (Extension | false)[] => [min !== undefined && { url: urls.min, valueDecimal: min }, max !== undefined && { url: urls.max, valueDecimal: max }];
/** From which value on, the words, how serious. */
export type BandLine = readonly [from: number, words: string, tone?: Band['tone']];
const bands = (lines: readonly BandLine[]): Extension[] =>
  lines.map(([from, words, tone = 'neutral']) => ({
    url: urls.band,
    extension: [
      { url: 'from', valueDecimal: from },
      { url: 'words', valueString: words },
      { url: 'tone', valueCode: tone },
    ],
  }));
interface Numeric extends More {
  min?: number;
  max?: number;
  decimals?: number;
  /** What the typed value means: the total of an instrument whose questions may not be shipped. */
  bands?: readonly BandLine[];
}
export const whole = (linkId: string, label: string, more: Numeric & { /** LOINC: the value becomes an Observation. */ loinc?: string } = {}): Item => ({
  ...titled(linkId, label, 'integer', more),
  ...(more.loinc && { code: [{ system: 'http://loinc.org', code: more.loinc, display: label }] }),
  ...extended(...bounds(more.min, more.max), more.loinc !== undefined && { url: urls.observationExtract, valueBoolean: true }, ...bands(more.bands ?? [])),
});
/** A number with its unit: UCUM, and as people write it. */
export const quantity = (linkId: string, label: string, unit: string, shown: string, more: Numeric = {}): Item => ({
  ...titled(linkId, label, 'quantity', more),
  ...extended(...bounds(more.min, more.max), { url: urls.unit, valueCoding: { system: 'http://unitsofmeasure.org', code: unit, ...(shown && { display: shown }) } }, more.decimals !== undefined && { url: urls.decimals, valueInteger: more.decimals }, ...bands(more.bands ?? [])),
});
interface OfTheRecord extends Numeric {
  label?: string;
  /** How far back a value may stand in, in days. */
  back?: number;
}
/** A measure of the house by its LOINC code: filled from the record when it is recent, and becomes a measure of it once signed. */
export function measure(linkId: string, loinc: string, more: OfTheRecord = {}): Item {
  const known = measureOf(loinc)!;
  const item = quantity(linkId, more.label ?? known.label, known.unit, known.shown, { min: known.plausible[0], max: known.plausible[1], decimals: known.decimals, ...more });
  return {
    ...item,
    code: [{ system: 'http://loinc.org', code: loinc, display: known.label }],
    extension: [...item.extension!, { url: urls.observationExtract, valueBoolean: true }, ...(more.back ? [{ url: urls.observationLink, valueDuration: { value: more.back, system: 'http://unitsofmeasure.org', code: 'd', unit: 'jours' } }] : [])],
  };
}

/** `code`, words, points. */
export type Option = readonly [code: string, words: string, points?: number];
const option = ([code, display, points]: Option): QuestionnaireItemAnswerOption => ({ valueCoding: { code, display, ...extended(points !== undefined && { url: urls.weight, valueDecimal: points }) } });
interface Choice extends More {
  /** A list rather than buttons. */
  list?: true;
  /** Other words may be typed. */
  open?: true;
}
export const choice = (linkId: string, label: string, options: readonly Option[], more: Choice = {}): Item => ({
  ...titled(linkId, label, more.open ? 'open-choice' : 'choice', more),
  ...extended(more.list ? control('drop-down') : control('radio-button')),
  answerOption: options.map(option),
});
export const choices = (linkId: string, label: string, options: readonly Option[], more: Omit<More, 'repeats'> = {}): Item => ({ ...titled(linkId, label, 'choice', { ...more, repeats: true }), ...extended(control('check-box')), answerOption: options.map(option) });
/** Options that become a problem of the record once signed: code, words, CIM-10. */
export const problem = (linkId: string, label: string, options: readonly (readonly [icd: string, words: string])[], more: Omit<More, 'repeats'> = {}): Item => ({
  ...titled(linkId, label, 'choice', { ...more, repeats: true }),
  ...extended(control('check-box'), { url: urls.extractionContext, valueCode: 'Condition' }),
  answerOption: options.map(([code, display]) => ({ valueCoding: { system: 'http://hl7.org/fhir/sid/icd-10', code, display } })),
});

const calculatedBy = (expression: string): Extension => ({ url: urls.calculated, valueExpression: { language: 'text/fhirpath', expression } });
const picked = (ids: readonly string[]): string => `%resource.repeat(item).where(linkId in (${ids.map((id) => `'${id}'`).join(' | ')}))`;
interface Score extends More {
  bands?: readonly BandLine[];
  /** LOINC: the score becomes an Observation. */
  loinc?: string;
  unit?: string;
  decimals?: number;
}
const scored = (linkId: string, label: string, type: 'integer' | 'decimal', expression: string, more: Score): Item => ({
  ...titled(linkId, label, type, more),
  readOnly: true,
  ...(more.loinc && { code: [{ system: 'http://loinc.org', code: more.loinc, display: label }] }),
  ...extended(
    calculatedBy(expression),
    more.decimals !== undefined && { url: urls.decimals, valueInteger: more.decimals },
    more.unit !== undefined && { url: urls.unit, valueCoding: { system: 'http://unitsofmeasure.org', code: more.unit, display: more.unit } },
    more.loinc !== undefined && { url: urls.observationExtract, valueBoolean: true },
    ...bands(more.bands ?? []),
  ),
});
/** The sum of the points of these items, once all of them are answered. */
export const sum = (linkId: string, label: string, of: readonly string[], more: Score & { /** Give the sum of what is answered so far. */ partial?: true } = {}): Item => {
  const points = `${picked(of)}.answer.value.extension.where(url = '${urls.weight}').value.sum()`;
  return scored(linkId, label, more.decimals ? 'decimal' : 'integer', more.partial ? `iif(${picked(of)}.answer.exists(), ${points}, {})` : `iif(${of.map((id) => `${picked([id])}.answer.exists()`).join(' and ')}, ${points}, {})`, more);
};
/** How many of these questions were answered yes, once all of them are answered. */
export const yesCount = (linkId: string, label: string, of: readonly string[], more: Score = {}): Item => scored(linkId, label, 'integer', `iif(${picked(of)}.answer.count() = ${of.length}, ${picked(of)}.answer.where(value = true).count(), {})`, more);
/** How many options are ticked in these questions; nothing ticked: no count. */
export const tickedCount = (linkId: string, label: string, of: readonly string[], more: Score = {}): Item => scored(linkId, label, 'integer', `iif(${picked(of)}.answer.exists(), ${picked(of)}.answer.count(), {})`, more);
/** Any FHIRPath over the answers (`%resource`), `%age` and `%gender`. `{{id}}` stands for the number of an item. */
export const formula = (linkId: string, label: string, expression: string, more: Score = {}): Item =>
  scored(
    linkId,
    label,
    more.decimals === 0 ? 'integer' : 'decimal',
    expression.replace(/\{\{([\w-]+)\}\}/g, (_, id: string) => `${picked([id])}.answer.value.select(iif($this.value.exists(), $this.value, $this))`),
    more,
  );

/** Conditions. */
export const is = (question: string, value: string | boolean | number): QuestionnaireItemEnableWhen => ({ question, operator: '=', ...(typeof value === 'boolean' ? { answerBoolean: value } : typeof value === 'number' ? { answerInteger: value } : { answerCoding: { code: value } }) });
export const atLeast = (question: string, value: number): QuestionnaireItemEnableWhen => ({ question, operator: '>=', answerInteger: value });
export const below = (question: string, value: number): QuestionnaireItemEnableWhen => ({ question, operator: '<', answerInteger: value });
export const answered = (question: string): QuestionnaireItemEnableWhen => ({ question, operator: 'exists', answerBoolean: true });

export interface ShippedSection {
  key: string;
  edition: string;
  form: Questionnaire;
}
export interface About {
  title: string;
  description: string;
  /** Of those who fill it most; it stays open to all who may write sections. */
  professions: readonly string[];
  theme: Theme;
  sensitive?: Sensitivity;
  /** Nothing medical in it: the secretariat fills and reads it. */
  administrative?: true;
  /** Where a validated instrument comes from and under which terms; empty for our own. */
  source?: string;
}

/** One section that comes with the product. */
export const section = (key: string, edition: string, about: About, items: readonly Item[]): ShippedSection => ({
  key,
  edition,
  form: {
    resourceType: 'Questionnaire',
    id: `volet-${key}`,
    url: sectionUrl(`volet-${key}`),
    version: edition,
    name: key.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase()),
    title: about.title,
    status: 'active',
    subjectType: ['Patient'],
    ...(about.description && { description: about.description }),
    publisher: 'Estran',
    item: [...items],
    extension: [
      ...about.professions.map((valueCode) => ({ url: urls.profession, valueCode })),
      { url: urls.theme, valueCode: about.theme },
      ...(about.sensitive ? [{ url: urls.sensitive, valueCode: about.sensitive }] : []),
      ...(about.administrative ? [{ url: urls.administrative, valueBoolean: true }] : []),
      ...(about.source ? [{ url: urls.source, valueString: about.source }] : []),
      { url: urls.shipped, valueString: `${key}|${edition}` },
    ],
  },
});
