import { z } from 'zod';
import { patientBrief, when } from './common.ts';
import { toReadLine } from './wire-documents.ts';
import { cockpitEntries, patientList } from './wire-cockpits.ts';
import { draftsReply } from './entries.ts';
import { letterEntries } from './wire-letters.ts';
import { orderEntries } from './wire-orders.ts';
import { resultEntries } from './wire-results.ts';
import { treatmentEntries } from './wire-treatments.ts';

export const dayAppointment = z.object({
  type: z.string(),
  id: z.string(),
  version: z.number().int(),
  start: when,
  end: when.nullable(),
  label: z.string(),
  state: z.string(),
  stateLabel: z.string(),
  place: z.string().nullable(),
  patient: patientBrief.nullable(),
  with: z.array(z.string()),
  mine: z.boolean(),
  /** What this profession looks at first: last measures, last section, in one line each. */
  last: z.array(z.string()),
  /** Panels of the record that are entered most at a visit. */
  enter: z.array(z.object({ panel: z.string(), short: z.string() })),
});

/** The day of one profession. A block is null when it is no part of that profession's day: the screen shows the others, in the order of `blocks`. */
export const dayReply = z.object({
  day: z.string(),
  greeting: z.string(),
  profession: z.string(),
  /** Names in reading order; `liste:…` is one of `lists`. Blocks of other rooms are named for their place; `placed`: all the names that some profession's day has, so that a new block comes at the end. */
  blocks: z.array(z.string()),
  placed: z.array(z.string()),
  hidden: z.array(z.string()),
  appointments: z.array(dayAppointment).nullable(),
  toRead: z.array(toReadLine).nullable(),
  recent: z.array(patientBrief.extend({ seen: when })).nullable(),
  /** Identity not validated or incomplete, with what is missing. */
  toComplete: z.array(patientBrief.extend({ missing: z.array(z.string()) })).nullable(),
  /** First lines of the lists that stand on this day. */
  lists: z.array(patientList),
  /** Measures this profession enters most, LOINC codes, for the quick entry. */
  measures: z.array(z.string()),
  /** Without any clinical content: for coordinators and administrators. */
  figures: z.array(z.object({ label: z.string(), value: z.number(), hint: z.string() })).nullable(),
  /** What other entries answer and this page shows, in the same answer: on a telephone each answer costs more than its words. Null: no part of this day, or to be asked for by itself. */
  beside: z.object({
    drafts: draftsReply.nullable(),
    cockpit: cockpitEntries.cockpit.reply.nullable(),
    results: resultEntries.waitingResults.reply.nullable(),
    proposals: treatmentEntries.waitingProposals.reply.nullable(),
    orders: orderEntries.waitingOrders.reply.nullable(),
    letters: letterEntries.lettersToSign.reply.nullable(),
  }),
});
