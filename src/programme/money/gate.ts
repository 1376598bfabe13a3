import type { Gate } from '../projects/gates.ts';
import { type AmendmentRow, amendmentsOf } from './amendments.store.ts';
import { agreementsOf, type PaymentRow, paymentsFor } from './money.store.ts';

/** @param payments of the agreement that is signed */
function lacks(which: 'first' | 'last', payments: readonly PaymentRow[], pending: AmendmentRow | undefined): string[] {
  if (payments.length === 0) return ['La convention n’est pas signée.'];
  const due = (which === 'first' ? payments.slice(0, 1) : payments).filter(
    ({ state, cents }) => state === 'due' && cents > 0,
  );
  return [
    ...(pending
      ? [
          pending.state === 'open'
            ? 'Un avenant est en préparation.'
            : `L’avenant ${pending.reference} n’est pas signé.`,
        ]
      : []),
    ...(due.some(({ kind }) => kind !== 'recovery')
      ? [
          which === 'first' || payments.length === 1
            ? 'Le premier versement n’est pas ordonné.'
            : 'Le solde n’est pas ordonné.',
        ]
      : []),
    ...(due.some(({ kind }) => kind === 'recovery') ? ['Le trop-perçu à reverser n’est pas demandé.'] : []),
  ];
}
/** The step of the agreement waits for its signature and the order of the first payment; the balance, for all that is due to be ordered, and what was paid too much to be asked back. */
const holds =
  (which: 'first' | 'last'): Gate =>
  async (sql, tenant, projects) => {
    const ids = projects.map(({ id }) => id);
    const newest = Map.groupBy(await agreementsOf(sql, tenant, ids), ({ project }) => project);
    const signed = [...newest.values()].flatMap(([agreement]) => (agreement?.state === 'signed' ? [agreement] : []));
    const under = signed.map(({ project }) => project);
    const [payments, amendments] =
      under.length === 0
        ? [[], []]
        : [await paymentsFor(sql, tenant, under), which === 'last' ? await amendmentsOf(sql, tenant, under) : []];
    return new Map(
      ids.map((id) => {
        const agreement = signed.find(({ project }) => project === id);
        return [
          id,
          lacks(
            which,
            payments.filter((one) => one.project === id && one.agreement === agreement?.version),
            amendments.find(({ project, state }) => project === id && (state === 'open' || state === 'issued')),
          ),
        ];
      }),
    );
  };
export const agreementGate = holds('first');
export const balanceGate = holds('last');
