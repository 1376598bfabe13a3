import { z } from 'zod';
import { contract } from '../platform/http/contract.ts';
import { kindCodes } from './kinds-of-data.ts';
import { type PracticeAct, practiceActs } from './practice-rights.ts';
import { professionCodes } from './professions.ts';

/** The wire of the access room. The server mounts it; the screens call it with the same shapes. Dates are ISO 8601 in UTC. */

const text = (max: number) => z.string('à renseigner').trim().min(1, 'à renseigner').max(max, `${max} caractères au plus`);
const login = z.string('à renseigner').trim().toLowerCase().max(200, '200 caractères au plus').regex(/^[^\s@]+@[^\s@]+$/, 'une adresse électronique, comme prenom.nom@exemple.fr');
const rpps = z.string().regex(/^\d{11}$/, '11 chiffres');
const password = z.string('à renseigner').min(1, 'à renseigner').max(200, '200 caractères au plus');
const code = z.string('à renseigner').trim().min(6, '6 chiffres').max(20, 'un code à 6 chiffres ou un code de secours');
const fhirId = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/, 'identifiant inconnu');
const token = z.string().min(10).max(200);
const when = z.iso.datetime({ offset: true, error: 'une date et une heure' });
const id = z.object({ id: z.string().min(1).max(200) });

export const profession = z.enum(professionCodes, 'une profession de la liste');
export const kindOfData = z.enum(kindCodes);
export const practiceRole = z.enum(['owner', 'administrator', 'coordinator']);
export const accountKind = z.enum(['care', 'privileged']);
export const reach = z.enum(['none', 'team', 'practice']);
const practiceAct = z.enum(Object.keys(practiceActs) as [PracticeAct, ...PracticeAct[]]);

/** `enrol`: choose a second factor; `code`, `passkey`: prove the one there is. */
const secondFactor = z.enum(['enrol', 'code', 'passkey']);
/** `open`: in. `pending`: second factor missing. `choose`: several accounts answer to this proof, `chooseAccount` with the ticket. */
const signInReply = z.object({
  state: z.enum(['open', 'pending', 'choose']),
  needs: secondFactor.optional(),
  ticket: z.string().optional(),
  choices: z.array(z.object({ account: z.string(), practice: z.string(), kind: accountKind, profession })).optional(),
});
export type SignInReply = z.infer<typeof signInReply>;

