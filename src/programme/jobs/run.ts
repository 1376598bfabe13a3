import { randomUUID } from 'node:crypto';
import { type Consumer, publish } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import {
  claimJob,
  dropParts,
  insertPart,
  type JobItem,
  type JobRow,
  jobOf,
  leftJobs,
  oldJobs,
  setJob,
} from './jobs.store.ts';

export const jobTopic = 'programme.job';
/** Makes one part. */
export type MakePart = (tenant: number, job: JobRow, item: JobItem) => Promise<Buffer>;

/** Milliseconds that work holds the queue of a region before others have their turn. */
const turn = 800;
/** A run says at each part that it lives; one that says nothing for that long was cut. */
const cut = 2 * 60_000;
const mostAttempts = 4;
const waitOf = (attempts: number): number => (attempts === 0 ? 10_000 : 30_000 * 2 ** (attempts - 1));
/** What was made is kept for a week. */
const kept = 7 * 86_400_000;

/**
 * Does long work by turns, from the outbox. A part is made, then written with the new count in one transaction, under the claim of this run: work that was cut goes on after its last part, and two runs
 * never write one part twice nor count it twice.
 */
export function openJobs({ db, now, tell }: Desk, make: MakePart, failed: (error: unknown) => void) {
  async function work(tenant: number, id: string): Promise<void> {
    const claim = randomUUID();
    const job = await db.transaction(tenant, (sql) =>
      claimJob(sql, tenant, id, claim, now(), new Date(now().getTime() - cut)),
    );
    if (!job) return;
    const until = Date.now() + turn;
    let { done } = job;
    try {
      while (done < job.total && Date.now() < until) {
        const item = job.plan[done]!;
        const bytes = await make(tenant, job, item);
        const still = await db.transaction(tenant, async (sql) => {
          const held = await setJob(
            sql,
            tenant,
            id,
            claim,
            done + 1 === job.total ? 'done' : 'running',
            done + 1,
            now(),
            { attempts: 0 },
          );
          if (held) await insertPart(sql, tenant, id, done, item.name, bytes);
          return held;
        });
        if (!still) return;
        done++;
      }
      if (done < job.total)
        await db.transaction(tenant, async (sql) => {
          if (await setJob(sql, tenant, id, claim, 'waiting', done, now()))
            await publish(sql, tenant, jobTopic, { job: id });
        });
    } catch (error) {
      failed(error);
      const attempts = job.attempts + 1;
      const next =
        attempts < mostAttempts ? 'Un nouvel essai se fait de lui-même.' : 'Les documents déjà faits sont gardés.';
      const failure = `« ${job.plan[done]?.name ?? job.name} » n’a pas pu être fait. ${next}`;
      await db.transaction(tenant, (sql) =>
        setJob(sql, tenant, id, claim, attempts < mostAttempts ? 'waiting' : 'failed', done, now(), {
          attempts,
          failure,
        }),
      );
    }
    tell(tenant, { topic: 'jobs' });
  }
  const consumer: Consumer = {
    name: 'programme-jobs',
    topics: [jobTopic],
    handle: async (_sql, tenant, event) => () => work(tenant, String(event.payload.job)).catch(failed),
  };
  /** What a process left behind, and what was kept long enough. */
  async function tick(tenants: readonly number[]): Promise<void> {
    for (const tenant of tenants) {
      for (const { id, state, attempts, changedAt } of await db.tenant(tenant, (sql) => leftJobs(sql, tenant)))
        if (now().getTime() - changedAt.getTime() > (state === 'running' ? cut : waitOf(attempts)))
          await db.transaction(tenant, (sql) => publish(sql, tenant, jobTopic, { job: id }));
      for (const { id, done } of await db.tenant(tenant, (sql) =>
        oldJobs(sql, tenant, new Date(now().getTime() - kept)),
      ))
        await db.transaction(tenant, async (sql) => {
          if (!(await jobOf(sql, tenant, id, true))) return;
          await dropParts(sql, tenant, id);
          await setJob(sql, tenant, id, null, 'stopped', done, now(), {
            failure: 'Ce fichier n’est gardé que sept jours : demandez-le de nouveau.',
          });
        });
    }
  }
  return { consumer, tick, work };
}
