import type { KindOfData } from '../access/index.ts';
import type { Resource } from '../fhir/index.ts';
import { privateNoteTag } from '../fhir/index.ts';
import { sensitivityOf } from './fhir-words.ts';

// The store decides with its own table (fhir/store/kind-of-type.ts), which its door does not open; this one only labels lines.
const kinds: Readonly<Record<string, KindOfData>> = {
  Patient: 'identity',
  RelatedPerson: 'identity',
  Consent: 'administrative',
  Coverage: 'administrative',
  Condition: 'history',
  FamilyMemberHistory: 'history',
  Procedure: 'history',
  ClinicalImpression: 'history',
  RiskAssessment: 'history',
  AllergyIntolerance: 'allergies',
  MedicationRequest: 'treatments',
  MedicationStatement: 'treatments',
  MedicationAdministration: 'treatments',
  MedicationDispense: 'treatments',
  DeviceRequest: 'treatments',
  Observation: 'results',
  DiagnosticReport: 'results',
  ImagingStudy: 'results',
  Media: 'results',
  Immunization: 'vaccines',
  DocumentReference: 'documents',
  Composition: 'documents',
  Binary: 'documents',
  QuestionnaireResponse: 'sections',
  CareTeam: 'coordination',
  CarePlan: 'coordination',
  Goal: 'coordination',
  Task: 'coordination',
  Communication: 'coordination',
  ServiceRequest: 'coordination',
  Appointment: 'agenda',
  Claim: 'billing',
  ExplanationOfBenefit: 'billing',
};
const categories: Readonly<Record<string, KindOfData>> = {
  'vital-signs': 'measures',
  exam: 'measures',
  'social-history': 'history',
  survey: 'sections',
};

export function kindOf(resource: Resource): KindOfData {
  if (resource.meta?.tag?.some((tag) => tag.system === privateNoteTag.system && tag.code === privateNoteTag.code))
    return 'private-notes';
  const sensitive = sensitivityOf(resource);
  if (sensitive) return sensitive === 'sexual-health' ? 'sexual-health' : 'mental-health';
  if (resource.resourceType === 'Observation')
    for (const category of (resource.category as { coding?: { code?: string }[] }[] | undefined) ?? [])
      for (const coding of category.coding ?? []) if (categories[coding.code ?? '']) return categories[coding.code!]!;
  return kinds[resource.resourceType] ?? 'summary';
}
