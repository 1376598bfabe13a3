import { type TimelineItem, timelineKindLabels } from '../contract.ts';
import { dateLabel } from '../dates.rules.ts';

export interface Field {
  label: string;
  value: string;
}
export interface Description {
  what: TimelineItem['what'];
  whatLabel: string;
  title: string;
  /** What a line says beneath its title. */
  details: string;
  /** Everything, in the order of the form: what versions are compared by. */
  fields: Field[];
}
export type Loose = [label: string, value: string | number | null | undefined | false, inDetails?: boolean];

/** Put together from fields; those marked are also the details of the line. */
export function made(
  what: TimelineItem['what'],
  title: string,
  fields: readonly Loose[],
  whatLabel = timelineKindLabels[what],
): Description {
  const kept = fields.filter(
    (field) => field[1] !== undefined && field[1] !== null && field[1] !== '' && field[1] !== false,
  );
  return {
    what,
    whatLabel,
    title: title || whatLabel,
    details: kept
      .filter((field) => field[2])
      .map((field) => String(field[1]))
      .join('\n'),
    fields: kept.map(([label, value]) => ({ label, value: String(value) })),
  };
}
export const notes = (resource: { note?: { text?: string }[] }): string =>
  (resource.note ?? [])
    .map((note) => note.text)
    .filter(Boolean)
    .join('\n');
export const period = (value: { start?: string; end?: string } | undefined): string =>
  value
    ? [
        value.start && `depuis ${value.start.length >= 10 ? 'le ' : ''}${dateLabel(value.start)}`,
        value.end && `jusqu’au ${dateLabel(value.end)}`,
      ]
        .filter(Boolean)
        .join(' ')
    : '';
export const date = (text: string | undefined): string => dateLabel(text, true);
