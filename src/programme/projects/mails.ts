import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, notFound, publish } from '../../platform/index.ts';
import { type Desk, trace, viewerOf } from '../desk.ts';
import { mailOf, mailsOf, mailTopic, setMail } from '../mails/mails.store.ts';
import type { projectsContract } from './contract.ts';
import { demand, projectFor } from './reach.ts';

/** Mails of a project and how far each is: the progress of a sending, and what is to be handed over where no mail server is set. */
export async function projectMails(
  desk: Desk,
  id: string,
  mails: boolean,
  ctx: Ctx,
): Promise<z.infer<typeof projectsContract.projectMails.reply>> {
  const viewer = await viewerOf(desk, ctx);
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    await projectFor(sql, viewer, id);
    const rows = await mailsOf(sql, viewer.region.tenant, `Project/${id}`);
    return {
      mails,
      lines: rows.map(({ id: mail, batch, recipient, name, subject, words, paper, state, failure, changedAt }) => ({
        id: mail,
        batch,
        recipient,
        name,
        subject,
        words,
        paper,
        state,
        failure,
        at: changedAt.toISOString(),
      })),
    };
  });
}
export async function sendMailAgain(desk: Desk, id: string, mail: string, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  await desk.db.transaction(tenant, async (sql) => {
    demand(viewer, await projectFor(sql, viewer, id), 'support');
    const row = await mailOf(sql, tenant, mail, true);
    if (row?.subjectOf !== `Project/${id}`) throw notFound('Ce message');
    if (row.state === 'waiting' || row.state === 'sending') throw conflict('Ce message est déjà en cours d’envoi.');
    if (row.state === 'sent') throw conflict('Ce message est parti.');
    await setMail(sql, tenant, mail, 'waiting', desk.now(), { attempts: 0 });
    await publish(sql, tenant, mailTopic, { mail });
    await trace(sql, viewer, 'send-again', `Mail/${mail}`, { details: { state: row.state, failure: row.failure } });
  });
  desk.tell(tenant, { topic: 'programme-mails' });
}
