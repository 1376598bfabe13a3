/** What the shapes of a track are made of. */
import { z } from 'zod';

export const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
export const practitioner = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/, 'inconnu');
export const seen = z.number().int().min(0);
export const reason = z
  .string('à renseigner')
  .trim()
  .min(10, 'au moins 10 caractères')
  .max(4000, '4 000 caractères au plus');
export const short = (most = 200) =>
  z.string('à renseigner').trim().min(1, 'à renseigner').max(most, `${most} caractères au plus`);
export const trackId = z.object({ track: id });
export const paperId = z.object({ paper: z.string() });
export const instruct = { practice: 'decide-applications' } as const;
