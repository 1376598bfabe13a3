import { z } from 'zod';
import { kindCodes } from './kinds-of-data.ts';
import { type PracticeAct, practiceActs } from './practice-rights.ts';
import { professionCodes, regionalCodes } from './professions.ts';

/** Shapes of the wire, shared by the server and the screens. Dates are ISO 8601 in UTC. */

export const text = (max: number) =>
  z.string('à renseigner').trim().min(1, 'à renseigner').max(max, `${max} caractères au plus`);
export const login = z
  .string('à renseigner')
  .trim()
  .toLowerCase()
  .max(200, '200 caractères au plus')
  .regex(/^[^\s@]+@[^\s@]+$/, 'une adresse électronique, comme prenom.nom@exemple.fr');
export const rpps = z.string().regex(/^\d{11}$/, '11 chiffres');
export const password = z.string('à renseigner').min(1, 'à renseigner').max(200, '200 caractères au plus');
export const code = z
  .string('à renseigner')
  .trim()
  .min(6, '6 chiffres')
  .max(20, 'un code à 6 chiffres ou un code de secours');
export const fhirId = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/, 'identifiant inconnu');
export const token = z.string().min(10).max(200);
export const when = z.iso.datetime({ offset: true, error: 'une date et une heure' });
export const id = z.object({ id: z.string().min(1).max(200) });

export const profession = z.enum([...professionCodes, ...regionalCodes], 'une profession de la liste');
export const kindOfData = z.enum(kindCodes);
export const practiceRole = z.enum(['owner', 'administrator', 'coordinator']);
export const accountKind = z.enum(['care', 'privileged']);
export const reach = z.enum(['none', 'team', 'practice']);
export const practiceAct = z.enum(Object.keys(practiceActs) as [PracticeAct, ...PracticeAct[]]);

/** `enrol`: choose a second factor; `code`, `passkey`: prove the one there is. */
export const secondFactor = z.enum(['enrol', 'code', 'passkey']);
/** `open`: in. `pending`: second factor missing. `choose`: several accounts answer to this proof, `chooseAccount` with the ticket. */
export const signInReply = z.object({
  state: z.enum(['open', 'pending', 'choose']),
  needs: secondFactor.optional(),
  ticket: z.string().optional(),
  choices: z.array(z.object({ account: z.string(), practice: z.string(), kind: accountKind, profession })).optional(),
});
export type SignInReply = z.infer<typeof signInReply>;

export const sessionReply = z.object({
  state: z.enum(['none', 'pending', 'open', 'locked']),
  /** Of the session, when there is one. */
  account: z.string().optional(),
  name: z.string().optional(),
  practice: z.string().optional(),
  needs: secondFactor.optional(),
  /** How a locked session opens again. */
  unlock: z.array(z.enum(['password', 'passkey', 'psc'])).optional(),
  /** The installation: demo accounts are shown, Pro Santé Connect is configured, nobody has set the practice up yet. */
  demo: z.boolean(),
  psc: z.boolean(),
  setup: z.boolean(),
});
export type SessionReply = z.infer<typeof sessionReply>;

export const me = z.object({
  /** Of this practice: a page says with each request whose it is (`x-estran-account`). */
  account: z.string(),
  practitioner: z.string(),
  name: z.string(),
  family: z.string(),
  given: z.string(),
  login: z.string(),
  profession,
  roles: z.array(practiceRole),
  kind: accountKind,
  /** A practice and the region it belongs to; or a region. */
  practice: z.object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['practice', 'region']),
    region: z.object({ id: z.string(), name: z.string() }).nullable(),
  }),
  sites: z.array(z.object({ id: z.string(), name: z.string() })),
  /** What one may read and write: for the screens to show or hide; the server decides again at each request. */
  rights: z.record(kindOfData, z.object({ reach, write: z.boolean() })),
  acts: z.array(practiceAct),
  lockAfterMinutes: z.number(),
  /** End of the session whatever one does. */
  endsAt: z.string(),
  demo: z.boolean(),
  onBehalfOf: z.object({ practitioner: z.string(), name: z.string() }).optional(),
  method: z.string(),
  unreadNotices: z.number(),
  /** Under which a device seals what I typed and could not send yet (docs/adr/0044); base64, 32 bytes, never stored there. */
  draftKey: z.string(),
});
export type Me = z.infer<typeof me>;

