import type { CodeableConcept, Dosage, MedicationRequest } from '@medplum/fhirtypes';
import { sayDosages } from '../contract/treatments/say-dosages.rules.ts';
import { proposalActs } from '../contract/treatments/proposals.ts';
import { labelOf } from '../fhir-words.ts';
import { type Description, made } from '../read/description.ts';
import { medicationLabel } from '../read/labels.ts';

/**
 * What a pharmacist proposes to whoever prescribes: a MedicationRequest of intent `proposal` (https://hl7.org/fhir/R4/valueset-medicationrequest-intent.html), active until it is answered; accepted
 * it is completed, refused it is cancelled, its answer is in `statusReason`. What it is about stands in `supportingInformation`.
 */
const proposalUrl = 'urn:estran:proposal';
export const withdrawnCode = { system: 'urn:estran:proposal', code: 'withdrawn' };
export type ProposalAct = keyof typeof proposalActs;
export type ProposalState = 'waiting' | 'accepted' | 'refused' | 'withdrawn';
export const proposalStates: Record<ProposalState, string> = {
  waiting: 'En attente de réponse',
  accepted: 'Acceptée',
  refused: 'Refusée',
  withdrawn: 'Retirée par son auteur',
};

export const actOf = (proposal: MedicationRequest): ProposalAct => {
  const code = proposal.extension?.find(({ url }) => url === proposalUrl)?.valueCode;
  return code && Object.hasOwn(proposalActs, code) ? (code as ProposalAct) : proposal.doNotPerform ? 'stop' : 'add';
};
export const stateOfProposal = (proposal: MedicationRequest): ProposalState =>
  proposal.status === 'active'
    ? 'waiting'
    : proposal.status === 'completed'
      ? 'accepted'
      : proposal.statusReason?.coding?.some(({ code }) => code === withdrawnCode.code)
        ? 'withdrawn'
        : 'refused';
/** `Type/id` of the treatment it is about. */
export const aboutOf = (proposal: MedicationRequest): string | null =>
  proposal.supportingInformation
    ?.find(({ reference }) => reference?.startsWith('Medication'))
    ?.reference?.split('/_history/')[0] ?? null;
export const answerOf = (proposal: MedicationRequest): string | null => proposal.statusReason?.text || null;
export const reasonOfProposal = (proposal: MedicationRequest): string =>
  (proposal.reasonCode ?? [])
    .map((one) => labelOf(one))
    .filter(Boolean)
    .join(', ');

/** What is proposed, as FHIR. `about`: the treatment it is about; `concept`: of what is proposed instead. */
export const treatmentProposal = (given: {
  act: ProposalAct;
  about: { resourceType: string; id?: string; medicationCodeableConcept?: CodeableConcept } | null;
  concept?: CodeableConcept | undefined;
  subject: MedicationRequest['subject'];
  at: string;
  requester: MedicationRequest['requester'];
  reason: string;
  dosage?: Dosage[] | undefined;
}): MedicationRequest => ({
  resourceType: 'MedicationRequest',
  extension: [{ url: proposalUrl, valueCode: given.act }],
  status: 'active',
  intent: 'proposal',
  ...(given.act === 'stop' && { doNotPerform: true }),
  medicationCodeableConcept: given.concept ?? given.about?.medicationCodeableConcept ?? { text: 'Médicament' },
  subject: given.subject,
  authoredOn: given.at,
  requester: given.requester,
  reasonCode: [{ text: given.reason }],
  ...(given.about && { supportingInformation: [{ reference: `${given.about.resourceType}/${given.about.id}` }] }),
  ...(given.dosage?.length && { dosageInstruction: given.dosage }),
});

export const describeProposal = (proposal: MedicationRequest): Description =>
  made(
    'treatment',
    `${proposalActs[actOf(proposal)]} : ${medicationLabel(proposal)}`,
    [
      ['Posologie proposée', sayDosages(proposal.dosageInstruction), true],
      ['Pourquoi', reasonOfProposal(proposal), true],
      ['Réponse', proposalStates[stateOfProposal(proposal)], true],
      ['Motif de la réponse', answerOf(proposal), true],
    ],
    'Proposition au prescripteur',
  );
