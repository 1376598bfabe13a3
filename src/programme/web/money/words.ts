import type { z } from 'zod';
import { queries } from '../../../web/api.ts';
import { programmeContract } from '../../contract.ts';
import { changedProject } from '../projects/words.ts';

export type Money = z.infer<typeof programmeContract.money.reply>;
export type Detail = NonNullable<Money['detail']>;
export type Quote = Detail['quotes'][number];
export type QuoteLine = Quote['lines'][number];
export type Payment = Detail['payments'][number];
export type Amendment = Detail['amendments'][number];
export type BudgetCall = z.infer<typeof programmeContract.budget.reply>['calls'][number];

export const quoteStates = {
  proposed: { tone: 'info', words: 'Proposé' },
  accepted: { tone: 'success', words: 'Retenu' },
  withdrawn: { tone: 'neutral', words: 'Retiré' },
} as const;
export const fates = {
  payable: { tone: 'success', words: 'Finançable' },
  refused: { tone: 'danger', words: 'Non financée' },
  pending: { tone: 'warning', words: 'À valider' },
  'not-kept': { tone: 'neutral', words: 'Non retenue' },
} as const;
export const agreementStates = {
  issued: { tone: 'warning', words: 'À signer' },
  signed: { tone: 'success', words: 'Signée' },
  cancelled: { tone: 'neutral', words: 'Annulée' },
} as const;
export const paymentStates = {
  due: { tone: 'neutral', words: 'À ordonner' },
  ordered: { tone: 'info', words: 'Ordonné' },
  paid: { tone: 'success', words: 'Payé' },
} as const;
/** What the team pays back has words of its own. */
export const recoveryStates = {
  due: { tone: 'warning', words: 'À demander' },
  ordered: { tone: 'info', words: 'Demandé' },
  paid: { tone: 'success', words: 'Reversé' },
} as const;
export const amendmentStates = {
  open: { tone: 'info', words: 'En préparation' },
  issued: { tone: 'warning', words: 'À signer' },
  signed: { tone: 'success', words: 'Signé' },
  cancelled: { tone: 'neutral', words: 'Annulé' },
} as const;
/** Quotes and persons do not move: an agreement is in force and no amendment opens it. */
export const settled = (detail: Detail): boolean =>
  detail.agreements[0] !== undefined && detail.agreements[0].state !== 'cancelled' && detail.amending === null;
export const requestStates = {
  asked: { tone: 'info', words: 'À examiner' },
  examined: { tone: 'neutral', words: 'Examinée' },
  withdrawn: { tone: 'neutral', words: 'Retirée' },
} as const;
export const actWords = { order: 'Ordonné', pay: 'Payé', cancel: 'Annulé' } as const;

/** Thousandths as they are read: «2,5». */
export const sayQuantity = (thousandths: number): string =>
  (thousandths / 1000).toLocaleString('fr-FR', { maximumFractionDigits: 3 });
/** Hundredths of a percent: «5,5 %». */
export const sayVat = (vat: number): string =>
  `${(vat / 100).toLocaleString('fr-FR', { maximumFractionDigits: 2 })}\u00a0%`;
/** As it is typed in a field: no unit, no space. */
export const typedNumber = (value: number, decimals: number): string => {
  if (value < 0) return `-${typedNumber(-value, decimals)}`;
  const whole = String(value).padStart(decimals + 1, '0');
  const part = whole.slice(-decimals).replace(/0+$/, '');
  const shown = part && decimals === 2 ? part.padEnd(2, '0') : part;
  return shown ? `${whole.slice(0, -decimals)},${shown}` : whole.slice(0, -decimals);
};
/** Reads the money again, and the project whose steps wait for it. */
export const changedMoney = (): void => {
  changedProject();
  for (const entry of [programmeContract.asked, programmeContract.budget])
    void queries.invalidateQueries({ queryKey: [entry.path] });
};
