import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { type AuditEntry, conflict, notFound, record, withPagesKept } from '../../platform/index.ts';
import { Bunzip2Thread } from './bunzip2-thread.ts';
import { findFiles, type FoundFile, rankAll } from './find-files.ts';
import {
  countFiles,
  dropRun,
  endRun,
  filesOf,
  insertFiles,
  insertRun,
  type Progress,
  rankFiles,
  readRun,
  type Run,
  type RunState,
  takeRun,
} from './run.store.ts';
import { undoRun } from './undo.ts';
import { traceOf, Work, type WorkDeps } from './work.ts';

export type Actor = Pick<AuditEntry, 'actor' | 'actorName' | 'role' | 'address'>;
export interface TakeOversDeps extends WorkDeps {
  /** Folder where the files of a run are kept; null when they lie where the person has them. */
  folderOf(tenant: number, run: number): string;
}

interface Task {
  stop: AbortController;
  over: Promise<void>;
  progress: () => Progress | undefined;
}
const instance = randomUUID();
const me = `${hostname()}:${process.pid}:${instance}`;
/** A process on another machine that has given no sign for so long is gone. */
const silence = 90_000;
const atWork: readonly RunState[] = ['checking', 'running', 'undoing'];
const beginnings: Readonly<Record<'check' | 'import' | 'undo', { from: RunState[]; to: RunState }>> = {
  check: { from: ['ready'], to: 'checking' },
  import: { from: ['ready', 'stopped', 'failed'], to: 'running' },
  undo: { from: ['done', 'stopped', 'failed', 'undoing'], to: 'undoing' },
};

/** The take-overs of this process: starts them, stops them, and finds those that a killed process left. */
export class TakeOvers {
  readonly deps: TakeOversDeps;
  #tasks = new Map<string, Task>();
  constructor(deps: TakeOversDeps) {
    this.deps = deps;
  }

  async create(tenant: number, actor: Actor, source: string, stored: boolean): Promise<Run> {
    return this.deps.db.tenant(tenant, (sql) =>
      insertRun(sql, tenant, {
        source,
        state: 'receiving',
        stored,
        actor: actor.actor,
        actorName: actor.actorName ?? '',
      }),
    );
  }

  /** Adds files of this machine: paths of files and folders. Throws UnreadableFile when one is not there. */
  async addPaths(tenant: number, run: number, paths: readonly string[]): Promise<{ files: number; passed: string[] }> {
    const thread = new Bunzip2Thread();
    try {
      const { files, passed } = await findFiles(paths, thread, this.deps.limits);
      for (let i = 0; i < files.length; i += 1000)
        await this.deps.db.tenant(tenant, (sql) => insertFiles(sql, tenant, run, files.slice(i, i + 1000), i));
      await this.deps.db.tenant(tenant, (sql) => endRun(sql, tenant, run, 'ready'));
      return { files: files.length, passed };
    } finally {
      await thread.close();
    }
  }

  /** Forgets a run that has brought nothing in, and its files; false when it has, or is at work. */
  async drop(tenant: number, id: number): Promise<boolean> {
    const run = await this.read(tenant, id);
    if (!(await this.deps.db.transaction(tenant, (sql) => dropRun(sql, tenant, id)))) return false;
    await this.#forgetFiles(tenant, run);
    return true;
  }

  /** All files were received: puts them in order. */
  async seal(tenant: number, run: number): Promise<void> {
    const thread = new Bunzip2Thread();
    try {
      const files = await this.deps.db.tenant(tenant, (sql) => filesOf(sql, tenant, run));
      const found: (FoundFile & { ord: number })[] = files.map((file) => ({ ...file, inFolder: false }));
      await rankAll(found, thread, this.deps.limits);
      await this.deps.db.transaction(tenant, async (sql) => {
        await rankFiles(sql, tenant, run, found);
        await endRun(sql, tenant, run, 'ready');
      });
    } finally {
      await thread.close();
    }
  }

  /** The run with its real state: what a dead process left running is stopped, and can be resumed. */
  async read(tenant: number, id: number): Promise<Run> {
    const run = await this.deps.db.tenant(tenant, (sql) => readRun(sql, tenant, id));
    if (!run) throw notFound('Cette reprise');
    return this.real(tenant, run);
  }

  async real(tenant: number, run: Run): Promise<Run> {
    const task = this.#tasks.get(`${tenant}/${run.id}`);
    if (task) return { ...run, progress: task.progress() ?? run.progress };
    if (!atWork.includes(run.state) || alive(run)) return run;
    // An undoing that was cut can only be finished: half of the run is gone.
    const state: RunState = run.state === 'checking' ? 'ready' : run.state === 'undoing' ? 'undoing' : 'stopped';
    if (run.worker === null) return run;
    const failure =
      run.state === 'undoing'
        ? 'L’annulation a été interrompue : reprenez-la.'
        : 'Le serveur s’est arrêté pendant le travail : rien n’est perdu, vous pouvez reprendre.';
    await this.deps.db.tenant(tenant, (sql) => endRun(sql, tenant, run.id, state, { failure }));
    return { ...run, state, failure, worker: null };
  }

