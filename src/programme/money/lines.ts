/** How the money is told, row by row: what the screens read. */
import type { z } from 'zod';
import type { Viewer } from '../desk.ts';
import type { ProjectRow } from '../projects/reach.ts';
import type { AmendmentRow } from './amendments.store.ts';
import type { quoteShape } from './contract.ts';
import { type Figures, settled } from './figures.ts';
import { heldBy, subscriptionFacts } from './money.rules.ts';
import type { AgreementRow, PaymentAct, PaymentRow, RequestRow } from './money.store.ts';
import type { QuoteRow } from './quotes.store.ts';
import { mayMoney } from './reach.ts';

export function quoteOf(
  viewer: Viewer,
  project: Pick<ProjectRow, 'state'>,
  figures: Figures,
  quote: QuoteRow,
): z.infer<typeof quoteShape> {
  const open = project.state === 'open' && !settled(figures);
  const own =
    viewer.as === 'vendor'
      ? quote.vendorPerson === viewer.practitioner
      : viewer.as !== 'practice' || quote.vendorPerson === null;
  const fates = new Map(figures.money.fates.map((one) => [one.line, one]));
  return {
    id: quote.id,
    vendor: quote.vendor,
    number: quote.number,
    dated: quote.dated,
    note: quote.note,
    state: quote.state,
    reason: quote.reason,
    version: quote.version,
    revision: quote.revision,
    by: quote.by,
    at: quote.at.toISOString(),
    theirs: quote.vendorPerson !== null,
    file: quote.file !== null,
    totalCents: quote.lines.reduce((sum, line) => sum + line.totalCents, 0),
    lines: quote.lines.map((line) => {
      const { fate, words } = fates.get(line.id)!;
      return {
        id: line.id,
        label: line.label,
        kind: line.kind,
        quantity: line.quantity,
        unitCents: line.unitCents,
        vat: line.vat,
        totalCents: line.totalCents,
        recurring: line.recurring,
        spentOn: line.spentOn,
        decision: line.decision,
        reason: line.reason,
        by: line.by,
        fate,
        words,
      };
    }),
    versions: quote.versions.map((one) => ({ ...one, at: one.at.toISOString() })),
    may: {
      change: open && own && mayMoney(viewer, 'offer') && (viewer.as !== 'vendor' || quote.state === 'proposed'),
      keep: open && mayMoney(viewer, 'offer') && viewer.as !== 'vendor',
      decide: open && quote.state === 'accepted' && mayMoney(viewer, 'validate'),
    },
  };
}

/** The persons who are counted, and since which change. */
export const teamLine = (figures: Pick<Figures, 'teams' | 'members' | 'applied' | 'facts' | 'money' | 'call'>) => ({
  version: figures.teams[0]?.version ?? 0,
  members: figures.members,
  applied: figures.applied,
  subscriptionCents: figures.money.subscriptionCents,
  subscriptionFrom: figures.money.subscriptionFrom,
  typedCents: figures.teams[0]?.subscriptionCents ?? null,
  facts: subscriptionFacts(figures.call).map((one) => ({
    ...one,
    value: typeof figures.facts[one.id] === 'boolean' ? (figures.facts[one.id] as boolean) : null,
  })),
  history: figures.teams.map(({ version, reason, by, at, members }) => ({
    version,
    reason,
    by,
    at: at.toISOString(),
    members,
  })),
});
export const agreementLine = ({
  version,
  paper,
  reference,
  amountCents,
  ceilingCents,
  state,
  signedOn,
  signedTeam,
  signedRegion,
  reason,
  by,
  at,
}: AgreementRow) => ({
  version,
  paper,
  reference,
  amountCents,
  ceilingCents,
  state,
  signedOn,
  signedTeam,
  signedRegion,
  reason,
  by,
  at: at.toISOString(),
});
export const amendmentLine = ({
  seq,
  number,
  paper,
  reference,
  reason,
  amountCents,
  ceilingCents,
  state,
  signedOn,
  signedTeam,
  signedRegion,
  cancelledReason,
  by,
  at,
}: AmendmentRow) => ({
  seq,
  number,
  paper,
  reference,
  reason,
  amountCents,
  ceilingCents,
  state,
  signedOn,
  signedTeam,
  signedRegion,
  cancelledReason,
  by,
  at: at.toISOString(),
});
export const requestLine = ({ id, words, cents, state, answer, answeredBy, version, by, at }: RequestRow) => ({
  id,
  words,
  cents,
  state,
  answer,
  answeredBy,
  version,
  by,
  at: at.toISOString(),
});
/** @param there kinds of papers and files of the project */
export const paymentLine = (
  { payments, pending, agreement }: Pick<Figures, 'payments' | 'pending' | 'agreement'>,
  { number, percent, occasion, cents, kind, state, orderedOn, paidOn, reference, version }: PaymentRow,
  acts: readonly PaymentAct[],
  there: ReadonlySet<string>,
) => ({
  number,
  percent,
  occasion,
  cents,
  kind,
  state,
  orderedOn,
  paidOn,
  reference,
  version,
  held:
    state === 'due'
      ? [
          ...(pending?.state === 'issued' ? [`L’avenant ${pending.reference} attend ses signatures.`] : []),
          ...heldBy(payments, number, there),
        ]
      : [],
  acts: acts
    .filter((one) => one.agreement === agreement!.version && one.number === number)
    .map(({ act, on, reference: said, reason, by, at }) => ({
      act,
      on,
      reference: said,
      reason,
      by,
      at: at.toISOString(),
    })),
});
