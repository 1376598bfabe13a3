/** What the shapes of a choice are made of. */
import { z } from 'zod';

export const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
export const seen = z.number().int().min(0);
export const label = (most: number) => z.string().trim().min(1, 'à remplir').max(most);
export const paper = z.object({
  id: z.string(),
  reference: z.string(),
  version: z.number().int(),
  at: z.string(),
  by: z.string(),
});
export const may = z.object({ write: z.boolean(), papers: z.boolean() });
export const support = { practice: 'support-projects' } as const;
