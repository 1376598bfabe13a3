import type { z } from 'zod';
import { sayDate } from '../../web/say.ts';
import { professionLabel } from '../../web/words.ts';
import type { AnswerValue, Edition, programmeContract } from '../contract.ts';

export type Field = Edition['sections'][number]['fields'][number];
export type Condition = NonNullable<Field['when']>;
export type Application = z.infer<typeof programmeContract.application.reply>;
export type RuleLine = Application['eligibility']['results'][number];

const paris = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
/** «26/11/2026 à 14 h 03 min 27 s», in France wherever one is. */
export function sayInstant(iso: string): string {
  const part = Object.fromEntries(paris.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  return `${part.day}/${part.month}/${part.year} à ${part.hour} h ${part.minute} min ${part.second} s`;
}
/** Of a call: «18/12/2020 à 23 h 59». */
export const sayDeadline = (wall: string): string =>
  `${sayDate(wall.slice(0, 10))} à ${wall.slice(11, 13)} h ${wall.slice(14, 16)}`;
export const sayWeight = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} Ko`
    : `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',')} Mo`;

/** An answer as it is read. */
export function sayValue(field: Field | undefined, value: AnswerValue | undefined): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? 'Oui' : 'Non';
  const label = (code: string) => field?.choices.find((one) => one.code === code)?.label ?? code;
  if (Array.isArray(value)) return value.map(label).join(', ');
  if (typeof value === 'object')
    return Object.entries(value)
      .filter(([, count]) => count > 0)
      .map(([code, count]) => `${professionLabel(code)} : ${count}`)
      .sort((a, b) => a.localeCompare(b, 'fr'))
      .join(', ');
  if (field?.type === 'date' || (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)))
    return sayDate(String(value));
  return field?.type === 'choice'
    ? label(String(value))
    : typeof value === 'number'
      ? value.toLocaleString('fr-FR')
      : value;
}

const days: Record<string, string> = { holds: 'le jour où la condition doit être remplie', answer: 'la candidature' };
/** A condition of a call in words: «L’ARS l’a validé : oui, et Date de validation : au plus tard …». */
export function sayCondition(test: Condition, fields: readonly Field[], inside = false): string {
  const wrap = (text: string) => (inside ? `(${text})` : text);
  if ('all' in test) return wrap(test.all.map((one) => sayCondition(one, fields, true)).join(' et '));
  if ('any' in test) return wrap(test.any.map((one) => sayCondition(one, fields, true)).join(' ou '));
  if ('not' in test) return `pas ${sayCondition(test.not, fields, true)}`;
  const field = fields.find(({ id }) => id === test.fact);
  const name = `« ${field?.label ?? test.fact} »`;
  if ('is' in test) return `${name} : ${sayValue(field, test.is).toLowerCase()}`;
  if ('in' in test) return `${name} parmi ${test.in.map((code) => sayValue(field, code)).join(', ')}`;
  if ('known' in test) return test.known ? `${name} est rempli` : `${name} n’est pas rempli`;
  if ('atLeast' in test) return `${name} : ${test.atLeast} ou plus`;
  if ('atMost' in test) return `${name} : ${test.atMost} ou moins`;
  if ('by' in test) return `${name} au plus tard ${days[test.by] ?? `le ${sayDate(test.by)}`}`;
  return `${name} dans les ${test.within.months} mois qui suivent ${days[test.within.of] ?? `le ${sayDate(test.within.of)}`}`;
}
/** «septembre 2026», of a month counted from January of a year. */
export const monthOf = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 15)).toLocaleDateString('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' });
export const euros = (cents: number): string =>
  (cents / 100).toLocaleString('fr-FR', { style: 'currency', currency: 'EUR' });
