import type { historyTopics } from '../../contract.ts';

export type Topic = (typeof historyTopics)[number]['code'];
/** What is asked for, by topic. */
export const whatLabels: Record<Topic, string> = {
  personal: 'Antécédent',
  family: 'Antécédent',
  procedure: 'Intervention ou acte',
  risk: 'Facteur de risque',
  lifestyle: 'Mode de vie',
  social: 'Situation',
};

/** A number as it is typed, with its comma; null when it is none. */
export const numberTyped = (value: string | number | null | undefined): number | null =>
  value === null ||
  value === undefined ||
  String(value).trim() === '' ||
  Number.isNaN(Number(String(value).replace(',', '.')))
    ? null
    : Number(String(value).replace(',', '.'));
export const shown = (value: unknown): string =>
  value === null || value === undefined ? '' : String(value).replace('.', ',');
