import type { KindOfData } from '../../access/index.ts';
import type { ResourceType, Stored } from '../../fhir/index.ts';
import type { FieldValue, ListLine } from '../../platform/index.ts';
import { addMonths, dayOf } from '../dates.rules.ts';
import type { Entered } from '../read/enter.ts';
import { kindOfStored, type Reading, statusOf } from '../read/reading.ts';
import type { Letterhead } from '../contract/wire-letter-templates.ts';

export interface Held {
  entered: Entered;
  r: Reading;
  head: Letterhead;
  /** Of these types, of these kinds, that stand. */
  of<T extends ResourceType>(kinds: readonly KindOfData[], ...types: readonly T[]): Stored<T>[];
  everything: readonly Stored[];
  measured: ReadonlyMap<string, Stored<'Observation'>>;
}
export const stands = (one: Stored): boolean =>
  ['final', 'amended'].includes(statusOf(one.resource)) && kindOfStored(one) !== 'private-notes';
export const recently = (r: Reading, at: string | null): boolean => at !== null && dayOf(at) >= addMonths(r.today, -12);
/** How a field is made of what is held: `key` is the whole key, of which the field takes the family. */
export type FieldOf = (held: Held, key: string) => FieldValue;

export const known = (text: string): FieldValue => ({ state: 'known', text });
export const missing = (words: string): FieldValue => ({ state: 'missing', words });
export const orMissing = (text: string | null | undefined, words: string): FieldValue =>
  text?.trim() ? known(text.trim()) : missing(words);
export const yes = (is: boolean): FieldValue => (is ? known('oui') : missing('non'));
export const listOf = (lines: readonly ListLine[], words: string): FieldValue =>
  lines.length > 0 ? { state: 'known', text: lines.map(({ text }) => text).join(', '), lines } : missing(words);
export const line = (
  parts: Record<string, string | null | undefined>,
  text: (string | null | undefined | false)[],
): ListLine => ({
  text: text.filter(Boolean).join(', '),
  parts: Object.fromEntries(Object.entries(parts).map(([key, value]) => [key, value ?? ''])),
});
export const between = (detail: string | null | undefined): string | false => (detail ? `(${detail})` : false);

const french = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
/** «26 novembre 2026», «1er mars 2026» of an ISO day. */
export const longDate = (day: string): string =>
  french.format(new Date(`${day.slice(0, 10)}T00:00:00Z`)).replace(/^1 /, '1er ');
