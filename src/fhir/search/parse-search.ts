import { hashOf } from './hashes.ts';
import { isCanonical, isResourceType, type Parameter, parameterOf, parametersOf, resourceTypes } from './parameters.ts';
import { readCriterion } from './parse-criteria.ts';
import { readInclude, readSort } from './parse-results.ts';
import { readPlace } from './place.ts';
import { type Criterion, type Include, SearchProblem, type SearchRequest, type SortKey } from './request.ts';
import { splitValue } from './values.ts';
import { walkedBy } from './way-in.ts';

export interface SearchOptions {
  /** `Prefer: handling=strict`: an unknown parameter is an error; otherwise it is left out and listed in `ignored`. */
  strict: boolean;
  /** Address of this server, to know its own absolute references. */
  base?: string;
}

const most = { alternatives: 500, criteria: 50, depth: 4, value: 20_000, count: 1000 };
const defaultCount = 50;
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
  for (const [name, value] of pairs) {
    if (value.length > most.value)
      throw new SearchProblem('too-costly', `${name}: the value is longer than ${most.value} characters`, name);
    if (value.includes('\0') || name.includes('\0'))
      throw new SearchProblem('value', 'A search cannot hold the character U+0000', null);
  }
  const ignored: { parameter: string; diagnostics: string }[] = [];
  const understood: [string, string][] = [];
  const types = type === null ? typesOf(pairs) : [type];
  const scope = types.length === 1 ? types[0]! : null;
  const found = { criteria: [] as Criterion[], includes: [] as Include[], revincludes: [] as Include[] };
  const single = new Map<string, string>();
  let cursor: string | null = null;

  for (const [name, value] of pairs) {
    const skip = (diagnostics: string) => {
      if (options.strict) throw new SearchProblem('not-supported', `${name}: ${diagnostics}`, name);
      ignored.push({ parameter: name, diagnostics: `${name}: ${diagnostics}` });
    };
    if (name === '_cursor') {
      cursor = value;
      continue;
    }
    if (value === '') {
      skip('the value is empty');
      continue;
    }
    const [head] = name.split(':') as [string];
    if (Object.hasOwn(unsupported, head)) {
      if (head === '_contained' && value === 'false') continue;
      skip(unsupported[head]!);
      continue;
    }
    if (results.has(head)) {
      if (single.has(head)) throw new SearchProblem('invalid', `${head} is given twice`, name);
      single.set(head, value);
      understood.push([name, value]);
      continue;
    }
    if (head === '_include' || head === '_revinclude') {
      const include = readInclude(name, value, scope);
      found[head === '_include' ? 'includes' : 'revincludes'].push(include);
      understood.push([name, value]);
      continue;
    }
    const criterion =
      name === '_list'
        ? readList(value)
        : readNamed(
            name,
            value,
            scope === null ? (types.length > 0 ? types : resourceTypes) : [scope],
            options.base,
            0,
          );
    if (criterion === null) {
      skip(
        scope === null
          ? 'only parameters common to every resource can be used without a type'
          : `${scope} has no search parameter “${head.split('.')[0]}”`,
      );
      continue;
    }
    found.criteria.push(criterion);
    understood.push([name, value]);
  }
  if (found.criteria.length > most.criteria)
    throw new SearchProblem('too-costly', `At most ${most.criteria} criteria in a search`, null);

  const summary = oneWord(single, '_summary', ['true', 'text', 'data', 'count', 'false'], 'false');
  const criteria = merged(found.criteria);
  const asked = readSort(single.get('_sort'), scope);
  const sort: SortKey[] = asked.length === 0 && walkedBy(criteria) ? [{ by: 'match', descending: false }] : asked;
  const shape = hashOf(
    [type, ...understood.filter(([name]) => !presentation.has(name.split(':')[0]!)).flat()].join('\n'),
  );
  return {
    type,
    types,
    criteria,
    sort,
    count: countOf(single.get('_count')),
    place: cursor === null ? null : readPlace(cursor, shape, sort),
    summary,
    elements: (single.get('_elements') ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => /^\w+(\.\w+)*$/.test(name)),
    total: oneWord(single, '_total', ['none', 'estimate', 'accurate'], 'none'),
    includes: found.includes,
    revincludes: found.revincludes,
    ignored,
    understood,
    shape,
  };
}
const results = new Set(['_sort', '_count', '_summary', '_elements', '_total', '_type']);
const presentation = new Set(['_count', '_summary', '_elements', '_total', '_include', '_revinclude']);

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

