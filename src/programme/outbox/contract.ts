import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { letterState } from '../letters/contract.ts';

export const outboxKind = z.enum(['letter', 'mail']);
const line = z.object({
  id: z.string(),
  kind: outboxKind,
  /** What it is about, and its page. */
  about: z.string(),
  page: z.string().nullable(),
  recipient: z.string(),
  name: z.string(),
  subject: z.string(),
  /** Personal links are marks: each is made as its mail leaves. */
  words: z.string(),
  attachment: z.string().nullable(),
  state: letterState,
  attempts: z.number().int(),
  failure: z.string().nullable(),
  at: z.string(),
  changedAt: z.string(),
});
const filters = z.object({
  state: letterState.optional(),
  kind: outboxKind.optional(),
  q: z.string().trim().max(120).default(''),
  /** Older than this line: the next page. */
  before: z.string().max(100).optional(),
});
const mailId = z.object({ mail: z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu') });
const lead = { practice: 'lead-projects' } as const;

/** All that the region sends. ARS sees all of it, GCS the mails of projects. */
export const outboxContract = contract({
  outbox: {
    method: 'GET',
    path: '/api/programme/outbox',
    may: lead,
    does: 'Letters and mails of the region, how far each is; without a mail server, what would be sent',
    query: filters,
    reply: z.object({
      mails: z.boolean(),
      lines: z.array(line),
      more: z.string().nullable(),
      counts: z.array(z.object({ state: letterState, count: z.number().int() })),
    }),
  },
  outboxPaper: {
    method: 'GET',
    path: '/api/programme/outbox/mails/:mail/paper',
    may: lead,
    does: 'What is joined to a mail, PDF',
    params: mailId,
  },
  outboxSend: {
    method: 'POST',
    path: '/api/programme/outbox/mails/:mail/send',
    may: lead,
    does: 'Sends a mail again on purpose: one that failed, or whose sending was cut',
    params: mailId,
  },
});
export type OutboxFilters = z.infer<typeof filters>;
