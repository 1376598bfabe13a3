import { labelParameter } from './clinical-date.ts';
import { dominant } from './entry-sink.ts';
import { hasText } from './extract-values.ts';
import { escaped, hashOf, numberOf, referenceHash, targetOf } from './hashes.ts';
import { longestString, normalise } from './normalise.ts';
import { isResourceType, type Parameter } from './parameters.ts';
import { readComposite, readQuantity } from './parse-composites.ts';
import { type Criterion, SearchProblem } from './request.ts';
import { dateTest, splitValue, unescaped } from './values.ts';

export interface Reading {
  parameter: Parameter;
  modifier: string | null;
  /** As written, for messages. */
  name: string;
  base: string | undefined;
}

export const never: Criterion = { kind: 'or', of: [] };
const notSupported = ({ name, modifier, parameter }: Reading, hint = ''): SearchProblem =>
  new SearchProblem(
    'not-supported',
    `${name}: modifier “:${modifier}” is not supported on ${parameter.type} parameter “${parameter.code}”${hint}`,
    name,
  );

/** One parameter with its alternatives, none of them chained. */
export function readCriterion(reading: Reading, values: readonly string[]): Criterion {
  const { parameter, modifier } = reading;
  if (modifier === 'missing') return readMissing(reading, values);
  if (modifier === 'not' && parameter.type !== 'token') throw notSupported(reading);
  if (parameter.code === '_id') return readIds(reading, values);
  if (parameter.code === '_lastUpdated') {
    if (modifier) throw notSupported(reading);
    return { kind: 'updated', tests: values.map((value) => dateTest(unescaped(value), reading.name)) };
  }
  switch (parameter.type) {
    case 'token':
      return readTokens(reading, values);
    case 'reference':
      return readReferences(reading, values);
    case 'uri':
      return readUris(reading, values);
    case 'string':
      return readStrings(reading, values);
    case 'date':
      if (modifier) throw notSupported(reading);
      return {
        kind: 'dates',
        params: parameter.stored.map((code) => ({
          param: hashOf(`${parameter.resource}|${code}`),
          long: hashOf(`${parameter.resource}|${code}:long`),
        })),
        all: [values.map((value) => dateTest(unescaped(value), reading.name))],
        single: parameter.single && parameter.stored.length === 1,
      };
    case 'quantity':
    case 'number':
      if (modifier) throw notSupported(reading);
      return oneOf(
        values.map((value) => readQuantity(reading.name, prefixesOf(parameter), value, parameter.type === 'number')),
      );
    case 'composite':
      if (modifier) throw notSupported(reading);
      return oneOf(values.map((value) => readComposite(reading, value)));
  }
}

const prefixesOf = (parameter: Parameter): string[] => parameter.stored.map((code) => `${parameter.resource}|${code}`);
export const oneOf = (criteria: readonly Criterion[]): Criterion =>
  criteria.length === 1 ? criteria[0]! : { kind: 'or', of: criteria };

function readIds({ modifier, name, parameter, base }: Reading, values: readonly string[]): Criterion {
  const ids = values.map((value) => unescaped(value)).filter((id) => /^[A-Za-z0-9\-.]{1,64}$/.test(id));
  if (modifier && modifier !== 'not') throw notSupported({ modifier, name, parameter, base });
  const found: Criterion = { kind: 'ids', ids };
  return modifier === 'not' ? { kind: 'not', of: found } : found;
}

function readMissing(reading: Reading, values: readonly string[]): Criterion {
  const { parameter, name } = reading;
  const [value] = values;
  if (values.length !== 1 || (value !== 'true' && value !== 'false'))
    throw new SearchProblem('value', `${name}: write true or false`, name);
  if (parameter.code === '_id' || parameter.code === '_lastUpdated')
    return value === 'false' ? { kind: 'and', of: [] } : never;
  if (parameter.type === 'composite') throw notSupported(reading, '; ask for the missing component');
  // A narrowed alias (`patient`) keeps a mark of its own, a union (`combo-code`) is present when one of its parts is.
  const codes = parameter.stored.length > 1 ? parameter.stored : [parameter.code];
  const present: Criterion = {
    kind: 'tokens',
    any: codes.map((code) => hashOf(`${parameter.resource}|${code}:present`)),
    keys: null,
    exact: true,
    rank: 9,
  };
  return value === 'false' ? present : { kind: 'not', of: present };
}

