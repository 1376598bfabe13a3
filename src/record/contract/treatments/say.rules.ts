import {
  type Amount,
  type Day,
  weekDays as days,
  mealTimes as meals,
  dayMoments as moments,
  periodNames,
  dosePlaces as places,
  type Period,
  type Posology,
  type Rhythm,
  type Step,
  type Take,
  doseUnitOf,
} from './posology.ts';

const fractions: Record<string, string> = { '0.25': '¼', '0.5': '½', '0.75': '¾' };
/** «1 000», «2,5»; halves and quarters as signs for what is counted. */
export function sayNumber(value: number, counted = false): string {
  const whole = Math.floor(value);
  const part = fractions[String(Math.round((value - whole) * 10_000) / 10_000)];
  if (counted && part && whole < 1000) return whole ? `${whole} ${part}` : part;
  const [integer = '', decimals] = String(value).split('.');
  return `${integer.replace(/\B(?=(\d{3})+$)/g, ' ')}${decimals ? `,${decimals}` : ''}`;
}
const isCounted = (unit: string): boolean => !unit || !!doseUnitOf(unit)?.plural;
/** French counts two from two on: «1,5 comprimé». */
export const sayUnit = (unit: string, value: number): string =>
  value >= 2 ? (doseUnitOf(unit)?.plural ?? unit) : unit;
export function sayAmount(dose: Amount, unit: string): string {
  const counted = isCounted(unit);
  const number =
    dose.high === null
      ? sayNumber(dose.low, counted)
      : `${sayNumber(dose.low, counted)} à ${sayNumber(dose.high, counted)}`;
  return [number, sayUnit(unit, dose.high ?? dose.low)].filter(Boolean).join(' ');
}
export const sayPeriod = (value: number, unit: Period): string =>
  `${sayNumber(value)} ${value >= 2 ? periodNames[unit].many : periodNames[unit].one}`;
export const sayDay = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('/');
export const listed = (all: readonly string[]): string =>
  all.length > 1 ? `${all.slice(0, -1).join(', ')} et ${all.at(-1)}` : (all[0] ?? '');
export const sayTime = (time: string): string =>
  `${Number(time.slice(0, 2))} h${time.slice(3, 5) === '00' ? '' : ` ${time.slice(3, 5)}`}`;

export function sayRhythm({ times, timesMax, every, everyMax, unit }: Rhythm): string {
  const { one, many, she } = periodNames[unit];
  const count = timesMax === null ? `${times} fois` : `${times} à ${timesMax} fois`;
  if (every === 1 && everyMax === null) return `${count} par ${one}`;
  if (times === 1 && timesMax === null && every === 2 && everyMax === null && unit === 'd') return 'un jour sur deux';
  const each = `${she ? 'toutes' : 'tous'} les ${everyMax === null ? every : `${every} à ${everyMax}`} ${many}`;
  return times === 1 && timesMax === null ? each : `${count} ${each}`;
}
export function sayDays(on: readonly Day[]): string {
  const at = on.map((code) => days.findIndex((one) => one.code === code));
  const run = at.length > 2 && at.every((one, index) => index === 0 || one === at[index - 1]! + 1);
  if (run && at.length < 7) return `du ${days[at[0]!]!.label} au ${days[at.at(-1)!]!.label}`;
  return listed(at.map((one) => `le ${days[one]!.label}`));
}
function sayTiming(take: Take): string {
  return [
    take.alternate && (take.alternate === 'first' ? 'un jour' : 'le jour suivant'),
    take.days.length > 0 && sayDays(take.days),
    take.moments.length > 0 && listed(take.moments.map((code) => moments.find((one) => one.code === code)!.phrase)),
    take.times.length > 0 && listed(take.times.map((time) => `à ${sayTime(time)}`)),
    take.rhythm && sayRhythm(take.rhythm),
    take.total && `par ${periodNames[take.total].one}`,
    take.once && 'en une seule fois',
  ]
    .filter(Boolean)
    .join(' ');
}
function sayTake(take: Take): string {
  const timing = sayTiming(take);
  // «1, 3 fois par jour»: two numbers are told apart when no unit stands between them.
  return [take.dose && sayAmount(take.dose, take.unit), timing]
    .filter(Boolean)
    .join(take.dose && !take.unit && /^\d/.test(timing) ? ', ' : ' ');
}

export function sayMax({ value, unit, per }: NonNullable<Step['max']>): string {
  const amount = unit
    ? sayAmount({ low: value, high: null }, unit)
    : `${sayNumber(value)} ${value >= 2 ? 'prises' : 'prise'}`;
  return `maximum ${amount} par ${per === 'take' ? 'prise' : periodNames[per].one}`;
}
export function sayBounds({ duration, from, until }: Pick<Step, 'duration' | 'from' | 'until'>): string {
  const length = duration ? `pendant ${sayPeriod(duration.value, duration.unit)}` : '';
  const span =
    from && until
      ? `du ${sayDay(from)} au ${sayDay(until)}`
      : from
        ? `à partir du ${sayDay(from)}`
        : until
          ? `jusqu’au ${sayDay(until)}`
          : '';
  return [length, span].filter(Boolean).join(' ');
}
export const sayNeeded = (reason: string): string => (reason ? `si ${reason}` : 'si besoin');

export function sayStep(step: Step): string {
  const takes = listed(step.takes.map(sayTake));
  const main = [
    takes,
    step.meals && meals.find((one) => one.code === step.meals)!.phrase,
    step.where && places.find((one) => one.code === step.where)!.phrase,
    sayBounds(step),
  ]
    .filter(Boolean)
    .join(' ');
  const alternating = step.takes.some(({ alternate }) => alternate) ? `${main}, en alternance` : main;
  return [
    [alternating, step.needed !== null && sayNeeded(step.needed), step.max && sayMax(step.max)]
      .filter(Boolean)
      .join(', '),
    step.note && `(${step.note})`,
  ]
    .filter(Boolean)
    .join(' ');
}
/** «2 comprimés le matin et 1 comprimé le soir pendant 5 jours, si douleur, maximum 4 g par jour (à distance du fer)». */
export const sayPosology = (posology: Posology): string => posology.steps.map(sayStep).join(', puis ');
