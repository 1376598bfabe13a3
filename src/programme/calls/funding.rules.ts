import { answerOf, type Facts, type Moments } from './conditions.rules.ts';
import { inEuros } from '../money/cents.rules.ts';
import type { Funding } from './contract.ts';

/** Persons by profession code. */
export type Team = Readonly<Record<string, number>>;
export interface QuoteLine {
  id: string;
  label: string;
  kind: string;
  /** Of which quote: its discounts lower its own lines and no others. */
  quote?: string | undefined;
  /** Below zero for a discount. */
  cents: number;
  /** ISO day of the spending, when it is known. */
  on: string | null;
  /** Checked by the consultant. */
  validated: boolean;
}
/** One line of the computation (FIN-8): rule, count × unit, cap, result. */
export interface MoneyLine {
  rule: string;
  words: string;
  count: number;
  unitCents: number;
  capCents: number | null;
  cents: number;
}
export interface Money {
  lines: MoneyLine[];
  /** The sum of the lines: what is paid on a flat basis, the ceiling on actual cost. */
  ceilingCents: number;
  /** What is paid. */
  totalCents: number;
  /** Quotes that count, and their sum on actual cost, subscriptions for no more than FIN-5 allows. */
  payable: QuoteLine[];
  payableCents: number;
  /** Left out of them: subscriptions beyond what FIN-5 allows; and what discounts would take beyond their own quote. */
  overCents: { subscriptions: number; discounts: number };
  refused: { line: QuoteLine; words: string }[];
  payments: { percent: number; when: string; cents: number }[];
  notes: string[];
}

const physicians = new Set(['physician']);
const paramedical = new Set([
  'nurse',
  'advanced-practice-nurse',
  'physiotherapist',
  'chiropodist',
  'speech-therapist',
  'orthoptist',
  'occupational-therapist',
  'psychomotor-therapist',
  'radiographer',
  'laboratory-technician',
  'dietician',
]);

/** Why a line is not paid for that could be. */
export const toValidate = 'Devis à valider par le consultant.';
/** Splits a sum by percentages to the cent: the last part takes what is left. */
export function shares(total: number, parts: Funding['payments']): { percent: number; when: string; cents: number }[] {
  let left = total;
  return parts.map((part, i) => {
    const cents = i === parts.length - 1 ? left : Math.floor((total * part.percent) / 100);
    left -= cents;
    return { ...part, cents };
  });
}

