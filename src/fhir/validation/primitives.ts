import { kindOf, shown } from './context.ts';

/** What is wrong with a value, or nothing. The forms are those of https://hl7.org/fhir/R4/datatypes.html */
export type PrimitiveCheck = (value: unknown) => string | undefined;

const year = '([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)';
const month = '(0[1-9]|1[0-2])';
const day = '(0[1-9]|[12][0-9]|3[01])';
const clock = '([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?';
const zone = '(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what strings must not hold
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;
const maxString = 1_048_576;

const text = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return `must be a string, not ${kindOf(value)}`;
  if (value === '') return 'must not be an empty string: leave the element out';
  if (value.length > maxString) return 'must not be longer than 1 048 576 characters';
  return control.test(value) ? 'must not hold control characters' : undefined;
};

const pattern =
  (regex: RegExp, form: string): PrimitiveCheck =>
  (value) => {
    if (typeof value !== 'string') return `must be a string, not ${kindOf(value)}`;
    if (value === '') return 'must not be an empty string: leave the element out';
    if (value.length > maxString) return 'must not be longer than 1 048 576 characters';
    return regex.test(value) ? undefined : `${shown(value)} is not ${form}`;
  };

const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const realDay = (value: string): boolean => {
  if (value.length < 10) return true;
  const m = Number(value.slice(5, 7));
  const d = Number(value.slice(8, 10));
  if (m === 2 && d === 29) {
    const y = Number(value.slice(0, 4));
    return (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  }
  return d <= (daysIn[m - 1] ?? 0);
};
const dated = (regex: RegExp, form: string): PrimitiveCheck => {
  const check = pattern(regex, form);
  return (value) =>
    check(value) ?? (realDay(value as string) ? undefined : `${shown(value)} is a day that does not exist`);
};

const integer =
  (low: number, form: string): PrimitiveCheck =>
  (value) => {
    if (typeof value !== 'number') return `must be a number, not ${kindOf(value)}`;
    return Number.isInteger(value) && value >= low && value <= 2_147_483_647
      ? undefined
      : `${shown(value)} is not ${form}`;
  };

const base64: PrimitiveCheck = (value) => {
  if (typeof value !== 'string') return `must be a string, not ${kindOf(value)}`;
  if (value === '') return 'must not be an empty string: leave the element out';
  if (!/^[0-9A-Za-z+/=\s]*$/.test(value)) return 'is not base64';
  const packed = /\s/.test(value) ? value.replace(/\s+/g, '') : value;
  if (packed.length % 4 !== 0) return 'is not base64: its length is not a multiple of four';
  const filled = packed.indexOf('=');
  return filled < 0 || filled === packed.length - 1 || (filled === packed.length - 2 && packed.endsWith('=='))
    ? undefined
    : 'is not base64: = stands only at its end, twice at most';
};

const uri = pattern(/^\S+$/, 'a URI: it must not hold spaces');

export const primitives: Record<string, PrimitiveCheck> = {
  boolean: (value) => (typeof value === 'boolean' ? undefined : `must be true or false, not ${kindOf(value)}`),
  integer: integer(-2_147_483_648, 'an integer of 32 bits'),
  unsignedInt: integer(0, 'an integer from 0 up'),
  positiveInt: integer(1, 'an integer from 1 up'),
  decimal: (value) =>
    typeof value === 'number' && Number.isFinite(value) ? undefined : `must be a number, not ${kindOf(value)}`,
  string: text,
  markdown: text,
  xhtml: (value) =>
    typeof value !== 'string'
      ? `must be a string, not ${kindOf(value)}`
      : value.length > 4 * maxString
        ? 'must not be longer than 4 194 304 characters'
        : /^\s*<div[\s>/]/.test(value)
          ? undefined
          : 'must be XHTML in a <div> element',
  code: pattern(/^\S+(\s\S+)*$/, 'a code: no space at its ends, no two spaces in a row'),
  id: pattern(/^[A-Za-z0-9\-.]{1,64}$/, 'an id: 1 to 64 letters, digits, hyphens and dots'),
  uri,
  url: uri,
  canonical: uri,
  oid: pattern(/^urn:oid:[0-2](\.(0|[1-9][0-9]*))+$/, 'an OID like urn:oid:1.2.250.1.213'),
  uuid: pattern(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    'a UUID like urn:uuid:c757873d-…',
  ),
  base64Binary: base64,
  date: dated(new RegExp(`^${year}(-${month}(-${day})?)?$`), 'a date: YYYY, YYYY-MM or YYYY-MM-DD'),
  dateTime: dated(
    new RegExp(`^${year}(-${month}(-${day}(T${clock}${zone})?)?)?$`),
    'a dateTime: YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss+zz:zz',
  ),
  instant: dated(new RegExp(`^${year}-${month}-${day}T${clock}${zone}$`), 'an instant: YYYY-MM-DDThh:mm:ss.sss+zz:zz'),
  time: pattern(new RegExp(`^${clock}$`), 'a time: hh:mm:ss'),
};
