import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { addressee, idParams, patientBrief, patientParams, seen, when, who } from './common.ts';

/** A length of time as protocols say it: «3 mois» is `{ value: 3, unit: 'mo' }`. Units are UCUM's. */
export const span = z.object({ value: z.number().int().min(0).max(400), unit: z.enum(['d', 'wk', 'mo', 'a']) });
export type Span = z.infer<typeof span>;
/** How often something comes back: never every zero days. */
const period = span.extend({ value: z.number().int().min(1, 'Un au moins.').max(400) });
const url = z.string().max(500).regex(/^\S+$/, 'Une adresse n’a pas d’espace.').nullable();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Une date est attendue.');
const code = z
  .string()
  .max(200)
  .regex(/^\S+( \S+)*$/, 'Ce code n’est pas lisible.');
export const stepKinds = {
  act: 'Soin ou examen clinique',
  measure: 'Mesure',
  exam: 'Examen ou bilan',
  education: 'Éducation thérapeutique',
  appointment: 'Rendez-vous',
  call: 'Appel',
  meeting: 'Concertation',
  decision: 'Décision',
  document: 'Document à remettre ou à écrire',
} as const;
export const stepKind = z.enum(Object.keys(stepKinds) as [keyof typeof stepKinds, ...(keyof typeof stepKinds)[]]);

/** What is done, by whom, when; the order of the steps is the order in which one reads them. */
export const protocolStep = z.object({
  /** Stable within the protocol, letters, digits and hyphens. */
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  title: z.string().min(1, 'Dites ce qui est à faire.').max(160),
  detail: z.string().max(4000).default(''),
  kind: stepKind,
  /** Professions (access/professions.ts) that may do it, the usual one first. */
  roles: z.array(z.string()).min(1, 'Dites qui s’en charge.').max(6),
  /** Counted from the entry into the protocol, or from the end of another step: of its last round when it comes back, of its first when it comes back for ever. */
  after: z.object({ step: z.string().nullable(), delay: span }),
  /** Comes back: every so often, that many times in all (null: as long as the protocol runs). */
  repeat: z.object({ every: period, times: z.number().int().min(2).max(60).nullable() }).nullable(),
  /**
   * Only for some patients: in words, and as FHIRPath where a computer can tell. It is asked of the Patient and the newest entries of the record as one
   * collection, newest first of each type: `Observation.where(code.coding.exists(code = '4548-4')).first().value.value > 8`. `%patient` is the Patient.
   * What follows only from a step that does not apply is left out with it.
   */
  condition: z.object({ words: z.string().min(1).max(400), expression: z.string().max(1000).nullable() }).nullable(),
  documents: z
    .array(z.object({ title: z.string().min(1).max(200), url }))
    .max(12)
    .default([]),
  /** The same step told to the patient. */
  forPatient: z.string().max(600).default(''),
});
export type ProtocolStep = z.infer<typeof protocolStep>;

export const protocolThemes = {
  diabetes: 'Diabète',
  anticoagulants: 'Anticoagulants',
  'heart-failure': 'Insuffisance cardiaque',
  frailty: 'Personne âgée fragile',
  wounds: 'Plaies et ulcères',
  copd: 'BPCO',
  'child-overweight': 'Surpoids de l’enfant',
  palliative: 'Soins palliatifs',
  'mental-health': 'Santé mentale',
  perinatal: 'Périnatalité',
  prevention: 'Prévention',
  other: 'Autre',
} as const;
export const protocolTheme = z.enum(
  Object.keys(protocolThemes) as [keyof typeof protocolThemes, ...(keyof typeof protocolThemes)[]],
);

