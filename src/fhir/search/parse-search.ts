import { hashOf } from './hashes.ts';
import { isResourceType, resourceTypes } from './parameters.ts';
import { readList, readNamed } from './parse-names.ts';
import { readCount, readInclude, readSort, readWord } from './parse-results.ts';
import { readPlace } from './place.ts';
import { type Criterion, type Include, SearchProblem, type SearchRequest, type SortKey } from './request.ts';
import { walkedBy } from './way-in.ts';

export interface SearchOptions {
  /** `Prefer: handling=strict`: an unknown parameter is an error; otherwise it is left out and listed in `ignored`. */
  strict: boolean;
  /** Address of this server, to know its own absolute references. */
  base?: string;
}

const most = { criteria: 50, value: 20_000 };
/** Of the exchange, not of the search. */
const outside = new Set(['_format', '_pretty']);
const unsupported: Record<string, string> = {
  // There is no room for an index of words (docs/adr/0003).
  _text:
    'full text of the narrative is not indexed; search words of codes with code:text=, of names with name:contains=',
  _content:
    'full text of resources is not indexed; search words of codes with code:text=, of names with name:contains=',
  _filter: 'write the same with ordinary parameters',
  _query: 'there are no named queries',
  _contained: 'contained resources are not searched on their own',
  _containedType: 'contained resources are not searched on their own',
};

/** How the results are to come: each once. */
const results = new Set(['_sort', '_count', '_summary', '_elements', '_total', '_type']);
/** What changes how a page looks, and not which pages there are. */
const presentation = new Set(['_count', '_summary', '_elements', '_total', '_include', '_revinclude']);

type Pair = readonly [name: string, value: string];
const headOf = ([name]: Pair): string => name.split(':')[0]!;

/**
 * Reads a search. @param type null: of the whole server, where `_type` names the types and only parameters common to all can be used.
 * @throws SearchProblem (400) that names the parameter and says what to write.
 */
export function parseSearch(
  type: string | null,
  params: URLSearchParams | Iterable<readonly [string, string]>,
  options: SearchOptions,
): SearchRequest {
  if (type !== null && !isResourceType(type))
    throw new SearchProblem('not-supported', `${type} is not a resource type of FHIR R4`, null);
  const pairs = [...params].filter(([name]) => !outside.has(name));
  refuseUnreadable(pairs);
  const types = type === null ? typesOf(pairs) : [type];
  const scope = types.length === 1 ? types[0]! : null;
  const read = readPairs(pairs, types, options);
  if (read.criteria.length > most.criteria)
    throw new SearchProblem('too-costly', `At most ${most.criteria} criteria in a search`, null);

  const { asked, understood } = read;
  const summary = readWord(asked, '_summary', ['true', 'text', 'data', 'count', 'false'], 'false');
  const criteria = merged(read.criteria);
  const keys = readSort(asked.get('_sort'), scope);
  const sort: SortKey[] = keys.length === 0 && walkedBy(criteria) ? [{ by: 'match', descending: false }] : keys;
  const shape = hashOf([type, ...understood.filter((pair) => !presentation.has(headOf(pair))).flat()].join('\n'));
  return {
    type,
    types,
    criteria,
    sort,
    count: readCount(asked.get('_count')),
    place: read.cursor === null ? null : readPlace(read.cursor, shape, sort),
    summary,
    elements: (asked.get('_elements') ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => /^\w+(\.\w+)*$/.test(name)),
    total: readWord(asked, '_total', ['none', 'estimate', 'accurate'], 'none'),
    includes: read.includes,
    revincludes: read.revincludes,
    ignored: read.ignored,
    understood,
    shape,
  };
}

function refuseUnreadable(pairs: readonly Pair[]): void {
  for (const [name, value] of pairs) {
    if (value.length > most.value)
      throw new SearchProblem('too-costly', `${name}: the value is longer than ${most.value} characters`, name);
    if (value.includes('\0') || name.includes('\0'))
      throw new SearchProblem('value', 'A search cannot hold the character U+0000', null);
  }
}

function typesOf(pairs: readonly (readonly [string, string])[]): string[] {
  const wanted = pairs
    .filter(([name]) => name === '_type')
    .flatMap(([, value]) => value.split(','))
    .map((name) => name.trim());
  for (const name of wanted) {
    if (!isResourceType(name))
      throw new SearchProblem('value', `_type: “${name.slice(0, 60)}” is not a resource type of FHIR R4`, '_type');
  }
  return [...new Set(wanted)];
}

/** Every parameter as what it asks for. */
function readPairs(pairs: readonly Pair[], types: readonly string[], { strict, base }: SearchOptions) {
  const scope = types.length === 1 ? types[0]! : null;
  const read = {
    criteria: [] as Criterion[],
    includes: [] as Include[],
    revincludes: [] as Include[],
    asked: new Map<string, string>(),
    cursor: null as string | null,
    understood: [] as [string, string][],
    ignored: [] as { parameter: string; diagnostics: string }[],
  };
  for (const pair of pairs) {
    const [name, value] = pair;
    const head = headOf(pair);
    const skip = (diagnostics: string) => {
      if (strict) throw new SearchProblem('not-supported', `${name}: ${diagnostics}`, name);
      read.ignored.push({ parameter: name, diagnostics: `${name}: ${diagnostics}` });
    };
    if (name === '_cursor') {
      read.cursor = value;
      continue;
    }
    if (value === '') {
      skip('the value is empty');
      continue;
    }
    if (Object.hasOwn(unsupported, head)) {
      if (head !== '_contained' || value !== 'false') skip(unsupported[head]!);
      continue;
    }
    if (results.has(head)) {
      if (read.asked.has(head)) throw new SearchProblem('invalid', `${head} is given twice`, name);
      read.asked.set(head, value);
    } else if (head === '_include') read.includes.push(readInclude(name, value, scope));
    else if (head === '_revinclude') read.revincludes.push(readInclude(name, value, scope));
    else {
      const criterion =
        name === '_list' ? readList(value) : readNamed(name, value, types.length > 0 ? types : resourceTypes, base, 0);
      if (criterion === null) {
        skip(
          scope === null
            ? 'only parameters common to every resource can be used without a type'
            : `${scope} has no search parameter “${head.split('.')[0]}”`,
        );
        continue;
      }
      read.criteria.push(criterion);
    }
    read.understood.push([name, value]);
  }
  return read;
}

/** `date=ge…&date=lt…` on a parameter with one value is one interval: one probe of the index. */
function merged(criteria: readonly Criterion[]): Criterion[] {
  const kept: Criterion[] = [];
  for (const criterion of criteria) {
    const at =
      criterion.kind === 'dates' && criterion.single
        ? kept.findIndex((other) => other.kind === 'dates' && other.params[0]!.param === criterion.params[0]!.param)
        : -1;
    const same = kept[at];
    if (criterion.kind === 'dates' && same?.kind === 'dates')
      kept[at] = { ...same, all: [...same.all, ...criterion.all] };
    else kept.push(criterion);
  }
  return kept;
}
