import { everydayNames, everydayWords, type FoundTerm, wordsOf } from '../../fhir/index.ts';
import { usualMedicines } from '../data/medicines.ts';
import { normalise } from '../fhir-words.ts';
import { nearest } from './spelling.rules.ts';
import { meant, type Part, permuted, samePart, type Strength } from './strength.rules.ts';
import {
  bareName,
  figuresIn,
  inTurn,
  nameWords,
  sameSubstance,
  strengthOf,
  type Substance,
} from './substance.rules.ts';

/**
 * What a name typed as free text means, as a list says it: «Doliprane» is paracetamol in the public drug list, or in our own few everyday names when none is loaded. A name means something only
 * when every line of the list that is called so is made of the same; it is told with its source, and what rests on it is proposed, never done by itself.
 */
export interface Meaning {
  substance: Substance;
  /** What the figures of the name mean, when the list knows them as one of its strengths. */
  strength: Strength | null;
  /** «Doliprane : paracétamol (Base de données publique des médicaments)». */
  words: string;
  /** Only if the name is misspelt. */
  near: boolean;
}
const ownList = 'noms usuels d’Estran';

interface Known {
  /** Sorted. */
  names: string[];
  /** The same in the list's own words. */
  said: string;
  atc: string | null;
  strengths: Strength[];
}
/** In the order of the name. */
const plainNames = (name: string): string[] => [
  ...new Set(name.split(/, | et /).map((one) => bareName(normalise(one)))),
];
const own = usualMedicines
  .filter(({ name }) => !name.includes('('))
  .map(({ name, atc, forms }) => {
    const names = plainNames(name);
    const strengths = forms
      .flatMap((one) => one.strengths)
      .map(figuresIn)
      .map((parts): Strength => ({ parts, of: inTurn(names, parts) }));
    return {
      called: name,
      words: wordsOf(name),
      names: names.toSorted(),
      said: name.toLowerCase(),
      atc: atc || null,
      strengths,
    };
  });
const byName = new Map(own.map((one) => [one.names.join('+'), one]));
/** A substance that our own list knows by this name needs no other list. */
export const isSubstance = (substance: Substance): boolean => byName.has(substance.key);

/** An everyday name of ours, alone: «Kardégic», not «Nurofen rhume», which is something else. */
function ownMeaning(name: string): Known | null {
  if (name.includes(' ')) return null;
  const found = new Map<string, Known>();
  for (const words of everydayNames(name)) {
    const named = own
      .filter((one) => words.every((word) => one.words.includes(word)))
      .sort((a, b) => a.words.length - b.words.length)[0];
    if (named) found.set(named.names.join('+'), named);
  }
  return found.size === 1 ? [...found.values()][0]! : null;
}
/** Lines of the public list that are called exactly so; null when they are not all made of the same. */
function listed(name: string, rows: readonly FoundTerm[]): Known | null {
  const called = rows.filter((row) => nameWords(row.label) === name && (row.detail?.substances?.length ?? 0) > 0);
  const made = called.map((row) =>
    [...new Set(row.detail!.substances!.map(({ label }) => bareName(normalise(label))))].sort(),
  );
  const [first] = made;
  if (!first || made.some((one) => one.join('+') !== first.join('+'))) return null;
  const said = [...new Set(called[0]!.detail!.substances!.map(({ label }) => label.toLowerCase()))].join(' + ');
  return { names: first, said, atc: byName.get(first.join('+'))?.atc ?? null, strengths: called.flatMap(strengthsOf) };
}
/** The strength that a speciality is called by, and the one of its composition when it is of one substance; which part is of which follows from equal amounts. */
function strengthsOf({ label, detail }: FoundTerm): Strength[] {
  const parts = figuresIn(label);
  const made = detail!.substances!.map(({ label: name, strength }) => ({
    name: bareName(normalise(name)),
    part: figuresIn(strength ?? '')[0],
  }));
  const amount = (part: Part): Part => ({ ...part, per: null });
  const nameOf = (one: Part): string[] =>
    ((same) => (same.length === 1 ? [same[0]!.name] : []))(
      made.filter(({ part }) => part && samePart(amount(part), amount(one))),
    );
  const found: Strength[] =
    parts.length > 0 && parts.every(({ unit }) => unit !== '')
      ? [{ parts, of: inTurn(parts.flatMap(nameOf), parts) }]
      : [];
  return made.length === 1 && made[0]!.part ? [...found, { parts: [made[0]!.part], of: null }] : found;
}
const keyOf = ({ parts, of }: Strength): string =>
  JSON.stringify([parts.map(({ value, unit, per }) => [value, unit, per]), of]);
