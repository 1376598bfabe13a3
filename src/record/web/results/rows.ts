import {
  type Analyte,
  analyteOf,
  computedFrom,
  flagOfCompared,
  inOwnUnit,
  numberIn,
  panelOf,
  rangeIn,
  type ReadReport,
  type ResultValue,
  type ResultView,
  unitShown,
  unitsNamed,
  unitsOf,
} from '../../contract.ts';

/** A line of the form: typed, or read from the laboratory's text. */
export interface Row {
  key: string;
  code: string | null;
  label: string;
  /** As typed: «11,2», «< 5», «Escherichia coli». */
  typed: string;
  unit: string;
  low: string;
  high: string;
  flag: ResultValue['flag'];
  observation: string | null;
  /** It came with the text, and what of its line was not read. */
  read: boolean;
  left: string;
}
const blank = { typed: '', low: '', high: '', flag: null, observation: null, read: false, left: '' } as const;
const comma = (value: number | null): string => (value === null ? '' : String(value).replace('.', ','));

export const rowOf = (analyte: Analyte): Row => ({
  ...blank,
  key: analyte.code,
  code: analyte.code,
  label: analyte.label,
  unit: analyte.words ? '' : analyte.unit,
});
/** The panel's lines, with what is already typed kept, also what is of no panel. */
export function rowsOfPanel(id: string, before: readonly Row[]): Row[] {
  const kept = before.filter((row) => row.typed.trim() !== '');
  const added = (panelOf(id)?.codes ?? []).flatMap((code) => {
    const analyte = analyteOf(code);
    return analyte && !analyte.computed && !kept.some((row) => row.code === code) ? [rowOf(analyte)] : [];
  });
  return [...kept, ...added];
}
export function rowsRead(report: ReadReport): Row[] {
  return report.values.map((one, at) => ({
    key: `read-${at}`,
    code: one.code,
    label: one.label,
    typed: one.value === null ? (one.text ?? '') : `${one.comparator ? `${one.comparator} ` : ''}${comma(one.value)}`,
    unit: one.code
      ? one.unit || one.unitText || (analyteOf(one.code)?.words ? '' : (analyteOf(one.code)?.unit ?? ''))
      : one.unitText || one.unit,
    low: comma(one.low),
    high: comma(one.high),
    flag: one.flag,
    observation: null,
    read: true,
    left: one.left,
  }));
}
export const rowsOfView = (view: ResultView): Row[] =>
  view.values
    .filter((one) => !one.computed)
    .map((one) => {
      const analyte = analyteOf(one.code);
      const given = one.given.split(' ')[0] ?? '';
      return {
        ...blank,
        key: one.observation,
        code: analyte ? one.code : null,
        label: one.label,
        typed:
          one.value === null
            ? one.text
            : `${one.comparator ? `${one.comparator} ` : ''}${one.given ? given : comma(one.value)}`,
        unit: one.value === null ? '' : one.ownUnit,
        low: comma(one.low),
        high: comma(one.high),
        observation: one.observation,
      };
    });

/** «< 5» → sign and number; words stay words. */
export function parsed(typed: string): { comparator: ResultValue['comparator']; value: number | null; text: string } {
  const found = /^\s*(<=|>=|[<>≤≥])\s*(.+)$/.exec(typed);
  const value = numberIn(found ? found[2]! : typed);
  return {
    comparator:
      found && value !== null
        ? ({ '<': '<', '≤': '<=', '<=': '<=', '>': '>', '≥': '>=', '>=': '>=' } as const)[found[1] as '<']
        : null,
    value,
    text: typed.trim(),
  };
}
export function resultValueOf(row: Row): ResultValue {
  const { comparator, value, text } = parsed(row.typed);
  const analyte = row.code ? analyteOf(row.code) : undefined;
  return {
    code: row.code,
    label: row.label,
    value: analyte?.words ? text : (value ?? text),
    comparator: analyte?.words ? null : comparator,
    unit: value === null || analyte?.words ? '' : row.unit,
    low: numberIn(row.low),
    high: numberIn(row.high),
    flag: row.flag ?? null,
    observation: row.observation,
  };
}
export const filled = (rows: readonly Row[]): Row[] => rows.filter((row) => row.typed.trim() !== '');

/** The flag as the server will write it, and the range it comes from. */
export function seen(row: Row, person: { age: number | null; sex: string }) {
  const { comparator, value } = parsed(row.typed);
  const analyte = row.code ? analyteOf(row.code) : undefined;
  if (value === null || analyte?.words)
    return { flag: 'unknown' as const, range: undefined, from: null, known: analyte !== undefined };
  const { range, from } = rangeIn(analyte, row.unit, { low: numberIn(row.low), high: numberIn(row.high) }, person);
  return {
    flag: flagOfCompared(value, comparator, range),
    range,
    from,
    known: analyte !== undefined && unitFits(row, analyte),
  };
}
export const unitFits = (row: Row, analyte: Analyte): boolean =>
  row.unit === '' ||
  [row.unit, ...unitsNamed(row.unit)].some((unit) => unitsOf(analyte.code, analyte.unit).includes(unit));
export const unitChoices = (row: Row): { value: string; label: string }[] => {
  const analyte = row.code ? analyteOf(row.code) : undefined;
  if (!analyte || analyte.words) return [];
  const units = unitsOf(analyte.code, analyte.unit);
  const all = units.includes(row.unit) || row.unit === '' ? units : [...units, row.unit];
  // Several codes may be one spelling: the first is enough.
  return all
    .map((value) => ({ value, label: unitShown(value) || '(sans unité)' }))
    .filter((one, at, list) => one.value === row.unit || list.findIndex((each) => each.label === one.label) === at);
};
/** What the server will add, without the weight it knows. */
export function computedHere(rows: readonly Row[], person: { age: number | null; sex: string }) {
  const of = (code: string): number | undefined => {
    const row = filled(rows).find((one) => one.code === code);
    if (!row) return undefined;
    const { comparator, value } = parsed(row.typed);
    const analyte = analyteOf(code);
    return value === null || !analyte
      ? undefined
      : comparator
        ? ['14682-9', '2093-3', '2085-9', '2571-8'].includes(code)
          ? undefined
          : value
        : (inOwnUnit(code, analyte.unit, row.unit || analyte.unit, value) ?? undefined);
  };
  return computedFrom(of, person, null);
}
