import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { isoDay, paperLine, projectId } from '../../projects/contract.ts';
import { freeText } from '../../contract/patient-words.ts';

/** Phases of deployment and use, in their order (REC-6). */
export const phaseIds = ['individual', 'multi', 'steering', 'management'] as const;
const phase = z.enum(phaseIds);
const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
const profession = z.string().regex(/^[a-z-]{2,40}$/, 'à choisir dans la liste');
const seen = z.number().int().min(0);
const itemBody = z.object({
  kind: z.enum(['module', 'set-up', 'take-over']),
  phase,
  title: freeText(200, 1),
  aim: freeText(600).default(''),
  /** Empty: for all. */
  professions: z.array(profession).max(30).default([]),
  owner: freeText(120).default(''),
  minutes: z.number().int().min(5, 'au moins 5 minutes').max(2400).nullable().default(null),
  from: isoDay,
  to: isoDay,
});
export const planItemLine = itemBody.extend({
  kind: z.enum(['phase', 'module', 'set-up', 'take-over']),
  id: z.string(),
  doneOn: z.string().nullable(),
  state: z.enum(['done', 'late', 'current', 'to-come']),
  lateDays: z.number().int(),
  version: z.number().int(),
});
const attendee = z.object({
  name: freeText(120, 1),
  profession,
  /** null: not said yet. */
  present: z.boolean().nullable().default(null),
});
const sessionBody = z.object({
  module: id,
  day: isoDay,
  minutes: z.number().int().min(5, 'au moins 5 minutes').max(1440),
  place: freeText(160).default(''),
  trainer: freeText(120).default(''),
  people: z.array(attendee).max(100).default([]),
});
const sessionState = z.enum(['planned', 'held', 'cancelled']);
const item = projectId.extend({ item: id });
export const heatCell = z.object({
  module: z.string(),
  profession: z.string(),
  trained: z.number().int(),
  expected: z.number().int().nullable(),
  planned: z.boolean(),
  state: z.enum(['not-concerned', 'none', 'planned', 'begun', 'done']),
});

export const planContract = contract({
  deployment: {
    method: 'GET',
    path: '/api/programme/projects/:project/deployment',
    may: 'signed-in',
    does: 'The deployment plan: phases, training, take-over, set-up, progress by profession',
    params: projectId,
    reply: z.object({
      started: z.boolean(),
      /** Planned dates of the step. */
      step: z.object({ from: z.string(), to: z.string() }),
      items: z.array(planItemLine),
      sessions: z.array(
        sessionBody.extend({
          id: z.string(),
          title: z.string(),
          state: sessionState,
          late: z.boolean(),
          version: z.number().int(),
        }),
      ),
      professions: z.array(z.object({ profession: z.string(), people: z.number().int().nullable() })),
      phases: z.array(
        z.object({
          id: phase,
          title: z.string(),
          lead: z.string(),
          professions: z.array(
            z.object({
              profession: z.string(),
              begunOn: z.string().nullable(),
              doneOn: z.string().nullable(),
              reason: z.string(),
              version: z.number().int(),
              /** Why it cannot begin without a reason. */
              waits: z.string().nullable(),
            }),
          ),
        }),
      ),
      heat: z.array(heatCell),
      late: z.number().int(),
      /** Sentences for the follow-up. */
      summary: z.array(z.string()),
      papers: z.array(paperLine),
      people: z.array(z.object({ name: z.string(), profession: z.string() })),
      writes: z.boolean(),
      today: z.string(),
    }),
  },
  startPlan: {
    method: 'POST',
    path: '/api/programme/projects/:project/deployment',
    may: 'signed-in',
    does: 'Lays the plan that comes with the product between two days; a project has one',
    params: projectId,
    body: z.object({ from: isoDay, to: isoDay }),
  },
  addPlanItem: {
    method: 'POST',
    path: '/api/programme/projects/:project/deployment/items',
    may: 'signed-in',
    does: 'Adds a training module or a task',
    params: projectId,
    body: itemBody,
    reply: z.object({ id: z.string() }),
  },
  changePlanItem: {
    method: 'PUT',
    path: '/api/programme/projects/:project/deployment/items/:item',
    may: 'signed-in',
    does: 'Changes a line of the plan, ends it, takes it out or puts it back',
    params: item,
    body: itemBody
      .omit({ kind: true, phase: true })
      .extend({ doneOn: isoDay.nullable(), removed: z.boolean().default(false), seen }),
  },
  addSession: {
    method: 'POST',
    path: '/api/programme/projects/:project/deployment/sessions',
    may: 'signed-in',
    does: 'Plans a training session',
    params: projectId,
    body: sessionBody,
    reply: z.object({ id: z.string() }),
  },
  changeSession: {
    method: 'PUT',
    path: '/api/programme/projects/:project/deployment/sessions/:session',
    may: 'signed-in',
    does: 'Changes a session, says who came',
    params: projectId.extend({ session: id }),
    body: sessionBody.omit({ module: true }).extend({ state: sessionState, seen }),
  },
  movePhase: {
    method: 'PUT',
    path: '/api/programme/projects/:project/deployment/phases/:phase/:profession',
    may: 'signed-in',
    does: 'A profession begins or ends a phase; before the former one is done, with the reason',
    params: projectId.extend({ phase, profession }),
    body: z.object({ begunOn: isoDay.nullable(), doneOn: isoDay.nullable(), reason: freeText(1000).default(''), seen }),
  },
  issuePlan: {
    method: 'POST',
    path: '/api/programme/projects/:project/deployment/paper',
    may: 'signed-in',
    does: 'Issues the deployment plan as a paper; again: its next version',
    params: projectId,
    reply: paperLine,
  },
});