/** «Doliprane 1000» is 1 g when that is one of its strengths, «Augmentin 1 g» 1 g/125 mg when no other has a gram; nothing is made of figures that no strength says, or that two could mean. */
function strengthMeant(label: string, known: readonly Strength[], substances: number): Strength | null {
  const figures = figuresIn(label);
  const [told, all] = [strengthOf(label), [...new Map(known.map((one) => [keyOf(one), one])).values()]];
  const only = (fits: (one: Strength) => boolean): Strength | null =>
    ((found) => (found.length === 1 ? found[0]! : null))(all.filter(fits));
  if (figures.length === 0) return null;
  if (figures.length < substances)
    return only(
      ({ parts }) =>
        parts.length === substances &&
        figures.every((one) => parts.some((part) => meant([one], { parts: [part], of: null }))),
    );
  // Who says which is of which is not asked again.
  if (told?.of) return told;
  return only((one) => meant(figures, one)) ?? (told && (only(({ parts }) => permuted(told.parts, parts)) ?? told));
}
/** The name without its figures, as it was typed. */
const bareLabel = (label: string): string => label.split(/[,(;]|(?<!\p{L})\d/u)[0]!.trim();
/** What this name means; `rows`: what the loaded list answers to it. */
export function meaningOf(
  label: string,
  substance: Substance,
  rows: readonly FoundTerm[],
  listTitle: string,
): Meaning | null {
  const name = nameWords(label);
  if (isSubstance(substance))
    return {
      substance,
      strength: strengthMeant(label, byName.get(substance.key)!.strengths, substance.names.length),
      words: '',
      near: false,
    };
  const [known, from] = ((found) => (found ? [found, listTitle] : [ownMeaning(name), ownList]))(listed(name, rows)) as [
    Known | null,
    string,
  ];
  if (!known) return null;
  const made = substanceFrom(known);
  return {
    substance: made,
    strength: strengthMeant(label, known.strengths, known.names.length),
    words: made.key === substance.key ? '' : `${bareLabel(label)} : ${known.said} (${from})`,
    near: false,
  };
}
const substanceFrom = ({ names, atc }: Known): Substance => ({ key: names.join('+'), names, atc });

/** Whether a list knows a name, whatever it means: as what it calls a speciality, or a substance. */
const isListed = (name: string, rows: readonly FoundTerm[]): boolean =>
  rows.some(
    ({ label, detail }) =>
      ((called) => called === name || called.startsWith(`${name} `))(nameWords(label)) ||
      detail?.substances?.some((one) => bareName(normalise(one.label)) === name),
  );
interface Candidate {
  name: string;
  /** As it is written. */
  called: string;
  known: Pick<Known, 'said' | 'strengths'>;
  substance: Substance;
  from: string;
}
const candidate = (called: string, known: Known, from: string): Candidate => ({
  name: nameWords(called),
  called,
  known,
  substance: substanceFrom(known),
  from,
});
let ours: Candidate[] | undefined;
const ourCandidates = (): Candidate[] =>
  (ours ??= [
    ...own.map((known) => candidate(known.called, known, ownList)),
    ...everydayWords.flatMap((word) =>
      ((known) => (known ? [candidate(word[0]!.toUpperCase() + word.slice(1), known, ownList)] : []))(ownMeaning(word)),
    ),
  ]);
/**
 * A name that means nothing, and the only known name that is close enough to be it: one of ours, of the list, or of the record itself. It is a question put to whoever reads («orthographe à vérifier»), never an answer. A name
 * that means something is never taken for another one, so that look-alikes (Lamictal, Lamisil) stay apart.
 */
export function nearMeaning(
  label: string,
  rows: readonly FoundTerm[],
  listTitle: string,
  held: readonly { label: string; substance: Substance; known: boolean }[],
): Meaning | null {
  const name = nameWords(label);
  if (everydayNames(name).length > 0 || isListed(name, rows)) return null;
  const inList = [...new Map(rows.map((row) => [nameWords(row.label), row.label]))].flatMap(([one, called]) =>
    ((known) => (known ? [candidate(bareLabel(called), known, listTitle)] : []))(listed(one, rows)),
  );
  const inRecord = (known: boolean): Candidate[] =>
    held
      .filter((one) => one.known === known)
      .map(({ label: other, substance }) => ({
        name: nameWords(other),
        called: bareLabel(other),
        known: { said: '', strengths: [] },
        substance,
        from: 'ce dossier',
      }));
  const found = nearest(
    name,
    [[...inList, ...ourCandidates(), ...inRecord(true)], inRecord(false)],
    ({ substance }) => substance.key,
  );
  if (!found) return null;
  const more =
    found.known.said && normalise(found.known.said) !== normalise(found.called) ? `, ${found.known.said}` : '';
  return {
    substance: found.substance,
    strength: strengthMeant(label, found.known.strengths, found.substance.names.length),
    words: `« ${bareLabel(label)} » ressemble à « ${found.called} »${more} (${found.from}) : orthographe à vérifier`,
    near: true,
  };
}

export interface Named {
  substance: Substance;
  meaning: Meaning | null;
}
/** Whether two names speak of the same substance: by what they say themselves, by what a list says of one of them, or only if one of them is misspelt. */
export function pairOf(a: Named, b: Named): 'own' | 'listed' | 'near' | null {
  if (sameSubstance(a.substance, b.substance)) return 'own';
  const [x, y] = [a, b].map(({ substance, meaning }) => (meaning && !meaning.near ? meaning.substance : substance)) as [
    Substance,
    Substance,
  ];
  if (sameSubstance(x, y)) return 'listed';
  const [near, other] = [a, b].map(({ meaning }) => (meaning?.near ? meaning.substance : null)) as [
    Substance | null,
    Substance | null,
  ];
  return (near && sameSubstance(near, other ?? y)) ||
    (near && sameSubstance(near, y)) ||
    (other && sameSubstance(x, other))
    ? 'near'
    : null;
}
