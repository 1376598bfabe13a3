import type { MedicationRequest, Observation } from '@medplum/fhirtypes';
import { asJson, ofType, type Resource, type ResourceType } from '../../fhir/index.ts';
import type { AidAnswer, AidDraft } from '../contract/prescribing-aid.ts';
import { dosagesFromText } from '../contract/treatments/dosage.rules.ts';
import { unitOfLabel } from '../contract/treatments/read.rules.ts';
import { firstCode } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { certaintyOf, conditionState, isNoneKnown } from '../read/labels.ts';
import { kindOfStored, statusOf } from '../read/reading.ts';
import { isTreatment, treatmentState } from '../treatments/course.rules.ts';
import { medicineConcept } from '../treatments/list.rules.ts';
import { AidFailure, type AidQuestion, type PrescribingAid } from './port.ts';

const types: readonly ResourceType[] = [
  'MedicationRequest',
  'MedicationStatement',
  'AllergyIntolerance',
  'Condition',
  'Observation',
];
/** Weight, height, creatinine and its clearance, potassium, INR: what doses and precautions depend on. */
const useful = new Set([
  '29463-7',
  '8302-2',
  '2160-0',
  '14682-9',
  '62238-1',
  '33914-3',
  '98979-8',
  '2823-3',
  '6301-6',
  '34714-6',
]);
const offWords =
  'Aucune aide à la prescription n’est réglée dans cette structure : rien n’a été vérifié. Estran n’est pas un logiciel d’aide à la prescription certifié.';

/**
 * Asks the aid about lines being written. It never stands in the way: without one, or when it fails, the answer says so and the act goes on. What leaves the house is what the caller may read, without the
 * name, the identifiers, the address, the day of birth (the year goes), the authors and the notes.
 */
export async function askPrescribingAid(
  entered: Entered,
  drafts: readonly AidDraft[],
  hook: AidQuestion['hook'] = 'medication-prescribe',
  aid: PrescribingAid | null = entered.room.prescribingAid ?? null,
): Promise<AidAnswer> {
  if (!aid) return { state: 'off', product: null, words: offWords, cards: [] };
  const question = await questionOf(entered, drafts, hook);
  try {
    const { product, cards } = await aid.ask(question);
    return {
      state: 'answered',
      product,
      words: cards.length > 0 ? `Avis de ${product}.` : `${product} n’a rien signalé.`,
      cards,
    };
  } catch (error) {
    if (!(error instanceof AidFailure)) throw error;
    return {
      state: 'failed',
      product: null,
      words: `L’aide à la prescription n’a pas répondu (${error.message}) : rien n’a été vérifié. Vous pouvez prescrire ; vérifiez par vous-même.`,
      cards: [],
    };
  }
}

async function questionOf(
  entered: Entered,
  drafts: readonly AidDraft[],
  hook: AidQuestion['hook'],
): Promise<AidQuestion> {
  const stored = (
    await entered.store.compartment(entered.patientId, {
      types,
      each: types.map((type) => (type === 'Observation' ? 400 : 100)),
    })
  ).filter((one) => kindOfStored(one) !== 'private-notes' && statusOf(one.resource) !== 'entered-in-error');
  const subject = { reference: 'Patient/patient' };
  const taken = ofType(stored, 'MedicationRequest', 'MedicationStatement').filter(
    ({ resource }) => isTreatment(resource) && treatmentState(resource, entered.reading.today).code === 'current',
  );
  const newest = new Map<string, Observation>();
  for (const { resource } of ofType(stored, 'Observation')) {
    const code = firstCode(resource.code) ?? '';
    if (useful.has(code) && !newest.has(code)) newest.set(code, resource);
  }
  return {
    hook,
    patient: {
      resourceType: 'Patient',
      id: 'patient',
      ...(entered.patient.gender && { gender: entered.patient.gender }),
      ...(entered.patient.birthDate && { birthDate: bornIn(entered.patient.birthDate, entered.reading.today) }),
    },
    drafts: drafts.map(
      (draft, at): Record<string, unknown> => ({
        ...({
          resourceType: 'MedicationRequest',
          id: `d${at + 1}`,
          status: 'draft',
          intent: 'order',
          medicationCodeableConcept: medicineConcept(draft),
          subject,
          dosageInstruction: draft.dosage ? dosagesFromText(draft.dosage, unitOfLabel(draft.label)) : undefined,
        } satisfies MedicationRequest),
      }),
    ),
    known: {
      medications: taken.map((one, at) =>
        picked(
          one.resource,
          [
            'status',
            'intent',
            'medicationCodeableConcept',
            'dosage',
            'dosageInstruction',
            'effectivePeriod',
            'authoredOn',
          ],
          { id: `m${at + 1}`, subject },
        ),
      ),
      allergies: ofType(stored, 'AllergyIntolerance')
        .filter(({ resource }) => !isNoneKnown(resource))
        .map((one, at) =>
          picked(one.resource, ['clinicalStatus', 'verificationStatus', 'type', 'category', 'criticality', 'code'], {
            id: `a${at + 1}`,
            patient: subject,
          }),
        ),
      conditions: ofType(stored, 'Condition')
        .filter(({ resource }) => conditionState(resource).code === 'active' && certaintyOf(resource) !== 'refuted')
        .map((one, at) =>
          picked(one.resource, ['clinicalStatus', 'verificationStatus', 'code', 'onsetDateTime'], {
            id: `c${at + 1}`,
            subject,
          }),
        ),
      observations: [...newest.values()].map((one, at) =>
        picked(one, ['status', 'code', 'effectiveDateTime', 'valueQuantity', 'valueInteger'], {
          id: `o${at + 1}`,
          subject,
        }),
      ),
    },
  };
}
const picked = (of: Resource, elements: readonly string[], more: object): Record<string, unknown> => {
  const resource = asJson(of);
  return {
    resourceType: resource.resourceType,
    ...Object.fromEntries(
      elements.flatMap((element) => (resource[element] === undefined ? [] : [[element, resource[element]]])),
    ),
    ...more,
  };
};
/** The year is enough for an adult's doses; a child's need the month. */
const bornIn = (birth: string, today: string): string =>
  Number(today.slice(0, 4)) - Number(birth.slice(0, 4)) < 18 ? birth.slice(0, 7) : birth.slice(0, 4);
