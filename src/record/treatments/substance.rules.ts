import type { CodeableConcept } from '@medplum/fhirtypes';
import { labelOf, normalise } from '../fhir-words.ts';
import { type Part, readName, type Strength } from './strength.rules.ts';

/**
 * What a medicine is made of, as far as our own data say it: the substances and the ATC code that were kept with it when it was chosen from the public list, otherwise the words of its
 * name before its strength. Nothing is guessed here: what a list says of a name is in brands.rules.ts.
 */
export const atcSystem = 'http://www.whocc.no/atc';
/** Substances of a medicine chosen from the list, beside its code: display only, one coding each. */
export const substanceSystem = 'urn:estran:substance';

/** Words of a name that say the form, the release, the maker; not the substance. */
const notSubstance = new Set([
  'comprime',
  'comprimes',
  'gelule',
  'gelules',
  'sachet',
  'sachets',
  'solution',
  'sirop',
  'creme',
  'pommade',
  'gel',
  'collyre',
  'patch',
  'suppositoire',
  'ampoule',
  'poudre',
  'spray',
  'inhalateur',
  'suspension',
  'injectable',
  'buvable',
  'pellicule',
  'secable',
  'dispersible',
  'orodispersible',
  'effervescent',
  'lp',
  'xr',
  'sr',
  'mg',
  'g',
  'ml',
  'ui',
  'microgrammes',
  'biogaran',
  'mylan',
  'viatris',
  'sandoz',
  'teva',
  'arrow',
  'eg',
  'zentiva',
  'cristers',
  'accord',
  'krka',
  'almus',
  'evolugen',
  'ranbaxy',
  'zydus',
  'sanofi',
  'medac',
  'zf',
  'gnr',
  'generique',
  'de',
  'le',
  'la',
  'en',
  'pour',
  'a',
  'par',
]);
const saidIn = (text: string): string[] =>
  normalise(text)
    .split(' ')
    .filter((word) => word && !notSubstance.has(word));
const isName = (text: string): boolean => saidIn(text).some((word) => word.length > 3 && /[a-z]/.test(word));
/** «Béclométasone, formotérol et glycopyrronium» are three names; «Metformine, comprimé» is one. */
const apart = (text: string): string =>
  /^[^,]+(?:, [^,]+)+ et [^,]+$/.test(text.trim()) ? text.replace(/, | et /g, ' / ') : (text.split(',')[0] ?? '');
/** «Metformine 1 000 mg, comprimé» → «metformine»; «acide folique 5 mg» → «acide folique»; «paracétamol 500 mg + codéine 30 mg» → «paracetamol et codeine». */
export function nameWords(label: string): string {
  const { names } = readName(label, isName);
  const words = names
    .split(' / ')
    .map((one) => saidIn(apart(one).replace(/ ?[/+] ?/g, ' et ')).join(' '))
    .join(' et ');
  return (
    words
      .replace(/^(?:et )+|(?: et)+$/g, '')
      .replace(/ et (?:et )+/g, ' et ')
      .trim() || normalise(label)
  );
}
/** Salts are said or left out: «chlorhydrate de metformine» is metformin. */
const salts =
  /\b(?:chlorhydrate|sulfate|maleate|fumarate|hemifumarate|besilate|tartrate|mesilate|sodique|potassique|calcique|magnesique|(?:mono|di|tri|hemi|sesqui)hydratee?|anhydre|arginine|erbumine|bromhydrate|acetate|citrate|phosphate|succinate|hydrochloride)\b/g;
export const bareName = (words: string): string =>
  words
    .replace(salts, ' ')
    .replace(/\b(?:de|d)\b/g, ' ')
    .replace(/ +/g, ' ')
    .trim() || words;

export interface Substance {
  /** The same for the same substance or set of substances. */
  key: string;
  /** Each substance in words. */
  names: string[];
  atc: string | null;
}
/** The substances of a name, in the order in which it says them. */
export const namesIn = (label: string): string[] =>
  nameWords(label)
    .split(/ et | plus /)
    .map(bareName)
    .filter(Boolean);
