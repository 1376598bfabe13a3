import type { CostLine, CoverageAnswer, Importance } from './contract.ts';
import { byWords } from './professions.rules.ts';

/** What one requirement weighs in a score. */
export const weights: Record<Importance, number> = { must: 3, should: 2, could: 1 };
/** Halves, so that points stay whole: covered 2, partly 1. Not known counts as not covered, and is counted apart. */
const halves: Record<CoverageAnswer, number> = { yes: 2, partly: 1, no: 0, unknown: 0 };

export interface Asked {
  id: string;
  importance: Importance;
  sentence: string;
  /** Empty: all. */
  professions: readonly string[];
}
export interface Score {
  /** Points of the most there could be, rounded down: 100 only when all is covered. */
  percent: number;
  points: number;
  most: number;
  unknown: number;
}
export function scoreOf(
  asked: readonly Pick<Asked, 'id' | 'importance'>[],
  answers: ReadonlyMap<string, CoverageAnswer>,
): Score {
  let [points, most, unknown] = [0, 0, 0];
  for (const { id, importance } of asked) {
    const answer = answers.get(id) ?? 'unknown';
    most += 2 * weights[importance];
    points += halves[answer] * weights[importance];
    if (answer === 'unknown') unknown++;
  }
  return { percent: most === 0 ? 0 : Math.floor((100 * points) / most), points, most, unknown };
}
/** A score with what explains it: by importance, by profession, and what is indispensable and not covered. */
export function explainedScore(asked: readonly Asked[], answers: ReadonlyMap<string, CoverageAnswer>) {
  const professions = [...new Set(asked.flatMap((one) => one.professions))].sort(byWords);
  return {
    ...scoreOf(asked, answers),
    byImportance: (['must', 'should', 'could'] as const).map((importance) => {
      const those = asked.filter((one) => one.importance === importance);
      return { importance, count: those.length, ...scoreOf(those, answers) };
    }),
    byProfession: professions.map((profession) => ({
      profession,
      ...scoreOf(
        asked.filter((one) => one.professions.includes(profession)),
        answers,
      ),
    })),
    lacking: asked
      .filter(({ id, importance }) => importance === 'must' && answers.get(id) === 'no')
      .map(({ sentence }) => sentence),
  };
}
/** Places by score; equals share a place. */
export const ranks = (percents: readonly number[]): number[] =>
  percents.map((one) => 1 + percents.filter((other) => other > one).length);

const times: Record<CostLine['every'], number> = { once: 1, month: 36, year: 3 };
/** What a solution costs over three years, line by line; cents. */
export function costOf(lines: readonly CostLine[]): {
  lines: { label: string; times: number; cents: number }[];
  threeYearsCents: number;
  firstYearCents: number;
} {
  const detailed = lines.map(({ label, every, cents, count }) => ({
    label,
    times: times[every] * count,
    cents: times[every] * count * cents,
  }));
  return {
    lines: detailed,
    threeYearsCents: detailed.reduce((sum, { cents }) => sum + cents, 0),
    firstYearCents: lines.reduce(
      (sum, { every, cents, count }) => sum + cents * count * (every === 'month' ? 12 : 1),
      0,
    ),
  };
}

export interface SheetItem {
  id: string;
  weight: number;
}
export interface FilledSheet {
  profession: string;
  scores: Readonly<Record<string, number>>;
}
/** Mean of each item over these sheets, hundredths; items that nobody scored are left out. */
export function itemMeans(
  items: readonly SheetItem[],
  sheets: readonly FilledSheet[],
): { item: string; n: number; mean: number }[] {
  return items.flatMap(({ id }) => {
    const given = sheets.flatMap(({ scores }) => scores[id] ?? []);
    return given.length
      ? [
          {
            item: id,
            n: given.length,
            mean: Math.round((100 * given.reduce((sum, one) => sum + one, 0)) / given.length),
          },
        ]
      : [];
  });
}
/** The weighted mean of the items that were scored, hundredths; null when none was. */
export function weightedMean(items: readonly SheetItem[], sheets: readonly FilledSheet[]): number | null {
  const means = itemMeans(items, sheets);
  const weight = (id: string) => items.find((one) => one.id === id)!.weight;
  const sum = means.reduce((total, { item }) => total + weight(item), 0);
  return sum === 0 ? null : Math.round(means.reduce((total, { item, mean }) => total + mean * weight(item), 0) / sum);
}
/** What each profession thought. Each profession counts the same in a team, however many they are: the bars stand side by side. */
export function professionMeans(items: readonly SheetItem[], sheets: readonly FilledSheet[]) {
  const by = Map.groupBy(sheets, ({ profession }) => profession);
  return [...by]
    .flatMap(([profession, those]) => {
      const mean = weightedMean(items, those);
      return mean === null ? [] : [{ profession, n: those.length, mean, means: itemMeans(items, those) }];
    })
    .sort((a, b) => byWords(a.profession, b.profession));
}
