import { Problem } from '../../platform/index.ts';
import type { ResultValue } from '../contract.ts';
import type { Computed } from '../contract/results/compute.rules.ts';
import { analyteFor, flagOfCompared, isCritical, isOutOfRange, rangeIn } from '../contract/results/flags.rules.ts';
import { numberIn } from '../contract/results/read.ts';
import { inOwnUnit, unitShown, unitsNamed } from '../data/lab-units.ts';
import type { Analyte } from '../data/panels.ts';
import { ageYears, dayOf } from '../dates.rules.ts';
import { numberLabel } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';

/** One value as it will be kept. */
export interface Kept {
  given: ResultValue;
  analyte: Analyte | undefined;
  label: string;
  value: number | null;
  text: string | null;
  unit: string;
  /** The unit is a UCUM code, not only words. */
  coded: boolean;
  /** In the catalogue's unit, when it is a plain number. */
  own: number | null;
  flag: string;
  computed?: Computed;
}
/** Words that are no good news: a germ, «positif» where nothing is expected. */
const unwelcome = (analyte: Analyte | undefined, text: string): boolean =>
  analyte?.words === true &&
  !['882-1', 'x-antibiogram', 'x-ecbu-count'].includes(analyte.code) &&
  !/n[ée]gati|st[ée]ril|absen|ind[ée]tect|non retrouv|flore|^0$|^-$/i.test(text) &&
  (analyte.code === '630-4' || /positi|pr[ée]sen|traces?|^\+/i.test(text));

/** A unit that is not known, or not one of this analyte: asked about, it may be a slip. */
function doubtOfUnit(label: string, unit: string, own: string | null, known: boolean): string {
  const usual = own === null ? '' : `, d’ordinaire en ${unitShown(own) || 'nombre sans unité'}`;
  return known
    ? `${label} : « ${unit} » n’est pas une unité de cette analyse${usual}. Corrigez-la, ou confirmez : la valeur sera gardée à part, sans courbe.`
    : `${label} : l’unité « ${unit} » n’est pas connue${usual}. Corrigez-la, ou confirmez : elle sera gardée telle quelle.`;
}

/** What is said under the fields: what is wrong, and what is unlikely and may be confirmed. */
interface Said {
  fields: Record<string, string>;
  doubts: Record<string, string>;
}
interface Asked {
  /** What is unlikely was confirmed. */
  confirmed: boolean;
  /** The units are the laboratory's own, printed in a file that nobody typed. */
  printed: boolean;
}
type Person = Parameters<typeof rangeIn>[3];

/** Values as typed or read → what will be kept. Errors: 422 with words under each field that is none, or is unlikely and was not confirmed. */
export function keptValues(entered: Entered, at: string, values: readonly ResultValue[], asked: Asked): Kept[] {
  const said: Said = { fields: {}, doubts: {} };
  const person = { age: ageYears(entered.reading.birth, dayOf(at)), sex: entered.reading.sex };
  const found = values.flatMap((given, index) => keptValue(given, `values.${index}`, { person, asked, said }) ?? []);
  const { fields, doubts } = said;
  if (Object.keys(fields).length)
    throw new Problem(422, 'Saisie à corriger', `${Object.values(fields)[0]} Rien n’a été enregistré.`, { fields });
  if (Object.keys(doubts).length && !asked.confirmed)
    throw new Problem(
      422,
      Object.keys(doubts).every((field) => field.endsWith('.unit')) ? 'Unité à vérifier' : 'Valeur inattendue',
      `${Object.values(doubts)[0]} Rien n’a été enregistré.`,
      { fields: doubts, extra: { code: 'implausible' } },
    );
  return withoutRepeats(found);
}

