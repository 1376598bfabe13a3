import { asSaid, type Measure, measureOf, rangeFor } from '../../contract.ts';

/** What is typed, by code of the measure. */
export type Typed = Readonly<Record<string, string>>;

export const numberIn = (words = ''): number | null => {
  const value = Number(words.replace(',', '.').replace(/\s/g, ''));
  return words.trim() === '' || Number.isNaN(value) ? null : value;
};
/** As it will be kept: «16» is 160 mmHg. */
export const kept = (measure: Measure, words: string | undefined): number | null => {
  const value = numberIn(words);
  return value === null ? null : asSaid(measure, value);
};
export const flagOf = (measure: Measure, value: number, age: number | null, sex: string) => {
  const range = rangeFor(measure, age, sex);
  if (!range) return { flag: 'unknown', label: '' };
  if (range.criticalHigh !== undefined && value >= range.criticalHigh)
    return { flag: 'critical-high', label: 'Critique' };
  if (range.criticalLow !== undefined && value <= range.criticalLow) return { flag: 'critical-low', label: 'Critique' };
  if (range.high !== undefined && value > range.high) return { flag: 'high', label: 'Élevé' };
  if (range.low !== undefined && value < range.low) return { flag: 'low', label: 'Bas' };
  return { flag: 'normal', label: '' };
};

export const unlikely = (typed: Typed) =>
  Object.entries(typed).flatMap(([code, words]) => {
    const measure = measureOf(code);
    const value = measure ? kept(measure, words) : null;
    return measure && value !== null && (value < measure.plausible[0] || value > measure.plausible[1])
      ? [{ measure, value }]
      : [];
  });
/** The unlikely values as they stand: a confirmation is of these. */
export const oddOf = (typed: Typed): string =>
  unlikely(typed)
    .map(({ measure, value }) => `${measure.code} ${value}`)
    .join(';');
