import { z } from 'zod';
import { insStatus, patientBrief, when, who } from './common.ts';

const ranges = z.array(z.tuple([z.number().int(), z.number().int()]));
/** A search hit: `highlights` are [start, end) character ranges in the field of that name of the brief. */
export const patientHit = patientBrief.extend({
  highlights: z.object({ name: ranges, birthName: ranges, birthDateLabel: ranges, ins: ranges, phone: ranges }),
  /** What matched: exact INS, names, birth date, telephone, or a likely typo. */
  match: z.enum(['ins', 'name', 'birth-date', 'phone', 'close']),
});
export const patientSearch = z.object({
  patients: z.array(patientHit),
  /** True when there are more than shown: ask for a fuller name. */
  more: z.boolean(),
});
/** What the search takes: everything typed in one box, «le goff 12/03/48», «2480329…», «06 39 98 …». At most 20 hits. Empty: my patients seen lately. */
export const patientSearchQuery = z.object({
  q: z.string().max(200).default(''),
  mine: z.enum(['true', 'false']).optional(),
});

export const sex = z.enum(['male', 'female', 'unknown']);
/** Identity documents that RNIV accepts for a validated identity. */
export const identityDocuments = [
  { code: 'CN', label: 'Carte nationale d’identité' },
  { code: 'PA', label: 'Passeport' },
  { code: 'CS', label: 'Carte ou titre de séjour' },
  { code: 'DC', label: 'Document de circulation pour étranger mineur' },
  { code: 'IE', label: 'Identification électronique (France Identité, appli carte Vitale)' },
  { code: 'LE', label: 'Livret de famille (mineur, avec pièce du parent)' },
  { code: 'AN', label: 'Extrait ou copie d’acte de naissance (avec pièce du parent)' },
  { code: 'AC', label: 'Acte de naissance et carte Vitale avec photo (entrée en Ehpad)' },
  { code: 'CV', label: 'Carte Vitale (n’atteste pas l’identité)' },
  { code: 'OTH', label: 'Autre document' },
] as const;

/** RNIV attributes: doubtful and fictive keep an identity provisional; a homonym is to be told apart at each look. */
export const identityMarks = [
  { code: 'homonym', label: 'Homonyme', word: 'homonyme' },
  { code: 'doubtful', label: 'Identité douteuse', word: 'douteuse' },
  { code: 'fictive', label: 'Identité fictive', word: 'fictive' },
] as const;

/** The identity form (creation and correction). Dates as typed: «12/03/1948», «00/03/1948», «1948», «1948-03-12». */
export const identityForm = z.object({
  // The five strict traits (RNIV).
  birthFamily: z.string().trim().min(1, 'Indiquez le nom de naissance.').max(100),
  /** Birth given names in the order of the civil register, separated by spaces. */
  birthGivens: z.string().trim().min(1, 'Indiquez au moins un prénom de naissance.').max(200),
  /** The first of them when it is of several words: «Jean Pierre»; else the first word. */
  birthFirst: z.string().trim().max(100).nullish(),
  birthDate: z.string().trim().min(1, 'Indiquez la date de naissance.').max(30),
  sex,
  /** INSEE code of the commune or the country: «29019», «2A004», «99100»; null or '' when not known yet. */
  birthPlace: z.string().trim().max(5).nullish(),
  birthPlaceName: z.string().trim().max(100).nullish(),
  // Complementary traits.
  usedFamily: z.string().trim().max(100).nullish(),
  usedGiven: z.string().trim().max(100).nullish(),
  phones: z.array(z.string().trim().max(30)).max(4).default([]),
  email: z.string().trim().max(200).nullish(),
  address: z
    .object({
      line: z.string().trim().max(200).nullish(),
      postalCode: z.string().trim().max(10).nullish(),
      city: z.string().trim().max(100).nullish(),
    })
    .nullish(),
  /** INS matricule: 15 characters, key checked. */
  ins: z.string().trim().max(30).nullish(),
  /** NIR or NIA; a test OID in demo mode. */
  insKind: z.enum(['nir', 'nia', 'test']).default('nir'),
  insStatus: insStatus.default('provisional'),
  /** The identity document seen: kind and date (typed). `by`: who saw it, said by the server. No copy is kept. */
  proof: z.object({ kind: z.string().max(3), seenOn: z.string().max(30), by: z.string().max(200).nullish() }).nullish(),
  marks: z
    .array(z.enum(['homonym', 'doubtful', 'fictive']))
    .max(3)
    .default([]),
  deceasedOn: z.string().trim().max(30).nullish(),
  /** Contact person or relative: free text. */
  contact: z
    .object({
      name: z.string().trim().max(150),
      phone: z.string().trim().max(30).nullish(),
      relation: z.string().trim().max(60).nullish(),
    })
    .nullish(),
  comment: z.string().trim().max(500).nullish(),
});
export type IdentityForm = z.infer<typeof identityForm>;
export type IdentityInput = z.input<typeof identityForm>;

