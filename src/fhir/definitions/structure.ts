/**
 * The compact form of a FHIR StructureDefinition that the validator compiles: what `scripts/build-structures.ts` writes for R4 itself and
 * what an installed package is turned into when it is loaded.
 */
export interface ElementType {
  code: string;
  profiles?: string[];
  targets?: string[];
}

export interface Constraint {
  key: string;
  severity: 'error' | 'warning';
  human: string;
  expression: string;
}

export interface Slicing {
  discriminators: { type: string; path: string }[];
  rules: string;
  ordered?: boolean;
}

export interface StructureElement {
  /** Like the path, with slice names: `Patient.identifier:INS.system`. Left out when equal to the path. */
  id?: string;
  path: string;
  slice?: string;
  min: number;
  /** Left out for `*`. */
  max?: number;
  types?: ElementType[];
  binding?: { strength: string; valueSet: string };
  /** The property name tells the type: `fixedUri`, `patternCodeableConcept`. */
  fixed?: unknown;
  pattern?: unknown;
  constraints?: Constraint[];
  /** `#Questionnaire.item` without the hash. */
  contentReference?: string;
  slicing?: Slicing;
  isModifier?: boolean;
  isSummary?: boolean;
  maxLength?: number;
  minValue?: unknown;
  maxValue?: unknown;
  /** Of a profile: path, cardinality of the element in the base type. */
  base?: { path: string; min: number; max?: number };
}

export interface Structure {
  url: string;
  version?: string;
  name: string;
  title?: string;
  type: string;
  kind: string;
  abstract?: boolean;
  derivation?: string;
  baseDefinition?: string;
  elements: StructureElement[];
}

type Json = Record<string, unknown>;

/** Rules written by hand in the validator's own walk, on every element or resource. */
const byHand = new Set(['ele-1', 'ext-1', 'dom-2', 'dom-3', 'dom-4', 'dom-5', 'dom-6', 'dom-r4b']);

const count = (max: unknown): number | undefined => {
  const n = typeof max === 'string' && max !== '*' ? Number.parseInt(max, 10) : Number.NaN;
  return Number.isNaN(n) ? undefined : n;
};

const texts = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.length > 0 ? value.filter((v) => typeof v === 'string') : undefined;

const typeCode = (type: Json): string => {
  const code = String(type.code ?? '');
  if (!code.startsWith('http://hl7.org/fhirpath/')) return code;
  const extension = (type.extension as Json[] | undefined)?.find((e) =>
    String(e.url).endsWith('structuredefinition-fhir-type'),
  );
  return String(extension?.valueUrl ?? extension?.valueUri ?? 'string');
};

function typedValue(element: Json, prefix: 'fixed' | 'pattern' | 'minValue' | 'maxValue'): unknown {
  for (const key in element) {
    if (key.startsWith(prefix) && /^[A-Z]/.test(key.slice(prefix.length))) return element[key];
  }
  return undefined;
}

function compactElement(element: Json, constrained: boolean): StructureElement {
  const path = String(element.path);
  const out: StructureElement = { path, min: Number(element.min ?? 0) };
  if (element.id !== path && typeof element.id === 'string') out.id = element.id;
  if (typeof element.sliceName === 'string') out.slice = element.sliceName;
  const max = count(element.max);
  if (max !== undefined) out.max = max;
  if (Array.isArray(element.type)) {
    out.types = (element.type as Json[]).map((type) => {
      const profiles = texts(type.profile);
      const targets = texts(type.targetProfile);
      return { code: typeCode(type), ...(profiles && { profiles }), ...(targets && { targets }) };
    });
  }
  const binding = element.binding as Json | undefined;
  if (typeof binding?.valueSet === 'string' && binding.strength !== 'example') {
    out.binding = { strength: String(binding.strength), valueSet: binding.valueSet };
  }
  for (const key of ['fixed', 'pattern', 'minValue', 'maxValue'] as const) {
    const value = typedValue(element, key);
    if (value !== undefined) out[key] = value;
  }
  const constraints = ((element.constraint as Json[] | undefined) ?? []).filter(
    (c) => typeof c.expression === 'string' && !byHand.has(String(c.key)),
  );
  if (constraints.length > 0) {
    out.constraints = constraints.map((c) => ({
      key: String(c.key),
      severity: c.severity === 'warning' ? 'warning' : 'error',
      human: String(c.human ?? ''),
      expression: String(c.expression),
    }));
  }
  if (typeof element.contentReference === 'string') out.contentReference = element.contentReference.replace(/^.*#/, '');
  const slicing = element.slicing as Json | undefined;
  if (slicing && constrained) {
    out.slicing = {
      discriminators: ((slicing.discriminator as Json[] | undefined) ?? []).map((d) => ({
        type: String(d.type),
        path: String(d.path),
      })),
      rules: String(slicing.rules ?? 'open'),
      ...(slicing.ordered === true && { ordered: true }),
    };
  }
  if (element.isModifier === true) out.isModifier = true;
  if (element.isSummary === true) out.isSummary = true;
  if (typeof element.maxLength === 'number') out.maxLength = element.maxLength;
  const base = element.base as Json | undefined;
  if (constrained && typeof base?.path === 'string') {
    const baseMax = count(base.max);
    out.base = { path: base.path, min: Number(base.min ?? 0), ...(baseMax !== undefined && { max: baseMax }) };
  }
  return out;
}

/** Turns a StructureDefinition with a snapshot into the compact form; `undefined` when it has no usable snapshot. */
export function compactStructure(definition: unknown): Structure | undefined {
  const sd = definition as Json;
  const elements = (sd?.snapshot as Json | undefined)?.element;
  if (sd?.resourceType !== 'StructureDefinition' || typeof sd.url !== 'string' || !Array.isArray(elements))
    return undefined;
  const constrained = sd.derivation === 'constraint';
  const text = (key: string) => (typeof sd[key] === 'string' ? { [key]: sd[key] as string } : {});
  return {
    url: sd.url,
    ...text('version'),
    name: String(sd.name ?? ''),
    ...(constrained ? text('title') : {}),
    type: String(sd.type),
    kind: String(sd.kind),
    ...(sd.abstract === true && { abstract: true }),
    ...text('derivation'),
    ...text('baseDefinition'),
    elements: (elements as Json[])
      .filter((e) => typeof e?.path === 'string')
      .map((e) => compactElement(e, constrained)),
  };
}
