import { notFound, Problem, type Sql } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import { behindLink } from '../links/pace.ts';
import { hashOf, newToken, tenantOf } from '../links/tokens.ts';
import type { MakeLink } from '../mails/links.ts';
import type { NeedAnswers } from './contract.ts';
import {
  type Around,
  aroundProject,
  insertToken,
  type NeedsRow,
  needsOf,
  needsShared,
  type PersonRow,
  personBehind,
} from './needs.store.ts';

/** A link outlives the questionnaire, so that whoever opens it late is told that it is closed. Days. */
const linkDays = 120;
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
const unknown = () =>
  new Problem(
    404,
    'Lien inconnu',
    'Il est incomplet, ou il a été remplacé. Demandez-en un nouveau à la personne qui vous l’a donné.',
    { extra: { reason: 'unknown' } },
  );
const expired = () =>
  new Problem(
    410,
    'Lien expiré',
    'Ce lien a expiré. Vos réponses, si vous en avez envoyé, sont conservées. Demandez un nouveau lien à la personne qui accompagne votre équipe.',
    { extra: { reason: 'expired' } },
  );

/** What a link opens, inside a transaction of its region. Errors: 404, 410. */
export async function behind(sql: Sql, token: string, now: Date, lock = false): Promise<Held> {
  const tenant = tenantOf(token);
  const hash = hashOf(token);
  const person = await personBehind(sql, tenant, hash, lock);
  if (person) {
    if (person.expires < now) throw expired();
    return {
      tenant,
      person,
      needs: (await needsOf(sql, tenant, person.project))!,
      project: await aroundProject(sql, tenant, person.project),
    };
  }
  const needs = await needsShared(sql, tenant, hash, lock);
  if (!needs) throw unknown();
  return { tenant, needs, person: undefined, project: await aroundProject(sql, tenant, needs.project) };
}
/** Runs an act behind a link. Errors: 404, 410; 429 past too many wrong ones. */
export const byLink = <T>(
  desk: Desk,
  token: string,
  address: string,
  act: (sql: Sql, held: Held) => Promise<T>,
  lock = false,
): Promise<T> =>
  behindLink(desk, address, () =>
    desk.db.transaction(tenantOf(token), async (sql) => act(sql, await behind(sql, token, desk.now(), lock))),
  );
export const noNeeds = () => notFound('Ce questionnaire');
