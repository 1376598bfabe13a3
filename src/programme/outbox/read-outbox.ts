import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, invalid, notFound, publish, type Sql } from '../../platform/index.ts';
import { type Desk, regionalViewer, trace, type Viewer } from '../desk.ts';
import { type MailRow, mailOf, mailTopic, setMail } from '../mails/mails.store.ts';
import { paperOf } from '../papers/papers.store.ts';
import { sendPdf } from '../papers/receive-file.ts';
import { drawPaper } from '../papers/templates.ts';
import type { OutboxFilters, outboxContract } from './contract.ts';
import { outboxCounts, outboxOf, type OutboxRow } from './outbox.store.ts';

const page = 60;
const pageOf = ({ kind, subjectOf }: OutboxRow): string | null => {
  const [what, id] = subjectOf.split('/') as [string, string];
  return kind === 'letter'
    ? `/programme/dossiers/courriers?appel=${id}`
    : what === 'Project'
      ? `/programme/projets/${id}`
      : what === 'Track'
        ? `/programme/parcours/${id}`
        : what === 'Demands'
          ? '/programme/demandes'
          : null;
};
const cursorOf = (before: string | undefined): { at: Date; id: string } | null => {
  if (before === undefined) return null;
  const [at, id] = before.split(' ');
  const day = new Date(at ?? '');
  if (Number.isNaN(day.getTime()) || !id) throw invalid('Cette suite de la liste n’existe pas : rechargez la page.');
  return { at: day, id };
};
/** ARS sees all that leaves the region; GCS the mails of projects. */
export async function outbox(
  desk: Desk,
  filters: OutboxFilters,
  mails: boolean,
  ctx: Ctx,
): Promise<z.infer<typeof outboxContract.outbox.reply>> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  const all = viewer.as === 'officer';
  return desk.db.tenant(tenant, async (sql) => {
    const rows = await outboxOf(sql, tenant, all, filters, cursorOf(filters.before), page + 1);
    const shown = rows.slice(0, page);
    const last = shown.at(-1);
    return {
      mails,
      counts: await outboxCounts(sql, tenant, all),
      more: rows.length > page && last ? `${last.at.toISOString()} ${last.id}` : null,
      lines: shown.map((row) => {
        const {
          id,
          kind,
          about,
          recipient,
          name,
          subject,
          words,
          attachment,
          state,
          attempts,
          failure,
          at,
          changedAt,
        } = row;
        return {
          id,
          kind,
          about,
          page: pageOf(row),
          recipient,
          name,
          subject,
          words,
          attachment,
          state,
          attempts,
          failure,
          at: at.toISOString(),
          changedAt: changedAt.toISOString(),
        };
      }),
    };
  });
}
async function reached(sql: Sql, viewer: Viewer, id: string, lock = false): Promise<MailRow> {
  const row = await mailOf(sql, viewer.region.tenant, id, lock);
  if (!row || (viewer.as !== 'officer' && !row.subjectOf.startsWith('Project/'))) throw notFound('Ce message');
  return row;
}
export async function outboxPaper(desk: Desk, id: string, ctx: Ctx): Promise<undefined> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  const paper = await desk.db.transaction(tenant, async (sql) => {
    const { paper } = await reached(sql, viewer, id);
    const found = paper === null ? undefined : await paperOf(sql, tenant, paper);
    if (!found) throw notFound('Cette pièce jointe');
    await trace(sql, viewer, 'read', found.subject, { details: { paper: found.reference } });
    return found;
  });
  await sendPdf(ctx, drawPaper(paper), paper.reference);
  return undefined;
}
export async function outboxSend(desk: Desk, id: string, ctx: Ctx): Promise<void> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  await desk.db.transaction(tenant, async (sql) => {
    const row = await reached(sql, viewer, id, true);
    if (row.state === 'waiting' || row.state === 'sending') throw conflict('Ce message est déjà en cours d’envoi.');
    if (row.state === 'sent') throw conflict('Ce message est parti.');
    await setMail(sql, tenant, id, 'waiting', desk.now(), { attempts: 0 });
    await publish(sql, tenant, mailTopic, { mail: id });
    await trace(sql, viewer, 'send-again', `Mail/${id}`, { details: { state: row.state, failure: row.failure } });
  });
  desk.tell(tenant, { topic: 'programme-mails' });
}
