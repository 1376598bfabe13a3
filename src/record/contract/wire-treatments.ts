import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import * as c from './common.ts';
import { treatmentBody } from './entries.ts';
import { aidAnswer, aidDraft } from './prescribing-aid.ts';
import { dispenseBody, dispenseCorrection, dispensed } from './treatments/dispense.ts';
import { treatmentLine, treatmentsState } from './treatments/line.ts';
import { proposalBody, proposalsWaiting, treatmentProposal } from './treatments/proposals.ts';
import { id, medicineType, treatmentRef, typed, version, words } from './treatments/ref.ts';

/** Where a list that was reported comes from. */
export const reportSources = {
  patient: 'Dit par le patient',
  hospital: 'Courrier ou sortie d’hôpital',
  document: 'Autre document',
  pharmacy: 'Historique de la pharmacie',
} as const;
export const reportSource = z.enum(['patient', 'hospital', 'document', 'pharmacy']);
/** What was found between what is held and what was reported. */
export const differences = {
  same: 'Identique',
  'same-day': 'Même dose par jour, prise autrement',
  dose: 'Posologie différente',
  unknown: 'Posologie non comparable',
  stopped: 'Arrêté ou suspendu au dossier',
  missing: 'Pas au dossier',
} as const;
export type Difference = keyof typeof differences;

const reportedLine = z.object({
  /** Of the line inside its list. */
  key: z.string(),
  label: z.string(),
  code: c.coded,
  /** The same for what is of the same substance by its own words. */
  substance: z.string(),
  dosage: z.string(),
  note: z.string().nullable(),
  /** `Type/id` of the line of the record it was matched with. */
  entry: z.string().nullable(),
  /** What a list of medicines says that makes them the same: a proposal, until someone decides. Null: they say it themselves. */
  proposed: z.string().nullable(),
  /** The same only if one of the names is misspelt. */
  misspelt: z.boolean(),
  /** What its name resembles, when it is not a known one. */
  spelling: z.string().nullable(),
  difference: z.enum(['same', 'same-day', 'dose', 'unknown', 'stopped', 'missing']),
  differenceLabel: z.string(),
});
export const reportedList = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  from: reportSource,
  fromLabel: z.string(),
  at: c.when,
  who: c.who.nullable(),
  document: z.string().nullable(),
  /** Written here; otherwise what the pharmacy dispensed. */
  own: z.boolean(),
  lines: z.array(reportedLine),
});
export type ReportedList = z.infer<typeof reportedList>;

export const reconciliationDecisions = {
  keep: 'Maintenu',
  dose: 'Posologie changée',
  stop: 'Arrêté',
  add: 'Ajouté',
  ignore: 'Non retenu',
  propose: 'Proposé au prescripteur',
} as const;
const reconciliationSource = z.object({ id: z.string(), title: z.string(), fromLabel: z.string() });
export const reconciliation = z.object({
  id: z.string(),
  version: z.number().int(),
  at: c.when,
  who: c.who.nullable(),
  note: z.string(),
  /** Lists that were looked at. */
  sources: z.array(reconciliationSource),
  lines: z.array(
    z.object({ label: z.string(), decision: z.string(), decisionLabel: z.string(), reason: z.string().nullable() }),
  ),
  /** Lines that are not open to me: said, not shown. */
  hidden: z.number().int(),
});
export type Reconciliation = z.infer<typeof reconciliation>;

