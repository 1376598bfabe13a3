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
  const subscription = subscriptionOf(rules, team, options);
  const lines = [...teamLines(rules, team), ...subscriptionLines(subscription)];
  const ceilingCents = lines.reduce((sum, line) => sum + line.cents, 0);
  const { payable, refused } = sortQuotes(rules, subscription, options.quotes ?? []);
  const paid = payableOf(subscription, payable);
  const totalCents =
    rules.basis === 'flat' || options.quotes === undefined ? ceilingCents : Math.min(paid.cents, ceilingCents);
  return {
    lines,
    ceilingCents,
    totalCents,
    payable,
    payableCents: paid.cents,
    overCents: paid.overCents,
    refused,
    payments: shares(totalCents, rules.payments),
    notes: [
      ...rules.notes,
      ...rules.excluded.filter((one) => (team[one.profession] ?? 0) > 0).map((one) => one.words),
      ...(subscription && subscription.askedCents > 0 && subscription.barred ? [subscription.rule.refused] : []),
      ...paid.notes,
    ],
  };
}

/** Persons whose profession the call pays for. */
const countedIn = (rules: Funding, team: Team): [profession: string, persons: number][] =>
  Object.entries(team).filter(
    ([profession, count]) => count > 0 && !rules.excluded.some((one) => one.profession === profession),
  );
/** FIN-2, FIN-3: the fixed part, then so much a person of each profession. */
function teamLines(rules: Funding, team: Team): MoneyLine[] {
  const counted = countedIn(rules, team);
  const named = new Set(rules.perPerson.flatMap((one) => (one.professions === 'others' ? [] : one.professions)));
  const line = (rule: string, words: string, count: number, unitCents: number): MoneyLine => ({
    rule,
    words,
    count,
    unitCents,
    capCents: null,
    cents: count * unitCents,
  });
  return [
    ...(rules.fixed ? [line('FIN-2', rules.fixed.words, 1, rules.fixed.cents)] : []),
    ...rules.perPerson.flatMap(({ professions, words, cents }) => {
      const count = counted
        .filter(([profession]) =>
          professions === 'others' ? !named.has(profession) : professions.includes(profession),
        )
        .reduce((sum, [, persons]) => sum + persons, 0);
      return count > 0 ? [line('FIN-3', words, count, cents)] : [];
    }),
  ];
}

/** What the call says of subscriptions, for this team. */
interface Subscription {
  rule: NonNullable<Funding['subscription']>;
  /** Whose subscription is paid for. */
  persons: number;
  /** The team's answers close it. */
  barred: boolean;
  /** What one costs a month; 0 as long as nobody has said. */
  askedCents: number;
}
function subscriptionOf(
  rules: Funding,
  team: Team,
  { subscriptionCents, facts, moments }: { subscriptionCents: number; facts: Facts; moments: Moments },
): Subscription | null {
  const { subscription: rule } = rules;
  if (!rule) return null;
  const persons = countedIn(rules, team)
    .filter(([profession]) =>
      rule.professions === 'paramedical' ? paramedical.has(profession) : !physicians.has(profession),
    )
    .reduce((sum, [, count]) => sum + count, 0);
  const barred = rule.unless ? answerOf(rule.unless, facts, moments).answer === 'yes' : false;
  return { rule, persons, barred, askedCents: subscriptionCents };
}
/** FIN-5: so many months for each person, under a cap. */
function subscriptionLines(subscription: Subscription | null): MoneyLine[] {
  if (!subscription || subscription.askedCents <= 0 || subscription.barred) return [];
  const { rule, persons, askedCents } = subscription;
  const count = persons * rule.months;
  if (count === 0) return [];
  const unitCents = Math.min(askedCents, rule.capCents);
  const capCents = askedCents > rule.capCents ? rule.capCents : null;
  return [{ rule: 'FIN-5', words: rule.words, count, unitCents, capCents, cents: count * unitCents }];
}

/** Which lines of the quotes count, and of each other one why not. */
function sortQuotes(
  rules: Funding,
  subscription: Subscription | null,
  quotes: readonly QuoteLine[],
): Pick<Money, 'payable' | 'refused'> {
  const refused: Money['refused'] = [];
  const payable: QuoteLine[] = [];
  for (const line of quotes) {
    const words = whyNotPaid(rules, subscription, line);
    if (words === null) payable.push(line);
    else refused.push({ line, words });
  }
  // A discount goes with what it lowers: the lines of its kind in its quote.
  for (const discount of payable.filter(({ cents }) => cents < 0)) {
    const lowers = (line: QuoteLine) => line.quote === discount.quote && line.kind === discount.kind && line.cents >= 0;
    const lowered = quotes.filter(lowers);
    const out = refused.filter(({ line, words }) => lowers(line) && words !== toValidate);
    if (lowered.length > 0 && out.length === lowered.length) {
      payable.splice(payable.indexOf(discount), 1);
      refused.push({ line: discount, words: 'La dépense que cette remise diminue n’est pas financée.' });
    }
  }
  return { payable, refused };
}
/** Null: it is paid for. */
function whyNotPaid(rules: Funding, subscription: Subscription | null, line: QuoteLine): string | null {
  const never = rules.notPaid.find((one) => one.kind === line.kind);
  if (never) return never.words;
  if (line.on !== null && line.on < rules.notBefore)
    return `Dépense du ${line.on.split('-').reverse().join('/')}, antérieure à l’année de l’appel.`;
  if (subscription && line.kind === 'subscription') {
    if (subscription.barred) return subscription.rule.refused;
    if (subscription.persons === 0) return 'Personne dans l’équipe n’a d’abonnement financé par cet appel.';
  }
  return line.validated ? null : toValidate;
}

/** What is paid of the lines that count. FIN-5 holds for the quotes of subscriptions too: so many months, persons and euros, whatever room the ceiling leaves. */
function payableOf(
  subscription: Subscription | null,
  payable: readonly QuoteLine[],
): { cents: number; overCents: Money['overCents']; notes: string[] } {
  const sumOf = (some: readonly QuoteLine[]) => some.reduce((sum, { cents }) => sum + cents, 0);
  const quotes = [...Map.groupBy(payable, ({ quote }) => quote).values()].map((own) => {
    const subscribed = sumOf(own.filter(({ kind }) => kind === 'subscription'));
    return { subscribed, others: sumOf(own) - subscribed };
  });
  const subscriptions = quotes.reduce((sum, { subscribed }) => sum + Math.max(0, subscribed), 0);
  const most = subscription
    ? subscription.persons *
      subscription.rule.months *
      Math.min(subscription.askedCents || subscription.rule.capCents, subscription.rule.capCents)
    : subscriptions;
  let left = most;
  let cents = 0;
  for (const { subscribed, others } of quotes) {
    const allowed = Math.min(subscribed, left);
    left -= Math.max(0, allowed);
    cents += Math.max(0, allowed + others);
  }
  const over = Math.max(0, subscriptions - most);
  const beyond = cents - (sumOf(payable) - over);
  const notes: string[] = [];
  if (subscription && over > 0)
    notes.push(
      `Les devis d’abonnement font ${inEuros(subscriptions)} ; ${inEuros(most)} au plus sont financés : ${subscription.persons} ${subscription.persons > 1 ? 'personnes' : 'personne'}, ${subscription.rule.months} mois.`,
    );
  if (beyond > 0)
    notes.push(
      `Des remises dépassent de ${inEuros(beyond)} les dépenses retenues de leur devis : elles ne diminuent aucun autre devis.`,
    );
  return { cents, overCents: { subscriptions: over, discounts: beyond }, notes };
}
