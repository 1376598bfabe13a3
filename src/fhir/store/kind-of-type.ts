import type { KindOfData } from '../../access/index.ts';
import { circleOf, patientsOf } from './concerns.ts';
import { isWordless } from './wordless.ts';
import { asJson, isResource, type JsonResource, type Resource, type Writable } from './store.ts';

/** Which kind of data each type is (SEC-3). A type that is not here is a definition or a directory entry, unless it names a patient. */
const kindByType: Readonly<Record<string, KindOfData>> = {
  Patient: 'identity',
  RelatedPerson: 'identity',
  Person: 'identity',
  Consent: 'administrative',
  Coverage: 'administrative',
  CoverageEligibilityRequest: 'administrative',
  CoverageEligibilityResponse: 'administrative',
  EnrollmentRequest: 'administrative',
  ResearchSubject: 'administrative',
  Encounter: 'summary',
  EpisodeOfCare: 'summary',
  Flag: 'summary',
  Provenance: 'summary',
  AuditEvent: 'summary',
  DetectedIssue: 'summary',
  List: 'summary',
  Basic: 'summary',
  // A goal says what is treated: no coordination without content (docs/adr/0013).
  CarePlan: 'summary',
  Goal: 'summary',
  Condition: 'history',
  FamilyMemberHistory: 'history',
  Procedure: 'history',
  BodyStructure: 'history',
  ClinicalImpression: 'history',
  RiskAssessment: 'history',
  AdverseEvent: 'history',
  AllergyIntolerance: 'allergies',
  MedicationRequest: 'treatments',
  MedicationStatement: 'treatments',
  MedicationAdministration: 'treatments',
  MedicationDispense: 'treatments',
  NutritionOrder: 'treatments',
  VisionPrescription: 'treatments',
  DeviceUseStatement: 'treatments',
  SupplyRequest: 'treatments',
  SupplyDelivery: 'treatments',
  Observation: 'results',
  DiagnosticReport: 'results',
  ImagingStudy: 'results',
  Specimen: 'results',
  MolecularSequence: 'results',
  Media: 'results',
  MeasureReport: 'results',
  Immunization: 'vaccines',
  ImmunizationEvaluation: 'vaccines',
  ImmunizationRecommendation: 'vaccines',
  DocumentReference: 'documents',
  DocumentManifest: 'documents',
  Composition: 'documents',
  Binary: 'documents',
  QuestionnaireResponse: 'sections',
  CareTeam: 'coordination',
  Task: 'coordination',
  // Words of care: coordination reads that something is asked, not what is said (docs/adr/0013).
  Communication: 'exchanges',
  CommunicationRequest: 'exchanges',
  ServiceRequest: 'exchanges',
  // A dressing or a walking aid is asked as care is (docs/adr/0022).
  DeviceRequest: 'exchanges',
  RequestGroup: 'coordination',
  Group: 'coordination',
  Appointment: 'agenda',
  AppointmentResponse: 'agenda',
  Schedule: 'agenda',
  Slot: 'agenda',
  Account: 'billing',
  ChargeItem: 'billing',
  Claim: 'billing',
  ClaimResponse: 'billing',
  ExplanationOfBenefit: 'billing',
  Invoice: 'billing',
  PaymentNotice: 'billing',
  PaymentReconciliation: 'billing',
};
const kindByCategory: Readonly<Record<string, KindOfData>> = {
  'vital-signs': 'measures',
  exam: 'measures',
  'social-history': 'lifestyle',
  survey: 'sections',
};

/** What a sensitivity label is about, as narrow as the house has it; `restricted`: closed, and of what is not said. */
export type SensitiveOf = 'mental-health' | 'addictions' | 'sexual-health' | 'restricted';
/** Labels of http://terminology.hl7.org/CodeSystem/v3-ActCode (ActInformationSensitivityPolicy), and the French one of a document that is hidden from professionals. */
const subjectByLabel: Readonly<Record<string, SensitiveOf>> = {
  PSY: 'mental-health',
  MH: 'mental-health',
  PSYTHPN: 'mental-health',
  BH: 'mental-health',
  EMOTDIS: 'mental-health',
  COGN: 'mental-health',
  DVD: 'mental-health',
  ETH: 'addictions',
  ETHUD: 'addictions',
  SUD: 'addictions',
  OPIOIDUD: 'addictions',
  SEX: 'sexual-health',
  HIV: 'sexual-health',
  STD: 'sexual-health',
  SDV: 'sexual-health',
  MST: 'sexual-health',
  VIO: 'sexual-health',
  PREGNANT: 'sexual-health',
  GDIS: 'restricted',
  SCA: 'restricted',
  SICKLE: 'restricted',
  SPI: 'restricted',
  TBOO: 'restricted',
  PRS: 'restricted',
  MASQUE_PS: 'restricted',
};
const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
/** The most closed first: what bears two labels is read by who may read both. */
const subjects = ['restricted', 'sexual-health', 'mental-health', 'addictions'] as const;

