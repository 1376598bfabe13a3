import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { addressee, patientBrief, patientParams, seen, when, who } from './common.ts';
import { protocolModel, protocolTheme, stepKind } from './protocol-model.ts';
import { protocolLine } from './protocol-lines.ts';

export const planStates = {
  active: 'En cours',
  'on-hold': 'En pause',
  completed: 'Terminé',
  revoked: 'Arrêté',
} as const;
/** One step of one patient. */
export const planStep = z.object({
  /** Task behind it, once it is due to someone; null while it is only planned. */
  task: z.string().nullable(),
  version: z.number().int().nullable(),
  step: z.string(),
  round: z.number().int(),
  title: z.string(),
  detail: z.string(),
  kind: stepKind,
  due: when.nullable(),
  late: z.boolean(),
  state: z.enum(['planned', 'requested', 'accepted', 'in-progress', 'completed', 'rejected', 'cancelled', 'on-hold']),
  stateLabel: z.string(),
  owner: who.nullable(),
  ownerLabel: z.string(),
  mine: z.boolean(),
  /** The reader may say that it is done. */
  mayFinish: z.boolean(),
  /** Why whoever has it cannot do it: gone, away… */
  trouble: z.string().nullable(),
  condition: z.string().nullable(),
  /** Null: without a condition, or nobody can tell yet. */
  conditionMet: z.boolean().nullable(),
  doneAt: when.nullable(),
  doneBy: who.nullable(),
  /** Added or changed for this patient alone. */
  own: z.boolean(),
});
export type PlanStep = z.infer<typeof planStep>;
export const runningPlan = z.object({
  id: z.string(),
  version: z.number().int(),
  protocol: z.object({ id: z.string(), title: z.string(), theme: protocolTheme, edition: z.string() }),
  patient: patientBrief,
  state: z.enum(['active', 'on-hold', 'completed', 'revoked']),
  stateLabel: z.string(),
  since: when,
  by: who.nullable(),
  reason: z.string().nullable(),
  until: when.nullable(),
  done: z.number().int(),
  due: z.number().int(),
  late: z.number().int(),
  total: z.number().int(),
  next: planStep.nullable(),
  /** The patient has died: it is still to be ended, and nothing more is asked. */
  stopped: z.boolean(),
  /** A newer edition stands: proposed, never forced. */
  newer: z
    .object({
      edition: z.string(),
      note: z.string(),
      /** Titles of steps. */
      added: z.array(z.string()),
      removed: z.array(z.string()),
      changed: z.array(z.string()),
    })
    .nullable(),
  mayChange: z.boolean(),
});
export const runningPlanDetail = runningPlan.extend({
  steps: z.array(planStep),
  alerts: protocolModel.shape.alerts,
  goals: z.array(z.string()),
  story: z.array(z.object({ who: who.nullable(), at: when, text: z.string() })),
});
export type RunningPlanDetail = z.infer<typeof runningPlanDetail>;

const plan = z.object({ patient: z.string(), plan: z.string() });
/** Protocols that a patient follows, followed or could follow. */
export const runningPlanEntries = contract({
  plans: {
    method: 'GET',
    path: '/api/patients/:patient/plans',
    may: { read: 'coordination' },
    does: 'Protocols that this patient follows or followed, and those that fit.',
    params: patientParams,
    reply: z.object({
      plans: z.array(runningPlanDetail),
      proposed: z.array(protocolLine.extend({ why: z.string() })),
      mayEnter: z.boolean(),
    }),
  },
  previewPlan: {
    method: 'POST',
    path: '/api/patients/:patient/plans/preview',
    may: { read: 'coordination' },
    does: 'What entering a protocol would ask of whom and when: nothing is written.',
    params: patientParams,
    body: z.object({ protocol: z.string(), start: z.string().optional() }),
    reply: z.object({
      protocol: protocolLine,
      steps: z.array(planStep),
      missing: z.array(z.object({ role: z.string(), label: z.string() })),
    }),
  },
  enterProtocol: {
    method: 'POST',
    path: '/api/patients/:patient/plans',
    may: { write: 'coordination' },
    does: 'The patient enters a protocol: roles become people of the team, steps become tasks.',
    params: patientParams,
    body: z.object({
      protocol: z.string(),
      start: z.string().optional(),
      /** Steps left out, or given to someone else, for this patient. */
      without: z.array(z.string()).optional(),
      instead: z.record(z.string(), addressee).optional(),
    }),
    reply: runningPlanDetail,
  },
  changePlan: {
    method: 'POST',
    path: '/api/patients/:patient/plans/:plan',
    may: { write: 'coordination' },
    does: 'Pause, go on, leave with the reason, or end a plan.',
    params: plan,
    body: seen.extend({
      act: z.enum(['pause', 'resume', 'leave', 'complete']),
      reason: z.string().max(1000).optional(),
    }),
    reply: runningPlanDetail,
  },
  changePlanStep: {
    method: 'POST',
    path: '/api/patients/:patient/plans/:plan/steps',
    may: { write: 'coordination' },
    does: 'Add, move, give to someone else, skip or take up again a step, for this patient alone.',
    params: plan,
    body: seen.extend({
      act: z.enum(['add', 'move', 'give', 'skip', 'again']),
      step: z.string().optional(),
      round: z.number().int().optional(),
      title: z.string().max(160).optional(),
      detail: z.string().max(4000).optional(),
      kind: stepKind.optional(),
      due: z.string().optional(),
      addressee: addressee.optional(),
      reason: z.string().max(1000).optional(),
    }),
    reply: runningPlanDetail,
  },
  takeEdition: {
    method: 'POST',
    path: '/api/patients/:patient/plans/:plan/edition',
    may: { write: 'coordination' },
    does: 'Take the newer edition for this patient, or stay with the present one.',
    params: plan,
    body: seen.extend({ take: z.boolean() }),
    reply: runningPlanDetail,
  },
});
