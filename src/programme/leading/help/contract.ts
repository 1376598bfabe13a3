import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { freeText } from '../../contract/patient-words.ts';

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
const practitioner = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/, 'inconnu');
export const urgencyIds = ['blocking', 'hindering', 'minor'] as const;
const urgency = z.enum(urgencyIds, 'à choisir');
const kind = z.enum(['fault', 'question'], 'à choisir');
const helpState = z.enum(['open', 'solved', 'closed']);
const hour = z.number().int().min(0).max(24);
/** Opening hours of help, and how many of them a first answer may take. */
export const targetsShape = z.object({
  opens: hour,
  closes: hour,
  urgencies: z
    .array(z.object({ id: urgency, label: z.string(), words: z.string(), hours: z.number().int().positive() }))
    .length(urgencyIds.length),
});
export const helpLine = z.object({
  id: z.string(),
  reference: z.string(),
  practice: z.string(),
  team: z.string(),
  kind,
  urgency,
  title: z.string(),
  state: helpState,
  asked: z.object({ practitioner: z.string(), name: z.string() }).nullable(),
  by: z.string(),
  mine: z.boolean(),
  at: z.string(),
  dueAt: z.string(),
  answeredAt: z.string().nullable(),
  late: z.boolean(),
  solvedAt: z.string().nullable(),
  mark: z.number().int().nullable(),
  markWords: z.string(),
  version: z.number().int(),
  changedAt: z.string(),
  lines: z.number().int(),
});
const line = z.object({
  number: z.number().int(),
  kind: z.enum(['words', 'handed', 'state', 'file']),
  side: z.enum(['practice', 'region']),
  words: z.string(),
  file: z.string().nullable(),
  by: z.string(),
  mine: z.boolean(),
  at: z.string(),
});
const helpMay = z.object({ write: z.boolean(), hand: z.boolean(), settle: z.boolean(), mark: z.boolean() });
const ofRequest = z.object({ request: id });
const seen = z.number().int().min(0);
const words = freeText(4000, 1);

export const helpContract = contract({
  helpRequests: {
    method: 'GET',
    path: '/api/programme/help',
    may: 'signed-in',
    does: 'Requests for help: those of my practice, or those that I answer',
    query: z.object({ state: z.enum(['open', 'ended']).optional() }),
    reply: z.object({
      as: z.string(),
      requests: z.array(helpLine),
      targets: targetsShape,
      figures: z.object({
        open: z.number().int(),
        late: z.number().int(),
        answered: z.number().int(),
        inTime: z.number().int(),
        mark: z.number().nullable(),
        marks: z.number().int(),
      }),
      asks: z.boolean(),
      now: z.string(),
    }),
  },
  helpRequest: {
    method: 'GET',
    path: '/api/programme/help/:request',
    may: 'signed-in',
    does: 'One request with its history',
    params: ofRequest,
    reply: helpLine.extend({
      history: z.array(line),
      may: helpMay,
      /** To whom it can be handed. */
      people: z.array(z.object({ practitioner: z.string(), name: z.string(), part: z.string() })),
    }),
  },
  askHelp: {
    method: 'POST',
    path: '/api/programme/help',
    may: 'signed-in',
    does: 'Asks for help: a fault or a question, as anyone of a practice',
    body: z.object({ kind, urgency, title: freeText(160, 3), words }),
    reply: z.object({ id: z.string(), reference: z.string() }),
  },
  writeHelp: {
    method: 'POST',
    path: '/api/programme/help/:request/words',
    may: 'signed-in',
    does: 'Answers, or adds words to a request',
    params: ofRequest,
    body: z.object({ words, solved: z.boolean().default(false), seen }),
  },
  handHelp: {
    method: 'POST',
    path: '/api/programme/help/:request/hand',
    may: 'signed-in',
    does: 'Hands a request to a vendor, a partner or a consultant, or takes it back',
    params: ofRequest,
    body: z.object({ practitioner: practitioner.nullable(), words: freeText(1000).default(''), seen }),
  },
  settleHelp: {
    method: 'POST',
    path: '/api/programme/help/:request/state',
    may: 'signed-in',
    does: 'Solved, closed by the team, open again',
    params: ofRequest,
    body: z.object({ state: helpState, seen }),
  },
  markHelp: {
    method: 'POST',
    path: '/api/programme/help/:request/mark',
    may: 'signed-in',
    does: 'How the team was served, from 1 to 5',
    params: ofRequest,
    body: z.object({ mark: z.number().int().min(1).max(5), words: freeText(1000).default(''), seen }),
  },
  addHelpFile: {
    method: 'POST',
    path: '/api/programme/help/:request/files',
    may: 'signed-in',
    does: 'Adds a PDF to a request (multipart: `file`; 10 MB)',
    params: ofRequest,
  },
  helpFile: {
    method: 'GET',
    path: '/api/programme/help/:request/files/:file',
    may: 'signed-in',
    does: 'A file of a request, PDF',
    params: ofRequest.extend({ file: id }),
  },
});
