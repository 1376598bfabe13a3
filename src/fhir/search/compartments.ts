// https://hl7.org/fhir/R4/compartmentdefinition.html
import { numberOf, referenceHash } from './hashes.ts';
import { parameterOf } from './parameters.ts';

/**
 * What is in whose compartment: types, and the parameters that point to the one it is named after (R4 4.0.1). The Patient's is not here: whom a
 * resource is about decides its rights, and is a column of its own (store/concerns.ts).
 */
const definitions: Readonly<Record<string, string>> = {
  // https://hl7.org/fhir/R4/compartmentdefinition-encounter.html
  Encounter: `CarePlan encounter, CareTeam encounter, ChargeItem context, Claim encounter, ClinicalImpression encounter, Communication encounter,
    CommunicationRequest encounter, Composition encounter, Condition encounter, DeviceRequest encounter, DiagnosticReport encounter,
    DocumentManifest related-ref, DocumentReference encounter, ExplanationOfBenefit encounter, Media encounter, MedicationAdministration context,
    MedicationRequest encounter, NutritionOrder encounter, Observation encounter, Procedure encounter, QuestionnaireResponse encounter,
    RequestGroup encounter, ServiceRequest encounter, VisionPrescription encounter`,
  // https://hl7.org/fhir/R4/compartmentdefinition-practitioner.html
  Practitioner: `Account subject, AdverseEvent recorder, AllergyIntolerance recorder asserter, Appointment actor, AppointmentResponse actor,
    AuditEvent agent, Basic author, CarePlan performer, CareTeam participant, ChargeItem enterer performer-actor,
    Claim enterer provider payee care-team, ClaimResponse requestor, ClinicalImpression assessor, Communication sender recipient,
    CommunicationRequest sender recipient requester, Composition subject author attester, Condition asserter,
    CoverageEligibilityRequest enterer provider, CoverageEligibilityResponse requestor, DetectedIssue author, DeviceRequest requester performer,
    DiagnosticReport performer, DocumentManifest subject author recipient, DocumentReference subject author authenticator,
    Encounter practitioner participant, EpisodeOfCare care-manager, ExplanationOfBenefit enterer provider payee care-team, Flag author,
    Group member, Immunization performer, Invoice participant, Linkage author, List source, Media subject operator,
    MedicationAdministration performer, MedicationDispense performer receiver, MedicationRequest requester, MedicationStatement source,
    MessageHeader receiver author responsible enterer, NutritionOrder provider, Observation performer, Patient general-practitioner,
    PaymentNotice provider, PaymentReconciliation requestor, Person practitioner, PractitionerRole practitioner, Procedure performer,
    Provenance agent, QuestionnaireResponse author source, RequestGroup participant author, ResearchStudy principalinvestigator,
    RiskAssessment performer, Schedule actor, ServiceRequest performer requester, Specimen collector, SupplyDelivery supplier receiver,
    SupplyRequest requester, VisionPrescription prescriber`,
  // https://hl7.org/fhir/R4/compartmentdefinition-relatedperson.html
  RelatedPerson: `AdverseEvent recorder, AllergyIntolerance asserter, Appointment actor, AppointmentResponse actor, Basic author, CarePlan performer,
    CareTeam participant, ChargeItem enterer performer-actor, Claim payee, Communication sender recipient,
    CommunicationRequest sender recipient requester, Composition author, Condition asserter, Coverage policy-holder subscriber payor,
    DocumentManifest author recipient, DocumentReference author, Encounter participant, ExplanationOfBenefit payee, Invoice recipient,
    MedicationAdministration performer, MedicationStatement source, Observation performer, Patient link, Person link, Procedure performer,
    Provenance agent, QuestionnaireResponse author source, RequestGroup participant, Schedule actor, ServiceRequest performer,
    SupplyRequest requester`,
  // https://hl7.org/fhir/R4/compartmentdefinition-device.html
  Device: `Account subject, Appointment actor, AppointmentResponse actor, AuditEvent agent, ChargeItem enterer performer-actor,
    Claim procedure-udi item-udi detail-udi subdetail-udi, Communication sender recipient, CommunicationRequest sender recipient,
    Composition author, DetectedIssue author, DeviceRequest device subject requester performer, DeviceUseStatement device,
    DiagnosticReport subject, DocumentManifest subject author, DocumentReference subject author,
    ExplanationOfBenefit procedure-udi item-udi detail-udi subdetail-udi, Flag author, Group member, Invoice participant, List subject source,
    Media subject, MedicationAdministration device, MessageHeader target, Observation subject device, Provenance agent,
    QuestionnaireResponse author, RequestGroup author, RiskAssessment performer, Schedule actor, ServiceRequest performer requester,
    Specimen subject, SupplyRequest requester`,
};

/** Type → parameter → the `Type|code` under which its values are in the index. */
const tables = new Map(
  Object.entries(definitions).map(([owner, text]) => {
    const table = new Map<string, readonly string[]>();
    for (const line of text.split(',')) {
      const [type = '', ...codes] = line.trim().split(/\s+/);
      const stored = codes.flatMap((code) => {
        const parameter = parameterOf(type, code);
        if (parameter?.type !== 'reference') throw new Error(`compartments: ${type} has no reference ${code}`);
        return parameter.stored;
      });
      table.set(
        type,
        [...new Set(stored)].map((code) => `${type}|${code}`),
      );
    }
    return [owner, table] as const;
  }),
);

/** Types that have a compartment. */
export const compartmentTypes: readonly string[] = ['Patient', ...tables.keys()];

/** Is this type ever in such a compartment? The one it is named after is in its own. */
export const mayBeIn = (owner: string, type: string): boolean =>
  type === owner || (tables.get(owner)?.has(type) ?? owner === 'Patient');

/** Where rows of a compartment are found: hashes in fhir.token, and the key of the one it is named after. */
export interface Compartment {
  any: readonly string[];
  self: string | null;
}

/** @param owner `Encounter/1` @param types those that are searched; empty: every one */
export function compartmentOf(owner: string, types: readonly string[]): Compartment {
  const [ownType = ''] = owner.split('/');
  const table = tables.get(ownType);
  if (!table) throw new Error(`${ownType} has no compartment of this kind`);
  const wanted = types.length > 0 ? types : [...table.keys()];
  return {
    any: wanted.flatMap((type) => (table.get(type) ?? []).map((parameter) => referenceHash(parameter, owner))),
    self: types.length === 0 || types.includes(ownType) ? String(numberOf(owner)) : null,
  };
}
