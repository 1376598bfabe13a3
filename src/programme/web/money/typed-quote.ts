import { sayDate } from '../../../web/say.ts';
import { lineTotal, type QuoteKind, quoteKinds, scaled, signedScaled } from '../../contract.ts';
import { euros } from '../words.ts';
import { type Quote, typedNumber } from './words.ts';

/** A line as it is being typed: figures stay words until they are sent. */
export interface TypedLine {
  /** Of the field on screen. */
  key: string;
  id?: string | undefined;
  label: string;
  kind: QuoteKind;
  quantity: string;
  unit: string;
  vat: string;
  total: string;
  recurring: boolean;
  spentOn: string;
}
let made = 0;
export const blankLine = (): TypedLine => ({
  key: `${Date.now()}-${++made}`,
  label: '',
  kind: 'licence',
  quantity: '1',
  unit: '',
  vat: '20',
  total: '',
  recurring: false,
  spentOn: '',
});
/** A quote as it is being typed. */
export interface TypedQuote {
  vendor: string;
  number: string;
  dated: string;
  note: string;
  lines: TypedLine[];
}
/** The figures of a line, once they can be read. */
export function figuresOf(line: TypedLine): { quantity: number; unitCents: number; vat: number } | undefined {
  const [quantity, unitCents, vat] = [scaled(line.quantity, 3), signedScaled(line.unit, 2), scaled(line.vat || '0', 2)];
  return quantity !== undefined && quantity > 0 && unitCents !== undefined && vat !== undefined && vat <= 10_000
    ? { quantity, unitCents, vat }
    : undefined;
}
const readyLine = (line: TypedLine): boolean =>
  line.label.trim() !== '' &&
  figuresOf(line) !== undefined &&
  (line.total.trim() === '' || signedScaled(line.total, 2) !== undefined);
/** The quote as it is sent. */
export const offeredOf = (values: TypedQuote) => ({
  vendor: values.vendor,
  number: values.number,
  dated: values.dated,
  note: values.note,
  lines: values.lines.map((line) => ({
    ...(line.id !== undefined && { id: line.id }),
    label: line.label,
    kind: line.kind,
    ...figuresOf(line)!,
    ...(line.total.trim() !== '' && { totalCents: signedScaled(line.total, 2)! }),
    recurring: line.recurring,
    spentOn: line.spentOn || null,
  })),
});

/** A quote as it is found in the fields. */
export const typedOf = (quote: Quote): TypedQuote => ({
  vendor: quote.vendor,
  number: quote.number,
  dated: quote.dated,
  note: quote.note,
  lines: quote.lines.map((line) => ({
    key: line.id,
    id: line.id,
    label: line.label,
    kind: line.kind,
    quantity: typedNumber(line.quantity, 3),
    unit: typedNumber(line.unitCents, 2),
    vat: typedNumber(line.vat, 2),
    total: line.totalCents === lineTotal(line).totalCents ? '' : typedNumber(line.totalCents, 2),
    recurring: line.recurring,
    spentOn: line.spentOn ?? '',
  })),
});
const lineCents = (line: TypedLine): number => {
  const figures = figuresOf(line);
  return figures ? (signedScaled(line.total, 2) ?? lineTotal(figures).totalCents) : 0;
};
export const totalOf = ({ lines }: Pick<TypedQuote, 'lines'>): number =>
  lines.reduce((sum, line) => sum + lineCents(line), 0);
/** Whether all that a quote needs is there and can be read. */
export const complete = ({ vendor, number, dated, lines }: TypedQuote): boolean =>
  vendor.trim() !== '' && number.trim() !== '' && dated !== '' && lines.length > 0 && lines.every(readyLine);

const sayLine = (line: TypedLine): string =>
  [
    line.label,
    `${quoteKinds[line.kind]} : ${line.quantity} × ${line.unit} € HT`,
    `TVA ${line.vat} %`,
    `soit ${euros(lineCents(line))}${line.recurring ? ' par mois' : ''}`,
    ...(line.spentOn ? [`le ${sayDate(line.spentOn)}`] : []),
  ].join(', ');
/** Two versions of a quote, field by field and line by line. */
export function compared(before: TypedQuote, after: TypedQuote) {
  const words = (one: TypedQuote): [string, string][] => [
    ['Fournisseur', one.vendor],
    ['Numéro', one.number],
    ['Date', one.dated && sayDate(one.dated)],
    ...Array.from({ length: Math.max(before.lines.length, after.lines.length) }, (_, at): [string, string] => [
      `Ligne ${at + 1}`,
      one.lines[at] ? sayLine(one.lines[at]) : '',
    ]),
    ['Total', euros(totalOf(one))],
    ['Remarque', one.note],
  ];
  const theirs = words(before);
  return words(after).map(([label, mine], at) => {
    const other = theirs[at]![1];
    return { label, before: other, after: mine, changed: mine !== other };
  });
}