/** `version` goes up with each change; `changed`: who made the last one, null when there was none. */
const changes = { version: z.number().int(), changed: z.object({ who: z.string(), at: when }).nullable() };

export const person = z.object({
  id: z.string(),
  practitioner: z.string(),
  login: z.string(),
  family: z.string(),
  given: z.string(),
  profession,
  rpps: z.string().nullable(),
  roles: z.array(practiceRole),
  kind: accountKind,
  status: z.enum(['invited', 'active', 'disabled']),
  sites: z.array(z.string()),
  demo: z.boolean(),
  ...changes,
});
export type Person = z.infer<typeof person>;
export const personChange = z.object({
  login,
  family: text(100),
  given: z.string().trim().max(100),
  profession,
  rpps: rpps.nullish(),
  roles: z.array(practiceRole).max(3),
  sites: z.array(fhirId).max(50),
});
// Defaults are for a new person only: in a change, what is not named is left alone.
export const personInput = personChange.extend({
  given: personChange.shape.given.default(''),
  roles: personChange.shape.roles.default([]),
  sites: personChange.shape.sites.default([]),
  kind: accountKind.optional(),
});
/** `link` is given when no mail could be sent: hand it over yourself. */
export const invited = z.object({ person, link: z.string().optional(), mailed: z.boolean(), expiresAt: z.string() });

export const site = z.object({ id: z.string(), name: z.string(), address: z.string(), ...changes });
export type PlacedSite = z.infer<typeof site>;
export const siteInput = z.object({ name: text(200), address: z.string().trim().max(500).default('') });
export const settings = z.object({
  lockAfterMinutes: z.number().int('un nombre entier').min(1, 'au moins 1 minute').max(120, 'au plus 2 heures'),
  /** Patients opened in one hour from which an access is unusual. */
  massReading: z.number().int('un nombre entier').min(10, 'au moins 10').max(10_000),
});
/** `version` and `changed` are of name and settings. */
export const practice = z.object({
  id: z.string(),
  name: z.string(),
  ...changes,
  settings,
  sites: z.array(site),
});
export type Practice = z.infer<typeof practice>;

export const client = z.object({
  client_id: z.string(),
  name: z.string(),
  scope: z.string(),
  patient: z.string().nullable(),
  key: z.enum(['secret', 'jwks']),
  createdAt: z.string(),
  /** Who linked it; null: by command. */
  by: z.object({ name: z.string(), closed: z.boolean() }).nullable(),
  revokedAt: z.string().nullable(),
});
export const delegationKind = z.enum(['delegation', 'locum', 'trainee']);
export const named = z.object({ practitioner: z.string(), name: z.string() });
export const delegation = z.object({
  id: z.string(),
  kind: delegationKind,
  delegate: named,
  responsible: named,
  from: z.string(),
  until: z.string(),
  running: z.boolean(),
});
export const notice = z.object({
  id: z.string(),
  kind: z.string(),
  patient: z.string().nullable(),
  words: z.string(),
  at: z.string(),
  readAt: z.string().nullable(),
});
export const accessLine = z.object({
  seq: z.number(),
  at: z.string(),
  who: z.string(),
  role: z.string(),
  what: z.string(),
  target: z.string(),
  reason: z.string().nullable(),
  emergency: z.boolean(),
});
export const unusual = z.object({
  rule: z.enum(['family', 'colleague', 'own-record', 'mass-reading', 'own-consent', 'emergency']),
  actor: z.string(),
  actorName: z.string(),
  subject: z.string(),
  words: z.string(),
  firstAt: z.string(),
  lastAt: z.string(),
  count: z.number(),
  reviewedBy: z.string().nullable(),
  reviewedAt: z.string().nullable(),
  review: z.string().nullable(),
});

/** What @simplewebauthn/browser takes and gives; its content is checked by the library. */
export const passkeyOptions = z.object({ ticket: z.string(), options: z.record(z.string(), z.unknown()) });
export const passkeyResponse = z.looseObject({
  id: z.string().max(2000),
  rawId: z.string().max(2000),
  type: z.literal('public-key'),
  response: z.record(z.string(), z.unknown()),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
});
