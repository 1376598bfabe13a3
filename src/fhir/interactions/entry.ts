// https://hl7.org/fhir/R4/bundle.html#bundle-unique
import { STATUS_CODES } from 'node:http';
import { cloneExact } from '../decimals.ts';
import { FhirProblem, type OutcomeIssue } from '../outcome.ts';
import type { JsonResource } from '../store/store.ts';
import { asResource, isObject } from './body.ts';
import type { Answer, Call, Conditions, Found, Pairs } from './call.ts';

/** One entry of a batch or transaction, understood. */
export interface Entry extends Found {
  at: number;
  method: string;
  fullUrl?: string;
  query: Pairs;
  conditions: Conditions;
  resource?: JsonResource;
}

const q = JSON.stringify;
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const withBody = new Set(['POST', 'PUT', 'PATCH']);

/** `Bundle.entry[3]` before the places an issue speaks of. */
export function inEntry(problem: FhirProblem, at: number): FhirProblem {
  const where = `Bundle.entry[${at}]`;
  const issues = problem.outcome.issue.map((issue): OutcomeIssue => {
    const expression = issue.expression?.map((path) => {
      if (path.startsWith('Bundle.entry[')) return path;
      const inside = /^[A-Z][A-Za-z]+((?:[.[].*)?)$/.exec(path);
      return inside ? `${where}.resource${inside[1]}` : where;
    }) ?? [where];
    return { ...issue, expression };
  });
  return new FhirProblem(problem.status, issues[0]?.code ?? 'processing', problem.message, {
    issues,
    ...(problem.current !== undefined && { current: problem.current }),
  });
}

export function segmentsOf(path: string): string[] {
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  if (trimmed === '') return [];
  try {
    return trimmed.split('/').map(decodeURIComponent);
  } catch {
    throw new FhirProblem(400, 'value', 'The address holds a percent-encoding that is not UTF-8.');
  }
}

/** @throws FhirProblem 400, 404, 405 with the place in the bundle. */
export function parseEntry(call: Call, value: unknown, at: number): Entry {
  const where = `Bundle.entry[${at}]`;
  if (!isObject(value)) throw new FhirProblem(400, 'structure', 'An entry is an object.', { expression: where });
  const { request } = value;
  if (!isObject(request))
    throw new FhirProblem(400, 'required', 'The entry needs a request with method and url.', {
      expression: `${where}.request`,
    });
  const { method, url } = request;
  if (typeof method !== 'string' || !['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) {
    throw new FhirProblem(400, 'value', 'The method must be GET, HEAD, POST, PUT, PATCH or DELETE.', {
      expression: `${where}.request.method`,
    });
  }
  if (typeof url !== 'string')
    throw new FhirProblem(400, 'required', 'The request needs a url, like Patient or Patient/42.', {
      expression: `${where}.request.url`,
    });
  const local = url.startsWith(call.base) ? url.slice(call.base.length) : url;
  const mark = local.indexOf('?');
  let found: Found;
  try {
    found = call.route(method === 'HEAD' ? 'GET' : method, segmentsOf(mark < 0 ? local : local.slice(0, mark)));
  } catch (error) {
    throw error instanceof FhirProblem
      ? new FhirProblem(error.status, error.outcome.issue[0]!.code, error.message, {
          expression: `${where}.request.url`,
        })
      : error;
  }
  if (found.interaction.code === 'transaction')
    throw new FhirProblem(400, 'not-supported', 'A bundle inside a bundle is not processed.', {
      expression: `${where}.request.url`,
    });
  const conditions: Conditions = {};
  for (const name of ['ifMatch', 'ifNoneMatch', 'ifModifiedSince', 'ifNoneExist'] as const) {
    const given = text(request[name]);
    if (given !== undefined) conditions[name] = given;
  }
  const entry: Entry = {
    ...found,
    at,
    method,
    query: mark < 0 ? [] : [...new URLSearchParams(local.slice(mark + 1))],
    conditions,
  };
  if (value.fullUrl !== undefined) {
    if (typeof value.fullUrl !== 'string')
      throw new FhirProblem(400, 'value', 'The fullUrl must be text.', { expression: `${where}.fullUrl` });
    entry.fullUrl = value.fullUrl;
  }
  if (
    withBody.has(method) &&
    found.interaction.body &&
    !(found.interaction.code.startsWith('search') || (found.interaction.operation && value.resource === undefined))
  ) {
    entry.resource = asResource(value.resource, undefined, `${where}.resource`);
  }
  return entry;
}

/** The entries of a bundle, untouched. @throws FhirProblem 400. */
export function entriesOf(call: Call, again = false): unknown[] {
  const entries = asResource(call.body(again), 'Bundle').entry ?? [];
  if (!Array.isArray(entries))
    throw new FhirProblem(400, 'structure', 'Bundle.entry must be an array.', { expression: 'Bundle.entry' });
  return entries;
}

/** The entry as a request of its own. */
export const callOf = (outer: Call, entry: Entry, store = outer.store): Call => ({
  ...outer,
  store,
  method: entry.method,
  ...entry.params,
  query: entry.query,
  conditions: entry.conditions,
  mediaType: 'application/fhir+json',
  body: (again) => (again && entry.resource ? cloneExact(entry.resource) : entry.resource),
  form: () => [],
});

const statusLine = (status: number): string => `${status} ${STATUS_CODES[status] ?? ''}`.trim();

/** Entry of the response. What a write made is shown only on request: Prefer: return=representation. */
export function responseEntry(outer: Call, entry: Entry | undefined, answer: Answer): string {
  const reading =
    entry?.method === 'GET' ||
    entry?.interaction.operation !== undefined ||
    entry?.interaction.code.startsWith('search');
  const shown = answer.text !== undefined && !answer.outcome && (reading || outer.prefer.return === 'representation');
  const parts: string[] = [];
  const place = answer.location?.replace(/\/_history\/.*$/, '');
  if (place) parts.push(`"fullUrl":${q(`${outer.base}/${place}`)}`);
  if (shown) parts.push(`"resource":${answer.text}`);
  const response = [`"status":${q(statusLine(answer.status))}`];
  if (answer.location) response.push(`"location":${q(answer.location)}`);
  if (answer.version !== undefined) response.push(`"etag":${q(`W/"${answer.version}"`)}`);
  if (answer.updated) response.push(`"lastModified":${q(answer.updated)}`);
  if (answer.outcome) response.push(`"outcome":${q(answer.outcome)}`);
  parts.push(`"response":{${response}}`);
  return `{${parts}}`;
}
