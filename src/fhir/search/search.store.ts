import { type Sight, sightPredicate } from '../../access/index.ts';
import type { Compartment } from './compartments.ts';
import { rowConditions, stringRids, stringWalk, type Writing } from './criteria.store.ts';
import type { SearchRequest, SortKey } from './request.ts';
import type { Strings } from './way-in.ts';

export interface Statement {
  text: string;
  params: unknown[];
  /** Of a first page: its rows, and the highest rid there is (`horizon`), for who wants to ask for the latter once and not once a row. */
  apart?: { rows: string; horizon: string };
}
export interface SearchContext {
  tenant: number;
  sight: Sight;
  /** Key of the only Patient whose compartment is searched. */
  compartment?: string;
  /** Any other compartment that is searched. */
  within?: Compartment;
}

/** Starts a statement whose $1 is the practice. */
export function writing({ tenant, sight }: SearchContext): Writing & { params: unknown[] } {
  const params: unknown[] = [tenant];
  let names = 0;
  return {
    params,
    sight,
    param: (value) => `$${params.push(value)}`,
    alias: () => `t${++names}`,
  };
}

/**
 * The statements of a search. `page` gives at most `count` + 1 rows (`PageRow`): hand them to `pageOf`. It is null when only the number is
 * wanted; `count` (`{ total }`) is there when a total was asked for. Both see only what the sight reaches.
 */
export function buildSearch(
  request: SearchRequest,
  context: SearchContext,
): { page: Statement | null; count?: Statement } {
  const onlyTotal = request.count === 0 || request.summary === 'count';
  const count = onlyTotal || request.total !== 'none' ? countStatement(request, context) : undefined;
  return { page: onlyTotal ? null : pageStatement(request, context), ...(count && { count }) };
}

function where(
  request: SearchRequest,
  { sight, compartment, within }: SearchContext,
  w: Writing,
  leading?: (criterion: Strings) => void,
): string[] {
  const { types } = request;
  const type =
    types.length === 1
      ? [`r.type = ${w.param(types[0])}::text`]
      : types.length > 1
        ? [`r.type = any(${w.param(types)}::text[])`]
        : [];
  // When one patient is asked for, the care relation is looked up once and not once a row.
  const asked = request.criteria.find((criterion) => criterion.kind === 'patient' && criterion.patients.length === 1);
  const only = compartment ?? (asked?.kind === 'patient' ? asked.patients[0] : undefined);
  const pinned = only === undefined ? undefined : w.param(only);
  return [
    'r.tenant_id = $1',
    ...type,
    'not r.deleted',
    ...(compartment === undefined ? [] : [`r.patient = ${pinned}::bigint`]),
    ...(within ? [inside(within, w)] : []),
    ...rowConditions(request.criteria, 'r', w, leading),
    // The parameter is spoken of even by a sight that has no use for it.
    ...(pinned === undefined || compartment !== undefined ? [] : [`r.patient = ${pinned}::bigint`]),
    sightPredicate(sight, 'r', w.param, pinned),
  ];
}

function inside({ any, self }: Compartment, { param, alias }: Writing): string {
  const [t, o] = [alias(), alias()];
  const own =
    self === null
      ? ''
      : ` union all select ${o}.rid from fhir.resource ${o} where ${o}.tenant_id = $1 and ${o}.key = ${param(self)}::bigint`;
  return `r.rid in (select ${t}.rid from fhir.token ${t} where ${t}.tenant_id = $1 and ${t}.hash = any(${param(any)}::bigint[])${own})`;
}

function countStatement(request: SearchRequest, context: SearchContext): Statement {
  const w = writing(context);
  return {
    text: `select count(*)::int as total from fhir.resource r where ${where(request, context, w).join(' and ')}`,
    params: w.params,
  };
}

