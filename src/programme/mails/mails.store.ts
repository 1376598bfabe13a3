import { randomUUID } from 'node:crypto';
import { french, publish, type Sql } from '../../platform/index.ts';
import type { LetterState } from '../letters/letters.store.ts';
import type { Subject } from '../papers/papers.store.ts';

export const mailTopic = 'programme.mail';
export interface MailRow {
  id: string;
  key: string;
  subjectOf: Subject;
  batch: string;
  recipient: string;
  name: string;
  subject: string;
  words: string;
  /** Joined as PDF. */
  paper: string | null;
  state: LetterState;
  attempts: number;
  failure: string | null;
  at: Date;
  changedAt: Date;
}
const columns = `id, key, subject_of as "subjectOf", batch, recipient, recipient_name as name, subject, words, paper, state, attempts, failure, at, changed_at as "changedAt"`;

/** Queues a mail in the transaction of the act; false when one of this key is there: the same is never sent twice. It leaves after the commit, from the outbox. */
export async function queueMail(
  sql: Sql,
  tenant: number,
  mail: Pick<MailRow, 'key' | 'subjectOf' | 'batch' | 'recipient' | 'name' | 'subject' | 'words' | 'paper' | 'at'>,
): Promise<boolean> {
  const [made] = await sql.query<{ id: string }>(
    `insert into programme.mail (tenant_id, id, key, subject_of, batch, recipient, recipient_name, subject, words, paper, state, at, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', $11::timestamptz, $11::timestamptz)
     on conflict (tenant_id, key) do nothing returning id`,
    [
      tenant,
      randomUUID(),
      mail.key,
      mail.subjectOf,
      mail.batch,
      mail.recipient,
      mail.name,
      mail.subject,
      mail.words,
      mail.paper,
      mail.at.toISOString(),
    ],
  );
  if (made) await publish(sql, tenant, mailTopic, { mail: made.id });
  return made !== undefined;
}
export const mailOf = async (sql: Sql, tenant: number, id: string, lock = false): Promise<MailRow | undefined> =>
  (
    await sql.query<MailRow>(
      `select ${columns} from programme.mail where tenant_id = $1 and id = $2${lock ? ' for update' : ''}`,
      [tenant, id],
    )
  )[0];
/** Newest first. */
export const mailsOf = (sql: Sql, tenant: number, subject: Subject): Promise<MailRow[]> =>
  sql.query(
    `select ${columns} from programme.mail where tenant_id = $1 and subject_of = $2 order by at desc, recipient_name${french}, id limit 1000`,
    [tenant, subject],
  );
/** On which days reminders were queued, and to how many: those whose key begins so. */
export const remindersSent = (
  sql: Sql,
  tenant: number,
  subject: Subject,
  begins: string,
): Promise<{ on: string; people: number }[]> =>
  sql.query(
    `select (at at time zone 'Europe/Paris')::date::text as on, count(*)::int as people from programme.mail where tenant_id = $1 and subject_of = $2 and starts_with(key, $3) group by 1 order by 1`,
    [tenant, subject, begins],
  );
/** The same of all date polls of a project, by poll. */
export const pollRemindersSent = async (
  sql: Sql,
  tenant: number,
  subject: Subject,
): Promise<Map<string, { on: string; people: number }[]>> => {
  const rows = await sql.query<{ poll: string; on: string; people: number }>(
    `select split_part(key, '/', 2) as poll, (at at time zone 'Europe/Paris')::date::text as on, count(*)::int as people from programme.mail where tenant_id = $1 and subject_of = $2 and starts_with(key, 'poll/') and split_part(key, '/', 3) = 'reminder' group by 1, 2 order by 1, 2`,
    [tenant, subject],
  );
  const byPoll = Map.groupBy(rows, ({ poll }) => poll);
  return new Map([...byPoll].map(([poll, days]) => [poll, days.map(({ on, people }) => ({ on, people }))]));
};
export const setMail = (
  sql: Sql,
  tenant: number,
  id: string,
  state: LetterState,
  at: Date,
  more: { attempts?: number; failure?: string | null } = {},
) =>
  sql.query(
    'update programme.mail set state = $3, changed_at = $4::timestamptz, attempts = coalesce($5::int, attempts), failure = $6 where tenant_id = $1 and id = $2',
    [tenant, id, state, at.toISOString(), more.attempts ?? null, more.failure ?? null],
  );
export const mailsLeftBehind = (
  sql: Sql,
  tenant: number,
  states: readonly LetterState[],
): Promise<Pick<MailRow, 'id' | 'state' | 'attempts' | 'changedAt'>[]> =>
  sql.query(
    `select id, state, attempts, changed_at as "changedAt" from programme.mail where tenant_id = $1 and state = any($2::text[]) order by at, id limit 200`,
    [tenant, [...states]],
  );