/** Tokens by their texts: `any` filters, `keys` lead in when every alternative has one. */
export function tokens(any: readonly string[], keys: readonly (string | null)[], rank: number): Criterion {
  const usable = keys.every((key) => key !== null && !dominant.has(key));
  return {
    kind: 'tokens',
    any: any.map(hashOf),
    keys: usable ? (keys as string[]).map(hashOf) : null,
    exact: usable && any.every((text, i) => text === keys[i]),
    rank,
  };
}

const fewValues = new Set([
  'status',
  'category',
  'gender',
  'active',
  'deceased',
  'intent',
  'priority',
  'clinical-status',
  'verification-status',
  'class',
  '_tag',
  '_security',
  'address-use',
  'language',
  'type',
  'interpretation',
]);

function readTokens(reading: Reading, values: readonly string[]): Criterion {
  const { parameter, modifier, name } = reading;
  const types = parameter.paths.map((place) => place.type);
  const prefixes = prefixesOf(parameter);
  if (modifier === 'text') {
    if (!hasText(parameter.code, types)) throw notSupported(reading, '; its texts are not indexed');
    return readWords(
      reading,
      values,
      prefixes.map((prefix) => `${prefix}:text`),
      labelParameter(parameter.resource) === parameter.code ? parameter.resource : null,
    );
  }
  if (modifier === 'of-type') {
    if (!types.includes('Identifier')) throw notSupported(reading);
    const texts = values.map((value) => {
      const parts = splitValue(value, '|').map(unescaped);
      if (parts.length !== 3 || !parts[1] || !parts[2])
        throw new SearchProblem('value', `${name}: write system|type code|identifier value`, name);
      return { of: parts.map(escaped).join('|'), value: escaped(parts[2]) };
    });
    return tokens(
      prefixes.flatMap((prefix) => texts.map(({ of }) => `${prefix}:of-type|${of}`)),
      prefixes.flatMap((prefix) => texts.map(({ value }) => `${prefix}|${value}`)),
      2,
    );
  }
  if (modifier === 'above' || modifier === 'below' || modifier === 'in' || modifier === 'not-in') {
    throw notSupported(reading, '; expand the codes (ValueSet/$expand) and search for them with commas');
  }
  if (modifier && modifier !== 'not') throw notSupported(reading);
  const any: string[] = [];
  const keys: (string | null)[] = [];
  for (const value of values) {
    const form = tokenForm(reading, value);
    if (form === null) continue;
    for (const prefix of prefixes) {
      any.push(`${prefix}|${form.text}`);
      keys.push(form.code === '' ? null : `${prefix}|${form.code}`);
    }
  }
  const rank =
    types.includes('Identifier') || types.includes('ContactPoint') ? 2 : fewValues.has(parameter.code) ? 9 : 5;
  const found = any.length === 0 ? never : tokens(any, keys, rank);
  return modifier === 'not' ? { kind: 'not', of: found } : found;
}

/** `code`, `system|code`, `system|`, `|code` as it was hashed; null when it can match nothing. */
export function tokenForm(
  reading: Pick<Reading, 'parameter' | 'name'>,
  value: string,
): { text: string; code: string } | null {
  const { parameter, name } = reading;
  const parts = splitValue(value, '|').map(unescaped);
  if (parts.length > 2)
    throw new SearchProblem(
      'value',
      `${name}: write code, system|code, system| or |code; a | inside a value is written \\|`,
      name,
    );
  const code = escaped(parts.at(-1)!);
  if (parameter.onlySystem) {
    if (parts.length === 2 && parts[0] !== '' && parts[0] !== parameter.onlySystem) return null;
    return code === ''
      ? { text: `${parameter.onlySystem}|`, code: '' }
      : { text: `${parameter.onlySystem}|${code}`, code };
  }
  if (parts.length === 1) return { text: code, code };
  const system = parts[0]!;
  if (parameter.paths.every((place) => uncoded.has(place.type))) {
    // A `code` element has no system of its own: the one its binding implies, when given, must be that one.
    const implied = parameter.paths.map((place) => place.system).filter((known) => known !== undefined);
    if (code === '' || (system !== '' && implied.length > 0 && !implied.includes(system))) return null;
    return { text: code, code };
  }
  return { text: `${escaped(system)}|${code}`, code };
}
const uncoded = new Set(['code', 'boolean', 'string', 'id', 'uri', 'canonical', 'deceased', 'positiveInt']);

/** Elements that decide in whose compartment a resource is: `fhir.resource.patient` is their target. */
const compartment = new Set(['subject', 'patient', 'beneficiary', 'for']);