  /** Begins or goes on; the work goes on after the answer. 409 when the run is not in a state for it. */
  async begin(tenant: number, id: number, what: 'check' | 'import' | 'undo', actor: Actor): Promise<void> {
    const run = await this.read(tenant, id);
    const { from, to } = beginnings[what];
    const key = `${tenant}/${id}`;
    const before = this.#tasks.get(key);
    if (before && atWork.includes(run.state))
      throw conflict('Un travail est déjà en cours sur cette reprise : attendez sa fin ou arrêtez-le.');
    // Said to be over, it may still be putting its files away.
    await before?.over;
    const { files } = await this.deps.db.tenant(tenant, (sql) => countFiles(sql, tenant, id));
    if (what !== 'undo' && files === 0) throw conflict('Cette reprise n’a aucun fichier : déposez-en d’abord.');
    const taken = await this.deps.db.transaction(tenant, async (sql) => {
      if (!(await takeRun(sql, tenant, id, from, to, me))) return false;
      await record(sql, tenant, [
        {
          ...actor,
          action: { check: 'import-check', import: 'import-start', undo: 'import-undo' }[what],
          target: `TakeOver/${id}`,
          details: { source: run.source, files },
        },
      ]);
      return true;
    });
    if (!taken)
      throw conflict(
        `Cette reprise ne peut pas ${{ check: 'être essayée', import: 'être lancée', undo: 'être annulée' }[what]} dans son état actuel. Rechargez la page.`,
      );
    const stop = new AbortController();
    const task: Task = { stop, over: Promise.resolve(), progress: () => undefined };
    this.#tasks.set(key, task);
    task.over = this.#perform(tenant, { ...run, state: to, failure: null }, what, actor, task)
      .catch(async (error: unknown) => {
        const words = `Le travail s’est interrompu sur une erreur (${error instanceof Error ? error.message.slice(0, 300) : 'inconnue'}). Ce qui est entré est gardé ; vous pouvez reprendre.`;
        await this.deps.db
          .tenant(tenant, (sql) =>
            endRun(sql, tenant, id, what === 'check' ? 'ready' : what === 'undo' ? 'undoing' : 'failed', {
              failure: words,
            }),
          )
          .catch(() => undefined);
      })
      .finally(() => this.#tasks.delete(key));
  }

  async #perform(tenant: number, run: Run, what: 'check' | 'import' | 'undo', actor: Actor, task: Task): Promise<void> {
    const { db } = this.deps;
    const ended = (state: RunState, more: Parameters<typeof endRun>[4] = {}, details: unknown = {}) =>
      db.transaction(tenant, async (sql) => {
        await endRun(sql, tenant, run.id, state, more);
        await record(sql, tenant, [{ ...actor, action: `import-${state}`, target: `TakeOver/${run.id}`, details }]);
      });
    if (what === 'undo') {
      let done = 0;
      const total = Object.values(run.counts).reduce((sum, one) => sum + one.created + one.updated, 0);
      task.progress = () => ({
        resources: done,
        expected: Math.max(total, done),
        bytes: done,
        bytesTotal: Math.max(total, done),
        filesDone: 0,
        filesTotal: 0,
        file: '',
        seconds: 0,
      });
      const trace = { ...traceOf(run, actor, 'import-undo'), asSource: true as const };
      const report = await undoRun(
        db,
        tenant,
        run,
        this.deps.importer(tenant, trace.reason),
        trace,
        task.stop.signal,
        (count) => {
          done = count;
        },
      );
      if (report) {
        await ended(
          'undone',
          { report: { ...(run.report as object | null), undo: report } },
          { removed: report.removed, restored: report.restored, left: report.left.total },
        );
        await this.#forgetFiles(tenant, run);
      } else await ended('undoing', { failure: 'L’annulation a été arrêtée : reprenez-la.' });
      return;
    }
    const work = new Work(this.deps, tenant, run, what === 'check', task.stop.signal, actor);
    task.progress = () => work.tally.progress;
    const whole = await withPagesKept(() => work.go());
    if (what === 'check') {
      if (whole) await ended('ready', { checked: await work.checked() });
      else await ended('ready');
      return;
    }
    if (!whole) return ended('stopped', {}, { resources: work.tally.progress.resources });
    const report = await work.settle();
    await ended('done', { report, counts: work.tally.counts }, { counts: work.tally.counts });
    await this.#forgetFiles(tenant, run);
  }

  async #forgetFiles(tenant: number, run: Run): Promise<void> {
    if (run.stored) await rm(this.deps.folderOf(tenant, run.id), { recursive: true, force: true });
  }

  /** Asks the work at hand to stop after its batch. */
  stop(tenant: number, id: number): boolean {
    const task = this.#tasks.get(`${tenant}/${id}`);
    task?.stop.abort();
    return task !== undefined;
  }
  /** Resolves when nothing is at work on the run in this process. */
  async finished(tenant: number, id: number): Promise<void> {
    await this.#tasks.get(`${tenant}/${id}`)?.over;
  }
  progress(tenant: number, id: number): Progress | undefined {
    return this.#tasks.get(`${tenant}/${id}`)?.progress();
  }
  /** Stops everything in order; what was at work can be resumed. */
  async close(): Promise<void> {
    const tasks = [...this.#tasks.values()];
    for (const task of tasks) task.stop.abort();
    await Promise.all(tasks.map((task) => task.over));
  }
}

function alive(run: Run): boolean {
  if (!run.worker) return false;
  const [host, pid] = run.worker.split(':');
  if (run.worker === me) return false;
  if (host === hostname()) {
    if (Number(pid) === process.pid) return false;
    try {
      process.kill(Number(pid), 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
    }
  }
  return run.beatAt !== null && Date.now() - run.beatAt.getTime() < silence;
}
