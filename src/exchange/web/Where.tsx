import css from './exchange.module.css';
import { place } from './say.ts';

/** File and place of a line, in one narrow column. */
export const Where = ({ line }: { line: { file: string; unit: 'entry' | 'line'; place: number } }) => (
  <>
    <span className={css.file}>{line.file}</span>
    <div className="dim tiny num">{place(line)}</div>
  </>
);
