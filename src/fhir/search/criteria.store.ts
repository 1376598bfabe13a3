import { type Param, type Sight, sightPredicate } from '../../access/index.ts';
import {
  any,
  dateCondition,
  lowBounds,
  pointCondition,
  quantityCondition,
  stringCondition,
  updatedCondition,
} from './comparisons.store.ts';
import { instantText } from './periods.ts';
import type { Criterion, QuantityPlace, Test } from './request.ts';
import { flatten, leadOf, rankOf, type Strings } from './way-in.ts';

/** One statement being written: its parameters, whose eyes it has, and fresh names for its rows. $1 is the practice. */
export interface Writing {
  param: Param;
  sight: Sight;
  alias(): string;
}

/** A set of rows that leads to those of a criterion; `exact`: no further check is needed. */
interface Entry {
  text: string;
  exact: boolean;
}

const texts = (writing: Writing, values: readonly string[]) => `${writing.param(values)}::bigint[]`;

/**
 * Every row of a type that the criteria and the sight let through, as conditions on the row `row`. `leading` takes the criterion of a beginning of a
 * text, whose rows may be many, when the caller can walk them in an order and stop.
 */
export function rowConditions(
  criteria: readonly Criterion[],
  row: string,
  writing: Writing,
  leading?: (criterion: Strings) => void,
): string[] {
  const flat = flatten(criteria);
  const lead = leadOf(flat);
  const conditions: string[] = [];
  for (const one of flat) {
    if (one === lead && one.kind === 'strings' && leading) {
      leading(one);
      continue;
    }
    if (one === lead) {
      const entry = entryOf(one, row, writing);
      conditions.push(entry.text);
      if (entry.exact) continue;
    }
    conditions.push(filterOf(one, row, writing));
  }
  return conditions;
}

function entryOf(criterion: Criterion, row: string, writing: Writing): Entry {
  if (criterion.kind === 'ids') return { text: filterOf(criterion, row, writing), exact: true };
  if (criterion.kind === 'patient') {
    const { patients } = criterion;
    const text =
      patients.length === 1
        ? `${row}.patient = ${writing.param(patients[0])}::bigint`
        : `${row}.patient = any(${texts(writing, patients)})`;
    return { text, exact: false };
  }
  const { text, exact } = ridsOf(criterion, writing);
  return { text: `${row}.rid in (${text})`, exact };
}

/** A query of rids that holds at least those of the criterion, found through an index. */
function ridsOf(criterion: Criterion, writing: Writing): Entry {
  const { param } = writing;
  switch (criterion.kind) {
    case 'ids':
      throw new Error('ids are conditions of the row');
    case 'patient': {
      const t = writing.alias();
      return {
        text: `select ${t}.rid from fhir.token ${t} where ${t}.tenant_id = $1 and ${t}.hash = any(${texts(writing, criterion.any)})`,
        exact: true,
      };
    }
    case 'tokens': {
      const t = writing.alias();
      const hash =
        criterion.keys!.length === 1
          ? `= ${param(criterion.keys![0])}::bigint`
          : `= any(${texts(writing, criterion.keys!)})`;
      return {
        text: `select ${t}.rid from fhir.token ${t} where ${t}.tenant_id = $1 and ${t}.hash ${hash}`,
        exact: criterion.exact,
      };
    }
    case 'strings':
      return { text: stringRids(criterion, writing), exact: true };
    case 'dates':
      return { text: dateRids(criterion, writing), exact: true };
    case 'quantities':
      return {
        text: criterion.places.map((place) => quantityRids(place, criterion.tests, writing)).join(' union all '),
        exact: criterion.places.every((place) => place.needs.length === 0),
      };
    case 'chain':
      return { text: chainRids(criterion, writing), exact: true };
    case 'has':
      return { text: hasRids(criterion, writing), exact: true };
    case 'and': {
      const best = [...criterion.of].sort((a, b) => rankOf(a) - rankOf(b))[0]!;
      return { text: ridsOf(best, writing).text, exact: false };
    }
    case 'or': {
      const parts = criterion.of.map((one) => ridsOf(one, writing));
      return { text: parts.map((part) => part.text).join(' union all '), exact: parts.every((part) => part.exact) };
    }
    default:
      throw new Error(`no way in by ${criterion.kind}`);
  }
}

