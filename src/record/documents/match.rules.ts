import { dateLabel } from '../dates.rules.ts';
import { normalise } from '../fhir-words.ts';
import type { Facts } from './facts.rules.ts';

/** What the index knows of a patient; names are normalised. */
export interface Known {
  id: string;
  families: readonly string[];
  givens: readonly string[];
  birthDate: string;
  ins: string;
}
export type Confidence = 'sure' | 'likely' | 'possible';
export interface Match {
  id: string;
  confidence: Confidence;
  score: number;
  /** Why, in words. */
  reasons: string[];
}

/** Is this name in these words? Particles, hyphens and words run together aside: «le goff» answers to «legoff». */
const holds = (words: string, name: string): boolean =>
  name !== '' &&
  (words.includes(` ${name} `) || (name.includes(' ') && words.includes(` ${name.replaceAll(' ', '')} `)));

/**
 * How well a document goes with a patient; null: not proposed. A birth date that is said and is another's rules a patient out, whatever else agrees; a birth date alone is nobody's
 * name.
 */
export function matchOf(facts: Facts, words: string, patient: Known): Match | null {
  const born = patient.birthDate;
  if (facts.births.length > 0 && born !== '' && !facts.births.some((day) => day.startsWith(born))) return null;
  const reasons: string[] = [];
  const ins = patient.ins !== '' && facts.nirs.some((nir) => patient.ins.startsWith(nir));
  const otherIns = !ins && facts.nirs.length > 0 && patient.ins !== '';
  const saidBorn = born.length === 10 && facts.births.includes(born);
  const dated = saidBorn || (born.length === 10 && facts.dates.includes(born));
  const family = [...patient.families].sort((a, b) => b.length - a.length).find((name) => holds(words, name));
  const given = [...patient.givens].sort((a, b) => b.length - a.length).find((name) => holds(words, name));
  if (ins) reasons.push('INS identique');
  if (dated) reasons.push(`${saidBorn ? 'né(e) le' : 'date'} ${dateLabel(born)}`);
  if (family) reasons.push(`nom ${family.toUpperCase()}`);
  if (given) reasons.push(`prénom ${given.replace(/(^| )\p{L}/gu, (letter) => letter.toUpperCase())}`);
  const score =
    (ins ? 60 : 0) + (saidBorn ? 30 : dated ? 18 : 0) + (family ? 22 : 0) + (given ? 14 : 0) - (otherIns ? 15 : 0);
  if (otherIns) reasons.push('un autre numéro de sécurité sociale est écrit');
  const confidence = confidenceOf({ ins, saidBorn, dated, family: !!family, given: !!given });
  if (!confidence) return null;
  return { id: patient.id, score, reasons, confidence: otherIns && confidence === 'sure' ? 'likely' : confidence };
}
function confidenceOf(is: {
  ins: boolean;
  saidBorn: boolean;
  dated: boolean;
  family: boolean;
  given: boolean;
}): Confidence | null {
  if (is.ins && (is.family || is.given || is.saidBorn)) return 'sure';
  if (is.ins) return 'likely';
  if (is.saidBorn && is.family && is.given) return 'sure';
  if (is.dated && is.family) return 'likely';
  if (is.dated && is.given) return 'possible';
  return is.family && is.given ? 'possible' : null;
}

/** Best first. Two who are equally sure (twins, two records of one person) are none: a person decides. */
export function ranked(facts: Facts, text: string, file: string, patients: readonly Known[]): Match[] {
  const words = ` ${normalise(`${text.slice(0, 60_000)} ${file.replace(/\.[A-Za-z0-9]{1,5}$/, '')}`)} `;
  const found = patients
    .map((patient) => matchOf(facts, words, patient))
    .filter((match) => match !== null)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const [first, second] = found;
  if (first?.confidence === 'sure' && second?.confidence === 'sure' && first.score === second.score)
    return found
      .map((match) =>
        match.score === first.score
          ? { ...match, confidence: 'likely' as const, reasons: [...match.reasons, 'plusieurs patients correspondent'] }
          : match,
      )
      .slice(0, 6);
  return found.slice(0, 6);
}

/** How much two texts say the same, 0–1: their runs of three words. */
export function likeness(one: string, other: string): number {
  const runs = (text: string): Set<string> => {
    const words = normalise(text.slice(0, 60_000)).split(' ');
    return new Set(words.slice(2).map((word, at) => `${words[at]} ${words[at + 1]} ${word}`));
  };
  const [a, b] = [runs(one), runs(other)];
  if (a.size === 0 || b.size === 0) return 0;
  let both = 0;
  for (const run of a) if (b.has(run)) both++;
  return both / Math.min(a.size, b.size);
}
