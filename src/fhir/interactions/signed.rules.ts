// https://hl7.org/fhir/R4/compositionstatus: «final» is not taken back, it is amended.
import type { JsonResource } from '../store/store.ts';

/** What is signed by being final, and what it may still become (DOS-16). A measure or a problem is corrected freely: each of its versions is kept. */
const after: Readonly<Record<string, { signed: readonly string[]; next: readonly string[] }>> = {
  Composition: { signed: ['final', 'amended'], next: ['final', 'amended', 'entered-in-error'] },
  DiagnosticReport: {
    signed: ['final', 'amended', 'corrected', 'appended'],
    next: ['final', 'amended', 'corrected', 'appended', 'cancelled', 'entered-in-error'],
  },
  QuestionnaireResponse: { signed: ['completed', 'amended'], next: ['completed', 'amended', 'entered-in-error'] },
  ClinicalImpression: { signed: ['completed'], next: ['completed', 'entered-in-error'] },
  // By its docStatus: its own status says whether it is the document in force.
  DocumentReference: { signed: ['final', 'amended'], next: ['final', 'amended', 'entered-in-error'] },
};
const stateOf = (resource: JsonResource): string =>
  String(
    resource.resourceType === 'DocumentReference' && resource.status !== 'entered-in-error'
      ? resource.docStatus
      : resource.status,
  );
const isSigned = (resource: JsonResource): boolean =>
  after[resource.resourceType]?.signed.includes(stateOf(resource)) ?? false;

/** Why this may not be written over what stands, null when it may. */
export function signedRefusal(standing: JsonResource, next: JsonResource): string | null {
  if (!isSigned(standing)) return null;
  if (!after[standing.resourceType]!.next.includes(stateOf(next)))
    return `A signed ${standing.resourceType} does not go back to “${stateOf(next)}”: amend it, or set its status to entered-in-error.`;
  return null;
}
