import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import * as c from './common.ts';
import * as g from './page.ts';

const typed = z.string().trim().max(30);
const number = z.number().finite().min(-1e9).max(1e12);
const id = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/);
/** One value as it is typed or was read; the server knows the analyte by its code and checks the rest. */
export const resultValue = z.object({
  /** Code of data/panels.ts; null: kept under its own name. */
  code: z.string().max(40).nullable(),
  label: z.string().trim().max(120).default(''),
  /** A number as typed, or words. */
  value: z.union([number, z.string().trim().max(1000)]),
  comparator: z.enum(['<', '<=', '>', '>=']).nullish(),
  /** UCUM, or as the laboratory writes it. */
  unit: z.string().trim().max(30).default(''),
  low: number.nullish(),
  high: number.nullish(),
  /** The laboratory's own mark. */
  flag: z.enum(['L', 'H', 'LL', 'HH', 'A']).nullish(),
  /** Of a correction: the Observation it takes the place of. */
  observation: id.nullish(),
});
export type ResultValue = z.infer<typeof resultValue>;
export const resultsBody = z.object({
  /** Id of data/panels.ts. */
  panel: z.string().max(40).nullish(),
  title: z.string().trim().max(200).default(''),
  /** When it was taken, as typed; empty: now. */
  at: typed.nullish(),
  lab: z.string().trim().max(150).default(''),
  /** The laboratory's number: the same one again is a new version of the same report. */
  number: z.string().trim().max(60).default(''),
  specimen: z.string().trim().max(100).default(''),
  status: z.enum(['final', 'preliminary']).default('final'),
  comment: z.string().trim().max(10_000).default(''),
  /** Who must acknowledge; absent: who asked, else the treating physician, else the author. */
  reader: id.nullish(),
  /** ServiceRequests it answers: lines of a prescription. */
  requests: z.array(id).max(40).default([]),
  values: z.array(resultValue).max(200),
  /** The file or text it was read from: kept as it came, and its patient compared with this one. */
  source: z.string().max(200_000).nullish(),
  /** «C’est bien ce patient», though the source names another. */
  samePatient: z.boolean().default(false),
  /** Unlikely values, and units that are not known or not of their analyte, are refused unless confirmed. */
  confirmed: z.boolean().default(false),
  sensitive: c.sensitivity.nullish(),
});
export type ResultsBody = z.infer<typeof resultsBody>;
export const resultsCorrection = resultsBody.extend({
  version: z.number().int(),
  reason: z.string().trim().min(3, 'Dites pourquoi.').max(300),
});

/** One value of a table: as it is shown, in the row's unit. */
export const resultCell = g.measureValue.extend({
  observation: id,
  version: z.number().int(),
  /** As the laboratory gave it, when the row is in another unit. */
  given: z.string(),
  /** Worked out here, with the formula; '' when measured. */
  computed: z.string(),
  status: c.lineStatus,
  /** What stood there before it was corrected; '' when it was not. */
  before: z.string(),
});
export type ResultCell = z.infer<typeof resultCell>;
/** Who must acknowledge a report, who did, and what they decided. */
export const acknowledgement = z.object({
  waiting: z.boolean(),
  /** Who must; null: any of the team who may. */
  by: c.who.nullable(),
  done: z.array(
    z.object({ who: c.who, at: c.when, decision: z.string(), /** In whose place. */ inPlaceOf: c.who.nullable() }),
  ),
  /** I may. */
  may: z.boolean(),
});
export const resultReport = c.line.extend({
  label: z.string(),
  /** Of a laboratory, not an image. */
  biology: z.boolean(),
  lab: z.string(),
  number: z.string(),
  specimen: z.string(),
  comment: z.string(),
  /** Not all of it is there yet. */
  partial: z.boolean(),
  corrected: z.boolean(),
  reason: z.string().nullable(),
  issued: c.when.nullable(),
  flag: g.rangeFlag,
  flagLabel: z.string(),
  critical: z.boolean(),
  /** Every value within its range, and nothing else said. */
  allNormal: z.boolean(),
  acknowledgement,
  /** Text it was read from. */
  source: z.string().nullable(),
  /** Lines of a prescription that it answers. */
  requests: z.array(z.object({ id, label: z.string() })),
});
export type ResultReport = z.infer<typeof resultReport>;
export const resultsPage = z.object({
  /** Newest first: a report, or values of one day that came without one. */
  columns: z.array(z.object({ key: z.string(), at: c.when.nullable(), report: resultReport.nullable() })),
  rows: z.array(
    z.object({
      code: z.string(),
      label: z.string(),
      unit: z.string(),
      heading: z.string(),
      reference: z.string(),
      /** One a column. */
      cells: z.array(resultCell.nullable()),
    }),
  ),
  /** Last value of each analyte that is out of range, critical first. */
  attention: z.array(
    z.object({
      code: z.string(),
      label: z.string(),
      cell: resultCell,
      at: c.when.nullable(),
      direction: z.enum(['up', 'down', 'steady', 'none']),
      change: z.string(),
    }),
  ),
  /** Panels that have something here. */
  panels: z.array(z.object({ id: z.string(), label: z.string() })),
  /** There are older columns: ask with `before` = this. */
  older: z.string().nullable(),
  canAdd: z.boolean(),
  canAcknowledge: z.boolean(),
});
export type ResultsPage = z.infer<typeof resultsPage>;

