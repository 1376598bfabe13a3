import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, invalid, notFound, Problem, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { queueMail } from '../mails/mails.store.ts';
import type { ProjectRow } from '../projects/reach.ts';
import { actOn } from './act.ts';
import { demandFigures, issueMoneyPaper } from './agreement.ts';
import { amendmentPaper } from './amendment-paper.ts';
import { type AmendmentRow, amendmentsOf, insertAmendment, setAmendment } from './amendments.store.ts';
import { inEuros } from './cents.rules.ts';
import type { moneyContract } from './contract.ts';
import { agreedCents, type Figures, figuresFor, heldAmount } from './figures.ts';
import { insertPayment, paymentActs, type PaymentRow, setPaymentCents } from './money.store.ts';
import { type Part, settle } from './settle.rules.ts';

type Body<K extends 'openAmendment' | 'issueAmendment' | 'signAmendment' | 'cancelAmendment'> = z.infer<
  (typeof moneyContract)[K]['body']
>;
type Reply<K extends 'openAmendment' | 'issueAmendment'> = z.infer<(typeof moneyContract)[K]['reply']>;
const french = (day: string): string => day.split('-').reverse().join('/');

/** The payments as an amount would leave them. */
export const settledParts = (
  { call, payments, amendments, pending }: Figures,
  amountCents: number,
): (Part | PaymentRow)[] =>
  settle(
    amountCents,
    call.funding.payments,
    payments,
    `avenant n° ${pending?.number ?? amendments.find(({ state }) => state === 'signed')?.number ?? numberOf(amendments)}`,
  );
const numberOf = (amendments: readonly AmendmentRow[]): number =>
  amendments.filter(({ number }) => number !== null).length + 1;

/** Shares an amount out anew: what is ordered stays, what is due follows, to the cent. */
export async function shareOut(sql: Sql, tenant: number, project: ProjectRow): Promise<void> {
  const figures = await figuresFor(sql, tenant, project);
  const amountCents = agreedCents(figures);
  if (amountCents === null || !figures.amendments.some(({ number }) => number !== null)) return;
  const agreement = figures.agreement!.version;
  for (const part of settledParts({ ...figures, pending: undefined }, amountCents))
    if (figures.payments.some(({ number }) => number === part.number))
      await setPaymentCents(sql, tenant, { project: project.id, agreement, ...part });
    else await insertPayment(sql, tenant, { project: project.id, agreement, ...part });
}

/** The amendment of the agreement in force, or what is wrong. Errors: 404, 409 */
async function amendmentFor(
  sql: Sql,
  viewer: Viewer,
  id: string,
  seq: number,
  state: AmendmentRow['state'],
): Promise<AmendmentRow> {
  const row = (await amendmentsOf(sql, viewer.region.tenant, [id])).find((one) => one.seq === seq);
  if (!row) throw notFound('Cet avenant');
  if (row.state !== state)
    throw conflict(
      row.state === 'cancelled'
        ? 'Cet avenant est annulé.'
        : row.state === 'signed'
          ? 'Cet avenant est signé.'
          : row.state === 'issued'
            ? 'Cet avenant est déjà établi : annulez-le pour en changer les montants.'
            : 'Cet avenant n’est pas encore établi.',
    );
  return row;
}

/** Opens the figures of a signed agreement again, with the reason: quotes and persons may change, under the rules of the same version of the call (FIN-7). */
export const openAmendment = async (
  desk: Desk,
  id: string,
  body: Body<'openAmendment'>,
  ctx: Ctx,
): Promise<Reply<'openAmendment'>> => openAmendmentAs(desk, await viewerOf(desk, ctx), id, body);
export const openAmendmentAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { reason }: Body<'openAmendment'>,
): Promise<Reply<'openAmendment'>> =>
  actOn(desk, viewer, id, 'fund', 'open-amendment', async (sql, project) => {
    const { tenant } = viewer.region;
    const { agreement, pending } = await figuresFor(sql, tenant, project);
    if (agreement?.state !== 'signed')
      throw conflict(
        'Un avenant change une convention signée. Rien n’a été ouvert : tant qu’elle ne l’est pas, annulez-la et établissez-la de nouveau.',
      );
    if (pending)
      throw conflict(
        pending.state === 'open'
          ? 'Un avenant est déjà en préparation.'
          : `L’avenant ${pending.reference} attend ses signatures.`,
      );
    const seq = ((await amendmentsOf(sql, tenant, [id]))[0]?.seq ?? 0) + 1;
    await insertAmendment(sql, tenant, {
      project: id,
      seq,
      agreement: agreement.version,
      reason,
      by: viewer.name,
      at: desk.now(),
    });
    return { answer: { seq }, details: { agreement: agreement.reference, seq }, reason };
  });

