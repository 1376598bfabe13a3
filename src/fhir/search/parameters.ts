import { readFileSync } from 'node:fs';

export type ParameterType = 'token' | 'reference' | 'date' | 'quantity' | 'number' | 'string' | 'uri' | 'composite';

/** Where a value is in the JSON: `component[].valueQuantity`; what it is; the target type or the system it is bound to. */
export interface TypedPath {
  path: string;
  type: string;
  target?: string;
  system?: string;
}
export interface Component {
  code: string;
  type: ParameterType;
  paths: TypedPath[];
}
export interface Parameter {
  resource: string;
  code: string;
  type: ParameterType;
  paths: TypedPath[];
  /** Types a reference may point to; null: any. */
  targets: readonly string[] | null;
  roots: readonly string[];
  components: readonly Component[];
  /** Codes under which its values are in the index: its own, or those it is rewritten to. */
  stored: readonly string[];
  /** Rewritten to a wider parameter: only references to this type, only contact points of this system. */
  onlyTarget: string | null;
  onlySystem: string | null;
  /** At most one value a resource. */
  single: boolean;
  /** How a composite is answered: criteria on the whole row, rows of its own, both, or not at all. */
  composite: 'row' | 'stored' | 'both' | 'none' | null;
}

type File = Record<
  string,
  Record<
    string,
    { type: ParameterType; paths?: TypedPath[]; targets?: string[]; roots?: string[]; components?: Component[] }
  >
>;
const file = JSON.parse(readFileSync(new URL('./generated/search-parameters.json', import.meta.url), 'utf8')) as File;
const tables = new Map<string, Map<string, Parameter>>();

/** Every resource type of R4. */
export const resourceTypes: readonly string[] = Object.keys(file);
export const isResourceType = (name: string): boolean => Object.hasOwn(file, name);

const none: ReadonlyMap<string, Parameter> = new Map();
/** The search parameters of a resource type, by code. */
export function parametersOf(type: string): ReadonlyMap<string, Parameter> {
  const known = tables.get(type);
  if (known) return known;
  if (!isResourceType(type)) return none;
  const table = new Map<string, Parameter>();
  for (const [code, raw] of Object.entries(file[type]!)) {
    const paths = raw.paths ?? [];
    table.set(code, {
      resource: type,
      code,
      type: raw.type,
      paths,
      targets: raw.targets ?? null,
      roots: raw.roots ?? [],
      components: raw.components ?? [],
      stored: [code],
      onlyTarget: null,
      onlySystem: null,
      single: paths.every(({ path }) => !path.includes('[')),
      composite: raw.type === 'composite' ? compositeManner(raw.roots ?? [], raw.components ?? []) : null,
    });
  }
  for (const parameter of [...table.values()].reverse()) rewrite(parameter, table);
  tables.set(type, table);
  return table;
}

export const parameterOf = (type: string, code: string): Parameter | undefined => parametersOf(type).get(code);

/** Points by url, not by type and id. */
export const isCanonical = ({ type, paths }: Parameter): boolean =>
  type === 'reference' &&
  paths.length > 0 &&
  paths.every((place) => place.type === 'canonical' || place.type === 'uri');

function compositeManner(roots: readonly string[], components: readonly Component[]): Parameter['composite'] {
  const [first, second] = components;
  if (components.length !== 2 || !first || !second || first.type !== 'token') return 'none';
  if (roots.every((root) => root === '')) return 'row';
  if (first.paths.length === 0 || !['token', 'quantity', 'reference'].includes(second.type)) return 'none';
  return roots.includes('') ? 'both' : 'stored';
}

/** The path without the filter that `telecom.where(system='email')` adds. */
const bare = (path: string) => path.replace(/\{.*?\}/g, '');
const contactSystem = /^telecom\[\]\{system=(\w+)\}$/;

/**
 * Values are stored once: a parameter whose places are those of others is answered through them (`patient` by `subject` pointing to a
 * Patient, `combo-code` by `code` or `component-code`, `email` by `telecom` of that system).
 */
function rewrite(parameter: Parameter, table: ReadonlyMap<string, Parameter>): void {
  if (parameter.type === 'composite' || parameter.code.startsWith('_') || parameter.paths[0]?.type === 'deceased')
    return;
  const place = (p: TypedPath) => `${bare(p.path)} ${p.type}`;
  const places = new Set(parameter.paths.map(place));
  const filtered = parameter.paths.some((p) => p.target || p.path.includes('{'));
  const target = new Set(parameter.paths.map((p) => p.target ?? ''));
  const systems = new Set(parameter.paths.map((p) => contactSystem.exec(p.path)?.[1] ?? ''));
  if (filtered && (target.size > 1 || systems.size > 1 || (target.has('') && systems.has('')))) return;
  const candidates = [...table.values()].filter(
    (other) =>
      other !== parameter &&
      other.type === parameter.type &&
      !other.code.startsWith('_') &&
      other.stored.length === 1 &&
      other.stored[0] === other.code &&
      other.paths.every((p) => !p.target && !p.path.includes('{') && places.has(place(p))),
  );
  const whole = candidates.find((other) => new Set(other.paths.map(place)).size === places.size);
  if (whole) {
    parameter.stored = [whole.code];
    parameter.onlyTarget = [...target][0] || null;
    parameter.onlySystem = [...systems][0] || null;
    return;
  }
  if (filtered) return;
  const covered = new Set(candidates.flatMap((other) => other.paths.map(place)));
  if (candidates.length > 1 && covered.size === places.size) parameter.stored = candidates.map((other) => other.code);
}
