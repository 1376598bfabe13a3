import { z } from 'zod';
import { contract } from '../platform/http/contract.ts';
import {
  accessLine,
  client,
  delegation,
  delegationKind,
  fhirId,
  id,
  invited,
  kindOfData,
  me,
  notice,
  person,
  personChange,
  personInput,
  practice,
  profession,
  reach,
  settings,
  site,
  siteInput,
  text,
  unusual,
  when,
} from './contract.shapes.ts';
import { signInContract } from './sign-in/contract.ts';

export * from './contract.shapes.ts';

/** What was on the screen; left out by whoever overwrites on purpose. */
const seen = z.number().int().min(0).optional();

/** The wire of the access room: the server mounts it, the screens call it with the same shapes. */
export const accessContract = contract({
  ...signInContract,

  me: { method: 'GET', path: '/api/me', may: 'signed-in', does: 'Who I am here and what I may do', reply: me },
  notices: {
    method: 'GET',
    path: '/api/notices',
    may: 'signed-in',
    does: 'What I must be told',
    reply: z.array(notice),
  },
  readNotice: {
    method: 'POST',
    path: '/api/notices/:id/read',
    may: 'signed-in',
    does: 'Marks one of my notices as read',
    params: id,
  },

  accountLog: {
    method: 'GET',
    path: '/api/account/log',
    may: 'signed-in',
    does: 'How my account was opened and what others did to it, newest first',
    reply: z.array(
      z.object({ at: z.string(), words: z.string(), address: z.string().nullable(), byOther: z.boolean() }),
    ),
  },

  people: {
    method: 'GET',
    path: '/api/people',
    may: { practice: 'people' },
    does: 'People and accounts of the practice',
    reply: z.array(person),
  },
  colleagues: {
    method: 'GET',
    path: '/api/colleagues',
    may: 'signed-in',
    does: 'Active people of the practice, to choose from',
    reply: z.array(z.object({ practitioner: z.string(), name: z.string(), profession })),
  },
  invitePerson: {
    method: 'POST',
    path: '/api/people',
    may: { practice: 'people' },
    does: 'Creates an account and invites its person',
    body: personInput,
    reply: invited,
  },
  changePerson: {
    method: 'PATCH',
    path: '/api/people/:id',
    may: { practice: 'people' },
    does: 'Changes a person; 409 with the person as they are when `version` is not the one that stands',
    params: id,
    body: personChange.partial().extend({ version: seen }),
    reply: person,
  },
  renewInvitation: {
    method: 'POST',
    path: '/api/people/:id/invitation',
    may: { practice: 'people' },
    does: 'A new invitation link; with `reset`, password and second factor are forgotten and sessions end',
    params: id,
    body: z.object({ reset: z.boolean().default(false) }),
    reply: invited,
  },
  disablePerson: {
    method: 'POST',
    path: '/api/people/:id/disable',
    may: { practice: 'people' },
    does: 'Closes an account; its sessions end at once',
    params: id,
    reply: person,
  },
  enablePerson: {
    method: 'POST',
    path: '/api/people/:id/enable',
    may: { practice: 'people' },
    does: 'Opens a closed account again',
    params: id,
    reply: person,
  },

  rights: {
    method: 'GET',
    path: '/api/rights',
    may: { practice: 'rights' },
    does: 'Professions × kinds of data: the table in force and the ready-made one',
    reply: z.array(
      z.object({
        profession,
        kind: kindOfData,
        reach,
        write: z.boolean(),
        readyMade: z.object({ reach, write: z.boolean() }),
      }),
    ),
  },
  changeRight: {
    method: 'PUT',
    path: '/api/rights/:profession/:kind',
    may: { practice: 'rights' },
    does: 'Changes one line of the rights table',
    params: z.object({ profession, kind: kindOfData }),
    body: z.object({ reach, write: z.boolean() }),
  },

  practice: {
    method: 'GET',
    path: '/api/practice',
    may: 'signed-in',
    does: 'The practice, its sites and settings',
    reply: practice,
  },
  changePractice: {
    method: 'PATCH',
    path: '/api/practice',
    may: { practice: 'settings' },
    does: 'Changes name and settings; 409 with the practice as it is when `version` is not the one that stands',
    body: z.object({
      version: seen,
      name: text(200).optional(),
      settings: settings.partial().optional(),
    }),
    reply: practice,
  },
  addSite: {
    method: 'POST',
    path: '/api/practice/sites',
    may: { practice: 'settings' },
    does: 'Adds a site',
    body: siteInput,
    reply: site,
  },
  changeSite: {
    method: 'PATCH',
    path: '/api/practice/sites/:id',
    may: { practice: 'settings' },
    does: 'Changes a site; 409 with the site as it is when `version` is not the one that stands',
    params: id,
    body: siteInput.extend({ version: seen }),
    reply: site,
  },
  removeSite: {
    method: 'DELETE',
    path: '/api/practice/sites/:id',
    may: { practice: 'settings' },
    does: 'Removes a site',
    params: id,
  },
  restoreSite: {
    method: 'POST',
    path: '/api/practice/sites/:id/restore',
    may: { practice: 'settings' },
    does: 'Brings a removed site back as it was',
    params: id,
    reply: site,
  },

  clients: {
    method: 'GET',
    path: '/api/clients',
    may: { practice: 'clients' },
    does: 'Other software that may call the FHIR API',
    reply: z.array(client),
  },
  createClient: {
    method: 'POST',
    path: '/api/clients',
    may: { practice: 'clients' },
    does: 'Registers a software; the secret is shown once',
    body: z.object({
      name: text(200),
      scope: text(2000),
      patient: fhirId.nullish(),
      jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1).max(10) }).nullish(),
    }),
    reply: z.object({ client_id: z.string(), client_secret: z.string().optional() }),
  },
  revokeClient: {
    method: 'POST',
    path: '/api/clients/:id/revoke',
    may: { practice: 'clients' },
    does: 'Closes a client; its tokens end at once',
    params: id,
  },

  delegations: {
    method: 'GET',
    path: '/api/delegations',
    may: { practice: 'delegations' },
    does: 'Locums, trainees, delegations',
    reply: z.array(delegation),
  },
  declareDelegation: {
    method: 'POST',
    path: '/api/delegations',
    may: { practice: 'delegations' },
    does: 'For a period, a person acts under a responsible one',
    body: z.object({ kind: delegationKind, delegate: fhirId, responsible: fhirId, from: when, until: when }),
    reply: delegation,
  },
  endDelegation: {
    method: 'POST',
    path: '/api/delegations/:id/end',
    may: { practice: 'delegations' },
    does: 'Ends a delegation now',
    params: id,
  },

  breakTheGlass: {
    method: 'POST',
    path: '/api/patients/:patient/emergency-access',
    may: { practice: 'emergency-access' },
    does: 'Emergency access to a record, 4 hours, with a reason; the referent is told',
    params: z.object({ patient: fhirId }),
    body: z.object({
      reason: z.string('à renseigner').trim().min(10, 'au moins 10 caractères').max(1000, '1000 caractères au plus'),
    }),
    reply: z.object({ until: z.string() }),
  },
  accessLog: {
    method: 'GET',
    path: '/api/patients/:patient/access-log',
    may: { read: 'summary' },
    does: 'Who opened or changed this record, newest first',
    params: z.object({ patient: fhirId }),
    query: z.object({
      before: z.coerce.number().int().positive().optional(),
      count: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ lines: z.array(accessLine), next: z.number().nullable() }),
  },
  accessLogPdf: {
    method: 'GET',
    path: '/api/patients/:patient/access-log/pdf',
    may: { read: 'summary' },
    does: 'The access log as a PDF, to be handed to the patient',
    params: z.object({ patient: fhirId }),
  },
  unusualAccesses: {
    method: 'GET',
    path: '/api/unusual-accesses',
    may: { practice: 'unusual-accesses' },
    does: 'Accesses that deserve a second look',
    reply: z.array(unusual),
  },
  reviewUnusualAccess: {
    method: 'POST',
    path: '/api/unusual-accesses/review',
    may: { practice: 'unusual-accesses' },
    does: 'Notes what was found about an unusual access',
    body: z.object({
      rule: z.string().max(40),
      actor: z.string().max(200),
      subject: z.string().max(200),
      review: text(1000),
    }),
  },
});
