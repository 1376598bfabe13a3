import { labelParameter, mainDate, sortsByName } from './clinical-date.ts';
import { hashOf } from './hashes.ts';
import { isResourceType, parameterOf } from './parameters.ts';
import { type Include, SearchProblem, type SortKey } from './request.ts';

/** `_sort=-date,name`. */
export function readSort(text: string | undefined, type: string | null): SortKey[] {
  if (text === undefined) return [];
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length > 4) throw new SearchProblem('too-costly', '_sort: at most 4 keys', '_sort');
  return names.map((name) => readKey(name.startsWith('-') ? name.slice(1) : name, name.startsWith('-'), type));
}

function readKey(code: string, descending: boolean, type: string | null): SortKey {
  if (code === '_lastUpdated') return { by: 'updated', descending };
  if (code === '_id') return { by: 'id', descending };
  const parameter = type === null ? undefined : parameterOf(type, code);
  if (!parameter || type === null) {
    throw new SearchProblem(
      'not-supported',
      `_sort: ${type === null ? 'without a type, only _id and _lastUpdated can be sorted by, not' : `${type} has no search parameter`} “${code.slice(0, 60)}”`,
      '_sort',
    );
  }
  if (mainDate(type) === code) return { by: 'at', descending };
  if (labelParameter(type) === code || (parameter.type === 'string' && sortsByName(type, code)))
    return { by: 'label', descending };
  const prefixes = parameter.stored.map((stored) => `${type}|${stored}`);
  switch (parameter.type) {
    case 'date':
      return {
        by: 'date',
        descending,
        params: prefixes.flatMap((prefix) => [hashOf(prefix), hashOf(`${prefix}:long`)]),
      };
    case 'number':
    case 'quantity':
      return {
        by: 'quantity',
        descending,
        params: prefixes.flatMap((prefix) => [hashOf(prefix), hashOf(`${prefix}:range`)]),
      };
    case 'string':
      return { by: 'string', descending, params: prefixes.map(hashOf) };
    case 'composite':
      throw new SearchProblem('not-supported', `_sort: ${code} is a composite; sort by one of its components`, '_sort');
    default: {
      // Tokens, references and addresses are kept as hashes: the order comes from the first value in the JSON.
      const [place] = parameter.paths;
      if (!place || place.type === 'deceased')
        throw new SearchProblem('not-supported', `_sort: ${code} has no order`, '_sort');
      const path = place.path
        .replace(/\{.*?\}/g, '')
        .replace(/\[\d*\]/g, '.0')
        .split('.');
      const inside: Record<string, string[]> = {
        CodeableConcept: ['coding', '0', 'code'],
        Coding: ['code'],
        Identifier: ['value'],
        ContactPoint: ['value'],
        Reference: ['reference'],
        Resource: ['id'],
      };
      return { by: 'json', descending, path: [...path, ...(inside[place.type] ?? [])] };
    }
  }
}

/** `_include=Observation:subject:Patient`, `_revinclude:iterate=Provenance:target`, `*`. */
export function readInclude(name: string, value: string, type: string | null): Include {
  const [, modifier] = name.split(':');
  if (modifier !== undefined && modifier !== 'iterate' && modifier !== 'recurse') {
    throw new SearchProblem('not-supported', `${name}: the only modifier is :iterate`, name);
  }
  const iterate = modifier !== undefined;
  const reverse = name.startsWith('_revinclude');
  if (value === '*') return { source: null, params: null, target: null, iterate };
  const [source, code, target, extra] = value.split(':') as [string, string?, string?, string?];
  if (!isResourceType(source) || !code || extra !== undefined)
    throw new SearchProblem('value', `${name}: write Type:reference or Type:reference:TargetType`, name);
  if (target !== undefined && !isResourceType(target))
    throw new SearchProblem('value', `${name}: “${target.slice(0, 60)}” is not a resource type`, name);
  if (!iterate && type !== null && !reverse && source !== type) {
    throw new SearchProblem(
      'value',
      `${name}: ${source} is not what is searched; write ${source === type ? '' : `${name}:iterate=`}${value} to follow references of included resources`,
      name,
    );
  }
  if (code === '*') return { source, params: null, target: target ?? null, iterate };
  const parameter = parameterOf(source, code);
  if (parameter?.type !== 'reference')
    throw new SearchProblem(
      'not-supported',
      `${name}: ${source} has no reference parameter “${code.slice(0, 60)}”`,
      name,
    );
  return {
    source,
    params: parameter.stored.map((stored) => hashOf(`${source}|${stored}`)),
    target: target ?? parameter.onlyTarget,
    iterate,
  };
}

const usualCount = 50;
const mostCount = 1000;
/** `_count=20`. */
export function readCount(text: string | undefined): number {
  if (text === undefined) return usualCount;
  if (!/^\d{1,9}$/.test(text))
    throw new SearchProblem('value', `_count: write a whole number from 0 to ${mostCount}`, '_count');
  return Math.min(Number(text), mostCount);
}

/** `_total=accurate`: one of the words that a parameter knows. */
export function readWord<Word extends string>(
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
