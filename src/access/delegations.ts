import { randomUUID } from 'node:crypto';
import { invalid, notFound, record } from '../platform/index.ts';
import { findByPractitioner, fullName, listAccounts } from './accounts.store.ts';
import { actorOf } from './caller.ts';
import { closeDelegation, type DelegationRow, insertDelegation, listDelegations } from './delegations.store.ts';
import type { Ctx } from './guard.ts';
import { frenchMoment } from './french-moment.ts';
import type { House } from './house.ts';
import { tellNotice } from './notices.store.ts';

/**
 * Delegation, locum, trainee (SEC-6): for a period, a person reaches the patients of a responsible person, under their own profession's
 * rights. The relations follow those of the responsible person by triggers (0004_accounts.sql).
 */
const longest = 366 * 86_400_000;
const kinds = { locum: 'remplacement', trainee: 'stage', delegation: 'délégation' } as const;

const shown = (row: DelegationRow, names: Map<string, string>, now: Date) => ({
  id: row.id,
  kind: row.kind,
  delegate: { practitioner: row.delegate, name: names.get(row.delegate) ?? row.delegate },
  responsible: { practitioner: row.responsible, name: names.get(row.responsible) ?? row.responsible },
  from: row.valid_from.toISOString(),
  until: row.valid_until.toISOString(),
  running: row.valid_from <= now && row.valid_until > now,
});

export async function declareDelegation(
  house: House,
  body: { kind: DelegationRow['kind']; delegate: string; responsible: string; from: string; until: string },
  { caller }: Ctx,
) {
  const from = new Date(body.from);
  const until = new Date(body.until);
  if (until <= from) throw invalid('La fin doit suivre le début.', { until: 'après le début' });
  if (until <= house.clock()) throw invalid('Cette période est déjà passée.', { until: 'à venir' });
  if (until.getTime() - from.getTime() > longest)
    throw invalid('Une délégation dure un an au plus ; elle peut être renouvelée.', { until: 'un an au plus' });
  if (body.delegate === body.responsible)
    throw invalid('Le responsable doit être une autre personne.', { responsible: 'une autre personne' });
  // Who may declare does not open to themselves the patients of another: someone else says so, and the responsible person is told.
  if (body.delegate === caller.practitioner)
    throw invalid(
      'Vous ne pouvez pas vous donner à vous-même les patients d’un collègue : demandez à une autre personne de la structure de le déclarer.',
      { delegate: 'une autre personne que vous' },
    );
  const row = {
    id: randomUUID(),
    kind: body.kind,
    delegate: body.delegate,
    responsible: body.responsible,
    valid_from: from,
    valid_until: until,
  };
  const names = new Map<string, string>();
  await house.db.transaction(caller.tenant, async (sql) => {
    for (const field of ['delegate', 'responsible'] as const) {
      const account = await findByPractitioner(sql, caller.tenant, body[field]);
      if (!account || account.status === 'disabled' || account.kind === 'privileged')
        throw invalid('Choisissez deux personnes de la structure qui ont un compte de soin ouvert.', {
          [field]: 'compte de soin ouvert',
        });
      names.set(account.practitioner, fullName(account));
    }
    await insertDelegation(sql, caller.tenant, { ...row, by: caller.practitioner });
    const [since, to, delegate, responsible] = [
      frenchMoment(from),
      frenchMoment(until),
      names.get(body.delegate)!,
      names.get(body.responsible)!,
    ];
    for (const [practitioner, words] of [
      [
        body.responsible,
        `${delegate} accède aux dossiers de vos patients du ${since} au ${to} (${kinds[body.kind]}), sous votre responsabilité. Déclaré par ${caller.name}.`,
      ],
      [
        body.delegate,
        `Vous accédez aux dossiers des patients de ${responsible} du ${since} au ${to} (${kinds[body.kind]}), sous sa responsabilité. Déclaré par ${caller.name}.`,
      ],
    ] as const)
      if (practitioner !== caller.practitioner)
        await tellNotice(sql, caller.tenant, { practitioner, kind: 'delegation', patient: null, words });
    await record(sql, caller.tenant, [
      {
        ...actorOf(caller),
        action: 'delegation',
        target: `Delegation/${row.id}`,
        details: {
          kind: row.kind,
          delegate: row.delegate,
          responsible: row.responsible,
          from: body.from,
          until: body.until,
        },
      },
    ]);
  });
  house.sessions.forget();
  return shown(row, names, house.clock());
}

export async function delegations(house: House, { caller }: Ctx) {
  return house.db.tenant(caller.tenant, async (sql) => {
    const names = new Map(
      (await listAccounts(sql, caller.tenant)).map((account) => [account.practitioner, fullName(account)]),
    );
    return (await listDelegations(sql, caller.tenant)).map((row) => shown(row, names, house.clock()));
  });
}

export async function endDelegation(house: House, id: string, { caller }: Ctx): Promise<void> {
  await house.db.transaction(caller.tenant, async (sql) => {
    if (!(await closeDelegation(sql, caller.tenant, id, house.clock()))) throw notFound('Cette délégation');
    await record(sql, caller.tenant, [{ ...actorOf(caller), action: 'delegation-end', target: `Delegation/${id}` }]);
  });
  house.sessions.forget();
}
