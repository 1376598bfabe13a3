import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { isoDay, projectId } from '../../projects/contract.ts';
import { freeText } from '../../contract/patient-words.ts';

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
const seen = z.number().int().min(0);
const step = z.object({
  title: z.string(),
  why: z.string(),
  model: z.string(),
  help: z.string(),
  to: z.string().startsWith('/').optional(),
  toWords: z.string().optional(),
});
/** A maturity matrix: axes, dimensions, levels in words, the step that lifts each. */
export const matrixShape = z.object({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  method: z.string(),
  thresholdTenths: z.number().int(),
  axes: z
    .array(
      z.object({
        id: z.string(),
        label: z.string(),
        short: z.string(),
        gates: z.boolean(),
        why: z.string(),
        dimensions: z
          .array(
            z.object({
              id: z.string(),
              label: z.string(),
              least: z.number().int().min(1).max(4),
              levels: z.array(z.string()).length(4),
              step,
            }),
          )
          .min(1),
      }),
    )
    .min(1),
});
const levels = z.record(z.string().max(40), z.number().int().min(1, 'un niveau de 1 à 4').max(4, 'un niveau de 1 à 4'));
const opinion = z.object({
  practitioner: z.string(),
  name: z.string(),
  profession: z.string(),
  at: z.string(),
  levels,
});
const missing = z.object({
  axis: z.string(),
  dimension: z.string(),
  level: z.number().int(),
  target: z.number().int(),
  step,
});
export const improvementLine = z.object({
  id: z.string(),
  dimension: z.string(),
  title: z.string(),
  means: z.string(),
  owner: z.string(),
  due: z.string().nullable(),
  doneOn: z.string().nullable(),
  late: z.boolean(),
  version: z.number().int(),
  by: z.string(),
});
export const maturityReply = z.object({
  team: z.string(),
  project: z.string().nullable(),
  matrix: matrixShape,
  today: z.string(),
  open: z
    .object({
      id: z.string(),
      openedOn: z.string(),
      version: z.number().int(),
      answers: z.number().int(),
      mine: z.object({ levels, version: z.number().int() }).nullable(),
      /** Who answers what: to the team only. The others are given the spread. */
      opinions: z.array(opinion).nullable(),
      spread: z.record(z.string(), z.array(z.number().int())),
      proposed: levels,
    })
    .nullable(),
  /** Newest first. */
  past: z.array(
    z.object({
      id: z.string(),
      agreedOn: z.string(),
      levels,
      means: z.record(z.string(), z.number().int()),
      words: z.string(),
      by: z.string(),
      answers: z.number().int(),
      version: z.number().int(),
    }),
  ),
  readiness: z.object({
    state: z.enum(['not-assessed', 'undefined', 'defined']),
    reasons: z.array(z.string()),
    missing: z.array(missing),
  }),
  overrule: z.object({ reason: z.string(), by: z.string(), at: z.string() }).nullable(),
  actions: z.array(improvementLine),
  may: z.object({ open: z.boolean(), answer: z.boolean(), agree: z.boolean(), overrule: z.boolean() }),
});
const action = z.object({
  dimension: z.string().max(40),
  title: freeText(200, 1),
  means: freeText(1000).default(''),
  owner: freeText(120).default(''),
  due: isoDay.nullable().default(null),
});
const ofAssessment = z.object({ assessment: id });
/** The team a maturity is of: mine, or that of a project. */
const whose = { project: id.nullable().default(null) };

export const maturityContract = contract({
  maturity: {
    method: 'GET',
    path: '/api/programme/maturity',
    may: 'signed-in',
    does: 'The self-assessments of my own team',
    reply: maturityReply,
  },
  projectMaturity: {
    method: 'GET',
    path: '/api/programme/projects/:project/maturity',
    may: 'signed-in',
    does: 'The self-assessments of the team of a project',
    params: projectId,
    reply: maturityReply,
  },
  openAssessment: {
    method: 'POST',
    path: '/api/programme/assessments',
    may: 'signed-in',
    does: 'Begins a self-assessment of my team, or of the team of a project',
    body: z.object(whose),
    reply: z.object({ id: z.string() }),
  },
  giveLevels: {
    method: 'PUT',
    path: '/api/programme/assessments/:assessment/mine',
    may: 'signed-in',
    does: 'My own answers, as a member of the team',
    params: ofAssessment,
    body: z.object({ levels, seen }),
  },
  agreeLevels: {
    method: 'POST',
    path: '/api/programme/assessments/:assessment/agree',
    may: 'signed-in',
    does: 'The levels that the team agreed on: ends the assessment',
    params: ofAssessment,
    body: z.object({ levels, words: freeText(2000).default(''), seen }),
  },
  reopenAssessment: {
    method: 'POST',
    path: '/api/programme/assessments/:assessment/reopen',
    may: 'signed-in',
    does: 'Opens the newest assessment again',
    params: ofAssessment,
    body: z.object({ seen }),
  },
  addImprovement: {
    method: 'POST',
    path: '/api/programme/improvements',
    may: 'signed-in',
    does: 'Adds an action that the team decided',
    body: action.extend(whose),
    reply: z.object({ id: z.string() }),
  },
  changeImprovement: {
    method: 'PUT',
    path: '/api/programme/improvements/:improvement',
    may: 'signed-in',
    does: 'Changes an action, ends it, takes it out or puts it back',
    params: z.object({ improvement: id }),
    body: action
      .omit({ dimension: true })
      .extend({ doneOn: isoDay.nullable(), removed: z.boolean().default(false), seen }),
  },
  overruleReadiness: {
    method: 'PUT',
    path: '/api/programme/projects/:project/readiness',
    may: { practice: 'support-projects' },
    does: 'Lets the choice of a software go on although the organisation is not defined, with the reason',
    params: projectId,
    body: z.object({ reason: freeText(2000, 10) }),
  },
  withdrawOverrule: {
    method: 'DELETE',
    path: '/api/programme/projects/:project/readiness',
    may: { practice: 'support-projects' },
    does: 'Takes the overruling back',
    params: projectId,
  },
});
