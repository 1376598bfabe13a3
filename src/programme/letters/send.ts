import { type MailFile, tellNotice } from '../../access/index.ts';
import { type Consumer, type Db, renderPdf, type Sql } from '../../platform/index.ts';

import { type Submission, submissionsOf } from '../applications/submissions.store.ts';
import type { Desk } from '../desk.ts';
import { leftBehind, type LetterRow, letterOf, setLetter } from './letters.store.ts';
import { decisionPaper } from './papers.ts';

export const letterTopic = 'programme.letter';
/** Sends a mail; the message id is the same for each attempt of one letter. */
export type SendMail = (to: string, subject: string, text: string, files: MailFile[], messageId: string) => Promise<void>;

export const drawLetter = ({ data, at }: LetterRow): Buffer => renderPdf(decisionPaper, data, at);

const mostAttempts = 6;
/** Minutes before the next try of a letter that failed: 1, 2, 4, 8, 16. */
const waitOf = (attempts: number): number => 60_000 * 2 ** (attempts - 1);
/** Longer than any mail server takes: what is still «sending» then was cut. */
const cut = 5 * 60_000;

/** Did the mail server refuse before it took the message? Then trying again can send nothing twice. Anything else may have arrived. */
function refusal(error: unknown): { certain: boolean; final: boolean; words: string } {
  const { code = '', responseCode, command = '', message = '' } = (error ?? {}) as { code?: string; responseCode?: number; command?: string; message?: string };
  const answered = typeof responseCode === 'number';
  const certain = answered || /^(EAUTH|EENVELOPE|EDNS|ECONNECTION|ECONNREFUSED|ENOTFOUND|EOAUTH2)$/.test(code) || command === 'CONN' || /^(EHLO|HELO|STARTTLS|AUTH|MAIL FROM|RCPT TO)/.test(command);
  return { certain, final: answered && responseCode >= 500, words: message.slice(0, 300) };
}

/**
 * Sends letters one by one, each under a claim of its own: «waiting» becomes «sending» in one transaction, and «sent» in the next, after the mail server took it. Whatever
 * dies in between leaves «sending», which is never sent again by itself: it becomes «unsure», and an officer says whether to send it again. So no letter goes twice.
 */
export function openSender({ db, now, tell }: Desk, mail: SendMail | undefined, publicUrl: string, failed: (error: unknown) => void) {
  async function deliver(tenant: number, id: string): Promise<void> {
    const claimed = await db.transaction(tenant, async (sql) => {
      const letter = await letterOf(sql, tenant, id, true);
      if (letter?.state !== 'waiting' && letter?.state !== 'failed') return undefined;
      const reachable = mail !== undefined && letter.mail !== '';
      await setLetter(sql, tenant, id, reachable ? 'sending' : 'to-hand', now(), { attempts: letter.attempts + (reachable ? 1 : 0) });
      const [sent] = (await submissionsOf(sql, tenant, [letter.application])).toReversed();
      return { letter: { ...letter, attempts: letter.attempts + 1 }, reachable, sent, first: letter.attempts === 0 && letter.version === 1 };
    });
    if (!claimed) return;
    const { letter, reachable, sent, first } = claimed;
    const practice = sent?.practiceTenant ?? null;
    if (practice !== null && first) await tellTeam(db, sent!, letter).catch(failed);
    if (practice !== null) tell(practice, { topic: 'application', application: letter.application });
    if (reachable) {
      const end = await mail!(letter.mail, letter.subject, letter.words, [{ filename: `${letter.reference}.pdf`, content: drawLetter(letter).toString('base64'), encoding: 'base64', contentType: 'application/pdf' }], `<${id}@${new URL(publicUrl).hostname}>`).then(
        () => ({ state: 'sent' as const, failure: null, attempts: letter.attempts }),
        (error) => {
          const { certain, final, words } = refusal(error);
          return { state: certain ? ('failed' as const) : ('unsure' as const), failure: words, attempts: final ? mostAttempts : letter.attempts };
        },
      );
      await db.transaction(tenant, (sql) => setLetter(sql, tenant, id, end.state, now(), end));
    }
    tell(tenant, { topic: 'letters' });
  }
  const consumer: Consumer = {
    name: 'letters',
    topics: [letterTopic],
    // The letter itself says how far it is: an event that is delivered twice, or lost after its commit, sends nothing twice and loses nothing (see tick).
    handle: async (_sql, tenant, event) => () => deliver(tenant, String(event.payload.letter)).catch(failed),
  };
  /** What a process left behind: letters never tried, those to try again, those that were cut. */
  async function tick(tenants: readonly number[]): Promise<void> {
    for (const tenant of tenants) {
      const rows = await db.tenant(tenant, (sql) => leftBehind(sql, tenant, ['waiting', 'failed', 'sending']));
      for (const { id, state, attempts, changedAt } of rows) {
        const age = now().getTime() - changedAt.getTime();
        if (state === 'sending') {
          if (age > cut) await db.transaction(tenant, (sql: Sql) => setLetter(sql, tenant, id, 'unsure', now(), { failure: 'L’envoi a été interrompu : le courrier est peut-être arrivé.' }));
        } else if (state === 'waiting' ? age > 30_000 : attempts < mostAttempts && age > waitOf(attempts)) await deliver(tenant, id).catch(failed);
      }
    }
  }
  return { consumer, tick, deliver };
}

/** A notice to whoever submitted, in their practice, without content. */
const tellTeam = (db: Db, { practiceTenant, practitioner }: Submission, { edition }: LetterRow): Promise<void> =>
  db.transaction(practiceTenant!, (sql) => tellNotice(sql, practiceTenant!, { practitioner, kind: `programme:${edition}`, patient: null, words: 'La décision sur votre candidature au programme régional est dans le dossier de l’équipe.' }));
