import type { ListLine } from '../contract/wire-cockpits.ts';
import type { List, Rule } from '../data/cockpits/lists.ts';
import type { Reading } from '../read/reading.ts';
import { careLines } from './care-lines.ts';
import { followUpLines } from './follow-up-lines.ts';
import type { Known, Maker, Makers } from './known.ts';
import { presenceLines } from './presence-lines.ts';

const makers: Makers = { ...presenceLines, ...followUpLines, ...careLines };

/** The lines of a list, the first ones to look at first. */
export function linesOf(list: List, all: readonly Known[], today: string, r: Reading): ListLine[] {
  const make = makers[list.rule.what] as Maker<Rule> | undefined;
  return all
    .flatMap((known) => {
      const line = make?.(known, list.rule, today, r);
      return line ? [{ line, known }] : [];
    })
    .sort(
      (a, b) =>
        a.line.rank.localeCompare(b.line.rank, 'en', { numeric: false }) ||
        a.known.brief.name.localeCompare(b.known.brief.name, 'fr'),
    )
    .map(({ line: { rank: _, enter, ...line }, known }) => ({
      ...line,
      patient: known.brief,
      enter: enter ?? list.enter ?? null,
    }));
}
