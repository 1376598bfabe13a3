import type { Facts, Moments } from '../calls/conditions.rules.ts';
import { factsIn } from '../calls/consistency.rules.ts';
import type { Edition, Funding } from '../calls/contract.ts';
import { divided } from '../contract/quote-lines.ts';
import { type Money, moneyOf, shares, type Team, toValidate } from '../calls/funding.rules.ts';
import type { EnteredLine } from './quotes.rules.ts';
import type { Part } from './settle.rules.ts';

export type Decision = 'pending' | 'validated' | 'refused';
export interface DecidedLine extends EnteredLine {
  id: string;
  quote: string;
  decision: Decision;
  reason: string;
  by: string | null;
}
export interface HeldQuote {
  id: string;
  vendor: string;
  number: string;
  dated: string;
  state: 'proposed' | 'accepted' | 'withdrawn';
  lines: DecidedLine[];
}
/** What becomes of a line (FIN-6): paid for up to the ceiling, not paid for with the reason, or still to be looked at. */
export interface LineFate {
  line: string;
  fate: 'payable' | 'refused' | 'pending' | 'not-kept';
  words: string;
}
export interface ProjectMoney extends Money {
  fates: LineFate[];
  /** Retained subscription a month and person, and where it comes from. */
  subscriptionCents: number;
  subscriptionFrom: 'typed' | 'quotes' | 'none';
  pending: number;
}

const isDiscount = ({ totalCents }: Pick<EnteredLine, 'totalCents'>): boolean => totalCents < 0;
/** Discounts of one quote that are decided otherwise than all that they lower: the lines of their kind. A discount of a kind that no other line has, on the whole of the quote, is decided by itself. */
export function discountsAgainst<L extends Pick<DecidedLine, 'kind' | 'totalCents' | 'decision'>>(
  lines: readonly L[],
): L[] {
  return lines.filter(isDiscount).filter((discount) => {
    const lowered = lines.filter((line) => line.kind === discount.kind && !isDiscount(line));
    return discount.decision === 'refused'
      ? lowered.some(({ decision }) => decision === 'validated')
      : discount.decision === 'validated' &&
          lowered.length > 0 &&
          lowered.every(({ decision }) => decision === 'refused');
  });
}

/** The dearest monthly price, tax included, of a subscription line that was validated, less the monthly discounts of its quote in proportion; 0 without one. */
function subscriptionOf(quotes: readonly HeldQuote[]): number {
  const prices = quotes
    .filter(({ state }) => state === 'accepted')
    .flatMap((quote) => {
      const monthly = quote.lines.filter(
        (line) => line.kind === 'subscription' && line.recurring && line.decision === 'validated',
      );
      const lines = monthly.filter((line) => line.totalCents > 0);
      const sum = (some: readonly DecidedLine[]) => some.reduce((total, line) => total + line.totalCents, 0);
      const [full, net] = [BigInt(sum(lines)), BigInt(Math.max(0, sum(monthly)))];
      return lines.map((line) => Number(divided(BigInt(line.totalCents) * 1000n * net, BigInt(line.quantity) * full)));
    });
  return Math.max(0, ...prices);
}

/**
 * The money of one project (FIN-1 to FIN-8): the ceiling from the persons who are counted, the lines of the quotes that were kept, each paid for or not with its reason.
 * @param typedCents subscription that someone typed; null: that of the quotes
 */
export function projectMoney(
  funding: Funding,
  given: { team: Team; typedCents: number | null; facts: Facts; moments: Moments; quotes: readonly HeldQuote[] },
): ProjectMoney {
  const found = subscriptionOf(given.quotes);
  const subscriptionCents = given.typedCents ?? found;
  const kept = given.quotes.filter(({ state }) => state === 'accepted');
  const lines = kept.flatMap((quote) => quote.lines.map((line) => ({ line, on: line.spentOn ?? quote.dated })));
  const options = { subscriptionCents, facts: given.facts, moments: given.moments };
  const asked = lines.map(({ line, on }) => ({
    id: line.id,
    quote: line.quote,
    label: line.label,
    kind: line.kind,
    cents: line.totalCents,
    on,
    validated: line.decision === 'validated',
  }));
  const money = moneyOf(funding, given.team, { ...options, quotes: funding.basis === 'cost' ? asked : undefined });
  // On a flat basis quotes decide no amount; what is never paid for is said all the same.
  const judged =
    funding.basis === 'cost'
      ? money
      : moneyOf({ ...funding, basis: 'cost' }, given.team, { ...options, quotes: asked });
  const refused = new Map(judged.refused.map(({ line, words }) => [line.id, words]));
  const fates = given.quotes.flatMap((quote) =>
    quote.lines.map((line): LineFate => {
      if (quote.state !== 'accepted')
        return {
          line: line.id,
          fate: 'not-kept',
          words: quote.state === 'withdrawn' ? 'Devis retiré.' : 'Devis non retenu à ce jour.',
        };
      if (line.decision === 'refused')
        return { line: line.id, fate: 'refused', words: `Refusée${line.by ? ` par ${line.by}` : ''} : ${line.reason}` };
      const words = refused.get(line.id);
      // What the call never pays for is said before anyone validates it.
      if (words !== undefined && words !== toValidate) return { line: line.id, fate: 'refused', words };
      if (line.decision === 'pending') return { line: line.id, fate: 'pending', words: 'À valider par le consultant.' };
      return { line: line.id, fate: 'payable', words: '' };
    }),
  );
  return {
    ...money,
    fates,
    subscriptionCents,
    subscriptionFrom: given.typedCents !== null ? 'typed' : found > 0 ? 'quotes' : 'none',
    pending: fates.filter(({ fate }) => fate === 'pending').length,
  };
}

