/**
 * FHIR search. `extract` turns a resource into what the index keeps of it; `parseSearch` reads a query; `buildSearch` writes its SQL under
 * a sight; `pageOf` cuts the page and makes the cursor of the next; `fetchIncluded` brings what `_include` asks for. Nothing here writes.
 */
export { clinicalDate, mainDate, sortText } from './clinical-date.ts';
export { type Compartment, compartmentOf, compartmentTypes, mayBeIn } from './compartments.ts';
export { extract } from './extract.ts';
export { fetchIncluded, mostIncluded } from './includes.store.ts';
export type { IndexEntry } from './index-entry.ts';
export { normalise } from './normalise.ts';
export {
  isResourceType,
  type Parameter,
  type ParameterType,
  parameterOf,
  parametersOf,
  resourceTypes,
} from './parameters.ts';
export { parseSearch, type SearchOptions } from './parse-search.ts';
export { spanOf } from './periods.ts';
export { type PageRow, pageOf } from './place.ts';
export { SearchProblem, type SearchRequest } from './request.ts';
export { buildSearch, type SearchContext, type Statement } from './search.store.ts';
