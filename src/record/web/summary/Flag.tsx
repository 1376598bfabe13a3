import { isCritical, isOutOfRange } from '../../contract.ts';
import css from './summary.module.css';

/** Above and below the range, twice when critical. */
export const flagSigns: Record<string, string> = { high: '▲', low: '▼', 'critical-high': '▲▲', 'critical-low': '▼▼' };

/** A value that is out of range is seen at once: arrow, word and colour. */
export function Flag({ flag, label }: { flag: string; label: string }) {
  if (!isOutOfRange(flag)) return null;
  return (
    <span className={css.flag} data-critical={isCritical(flag) || undefined}>
      <span aria-hidden>{flagSigns[flag]}</span> {label}
    </span>
  );
}
