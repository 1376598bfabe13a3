import { actorOf, type Ctx } from '../access/index.ts';
import { conflict, type Handlers, notFound, record } from '../platform/index.ts';
import type { Counts, exchangeContract, TakeOver, WholeTakeOver } from './contract.ts';
import { receiveFiles } from './receive-files.ts';
import { correct } from './take-over/correct.ts';
import {
  countQuarantine,
  decideQuarantine,
  listQuarantine,
  type QuarantineItem,
  readQuarantine,
} from './take-over/quarantine.store.ts';
import { filesOfNote, filesOfRuns, listRuns, type Run } from './take-over/run.store.ts';
import type { TakeOvers } from './take-over/take-overs.ts';
import { shownContent, toldOf } from './take-over/masking.ts';
import { traceOf } from './take-over/work.ts';

export const sumOf = (counts: Record<string, Counts>): Counts => {
  const sum: Counts = { created: 0, updated: 0, unchanged: 0, existing: 0, rejected: 0 };
  for (const one of Object.values(counts))
    for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += one[name];
  return sum;
};
const shown = (run: Run, size: { files: number; bytes: number } | undefined): TakeOver => ({
  id: run.id,
  source: run.source,
  state: run.state,
  createdAt: run.createdAt,
  startedAt: run.startedAt,
  endedAt: run.endedAt,
  by: run.actorName,
  files: size?.files ?? 0,
  bytes: size?.bytes ?? 0,
  progress: run.progress,
  total: sumOf(run.counts),
  failure: run.failure,
});
const lineOf = ({
  content: _c,
  origin: _o,
  originKey: _k,
  targetId: _t,
  contentHash: _h,
  kind,
  createdAt,
  decidedAt,
  issues,
  ...line
}: Omit<QuarantineItem, 'content'> & { content?: string }) => ({
  ...line,
  issues: toldOf(kind, issues),
  createdAt: createdAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
});

