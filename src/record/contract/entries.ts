import { z } from 'zod';
import { line, lineStatus, sensitivity, when, who } from './common.ts';

const typed = z.string().trim().max(30);
const codeFields = {
  code: z.string().trim().max(40).nullish(),
  system: z.string().trim().max(200).nullish(),
  /** Other codes of the same thing: CISP-2 beside CIM-10. */
  also: z
    .array(z.object({ system: z.string().trim().min(1).max(200), code: z.string().trim().min(1).max(40) }))
    .max(5)
    .nullish(),
};
/** Seen version when correcting; absent when adding. 409 `code: 'edited-meanwhile'` carries `theirs` (comparison) when another changed it. */
const correcting = { version: z.number().int().optional(), reason: z.string().trim().max(300).nullish() };
const common = {
  sensitive: sensitivity.nullish(),
  note: z.string().trim().max(5000).nullish(),
  encounter: z.string().max(64).nullish(),
};

/** Several values of one moment. Typed dates: «auj», «hier 18:30», «12/03/2026 09:15»; empty: now. */
export const measuresBody = z.object({
  at: typed.nullish(),
  /** Codes of data/measures.ts (`weight`'s LOINC …). Numbers may come as typed: «72,4». */
  values: z
    .array(
      z.object({
        code: z.string().max(40),
        value: z.union([z.number(), z.string().max(20)]),
        site: z.string().max(60).nullish(),
        note: z.string().trim().max(1000).nullish(),
      }),
    )
    .min(1, 'Saisissez au moins une valeur.')
    .max(40),
  /** Values outside the plausible range are refused (422 with the field) unless confirmed. */
  confirmed: z.boolean().default(false),
  ...common,
});
export const measureCorrection = z.object({
  version: z.number().int(),
  at: typed.nullish(),
  values: z
    .array(z.object({ code: z.string().max(40), value: z.union([z.number(), z.string().max(20)]) }))
    .min(1)
    .max(4),
  confirmed: z.boolean().default(false),
  note: common.note,
  reason: correcting.reason,
});

export const noteBody = z.object({
  title: z.string().trim().max(200).nullish(),
  text: z.string().trim().min(1, 'Écrivez le texte de la note.').max(50_000),
  at: typed.nullish(),
  /** My eyes only (DOS-9). */
  personal: z.boolean().default(false),
  /** A draft is seen by its author's team as unsigned; sign it later with draft: false. */
  draft: z.boolean().default(false),
  problems: z.array(z.string().max(64)).max(20).default([]),
  sensitive: common.sensitive,
  encounter: common.encounter,
  ...correcting,
});
export const problemBody = z.object({
  label: z.string().trim().min(1, 'Indiquez le problème.').max(300),
  ...codeFields,
  state: z.enum(['active', 'inactive', 'resolved']).default('active'),
  certainty: z.enum(['confirmed', 'provisional', 'refuted']).default('confirmed'),
  onset: typed.nullish(),
  resolved: typed.nullish(),
  ald: z.object({ from: typed.nullish(), until: typed.nullish(), number: z.string().max(10).nullish() }).nullish(),
  ...common,
  ...correcting,
});
export const allergyBody = z.object({
  /** True: «aucune allergie connue», asked of the patient today; label is then not needed. */
  noneKnown: z.boolean().default(false),
  label: z.string().trim().max(300).default(''),
  ...codeFields,
  category: z.enum(['medication', 'food', 'environment', 'biologic']).nullish(),
  criticality: z.enum(['low', 'high', 'unknown']).default('unknown'),
  kindOfReaction: z.enum(['allergy', 'intolerance', 'unknown']).default('allergy'),
  state: z.enum(['active', 'inactive', 'resolved']).default('active'),
  reaction: z.string().trim().max(500).nullish(),
  onset: typed.nullish(),
  ...common,
  ...correcting,
});
export const vaccineBody = z.object({
  /** ATC code of data/vaccines.ts, or a product: its NUVA code, CIS or CIP13; else a free label. */
  vaccine: z.string().trim().max(60).nullish(),
  label: z.string().trim().max(200).default(''),
  outcome: z.enum(['given', 'refused', 'contraindicated', 'not-done']).default('given'),
  at: typed.nullish(),
  /** CIP13 of the box that was scanned. */
  cip: z
    .string()
    .trim()
    .regex(/^\d{13}$/, 'Un code CIP a treize chiffres.')
    .nullish(),
  /** Of the box: «31/05/2027», «05/2027». */
  expires: typed.nullish(),
  lot: z.string().trim().max(60).nullish(),
  site: z.string().trim().max(60).nullish(),
  route: z.string().trim().max(60).nullish(),
  dose: z.string().trim().max(20).nullish(),
  /** Why refused or not done. */
  why: z.string().trim().max(300).nullish(),
  /** The refusal or the contraindication ends on that day. */
  until: typed.nullish(),
  /** Given elsewhere, told or written in the health booklet. */
  reported: z.boolean().default(false),
  /** Where or by whom, when it was elsewhere. */
  elsewhere: z.string().trim().max(150).nullish(),
  /** Who of the practice gave it; whoever writes when absent. */
  by: z
    .string()
    .regex(/^[A-Za-z0-9\-.]{1,64}$/)
    .nullish(),
  /** An expired box is refused unless confirmed. */
  confirmed: z.boolean().default(false),
  ...common,
  ...correcting,
});
export const treatmentBody = z.object({
  label: z.string().trim().min(1, 'Indiquez le traitement.').max(300),
  ...codeFields,
  dosage: z.string().trim().max(500).default(''),
  state: z.enum(['current', 'past', 'planned', 'suspended']).default('current'),
  from: typed.nullish(),
  until: typed.nullish(),
  source: z.enum(['elsewhere', 'patient', 'self', 'document', 'dispense']).default('patient'),
  prescriber: z.string().trim().max(150).nullish(),
  why: z.string().trim().max(300).nullish(),
  /** The problem it is for: id of a Condition of this patient. */
  problem: z
    .string()
    .regex(/^[A-Za-z0-9\-.]{1,64}$/)
    .nullish(),
  /** Long or short, when it is said; otherwise worked out from the period and the posology. */
  course: z.enum(['continuous', 'acute']).nullish(),
  /** Of a medicine chosen from the public list: ATC code and substances in words. */
  atc: z
    .string()
    .trim()
    .regex(/^[A-Z]\d{2}[A-Z]{0,2}\d{0,2}$/, 'Un code ATC est attendu.')
    .nullish(),
  substances: z.array(z.string().trim().min(1).max(200)).max(20).nullish(),
  ...common,
  ...correcting,
});
export const alertBody = z.object({
  label: z.string().trim().min(1, 'Indiquez l’alerte.').max(300),
  category: z.string().max(40).default('clinical'),
  severity: z.enum(['danger', 'warning', 'information']).default('warning'),
  until: typed.nullish(),
  active: z.boolean().default(true),
  ...common,
  ...correcting,
});
export const goalBody = z.object({
  label: z.string().trim().min(1, 'Indiquez l’objectif.').max(300),
  measureCode: z.string().max(40).nullish(),
  low: z.number().nullish(),
  high: z.number().nullish(),
  due: typed.nullish(),
  state: z.enum(['active', 'completed', 'cancelled']).default('active'),
  ...common,
  ...correcting,
});
/** The fields beside the file of the multipart upload: part `file`, then these as text parts. */
export const documentFields = z.object({
  title: z.string().trim().max(300).default(''),
  documentType: z.string().max(40).default('34109-9'),
  at: typed.nullish(),
  note: z.string().trim().max(5000).nullish(),
  sensitive: sensitivity.nullish(),
  toRead: z.enum(['true', 'false']).default('false'),
});
export const documentCorrection = z.object({
  version: z.number().int(),
  title: z.string().trim().min(1).max(300),
  documentType: z.string().max(40),
  at: typed.nullish(),
  note: z.string().trim().max(5000).nullish(),
  sensitive: sensitivity.nullish(),
  reason: z.string().trim().max(300).nullish(),
});

