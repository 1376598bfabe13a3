import { inOwnUnit, unitsNamed } from '../../data/lab-units.ts';
import type { Analyte } from '../../data/panels.ts';
import {
  dayIn,
  lettersOf,
  linesOf,
  momentIn,
  mostValues,
  numberIn,
  plainName,
  type ReadReport,
  type ReadValue,
  type Traits,
} from './read.ts';
import { namedAt, rangeIn, readText } from './read-text.rules.ts';

/**
 * Files that laboratories send: HPRIM Santé 2.x (segments H, P, OBR, OBX, C) and «HPRIM médecin» (twelve lines of who, then ****LAB**** and lines RES|, TEX|, or
 * free text). Editors write them each in their way: what is missing is left empty, what is not understood stays as text. Never throws.
 */
const statuses: Record<string, ReadValue['status']> = {
  F: 'final',
  P: 'preliminary',
  R: 'preliminary',
  I: 'preliminary',
  C: 'corrected',
  K: 'corrected',
};
const flags: Record<string, ReadValue['flag']> = {
  L: 'L',
  B: 'L',
  H: 'H',
  LL: 'LL',
  BB: 'LL',
  HH: 'HH',
  A: 'A',
  AA: 'HH',
  '+': 'H',
  '-': 'L',
  '++': 'HH',
  '--': 'LL',
  '*': 'A',
};

function named(label: string, code: string): Analyte | undefined {
  const clean = label.trim();
  const found = namedAt(clean);
  // «TGO ADVIA», «GLUCOSE A JEUN»: what follows the name must not make it another thing.
  if (found && !/\d|libre|urin|lcr|rapport|calcul/i.test(clean.slice(found.end))) return found.analyte;
  const byCode = namedAt(code.trim());
  return byCode && plainName(code.trim()) === plainName(code.trim().slice(0, byCode.end)) && !found
    ? byCode.analyte
    : undefined;
}

interface Fields {
  line: number;
  raw: string;
  label: string;
  code: string;
  value: string;
  unit: string;
  low: string;
  high: string;
  flag: string;
  status: string;
}
function valueFrom(f: Fields): ReadValue | null {
  const label = f.label.trim().slice(0, 120) || f.code.trim().slice(0, 60);
  if (!label || !f.value.trim()) return null;
  const analyte = named(label, f.code);
  const compared = /^\s*(<=|>=|[<>≤≥])\s*(.+)$/.exec(f.value);
  const value = numberIn(compared ? compared[2]! : f.value);
  const candidates = unitsNamed(f.unit);
  const fit = analyte && candidates.find((unit) => inOwnUnit(analyte.code, analyte.unit, unit, 1) !== null);
  let [low, high] = [numberIn(f.low), numberIn(f.high)];
  if (low === null && f.low.trim() && !f.high.trim()) ({ low, high } = rangeIn(f.low));
  const sign = compared?.[1];
  return {
    line: f.line,
    raw: f.raw.slice(0, 300),
    code: analyte?.code ?? null,
    label: analyte?.label ?? label,
    value,
    text: value === null ? f.value.trim().slice(0, 1000) : null,
    comparator:
      value !== null && sign
        ? ({ '<': '<', '≤': '<=', '<=': '<=', '>': '>', '≥': '>=', '>=': '>=' } as const)[sign as '<']
        : null,
    unit: fit ?? candidates[0] ?? '',
    unitText: f.unit.trim().slice(0, 30),
    low,
    high,
    flag: flags[f.flag.trim().toUpperCase()] ?? null,
    status: statuses[f.status.trim().toUpperCase()] ?? null,
    left: '',
  };
}

const empty = (format: ReadReport['format']): ReadReport => ({
  format,
  values: [],
  comments: [],
  head: [],
  traits: null,
  lab: '',
  number: '',
  at: '',
});
const sexOf = (text: string | undefined): Traits['sex'] =>
  text?.trim().toUpperCase() === 'M' ? 'male' : text?.trim().toUpperCase() === 'F' ? 'female' : null;

