// https://hl7.org/fhir/R4/references.html#canonical: a resource that is pointed to by its url, with its version or without.
import { sightPredicate } from '../../access/index.ts';
import { escaped, hashOf, referenceHash } from './hashes.ts';
import { isCanonical, type Parameter, parameterOf, parametersOf, resourceTypes } from './parameters.ts';
import { isObject, textIn, walkOf } from './paths.ts';
import type { PageRow } from './place.ts';
import type { Include } from './request.ts';
import { type SearchContext, type Statement, writing } from './search.store.ts';

/** A statement whose rows are candidates: `keeps` says which of them are meant. */
export interface Candidates {
  statement: Statement;
  keeps(row: PageRow): boolean;
}

/** Types that have a canonical url. */
const published = resourceTypes.filter((type) => parameterOf(type, 'url')?.type === 'uri');
const isPublished = new Set(published);
const readers = new Map<string, { parameter: Parameter; hash: string; walks: ReturnType<typeof walkOf>[] }[]>();
function readersOf(type: string) {
  let known = readers.get(type);
  if (!known) {
    known = [...parametersOf(type).values()].filter(isCanonical).map((parameter) => ({
      parameter,
      hash: hashOf(`${type}|${parameter.stored[0]}`),
      walks: parameter.paths.map(({ path }) => walkOf(path)),
    }));
    readers.set(type, known);
  }
  return known;
}

interface Pointer {
  url: string;
  version: string | undefined;
  /** Types it may point to. */
  types: readonly string[];
}

/** What a row points to by url, through the parameters that are included. */
function pointersOf(row: PageRow, includes: readonly Include[]): Pointer[] {
  const found: Pointer[] = [];
  let json: unknown;
  for (const { parameter, hash, walks } of readersOf(row.type))
    for (const { source, params, target } of includes) {
      if ((source !== null && source !== row.type) || (params !== null && !params.includes(hash))) continue;
      json ??= JSON.parse(row.content);
      const types = target === null ? (parameter.targets ?? published) : [target];
      for (const walk of walks)
        walk(json, (value) => {
          const text = textIn(value);
          const bar = text?.lastIndexOf('|') ?? -1;
          if (text !== undefined)
            found.push({
              url: bar > 0 ? text.slice(0, bar) : text,
              version: bar > 0 ? text.slice(bar + 1) : undefined,
              types,
            });
        });
    }
  return found;
}

function identityOf(row: PageRow): { url: string; version: string | undefined } | null {
  if (!isPublished.has(row.type)) return null;
  const json: unknown = JSON.parse(row.content);
  const url = isObject(json) ? textIn(json.url) : undefined;
  return url === undefined ? null : { url, version: textIn((json as Record<string, unknown>).version) };
}
const means = (
  pointer: Pointer,
  type: string,
  { url, version }: { url: string; version: string | undefined },
): boolean =>
  pointer.url === url && (pointer.version === undefined || pointer.version === version) && pointer.types.includes(type);

function statementOf(hashes: ReadonlySet<string>, columns: string, context: SearchContext, limit: number): Statement {
  const w = writing(context);
  return {
    text: `select ${columns} from fhir.resource t where t.tenant_id = $1 and t.rid in (select k.rid from fhir.token k where k.tenant_id = $1 and k.hash = any(${w.param([...hashes])}::bigint[])) and not t.deleted and ${sightPredicate(context.sight, 't', w.param)} order by t.rid limit ${w.param(limit)}::int`,
    params: w.params,
  };
}

/** What the rows point to by url; null when nothing. */
export function canonicalIncludes(
  includes: readonly Include[],
  rows: readonly PageRow[],
  columns: string,
  context: SearchContext,
  limit: number,
): Candidates | null {
  const pointers = rows.flatMap((row) => pointersOf(row, includes));
  if (pointers.length === 0) return null;
  const hashes = new Set(
    pointers.flatMap(({ url, types }) => types.map((type) => hashOf(`${type}|url|${escaped(url)}`))),
  );
  return {
    statement: statementOf(hashes, columns, context, limit),
    keeps: (row) => {
      const identity = identityOf(row);
      return identity !== null && pointers.some((pointer) => means(pointer, row.type, identity));
    },
  };
}

/** What points to the rows by their url; null when nothing may. */
export function canonicalRevincludes(
  includes: readonly Include[],
  rows: readonly PageRow[],
  columns: string,
  context: SearchContext,
  limit: number,
): Candidates | null {
  if (includes.length === 0) return null;
  const here = rows.flatMap((row) => {
    const identity = identityOf(row);
    return identity ? [{ type: row.type, identity }] : [];
  });
  const hashes = new Set<string>();
  for (const { source, params, target } of includes)
    for (const from of source === null ? resourceTypes : [source])
      for (const { parameter, hash } of readersOf(from)) {
        if (params !== null && !params.includes(hash)) continue;
        for (const { type, identity } of here)
          if ((target === null || target === type) && (!parameter.targets || parameter.targets.includes(type)))
            hashes.add(referenceHash(`${from}|${parameter.stored[0]}`, identity.url));
      }
  if (hashes.size === 0) return null;
  // Of what points back, only whom it may point to is asked: the target is the row it came for.
  const back = includes.map((one) => ({ ...one, target: null }));
  return {
    statement: statementOf(hashes, columns, context, limit),
    keeps: (row) =>
      pointersOf(row, back).some((pointer) => here.some(({ type, identity }) => means(pointer, type, identity))),
  };
}
