import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { type Desk, trace, viewerOf } from '../desk.ts';
import { mailLinesOf, queueAgain } from '../mails/progress.ts';
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
    return { mails, lines: await mailLinesOf(sql, viewer.region.tenant, `Project/${id}`) };
  });
}
export async function sendMailAgain(desk: Desk, id: string, mail: string, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  await desk.db.transaction(tenant, async (sql) => {
    demand(viewer, await projectFor(sql, viewer, id), 'support');
    const row = await queueAgain(sql, tenant, `Project/${id}`, mail, desk.now());
    await trace(sql, viewer, 'send-again', `Mail/${mail}`, { details: { state: row.state, failure: row.failure } });
  });
  desk.tell(tenant, { topic: 'programme-mails' });
}