/** FIN-1 to FIN-8, in whole cents: no rounding drift. */
export function moneyOf(
  rules: Funding,
  team: Team,
  options: { subscriptionCents: number; facts: Facts; moments: Moments; quotes?: readonly QuoteLine[] | undefined },
): Money {
  const excluded = new Set(rules.excluded.map((one) => one.profession));
  const counted = Object.entries(team).filter(([profession, count]) => count > 0 && !excluded.has(profession));
  const named = new Set(rules.perPerson.flatMap((one) => (one.professions === 'others' ? [] : one.professions)));
  const lines: MoneyLine[] = [];
  if (rules.fixed)
    lines.push({
      rule: 'FIN-2',
      words: rules.fixed.words,
      count: 1,
      unitCents: rules.fixed.cents,
      capCents: null,
      cents: rules.fixed.cents,
    });
  for (const rule of rules.perPerson) {
    const count = counted
      .filter(([profession]) =>
        rule.professions === 'others' ? !named.has(profession) : rule.professions.includes(profession),
      )
      .reduce((sum, [, persons]) => sum + persons, 0);
    if (count > 0)
      lines.push({
        rule: 'FIN-3',
        words: rule.words,
        count,
        unitCents: rule.cents,
        capCents: null,
        cents: count * rule.cents,
      });
  }
  const notes = [
    ...rules.notes,
    ...rules.excluded.filter((one) => (team[one.profession] ?? 0) > 0).map((one) => one.words),
  ];
  const { subscription } = rules;
  const barred = subscription?.unless
    ? answerOf(subscription.unless, options.facts, options.moments).answer === 'yes'
    : false;
  const subscribers = counted
    .filter(([profession]) =>
      subscription?.professions === 'paramedical' ? paramedical.has(profession) : !physicians.has(profession),
    )
    .reduce((sum, [, count]) => sum + count, 0);
  if (subscription && options.subscriptionCents > 0) {
    const unit = Math.min(options.subscriptionCents, subscription.capCents);
    const count = subscribers * subscription.months;
    if (barred) notes.push(subscription.refused);
    else if (count > 0)
      lines.push({
        rule: 'FIN-5',
        words: subscription.words,
        count,
        unitCents: unit,
        capCents: options.subscriptionCents > subscription.capCents ? subscription.capCents : null,
        cents: count * unit,
      });
  }
  const ceilingCents = lines.reduce((sum, line) => sum + line.cents, 0);
  const refused: Money['refused'] = [];
  const payable: QuoteLine[] = [];
  for (const line of options.quotes ?? []) {
    const never = rules.notPaid.find((one) => one.kind === line.kind);
    const subscribed = subscription !== null && line.kind === 'subscription';
    if (never) refused.push({ line, words: never.words });
    else if (line.on !== null && line.on < rules.notBefore)
      refused.push({
        line,
        words: `Dépense du ${line.on.split('-').reverse().join('/')}, antérieure à l’année de l’appel.`,
      });
    else if (subscribed && (barred || subscribers === 0))
      refused.push({
        line,
        words: barred ? subscription.refused : 'Personne dans l’équipe n’a d’abonnement financé par cet appel.',
      });
    else if (!line.validated) refused.push({ line, words: toValidate });
    else payable.push(line);
  }
  // A discount goes with what it lowers: the lines of its kind in its quote.
  for (const discount of payable.filter(({ cents }) => cents < 0)) {
    const lowers = (line: QuoteLine) => line.quote === discount.quote && line.kind === discount.kind && line.cents >= 0;
    const lowered = (options.quotes ?? []).filter(lowers);
    const out = refused.filter(({ line, words }) => lowers(line) && words !== toValidate);
    if (lowered.length > 0 && out.length === lowered.length) {
      payable.splice(payable.indexOf(discount), 1);
      refused.push({ line: discount, words: 'La dépense que cette remise diminue n’est pas financée.' });
    }
  }
  // FIN-5 holds for the quotes of subscriptions too: so many months, persons and euros, whatever room the ceiling leaves.
  const sumOf = (some: readonly QuoteLine[]) => some.reduce((sum, { cents }) => sum + cents, 0);
  const quotes = [...Map.groupBy(payable, ({ quote }) => quote).values()].map((own) => {
    const subscribed = sumOf(own.filter(({ kind }) => kind === 'subscription'));
    return { subscribed, others: sumOf(own) - subscribed };
  });
  const subscriptions = quotes.reduce((sum, { subscribed }) => sum + Math.max(0, subscribed), 0);
  const most = subscription
    ? subscribers *
      subscription.months *
      Math.min(options.subscriptionCents || subscription.capCents, subscription.capCents)
    : subscriptions;
  if (subscription && subscriptions > most)
    notes.push(
      `Les devis d’abonnement font ${inEuros(subscriptions)} ; ${inEuros(most)} au plus sont financés : ${subscribers} ${subscribers > 1 ? 'personnes' : 'personne'}, ${subscription.months} mois.`,
    );
  let left = most;
  let payableCents = 0;
  for (const { subscribed, others } of quotes) {
    const allowed = Math.min(subscribed, left);
    left -= Math.max(0, allowed);
    payableCents += Math.max(0, allowed + others);
  }
  const over = Math.max(0, subscriptions - most);
  const beyond = payableCents - (sumOf(payable) - over);
  if (beyond > 0)
    notes.push(
      `Des remises dépassent de ${inEuros(beyond)} les dépenses retenues de leur devis : elles ne diminuent aucun autre devis.`,
    );
  const overCents = { subscriptions: over, discounts: beyond };
  const totalCents =
    rules.basis === 'flat'
      ? ceilingCents
      : options.quotes === undefined
        ? ceilingCents
        : Math.min(payableCents, ceilingCents);
  return {
    lines,
    ceilingCents,
    totalCents,
    payable,
    payableCents,
    overCents,
    refused,
    payments: shares(totalCents, rules.payments),
    notes,
  };
}
