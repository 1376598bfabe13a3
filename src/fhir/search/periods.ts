/** A span of time in milliseconds, `high` exclusive; infinities for open ends. */
export interface Span {
  low: number;
  high: number;
}

const pattern = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;
const utc = (y: number, mo: number, d: number, h: number, mi: number, s: number, ms: number) => {
  if (y >= 100) return Date.UTC(y, mo, d, h, mi, s, ms);
  const date = new Date(Date.UTC(2000, mo, d, h, mi, s, ms));
  return date.setUTCFullYear(y, mo, d);
};

/** R4: what bears no time zone is read in the server's, which is France's whatever the machine says, so that the same stored text gives the same span on every server (docs/adr/0040). */
const france = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', timeZoneName: 'longOffset' });
const offsets = new Map<number, number>();
/** Before, legal time changed with wars and seconds: nobody recorded an instant, and a day is a day. */
const settled = Date.UTC(1980, 0, 1);
const hour = 3_600_000;
/** The instant at which clocks in France show what `shown` says in universal time. */
function inFrance(shown: number): number {
  if (shown < settled) return shown - hour;
  const near = shown - hour;
  const key = near - (near % hour);
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = /\+02:00$/.test(france.format(key)) ? 2 * hour : hour;
    if (offsets.size >= 20_000) offsets.clear();
    offsets.set(key, offset);
  }
  return shown - offset;
}

/** The span a FHIR date, dateTime or instant stands for: `2024-03` is the whole month. Null when it is not a date. */
export function spanOf(text: string): Span | null {
  const m = pattern.exec(text);
  if (!m) return null;
  const year = Number(m[1]);
  const month = m[2] === undefined ? undefined : Number(m[2]) - 1;
  const day = m[3] === undefined ? undefined : Number(m[3]);
  if (year === 0 || (month !== undefined && (month < 0 || month > 11))) return null;
  if (day !== undefined && (day < 1 || day > new Date(Date.UTC(2000 + (year % 400), month! + 1, 0)).getUTCDate()))
    return null;
  if (m[4] === undefined) {
    const first = utc(year, month ?? 0, day ?? 1, 0, 0, 0, 0);
    const next =
      day !== undefined
        ? first + 24 * hour
        : month !== undefined
          ? utc(year, month + 1, 1, 0, 0, 0, 0)
          : utc(year + 1, 0, 1, 0, 0, 0, 0);
    return { low: inFrance(first), high: inFrance(next) };
  }
  const hours = Number(m[4]);
  const minute = Number(m[5]);
  const second = m[6] === undefined ? 0 : Number(m[6]);
  if (hours > 23 || minute > 59 || second > 60) return null;
  let low = utc(year, month!, day!, hours, minute, second, m[7] === undefined ? 0 : Number(`${m[7]}00`.slice(0, 3)));
  const zone = m[8];
  if (!zone) low = inFrance(low);
  else if (zone !== 'Z') {
    const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
    if (minutes > 14 * 60) return null;
    low -= (zone[0] === '-' ? -minutes : minutes) * 60_000;
  }
  return { low, high: low + (m[6] === undefined ? 60_000 : m[7] === undefined ? 1000 : 1) };
}

const earliest = -62_135_596_800_000;
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const texts = new Map<number, string>();

/** An instant as PostgreSQL reads it, infinities included. The same days come back all the time: recent texts are remembered. */
export function instantText(ms: number): string {
  const known = texts.get(ms);
  if (known !== undefined) return known;
  const text = ms > latest ? 'infinity' : ms < earliest ? '-infinity' : new Date(ms).toISOString();
  if (texts.size >= 5000) texts.clear();
  texts.set(ms, text);
  return text;
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Outer limits of a Period; null when neither end is a date. */
function periodSpan(value: unknown): Span | null {
  if (!isObject(value)) return null;
  const start = typeof value.start === 'string' ? spanOf(value.start) : null;
  const end = typeof value.end === 'string' ? spanOf(value.end) : null;
  if (!start && !end) return null;
  return { low: start?.low ?? Number.NEGATIVE_INFINITY, high: end?.high ?? Number.POSITIVE_INFINITY };
}

/** Outer limits of a Timing: its events and the bounds of its repetition. */
function timingSpan(value: unknown): Span | null {
  if (!isObject(value)) return null;
  let found: Span | null = null;
  const add = (span: Span | null) => {
    if (span) found = found ? { low: Math.min(found.low, span.low), high: Math.max(found.high, span.high) } : span;
  };
  for (const event of Array.isArray(value.event) ? value.event : []) if (typeof event === 'string') add(spanOf(event));
  if (isObject(value.repeat)) add(periodSpan(value.repeat.boundsPeriod));
  return found;
}

/** The span of a value of any dated data type, told apart by its shape. */
export function dateSpan(value: unknown): Span | null {
  if (typeof value === 'string') return spanOf(value);
  if (!isObject(value)) return null;
  return 'event' in value || 'repeat' in value ? timingSpan(value) : periodSpan(value);
}
