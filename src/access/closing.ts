import { record, type Sql } from '../platform/index.ts';
import { type Account, findByPractitioner, fullName } from './accounts.store.ts';
import { actorOf, type PersonCaller } from './caller.ts';
import { countClientsBy } from './clients/clients.store.ts';
import { closeDelegationsOf } from './delegations.store.ts';
import { tellNotice } from './notices.store.ts';

/**
 * What hangs on an account that is closed, in the transaction that closes it. Delegations end: nobody answers for them any more, or nobody has them. Programs that the person linked are the
 * practice's and go on; whoever closes the account is told to look at them. What waits for the person (results, documents, letters, tasks) is put before their colleagues where it is listed.
 */
export async function closeWhatHangsOn(sql: Sql, account: Account, caller: PersonCaller, now: Date): Promise<void> {
  const tenant = account.tenant_id;
  for (const one of await closeDelegationsOf(sql, tenant, account.practitioner, now)) {
    const other = one.delegate === account.practitioner ? one.responsible : one.delegate;
    const words =
      other === one.delegate
        ? `Le compte de ${fullName(account)} est fermé : vous n’accédez plus aux dossiers de ses patients sous sa responsabilité.`
        : `Le compte de ${fullName(account)} est fermé : cette personne n’accède plus aux dossiers de vos patients.`;
    if ((await findByPractitioner(sql, tenant, other))?.status === 'active')
      await tellNotice(sql, tenant, { practitioner: other, kind: 'delegation', patient: null, words });
    await record(sql, tenant, [
      {
        ...actorOf(caller),
        action: 'delegation-end',
        target: `Delegation/${one.id}`,
        details: { delegate: one.delegate, responsible: one.responsible, closed: `Account/${account.id}` },
      },
    ]);
  }
  const programs = await countClientsBy(sql, tenant, account.practitioner);
  if (programs > 0)
    await tellNotice(sql, tenant, {
      practitioner: caller.practitioner,
      kind: 'account-closed',
      patient: null,
      words: `${fullName(account)} avait relié ${programs === 1 ? 'un logiciel, qui garde son accès' : `${programs} logiciels, qui gardent leur accès`} : vérifiez dans Structure, Logiciels.`,
    });
}
