/**
 * The FHIR R4 store. `openFhir(…).storeFor(caller)` is the only way to data: rights and the ledger are inside it. `asSystem` is loud and
 * leaves its reason in the ledger. https://hl7.org/fhir/R4/
 */
export { cloneExact, exactText, moveExact, parseExact, settleExact } from './decimals.ts';
export { isResourceType } from './definitions/index.ts';
export { type DirectoryPerson, writePerson, writePractice, writeSite } from './directory.ts';
export { exportCommand } from './export-command.ts';
export {
  addLength,
  appliesTo,
  applyPlan,
  type Course,
  expressionError,
  type Laid,
  layOut,
  type PatientData,
  patientData,
  repeatOf,
  roundKey,
} from './plans/index.ts';
export { FhirProblem, ifThere, type OperationOutcome, type OutcomeIssue, success } from './outcome.ts';
export { patientNames, practitionerBehind, referentsOf } from './patients.store.ts';
export { hiddenAmong } from './store/hidden.ts';
export { circleOf, circleSystem, keyOf, patientsOf } from './store/concerns.ts';
export {
  type Change,
  type TypedHook,
  whenWritten,
  type WriteAllHook,
  type WriteHook,
  type WrittenOne,
} from './store/engine.ts';
export { categorySystem, kindOfResource, privateNoteTag, sensitiveSubjectOf } from './store/kind-of-type.ts';
export { taskKindSystem } from './store/wordless.ts';
export { placeOf, referenceTo, refersTo } from './references.ts';
export { mergedFromSystem } from './store/merge-rewrite.ts';
export { newId } from './store/new-id.ts';
export { type Fhir, type FhirOptions, openFhir } from './store/open.ts';
export {
  type Along,
  asJson,
  type Coding,
  type CompartmentQuery,
  type FhirStore,
  type Found,
  isOneOf,
  isResource,
  isStored,
  type JsonResource,
  ofType,
  type Resource,
  type ResourceOf,
  type ResourceType,
  type SearchPage,
  type Separated,
  type Stored,
  type StoredKey,
  type Wanted,
  type Writable,
  type WriteOptions,
} from './store/store.ts';
export { provingDocuments } from './interactions/identity.rules.ts';
export { fhirRefusal, mountFhir, toFhirProblem } from './interactions/index.ts';
export { saysNoAllergy } from './interactions/summary-sections.ts';
// Public lists of terms, loaded from their publishers' files (docs/adr/0020-terms.md), and how typed words meet theirs.
export { termCommands } from './terms/command.ts';
export { listsFor } from './terms/for-caller.ts';
export { BadList, listNames, type ListName, publicLists, type Substance } from './terms/lists.ts';
export { loadList, removeList } from './terms/load.ts';
export { type GivenFile, readFiles, type ReadList } from './terms/read-files.ts';
export { loadedLists, searchTerms } from './terms/search.ts';
export type { FoundTerm } from './terms/terms.store.ts';
export {
  alsoCalled,
  everydayNames,
  everydayWords,
  indexWords,
  mistaken,
  plainOf,
  singular,
  soundOf,
  wordsOf,
} from './terms/words.rules.ts';
export { createTerminology } from './terminology/index.ts';
export { createValidator, loadPackage, packagesOf, type Validator } from './validation/index.ts';
export { packagesIn } from './definitions/packages-in.ts';
export type { Edition } from './store/import-editions.ts';
export type { EditionItem, Importer, ImportItem, ImportTrace } from './store/import-many.ts';
export { goneInto, type TakenMerges } from './store/merge-taken.ts';
