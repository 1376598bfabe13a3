/** Reminders that leave by themselves, as data of what is asked: a questionnaire (PRJ-4), a date poll (PRJ-2). */
import { z } from 'zod';

/** How many days before the last day, unless told; migrations/0049 says the same. */
export const usualReminders: readonly number[] = [7, 2];
/** What left, day by day. */
export const reminded = z.array(z.object({ on: z.string(), people: z.number().int() }));
/** None: they are off. */
export const reminderDays = z
  .array(z.number().int('un nombre de jours').min(1, 'la veille au plus tard').max(30, '30 jours avant au plus'))
  .max(4, 'quatre relances au plus')
  .refine((days) => new Set(days).size === days.length, 'chaque jour une seule fois');
