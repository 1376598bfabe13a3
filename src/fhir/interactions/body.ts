// https://hl7.org/fhir/R4/json.html

import { parseExact } from '../decimals.ts';
import { isResourceType } from '../definitions/index.ts';
import { FhirProblem } from '../outcome.ts';
import type { JsonResource, ResourceType } from '../store/store.ts';
import type { Call, Pairs } from './call.ts';

/** Brackets inside brackets no deeper than this: every walk over a resource may then be recursive. */
const maxNesting = 100;
/** Bytes. */
export const resourceLimit = 20 * 1024 * 1024;
export const bundleLimit = 50 * 1024 * 1024;
export const formLimit = 1024 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The text of a body. @throws FhirProblem 400 when it is not UTF-8. */
export function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new FhirProblem(400, 'structure', 'The body is not UTF-8 text. Encode it in UTF-8 and send it again.');
  }
}

/** Refuses text nested too deep, before anything walks it; answers how many names its objects give. */
export function checkNesting(text: string): number {
  let depth = 0;
  let names = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) {
      // Jump over the string: an unclosed one is for JSON.parse to refuse.
      for (;;) {
        i = text.indexOf('"', i + 1);
        if (i < 0) return names;
        let slashes = 0;
        while (text.charCodeAt(i - 1 - slashes) === 0x5c) slashes++;
        if (slashes % 2 === 0) break;
      }
    } else if (c === 0x3a) names++;
    else if (c === 0x7b || c === 0x5b) {
      if (++depth > maxNesting) {
        throw new FhirProblem(
          400,
          'structure',
          `The body is nested deeper than ${maxNesting} levels. Flatten it and send it again.`,
        );
      }
    } else if (c === 0x7d || c === 0x5d) depth--;
  }
  return names;
}

/** The names of all objects in a value. */
function namesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let names = 0;
  if (Array.isArray(value)) for (const item of value) names += namesIn(item);
  else for (const key in value) names += 1 + namesIn((value as Record<string, unknown>)[key]);
  return names;
}

/** Where a name is given twice in one object, of a text that is JSON. */
function givenTwice(text: string): string {
  const open: { names: Set<string> | undefined; at: string | number }[] = [];
  const strings = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\],]/g;
  for (const [token, colon] of text.matchAll(strings)) {
    const here = open.at(-1);
    if (token === '{') open.push({ names: new Set(), at: '' });
    else if (token === '[') open.push({ names: undefined, at: 0 });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',' && here && typeof here.at === 'number') here.at += 1;
    else if (colon !== undefined && here?.names) {
      here.at = JSON.parse(token.slice(0, -colon.length)) as string;
      if (here.names.has(here.at)) break;
      here.names.add(here.at);
    }
  }
  return open.map(({ at }, i) => (typeof at === 'number' ? `[${at}]` : `${i > 0 ? '.' : ''}${at}`)).join('');
}

// Only text that shows one of these can hold what the walk looks for.
const suspicious = /\\u0000|\\u[dD][89a-fA-F]|[eE]\+?\d{3}|(?<!\d)\d{300}/;

function checkValues(value: unknown, path: string): void {
  if (typeof value === 'string') {
    if (value.includes('\0'))
      throw new FhirProblem(400, 'value', 'A text holds the character NUL. Remove it.', { expression: path });
    if (!value.isWellFormed())
      throw new FhirProblem(400, 'value', 'A text holds half of a character (a lone UTF-16 surrogate). Correct it.', {
        expression: path,
      });
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value))
      throw new FhirProblem(400, 'value', 'A number is out of range. Correct it.', { expression: path });
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) checkValues(item, `${path}[${i}]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (key.includes('\0') || !key.isWellFormed())
        throw new FhirProblem(400, 'structure', 'A property name holds a character that is not allowed.', {
          expression: path,
        });
      checkValues(item, path ? `${path}.${key}` : key);
    }
  }
}

/** JSON from outside. @throws FhirProblem 400 that says where it breaks. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') throw new FhirProblem(400, 'required', 'The body is empty. Send a FHIR resource in JSON.');
  const names = checkNesting(text);
  let value: unknown;
  try {
    value = parseExact(text);
  } catch (error) {
    const where = /at position (\d+)(?: \(line (\d+) column (\d+)\))?/.exec((error as Error).message);
    const place = where?.[2]
      ? `line ${where[2]}, column ${where[3]}`
      : where
        ? `position ${where[1]}`
        : `the end (position ${text.length})`;
    throw new FhirProblem(
      400,
      'structure',
      `The body is not JSON: it breaks at ${place}. Correct it and send it again.`,
    );
  }
  if (suspicious.test(text)) checkValues(value, '');
  if (names !== namesIn(value)) {
    const where = givenTwice(text);
    throw new FhirProblem(
      400,
      'structure',
      `The property ${where.slice(-200)} is given twice in one object: keep one of the two.`,
      { expression: where.slice(-200) },
    );
  }
  return value;
}

/** A form body or a query string, in order. */
export const parseForm = (text: string): Pairs => [...new URLSearchParams(text)];

const kindOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'an array'
      : typeof value === 'object'
        ? 'an object'
        : `a ${typeof value}`;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as a resource of a known type. @throws FhirProblem 400. */
export function asResource(value: unknown, type?: ResourceType, where?: string): JsonResource {
  const at = where ? { expression: where } : {};
  if (!isObject(value))
    throw new FhirProblem(
      400,
      'structure',
      `A FHIR resource is expected here, a JSON object; this is ${kindOf(value)}.`,
      at,
    );
  const found = value.resourceType;
  if (typeof found !== 'string')
    throw new FhirProblem(400, 'structure', 'The resource has no resourceType. Add it as text.', at);
  if (type !== undefined && found !== type) {
    throw new FhirProblem(400, 'invalid', `The resourceType is “${found.slice(0, 60)}” where ${type} is expected.`, {
      expression: where ? `${where}.resourceType` : 'resourceType',
    });
  }
  if (!isResourceType(found))
    throw new FhirProblem(400, 'invalid', `“${found.slice(0, 60)}” is not a FHIR R4 resource type.`, at);
  if (value.id !== undefined && typeof value.id !== 'string')
    throw new FhirProblem(400, 'value', 'The id must be text.', { expression: `${where ?? found}.id` });
  if (value.meta !== undefined && !isObject(value.meta))
    throw new FhirProblem(400, 'value', 'The meta must be an object.', { expression: `${where ?? found}.meta` });
  return value as JsonResource;
}

/** The call's body as a resource of the path's type. */
export const bodyResource = (call: Call, type = call.type): JsonResource => asResource(call.body(), type);