function countOf(text: string | undefined): number {
  if (text === undefined) return defaultCount;
  if (!/^\d{1,9}$/.test(text))
    throw new SearchProblem('value', `_count: write a whole number from 0 to ${most.count}`, '_count');
  return Math.min(Number(text), most.count);
}

function oneWord<Word extends string>(
  given: ReadonlyMap<string, string>,
  name: string,
  words: readonly Word[],
  otherwise: Word,
): Word {
  const word = given.get(name);
  if (word === undefined) return otherwise;
  if (!words.includes(word as Word))
    throw new SearchProblem('value', `${name}: write one of ${words.join(', ')}`, name);
  return word as Word;
}

/** A criterion by its written name, chains and `_has` included; null when no type of the scope knows the parameter. */
function readNamed(
  name: string,
  value: string,
  scope: readonly string[],
  base: string | undefined,
  depth: number,
): Criterion | null {
  if (depth > most.depth)
    throw new SearchProblem('too-costly', `A chain may go through at most ${most.depth} references`, name);
  if (name.startsWith('_has:')) return readHas(name, value, scope, base, depth);
  const dot = name.indexOf('.');
  const [code, modifier, extra] = (dot < 0 ? name : name.slice(0, dot)).split(':') as [string, string?, string?];
  if (extra !== undefined) throw new SearchProblem('invalid', `${name}: one modifier at most`, name);
  const alternatives: Criterion[] = [];
  let known = false;
  const values = dot < 0 ? splitValue(value, ',').filter((piece) => piece !== '') : [];
  if (values.length > most.alternatives)
    throw new SearchProblem('too-costly', `${name}: at most ${most.alternatives} values in one list`, name);
  for (const type of scope) {
    // Several types: only what every resource has, so that a row of any type can satisfy it.
    if (scope.length > 1 && !code.startsWith('_')) return null;
    const parameter = parameterOf(type, code);
    if (!parameter) continue;
    known = true;
    if (dot < 0) {
      if (values.length === 0) throw new SearchProblem('value', `${name}: the value is empty`, name);
      alternatives.push(readCriterion({ parameter, modifier: modifier ?? null, name, base }, values));
      if (code === '_id' || code === '_lastUpdated') break;
    } else alternatives.push(readChain(parameter, modifier, name, value, base, depth));
  }
  if (!known) return null;
  return alternatives.length === 1 ? alternatives[0]! : sameEverywhere(alternatives);
}

/** A common parameter over several types: the hashes of each type in one criterion. */
function sameEverywhere(alternatives: readonly Criterion[]): Criterion {
  const negated = alternatives.every((one) => one.kind === 'not');
  const inner = negated ? alternatives.map((one) => (one as Extract<Criterion, { kind: 'not' }>).of) : alternatives;
  const tokens = inner.filter((one) => one.kind === 'tokens');
  if (tokens.length < inner.length) return { kind: 'or', of: alternatives };
  const all: Criterion = {
    kind: 'tokens',
    any: tokens.flatMap((one) => one.any),
    keys: tokens.every((one) => one.keys) ? tokens.flatMap((one) => one.keys!) : null,
    exact: tokens.every((one) => one.exact),
    rank: Math.max(...tokens.map((one) => one.rank)),
  };
  return negated ? { kind: 'not', of: all } : all;
}

