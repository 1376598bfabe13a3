import { z } from 'zod';

/** ISO date or instant: `2026-11-22`, `2026-11`, `2026`, `2026-11-22T09:30:00+01:00`. */
export const when = z.string();
/** A person as a line shows them: name and role at that time. */
export const who = z.object({
  /** Practitioner id; null: a patient, a relative, an organisation, a machine. */
  id: z.string().nullable(),
  name: z.string(),
  /** French label of the role at that time: «Infirmière Asalée», «Patient», «Laboratoire». */
  role: z.string(),
  /** Code of access/professions.ts when it is one. */
  profession: z.string().nullable(),
  me: z.boolean(),
});
export type Who = z.infer<typeof who>;

export const lineStatus = z.enum(['draft', 'final', 'amended', 'entered-in-error']);
export type LineStatus = z.infer<typeof lineStatus>;
export const sensitivity = z.enum(['mental-health', 'addictions', 'sexual-health', 'restricted']);
export type Sensitivity = z.infer<typeof sensitivity>;
export const sensitivityLabels: Record<Sensitivity, string> = {
  'mental-health': 'Santé mentale',
  addictions: 'Addictions',
  'sexual-health': 'Santé sexuelle',
  restricted: 'Diffusion restreinte',
};

/** What every line of a record carries, whatever it is about. */
export const line = z.object({
  /** FHIR type and id: with `version`, what an edit, a correction or a comparison needs. */
  type: z.string(),
  id: z.string(),
  version: z.number().int(),
  /** The date professionals mean (measured, begun, given …); null when unknown. */
  at: when.nullable(),
  /** When this version was written. */
  recorded: when,
  who: who.nullable(),
  /** Code and French label of access/kinds-of-data.ts. */
  kind: z.string(),
  kindLabel: z.string(),
  status: lineStatus,
  statusLabel: z.string(),
  /** Written by someone else since my last visit. */
  fresh: z.boolean(),
  sensitive: sensitivity.nullable(),
  /** Only I see it (DOS-9). */
  personal: z.boolean(),
  /** I may correct it, mark it entered in error. */
  canEdit: z.boolean(),
  /** Name of the form that corrects it (GET …/entries/:type/:id gives its values); null: read only here. */
  form: z
    .enum([
      'measures',
      'note',
      'problem',
      'allergy',
      'vaccine',
      'treatment',
      'dispense',
      'document',
      'letter',
      'alert',
      'history',
      'goal',
      'section',
    ])
    .nullable(),
});
export type Line = z.infer<typeof line>;

/** A coded value ready to show; `code`/`system` for an edit, null when free text. */
export const coded = z.object({ label: z.string(), code: z.string().nullable(), system: z.string().nullable() });
export type Coded = z.infer<typeof coded>;

/** Params and bodies shared by entries. */
export const patientParams = z.object({ patient: z.string() });
export const entryParams = z.object({ patient: z.string(), type: z.string(), id: z.string() });
export const itemParams = z.object({ patient: z.string(), id: z.string() });
/** What a write answers: the line as the server now holds it; `undoUntil`: while POST …/undo takes it back (ten seconds, by its author). */
export const written = z.object({ lines: z.array(line), undoUntil: when });
export type Written = z.infer<typeof written>;

/** INS status, in the order of trust. */
export const insStatus = z.enum(['provisional', 'retrieved', 'validated', 'qualified']);
export type InsStatus = z.infer<typeof insStatus>;
export const insStatusLabels: Record<InsStatus, string> = {
  provisional: 'Identité provisoire',
  retrieved: 'Identité récupérée',
  validated: 'Identité validée',
  qualified: 'Identité qualifiée',
};

/** A patient in one line of a list. */
export const patientBrief = z.object({
  id: z.string(),
  /** «LE GOFF Marie» (used name, else birth name; used given name, else the first). */
  name: z.string(),
  /** «née KERVELLA» when the used name differs, else null. */
  birthName: z.string().nullable(),
  sex: z.enum(['male', 'female', 'other', 'unknown']),
  sexLabel: z.string(),
  birthDate: when.nullable(),
  /** «12/03/1948», «03/1948», «1948». */
  birthDateLabel: z.string(),
  /** «78 ans», «14 mois», «9 jours»; «décédé à 81 ans». */
  age: z.string(),
  deceased: z.boolean(),
  insStatus: insStatus,
  insStatusLabel: z.string(),
  /** The INS matricule, only when qualified. */
  ins: z.string().nullable(),
  place: z.string().nullable(),
  phone: z.string().nullable(),
  inMyTeam: z.boolean(),
});
export type PatientBrief = z.infer<typeof patientBrief>;

/** A refusal's `code` field (beside RFC 9457's): what the screen can offer. */
export const refusalReasons = {
  'not-in-team': 'Vous n’êtes pas dans l’équipe de soins de ce patient.',
  opposed: 'Ce patient s’oppose à ce que vous accédiez à son dossier.',
  'no-right': 'Votre profession n’a pas accès à ces informations dans cette structure.',
} as const;
