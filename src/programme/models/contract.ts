import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { modelKind, modelLines } from '../contract/models.ts';
import { reminderDays } from '../contract/reminders.ts';
import { projectId, typed } from '../projects/contract.ts';

const trackId = z.object({ track: z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu') });
const seen = z.number().int().min(0);
const version = z.number().int();
/** Id of a call; empty: the whole region. */
const call = z
  .string()
  .regex(/^[a-z0-9-]{0,60}$/, 'inconnu')
  .default('');
const ofKind = z.object({ kind: modelKind });
const ofProject = projectId.extend({ kind: z.enum(['sheet', 'clauses']) });
const ofCall = z.object({ call, version: z.coerce.number().int().min(0).optional() });
const write = { practice: 'write-calls' } as const;
const lines = modelLines;
const took = { by: z.string(), at: z.string().nullable() };

/** What a project or a track holds of a model, and the edition it is offered. */
export const heldReply = z.object({
  kind: modelKind,
  /** Of the edition that it began with, or follows; 0: as it comes with the product. */
  version,
  lines,
  adjusted: z.boolean(),
  /** Filled or changed: it follows no later edition by itself. */
  begun: z.boolean(),
  /** Ids of lines that hold something of the project. */
  filled: z.array(z.string()),
  seen,
  ...took,
  /** The edition in force, where it is another; `declined`: left aside before. */
  offer: z.object({ call, version, words: z.string(), lines, declined: z.boolean(), ...took }).nullable(),
  may: z.object({ adjust: z.boolean() }),
});
export type HeldModel = z.infer<typeof heldReply>;
const adjusted = z.object({ seen, lines });
const answered = z.object({ seen, call, version, take: z.boolean() });
const atVersion = z.object({ version });

/** Models of a region and what projects hold of them. `signed-in`: the handler looks at who asks, and at the project (projects/reach.ts) or the track (policy/reach.ts). */
export const modelsContract = contract({
  models: {
    method: 'GET',
    path: '/api/programme/models',
    may: 'signed-in',
    does: 'The models of my region, or of one of its calls, and the days of its reminders',
    query: z.object({ call }),
    reply: z.object({
      call,
      calls: z.array(z.object({ id: z.string(), title: z.string() })),
      writes: z.boolean(),
      models: z.array(
        z.object({
          kind: modelKind,
          version,
          count: z.number().int(),
          draft: z.boolean(),
          /** Written for this call, or for the region where none is asked; else the one above it. */
          own: z.boolean(),
          /** Under way with an earlier edition. */
          behind: z.number().int(),
          ...took,
        }),
      ),
      reminders: z.object({
        questionnaire: z.array(z.number().int()),
        poll: z.array(z.number().int()),
        own: z.boolean(),
        version,
        ...took,
      }),
    }),
  },
  planRegionReminders: {
    method: 'PUT',
    path: '/api/programme/models/reminders',
    may: write,
    does: 'How many days before the last one reminders leave by themselves, for what opens from now on; none: off. `seen`: version on screen',
    body: z.object({ call, seen, questionnaire: reminderDays, poll: reminderDays }),
    reply: atVersion,
  },
  model: {
    method: 'GET',
    path: '/api/programme/models/:kind',
    may: 'signed-in',
    does: 'A model of my region, whole, of one edition; with the draft for the officer',
    params: ofKind,
    query: ofCall,
    reply: z.object({
      kind: modelKind,
      call,
      callTitle: z.string(),
      version,
      published: version,
      own: z.boolean(),
      lines,
      versions: z.array(z.object({ version, words: z.string(), by: z.string(), at: z.string() })),
      draft: z.object({ lines: z.array(modelLines.element), ...took }).nullable(),
      draftVersion: version,
      writes: z.boolean(),
    }),
  },
  saveModelDraft: {
    method: 'PUT',
    path: '/api/programme/models/:kind/draft',
    may: write,
    does: 'Saves the draft of the next edition; `seen`: its version on screen',
    params: ofKind,
    body: z.object({
      call,
      seen,
      lines: z.array(modelLines.element.extend({ title: typed(160) })).max(60, '60 lignes au plus'),
    }),
    reply: atVersion,
  },
  discardModelDraft: {
    method: 'POST',
    path: '/api/programme/models/:kind/draft/discard',
    may: write,
    does: 'Leaves the draft',
    params: ofKind,
    body: z.object({ call, seen }),
  },
  publishModel: {
    method: 'POST',
    path: '/api/programme/models/:kind/publish',
    may: write,
    does: 'Publishes the draft as the next edition, which never changes: projects that have not begun follow it, the others are offered it',
    params: ofKind,
    body: z.object({ call, seen, words: typed(600).default('') }),
    reply: atVersion,
  },
  modelPdf: {
    method: 'GET',
    path: '/api/programme/models/:kind/pdf',
    may: 'signed-in',
    does: 'An edition of a model to print, PDF/A',
    params: ofKind,
    query: ofCall,
  },

  projectModel: {
    method: 'GET',
    path: '/api/programme/projects/:project/models/:kind',
    may: 'signed-in',
    does: 'The sheet or the clauses that this project works with, and the edition it is offered',
    params: ofProject,
    reply: heldReply,
  },
  adjustProjectModel: {
    method: 'PUT',
    path: '/api/programme/projects/:project/models/:kind',
    may: { practice: 'support-projects' },
    does: 'Changes the sheet or the clauses for this project alone; what is filled stays. `seen`: version on screen',
    params: ofProject,
    body: adjusted,
    reply: atVersion,
  },
  answerProjectModel: {
    method: 'POST',
    path: '/api/programme/projects/:project/models/:kind/offer',
    may: { practice: 'support-projects' },
    does: 'Takes the edition that is offered, or keeps the one of the project',
    params: ofProject,
    body: answered,
    reply: atVersion,
  },
  projectModelPdf: {
    method: 'GET',
    path: '/api/programme/projects/:project/models/:kind/pdf',
    may: 'signed-in',
    does: 'The sheet or the clauses of this project to print and fill by hand, PDF/A',
    params: ofProject,
  },
  trackOutline: {
    method: 'GET',
    path: '/api/programme/tracks/:track/outline',
    may: 'signed-in',
    does: 'The outline that the health project of this track follows, and the edition it is offered',
    params: trackId,
    reply: heldReply,
  },
  adjustTrackOutline: {
    method: 'PUT',
    path: '/api/programme/tracks/:track/outline',
    may: 'signed-in',
    does: 'Changes the outline for this track alone, as ARS or its consultant; parts that are written stay',
    params: trackId,
    body: adjusted,
    reply: atVersion,
  },
  answerTrackOutline: {
    method: 'POST',
    path: '/api/programme/tracks/:track/outline/offer',
    may: 'signed-in',
    does: 'Takes the edition that is offered, or keeps the one of the track',
    params: trackId,
    body: answered,
    reply: atVersion,
  },
  trackOutlinePdf: {
    method: 'GET',
    path: '/api/programme/tracks/:track/outline/pdf',
    may: 'signed-in',
    does: 'The outline of this track to print, PDF/A',
    params: trackId,
  },
});
