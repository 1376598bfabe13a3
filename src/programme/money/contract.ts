import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { editionId } from '../applications/contract.ts';
import { kindCodes, mostCents, mostLines } from '../contract/quote-lines.ts';
import { isoDay, projectId, typed } from '../projects/contract.ts';

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
const seen = z.number('la version vue').int().min(0);
const said = (most: number) => z.string('à renseigner').trim().min(1, 'à renseigner').max(most, `${most} caractères au plus`);
const reason = z.string('à renseigner').trim().min(10, 'au moins 10 caractères').max(2000);
const cents = (most = mostCents) => z.number('un montant').int('un montant').min(0, 'un montant').max(most, 'un montant plus petit');
const quoteId = projectId.extend({ quote: id });
const amendmentId = projectId.extend({ seq: z.coerce.number().int().min(1) });
const fund = { practice: 'fund-projects' } as const;
const validate = { practice: 'support-projects' } as const;

export const enteredLine = z.object({
  label: said(200), kind: z.enum(kindCodes, 'à choisir dans la liste'), /** Thousandths. */ quantity: z.number('une quantité').int('trois décimales au plus').min(1, 'plus que zéro').max(100_000_000, 'une quantité plus petite'), /** Before tax. */ unitCents: cents(),
  /** Hundredths of a percent. */ vat: z.number('un taux').int('deux décimales au plus').min(0, 'un taux').max(10_000, '100 % au plus'), /** Tax included; computed when absent. */ totalCents: cents().optional(), recurring: z.boolean().default(false), spentOn: isoDay.nullable().default(null),
});
export const offeredQuote = z.object({ vendor: said(120), number: said(60), dated: isoDay, note: typed(2000).default(''), lines: z.array(enteredLine.extend({ /** Of the version before, for a line that goes on. */ id: id.optional() })).min(1, 'une ligne au moins').max(mostLines, `${mostLines} lignes au plus`) });

