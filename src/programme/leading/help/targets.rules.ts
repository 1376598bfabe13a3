import { aheadInFrance } from '../../../platform/index.ts';

const minute = 60_000;
/** The instant of a time on French clocks, given as if it were UTC; between two, in autumn, the first. */
const instantOf = (wall: number): number => {
  const guess = wall - aheadInFrance(wall) * minute;
  return wall - aheadInFrance(guess) * minute;
};

/**
 * When a first answer is due: so many opening hours after the request, from Monday to Friday on French clocks. Bank holidays count as days.
 * @param opens hour at which help opens, @param closes hour at which it closes
 */
export function dueAt(asked: Date, hours: number, { opens, closes }: { opens: number; closes: number }): Date {
  let wall = Math.ceil((asked.getTime() + aheadInFrance(asked.getTime()) * minute) / minute) * minute;
  let left = hours * 60;
  for (;;) {
    const day = Math.floor(wall / 86_400_000) * 86_400_000;
    const [begin, end] = [day + opens * 60 * minute, day + closes * 60 * minute];
    const weekday = new Date(day).getUTCDay();
    const works = weekday >= 1 && weekday <= 5;
    if (works && wall < end) {
      const from = Math.max(wall, begin);
      const there = (end - from) / minute;
      if (there >= left) return new Date(instantOf(from + left * minute));
      left -= there;
    }
    wall = day + 86_400_000;
  }
}

/** Is the first answer late? Once given, it is told by when it was. */
export const answerIsLate = ({ dueAt, answeredAt }: { dueAt: Date; answeredAt: Date | null }, now: Date): boolean =>
  (answeredAt ?? now).getTime() > dueAt.getTime();

/** How the requests of a period went: what is told to those who answer. */
export function helpFigures(
  requests: readonly { state: string; dueAt: Date; answeredAt: Date | null; mark: number | null }[],
  now: Date,
): { open: number; late: number; answered: number; inTime: number; mark: number | null; marks: number } {
  const marks = requests.flatMap(({ mark }) => mark ?? []);
  const answered = requests.filter(({ answeredAt }) => answeredAt !== null);
  return {
    open: requests.filter(({ state }) => state === 'open').length,
    late: requests.filter((one) => one.state === 'open' && one.answeredAt === null && answerIsLate(one, now)).length,
    answered: answered.length,
    inTime: answered.filter((one) => !answerIsLate(one, now)).length,
    mark: marks.length ? Math.round((marks.reduce((sum, one) => sum + one, 0) * 10) / marks.length) / 10 : null,
    marks: marks.length,
  };
}
