import type { Questionnaire } from '@medplum/fhirtypes';
import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import type { Answered } from './sections/form.ts';
import * as c from './common.ts';

const code = z.string().min(1).max(120);
const coding = z.object({ system: z.string().max(300).optional(), code, display: z.string().max(500).optional() });
const answer = z.object({
  valueBoolean: z.boolean().optional(),
  valueDecimal: z.number().optional(),
  valueInteger: z.number().int().optional(),
  valueDate: z.string().max(10).optional(),
  valueString: z.string().max(10_000).optional(),
  valueCoding: coding.optional(),
  valueQuantity: z
    .object({
      value: z.number(),
      unit: z.string().max(40).optional(),
      system: z.string().max(200).optional(),
      code: z.string().max(40).optional(),
    })
    .optional(),
  valueAttachment: z
    .object({
      url: z.string().max(120),
      title: z.string().max(200).optional(),
      contentType: z.string().max(100).optional(),
    })
    .optional(),
});
interface Given {
  linkId: string;
  text?: string | undefined;
  answer?: z.infer<typeof answer>[] | undefined;
  item?: Given[] | undefined;
}
const level = (depth: number): z.ZodType<Given, Given> =>
  z.object({
    linkId: code,
    text: z.string().max(2000).optional(),
    answer: z.array(answer).max(100).optional(),
    item:
      depth > 0
        ? z
            .array(level(depth - 1))
            .max(300)
            .optional()
        : z.undefined().optional(),
  });
/** Answers as FHIR says them, six levels deep. */
export const answeredItems = z.array(level(6)).max(300);
/** A FHIR Questionnaire; looked at by the store and by `problemsOf` (sections/check.rules.ts). */
const questionnaire = z.custom<Questionnaire>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    (value as { resourceType?: unknown }).resourceType === 'Questionnaire',
  'Un questionnaire FHIR est attendu.',
);
const items = z.custom<Answered[]>();

export const sectionStatus = z.enum(['draft', 'active', 'retired']);
export const sectionLine = z.object({
  id: z.string(),
  edition: z.string(),
  version: z.number().int(),
  title: z.string(),
  description: z.string(),
  theme: z.string(),
  themeLabel: z.string(),
  professions: z.array(z.string()),
  status: sectionStatus,
  sensitive: c.sensitivity.nullable(),
  source: z.string(),
  /** Filled by my profession. */
  mine: z.boolean(),
  /** Comes with the product and was not changed here. */
  shipped: z.boolean(),
  /** A newer edition comes with the product. */
  newer: z.boolean(),
  /** The draft that changes it; what this draft changes. */
  draft: z.string().nullable(),
  draftOf: z.string().nullable(),
});
export type SectionLine = z.infer<typeof sectionLine>;
const flaw = z.object({ where: z.string(), words: z.string(), severity: z.enum(['error', 'warning']) });
const sectionDetail = sectionLine.extend({ form: questionnaire, problems: z.array(flaw), writes: z.boolean() });
const sectionParams = z.object({ section: c.itemParams.shape.id });
const version = z.number().int().min(1);
const write = { practice: 'write-sections' } as const;

const scoreLine = z.object({
  linkId: z.string(),
  /** Of a part that repeats: which repetition, numbered from 1 («2», «2.1»), and its name; '' outside of any. */
  row: z.string(),
  name: z.string(),
  label: z.string(),
  value: z.number(),
  words: z.string().nullable(),
  tone: z.string().nullable(),
});
export const sectionAnswers = z.object({
  form: questionnaire,
  edition: z.string(),
  title: z.string(),
  items,
  line: c.line,
  scores: z.array(scoreLine),
  sensitive: c.sensitivity.nullable(),
  encounter: z.string().nullable(),
});
const startReply = z.object({
  section: sectionLine,
  form: questionnaire,
  items,
  /** Where an answer that is there already comes from, by linkId. */
  from: z.record(z.string(), z.object({ words: z.string(), at: z.string() })),
  /** The newest one that was signed. */
  before: z.object({ id: z.string(), at: z.string(), by: z.string(), items }).nullable(),
  /** Scores over time, oldest first; `name`: of the repetition that is followed, '' outside of any. */
  history: z.array(
    z.object({
      linkId: z.string(),
      name: z.string(),
      label: z.string(),
      points: z.array(z.object({ at: z.string(), value: z.number(), id: z.string() })),
    }),
  ),
  about: z.object({ age: z.number().nullable(), gender: z.string().nullable() }),
});
export const sectionBody = z.object({
  section: z.string().max(64),
  edition: z.string().max(20),
  items: answeredItems,
  /** A draft is seen as unsigned; sign it later with draft: false. */
  draft: z.boolean().default(false),
  at: z.string().max(40).nullish(),
  sensitive: c.sensitivity.nullish(),
  encounter: z.string().max(64).nullish(),
  version: version.optional(),
  reason: z.string().trim().max(500).nullish(),
});

