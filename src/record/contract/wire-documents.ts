import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import * as c from './common.ts';
import { documentLine } from './page.ts';

const typed = z.string().trim().max(30);
const id = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/, 'Cet identifiant n’existe pas.');
const receivedParams = z.object({ document: id });
const version = z.number().int().min(1).max(2_000_000_000);

/** A laboratory's file, by its content: values that were understood and can be written with it. */
const labFile = z.object({
  format: z.enum(['text', 'hprim', 'hprim-sante']),
  values: z.number().int(),
  /** Of them, analyses that are not known here. */
  unknown: z.number().int(),
  number: z.string(),
  /** Its end is missing: values may be missing. */
  cut: z.boolean(),
  /** Several reports in one file: its values are not written. */
  several: z.boolean(),
  /** The same report is in the record of the patient asked about. */
  known: z.object({ same: z.boolean(), words: z.string() }).nullable(),
});
const documentValues = z.object({
  /** Null: it is no laboratory's file. */
  lab: labFile.nullable(),
  /** The report that holds its values. */
  taken: z.string().nullable(),
  canTake: z.boolean(),
});
export type DocumentValues = z.infer<typeof documentValues>;

/** Why a patient is proposed for a received file. */
export const proposal = z.object({
  patient: c.patientBrief,
  confidence: z.enum(['sure', 'likely', 'possible']),
  confidenceLabel: z.string(),
  reasons: z.array(z.string()),
});
/** A document that this one repeats, or that it would take the place of. */
export const alike = z.object({
  document: z.string(),
  /** `same`: the same file; `same-words`: the same text; `earlier`: an earlier version of the same report. */
  kind: z.enum(['same', 'same-words', 'earlier']),
  words: z.string(),
  patient: c.patientBrief.nullable(),
});
export const receivedLine = z.object({
  document: z.string(),
  version: z.number().int(),
  name: z.string(),
  contentType: z.string(),
  size: z.number(),
  pages: z.number().int().nullable(),
  at: c.when,
  by: z.string(),
  mine: z.boolean(),
  state: z.enum(['waiting', 'sorted', 'refused']),
  /** The text is being read. */
  reading: z.boolean(),
  /** The file could not be read: damaged, protected, too heavy. It is kept as it came. */
  unreadable: z.boolean(),
  /** Its words are recognised, not read: pages done of those there are, and how sure, in percent. Null: they are its own, or there is no recognition here. */
  recognition: z
    .object({
      done: z.number().int(),
      pages: z.number().int(),
      running: z.boolean(),
      confidence: z.number().int().nullable(),
    })
    .nullable(),
  proposals: z.array(proposal),
  lab: labFile.nullable(),
  alike: z.array(alike),
  /** What the form begins with. */
  guess: z.object({
    title: z.string(),
    documentType: z.string(),
    at: z.string(),
    author: z.string(),
    reader: z.string().nullable(),
  }),
  /** Sorted or refused: where to, by whom, why. */
  patient: c.patientBrief.nullable(),
  doneBy: z.string().nullable(),
  doneAt: c.when.nullable(),
  reason: z.string(),
});
export type ReceivedLine = z.infer<typeof receivedLine>;
export const inbox = z.object({
  /** I sort for the whole practice; else what I have put in myself. */
  all: z.boolean(),
  waiting: z.array(receivedLine),
  /** More wait than are shown. */
  more: z.boolean(),
  /** Lately sorted or refused, newest first: each can be taken back. */
  done: z.array(receivedLine),
});

const reader = z.object({ practitioner: id, sign: z.boolean().default(false) });
export const sortBody = z.object({
  version,
  patient: id,
  title: z.string().trim().max(300).default(''),
  documentType: z.string().max(40),
  at: typed.nullish(),
  author: z.string().trim().max(150).default(''),
  readers: z.array(reader).max(10).default([]),
  /** «À lire» by whoever takes care of the patient, when nobody is named. */
  team: z.boolean().default(false),
  sensitive: c.sensitivity.nullish(),
  /** An earlier document of this record that this one takes the place of; both stay readable. */
  replaces: id.nullish(),
  /** Of a laboratory's file: its values are written too. */
  results: z.boolean().default(false),
  /** «C’est bien ce patient», though the file names another. */
  samePatient: z.boolean().default(false),
});

/** A hit of the full-text search: what is found, where, and the words around. */
export const hit = c.line.extend({
  title: z.string(),
  what: z.enum(['document', 'note']),
  whatLabel: z.string(),
  patient: c.patientBrief,
  /** Another document took its place. */
  replaced: z.boolean(),
  snippet: z.string(),
  /** The words were recognised on a picture: how sure, in percent. */
  recognised: z.number().int().nullable(),
  /** Ranges of `snippet` and of `title` to mark. */
  marks: z.array(z.tuple([z.number().int(), z.number().int()])),
  titleMarks: z.array(z.tuple([z.number().int(), z.number().int()])),
});
export type Hit = z.infer<typeof hit>;

/** A document that waits for someone to read or sign it. */
export const toReadLine = documentLine.extend({
  patient: c.patientBrief,
  sign: z.boolean(),
  since: c.when,
  /** Days it has waited. */
  days: z.number().int(),
  late: z.boolean(),
  /** Whose it is, when it is not mine: I read for them while they are away. */
  forWhom: c.who.nullable(),
  /** For whoever takes care of the patient. */
  team: z.boolean(),
  /** Confided by a colleague: by whom, until when, and the task by which it is followed. */
  askedBy: c.who.nullable(),
  due: c.when.nullable(),
  task: z.string().nullable(),
});
export type ToReadLine = z.infer<typeof toReadLine>;

