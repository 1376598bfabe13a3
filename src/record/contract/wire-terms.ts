import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';

/** What a field can look for. */
export const termKinds = ['problems', 'medicines', 'acts', 'vaccines', 'forms'] as const;
export type TermKind = (typeof termKinds)[number];

const coding = z.object({ system: z.string(), code: z.string() });
export const substance = z.object({
  /** The publisher's code of the substance. */
  code: z.string().nullable(),
  label: z.string(),
  /** «1 000 mg». */
  strength: z.string().nullable(),
  /** What the strength is in: «un comprimé». */
  per: z.string().nullable(),
});
export const medicine = z.object({
  /** Code of the speciality; null: a medicine by its substance (DCI). */
  cis: z.string().nullable(),
  /** Pharmaceutical form: «comprimé pelliculé»; null: not said. */
  form: z.string().nullable(),
  routes: z.array(z.string()),
  substances: z.array(substance),
  atc: z.string().nullable(),
  /** Whether it is sold in France; null: not known. */
  marketed: z.boolean().nullable(),
});

/** One answer of the search. `system` and `code` are null when nothing codes it: its label stands alone. */
export const term = z.object({
  system: z.string().nullable(),
  code: z.string().nullable(),
  label: z.string(),
  /** What to show beside the label: code, form, what is to be known. */
  hint: z.string(),
  /** Where it comes from: our own usual words, or a loaded list. */
  kind: z.enum(['usual', 'cim10', 'bdpm', 'ccam', 'nuva']),
  /** Other codes of the same thing (CISP-2 beside CIM-10, CIS beside NUVA, UCUM unit …). */
  also: z.array(coding),
  medicine: medicine.nullable(),
  /** What kind of order an act is: `laboratory`, `imaging`, `nursing`, `rehabilitation`, `other`. */
  group: z.string().nullable(),
});
export type Term = z.infer<typeof term>;

export const termsQuery = z.object({
  list: z.enum(termKinds),
  words: z.string().max(200, 'Moins de 200 caractères.').default(''),
  most: z.coerce.number().int().min(1).max(50).default(12),
});
export const termsReply = z.object({
  terms: z.array(term),
  /** Titles of the public lists that were looked into; empty: our own words only. */
  from: z.array(z.string()),
});

export const termList = z.object({
  list: z.string(),
  title: z.string(),
  publisher: z.string(),
  licence: z.string(),
  source: z.string(),
  files: z.array(z.string()),
  /** Null: not loaded. */
  edition: z
    .object({
      version: z.string(),
      terms: z.number(),
      at: z.string(),
      by: z.string(),
      everyPractice: z.boolean(),
      files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
    })
    .nullable(),
});
export type TermList = z.infer<typeof termList>;
export const termLoading = z.object({
  state: z.enum(['none', 'running', 'done', 'failed']),
  /** Terms written, of how many; 0 of 0 while the files are read. */
  done: z.number(),
  total: z.number(),
  /** The list at work, or what was done, or what is wrong. */
  words: z.string(),
});
export type TermLoading = z.infer<typeof termLoading>;

const manage = { practice: 'settings' } as const;
export const termEntries = contract({
  terms: {
    method: 'GET',
    path: '/api/terms',
    may: 'signed-in',
    does: 'Terms that answer to what is typed: problems, medicines, acts, vaccines, pharmaceutical forms.',
    query: termsQuery,
    reply: termsReply,
  },
  termLists: {
    method: 'GET',
    path: '/api/terms/lists',
    may: manage,
    does: 'Which public lists are loaded, their edition and licence.',
    reply: z.object({ lists: z.array(termList), loading: termLoading }),
  },
  /** multipart/form-data: the publisher's files, one part each; 40 MB each. Answers when they were read whole; the writing goes on, see termLoading. */
  loadTerms: {
    method: 'POST',
    path: '/api/terms/lists',
    may: manage,
    does: 'Loads public lists from their publishers’ files, for this practice.',
    reply: termLoading,
  },
  termLoading: {
    method: 'GET',
    path: '/api/terms/loading',
    may: manage,
    does: 'How far the loading of a list is.',
    reply: termLoading,
  },
  removeTerms: {
    method: 'DELETE',
    path: '/api/terms/lists/:list',
    may: manage,
    does: 'Takes this practice’s edition of a list away.',
    params: z.object({ list: z.enum(['cim10', 'bdpm', 'ccam', 'nuva']) }),
  },
});
