import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { editionId } from '../applications/contract.ts';
import { stepRole } from '../calls/contract.ts';

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
export const projectId = z.object({ project: id });
export const isoDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'une date AAAA-MM-JJ')
  .refine(
    (value) => !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().slice(0, 10) === value,
    'une date qui existe',
  );
export const typed = (most: number) => z.string().trim().max(most);
const reason = z.string('à renseigner').trim().min(10, 'au moins 10 caractères').max(2000, '2 000 caractères au plus');
const practitioner = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/, 'inconnu');

const projectState = z.enum(['open', 'closed', 'stopped']);
export const projectLine = z.object({
  id: z.string(),
  reference: z.string(),
  team: z.string(),
  call: z.string(),
  edition: z.string(),
  territory: z.string(),
  state: projectState,
  startedOn: z.string(),
  endsOn: z.string(),
  endedOn: z.string().nullable(),
  consultant: z.string().nullable(),
  /** Where it is: `at` of `of` steps are ended. */
  step: z.object({ id: z.string(), title: z.string(), to: z.string() }).nullable(),
  at: z.number().int(),
  of: z.number().int(),
  lateDays: z.number().int(),
});
const held = z.object({
  type: z.enum(['paper', 'file']),
  id: z.string(),
  title: z.string(),
  reference: z.string().nullable(),
  version: z.number().int().nullable(),
  at: z.string(),
});
export const stepLine = z.object({
  id: z.string(),
  title: z.string(),
  who: z.array(stepRole),
  expected: z.string(),
  from: z.string(),
  to: z.string(),
  moved: z.boolean(),
  state: z.enum(['done', 'skipped', 'late', 'current', 'to-come']),
  lateDays: z.number().int(),
  blockers: z.array(z.string()),
  deliverables: z.array(
    z.object({
      kind: z.string(),
      label: z.string(),
      required: z.boolean(),
      /** Whether the step has it, shown to this person or not. */
      there: z.boolean(),
      held: z.array(held),
    }),
  ),
  endedOn: z.string().nullable(),
  by: z.string().nullable(),
  reason: z.string(),
  version: z.number().int(),
  may: z.object({ close: z.boolean(), skip: z.boolean(), reopen: z.boolean() }),
});
const party = z.object({
  practitioner: z.string(),
  name: z.string(),
  role: z.enum(['consultant', 'vendor', 'partner']),
  sees: z.array(z.string()),
});
export const paperLine = z.object({
  id: z.string(),
  kind: z.string(),
  reference: z.string(),
  version: z.number().int(),
  title: z.string(),
  by: z.string(),
  at: z.string(),
});
export const fileLine = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  size: z.number().int(),
  by: z.string(),
  at: z.string(),
  mine: z.boolean(),
});
export const projectReply = projectLine.extend({
  practice: z.string(),
  /** The team works with this product. */
  here: z.boolean(),
  reason: z.string(),
  application: z.string().nullable(),
  steps: z.array(stepLine),
  parties: z.array(party),
  plannedMonths: z.number().int(),
  mostMonths: z.number().int(),
  may: z.object({ lead: z.boolean(), support: z.boolean(), fund: z.boolean(), team: z.boolean(), read: z.boolean() }),
  /** Parts that this person is shown. */
  sees: z.array(z.string()),
  as: z.string(),
  today: z.string(),
});
const support = { practice: 'support-projects' } as const;
const lead = { practice: 'lead-projects' } as const;
const stepOf = projectId.extend({ step: z.string().max(41) });
const fileId = projectId.extend({ file: id });
export const mailLine = z.object({
  id: z.string(),
  batch: z.string(),
  recipient: z.string(),
  name: z.string(),
  subject: z.string(),
  words: z.string(),
  paper: z.string().nullable(),
  state: z.enum(['waiting', 'sending', 'sent', 'failed', 'unsure', 'to-hand']),
  failure: z.string().nullable(),
  at: z.string(),
});

