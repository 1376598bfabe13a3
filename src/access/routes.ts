import { type Handlers, record } from '../platform/index.ts';
import { accessLog } from './access-log.ts';
import { demoAccounts, fullName } from './accounts.store.ts';
import { actorOf } from './caller.ts';
import { type Bearers, clients, createClient, revokeClient } from './clients/clients.ts';
import type { accessContract } from './contract.ts';
import { declareDelegation, delegations, endDelegation } from './delegations.ts';
import { breakTheGlass } from './emergency-access.ts';
import type { Ctx } from './guard.ts';
import type { House } from './house.ts';
import { acceptInvitation, invitation } from './invitations.ts';
import { accountLog, me, notices, readNotice } from './me.ts';
import { changePerson, colleagues, invitePerson, people, renewInvitation, setPersonStatus } from './people.ts';
import { changePractice, changeRight, practice, rightsTable, setUp } from './practices.ts';
import { changePassword } from './sign-in/change-password.ts';
import { addSite, changeSiteOf, removeSite, restoreSite } from './sites.ts';
import { printAccessLog } from './print-access-log.ts';
import { confirmCode, enrolCode, renewRecoveryCodes, verifyCode } from './sign-in/one-time-code.ts';
import {
  listPasskeys,
  passkeyOptions,
  passkeySignInOptions,
  registerPasskey,
  removePasskey,
  signInWithPasskey,
  unlockPasskeyOptions,
  unlockWithPasskey,
} from './sign-in/passkeys.ts';
import { verifyPassword } from './sign-in/passwords.ts';
import { choices, chooseAccount, refOf, sessionState, signInDemo, signInWithPassword } from './sign-in/sign-in.ts';
import { unlockWithPassword } from './sign-in/unlock.ts';
import { reviewUnusualAccess, unusualAccesses } from './unusual-accesses.ts';

/** One line for each entry of the contract. */
export const accessHandlers = (house: House, bearers: Bearers): Handlers<typeof accessContract, Ctx> => ({
  session: (_, ctx) => sessionState(house, ctx),
  setUp: ({ body }, ctx) => setUp(house, body, ctx),

  demoAccounts: async () => {
    if (!house.config.demo) return [];
    const accounts = await house.db.owner('the demo accounts of every practice', demoAccounts);
    return accounts.map((account) => ({
      account: refOf(account),
      login: account.login,
      name: fullName(account),
      profession: account.profession,
      roles: account.roles,
      practice: account.practice,
    }));
  },
  signInDemo: ({ body }, ctx) => signInDemo(house, body, ctx),
  signInWithPassword: ({ body }, ctx) => signInWithPassword(house, body, ctx),
  chooseAccount: ({ body }, ctx) => chooseAccount(house, body, ctx),
  choices: ({ body }) => choices(house, body),
  passkeySignInOptions: (_, ctx) => passkeySignInOptions(house, ctx),
  signInWithPasskey: ({ body }, ctx) => signInWithPasskey(house, body, ctx),
  startPsc: async (_, ctx) =>
    house.psc ? house.psc.start(house, ctx) : void ctx.reply.redirect('/connexion?erreur=psc-indisponible', 302),
  returnFromPsc: async (_, ctx) =>
    house.psc ? house.psc.returned(house, ctx) : void ctx.reply.redirect('/connexion?erreur=psc-indisponible', 302),

  verifyCode: ({ body }, ctx) => verifyCode(house, body, ctx),
  enrolCode: ({ body }, ctx) => enrolCode(house, body, ctx),
  confirmCode: ({ body }, ctx) => confirmCode(house, body, ctx),
  renewRecoveryCodes: ({ body }, ctx) => renewRecoveryCodes(house, body, ctx),
  passkeyOptions: (_, ctx) => passkeyOptions(house, ctx),
  registerPasskey: ({ body }, ctx) => registerPasskey(house, body, ctx),
  passkeys: (_, ctx) => listPasskeys(house, ctx),
  removePasskey: ({ params }, ctx) => removePasskey(house, params.id, ctx),
  changePassword: ({ body }, ctx) => changePassword(house, body, ctx, verifyPassword),

  signOut: async (_, ctx) => {
    if (ctx.session) await house.sessions.end(ctx.session, ctx.request, ctx.reply);
  },
  lock: (_, ctx) => house.sessions.lock(ctx.session!, ctx.request),
  unlockWithPassword: ({ body }, ctx) => unlockWithPassword(house, body, ctx),
  unlockPasskeyOptions: (_, ctx) => unlockPasskeyOptions(house, ctx),
  unlockWithPasskey: ({ body }, ctx) => unlockWithPasskey(house, body, ctx),

  invitation: ({ body }) => invitation(house, body),
  acceptInvitation: ({ body }, ctx) => acceptInvitation(house, body, ctx),

  me: (_, ctx) => me(house, ctx),
  notices: (_, ctx) => notices(house, ctx),
  accountLog: (_, ctx) => accountLog(house, ctx),
  readNotice: ({ params }, ctx) => readNotice(house, params.id, ctx),

  people: (_, ctx) => people(house, ctx),
  colleagues: (_, ctx) => colleagues(house, ctx),
  invitePerson: ({ body }, ctx) => invitePerson(house, body, ctx),
  changePerson: ({ params, body }, ctx) => changePerson(house, params.id, body, ctx),
  renewInvitation: ({ params, body }, ctx) => renewInvitation(house, params.id, body, ctx),
  disablePerson: ({ params }, ctx) => setPersonStatus(house, params.id, 'disabled', ctx),
  enablePerson: ({ params }, ctx) => setPersonStatus(house, params.id, 'active', ctx),

  rights: (_, ctx) => rightsTable(house, ctx),
  changeRight: ({ params, body }, ctx) => changeRight(house, params, body, ctx),
  practice: (_, ctx) => practice(house, ctx),
  changePractice: ({ body }, ctx) => changePractice(house, body, ctx),
  addSite: ({ body }, ctx) => addSite(house, body, ctx),
  changeSite: ({ params, body }, ctx) => changeSiteOf(house, params.id, body, ctx),
  removeSite: ({ params }, ctx) => removeSite(house, params.id, ctx),
  restoreSite: ({ params }, ctx) => restoreSite(house, params.id, ctx),

  clients: (_, ctx) => clients(house, ctx),
  createClient: ({ body }, ctx) => createClient(house, ctx.tenant, body, ctx.caller),
  revokeClient: ({ params }, ctx) => revokeClient(house, bearers, params.id, ctx),

  delegations: (_, ctx) => delegations(house, ctx),
  declareDelegation: ({ body }, ctx) => declareDelegation(house, body, ctx),
  endDelegation: ({ params }, ctx) => endDelegation(house, params.id, ctx),

  breakTheGlass: ({ params, body }, ctx) => breakTheGlass(house, params.patient, body.reason, ctx),
  accessLog: ({ params, query }, { caller, tenant }) =>
    house.db.transaction(tenant, async (sql) => {
      const page = await accessLog(house, sql, caller, params.patient, query);
      await record(sql, tenant, [
        { ...actorOf(caller), action: 'read', target: 'AccessLog', patients: [params.patient] },
      ]);
      return page;
    }),
  accessLogPdf: ({ params }, ctx) => printAccessLog(house, params.patient, ctx),
  unusualAccesses: (_, ctx) => unusualAccesses(house, ctx),
  reviewUnusualAccess: ({ body }, ctx) => reviewUnusualAccess(house, body, ctx),
});