function pageStatement(request: SearchRequest, context: SearchContext): Statement {
  const w = writing(context);
  // From a thousand people whose name begins so, eleven are fetched and not a thousand: in the order of their names, whose index ends with the page;
  // of several beginnings in the order of rids, of which all are looked for first.
  let lead = '';
  const walk: string[] = [];
  const walks = request.sort[0]?.by === 'match';
  const conditions = where(
    request,
    context,
    w,
    request.sort.length > 0 && !walks
      ? undefined
      : (criterion) => {
          lead = walks
            ? 'fhir.string l join '
            : `(select distinct l.rid from (${stringRids(criterion, w)}) l order by l.rid) l join `;
          if (walks) walk.push(...stringWalk(criterion, request.place?.values[0] ?? null, w));
        },
  );
  conditions.push(...walk);
  const joins: string[] = [];
  const keys = request.sort.map((key, i) => sortColumn(key, i, joins, w));
  const columns = keys.map(({ value }, i) => `, ${value}::text as s${i}`).join('');
  let horizon: string | undefined;
  if (request.place) {
    conditions.push(`r.rid <= ${w.param(request.place.horizon)}::bigint`, after(keys, request, w));
  } else {
    const scope = request.types.length === 1 ? ` and h.type = ${w.param(request.types[0])}::text` : '';
    horizon = `(select max(h.rid) from fhir.resource h where h.tenant_id = $1${scope})`;
  }
  const order = [...keys.map((key) => key.order), `r.rid ${tieDescends(request.sort) ? 'desc' : 'asc'}`].join(', ');
  const rows = `select r.rid, r.type, r.id, r.version, r.updated, r.deleted, r.kind, r.patient, r.patients, r.content${columns} from ${lead}fhir.resource r${lead && ' on r.rid = l.rid'}${joins.join('')} where ${conditions.join(' and ')} order by ${order} limit ${request.count + 1}`;
  if (!horizon) return { text: rows, params: w.params };
  return { text: `select x.*, ${horizon} as horizon from (${rows}) x`, params: w.params, apart: { rows, horizon } };
}

interface SortColumn {
  value: string;
  order: string;
  cast: string;
  descending: boolean;
  /** Rows without a value come first. */
  emptyFirst: boolean;
  /** Never null. */
  full: boolean;
}

function sortColumn(key: SortKey, i: number, joins: string[], w: Writing): SortColumn {
  const { descending } = key;
  const direction = descending ? 'desc' : 'asc';
  const column = (value: string, cast: string, full: boolean, emptyFirst = false): SortColumn => ({
    value,
    order: `${value} ${direction}${full ? '' : emptyFirst ? ' nulls first' : ' nulls last'}`,
    cast,
    descending,
    emptyFirst,
    full,
  });
  switch (key.by) {
    case 'updated':
      return column('r.updated', 'timestamptz', true);
    case 'id':
      return column('r.id', 'text', true);
    case 'at':
      // What has no date counts as oldest, in both directions: one index serves both.
      return column('r.at', 'timestamptz', false, !descending);
    case 'label':
      return column('r.sort_text', 'text', false, descending);
    case 'match':
      return column('l.value', 'text', true);
    case 'json':
      return column(`(r.content::json #>> ${w.param(key.path)}::text[]) collate "C"`, 'text', false);
    default: {
      const column_ = key.by === 'string' ? 'value' : descending ? 'high' : 'low';
      const choice = descending ? 'max' : 'min';
      const unit = key.by === 'quantity' ? ' and x.unit = 0' : '';
      joins.push(
        ` left join lateral (select ${choice}(x.${column_}) as v from fhir.${key.by} x where x.tenant_id = $1 and x.rid = r.rid and x.param = any(${w.param(key.params)}::bigint[])${unit}) o${i} on true`,
      );
      return column(`o${i}.v`, { date: 'timestamptz', string: 'text', quantity: 'double precision' }[key.by], false);
    }
  }
}

/** The order of rids within equal values follows the index that the first key uses. */
const tieDescends = ([first, second]: readonly SortKey[]): boolean => {
  if (!first || second) return false;
  return first.by === 'at' ? !first.descending : first.descending;
};

/** Rows after the place a cursor names: later in the first key, or equal and later in the next …, or equal in all with a later rid. */
function after(keys: readonly SortColumn[], request: SearchRequest, w: Writing): string {
  const place = request.place!;
  const alternatives: string[] = [];
  const equal: string[] = [];
  keys.forEach(({ value, cast, descending, emptyFirst, full }, i) => {
    const last = place.values[i] ?? null;
    const here = last === null ? null : `${w.param(last)}::${cast}`;
    const later = here ? `${value} ${descending ? '<' : '>'} ${here}` : emptyFirst ? `${value} is not null` : 'false';
    const whole = here && !emptyFirst && !full ? `(${later} or ${value} is null)` : later;
    if (whole !== 'false') alternatives.push([...equal, whole].join(' and '));
    equal.push(here ? `${value} = ${here}` : `${value} is null`);
  });
  const rid = `r.rid ${tieDescends(request.sort) ? '<' : '>'} ${w.param(place.rid)}::bigint`;
  alternatives.push([...equal, rid].join(' and '));
  return alternatives.length === 1 ? alternatives[0]! : `(${alternatives.map((one) => `(${one})`).join(' or ')})`;
}
