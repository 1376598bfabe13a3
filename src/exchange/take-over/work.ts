import { exactText, FhirProblem, type Importer, type ImportTrace } from '../../fhir/index.ts';
import { type AuditEntry, type Db, type Sql, sqlState } from '../../platform/index.ts';
import { Bunzip2Thread } from './bunzip2-thread.ts';
import { type Duplicate, Duplicates } from './duplicates.ts';
import type { Limits } from './limits.ts';
import {
  type ChangeRow,
  createdBy,
  missingOf,
  pendingCounts,
  saveChanges,
  saveOrigins,
  savePending,
} from './origin.store.ts';
import { type Known, Origins } from './origins.ts';
import { type Batch, type Decided, prepareBatch, type Tools, type Validator } from './prepare-batch.ts';
import { blockedKeys, closeLines, openOrigins, type Reject, saveRejects } from './quarantine.store.ts';
import { ahead, readBatches, type Step } from './read-batches.ts';
import {
  beat,
  type Counts,
  filesOf,
  lastRate,
  markFile,
  type Progress,
  type Run,
  type RunFile,
  type TypeCounts,
} from './run.store.ts';
import { settlePending } from './settle-pending.ts';
import { kindOfSetAside, toldOf } from './masking.ts';
import { lineOf } from './words.ts';

type ReadyItem = Awaited<ReturnType<Importer['prepare']>>[number];
type Written = Awaited<ReturnType<Importer['write']>>[number];

export interface WorkDeps {
  db: Db;
  validator: Validator;
  importer(tenant: number, reason: string): Importer;
  limits: Limits;
}
/** A batch on its way into the database. */
interface Writing {
  keys: ReadonlySet<string>;
  places: ReadonlySet<string>;
  done: Promise<void>;
}
export interface RejectLine {
  file: string;
  unit: 'entry' | 'line';
  place: number;
  type: string;
  cause: string;
  words: string;
}
export interface CheckReport {
  resources: number;
  counts: Counts;
  rejected: number;
  /** The first of them. */
  rejects: RejectLine[];
  duplicates: { total: number; list: readonly Duplicate[] };
  unresolved: { total: number; examples: string[] };
  seconds: number;
  estimatedSeconds: number;
}
export interface ImportReport {
  /** Ids that others point to and that never came. */
  missing: { total: number; examples: string[] };
  /** Conditions that met nothing. */
  pending: { target: string; system: string; value: string; count: number }[];
  /** Late references that were resolved at the end. */
  settled: number;
  unresolved: { total: number; examples: string[] };
  /** Patients who came in and are perhaps here twice. */
  duplicates: { total: number; list: readonly Duplicate[] };
  seconds: number;
}

const none = (): TypeCounts => ({ created: 0, updated: 0, unchanged: 0, existing: 0, rejected: 0 });
const shownRejects = 500;

export const traceOf = (run: Run, actor: ImportTrace['actor'], action = 'import'): ImportTrace => ({
  action,
  target: `TakeOver/${run.id}`,
  reason: `reprise de données n° ${run.id}`,
  ...(actor && { actor }),
});

/**
 * Reads the files of a run and writes what is valid, or only says what would be written. Stops after the batch at hand when `signal` is
 * aborted; each batch is one transaction with its checkpoint, so that a killed process loses nothing and doubles nothing.
 */
export class Work {
  readonly deps: WorkDeps;
  readonly tenant: number;
  readonly run: Run;
  readonly dry: boolean;
  readonly signal: AbortSignal;
  readonly importer: Importer;
  readonly trace: ImportTrace;
  readonly progress: Progress;
  counts: Counts;
  #tools: Tools;
  #origins: Origins;
  #duplicates: Duplicates;
  #rejects: RejectLine[] = [];
  /** Origins of lines of the quarantine that wait. */
  #waiting = new Set<string>();
  #unresolved = { total: 0, examples: [] as string[] };
  #began = performance.now();
  #before: number;
  /** How many a dry run found. */
  #counted: number | undefined;
  #doneBytes = 0;
  #lastBeat = 0;
  #written = 0;
  /** Rows at which the planner must look again. */
  #nextPlans = 300;

