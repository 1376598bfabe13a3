/** Calls `visit` with each value found at a place of a resource's JSON. Never throws, whatever the JSON. */
export type Walk = (node: unknown, visit: (value: unknown) => void) => void;

const segment = /^(\w+)(?:\[(\d*)\])?(?:\{(\w+)=(.*)\})?$/;

/** Compiles `telecom[]{system=email}.value` or `entry[0].resource`; '' is the node itself. */
export function walkOf(path: string): Walk {
  let walk: Walk = (node, visit) => visit(node);
  if (path === '') return walk;
  for (const part of path.split('.').reverse()) {
    const match = segment.exec(part);
    if (!match) throw new Error(`not a path of the search index: ${path}`);
    const [, key, index, field, wanted] = match as unknown as [
      string,
      string,
      string | undefined,
      string | undefined,
      string | undefined,
    ];
    const next = walk;
    const one: Walk = field
      ? (value, visit) => {
          if (isObject(value) && value[field] === wanted) next(value, visit);
        }
      : next;
    walk = (node, visit) => {
      if (typeof node !== 'object' || node === null) return;
      const value = (node as Record<string, unknown>)[key];
      if (value === undefined || value === null) return;
      if (!Array.isArray(value)) one(value, visit);
      else if (index) one(value[Number(index)], visit);
      else for (const item of value) if (item !== null && item !== undefined) one(item, visit);
    };
  }
  return walk;
}

/** The element of the resource that such a path begins with; '' for the resource itself. */
export const headOf = (path: string): string => /^\w*/.exec(path)![0];

export type Json = Record<string, unknown>;
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
export const listIn = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
