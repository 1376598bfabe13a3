import { z } from 'zod';

/** A line that is being prescribed, for the prescribing aid. */
export const aidDraft = z.object({
  label: z.string().trim().min(1).max(300),
  code: z.string().trim().max(60).nullish(),
  system: z.string().trim().max(200).nullish(),
  dosage: z.string().trim().max(1000).default(''),
});
export type AidDraft = z.infer<typeof aidDraft>;
/** A card of the aid, as it says it; Estran adds nothing to it. */
export const aidCard = z.object({
  summary: z.string(),
  indicator: z.enum(['info', 'warning', 'critical']),
  detail: z.string(),
  source: z.string(),
  sourceUrl: z.string().nullable(),
  links: z.array(z.object({ label: z.string(), url: z.string() })),
});
export type AidCard = z.infer<typeof aidCard>;
/** `off`: none is set. `failed`: it did not answer; nothing was checked, nothing is held up. */
export const aidAnswer = z.object({
  state: z.enum(['off', 'answered', 'failed']),
  product: z.string().nullable(),
  words: z.string(),
  cards: z.array(aidCard),
});
export type AidAnswer = z.infer<typeof aidAnswer>;