const at = '/api/patients/:patient/sections';
export const sectionEntries = contract({
  sections: {
    method: 'GET',
    path: '/api/sections',
    may: 'signed-in',
    does: 'The sections of the practice, those of my profession first; drafts and withdrawn ones for those who write them.',
    reply: z.object({ sections: z.array(sectionLine), writes: z.boolean() }),
  },
  section: {
    method: 'GET',
    path: '/api/sections/:section',
    may: 'signed-in',
    does: 'One section, as a FHIR Questionnaire, with what keeps it from being put in use.',
    params: sectionParams,
    reply: sectionDetail,
  },
  beginSection: {
    method: 'POST',
    path: '/api/sections',
    may: write,
    does: 'Begins a section: blank, a copy, or a FHIR Questionnaire brought along.',
    body: z.object({
      from: z.string().max(64).optional(),
      form: questionnaire.optional(),
      title: z.string().trim().min(1).max(200).optional(),
    }),
    reply: sectionDetail,
  },
  changeSection: {
    method: 'PUT',
    path: '/api/sections/:section',
    may: write,
    does: 'Changes a draft; of one in use, makes a draft beside it.',
    params: sectionParams,
    body: z.object({ version, form: questionnaire }),
    reply: sectionDetail,
  },
  publishSection: {
    method: 'POST',
    path: '/api/sections/:section/publish',
    may: write,
    does: 'Puts a draft in use as a new edition; answers keep the edition they were given to.',
    params: sectionParams,
    body: z.object({ version }),
    reply: sectionDetail,
  },
  retireSection: {
    method: 'POST',
    path: '/api/sections/:section/retire',
    may: write,
    does: 'Takes a section out of use, or puts it back.',
    params: sectionParams,
    body: z.object({ version, back: z.boolean() }),
    reply: sectionDetail,
  },
  dropSection: {
    method: 'POST',
    path: '/api/sections/:section/drop',
    may: write,
    does: 'Throws a draft away.',
    params: sectionParams,
    body: z.object({ version }),
  },
  startSection: {
    method: 'GET',
    path: `${at}/start/:id`,
    may: 'signed-in',
    does: 'A section to fill for this patient: what the record already says is in it.',
    params: c.itemParams,
    reply: startReply,
  },
  addSection: {
    method: 'POST',
    path: at,
    may: 'signed-in',
    does: 'Keeps the answers to a section; signed, its measures and problems enter the record.',
    params: c.patientParams,
    body: sectionBody,
    reply: c.written,
  },
  readSection: {
    method: 'GET',
    path: `${at}/:id`,
    may: 'signed-in',
    does: 'The answers to a section with its form, of the edition they were given to.',
    params: c.itemParams,
    reply: sectionAnswers,
  },
  correctSection: {
    method: 'PUT',
    path: `${at}/:id`,
    may: 'signed-in',
    does: 'Corrects or signs the answers; what came from them follows.',
    params: c.itemParams,
    body: sectionBody,
    reply: c.written,
  },
  printSection: {
    method: 'GET',
    path: `${at}/:id/pdf`,
    may: 'signed-in',
    does: 'The answers as an A4 page, PDF/A.',
    params: c.itemParams,
  },
});
