import { randomUUID } from 'node:crypto';
import { conflict, invalid, notFound, Problem, record, type Sql, sqlState } from '../platform/index.ts';
import {
  type Account,
  findAccount,
  fullName,
  insertAccount,
  listAccounts,
  otherOwners,
  updateAccount,
} from './accounts.store.ts';
import { actorOf, type Caller, type PracticeRole } from './caller.ts';
import { closeWhatHangsOn } from './closing.ts';
import type { Person } from './contract.ts';
import type { Ctx } from './guard.ts';
import type { House } from './house.ts';
import { isRegional, type Profession } from './professions.ts';
import { changedOf, haveSites, holdPractice, practiceOf } from './practices.store.ts';
import { invite } from './invitations.ts';
import { tellNotice } from './notices.store.ts';
import { deletePasskeysOf } from './sign-in/passkeys.store.ts';
import { checkPassword, hashPassword } from './sign-in/passwords.ts';
import { forgetTickets } from './sign-in/tickets.store.ts';

export interface NewUser {
  login: string;
  family: string;
  given?: string;
  profession: Profession;
  rpps?: string | null;
  roles?: readonly PracticeRole[];
  /** Owners and administrators get a privileged account, which reaches no clinical content; everyone else a care account. */
  kind?: 'care' | 'privileged';
  sites?: readonly string[];
  /** FHIR id of the Practitioner; made when absent. */
  practitioner?: string;
  /** Without a password the account waits for its invitation to be accepted. */
  password?: string;
  /** Demo accounts open with «demo», in demo mode only. */
  demo?: boolean;
}

export const personOf = (account: Account): Person => ({
  id: account.id,
  practitioner: account.practitioner,
  login: account.login,
  family: account.family,
  given: account.given,
  profession: account.profession,
  rpps: account.rpps,
  roles: account.roles,
  kind: account.kind,
  status: account.status,
  sites: account.sites,
  demo: account.demo,
  ...changedOf(account),
});

/** Privileged accounts are apart from care accounts (SEC-1): roles over the practice on one side, health content on the other. */
function kindFor(input: {
  roles: readonly PracticeRole[];
  profession: Profession;
  kind?: 'care' | 'privileged';
}): 'care' | 'privileged' {
  const powers =
    input.roles.some((role) => role === 'owner' || role === 'administrator') || input.profession === 'administrator';
  const kind = input.kind ?? (powers ? 'privileged' : 'care');
  if (kind === 'care' && powers)
    throw invalid(
      'Un compte de soin ne peut pas administrer la structure : créez pour cette personne un second compte, d’administration, avec la même adresse.',
      { roles: 'réservé aux comptes d’administration' },
    );
  if (kind === 'privileged' && input.profession !== 'administrator')
    throw invalid(
      'Un compte d’administration a pour profession « Administrateur » : il n’accède pas au contenu des dossiers.',
      { profession: 'Administrateur' },
    );
  return kind;
}

/** A practice has no people of a region, and a region none of a practice; an administrator may be of either. */
async function professionFits(sql: Sql, tenant: number, profession: Profession): Promise<void> {
  const region = (await practiceOf(sql, tenant)).settings.kind === 'region';
  if (profession !== 'administrator' && isRegional(profession) !== region)
    throw invalid(
      region
        ? 'Une région n’a pas de professionnels de santé : choisissez un rôle du programme.'
        : 'Ce rôle est celui d’une région : choisissez une profession de la structure.',
      { profession: 'à choisir dans la liste' },
    );
}

/** One that was taken away may come back. */
async function oursOnly(sql: Sql, tenant: number, sites: readonly string[] = []): Promise<void> {
  if (!(await haveSites(sql, tenant, sites)))
    throw invalid(
      'Un de ces sites n’est pas un site de la structure. Rechargez la page, puis choisissez-le de nouveau.',
      {
        sites: 'à choisir dans la liste',
      },
    );
}

const tellDirectory = (house: House, sql: Sql, account: Account) =>
  house.hooks.onPerson?.(sql, account.tenant_id, {
    practitioner: account.practitioner,
    family: account.family,
    given: account.given,
    profession: account.profession,
    rpps: account.rpps,
    active: account.status !== 'disabled',
    sites: account.sites,
    login: account.login,
  });