export function substanceOf(concept: CodeableConcept | undefined, label = labelOf(concept)): Substance {
  const atc = concept?.coding?.find(({ system, code }) => system === atcSystem && code)?.code ?? null;
  const listed = (concept?.coding ?? [])
    .filter(({ system, display }) => system === substanceSystem && display)
    .map(({ display }) => bareName(normalise(display!)));
  const names = listed.length > 0 ? [...new Set(listed)].sort() : namesIn(label).sort();
  return { key: names.join('+'), names, atc };
}
/** Two medicines of the same substance: by their full ATC code, or by their words. */
export const sameSubstance = (a: Substance, b: Substance): boolean =>
  (a.atc?.length === 7 && a.atc === b.atc) || (a.key !== '' && a.key === b.key);
/** One substance of one stands in the other: «amlodipine» and «perindopril + amlodipine». */
export const shareSubstance = (a: Substance, b: Substance): boolean =>
  sameSubstance(a, b) || a.names.some((name) => name.length > 3 && b.names.includes(name));

/** ATC classes of the allergies one may choose (WHO Collaborating Centre for Drug Statistics Methodology, ATC index). */
const classes: [words: RegExp, label: string, atc: RegExp][] = [
  [/\bpenicilline/, 'pénicillines', /^J01C/],
  [/\bcephalosporine/, 'céphalosporines', /^J01D[BCDEI]/],
  [/\bmacrolide/, 'macrolides', /^J01FA/],
  [/\bsulfamide/, 'sulfamides', /^J01E/],
  [/\bfluoroquinolone|\bquinolone/, 'quinolones', /^J01M/],
  [/\baspirine|\bacide acetylsalicylique/, 'acide acétylsalicylique', /^(?:N02BA01|N02BA51|B01AC06|B01AC56)/],
  [/\banti inflammatoires? non steroidien|\bains\b/, 'anti-inflammatoires non stéroïdiens', /^M01A/],
  [/\bcodeine|\bopioide|\bmorphinique/, 'opioïdes', /^(?:N02A|R05DA)/],
  [/\binhibiteurs? de l enzyme de conversion|\biec\b/, 'inhibiteurs de l’enzyme de conversion', /^C09[AB]/],
  [/\bparacetamol/, 'paracétamol', /^N02BE/],
  [/\banesthesiques? loca/, 'anesthésiques locaux', /^N01B/],
];
/** What an allergy, as it is written, has in common with a medicine, in words; null when nothing plainly has. */
export function allergyTouches(allergy: string, medicine: Substance, label: string): string | null {
  const words = normalise(allergy);
  if (words.length < 4) return null;
  const [first = ''] = words.split(' ');
  const same = medicine.names.find(
    (name) => name.length > 3 && (` ${words} `.includes(` ${name} `) || name === bareName(words)),
  );
  if (same) return same;
  if (first.length > 4 && ` ${normalise(label)} `.includes(` ${words} `)) return words;
  const found = medicine.atc
    ? classes.find(([pattern, , atc]) => pattern.test(words) && atc.test(medicine.atc!))
    : undefined;
  return found?.[1] ?? null;
}

/** The figures of a name, units or not. */
export const figuresIn = (label: string): Part[] => readName(label, isName).parts;
/** The strength a name says, and of which substance each part is when it names as many; null when it says none, or a figure without its unit. */
export function strengthOf(label: string): Strength | null {
  const parts = figuresIn(label);
  if (parts.length === 0 || parts.some(({ unit }) => unit === '')) return null;
  return { parts, of: inTurn(namesIn(label), parts) };
}
/** Names that are as many as the parts, each once. */
export const inTurn = (names: readonly string[], parts: readonly Part[]): readonly string[] | null =>
  parts.length > 1 && names.length === parts.length && new Set(names).size === names.length ? names : null;
