import type { Param } from '../../access/index.ts';
import { longSpan } from './entry-sink.ts';
import { instantText } from './periods.ts';
import type { Criterion, Test } from './request.ts';

/** Adds parameters to the statement being written. */
interface Writing {
  param: Param;
}

/** At least one of the conditions. */
export const any = (conditions: readonly string[]): string =>
  conditions.length === 1 ? conditions[0]! : conditions.length === 0 ? 'false' : `(${conditions.join(' or ')})`;

/** Last character of Unicode: above every text that begins the same. */
const above = '\u{10FFFF}';

export function stringCondition(
  { values, how }: Extract<Criterion, { kind: 'strings' }>,
  value: string,
  { param }: Writing,
): string {
  return any(
    values
      .map((text) =>
        how === 'contains'
          ? `strpos(${value}, ${param(text)}::text) > 0`
          : `${value} >= ${param(text)}::text and ${value} < ${param(text + above)}::text`,
      )
      .map((one) => (values.length > 1 ? `(${one})` : one)),
  );
}

/** FHIR's prefixes over spans: what is stored (`low` to `high`, exclusive) against what is asked. */
export function dateCondition({ prefix, low, high }: Test, d: string, { param }: Writing): string {
  const from = () => `${param(instantText(low))}::timestamptz`;
  const to = () => `${param(instantText(high))}::timestamptz`;
  switch (prefix) {
    case 'eq':
      return `(${d}.low >= ${from()} and ${d}.high <= ${to()})`;
    case 'ne':
      return `(${d}.low < ${from()} or ${d}.high > ${to()})`;
    case 'gt':
      return `${d}.high > ${to()}`;
    case 'lt':
      return `${d}.low < ${from()}`;
    case 'ge':
      return `(${d}.low >= ${from()} or ${d}.high > ${to()})`;
    case 'le':
      return `(${d}.low < ${from()} or ${d}.high <= ${to()})`;
    case 'sa':
      return `${d}.low >= ${to()}`;
    case 'eb':
      return `${d}.high <= ${from()}`;
    case 'ap':
      return `(${d}.low < ${to()} and ${d}.high > ${from()})`;
  }
}

/** Bounds of `low` that hold every span of ordinary length satisfying the test. */
export function lowBounds({ prefix, low, high }: Test): [number, number] {
  switch (prefix) {
    case 'eq':
      return [low, high];
    case 'gt':
      return [high - longSpan, Infinity];
    case 'ge':
      return [low - longSpan, Infinity];
    case 'lt':
    case 'eb':
      return [-Infinity, low];
    case 'le':
      return [-Infinity, high];
    case 'sa':
      return [high, Infinity];
    case 'ap':
      return [low - longSpan, high];
    case 'ne':
      return [-Infinity, Infinity];
  }
}

/** A row's `updated` is an instant. */
export function updatedCondition({ prefix, low, high }: Test, column: string, { param }: Writing): string {
  const from = () => `${param(instantText(low))}::timestamptz`;
  const to = () => `${param(instantText(high))}::timestamptz`;
  switch (prefix) {
    case 'eq':
    case 'ap':
      return `(${column} >= ${from()} and ${column} < ${to()})`;
    case 'ne':
      return `(${column} < ${from()} or ${column} >= ${to()})`;
    case 'gt':
    case 'sa':
      return `${column} >= ${to()}`;
    case 'lt':
    case 'eb':
      return `${column} < ${from()}`;
    case 'ge':
      return `${column} >= ${from()}`;
    case 'le':
      return `${column} < ${to()}`;
  }
}

export function quantityCondition({ prefix, low, high, value }: Test, q: string, { param }: Writing): string {
  const number = (n: number) => `${param(n)}::double precision`;
  switch (prefix) {
    case 'eq':
      return `(${q}.low >= ${number(low)} and ${q}.low < ${number(high)} and ${q}.high < ${number(high)})`;
    case 'ne':
      return `(${q}.low < ${number(low)} or ${q}.high >= ${number(high)})`;
    case 'gt':
      return `${q}.high > ${number(value)}`;
    case 'lt':
      return `${q}.low < ${number(value)}`;
    case 'ge':
      return `${q}.high >= ${number(value)}`;
    case 'le':
      return `${q}.low <= ${number(value)}`;
    case 'sa':
      return `${q}.low > ${number(value)}`;
    case 'eb':
      return `${q}.high < ${number(value)}`;
    case 'ap':
      return `(${q}.low <= ${number(high)} and ${q}.high >= ${number(low)})`;
  }
}
/** The same on a row without extent, where only `low` need be looked at and the index leads to it. */
export function pointCondition(test: Test, q: string, writing: Writing): string {
  return quantityCondition(test, q, writing).replaceAll(`${q}.high`, `${q}.low`);
}
