import { z } from 'zod';
import { historySubjects } from '../data/history.ts';
import { sensitivity } from './common.ts';

const typed = z.string().trim().max(40);
const number = (most: number) =>
  z.number().min(0, 'Un nombre positif est attendu.').max(most, `Au plus ${most}.`).nullish();
const code = z.string().trim().min(1).max(40);

/** History and risk (DOS-2): of the person, of the family, an operation, a risk, a way of life, a social situation. */
export const historyBody = z.object({
  topic: z.enum(['personal', 'family', 'risk', 'lifestyle', 'social', 'procedure']),
  /** True: asked today, nothing known; only where `noneKnownWords` has words for it. */
  noneKnown: z.boolean().default(false),
  /** May be empty when a subject is answered. */
  label: z.string().trim().max(300).default(''),
  code: code.nullish(),
  system: z.string().trim().max(200).nullish(),
  also: z
    .array(z.object({ system: z.string().trim().min(1).max(200), code }))
    .max(5)
    .nullish(),
  /** Subject of data/history.ts and the codes of its answers. */
  subject: z.enum(historySubjects.map((one) => one.code) as [string, ...string[]]).nullish(),
  answers: z.array(code).max(12).nullish(),
  /** Tobacco: cigarettes a day, for how many years, since when stopped; pack-years are worked out from the first two unless told. */
  perDay: number(200),
  years: number(100),
  packYears: number(400),
  stopped: typed.nullish(),
  /** Alcohol: standard glasses (10 g) a week. */
  glasses: number(300),
  /** Family history: code of data/choices.ts `relatives`; age at that time, and whether the relative died of it. */
  relative: z.string().max(20).nullish(),
  age: number(120),
  died: z.boolean().nullish(),
  at: typed.nullish(),
  sensitive: sensitivity.nullish(),
  note: z.string().trim().max(5000).nullish(),
  encounter: z.string().max(64).nullish(),
  version: z.number().int().optional(),
  reason: z.string().trim().max(300).nullish(),
});
export type HistoryBody = z.infer<typeof historyBody>;
