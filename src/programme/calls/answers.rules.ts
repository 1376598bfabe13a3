import { z } from 'zod';
import { professionCodes } from '../../access/index.ts';
import type { Fact, Facts } from './conditions.rules.ts';
import type { Edition } from './contract.ts';

/** What a field of the form holds: a fact, several choices, or persons by profession. */
export type AnswerValue = Fact | readonly string[] | Readonly<Record<string, number>>;
export type Answers = Readonly<Record<string, AnswerValue>>;
type Field = Edition['sections'][number]['fields'][number];

export const fieldsOf = (edition: Edition): Field[] => edition.sections.flatMap((section) => section.fields);
/** A day of the calendar, written YYYY-MM-DD. */
export const realDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

/** What may stand in a field; `null` empties it. The words are for the person who types. */
export function shapeOf(field: Field): z.ZodType<AnswerValue> {
  const codes = field.choices.map(({ code }) => code);
  const one = z.string().refine((code) => codes.includes(code), 'Un choix de la liste.');
  switch (field.type) {
    case 'text':
      return z.string('Du texte.').trim().max(300, '300 caractères au plus.').nullable();
    case 'long-text':
      return z.string('Du texte.').trim().max(6000, '6 000 caractères au plus.').nullable();
    case 'number':
      return z
        .number('Un nombre.')
        .int('Un nombre entier.')
        .min(0, 'Zéro ou plus.')
        .max(100_000, 'Un nombre plus petit.')
        .nullable();
    case 'date':
      return z
        .string('Une date.')
        .regex(/^\d{4}-\d{2}-\d{2}$/, 'Une date AAAA-MM-JJ.')
        .refine(realDay, 'Cette date n’existe pas.')
        .nullable();
    case 'yes-no':
      return z.boolean('Oui ou non.').nullable();
    case 'choice':
      return one.nullable();
    case 'choices':
      return z.array(one).max(codes.length).nullable();
    case 'team':
      return z
        .partialRecord(
          z.enum(professionCodes),
          z
            .number('Un nombre.')
            .int('Un nombre entier de personnes.')
            .min(0, 'Zéro ou plus.')
            .max(500, '500 personnes au plus par profession.'),
        )
        .nullable() as z.ZodType<AnswerValue>;
  }
}

const persons = (value: AnswerValue): number | null => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const sum = Object.values(value).reduce<number>((total, count) => total + Number(count), 0);
  return sum > 0 ? sum : null;
};
/** Counted from the table of persons rather than asked again. */
export const countField = 'team.count';

/** What the rules look at: several choices and persons by profession become one fact each. */
export function factsOf(edition: Edition, answers: Answers): Facts {
  const facts: Record<string, Fact> = {};
  for (const field of fieldsOf(edition)) {
    const value = answers[field.id] ?? null;
    if (field.type === 'team') {
      facts[field.id] = persons(value);
      facts[countField] = persons(value);
    } else if (field.type === 'choices')
      facts[field.id] = Array.isArray(value) && value.length > 0 ? value.join(', ') : null;
    else if (!(field.id in facts)) facts[field.id] = value as Fact;
  }
  return facts;
}
/** The persons of the project by profession, for the computation of the money. */
export function teamOf(edition: Edition, answers: Answers): Record<string, number> {
  const field = fieldsOf(edition).find(({ type }) => type === 'team');
  const value = field && answers[field.id];
  return persons(value ?? null) === null ? {} : { ...(value as Record<string, number>) };
}