/** A patient that looks like the one being typed. */
export const candidate = patientBrief.extend({
  /** 0–100. */
  score: z.number(),
  /** Strong: creation needs `despite`. */
  strong: z.boolean(),
  /** «même INS», «même nom et date de naissance», «prénom proche» … */
  reasons: z.array(z.string()),
});
export type Candidate = z.infer<typeof candidate>;
export const duplicatesBody = z.object({
  birthFamily: z.string().max(100).default(''),
  birthGivens: z.string().max(200).default(''),
  usedFamily: z.string().max(100).nullish(),
  birthDate: z.string().max(30).nullish(),
  sex: sex.nullish(),
  ins: z.string().max(30).nullish(),
  phones: z.array(z.string().max(30)).max(4).default([]),
  /** Correcting this patient: not a duplicate of itself. */
  self: z.string().max(64).nullish(),
});
export const duplicates = z.object({ candidates: z.array(candidate) });

/** 409 Problem of POST /api/patients has `code: 'duplicates'` and `candidates`. */
export const createPatientBody = identityForm.extend({
  despite: z.array(z.string().max(64)).max(50).default([]),
  joinCareTeam: z.boolean().default(true),
});
export const patientCreated = z.object({ id: z.string(), patient: patientBrief, joinedCareTeam: z.boolean() });

/** Everything of the identity page, as the form wants it back. */
export const identityPage = z.object({
  patient: patientBrief,
  version: z.number().int(),
  form: identityForm,
  /** What stands between this identity and the next status, in words. */
  todo: z.array(z.string()),
  canEdit: z.boolean(),
  updated: when,
  who: who.nullable(),
});
export const identityUpdate = identityForm.extend({
  version: z.number().int(),
  reason: z.string().trim().max(300).nullish(),
});

export const professional = z.object({
  id: z.string(),
  name: z.string(),
  profession: z.string().nullable(),
  role: z.string(),
  care: z.boolean(),
  me: z.boolean(),
});
export const professionalsReply = z.object({ professionals: z.array(professional) });

// The patient's choices (SEC-4).
export const choiceBody = z.object({
  /** Informed: leaflet given. Agree: lets in someone outside the team, until an end. Oppose: closes to a person, a profession, kinds of data. */
  decision: z.enum(['informed', 'agree', 'oppose']),
  practitioner: z.string().max(64).nullish(),
  profession: z.string().max(60).nullish(),
  /** Kinds of data; empty: all. */
  kinds: z.array(z.string().max(40)).max(20).default([]),
  /** Typed dates; «+3m» is understood. Default from: today. */
  from: z.string().max(30).nullish(),
  until: z.string().max(30).nullish(),
  /** How it was said: «oral», «écrit», «représentant légal». */
  collected: z.enum(['oral', 'written', 'representative']).default('oral'),
  comment: z.string().trim().max(500).nullish(),
});
export const choice = z.object({
  type: z.string(),
  id: z.string(),
  version: z.number().int(),
  decision: z.enum(['informed', 'agree', 'oppose']),
  /** «S’oppose à l’accès de Paul Morvan (infirmier) : résultats, documents». */
  sentence: z.string(),
  practitioner: z.string().nullable(),
  profession: z.string().nullable(),
  kinds: z.array(z.string()),
  from: when.nullable(),
  until: when.nullable(),
  running: z.boolean(),
  collectedBy: who.nullable(),
  collectedOn: when,
  comment: z.string().nullable(),
  canEnd: z.boolean(),
});
export type Choice = z.infer<typeof choice>;
export const choicesReply = z.object({ choices: z.array(choice) });
