import { everydayNames, type FoundTerm, wordsOf } from '../../fhir/index.ts';
import { usualMedicines } from '../data/medicines.ts';
import { normalise } from '../fhir-words.ts';
import { bareName, nameWords, sameSubstance, strengthOf, type Substance } from './substance.rules.ts';

/**
 * What a name typed as free text means, as a list says it: «Doliprane» is paracetamol in the public drug list, or in our own few everyday names when none is loaded. A name means something only
 * when every line of the list that is called so is made of the same; it is told with its source, and what rests on it is proposed, never done by itself.
 */
export interface Meaning {
  substance: Substance;
  /** Milligrams of one dose, when the name says a figure that the list knows as one of its strengths. */
  strength: number | null;
  /** «Doliprane : paracétamol (Base de données publique des médicaments)». */
  words: string;
}
const ownList = 'noms usuels d’Estran';

interface Known {
  names: string[];
  /** The same in the list's own words. */
  said: string;
  atc: string | null;
  /** As the list writes them: «500 mg». */
  strengths: string[];
}
const plainNames = (name: string): string[] => [...new Set(name.split(/, | et /).map((one) => bareName(normalise(one))))].sort();
const own = usualMedicines.filter(({ name }) => !name.includes('(')).map(({ name, atc, forms }) => ({ words: wordsOf(name), names: plainNames(name), said: name.toLowerCase(), atc: atc || null, strengths: forms.flatMap((one) => one.strengths) }));
const byName = new Map(own.map((one) => [one.names.join('+'), one]));
/** A substance that our own list knows by this name needs no other list. */
export const isSubstance = (substance: Substance): boolean => byName.has(substance.key);

/** An everyday name of ours, alone: «Kardégic», not «Nurofen rhume», which is something else. */
function ownMeaning(name: string): Known | null {
  if (name.includes(' ')) return null;
  const found = new Map<string, Known>();
  for (const words of everydayNames(name)) {
    const named = own.filter((one) => words.every((word) => one.words.includes(word))).sort((a, b) => a.words.length - b.words.length)[0];
    if (named) found.set(named.names.join('+'), named);
  }
  return found.size === 1 ? [...found.values()][0]! : null;
}
/** Lines of the public list that are called exactly so; null when they are not all made of the same. */
function listed(name: string, rows: readonly FoundTerm[]): Known | null {
  const called = rows.filter((row) => nameWords(row.label) === name && (row.detail?.substances?.length ?? 0) > 0);
  const made = called.map((row) => [...new Set(row.detail!.substances!.map(({ label }) => bareName(normalise(label))))].sort());
  const [first] = made;
  if (!first || made.some((one) => one.join('+') !== first.join('+'))) return null;
  const said = [...new Set(called[0]!.detail!.substances!.map(({ label }) => label.toLowerCase()))].join(' + ');
  return { names: first, said, atc: byName.get(first.join('+'))?.atc ?? null, strengths: first.length === 1 ? called.flatMap((row) => [row.detail!.substances![0]!.strength ?? '', row.label]) : [] };
}
const numberIn = (text: string): number => Number(/\d[\d\s]*(?:[.,]\d+)?/.exec(text)?.[0].replace(/\s/g, '').replace(',', '.'));
/** «Doliprane 1000» is 1 g when that is one of its strengths; nothing is made of a figure that no strength says, or that two could mean. */
function figureMeant(label: string, strengths: readonly string[]): number | null {
  const told = strengthOf(label);
  if (told !== null) return told;
  const [figure, ...more] = label.match(/\d[\d\s]*(?:[.,]\d+)?(?!\s*[\p{L}%µ/\d])/gu) ?? [];
  if (!figure || more.length > 0) return null;
  const value = numberIn(figure);
  const meant = new Set(strengths.flatMap((strength) => ((mg) => (mg !== null && (value === mg || value === numberIn(strength)) ? [mg] : []))(strengthOf(strength))));
  return meant.size === 1 ? [...meant][0]! : null;
}
/** What this name means; `rows`: what the loaded list answers to it. */
export function meaningOf(label: string, substance: Substance, rows: readonly FoundTerm[], listTitle: string): Meaning | null {
  const name = nameWords(label);
  if (isSubstance(substance)) return { substance, strength: figureMeant(label, byName.get(substance.key)!.strengths), words: '' };
  const [known, from] = ((found) => (found ? [found, listTitle] : [ownMeaning(name), ownList]))(listed(name, rows)) as [Known | null, string];
  if (!known) return null;
  const meant: Substance = { key: known.names.join('+'), names: known.names, atc: known.atc };
  return { substance: meant, strength: figureMeant(label, known.strengths), words: meant.key === substance.key ? '' : `${label.split(/[\d,(;]/)[0]!.trim()} : ${known.said} (${from})` };
}

export interface Named {
  substance: Substance;
  meaning: Meaning | null;
}
/** Whether two names speak of the same substance: by what they say themselves, or only by what a list says of one of them. */
export function pairOf(a: Named, b: Named): 'own' | 'listed' | null {
  if (sameSubstance(a.substance, b.substance)) return 'own';
  return sameSubstance(a.meaning?.substance ?? a.substance, b.meaning?.substance ?? b.substance) ? 'listed' : null;
}
