// https://hl7.org/fhir/R4/capabilitystatement.html
import { type PackageSource, resourceTypes, structure } from '../definitions/index.ts';
import { compartmentTypes, parametersOf } from '../search/index.ts';
import type { Interaction } from './call.ts';
import { deletionDocumented } from './kept.rules.ts';
import { patchFormats } from './patch.ts';

interface SearchParam {
  name: string;
  type: string;
  definition?: string;
  documentation?: string;
}

export interface Declared {
  base: string;
  /** Where SMART and OAuth live: `https://host`. */
  origin: string;
  version: string;
  packages?: PackageSource;
  /** Authorization endpoint of SMART App Launch, once there is one. */
  authorize?: string;
}

const systemCodes = new Set(['transaction', 'search-system', 'history-system']);
// Answered on every type, besides the type's own.
const everywhere: SearchParam[] = [
  { name: '_id', type: 'token', definition: 'http://hl7.org/fhir/SearchParameter/Resource-id' },
  { name: '_lastUpdated', type: 'date', definition: 'http://hl7.org/fhir/SearchParameter/Resource-lastUpdated' },
  { name: '_tag', type: 'token', definition: 'http://hl7.org/fhir/SearchParameter/Resource-tag' },
  { name: '_profile', type: 'uri', definition: 'http://hl7.org/fhir/SearchParameter/Resource-profile' },
  { name: '_security', type: 'token', definition: 'http://hl7.org/fhir/SearchParameter/Resource-security' },
  { name: '_list', type: 'string', documentation: 'What is an item of a List, by its id.' },
];

const profilesByType = (packages: PackageSource | undefined): Map<string, string[]> => {
  const byType = new Map<string, string[]>();
  for (const url of packages?.urls('StructureDefinition') ?? []) {
    const definition = packages?.structure(url);
    if (definition?.derivation !== 'constraint' || definition.kind !== 'resource') continue;
    const same = byType.get(definition.type) ?? [];
    same.push(url);
    byType.set(definition.type, same);
  }
  return byType;
};

const raw =
  'Also raw: written with any media type that is not FHIR’s (X-Security-Context gives the rights), read with any Accept that does not name FHIR’s.';
function documented(type: string): { documentation?: string } {
  const words = [type === 'Binary' ? raw : undefined, deletionDocumented(type)].filter((one) => one !== undefined);
  return words.length > 0 ? { documentation: words.join(' ') } : {};
}

const distinct = <T>(items: T[], key: (item: T) => string): T[] => [
  ...new Map(items.map((item) => [key(item), item])).values(),
];

function operationsOf(table: readonly Interaction[], on: string) {
  const operations = table.flatMap(({ operation }) =>
    operation?.on === on ? [{ name: operation.name, definition: operation.definition }] : [],
  );
  return distinct(operations, ({ name }) => name);
}

/** What a search of the type answers by its own name. */
const searchParams = (type: string): SearchParam[] =>
  [...parametersOf(type).values()]
    .filter(({ composite }) => composite !== 'none')
    .map(({ code, type: kind }) => ({ name: code, type: kind }));

/** `Type:parameter` of each reference, under the type that has it and under the types it may point to. */
function references(): { includes: Map<string, string[]>; revincludes: Map<string, string[]> } {
  const includes = new Map<string, string[]>();
  const revincludes = new Map<string, string[]>();
  const push = (map: Map<string, string[]>, key: string, value: string) =>
    map.set(key, [...(map.get(key) ?? []), value]);
  for (const type of resourceTypes()) {
    for (const { code, type: kind, targets } of parametersOf(type).values()) {
      if (kind !== 'reference') continue;
      push(includes, type, `${type}:${code}`);
      for (const target of targets ?? []) push(revincludes, target, `${type}:${code}`);
    }
  }
  return { includes, revincludes };
}

/** What is really there: made from the table of interactions, the definitions and the loaded packages. */
export function capabilityStatement(table: readonly Interaction[], declared: Declared): object {
  const { origin, base, packages, authorize } = declared;
  const codes = new Set(
    table
      .filter(({ path, code }) => code !== 'operation' && !(systemCodes.has(code) && !path.startsWith(':')))
      .map(({ code }) => code),
  );
  const interaction = [...codes].map((code) => ({ code }));
  const profiles = profilesByType(packages);
  const { includes, revincludes } = references();
  const conditional = (method: string) =>
    table.some((one) => one.path === ':type' && one.method === method && one.code !== 'create');
  const guides = [
    ...new Set(
      (packages?.urls('StructureDefinition') ?? []).map((url) => url.replace(/\/StructureDefinition\/.*$/, '')),
    ),
  ];
  return {
    resourceType: 'CapabilityStatement',
    id: 'estran',
    url: `${base}/metadata`,
    version: declared.version,
    name: 'EstranCapabilityStatement',
    title: 'Estran — FHIR R4',
    status: 'active',
    experimental: false,
    date: new Date().toISOString(),
    publisher: 'Estran',
    kind: 'instance',
    software: { name: 'Estran', version: declared.version },
    implementation: { description: 'Shared record of primary care teams', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    patchFormat: [...patchFormats],
    ...(guides.length > 0 && { implementationGuide: guides }),
    rest: [
      {
        mode: 'server',
        security: {
          cors: false,
          service: [
            {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                  code: 'SMART-on-FHIR',
                  display: 'SMART-on-FHIR',
                },
              ],
            },
          ],
          description: `OAuth 2.0 Bearer tokens with SMART scopes from ${origin}/oauth2/token (described at ${base}/.well-known/smart-configuration), or the session of a signed-in person.`,
          // The extension is only valid with an authorization endpoint: what is not there is not declared.
          ...(authorize && {
            extension: [
              {
                url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
                extension: [
                  { url: 'token', valueUri: `${origin}/oauth2/token` },
                  { url: 'authorize', valueUri: authorize },
                ],
              },
            ],
          }),
        },
        resource: resourceTypes().map((type) => {
          const supported = profiles.get(type);
          const operation = [...operationsOf(table, type), ...operationsOf(table, '*')];
          const include = includes.get(type) ?? [];
          const revinclude = revincludes.get(type) ?? [];
          return {
            type,
            profile: structure(type)?.url,
            ...documented(type),
            ...(supported && { supportedProfile: supported }),
            interaction,
            versioning: 'versioned-update',
            readHistory: true,
            updateCreate: true,
            conditionalCreate: true,
            conditionalRead: 'full-support',
            conditionalUpdate: conditional('PUT'),
            conditionalDelete: conditional('DELETE') ? 'single' : 'not-supported',
            referencePolicy: ['literal', 'logical'],
            ...(include.length > 0 && { searchInclude: include }),
            ...(revinclude.length > 0 && { searchRevInclude: revinclude }),
            searchParam: distinct([...everywhere, ...searchParams(type)], ({ name }) => name),
            ...(operation.length > 0 && { operation }),
          };
        }),
        interaction: [
          ...new Set(table.filter(({ code }) => systemCodes.has(code)).map(({ code }) => code)),
          'batch',
        ].map((code) => ({ code })),
        searchParam: [
          ...everywhere,
          { name: '_type', type: 'token', documentation: 'The types that a search of the whole server looks into.' },
        ],
        compartment: compartmentTypes.map(
          (type) => `http://hl7.org/fhir/CompartmentDefinition/${type.charAt(0).toLowerCase()}${type.slice(1)}`,
        ),
      },
    ],
  };
}