const fate = z.enum(['payable', 'refused', 'pending', 'not-kept']);
const lineShape = z.object({ id: z.string(), label: z.string(), kind: z.enum(kindCodes), quantity: z.number().int(), unitCents: z.number().int(), vat: z.number().int(), totalCents: z.number().int(), recurring: z.boolean(), spentOn: z.string().nullable(), decision: z.enum(['pending', 'validated', 'refused']), reason: z.string(), by: z.string().nullable(), fate, words: z.string() });
export const quoteShape = z.object({
  id: z.string(), vendor: z.string(), number: z.string(), dated: z.string(), note: z.string(), state: z.enum(['proposed', 'accepted', 'withdrawn']), reason: z.string(), version: z.number().int(), revision: z.number().int(), by: z.string(), at: z.string(), /** Entered by the vendor. */ theirs: z.boolean(),
  file: z.boolean(), totalCents: z.number().int(), lines: z.array(lineShape), versions: z.array(z.object({ version: z.number().int(), by: z.string(), at: z.string(), totalCents: z.number().int() })), may: z.object({ change: z.boolean(), keep: z.boolean(), decide: z.boolean() }),
});
const ceilingLine = z.object({ rule: z.string(), words: z.string(), count: z.number().int(), unitCents: z.number().int(), capCents: z.number().int().nullable(), cents: z.number().int() });
const paymentShape = z.object({
  number: z.number().int(), percent: z.number().int(), occasion: z.string(), cents: z.number().int(), /** `recovery`: owed by the team. */ kind: z.enum(['share', 'supplement', 'recovery']), state: z.enum(['due', 'ordered', 'paid']), orderedOn: z.string().nullable(), paidOn: z.string().nullable(), reference: z.string(), version: z.number().int(), /** Why it cannot be ordered yet. */ held: z.array(z.string()),
  acts: z.array(z.object({ act: z.enum(['order', 'pay', 'cancel']), on: z.string(), reference: z.string(), reason: z.string(), by: z.string(), at: z.string() })),
});
const agreementShape = z.object({ version: z.number().int(), paper: z.string(), reference: z.string(), amountCents: z.number().int(), ceilingCents: z.number().int(), state: z.enum(['issued', 'signed', 'cancelled']), signedOn: z.string().nullable(), signedTeam: z.string(), signedRegion: z.string(), reason: z.string(), by: z.string(), at: z.string() });
const amendmentShape = z.object({ seq: z.number().int(), number: z.number().int().nullable(), paper: z.string().nullable(), reference: z.string(), reason: z.string(), amountCents: z.number().int().nullable(), ceilingCents: z.number().int().nullable(), state: z.enum(['open', 'issued', 'signed', 'cancelled']), signedOn: z.string().nullable(), signedTeam: z.string(), signedRegion: z.string(), cancelledReason: z.string(), by: z.string(), at: z.string() });
const requestShape = z.object({ id: z.string(), words: z.string(), cents: z.number().int().nullable(), state: z.enum(['asked', 'examined', 'withdrawn']), answer: z.string(), answeredBy: z.string().nullable(), version: z.number().int(), by: z.string(), at: z.string() });
const teamShape = z.object({ version: z.number().int(), members: z.record(z.string(), z.number().int()), applied: z.record(z.string(), z.number().int()), subscriptionCents: z.number().int(), subscriptionFrom: z.enum(['typed', 'quotes', 'none']), typedCents: z.number().int().nullable(), facts: z.array(z.object({ id: z.string(), label: z.string(), value: z.boolean().nullable() })), history: z.array(z.object({ version: z.number().int(), reason: z.string(), by: z.string(), at: z.string(), members: z.record(z.string(), z.number().int()) })) });
const totals = z.object({ basis: z.enum(['flat', 'cost']), ceilingCents: z.number().int(), /** Quotes that can be paid for. */ payableCents: z.number().int(), /** What is granted: the agreement's, or what would be. */ totalCents: z.number().int(), agreed: z.boolean(), orderedCents: z.number().int(), paidCents: z.number().int(), /** Paid too much, not paid back yet. */ recoverCents: z.number().int() });
export const moneyShape = totals.extend({
  /** Line by line, for those who read the lines; null for the others of the practice. */
  detail: z.object({
    lines: z.array(ceilingLine), notes: z.array(z.string()), neverPaid: z.array(z.string()), notBefore: z.string(), planned: z.array(z.object({ percent: z.number().int(), occasion: z.string(), cents: z.number().int() })), team: teamShape, quotes: z.array(quoteShape), pending: z.number().int(), ask: z.object({ version: z.number().int(), words: z.string(), by: z.string(), at: z.string() }).nullable(),
    agreements: z.array(agreementShape), /** Of the agreement in force, newest first. */ amendments: z.array(amendmentShape),
    /** What the figures on screen would make of the agreement, while an amendment is open. */
    amending: z.object({ beforeCents: z.number().int(), afterCents: z.number().int(), held: z.array(z.string()), parts: z.array(z.object({ number: z.number().int(), occasion: z.string(), kind: z.enum(['share', 'supplement', 'recovery']), state: z.enum(['due', 'ordered', 'paid']), cents: z.number().int() })) }).nullable(),
    payments: z.array(paymentShape), requests: z.array(requestShape), certificate: z.object({ paper: z.string(), reference: z.string(), at: z.string() }).nullable(), reported: z.boolean(),
    /** Names the figures on screen: an act on figures that changed meanwhile is refused. */ stamp: z.string(), /** Why no agreement can be issued. */ held: z.array(z.string()), signatory: z.object({ name: z.string(), role: z.string() }),
  }).nullable(),
  may: z.object({ fund: z.boolean(), validate: z.boolean(), offer: z.boolean(), order: z.boolean() }),
});
const figures = { envelopeCents: z.number().int().nullable(), engagedCents: z.number().int(), orderedCents: z.number().int(), paidCents: z.number().int(), forecastCents: z.number().int() };
const budgetLine = z.object({ project: z.string(), reference: z.string(), team: z.string(), state: z.enum(['open', 'closed', 'stopped']), ceilingCents: z.number().int(), agreement: z.string().nullable(), agreementCents: z.number().int().nullable(), signedOn: z.string().nullable(), /** Signed amendments. */ amendments: z.array(z.string()), orderedCents: z.number().int(), paidCents: z.number().int(), recoverCents: z.number().int(), engagedCents: z.number().int(), forecastCents: z.number().int() });
const readRow = enteredLine.extend({ totalCents: z.number().int(), line: z.number().int() });

