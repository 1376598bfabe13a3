import { Problem, type Sql } from '../../platform/index.ts';
import { hashOf, newToken, tenantOf } from '../links/tokens.ts';
import { insertLink, linkedPollRow, linkRow, personRow } from './polls.store.ts';

/** Days after the last one on which one answers: what was chosen can still be looked at. */
const daysAfter = 60;
export const expiryOf = (deadline: string): Date =>
  new Date(Date.parse(`${deadline}T23:59:59Z`) + daysAfter * 86_400_000);

/** A personal link of someone who is asked: 32 random bytes, of which only the hash stays. @returns path of the page */
export async function newLink(
  sql: Sql,
  tenant: number,
  of: { poll: string; person: string; deadline: string; at: Date },
): Promise<string> {
  const token = newToken(tenant);
  await insertLink(sql, tenant, {
    hash: hashOf(token),
    poll: of.poll,
    person: of.person,
    expires: expiryOf(of.deadline),
    at: of.at,
  });
  return `/programme/sondage/${token}`;
}
/** For mails: `poll/person`. */
export async function pollLink(sql: Sql, tenant: number, id: string, at: Date): Promise<string | undefined> {
  const [poll = '', person = ''] = id.split('/');
  const [asked, found] = [await linkedPollRow(sql, tenant, poll), await personRow(sql, tenant, poll, person)];
  return asked && found ? newLink(sql, tenant, { poll, person, deadline: asked.deadline, at }) : undefined;
}
const gone = (reason: 'unknown' | 'expired') =>
  new Problem(
    410,
    'Lien périmé',
    'Ce lien a expiré, a été remplacé par un autre ou n’existe pas. Demandez-en un nouveau à la personne qui organise la réunion.',
    { extra: { reason } },
  );
/** Whose link it is. Errors: 410 */
export async function behind(sql: Sql, token: string, now: Date): Promise<{ poll: string; person: string }> {
  const row = await linkRow(sql, tenantOf(token), hashOf(token));
  if (!row) throw gone('unknown');
  if (row.expiresAt <= now) throw gone('expired');
  return row;
}
