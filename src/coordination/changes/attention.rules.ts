import type { CodeableConcept, Extension } from '@medplum/fhirtypes';
import { categorySystem, type ResourceOf, type ResourceType } from '../../fhir/index.ts';
import type { attentions } from '../contract/changes.ts';

export type Attention = keyof typeof attentions;
/** What stands first when there is more than one. */
export const weight: Record<Attention, number> = {
  critical: 0,
  'to-read': 1,
  alert: 2,
  hospital: 3,
  decision: 4,
  allergy: 5,
  treatment: 6,
  abnormal: 7,
};

const codes = (concepts: readonly CodeableConcept[] | undefined): string[] =>
  (concepts ?? []).flatMap((concept) => concept.coding ?? []).map((coding) => coding.code ?? '');
const extensions = (resource: { extension?: Extension[] }, url: string) =>
  (resource.extension ?? []).filter((one) => one.url === url);
const isRead = (resource: { extension?: Extension[] }): boolean => extensions(resource, 'urn:estran:read').length > 0;

/**
 * Whether a change needs this reader. `me` is `Practitioner/id`.
 * - a result that names me as its reader, or a document left to read, that nobody has acknowledged;
 * - a critical value, an alert, an allergy, a treatment begun, changed or stopped, a meeting's decisions, a stay in hospital;
 * - a value out of its range.
 */
export function attentionOf(resource: ResourceOf<ResourceType>, me: string): Attention | null {
  switch (resource.resourceType) {
    case 'DiagnosticReport':
      return !isRead(resource) && resource.resultsInterpreter?.some((reader) => reader.reference === me)
        ? 'to-read'
        : null;
    case 'DocumentReference':
      return !isRead(resource) &&
        resource.status === 'current' &&
        extensions(resource, 'urn:estran:to-read').some(
          (one) => one.valueString === 'true' || one.valueBoolean === true,
        )
        ? 'to-read'
        : null;
    case 'Observation': {
      const flags = [
        ...codes(resource.interpretation),
        ...(resource.component ?? []).flatMap((component) => codes(component.interpretation)),
      ];
      if (flags.some((flag) => ['HH', 'LL', 'AA', 'HU', 'LU'].includes(flag))) return 'critical';
      return flags.some((flag) => ['H', 'L', 'A'].includes(flag)) ? 'abnormal' : null;
    }
    case 'Flag':
      return resource.status === 'active' ? 'alert' : null;
    case 'AllergyIntolerance':
      return codes(resource.code && [resource.code]).includes('716186003') ? null : 'allergy';
    case 'MedicationRequest':
      // What a pharmacist proposes is no treatment begun.
      if (resource.intent === 'proposal') return null;
      return ['active', 'stopped', 'cancelled', 'on-hold'].includes(resource.status ?? '') ? 'treatment' : null;
    case 'MedicationStatement':
      return ['active', 'stopped', 'on-hold'].includes(resource.status ?? '') ? 'treatment' : null;
    case 'Composition':
      return (resource.category ?? []).some((category) =>
        category.coding?.some((coding) => coding.system === categorySystem && coding.code === 'case-meeting'),
      )
        ? 'decision'
        : null;
    case 'Encounter':
      return ['IMP', 'EMER', 'SS', 'ACUTE'].includes(resource.class?.code ?? '') ? 'hospital' : null;
    default:
      return null;
  }
}