export const withVersion = z.object({ version: z.number().int() });
export const inErrorBody = z.object({
  version: z.number().int(),
  reason: z.string().trim().min(1, 'Indiquez pourquoi.').max(300),
});
export const undoBody = z.object({
  entries: z
    .array(z.object({ type: z.string().max(60), id: z.string().max(64), version: z.number().int() }))
    .min(1)
    .max(50),
});
export const undone = z.object({
  undone: z.array(
    z.object({ type: z.string(), id: z.string(), act: z.enum(['deleted', 'entered-in-error', 'restored']) }),
  ),
});

/** One entry with what its form holds, ready to correct. `values`: the body of its form. */
export const entryReply = z.object({
  line,
  title: z.string(),
  details: z.string(),
  fields: z.array(z.object({ label: z.string(), value: z.string() })),
  values: z.record(z.string(), z.unknown()),
  /** Why I may not mark it as entered in error, when it is a colleague's own words; null: nothing against it. */
  errorWords: z.string().nullable(),
});
/** Readable comparison: a row for each field that has ever had a value, in the order of the form. */
export const comparison = z.array(
  z.object({ label: z.string(), before: z.string(), after: z.string(), changed: z.boolean() }),
);
export const versionsReply = z.object({
  title: z.string(),
  /** Newest first. */
  versions: z.array(
    z.object({
      version: z.number().int(),
      recorded: when,
      who: who.nullable(),
      status: lineStatus,
      statusLabel: z.string(),
      reason: z.string().nullable(),
      deleted: z.boolean(),
      /** All fields of this version. */
      fields: z.array(z.object({ label: z.string(), value: z.string() })),
      /** Against the version before. */
      changes: comparison,
    }),
  ),
});
export const editedMeanwhile = z.object({
  code: z.literal('edited-meanwhile'),
  current: z.object({ version: z.number().int(), recorded: when, who: who.nullable() }),
  comparison,
});

export const teamBody = z.object({
  /** A practitioner of the practice, or an outsider by name. */
  practitioner: z.string().max(64).nullish(),
  name: z.string().trim().max(150).nullish(),
  role: z.string().trim().max(100).nullish(),
  phone: z.string().trim().max(30).nullish(),
  since: typed.nullish(),
  treating: z.boolean().default(false),
});
export const teamEnd = z.object({
  practitioner: z.string().max(64).nullish(),
  name: z.string().max(150).nullish(),
  reason: z.string().trim().max(300).nullish(),
});

export const draftParams = z.object({ key: z.string().min(1).max(200) });
/** `form`: name of the screen's form, `label`: to list it, `data`: what was typed; ≤ 100 kB as JSON. */
export const draftBody = z.object({
  patient: z.string().max(64).nullish(),
  form: z.string().max(60),
  label: z.string().max(200).default(''),
  data: z.record(z.string(), z.unknown()),
});
export const draft = draftBody.extend({ key: z.string(), updated: when, patientName: z.string().nullable() });
export const draftsReply = z.object({ drafts: z.array(draft) });
