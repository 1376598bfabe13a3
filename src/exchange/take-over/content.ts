import { partsOf } from './identity.ts';
import { isObject, type Json } from './read-entries.ts';

/** When the source last changed it; null when it does not say, or says a day that has not come. */
export function saidAt(meta: unknown): number | null {
  const { lastUpdated } = (typeof meta === 'object' && meta !== null ? meta : {}) as { lastUpdated?: unknown };
  if (typeof lastUpdated !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(lastUpdated)) return null;
  const at = Date.parse(lastUpdated);
  return at > 0 && at < Date.now() + 86_400_000 ? at : null;
}

/** The same content gives the same text, in whatever order its head came. */
export function inOrder(resource: Json, id: string): Json {
  const { resourceType, id: _id, meta, ...rest } = resource;
  const empty = typeof meta === 'object' && meta !== null && Object.keys(meta).length === 0;
  return { resourceType, id, ...(meta !== undefined && !empty && { meta }), ...rest };
}

/** Whether two say the same. An edition that a reference names is left out: the same one may bear another number here. */
export function sameContent(a: Json, b: Json): boolean {
  const bare = ({ meta, ...rest }: Json) => {
    const { versionId: _v, lastUpdated: _l, ...kept } = (meta ?? {}) as Json;
    return JSON.stringify(sorted(withoutEditions({ ...rest, meta: kept })));
  };
  return bare(a) === bare(b);
}
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([x], [y]) => (x < y ? -1 : 1))
            .map(([name, inner]) => [name, sorted(inner)]),
        )
      : value;

function withoutEditions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEditions);
  if (!isObject(value)) return value;
  const bare: Json = {};
  for (const name in value) {
    const one = value[name];
    const parts = name === 'reference' && typeof one === 'string' ? partsOf(one) : null;
    bare[name] = parts?.edition === undefined ? withoutEditions(one) : `${parts.base}${parts.type}/${parts.id}`;
  }
  return bare;
}