/** The money of projects. `signed-in`: the handler looks at the project with the caller's Viewer (money/reach.ts). */
export const moneyContract = contract({
  money: { method: 'GET', path: '/api/programme/projects/:project/money', may: 'signed-in', does: 'The money of a project: ceiling line by line, quotes, agreement, payments; totals only for the practice’s other people', params: projectId, reply: moneyShape },
  countTeam: { method: 'PUT', path: '/api/programme/projects/:project/money/team', may: validate, does: 'Changes the persons who are counted, with the reason; `seen`: the version on screen', params: projectId, body: z.object({ seen, members: z.record(z.string().max(60), z.number().int('un nombre de personnes').min(0, 'zéro ou plus').max(500, '500 au plus')), subscriptionCents: cents(100_000).nullable(), facts: z.record(z.string().max(80), z.boolean()).default({}), reason }) },
  askVendors: { method: 'PUT', path: '/api/programme/projects/:project/money/ask', may: 'signed-in', does: 'Says what is asked of the vendors', params: projectId, body: z.object({ seen, words: said(4000) }) },

  readQuotes: { method: 'POST', path: '/api/programme/projects/:project/quotes/read', may: 'signed-in', does: 'What a CSV or XLSX file would give (multipart: `file`; 2 MB): lines and rejects. Nothing is kept', params: projectId, reply: z.object({ quotes: z.array(z.object({ vendor: z.string(), number: z.string(), dated: z.string(), lines: z.array(readRow) })), rejects: z.array(z.object({ line: z.number().int(), words: z.string(), shown: z.string() })) }) },
  quoteModel: { method: 'GET', path: '/api/programme/quotes/model', may: 'signed-in', does: 'A spreadsheet to fill in: the columns of a quote', query: z.object({ format: z.enum(['csv', 'xlsx']).default('csv') }) },
  enterQuotes: { method: 'POST', path: '/api/programme/projects/:project/quotes', may: 'signed-in', does: 'Enters quotes, all or none', params: projectId, body: z.object({ quotes: z.array(offeredQuote).min(1).max(20) }), reply: z.object({ ids: z.array(z.string()) }) },
  changeQuote: { method: 'PUT', path: '/api/programme/projects/:project/quotes/:quote', may: 'signed-in', does: 'Writes the next version of a quote; `seen`: its revision on screen', params: quoteId, body: z.object({ seen, quote: offeredQuote }) },
  setQuoteState: { method: 'POST', path: '/api/programme/projects/:project/quotes/:quote/state', may: 'signed-in', does: 'Keeps a quote, gives up keeping it, withdraws it or brings it back', params: quoteId, body: z.object({ seen, state: z.enum(['proposed', 'accepted', 'withdrawn']), reason: typed(2000).default('') }) },
  decideLines: { method: 'POST', path: '/api/programme/projects/:project/quotes/:quote/decisions', may: validate, does: 'Validates lines of a quote, or refuses them with the reason', params: quoteId, body: z.object({ seen, lines: z.array(z.object({ line: id, decision: z.enum(['pending', 'validated', 'refused']), reason: typed(1000).default('') })).min(1).max(mostLines) }) },
  attachQuoteFile: { method: 'POST', path: '/api/programme/projects/:project/quotes/:quote/file', may: 'signed-in', does: 'Joins the PDF of a quote (multipart: `file`; 10 MB)', params: quoteId },
  quoteFile: { method: 'GET', path: '/api/programme/projects/:project/quotes/:quote/file', may: 'signed-in', does: 'The PDF of a quote', params: quoteId },
  asked: { method: 'GET', path: '/api/programme/asked', may: 'signed-in', does: 'For a vendor: the teams that ask for a quote, what they ask, my own quotes and what became of them', reply: z.object({ asked: z.array(z.object({ project: z.string(), team: z.string(), open: z.boolean(), words: z.string(), at: z.string(), quotes: z.array(quoteShape) })) }) },

  issueQuotesPaper: { method: 'POST', path: '/api/programme/projects/:project/money/quotes-paper', may: validate, does: 'Issues the summary of validated quotes', params: projectId, body: z.object({ stamp: z.string().max(80) }), reply: z.object({ paper: z.string(), reference: z.string() }) },
  issueAgreement: { method: 'POST', path: '/api/programme/projects/:project/agreements', may: fund, does: 'Issues the agreement, or its next version, from the figures on screen', params: projectId, body: z.object({ stamp: z.string().max(80), team: z.object({ name: said(120), role: said(120) }), region: z.object({ name: said(120), role: said(120) }) }), reply: z.object({ version: z.number().int(), paper: z.string(), reference: z.string() }) },
  signAgreement: { method: 'POST', path: '/api/programme/projects/:project/agreements/:version/sign', may: fund, does: 'Records that the agreement is signed: the day and who signed on each side', params: projectId.extend({ version: z.coerce.number().int() }), body: z.object({ on: isoDay, team: said(120), region: said(120) }) },
  unsignAgreement: { method: 'POST', path: '/api/programme/projects/:project/agreements/:version/unsign', may: fund, does: 'Takes the signature back, while no payment is ordered', params: projectId.extend({ version: z.coerce.number().int() }) },
  cancelAgreement: { method: 'POST', path: '/api/programme/projects/:project/agreements/:version/cancel', may: fund, does: 'Cancels the agreement with the reason, while no payment is ordered', params: projectId.extend({ version: z.coerce.number().int() }), body: z.object({ reason }) },
  openAmendment: { method: 'POST', path: '/api/programme/projects/:project/amendments', may: fund, does: 'Opens the figures of a signed agreement again, with the reason', params: projectId, body: z.object({ reason }), reply: z.object({ seq: z.number().int() }) },
  issueAmendment: { method: 'POST', path: '/api/programme/projects/:project/amendments/:seq/issue', may: fund, does: 'Issues the amendment from the figures on screen', params: amendmentId, body: z.object({ stamp: z.string().max(80), team: z.object({ name: said(120), role: said(120) }), region: z.object({ name: said(120), role: said(120) }) }), reply: z.object({ number: z.number().int(), paper: z.string(), reference: z.string() }) },
  signAmendment: { method: 'POST', path: '/api/programme/projects/:project/amendments/:seq/sign', may: fund, does: 'Records that the amendment is signed: what is due is computed anew, what is ordered stays', params: amendmentId, body: z.object({ on: isoDay, team: said(120), region: said(120) }) },
  unsignAmendment: { method: 'POST', path: '/api/programme/projects/:project/amendments/:seq/unsign', may: fund, does: 'Takes the signature back, while no payment has moved since', params: amendmentId },
  cancelAmendment: { method: 'POST', path: '/api/programme/projects/:project/amendments/:seq/cancel', may: fund, does: 'Gives up an amendment that is not signed, with the reason', params: amendmentId, body: z.object({ reason }) },
  issueCertificate: { method: 'POST', path: '/api/programme/projects/:project/certificate', may: fund, does: 'Issues the certificate of service done, after the completion report', params: projectId, body: z.object({ signatory: said(120), role: said(120), note: typed(2000).default('') }), reply: z.object({ paper: z.string(), reference: z.string() }) },
  orderPayment: { method: 'POST', path: '/api/programme/projects/:project/payments/:number/order', may: fund, does: 'Orders a payment', params: projectId.extend({ number: z.coerce.number().int() }), body: z.object({ seen, on: isoDay, reference: typed(80).default('') }) },
  payPayment: { method: 'POST', path: '/api/programme/projects/:project/payments/:number/pay', may: fund, does: 'Records that a payment was made', params: projectId.extend({ number: z.coerce.number().int() }), body: z.object({ seen, on: isoDay, reference: typed(80).default('') }) },
  cancelPayment: { method: 'POST', path: '/api/programme/projects/:project/payments/:number/cancel', may: fund, does: 'Takes back the last state of a payment, with the reason', params: projectId.extend({ number: z.coerce.number().int() }), body: z.object({ seen, reason }) },
  askHardware: { method: 'POST', path: '/api/programme/projects/:project/hardware', may: 'signed-in', does: 'Asks that hardware be examined, without promise', params: projectId, body: z.object({ words: z.string('à renseigner').trim().min(10, 'au moins 10 caractères').max(4000), cents: cents().nullable().default(null) }), reply: z.object({ id: z.string() }) },
  answerHardware: { method: 'POST', path: '/api/programme/projects/:project/hardware/:request', may: 'signed-in', does: 'Says what came of the request (ARS), withdraws it or brings it back', params: projectId.extend({ request: id }), body: z.object({ seen, state: z.enum(['asked', 'examined', 'withdrawn']), answer: typed(4000).default('') }) },

  budget: { method: 'GET', path: '/api/programme/budget', may: { practice: 'lead-projects' }, does: 'The budget of each call: envelope, engaged, ordered, paid, forecast, project by project', reply: z.object({ calls: z.array(z.object({ edition: z.string(), title: z.string(), year: z.number().int(), ...figures, lines: z.array(budgetLine), history: z.array(z.object({ version: z.number().int(), cents: z.number().int(), reason: z.string(), by: z.string(), at: z.string() })) })), writes: z.boolean() }) },
  setBudget: { method: 'PUT', path: '/api/programme/editions/:edition/budget', may: fund, does: 'Sets the envelope of a call; `seen`: its version on screen', params: z.object({ edition: editionId }), body: z.object({ seen, cents: cents(1_000_000_000_000), reason: typed(2000).default('') }) },
  exportBudget: { method: 'GET', path: '/api/programme/budget/export', may: { practice: 'lead-projects' }, does: 'Projects and payments for accounting, CSV or XLSX', query: z.object({ format: z.enum(['csv', 'xlsx']).default('csv'), edition: editionId.optional(), of: z.enum(['projects', 'payments']).default('projects') }) },
});
