import type { CodeableConcept } from '@medplum/fhirtypes';
import { labelOf, normalise } from '../fhir-words.ts';

/**
 * What a medicine is made of, as far as our own data say it: the substances and the ATC code that were kept with it when it was chosen from the public list, otherwise the words of its
 * name before its strength. Nothing is guessed here: what a list says of a name is in brands.rules.ts.
 */
export const atcSystem = 'http://www.whocc.no/atc';
/** Substances of a medicine chosen from the list, beside its code: display only, one coding each. */
export const substanceSystem = 'urn:estran:substance';

/** Words of a name that say the form, the release, the maker; not the substance. */
const notSubstance = new Set([
  'comprime', 'comprimes', 'gelule', 'gelules', 'sachet', 'sachets', 'solution', 'sirop', 'creme', 'pommade', 'gel', 'collyre', 'patch', 'suppositoire', 'ampoule', 'poudre', 'spray', 'inhalateur', 'suspension', 'injectable', 'buvable', 'pellicule', 'secable', 'dispersible', 'orodispersible', 'effervescent', 'lp', 'xr', 'sr', 'mg', 'g', 'ml', 'ui', 'microgrammes',
  'biogaran', 'mylan', 'viatris', 'sandoz', 'teva', 'arrow', 'eg', 'zentiva', 'cristers', 'accord', 'krka', 'almus', 'evolugen', 'ranbaxy', 'zydus', 'sanofi', 'medac', 'zf', 'gnr', 'generique', 'de', 'le', 'la', 'en', 'pour', 'a', 'par',
]);
/** «Metformine 1 000 mg, comprimé» → «metformine»; «acide folique 5 mg» → «acide folique». */
export function nameWords(label: string): string {
  const before = (label.split(/[\d,(;]/)[0] ?? '').replace(/ ?[/+] ?/g, ' et ');
  const words = normalise(before || label).split(' ').filter((word) => word && !notSubstance.has(word));
  return words.join(' ') || normalise(label);
}
/** Salts are said or left out: «chlorhydrate de metformine» is metformin. */
const salts = /\b(?:chlorhydrate|sulfate|maleate|fumarate|hemifumarate|besilate|tartrate|mesilate|sodique|potassique|calcique|magnesique|monohydrate|dihydrate|trihydrate|anhydre|arginine|erbumine|bromhydrate|acetate|citrate|phosphate|succinate|hydrochloride)\b/g;
export const bareName = (words: string): string => words.replace(salts, ' ').replace(/\b(?:de|d)\b/g, ' ').replace(/ +/g, ' ').trim() || words;

export interface Substance {
  /** The same for the same substance or set of substances. */
  key: string;
  /** Each substance in words. */
  names: string[];
  atc: string | null;
}
export function substanceOf(concept: CodeableConcept | undefined, label = labelOf(concept)): Substance {
  const atc = concept?.coding?.find(({ system, code }) => system === atcSystem && code)?.code ?? null;
  const listed = (concept?.coding ?? []).filter(({ system, display }) => system === substanceSystem && display).map(({ display }) => bareName(normalise(display!)));
  const names = listed.length > 0 ? [...new Set(listed)].sort() : nameWords(label).split(/ et | plus /).map(bareName).filter(Boolean).sort();
  return { key: names.join('+'), names, atc };
}
/** Two medicines of the same substance: by their full ATC code, or by their words. */
export const sameSubstance = (a: Substance, b: Substance): boolean => (a.atc?.length === 7 && a.atc === b.atc) || (a.key !== '' && a.key === b.key);
/** One substance of one stands in the other: «amlodipine» and «perindopril + amlodipine». */
export const shareSubstance = (a: Substance, b: Substance): boolean => sameSubstance(a, b) || a.names.some((name) => name.length > 3 && b.names.includes(name));

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
  const same = medicine.names.find((name) => name.length > 3 && (` ${words} `.includes(` ${name} `) || name === bareName(words)));
  if (same) return same;
  if (first.length > 4 && ` ${normalise(label)} `.includes(` ${words} `)) return words;
  const found = medicine.atc ? classes.find(([pattern, , atc]) => pattern.test(words) && atc.test(medicine.atc!)) : undefined;
  return found?.[1] ?? null;
}

/** The strength a name says, in milligrams: «Metformine 1 000 mg, comprimé» → 1000; null when it says none or several. */
export function strengthOf(label: string): number | null {
  const found = [...label.matchAll(/(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,](\d+))?\s*(mg|g|µg|microgrammes?)(?![a-zé/])/gi)];
  if (found.length !== 1) return null;
  const [, whole = '', part, unit = ''] = found[0]!;
  const value = Number(`${whole.replace(/\D/g, '')}.${part ?? 0}`);
  return unit.toLowerCase() === 'g' ? value * 1000 : unit.toLowerCase() === 'mg' ? value : value / 1000;
}