/** Of facts that no form asks: they happen during the project. */
const laterLabels: Readonly<Record<string, string>> = {
  'aci.joinsDuring': 'L’équipe adhère à l’ACI pendant l’accompagnement',
};
/** Yes-or-no facts that the rule of subscriptions looks at: they may change, or come, during the project. */
export const subscriptionFacts = (edition: Edition): { id: string; label: string }[] => {
  const asked = new Set(edition.funding.subscription?.unless ? factsIn(edition.funding.subscription.unless) : []);
  const fields = edition.sections.flatMap((section) => section.fields);
  return [...asked].flatMap((id) => {
    const field = fields.find((one) => one.id === id);
    return field && field.type !== 'yes-no' ? [] : [{ id, label: field?.label ?? laterLabels[id] ?? id }];
  });
};

/** The payments of an agreement (FIN-7): those of the call, or all of it on signature when the call says nothing. Their sum is the amount, to the cent. */
export const paymentsOf = (
  amountCents: number,
  payments: Funding['payments'],
): { number: number; percent: number; occasion: string; cents: number }[] =>
  shares(amountCents, payments.length > 0 ? payments : [{ percent: 100, when: 'À la signature de la convention' }]).map(
    ({ percent, when, cents }, at) => ({ number: at + 1, percent, occasion: when, cents }),
  );

/** What holds a payment that is due, in words: one after the other, and the last share of several only once the service is reported and certified. Nothing holds what the team pays back. */
export function heldBy(
  payments: readonly Pick<Part, 'number' | 'state' | 'cents' | 'kind'>[],
  number: number,
  there: ReadonlySet<string>,
): string[] {
  const row = payments.find((one) => one.number === number);
  if (!row || row.kind === 'recovery') return [];
  if (row.cents === 0) return ['Rien n’est à verser.'];
  const before = payments.find(
    (one) => one.number < number && one.state === 'due' && one.kind !== 'recovery' && one.cents > 0,
  );
  const shares = payments.filter(({ kind }) => kind === 'share');
  const last = shares.length > 1 && row === shares.at(-1);
  return [
    ...(before ? [`Le versement ${before.number} n’est pas ordonné.`] : []),
    ...(last && !there.has('completion-report') ? ['Il manque le procès-verbal d’achèvement.'] : []),
    ...(last && !there.has('certificate') ? ['Il manque le certificat de service fait.'] : []),
  ];
}

export interface BudgetLine {
  state: 'open' | 'closed' | 'stopped';
  ceilingCents: number;
  /** Of the agreement in force, as amended; null without one. */
  agreementCents: number | null;
  /** Ordered, paid or not. */
  orderedCents: number;
  paidCents: number;
}
export interface BudgetSums {
  engagedCents: number;
  orderedCents: number;
  paidCents: number;
  /** Ceilings of open projects that have no agreement yet. */
  forecastCents: number;
}
/** What a project holds of the envelope: its agreement, or what was ordered beyond it as long as it is not paid back; only what was ordered once it is stopped. */
export const engagedBy = (line: BudgetLine): number =>
  line.state === 'stopped' ? line.orderedCents : Math.max(line.agreementCents ?? 0, line.orderedCents);
export const forecastOf = (line: BudgetLine): number =>
  line.state === 'open' && line.agreementCents === null ? line.ceilingCents : 0;
export const sumsOf = (lines: readonly BudgetLine[]): BudgetSums => ({
  engagedCents: lines.reduce((sum, line) => sum + engagedBy(line), 0),
  orderedCents: lines.reduce((sum, line) => sum + line.orderedCents, 0),
  paidCents: lines.reduce((sum, line) => sum + line.paidCents, 0),
  forecastCents: lines.reduce((sum, line) => sum + forecastOf(line), 0),
});