/** Plainly in the record's own data, to be looked at by a professional; no certified prescribing aid. */
export const toCheck = z.object({
  kind: z.enum(['double', 'allergy']),
  words: z.string(),
  entries: z.array(z.string()),
});
export const treatmentsPage = z.object({
  patient: z.object({ name: z.string(), about: z.string(), birthDate: c.when.nullable() }),
  may: z.object({ write: z.boolean(), reconcile: z.boolean(), decide: z.boolean(), dispense: z.boolean() }),
  state: treatmentsState,
  lines: z.array(treatmentLine),
  toCheck: z.array(toCheck),
  /** Of what is taken: last dispenses, until when they last, whether a renewal is expected. */
  dispensed: z.array(dispensed),
  proposals: z.array(treatmentProposal),
  reported: z.array(reportedList),
  reconciliations: z.array(reconciliation),
  /** Kinds of data that are closed to me here, said without saying whether anything is there. */
  hidden: z.array(z.string()),
});
export type TreatmentsPage = z.infer<typeof treatmentsPage>;

export const treatmentAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('stop'), version, reason: words.min(2, 'Indiquez pourquoi.'), at: typed.nullish() }),
  z.object({ act: z.literal('suspend'), version, reason: words.min(2, 'Indiquez pourquoi.') }),
  z.object({ act: z.literal('resume'), version, reason: words.nullish() }),
  z.object({
    act: z.literal('dose'),
    version,
    dosage: words.min(1, 'Indiquez la nouvelle posologie.'),
    reason: words.nullish(),
  }),
]);
export type TreatmentAct = z.infer<typeof treatmentAct>;
export const reportBody = z.object({
  from: reportSource,
  title: z.string().trim().max(200).default(''),
  document: id.nullish(),
  at: typed.nullish(),
  lines: z
    .array(
      z.object({
        label: z.string().trim().min(1).max(300),
        code: z.string().trim().max(40).nullish(),
        system: z.string().trim().max(200).nullish(),
        dosage: words.default(''),
        note: words.nullish(),
      }),
    )
    .min(1, 'Notez au moins une ligne.')
    .max(60),
});
export const reconcileBody = z.object({
  /** Lists that were looked at. */
  lists: z.array(z.string().max(64)).max(10).default([]),
  note: z.string().trim().max(2000).default(''),
  lines: z
    .array(
      z.object({
        about: treatmentRef.nullish(),
        said: z.object({ list: z.string().max(64), key: z.string().max(64) }).nullish(),
        decision: z.enum(['keep', 'dose', 'stop', 'add', 'ignore']),
        dosage: words.nullish(),
        reason: words.nullish(),
      }),
    )
    .min(1)
    .max(120),
});
export type ReconcileBody = z.infer<typeof reconcileBody>;
export const doseHistory = z.object({
  label: z.string(),
  doses: z.array(
    z.object({
      at: c.when,
      who: c.who.nullable(),
      dosage: z.string(),
      stateLabel: z.string(),
      reason: z.string().nullable(),
    }),
  ),
  /** What reconciliations decided of it, from which sources. */
  reconciled: z.array(
    z.object({
      at: c.when,
      who: c.who.nullable(),
      decisionLabel: z.string(),
      reason: z.string().nullable(),
      sources: z.array(reconciliationSource),
    }),
  ),
});

