import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { edition } from '../calls/contract.ts';

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
export const editionId = z.string().regex(/^[a-z0-9-]{1,60}$/, 'inconnu');
export const applicationId = z.object({ application: id });
export const fact = z.union([z.string().max(6000), z.number(), z.boolean(), z.null()]);
export const answerValue = z.union([
  fact,
  z.array(z.string().max(100)).max(50),
  z.record(z.string().max(60), z.number()),
]);
export const answer = z.object({ value: answerValue, version: z.number().int(), by: z.string(), at: z.string() });

export const ruleLine = z.object({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  answer: z.enum(['yes', 'no', 'unknown']),
  fails: z.string(),
  mend: z.string(),
  documents: z.array(z.string()),
  facts: z.array(z.object({ id: z.string(), label: z.string(), value: fact })),
});
export type AnswerValue = z.infer<typeof answerValue>;
export const verdict = z.enum(['eligible', 'not-eligible', 'unknown']);
export const eligibilityShape = z.object({ verdict, results: z.array(ruleLine) });
export const documentLine = z.object({
  id: z.string(),
  document: z.string(),
  name: z.string(),
  size: z.number().int(),
  by: z.string(),
  at: z.string(),
});
export const submissionLine = z.object({
  number: z.number().int(),
  receipt: z.string(),
  version: z.number().int(),
  by: z.string(),
  at: z.string(),
  withdrawnAt: z.string().nullable(),
});
export const outcome = z.enum(['chosen', 'waiting', 'refused']);
/** What the team is told of the decision, once it is notified. */
export const told = z.object({
  outcome,
  rank: z.number().int().nullable(),
  waiting: z.number().int().nullable(),
  words: z.array(z.string()),
  at: z.string(),
  letter: z.string().nullable(),
  /** The team gave up its place. */
  renouncedAt: z.string().nullable(),
});

export const applicationReply = z.object({
  id: z.string(),
  state: z.enum(['draft', 'submitted', 'withdrawn']),
  practice: z.string(),
  edition,
  version: z.number().int(),
  /** Instant of the deadline; whether it is still time. */
  deadline: z.string(),
  open: z.boolean(),
  answers: z.record(z.string(), answer),
  documents: z.array(documentLine),
  missing: z.object({
    fields: z.array(z.object({ id: z.string(), label: z.string(), section: z.string() })),
    documents: z.array(z.object({ id: z.string(), label: z.string() })),
    share: z.number(),
  }),
  eligibility: eligibilityShape,
  members: z.array(z.object({ practitioner: z.string(), name: z.string() })),
  submissions: z.array(submissionLine),
  may: z.object({ edit: z.boolean(), manage: z.boolean() }),
  told: told.nullable(),
});
const field = applicationId.extend({ field: z.string().max(61) });
const documentOf = applicationId.extend({ document: id });
const mineLine = z.object({
  edition: z.string(),
  title: z.string(),
  year: z.number().int(),
  publisher: z.string(),
  deadline: z.string(),
  open: z.boolean(),
  placesWords: z.string(),
  application: z
    .object({
      id: z.string(),
      state: z.enum(['draft', 'submitted', 'withdrawn']),
      share: z.number(),
      receipt: z.string().nullable(),
      submittedAt: z.string().nullable(),
      told: told.nullable(),
    })
    .nullable(),
});

/** The team's own file. `signed-in`: the handler looks at the file with the caller's Viewer, which knows its managers and its members. */
export const applicationsContract = contract({
  mine: {
    method: 'GET',
    path: '/api/programme/mine',
    may: 'signed-in',
    does: 'The calls of my region and my team’s file in each',
    reply: z.object({ region: z.string(), manages: z.boolean(), calls: z.array(mineLine) }),
  },
  openApplication: {
    method: 'POST',
    path: '/api/programme/applications',
    may: { practice: 'apply' },
    does: 'Opens the team’s file in a call, or finds it',
    body: z.object({ edition: editionId }),
    reply: z.object({ id: z.string(), created: z.boolean() }),
  },
  application: {
    method: 'GET',
    path: '/api/programme/applications/:application',
    may: 'signed-in',
    does: 'The team’s own file, whole',
    params: applicationId,
    reply: applicationReply,
  },
  answerField: {
    method: 'PUT',
    path: '/api/programme/applications/:application/answers/:field',
    may: 'signed-in',
    does: 'Saves one field; `seen`: the version that was on screen, 0 for an empty field',
    params: field,
    body: z.object({ value: answerValue, seen: z.number().int().min(0) }),
    reply: answer,
  },
  addDocument: {
    method: 'POST',
    path: '/api/programme/applications/:application/documents',
    may: 'signed-in',
    does: 'Attaches a PDF (multipart: `document`, then `file`; 10 MB)',
    params: applicationId,
    reply: documentLine,
  },
  document: {
    method: 'GET',
    path: '/api/programme/applications/:application/documents/:document',
    may: 'signed-in',
    does: 'An attached PDF',
    params: documentOf,
  },
  removeDocument: {
    method: 'POST',
    path: '/api/programme/applications/:application/documents/:document/remove',
    may: 'signed-in',
    does: 'Takes an attachment out of the draft',
    params: documentOf,
  },
  restoreDocument: {
    method: 'POST',
    path: '/api/programme/applications/:application/documents/:document/restore',
    may: 'signed-in',
    does: 'Puts an attachment back',
    params: documentOf,
  },
  setMembers: {
    method: 'PUT',
    path: '/api/programme/applications/:application/members',
    may: { practice: 'apply' },
    does: 'Who of the practice works on the file',
    params: applicationId,
    body: z.object({ practitioners: z.array(z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/)).max(60) }),
  },
  people: {
    method: 'GET',
    path: '/api/programme/people',
    may: { practice: 'apply' },
    does: 'Who of the practice may be given a part in its file',
    reply: z.array(z.object({ practitioner: z.string(), name: z.string(), profession: z.string() })),
  },
  submit: {
    method: 'POST',
    path: '/api/programme/applications/:application/submit',
    may: { practice: 'apply' },
    does: 'Submits: refused with every reason when late, incomplete or ineligible',
    params: applicationId,
    reply: submissionLine,
  },
  withdraw: {
    method: 'POST',
    path: '/api/programme/applications/:application/withdraw',
    may: { practice: 'apply' },
    does: 'Takes the submission back; what was typed stays',
    params: applicationId,
  },
  receipt: {
    method: 'GET',
    path: '/api/programme/applications/:application/receipts/:number',
    may: 'signed-in',
    does: 'The receipt of a submission, PDF',
    params: applicationId.extend({ number: z.coerce.number().int().min(1).max(10_000) }),
  },
});
