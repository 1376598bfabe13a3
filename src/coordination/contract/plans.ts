import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { patientParams, when, who } from './common.ts';

/** A goal of the personalised care plan (PPS), in the patient's own words. */
export const planGoal = z.object({
  /** Goal id; absent for one just typed. */
  id: z.string().optional(),
  words: z.string().trim().min(1, 'Écrivez l’objectif avec les mots du patient.').max(400),
  /** What the team makes of it: «marcher 20 minutes sans s’arrêter». */
  aim: z.string().trim().max(400).default(''),
  due: z.string().max(30).nullable().default(null),
  state: z.enum(['active', 'completed', 'cancelled']).default('active'),
});
export const planWho = z.object({
  /** A person of the team, a profession, the patient, a relative or anybody named. */
  kind: z.enum(['person', 'profession', 'patient', 'other']),
  practitioner: z.string().nullable().default(null),
  profession: z.string().nullable().default(null),
  name: z.string().trim().max(120).default(''),
});
export const planAction = z.object({
  title: z.string().trim().min(1, 'Dites ce qui sera fait.').max(200),
  detail: z.string().trim().max(1000).default(''),
  who: planWho,
  /** «tous les lundis», «avant le 12/01», as one says it. */
  when: z.string().trim().max(120).default(''),
  /** Number of the goal it serves, from 0. */
  goal: z.number().int().min(0).max(19).nullable().default(null),
  state: z.enum(['not-started', 'in-progress', 'completed', 'cancelled']).default('not-started'),
});
export const planActionStates = {
  'not-started': 'À faire',
  'in-progress': 'En cours',
  completed: 'Fait',
  cancelled: 'Abandonné',
} as const;
export const carePlanBody = z.object({
  /** Version seen; null for a first plan. */
  version: z.number().int().nullable(),
  goals: z.array(planGoal).max(20),
  needs: z.string().trim().max(4000).default(''),
  actions: z.array(planAction).max(40),
  /** Typed date: when the plan is read again together. */
  review: z.string().max(30),
  /** How the patient took part and agreed: «oral», «écrit», «représentant». Without it the plan stays a draft. */
  agreement: z.object({ how: z.enum(['oral', 'written', 'representative']) }).nullable(),
  reason: z.string().trim().max(500).nullable().default(null),
});
export type CarePlanBody = z.infer<typeof carePlanBody>;

export const carePlan = z.object({
  id: z.string(),
  version: z.number().int(),
  state: z.enum(['draft', 'active', 'completed', 'revoked']),
  stateLabel: z.string(),
  since: when,
  updated: when,
  by: who.nullable(),
  goals: z.array(planGoal.extend({ id: z.string(), stateLabel: z.string() })),
  needs: z.string(),
  actions: z.array(planAction.extend({ whoLabel: z.string(), stateLabel: z.string() })),
  review: when.nullable(),
  reviewLate: z.boolean(),
  agreement: z
    .object({
      how: z.enum(['oral', 'written', 'representative']),
      label: z.string(),
      on: when,
      collectedBy: who.nullable(),
    })
    .nullable(),
});
export type CarePlan = z.infer<typeof carePlan>;
export const agreementLabels = {
  oral: 'accord oral',
  written: 'accord écrit',
  representative: 'accord du représentant légal',
} as const;

const at = '/api/patients/:patient/care-plan';
export const planEntries = contract({
  carePlan: {
    method: 'GET',
    path: at,
    may: { read: 'summary' },
    does: 'The personalised care plan (PPS) in force, and those before it.',
    params: patientParams,
    reply: z.object({
      patientName: z.string(),
      plan: carePlan.nullable(),
      past: z.array(z.object({ id: z.string(), since: when, until: when.nullable(), stateLabel: z.string() })),
      mayWrite: z.boolean(),
    }),
  },
  writeCarePlan: {
    method: 'PUT',
    path: at,
    may: { write: 'summary' },
    does: 'Write the plan, or a new version of it.',
    params: patientParams,
    body: carePlanBody,
    reply: carePlan,
  },
  endCarePlan: {
    method: 'POST',
    path: `${at}/end`,
    may: { write: 'summary' },
    does: 'End the plan: reached, or given up with the reason.',
    params: patientParams,
    body: z.object({ version: z.number().int(), reached: z.boolean(), reason: z.string().trim().max(500).default('') }),
    reply: carePlan,
  },
});
