/** The clauses that the contract of the software must hold. */
import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { projectId, typed } from '../../projects/contract.ts';
import { id, may, paper, seen, support } from './common.ts';

export const clauseAnswer = z.enum(['present', 'weak', 'missing', 'not-needed']);
const clause = z.object({
  id: z.string(),
  group: z.string(),
  title: z.string(),
  why: z.string(),
  model: z.string(),
  core: z.boolean(),
  answer: clauseAnswer.nullable(),
  article: z.string(),
  note: z.string(),
  file: z.object({ id: z.string(), name: z.string() }).nullable(),
  version: z.number().int(),
  by: z.string().nullable(),
  at: z.string().nullable(),
});
export type ClauseLine = z.infer<typeof clause>;

export const clausesContract = contract({
  clauses: {
    method: 'GET',
    path: '/api/programme/projects/:project/clauses',
    may: 'signed-in',
    does: 'The clauses that a contract must hold, missing ones first',
    params: projectId,
    reply: z.object({
      clauses: z.array(clause),
      counts: z.object({
        present: z.number().int(),
        weak: z.number().int(),
        missing: z.number().int(),
        notNeeded: z.number().int(),
        unread: z.number().int(),
      }),
      papers: z.array(paper),
      files: z.array(z.object({ id: z.string(), name: z.string() })),
      product: z.string(),
      may,
    }),
  },
  answerClause: {
    method: 'PUT',
    path: '/api/programme/projects/:project/clauses/:clause',
    may: 'signed-in',
    does: 'Whether a clause is in the contract, and where',
    params: projectId.extend({ clause: z.string().max(41) }),
    body: z.object({
      answer: clauseAnswer.nullable(),
      article: typed(120).default(''),
      note: typed(1000).default(''),
      file: id.nullable().default(null),
      seen,
    }),
    reply: z.object({ version: z.number().int() }),
  },
  issueClauses: {
    method: 'POST',
    path: '/api/programme/projects/:project/clauses/issue',
    may: support,
    does: 'Issues the checklist of the contract as a paper',
    params: projectId,
    reply: z.object({ paper: z.string() }),
  },
});
