/** The compact forms of CodeSystem and ValueSet: what membership, search by label and the place in a hierarchy need, no more. */
export interface Concept {
  code: string;
  display?: string;
  /** French label or other wording, where the source has one. */
  designations?: string[];
  /** Codes of the concepts above. */
  parents?: string[];
  abstract?: boolean;
  properties?: Record<string, string>;
}

export interface CodeSystemData {
  url: string;
  version?: string;
  name?: string;
  title?: string;
  /** FHIR's CodeSystem.content: only `complete` systems can refuse a code. */
  content: string;
  caseSensitive?: boolean;
  concepts: Concept[];
}

export interface ValueSetInclude {
  system?: string;
  version?: string;
  concepts?: { code: string; display?: string }[];
  filters?: { property: string; op: string; value: string }[];
  valueSets?: string[];
}

export interface ValueSetData {
  url: string;
  version?: string;
  name?: string;
  title?: string;
  include: ValueSetInclude[];
  exclude?: ValueSetInclude[];
  /** A complete expansion made by the publisher. */
  expansion?: { system: string; code: string; display?: string }[];
}

type Json = Record<string, unknown>;
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter((v) => v && typeof v === 'object') : []);
const heading = (resource: Json) => {
  const out: { url: string; version?: string; name?: string; title?: string } = { url: String(resource.url) };
  for (const key of ['version', 'name', 'title'] as const) {
    if (typeof resource[key] === 'string') out[key] = resource[key];
  }
  if (out.title === out.name) delete out.title;
  return out;
};

/** Turns a CodeSystem into the compact form; `undefined` when it carries no url. */
export function compactCodeSystem(resource: unknown): CodeSystemData | undefined {
  const cs = resource as Json;
  if (cs?.resourceType !== 'CodeSystem' || typeof cs.url !== 'string') return undefined;
  const byCode = new Map<string, Concept>();
  const walk = (items: Json[], parent: string | undefined, depth: number) => {
    for (const item of items) {
      const code = String(item.code);
      const concept: Concept = byCode.get(code) ?? { code };
      byCode.set(code, concept);
      if (typeof item.display === 'string') concept.display = item.display;
      const parents = new Set(concept.parents);
      if (parent !== undefined) parents.add(parent);
      for (const property of list(item.property)) {
        const value = Object.entries(property).find(([key]) => key.startsWith('value'))?.[1];
        if (property.code === 'subsumedBy' || property.code === 'parent') parents.add(String(value));
        else if (property.code === 'notSelectable' && value === true) concept.abstract = true;
        else if (property.code === 'inactive' && value === true)
          concept.properties = { ...concept.properties, inactive: 'true' };
        else if (typeof value === 'string' && property.code !== 'internalId') {
          concept.properties = { ...concept.properties, [String(property.code)]: value };
        }
      }
      const designations = list(item.designation)
        .map((d) => d.value)
        .filter((v): v is string => typeof v === 'string' && v !== concept.display);
      if (designations.length > 0) concept.designations = designations;
      if (parents.size > 0) concept.parents = [...parents];
      if (depth < 50) walk(list(item.concept), code, depth + 1);
    }
  };
  walk(list(cs.concept), undefined, 0);
  return {
    ...heading(cs),
    content: String(cs.content ?? 'not-present'),
    ...(cs.caseSensitive === false && { caseSensitive: false }),
    concepts: [...byCode.values()],
  };
}

const includes = (value: unknown): ValueSetInclude[] =>
  list(value).map((item) => {
    const out: ValueSetInclude = {};
    if (typeof item.system === 'string') out.system = item.system;
    if (typeof item.version === 'string') out.version = item.version;
    const concepts = list(item.concept);
    if (concepts.length > 0) {
      out.concepts = concepts.map((c) => ({
        code: String(c.code),
        ...(typeof c.display === 'string' && { display: c.display }),
      }));
    }
    const filters = list(item.filter);
    if (filters.length > 0) {
      out.filters = filters.map((f) => ({ property: String(f.property), op: String(f.op), value: String(f.value) }));
    }
    if (Array.isArray(item.valueSet)) out.valueSets = item.valueSet.map(String);
    return out;
  });

/** Turns a ValueSet into the compact form; an expansion is kept only when it is whole. */
export function compactValueSet(resource: unknown): ValueSetData | undefined {
  const vs = resource as Json;
  if (vs?.resourceType !== 'ValueSet' || typeof vs.url !== 'string') return undefined;
  const compose = (vs.compose ?? {}) as Json;
  const exclude = includes(compose.exclude);
  const expansion: NonNullable<ValueSetData['expansion']> = [];
  const walk = (items: Json[], depth: number) => {
    for (const item of items) {
      if (typeof item.system === 'string' && typeof item.code === 'string' && item.abstract !== true) {
        expansion.push({
          system: item.system,
          code: item.code,
          ...(typeof item.display === 'string' && { display: item.display }),
        });
      }
      if (depth < 50) walk(list(item.contains), depth + 1);
    }
  };
  const made = vs.expansion as Json | undefined;
  walk(list(made?.contains), 0);
  const whole = expansion.length > 0 && !(typeof made?.total === 'number' && made.total > expansion.length);
  return {
    ...heading(vs),
    include: includes(compose.include),
    ...(exclude.length > 0 && { exclude }),
    ...(whole && { expansion }),
  };
}
