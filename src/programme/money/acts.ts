import type { Desk, Viewer } from '../desk.ts';
import { issueAgreementAs, issueCertificateAs, issueQuotesPaperAs, signAgreementAs } from './agreement.ts';
import { issueAmendmentAs, openAmendmentAs, signAmendmentAs } from './amendments.ts';
import { setBudgetAs } from './budget.ts';
import { askHardwareAs } from './hardware.ts';
import { orderPaymentAs, payPaymentAs } from './payments.ts';
import { decideAs, enterQuotesAs, setQuoteStateAs } from './quotes.ts';
import { quotesOf } from './quotes.store.ts';
import { askVendorsAs, countTeamAs } from './team.ts';

/** The acts of money for a viewer that is already known: how the demo region lives its projects. */
export const moneyActs = (desk: Desk) => ({
  askVendors: (viewer: Viewer, project: string, words: string) =>
    askVendorsAs(desk, viewer, project, { seen: 0, words }),
  enterQuotes: (viewer: Viewer, project: string, quotes: Parameters<typeof enterQuotesAs>[3]) =>
    enterQuotesAs(desk, viewer, project, quotes),
  /** Keeps a quote and decides of its lines: `refuse` gives the reason by label, the others are validated. */
  keepQuote: async (
    viewer: Viewer,
    project: string,
    quote: string,
    refuse: Readonly<Record<string, string>> = {},
    leave: readonly string[] = [],
  ) => {
    await setQuoteStateAs(desk, viewer, project, quote, { seen: 1, state: 'accepted', reason: '' });
    const row = (
      await desk.db.tenant(viewer.region.tenant, (sql) => quotesOf(sql, viewer.region.tenant, [project]))
    ).find(({ id }) => id === quote)!;
    const lines = row.lines
      .filter(({ label }) => !leave.includes(label))
      .map(({ id, label }) =>
        refuse[label]
          ? { line: id, decision: 'refused' as const, reason: refuse[label] }
          : { line: id, decision: 'validated' as const, reason: '' },
      );
    if (lines.length > 0) await decideAs(desk, viewer, project, quote, { seen: 2, lines });
  },
  countTeam: (viewer: Viewer, project: string, body: Parameters<typeof countTeamAs>[3]) =>
    countTeamAs(desk, viewer, project, body),
  issueQuotesPaper: (viewer: Viewer, project: string) => issueQuotesPaperAs(desk, viewer, project, null),
  issueAgreement: (viewer: Viewer, project: string, sides: Omit<Parameters<typeof issueAgreementAs>[3], 'stamp'>) =>
    issueAgreementAs(desk, viewer, project, { ...sides, stamp: null }),
  signAgreement: (viewer: Viewer, project: string, version: number, body: Parameters<typeof signAgreementAs>[4]) =>
    signAgreementAs(desk, viewer, project, version, body),
  orderPayment: (viewer: Viewer, project: string, number: number, body: Parameters<typeof orderPaymentAs>[4]) =>
    orderPaymentAs(desk, viewer, project, number, body),
  payPayment: (viewer: Viewer, project: string, number: number, body: Parameters<typeof payPaymentAs>[4]) =>
    payPaymentAs(desk, viewer, project, number, body),
  openAmendment: (viewer: Viewer, project: string, reason: string) =>
    openAmendmentAs(desk, viewer, project, { reason }),
  issueAmendment: (
    viewer: Viewer,
    project: string,
    seq: number,
    sides: Omit<Parameters<typeof issueAmendmentAs>[4], 'stamp'>,
  ) => issueAmendmentAs(desk, viewer, project, seq, { ...sides, stamp: null }),
  signAmendment: (viewer: Viewer, project: string, seq: number, body: Parameters<typeof signAmendmentAs>[4]) =>
    signAmendmentAs(desk, viewer, project, seq, body),
  issueCertificate: (viewer: Viewer, project: string, body: Parameters<typeof issueCertificateAs>[3]) =>
    issueCertificateAs(desk, viewer, project, body),
  askHardware: (viewer: Viewer, project: string, body: Parameters<typeof askHardwareAs>[3]) =>
    askHardwareAs(desk, viewer, project, body),
  setBudget: (viewer: Viewer, edition: string, cents: number) =>
    setBudgetAs(desk, viewer, edition, { seen: 0, cents, reason: '' }),
});
