/** What server and screens know alike of a line of a quote. Amounts are whole cents, quantities whole thousandths, VAT hundredths of a percent: nothing is ever a float. */

/** Rounds half away from zero, as accountants do. */
export const divided = (value: bigint, by: bigint): bigint => (2n * value + (value < 0n ? -by : by)) / (2n * by);

/** Total of a line, tax included, below zero for a discount: the price before tax is rounded to the cent, then its tax. */
export function lineTotal({ quantity, unitCents, vat }: { quantity: number; unitCents: number; vat: number }): {
  netCents: number;
  taxCents: number;
  totalCents: number;
} {
  const net = divided(BigInt(quantity) * BigInt(unitCents), 1000n);
  const tax = divided(net * BigInt(vat), 10_000n);
  return { netCents: Number(net), taxCents: Number(tax), totalCents: Number(net + tax) };
}

/** «1 234,5 €», «12.50», «20 %» as a whole number of the last decimal wanted; undefined when it is not such a number, or has more decimals than wanted. */
export function scaled(typed: string, decimals: number): number | undefined {
  const plain = typed.replace(/[\s\u00a0\u202f]|€|%|EUR/gi, '');
  // «1.234,56» and «1,234.56»: the last mark is the decimal one.
  const marks = plain.replace(/[^.,]/g, '');
  const last = marks.at(-1);
  const [whole = '', part = ''] =
    last === undefined ? [plain] : [plain.slice(0, plain.lastIndexOf(last)), plain.slice(plain.lastIndexOf(last) + 1)];
  const grouped = whole.replace(/[.,]/g, '');
  if (marks.length > 1 && [...marks.slice(0, -1)].some((one) => one === last)) return undefined;
  const shown = part.replace(/0+$/, '');
  if (!/^\d{1,12}$/.test(grouped) || !/^\d*$/.test(part) || shown.length > decimals) return undefined;
  const value = Number(grouped + shown.padEnd(decimals, '0'));
  return Number.isSafeInteger(value) ? value : undefined;
}

/** The same, below zero for a discount: «-12,50», «− 12,50 €». */
export function signedScaled(typed: string, decimals: number): number | undefined {
  const [, minus, rest] = /^\s*([-−–])?\s*(.*)$/s.exec(typed)!;
  const value = scaled(rest!, decimals);
  return value !== undefined && minus ? 0 - value : value;
}

/** Kinds of what is quoted. A discount has the kind of what it lowers. Some are never paid, as the call says (FIN-6). */
export const quoteKinds = {
  licence: 'Licence',
  subscription: 'Abonnement',
  'physician-subscription': 'Abonnement de médecin',
  'set-up': 'Installation et paramétrage',
  'take-over': 'Reprise des données',
  training: 'Formation',
  support: 'Assistance et maintenance',
  hardware: 'Matériel',
  asalee: 'Logiciel des infirmières Asalée',
  other: 'Autre',
} as const;
export type QuoteKind = keyof typeof quoteKinds;
export const kindCodes = Object.keys(quoteKinds) as [QuoteKind, ...QuoteKind[]];
export const mostLines = 200;
export const mostCents = 1_000_000_000;
