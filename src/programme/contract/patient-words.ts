import { z } from 'zod';

/** An identity number (NIR, INS) as people write it: sex, year, month, place, order, with or without its key, whatever separates the figures. */
const gap = '[\\s.\\-\u00a0\u202f]?';
const figures = (count: number) => Array.from({ length: count }, () => '\\d').join(gap);
const identity = new RegExp(
  `(?<![\\dA-Za-z])[1-478]${gap}${figures(2)}${gap}(?:0${gap}[1-9]|1${gap}[0-2]|[2-9]${gap}\\d)${gap}(?:${figures(2)}|2${gap}[ABab])${gap}${figures(3)}${gap}${figures(3)}(?:${gap}${figures(2)})?(?![\\dA-Za-z])`,
);

/** Does this text hold what looks like the identity number of a patient? Telephone, FINESS, SIRET and bank account numbers do not. */
export const looksLikeIdentity = (text: string): boolean => identity.test(text);
export const noPatientWords =
  'aucune donnée de patient ici : ce texte contient un numéro qui ressemble à un numéro de sécurité sociale. Retirez-le';

/** A text that people of the region will read. */
export const freeText = (most: number, least = 0) =>
  z
    .string('à renseigner')
    .trim()
    .min(least, least > 1 ? `au moins ${least} caractères` : 'à renseigner')
    .max(most, `${most} caractères au plus`)
    .refine((text) => !looksLikeIdentity(text), noPatientWords);