/** Projects of the teams that were chosen. `signed-in`: the handler looks at the project with the caller's Viewer (projects/reach.ts). */
export const projectsContract = contract({
  projects: {
    method: 'GET',
    path: '/api/programme/projects',
    may: 'signed-in',
    does: 'The projects that I may know of',
    reply: z.object({
      as: z.string(),
      leads: z.boolean(),
      projects: z.array(projectLine),
      /** Calls with teams that were notified and have no project yet. */
      toOpen: z.array(z.object({ edition: z.string(), title: z.string(), teams: z.number().int() })),
    }),
  },
  openProjects: {
    method: 'POST',
    path: '/api/programme/editions/:edition/projects',
    may: lead,
    does: 'Opens the project of each team that was chosen and notified; those already open are left alone',
    params: z.object({ edition: editionId }),
    reply: z.object({ opened: z.number().int() }),
  },
  project: {
    method: 'GET',
    path: '/api/programme/projects/:project',
    may: 'signed-in',
    does: 'One project: its steps, what blocks them, its people',
    params: projectId,
    reply: projectReply,
  },
  stopProject: {
    method: 'POST',
    path: '/api/programme/projects/:project/stop',
    may: lead,
    does: 'Stops a project for good, with the reason',
    params: projectId,
    body: z.object({ reason }),
  },
  resumeProject: {
    method: 'POST',
    path: '/api/programme/projects/:project/resume',
    may: lead,
    does: 'Takes a stopped project up again',
    params: projectId,
  },
  regionalPeople: {
    method: 'GET',
    path: '/api/programme/projects/:project/people',
    may: 'signed-in',
    does: 'Consultants, vendors and partners of the region, for those who may give them a part',
    params: projectId,
    reply: z.array(
      z.object({ practitioner: z.string(), name: z.string(), role: z.enum(['consultant', 'vendor', 'partner']) }),
    ),
  },
  putParty: {
    method: 'PUT',
    path: '/api/programme/projects/:project/parties/:practitioner',
    may: 'signed-in',
    does: 'Gives a person of the region a part in the project',
    params: projectId.extend({ practitioner }),
    body: z.object({ sees: z.array(z.enum(['steps', 'needs', 'maturity', 'papers'])).default([]) }),
  },
  removeParty: {
    method: 'DELETE',
    path: '/api/programme/projects/:project/parties/:practitioner',
    may: 'signed-in',
    does: 'Takes the part back',
    params: projectId.extend({ practitioner }),
  },
  planStep: {
    method: 'PUT',
    path: '/api/programme/projects/:project/steps/:step',
    may: support,
    does: 'Changes the planned dates of a step; `seen`: its version on screen',
    params: stepOf,
    body: z.object({ from: isoDay, to: isoDay, seen: z.number().int().min(0) }),
  },
  closeStep: {
    method: 'POST',
    path: '/api/programme/projects/:project/steps/:step/close',
    may: support,
    does: 'Closes a step: refused with what blocks it',
    params: stepOf,
    body: z.object({ seen: z.number().int().min(0) }),
  },
  skipStep: {
    method: 'POST',
    path: '/api/programme/projects/:project/steps/:step/skip',
    may: support,
    does: 'Skips a step with a written reason',
    params: stepOf,
    body: z.object({ reason, seen: z.number().int().min(0) }),
  },
  reopenStep: {
    method: 'POST',
    path: '/api/programme/projects/:project/steps/:step/reopen',
    may: support,
    does: 'Opens a step again, while none after it is ended',
    params: stepOf,
    body: z.object({ seen: z.number().int().min(0) }),
  },
  papers: {
    method: 'GET',
    path: '/api/programme/projects/:project/papers',
    may: 'signed-in',
    does: 'The papers and files of a project',
    params: projectId,
    reply: z.object({ papers: z.array(paperLine), files: z.array(fileLine) }),
  },
  paperPdf: {
    method: 'GET',
    path: '/api/programme/projects/:project/papers/:paper',
    may: 'signed-in',
    does: 'A paper, PDF/A',
    params: projectId.extend({ paper: id }),
  },
  addProjectFile: {
    method: 'POST',
    path: '/api/programme/projects/:project/files',
    may: 'signed-in',
    does: 'Adds a PDF (multipart: `document`: its kind, then `file`; 10 MB)',
    params: projectId,
    reply: fileLine,
  },
  projectFile: {
    method: 'GET',
    path: '/api/programme/projects/:project/files/:file',
    may: 'signed-in',
    does: 'A file of the project, PDF',
    params: fileId,
  },
  removeProjectFile: {
    method: 'POST',
    path: '/api/programme/projects/:project/files/:file/remove',
    may: 'signed-in',
    does: 'Takes a file out',
    params: fileId,
  },
  restoreProjectFile: {
    method: 'POST',
    path: '/api/programme/projects/:project/files/:file/restore',
    may: 'signed-in',
    does: 'Puts a file back',
    params: fileId,
  },
  projectMails: {
    method: 'GET',
    path: '/api/programme/projects/:project/mails',
    may: support,
    does: 'Mails of the project and how far each is',
    params: projectId,
    reply: z.object({ mails: z.boolean(), lines: z.array(mailLine) }),
  },
  sendMailAgain: {
    method: 'POST',
    path: '/api/programme/projects/:project/mails/:mail/send',
    may: support,
    does: 'Sends a mail again on purpose: one that failed, or whose sending was cut',
    params: projectId.extend({ mail: id }),
  },
});
