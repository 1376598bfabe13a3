import { type Analyte, labAnalytes } from '../../data/panels.ts';
import { inOwnUnit, unitsNamed } from '../../data/lab-units.ts';
import {
  dayIn,
  linesOf,
  mostValues,
  numberIn,
  plainName,
  type ReadReport,
  type ReadValue,
  type Traits,
} from './read.ts';

const byName = new Map<string, Analyte>();
for (const one of labAnalytes)
  for (const name of [one.label, one.short, ...one.names])
    if (!byName.has(plainName(name))) byName.set(plainName(name), one);

/** The longest beginning of a text that names an analyte, and where it ends. */
export function namedAt(text: string): { analyte: Analyte; end: number } | null {
  let best: { analyte: Analyte; end: number } | null = null;
  const most = Math.min(text.length, 70);
  for (let end = 1; end <= most; end++) {
    if (!/[\p{L}\p{N}]/u.test(text[end - 1]!) || (end < text.length && /[\p{L}\p{N}]/u.test(text[end]!))) continue;
    const analyte = byName.get(plainName(text.slice(0, end)));
    if (analyte) best = { analyte, end };
  }
  return best;
}

const comparators: Record<string, ReadValue['comparator']> = {
  '<': '<',
  '≤': '<=',
  '<=': '<=',
  '>': '>',
  '≥': '>=',
  '>=': '>=',
};
const comparatorOf = (typed: string): ReadValue['comparator'] =>
  comparators[typed] ?? (/^inf/i.test(typed) ? '<' : /^sup/i.test(typed) ? '>' : null);
const first = /^(<=|>=|[<>≤≥]|inf[a-zé.]{0,7}\s?[àa]|sup[a-zé.]{0,7}\s?[àa])?\s{0,3}([-+]?\d{1,12}(?:[.,]\d{1,6})?)/i;
const num = String.raw`(?:\d{1,3}(?: \d{3}){1,2}|[-+]?\d{1,9}(?:[.,]\d{1,4})?)`;
const between = new RegExp(String.raw`(${num})\s{0,3}(?:-|–|à|a|et)\s{0,3}(${num})(?![\d/-])`, 'i');
const bound = new RegExp(String.raw`(<=|>=|[<>≤≥]|inf[a-zé.]{0,7}\s?[àa]|sup[a-zé.]{0,7}\s?[àa])\s{0,3}(${num})`, 'i');
const qualitative =
  /^(?:(?:r[ée]sultat\s*:?\s*)?(?:n[ée]gati(?:f|ve|fs|ves)|positi(?:f|ve|fs|ves)|absen(?:ce|te?s?)|pr[ée]sen(?:ce|te?s?)|st[ée]rile|traces?|ind[ée]tectable|douteu(?:x|se)|(?:non )?immunis[ée]e?|\+{1,4}|non retrouv[ée]e?s?|rares?|quelques|nombreu(?:x|ses)|A|B|AB|O)(?![\p{L}]))/iu;