/** Segments; «A|» goes on with the one before. */
function readSegments(lines: readonly string[]): ReadReport {
  const report = empty('hprim-sante');
  const whole: { text: string; line: number }[] = [];
  lines.forEach((text, at) => {
    const last = whole.at(-1);
    if (/^A\|/.test(text) && last) last.text += text.slice(2);
    else if (text.trim()) whole.push({ text, line: at + 1 });
  });
  // H|~^\&|: the characters that part components and repetitions.
  const head = whole.find(({ text }) => text.startsWith('H|'))?.text ?? 'H|~^\\&|';
  const [part, again] = [head[2] && head[2] !== '|' ? head[2] : '~', head[3] && head[3] !== '|' ? head[3] : '^'];
  const words = (field: string | undefined) => (field ?? '').split(part).map((one) => one.trim());
  for (const { text, line } of whole) {
    const f = text.split('|');
    switch (f[0]) {
      case 'H':
        report.lab ||= words(f[4])[1] || words(f[4])[0] || '';
        break;
      case 'P': {
        const [family = '', given = ''] = words(f[5]);
        report.traits ??= {
          family,
          given,
          birthFamily: words(f[6])[0] ?? '',
          birthDate: dayIn(f[7] ?? ''),
          sex: sexOf(f[8]),
        };
        break;
      }
      case 'OBR':
        report.number ||=
          [words(f[3])[1], words(f[3])[0], f[4]?.includes(part) ? '' : f[4], words(f[2])[0]].find((one) => one) ?? '';
        report.at ||=
          f
            .slice(6)
            .map((one) => momentIn(one.split(again)[0] ?? ''))
            .find((one) => one) ?? '';
        break;
      case 'OBX': {
        const [code = '', label = ''] = words(f[3]);
        const value = (f[5] ?? '')
          .split(again)
          .map((one) => one.replaceAll(part, ' '))
          .join('\n');
        // «FIC»: the name of a file that goes with the message, not a value.
        const found =
          f[2] === 'FIC' || report.values.length >= mostValues
            ? null
            : valueFrom({
                line,
                raw: text,
                label,
                code,
                value,
                unit: words(f[6])[0] ?? '',
                low: f[7] ?? '',
                high: '',
                flag: f[8] ?? '',
                status: f[11] ?? '',
              });
        if (found) report.values.push(found);
        else if (value.trim() && f[2] !== 'FIC')
          report.comments.push([label || code, value].filter(Boolean).join(' : ').slice(0, 1000));
        break;
      }
      case 'C':
        if (f[3]?.trim()) report.comments.push(f[3].replaceAll(again, '\n').replaceAll(part, ' ').trim());
        break;
      case 'L':
        break;
      default:
        report.comments.push(text.trim());
    }
  }
  return report;
}

/** The twelve lines: who, birth date on the seventh; an editor's own line may come before. */
function headOf(
  lines: readonly string[],
): { traits: Traits; next: number; number: string; at: string; lab: string } | null {
  for (let at = 5; at < Math.min(lines.length, 14); at++) {
    const birthDate = dayIn(lines[at]!);
    const [family, given] = [lines[at - 5]?.trim() ?? '', lines[at - 4]?.trim() ?? ''];
    if (!birthDate || !/^\p{L}[\p{L}' -]*$/u.test(family) || !/^[\p{L}' -]*$/u.test(given)) continue;
    const nir = (lines[at + 1] ?? '').replace(/\s/g, '');
    const full = /^\d[\dAB]{0,14}$|^$/.test(nir) && dayIn(lines[at + 3] ?? '') !== '';
    return {
      traits: {
        family,
        given,
        birthFamily: '',
        birthDate,
        sex: /^1\d{12}/.test(nir) ? 'male' : /^2\d{12}/.test(nir) ? 'female' : null,
      },
      next: full ? at + 6 : at + 1,
      number: full ? (lines[at + 2] ?? '').trim() : '',
      at: full ? dayIn(lines[at + 3]!) : '',
      lab: full ? (lines[at + 4] ?? '').trim().replace(/\s+/g, ' ') : '',
    };
  }
  return null;
}

