/** The REST surface of the FHIR store: https://hl7.org/fhir/R4/http.html. The table of interactions is in table.ts. */
export { fhirRefusal, toFhirProblem } from './errors.ts';
export { fhirpathPatch } from './fhirpath-patch.ts';
export { jsonPatch } from './json-patch.ts';
export { type FhirDeps, mountFhir } from './mount.ts';
