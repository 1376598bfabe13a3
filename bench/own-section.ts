import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';

/** The load of the machine now; asked for before measuring. */
export const loadNow = (): number => loadavg()[0]!;
interface Measured {
  /** `loadNow()` before. */
  before: number;
  /** What is measured loads every core itself: only the load before tells of other work. */
  loadsAll?: true;
  parts: readonly string[];
}
/** The tables under the words on the machine. */
function textOf({ before, loadsAll, parts }: Measured): string {
  const after = loadNow();
  const busy = (loadsAll ? before : Math.max(before, after)) > availableParallelism();
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, load average ${before.toFixed(1)} before and ${after.toFixed(1)} after${busy ? ' (above the number of cores: other work took part of the machine, times are too long)' : ''}.`,
    '',
    ...parts,
  ].join('\n');
}
/** The text of a measure, put between its marks in README.md as well when `write` says so; `heading`: what stands before it the first time. */
export function ownSection(
  measured: Measured,
  marks: { from: string; to: string },
  heading: string,
  write: boolean,
): string {
  const text = textOf(measured);
  const readme = join(import.meta.dirname, 'README.md');
  if (write && existsSync(readme)) {
    const held = readFileSync(readme, 'utf8');
    const section = `${marks.from}\n${text}\n${marks.to}`;
    writeFileSync(
      readme,
      held.includes(marks.from)
        ? `${held.slice(0, held.indexOf(marks.from))}${section}${held.slice(held.indexOf(marks.to) + marks.to.length)}`
        : `${held.trimEnd()}\n\n${heading}\n\n${section}\n`,
    );
  }
  return text;
}
