import { answerOf, type Facts, type Moments } from './conditions.rules.ts';
import type { Edition, RankingCriterion, ReviewItem } from './contract.ts';

export interface Candidate {
  id: string;
  name: string;
  facts: Facts;
  moments: Moments;
  /** ISO instant. */
  submitted: string;
  /** The reviewers' weighted mean, hundredths; null: nobody has scored it. */
  mark?: number | null;
}
export interface Scored {
  criterion: string;
  title: string;
  points: number;
  /** The levels that hold, in the call's words. */
  words: string[];
  facts: string[];
}
export interface Ranked {
  candidate: Candidate;
  /** From 1; equals share it. */
  rank: number;
  scores: Scored[];
  /** Has a place; `tie`: the last places are shared by more candidates than there are. */
  outcome: 'chosen' | 'tie' | 'waiting';
  /** Why it stands behind the one before. */
  because: string;
}

export function scoreOf(criterion: RankingCriterion, facts: Facts, moments: Moments): Scored {
  const held = criterion.levels
    .map((level) => ({ level, ...answerOf(level.test, facts, moments) }))
    .filter(({ answer }) => answer === 'yes');
  const best = held
    .toSorted((a, b) => b.level.points - a.level.points)
    .slice(0, criterion.combine === 'best' ? 1 : held.length);
  return {
    criterion: criterion.id,
    title: criterion.title,
    points: best.reduce((sum, { level }) => sum + level.points, 0),
    words: best.map(({ level }) => level.words),
    facts: [...new Set(best.flatMap((one) => one.facts))],
  };
}

/**
 * One reviewer's weighted mean, hundredths; null while an item lacks its score.
 * @param scores points from 0 to 5 by item
 */
export function markOf(items: readonly ReviewItem[], scores: Readonly<Record<string, number>>): number | null {
  if (items.length === 0 || items.some(({ id }) => scores[id] === undefined)) return null;
  const weights = items.reduce((sum, { weight }) => sum + weight, 0);
  return Math.round((items.reduce((sum, { id, weight }) => sum + weight * scores[id]!, 0) * 100) / weights);
}
/** The mean of the reviewers who have scored everything. */
export function meanOf(marks: readonly (number | null)[]): number | null {
  const given = marks.filter((mark) => mark !== null);
  return given.length === 0 ? null : Math.round(given.reduce((sum, mark) => sum + mark, 0) / given.length);
}
export const sayMark = (mark: number): string => (mark / 100).toFixed(2).replace('.', ',');

type Standing = Pick<Ranked, 'candidate' | 'scores'>;
/** What sets two candidates apart: by how much, and at which criterion, `mark` or `date`; `by` is 0 between equals. */
interface Difference {
  by: number;
  at: number | 'mark' | 'date';
}
/** Why a candidate stands behind the one before. */
function whyBehind(before: Standing, one: Standing, { by, at }: Difference): string {
  const { name, mark } = before.candidate;
  const own = one.candidate.mark ?? null;
  if (by === 0) {
    const same = own !== null && own === mark ? `, même note (${sayMark(own)})` : '';
    return `Ex æquo avec ${name} : mêmes points sur chaque critère${same}.`;
  }
  if (at === 'mark')
    return `Mêmes points que ${name} sur chaque critère ; note de l’examen ${sayMark(own!)}, contre ${sayMark(mark!)}.`;
  if (at === 'date') return `Mêmes points que ${name}, déposée après.`;
  const { title, points } = one.scores[at]!;
  return `${title} : ${points} ${points > 1 ? 'points' : 'point'}, contre ${before.scores[at]!.points} pour ${name}.`;
}

/**
 * The eligible candidates in order (AAP-8): criterion after criterion; among those with the same points on each, the reviewers' mark, when each of them has one;
 * then the edition's rule between equals.
 */
export function rank(
  edition: Pick<Edition, 'ranking' | 'tie'>,
  candidates: readonly Candidate[],
  places: number,
): Ranked[] {
  const scored = candidates.map((candidate) => ({
    candidate,
    scores: edition.ranking.map((criterion) => scoreOf(criterion, candidate.facts, candidate.moments)),
  }));
  type One = (typeof scored)[number];
  const keyOf = (one: One) => one.scores.map(({ points }) => points).join(' ');
  const unmarked = new Set(scored.filter(({ candidate }) => (candidate.mark ?? null) === null).map(keyOf));
  const difference = (a: One, b: One): Difference => {
    for (let at = 0; at < edition.ranking.length; at++) {
      const by = b.scores[at]!.points - a.scores[at]!.points;
      if (by !== 0) return { by, at };
    }
    const marked = unmarked.has(keyOf(a)) ? 0 : b.candidate.mark! - a.candidate.mark!;
    if (marked !== 0) return { by: marked, at: 'mark' };
    return edition.tie === 'earliest'
      ? { by: Date.parse(a.candidate.submitted) - Date.parse(b.candidate.submitted), at: 'date' }
      : { by: 0, at: 'date' };
  };
  // Names, then ids, so that equals stand in the same order at each call; neither decides anything.
  const sorted = scored.toSorted(
    (a, b) =>
      difference(a, b).by ||
      a.candidate.name.localeCompare(b.candidate.name, 'fr') ||
      (a.candidate.id < b.candidate.id ? -1 : 1),
  );
  const ranks: number[] = [];
  for (const [i, one] of sorted.entries())
    ranks.push(i > 0 && difference(sorted[i - 1]!, one).by === 0 ? ranks[i - 1]! : i + 1);
  return sorted.map((one, i): Ranked => {
    const mine = ranks[i]!;
    const equals = ranks.filter((rank) => rank === mine).length;
    const outcome = mine + equals - 1 <= places ? 'chosen' : mine > places ? 'waiting' : 'tie';
    const before = sorted[i - 1];
    const next = sorted[i + 1];
    const because = before
      ? whyBehind(before, one, difference(before, one))
      : next && ranks[i + 1] === mine
        ? `En tête, ex æquo avec ${next.candidate.name}.`
        : 'Première candidature du classement.';
    return { candidate: one.candidate, rank: mine, scores: one.scores, outcome, because };
  });
}