function readChain(
  parameter: Parameter,
  modifier: string | undefined,
  name: string,
  value: string,
  base: string | undefined,
  depth: number,
): Criterion {
  const rest = name.slice(name.indexOf('.') + 1);
  if (parameter.type !== 'reference')
    throw new SearchProblem('invalid', `${name}: ${parameter.code} is not a reference, it cannot be chained`, name);
  if (isCanonical(parameter)) throw byUrl(name, parameter.code);
  if (modifier !== undefined && !isResourceType(modifier))
    throw new SearchProblem('invalid', `${name}: “${modifier}” is not a resource type`, name);
  const targets = modifier
    ? [modifier]
    : parameter.onlyTarget
      ? [parameter.onlyTarget]
      : (parameter.targets ?? resourceTypes);
  const next = rest.startsWith('_has:') ? null : rest.split(/[.:]/)[0]!;
  const able = next === null ? targets : targets.filter((type) => parametersOf(type).has(next));
  if (able.length === 0)
    throw new SearchProblem(
      'not-supported',
      `${name}: no target of ${parameter.code} has a search parameter “${next}”`,
      name,
    );
  if (able.length > 12)
    throw new SearchProblem('invalid', `${name}: say the type of the target: ${parameter.code}:Type.${rest}`, name);
  const params = parameter.stored.map((code) => hashOf(`${parameter.resource}|${code}`));
  const chains = able.map((type): Criterion => {
    const inner = readNamed(rest, value, [type], base, depth + 1);
    if (!inner) throw new SearchProblem('not-supported', `${name}: ${type} has no search parameter “${rest}”`, name);
    return { kind: 'chain', params, type, criteria: [inner] };
  });
  return chains.length === 1 ? chains[0]! : { kind: 'or', of: chains };
}

/** https://hl7.org/fhir/R4/search.html#list: what is an item of one of these lists. */
function readList(value: string): Criterion {
  const ids = splitValue(value, ',')
    .map((id) => id.replace(/^List\//, ''))
    .filter((id) => id !== '');
  const wrong = ids.find((id) => !/^[A-Za-z0-9\-.]{1,64}$/.test(id));
  if (wrong !== undefined || ids.length === 0)
    throw new SearchProblem(
      'value',
      `_list: “${(wrong ?? value).slice(0, 60)}” is not the id of a List; lists by name, like $current-problems, are not kept`,
      '_list',
    );
  return {
    kind: 'has',
    params: parameterOf('List', 'item')!.stored.map((code) => hashOf(`List|${code}`)),
    type: 'List',
    criteria: [{ kind: 'ids', ids }],
  };
}

const byUrl = (name: string, code: string) =>
  new SearchProblem(
    'not-supported',
    `${name}: ${code} points by url, which is not chained; search for the url: ${code}=http://…, or bring what is pointed to along with _include`,
    name,
  );

function readHas(
  name: string,
  value: string,
  scope: readonly string[],
  base: string | undefined,
  depth: number,
): Criterion {
  const [, type, code, ...rest] = name.split(':');
  const usage = `${name}: write _has:Type:reference:parameter=value`;
  if (!type || !code || rest.length === 0 || rest[0] === '') throw new SearchProblem('invalid', usage, name);
  if (!isResourceType(type)) throw new SearchProblem('value', `${name}: “${type}” is not a resource type`, name);
  const parameter = parameterOf(type, code);
  if (parameter?.type !== 'reference')
    throw new SearchProblem('not-supported', `${name}: ${type} has no reference parameter “${code}”`, name);
  if (isCanonical(parameter)) throw byUrl(name, code);
  const reachable = parameter.onlyTarget ? [parameter.onlyTarget] : parameter.targets;
  if (reachable && !scope.some((target) => reachable.includes(target))) {
    throw new SearchProblem('value', `${name}: ${type}.${code} never points to ${scope.slice(0, 3).join(', ')}`, name);
  }
  const inner = readNamed(rest.join(':'), value, [type], base, depth + 1);
  if (!inner)
    throw new SearchProblem('not-supported', `${name}: ${type} has no search parameter “${rest.join(':')}”`, name);
  return {
    kind: 'has',
    params: parameter.stored.map((stored) => hashOf(`${type}|${stored}`)),
    type,
    criteria: [inner],
  };
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