function readReferences(reading: Reading, values: readonly string[]): Criterion {
  const { parameter, modifier, name, base } = reading;
  const prefixes = prefixesOf(parameter);
  if (modifier === 'identifier') {
    const forms = values.map((value) => {
      const parts = splitValue(value, '|').map(unescaped).map(escaped);
      if (parts.length > 2) throw new SearchProblem('value', `${name}: write system|value`, name);
      return { text: parts.join('|'), code: parts.at(-1)! };
    });
    return tokens(
      prefixes.flatMap((prefix) => forms.map((form) => `${prefix}:identifier|${form.text}`)),
      prefixes.flatMap((prefix) =>
        forms.map((form) => (form.code === '' ? null : `${prefix}:identifier|${form.code}`)),
      ),
      2,
    );
  }
  if (modifier && !isResourceType(modifier)) throw notSupported(reading);
  const allowed = modifier ? [modifier] : parameter.onlyTarget ? [parameter.onlyTarget] : parameter.targets;
  const targets: string[] = [];
  for (const value of values) {
    const literal = unescaped(value);
    const target = targetOf(literal, base);
    if (target?.type) {
      if (!allowed || allowed.includes(target.type)) targets.push(target.target);
    } else if (/^[A-Za-z0-9\-.]{1,64}$/.test(literal)) {
      if (!allowed)
        throw new SearchProblem(
          'value',
          `${name}: say the type of the target: ${name}=Type/${literal} or ${name}:Type=${literal}`,
          name,
        );
      targets.push(...allowed.map((type) => `${type}/${literal}`));
    } else if (target) targets.push(target.target);
  }
  if (targets.length === 0) return never;
  const any = prefixes.flatMap((prefix) => targets.map((target) => referenceHash(prefix, target)));
  const [place] = parameter.paths;
  if (
    parameter.paths.length === 1 &&
    prefixes.length === 1 &&
    compartment.has(place!.path) &&
    targets.some((target) => target.startsWith('Patient/'))
  ) {
    // A bare id may be of a Patient or of a Group: the compartment leads in only when all are patients.
    if (targets.every((target) => target.startsWith('Patient/'))) {
      return { kind: 'patient', patients: targets.map((target) => String(numberOf(target))), any };
    }
  }
  return { kind: 'tokens', any, keys: any, exact: true, rank: 3 };
}

function readUris(reading: Reading, values: readonly string[]): Criterion {
  const { parameter, modifier } = reading;
  const prefixes = prefixesOf(parameter);
  const uris = values.map(unescaped);
  if (modifier === 'below' && !parameter.code.startsWith('_')) {
    return {
      kind: 'strings',
      params: prefixes.map((prefix) => hashOf(`${prefix}:below`)),
      values: uris.map((uri) => uri.slice(0, longestString)),
      how: 'prefix',
      label: null,
    };
  }
  if (modifier && modifier !== 'above') throw notSupported(reading);
  const forms = modifier === 'above' ? uris.flatMap(ancestors) : uris;
  const texts = prefixes.flatMap((prefix) => forms.map((uri) => `${prefix}|${escaped(uri)}`));
  return tokens(texts, texts, parameter.code === '_profile' ? 9 : 4);
}

/** The address itself and each one it lies under, cut at `/`. */
function ancestors(uri: string): string[] {
  const found = [uri];
  for (let end = uri.lastIndexOf('/'); end > 0 && found.length < 40; end = uri.lastIndexOf('/', end - 1))
    found.push(uri.slice(0, end), uri.slice(0, end + 1));
  return found;
}

function readStrings(reading: Reading, values: readonly string[]): Criterion {
  const { modifier, parameter } = reading;
  const prefixes = prefixesOf(parameter);
  if (modifier === 'exact') {
    const texts = prefixes.flatMap((prefix) => values.map((value) => `${prefix}:exact|${escaped(unescaped(value))}`));
    return tokens(texts, texts, 4);
  }
  if (modifier && modifier !== 'contains') throw notSupported(reading);
  return readWords(reading, values, prefixes, null);
}

function readWords(
  { modifier }: Reading,
  values: readonly string[],
  prefixes: readonly string[],
  label: string | null,
): Criterion {
  const words = values.map((value) => normalise(unescaped(value))).filter((word) => word !== '');
  if (words.length === 0) return never;
  return {
    kind: 'strings',
    params: prefixes.map(hashOf),
    values: words,
    how: modifier === 'contains' ? 'contains' : 'prefix',
    label,
  };
}
