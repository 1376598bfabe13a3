import type { Desk } from '../desk.ts';
import { joinedTo } from '../gatherings/calendar.rules.ts';
import { paperOf } from '../papers/papers.store.ts';
import { drawPaper } from '../papers/templates.ts';
import { openCarrier, type SendMail } from './carrier.ts';
import { withLinks } from './links.ts';
import { type MailRow, mailOf, mailsLeftBehind, mailTopic, setMail } from './mails.store.ts';

/** Mails of projects and of the policy track: invitations, links, papers. */
export const openMails = (
  desk: Desk,
  mail: SendMail | undefined,
  publicUrl: string,
  failed: (error: unknown) => void,
) =>
  openCarrier<MailRow & { to: string }>(
    desk,
    {
      name: 'programme-mails',
      topic: mailTopic,
      payload: 'mail',
      hint: 'programme-mails',
      leftBehind: mailsLeftBehind,
      mark: setMail,
      read: async (sql, tenant, id) => {
        const row = await mailOf(sql, tenant, id, true);
        return row && { ...row, to: row.recipient };
      },
      words: (tenant, { words }) =>
        desk.db.transaction(tenant, (sql) => withLinks(sql, tenant, words, publicUrl, desk.now())),
      files: async (tenant, { paper }) => {
        const row = paper === null ? undefined : await desk.db.tenant(tenant, (sql) => paperOf(sql, tenant, paper));
        return row
          ? [
              {
                filename: `${row.reference}.pdf`,
                content: drawPaper(row).toString('base64'),
                encoding: 'base64',
                contentType: 'application/pdf',
              },
              ...joinedTo(row),
            ]
          : [];
      },
    },
    mail,
    publicUrl,
    failed,
  );
