import { notFound } from '../platform/index.ts';
import { findAccount, findByPractitioner, fullName } from './accounts.store.ts';
import type { Me } from './contract.ts';
import { rightsOf, verdict } from './decide.ts';
import type { Ctx } from './guard.ts';
import type { House } from './house.ts';
import { waysInOf } from './ledger.store.ts';
import { accountNoticesOf, markNotice, noticesOf, unreadNotices } from './notices.store.ts';
import { type PracticeAct, practiceActs } from './practice-rights.ts';
import { sitesOf } from './practices.store.ts';
import { regionNamed } from './regions.ts';
import { accountRef } from './sign-in/sessions.ts';

export async function me(house: House, { caller, session }: Ctx): Promise<Me> {
  const rights = await rightsOf(house.db, caller.tenant, caller.profession);
  const region = await regionNamed(house.db, session!.settings.region);
  return house.db.tenant(caller.tenant, async (sql) => {
    const account = (await findAccount(sql, caller.tenant, session!.account))!;
    const responsible = caller.onBehalfOf ? await findByPractitioner(sql, caller.tenant, caller.onBehalfOf) : undefined;
    const all = await sitesOf(sql, caller.tenant);
    return {
      account: accountRef(session!),
      practitioner: caller.practitioner,
      name: caller.name,
      family: account.family,
      given: account.given,
      login: account.login,
      profession: caller.profession,
      roles: account.roles,
      kind: account.kind,
      practice: {
        id: session!.practice_id,
        name: session!.practice,
        kind: caller.region ? 'region' : 'practice',
        region: region ? { id: region.id, name: region.name } : null,
      },
      sites: all.filter((site) => account.sites.includes(site.id)).map(({ id, name }) => ({ id, name })),
      rights: { ...rights },
      acts: (Object.keys(practiceActs) as PracticeAct[]).filter(
        (act) => verdict(rights, caller, { practice: act }) === 'yes',
      ),
      lockAfterMinutes: session!.lockAfterMinutes,
      endsAt: session!.expires_at.toISOString(),
      demo: account.demo,
      method: session!.method,
      onBehalfOf: responsible && { practitioner: responsible.practitioner, name: fullName(responsible) },
      unreadNotices: await unreadNotices(sql, caller.tenant, caller.practitioner),
      draftKey: house.vault.keyFor(`drafts of ${accountRef(session!)}`).toString('base64'),
    };
  });
}

export async function notices(house: House, { caller }: Ctx) {
  const rows = await house.db.tenant(caller.tenant, (sql) => noticesOf(sql, caller.tenant, caller.practitioner));
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    patient: row.patient,
    words: row.words,
    at: row.at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  }));
}

const opened: Record<string, string> = {
  'sign-in': 'Connexion',
  'sign-in-refused': 'Connexion refusée',
  'invitation-accepted': 'Lien d’invitation utilisé, nouveau mot de passe choisi',
  password: 'Mot de passe changé',
  'second-factor': 'Second moyen de connexion changé',
  'recovery-code': 'Code de secours utilisé',
  'recovery-codes': 'Codes de secours renouvelés',
};

/** How my account was opened and what others did to it, newest first: what is marked as read is not struck out of it. */
export async function accountLog(house: House, { caller }: Ctx) {
  const { ways, done } = await house.db.tenant(caller.tenant, async (sql) => ({
    ways: await waysInOf(sql, caller.tenant, caller.practitioner, 50),
    done: await accountNoticesOf(sql, caller.tenant, caller.practitioner),
  }));
  return [
    ...ways.map(({ at, action, address }) => ({
      at: at.toISOString(),
      words: opened[action] ?? action,
      address,
      byOther: false,
    })),
    ...done.map(({ at, words }) => ({ at: at.toISOString(), words, address: null, byOther: true })),
  ]
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, 50);
}

export async function readNotice(house: House, id: string, { caller }: Ctx): Promise<void> {
  if (!(await house.db.tenant(caller.tenant, (sql) => markNotice(sql, caller.tenant, caller.practitioner, id))))
    throw notFound('Ce message');
}
