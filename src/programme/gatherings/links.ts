import { createHash, randomBytes } from 'node:crypto';
import { Problem, type Sql } from '../../platform/index.ts';
import { insertLink, linkedPollRow, linkRow, personRow } from './polls.store.ts';

/** Days after the last one on which one answers: what was chosen can still be looked at. */
const daysAfter = 60;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
export const expiryOf = (deadline: string): Date => new Date(Date.parse(`${deadline}T23:59:59Z`) + daysAfter * 86_400_000);

/** A personal link of someone who is asked: 32 random bytes, of which only the hash stays. @returns path of the page */
export async function newLink(sql: Sql, tenant: number, of: { poll: string; person: string; deadline: string; at: Date }): Promise<string> {
  const token = `${tenant}.${randomBytes(32).toString('base64url')}`;
  await insertLink(sql, tenant, { hash: sha256(token), poll: of.poll, person: of.person, expires: expiryOf(of.deadline), at: of.at });
  return `/programme/sondage/${token}`;
}
/** For mails: `poll/person`. */
export async function pollLink(sql: Sql, tenant: number, id: string, at: Date): Promise<string | undefined> {
  const [poll = '', person = ''] = id.split('/');
  const [asked, found] = [await linkedPollRow(sql, tenant, poll), await personRow(sql, tenant, poll, person)];
  return asked && found ? newLink(sql, tenant, { poll, person, deadline: asked.deadline, at }) : undefined;
}
export const tenantOf = (token: string): number => Number(/^(\d{1,9})\./.exec(token)?.[1] ?? -1);
const gone = () => new Problem(410, 'Lien périmé', 'Ce lien a expiré, a été remplacé par un autre ou n’existe pas. Demandez-en un nouveau à la personne qui organise la réunion.', { extra: { reason: 'expired' } });
/** Whose link it is. Errors: 410 */
export async function behind(sql: Sql, token: string, now: Date): Promise<{ poll: string; person: string }> {
  const row = await linkRow(sql, tenantOf(token), sha256(token));
  if (!row || row.expiresAt <= now) throw gone();
  return row;
}

/** Calls of one address in one window; a token cannot be guessed, but nobody may keep the server busy trying. */
const [most, window] = [120, 60_000];
const calls = new Map<string, { since: number; count: number }>();
/** Errors: 429 */
export function slowDown(address: string, now: number): void {
  const known = calls.get(address);
  if (!known || now - known.since >= window) {
    if (calls.size > 10_000) for (const [key, one] of calls) if (now - one.since >= window) calls.delete(key);
    calls.set(address, { since: now, count: 1 });
    return;
  }
  if (++known.count <= most) return;
  const wait = Math.max(1, Math.ceil((known.since + window - now) / 1000));
  throw new Problem(429, 'Trop d’essais', `Trop de demandes se sont suivies. Patientez ${wait} s puis réessayez.`, { headers: { 'retry-after': String(wait) }, extra: { retryAfter: wait } });
}
