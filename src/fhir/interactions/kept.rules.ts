// https://hl7.org/fhir/R4/lifecycle.html#error: what was wrong is marked, so that whoever read it can be told; docs/adr/0032-no-deletion.md.
import { asJson, type JsonResource, type Resource } from '../store/store.ts';
import { followsLine } from './prescribed.rules.ts';

/** Where an entry of a record says that it was entered in error, and as what it is still a draft, which goes without a trace in the record. */
interface Life {
  element: string;
  drafts: readonly string[];
  draftIn?: string;
}
const life = (element: string, ...drafts: string[]): Life => ({ element, drafts });
const lives: Readonly<Record<string, Life>> = {
  AllergyIntolerance: life('verificationStatus'),
  CarePlan: life('status', 'draft'),
  ClinicalImpression: life('status', 'in-progress'),
  Communication: life('status', 'preparation'),
  Composition: life('status', 'preliminary'),
  Condition: life('verificationStatus'),
  Consent: life('status', 'draft', 'proposed'),
  DetectedIssue: life('status'),
  DeviceRequest: life('status', 'draft'),
  DeviceUseStatement: life('status'),
  DiagnosticReport: life('status', 'registered'),
  DocumentReference: { ...life('status', 'preliminary'), draftIn: 'docStatus' },
  Encounter: life('status', 'planned'),
  FamilyMemberHistory: life('status'),
  Flag: life('status'),
  Goal: life('lifecycleStatus'),
  ImagingStudy: life('status', 'registered'),
  Immunization: life('status'),
  Media: life('status', 'preparation'),
  MedicationAdministration: life('status'),
  MedicationDispense: life('status', 'preparation'),
  MedicationRequest: life('status', 'draft'),
  MedicationStatement: life('status'),
  NutritionOrder: life('status', 'draft'),
  Observation: life('status', 'registered'),
  Procedure: life('status', 'preparation'),
  QuestionnaireResponse: life('status', 'in-progress'),
  RiskAssessment: life('status', 'registered'),
  ServiceRequest: life('status', 'draft'),
  VisionPrescription: life('status', 'draft'),
};
/** What has no state of its own and stands with what it belongs to. */
const bound: Readonly<Record<string, string>> = {
  AuditEvent: 'An AuditEvent is not deleted: it says what happened.',
  Binary:
    'A Binary that belongs to a record is not deleted: set the status of the document that holds it to entered-in-error, its versions stay.',
  Provenance: 'A Provenance is not deleted: it says who wrote what it names, whose versions stay.',
};
const codeOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const codings = (value as { coding?: { code?: unknown }[] } | undefined)?.coding;
  return String(codings?.[0]?.code ?? '');
};
/** Bytes whose rights are those of a document or of a patient. */
const belongs = ({ resourceType, securityContext }: JsonResource): boolean =>
  resourceType !== 'Binary' || typeof (securityContext as { reference?: unknown } | undefined)?.reference === 'string';

const inError = (resource: JsonResource): boolean =>
  Object.hasOwn(lives, resource.resourceType) &&
  codeOf(resource[lives[resource.resourceType]!.element]) === 'entered-in-error';
/** It was marked as entered in error, and would not be any more. */
export const leavesError = (standing: JsonResource, next: JsonResource): boolean => inError(standing) && !inError(next);

/** Why this entry of a record may not be deleted, and what to do; null when it may. */
export function deletionRefusal(of: Resource): string | null {
  const standing = asJson(of);
  const type = standing.resourceType;
  if (followsLine(standing))
    return 'This Task follows a line of a signed prescription and goes with it: stop the line (status). Nothing was changed.';
  if (Object.hasOwn(bound, type)) return belongs(standing) ? bound[type]! : null;
  if (!Object.hasOwn(lives, type)) return null;
  const { element, drafts, draftIn } = lives[type]!;
  const state = codeOf(standing[element]);
  if (state === 'entered-in-error')
    return `This ${type} is entered in error: it stays so, its versions can be read. There is nothing more to do.`;
  if (drafts.includes(codeOf(standing[draftIn ?? element]))) return null;
  return `${type}/${standing.id} is an entry of a record and is not deleted: update it with ${element} “entered-in-error” (PUT or PATCH), its versions stay. Nothing was changed.`;
}

/** The same in the CapabilityStatement. */
export function deletionDocumented(type: string): string | undefined {
  if (Object.hasOwn(bound, type)) return bound[type];
  if (!Object.hasOwn(lives, type)) return undefined;
  const { element, drafts, draftIn } = lives[type]!;
  return `Not deleted${drafts.length > 0 ? ` unless ${draftIn ?? 'its status'} is ${drafts.join(' or ')}` : ''}: ${element} becomes entered-in-error.`;
}
