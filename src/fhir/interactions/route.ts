// https://hl7.org/fhir/R4/http.html#root
import { isResourceType } from '../definitions/index.ts';
import { FhirProblem } from '../outcome.ts';
import type { Found, Interaction, Route } from './call.ts';

const isId = (text: string): boolean => /^[A-Za-z0-9\-.]{1,64}$/.test(text);

function paramsOf(pattern: readonly string[], segments: readonly string[]): Found['params'] | undefined {
  const [first = ''] = pattern;
  const params: Found['params'] = {
    type: isResourceType(first) ? first : 'Bundle',
    id: '',
    versionId: '',
    target: '*',
  };
  for (const [i, part] of pattern.entries()) {
    const segment = segments[i]!;
    if (!part.startsWith(':')) {
      if (part !== segment) return undefined;
      continue;
    }
    // Names with _ or $ are never a type or an id: an unknown operation is not a read.
    if (part === ':id' || part === ':versionId') {
      if (!isId(segment)) return undefined;
      params[part === ':id' ? 'id' : 'versionId'] = segment;
    } else if (isResourceType(segment)) params[part === ':type' ? 'type' : 'target'] = segment;
    else if (part !== ':target' || segment !== '*') return undefined;
  }
  return params;
}

/** Finds interactions by method and path. @throws FhirProblem 404, NotAllowed 405. */
export function routeOver(interactions: readonly Interaction[]): Route {
  // By number of segments, so that a request meets few candidates.
  const bySize = new Map<number, { interaction: Interaction; segments: string[] }[]>();
  for (const interaction of interactions) {
    const segments = interaction.path === '' ? [] : interaction.path.split('/');
    const same = bySize.get(segments.length) ?? [];
    same.push({ interaction, segments });
    bySize.set(segments.length, same);
  }
  return (method, segments) => {
    const allowed = new Set<string>();
    for (const { interaction, segments: pattern } of bySize.get(segments.length) ?? []) {
      const params = paramsOf(pattern, segments);
      if (!params) continue;
      if (interaction.method === method) return { interaction, params };
      allowed.add(interaction.method);
    }
    if (allowed.size > 0) throw new NotAllowed(method, [...allowed]);
    const [type = ''] = segments;
    const named = segments
      .map((segment) => segment.slice(0, 64))
      .join('/')
      .slice(0, 200);
    const operationName = segments.find((segment) => segment.startsWith('$'));
    if (operationName)
      throw new FhirProblem(
        404,
        'not-supported',
        `The operation ${operationName.slice(0, 64)} is not offered at “${named}”: see /metadata.`,
      );
    if (!isResourceType(type))
      throw new FhirProblem(
        404,
        'not-supported',
        `“${type.slice(0, 64)}” is not a FHIR R4 resource type: see /metadata.`,
      );
    throw new FhirProblem(
      404,
      'not-found',
      `There is nothing at “${named}”. An id has 1 to 64 letters, digits, “-” or “.”.`,
    );
  };
}

export class NotAllowed extends FhirProblem {
  readonly allow: string;
  constructor(method: string, allowed: string[]) {
    if (allowed.includes('GET')) allowed.push('HEAD');
    super(405, 'not-supported', `${method} is not allowed here: use ${allowed.join(', ')}.`);
    this.allow = allowed.join(', ');
  }
}
