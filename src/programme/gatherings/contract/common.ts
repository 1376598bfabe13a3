/** What polls, minutes and the completion report are made of. */
import { z } from 'zod';
import { isoDay, projectId } from '../../projects/contract.ts';

export const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
export const seen = z.number().int().min(0);
export const support = { practice: 'support-projects' } as const;
export const profession = z.string().max(60);
export const side = z.enum(['officer', 'gcs', 'consultant', 'team', 'other']);

export const sheetOf = projectId.extend({ sheet: id });
export const fieldOf = sheetOf.extend({ field: z.string().regex(/^[a-z][a-zA-Z.-]{0,60}$/, 'inconnu') });
export const day = z.union([z.literal(''), isoDay]);
/** Saved while one types: spaces at the end are still wanted. */
export const kept = (most: number) => z.string().max(most, `${most} signes au plus`);
export const longText = z.string().max(20_000, '20 000 signes au plus');
/** One field of a sheet. */
export const sheetField = z.object({ value: z.unknown(), version: z.number().int(), by: z.string(), at: z.string() });
export const issued = z.object({
  paper: z.string(),
  reference: z.string(),
  version: z.number().int(),
  at: z.string(),
  by: z.string(),
});