/** A protocol as people write it; underneath, a PlanDefinition. */
export const protocolModel = z.object({
  title: z.string().min(1, 'Donnez un titre.').max(160),
  theme: protocolTheme,
  /** Two or three sentences: what for. */
  summary: z.string().max(2000).default(''),
  /** Whom it is for, in words; problems (CIM-10 or CISP-2 codes) by which patients are proposed. */
  patients: z.object({
    words: z.string().max(1000).default(''),
    problems: z
      .array(z.object({ system: z.string().max(200).regex(/^\S+$/), code, label: z.string().max(300) }))
      .max(20)
      .default([]),
    ages: z
      .object({ from: z.number().int().min(0).max(120).nullable(), until: z.number().int().min(0).max(120).nullable() })
      .refine(
        ({ from, until }) => from === null || until === null || from <= until,
        'Le premier âge dépasse le dernier.',
      )
      .nullable()
      .default(null),
  }),
  goals: z.array(z.string().min(1).max(300)).max(12).default([]),
  steps: z.array(protocolStep).max(60),
  /** What makes one act at once, and how. */
  alerts: z
    .array(
      z.object({
        sign: z.string().min(1).max(300),
        act: z.string().min(1).max(400),
        roles: z.array(z.string()).max(6),
      }),
    )
    .max(20)
    .default([]),
  documents: z
    .array(z.object({ title: z.string().min(1).max(200), url }))
    .max(20)
    .default([]),
  sources: z
    .array(
      z.object({ title: z.string().min(1).max(300), publisher: z.string().max(120), year: z.string().max(10), url }),
    )
    .max(20)
    .default([]),
  /** ISO date by which it must be read again. */
  reviewDate: day.nullable().default(null),
});
export type ProtocolModel = z.infer<typeof protocolModel>;

export const protocolStates = { draft: 'Brouillon', active: 'En vigueur', retired: 'Retiré' } as const;
export const protocolLine = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  theme: protocolTheme,
  themeLabel: z.string(),
  summary: z.string(),
  state: z.enum(['draft', 'active', 'retired']),
  stateLabel: z.string(),
  /** «2.1»: the number people read; a new one each time the protocol is put in force. */
  edition: z.string(),
  reviewDate: when.nullable(),
  toReview: z.boolean(),
  roles: z.array(z.object({ code: z.string(), label: z.string() })),
  steps: z.number().int(),
  shipped: z.boolean(),
  /** Patients who follow it now: all of the practice, as a figure; below 1 when none. */
  running: z.number().int(),
  changed: when,
  by: who.nullable(),
  /** A newer edition came with the product: taken by a person (`takeShipped`), never by itself. */
  offered: z.object({ edition: z.string(), published: when }).nullable(),
  /** This draft stands beside the protocol in force that it changes. */
  draftOf: z.string().nullable(),
  /** The draft that stands beside this protocol. */ draft: z.string().nullable(),
});
export type ProtocolLine = z.infer<typeof protocolLine>;
export const protocolDetail = protocolLine.extend({
  model: protocolModel,
  mayEdit: z.boolean(),
  mayPublish: z.boolean(),
  editions: z.array(
    z.object({ edition: z.string(), version: z.number().int(), from: when, by: who.nullable(), note: z.string() }),
  ),
  /** Patients on an older edition to whom this one can be proposed (of those I may see). */
  outdated: z.number().int(),
});
export type ProtocolDetail = z.infer<typeof protocolDetail>;

