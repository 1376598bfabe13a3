// https://hl7.org/fhir/R4/datatypes.html#decimal: «1.00» is not «1.0», and must come back as it came.
import { randomBytes } from 'node:crypto';

/**
 * Numbers stay JavaScript numbers: validation, search and rules see nothing else. Where a number is written otherwise than JavaScript would
 * write it, the object that holds it keeps the words under a symbol. Spreading carries symbols along; JSON.stringify, Object.keys and
 * equality do not see them. Everything above such an object bears the symbol too, so that one look at a resource tells.
 */
const exact = Symbol('numbers as written');
type Sources = Map<string, string>;
type Holder = Record<PropertyKey, unknown> & { [exact]?: Sources };
const none: Sources = new Map();

// Not in TypeScript's library yet. https://github.com/tc39/proposal-json-parse-with-source
const { rawJSON } = JSON as unknown as { rawJSON(text: string): object };

/**
 * Text that shows none of these is the same after JSON.parse and JSON.stringify: a last 0 after the point, an exponent, more than 15 digits,
 * a number that JavaScript writes with an exponent, minus zero. May also find one inside a string: then the long way finds nothing. Linear.
 */
const remarkable =
  /[:[,]\s*-?(?:\d{16}|\d{1,15}(?:\.\d*0|(?:\.\d+)?[eE][+-]?\d+|[\d.]{15,})[,}\]\s]|0\.0{6})|-0[,}\]\s]/;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?=[,}\]\s])/y;
/** Nobody outside can write it: a string that begins with it is a number. */
const mark = `${randomBytes(12).toString('hex')} `;

/** JSON.parse that keeps how numbers are written, at no cost worth naming where nothing is remarkable. */
export function parseExact(text: string): unknown {
  if (!remarkable.test(text)) return JSON.parse(text);
  const marked = markNumbers(text);
  if (marked === undefined) return JSON.parse(text);
  try {
    const value: unknown = JSON.parse(marked);
    unmark(value);
    return value;
  } catch {
    // Not JSON: said with the place in the text as it came. Or nested beyond what can be walked: for others to refuse.
    return JSON.parse(text);
  }
}

/** The text with its remarkable numbers as marked strings; undefined when there are none outside of strings. */
function markNumbers(text: string): string | undefined {
  let out = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) {
      for (;;) {
        i = text.indexOf('"', i + 1);
        if (i < 0) return undefined;
        let slashes = 0;
        while (text.charCodeAt(i - 1 - slashes) === 0x5c) slashes++;
        if (slashes % 2 === 0) break;
      }
    } else if (c === 0x2d || (c >= 0x30 && c <= 0x39)) {
      number.lastIndex = i;
      const source = number.exec(text)?.[0];
      if (source === undefined) return undefined;
      if (JSON.stringify(Number(source)) !== source) {
        out += `${text.slice(from, i)}"${mark}${source}"`;
        from = i + source.length;
      }
      i += source.length - 1;
    }
  }
  return from === 0 ? undefined : out + text.slice(from);
}

/** Makes marked strings numbers again; true when there was one. */
function unmark(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const holder = node as Holder;
  let found = false;
  for (const key of Object.keys(holder)) {
    const value = holder[key];
    if (typeof value === 'string') {
      if (!value.startsWith(mark)) continue;
      const source = value.slice(mark.length);
      Object.defineProperty(holder, key, {
        value: Number(source),
        enumerable: true,
        configurable: true,
        writable: true,
      });
      keepSource(holder, key, source);
      found = true;
    } else if (unmark(value)) found = true;
  }
  if (found) holder[exact] ??= none;
  return found;
}

function asWritten(this: unknown, key: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  const source = (this as Holder)[exact]?.get(key);
  // A number that was changed since is written as what it is.
  return source !== undefined && Number(source) === value ? rawJSON(source) : value;
}

/** JSON.stringify that writes numbers as they came. */
export const exactText = (value: object, indent?: number): string =>
  exact in value ? JSON.stringify(value, asWritten, indent) : JSON.stringify(value, null, indent);

/** How the numbers that an object or array holds itself are written, where it matters. */
export const sourcesOf = (holder: object): ReadonlyMap<string, string> | undefined => (holder as Holder)[exact];

/** Says how a number is written; undefined: as JavaScript does. */
export function keepSource(holder: object, key: string, source: string | undefined): void {
  const known = (holder as Holder)[exact];
  if (source === undefined) known?.delete(key);
  else if (known && known !== none) known.set(key, source);
  else (holder as Holder)[exact] = new Map([[key, source]]);
}

/** Gives a copy what the original knows of its numbers. */
function keepExact(original: unknown, copy: unknown): void {
  if (typeof original !== 'object' || typeof copy !== 'object' || original === null || copy === null) return;
  const sources = (original as Holder)[exact];
  if (sources) (copy as Holder)[exact] = sources === none ? none : new Map(sources);
  for (const key of Object.keys(original)) keepExact((original as Holder)[key], (copy as Holder)[key]);
}

/** A deep copy. */
export function cloneExact<T extends object>(original: T): T {
  const copy = structuredClone(original);
  if (exact in original) keepExact(original, copy);
  return copy;
}

/** A part that a number or its holder came from, and where it went. */
export function moveExact(from: object, key: string, to: object, place: string): void {
  keepSource(to, place, (from as Holder)[exact]?.get(key));
  keepExact((from as Holder)[key], (to as Holder)[place]);
}

/** After parts came and went: makes one look at the whole tell again. */
export function settleExact(whole: object): void {
  const inside = (node: unknown): boolean =>
    typeof node === 'object' &&
    node !== null &&
    (((node as Holder)[exact]?.size ?? 0) > 0 || Object.values(node).some(inside));
  if (inside(whole)) (whole as Holder)[exact] ??= none;
}