/** «(12,0-16,0)», «[12 – 16]», «12,0 à 16,0», «< 5», «N : 12 - 16», and what is left of the line. */
export function rangeIn(text: string): { low: number | null; high: number | null; left: string } {
  const both = between.exec(text);
  const one = bound.exec(text);
  if (both && (!one || both.index <= one.index)) {
    const [low, high] = [numberIn(both[1]!), numberIn(both[2]!)];
    if (low !== null && high !== null && low <= high)
      return { low, high, left: leftOf(text, both.index, both[0].length) };
  }
  if (one) {
    const limit = numberIn(one[2]!);
    if (limit !== null)
      return comparatorOf(one[1]!)?.startsWith('<')
        ? { low: null, high: limit, left: leftOf(text, one.index, one[0].length) }
        : { low: limit, high: null, left: leftOf(text, one.index, one[0].length) };
  }
  return { low: null, high: null, left: text.trim() };
}
const leftOf = (text: string, at: number, length: number): string =>
  `${text.slice(0, at)} ${text.slice(at + length)}`
    .replace(/\b(?:N|VN|VR|V\.R\.|R[ée]f[a-zé]*\.?|valeurs? de r[ée]f[ée]rence|usuelles?)\s*:?/gi, ' ')
    .replace(/[()[\]:;]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The unit at the beginning of a text: of several readings the one this analyte knows. */
export function unitAt(text: string, analyte: Analyte | undefined): { unit: string; unitText: string; length: number } {
  const lead = /^\s*[([]?\s*/.exec(text)![0].length;
  const words = text.slice(lead).split(/\s+/).slice(0, 4);
  for (let count = Math.min(4, words.length); count > 0; count--) {
    const typed = words
      .slice(0, count)
      .join(' ')
      .replace(/[)\],;]+$/, '');
    const named = typed.length <= 24 ? unitsNamed(typed) : [];
    if (named.length === 0) continue;
    const fit = analyte && named.find((unit) => inOwnUnit(analyte.code, analyte.unit, unit, 1) !== null);
    const length = lead + text.slice(lead).split(/\s+/, count).join(' ').length + countExtra(text.slice(lead), count);
    return { unit: fit ?? named[0]!, unitText: typed, length };
  }
  const odd = /^\s*([\p{L}µ%]{1,12}(?:\/[\p{L}\d.,²³µ]{1,14}){1,3})(?=[\s)(\]]|$)/u.exec(text);
  return odd ? { unit: '', unitText: odd[1]!, length: odd[0].length } : { unit: '', unitText: '', length: 0 };
}
/** Blanks between words beyond one each. */
function countExtra(text: string, count: number): number {
  let [at, extra] = [0, 0];
  for (let word = 0; word < count; word++) {
    while (at < text.length && !/\s/.test(text[at]!)) at++;
    if (word === count - 1) break;
    const from = at;
    while (at < text.length && /\s/.test(text[at]!)) at++;
    extra += at - from - 1;
  }
  return extra;
}

const marks: Record<string, ReadValue['flag']> = {
  H: 'H',
  '↑': 'H',
  '+': 'H',
  L: 'L',
  B: 'L',
  '↓': 'L',
  '-': 'L',
  HH: 'HH',
  '++': 'HH',
  LL: 'LL',
  BB: 'LL',
  '--': 'LL',
  '*': 'A',
  '**': 'A',
};

