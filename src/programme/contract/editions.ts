import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { editionId, eligibilityShape, fact } from '../applications/contract.ts';
import { edition } from '../calls/contract.ts';

const ofEdition = z.object({ edition: editionId });
const write = { practice: 'write-calls' } as const;
const flaw = z.object({ where: z.string(), words: z.string() });
const seen = z.number().int().min(0);
export const checkReply = z.object({
  flaws: z.array(flaw),
  cases: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      eligibility: eligibilityShape,
      points: z.array(z.object({ title: z.string(), points: z.number().int(), words: z.array(z.string()) })),
      missing: z.number().int(),
      rank: z.number().int().nullable(),
      place: z.enum(['chosen', 'tie', 'waiting']).nullable(),
    }),
  ),
});
/** An officer writes a call: begins it, as a copy of one or from nothing, changes the draft, tries it on files, publishes a version. */
export const editionsContract = contract({
  beginCall: {
    method: 'POST',
    path: '/api/programme/editions',
    may: write,
    does: 'Begins a call as a draft: a copy of one, or a small frame of its own when `from` is null',
    body: z.object({
      from: editionId.nullable(),
      year: z.number('une année').int('une année').min(2000, 'une année').max(2100, 'une année'),
      title: z.string('à renseigner').trim().min(3, 'à renseigner').max(200, '200 caractères au plus'),
    }),
    reply: z.object({ id: z.string() }),
  },
  saveCallDraft: {
    method: 'PUT',
    path: '/api/programme/editions/:edition/draft',
    may: write,
    does: 'Saves the draft; `seen`: its version on screen',
    params: ofEdition,
    body: z.object({ seen, edition }),
    reply: z.object({ version: z.number().int(), flaws: z.array(flaw) }),
  },
  discardCallDraft: {
    method: 'POST',
    path: '/api/programme/editions/:edition/draft/discard',
    may: write,
    does: 'Leaves the draft of a call: the version that is public stays, a call that never was goes',
    params: ofEdition,
    body: z.object({ seen }),
  },
  checkCall: {
    method: 'POST',
    path: '/api/programme/editions/:edition/check',
    may: write,
    does: 'What a call, as it is being written, would answer: to typed cases and to applications already submitted. Nothing is kept',
    params: ofEdition,
    body: z.object({
      edition,
      cases: z
        .array(
          z.object({ id: z.string().max(60), title: z.string().max(200), facts: z.record(z.string().max(80), fact) }),
        )
        .max(30)
        .default([]),
      applications: z.array(z.string().max(64)).max(100).default([]),
    }),
    reply: checkReply,
  },
  publishCall: {
    method: 'POST',
    path: '/api/programme/editions/:edition/publish',
    may: write,
    does: 'Publishes the draft as the next version, which never changes',
    params: ofEdition,
    body: z.object({ seen, reason: z.string().trim().max(2000).default('') }),
    reply: z.object({ version: z.number().int() }),
  },
});
