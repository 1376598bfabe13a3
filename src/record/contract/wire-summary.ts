import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import * as c from './common.ts';
import { letterGiven, paperWay } from './wire-letters.ts';

/** One line of the medical summary, with the entry it comes from. */
export const summaryLine = z.object({
  type: z.string(),
  id: z.string(),
  version: z.number().int(),
  label: z.string(),
  detail: z.string(),
  at: c.when.nullable(),
  who: c.who.nullable(),
  sensitive: c.sensitivity.nullable(),
  /** Left out of this summary. */
  left: z.boolean(),
  /** A line that cannot be left out: it is one of several of the same entry. */
  fixed: z.boolean(),
  /** Of a draft: against the summary in force. */
  change: z.enum(['new', 'changed']).nullable(),
  /** Of a signed one: what became of the entry since. */
  since: z.enum(['corrected', 'withdrawn']).nullable(),
});
export type SummaryLine = z.infer<typeof summaryLine>;
export const summarySection = z.object({
  code: z.string(),
  title: z.string(),
  lines: z.array(summaryLine),
  /** What to say when nothing is listed. */
  empty: z.string(),
  /** Kinds of data that I may not see here, said without saying whether anything is there; those whoever signed could not. */
  hidden: z.array(z.string()),
  withheld: z.array(z.string()),
  /** What each professional added in words. */
  words: z.array(z.object({ by: c.who, at: c.when, text: z.string() })),
  verified: z.object({ by: c.who, at: c.when, /** Something came since. */ stale: z.boolean() }).nullable(),
  /** In the summary in force and no longer in the record. */
  gone: z.array(z.string()),
});
export type SummarySection = z.infer<typeof summarySection>;
export const summaryView = z.object({
  id: z.string(),
  version: z.number().int(),
  status: c.lineStatus,
  statusLabel: z.string(),
  at: c.when,
  who: c.who.nullable(),
  /** Why it was corrected. */
  reason: z.string().nullable(),
  /** Who corrected it last, once it was signed. */
  corrected: z.object({ by: c.who, at: c.when }).nullable(),
  /** Where it went once it was signed. */
  given: z.array(letterGiven),
  replaces: z.string().nullable(),
  /** The one that took its place. */
  replacedBy: z.string().nullable(),
  sections: z.array(summarySection),
  /** Sensitive entries I may take into this draft when I sign it. */
  sensitive: z.array(summaryLine.extend({ section: z.string() })),
  /** What I saw: sent back when signing. */
  seal: z.string(),
});
export type SummaryView = z.infer<typeof summaryView>;
export const summaries = z.object({
  patient: z.object({ name: z.string(), about: z.string() }),
  canWrite: z.boolean(),
  canSign: z.boolean(),
  /** What signing needs, when I may not. */
  signWords: z.string(),
  draft: summaryView.nullable(),
  current: summaryView.nullable(),
  /** Those signed before, newest first. */
  earlier: z.array(
    z.object({ id: z.string(), at: c.when, who: c.who.nullable(), status: c.lineStatus, statusLabel: z.string() }),
  ),
});
export type Summaries = z.infer<typeof summaries>;

const entry = z.string().regex(/^[A-Z][A-Za-z]{1,40}\/[A-Za-z0-9\-.]{1,64}$/);
const words = z.string().trim().max(4000);
export const summaryChange = z.discriminatedUnion('act', [
  z.object({ act: z.literal('leave'), entry, /** Puts it back. */ back: z.boolean().default(false) }),
  /** Mine; another's may only be taken away, by who signs. */
  z.object({ act: z.literal('words'), section: z.string().max(40), words, by: z.string().max(64).optional() }),
  /** `all`: every section. */
  z.object({ act: z.literal('verify'), section: z.string().max(40), verified: z.boolean() }),
]);
export type SummaryChange = z.infer<typeof summaryChange>;

const at = '/api/patients/:patient/summaries';
export const summaryEntries = contract({
  summaries: {
    method: 'GET',
    path: at,
    may: 'signed-in',
    does: 'The medical summary (VSM) of a patient: the one in force, the draft, those before.',
    params: c.patientParams,
    reply: summaries,
  },
  summary: {
    method: 'GET',
    path: `${at}/:id`,
    may: 'signed-in',
    does: 'One medical summary as I may read it.',
    params: c.itemParams,
    reply: summaryView,
  },
  beginSummary: {
    method: 'POST',
    path: at,
    may: { write: 'documents' },
    does: 'Begins the next medical summary from the record; gives the draft that is there.',
    params: c.patientParams,
    reply: summaryView,
  },
  changeSummary: {
    method: 'POST',
    path: `${at}/:id/changes`,
    may: { write: 'documents' },
    does: 'Leaves a line out, adds words to a section, says that a section was checked.',
    params: c.itemParams,
    body: summaryChange,
    reply: summaryView,
  },
  signSummary: {
    method: 'POST',
    path: `${at}/:id/sign`,
    may: { write: 'documents' },
    does: 'Signs what was seen; sensitive entries are in it only when they are ticked.',
    params: c.itemParams,
    body: z.object({ seal: z.string().max(100), sensitive: z.array(entry).max(200).default([]) }),
    reply: c.written,
  },
  amendSummary: {
    method: 'POST',
    path: `${at}/:id/amend`,
    may: { write: 'documents' },
    does: 'Corrects the signed summary in force: my words, lines taken out, with the reason.',
    params: c.itemParams,
    body: z.object({
      version: z.number().int(),
      reason: z.string().trim().min(3).max(500),
      words: z.record(z.string().max(40), words).default({}),
      leave: z.array(entry).max(200).default([]),
    }),
    reply: c.written,
  },
  giveSummary: {
    method: 'POST',
    path: `${at}/:id/given`,
    may: { write: 'documents' },
    does: 'Says that a signed summary was printed, handed over or posted, and to whom.',
    params: c.itemParams,
    body: z.object({ version: z.number().int(), way: paperWay, to: z.string().trim().max(120).default('') }),
    reply: c.written,
  },
  printSummary: {
    method: 'GET',
    path: `${at}/:id/pdf`,
    may: 'signed-in',
    does: 'A medical summary as A4 pages, PDF/A, cut to what I may see.',
    params: c.itemParams,
  },
});