  constructor(
    deps: WorkDeps,
    tenant: number,
    run: Run,
    dry: boolean,
    signal: AbortSignal,
    actor?: Pick<AuditEntry, 'actor' | 'actorName' | 'role' | 'address'>,
  ) {
    this.deps = deps;
    this.tenant = tenant;
    this.run = run;
    this.dry = dry;
    this.signal = signal;
    this.trace = traceOf(run, actor);
    this.importer = deps.importer(tenant, this.trace.reason);
    this.#origins = new Origins({ tenant, importer: this.importer, run: run.id });
    this.#duplicates = new Duplicates(this.importer);
    this.#tools = {
      origins: this.#origins,
      importer: this.importer,
      validator: deps.validator,
      limits: deps.limits,
      source: run.source,
      blocked: new Set(),
    };
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

  /** True when it came to its end, false when it was stopped. */
  async go(): Promise<boolean> {
    const { deps, tenant, run, dry } = this;
    const files = await deps.db.tenant(tenant, (sql) => filesOf(sql, tenant, run.id));
    const over = (file: RunFile) => !dry && file.state !== 'waiting' && file.state !== 'reading';
    this.progress.filesTotal = files.length;
    this.progress.bytesTotal = files.reduce((sum, file) => sum + file.bytes, 0);
    this.progress.filesDone = files.filter(over).length;
    this.#doneBytes = files.filter(over).reduce((sum, file) => sum + file.bytes, 0);
    if (!dry)
      for (const origin of await deps.db.tenant(tenant, (sql) => openOrigins(sql, tenant))) this.#waiting.add(origin);
    if (!dry)
      for (const key of await deps.db.tenant(tenant, (sql) => blockedKeys(sql, tenant, run.id)))
        this.#tools.blocked.add(key);
    const thread = new Bunzip2Thread();
    const lanes: Writing[] = [];
    // The embedded engine has one connection: a second transaction would hold it and wait for the first.
    const most = deps.db.engine === 'postgres' ? 2 : 1;
    const upTo = async (left: number) => {
      while (lanes.length > left) await lanes[0]!.done.finally(() => lanes.shift());
    };
    try {
      for await (const step of ahead(readBatches(files, thread, deps.limits, run.source, dry))) {
        if (this.signal.aborted) break;
        this.progress.file = step.file.name;
        if (step.kind !== 'batch') {
          await upTo(0);
          await this.#close(step);
          continue;
        }
        // What is being written is not known well enough to be changed.
        if (lanes.some(({ keys }) => meet(keys, step.keys))) await upTo(0);
        const batch = await prepareBatch(step.raws, this.#tools);
        for (const literal of batch.unresolved) {
          this.#unresolved.total++;
          if (this.#unresolved.examples.length < 20) this.#unresolved.examples.push(literal.slice(0, 200));
        }
        if (dry) {
          await this.#look(step, batch);
          continue;
        }
        const items = batch.decided.flatMap((one) => one.item ?? []);
        const ready = await this.importer.prepare(items);
        // Two that wrote the same row would wait for one another, here and in the database.
        const places = new Set(items.map(({ resource }) => `${resource.resourceType}/${resource.id}`));
        await upTo(lanes.some((lane) => meet(lane.places, places)) || this.#plansAreOld ? 0 : most - 1);
        await this.#keepPlans();
        const turn = lanes.at(-1)?.done.catch(() => {
          throw new Error('The batch before could not be written.');
        });
        turn?.catch(() => undefined);
        const done = this.#write(step, batch, ready, turn);
        done.catch(() => undefined);
        lanes.push({ keys: step.keys, places, done });
      }
      await upTo(0);
      if (this.signal.aborted) return false;
      if (dry) await this.#duplicates.finish();
      return true;
    } finally {
      await Promise.allSettled(lanes.map(({ done }) => done));
      await thread.close();
    }
  }

  get #plansAreOld(): boolean {
    return this.#written >= this.#nextPlans;
  }
  async #keepPlans(): Promise<void> {
    if (!this.#plansAreOld) return;
    this.#nextPlans = this.#written * 8;
    await this.importer.refreshPlans(this.#written);
  }

  /** Late references, once every file is in. */
  async settle(): Promise<ImportReport> {
    const { deps, tenant, run } = this;
    const settled = await settlePending(deps.db, tenant, run.id, this.importer, this.trace);
    const duplicates = await this.#meetings();
    const [missing, pending] = await deps.db.tenant(
      tenant,
      async (sql) => [await missingOf(sql, tenant, run.id, 50), await pendingCounts(sql, tenant, run.id)] as const,
    );
    return {
      missing: { total: missing[0]?.total ?? 0, examples: missing.map((row) => `${row.type}/${row.id}`) },
      pending,
      settled,
      unresolved: this.#unresolved,
      duplicates,
      seconds: this.progress.seconds,
    };
  }

  /** Patients of this run who are perhaps others of the practice, or one another. */
  async #meetings(): Promise<ImportReport['duplicates']> {
    const found = new Duplicates(this.importer);
    for (let after = String(-(2n ** 63n)); ; ) {
      const rows = await this.deps.db.tenant(this.tenant, (sql) =>
        createdBy(sql, this.tenant, this.run.id, after, 400, 'Patient'),
      );
      if (rows.length === 0) break;
      after = rows.at(-1)!.origin;
      const stored = await this.importer.look((look) =>
        look.versions(rows.map(({ type, id, version }) => ({ type, id, version: version! }))),
      );
      for (const { resource } of stored.values()) await found.addTaken(resource as typeof resource & { id: string });
    }
    await found.finish();
    return { total: found.total, list: found.list };
  }

  async checked(): Promise<CheckReport> {
    const rate = await this.deps.db.tenant(this.tenant, (sql) => lastRate(sql, this.tenant));
    const { resources, seconds } = this.progress;
    // Writing costs more than looking: measured on both engines before the practice has a figure of its own.
    const estimated = rate ? resources / rate : seconds * (this.deps.db.engine === 'postgres' ? 2 : 3);
    return {
      resources,
      counts: this.counts,
      rejected: Object.values(this.counts).reduce((sum, one) => sum + one.rejected, 0),
      rejects: this.#rejects,
      duplicates: { total: this.#duplicates.total, list: this.#duplicates.list },
      unresolved: this.#unresolved,
      seconds: Math.round(seconds * 10) / 10,
      estimatedSeconds: Math.max(1, Math.round(estimated)),
    };
  }

  #advance(step: Step & { kind: 'batch' }, counted: number): void {
    const { progress } = this;
    progress.resources += counted;
    progress.bytes = this.#doneBytes + step.read;
    progress.seconds = this.#before + (performance.now() - this.#began) / 1000;
    const guess =
      this.#counted ??
      (progress.bytes > 0 ? Math.round((progress.resources / progress.bytes) * progress.bytesTotal) : 0);
    progress.expected = guess > 0 ? Math.max(progress.resources, guess) : 0;
  }

  async #look(step: Step & { kind: 'batch' }, batch: Batch): Promise<void> {
    for (const one of batch.decided) {
      count(this.counts, one.type, one.outcome);
      if (one.reject) this.#note(step.file, one.reject);
      else if (one.type === 'Patient' && one.item)
        await this.#duplicates.add(
          one.item.resource,
          `${step.file.name}, ${placeWords(one.raw)}`,
          one.known!.key,
          one.known!.id,
        );
      if (one.known && one.outcome !== 'rejected') one.known.version ??= 0;
    }
    // Nothing is kept: what was decided may be forgotten when memory runs short.
    this.#origins.saved(this.#origins.takeUnsaved());
    this.#advance(step, batch.decided.length);
    if (performance.now() - this.#lastBeat > 1000) {
      this.#lastBeat = performance.now();
      await this.deps.db.tenant(this.tenant, (sql) => beat(sql, this.tenant, this.run.id, this.progress, null));
    }
  }

