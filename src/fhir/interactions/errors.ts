// https://hl7.org/fhir/R4/http.html#Status-Codes
import { mergedState } from '../../access/index.ts';
import { isUnavailable, mayBeDone, Problem, type Refusal, sqlState } from '../../platform/index.ts';
import { FhirProblem } from '../outcome.ts';
import { SearchProblem } from '../search/index.ts';
import { fhirMedia } from './reply.ts';

const busy = new Set(['40001', '40P01', '55P03']);

/** Any error as FHIR's refusal; only what is ours stays a 5xx, and says nothing of the inside. */
export function toFhirProblem(error: unknown): FhirProblem {
  if (error instanceof FhirProblem) return error;
  if (error instanceof SearchProblem) {
    return new FhirProblem(
      error.status,
      error.code,
      error.diagnostics,
      error.parameter ? { expression: error.parameter } : {},
    );
  }
  if (error instanceof Problem)
    return new FhirProblem(
      error.status,
      error.status === 401 ? 'login' : error.status === 403 ? 'forbidden' : 'processing',
      error.message,
    );
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number'
      ? error.statusCode
      : undefined;
  if (status === 413)
    return new FhirProblem(
      413,
      'too-long',
      'The body is too large: 20 MB for a resource, 50 MB for a bundle. Send it in parts.',
    );
  if (status === 414 || status === 431)
    return new FhirProblem(
      status,
      'too-long',
      'The address or the headers are too long. Nothing was changed: shorten them, or send a search as POST [type]/_search.',
    );
  if (status === 415)
    return new FhirProblem(415, 'not-supported', 'The Content-Type is not accepted. Send application/fhir+json.');
  if (status === 429) return new FhirProblem(429, 'throttled', 'Too many requests. Wait, then repeat.');
  if (status && status >= 400 && status < 500)
    return new FhirProblem(
      status,
      'processing',
      'The request is malformed. Nothing was changed: correct its address, headers or body.',
    );
  const state = sqlState(error) ?? '';
  // Text, number or date that the database cannot hold.
  if (/^22/.test(state))
    return new FhirProblem(
      422,
      'value',
      'A value cannot be stored (a character, a number or a date out of range). Nothing was changed: correct it.',
    );
  // A statement larger than the database takes.
  if (/^54/.test(state)) return new FhirProblem(422, 'too-costly', 'The request is too complex. Ask for less at once.');
  if (state === mergedState) {
    const [gone, kept] = (error as Error).message.replace('merged patient: ', '').split(' ');
    return new FhirProblem(
      409,
      'conflict',
      `Patient/${gone} was merged into Patient/${kept}: write to Patient/${kept}. Nothing was changed.`,
    );
  }
  if (busy.has(state))
    return new FhirProblem(
      409,
      'conflict',
      'Others changed the same data at the same moment. Nothing was changed: repeat the request.',
    );
  if (isUnavailable(error))
    return new FhirProblem(
      503,
      'transient',
      mayBeDone(error)
        ? 'The database went away during this request. A change may have been made or not: look before you repeat it.'
        : 'The database is not available. Nothing was changed: repeat the request in a moment.',
    );
  if (error instanceof RangeError && /call stack/.test(error.message))
    return new FhirProblem(422, 'too-costly', 'The request is too complex. Ask for less at once.');
  return new FhirProblem(
    500,
    'exception',
    'The server met an error. Nothing was changed by this request. Repeat it later.',
  );
}

/** Of an address that never reached an interaction: FHIR's form under FHIR's addresses. */
export function fhirRefusal(address: string, error: unknown): Refusal | undefined {
  if (!/^\/fhir(\/|$)/.test(address)) return undefined;
  const { status, outcome } = toFhirProblem(error);
  return { status, type: fhirMedia, text: JSON.stringify(outcome) };
}

/** Whether repeating the same request may succeed. */
export const mayRepeat = (problem: FhirProblem, error: unknown): boolean =>
  problem.status === 503 || busy.has(sqlState(error) ?? '');