/** What follows a name on its line. */
function valueIn(
  line: number,
  raw: string,
  label: string,
  analyte: Analyte | undefined,
  after: string,
): ReadValue | null {
  // «(Sysmex)», «(spectrophotométrie)», dots and colons between the name and its value.
  let rest = after.replace(/^[)\]]?(?:\s*[([][^\d<>)\]]{0,60}[)\]])?[\s:.=…_|;–-]*/u, '');
  const starred = /^(\*{1,2})\s*/.exec(rest);
  if (starred) rest = rest.slice(starred[0].length);
  const base = {
    line,
    raw: raw.slice(0, 300),
    code: analyte?.code ?? null,
    label: analyte?.label ?? label,
    flag: starred ? marks[starred[1]!]! : null,
    status: null,
    comparator: null,
    unit: '',
    unitText: '',
    low: null,
    high: null,
    left: '',
  } as const;
  const found = first.exec(rest);
  if (!found || analyte?.words) {
    const text = rest.trim().slice(0, 300);
    if (text && (analyte?.words || qualitative.test(text))) return { ...base, value: null, text };
    return null;
  }
  let typed = found[2]!;
  let tail = rest.slice(found[0].length);
  // «4 520 /mm3»: blanks of thousands only before a count of cells, so that «250 150 - 400» stays a value and its range.
  const thousands = /^(?:[ \u00a0\u202f.]\d{3}){1,3}(?=\s*(?:\/|[ée]l[ée]m|ufc|ui\/l))/i.exec(tail);
  if (thousands && /^\d{1,3}$/.test(typed)) {
    typed += thousands[0].replace(/\D/g, '');
    tail = tail.slice(thousands[0].length);
  }
  // A date, an hour, a telephone number, a code.
  if (/^[/:]\d/.test(tail) || /^(?:[ .]\d{2}){3,}/.test(tail) || /^[\p{L}]{1,2}\d/u.test(tail)) return null;
  const value = numberIn(typed);
  if (value === null) return null;
  const { unit, unitText, length } = unitAt(tail, analyte);
  tail = tail.slice(length);
  const mark = /^\s*(HH|LL|BB|\+\+|--|[HLB↑↓+*-])(?=\s|$|[([])/.exec(tail);
  if (mark) tail = tail.slice(mark[0].length);
  const { low, high, left } = rangeIn(tail);
  return {
    ...base,
    value,
    text: null,
    comparator: found[1] ? comparatorOf(found[1].trim()) : null,
    unit,
    unitText,
    low,
    high,
    flag: mark ? marks[mark[1]!]! : base.flag,
    left,
  };
}

/** One line of a laboratory's table; null when it is none. */
export function readResultLine(raw: string, at: number): ReadValue | null {
  const text = raw
    .replace(/[\t\u00a0\u202f]/g, ' ')
    .replace(/^[\s*•·>-]+/, '')
    .trimEnd();
  if (!/\p{L}/u.test(text)) return null;
  const known = namedAt(text);
  if (known) {
    const found = valueIn(at, raw, '', known.analyte, text.slice(known.end));
    if (found) return found;
  }
  const generic = /^([\p{L}][^:<>≤≥]{1,70}?)\s*(?::|\.{2,}|\s)\s*(?=[<>≤≥*]|[-+]?\d)/u.exec(text);
  if (generic) {
    const found = valueIn(at, raw, generic[1]!.replace(/[\s.:]+$/, ''), undefined, text.slice(generic[0].length));
    // Words with a number are a result only with a unit or a range: «Page 1», «Dossier 2604» are not.
    if (found && found.value !== null && (found.unit || found.low !== null || found.high !== null || found.unitText))
      return found;
  }
  const words = /^([\p{L}][^:]{1,70}?)\s*:\s*(.{1,60})$/u.exec(text);
  if (words && qualitative.test(words[2]!) && words[2]!.length > 1)
    return valueIn(at, raw, words[1]!, undefined, words[2]!);
  return null;
}

const born = /n[ée]+e?\s*(?:\(e\))?\s*(?:le)?\s*:?\s*(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})/i;
const taken =
  /(?:pr[ée]lev[ée]|pr[ée]l[èe]vement|re[çc]u|enregistr[ée])[^\d]{0,40}(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?:\s*(?:à|a|-)?\s*(\d{1,2})\s*[h:]\s*(\d{2}))?/i;
/** The same value in another unit, under it. */
const another = /^\s*(?:soit\b|[(=]?\s*[-+]?\d)/i;

/** A table pasted from a laboratory's page or letter. Never throws, whatever the text. */
export function readText(text: string): ReadReport {
  const report: ReadReport = {
    format: 'text',
    values: [],
    comments: [],
    head: [],
    traits: null,
    lab: '',
    number: '',
    at: '',
  };
  let traits: Traits | null = null;
  linesOf(text).forEach((raw, index) => {
    if (!/[\p{L}\p{N}]/u.test(raw)) return;
    const birth = born.exec(raw);
    if (birth && dayIn(birth[1]!))
      traits = { family: '', birthFamily: '', given: '', sex: null, birthDate: dayIn(birth[1]!) };
    const moment = taken.exec(raw);
    if (moment && dayIn(moment[1]!) && !birth) {
      report.at ||=
        dayIn(moment[1]!) +
        (moment[2] && Number(moment[2]) < 24 && Number(moment[3]) < 60
          ? `T${moment[2].padStart(2, '0')}:${moment[3]}`
          : '');
      return;
    }
    const last = report.values.at(-1);
    if (last && last.line === index && another.test(raw)) {
      last.left = `${last.left} ${raw.trim()}`.trim().slice(0, 300);
      return;
    }
    const found = birth || report.values.length >= mostValues ? null : readResultLine(raw, index + 1);
    if (found) report.values.push(found);
    else if (report.values.length === 0) {
      if (!report.lab && /labo|biolog/i.test(raw)) report.lab = raw.trim().slice(0, 120);
      report.head.push(raw.trim());
    } else report.comments.push(raw.trim());
  });
  report.traits = traits;
  return report;
}
