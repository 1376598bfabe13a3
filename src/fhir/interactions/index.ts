/** The REST surface of the FHIR store: https://hl7.org/fhir/R4/http.html. The table of interactions is in table.ts. */
export { fhirRefusal, toFhirProblem } from './errors.ts';
export { mountFhir } from './mount.ts';
