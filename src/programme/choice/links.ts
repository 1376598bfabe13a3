import { createHash, randomBytes } from 'node:crypto';
import { notFound, Problem, type Sql } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import type { MakeLink } from '../mails/links.ts';
import type { NeedAnswers } from './contract.ts';
import { type Around, aroundProject, countTry, insertToken, type NeedsRow, needsOf, needsShared, type PersonRow, personBehind } from './needs.store.ts';

/** A link outlives the questionnaire, so that whoever opens it late is told that it is closed. Days. */
const linkDays = 120;
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
/** 32 random bytes behind the number of the region: what reads it must know where to look. */
export const newToken = (tenant: number): string => `${tenant}.${randomBytes(32).toString('base64url')}`;
export const tenantOf = (token: string): number => Number(/^(\d{1,9})\./.exec(token)?.[1] ?? -1);
const pageOf = (token: string): string => `/programme/questionnaire/${token}`;

/** A link of one person; only its hash is kept. */
export async function giveToken(sql: Sql, tenant: number, person: string, at: Date): Promise<string> {
  const token = newToken(tenant);
  await insertToken(sql, tenant, hashOf(token), person, new Date(at.getTime() + linkDays * 86_400_000));
  return token;
}
/** As a mail leaves (mails/links.ts): `id` is a person. */
export const questionnaireLink: MakeLink = async (sql, tenant, id, at) => pageOf(await giveToken(sql, tenant, id, at));
export { pageOf };

export interface Held {
  tenant: number;
  needs: NeedsRow;
  project: Around;
  /** Undefined behind the shared link: nobody yet. */
  person: (PersonRow & { answers: NeedAnswers }) | undefined;
}
const unknown = () => new Problem(404, 'Lien inconnu', 'Il est incomplet, ou il a été remplacé. Demandez-en un nouveau à la personne qui vous l’a donné.', { extra: { reason: 'unknown' } });
const expired = () => new Problem(410, 'Lien expiré', 'Ce lien a expiré. Vos réponses, si vous en avez envoyé, sont conservées. Demandez un nouveau lien à la personne qui accompagne votre équipe.', { extra: { reason: 'expired' } });

/** What a link opens, inside a transaction of its region. Errors: 404, 410. */
export async function behind(sql: Sql, token: string, now: Date, lock = false): Promise<Held> {
  const tenant = tenantOf(token);
  const hash = hashOf(token);
  const person = await personBehind(sql, tenant, hash, lock);
  if (person) {
    if (person.expires < now) throw expired();
    return { tenant, person, needs: (await needsOf(sql, tenant, person.project))!, project: await aroundProject(sql, tenant, person.project) };
  }
  const needs = await needsShared(sql, tenant, hash, lock);
  if (!needs) throw unknown();
  return { tenant, needs, person: undefined, project: await aroundProject(sql, tenant, needs.project) };
}
/** Runs an act behind a link. Wrong links of one address are counted: past thirty in ten minutes it is told to wait, and nobody else is slowed. */
export async function byLink<T>(desk: Desk, token: string, address: string, act: (sql: Sql, held: Held) => Promise<T>, lock = false): Promise<T> {
  try {
    return await desk.db.transaction(tenantOf(token), async (sql) => act(sql, await behind(sql, token, desk.now(), lock)));
  } catch (error) {
    if (error instanceof Problem && error.extra?.reason === 'unknown') await pace(desk, `wrong-link ${address}`, 30, 600);
    throw error;
  }
}
/** Errors: 429 past `most` tries in so many seconds. */
export async function pace(desk: Desk, subject: string, most: number, seconds: number): Promise<void> {
  const fine = await desk.db.tenant(0, (sql) => countTry(sql, hashOf(subject), most, seconds, desk.now()));
  if (!fine) throw new Problem(429, 'Trop d’essais', 'Trop de demandes se sont suivies depuis ce réseau. Rien n’est perdu : patientez quelques minutes puis réessayez.', { headers: { 'retry-after': String(seconds) } });
}
export const noNeeds = () => notFound('Ce questionnaire');