/** Freezes its figures, as they were seen, in a numbered paper that the team has by mail. */
export const issueAmendment = async (
  desk: Desk,
  id: string,
  seq: number,
  body: Body<'issueAmendment'>,
  ctx: Ctx,
): Promise<Reply<'issueAmendment'>> => issueAmendmentAs(desk, await viewerOf(desk, ctx), id, seq, body);
export const issueAmendmentAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  seq: number,
  { stamp, team, region }: Omit<Body<'issueAmendment'>, 'stamp'> & { stamp: string | null },
): Promise<Reply<'issueAmendment'>> =>
  actOn(desk, viewer, id, 'fund', 'issue-amendment', async (sql, project) => {
    const { tenant } = viewer.region;
    const row = await amendmentFor(sql, viewer, id, seq, 'open');
    const figures =
      stamp === null ? await figuresFor(sql, tenant, project) : await demandFigures(sql, viewer, project, stamp);
    const held = heldAmount(figures);
    if (held.length > 0)
      throw new Problem(422, 'Avenant non établi', `${held.join(' ')} Rien n’a été établi.`, {
        extra: { blockers: held },
      });
    const [amountCents, at] = [figures.money.totalCents, desk.now()];
    const number = numberOf(await amendmentsOf(sql, tenant, [id]));
    const parts = settledParts({ ...figures, pending: { ...row, number } }, amountCents);
    const paper = await issueMoneyPaper(sql, desk, viewer, project, {
      kind: 'amendment',
      mark: 'AVE',
      again: false,
      paper: amendmentPaper(
        figures,
        { number, reason: row.reason, beforeCents: agreedCents(figures)!, parts },
        { team, region },
        dayInFrance(at),
      ),
    });
    await setAmendment(sql, tenant, {
      ...row,
      number,
      paper: paper.id,
      reference: paper.reference,
      amountCents,
      ceilingCents: figures.money.ceilingCents,
      state: 'issued',
      issuedAt: at,
    });
    await queueMail(sql, tenant, {
      key: `amendment/${paper.id}`,
      subjectOf: `Project/${id}`,
      batch: `avenant ${paper.reference}`,
      recipient: figures.mail,
      name: team.name,
      subject: `Avenant ${paper.reference} à signer`,
      words: `Bonjour,\n\nL’avenant n° ${number} à votre convention de financement est établi : il la porte de ${inEuros(agreedCents(figures)!)} à ${inEuros(amountCents)}. Il est joint : retournez-le signé à l’Agence.\n\n${viewer.name}, ${viewer.region.name}`,
      paper: paper.id,
      at,
    });
    return {
      answer: { number, paper: paper.id, reference: paper.reference },
      details: { reference: paper.reference, amountCents, before: agreedCents(figures) },
      reason: row.reason,
    };
  });

/** From its signature on, its amount is that of the agreement; what is due follows. */
export const signAmendment = async (
  desk: Desk,
  id: string,
  seq: number,
  body: Body<'signAmendment'>,
  ctx: Ctx,
): Promise<void> => signAmendmentAs(desk, await viewerOf(desk, ctx), id, seq, body);
export const signAmendmentAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  seq: number,
  { on, team, region }: Body<'signAmendment'>,
): Promise<void> =>
  actOn(desk, viewer, id, 'fund', 'sign-amendment', async (sql, project) => {
    const { tenant } = viewer.region;
    const row = await amendmentFor(sql, viewer, id, seq, 'issued');
    const issued = dayInFrance(row.issuedAt!);
    if (on > dayInFrance(desk.now()))
      throw invalid('Une signature ne peut pas être datée de demain. Rien n’a été enregistré.', {
        on: 'aujourd’hui au plus tard',
      });
    if (on < issued)
      throw invalid(
        `L’avenant a été établi le ${french(issued)} : il ne peut pas avoir été signé avant. Rien n’a été enregistré.`,
        { on: 'pas avant l’avenant' },
      );
    await setAmendment(sql, tenant, { ...row, state: 'signed', signedOn: on, signedTeam: team, signedRegion: region });
    await shareOut(sql, tenant, project);
    return { answer: undefined, details: { reference: row.reference, on, team, region, amountCents: row.amountCents } };
  });
/** Takes the signature back, while no payment has moved since: the amounts due are again what they were. */
export async function unsignAmendment(desk: Desk, id: string, seq: number, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  await actOn(desk, viewer, id, 'fund', 'unsign-amendment', async (sql, project) => {
    const { tenant } = viewer.region;
    const row = await amendmentFor(sql, viewer, id, seq, 'signed');
    const { amendments, pending } = await figuresFor(sql, tenant, project);
    if (pending || amendments.some((one) => one.seq > seq && one.state === 'signed'))
      throw conflict('Un avenant plus récent suit celui-ci : annulez d’abord celui-là.');
    // Nothing is ordered while an amendment waits for its signatures: whatever moved since it was issued moved on its figures.
    if (
      (await paymentActs(sql, tenant, id)).some(
        (one) => one.agreement === row.agreement && one.act !== 'pay' && one.at > row.issuedAt!,
      )
    )
      throw conflict('Un versement a été ordonné ou annulé depuis cet avenant : préparez-en un autre.');
    await setAmendment(sql, tenant, { ...row, state: 'issued', signedOn: null, signedTeam: '', signedRegion: '' });
    await shareOut(sql, tenant, project);
    return { answer: undefined, details: { reference: row.reference } };
  });
}
/** Gives up an amendment that is not signed, with the reason: the agreement stays as it was. */
export async function cancelAmendment(
  desk: Desk,
  id: string,
  seq: number,
  { reason }: Body<'cancelAmendment'>,
  ctx: Ctx,
): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  await actOn(desk, viewer, id, 'fund', 'cancel-amendment', async (sql) => {
    const row = (await amendmentsOf(sql, viewer.region.tenant, [id])).find((one) => one.seq === seq);
    if (!row) throw notFound('Cet avenant');
    if (row.state === 'signed' || row.state === 'cancelled')
      throw conflict(
        row.state === 'signed'
          ? 'Cet avenant est signé : retirez d’abord la signature, ou préparez-en un autre.'
          : 'Cet avenant est déjà annulé.',
      );
    await setAmendment(sql, viewer.region.tenant, { ...row, state: 'cancelled', cancelledReason: reason });
    return { answer: undefined, details: { seq, reference: row.reference }, reason };
  });
}
