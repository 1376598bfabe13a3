import type { ResultsBody, ResultValue } from '../contract/wire-results.ts';
import {
  lettersOf,
  linesOf,
  mostLines,
  mostText,
  mostValues,
  type ReadReport,
  type Traits,
} from '../contract/results/read.ts';
import { readLabText } from '../contract/results/read-hprim.rules.ts';
import { analyteOf } from '../data/panels.ts';
import { dateLabel } from '../dates.rules.ts';
import { type Facts, factsOf } from './facts.rules.ts';

/** What a laboratory's file says of itself: kept beside the received file, without a value of it. */
export interface LabFile {
  format: ReadReport['format'];
  /** Values understood, and those of them that are analyses known here. */
  values: number;
  known: number;
  traits: Traits | null;
  /** Of the head: the matricule. */
  nir: string;
  lab: string;
  number: string;
  at: string;
  /** Its end is missing, or it is longer than what is read: values may be missing. */
  cut: boolean;
  /** Reports of several people or several reports in one file: nothing of it is written as values. */
  several: boolean;
}
const fewest = 3;

/** What a screen tells of it before its values are written. */
export const shownLab = ({ format, values, known, number, cut, several }: LabFile) => ({
  format,
  values,
  unknown: values - known,
  number,
  cut,
  several,
});

/** Text that no control character spoils, in UTF-8 or as Windows wrote it. */
const isText = (bytes: Uint8Array): boolean =>
  bytes.length > 0 && !bytes.subarray(0, mostText).some((byte) => byte < 9 || (byte > 13 && byte < 32));

/** A file of a laboratory by its content, whatever it is called; null: it is none. */
export function labFileOf(bytes: Uint8Array): LabFile | null {
  if (!isText(bytes)) return null;
  const text = lettersOf(bytes);
  if (/^\s*<|^\s*%PDF/.test(text)) return null;
  const report = readLabText(text);
  const known = report.values.filter((one) => one.code !== null).length;
  // Words that a colleague writes name values too: free text is a laboratory's when it calls itself one.
  if (
    report.format === 'text' &&
    (known < fewest || !/laboratoire|biologi|\bLBM\b|analyses m[ée]dicales/i.test(text.slice(0, 2_000)))
  )
    return null;
  const lines = text.split(/\r\n|\r|\n/);
  return {
    format: report.format,
    values: report.values.length,
    known,
    traits: report.traits,
    nir:
      linesOf(text)
        .slice(0, 14)
        .find((line) => /^[12]\d{12}(?:\s?\d{2})?$|^[12]\d{4}2[AB]\d{6}(?:\s?\d{2})?$/.test(line.replace(/\s/g, '')))
        ?.replace(/\s/g, '') ?? '',
    lab: report.lab,
    number: report.number,
    at: report.at,
    cut:
      bytes.length > mostText ||
      lines.length > mostLines ||
      report.values.length >= mostValues ||
      isCut(report.format, lines),
    several: severalIn(report.format, lines),
  };
}
function isCut(format: ReadReport['format'], lines: readonly string[]): boolean {
  if (format === 'hprim-sante') return !lines.some((line) => /^L\|/.test(line));
  // Only what is tagged says where it ends.
  return (
    format === 'hprim' &&
    lines.some((line) => /^(RES|TEX)\||^\*{4}LAB\*{4}/.test(line)) &&
    !lines.some((line) => /^\*{4}FIN/.test(line))
  );
}
function severalIn(format: ReadReport['format'], lines: readonly string[]): boolean {
  const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
  if (format === 'hprim-sante') return count(/^P\|/) > 1;
  return format === 'hprim' && (count(/^\*{4}LAB\*{4}/) > 1 || count(/^\*{4}FIN\*{4}/) > 1);
}

/** What a sorter is proposed: as of any received file, from the head instead of the words. */
export function factsOfLab(lab: LabFile, file: string, now: Date): { facts: Facts; text: string } {
  const { traits } = lab;
  const text = traits
    ? [
        `Patient : ${traits.family} ${traits.given}`,
        traits.birthFamily && `Nom de naissance : ${traits.birthFamily} ${traits.given}`,
        traits.birthDate && `Date de naissance : ${dateLabel(traits.birthDate)}`,
        lab.nir.length === 15 && lab.nir,
      ]
        .filter(Boolean)
        .join('\n')
    : '';
  return {
    facts: { ...factsOf(text, file, now), code: '11502-2', day: lab.at ? lab.at.slice(0, 10) : null, author: lab.lab },
    text,
  };
}

/** Values of a report as the room of results takes them. */
export function resultsBodyOf(
  report: ReadReport,
  source: string,
  given: { title: string; reader: string | null; samePatient: boolean; sensitive: ResultsBody['sensitive'] },
): ResultsBody {
  const values = report.values.map((one): ResultValue => {
    const analyte = one.code ? analyteOf(one.code) : undefined;
    const value = analyte?.words ? (one.text ?? String(one.value ?? '')) : (one.value ?? one.text ?? '');
    return {
      code: one.code,
      label: one.label,
      value,
      comparator: analyte?.words ? null : one.comparator,
      unit: typeof value === 'string' ? '' : one.code ? one.unit || one.unitText : one.unitText || one.unit,
      low: one.low,
      high: one.high,
      flag: one.flag,
    };
  });
  return {
    title: given.title,
    at: report.at || null,
    lab: report.lab,
    number: report.number.slice(0, 60),
    specimen: '',
    status: report.values.some((one) => one.status === 'preliminary') ? 'preliminary' : 'final',
    comment: report.comments.join('\n').slice(0, 10_000),
    reader: given.reader,
    requests: [],
    values,
    source,
    samePatient: given.samePatient,
    confirmed: false,
    sensitive: given.sensitive ?? null,
  };
}