export const planStates = {
  active: 'En cours',
  'on-hold': 'En pause',
  completed: 'Terminé',
  revoked: 'Arrêté',
} as const;
/** One step of one patient. */
export const planStep = z.object({
  /** Task behind it, once it is due to someone; null while it is only planned. */
  task: z.string().nullable(),
  version: z.number().int().nullable(),
  step: z.string(),
  round: z.number().int(),
  title: z.string(),
  detail: z.string(),
  kind: stepKind,
  due: when.nullable(),
  late: z.boolean(),
  state: z.enum(['planned', 'requested', 'accepted', 'in-progress', 'completed', 'rejected', 'cancelled', 'on-hold']),
  stateLabel: z.string(),
  owner: who.nullable(),
  ownerLabel: z.string(),
  mine: z.boolean(),
  condition: z.string().nullable(),
  /** Null: without a condition, or nobody can tell yet. */
  conditionMet: z.boolean().nullable(),
  doneAt: when.nullable(),
  doneBy: who.nullable(),
  /** Added or changed for this patient alone. */
  own: z.boolean(),
});
export type PlanStep = z.infer<typeof planStep>;
export const runningPlan = z.object({
  id: z.string(),
  version: z.number().int(),
  protocol: z.object({ id: z.string(), title: z.string(), theme: protocolTheme, edition: z.string() }),
  patient: patientBrief,
  state: z.enum(['active', 'on-hold', 'completed', 'revoked']),
  stateLabel: z.string(),
  since: when,
  by: who.nullable(),
  reason: z.string().nullable(),
  until: when.nullable(),
  done: z.number().int(),
  due: z.number().int(),
  late: z.number().int(),
  total: z.number().int(),
  next: planStep.nullable(),
  /** A newer edition stands: proposed, never forced. */
  newer: z
    .object({
      edition: z.string(),
      note: z.string(),
      /** Titles of steps. */ added: z.array(z.string()),
      removed: z.array(z.string()),
      changed: z.array(z.string()),
    })
    .nullable(),
  mayChange: z.boolean(),
});
export const runningPlanDetail = runningPlan.extend({
  steps: z.array(planStep),
  alerts: protocolModel.shape.alerts,
  goals: z.array(z.string()),
  story: z.array(z.object({ who: who.nullable(), at: when, text: z.string() })),
});
export type RunningPlanDetail = z.infer<typeof runningPlanDetail>;