/** What the labels of a resource close it for: those of its meta, of a document, of a Composition; null when they close nothing. */
export function sensitiveSubjectOf(resource: Resource): SensitiveOf | null {
  const labels = [
    ...list(resource.meta?.security),
    ...list(asJson(resource).securityLabel).flatMap((label) => list(label.coding)),
  ];
  const found = new Set<SensitiveOf | undefined>(
    labels.map(({ system, code }) =>
      system === confidentiality && (code === 'R' || code === 'V') ? 'restricted' : subjectByLabel[String(code)],
    ),
  );
  if (isResource(resource, 'Composition') && ['R', 'V'].includes(resource.confidentiality ?? ''))
    found.add('restricted');
  return subjects.find((subject) => found.has(subject)) ?? null;
}
/** Of the kinds that care is shared by, the one with the fewest readers stands for what is only said to be restricted. */
const kindBySubject: Readonly<Record<SensitiveOf, KindOfData>> = {
  'mental-health': 'mental-health',
  addictions: 'mental-health',
  'sexual-health': 'sexual-health',
  restricted: 'sexual-health',
};

/** Categories of ours that say of which kind a resource is. */
export const categorySystem = 'urn:estran:category';
const ofCategory = new Set([
  'Communication',
  'ServiceRequest',
  'CarePlan',
  'Composition',
  'Encounter',
  'DocumentReference',
]);
const kindByOwnCategory: Readonly<Record<string, KindOfData>> = {
  /** A list of what is taken: as closed as the treatments it names. */
  treatments: 'treatments',
  /** Words that the secretariat reads: no clinical content. */
  administrative: 'administrative',
  /** A patient in a protocol; what is done for it stands in requests and results, each under its own kind. */
  protocol: 'coordination',
  /** The personalised care plan: goals and needs in clear words. */
  pps: 'summary',
  /** A case meeting about a patient: reason, minutes, decisions. */
  'case-meeting': 'coordination',
  /** What professionals say among themselves about a patient. */
  message: 'exchanges',
  /** A test asked is of the kind of its answer (docs/adr/0022). */
  test: 'results',
};

export const privateNoteTag = { system: 'urn:estran:tag', code: 'private-note' } as const;

/** «No known family history» is told as an observation of social history and stays with the history it is about. */
const isOfThePast = (resource: JsonResource): boolean =>
  list(resource.category).some((category) =>
    list(category.coding).some(
      ({ system, code }) =>
        system === 'urn:estran:history-topic' && ['personal', 'family', 'procedure'].includes(String(code)),
    ),
  );

const list = (value: unknown): Record<string, unknown>[] =>
  (Array.isArray(value) ? value : value ? [value] : []).filter((item) => typeof item === 'object' && item !== null);

/** The kind of data a resource is, from its labels, its category and its type. */
export function kindOf(of: Resource, aboutPatient: boolean): KindOfData {
  const resource = asJson(of);
  const meta = resource.meta;
  if (list(meta?.tag).some((tag) => tag.system === privateNoteTag.system && tag.code === privateNoteTag.code))
    return 'private-notes';
  const subject = sensitiveSubjectOf(resource);
  // A person who is to be hidden could not be found, and would be recorded twice.
  if (subject && !(subject === 'restricted' && kindByType[resource.resourceType] === 'identity'))
    return kindBySubject[subject];
  if (resource.resourceType === 'Observation') {
    for (const category of list(resource.category))
      for (const coding of list(category.coding)) {
        const kind = kindByCategory[String(coding.code)];
        if (kind) return kind === 'lifestyle' && isOfThePast(resource) ? 'history' : kind;
      }
  }
  if (resource.resourceType === 'Task' && isWordless(resource)) return 'tasks';
  if (!aboutPatient && circleOf(resource)) return 'messages';
  if (ofCategory.has(resource.resourceType))
    // An Encounter has no category: its type says it.
    for (const category of list(resource.resourceType === 'Encounter' ? resource.type : resource.category))
      for (const coding of list(category.coding))
        if (coding.system === categorySystem && Object.hasOwn(kindByOwnCategory, String(coding.code)))
          return kindByOwnCategory[String(coding.code)]!;
  // The bytes of a message's file are of the message's kind, a form of the secretariat is administrative, what says where treatments come from is theirs; they have no category, a tag says it.
  if (
    resource.resourceType === 'Binary' ||
    resource.resourceType === 'QuestionnaireResponse' ||
    resource.resourceType === 'List' ||
    resource.resourceType === 'Provenance'
  )
    for (const tag of list(meta?.tag))
      if (tag.system === categorySystem && Object.hasOwn(kindByOwnCategory, String(tag.code)))
        return kindByOwnCategory[String(tag.code)]!;
  return kindByType[resource.resourceType] ?? (aboutPatient ? 'summary' : 'directory');
}

/** The same for whoever holds only the resource. */
export const kindOfResource = (resource: Writable): KindOfData => kindOf(resource, patientsOf(resource).length > 0);
