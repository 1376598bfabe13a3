import { z } from 'zod';
import { when, who } from '../../record/contract/common.ts';

export { patientBrief, patientParams, when, who } from '../../record/contract/common.ts';

export const idParams = z.object({ id: z.string() });
/** Whom something is asked of: one person, whoever of a profession, or the patient's whole care team. */
export const addressee = z.discriminatedUnion('to', [
  z.object({ to: z.literal('person'), practitioner: z.string() }),
  z.object({ to: z.literal('profession'), profession: z.string() }),
  z.object({ to: z.literal('team') }),
]);
export type Addressee = z.infer<typeof addressee>;
/** A version seen, for a change over it (409 with code `edited-meanwhile` when someone was faster). */
export const seen = z.object({ version: z.number().int() });
/** A person in a list one chooses from. */
export const colleague = z.object({
  id: z.string(),
  name: z.string(),
  profession: z.string(),
  professionLabel: z.string(),
  me: z.boolean(),
  absentUntil: when.nullable(),
});
export const said = z.object({ who: who.nullable(), at: when, text: z.string() });