/** Creates an account and its person in the directory, in one transaction with the trace. `by` is who does it. */
export async function createUser(house: House, tenant: number, input: NewUser, by: Caller): Promise<Account> {
  const roles = [...new Set(input.roles ?? [])];
  const kind = kindFor({ roles, profession: input.profession, kind: input.kind });
  const login = input.login.trim().toLowerCase();
  if (input.password !== undefined && !input.demo) checkPassword(input.password, login);
  const password = input.password !== undefined && !input.demo ? await hashPassword(input.password) : null;
  const id = randomUUID();
  return refusingTwins(() =>
    house.db.transaction(tenant, async (sql) => {
      await professionFits(sql, tenant, input.profession);
      await insertAccount(sql, {
        tenant_id: tenant,
        id,
        kind,
        login,
        practitioner: input.practitioner ?? randomUUID(),
        family: input.family,
        given: input.given ?? '',
        profession: input.profession,
        rpps: input.rpps ?? null,
        roles,
        sites: [...(input.sites ?? [])],
        status: input.demo || password ? 'active' : 'invited',
        demo: input.demo ?? false,
        password_hash: password,
      });
      const account = (await findAccount(sql, tenant, id))!;
      await tellDirectory(house, sql, account);
      await record(sql, tenant, [
        {
          ...actorOf(by),
          action: 'create',
          target: `Account/${id}`,
          details: { login, profession: input.profession, roles, kind },
        },
      ]);
      return account;
    }),
  );
}

async function refusingTwins<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (sqlState(error) === '23505')
      throw conflict('Une personne de la structure a déjà un compte de ce type à cette adresse.');
    throw error;
  }
}

export async function invitePerson(
  house: House,
  input: Omit<NewUser, 'password' | 'demo' | 'practitioner'>,
  { caller }: Ctx,
) {
  mayGiveRoles(caller.roles, [], input.roles ?? []);
  await house.db.tenant(caller.tenant, (sql) => oursOnly(sql, caller.tenant, input.sites));
  const account = await createUser(house, caller.tenant, input, caller);
  return { person: personOf(account), ...(await invite(house, account)) };
}

/** Only an owner makes or unmakes an owner. */
function mayGiveRoles(
  mine: readonly PracticeRole[],
  before: readonly PracticeRole[],
  after: readonly PracticeRole[],
): void {
  if (before.includes('owner') !== after.includes('owner') && !mine.includes('owner'))
    throw new Problem(
      403,
      'Accès refusé',
      'Seul un responsable de la structure peut nommer ou retirer un responsable.',
    );
}

async function target(sql: Sql, tenant: number, id: string): Promise<Account> {
  const account = await findAccount(sql, tenant, id);
  if (!account) throw notFound('Cette personne');
  return account;
}

/** Errors: 409 with the person as they stand, when they are not the one that was on the screen. */
export async function changePerson(
  house: House,
  id: string,
  { version, ...change }: Partial<Omit<NewUser, 'kind' | 'password' | 'demo' | 'practitioner'>> & { version?: number },
  { caller }: Ctx,
): Promise<Person> {
  return refusingTwins(() =>
    house.db.transaction(caller.tenant, async (sql) => {
      await holdPractice(sql, caller.tenant);
      const before = await target(sql, caller.tenant, id);
      mayActOn(caller.roles, before);
      if (version !== undefined && version !== before.version)
        throw conflict(
          `${before.changed_by || 'Quelqu’un d’autre'} a changé cette personne depuis que vous l’avez ouverte. Rien n’a été modifié : comparez les deux, puis enregistrez de nouveau.`,
          { code: 'edited-meanwhile', theirs: personOf(before) },
        );
      const roles = [...new Set(change.roles ?? before.roles)];
      mayGiveRoles(caller.roles, before.roles, roles);
      kindFor({ roles, profession: change.profession ?? before.profession, kind: before.kind });
      if (change.profession) await professionFits(sql, caller.tenant, change.profession);
      await oursOnly(sql, caller.tenant, change.sites);
      if (before.roles.includes('owner') && !roles.includes('owner')) await keepAnOwner(sql, caller.tenant, id);
      await updateAccount(sql, caller.tenant, id, {
        login: change.login,
        family: change.family,
        given: change.given,
        profession: change.profession,
        rpps: change.rpps,
        roles,
        sites: change.sites ? [...new Set(change.sites)] : undefined,
        version: before.version + 1,
        changed_by: actorOf(caller).actorName ?? '',
        changed_at: house.clock().toISOString(),
      });
      const after = await target(sql, caller.tenant, id);
      await tellDirectory(house, sql, after);
      // By these somebody else would come in under this person's name.
      const ways = [
        ...(after.login !== before.login ? ['l’adresse'] : []),
        ...(after.rpps !== before.rpps ? ['le numéro RPPS'] : []),
      ];
      if (ways.length > 0 && before.practitioner !== caller.practitioner)
        await tellNotice(sql, caller.tenant, {
          practitioner: before.practitioner,
          kind: 'account-changed',
          patient: null,
          words: `${actorOf(caller).actorName} a changé ${ways.join(' et ')} de votre compte, par quoi il s’ouvre. Si ce n’est pas juste, dites-le à un responsable.`,
        });
      await record(sql, caller.tenant, [
        {
          ...actorOf(caller),
          action: 'update',
          target: `Account/${id}`,
          details: { before: briefly(before), after: briefly(after) },
        },
      ]);
      return personOf(after);
    }),
  ).finally(() => house.sessions.forget());
}
const briefly = ({ login, family, given, profession, rpps, roles, sites }: Account) => ({
  login,
  family,
  given,
  profession,
  rpps,
  roles,
  sites,
});

