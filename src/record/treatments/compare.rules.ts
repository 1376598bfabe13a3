import type { Posology, Take } from '../contract/treatments/posology.ts';
import { doseUnitOf } from '../contract/treatments/posology.ts';
import { readPosology, unitOfLabel } from '../contract/treatments/read.rules.ts';
import type { Difference } from '../contract/wire-treatments.ts';
import { normalise } from '../fhir-words.ts';
import type { TreatmentLine } from './lines.ts';
import type { Said } from './list.rules.ts';
import { type Meaning, pairOf } from './brands.rules.ts';
import { inOrderOf, meant, type Part, permuted, samePart, type Strength } from './strength.rules.ts';
import {
  allergyTouches,
  figuresIn,
  shareSubstance,
  strengthOf,
  type Substance,
  substanceOf,
} from './substance.rules.ts';

interface Daily {
  value: number;
  unit: string;
}
/** What is taken in a day as the posology counts it, masses in milligrams; null when it cannot be said (as needed, in steps, a range, on some days). */
export function dailyAmount(posology: Posology | null): Daily | null {
  const [step, ...more] = posology?.steps ?? [];
  if (!step || more.length > 0 || step.needed !== null) return null;
  let sum = 0;
  for (const take of step.takes) {
    const times = timesADay(take);
    if (times === null || !take.dose || take.dose.high !== null || take.unit !== step.takes[0]!.unit) return null;
    sum += take.dose.low * times;
  }
  const [value, unit] = [Math.round(sum * 10_000) / 10_000, step.takes[0]!.unit];
  return mass[unit] ? { value: value * mass[unit]!, unit: 'mg' } : { value, unit };
}
function timesADay(take: Take): number | null {
  if (take.days.length > 0 || take.once || take.alternate || take.total === 'wk') return null;
  const { rhythm } = take;
  if (rhythm) {
    if (rhythm.timesMax !== null || rhythm.everyMax !== null || take.moments.length + take.times.length > 0)
      return null;
    const days = { min: 1 / 1440, h: 1 / 24, d: 1, wk: 7, mo: 30, a: 365 }[rhythm.unit] * rhythm.every;
    return rhythm.times / days;
  }
  return take.total === 'd' ? 1 : take.moments.length + take.times.length || null;
}
const mass: Record<string, number> = { µg: 0.001, mg: 1, g: 1000 };
/** What is taken of each substance in a day: two tablets of 500 mg/62,5 mg are 1 000 mg and 125 mg. Null when the strength does not say it of what is counted: a spoon of so much a millilitre. */
function inSubstances(taken: Daily, parts: readonly Part[]): Daily[] | null {
  const { unit } = taken;
  if (unit === 'mg') return parts.length === 1 ? [taken] : null;
  const counted = unit === '' || (doseUnitOf(unit)?.plural !== undefined && unit !== 'unité');
  const of = ({ value, unit: of, per }: Part): Daily | null => {
    if (of === '%') return unit === 'ml' ? { value: taken.value * value * 10, unit: 'mg' } : null;
    if (per === null) return counted ? { value: taken.value * value, unit: of } : null;
    const each = value / per.value;
    if (per.unit === 'h') return counted ? { value: taken.value * each, unit: `${of}/h` } : null;
    if (per.unit === 'dose') return puffs.has(unit) ? { value: taken.value * each, unit: of } : null;
    if (per.unit === 'ml' && unit === 'ml') return { value: taken.value * each, unit: of };
    // «2 000 UI/0,2 mL» is a syringe, «100 UI/mL» is not.
    return per.unit === 'ml' && per.value !== 1 && wholes.has(unit) ? { value: taken.value * value, unit: of } : null;
  };
  const all = parts.map(of);
  return all.every((one) => one !== null) ? all : null;
}
const puffs: ReadonlySet<string> = new Set(['bouffée', 'inhalation', 'pulvérisation', 'dose', '']);
const wholes: ReadonlySet<string> = new Set(['injection', 'ampoule', 'sachet', 'dose']);
export interface Compared {
  label: string;
  dosage: string;
  /** When a list knows what the figures of the name mean. */
  strength?: Strength | null | undefined;
}
const figuresText = (label: string): string => (label.match(/\d+/g) ?? []).join(' ');
const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
const sorted = (all: readonly Daily[]): Daily[] =>
  all.toSorted((a, b) => a.unit.localeCompare(b.unit) || a.value - b.value);
const alike = (a: readonly Daily[], b: readonly Daily[]): boolean =>
  a.length === b.length && a.every(({ value, unit }, at) => unit === b[at]!.unit && close(value, b[at]!.value));
