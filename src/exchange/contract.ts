import { z } from 'zod';
import { contract } from '../platform/http/contract.ts';

/** The wire of the take-over (reprise de données). Dates are ISO 8601; sizes are bytes. */

const run = z.object({ run: z.coerce.number().int().positive() });
const line = z.object({ id: z.coerce.number().int().positive() });

const counts = z.object({
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  existing: z.number(),
  rejected: z.number(),
});
export type Counts = z.infer<typeof counts>;

export const runState = z.enum([
  'receiving',
  'ready',
  'checking',
  'running',
  'stopped',
  'done',
  'failed',
  'undoing',
  'undone',
]);
export type RunState = z.infer<typeof runState>;

const progress = z.object({
  /** Resources dealt with, and how many there will be (guessed from the bytes read; 0 while unknown). */
  resources: z.number(),
  expected: z.number(),
  bytes: z.number(),
  bytesTotal: z.number(),
  filesDone: z.number(),
  filesTotal: z.number(),
  file: z.string(),
  seconds: z.number(),
});

const rejectLine = z.object({
  file: z.string(),
  unit: z.enum(['entry', 'line']),
  place: z.number(),
  type: z.string(),
  cause: z.string(),
  words: z.string(),
});
export type RejectLine = z.infer<typeof rejectLine>;
const duplicate = z.object({
  where: z.string(),
  patient: z.string(),
  otherWhere: z.string(),
  other: z.string(),
  otherId: z.string().nullable(),
  why: z.enum(['ins', 'name']),
});
const duplicates = z.object({ total: z.number(), list: z.array(duplicate) });
const some = z.object({ total: z.number(), examples: z.array(z.string()) });

/** Absent from what earlier versions kept. */
const editions = z.object({ taken: z.number(), here: z.number(), left: some }).optional();

const checked = z.object({
  resources: z.number(),
  counts: z.record(z.string(), counts),
  rejected: z.number(),
  rejects: z.array(rejectLine),
  duplicates,
  unresolved: some,
  /** Absent from what earlier versions kept. */
  contradictions: some.optional(),
  editions,
  seconds: z.number(),
  estimatedSeconds: z.number(),
});
const undoReport = z.object({
  removed: z.number(),
  restored: z.number(),
  editions: z.number().optional(),
  left: z.object({ total: z.number(), list: z.array(z.string()) }),
});
const report = z.object({
  missing: some.optional(),
  pending: z
    .array(z.object({ target: z.string(), system: z.string(), value: z.string(), count: z.number() }))
    .optional(),
  settled: z.number().optional(),
  unresolved: some.optional(),
  contradictions: some.optional(),
  editions,
  /** Absent from what earlier versions kept. */
  merges: z.object({ joined: z.number(), ended: z.number(), apart: some }).optional(),
  duplicates: duplicates.optional(),
  undo: undoReport.optional(),
});

const takeOver = z.object({
  id: z.number(),
  source: z.string(),
  state: runState,
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  by: z.string(),
  files: z.number(),
  bytes: z.number(),
  progress: progress.partial(),
  total: counts,
  /** French: why it stopped on its own. */
  failure: z.string().nullable(),
});
export type TakeOver = z.infer<typeof takeOver>;
const whole = takeOver.extend({
  counts: z.record(z.string(), counts),
  checked: checked.nullable(),
  report: report.nullable(),
  /** Files that were refused or passed over. */
  notes: z.array(z.object({ file: z.string(), refused: z.boolean(), words: z.string() })),
  /** Lines of its quarantine that wait for a decision. */
  open: z.number(),
});
export type WholeTakeOver = z.infer<typeof whole>;

const flaw = z.object({ path: z.string(), words: z.string(), diagnostics: z.string().optional() });
export type Flaw = z.infer<typeof flaw>;
export const quarantineStatus = z.enum(['open', 'corrected', 'discarded']);
const quarantineLine = z.object({
  id: z.number(),
  run: z.number(),
  file: z.string(),
  unit: z.enum(['entry', 'line']),
  place: z.number(),
  type: z.string(),
  cause: z.string(),
  issues: z.array(flaw),
  status: quarantineStatus,
  createdAt: z.string(),
  decidedAt: z.string().nullable(),
  decidedBy: z.string(),
  /** To be sent back with a decision: of two people who decide at once, the second is told. */
  version: z.number(),
});
export type QuarantineLine = z.infer<typeof quarantineLine>;

