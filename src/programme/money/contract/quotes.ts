import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { kindCodes, mostLines } from '../../contract/quote-lines.ts';
import { isoDay, projectId, typed } from '../../projects/contract.ts';
import { id, said, seen, signedCents, validate } from './common.ts';

const quoteId = projectId.extend({ quote: id });

export const enteredLine = z.object({
  label: said(200),
  kind: z.enum(kindCodes, 'à choisir dans la liste'),
  /** Thousandths. */
  quantity: z
    .number('une quantité')
    .int('trois décimales au plus')
    .min(1, 'plus que zéro')
    .max(100_000_000, 'une quantité plus petite'),
  /** Before tax; below zero for a discount. */
  unitCents: signedCents,
  /** Hundredths of a percent. */
  vat: z.number('un taux').int('deux décimales au plus').min(0, 'un taux').max(10_000, '100 % au plus'),
  /** Tax included; computed when absent. */
  totalCents: signedCents.optional(),
  recurring: z.boolean().default(false),
  spentOn: isoDay.nullable().default(null),
});
export const offeredQuote = z.object({
  vendor: said(120),
  number: said(60),
  dated: isoDay,
  note: typed(2000).default(''),
  lines: z
    .array(enteredLine.extend({ /** Of the version before, for a line that goes on. */ id: id.optional() }))
    .min(1, 'une ligne au moins')
    .max(mostLines, `${mostLines} lignes au plus`),
});

const fate = z.enum(['payable', 'refused', 'pending', 'not-kept']);
const lineShape = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.enum(kindCodes),
  quantity: z.number().int(),
  unitCents: z.number().int(),
  vat: z.number().int(),
  totalCents: z.number().int(),
  recurring: z.boolean(),
  spentOn: z.string().nullable(),
  decision: z.enum(['pending', 'validated', 'refused']),
  reason: z.string(),
  by: z.string().nullable(),
  fate,
  words: z.string(),
});
export const quoteShape = z.object({
  id: z.string(),
  vendor: z.string(),
  number: z.string(),
  dated: z.string(),
  note: z.string(),
  state: z.enum(['proposed', 'accepted', 'withdrawn']),
  reason: z.string(),
  version: z.number().int(),
  revision: z.number().int(),
  by: z.string(),
  at: z.string(),
  /** Entered by the vendor. */
  theirs: z.boolean(),
  file: z.boolean(),
  totalCents: z.number().int(),
  lines: z.array(lineShape),
  versions: z.array(
    z.object({ version: z.number().int(), by: z.string(), at: z.string(), totalCents: z.number().int() }),
  ),
  may: z.object({ change: z.boolean(), keep: z.boolean(), decide: z.boolean() }),
});
const readRow = enteredLine.extend({ totalCents: z.number().int(), line: z.number().int() });

/** What vendors offer, what is kept and validated of it (PRJ-5). `signed-in`: the handler looks at the project with the caller's Viewer (money/reach.ts). */
export const quotesContract = contract({
  askVendors: {
    method: 'PUT',
    path: '/api/programme/projects/:project/money/ask',
    may: 'signed-in',
    does: 'Says what is asked of the vendors',
    params: projectId,
    body: z.object({ seen, words: said(4000) }),
  },

  readQuotes: {
    method: 'POST',
    path: '/api/programme/projects/:project/quotes/read',
    may: 'signed-in',
    does: 'What a CSV or XLSX file would give (multipart: `file`; 2 MB): lines and rejects. Nothing is kept',
    params: projectId,
    reply: z.object({
      quotes: z.array(z.object({ vendor: z.string(), number: z.string(), dated: z.string(), lines: z.array(readRow) })),
      rejects: z.array(z.object({ line: z.number().int(), words: z.string(), shown: z.string() })),
    }),
  },
  quoteModel: {
    method: 'GET',
    path: '/api/programme/quotes/model',
    may: 'signed-in',
    does: 'A spreadsheet to fill in: the columns of a quote',
    query: z.object({ format: z.enum(['csv', 'xlsx']).default('csv') }),
  },
  enterQuotes: {
    method: 'POST',
    path: '/api/programme/projects/:project/quotes',
    may: 'signed-in',
    does: 'Enters quotes, all or none',
    params: projectId,
    body: z.object({ quotes: z.array(offeredQuote).min(1).max(20) }),
    reply: z.object({ ids: z.array(z.string()) }),
  },
  changeQuote: {
    method: 'PUT',
    path: '/api/programme/projects/:project/quotes/:quote',
    may: 'signed-in',
    does: 'Writes the next version of a quote; `seen`: its revision on screen',
    params: quoteId,
    body: z.object({ seen, quote: offeredQuote }),
  },
  setQuoteState: {
    method: 'POST',
    path: '/api/programme/projects/:project/quotes/:quote/state',
    may: 'signed-in',
    does: 'Keeps a quote, gives up keeping it, withdraws it or brings it back',
    params: quoteId,
    body: z.object({ seen, state: z.enum(['proposed', 'accepted', 'withdrawn']), reason: typed(2000).default('') }),
  },
  decideLines: {
    method: 'POST',
    path: '/api/programme/projects/:project/quotes/:quote/decisions',
    may: validate,
    does: 'Validates lines of a quote, or refuses them with the reason',
    params: quoteId,
    body: z.object({
      seen,
      lines: z
        .array(
          z.object({
            line: id,
            decision: z.enum(['pending', 'validated', 'refused']),
            reason: typed(1000).default(''),
          }),
        )
        .min(1)
        .max(mostLines),
    }),
  },
  attachQuoteFile: {
    method: 'POST',
    path: '/api/programme/projects/:project/quotes/:quote/file',
    may: 'signed-in',
    does: 'Joins the PDF of a quote (multipart: `file`; 10 MB)',
    params: quoteId,
  },
  quoteFile: {
    method: 'GET',
    path: '/api/programme/projects/:project/quotes/:quote/file',
    may: 'signed-in',
    does: 'The PDF of a quote',
    params: quoteId,
  },
  asked: {
    method: 'GET',
    path: '/api/programme/asked',
    may: 'signed-in',
    does: 'For a vendor: the teams that ask for a quote, what they ask, my own quotes and what became of them',
    reply: z.object({
      asked: z.array(
        z.object({
          project: z.string(),
          team: z.string(),
          open: z.boolean(),
          words: z.string(),
          at: z.string(),
          quotes: z.array(quoteShape),
        }),
      ),
    }),
  },

  issueQuotesPaper: {
    method: 'POST',
    path: '/api/programme/projects/:project/money/quotes-paper',
    may: validate,
    does: 'Issues the summary of validated quotes',
    params: projectId,
    body: z.object({ stamp: z.string().max(80) }),
    reply: z.object({ paper: z.string(), reference: z.string() }),
  },
});
