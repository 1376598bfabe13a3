/**
 * The data matrix of a French box of medicine: GS1 element strings, as a scanner types them or as they are pasted. 01 GTIN (0 and the CIP13), 17 expiry,
 * 10 lot, 21 serial number. https://www.gs1.org/standards/barcodes/application-identifiers
 */
export interface Scanned {
  /** CIP13; null for a foreign box. */
  cip: string | null;
  gtin: string;
  lot: string | null;
  /** ISO day; the last of the month when the box says only that. */
  expires: string | null;
  /** Separators were lost and the parts can be cut in several ways: to be looked at. */
  unsure: boolean;
}
const fixed: Readonly<Record<string, number>> = { '01': 14, '11': 6, '13': 6, '15': 6, '17': 6 };
const open: Readonly<Record<string, number>> = {
  '10': 20,
  '21': 20,
  '30': 8,
  '710': 20,
  '711': 20,
  '712': 20,
  '713': 20,
  '714': 20,
};
const separator = String.fromCharCode(29);
type Parts = ReadonlyMap<string, string>;
/** Keeps a scan of any length from being tried in too many ways. */
const mostTries = 5000;

const checked = (digits: string): boolean => {
  const sum = [...digits].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0);
  return /^\d+$/.test(digits) && sum % 10 === 0;
};
function dayOf(text: string): string | null {
  const [, yy = '', mm = '', dd = ''] = /^(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  const [year, month, day] = [2000 + Number(yy), Number(mm), Number(dd)];
  if (!yy || month < 1 || month > 12 || day > 31) return null;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day > last ? null : `${year}-${mm}-${String(day || last).padStart(2, '0')}`;
}
/** Every way to cut what is left into identifiers. */
function cuts(rest: string, known: Parts, budget: { left: number }): Parts[] {
  if (rest === '') return [known];
  if (rest.startsWith(separator)) return cuts(rest.slice(1), known, budget);
  if (budget.left-- <= 0) return [];
  const found: Parts[] = [];
  for (const size of [2, 3]) {
    const id = rest.slice(0, size);
    if (known.has(id)) continue;
    const more = (value: string, after: string) => found.push(...cuts(after, new Map([...known, [id, value]]), budget));
    if (Object.hasOwn(fixed, id)) {
      const value = rest.slice(size, size + fixed[id]!);
      const good = id === '01' ? value.length === 14 && checked(value) : dayOf(value) !== null;
      if (good) more(value, rest.slice(size + fixed[id]!));
    } else if (Object.hasOwn(open, id)) {
      const end = rest.indexOf(separator, size);
      const room = Math.min(open[id]!, (end < 0 ? rest.length : end) - size);
      // A separator, or the end, closes it; where none was kept it may end anywhere.
      const lengths = end >= 0 && end - size <= open[id]! ? [room] : Array.from({ length: room }, (_, at) => room - at);
      for (const length of lengths) more(rest.slice(size, size + length), rest.slice(size + length));
    }
  }
  return found;
}

/** What a box says; null when it is no such code. */
export function readScan(typed: string): Scanned | null {
  const text = typed
    .trim()
    .replace(/^\](?:d2|C1|Q3|e0)/, '')
    .replace(/[\u241d~]|<GS>|\{GS\}/g, separator);
  const bracketed = text.startsWith('(')
    ? new Map(
        [...text.matchAll(/\((\d{2,4})\)([^(]*)/g)].map(([, id = '', value = '']) => [
          id,
          value.trim().replaceAll(separator, ''),
        ]),
      )
    : null;
  const ways = bracketed
    ? [bracketed]
    : /^01\d{14}|^(?:10|11|17|21|71\d)/.test(text) && text.length >= 16 && text.length <= 120
      ? cuts(text, new Map(), { left: mostTries })
      : [];
  const good = ways.filter((way) => checked(way.get('01') ?? '') && way.get('01')!.length === 14);
  const most = Math.max(0, ...good.map((way) => way.size));
  const best = good.filter((way) => way.size === most);
  const parts = best[0];
  if (!parts)
    return /^34009\d{8}$/.test(text) && checked(text)
      ? { cip: text, gtin: `0${text}`, lot: null, expires: null, unsure: false }
      : null;
  const gtin = parts.get('01')!;
  const same = (id: string) => best.every((way) => way.get(id) === parts.get(id));
  const unsure = !same('10') || !same('17');
  return {
    cip: /^034009/.test(gtin) ? gtin.slice(1) : null,
    gtin,
    lot: parts.get('10') ?? null,
    expires: dayOf(parts.get('17') ?? ''),
    unsure,
  };
}