  #note(file: RunFile, reject: Omit<Reject, 'file'>): void {
    if (this.#rejects.length >= shownRejects) return;
    this.#rejects.push({
      file: file.name,
      unit: reject.unit,
      place: reject.place,
      type: reject.type,
      cause: reject.cause,
      words: toldOf(reject.kind, reject.issues.slice(0, 3)).map(lineOf).join(' ; ').slice(0, 600),
    });
  }

  async #close(step: Exclude<Step, { kind: 'batch' }>): Promise<void> {
    const { file } = step;
    this.#doneBytes += file.bytes;
    this.progress.bytes = this.#doneBytes;
    this.progress.filesDone++;
    // Beside FHIR files, what is not FHIR (a notice, a licence) is passed over; alone, it is what the person meant.
    const passedOver = step.kind === 'refused' && step.foreign && this.progress.filesTotal > 1;
    if (step.kind === 'refused' && !passedOver && this.#rejects.length < shownRejects)
      this.#rejects.push({ file: file.name, unit: 'line', place: 0, type: '', cause: 'file', words: step.reason });
    const done = step.kind === 'end' ? ('done' as const) : passedOver ? ('ignored' as const) : ('refused' as const);
    await this.deps.db.transaction(this.tenant, async (sql) => {
      await markFile(sql, this.tenant, this.run.id, {
        ...file,
        state: this.dry ? (done === 'done' ? 'waiting' : done) : done,
        done: this.dry ? 0 : file.done,
        atByte: 0,
        reason: step.kind === 'refused' ? step.reason : null,
      });
      await beat(sql, this.tenant, this.run.id, this.progress, this.dry ? null : this.counts);
    });
  }

  /** @param turn the write before: this one ends after it, so that the checkpoint never runs ahead of what is in. */
  async #write(step: Step & { kind: 'batch' }, batch: Batch, ready: ReadyItem[], turn?: Promise<void>): Promise<void> {
    const prepared = new Map(ready.map((item) => [`${item.prepared.type}/${item.prepared.id}`, item]));
    const touched = new Set<Known>(this.#origins.takeUnsaved());
    for (const one of batch.decided) if (one.known && (one.item || one.outcome === 'existing')) touched.add(one.known);
    await this.#writeSome(step, batch.decided, prepared, [...touched], batch, true, turn);
    this.#origins.saved([...touched]);
  }

  /** Writes some of a batch; when the database refuses, finds the culprit by halves and sets it aside. */
  async #writeSome(
    step: Step & { kind: 'batch' },
    decided: readonly Decided[],
    ready: ReadonlyMap<string, ReadyItem>,
    touched: readonly Known[],
    batch: Batch,
    last: boolean,
    turn?: Promise<void>,
  ): Promise<void> {
    const items = decided.flatMap((one) => (one.item ? [ready.get(`${one.type}/${one.item.resource.id}`)!] : []));
    let counts: Counts = {};
    let written: Written[] = [];
    try {
      written = await this.importer.write(
        items,
        this.trace,
        async (sql, result) => {
          counts = structuredClone(this.counts);
          await this.#also(
            sql,
            step,
            decided,
            result,
            last ? touched : decided.flatMap((one) => (one.known && one.item ? [one.known] : [])),
            batch,
            counts,
            last,
          );
        },
        turn,
      );
    } catch (error) {
      const state = sqlState(error) ?? '';
      const taken = error instanceof FhirProblem && error.status === 409;
      if (!taken && !/^(22|23|54)/.test(state)) throw error;
      const doubtful = items.some((item) => item.expect === 'new');
      if (taken && doubtful) {
        // Somebody took one of the ids meanwhile: look before writing.
        for (const item of items) if (item.expect === 'new') item.expect = 'absent';
        return this.#writeSome(step, decided, ready, touched, batch, last, turn);
      }
      if (decided.length > 1) {
        const half = decided.length >> 1;
        await this.#writeSome(step, decided.slice(0, half), ready, touched, batch, false, turn);
        return this.#writeSome(step, decided.slice(half), ready, touched, batch, last, turn);
      }
      const one = decided[0];
      if (!one?.item || !one.known) throw error;
      this.#setAside(
        one,
        'refused',
        'La base de données ne peut pas enregistrer cette ressource (une valeur est hors limites ou trop longue).',
      );
      return this.#writeSome(step, decided, ready, touched, batch, last, turn);
    }
    const results = byPlace(written);
    for (const { item, type, known } of decided) {
      const result = item && results.get(`${type}/${known!.id}`);
      if (result?.done) known!.version = result.version;
    }
    this.counts = counts;
    this.#written += written.length;
  }

  #setAside(one: Decided, cause: Reject['cause'], words: string): void {
    const { known, item } = one;
    known!.content = one.before?.beforeContent ?? null;
    one.outcome = 'rejected';
    one.reject = {
      unit: one.raw.unit,
      place: one.raw.place,
      type: one.type,
      origin: known!.hash,
      originKey: known!.key,
      targetId: known!.id,
      kind: kindOfSetAside(item!.resource),
      contentHash: one.contentHash,
      cause,
      issues: [{ path: '', words }],
      content: exactText(item!.resource),
    };
    delete one.item;
    delete one.before;
  }

  /** The room's own rows, in the transaction of the batch. */
  async #also(
    sql: Sql,
    step: Step & { kind: 'batch' },
    decided: readonly Decided[],
    written: readonly Written[],
    touched: readonly Known[],
    batch: Batch,
    counts: Counts,
    last: boolean,
  ): Promise<void> {
    const { tenant, run } = this;
    const results = byPlace(written);
    const changes: ChangeRow[] = [];
    for (const one of decided) {
      const result = one.item && results.get(`${one.type}/${one.known!.id}`);
      if (result && !result.done)
        this.#setAside(
          one,
          result.why,
          result.why === 'exists'
            ? 'Une ressource de même identifiant existe déjà dans la structure : elle n’a pas été remplacée.'
            : result.deleted
              ? 'Cette ressource a été supprimée ici depuis la reprise précédente : elle n’a pas été remise.'
              : 'Cette ressource a été modifiée ici depuis la reprise précédente : votre version est gardée, celle du fichier est mise de côté.',
        );
      else if (result?.done && one.before)
        changes.push({ origin: one.known!.hash, type: one.type, id: one.known!.id, ...one.before });
      count(counts, one.type, one.outcome);
    }
    const entered = decided.flatMap(({ known, outcome }) =>
      known && outcome !== 'rejected' && this.#waiting.has(known.hash) ? [known.hash] : [],
    );
    if (entered.length > 0) await closeLines(sql, tenant, entered, `reprise n° ${run.id}`);
    const rejects = decided.flatMap((one) => (one.reject ? [{ ...one.reject, file: step.file.name }] : []));
    for (const reject of rejects) this.#note(step.file, reject);
    const rows = touched.map((known) => {
      const result = results.get(`${known.type}/${known.id}`);
      return { ...this.#origins.rowOf(known), version: result?.done ? result.version : known.version };
    });
    if (rows.length > 0) await saveOrigins(sql, tenant, rows);
    if (changes.length > 0) await saveChanges(sql, tenant, run.id, changes);
    if (rejects.length > 0) await saveRejects(sql, tenant, run.id, rejects);
    if (!last) return;
    if (batch.pending.length > 0) await savePending(sql, tenant, run.id, batch.pending);
    const end = step.raws.findLast((raw) => !raw.more);
    if (end) Object.assign(step.file, { done: end.place, atByte: end.endByte });
    await markFile(sql, tenant, run.id, { ...step.file, state: 'reading', reason: null });
    this.#advance(step, step.raws.length);
    await beat(sql, tenant, run.id, this.progress, counts);
  }
}

const byPlace = (written: readonly Written[]) =>
  new Map(written.map((result) => [`${result.type}/${result.id}`, result]));
const meet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...b].some((one) => a.has(one));
function count(counts: Counts, type: string, outcome: Decided['outcome']): void {
  const name = /^[A-Za-z]{1,64}$/.test(type) ? type : '?';
  if (!Object.hasOwn(counts, name)) counts[name] = none();
  counts[name]![outcome]++;
}

export const placeWords = (raw: { unit: 'entry' | 'line'; place: number }): string =>
  `${raw.unit === 'line' ? 'ligne' : 'entrée'} ${raw.place}`;
