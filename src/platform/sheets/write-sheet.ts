import type { Exchange } from '../http/mount.ts';

/** What a column holds: words, whole cents, a number, an ISO day. */
export type ColumnKind = 'text' | 'cents' | 'number' | 'day';
export interface SheetColumn<Row> {
  title: string;
  kind?: ColumnKind;
  value: (row: Row) => string | number | null;
  /** Characters. */
  width?: number;
}

/** 123456 → «1234,56», without a float. */
export const centsInFrench = (cents: number): string =>
  `${cents < 0 ? '-' : ''}${Math.trunc(Math.abs(cents) / 100)},${String(Math.abs(cents) % 100).padStart(2, '0')}`;
/** Words that a spreadsheet would run as a formula are set as words (CWE-1236). */
const harmless = (words: string): string => (/^[\s]*[=+\-@\t\r|%]/.test(words) ? `'${words}` : words);
const quoted = (words: string): string => (/[";\r\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words);

/** A CSV as French spreadsheets open it: «;», UTF-8 with its mark, decimal comma, days JJ/MM/AAAA. */
export function csvOf<Row>(columns: readonly SheetColumn<Row>[], rows: readonly Row[]): Buffer {
  const cell = ({ kind = 'text', value }: SheetColumn<Row>, row: Row): string => {
    const found = value(row);
    if (found === null) return '';
    if (kind === 'cents') return centsInFrench(Number(found));
    if (kind === 'number') return String(found).replace('.', ',');
    if (kind === 'day') return String(found).split('-').reverse().join('/');
    return quoted(harmless(String(found)));
  };
  const lines = [
    columns.map(({ title }) => quoted(title)).join(';'),
    ...rows.map((row) => columns.map((column) => cell(column, row)).join(';')),
  ];
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);
}

/** The same as a workbook of one sheet; words are words, never formulas. */
export async function xlsxOf<Row>(
  title: string,
  columns: readonly SheetColumn<Row>[],
  rows: readonly Row[],
): Promise<Buffer> {
  const cell = ({ kind = 'text', value }: SheetColumn<Row>, row: Row) => {
    const found = value(row);
    if (found === null) return null;
    if (kind === 'cents') return { type: Number, value: Number(found) / 100, format: '#,##0.00 "€"' };
    if (kind === 'number') return { type: Number, value: Number(found) };
    if (kind === 'day') return { type: Date, value: new Date(`${found}T00:00:00Z`), format: 'dd/mm/yyyy' };
    return { type: String, value: String(found) };
  };
  const { default: writeExcel } = await import('write-excel-file/universal');
  const blob = await writeExcel(
    [
      columns.map((column) => ({ type: String, value: column.title, fontWeight: 'bold' as const })),
      ...rows.map((row) => columns.map((column) => cell(column, row))),
    ],
    {
      sheet: title.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31),
      columns: columns.map(({ width = 16 }) => ({ width })),
      stickyRowsCount: 1,
    },
  ).toBlob();
  return Buffer.from(await blob.arrayBuffer());
}

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
/** Answers with a file to save. @param name ASCII, without its ending */
export async function sendSheet<Row>(
  { reply }: Pick<Exchange, 'reply'>,
  format: keyof typeof types,
  name: string,
  columns: readonly SheetColumn<Row>[],
  rows: readonly Row[],
): Promise<void> {
  const bytes = format === 'csv' ? csvOf(columns, rows) : await xlsxOf(name, columns, rows);
  await reply
    .type(types[format])
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .header('cache-control', 'private, no-store')
    .send(bytes);
}