/** The criterion as a condition on a row in hand. */
function filterOf(criterion: Criterion, row: string, writing: Writing): string {
  const { param } = writing;
  switch (criterion.kind) {
    case 'ids':
      return criterion.ids.length === 1
        ? `${row}.id = ${param(criterion.ids[0])}::text`
        : `${row}.id = any(${param(criterion.ids)}::text[])`;
    case 'updated':
      return any(criterion.tests.map((test) => updatedCondition(test, `${row}.updated`, writing)));
    case 'tokens':
    case 'patient':
      return criterion.any.length === 1
        ? `${row}.tokens @> array[${param(criterion.any[0])}::bigint]`
        : `${row}.tokens && ${texts(writing, criterion.any)}`;
    case 'strings': {
      const s = writing.alias();
      const own = `exists (select 1 from fhir.string ${s} where ${s}.tenant_id = $1 and ${s}.rid = ${row}.rid and ${s}.param = any(${texts(writing, criterion.params)}) and (${stringCondition(criterion, `${s}.value`, writing)}) offset 0)`;
      return criterion.label ? `(${stringCondition(criterion, `${row}.sort_text`, writing)} or ${own})` : own;
    }
    case 'dates': {
      const d = writing.alias();
      const params = criterion.params.flatMap(({ param: short, long }) => [short, long]);
      const condition = criterion.all
        .map((tests) => any(tests.map((test) => dateCondition(test, d, writing))))
        .join(' and ');
      return `exists (select 1 from fhir.date ${d} where ${d}.tenant_id = $1 and ${d}.rid = ${row}.rid and ${d}.param = any(${texts(writing, params)}) and ${condition} offset 0)`;
    }
    case 'quantities':
      return any(criterion.places.map((place) => quantityFilter(place, criterion.tests, row, writing)));
    case 'not':
      return `not coalesce(${filterOf(criterion.of, row, writing)}, false)`;
    case 'and':
      return criterion.of.length === 0
        ? 'true'
        : `(${criterion.of.map((one) => filterOf(one, row, writing)).join(' and ')})`;
    case 'or':
      return any(criterion.of.map((one) => filterOf(one, row, writing)));
    case 'chain': {
      const t = writing.alias();
      return `exists (select 1 from fhir.resource ${t} where ${t}.tenant_id = $1 and ${t}.key = any(${row}.refs) and ${pointed(`${t}.key`, row, criterion.params, writing)} and ${visible(t, criterion.type, writing)} and ${filters(criterion.criteria, t, writing)} offset 0)`;
    }
    case 'has': {
      const k = writing.alias();
      const s = writing.alias();
      const hash =
        criterion.params.length === 1
          ? `(${row}.key # ${param(criterion.params[0])}::bigint)`
          : `any(array(select ${row}.key # x from unnest(${texts(writing, criterion.params)}) x))`;
      return `exists (select 1 from fhir.token ${k} join fhir.resource ${s} on ${s}.tenant_id = $1 and ${s}.rid = ${k}.rid where ${k}.tenant_id = $1 and ${k}.hash = ${hash} and ${visible(s, criterion.type, writing)} and ${filters(criterion.criteria, s, writing)} offset 0)`;
    }
  }
}

const filters = (criteria: readonly Criterion[], row: string, writing: Writing): string =>
  criteria.map((one) => filterOf(one, row, writing)).join(' and ') || 'true';

/** A resource on the way of a chain is bound by the same sight as one that is returned, or the count would tell. */
const visible = (row: string, type: string, writing: Writing): string =>
  `${row}.type = ${writing.param(type)}::text and not ${row}.deleted and ${sightPredicate(writing.sight, row, writing.param)}`;

/** Whether `row` points to `key` through one of the parameters. */
const pointed = (key: string, row: string, params: readonly string[], writing: Writing): string =>
  any(params.map((one) => `(${key} # ${writing.param(one)}::bigint) = any(${row}.tokens)`));

function chainRids(criterion: Extract<Criterion, { kind: 'chain' }>, writing: Writing): string {
  const t = writing.alias();
  const k = writing.alias();
  const inner = [...rowConditions(criterion.criteria, t, writing)].join(' and ');
  // The xor is not leak-proof: it is computed behind a fence, so that the join itself is `=` on a plain column and can use the index.
  return `select ${k}.rid from (select ${t}.key # x.param as hash from fhir.resource ${t} cross join unnest(${texts(writing, criterion.params)}) x(param) where ${t}.tenant_id = $1 and ${visible(t, criterion.type, writing)} and ${inner} offset 0) f${t} join fhir.token ${k} on ${k}.tenant_id = $1 and ${k}.hash = f${t}.hash`;
}

