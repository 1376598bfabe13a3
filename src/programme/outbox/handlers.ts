import type { Ctx } from '../../access/index.ts';
import type { Handlers } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import type { outboxContract } from './contract.ts';
import { outbox, outboxPaper, outboxSend } from './read-outbox.ts';

/** @param mails whether a mail server is set */
export const outboxHandlers = (desk: Desk, mails: boolean): Handlers<typeof outboxContract, Ctx> => ({
  outbox: ({ query }, ctx) => outbox(desk, query, mails, ctx),
  outboxPaper: ({ params }, ctx) => outboxPaper(desk, params.mail, ctx),
  outboxSend: ({ params }, ctx) => outboxSend(desk, params.mail, ctx),
});
