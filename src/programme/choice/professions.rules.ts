import { isProfession, professions } from '../../access/index.ts';

/** The profession under which nameless people who are alone in theirs are counted. */
export const pooled = 'autres';
export const professionWords = (code: string): string =>
  code === pooled ? 'Autres professions' : isProfession(code) ? professions[code].fr : code;

const french = new Intl.Collator('fr');
/** Professions as a French reader looks for them; those who are counted together come last. */
export const byWords = (a: string, b: string): number =>
  Number(a === pooled) - Number(b === pooled) || french.compare(professionWords(a), professionWords(b));
