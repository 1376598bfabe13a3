import { Problem, record } from '../platform/index.ts';
import { type Account, findAccount, fullName, updateAccount } from './accounts.store.ts';
import type { SignInReply } from './contract.ts';
import type { Ctx } from './guard.ts';
import type { House } from './house.ts';
import { addressSubject } from './sign-in/brute-force.ts';
import { checkPassword, hashPassword } from './sign-in/passwords.ts';
import { randomToken } from './sign-in/secrets.ts';
import { admit } from './sign-in/sign-in.ts';
import { forgetTickets, issueTicket, peekTicket, takeTicket } from './sign-in/tickets.store.ts';

const inviteDays = 7;

/** A single-use link to choose a password; an earlier one stops working. Mailed when mail is set up, else returned to be handed over. */
export async function invite(
  house: House,
  account: Account,
): Promise<{ link?: string; mailed: boolean; expiresAt: string }> {
  const expires = new Date(house.clock().getTime() + inviteDays * 86_400_000);
  const token = `${account.tenant_id}.${randomToken()}`;
  await house.db.transaction(account.tenant_id, async (sql) => {
    await forgetTickets(sql, account.tenant_id, 'invitation', account.id);
    await issueTicket(sql, account.tenant_id, {
      purpose: 'invitation',
      data: { account: account.id },
      subject: account.id,
      expires,
      token,
    });
  });
  // After the `#` the token stays in the browser: neither logs nor referrers see it.
  const link = `${house.config.publicUrl}/invitation#${token}`;
  const sent = await house.mailer
    ?.send({
      to: account.login,
      subject: `${account.practice} : votre compte Estran`,
      text: `Bonjour ${fullName(account)},\n\n${account.practice} vous ouvre un compte sur Estran, le dossier partagé de l’équipe.\nChoisissez votre mot de passe à cette adresse, valable ${inviteDays} jours et une seule fois :\n\n${link}\n\nSi vous n’attendiez pas ce message, ignorez-le : rien ne sera ouvert.\n`,
    })
    .then(
      () => true,
      () => false,
    );
  return { mailed: sent ?? false, ...(sent ? {} : { link }), expiresAt: expires.toISOString() };
}

const tenantOf = (token: string): number => Number(/^(\d{1,9})\./.exec(token)?.[1] ?? -1);

export async function invitation(house: House, { token }: { token: string }) {
  const tenant = tenantOf(token);
  return house.db.tenant(tenant, async (sql) => {
    const ticket = await peekTicket<{ account: string }>(sql, tenant, 'invitation', token, house.clock());
    const account = ticket && (await findAccount(sql, tenant, ticket.data.account));
    if (account?.status !== 'invited') throw expiredInvitation();
    return {
      name: fullName(account),
      login: account.login,
      practice: account.practice,
      profession: account.profession,
      kind: account.kind,
      expiresAt: ticket!.expiresAt.toISOString(),
    };
  });
}
const expiredInvitation = () =>
  new Problem(
    410,
    'Invitation expirée',
    'Ce lien a expiré ou a déjà servi. Demandez-en un nouveau au responsable de votre structure.',
    { extra: { reason: 'expired' } },
  );

export async function acceptInvitation(
  house: House,
  { token, password }: { token: string; password: string },
  ctx: Ctx,
): Promise<SignInReply> {
  await house.slow.attempt([addressSubject(ctx.address)]);
  const tenant = tenantOf(token);
  const { login } = await invitation(house, { token });
  checkPassword(password, login);
  const hashed = await hashPassword(password);
  const account = await house.db.transaction(tenant, async (sql) => {
    const data = await takeTicket<{ account: string }>(sql, tenant, 'invitation', token, house.clock());
    const invited = data && (await findAccount(sql, tenant, data.account));
    if (invited?.status !== 'invited') throw expiredInvitation();
    await updateAccount(sql, tenant, invited.id, { status: 'active', password_hash: hashed });
    await record(sql, tenant, [
      {
        actor: `Practitioner/${invited.practitioner}`,
        actorName: fullName(invited),
        role: invited.profession,
        action: 'invitation-accepted',
        address: ctx.address,
      },
    ]);
    return (await findAccount(sql, tenant, invited.id))!;
  });
  await house.slow.succeeded([addressSubject(ctx.address)]);
  return admit(house, ctx.request, ctx.reply, [account], 'invitation', false);
}
