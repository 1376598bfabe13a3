import type { z } from 'zod';
import { conflict, notFound, publish, type Sql } from '../../platform/index.ts';
import type { Subject } from '../papers/papers.store.ts';
import type { mailLine } from '../projects/contract.ts';
import { type MailRow, mailOf, mailsOf, mailTopic, setMail } from './mails.store.ts';

/** Mails of a project or of a track and how far each is: the progress of a sending, and what is to be handed over where no mail server is set. */
export const mailLinesOf = async (sql: Sql, tenant: number, subject: Subject): Promise<z.infer<typeof mailLine>[]> =>
  (await mailsOf(sql, tenant, subject)).map(
    ({ id, batch, recipient, name, subject: title, words, paper, state, failure, changedAt }) => ({
      id,
      batch,
      recipient,
      name,
      subject: title,
      words,
      paper,
      state,
      failure,
      at: changedAt.toISOString(),
    }),
  );
/** Queues a mail again on purpose; what it was is returned for the ledger. Errors: 404; 409 when it is on its way or gone. */
export async function queueAgain(sql: Sql, tenant: number, subject: Subject, mail: string, at: Date): Promise<MailRow> {
  const row = await mailOf(sql, tenant, mail, true);
  if (row?.subjectOf !== subject) throw notFound('Ce message');
  if (row.state === 'waiting' || row.state === 'sending') throw conflict('Ce message est déjà en cours d’envoi.');
  if (row.state === 'sent') throw conflict('Ce message est parti.');
  await setMail(sql, tenant, mail, 'waiting', at, { attempts: 0 });
  await publish(sql, tenant, mailTopic, { mail });
  return row;
}
