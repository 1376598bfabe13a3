import { asJson, type Importer, type ImportTrace } from '../../fhir/index.ts';
import { type Db, record } from '../../platform/index.ts';
import { Needed } from './needed.ts';
import { changesOf, createdBy, dropAliases, dropChanges, forgetContent, saveOrigins } from './origin.store.ts';
import { saidGone, settleMerges } from './merges.ts';
import { dropOpen } from './quarantine.store.ts';
import type { Run } from './run.store.ts';

export interface UndoReport {
  removed: number;
  restored: number;
  /** Earlier editions that were taken back. */
  editions?: number;
  /** What people changed since, or what a later take-over wrote, and what their writing rests upon: left as it is. */
  left: { total: number; list: string[] };
}
const page = 300;
const shown = 500;

/**
 * Takes a run back whole: what it changed gets its earlier content again, what it created goes out of sight (every version stays in the
 * history). What was changed since is left and listed, and so is what people's writing rests upon (`Needed`). Can be stopped and begun again: each page is one transaction.
 */
export async function undoRun(
  db: Db,
  tenant: number,
  run: Run,
  importer: Importer,
  trace: ImportTrace,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<UndoReport | null> {
  const before = (run.report as { undo?: UndoReport } | null)?.undo;
  const report: UndoReport = before ?? { removed: 0, restored: 0, left: { total: 0, list: [] } };
  const leave = (type: string, id: string) => {
    report.left.total++;
    if (report.left.list.length < shown) report.left.list.push(`${type}/${id}`);
  };
  const left = new Set<string>();

  const said = await saidGone(db, tenant, run.id, importer);
  for (;;) {
    if (signal.aborted) return null;
    const changes = await db.tenant(tenant, (sql) => changesOf(sql, tenant, run.id, page));
    if (changes.length === 0) break;
    const versions = await importer.look((look) =>
      look.versions(changes.map((one) => ({ type: one.type, id: one.id, version: one.beforeVersion }))),
    );
    const back = changes.flatMap((one) => {
      const earlier = versions.get(`${one.type}/${one.id}`);
      return earlier && !earlier.deleted && one.version !== null
        ? [
            {
              one,
              item: { resource: { ...asJson(earlier.resource), id: earlier.id }, expect: one.version },
            },
          ]
        : [];
    });
    const ready = await importer.prepare(back.map(({ item }) => item));
    const written = await importer.write(ready, trace, async (sql, results) => {
      const done = results.filter((result) => result.done);
      await saveOrigins(
        sql,
        tenant,
        done.map((result) => {
          const { one } = back.find(({ one }) => one.type === result.type && one.id === result.id)!;
          return {
            origin: one.origin,
            type: one.type,
            id: one.id,
            content: one.beforeContent,
            version: one.beforeKnown === null ? null : result.version,
            run: run.id,
            // Of when the content of before was said nothing is kept: whatever comes next is taken.
            saidAt: null,
          };
        }),
      );
      await dropChanges(
        sql,
        tenant,
        run.id,
        changes.map((one) => one.origin),
      );
    });
    const restored = new Set(written.filter((result) => result.done).map((result) => `${result.type}/${result.id}`));
    report.restored += restored.size;
    for (const one of changes)
      if (!restored.has(`${one.type}/${one.id}`)) {
        left.add(one.origin);
        leave(one.type, one.id);
      }
    onProgress(report.removed + report.restored);
  }

  const needed = await Needed.of(db, tenant, run, importer, signal);
  if (!needed) return null;
  for (let after = String(-(2n ** 63n)); ; ) {
    if (signal.aborted) return null;
    const rows = await db.tenant(tenant, (sql) => createdBy(sql, tenant, run.id, after, page));
    if (rows.length === 0) break;
    after = rows.at(-1)!.origin;
    await needed.lookAgain(rows.flatMap((row) => (row.type === 'Patient' ? [row.id] : [])));
    const doomed = rows.filter((row) => !left.has(row.origin) && !needed.has(row.type, row.id));
    for (const row of rows) if (needed.has(row.type, row.id)) leave(row.type, row.id);
    const written = await importer.remove(
      doomed.map((row) => ({ type: row.type, id: row.id, version: row.version! })),
      trace,
      async (sql, results) => {
        // Gone already is gone.
        const gone = new Set(
          results.filter((result) => result.done || result.deleted).map((result) => `${result.type}/${result.id}`),
        );
        await forgetContent(
          sql,
          tenant,
          doomed.filter((row) => gone.has(`${row.type}/${row.id}`)).map((row) => row.origin),
        );
      },
    );
    for (const result of written) {
      if (result.done) report.removed++;
      else if (!result.deleted) leave(result.type, result.id);
    }
    onProgress(report.removed + report.restored);
  }
  await settleMerges(importer, run.id, said, trace);
  await db.transaction(tenant, async (sql) => {
    await dropAliases(sql, tenant, run.id);
    await dropOpen(sql, tenant, run.id);
    await sql.query('delete from exchange.pending where tenant_id = $1 and run = $2::bigint', [tenant, run.id]);
    const [past] = await sql.query<{ n: number }>('select fhir.take_editions_back($1::bigint)::int as n', [run.id]);
    if (past!.n > 0) {
      report.editions = past!.n;
      await record(sql, tenant, [
        {
          ...(trace.actor ?? { actor: 'System', actorName: trace.reason, role: 'system' }),
          action: trace.action,
          target: trace.target,
          reason: trace.reason,
          details: { editions: past!.n },
        },
      ]);
    }
  });
  return report;
}