const may = { practice: 'import' } as const;

export const exchangeContract = contract({
  takeOvers: {
    method: 'GET',
    path: '/api/take-overs',
    may,
    does: 'Take-overs of the practice, newest first',
    reply: z.array(takeOver),
  },
  prepareTakeOver: {
    method: 'POST',
    path: '/api/take-overs',
    may,
    does: 'Opens a take-over that waits for its files',
    body: z.object({
      /** Name of the software the files come from: its short ids are kept apart from those of others. */
      source: z
        .string()
        .trim()
        .max(60, '60 caractères au plus')
        .regex(/^[^|]*$/, 'sans barre verticale')
        .default(''),
    }),
    reply: takeOver,
  },
  addFiles: {
    method: 'POST',
    path: '/api/take-overs/:run/files',
    may,
    does: 'Receives files (multipart; a field «name» before each file gives its path in the folder)',
    params: run,
    reply: z.object({ received: z.number() }),
  },
  filesComplete: {
    method: 'POST',
    path: '/api/take-overs/:run/ready',
    may,
    does: 'All files were sent: puts them in order',
    params: run,
    reply: takeOver,
  },
  dropTakeOver: {
    method: 'DELETE',
    path: '/api/take-overs/:run',
    may,
    does: 'Forgets a take-over that has brought nothing in, and its files',
    params: run,
  },
  takeOver: {
    method: 'GET',
    path: '/api/take-overs/:run',
    may,
    does: 'One take-over with its reports',
    params: run,
    reply: whole,
  },
  takeOverProgress: {
    method: 'GET',
    path: '/api/take-overs/:run/progress',
    may,
    does: 'State and progress, to be asked each second',
    params: run,
    reply: takeOver,
  },
  checkTakeOver: {
    method: 'POST',
    path: '/api/take-overs/:run/check',
    may,
    does: 'Starts the dry run',
    params: run,
    reply: takeOver,
  },
  startTakeOver: {
    method: 'POST',
    path: '/api/take-overs/:run/start',
    may,
    does: 'Starts the import, or goes on after a stop',
    params: run,
    reply: takeOver,
  },
  stopTakeOver: {
    method: 'POST',
    path: '/api/take-overs/:run/stop',
    may,
    does: 'Stops the work at hand; what is in stays, and it can go on',
    params: run,
    reply: takeOver,
  },
  undoTakeOver: {
    method: 'POST',
    path: '/api/take-overs/:run/undo',
    may,
    does: 'Takes the whole import back',
    params: run,
    reply: takeOver,
  },

  quarantine: {
    method: 'GET',
    path: '/api/quarantine',
    may,
    does: 'What was set aside',
    query: z.object({
      run: z.coerce.number().int().positive().optional(),
      status: quarantineStatus.optional(),
      after: z.coerce.number().int().nonnegative().optional(),
      count: z.coerce.number().int().min(1).max(500).default(100),
    }),
    reply: z.object({ lines: z.array(quarantineLine), next: z.number().nullable(), open: z.number() }),
  },
  quarantined: {
    method: 'GET',
    path: '/api/quarantine/:id',
    may,
    does: 'One line with its resource; its values are masked unless they are of identity or administrative',
    params: line,
    reply: quarantineLine.extend({ content: z.string().nullable(), masked: z.boolean() }),
  },
  correctQuarantined: {
    method: 'PUT',
    path: '/api/quarantine/:id',
    may,
    does: 'Submits the corrected resource again; when it is still not valid, says why and keeps the text',
    params: line,
    body: z.object({
      version: z.number().int(),
      content: z.string().min(2, 'à renseigner').max(15_000_000, 'trop long'),
    }),
    reply: z.object({
      done: z.boolean(),
      reference: z.string().optional(),
      issues: z.array(flaw).optional(),
      version: z.number().optional(),
      content: z.string().optional(),
    }),
  },
  discardQuarantined: {
    method: 'POST',
    path: '/api/quarantine/:id/discard',
    may,
    does: 'Sets a line aside for good',
    params: line,
    body: z.object({ version: z.number().int() }),
  },
});