/** Both strengths part by part. A figure without its unit is what the other says it is, or it is not understood; which part is of which substance is known, or they are compared as they are written. */
function strengthsOf(
  held: Compared,
  said: Compared,
): { a: readonly Part[]; b: readonly Part[]; sure: boolean } | 'none' | 'unclear' {
  let [one, other] = [held, said].map(({ label, strength }) => strength ?? strengthOf(label)) as [
    Strength | null,
    Strength | null,
  ];
  if (!one && other && meant(figuresIn(held.label), other)) one = other;
  if (!other && one && meant(figuresIn(said.label), one)) other = one;
  if ((!one && /\d/.test(held.label)) || (!other && /\d/.test(said.label))) {
    if (figuresText(held.label) !== figuresText(said.label)) return 'unclear';
  }
  const [x, y] = [one ?? other, other ?? one];
  if (!x || !y) return 'none';
  const { parts, sure } = inOrderOf(x, y);
  if (x.parts.length !== parts.length) return 'unclear';
  const inTurn = x.parts.every((part, at) => samePart(part, parts[at]!));
  // The same figures the other way round: «5 mg/10 mg» and «10 mg/5 mg» are two medicines, unless the names say which is which.
  return !sure && !inTurn && permuted(x.parts, parts) ? 'unclear' : { a: x.parts, b: parts, sure };
}
/** How two ways of saying what is taken of one substance, or of one set of substances, differ. */
export function difference(held: Compared & { state: string }, said: Compared): Exclude<Difference, 'missing'> {
  if (held.state === 'past' || held.state === 'suspended') return 'stopped';
  if (!held.dosage || !said.dosage) return 'unknown';
  const strengths = strengthsOf(held, said);
  if (strengths === 'unclear') return 'unknown';
  const [a, b] = [held, said].map(({ label, dosage }) => readPosology(dosage, unitOfLabel(label)).posology) as [
    Posology | null,
    Posology | null,
  ];
  const equal = strengths === 'none' || strengths.a.every((part, at) => samePart(part, strengths.b[at]!));
  if (equal && (normalise(held.dosage) === normalise(said.dosage) || (a && JSON.stringify(a) === JSON.stringify(b))))
    return 'same';
  const [x, y] = [dailyAmount(a), dailyAmount(b)];
  if (!x || !y) return !equal || (a && b) ? 'dose' : 'unknown';
  const [made, other] =
    strengths === 'none' ? [null, null] : [inSubstances(x, strengths.a), inSubstances(y, strengths.b)];
  if (made && other) {
    if (alike(made, other)) return 'same-day';
    if (
      made.some(({ unit }, at) => unit !== other[at]!.unit) ||
      (strengths !== 'none' && !strengths.sure && alike(sorted(made), sorted(other)))
    )
      return 'unknown';
    return 'dose';
  }
  return !equal || x.unit !== y.unit ? 'unknown' : close(x.value, y.value) ? 'same-day' : 'dose';
}

export interface Matched {
  line: TreatmentLine;
  /** `near`: the same only if one name is misspelt. */
  way: 'own' | 'listed' | 'near';
  /** What a list says that makes them the same; null when they say it themselves. */
  proposed: string | null;
}
/**
 * The line of the record that speaks of the same substance: one that is taken before one that is over, and no line twice. What says so itself comes first; what only a list says is the same is
 * proposed to whoever reconciles.
 */
export function matched(
  lines: readonly TreatmentLine[],
  said: readonly Said[],
  meanings: ReadonlyMap<string, Meaning> = new Map(),
): Map<string, Matched> {
  const found = new Map<string, Matched>();
  const free = new Set(lines);
  const named = (label: string, substance: Substance) => ({ substance, meaning: meanings.get(label) ?? null });
  for (const way of ['own', 'listed', 'near'] as const)
    for (const one of said) {
      if (found.has(one.key)) continue;
      const mine = named(one.label, substanceOf(one.concept, one.label));
      const line = [...free].find((each) => pairOf(named(each.label, each.substance), mine) === way);
      if (!line) continue;
      free.delete(line);
      found.set(one.key, {
        line,
        way,
        proposed:
          way === 'own'
            ? null
            : [...new Set([meanings.get(line.label)?.words, mine.meaning?.words])].filter(Boolean).join(' ; '),
      });
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
export function checksOf(
  lines: readonly TreatmentLine[],
  allergies: readonly string[],
  meanings: ReadonlyMap<string, Meaning> = new Map(),
): Check[] {
  const taken = lines
    .filter(({ state }) => state === 'current' || state === 'planned')
    .map((line) => ({
      line,
      meaning: meanings.get(line.label),
      substance: meanings.get(line.label)?.substance ?? line.substance,
    }));
  const sources = (...of: (typeof taken)[number][]): string =>
    ((words) => (words.length > 0 ? ` ${words.join(' ; ')}.` : ''))([
      ...new Set(of.flatMap(({ meaning }) => meaning?.words || [])),
    ]);
  const found: Check[] = [];
  taken.forEach((one, at) => {
    for (const other of taken.slice(at + 1))
      if (shareSubstance(one.substance, other.substance))
        found.push({
          kind: 'double',
          words: `Même substance deux fois (${commonName(one.substance, other.substance)}) : ${one.line.label} et ${other.line.label}.${sources(one, other)}`,
          entries: [refOf(one.line), refOf(other.line)],
        });
  });
  for (const one of taken)
    for (const allergy of allergies) {
      const touched = allergyTouches(allergy, one.substance, one.line.label);
      if (touched)
        found.push({
          kind: 'allergy',
          words: `Allergie notée « ${allergy} » et traitement ${one.line.label} : ${touched}.${sources(one)}`,
          entries: [refOf(one.line)],
        });
    }
  return found;
}
const commonName = (a: Substance, b: Substance): string =>
  a.names.find((name) => b.names.includes(name)) ?? a.names.join(' + ');