const sessionReply = z.object({
  state: z.enum(['none', 'pending', 'open', 'locked']),
  /** Of the session, when there is one. */
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

const me = z.object({
  practitioner: z.string(),
  name: z.string(),
  family: z.string(),
  given: z.string(),
  login: z.string(),
  profession,
  roles: z.array(practiceRole),
  kind: accountKind,
  practice: z.object({ id: z.string(), name: z.string() }),
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
});
export type Me = z.infer<typeof me>;

const person = z.object({
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
});
export type Person = z.infer<typeof person>;
const personInput = z.object({
  login, family: text(100), given: z.string().trim().max(100).default(''), profession, rpps: rpps.nullish(),
  roles: z.array(practiceRole).max(3).default([]), kind: accountKind.optional(), sites: z.array(z.string().max(64)).max(50).default([]),
});
/** `link` is given when no mail could be sent: hand it over yourself. */
const invited = z.object({ person, link: z.string().optional(), mailed: z.boolean(), expiresAt: z.string() });

const site = z.object({ id: z.string(), name: z.string(), address: z.string() });
const siteInput = z.object({ name: text(200), address: z.string().trim().max(500).default('') });
const settings = z.object({
  lockAfterMinutes: z.number().int('un nombre entier').min(1, 'au moins 1 minute').max(120, 'au plus 2 heures'),
  /** Patients opened in one hour from which an access is unusual. */
  massReading: z.number().int('un nombre entier').min(10, 'au moins 10').max(10_000),
});
const practice = z.object({ id: z.string(), name: z.string(), settings, sites: z.array(site) });

const client = z.object({ client_id: z.string(), name: z.string(), scope: z.string(), patient: z.string().nullable(), key: z.enum(['secret', 'jwks']), createdAt: z.string(), revokedAt: z.string().nullable() });
const delegationKind = z.enum(['delegation', 'locum', 'trainee']);
const named = z.object({ practitioner: z.string(), name: z.string() });
const delegation = z.object({ id: z.string(), kind: delegationKind, delegate: named, responsible: named, from: z.string(), until: z.string(), running: z.boolean() });
const notice = z.object({ id: z.string(), kind: z.string(), patient: z.string().nullable(), words: z.string(), at: z.string(), readAt: z.string().nullable() });
const accessLine = z.object({ seq: z.number(), at: z.string(), who: z.string(), role: z.string(), what: z.string(), target: z.string(), reason: z.string().nullable(), emergency: z.boolean() });
const unusual = z.object({
  rule: z.enum(['family', 'colleague', 'own-record', 'mass-reading']), actor: z.string(), actorName: z.string(), subject: z.string(), words: z.string(),
  firstAt: z.string(), lastAt: z.string(), count: z.number(), reviewedBy: z.string().nullable(), reviewedAt: z.string().nullable(), review: z.string().nullable(),
});

/** What @simplewebauthn/browser takes and gives; its content is checked by the library. */
const passkeyOptions = z.object({ ticket: z.string(), options: z.record(z.string(), z.unknown()) });
const passkeyResponse = z.looseObject({ id: z.string().max(2000), rawId: z.string().max(2000), type: z.literal('public-key'), response: z.record(z.string(), z.unknown()), clientExtensionResults: z.record(z.string(), z.unknown()).default({}) });

export const accessContract = contract({
  session: { method: 'GET', path: '/api/session', may: 'public', does: 'State of this browser: what the first screen must be', reply: sessionReply },

  setUp: {
    method: 'POST', path: '/api/setup', may: 'public', does: 'First run: creates the practice and the account of its owner, with the code printed by the server',
    body: z.object({ code: text(60), practice: text(200), owner: z.object({ login, family: text(100), given: z.string().trim().max(100).default(''), password }) }), reply: signInReply,
  },

  demoAccounts: { method: 'GET', path: '/api/demo-accounts', may: 'public', does: 'Accounts of the demo region; empty outside demo mode', reply: z.array(z.object({ account: z.string(), login: z.string(), name: z.string(), profession, roles: z.array(practiceRole), practice: z.string() })) },
  signInDemo: { method: 'POST', path: '/api/sign-in/demo', may: 'public', does: 'Opens a demo account in one click', body: z.object({ account: z.string().max(200) }), reply: signInReply },
  signInWithPassword: { method: 'POST', path: '/api/sign-in/password', may: 'public', does: 'First proof: e-mail and password', body: z.object({ login, password }), reply: signInReply },
  chooseAccount: { method: 'POST', path: '/api/sign-in/choice', may: 'public', does: 'Picks one of the accounts a proof opens', body: z.object({ ticket: token, account: z.string().max(200) }), reply: signInReply },
  choices: { method: 'POST', path: '/api/sign-in/choices', may: 'public', does: 'The accounts behind a choice ticket (after Pro Santé Connect)', body: z.object({ ticket: token }), reply: signInReply },
  passkeySignInOptions: { method: 'POST', path: '/api/sign-in/passkey/options', may: 'public', does: 'Challenge for a passkey sign-in', reply: passkeyOptions },
  signInWithPasskey: { method: 'POST', path: '/api/sign-in/passkey', may: 'public', does: 'Signs in with a passkey: both factors at once', body: z.object({ ticket: token, response: passkeyResponse }), reply: signInReply },
  startPsc: { method: 'GET', path: '/api/sign-in/psc', may: 'public', does: 'Leaves for Pro Santé Connect (a link, not a fetch)' },
  returnFromPsc: { method: 'GET', path: '/api/sign-in/psc/return', may: 'public', does: 'Return address of Pro Santé Connect; goes to /, /connexion?choix=ticket or /connexion?erreur=…' },

  verifyCode: { method: 'POST', path: '/api/second-factor/verify', may: 'pending', does: 'Second proof: one-time or recovery code', body: z.object({ code }), reply: signInReply },
  enrolCode: {
    method: 'POST', path: '/api/second-factor/enrol', may: 'pending', does: 'Proposes a one-time code secret; the present code is needed when there is one already',
    body: z.object({ code: code.optional() }), reply: z.object({ secret: z.string(), uri: z.string() }),
  },
  confirmCode: { method: 'POST', path: '/api/second-factor/confirm', may: 'pending', does: 'Confirms the secret by a first code; gives the recovery codes, shown once', body: z.object({ code }), reply: signInReply.extend({ recoveryCodes: z.array(z.string()) }) },
  renewRecoveryCodes: { method: 'POST', path: '/api/second-factor/recovery-codes', may: 'signed-in', does: 'Replaces the recovery codes', body: z.object({ code }), reply: z.object({ recoveryCodes: z.array(z.string()) }) },
  passkeyOptions: { method: 'POST', path: '/api/passkeys/options', may: 'pending', does: 'Challenge to register a passkey', reply: passkeyOptions },
  registerPasskey: { method: 'POST', path: '/api/passkeys', may: 'pending', does: 'Registers a passkey; a pending session without second factor opens by it', body: z.object({ ticket: token, response: passkeyResponse, name: text(100) }), reply: signInReply },
  passkeys: { method: 'GET', path: '/api/passkeys', may: 'signed-in', does: 'My passkeys', reply: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.string(), lastUsedAt: z.string().nullable() })) },
  removePasskey: { method: 'DELETE', path: '/api/passkeys/:id', may: 'signed-in', does: 'Removes one of my passkeys, never my last way in', params: z.object({ id: z.string().max(1500) }) },
  changePassword: { method: 'POST', path: '/api/password', may: 'signed-in', does: 'Changes my password; my other sessions end', body: z.object({ current: password, next: password }) },

  signOut: { method: 'POST', path: '/api/sign-out', may: 'public', does: 'Ends this session' },
  lock: { method: 'POST', path: '/api/lock', may: 'signed-in', does: 'Locks this session' },
  unlockWithPassword: { method: 'POST', path: '/api/unlock/password', may: 'public', does: 'Opens a locked session again', body: z.object({ password }), reply: signInReply },
  unlockPasskeyOptions: { method: 'POST', path: '/api/unlock/passkey/options', may: 'public', does: 'Challenge to open a locked session with a passkey', reply: passkeyOptions },
  unlockWithPasskey: { method: 'POST', path: '/api/unlock/passkey', may: 'public', does: 'Opens a locked session with a passkey of its person', body: z.object({ ticket: token, response: passkeyResponse }), reply: signInReply },

  invitation: { method: 'POST', path: '/api/invitation', may: 'public', does: 'Who an invitation is for', body: z.object({ token }), reply: z.object({ name: z.string(), login: z.string(), practice: z.string(), profession, kind: accountKind, expiresAt: z.string() }) },
  acceptInvitation: { method: 'POST', path: '/api/invitation/accept', may: 'public', does: 'Chooses a password; the session is pending until a second factor is enrolled', body: z.object({ token, password }), reply: signInReply },

  me: { method: 'GET', path: '/api/me', may: 'signed-in', does: 'Who I am here and what I may do', reply: me },
  notices: { method: 'GET', path: '/api/notices', may: 'signed-in', does: 'What I must be told', reply: z.array(notice) },
  readNotice: { method: 'POST', path: '/api/notices/:id/read', may: 'signed-in', does: 'Marks one of my notices as read', params: id },

  people: { method: 'GET', path: '/api/people', may: { practice: 'people' }, does: 'People and accounts of the practice', reply: z.array(person) },
  colleagues: { method: 'GET', path: '/api/colleagues', may: 'signed-in', does: 'Active people of the practice, to choose from', reply: z.array(z.object({ practitioner: z.string(), name: z.string(), profession })) },
  invitePerson: { method: 'POST', path: '/api/people', may: { practice: 'people' }, does: 'Creates an account and invites its person', body: personInput, reply: invited },
  changePerson: { method: 'PATCH', path: '/api/people/:id', may: { practice: 'people' }, does: 'Changes a person', params: id, body: personInput.omit({ kind: true }).partial(), reply: person },
  renewInvitation: { method: 'POST', path: '/api/people/:id/invitation', may: { practice: 'people' }, does: 'A new invitation link; with `reset`, password and second factor are forgotten and sessions end', params: id, body: z.object({ reset: z.boolean().default(false) }), reply: invited },
  disablePerson: { method: 'POST', path: '/api/people/:id/disable', may: { practice: 'people' }, does: 'Closes an account; its sessions end at once', params: id, reply: person },
  enablePerson: { method: 'POST', path: '/api/people/:id/enable', may: { practice: 'people' }, does: 'Opens a closed account again', params: id, reply: person },

  rights: { method: 'GET', path: '/api/rights', may: { practice: 'rights' }, does: 'Professions × kinds of data: the table in force and the ready-made one', reply: z.array(z.object({ profession, kind: kindOfData, reach, write: z.boolean(), readyMade: z.object({ reach, write: z.boolean() }) })) },
  changeRight: { method: 'PUT', path: '/api/rights/:profession/:kind', may: { practice: 'rights' }, does: 'Changes one line of the rights table', params: z.object({ profession, kind: kindOfData }), body: z.object({ reach, write: z.boolean() }) },

  practice: { method: 'GET', path: '/api/practice', may: 'signed-in', does: 'The practice, its sites and settings', reply: practice },
  changePractice: { method: 'PATCH', path: '/api/practice', may: { practice: 'settings' }, does: 'Changes name and settings', body: z.object({ name: text(200).optional(), settings: settings.partial().optional() }), reply: practice },
  addSite: { method: 'POST', path: '/api/practice/sites', may: { practice: 'settings' }, does: 'Adds a site', body: siteInput, reply: site },
  changeSite: { method: 'PATCH', path: '/api/practice/sites/:id', may: { practice: 'settings' }, does: 'Changes a site', params: id, body: siteInput, reply: site },
  removeSite: { method: 'DELETE', path: '/api/practice/sites/:id', may: { practice: 'settings' }, does: 'Removes a site', params: id },

  clients: { method: 'GET', path: '/api/clients', may: { practice: 'clients' }, does: 'Other software that may call the FHIR API', reply: z.array(client) },
  createClient: {
    method: 'POST', path: '/api/clients', may: { practice: 'clients' }, does: 'Registers a software; the secret is shown once',
    body: z.object({ name: text(200), scope: text(2000), patient: fhirId.nullish(), jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1).max(10) }).nullish() }),
    reply: z.object({ client_id: z.string(), client_secret: z.string().optional() }),
  },
  revokeClient: { method: 'POST', path: '/api/clients/:id/revoke', may: { practice: 'clients' }, does: 'Closes a client; its tokens end at once', params: id },

  delegations: { method: 'GET', path: '/api/delegations', may: { practice: 'delegations' }, does: 'Locums, trainees, delegations', reply: z.array(delegation) },
  declareDelegation: { method: 'POST', path: '/api/delegations', may: { practice: 'delegations' }, does: 'For a period, a person acts under a responsible one', body: z.object({ kind: delegationKind, delegate: fhirId, responsible: fhirId, from: when, until: when }), reply: delegation },
  endDelegation: { method: 'POST', path: '/api/delegations/:id/end', may: { practice: 'delegations' }, does: 'Ends a delegation now', params: id },

  breakTheGlass: {
    method: 'POST', path: '/api/patients/:patient/emergency-access', may: { practice: 'emergency-access' }, does: 'Emergency access to a record, 4 hours, with a reason; the referent is told',
    params: z.object({ patient: fhirId }), body: z.object({ reason: z.string('à renseigner').trim().min(10, 'au moins 10 caractères').max(1000, '1000 caractères au plus') }), reply: z.object({ until: z.string() }),
  },
  accessLog: {
    method: 'GET', path: '/api/patients/:patient/access-log', may: { read: 'summary' }, does: 'Who opened or changed this record, newest first',
    params: z.object({ patient: fhirId }), query: z.object({ before: z.coerce.number().int().positive().optional(), count: z.coerce.number().int().min(1).max(200).default(50) }),
    reply: z.object({ lines: z.array(accessLine), next: z.number().nullable() }),
  },
  unusualAccesses: { method: 'GET', path: '/api/unusual-accesses', may: { practice: 'unusual-accesses' }, does: 'Accesses that deserve a second look', reply: z.array(unusual) },
  reviewUnusualAccess: { method: 'POST', path: '/api/unusual-accesses/review', may: { practice: 'unusual-accesses' }, does: 'Notes what was found about an unusual access', body: z.object({ rule: z.string().max(40), actor: z.string().max(200), subject: z.string().max(200), review: text(1000) }) },
});
