import { escaped, hashOf, referenceHash, targetOf } from './hashes.ts';
import { type Parameter, parameterOf } from './parameters.ts';
import { never, oneOf, type Reading, readCriterion, tokenForm, tokens } from './parse-criteria.ts';
import { type Criterion, type QuantityPlace, SearchProblem } from './request.ts';
import { numberTest, splitValue, unescaped } from './values.ts';

/** `[prefix]number|system|code`. `extra`: tokens the row needs whatever the unit. */
export function readQuantity(
  name: string,
  prefixes: readonly string[],
  value: string,
  alone: boolean,
  extra: readonly string[][] = [],
): Criterion {
  const parts = splitValue(value, '|').map(unescaped);
  if ((parts.length !== 1 && parts.length !== 3) || (alone && parts.length !== 1)) {
    throw new SearchProblem(
      'value',
      `${name}: write ${alone ? 'a number' : 'number, number|system|code or number||code'}`,
      name,
    );
  }
  const test = numberTest(parts[0]!, name);
  const [, system, code] = parts;
  const unit = code ? `|${system ? escaped(system) : ''}|${escaped(code)}` : null;
  const places: QuantityPlace[] = [];
  prefixes.forEach((prefix, i) => {
    const at = { param: hashOf(prefix), range: hashOf(`${prefix}:range`) };
    const needs = extra[i] ?? [];
    if (unit === null) places.push({ ...at, unit: '0', needs });
    else {
      places.push({ ...at, unit: '0', needs: [...needs, hashOf(`${prefix}:unit${unit}`)] });
      places.push({ ...at, unit: hashOf(`unit${unit}`), needs });
    }
  });
  return { kind: 'quantities', places, tests: [test] };
}

/** `code$value`: criteria on the whole row, or rows kept for elements that hold both. */
export function readComposite(reading: Reading, value: string): Criterion {
  const { parameter, name, base } = reading;
  const parts = splitValue(value, '$');
  const [first, second] = parameter.components;
  if (parameter.composite === 'none' || !first || !second) {
    throw new SearchProblem(
      'not-supported',
      `${name}: this composite is not supported; search for its components one by one`,
      name,
    );
  }
  if (parts.length !== 2 || parts.some((part) => part === '')) {
    throw new SearchProblem(
      'value',
      `${name}: write ${first.code}$${second.code}; a $ inside a value is written \\$`,
      name,
    );
  }
  const [left, right] = parts as [string, string];
  const type = parameter.resource;
  const branches: Criterion[] = [];
  if (parameter.composite === 'row' || parameter.composite === 'both') {
    // On the whole resource both parts have one value at most, so they can be asked for apart.
    const own = (code: string) => parameterOf(type, code.replace(/^combo-code$/, 'code').replace(/^combo-/, ''))!;
    branches.push({
      kind: 'and',
      of: [
        readCriterion({ parameter: own(first.code), modifier: null, name, base }, [left]),
        readCriterion({ parameter: own(second.code), modifier: null, name, base }, [right]),
      ],
    });
  }
  if (parameter.composite !== 'row') branches.push(readStored(reading, left, right));
  return oneOf(branches);
}

function readStored(reading: Reading, left: string, right: string): Criterion {
  const { name, base } = reading;
  const parameter =
    reading.parameter.composite === 'both'
      ? parameterOf(reading.parameter.resource, reading.parameter.code.replace('combo-', 'component-'))!
      : reading.parameter;
  const [first, second] = parameter.components as [Parameter['components'][number], Parameter['components'][number]];
  const part = (component: typeof first): Parameter => ({
    ...parameter,
    type: component.type,
    code: component.code,
    paths: component.paths,
  });
  const code = tokenForm({ parameter: part(first), name }, left);
  if (code === null) return never;
  const prefix = `${parameter.resource}|${parameter.code}`;
  const leads = code.code !== '';
  if (second.type === 'token') {
    const other = tokenForm({ parameter: part(second), name }, right);
    if (other === null) return never;
    return tokens(
      [`${prefix}|${code.text}$${other.text}`],
      [leads && other.code !== '' ? `${prefix}|${code.code}$${other.code}` : null],
      4,
    );
  }
  if (second.type === 'reference') {
    const target = targetOf(unescaped(right), base);
    if (!target) return never;
    const any = [referenceHash(`${prefix}|${code.text}`, target.target)];
    return {
      kind: 'tokens',
      any,
      keys: leads ? [referenceHash(`${prefix}|${code.code}`, target.target)] : null,
      exact: code.text === code.code,
      rank: 3,
    };
  }
  if (!leads) throw new SearchProblem('not-supported', `${name}: give the code, not its system alone`, name);
  // Rows are kept by the code alone; the system is a token of the resource, or a row of its own when a resource mixes systems.
  if (code.text === code.code) return readQuantity(name, [`${prefix}|${code.code}`], right, false);
  return readQuantity(name, [`${prefix}|${code.code}`, `${prefix}|${code.text}`], right, false, [
    [hashOf(`${prefix}|${code.text}`)],
    [],
  ]);
}
