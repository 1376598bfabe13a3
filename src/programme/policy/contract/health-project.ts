/** The health project: its text and comments, its versions, the opinions and the decision of the commission. */
import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { id, instruct, paperId, reason, seen, short, trackId } from './common.ts';

export const version = z.object({
  number: z.number().int(),
  name: z.string(),
  submitted: z.boolean(),
  by: z.string(),
  at: z.string(),
});
const opinionKind = z.enum(['favourable', 'reserved', 'unfavourable']);
export const opinion = z.object({
  reviewer: z.string(),
  opinion: opinionKind,
  reason: z.string(),
  version: z.number().int(),
  at: z.string(),
  mine: z.boolean(),
});
export const decision = z.object({
  number: z.number().int(),
  outcome: z.enum(['validated', 'returned']),
  reason: z.string(),
  submission: z.number().int(),
  day: z.string(),
  paper: z.string(),
  by: z.string(),
  at: z.string(),
});
const remark = z.object({
  id: z.string(),
  section: z.string(),
  words: z.string(),
  by: z.string(),
  at: z.string(),
  mine: z.boolean(),
  resolvedBy: z.string().nullable(),
  resolvedAt: z.string().nullable(),
});
const ofVersion = trackId.extend({ number: z.coerce.number().int().min(0).max(100_000) });

export const healthProjectContract = contract({
  liveProject: {
    method: 'GET',
    path: '/api/programme/tracks/:track/text',
    may: 'signed-in',
    does: 'Yjs updates of the health project since a number',
    params: trackId,
    query: z.object({ since: z.coerce.number().int().min(0).default(0) }),
    reply: z.object({ seq: z.number().int(), updates: z.array(z.string()), open: z.boolean() }),
  },
  typeProject: {
    method: 'POST',
    path: '/api/programme/tracks/:track/text',
    may: 'signed-in',
    does: 'A Yjs update of the health project (base64); on disk when it is acknowledged',
    params: trackId,
    body: z.object({ update: z.string().min(4).max(400_000) }),
    reply: z.object({ seq: z.number().int() }),
  },
  remarks: {
    method: 'GET',
    path: '/api/programme/tracks/:track/remarks',
    may: 'signed-in',
    does: 'Comments on the sections of the health project',
    params: trackId,
    reply: z.array(remark),
  },
  addRemark: {
    method: 'POST',
    path: '/api/programme/tracks/:track/remarks',
    may: 'signed-in',
    does: 'Comments a section',
    params: trackId,
    body: z.object({ section: z.string().max(41), words: short(2000) }),
    reply: z.object({ id: z.string() }),
  },
  turnRemark: {
    method: 'POST',
    path: '/api/programme/tracks/:track/remarks/:remark/:act',
    may: 'signed-in',
    does: 'Resolves a comment or opens it again; its author takes it out or puts it back',
    params: trackId.extend({ remark: id, act: z.enum(['resolve', 'reopen', 'remove', 'restore']) }),
  },
  keepVersion: {
    method: 'POST',
    path: '/api/programme/tracks/:track/versions',
    may: 'signed-in',
    does: 'Keeps the health project as it stands under a name',
    params: trackId,
    body: z.object({ name: short(120) }),
    reply: z.object({ number: z.number().int() }),
  },
  projectVersion: {
    method: 'GET',
    path: '/api/programme/tracks/:track/versions/:number',
    may: 'signed-in',
    does: 'One version of the health project; 0: as it stands',
    params: ofVersion,
    reply: version.extend({ parts: z.array(z.object({ id: z.string(), title: z.string(), text: z.string() })) }),
  },
  versionPdf: {
    method: 'GET',
    path: '/api/programme/tracks/:track/versions/:number/pdf',
    may: 'signed-in',
    does: 'One version of the health project, PDF/A; 0: as it stands',
    params: ofVersion,
  },
  submitProject: {
    method: 'POST',
    path: '/api/programme/tracks/:track/submit',
    may: 'signed-in',
    does: 'Sends the health project to the commission; refused with all it lacks',
    params: trackId,
    body: z.object({ seen }),
    reply: z.object({ number: z.number().int() }),
  },
  withdrawProject: {
    method: 'POST',
    path: '/api/programme/tracks/:track/withdraw',
    may: 'signed-in',
    does: 'Takes the project back before the commission has said anything',
    params: trackId,
  },
  giveOpinion: {
    method: 'PUT',
    path: '/api/programme/tracks/:track/opinion',
    may: { practice: 'review-applications' },
    does: 'My opinion on the project before the commission, with its reason; `seen`: its version on screen, 0 for none',
    params: trackId,
    body: z.object({ opinion: opinionKind, reason, seen }),
  },
  decideTrack: {
    method: 'POST',
    path: '/api/programme/tracks/:track/decide',
    may: instruct,
    does: 'Validates the health project, or sends it back with reasons: letter, mail',
    params: trackId,
    body: z.object({
      outcome: z.enum(['validated', 'returned']),
      reason: z.string().trim().max(4000).default(''),
      signatory: short(120),
      role: short(120),
      /** Opinions on screen. */
      opinions: seen,
      seen,
    }),
    reply: paperId,
  },
});
