import type { MailFile } from '../../access/index.ts';
import type { Consumer, Sql } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import type { LetterState } from '../letters/letters.store.ts';

/** Sends a mail; the message id is the same for each attempt of one letter. */
export type SendMail = (
  to: string,
  subject: string,
  text: string,
  files: MailFile[],
  messageId: string,
) => Promise<void>;
export interface Load {
  to: string;
  subject: string;
  words: string;
  state: LetterState;
  attempts: number;
}
/** A queue in a table: how its rows are read and marked. */
export interface Bag<Row extends Load> {
  /** Name of the consumer. */
  name: string;
  topic: string;
  /** Where the event holds the row's id. */
  payload: string;
  read(sql: Sql, tenant: number, id: string): Promise<Row | undefined>;
  mark(
    sql: Sql,
    tenant: number,
    id: string,
    state: LetterState,
    at: Date,
    more?: { attempts?: number; failure?: string | null },
  ): Promise<unknown>;
  leftBehind(
    sql: Sql,
    tenant: number,
    states: readonly LetterState[],
  ): Promise<{ id: string; state: LetterState; attempts: number; changedAt: Date }[]>;
  files(tenant: number, row: Row): Promise<MailFile[]>;
  /** The words as they leave, when they are not those of the row. */
  words?(tenant: number, row: Row): Promise<string>;
  /** Once claimed, before it leaves. */
  claimed?(tenant: number, row: Row): Promise<void>;
  /** Hint to the region's screens. */
  hint: string;
}

const mostAttempts = 6;
/** Minutes before the next try of a mail that failed: 1, 2, 4, 8, 16. */
const waitOf = (attempts: number): number => 60_000 * 2 ** (attempts - 1);
/** Longer than any mail server takes: what is still «sending» then was cut. */
const cut = 5 * 60_000;

/** Did the mail server refuse before it took the message? Then trying again can send nothing twice. Anything else may have arrived. */
function refusal(error: unknown): { certain: boolean; final: boolean; words: string } {
  const {
    code = '',
    responseCode,
    command = '',
    message = '',
  } = (error ?? {}) as { code?: string; responseCode?: number; command?: string; message?: string };
  const answered = typeof responseCode === 'number';
  const certain =
    answered ||
    /^(EAUTH|EENVELOPE|EDNS|ECONNECTION|ECONNREFUSED|ENOTFOUND|EOAUTH2)$/.test(code) ||
    command === 'CONN' ||
    /^(EHLO|HELO|STARTTLS|AUTH|MAIL FROM|RCPT TO)/.test(command);
  return { certain, final: answered && responseCode >= 500, words: message.slice(0, 300) };
}

/**
 * Sends what is in a bag one by one, each under a claim of its own: «waiting» becomes «sending» in one transaction, and «sent» in the next, after the mail server took it. Whatever
 * dies in between leaves «sending», which is never sent again by itself: it becomes «unsure», and a person says whether to send it again. So nothing goes twice.
 */
export function openCarrier<Row extends Load>(
  { db, now, tell }: Pick<Desk, 'db' | 'now' | 'tell'>,
  bag: Bag<Row>,
  mail: SendMail | undefined,
  publicUrl: string,
  failed: (error: unknown) => void,
) {
  async function deliver(tenant: number, id: string): Promise<void> {
    const claimed = await db.transaction(tenant, async (sql) => {
      const row = await bag.read(sql, tenant, id);
      if (row?.state !== 'waiting' && row?.state !== 'failed') return undefined;
      const reachable = mail !== undefined && row.to !== '';
      await bag.mark(sql, tenant, id, reachable ? 'sending' : 'to-hand', now(), {
        attempts: row.attempts + (reachable ? 1 : 0),
      });
      return { row, reachable };
    });
    if (!claimed) return;
    const { row, reachable } = claimed;
    const attempts = row.attempts + 1;
    await bag.claimed?.(tenant, row).catch(failed);
    if (reachable) {
      const files = await bag.files(tenant, row);
      const words = (await bag.words?.(tenant, row)) ?? row.words;
      const end = await mail!(row.to, row.subject, words, files, `<${id}@${new URL(publicUrl).hostname}>`).then(
        () => ({ state: 'sent' as const, failure: null, attempts }),
        (error) => {
          const { certain, final, words: failure } = refusal(error);
          return {
            state: certain ? ('failed' as const) : ('unsure' as const),
            failure,
            attempts: final ? mostAttempts : attempts,
          };
        },
      );
      await db.transaction(tenant, (sql) => bag.mark(sql, tenant, id, end.state, now(), end));
    }
    tell(tenant, { topic: bag.hint });
  }
  const consumer: Consumer = {
    name: bag.name,
    topics: [bag.topic],
    // The row itself says how far it is: an event that is delivered twice, or lost after its commit, sends nothing twice and loses nothing (see tick).
    handle: async (_sql, tenant, event) => () => deliver(tenant, String(event.payload[bag.payload])).catch(failed),
  };
  /** What a process left behind: never tried, to try again, cut. */
  async function tick(tenants: readonly number[]): Promise<void> {
    for (const tenant of tenants) {
      const rows = await db.tenant(tenant, (sql) => bag.leftBehind(sql, tenant, ['waiting', 'failed', 'sending']));
      for (const { id, state, attempts, changedAt } of rows) {
        const age = now().getTime() - changedAt.getTime();
        if (state === 'sending') {
          if (age > cut)
            await db.transaction(tenant, (sql: Sql) =>
              bag.mark(sql, tenant, id, 'unsure', now(), {
                failure: 'L’envoi a été interrompu : le courrier est peut-être arrivé.',
              }),
            );
        } else if (state === 'waiting' ? age > 30_000 : attempts < mostAttempts && age > waitOf(attempts))
          await deliver(tenant, id).catch(failed);
      }
    }
  }
  return { consumer, tick, deliver };
}
