import { globSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Contract, Entry } from '../src/platform/index.ts';

const root = join(import.meta.dirname, '..');

/** The wire of every room that has one: `src/x/contract.ts` exports `xContract`. */
export async function contractsByRoom(): Promise<Record<string, Contract>> {
  const contracts: Record<string, Contract> = {};
  for (const file of globSync('src/*/contract.ts', { cwd: root }).sort()) {
    const room = file.split('/')[1] ?? '';
    const found = ((await import(join(root, file))) as Record<string, Contract | undefined>)[`${room}Contract`];
    if (!found) throw new Error(`${file} does not export ${room}Contract`);
    contracts[room] = found;
  }
  return contracts;
}

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  required?: string[];
  [key: string]: unknown;
}
const schemaOf = (shape: z.ZodType, io: 'input' | 'output'): JsonSchema => {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any' }) as JsonSchema;
  return schema;
};
const parameters = (shape: z.ZodType | undefined, place: 'path' | 'query') => {
  if (!shape) return [];
  const { properties = {}, required = [] } = schemaOf(shape, 'input');
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
  }));
};
const may = (entry: Entry): string =>
  typeof entry.may === 'string' ? entry.may : Object.entries(entry.may).flat().join(' ');

function operation(room: string, name: string, entry: Entry) {
  const named = [...parameters(entry.params, 'path'), ...parameters(entry.query, 'query')];
  const inPath = [...entry.path.matchAll(/:(\w+)/g)]
    .map((match) => match[1] ?? '')
    .filter((param) => !named.some((one) => one.in === 'path' && one.name === param));
  const all = [
    ...inPath.map((param) => ({ name: param, in: 'path', required: true, schema: { type: 'string' } })),
    ...named,
  ];
  return {
    operationId: `${room}.${name}`,
    tags: [room],
    summary: entry.does,
    'x-may': may(entry),
    ...(all.length > 0 && { parameters: all }),
    ...(entry.body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(entry.body, 'input') } } },
    }),
    responses: {
      200: {
        description: 'Done',
        ...(entry.reply && { content: { 'application/json': { schema: schemaOf(entry.reply, 'output') } } }),
      },
      default: {
        description: 'RFC 9457: what happened and what to do, in French',
        content: { 'application/problem+json': { schema: { type: 'object' } } },
      },
    },
  };
}

/** What the screens call, as OpenAPI 3.1. The FHIR API describes itself: GET /fhir/R4/metadata. */
export function openApi(contracts: Readonly<Record<string, Contract>>): string {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [room, contract] of Object.entries(contracts))
    for (const [name, entry] of Object.entries(contract)) {
      const path = entry.path.replace(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [entry.method.toLowerCase()]: operation(room, name, entry) };
    }
  const info = {
    title: 'Estran',
    version: '1',
    description:
      'What the screens call, drawn from the contracts by `npm run derive`. The FHIR API describes itself at /fhir/R4/metadata.',
  };
  // One line a path: a change shows as the line of the entry that changed.
  const lines = Object.entries(paths)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, operations]) => `  ${JSON.stringify(path)}: ${JSON.stringify(operations)}`);
  return `{\n"openapi": "3.1.0",\n"info": ${JSON.stringify(info)},\n"paths": {\n${lines.join(',\n')}\n}\n}\n`;
}
