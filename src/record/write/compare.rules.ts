import type { Field } from '../read/describe.ts';

export interface Compared {
  label: string;
  before: string;
  after: string;
  changed: boolean;
}
/** Two versions side by side: a row for each field either of them has, in the order of the form. */
export function compared(before: readonly Field[], after: readonly Field[]): Compared[] {
  const value = (fields: readonly Field[], label: string) => fields.find((field) => field.label === label)?.value ?? '';
  const labels = [...new Set([...before, ...after].map((field) => field.label))];
  return labels.map((label) => ({
    label,
    before: value(before, label),
    after: value(after, label),
    changed: value(before, label) !== value(after, label),
  }));
}

/** The fields with the title before them: a renamed problem must show its two names. */
export const titled = (said: { title: string; fields: readonly Field[] }): readonly Field[] =>
  said.title ? [{ label: 'Intitulé', value: said.title }, ...said.fields] : said.fields;