const atDocument = '/api/patients/:patient/documents/:id';
export const documentEntries = contract({
  receiveDocument: {
    method: 'POST',
    path: '/api/documents/inbox',
    may: { practice: 'receive-documents' },
    does: 'Receive a file that nobody has sorted yet (multipart: `file`). PDF, PNG, JPEG, TIFF, plain text; 20 MB.',
    reply: receivedLine,
  },
  inbox: {
    method: 'GET',
    path: '/api/documents/inbox',
    may: { practice: 'receive-documents' },
    does: 'Files to be sorted: all of the practice for who sorts, else those I put in.',
    reply: inbox,
  },
  received: {
    method: 'GET',
    path: '/api/documents/inbox/:document',
    may: { practice: 'receive-documents' },
    does: 'One received file with what it resembles, optionally against one patient.',
    params: receivedParams,
    query: z.object({ patient: id.optional() }),
    reply: receivedLine,
  },
  receivedContent: {
    method: 'GET',
    path: '/api/documents/inbox/:document/content',
    may: { practice: 'receive-documents' },
    does: 'The received file itself, while it waits.',
    params: receivedParams,
  },
  sortDocument: {
    method: 'POST',
    path: '/api/documents/inbox/:document/sort',
    may: { practice: 'receive-documents' },
    does: 'Put a received file into the record of a patient.',
    params: receivedParams,
    body: sortBody,
    reply: receivedLine,
  },
  refuseDocument: {
    method: 'POST',
    path: '/api/documents/inbox/:document/refuse',
    may: { practice: 'receive-documents' },
    does: 'Set a received file aside: not one of our patients.',
    params: receivedParams,
    body: z.object({ version, reason: z.string().trim().min(1, 'Indiquez pourquoi.').max(300) }),
    reply: receivedLine,
  },
  takeBackDocument: {
    method: 'POST',
    path: '/api/documents/inbox/:document/back',
    may: { practice: 'receive-documents' },
    does: 'Put a sorted or refused file back among those to be sorted, as long as nobody has done anything with it.',
    params: receivedParams,
    body: z.object({ version }),
    reply: receivedLine,
  },

  searchTexts: {
    method: 'GET',
    path: '/api/documents/search',
    may: 'signed-in',
    does: 'Full-text search over documents and notes: of one record, or of my patients. Newest first; every hit under my rights.',
    query: z.object({
      q: z.string().max(200).default(''),
      patient: id.optional(),
      kind: z.string().max(200).optional(),
      from: typed.optional(),
      to: typed.optional(),
      author: z.string().max(80).optional(),
      after: z.string().max(80).optional(),
    }),
    reply: z.object({
      hits: z.array(hit),
      /** Position of the next page; null on the last. */
      next: z.string().nullable(),
      took: z.number(),
    }),
  },

  toRead: {
    method: 'GET',
    path: '/api/documents/to-read',
    may: 'signed-in',
    does: 'Documents that wait for me to read or sign them, with those of whom I stand in for.',
    reply: z.object({ lines: z.array(toReadLine) }),
  },
  markRead: {
    method: 'POST',
    path: `${atDocument}/read`,
    may: { read: 'documents' },
    does: 'I have read this document; I sign it; with a comment.',
    params: c.itemParams,
    body: z.object({
      version,
      sign: z.boolean().default(false),
      comment: z.string().trim().max(1000).nullish(),
      for: id.nullish(),
    }),
    reply: c.written,
  },
  handDocument: {
    method: 'POST',
    path: `${atDocument}/hand`,
    may: { write: 'documents' },
    does: 'Ask a colleague to read or sign this document, in my place or as well.',
    params: c.itemParams,
    body: z.object({
      version,
      to: id,
      sign: z.boolean().default(false),
      instead: z.boolean().default(true),
      /** Of the task that follows it, as typed. */
      due: typed.nullish(),
      words: z.string().trim().max(500).nullish(),
      for: id.nullish(),
    }),
    reply: c.written,
  },
  moveDocument: {
    method: 'POST',
    path: `${atDocument}/move`,
    may: { write: 'documents' },
    does: 'This document is another patient’s: move it there, or back among those to be sorted.',
    params: c.itemParams,
    body: z.object({ version, to: id.nullish(), reason: z.string().trim().min(1, 'Indiquez pourquoi.').max(300) }),
    reply: z.object({ id: z.string(), version: z.number().int(), to: z.string().nullable(), undoUntil: c.when }),
  },
  documentValues: {
    method: 'GET',
    path: `${atDocument}/values`,
    may: { read: 'documents' },
    does: 'What was understood of a document of the record that is a laboratory’s file, and whether its values are in the record.',
    params: c.itemParams,
    reply: documentValues,
  },
  takeDocumentValues: {
    method: 'POST',
    path: `${atDocument}/values`,
    may: { write: 'results' },
    does: 'The values of a laboratory’s file that is a document of this record, once seen: written as results, to be validated.',
    params: c.itemParams,
    body: z.object({ version, samePatient: z.boolean().default(false) }),
    reply: c.written,
  },
  lateDocuments: {
    method: 'GET',
    path: '/api/documents/late',
    may: { practice: 'follow-documents' },
    does: 'How many documents wait, by professional: numbers only.',
    reply: z.object({
      days: z.number().int(),
      unsorted: z.number().int(),
      oldestUnsorted: c.when.nullable(),
      people: z.array(
        z.object({ name: z.string(), role: z.string(), waiting: z.number().int(), late: z.number().int() }),
      ),
    }),
  },
});