function hasRids(criterion: Extract<Criterion, { kind: 'has' }>, writing: Writing): string {
  const s = writing.alias();
  const x = writing.alias();
  const inner = [...rowConditions(criterion.criteria, s, writing)].join(' and ');
  return `select ${x}.rid from (select distinct k.key from fhir.resource ${s} cross join lateral unnest(${s}.refs) k(key) where ${s}.tenant_id = $1 and ${visible(s, criterion.type, writing)} and ${inner} and ${pointed('k.key', s, criterion.params, writing)} offset 0) f${s} join fhir.resource ${x} on ${x}.tenant_id = $1 and ${x}.key = f${s}.key`;
}

/**
 * The rows of a walk (`walkedBy`) as `l` beside `r`, in the order of `l.value`: a resource comes at the first of its texts that begin so. `from`:
 * the text at which the page begins.
 */
export function stringWalk({ params, values, ...rest }: Strings, from: string | null, writing: Writing): string[] {
  const [low, hash] = [writing.param(values[0]), writing.param(params[0])];
  return [
    `l.tenant_id = $1 and l.param = ${hash}::bigint and ${stringCondition({ ...rest, params, values }, 'l.value', writing)}`,
    ...(from === null ? [] : [`l.value >= ${writing.param(from)}::text`]),
    // Of the row of the resource: asked last, of those that everything else lets through.
    `not exists (select 1 from fhir.string e where e.tenant_id = $1 and e.rid = r.rid and e.param = ${hash}::bigint and e.value >= ${low}::text and e.value < l.value offset 0)`,
  ];
}

export function stringRids(criterion: Strings, writing: Writing): string {
  const branches = criterion.values.map((value) => {
    const s = writing.alias();
    const one = { ...criterion, values: [value] };
    const params =
      criterion.params.length === 1
        ? `= ${writing.param(criterion.params[0])}::bigint`
        : `= any(${texts(writing, criterion.params)})`;
    const own = `select ${s}.rid from fhir.string ${s} where ${s}.tenant_id = $1 and ${s}.param ${params} and ${stringCondition(one, `${s}.value`, writing)}`;
    if (!criterion.label) return own;
    const l = writing.alias();
    return `${own} union all select ${l}.rid from fhir.resource ${l} where ${l}.tenant_id = $1 and ${l}.type = ${writing.param(criterion.label)}::text and ${l}.sort_text is not null and ${stringCondition(one, `${l}.sort_text`, writing)}`;
  });
  return branches.join(' union all ');
}

function dateRids(criterion: Extract<Criterion, { kind: 'dates' }>, writing: Writing): string {
  const { param } = writing;
  let from = -Infinity;
  let to = Infinity;
  for (const tests of criterion.all) {
    const bounds = tests.map(lowBounds);
    from = Math.max(from, Math.min(...bounds.map(([low]) => low)));
    to = Math.min(to, Math.max(...bounds.map(([, high]) => high)));
  }
  const conditions = (d: string) =>
    criterion.all.map((tests) => any(tests.map((test) => dateCondition(test, d, writing)))).join(' and ');
  const branch = (hash: string, bounds: (d: string) => string) => {
    const d = writing.alias();
    return `select ${d}.rid from fhir.date ${d} where ${d}.tenant_id = $1 and ${d}.param = ${param(hash)}::bigint${bounds(d)} and ${conditions(d)}`;
  };
  return criterion.params
    .flatMap(({ param: short, long }) => [
      branch(
        short,
        (d) =>
          ` and ${d}.low >= ${param(instantText(from))}::timestamptz and ${d}.low < ${param(instantText(to))}::timestamptz`,
      ),
      branch(long, () => ''),
    ])
    .join(' union all ');
}

function quantityRids(place: QuantityPlace, tests: readonly Test[], writing: Writing): string {
  const branch = (hash: string, condition: (test: Test, q: string, writing: Writing) => string) => {
    const q = writing.alias();
    return `select ${q}.rid from fhir.quantity ${q} where ${q}.tenant_id = $1 and ${q}.param = ${writing.param(hash)}::bigint and ${q}.unit = ${writing.param(place.unit)}::bigint and ${any(tests.map((test) => condition(test, q, writing)))}`;
  };
  return `${branch(place.param, pointCondition)} union all ${branch(place.range, quantityCondition)}`;
}

function quantityFilter(place: QuantityPlace, tests: readonly Test[], row: string, writing: Writing): string {
  const q = writing.alias();
  const needs = place.needs.length > 0 ? `${row}.tokens @> ${texts(writing, place.needs)} and ` : '';
  return `(${needs}exists (select 1 from fhir.quantity ${q} where ${q}.tenant_id = $1 and ${q}.rid = ${row}.rid and ${q}.param = any(${texts(writing, [place.param, place.range])}) and ${q}.unit = ${writing.param(place.unit)}::bigint and ${any(tests.map((test) => quantityCondition(test, q, writing)))} offset 0))`;
}
