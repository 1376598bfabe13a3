import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, forbidden, notFound, publish, type Sql, zipOf } from '../../platform/index.ts';
import { editionRow } from '../calls/editions.store.ts';
import { dayInFrance, type Desk, regionalViewer, trace, type Viewer } from '../desk.ts';
import type { jobsContract } from './contract.ts';
import { dropParts, insertJob, type JobKind, type JobRow, jobOf, jobsOf, partOf, setJob } from './jobs.store.ts';
import { planOf } from './plan.ts';
import { jobTopic } from './run.ts';

const kinds: readonly JobKind[] = ['letters', 'papers', 'files'];
/** Letters and applications are ARS’s; papers of projects GCS’s too. */
const mayAsk = (viewer: Viewer, kind: JobKind): boolean =>
  viewer.as === 'officer' || (viewer.as === 'gcs' && kind === 'papers');
const titles: Record<JobKind, string> = {
  letters: 'courriers',
  papers: 'documents des projets',
  files: 'dossier de l’appel',
};

export async function jobs(desk: Desk, edition: string, ctx: Ctx): Promise<z.infer<typeof jobsContract.jobs.reply>> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  return desk.db.tenant(tenant, async (sql) => {
    if (!(await editionRow(sql, tenant, edition))?.body) throw notFound('Cet appel à candidatures');
    const rows = (await jobsOf(sql, tenant, edition)).filter(({ kind }) => mayAsk(viewer, kind));
    return {
      lines: rows.map(({ id, kind, name, state, done, total, failure, by, at, changedAt }) => ({
        id,
        kind,
        name,
        state,
        done,
        total,
        failure,
        by,
        at: at.toISOString(),
        changedAt: changedAt.toISOString(),
      })),
      may: kinds.filter((kind) => mayAsk(viewer, kind)),
    };
  });
}
/** Starts the work, or finds what is under way: whoever asks twice gets one. Errors: 403, 404, 409. */
export async function startJob(
  desk: Desk,
  edition: string,
  kind: JobKind,
  ctx: Ctx,
): Promise<{ id: string; created: boolean }> {
  const viewer = await regionalViewer(desk, ctx);
  if (!mayAsk(viewer, kind)) throw forbidden('Un instructeur de l’ARS seulement.');
  const { tenant } = viewer.region;
  const made = await desk.db.transaction(tenant, async (sql) => {
    if (!(await editionRow(sql, tenant, edition, true))?.body) throw notFound('Cet appel à candidatures');
    const running = (await jobsOf(sql, tenant, edition)).find(
      (one) => one.kind === kind && (one.state === 'waiting' || one.state === 'running'),
    );
    if (running) return { id: running.id, created: false };
    const at = desk.now();
    const plan = await planOf(sql, viewer, edition, kind, at);
    const id = randomUUID();
    await insertJob(sql, tenant, {
      id,
      kind,
      edition,
      name: `${edition} ${titles[kind]} ${dayInFrance(at)}.zip`,
      plan,
      practitioner: viewer.practitioner,
      by: viewer.name,
      at,
    });
    await publish(sql, tenant, jobTopic, { job: id });
    await trace(sql, viewer, 'export', `Call/${edition}`, { details: { job: id, kind, documents: plan.length } });
    return { id, created: true };
  });
  desk.tell(tenant, { topic: 'jobs' });
  return made;
}
async function reached(sql: Sql, viewer: Viewer, id: string, lock = false): Promise<JobRow> {
  const job = await jobOf(sql, viewer.region.tenant, id, lock);
  if (!job || !mayAsk(viewer, job.kind)) throw notFound('Ce travail');
  return job;
}
export async function retryJob(desk: Desk, id: string, ctx: Ctx): Promise<void> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  await desk.db.transaction(tenant, async (sql) => {
    const job = await reached(sql, viewer, id, true);
    if (job.state !== 'failed') throw conflict('Ce travail n’a pas échoué : il n’y a rien à reprendre.');
    await setJob(sql, tenant, id, null, 'waiting', job.done, desk.now(), { attempts: 0 });
    await publish(sql, tenant, jobTopic, { job: id });
    await trace(sql, viewer, 'send-again', `Job/${id}`, { details: { done: job.done, total: job.total } });
  });
  desk.tell(tenant, { topic: 'jobs' });
}
export async function stopJob(desk: Desk, id: string, ctx: Ctx): Promise<void> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  await desk.db.transaction(tenant, async (sql) => {
    const job = await reached(sql, viewer, id, true);
    if (job.state === 'stopped') throw conflict('Ce travail est déjà arrêté.');
    await dropParts(sql, tenant, id);
    await setJob(sql, tenant, id, null, 'stopped', job.done, desk.now());
    await trace(sql, viewer, 'stop', `Job/${id}`);
  });
  desk.tell(tenant, { topic: 'jobs' });
}
/** The file, part after part as they are read: its size is never held in memory. */
export async function jobFile(desk: Desk, id: string, ctx: Ctx): Promise<undefined> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  const job = await desk.db.transaction(tenant, async (sql) => {
    const row = await reached(sql, viewer, id);
    if (row.state !== 'done')
      throw conflict(
        row.state === 'stopped'
          ? (row.failure ?? 'Ce travail a été arrêté : demandez-le de nouveau.')
          : 'Ce fichier n’est pas encore prêt.',
      );
    await trace(sql, viewer, 'export', `Job/${id}`, { details: { name: row.name, documents: row.total } });
    return row;
  });
  async function* parts() {
    for (let number = 0; number < job.total; number++) {
      const part = await desk.db.tenant(tenant, (sql) => partOf(sql, tenant, id, number));
      if (part) yield { ...part, at: job.changedAt };
    }
  }
  const plain = job.name.normalize('NFD').replace(/[^\x20-\x7e]|["\\]/g, '');
  await ctx.reply
    .type('application/zip')
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(job.name)}`)
    .header('cache-control', 'private, no-store')
    .send(Readable.from(zipOf(parts())));
  return undefined;
}
