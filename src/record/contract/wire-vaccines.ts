import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { type Situation, situations } from '../data/vaccines.ts';
import * as c from './common.ts';
import { vaccineDue, vaccineLine } from './page.ts';

const situationCode = z.enum(Object.keys(situations) as [Situation, ...Situation[]]);
export const situationLine = z.object({
  situation: situationCode,
  label: z.string(),
  /** What the team said: an entry of the record. Null: read in the problems. */
  entry: z
    .object({ id: z.string(), version: z.number().int(), who: c.who.nullable(), at: c.when, canEdit: z.boolean() })
    .nullable(),
  /** «terme le 12/03/2027, 24 SA»; the problem it is read in. */
  detail: z.string(),
});
export const bookDose = z.object({
  id: z.string(),
  at: c.when,
  atLabel: z.string(),
  /** «4 mois», «45 ans». */
  age: z.string(),
  /** Months, for the chart. */
  months: z.number(),
  label: z.string(),
  lot: z.string().nullable(),
  outcome: z.enum(['given', 'refused', 'contraindicated', 'not-done']),
  /** Given too young or too close to the one before. */
  tooSoon: z.boolean(),
});
export const vaccineBook = z.object({
  patient: c.patientBrief,
  calendar: z.object({
    year: z.number().int(),
    title: z.string(),
    source: z.string(),
    notComputed: z.string(),
    /** That a later edition was not read. */
    caution: z.string(),
  }),
  /** A disease a row: those that matter for this person, in the order of the calendar. */
  diseases: z.array(
    z.object({ target: z.string(), label: z.string(), doses: z.array(bookDose), next: vaccineDue.nullable() }),
  ),
  due: z.array(vaccineDue),
  /** Particular recommendations whose condition the record fulfils: said apart, worked out by nobody. */
  particular: z.array(
    z.object({ id: z.string(), label: z.string(), words: z.string(), because: z.string(), source: z.string() }),
  ),
  /** What can be given the same day, in words. */
  together: z.array(z.string()),
  lines: z.array(vaccineLine),
  situations: z.array(situationLine),
  /** Kinds that I do not see here and that may hold a situation: said without saying whether anything is there. */
  closed: z.string(),
  canAdd: z.boolean(),
});
export type VaccineBook = z.infer<typeof vaccineBook>;
export type BookDose = z.infer<typeof bookDose>;

const typed = z.string().trim().max(30);
export const situationBody = z.object({
  situation: situationCode,
  /** Expected date of birth at 41 weeks of amenorrhoea. */
  term: typed.nullish(),
  until: typed.nullish(),
  sensitive: c.sensitivity.nullish(),
  version: z.number().int().optional(),
  reason: z.string().trim().max(300).nullish(),
});
export const vaccinesToDo = z.object({
  calendar: z.string(),
  patients: z.array(z.object({ patient: c.patientBrief, due: z.array(vaccineDue) })),
  /** Patients of mine that were looked at; not all when there are more than can be. */
  looked: z.number().int(),
  complete: z.boolean(),
});
export type VaccinesToDo = z.infer<typeof vaccinesToDo>;

const at = '/api/patients/:patient';
export const vaccineEntries = contract({
  vaccineBook: {
    method: 'GET',
    path: `${at}/vaccine-book`,
    may: { read: 'vaccines' },
    does: 'The vaccines of a patient: given by disease and age, due, late, to come, by the French calendar.',
    params: c.patientParams,
    reply: vaccineBook,
  },
  printVaccineBook: {
    method: 'GET',
    path: `${at}/vaccine-book/pdf`,
    may: { read: 'vaccines' },
    does: 'The vaccines of a patient as A4 pages.',
    params: c.patientParams,
  },
  addSituation: {
    method: 'POST',
    path: `${at}/vaccine-situations`,
    may: { write: 'vaccines' },
    does: 'Says what makes more vaccines due: a pregnancy, a work, an infant at home.',
    params: c.patientParams,
    body: situationBody,
    reply: c.written,
  },
  correctSituation: {
    method: 'PUT',
    path: `${at}/vaccine-situations/:id`,
    may: { write: 'vaccines' },
    does: 'Corrects or ends such a situation; the version before stays.',
    params: c.itemParams,
    body: situationBody,
    reply: c.written,
  },
  vaccinesToDo: {
    method: 'GET',
    path: '/api/vaccines-to-do',
    may: { read: 'vaccines' },
    does: 'Which of my patients have vaccines to be given.',
    query: z.object({ only: z.enum(['late', 'all']).default('all') }),
    reply: vaccinesToDo,
  },
});
