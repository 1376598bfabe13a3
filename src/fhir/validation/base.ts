/** Compiles R4's own types: what each property must look like, without profiles. */
import { jsonNames, type Structure, type StructureElement, structure } from '../definitions/index.ts';
import type { Binding } from './bindings.ts';
import { compileInvariant, type Invariant } from './invariants.ts';
import { type PrimitiveCheck, primitives } from './primitives.ts';

export interface Property {
  /** Name in JSON, and of the `_name` that goes with a primitive. */
  json: string;
  shadow: string;
  /** Name in FHIRPath: `value.ofType(Quantity)`. */
  segment: string;
  type: string;
  array: boolean;
  max: number | undefined;
  primitive: PrimitiveCheck | undefined;
  /** Of a complex property; a resource is known by its own resourceType. */
  node: () => TypeNode;
  resource: boolean;
  binding: Binding | undefined;
  targets: ReadonlySet<string> | undefined;
  profiles: string[] | undefined;
  invariants: Invariant[];
  maxLength: number | undefined;
}

export interface TypeNode {
  name: string;
  resource: boolean;
  domain: boolean;
  properties: Map<string, Property>;
  required: { name: string; keys: string[] }[];
  choices: { name: string; keys: string[] }[];
  invariants: Invariant[];
}

const nodes = new Map<string, TypeNode | undefined>();

/** The compiled form of a resource or data type, compiled at its first use. */
export function typeNode(name: string): TypeNode | undefined {
  if (nodes.has(name)) return nodes.get(name);
  const found = structure(name);
  if (!found) return undefined;
  const node = compileNode(found, found.elements[0]?.path ?? name);
  nodes.set(name, node);
  return node;
}

const backbones = new Map<string, TypeNode>();
function backbone(of: Structure, path: string): TypeNode {
  let node = backbones.get(path);
  if (!node) {
    node = compileNode(of, path);
    backbones.set(path, node);
  }
  return node;
}

/** The resource types that a list of target profiles allows; `undefined` when any, or when a profile is not known. */
export function targetTypes(
  targets: string[],
  find: (url: string) => Structure | undefined,
): ReadonlySet<string> | undefined {
  const types = new Set<string>();
  for (const target of targets) {
    const type = find(target)?.type;
    if (type === undefined || type === 'Resource') return undefined;
    types.add(type);
  }
  return types.size > 0 ? types : undefined;
}

function compileNode(of: Structure, path: string): TypeNode {
  const resource = of.kind === 'resource' && !path.includes('.');
  const node: TypeNode = {
    name: path,
    resource,
    domain: resource && of.elements.some((e) => e.path === `${path}.contained`),
    properties: new Map(),
    required: [],
    choices: [],
    invariants: [],
  };
  const depth = path.split('.').length + 1;
  for (const element of of.elements) {
    if (element.path === path) {
      // A backbone's own rules go with the property that holds it.
      if (!path.includes('.')) node.invariants = invariantsOf(element, path);
      continue;
    }
    if (!element.path.startsWith(`${path}.`) || element.path.split('.').length !== depth) continue;
    const keys = jsonNames(element);
    const name = element.path.slice(path.length + 1).replace('[x]', '');
    if (element.min > 0) node.required.push({ name, keys });
    if (keys.length > 1) node.choices.push({ name, keys });
    keys.forEach((json, i) => {
      node.properties.set(json, property(of, element, json, i, name));
    });
  }
  return node;
}

const invariantsOf = (element: StructureElement, base: string): Invariant[] => {
  // txt-1 and txt-2 are one rule, said twice.
  const rules = new Map((element.constraints ?? []).map((c) => [c.expression, c]));
  return [...rules.values()].flatMap((c) => compileInvariant(c, base) ?? []);
};

const noNode = (name: string): TypeNode => ({
  name,
  resource: false,
  domain: false,
  properties: new Map(),
  required: [],
  choices: [],
  invariants: [],
});

function property(of: Structure, element: StructureElement, json: string, index: number, name: string): Property {
  const type = element.types?.[index];
  // R4 types Resource.id as a string by mistake; its form is that of an id. https://hl7.org/fhir/R4/resource.html#id
  const code =
    json === 'id' && of.kind === 'resource' && !element.path.includes('.', of.type.length + 1) ? 'id' : type?.code;
  const choice = element.path.endsWith('[x]');
  const inner = !type || code === 'BackboneElement' || code === 'Element';
  let made: TypeNode | undefined;
  return {
    json,
    shadow: `_${json}`,
    segment: choice ? `${name}.ofType(${code})` : name,
    type: code ?? 'BackboneElement',
    array: element.max === undefined || element.max > 1,
    max: element.max !== undefined && element.max > 1 ? element.max : undefined,
    primitive: code === undefined ? undefined : primitives[code],
    node: () => {
      if (!made) {
        if (element.contentReference) made = backbone(of, element.contentReference);
        else if (inner) made = backbone(of, element.path);
        else made = typeNode(code ?? '') ?? noNode(code ?? name);
      }
      return made;
    },
    resource: code === 'Resource',
    binding: element.binding,
    targets: code === 'Reference' && type?.targets ? targetTypes(type.targets, structure) : undefined,
    profiles: type?.profiles,
    invariants: invariantsOf(element, inner ? element.path : (code ?? element.path)),
    maxLength: element.maxLength,
  };
}
