import { z } from 'zod';

// The outline of a health project and the requirements of the ACI, as data (policy/outlines).
export const outline = z.object({
  kind: z.enum(['esp', 'msp']),
  title: z.string(),
  source: z.string(),
  year: z.number().int(),
  sections: z
    .array(
      z.object({
        id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
        part: z.string(),
        title: z.string(),
        hint: z.string(),
        required: z.boolean(),
      }),
    )
    .min(1),
});
export const coreRequirements = z.object({
  title: z.string(),
  source: z.string(),
  year: z.number().int(),
  requirements: z
    .array(
      z.object({
        id: z.string(),
        axis: z.string(),
        title: z.string(),
        kind: z.enum(['prerequisite', 'core']),
        words: z.string(),
        proof: z.string(),
        /** Of the outlines. */
        sections: z.array(z.string()),
      }),
    )
    .min(1),
});
