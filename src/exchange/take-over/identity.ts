/** Who a resource is at its source. Two files that speak of the same one give the same key, so that nothing comes in twice. */

export interface Identity {
  /** `Type/uuid` for what is unique in the world, `https://server/Type/id` for what has an address, `source|Type/id` for the rest. */
  key: string;
  type: string;
  /** The id it would like to keep. */
  wanted: string | null;
  /** True when its id is a UUID: the same one elsewhere is the same thing. */
  worldwide: boolean;
  /** The circle of everyone in the practice: each practice has its own, and keeps its members itself. */
  everyone?: true;
}
/** The entries of one bundle, by what they call one another. */
export interface Scope {
  names: Map<string, Identity>;
  /** Entries that must not be created when something like them is there (`ifNoneExist`). */
  conditional: { identity: Identity; query: string }[];
  /** The conditions were looked up. */
  settled?: boolean;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (id: string): boolean => uuid.test(id);
export const goodId = /^[A-Za-z0-9\-.]{1,64}$/;
const address =
  /^(https?:\/\/.+\/)?([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/([A-Za-z0-9\-.]{1,64}))?$/;

/** `base` is the address in front of `Type/id`, '' for a relative one. */
export function partsOf(reference: string): { base: string; type: string; id: string; edition?: string } | null {
  const match = address.exec(reference);
  return (
    match && {
      base: match[1] ?? '',
      type: match[2]!,
      id: match[3]!,
      ...(match[4] !== undefined && { edition: match[4] }),
    }
  );
}

/** The number of an edition; null for what a version here cannot be called. */
export const numberOf = (edition: unknown): number | null =>
  typeof edition === 'string' && /^[1-9]\d{0,5}$/.test(edition) ? Number(edition) : null;

/** @param source name the person gave to the software the file comes from; '' for this practice's own ids */
export function identityAt(base: string, type: string, id: string, source: string): Identity {
  if (isUuid(id)) return { key: `${type}/${id.toLowerCase()}`, type, wanted: id, worldwide: true };
  return { key: base ? `${base}${type}/${id}` : `${source}|${type}/${id}`, type, wanted: id, worldwide: false };
}

/** What the entries of a bundle are called by one another. */
export function scopeOf(entries: readonly Record<string, unknown>[]): Scope {
  const scope: Scope = { names: new Map(), conditional: [] };
  for (const { fullUrl, resource, request } of entries) {
    if (typeof fullUrl !== 'string' || typeof resource !== 'object' || resource === null) continue;
    const { resourceType, id } = resource as { resourceType?: unknown; id?: unknown };
    if (typeof resourceType !== 'string') continue;
    const urn = /^urn:(uuid|oid):(.+)$/i.exec(fullUrl);
    if (!urn) continue;
    const name = urn[2]!;
    const good = typeof id === 'string' && goodId.test(id) ? id : null;
    const identity: Identity = isUuid(name)
      ? {
          key: `${resourceType}/${name.toLowerCase()}`,
          type: resourceType,
          wanted: good ?? name.toLowerCase(),
          worldwide: good === null || isUuid(good),
        }
      : { key: `${fullUrl}|${resourceType}`, type: resourceType, wanted: good, worldwide: false };
    scope.names.set(fullUrl, identity);
    const condition = (request as { ifNoneExist?: unknown } | undefined)?.ifNoneExist;
    if (typeof condition === 'string') scope.conditional.push({ identity, query: condition });
  }
  return scope;
}

/** The identity of an entry; null when nothing names it. */
export function identityOf(
  resource: { resourceType?: unknown; id?: unknown },
  entry: { fullUrl?: string; scope?: Scope; request?: { method: string; url: string } },
  source: string,
): Identity | null {
  const type = typeof resource.resourceType === 'string' ? resource.resourceType : '';
  const named = entry.fullUrl ? entry.scope?.names.get(entry.fullUrl) : undefined;
  if (named) return named;
  const parts = entry.fullUrl ? partsOf(entry.fullUrl) : null;
  if (parts && parts.type === type) return identityAt(parts.base, type, parts.id, source);
  const put = entry.request?.method === 'PUT' ? partsOf(entry.request.url) : null;
  const id = typeof resource.id === 'string' ? resource.id : put?.type === type ? put.id : undefined;
  return id !== undefined && goodId.test(id) ? identityAt('', type, id, source) : null;
}

/** Address in front of `Type/id` in the entry's own name: relative references of the entry start there. */
export const baseOf = (fullUrl: string | undefined): string => (fullUrl ? (partsOf(fullUrl)?.base ?? '') : '');
