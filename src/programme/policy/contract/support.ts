/** What the ARS checks, the request for support and the support of phase 2. */
import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { isoDay, typed } from '../../projects/contract.ts';
import { instruct, paperId, practitioner, seen, trackId } from './common.ts';

export const check = z.object({
  subject: z.enum(['professions', 'territory']),
  title: z.string(),
  /** What stands out in the meetings and in the territory. */
  facts: z.array(z.object({ words: z.string(), ok: z.boolean() })),
  answer: z.boolean().nullable(),
  note: z.string(),
  by: z.string().nullable(),
  at: z.string().nullable(),
  version: z.number().int(),
});
const supportMode = z.enum(['meetings', 'consultant', 'pool', 'self']);
const supportBody = z.object({
  mode: supportMode,
  amount: z.number('un nombre').int('un nombre entier').min(-1000).max(1000).nullable(),
  provider: typed(200).default(''),
  consultant: practitioner.nullable().default(null),
  coordinator: typed(120).default(''),
  coordinatorSince: isoDay.nullable().default(null),
  pacte: z.boolean().default(false),
});
export const support = supportBody.extend({
  consultantName: z.string(),
  version: z.number().int(),
  by: z.string(),
  at: z.string(),
});

export const supportContract = contract({
  answerCheck: {
    method: 'PUT',
    path: '/api/programme/tracks/:track/checks/:subject',
    may: instruct,
    does: 'Says whether all professionals are involved, whether the territory is coherent',
    params: trackId.extend({ subject: z.enum(['professions', 'territory']) }),
    body: z.object({ answer: z.boolean(), note: z.string().trim().max(2000).default(''), seen }),
  },
  statutes: {
    method: 'POST',
    path: '/api/programme/tracks/:track/statutes',
    may: 'signed-in',
    does: 'Model statutes of the association, with what the team said',
    params: trackId,
    reply: paperId,
  },
  askSupport: {
    method: 'POST',
    path: '/api/programme/tracks/:track/request',
    may: 'signed-in',
    does: 'Sends the request for support; refused with all it lacks',
    params: trackId,
    body: z.object({ seen }),
    reply: paperId,
  },
  answerRequest: {
    method: 'POST',
    path: '/api/programme/tracks/:track/request/answer',
    may: instruct,
    does: 'Accepts the request, which opens phase 2, or sends it back with reasons',
    params: trackId,
    body: z.object({ accept: z.boolean(), reason: z.string().trim().max(4000).default(''), seen }),
  },
  planSupport: {
    method: 'PUT',
    path: '/api/programme/tracks/:track/support',
    may: 'signed-in',
    does: 'The support of phase 2, in one of its ways; refused outside its range',
    params: trackId,
    body: supportBody.extend({ seen }),
  },
});