function readTagged(lines: readonly string[]): ReadReport {
  const report = empty('hprim');
  const head = headOf(lines);
  if (head)
    Object.assign(report, {
      traits: head.traits,
      number: head.number.slice(0, 60),
      at: head.at,
      lab: head.lab.slice(0, 120),
    });
  lines.slice(head?.next ?? 0).forEach((text, index) => {
    const f = text.split('|');
    if (/^\*{4}/.test(text) || !text.trim()) return;
    if (f[0] === 'RES') {
      const found =
        report.values.length >= mostValues
          ? null
          : valueFrom({
              line: (head?.next ?? 0) + index + 1,
              raw: text,
              label: f[1] ?? '',
              code: f[2] ?? '',
              value: f[4] ?? '',
              unit: f[5] ?? '',
              low: f[6] ?? '',
              high: f[7] ?? '',
              flag: f[8] ?? '',
              status: f[9] ?? '',
            });
      if (found) report.values.push(found);
      else if (f[1]?.trim()) report.comments.push(f[1].trim());
    } else if (f[0] === 'TEX') report.comments.push(f.slice(1).join('|').trim());
    else (report.values.length ? report.comments : report.head).push(text.trim());
  });
  report.comments = report.comments.filter(Boolean);
  return report;
}

/** A file of a laboratory, or text: whichever it is. */
export function readLabText(text: string): ReadReport {
  const lines = linesOf(text);
  if (lines.some((one) => one.startsWith('H|')) && lines.some((one) => /^(OBX|P|OBR)\|/.test(one)))
    return readSegments(lines);
  if (lines.some((one) => /^(RES|TEX)\|/.test(one) || /^\*{4}LAB\*{4}/.test(one))) return readTagged(lines);
  const head = headOf(lines);
  if (!head) return readText(text);
  // Who, then free text.
  const read = readText(lines.slice(head.next).join('\n'));
  return {
    ...read,
    format: 'hprim',
    values: read.values.map((one) => ({ ...one, line: one.line + head.next })),
    traits: head.traits,
    number: head.number.slice(0, 60),
    at: head.at || read.at,
    lab: (head.lab || read.lab).slice(0, 120),
  };
}
export const readLabFile = (bytes: Uint8Array): ReadReport => readLabText(lettersOf(bytes));

/** Does a report name this patient? `unlike`: what differs, in French; nothing told, nothing differs. */
export function unlike(
  traits: Traits | null,
  patient: { names: readonly string[]; givens: readonly string[]; birthDate: string | null; sex: string },
): string[] {
  if (!traits) return [];
  const differs: string[] = [];
  const same = (told: string, known: readonly string[]) =>
    known.some(
      (one) =>
        plainName(one) === plainName(told) ||
        plainName(one).split(' ').includes(plainName(told)) ||
        plainName(told)
          .split(' ')
          .some((word) => word.length > 2 && plainName(one).split(' ').includes(word)),
    );
  if (traits.birthDate && patient.birthDate && traits.birthDate !== patient.birthDate)
    differs.push('la date de naissance');
  const told = [traits.family, traits.birthFamily].filter((one) => one.trim());
  if (told.length > 0 && !told.some((one) => same(one, patient.names))) differs.push('le nom');
  if (traits.given.trim() && patient.givens.length > 0 && !same(traits.given, patient.givens))
    differs.push('le prénom');
  if (traits.sex && (patient.sex === 'male' || patient.sex === 'female') && traits.sex !== patient.sex)
    differs.push('le sexe');
  return differs;
}
