import { hashOf } from './hashes.ts';
import { isCanonical, isResourceType, type Parameter, parameterOf, parametersOf, resourceTypes } from './parameters.ts';
import { readCriterion } from './parse-criteria.ts';
import { type Criterion, SearchProblem } from './request.ts';
import { splitValue } from './values.ts';

const most = { alternatives: 500, depth: 4, targets: 12 };

/** A criterion by its written name, chains and `_has` included; null when no type of the scope knows the parameter. */
export function readNamed(
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
  if (able.length > most.targets)
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
export function readList(value: string): Criterion {
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
