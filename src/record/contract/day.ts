import { z } from 'zod';
import { patientBrief, when } from './common.ts';
import { documentLine, resultLine } from './page.ts';

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
});
const ofPatient = { patient: patientBrief };

/** The day of one profession. A block is null when it is no part of that profession's day: the screen shows the others, in the order of `blocks`. */
export const dayReply = z.object({
  day: z.string(),
  greeting: z.string(),
  profession: z.string(),
  blocks: z.array(
    z.enum(['messages', 'appointments', 'tasks', 'teamDay', 'changes', 'meetings', 'toRead', 'recent', 'toComplete', 'measures', 'figures']),
  ),
  appointments: z.array(dayAppointment).nullable(),
  toRead: z
    .array(
      z.union([
        documentLine.extend({ ...ofPatient, what: z.literal('document') }),
        resultLine.extend({ ...ofPatient, what: z.literal('result') }),
      ]),
    )
    .nullable(),
  recent: z.array(patientBrief.extend({ seen: when })).nullable(),
  /** Identity not validated or incomplete, with what is missing. */
  toComplete: z.array(patientBrief.extend({ missing: z.array(z.string()) })).nullable(),
  /** Measures this profession enters most, LOINC codes, for the quick entry. */
  measures: z.array(z.string()),
  /** Without any clinical content: for coordinators and administrators. */
  figures: z.array(z.object({ label: z.string(), value: z.number(), hint: z.string() })).nullable(),
});
