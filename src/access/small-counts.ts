/** A count is said only from this number of patients on: fewer people could be known by it. */
export const leastCount = 11;

/** What is said of a count: it lies between both, which are the same when it is said in full. */
export interface Bounds {
  low: number;
  high: number;
}
const exactly = (count: number): Bounds => ({ low: count, high: count });
const few: Bounds = { low: 0, high: leastCount - 1 };

/**
 * What may be said of a number of patients and of those of them who have something more, so that no group of fewer than eleven is known: neither the part, nor the rest, which is their
 * difference, nor the whole. Of the part, when the rest is small, one is told that it is nearly all of them; when the whole is small too, the whole is not said either, since it would say the rest.
 * @param whole patients; @param part of them
 */
export function saidOf(whole: number, part: number): { whole: Bounds; part: Bounds } {
  if (whole < leastCount) return { whole: few, part: few };
  if (part < leastCount) return { whole: exactly(whole), part: few };
  if (whole - part >= leastCount) return { whole: exactly(whole), part: exactly(part) };
  if (whole < 2 * leastCount - 1)
    return {
      whole: { low: leastCount, high: 2 * leastCount - 2 },
      part: { low: leastCount, high: 2 * leastCount - 2 },
    };
  return { whole: exactly(whole), part: { low: whole - leastCount + 1, high: whole } };
}
/** A count of something else (messages, people who write) that is said only when enough patients are behind it. */
export const saidIfMany = (count: number, patients: number): number | null => (patients < leastCount ? null : count);
