// https://hl7.org/fhir/R4/http.html
import { compartmentTypes } from '../search/index.ts';
import { apply } from './apply.ts';
import { createBinary, updateBinary } from './binary.ts';
import { bundle } from './bundle.ts';
import type { Handler, Interaction } from './call.ts';
import { codeSystemValidateCode } from './code-system-validate-code.ts';
import { create } from './create.ts';
import { conditionalDelete, deleteOne } from './delete.ts';
import { everythingInstance, everythingType } from './everything.ts';
import { expand } from './expand.ts';
import { historyInstance, historySystem, historyType } from './history.ts';
import { lookup } from './lookup.ts';
import { formMedia, resourceMedia } from './negotiation.ts';
import { conditionalPatch, patch, patchFormats } from './patch.ts';
import { read, vread } from './read.ts';
import { searchCompartment, searchSystem, searchType } from './search.ts';
import { summary } from './summary.ts';
import { conditionalUpdate, update } from './update.ts';
import { validate } from './validate.ts';
import { valueSetValidateCode } from './value-set-validate-code.ts';

const operation = (
  name: string,
  on: string,
  paths: readonly string[],
  handler: Handler,
  definition = `http://hl7.org/fhir/OperationDefinition/${on === '*' ? 'Resource' : on}-${name}`,
): Interaction[] => {
  const more = { code: 'operation', handler, operation: { name, on, definition } };
  return paths.flatMap((path) => [
    { method: 'GET' as const, path, ...more },
    { method: 'POST' as const, path, body: [...resourceMedia, formMedia], ...more },
  ]);
};

/** Every interaction of the server, the more precise paths first: routes, entries of bundles and the CapabilityStatement come from here. */
export const interactions: readonly Interaction[] = [
  { method: 'POST', path: '', code: 'transaction', handler: bundle, body: resourceMedia },
  { method: 'GET', path: '', code: 'search-system', handler: searchSystem },
  { method: 'POST', path: '_search', code: 'search-system', handler: searchSystem, body: [formMedia] },
  { method: 'GET', path: '_history', code: 'history-system', handler: historySystem },
  ...operation('everything', 'Patient', ['Patient/$everything'], everythingType),
  ...operation('everything', 'Patient', ['Patient/:id/$everything'], everythingInstance),
  ...operation(
    'summary',
    'Patient',
    ['Patient/:id/$summary'],
    summary,
    'http://hl7.org/fhir/uv/ips/OperationDefinition/summary',
  ),
  ...operation('expand', 'ValueSet', ['ValueSet/$expand', 'ValueSet/:id/$expand'], expand),
  ...operation(
    'validate-code',
    'ValueSet',
    ['ValueSet/$validate-code', 'ValueSet/:id/$validate-code'],
    valueSetValidateCode,
  ),
  ...operation(
    'validate-code',
    'CodeSystem',
    ['CodeSystem/$validate-code', 'CodeSystem/:id/$validate-code'],
    codeSystemValidateCode,
  ),
  ...operation('lookup', 'CodeSystem', ['CodeSystem/$lookup'], lookup),
  ...operation('apply', 'PlanDefinition', ['PlanDefinition/$apply', 'PlanDefinition/:id/$apply'], apply),
  ...operation('validate', '*', [':type/$validate', ':type/:id/$validate'], validate),
  { method: 'POST', path: 'Binary', code: 'create', handler: createBinary, body: resourceMedia, takesBytes: true },
  { method: 'PUT', path: 'Binary/:id', code: 'update', handler: updateBinary, body: resourceMedia, takesBytes: true },
  { method: 'POST', path: ':type/_search', code: 'search-type', handler: searchType, body: [formMedia] },
  { method: 'GET', path: ':type/_history', code: 'history-type', handler: historyType },
  { method: 'GET', path: ':type', code: 'search-type', handler: searchType },
  { method: 'POST', path: ':type', code: 'create', handler: create, body: resourceMedia },
  { method: 'PUT', path: ':type', code: 'update', handler: conditionalUpdate, body: resourceMedia },
  { method: 'PATCH', path: ':type', code: 'patch', handler: conditionalPatch, body: patchFormats },
  { method: 'DELETE', path: ':type', code: 'delete', handler: conditionalDelete },
  { method: 'GET', path: ':type/:id', code: 'read', handler: read },
  { method: 'PUT', path: ':type/:id', code: 'update', handler: update, body: resourceMedia },
  { method: 'PATCH', path: ':type/:id', code: 'patch', handler: patch, body: patchFormats },
  { method: 'DELETE', path: ':type/:id', code: 'delete', handler: deleteOne },
  { method: 'GET', path: ':type/:id/_history', code: 'history-instance', handler: historyInstance },
  { method: 'GET', path: ':type/:id/_history/:versionId', code: 'vread', handler: vread },
  ...compartmentTypes.flatMap((type): Interaction[] => [
    {
      method: 'POST',
      path: `${type}/:id/:target/_search`,
      code: 'search-type',
      handler: searchCompartment,
      body: [formMedia],
    },
    { method: 'GET', path: `${type}/:id/:target`, code: 'search-type', handler: searchCompartment },
  ]),
];