const at = '/api/patients/:patient/treatments';
const medicineParams = z.object({ patient: z.string(), type: medicineType, id });
const proposalParams = z.object({ patient: z.string(), id });
export const treatmentEntries = contract({
  treatments: {
    method: 'GET',
    path: at,
    may: { read: 'treatments' },
    does: 'Every treatment of a patient, what others report, differences, proposals, what was reconciled.',
    params: c.patientParams,
    reply: treatmentsPage,
  },
  addTreatment: {
    method: 'POST',
    path: at,
    may: { write: 'treatments' },
    does: 'Record a treatment: prescribed elsewhere, told by the patient, read in a document, dispensed.',
    params: c.patientParams,
    body: treatmentBody,
    reply: c.written,
  },
  correctTreatment: {
    method: 'PUT',
    path: `${at}/:id`,
    may: { write: 'treatments' },
    does: 'Correct a recorded treatment.',
    params: c.itemParams,
    body: treatmentBody,
    reply: c.written,
  },
  noTreatment: {
    method: 'POST',
    path: `${at}/none`,
    may: { write: 'treatments' },
    does: 'State that the patient takes nothing, asked today.',
    params: c.patientParams,
    reply: c.written,
  },
  actOnTreatment: {
    method: 'POST',
    path: `${at}/entries/:type/:id`,
    may: { practice: 'decide-treatments' },
    does: 'Stop with a reason, suspend, resume, change the dose.',
    params: medicineParams,
    body: treatmentAct,
    reply: c.written,
  },
  dispenseTreatment: {
    method: 'POST',
    path: `${at}/entries/:type/:id/dispenses`,
    may: { practice: 'dispense-treatments' },
    does: 'Record what a pharmacist handed over: product, quantity, days of supply, substitution.',
    params: medicineParams,
    body: dispenseBody,
    reply: c.written,
  },
  correctDispense: {
    method: 'PUT',
    path: `${at}/dispenses/:id`,
    may: { practice: 'dispense-treatments' },
    does: 'Correct what was handed over: a new version, with the reason.',
    params: proposalParams,
    body: dispenseCorrection,
    reply: c.written,
  },
  doseHistory: {
    method: 'GET',
    path: `${at}/entries/:type/:id/doses`,
    may: { read: 'treatments' },
    does: 'The doses of a treatment over time.',
    params: medicineParams,
    reply: doseHistory,
  },
  reportTreatments: {
    method: 'POST',
    path: `${at}/reported`,
    may: { write: 'treatments' },
    does: 'Write down what a patient, a letter or a pharmacy says is taken; it stands beside the record until it is reconciled.',
    params: c.patientParams,
    body: reportBody,
    reply: c.written,
  },
  proposeTreatment: {
    method: 'POST',
    path: `${at}/proposals`,
    may: { practice: 'reconcile-treatments' },
    does: 'Propose a change to whoever prescribes.',
    params: c.patientParams,
    body: proposalBody,
    reply: c.written,
  },
  answerProposal: {
    method: 'POST',
    path: `${at}/proposals/:id/answer`,
    may: { practice: 'decide-treatments' },
    does: 'Accept a proposal, which carries it out, or refuse it, with an answer.',
    params: proposalParams,
    body: z.object({
      version,
      accept: z.boolean(),
      answer: words.default(''),
      /** Version seen of what it is about. */
      seen: version.nullish(),
      dosage: words.nullish(),
    }),
    reply: c.written,
  },
  waitingProposals: {
    method: 'GET',
    path: '/api/treatment-proposals',
    may: { read: 'treatments' },
    does: 'Proposals that I am asked to answer, and what became of mine.',
    reply: proposalsWaiting,
  },
  withdrawProposal: {
    method: 'POST',
    path: `${at}/proposals/:id/withdraw`,
    may: { practice: 'reconcile-treatments' },
    does: 'Take back my own proposal.',
    params: proposalParams,
    body: z.object({ version }),
    reply: c.written,
  },
  reconcileTreatments: {
    method: 'POST',
    path: `${at}/reconciliations`,
    may: { practice: 'reconcile-treatments' },
    does: 'Keep, change, stop, add, line by line, in one act; what is not mine to decide becomes a proposal.',
    params: c.patientParams,
    body: reconcileBody,
    reply: c.written,
  },
  treatmentSheet: {
    method: 'GET',
    path: `${at}/sheet/pdf`,
    may: { read: 'treatments' },
    does: 'The treatment sheet for the patient, in large letters, A4.',
    params: c.patientParams,
  },
  prescribingAid: {
    method: 'POST',
    path: '/api/patients/:patient/prescribing-aid',
    may: { read: 'treatments' },
    does: 'Ask the certified prescribing aid of the practice, when one is set, about lines that are being written.',
    params: c.patientParams,
    body: z.object({ drafts: z.array(aidDraft).min(1).max(40) }),
    reply: aidAnswer,
  },
});
