import { z } from 'zod';
import { mostCents } from '../../contract/quote-lines.ts';

/** Words that the parts of the money's wire share. */
export const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
export const seen = z.number('la version vue').int().min(0);
export const said = (most: number) =>
  z.string('à renseigner').trim().min(1, 'à renseigner').max(most, `${most} caractères au plus`);
export const reason = z
  .string('à renseigner')
  .trim()
  .min(10, 'au moins 10 caractères')
  .max(2000, '2 000 caractères au plus');
export const cents = (most = mostCents) =>
  z.number('un montant').int('un montant').min(0, 'un montant').max(most, 'un montant plus petit');
/** Below zero: a discount. */
export const signedCents = z
  .number('un montant')
  .int('un montant')
  .min(-mostCents, 'un montant plus petit')
  .max(mostCents, 'un montant plus petit');
export const fund = { practice: 'fund-projects' } as const;
export const validate = { practice: 'support-projects' } as const;
