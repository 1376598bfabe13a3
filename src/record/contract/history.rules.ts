import { subjectOfHistory } from '../data/history.ts';

/** Pack-years: packets of twenty a day times years; null while one of them is missing. One decimal. */
export const packYearsOf = (perDay: number | null | undefined, years: number | null | undefined): number | null =>
  perDay === null || perDay === undefined || years === null || years === undefined
    ? null
    : Math.round((perDay / 20) * years * 10) / 10;

/** French benchmark for healthy adults (Santé publique France, INCa, 2017): ten standard glasses a week at most. */
export const glassesBenchmark = 10;
/** Parents and siblings: a coronary event or a stroke before 55 in a man, 65 in a woman, is a risk factor of its own (HAS, cardiovascular risk). */
const earlyBefore: Readonly<Record<string, number>> = { FTH: 55, BRO: 55, SON: 55, MTH: 65, SIS: 65, DAU: 65 };
export function isEarlyVascular(
  relative: string | null | undefined,
  age: number | null | undefined,
  codes: readonly string[],
  label: string,
): boolean {
  const limit = earlyBefore[relative ?? ''];
  if (limit === undefined || age === null || age === undefined || age >= limit) return false;
  return (
    codes.some((code) => /^I(2[0-5]|6[0-46])/.test(code)) ||
    /infarctus|coronar|angor|mort subite|accident vasculaire c|\bavc\b/i.test(label)
  );
}

const decimal = (value: number): string => String(value).replace('.', ',');
export interface RiskFigures {
  perDay?: number | null | undefined;
  years?: number | null | undefined;
  packYears?: number | null | undefined;
  /** ISO, partial ones too. */
  stopped?: string | null | undefined;
  glasses?: number | null | undefined;
}
/** «15 cigarettes par jour, 22,5 paquets-années, arrêt en 2019»; «12 verres par semaine». */
export function figuresInWords(figures: RiskFigures, sayDate: (iso: string) => string): string {
  const { perDay, years, packYears, stopped, glasses } = figures;
  const parts = [
    perDay && `${decimal(perDay)} ${perDay > 1 ? 'cigarettes' : 'cigarette'} par jour`,
    years && !packYears && `pendant ${decimal(years)} ${years > 1 ? 'ans' : 'an'}`,
    packYears && `${decimal(packYears)} ${packYears >= 2 ? 'paquets-années' : 'paquet-année'}`,
    stopped && `arrêt ${stopped.length === 4 ? 'en' : 'le'} ${sayDate(stopped)}`,
    glasses !== null && glasses !== undefined && `${decimal(glasses)} ${glasses > 1 ? 'verres' : 'verre'} par semaine`,
  ];
  return parts.filter(Boolean).join(', ');
}
/** Labels of the answers, in the order of the subject's list; unknown ones are left out. */
export function answersInWords(subject: string | null | undefined, answers: readonly string[]): string[] {
  return (
    subjectOfHistory(subject)
      ?.answers.filter((one) => answers.includes(one.code))
      .map((one) => one.label) ?? []
  );
}
/** Whether an answer or a figure is to be seen at once. */
export const isFlagged = (
  subject: string | null | undefined,
  answers: readonly string[],
  figures: RiskFigures,
): boolean =>
  (subjectOfHistory(subject)?.answers.some((one) => one.flag && answers.includes(one.code)) ?? false) ||
  (subject === 'alcohol' && (figures.glasses ?? 0) > glassesBenchmark) ||
  (subject === 'tobacco' && (figures.packYears ?? 0) >= 20);
