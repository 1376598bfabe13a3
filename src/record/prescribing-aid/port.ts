import type { AidCard } from '../contract/prescribing-aid.ts';

/**
 * The door to a certified prescribing aid (logiciel d’aide à la prescription; Code de la santé publique, art. L. 161-38 of the Code de la sécurité sociale for the certification). Estran is none and
 * checks no interaction: what a product answers is shown as coming from that product. docs/adr/0021-prescribing-aid.md
 */
export interface PrescribingAid {
  /** Its address, as the administrator set it: what a person is told when it does not answer. */
  readonly address: string;
  ask(question: AidQuestion): Promise<AidReply>;
}
export interface AidQuestion {
  /** CDS Hooks: while medicines are chosen, or when they are signed. */
  hook: 'medication-prescribe' | 'order-sign';
  /** Of this question alone: no identifier of the patient leaves the house. */
  patient: Record<string, unknown>;
  /** Lines being written, as FHIR MedicationRequest drafts. */
  drafts: readonly Record<string, unknown>[];
  /** FHIR resources by what they are: what is taken, allergies, problems, measures. */
  known: Readonly<
    Record<'medications' | 'allergies' | 'conditions' | 'observations', readonly Record<string, unknown>[]>
  >;
}
export interface AidReply {
  product: string;
  cards: AidCard[];
}
/** It did not answer, or not in a way that can be read. */
export class AidFailure extends Error {}
