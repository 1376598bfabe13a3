import type { MedicationRequest } from '@medplum/fhirtypes';
import type { z } from 'zod';
import type { Stored } from '../../fhir/index.ts';
import { conflict, forbidden, invalid } from '../../platform/index.ts';
import type { proposalBody } from '../contract/treatments/proposals.ts';
import type { TreatmentAct } from '../contract/wire-treatments.ts';
import type { Written } from '../contract.ts';
import { dosagesFromText } from '../contract/treatments/dosage.rules.ts';
import { sayDosages } from '../contract/treatments/say-dosages.rules.ts';
import { unitOfLabel } from '../contract/treatments/read.rules.ts';
import { sensitivityOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { medicationLabel } from '../read/labels.ts';
import { author, stamped, subjectOf } from '../write/author.ts';
import { entryOf, replace, written } from '../write/save.ts';
import { actOn } from './act-on-treatment.ts';
import { isMedicine, isProposal, isTreatment } from './course.rules.ts';
import { medicineConcept } from './list.rules.ts';
import { aboutOf, actOf, stateOfProposal, treatmentProposal, withdrawnCode } from './proposal.rules.ts';

type Body = z.infer<typeof proposalBody>;
/** The proposal as FHIR; `about`: the treatment as it stands. A proposal about a sensitive treatment is as closed as the treatment. */
export function proposalFor(entered: Entered, body: Omit<Body, 'about'>, about: Stored | null) {
  const medicine = about && isMedicine(about) ? about.resource : null;
  const concept =
    body.label && body.act !== 'stop' && body.act !== 'dose'
      ? medicineConcept(body)
      : (medicine?.medicationCodeableConcept ?? { text: medicine ? medicationLabel(medicine) : body.label });
  const dosage = body.dosage ? dosagesFromText(body.dosage, unitOfLabel(concept.text ?? body.label)) : undefined;
  const proposal = treatmentProposal({
    act: body.act,
    about: about && { resourceType: about.type, id: about.id },
    concept,
    subject: subjectOf(entered),
    at: entered.now.toISOString(),
    requester: author(entered),
    reason: body.reason,
    dosage,
  });
  return stamped(entered, proposal, { sensitive: about ? sensitivityOf(about.resource) : undefined });
}
export async function proposeTreatment(entered: Entered, body: Body): Promise<Written> {
  if (body.act === 'add' ? !body.label : !body.about)
    throw invalid(
      'Dites de quel traitement il s’agit. Rien n’a été envoyé.',
      body.act === 'add' ? { label: 'Indiquez le traitement proposé.' } : { about: 'Choisissez le traitement.' },
    );
  if (body.act === 'replace' && !body.label)
    throw invalid('Dites par quoi le remplacer. Rien n’a été envoyé.', { label: 'Indiquez le traitement proposé.' });
  if (body.act === 'dose' && !body.dosage)
    throw invalid('Indiquez la posologie proposée. Rien n’a été envoyé.', {
      dosage: 'Indiquez la posologie proposée.',
    });
  const about = body.about ? await entryOf(entered, body.about.type, body.about.id) : null;
  if (about && !isTreatment(about.resource))
    throw conflict('Cette ligne n’est pas un traitement. Rechargez la page. Rien n’a été envoyé.');
  return written(entered, [await entered.store.create(proposalFor(entered, body, about))]);
}

async function waiting(entered: Entered, id: string): Promise<Stored<'MedicationRequest'>> {
  const stored = await entryOf(entered, 'MedicationRequest', id);
  if (!isProposal(stored.resource)) throw conflict('Cette ligne n’est pas une proposition. Rien n’a été modifié.');
  if (stateOfProposal(stored.resource) !== 'waiting')
    throw conflict('Cette proposition a déjà reçu une réponse. Rechargez la page. Rien n’a été modifié.');
  return stored;
}
/** Accepted, it is carried out in the same transaction; refused, it says why. */
export async function answerProposal(
  entered: Entered,
  id: string,
  body: {
    version: number;
    accept: boolean;
    answer: string;
    seen?: number | null | undefined;
    dosage?: string | null | undefined;
  },
): Promise<Written> {
  if (!body.accept && body.answer.length < 2)
    throw invalid('Dites pourquoi, pour la personne qui a proposé. Rien n’a été modifié.', {
      answer: 'Indiquez la raison du refus.',
    });
  const done = await entered.store.transaction(async (store) => {
    const within = { ...entered, store };
    const stored = await waiting(within, id);
    const proposal = stored.resource;
    const next = stamped(
      within,
      {
        ...proposal,
        status: body.accept ? 'completed' : 'cancelled',
        statusReason: body.answer ? { text: body.answer } : undefined,
      },
      { base: stored.resource, reason: body.accept ? 'Proposition acceptée' : 'Proposition refusée' },
    );
    const answered = await replace(within, stored, body.version, { ...next, id }, body.answer);
    return body.accept ? [answered, ...(await carriedOut(within, proposal, body))] : [answered];
  });
  return written(entered, done);
}
async function carriedOut(
  entered: Entered,
  proposal: MedicationRequest,
  body: { answer: string; seen?: number | null | undefined; dosage?: string | null | undefined },
): Promise<Stored[]> {
  const done: Stored[] = [];
  const [type, about] = (aboutOf(proposal) ?? '').split('/');
  const act = actOf(proposal);
  const reason = body.answer || (proposal.reasonCode?.[0]?.text ?? 'Proposition acceptée');
  if (type && about) {
    if (!body.seen)
      throw invalid(
        'Rechargez la page : le traitement concerné doit être sous vos yeux pour accepter. Rien n’a été modifié.',
      );
    const change: TreatmentAct | null =
      act === 'stop' || act === 'replace'
        ? { act: 'stop', version: body.seen, reason }
        : act === 'dose'
          ? { act: 'dose', version: body.seen, dosage: body.dosage || sayDosages(proposal.dosageInstruction), reason }
          : null;
    if (change) done.push(await actOn(entered, type, about, change));
  }
  if (act === 'add' || act === 'replace') {
    // Decided, and still to be prescribed: a plan is not a prescription.
    const plan: MedicationRequest = {
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'plan',
      medicationCodeableConcept: proposal.medicationCodeableConcept,
      subject: subjectOf(entered),
      authoredOn: entered.now.toISOString(),
      requester: author(entered),
      reasonCode: proposal.reasonCode,
      dosageInstruction: body.dosage
        ? dosagesFromText(body.dosage, unitOfLabel(medicationLabel(proposal)))
        : proposal.dosageInstruction,
      basedOn: [{ reference: `MedicationRequest/${proposal.id}` }],
    };
    done.push(await entered.store.create(stamped(entered, plan, { sensitive: sensitivityOf(proposal) })));
  }
  return done;
}
export async function withdrawProposal(entered: Entered, id: string, version: number): Promise<Written> {
  const stored = await waiting(entered, id);
  if (stored.resource.requester?.reference !== `Practitioner/${entered.caller.practitioner}`)
    throw forbidden('Seul son auteur retire une proposition. Rien n’a été modifié.');
  const next = stamped(
    entered,
    {
      ...stored.resource,
      status: 'cancelled',
      statusReason: { coding: [withdrawnCode], text: 'Retirée par son auteur' },
    },
    { base: stored.resource },
  );
  return written(entered, [await replace(entered, stored, version, { ...next, id }, 'proposition retirée')]);
}
