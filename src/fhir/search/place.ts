import type { ResourceType } from '@medplum/fhirtypes';
import { hashOf } from './hashes.ts';
import { type Place, SearchProblem, type SearchRequest, type SortKey } from './request.ts';

/** What the page statement returns for each row; `s0…` are the sort values as text. */
export interface PageRow {
  rid: number | string;
  type: ResourceType;
  id: string;
  version: number;
  updated: Date | string;
  kind: number;
  patient: number | string | null;
  patients: (number | string)[] | null;
  content: string;
  horizon?: number | string | null;
  [sort: `s${number}`]: string | null;
}

const unusable = () =>
  new SearchProblem('invalid', '_cursor: this page cannot be continued; start the search again', '_cursor');

/** The rows of a page (the statement asks for one more) and the cursor of the next one, null on the last. */
export function pageOf<Row extends PageRow>(
  request: SearchRequest,
  rows: readonly Row[],
): { rows: Row[]; next: string | null } {
  const kept = rows.slice(0, request.count);
  const last = kept.at(-1);
  if (rows.length <= request.count || !last) return { rows: kept, next: null };
  const values = request.sort.map((_key, i) => last[`s${i}`] ?? null);
  const horizon = request.place?.horizon ?? String(last.horizon ?? '9223372036854775807');
  const body = [String(last.rid), horizon, ...values];
  const text = JSON.stringify([check(body, request.shape), ...body]);
  return { rows: kept, next: Buffer.from(text).toString('base64url') };
}

/** Reads a cursor made for a search of the same shape. @throws SearchProblem when it is not one. */
export function readPlace(cursor: string, shape: string, sort: readonly SortKey[]): Place {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor.slice(0, 4000), 'base64url').toString());
  } catch {
    throw unusable();
  }
  if (!Array.isArray(parts) || parts.length < 3) throw unusable();
  const [sum, ...body] = parts as (string | null)[];
  const [rid, horizon, ...values] = body;
  if (!body.every((part) => part === null || typeof part === 'string') || sum !== check(body, shape)) throw unusable();
  if (!/^-?\d{1,19}$/.test(rid ?? '') || !/^-?\d{1,19}$/.test(horizon ?? '')) throw unusable();
  if (values.length !== sort.length || !values.every((value, i) => value === null || readable(sort[i]!, value)))
    throw unusable();
  return { rid: rid!, horizon: horizon!, values };
}

/** The database must be able to read the value back: a cursor can be written by hand. */
function readable(key: SortKey, value: string): boolean {
  if (key.by === 'quantity') return value !== '' && (Number.isFinite(Number(value)) || /^-?Infinity$/.test(value));
  if (key.by !== 'updated' && key.by !== 'at' && key.by !== 'date') return !value.includes('\0');
  return /^(-?infinity|\d{4}-(0[1-9]|1[0-2])-([0-2]\d) \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?|\d{4}-(0[1-9]|1[0-2])-3[01] \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?)( BC)?$/.test(
    value,
  );
}

const check = (body: readonly (string | null)[], shape: string): string => hashOf(`${shape}\n${JSON.stringify(body)}`);