/** One value; undefined when nothing was typed or what was typed is wrong, which `said` then says. */
function keptValue(
  given: ResultValue,
  field: string,
  { person, asked, said: { fields, doubts } }: { person: Person; asked: Asked; said: Said },
): Kept | undefined {
  const wrong = (part: 'value' | 'label' | 'low', words: string): undefined => {
    fields[`${field}.${part}`] = words;
  };
  const typed = typeof given.value === 'number' ? String(given.value) : given.value;
  if (typed.trim() === '') return undefined;
  const known = analyteFor(given.code);
  if (given.code && !known) return wrong('value', 'Cette analyse n’est pas dans la liste.');
  const value = typeof given.value === 'number' ? given.value : numberIn(typed);
  if (value === null && known && !known.words && /^[\d.,\s+-]*$/.test(typed))
    return wrong('value', `${known.label} : écrivez un nombre.`);
  const named = given.unit ? unitsNamed(given.unit) : [];
  const fit = known && unitThatFits(known, given.unit, named);
  // A unit that this analyte does not have makes it another thing: kept under its name, without our code.
  const analyte = known && (known.words || value === null || fit !== undefined) ? known : undefined;
  const label = known?.label ?? given.label.trim();
  if (!label) return wrong('label', 'Nommez cette analyse.');
  const measured = known && !known.words ? known : undefined;
  if (!asked.printed && value !== null && given.unit && (measured ? fit === undefined : named.length === 0))
    doubts[`${field}.unit`] = doubtOfUnit(label, given.unit, measured?.unit ?? null, named.length > 0);
  const unit = analyte ? (value === null ? '' : (fit ?? '')) : (named[0] ?? given.unit);
  const inOwn = analyte && value !== null && !analyte.words ? inOwnUnit(analyte.code, analyte.unit, unit, value) : null;
  if (analyte && inOwn !== null && (inOwn < analyte.plausible[0] || inOwn > analyte.plausible[1]))
    doubts[`${field}.value`] =
      `${label} : ${numberLabel(value!)} ${unitShown(unit)} est hors de ce qui est attendu. Vérifiez la valeur et l’unité, ou confirmez.`;
  if (typeof given.low === 'number' && typeof given.high === 'number' && given.low > given.high)
    return wrong('low', `${label} : la borne basse dépasse la borne haute.`);
  const text = value === null || analyte?.words ? typed.trim() : null;
  const { range } = rangeIn(analyte, unit, { low: given.low ?? null, high: given.high ?? null }, person);
  const seen =
    text === null ? flagOfCompared(value!, given.comparator, range) : unwelcome(analyte, text) ? 'abnormal' : 'unknown';
  return {
    given,
    analyte,
    label,
    value: text === null ? value : null,
    text,
    unit,
    coded: analyte !== undefined || named.length > 0,
    own: given.comparator ? null : inOwn,
    flag: worseOf(seen, given.flag ? laboratoryFlags[given.flag] : 'unknown'),
  };
}
/** The analyte's own unit when none is said; undefined for one that it does not have. */
const unitThatFits = (known: Analyte, unit: string, named: readonly string[]): string | undefined =>
  unit ? [unit, ...named].find((one) => inOwnUnit(known.code, known.unit, one, 1) !== null) : known.unit;
const laboratoryFlags = { L: 'low', H: 'high', LL: 'critical-low', HH: 'critical-high', A: 'abnormal' } as const;
/** Ours by the range, theirs as printed: what is critical for one of the two is; else ours when it is out of range, else what they say. */
function worseOf(seen: string, theirs: string): string {
  if (isCritical(seen)) return seen;
  if (isCritical(theirs)) return theirs;
  return isOutOfRange(seen) || theirs === 'unknown' ? seen : theirs;
}
/** A laboratory prints one value in two units: kept once, as it came first. */
const withoutRepeats = (found: readonly Kept[]): Kept[] =>
  found.filter(
    (one, index) =>
      !found
        .slice(0, index)
        .some(
          (before) =>
            before.analyte &&
            before.analyte === one.analyte &&
            before.own !== null &&
            one.own !== null &&
            before.unit !== one.unit &&
            Math.abs(before.own - one.own) <= 0.03 * Math.abs(before.own),
        ),
  );
