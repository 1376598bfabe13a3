import type { Ctx } from '../../access/index.ts';
import { conflict, forbidden, invalid, notFound, Problem, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, trace, type Viewer, viewerOf } from '../desk.ts';
import { tellProject } from '../projects/open-projects.ts';
import { demandOpen, type ProjectRow, projectFor } from '../projects/reach.ts';
import { shareOut } from './amendments.ts';
import { amendmentsOf } from './amendments.store.ts';
import { proofsOf } from './figures.ts';
import { heldBy } from './money.rules.ts';
import {
  type AgreementRow,
  agreementsOf,
  type PaymentAct,
  type PaymentRow,
  paymentsFor,
  setPayment,
} from './money.store.ts';
import { mayMoney } from './reach.ts';
import { signedCents } from './settle.rules.ts';

interface Held {
  project: ProjectRow;
  agreement: AgreementRow;
  all: PaymentRow[];
  row: PaymentRow;
  today: string;
}
/**
 * One change of a payment of the agreement in force. What was ordered in a project that is closed or stopped meanwhile is still followed until it is paid.
 * Errors: 403, 404; 409 at another version than the one seen
 */
async function change(
  desk: Desk,
  viewer: Viewer,
  id: string,
  number: number,
  seen: number,
  act: PaymentAct['act'],
  decide: (sql: Sql, held: Held) => Promise<{ row: PaymentRow; on: string; reference: string; reason: string }>,
): Promise<void> {
  const { tenant } = viewer.region;
  const project = await desk.db.transaction(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id, true);
    if (!mayMoney(viewer, 'fund')) throw forbidden('Un instructeur de l’ARS seulement.');
    if (act === 'order') demandOpen(project);
    const [agreement] = await agreementsOf(sql, tenant, [id]);
    if (agreement?.state !== 'signed') throw conflict('La convention n’est pas signée : rien ne peut être versé.');
    const all = (await paymentsFor(sql, tenant, [id])).filter((one) => one.agreement === agreement.version);
    const row = all.find((one) => one.number === number);
    if (!row) throw notFound('Ce versement');
    const waiting =
      act === 'pay' ? undefined : (await amendmentsOf(sql, tenant, [id])).find(({ state }) => state === 'issued');
    if (waiting)
      throw conflict(
        `L’avenant ${waiting.reference} attend ses signatures, sur ces versements : enregistrez la signature ou annulez l’avenant d’abord.`,
      );
    if (row.version !== seen)
      throw conflict(
        'Ce versement a changé pendant que vous le lisiez. Il vient d’être relu : recommencez s’il y a lieu.',
        { reason: 'edited-meanwhile' },
      );
    const next = await decide(sql, { project, agreement, all, row, today: dayInFrance(desk.now()) });
    await setPayment(sql, tenant, next.row, {
      act,
      on: next.on,
      reference: next.reference,
      reason: next.reason,
      by: viewer.name,
      at: desk.now(),
    });
    // What is due again takes the amount that an amendment gave it meanwhile.
    if (next.row.state === 'due') await shareOut(sql, tenant, project);
    await trace(sql, viewer, `${act}-payment`, `Project/${id}`, {
      details: {
        number,
        agreement: agreement.reference,
        cents: signedCents(row),
        on: next.on,
        reference: next.reference,
      },
      ...(next.reason && { reason: next.reason }),
    });
    return project;
  });
  tellProject(desk, viewer, project);
}
function demandDay(on: string, from: string, today: string, after: string): void {
  if (on > today) throw invalid('Cette date est à venir. Rien n’a été enregistré.', { on: 'aujourd’hui au plus tard' });
  if (on < from) throw invalid(`Cette date précède ${after}. Rien n’a été enregistré.`, { on: 'plus tard' });
}

interface Dated {
  seen: number;
  on: string;
  reference: string;
}
export const orderPayment = async (desk: Desk, id: string, number: number, body: Dated, ctx: Ctx): Promise<void> =>
  orderPaymentAs(desk, await viewerOf(desk, ctx), id, number, body);
export const orderPaymentAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  number: number,
  { seen, on, reference }: Dated,
): Promise<void> =>
  change(desk, viewer, id, number, seen, 'order', async (sql, { agreement, all, row, today }) => {
    if (row.state !== 'due') throw conflict('Ce versement est déjà ordonné.');
    const held = heldBy(all, number, await proofsOf(sql, viewer.region.tenant, id));
    if (held.length > 0)
      throw new Problem(422, 'Versement non ordonné', `${held.join(' ')} Rien n’a été ordonné.`, {
        extra: { blockers: held },
      });
    demandDay(on, agreement.signedOn!, today, 'la signature de la convention');
    return { row: { ...row, state: 'ordered', orderedOn: on, reference }, on, reference, reason: '' };
  });
export const payPayment = async (desk: Desk, id: string, number: number, body: Dated, ctx: Ctx): Promise<void> =>
  payPaymentAs(desk, await viewerOf(desk, ctx), id, number, body);
export const payPaymentAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  number: number,
  { seen, on, reference }: Dated,
): Promise<void> =>
  change(desk, viewer, id, number, seen, 'pay', async (_sql, { row, today }) => {
    if (row.state !== 'ordered')
      throw conflict(row.state === 'paid' ? 'Ce versement est déjà fait.' : 'Ce versement n’est pas ordonné.');
    demandDay(on, row.orderedOn!, today, 'l’ordre de versement');
    const said = reference || row.reference;
    return { row: { ...row, state: 'paid', paidOn: on, reference: said }, on, reference: said, reason: '' };
  });
/** Takes back the last state: paid becomes ordered, ordered becomes due. Only the last one that was ordered. */
export const cancelPayment = async (
  desk: Desk,
  id: string,
  number: number,
  { seen, reason }: { seen: number; reason: string },
  ctx: Ctx,
): Promise<void> => {
  await change(desk, await viewerOf(desk, ctx), id, number, seen, 'cancel', async (_sql, { all, row, today }) => {
    if (row.state === 'due') throw conflict('Ce versement n’est pas ordonné.');
    const after = all.find((one) => one.number > number && one.state !== 'due');
    if (row.state === 'ordered' && after)
      throw conflict(`Le versement ${after.number}, qui le suit, est ordonné : annulez d’abord celui-là.`);
    const next: PaymentRow =
      row.state === 'paid'
        ? { ...row, state: 'ordered', paidOn: null }
        : { ...row, state: 'due', orderedOn: null, reference: '' };
    return { row: next, on: today, reference: row.reference, reason };
  });
};
