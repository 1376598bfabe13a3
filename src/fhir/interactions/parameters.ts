// https://hl7.org/fhir/R4/search.html#return
import { FhirProblem } from '../outcome.ts';
import { lastOf, type Pairs } from './call.ts';

/** How many a page holds when nobody says, and at most. */
export const pageSize = 50;
const maxPageSize = 1_000;

/** `_count`: a whole number; more than the most is cut. @throws FhirProblem 400. */
export function countOf(pairs: Pairs, usual = pageSize): number {
  const text = lastOf(pairs, '_count');
  if (text === undefined || text === '') return usual;
  if (!/^\d{1,10}$/.test(text))
    throw new FhirProblem(400, 'value', `_count must be a whole number from 0, not “${text.slice(0, 40)}”.`, {
      expression: '_count',
    });
  return Math.min(Number(text), maxPageSize);
}

const dateForm =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+ -]\d{2}:\d{2})?)?)?)?$/;

/**
 * A FHIR date, dateTime or instant as the ISO instant at which it begins, or, with `end`, at which it ends: the next day, minute, second or millisecond.
 * Without zone: UTC. @throws FhirProblem 400.
 */
export function instantOf(pairs: Pairs, name: string, end = false): string | undefined {
  const text = lastOf(pairs, name);
  if (text === undefined || text === '') return undefined;
  const parts = dateForm.exec(text);
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] =
    parts ?? [];
  // A plus sign that was not percent-encoded arrives as a space.
  const time = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}${zone.replace(' ', '+')}`,
  );
  const real =
    parts && !Number.isNaN(time) && Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (!real)
    throw new FhirProblem(
      400,
      'value',
      `${name} must be a date or an instant like 2026-03-01T08:00:00Z, not “${text.slice(0, 40)}”.`,
      { expression: name },
    );
  const at = new Date(time);
  if (end && parts) {
    if (!parts[2]) at.setUTCFullYear(at.getUTCFullYear() + 1);
    else if (!parts[3]) at.setUTCMonth(at.getUTCMonth() + 1);
    else if (!parts[4]) at.setUTCDate(at.getUTCDate() + 1);
    else at.setTime(at.getTime() + (!parts[6] ? 60_000 : !parts[7] ? 1_000 : 1));
  }
  return at.toISOString();
}

export const queryString = (pairs: Pairs): string => {
  const text = new URLSearchParams(pairs).toString();
  // Readable links: these are legal in a query as they are.
  return text.replace(/%3A/g, ':').replace(/%2F/g, '/').replace(/%2C/g, ',').replace(/%24/g, '$');
};

/** Words of a comma-separated parameter that may come several times. */
export const listOf = (pairs: Pairs, name: string): string[] =>
  pairs
    .filter(([key]) => key === name)
    .flatMap(([, value]) => value.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
