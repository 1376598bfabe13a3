import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { editionId } from '../applications/contract.ts';

export const jobKind = z.enum(['letters', 'papers', 'files']);
export const jobState = z.enum(['waiting', 'running', 'done', 'failed', 'stopped']);
const job = z.object({
  id: z.string(),
  kind: jobKind,
  name: z.string(),
  state: jobState,
  done: z.number().int(),
  total: z.number().int(),
  failure: z.string().nullable(),
  by: z.string(),
  at: z.string(),
  changedAt: z.string(),
});
const ofEdition = z.object({ edition: editionId });
const jobId = z.object({ job: z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu') });
const lead = { practice: 'lead-projects' } as const;

/** Long work on a call that goes on behind the screens: one file of many documents. Letters and applications are the officer's; papers of projects are GCS's too. */
export const jobsContract = contract({
  jobs: {
    method: 'GET',
    path: '/api/programme/editions/:edition/jobs',
    may: lead,
    does: 'The documents of a call that were put together, or are being',
    params: ofEdition,
    reply: z.object({ lines: z.array(job), may: z.array(jobKind) }),
  },
  startJob: {
    method: 'POST',
    path: '/api/programme/editions/:edition/jobs',
    may: lead,
    does: 'Puts documents together into one file; finds the work that is under way',
    params: ofEdition,
    body: z.object({ kind: jobKind }),
    reply: z.object({ id: z.string(), created: z.boolean() }),
  },
  retryJob: {
    method: 'POST',
    path: '/api/programme/jobs/:job/retry',
    may: lead,
    does: 'Goes on with work that failed, from where it was',
    params: jobId,
  },
  stopJob: {
    method: 'POST',
    path: '/api/programme/jobs/:job/stop',
    may: lead,
    does: 'Stops work and leaves what was made',
    params: jobId,
  },
  jobFile: {
    method: 'GET',
    path: '/api/programme/jobs/:job/file',
    may: lead,
    does: 'The file that was made, ZIP',
    params: jobId,
  },
});
