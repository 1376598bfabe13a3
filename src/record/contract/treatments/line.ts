import { z } from 'zod';
import { coded, line, when, who } from '../common.ts';

export const treatmentSource = z.enum(['prescription', 'elsewhere', 'patient', 'self', 'document', 'dispense']);
export const treatmentLine = line.extend({
  label: z.string(),
  code: coded,
  /** What it is made of, as far as the record itself says it. */
  substance: z.object({ key: z.string(), names: z.array(z.string()), atc: z.string().nullable() }),
  dosage: z.string(),
  /** The posology is understood, not only words. */
  structured: z.boolean(),
  /** Where it comes from. */
  source: treatmentSource,
  sourceLabel: z.string(),
  state: z.enum(['current', 'past', 'planned', 'suspended']),
  stateLabel: z.string(),
  from: when.nullable(),
  until: when.nullable(),
  prescriber: who.nullable(),
  reason: z.string().nullable(),
  /** The problem it is for. */
  problem: z.object({ id: z.string(), label: z.string() }).nullable(),
  longTerm: z.boolean(),
  /** Why it was stopped or suspended. */
  stopReason: z.string().nullable(),
  /** To be renewed before that day, or it ran out on that day. */
  renew: z.object({ due: when, late: z.boolean() }).nullable(),
  note: z.string().nullable(),
});
export type TreatmentLine = z.infer<typeof treatmentLine>;
/** Never told apart by an empty list alone. */
export const treatmentsState = z.object({
  code: z.enum(['listed', 'none', 'not-asked']),
  label: z.string(),
  by: who.nullable(),
  at: when.nullable(),
});