/** An owner's account is in the hands of owners. */
function mayActOn(mine: readonly PracticeRole[], account: Account): void {
  if (account.roles.includes('owner') && !mine.includes('owner'))
    throw new Problem(
      403,
      'Accès refusé',
      'Seul un responsable de la structure peut agir sur le compte d’un responsable.',
    );
}

/** Two who leave, or close each other's account, at the same moment: the second finds what the first left. */
async function keepAnOwner(sql: Sql, tenant: number, id: string): Promise<void> {
  await holdPractice(sql, tenant);
  if ((await otherOwners(sql, tenant, id)) === 0)
    throw conflict(
      'La structure doit garder au moins un responsable dont le compte est ouvert. Une personne invitée en devient un quand elle a accepté son invitation.',
    );
}

export async function setPersonStatus(
  house: House,
  id: string,
  status: 'active' | 'disabled',
  { caller }: Ctx,
): Promise<Person> {
  const person = await house.db.transaction(caller.tenant, async (sql) => {
    const account = await target(sql, caller.tenant, id);
    mayActOn(caller.roles, account);
    if (status === 'disabled' && account.practitioner === caller.practitioner)
      throw conflict('Vous ne pouvez pas fermer votre propre compte : demandez-le à un autre responsable.');
    if (status === 'disabled' && account.roles.includes('owner')) await keepAnOwner(sql, caller.tenant, id);
    const next =
      status === 'active' && !account.password_hash && !account.demo && account.passkeys === 0 ? 'invited' : status;
    await updateAccount(sql, caller.tenant, id, { status: next });
    if (status === 'disabled') {
      await house.sessions.endAllOf(sql, caller.tenant, id);
      await forgetTickets(sql, caller.tenant, 'invitation', id);
      await closeWhatHangsOn(sql, account, caller, house.clock());
    }
    const after = await target(sql, caller.tenant, id);
    await tellDirectory(house, sql, after);
    await record(sql, caller.tenant, [
      { ...actorOf(caller), action: status === 'disabled' ? 'disable' : 'enable', target: `Account/${id}` },
    ]);
    return personOf(after);
  });
  house.sessions.forget();
  return person;
}

/** A new link for someone who lost theirs, or (reset) their password or second factor. */
export async function renewInvitation(
  house: House,
  id: string,
  { reset }: { reset: boolean },
  { caller, session }: Ctx,
) {
  const account = await house.db.transaction(caller.tenant, async (sql) => {
    const before = await target(sql, caller.tenant, id);
    mayActOn(caller.roles, before);
    if (before.status === 'disabled' || before.demo)
      throw conflict('Ce compte ne peut pas être invité : il est fermé, ou c’est un compte de démonstration.');
    if (before.status === 'active' && !reset)
      throw conflict('Cette personne a déjà ouvert son compte. Pour lui redonner accès, réinitialisez-le.');
    if (reset) {
      // The link would go with the session that asked for it.
      if (before.id === session?.account)
        throw conflict(
          'Vous ne pouvez pas réinitialiser votre propre compte : changez vos moyens de connexion dans votre compte, ou demandez-le à un autre responsable.',
        );
      if (before.roles.includes('owner')) await keepAnOwner(sql, caller.tenant, id);
      await updateAccount(sql, caller.tenant, id, {
        status: 'invited',
        password_hash: null,
        code_secret: null,
        code_confirmed: false,
        recovery_hashes: [],
      });
      await deletePasskeysOf(sql, caller.tenant, id);
      await house.sessions.endAllOf(sql, caller.tenant, id);
      await record(sql, caller.tenant, [{ ...actorOf(caller), action: 'reset', target: `Account/${id}` }]);
      // Whoever holds the link opens the account in this person's name: they are told, and what is read stays in their account's log.
      await tellNotice(sql, caller.tenant, {
        practitioner: before.practitioner,
        kind: 'account-reset',
        patient: null,
        words: `${actorOf(caller).actorName} a réinitialisé votre connexion : mot de passe, application de codes et clés d’accès ont été oubliés, et un nouveau lien a été donné. Si vous ne l’aviez pas demandé, dites-le à un responsable.`,
      });
    }
    return target(sql, caller.tenant, id);
  });
  house.sessions.forget();
  return { person: personOf(account), ...(await invite(house, account)) };
}

export const people = async (house: House, { caller }: Ctx): Promise<Person[]> =>
  (await house.db.tenant(caller.tenant, (sql) => listAccounts(sql, caller.tenant))).map(personOf);
export const colleagues = async (house: House, { caller }: Ctx) =>
  (await house.db.tenant(caller.tenant, (sql) => listAccounts(sql, caller.tenant)))
    .filter((account) => account.status !== 'disabled' && account.kind === 'care')
    .map((account) => ({
      practitioner: account.practitioner,
      name: fullName(account),
      profession: account.profession,
    }));
