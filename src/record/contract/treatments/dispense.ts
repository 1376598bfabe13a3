import { z } from 'zod';
import { when, who } from '../common.ts';

/** Why another product was given than the one that was prescribed. `type` and `reason`: HL7 v3 substanceAdminSubstitution and SubstanceAdminSubstitutionReason. */
export const substitutions = {
  generic: { label: 'Générique', type: 'G', reason: null },
  biosimilar: { label: 'Biosimilaire ou hybride', type: 'E', reason: null },
  shortage: { label: 'Rupture ou indisponible', type: 'E', reason: 'OS' },
  other: { label: 'Autre raison', type: 'E', reason: null },
} as const;
export type SubstitutionCode = keyof typeof substitutions;
export const substitutionCode = z.enum(['generic', 'biosimilar', 'shortage', 'other']);

export const dispenseLine = z.object({
  id: z.string(),
  version: z.number().int(),
  at: when,
  product: z.string(),
  who: who.nullable(),
  /** «30 comprimés»; '' when it was not said. */
  quantity: z.string(),
  amount: z.object({ value: z.number(), unit: z.string() }).nullable(),
  days: z.number().int().nullable(),
  /** Worked out from the quantity and the posology. */
  workedOut: z.boolean(),
  /** «Générique : rupture du princeps»; null when nothing was substituted. */
  substitution: z.string().nullable(),
  note: z.string().nullable(),
  /** Not as it was first written: its versions say what changed, who and why. */
  corrected: z.boolean(),
  canEdit: z.boolean(),
});
export type DispenseLine = z.infer<typeof dispenseLine>;
/** What was dispensed of one treatment, newest first, and how far it goes. */
export const dispensed = z.object({
  /** `Type/id` of the treatment. */
  entry: z.string(),
  lines: z.array(dispenseLine).min(1),
  /** Last day that is covered, what was left over included; null: it cannot be said. */
  until: when.nullable(),
  /** Days since then, when a renewal is expected and none is noted; null: nothing to say. */
  late: z.number().int().nullable(),
});
export type Dispensed = z.infer<typeof dispensed>;

const typed = z.string().trim().max(30);
export const dispenseBody = z.object({
  /** Of the treatment, as it was seen. */
  version: z.number().int().min(1),
  /** Empty: the treatment itself. */
  product: z.string().trim().max(300).default(''),
  code: z.string().trim().max(40).nullish(),
  system: z.string().trim().max(200).nullish(),
  quantity: z.number().finite().positive('Une quantité est plus grande que zéro.').max(100_000).nullish(),
  unit: z.string().trim().max(30).default(''),
  days: z.number().int().min(1, 'Au moins un jour.').max(400, '400 jours au plus.').nullish(),
  at: typed.nullish(),
  substitution: substitutionCode.nullish(),
  reason: z.string().trim().max(300).default(''),
  note: z.string().trim().max(500).default(''),
});
export type DispenseBody = z.infer<typeof dispenseBody>;
/** `version`: of the dispense. Empty `at`: the day it has; empty `product`: the treatment itself. */
export const dispenseCorrection = dispenseBody.extend({
  why: z.string().trim().min(2, 'Dites ce qui est corrigé, et pourquoi.').max(300),
});
export type DispenseCorrection = z.infer<typeof dispenseCorrection>;
