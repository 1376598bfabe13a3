import type { CodeableConcept, Coding as FhirCoding, Reference } from '@medplum/fhirtypes';
import { type Resource, sensitiveSubjectOf } from '../fhir/index.ts';
import { type Coded, type Sensitivity, sensitivityLabels } from './contract.ts';
import { hierarchyEnd } from './contract/treatments/foreign-words.ts';

export const loinc = 'http://loinc.org';
export const ucum = 'http://unitsofmeasure.org';
const hl7 = 'http://terminology.hl7.org/CodeSystem';
export const system = (name: string): string => `${hl7}/${name}`;
export const concept = (set: string, code: string, text?: string): CodeableConcept => ({
  coding: [{ system: system(set), code }],
  ...(text && { text }),
});
/** Free text, with a code when one is known. */
export const textConcept = (label: string, code?: string | null, codeSystem?: string | null): CodeableConcept => ({
  ...(code && codeSystem && { coding: [{ system: codeSystem, code, display: label }] }),
  text: label,
});

export const firstCode = (value: CodeableConcept | undefined): string | undefined =>
  value?.coding?.find((coding) => coding.code)?.code;
export const labelOf = (value: CodeableConcept | undefined, otherwise = ''): string => {
  const label =
    value?.text ?? value?.coding?.find((coding) => coding.display)?.display ?? value?.coding?.[0]?.code ?? otherwise;
  return label.endsWith(')') && value?.coding?.some((coding) => coding.system === 'http://snomed.info/sct')
    ? label.replace(hierarchyEnd, '')
    : label;
};
/** The code that means most here: the first one with a code. */
export function codedOf(value: CodeableConcept | undefined, otherwise = ''): Coded {
  const coding = value?.coding?.find((one) => one.code && one.system);
  return { label: labelOf(value, otherwise), code: coding?.code ?? null, system: coding?.system ?? null };
}
export const idOf = (reference: Reference | undefined, type: string): string | undefined => {
  const text = reference?.reference;
  if (!text) return undefined;
  const at = text.lastIndexOf(`${type}/`);
  return at === 0 || (at > 0 && text[at - 1] === '/') ? text.slice(at + type.length + 1).split('/')[0] : undefined;
};

const labels: Record<Sensitivity, [list: string, code: string]> = {
  'mental-health': ['v3-ActCode', 'PSY'],
  addictions: ['v3-ActCode', 'ETH'],
  'sexual-health': ['v3-ActCode', 'SEX'],
  restricted: ['v3-Confidentiality', 'R'],
};
export const confidential = (sensitive: Sensitivity | null | undefined): { security: FhirCoding[] } | undefined =>
  sensitive
    ? {
        security: [
          { system: system(labels[sensitive][0]), code: labels[sensitive][1], display: sensitivityLabels[sensitive] },
        ],
      }
    : undefined;
export const sensitivityOf = (resource: { resourceType?: string; meta?: object | undefined }): Sensitivity | null =>
  sensitiveSubjectOf(resource as Resource);

const bare = (signs: string): string =>
  signs
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae');
const bared = new Map<string, string>();
/** Few signs come back all the time («é», «’»): each is looked into once. */
function bareAgain(signs: string): string {
  if (signs.length > 2) return bare(signs);
  let known = bared.get(signs);
  if (known === undefined) {
    if (bared.size > 2_000) bared.clear();
    bared.set(signs, (known = bare(signs)));
  }
  return known;
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const plainSigns = /^[\u0000-\u007f]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: all but ASCII
const otherSigns = /[^\u0000-\u007f]+/g;
/** Accents, case, ligatures and punctuation away; words separated by one space. Of every text that is looked through: the plain letters, which are most, are not taken apart. */
export function normalise(text: string): string {
  const lower = (plainSigns.test(text) ? text : text.replace(otherSigns, bareAgain))
    .replace(/[\^`]/g, '')
    .toLowerCase();
  return lower.replace(plainSigns.test(lower) ? /[^a-z0-9]+/g : /[^\p{L}\p{N}]+/gu, ' ').trim();
}

const french = new Map<number, Intl.NumberFormat>();
/** «72,4»; at most so many decimals, at least as many when `fixed`. */
export function numberLabel(value: number, decimals = 2, fixed = false): string {
  // Most of what is measured: nothing to round, to group or to sign.
  if (value >= 0 && value < 1000 && !Object.is(value, -0)) {
    const [whole = '', part = ''] = String(value).split('.');
    if (part.length <= decimals && !part.includes('e') && !whole.includes('e')) {
      const shown = fixed ? part.padEnd(decimals, '0') : part;
      return shown ? `${whole},${shown}` : whole;
    }
  }
  const key = decimals + (fixed ? 100 : 0);
  let format = french.get(key);
  if (!format)
    french.set(
      key,
      (format = new Intl.NumberFormat('fr-FR', {
        maximumFractionDigits: decimals,
        minimumFractionDigits: fixed ? decimals : 0,
      })),
    );
  return format.format(value);
}
export const truncate = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;
/** Words of a narrative: tags away, entities back. */
export const textOfHtml = (html: string | undefined): string =>
  (html ?? '')
    .replace(/<\s*(?:br|\/p|\/div|\/li|\/tr|\/h\d)\s*\/?>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&#160;|&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
export const htmlOfText = (text: string): string =>
  `<div xmlns="http://www.w3.org/1999/xhtml">${text
    .split(/\n/)
    .map(
      (line) =>
        `<p>${line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')}</p>`,
    )
    .join('')}</div>`;

/** FHIR knows no empty list and no null. */
export function withoutEmpty<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutEmpty).filter(isThere) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, withoutEmpty(item)])
      .filter(([, item]) => isThere(item)),
  ) as T;
}
const isThere = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  !(typeof value === 'object' && Object.keys(value).length === 0);
/** «née le 12/03/1948», by what is known of the sex. */
export const bornOn = (sex: string | null | undefined, day: string | null, begins = false): string =>
  `${begins ? 'N' : 'n'}${sex === 'female' ? 'ée' : sex === 'male' ? 'é' : 'é(e)'} le ${day ?? ''}`;