const plan = z.object({ patient: z.string(), plan: z.string() });
export const protocolEntries = contract({
  protocols: {
    method: 'GET',
    path: '/api/protocols',
    may: { read: 'directory' },
    does: 'The practice’s protocols.',
    query: z.object({ q: z.string().max(100).optional(), state: z.enum(['draft', 'active', 'retired']).optional() }),
    reply: z.object({ protocols: z.array(protocolLine), mayWrite: z.boolean(), mayPublish: z.boolean() }),
  },
  protocol: {
    method: 'GET',
    path: '/api/protocols/:id',
    may: { read: 'directory' },
    does: 'One protocol, whole, with its editions.',
    params: idParams,
    query: z.object({ version: z.coerce.number().int().optional() }),
    reply: protocolDetail,
  },
  writeProtocol: {
    method: 'POST',
    path: '/api/protocols',
    may: { practice: 'write-protocols' },
    does: 'Begin a protocol, blank or from another.',
    body: z.object({ model: protocolModel.optional(), from: z.string().optional() }),
    reply: protocolDetail,
  },
  changeProtocol: {
    method: 'PUT',
    path: '/api/protocols/:id',
    may: { practice: 'write-protocols' },
    does: 'Change the draft of a protocol; one in force gets a draft beside it.',
    params: idParams,
    body: seen.extend({ model: protocolModel }),
    reply: protocolDetail,
  },
  publishProtocol: {
    method: 'POST',
    path: '/api/protocols/:id/publish',
    may: { practice: 'publish-protocols' },
    does: 'Put a draft in force as a new edition.',
    params: idParams,
    body: seen.extend({ note: z.string().max(1000).default('') }),
    reply: protocolDetail,
  },
  retireProtocol: {
    method: 'POST',
    path: '/api/protocols/:id/retire',
    may: { practice: 'publish-protocols' },
    does: 'Take a protocol out of use, or back into use; running patients go on.',
    params: idParams,
    body: seen.extend({ back: z.boolean().default(false) }),
    reply: protocolDetail,
  },
  takeShipped: {
    method: 'POST',
    path: '/api/protocols/:id/shipped',
    may: { practice: 'write-protocols' },
    does: 'Begin a draft from the newer edition that came with the product.',
    params: idParams,
    body: seen,
    reply: protocolDetail,
  },
  dropDraft: {
    method: 'POST',
    path: '/api/protocols/:id/drop',
    may: { practice: 'write-protocols' },
    does: 'Throw a draft away; its versions stay in the history.',
    params: idParams,
    body: seen,
    reply: z.object({ dropped: z.string() }),
  },
  checkProtocol: {
    method: 'POST',
    path: '/api/protocols/check',
    may: { read: 'directory' },
    does: 'What is wrong or missing in a protocol as it stands, step by step, and its steps laid out in days for a diagram and a preview.',
    body: z.object({ model: protocolModel }),
    reply: z.object({
      problems: z.array(
        z.object({ step: z.string().nullable(), words: z.string(), severity: z.enum(['error', 'warning']) }),
      ),
      timeline: z.array(
        z.object({
          step: z.string(),
          round: z.number().int(),
          day: z.number().int(),
          title: z.string(),
          role: z.string(),
          forPatient: z.string(),
          conditional: z.string().nullable(),
        }),
      ),
    }),
  },
  plans: {
    method: 'GET',
    path: '/api/patients/:patient/plans',
    may: { read: 'coordination' },
    does: 'Protocols that this patient follows or followed, and those that fit.',
    params: patientParams,
    reply: z.object({
      plans: z.array(runningPlanDetail),
      proposed: z.array(protocolLine.extend({ why: z.string() })),
      mayEnter: z.boolean(),
    }),
  },
  previewPlan: {
    method: 'POST',
    path: '/api/patients/:patient/plans/preview',
    may: { read: 'coordination' },
    does: 'What entering a protocol would ask of whom and when: nothing is written.',
    params: patientParams,
    body: z.object({ protocol: z.string(), start: z.string().optional() }),
    reply: z.object({
      protocol: protocolLine,
      steps: z.array(planStep),
      missing: z.array(z.object({ role: z.string(), label: z.string() })),
    }),
  },
  enterProtocol: {
    method: 'POST',
    path: '/api/patients/:patient/plans',
    may: { write: 'coordination' },
    does: 'The patient enters a protocol: roles become people of the team, steps become tasks.',
    params: patientParams,
    body: z.object({
      protocol: z.string(),
      start: z.string().optional(),
      /** Steps left out, or given to someone else, for this patient. */
      without: z.array(z.string()).optional(),
      instead: z.record(z.string(), addressee).optional(),
    }),
    reply: runningPlanDetail,
  },
  changePlan: {
    method: 'POST',
    path: '/api/patients/:patient/plans/:plan',
    may: { write: 'coordination' },
    does: 'Pause, go on, leave with the reason, or end a plan.',
    params: plan,
    body: seen.extend({
      act: z.enum(['pause', 'resume', 'leave', 'complete']),
      reason: z.string().max(1000).optional(),
    }),
    reply: runningPlanDetail,
  },
  changePlanStep: {
    method: 'POST',
    path: '/api/patients/:patient/plans/:plan/steps',
    may: { write: 'coordination' },
    does: 'Add, move, give to someone else, skip or take up again a step, for this patient alone.',
    params: plan,
    body: seen.extend({
      act: z.enum(['add', 'move', 'give', 'skip', 'again']),
      step: z.string().optional(),
      round: z.number().int().optional(),
      title: z.string().max(160).optional(),
      detail: z.string().max(4000).optional(),
      kind: stepKind.optional(),
      due: z.string().optional(),
      addressee: addressee.optional(),
      reason: z.string().max(1000).optional(),
    }),
    reply: runningPlanDetail,
  },
  takeEdition: {
    method: 'POST',
    path: '/api/patients/:patient/plans/:plan/edition',
    may: { write: 'coordination' },
    does: 'Take the newer edition for this patient, or stay with the present one.',
    params: plan,
    body: seen.extend({ take: z.boolean() }),
    reply: runningPlanDetail,
  },
});
