import { z } from 'zod';

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
