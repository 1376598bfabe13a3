import type { Ctx } from '../../access/index.ts';
import type { Handlers } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import type { jobsContract } from './contract.ts';
import { jobFile, jobs, retryJob, startJob, stopJob } from './start-job.ts';

export const jobsHandlers = (desk: Desk): Handlers<typeof jobsContract, Ctx> => ({
  jobs: ({ params }, ctx) => jobs(desk, params.edition, ctx),
  startJob: ({ params, body }, ctx) => startJob(desk, params.edition, body.kind, ctx),
  retryJob: ({ params }, ctx) => retryJob(desk, params.job, ctx),
  stopJob: ({ params }, ctx) => stopJob(desk, params.job, ctx),
  jobFile: ({ params }, ctx) => jobFile(desk, params.job, ctx),
});
