import {
  type Amount,
  type Day,
  weekDays as days,
  emptyTake,
  type Moment,
  type Rhythm,
  type Step,
  type Take,
} from './posology.ts';
import { endOf } from './duration.rules.ts';

/** What one step is read into, item by item, before it is put together. */
export type Item =
  | { dose: Amount; unit: string }
  | { moment: Moment }
  | { time: string }
  | { on: Day[] }
  | { rhythm: Rhythm }
  | { total: 'd' | 'wk' }
  | { alternate: 'first' | 'next' }
  | { once: true };
export interface Found {
  items: Item[];
  step: Step;
  /** Said twice, or against itself. */
  clash: boolean;
  /** Words that could mean two things. */
  doubt: string;
  except: Day[];
  turns: boolean;
}
/** Items into takes: what says when belongs to the dose before it, or, when it was said first, to the dose after it. */
export function assembled(found: Found): Step | null {
  const { items, step } = found;
  if (found.clash) return null;
  const groups: Item[][] = [];
  const isDose = (item: Item | undefined): boolean => item !== undefined && 'dose' in item;
  const count = items.filter(isDose).length;
  if (count <= 1) groups.push([...items.filter(isDose), ...items.filter((item) => !isDose(item))]);
  else if (isDose(items[0])) for (const item of items) isDose(item) ? groups.push([item]) : groups.at(-1)!.push(item);
  else {
    // «matin 1, soir 2»: strictly in turn.
    let when: Item[] = [];
    for (const item of items) {
      if (!isDose(item)) when.push(item);
      else {
        if (when.length === 0) return null;
        groups.push([item, ...when]);
        when = [];
      }
    }
    if (when.length > 0) return null;
  }
  const takes: Take[] = [];
  for (const group of groups) {
    const take = emptyTake();
    for (const item of group) {
      if ('dose' in item) Object.assign(take, { dose: item.dose, unit: item.unit });
      else if ('moment' in item) take.moments.push(item.moment);
      else if ('time' in item) take.times.push(item.time);
      else if ('on' in item) take.days.push(...item.on);
      else if ('once' in item) take.once = true;
      else if ('rhythm' in item ? take.rhythm : 'total' in item ? take.total : take.alternate) return null;
      else Object.assign(take, item);
    }
    // A dose said without its unit is counted like the one before.
    if (take.dose && !take.unit) take.unit = takes.at(-1)?.unit ?? '';
    if (found.except.length > 0) {
      if (take.days.length > 0) return null;
      take.days = days.map(({ code }) => code).filter((code) => !found.except.includes(code));
    }
    if (take.total === 'd' && take.days.length > 0) take.total = null;
    // Every day, at its moments: nothing more is said.
    const { rhythm: often } = take;
    if (
      often &&
      often.unit === 'd' &&
      often.every === 1 &&
      !often.everyMax &&
      !often.timesMax &&
      often.times === 1 &&
      take.moments.length + take.times.length + take.days.length > 0
    )
      take.rhythm = null;
    takes.push(take);
  }
  // A unit said once, at the end: «1 matin 2 soir, comprimés» is not how it is said; «1 le matin, 2 cp le soir» is.
  const only = new Set(takes.map(({ unit }) => unit).filter(Boolean));
  if (only.size === 1) for (const take of takes) if (take.dose && !take.unit) take.unit = [...only][0]!;
  if (takes.length === 2 && found.turns && takes.every(({ alternate }) => !alternate)) {
    // «1 cp et ½ cp en alternance», a day on two or not said.
    if (takes.some(({ rhythm: often }) => often && !(often.unit === 'd' && often.every === 2))) return null;
    Object.assign(takes[0]!, { alternate: 'first', rhythm: null });
    Object.assign(takes[1]!, { alternate: 'next', rhythm: null });
  }
  if (found.turns && !takes.some(({ alternate }) => alternate)) return null;
  const ends = step.from && step.duration ? endOf(step.from, step.duration) : null;
  if (step.from && step.duration && !ends) return null;
  return { ...step, takes, ...(ends && { until: ends, duration: null }) };
}
