import { asJson, type Importer, type ImportTrace } from '../../fhir/index.ts';
import type { AuditEntry, Db } from '../../platform/index.ts';
import { Bunzip2Thread } from './bunzip2-thread.ts';
import { Duplicates } from './duplicates.ts';
import type { Limits } from './limits.ts';
import { createdBy, missingOf, pendingCounts } from './origin.store.ts';
import { Origins } from './origins.ts';
import { type Batch, prepareBatch, type Tools, type Validator } from './prepare-batch.ts';
import { saidGone, settleMerges } from './merges.ts';
import { blockedKeys, openOrigins } from './quarantine.store.ts';
import { ahead, readBatches, type Step } from './read-batches.ts';
import { beat, filesOf, lastRate, markFile, type Run, type RunFile } from './run.store.ts';
import { settlePending } from './settle-pending.ts';
import { traitsOf } from './traits.ts';
import { placeWords } from './words.ts';
import type { CheckReport, ImportReport } from './report.ts';
import { count, Tally } from './tally.ts';
import { BatchWriter } from './write-batch.ts';

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
  readonly tally: Tally;
  #tools: Tools;
  #origins: Origins;
  #duplicates: Duplicates;
  #writer: BatchWriter;
  #lastBeat = 0;
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
    this.trace = { ...traceOf(run, actor), asSource: true };
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
    this.tally = new Tally(run, dry);
    this.#writer = new BatchWriter({
      tenant,
      run,
      importer: this.importer,
      trace: this.trace,
      origins: this.#origins,
      tally: this.tally,
    });
  }

  /** True when it came to its end, false when it was stopped. */
  async go(): Promise<boolean> {
    const { deps, tenant, run, dry } = this;
    const files = await deps.db.tenant(tenant, (sql) => filesOf(sql, tenant, run.id));
    const over = (file: RunFile) => !dry && file.state !== 'waiting' && file.state !== 'reading';
    this.tally.progress.filesTotal = files.length;
    this.tally.progress.bytesTotal = files.reduce((sum, file) => sum + file.bytes, 0);
    this.tally.progress.filesDone = files.filter(over).length;
    this.tally.doneBytes = files.filter(over).reduce((sum, file) => sum + file.bytes, 0);
    if (!dry)
      for (const origin of await deps.db.tenant(tenant, (sql) => openOrigins(sql, tenant)))
        this.#writer.waiting.add(origin);
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
        this.tally.progress.file = step.file.name;
        if (step.kind !== 'batch') {
          await upTo(0);
          await this.#close(step);
          continue;
        }
        // What is being written is not known well enough to be changed.
        if (lanes.some(({ keys }) => meet(keys, step.keys))) await upTo(0);
        const batch = await prepareBatch(step.raws, this.#tools);
        this.tally.unresolvedOf(batch.unresolved);
        this.tally.cameOf(step.file, batch.decided);
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
        const done = this.#writer.write(step, batch, ready, turn);
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
    return this.#writer.written >= this.#nextPlans;
  }
  async #keepPlans(): Promise<void> {
    if (!this.#plansAreOld) return;
    this.#nextPlans = this.#writer.written * 8;
    await this.importer.refreshPlans(this.#writer.written);
  }

  /** Late references, once every file is in. */
  async settle(): Promise<ImportReport> {
    const { deps, tenant, run } = this;
    const settled = await settlePending(deps.db, tenant, run.id, this.importer, this.trace);
    const said = await saidGone(deps.db, tenant, run.id, this.importer);
    const merges = await settleMerges(this.importer, run.id, said, this.trace);
    const duplicates = await this.#meetings();
    const [missing, pending] = await deps.db.tenant(
      tenant,
      async (sql) => [await missingOf(sql, tenant, run.id, 50), await pendingCounts(sql, tenant, run.id)] as const,
    );
    return {
      missing: { total: missing[0]?.total ?? 0, examples: missing.map((row) => `${row.type}/${row.id}`) },
      pending,
      settled,
      unresolved: this.tally.unresolved,
      contradictions: this.tally.contradictions,
      editions: this.tally.editions,
      merges: { ...merges, apart: { total: merges.apart.length, examples: merges.apart.slice(0, 50) } },
      duplicates,
      seconds: this.tally.progress.seconds,
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
      for (const { resource, id } of stored.values()) await found.addTaken({ ...asJson(resource), id });
    }
    await found.finish();
    return { total: found.total, list: found.list };
  }

  async checked(): Promise<CheckReport> {
    const rate = await this.deps.db.tenant(this.tenant, (sql) => lastRate(sql, this.tenant));
    const { resources, seconds } = this.tally.progress;
    // Writing costs more than looking: measured on both engines before the practice has a figure of its own.
    const estimated = rate ? resources / rate : seconds * (this.deps.db.engine === 'postgres' ? 2 : 3);
    return {
      resources,
      counts: this.tally.counts,
      rejected: Object.values(this.tally.counts).reduce((sum, one) => sum + one.rejected, 0),
      rejects: this.tally.rejects,
      duplicates: { total: this.#duplicates.total, list: this.#duplicates.list },
      unresolved: this.tally.unresolved,
      contradictions: this.tally.contradictions,
      editions: this.tally.editions,
      seconds: Math.round(seconds * 10) / 10,
      estimatedSeconds: Math.max(1, Math.round(estimated)),
    };
  }

  async #look(step: Step & { kind: 'batch' }, batch: Batch): Promise<void> {
    for (const one of batch.decided) {
      count(this.tally.counts, one.type, one.outcome);
      if (one.reject) this.tally.note(step.file, one.reject);
      else if (one.type === 'Patient' && one.item) {
        one.known!.traits = traitsOf(one.item.resource);
        await this.#duplicates.add(
          one.item.resource,
          `${step.file.name}, ${placeWords(one.raw)}`,
          one.known!.key,
          one.known!.id,
        );
      }
      if (one.known && one.outcome !== 'rejected') one.known.version ??= 0;
    }
    this.tally.editionsOf(batch.decided);
    // Nothing is kept: what was decided may be forgotten when memory runs short.
    this.#origins.saved(this.#origins.takeUnsaved());
    this.tally.advance(step, batch.decided.length);
    if (performance.now() - this.#lastBeat > 1000) {
      this.#lastBeat = performance.now();
      await this.deps.db.tenant(this.tenant, (sql) => beat(sql, this.tenant, this.run.id, this.tally.progress, null));
    }
  }

  async #close(step: Exclude<Step, { kind: 'batch' }>): Promise<void> {
    const { file } = step;
    this.tally.doneBytes += file.bytes;
    this.tally.progress.bytes = this.tally.doneBytes;
    this.tally.progress.filesDone++;
    // Beside FHIR files, what is not FHIR (a notice, a licence) is passed over; alone, it is what the person meant.
    const passedOver = step.kind === 'refused' && step.foreign && this.tally.progress.filesTotal > 1;
    if (step.kind === 'refused' && !passedOver) this.tally.noteFile(file, step.reason);
    const done = step.kind === 'end' ? ('done' as const) : passedOver ? ('ignored' as const) : ('refused' as const);
    await this.deps.db.transaction(this.tenant, async (sql) => {
      await markFile(sql, this.tenant, this.run.id, {
        ...file,
        state: this.dry ? (done === 'done' ? 'waiting' : done) : done,
        done: this.dry ? 0 : file.done,
        atByte: 0,
        reason: step.kind === 'refused' ? step.reason : null,
      });
      await beat(sql, this.tenant, this.run.id, this.tally.progress, this.dry ? null : this.tally.counts);
    });
  }
}

const meet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...b].some((one) => a.has(one));
