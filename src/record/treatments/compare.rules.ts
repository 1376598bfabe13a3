import type { Posology, Take } from '../contract/treatments/posology.ts';
import { doseUnitOf } from '../contract/treatments/posology.ts';
import { readPosology, unitOfLabel } from '../contract/treatments/read.rules.ts';
import type { Difference } from '../contract/wire-treatments.ts';
import { normalise } from '../fhir-words.ts';
import type { TreatmentLine } from './lines.ts';
import type { Said } from './list.rules.ts';
import { type Meaning, pairOf } from './brands.rules.ts';
import { allergyTouches, shareSubstance, strengthOf, type Substance, substanceOf } from './substance.rules.ts';

/** What is taken in a day, in one unit; null when it cannot be said (as needed, in steps, a range, on some days). */
export function dailyAmount(posology: Posology | null, strength: number | null): { value: number; unit: string } | null {
  const [step, ...more] = posology?.steps ?? [];
  if (!step || more.length > 0 || step.needed !== null) return null;
  let sum = 0;
  for (const take of step.takes) {
    const times = timesADay(take);
    if (times === null || !take.dose || take.dose.high !== null || take.unit !== step.takes[0]!.unit) return null;
    sum += take.dose.low * times;
  }
  return inOneUnit(Math.round(sum * 10_000) / 10_000, step.takes[0]!.unit, strength);
}
function timesADay(take: Take): number | null {
  if (take.days.length > 0 || take.once || take.alternate || take.total === 'wk') return null;
  const { rhythm } = take;
  if (rhythm) {
    if (rhythm.timesMax !== null || rhythm.everyMax !== null || take.moments.length + take.times.length > 0) return null;
    const days = { min: 1 / 1440, h: 1 / 24, d: 1, wk: 7, mo: 30, a: 365 }[rhythm.unit] * rhythm.every;
    return rhythm.times / days;
  }
  return take.total === 'd' ? 1 : take.moments.length + take.times.length || null;
}
const mass: Record<string, number> = { 'µg': 0.001, mg: 1, g: 1000 };
/** Tablets of a known strength and milligrams are compared as milligrams. */
function inOneUnit(value: number, unit: string, strength: number | null): { value: number; unit: string } {
  if (mass[unit]) return { value: value * mass[unit]!, unit: 'mg' };
  if ((unit === '' || doseUnitOf(unit)?.plural) && strength !== null && unit !== 'unité') return { value: value * strength, unit: 'mg' };
  return { value, unit };
}
export interface Compared {
  label: string;
  dosage: string;
  /** Milligrams, when a list knows what the figure of the name means. */
  strength?: number | null | undefined;
}
const figuresOf = (label: string): string => (label.match(/\d+/g) ?? []).join(' ');
const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
/** How two ways of saying what is taken of one substance differ. */
export function difference(held: Compared & { state: string }, said: Compared): Exclude<Difference, 'missing'> {
  if (held.state === 'past' || held.state === 'suspended') return 'stopped';
  if (!held.dosage || !said.dosage) return 'unknown';
  const [a, b] = [held, said].map(({ label, dosage, strength }) => ({ posology: readPosology(dosage, unitOfLabel(label)).posology, strength: strength ?? strengthOf(label) })) as [{ posology: Posology | null; strength: number | null }, { posology: Posology | null; strength: number | null }];
  // A figure that was not understood is no strength to be taken from the other: two sentences that read alike may be two doses.
  if ([a, b].some(({ strength }) => strength === null) && /\d/.test(a.strength === null ? held.label : said.label) && figuresOf(held.label) !== figuresOf(said.label)) return 'unknown';
  const strengths = a.strength !== null && b.strength !== null && a.strength !== b.strength;
  if (!strengths && (normalise(held.dosage) === normalise(said.dosage) || (a.posology && JSON.stringify(a.posology) === JSON.stringify(b.posology)))) return 'same';
  const [x, y] = [dailyAmount(a.posology, a.strength ?? b.strength), dailyAmount(b.posology, b.strength ?? a.strength)];
  if (!x || !y) return strengths ? 'dose' : a.posology && b.posology ? 'dose' : 'unknown';
  return x.unit !== y.unit ? 'unknown' : close(x.value, y.value) ? 'same-day' : 'dose';
}

export interface Matched {
  line: TreatmentLine;
  /** What a list says that makes them the same; null when they say it themselves. */
  proposed: string | null;
}
/**
 * The line of the record that speaks of the same substance: one that is taken before one that is over, and no line twice. What says so itself comes first; what only a list says is the same is
 * proposed to whoever reconciles.
 */
export function matched(lines: readonly TreatmentLine[], said: readonly Said[], meanings: ReadonlyMap<string, Meaning> = new Map()): Map<string, Matched> {
  const found = new Map<string, Matched>();
  const free = new Set(lines);
  const named = (label: string, substance: Substance) => ({ substance, meaning: meanings.get(label) ?? null });
  for (const way of ['own', 'listed'] as const)
    for (const one of said) {
      if (found.has(one.key)) continue;
      const mine = named(one.label, substanceOf(one.concept, one.label));
      const line = [...free].find((each) => pairOf(named(each.label, each.substance), mine) === way);
      if (!line) continue;
      free.delete(line);
      found.set(one.key, { line, proposed: way === 'own' ? null : [...new Set([meanings.get(line.label)?.words, mine.meaning?.words])].filter(Boolean).join(' ; ') });
    }
  return found;
}

interface Check {
  kind: 'double' | 'allergy';
  words: string;
  entries: string[];
}
const refOf = (line: TreatmentLine): string => `${line.type}/${line.id}`;
/** Plainly in the record's own data, and in what a loaded list says of a name: one substance twice, an allergy that names the substance or its class. Nothing else is looked for, and no interaction is guessed. */
export function checksOf(lines: readonly TreatmentLine[], allergies: readonly string[], meanings: ReadonlyMap<string, Meaning> = new Map()): Check[] {
  const taken = lines.filter(({ state }) => state === 'current' || state === 'planned').map((line) => ({ line, meaning: meanings.get(line.label), substance: meanings.get(line.label)?.substance ?? line.substance }));
  const sources = (...of: (typeof taken)[number][]): string => ((words) => (words.length > 0 ? ` ${words.join(' ; ')}.` : ''))([...new Set(of.flatMap(({ meaning }) => meaning?.words || []))]);
  const found: Check[] = [];
  taken.forEach((one, at) => {
    for (const other of taken.slice(at + 1)) if (shareSubstance(one.substance, other.substance)) found.push({ kind: 'double', words: `Même substance deux fois (${commonName(one.substance, other.substance)}) : ${one.line.label} et ${other.line.label}.${sources(one, other)}`, entries: [refOf(one.line), refOf(other.line)] });
  });
  for (const one of taken)
    for (const allergy of allergies) {
      const touched = allergyTouches(allergy, one.substance, one.line.label);
      if (touched) found.push({ kind: 'allergy', words: `Allergie notée « ${allergy} » et traitement ${one.line.label} : ${touched}.${sources(one)}`, entries: [refOf(one.line)] });
    }
  return found;
}
const commonName = (a: Substance, b: Substance): string => a.names.find((name) => b.names.includes(name)) ?? a.names.join(' + ');
