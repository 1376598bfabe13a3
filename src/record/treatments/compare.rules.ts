import type { Posology, Take } from '../contract/treatments/posology.ts';
import { doseUnitOf } from '../contract/treatments/posology.ts';
import { readPosology, unitOfLabel } from '../contract/treatments/read.rules.ts';
import type { Difference } from '../contract/wire-treatments.ts';
import { normalise } from '../fhir-words.ts';
import type { TreatmentLine } from './lines.ts';
import type { Said } from './list.rules.ts';
import { allergyTouches, sameSubstance, shareSubstance, strengthOf, type Substance, substanceOf } from './substance.rules.ts';

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
}
const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
/** How two ways of saying what is taken of one substance differ. */
export function difference(held: Compared & { state: string }, said: Compared): Exclude<Difference, 'missing'> {
  if (held.state === 'past' || held.state === 'suspended') return 'stopped';
  if (!held.dosage || !said.dosage) return 'unknown';
  const [a, b] = [held, said].map(({ label, dosage }) => ({ posology: readPosology(dosage, unitOfLabel(label)).posology, strength: strengthOf(label) })) as [{ posology: Posology | null; strength: number | null }, { posology: Posology | null; strength: number | null }];
  const strengths = a.strength !== null && b.strength !== null && a.strength !== b.strength;
  if (!strengths && (normalise(held.dosage) === normalise(said.dosage) || (a.posology && JSON.stringify(a.posology) === JSON.stringify(b.posology)))) return 'same';
  const [x, y] = [dailyAmount(a.posology, a.strength ?? b.strength), dailyAmount(b.posology, b.strength ?? a.strength)];
  if (!x || !y) return strengths ? 'dose' : a.posology && b.posology ? 'dose' : 'unknown';
  return x.unit !== y.unit ? 'unknown' : close(x.value, y.value) ? 'same-day' : 'dose';
}

/** The line of the record that speaks of the same substance: one that is taken before one that is over, and no line twice. */
export function matched(lines: readonly TreatmentLine[], said: readonly Said[]): Map<string, TreatmentLine> {
  const found = new Map<string, TreatmentLine>();
  const free = new Set(lines);
  for (const one of said) {
    const substance = substanceOf(one.concept, one.label);
    const line = [...free].find((each) => sameSubstance(each.substance, substance));
    if (!line) continue;
    free.delete(line);
    found.set(one.key, line);
  }
  return found;
}

interface Check {
  kind: 'double' | 'allergy';
  words: string;
  entries: string[];
}
const refOf = (line: TreatmentLine): string => `${line.type}/${line.id}`;
/** Plainly in the record's own data: one substance twice, an allergy that names the substance or its class. Nothing else is looked for, and no interaction is guessed. */
export function checksOf(lines: readonly TreatmentLine[], allergies: readonly string[]): Check[] {
  const taken = lines.filter(({ state }) => state === 'current' || state === 'planned');
  const found: Check[] = [];
  taken.forEach((one, at) => {
    for (const other of taken.slice(at + 1)) if (shareSubstance(one.substance, other.substance)) found.push({ kind: 'double', words: `Même substance deux fois (${commonName(one.substance, other.substance)}) : ${one.label} et ${other.label}.`, entries: [refOf(one), refOf(other)] });
  });
  for (const line of taken)
    for (const allergy of allergies) {
      const touched = allergyTouches(allergy, line.substance, line.label);
      if (touched) found.push({ kind: 'allergy', words: `Allergie notée « ${allergy} » et traitement ${line.label} : ${touched}.`, entries: [refOf(line)] });
    }
  return found;
}
const commonName = (a: Substance, b: Substance): string => a.names.find((name) => b.names.includes(name)) ?? a.names.join(' + ');