/** One line for each entry of the contract; a take-over of another practice is not there (SEC-7). */
export function exchangeHandlers(takeOvers: TakeOvers): Handlers<typeof exchangeContract, Ctx> {
  const { deps } = takeOvers;
  const { db } = deps;
  const view = async (tenant: number, id: number): Promise<TakeOver> => {
    const run = await takeOvers.read(tenant, id);
    return shown(run, (await db.tenant(tenant, (sql) => filesOfRuns(sql, tenant, [id])))[0]);
  };
  const begin =
    (what: 'check' | 'import' | 'undo') =>
    async ({ params }: { params: { run: number } }, ctx: Ctx) => {
      await takeOvers.begin(ctx.tenant, params.run, what, actorOf(ctx.caller));
      return view(ctx.tenant, params.run);
    };
  const item = async (tenant: number, id: number): Promise<QuarantineItem> => {
    const found = await db.tenant(tenant, (sql) => readQuarantine(sql, tenant, id));
    if (!found) throw notFound('Cette ligne de quarantaine');
    return found;
  };
  return {
    takeOvers: async (_, { tenant }) => {
      const runs = await db.tenant(tenant, (sql) => listRuns(sql, tenant));
      const sizes = new Map(
        (
          await db.tenant(tenant, (sql) =>
            filesOfRuns(
              sql,
              tenant,
              runs.map((run) => run.id),
            ),
          )
        ).map((size) => [size.run, size]),
      );
      return Promise.all(runs.map(async (run) => shown(await takeOvers.real(tenant, run), sizes.get(run.id))));
    },
    prepareTakeOver: async ({ body }, ctx) =>
      shown(await takeOvers.create(ctx.tenant, actorOf(ctx.caller), body.source, true), undefined),
    addFiles: ({ params }, ctx) =>
      receiveFiles(db, ctx.tenant, params.run, deps.folderOf(ctx.tenant, params.run), ctx.request),
    filesComplete: async ({ params }, { tenant }) => {
      const run = await takeOvers.read(tenant, params.run);
      if (run.state !== 'receiving') throw conflict('Les fichiers de cette reprise sont déjà complets.');
      await takeOvers.seal(tenant, params.run);
      return view(tenant, params.run);
    },
    dropTakeOver: async ({ params }, { tenant }) => {
      if (!(await takeOvers.drop(tenant, params.run)))
        throw conflict('Cette reprise a commencé : annulez-la plutôt que de la retirer.');
    },
    takeOver: async ({ params }, { tenant }): Promise<WholeTakeOver> => {
      const run = await takeOvers.read(tenant, params.run);
      const { sizes, notes, set } = await db.tenant(tenant, async (sql) => ({
        sizes: await filesOfRuns(sql, tenant, [run.id]),
        notes: await filesOfNote(sql, tenant, run.id),
        set: await countQuarantine(sql, tenant, run.id),
      }));
      return {
        ...shown(run, sizes[0]),
        counts: run.counts,
        checked: run.checked as WholeTakeOver['checked'],
        report: run.report as WholeTakeOver['report'],
        notes: notes.map((file) => ({ file: file.name, refused: file.state === 'refused', words: file.reason ?? '' })),
        open: set.filter((one) => one.status === 'open').reduce((sum, one) => sum + one.count, 0),
      };
    },
    takeOverProgress: ({ params }, { tenant }) => view(tenant, params.run),
    checkTakeOver: begin('check'),
    startTakeOver: begin('import'),
    stopTakeOver: async ({ params }, { tenant }) => {
      await takeOvers.read(tenant, params.run);
      if (!takeOvers.stop(tenant, params.run)) throw conflict('Aucun travail n’est en cours sur cette reprise.');
      await takeOvers.finished(tenant, params.run);
      return view(tenant, params.run);
    },
    undoTakeOver: begin('undo'),

    quarantine: async ({ query }, { tenant, caller }) => {
      const { lines, counts } = await db.tenant(tenant, async (sql) => ({
        lines: await listQuarantine(sql, tenant, query),
        counts: await countQuarantine(sql, tenant, query.run ?? null),
      }));
      if (lines.length > 0)
        await db.tenant(tenant, (sql) =>
          record(sql, tenant, [
            {
              ...actorOf(caller),
              action: 'read',
              target: 'Quarantine',
              details: { lines: lines.length, ...(query.run && { run: query.run }) },
            },
          ]),
        );
      return {
        lines: lines.map(lineOf),
        next: lines.length === query.count ? lines.at(-1)!.id : null,
        open: counts.filter((one) => one.status === 'open').reduce((sum, one) => sum + one.count, 0),
      };
    },
    quarantined: async ({ params }, ctx) => {
      const found = await item(ctx.tenant, params.id);
      const shown = shownContent(found.content, found.kind, found.version);
      const masked = shown?.masked ?? true;
      // Its content may be health data: who looked is known.
      await db.tenant(ctx.tenant, (sql) =>
        record(sql, ctx.tenant, [
          {
            ...actorOf(ctx.caller),
            action: 'read',
            target: `Quarantine/${found.id}`,
            details: { type: found.type, run: found.run, masked },
          },
        ]),
      );
      return { ...lineOf(found), content: shown?.content ?? null, masked };
    },
    correctQuarantined: async ({ params, body }, { tenant, caller }) => {
      const { run: id } = await item(tenant, params.id);
      const trace = {
        ...traceOf(await takeOvers.read(tenant, id), actorOf(caller), 'import-correct'),
        reason: `quarantaine de la reprise n° ${id}`,
      };
      const done = await correct(
        { db, validator: deps.validator, importer: deps.importer(tenant, trace.reason), limits: deps.limits, trace },
        tenant,
        params.id,
        body.version,
        body.content,
        caller.name,
      );
      if (done.done) return { done: true, reference: `${done.type}/${done.id}` };
      // The masks of a new version are new ones.
      const shown = shownContent(done.content, done.kind, done.version);
      return {
        done: false,
        issues: toldOf(done.kind, done.issues),
        version: done.version,
        ...(shown?.masked && { content: shown.content }),
      };
    },
    discardQuarantined: async ({ params, body }, { tenant, caller }) => {
      const found = await item(tenant, params.id);
      const done = await db.transaction(tenant, async (sql) => {
        if (!(await decideQuarantine(sql, tenant, params.id, body.version, 'discarded', caller.name))) return false;
        await record(sql, tenant, [
          {
            ...actorOf(caller),
            action: 'import-discard',
            target: `Quarantine/${params.id}`,
            details: { type: found.type, file: found.file, place: found.place },
          },
        ]);
        return true;
      });
      if (!done) throw conflict('Cette ligne vient d’être traitée par quelqu’un d’autre. Rechargez la liste.');
    },
  };
}