/** One report with what one compares it to. */
export const resultView = resultReport.extend({
  values: z.array(
    resultCell.extend({
      /** The value before, in another report. */
      earlier: z.object({ text: z.string(), at: c.when, direction: z.enum(['up', 'down', 'steady']) }).nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      comparator: z.string().nullable(),
      ownUnit: z.string(),
    }),
  ),
});
export type ResultView = z.infer<typeof resultView>;
export const waitingLine = resultReport.extend({
  patient: c.patientBrief,
  values: z.array(g.measureValue),
  /** In whose place I am asked. */
  inPlaceOf: c.who.nullable(),
  /** Hours since it came. */
  hours: z.number().int(),
  escalated: z.boolean(),
});
export type WaitingLine = z.infer<typeof waitingLine>;
export const acknowledged = c.written.extend({
  /** Of those asked for, what was not: critical or out of range, changed meanwhile, no longer there. */
  left: z.array(z.object({ id, why: z.string() })),
});

const at = '/api/patients/:patient/results';
const decision = z.string().trim().max(2000).default('');
export const resultEntries = contract({
  results: {
    method: 'GET',
    path: at,
    may: { read: 'results' },
    does: 'Laboratory results of a patient, analytes by dates, with their flags and who must acknowledge.',
    params: c.patientParams,
    query: z.object({ before: z.string().max(80).optional() }),
    reply: resultsPage,
  },
  result: {
    method: 'GET',
    path: `${at}/:id`,
    may: { read: 'results' },
    does: 'One laboratory report, each value with the one before.',
    params: c.itemParams,
    reply: resultView,
  },
  addResults: {
    method: 'POST',
    path: at,
    may: { write: 'results' },
    does: 'Write down a laboratory report: typed, pasted, or read from a laboratory’s file.',
    params: c.patientParams,
    body: resultsBody,
    reply: c.written,
  },
  correctResults: {
    method: 'PUT',
    path: `${at}/:id`,
    may: { write: 'results' },
    does: 'Correct or complete a laboratory report; it must be acknowledged again.',
    params: c.itemParams,
    body: resultsCorrection,
    reply: c.written,
  },
  acknowledgeResult: {
    method: 'POST',
    path: `${at}/:id/acknowledge`,
    may: { practice: 'acknowledge-results' },
    does: 'Acknowledge a result in one’s own name, with what was decided; a critical one needs words.',
    params: c.itemParams,
    body: z.object({ version: z.number().int(), decision }),
    reply: c.written,
  },
  waitingResults: {
    method: 'GET',
    path: '/api/results/waiting',
    may: 'signed-in',
    does: 'Results that wait for my acknowledgement, critical ones first, those of people I stand in for too.',
    reply: z.object({ lines: z.array(waitingLine), more: z.boolean(), canAcknowledge: z.boolean() }),
  },
  acknowledgeNormal: {
    method: 'POST',
    path: '/api/results/acknowledge',
    may: { practice: 'acknowledge-results' },
    does: 'Acknowledge several results at once: only those in which every value is within its range.',
    body: z.object({
      results: z
        .array(z.object({ patient: id, id, version: z.number().int() }))
        .min(1)
        .max(100),
    }),
    reply: acknowledged,
  },
});
