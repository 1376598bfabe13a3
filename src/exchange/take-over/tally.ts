import type { Edition } from '../../fhir/index.ts';
import type { Decided } from './prepare-batch.ts';
import type { Reject } from './quarantine.store.ts';
import type { Step } from './read-batches.ts';
import type { Counts, Progress, Run, RunFile, TypeCounts } from './run.store.ts';
import { toldOf } from './masking.ts';
import { lineOf, placeWords } from './words.ts';
import type { CheckReport, Editions, RejectLine } from './report.ts';

const none = (): TypeCounts => ({ created: 0, updated: 0, unchanged: 0, existing: 0, rejected: 0 });
const shownRejects = 500;

/** What a run has come to: how far it is, how many of each type, and what was set aside. */
export class Tally {
  readonly progress: Progress;
  counts: Counts;
  /** The first of them. */
  readonly rejects: RejectLine[] = [];
  readonly unresolved = { total: 0, examples: [] as string[] };
  /** Resources that came more than once in this run and not the same. */
  readonly contradictions = { total: 0, examples: [] as string[] };
  /** Earlier editions: how many came in, how many were here, what was left and why. */
  readonly editions: Editions = { taken: 0, here: 0, left: { total: 0, examples: [] } };
  /** Of the files that are over. */
  doneBytes = 0;
  #began = performance.now();
  #before: number;
  /** How many a dry run found. */
  #counted: number | undefined;

  constructor(run: Run, dry: boolean) {
    this.counts = dry ? {} : structuredClone(run.counts);
    this.#counted = dry ? undefined : (run.checked as CheckReport | null)?.resources;
    // The progress of a dry run is not the beginning of the import.
    const goesOn = !dry && Object.keys(run.counts).length > 0;
    this.#before = goesOn ? (run.progress.seconds ?? 0) : 0;
    this.progress = {
      resources: goesOn ? (run.progress.resources ?? 0) : 0,
      expected: 0,
      bytes: 0,
      bytesTotal: 0,
      filesDone: 0,
      filesTotal: 0,
      file: '',
      seconds: 0,
    };
  }

  advance(step: Step & { kind: 'batch' }, counted: number): void {
    const { progress } = this;
    progress.resources += counted;
    progress.bytes = this.doneBytes + step.read;
    progress.seconds = this.#before + (performance.now() - this.#began) / 1000;
    const guess =
      this.#counted ??
      (progress.bytes > 0 ? Math.round((progress.resources / progress.bytes) * progress.bytesTotal) : 0);
    progress.expected = guess > 0 ? Math.max(progress.resources, guess) : 0;
  }

  /** @param taken those that came in; without it, as in a dry run, those that would */
  editionsOf(decided: readonly Decided[], taken?: readonly Edition[]): void {
    const meant = decided.flatMap(({ past, outcome }) => (past && outcome !== 'rejected' ? [past] : []));
    const asked = meant.reduce((sum, { take }) => sum + take.length, 0);
    this.editions.taken += taken?.length ?? asked;
    this.editions.here += taken ? asked - taken.length : 0;
    for (const { reference, why } of meant.flatMap(({ left }) => left)) {
      this.editions.left.total++;
      if (this.editions.left.examples.length < 20) this.editions.left.examples.push(`${reference} : ${why}`);
    }
  }

  unresolvedOf(literals: readonly string[]): void {
    for (const literal of literals) {
      this.unresolved.total++;
      if (this.unresolved.examples.length < 20) this.unresolved.examples.push(literal.slice(0, 200));
    }
  }

  /** The more recent stays, or the last one that came where a date is missing: said, because a run of the same files would write these again. */
  cameOf(file: RunFile, decided: readonly Decided[]): void {
    for (const { raw, type, outcome, known, older } of decided) {
      if (!known || outcome === 'rejected' || (outcome === 'existing' && !older)) continue;
      const where = `${file.name}, ${placeWords(raw)}`;
      if (older)
        this.#contradicts(
          `${type}/${known.id} : ${where}, laissée : ${known.came ?? 'ce qui est déjà là'} est plus récent`,
        );
      else if (known.came !== undefined && outcome === 'updated')
        this.#contradicts(`${type}/${known.id} : ${where}, après ${known.came}`);
      if (!older) known.came = where;
    }
  }
  #contradicts(words: string): void {
    this.contradictions.total++;
    if (this.contradictions.examples.length < 20) this.contradictions.examples.push(words.slice(0, 300));
  }

  note(file: RunFile, reject: Omit<Reject, 'file'>): void {
    if (this.rejects.length >= shownRejects) return;
    this.rejects.push({
      file: file.name,
      unit: reject.unit,
      place: reject.place,
      type: reject.type,
      cause: reject.cause,
      words: toldOf(reject.kind, reject.issues.slice(0, 3)).map(lineOf).join(' ; ').slice(0, 600),
    });
  }

  /** A file that could not be read as what it should be. */
  noteFile(file: RunFile, reason: string): void {
    if (this.rejects.length < shownRejects)
      this.rejects.push({ file: file.name, unit: 'line', place: 0, type: '', cause: 'file', words: reason });
  }
}

export function count(counts: Counts, type: string, outcome: Decided['outcome']): void {
  const name = /^[A-Za-z]{1,64}$/.test(type) ? type : '?';
  if (!Object.hasOwn(counts, name)) counts[name] = none();
  counts[name]![outcome]++;
}
