import { z } from 'zod';
import * as c from '../common.ts';
import { treatmentRef, words } from './ref.ts';

export const proposalActs = {
  stop: 'Arrêter',
  dose: 'Changer la posologie',
  add: 'Ajouter',
  replace: 'Remplacer',
} as const;
export const proposalAct = z.enum(['stop', 'dose', 'add', 'replace']);
export const treatmentProposal = z.object({
  id: z.string(),
  version: z.number().int(),
  act: proposalAct,
  actLabel: z.string(),
  label: z.string(),
  dosage: z.string(),
  reason: z.string(),
  at: c.when,
  who: c.who.nullable(),
  sensitive: c.sensitivity.nullable(),
  about: z
    .object({
      entry: z.string(),
      /** Its version as it stands; null: not open to me. */
      version: z.number().int().nullable(),
      label: z.string(),
      dosage: z.string(),
      /** How what is proposed differs from it, of the same substance. */
      differenceLabel: z.string().nullable(),
    })
    .nullable(),
  state: z.enum(['waiting', 'accepted', 'refused', 'withdrawn']),
  stateLabel: z.string(),
  /** Who is asked; null: whoever of the team decides. */
  askedOf: c.who.nullable(),
  answer: z.string().nullable(),
  answeredBy: c.who.nullable(),
  answeredAt: c.when.nullable(),
  mine: z.boolean(),
});
export type TreatmentProposal = z.infer<typeof treatmentProposal>;
const waitingProposal = treatmentProposal.extend({
  patient: c.patientBrief,
  /** In whose place I am asked. */
  inPlaceOf: c.who.nullable(),
  /** Since it was made. */
  days: z.number().int(),
});
export type WaitingProposal = z.infer<typeof waitingProposal>;
export const proposalsWaiting = z.object({
  /** Mine to answer. */
  asked: z.array(waitingProposal),
  /** Proposed by me: those that wait, and those answered lately. */
  mine: z.array(waitingProposal),
  may: z.object({ answer: z.boolean(), propose: z.boolean() }),
  more: z.boolean(),
});
export type ProposalsWaiting = z.infer<typeof proposalsWaiting>;

export const proposalBody = z.object({
  act: proposalAct,
  /** What it is about; none to add. */
  about: treatmentRef.nullish(),
  label: z.string().trim().max(300).default(''),
  code: z.string().trim().max(40).nullish(),
  system: z.string().trim().max(200).nullish(),
  dosage: words.default(''),
  reason: words.min(3, 'Dites pourquoi, pour la personne qui décidera.'),
});
