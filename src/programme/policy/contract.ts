import { z } from 'zod';
import { professionCodes } from '../../access/professions.ts';
import { contract } from '../../platform/http/contract.ts';
import { fileLine, isoDay, mailLine, paperLine, typed } from '../projects/contract.ts';

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
const practitioner = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/, 'inconnu');
const seen = z.number().int().min(0);
const reason = z.string('à renseigner').trim().min(10, 'au moins 10 caractères').max(4000, '4 000 caractères au plus');
const short = (most = 200) =>
  z.string('à renseigner').trim().min(1, 'à renseigner').max(most, `${most} caractères au plus`);
export const trackId = z.object({ track: id });

// The outline of a health project and the requirements of the ACI, as data (policy/outlines).
export const outline = z.object({
  kind: z.enum(['esp', 'msp']),
  title: z.string(),
  source: z.string(),
  year: z.number().int(),
  sections: z
    .array(
      z.object({
        id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
        part: z.string(),
        title: z.string(),
        hint: z.string(),
        required: z.boolean(),
      }),
    )
    .min(1),
});
export const coreRequirements = z.object({
  title: z.string(),
  source: z.string(),
  year: z.number().int(),
  requirements: z
    .array(
      z.object({
        id: z.string(),
        axis: z.string(),
        title: z.string(),
        kind: z.enum(['prerequisite', 'core']),
        words: z.string(),
        proof: z.string(),
        /** Of the outlines. */ sections: z.array(z.string()),
      }),
    )
    .min(1),
});

export const trackKind = z.enum(['esp', 'msp']);
export const trackState = z.enum(['meeting', 'requested', 'writing', 'submitted', 'returned', 'validated', 'stopped']);
const count = z.number('un nombre').int('un nombre entier').min(0, 'un nombre de personnes').max(500, '500 au plus');
/** What the team says of itself. */
export const aboutTrack = z.object({
  askedBy: z.enum(['professionals', 'elected']).nullable(),
  /** Communes, separated by commas. */
  territory: typed(500),
  members: z.partialRecord(z.enum(professionCodes as [string, ...string[]], 'profession inconnue'), count),
  generalists: count,
  themes: z.array(short(120)).max(12, '12 thèmes au plus'),
  association: z.object({ name: typed(200), seat: typed(300), president: typed(120), purpose: typed(1000) }),
  contact: z.object({
    name: typed(120),
    role: typed(120),
    mail: z.union([z.literal(''), z.email('une adresse de courriel')]),
  }),
});
export type AboutTrack = z.infer<typeof aboutTrack>;

export const sides = z.enum(['team', 'elected', 'ars', 'geco', 'essort', 'consultant', 'other']);
const present = z.object({
  name: short(120),
  side: sides,
  profession: z.enum(professionCodes as [string, ...string[]]).nullable(),
});
export const meetingBody = z.object({
  phase: z.union([z.literal(1), z.literal(2)]),
  day: isoDay,
  place: short(200),
  present: z.array(present).min(1, 'qui a pris part').max(80),
  minutes: typed(20_000),
  halfDays: z.number().int().min(0).max(60).default(0),
});
const meeting = meetingBody.extend({
  id: z.string(),
  paper: z.string().nullable(),
  version: z.number().int(),
  by: z.string(),
  at: z.string(),
  mine: z.boolean(),
});

const rule = z.object({
  id: z.string(),
  title: z.string(),
  needs: z.number(),
  has: z.number(),
  ok: z.boolean(),
  missing: z.string(),
});
const check = z.object({
  subject: z.enum(['professions', 'territory']),
  title: z.string(),
  /** What stands out in the meetings and in the territory. */
  facts: z.array(z.object({ words: z.string(), ok: z.boolean() })),
  answer: z.boolean().nullable(),
  note: z.string(),
  by: z.string().nullable(),
  at: z.string().nullable(),
  version: z.number().int(),
});
export const supportMode = z.enum(['meetings', 'consultant', 'pool', 'self']);
export const supportBody = z.object({
  mode: supportMode,
  amount: z.number('un nombre').int('un nombre entier').min(-1000).max(1000).nullable(),
  provider: typed(200).default(''),
  consultant: practitioner.nullable().default(null),
  coordinator: typed(120).default(''),
  coordinatorSince: isoDay.nullable().default(null),
  pacte: z.boolean().default(false),
});
const support = supportBody.extend({
  consultantName: z.string(),
  version: z.number().int(),
  by: z.string(),
  at: z.string(),
});

export const trackLine = z.object({
  id: z.string(),
  reference: z.string(),
  kind: trackKind,
  team: z.string(),
  territory: z.string(),
  state: trackState,
  phase: z.number().int(),
  openedOn: z.string(),
  at: z.string(),
  here: z.boolean(),
  validatedOn: z.string().nullable(),
  /** Actions of phase 3. */
  actions: z.object({ done: z.number().int(), of: z.number().int(), late: z.number().int() }),
  /** Before the commission: opinions given so far, for those who are shown them. */
  opinions: z.number().int().nullable(),
  /** A commission member has given theirs. */
  mine: z.boolean(),
});
const person = z.object({
  practitioner: z.string(),
  name: z.string(),
  role: z.enum(['writer', 'consultant', 'partner']),
});
export const opinionKind = z.enum(['favourable', 'reserved', 'unfavourable']);
const opinion = z.object({
  reviewer: z.string(),
  opinion: opinionKind,
  reason: z.string(),
  version: z.number().int(),
  at: z.string(),
  mine: z.boolean(),
});
const decision = z.object({
  number: z.number().int(),
  outcome: z.enum(['validated', 'returned']),
  reason: z.string(),
  submission: z.number().int(),
  day: z.string(),
  paper: z.string(),
  by: z.string(),
  at: z.string(),
});
export const actionBody = z.object({
  requirement: z.string().max(41),
  section: z.string().max(41).nullable().default(null),
  title: short(300),
  who: short(120),
  due: isoDay,
});
const action = actionBody.extend({
  id: z.string(),
  state: z.enum(['todo', 'doing', 'done']),
  doneOn: z.string().nullable(),
  late: z.boolean(),
  version: z.number().int(),
  proofs: z.array(fileLine),
});
const version = z.object({
  number: z.number().int(),
  name: z.string(),
  submitted: z.boolean(),
  by: z.string(),
  at: z.string(),
});
export const agreementBody = z.object({
  startsOn: isoDay,
  amountCents: z.number('un montant').int().min(0, 'un montant').max(100_000_000, '1 000 000 € au plus'),
  signatory: short(120),
  signatoryRole: short(120),
});

export const trackReply = trackLine.extend({
  practice: z.string(),
  about: aboutTrack,
  version: z.number().int(),
  reason: z.string(),
  today: z.string(),
  as: z.string(),
  composition: z.object({ ok: z.boolean(), rules: z.array(rule) }),
  /** What the request for support lacks, in words. */ lacks: z.array(z.string()),
  checks: z.array(check),
  meetings: z.array(meeting),
  people: z.array(person),
  support: support.nullable(),
  suggested: z.number().int(),
  /** Meetings held, or half-days used, in phase 2. */ used: z.object({
    meetings: z.number().int(),
    halfDays: z.number().int(),
  }),
  outline,
  /** Parts of the project that have words; null for who is not shown it. */ written: z.array(z.string()).nullable(),
  versions: z.array(version),
  submitted: z.number().int(),
  toSubmit: z.array(z.string()),
  opinionsGiven: z.array(opinion).nullable(),
  decisions: z.array(decision),
  core: coreRequirements,
  agreement: agreementBody
    .extend({
      endsOn: z.string(),
      paper: z.string().nullable(),
      closedOn: z.string().nullable(),
      closing: z.string(),
      version: z.number().int(),
    })
    .nullable(),
  plan: z.array(action),
  papers: z.array(paperLine),
  files: z.array(fileLine),
  may: z.object({
    manage: z.boolean(),
    write: z.boolean(),
    meet: z.boolean(),
    instruct: z.boolean(),
    judge: z.boolean(),
    read: z.boolean(),
  }),
});
const remark = z.object({
  id: z.string(),
  section: z.string(),
  words: z.string(),
  by: z.string(),
  at: z.string(),
  mine: z.boolean(),
  resolvedBy: z.string().nullable(),
  resolvedAt: z.string().nullable(),
});
const paperId = z.object({ paper: z.string() });
const instruct = { practice: 'decide-applications' } as const;
const ofMeeting = trackId.extend({ meeting: id });
const ofAction = trackId.extend({ action: id });
const ofFile = trackId.extend({ file: id });
const ofVersion = trackId.extend({ number: z.coerce.number().int().min(0).max(100_000) });

/** The way from people to a recognised team. `signed-in`: the handler looks at the track with the caller's Viewer (policy/reach.ts). */
export const policyContract = contract({
  tracks: {
    method: 'GET',
    path: '/api/programme/tracks',
    may: 'signed-in',
    does: 'The tracks that I may know of',
    reply: z.object({ as: z.string(), mayOpen: z.boolean(), tracks: z.array(trackLine) }),
  },
  openTrack: {
    method: 'POST',
    path: '/api/programme/tracks',
    may: 'signed-in',
    does: 'Opens the track of my team, or finds the one under way; for an officer, of a team that does not work with this product',
    body: z.object({
      kind: trackKind,
      team: z.object({ name: short(120), contact: short(120), mail: z.email('une adresse de courriel') }).optional(),
    }),
    reply: z.object({ id: z.string(), created: z.boolean() }),
  },
  track: {
    method: 'GET',
    path: '/api/programme/tracks/:track',
    may: 'signed-in',
    does: 'One track: its three phases, what is missing, what comes next',
    params: trackId,
    reply: trackReply,
  },
  saveTrack: {
    method: 'PUT',
    path: '/api/programme/tracks/:track',
    may: 'signed-in',
    does: 'Who asks, territory, professionals, association, contact; `seen`: the version on screen',
    params: trackId,
    body: z.object({ kind: trackKind, about: aboutTrack, seen }),
    reply: z.object({ version: z.number().int() }),
  },
  stopTrack: {
    method: 'POST',
    path: '/api/programme/tracks/:track/stop',
    may: 'signed-in',
    does: 'Stops a track, with the reason',
    params: trackId,
    body: z.object({ reason }),
  },
  resumeTrack: {
    method: 'POST',
    path: '/api/programme/tracks/:track/resume',
    may: 'signed-in',
    does: 'Takes a stopped track up again',
    params: trackId,
  },
  trackPeople: {
    method: 'GET',
    path: '/api/programme/tracks/:track/people',
    may: 'signed-in',
    does: 'Who may be given a part: people of the practice, consultants and partners of the region',
    params: trackId,
    reply: z.array(person),
  },
  putTrackPerson: {
    method: 'PUT',
    path: '/api/programme/tracks/:track/people/:practitioner',
    may: 'signed-in',
    does: 'Gives a person a part in the track',
    params: trackId.extend({ practitioner }),
  },
  removeTrackPerson: {
    method: 'DELETE',
    path: '/api/programme/tracks/:track/people/:practitioner',
    may: 'signed-in',
    does: 'Takes the part back',
    params: trackId.extend({ practitioner }),
  },
  logMeeting: {
    method: 'POST',
    path: '/api/programme/tracks/:track/meetings',
    may: 'signed-in',
    does: 'Logs a site meeting',
    params: trackId,
    body: meetingBody,
    reply: z.object({ id: z.string() }),
  },
  changeMeetingLog: {
    method: 'PUT',
    path: '/api/programme/tracks/:track/meetings/:meeting',
    may: 'signed-in',
    does: 'Corrects a meeting; `seen`: its version on screen',
    params: ofMeeting,
    body: meetingBody.extend({ seen }),
  },
  removeMeetingLog: {
    method: 'POST',
    path: '/api/programme/tracks/:track/meetings/:meeting/remove',
    may: 'signed-in',
    does: 'Takes a meeting out',
    params: ofMeeting,
  },
  restoreMeetingLog: {
    method: 'POST',
    path: '/api/programme/tracks/:track/meetings/:meeting/restore',
    may: 'signed-in',
    does: 'Puts a meeting back',
    params: ofMeeting,
  },
  meetingMinutes: {
    method: 'POST',
    path: '/api/programme/tracks/:track/meetings/:meeting/minutes',
    may: 'signed-in',
    does: 'Draws the minutes of a meeting as a numbered paper, or their next version',
    params: ofMeeting,
    reply: paperId,
  },
  answerCheck: {
    method: 'PUT',
    path: '/api/programme/tracks/:track/checks/:subject',
    may: instruct,
    does: 'Says whether all professionals are involved, whether the territory is coherent',
    params: trackId.extend({ subject: z.enum(['professions', 'territory']) }),
    body: z.object({ answer: z.boolean(), note: z.string().trim().max(2000).default(''), seen }),
  },
  statutes: {
    method: 'POST',
    path: '/api/programme/tracks/:track/statutes',
    may: 'signed-in',
    does: 'Model statutes of the association, with what the team said',
    params: trackId,
    reply: paperId,
  },
  askSupport: {
    method: 'POST',
    path: '/api/programme/tracks/:track/request',
    may: 'signed-in',
    does: 'Sends the request for support; refused with all it lacks',
    params: trackId,
    body: z.object({ seen }),
    reply: paperId,
  },
  answerRequest: {
    method: 'POST',
    path: '/api/programme/tracks/:track/request/answer',
    may: instruct,
    does: 'Accepts the request, which opens phase 2, or sends it back with reasons',
    params: trackId,
    body: z.object({ accept: z.boolean(), reason: z.string().trim().max(4000).default(''), seen }),
  },
  planSupport: {
    method: 'PUT',
    path: '/api/programme/tracks/:track/support',
    may: 'signed-in',
    does: 'The support of phase 2, in one of its ways; refused outside its range',
    params: trackId,
    body: supportBody.extend({ seen }),
  },
  liveProject: {
    method: 'GET',
    path: '/api/programme/tracks/:track/text',
    may: 'signed-in',
    does: 'Yjs updates of the health project since a number',
    params: trackId,
    query: z.object({ since: z.coerce.number().int().min(0).default(0) }),
    reply: z.object({ seq: z.number().int(), updates: z.array(z.string()), open: z.boolean() }),
  },
  typeProject: {
    method: 'POST',
    path: '/api/programme/tracks/:track/text',
    may: 'signed-in',
    does: 'A Yjs update of the health project (base64); on disk when it is acknowledged',
    params: trackId,
    body: z.object({ update: z.string().min(4).max(400_000) }),
    reply: z.object({ seq: z.number().int() }),
  },
  remarks: {
    method: 'GET',
    path: '/api/programme/tracks/:track/remarks',
    may: 'signed-in',
    does: 'Comments on the sections of the health project',
    params: trackId,
    reply: z.array(remark),
  },
  addRemark: {
    method: 'POST',
    path: '/api/programme/tracks/:track/remarks',
    may: 'signed-in',
    does: 'Comments a section',
    params: trackId,
    body: z.object({ section: z.string().max(41), words: short(2000) }),
    reply: z.object({ id: z.string() }),
  },
  turnRemark: {
    method: 'POST',
    path: '/api/programme/tracks/:track/remarks/:remark/:act',
    may: 'signed-in',
    does: 'Resolves a comment or opens it again; its author takes it out or puts it back',
    params: trackId.extend({ remark: id, act: z.enum(['resolve', 'reopen', 'remove', 'restore']) }),
  },
  keepVersion: {
    method: 'POST',
    path: '/api/programme/tracks/:track/versions',
    may: 'signed-in',
    does: 'Keeps the health project as it stands under a name',
    params: trackId,
    body: z.object({ name: short(120) }),
    reply: z.object({ number: z.number().int() }),
  },
  projectVersion: {
    method: 'GET',
    path: '/api/programme/tracks/:track/versions/:number',
    may: 'signed-in',
    does: 'One version of the health project; 0: as it stands',
    params: ofVersion,
    reply: version.extend({ parts: z.array(z.object({ id: z.string(), title: z.string(), text: z.string() })) }),
  },
  versionPdf: {
    method: 'GET',
    path: '/api/programme/tracks/:track/versions/:number/pdf',
    may: 'signed-in',
    does: 'One version of the health project, PDF/A; 0: as it stands',
    params: ofVersion,
  },
  submitProject: {
    method: 'POST',
    path: '/api/programme/tracks/:track/submit',
    may: 'signed-in',
    does: 'Sends the health project to the commission; refused with all it lacks',
    params: trackId,
    body: z.object({ seen }),
    reply: z.object({ number: z.number().int() }),
  },
  withdrawProject: {
    method: 'POST',
    path: '/api/programme/tracks/:track/withdraw',
    may: 'signed-in',
    does: 'Takes the project back before the commission has said anything',
    params: trackId,
  },
  giveOpinion: {
    method: 'PUT',
    path: '/api/programme/tracks/:track/opinion',
    may: { practice: 'review-applications' },
    does: 'My opinion on the project before the commission, with its reason; `seen`: its version on screen, 0 for none',
    params: trackId,
    body: z.object({ opinion: opinionKind, reason, seen }),
  },
  decideTrack: {
    method: 'POST',
    path: '/api/programme/tracks/:track/decide',
    may: instruct,
    does: 'Validates the health project, or sends it back with reasons: letter, mail',
    params: trackId,
    body: z.object({
      outcome: z.enum(['validated', 'returned']),
      reason: z.string().trim().max(4000).default(''),
      signatory: short(120),
      role: short(120),
      /** Opinions on screen. */
      opinions: seen,
      seen,
    }),
    reply: paperId,
  },
  agreeTrack: {
    method: 'PUT',
    path: '/api/programme/tracks/:track/agreement',
    may: instruct,
    does: 'The agreement of one year; `seen`: its version on screen, 0 for none',
    params: trackId,
    body: agreementBody.extend({ seen }),
  },
  agreementPaper: {
    method: 'POST',
    path: '/api/programme/tracks/:track/agreement/paper',
    may: instruct,
    does: 'Draws the agreement with its action plan, or its next version',
    params: trackId,
    reply: paperId,
  },
  closeAgreement: {
    method: 'POST',
    path: '/api/programme/tracks/:track/agreement/close',
    may: instruct,
    does: 'Ends phase 3 with what was reached',
    params: trackId,
    body: z.object({ words: reason, seen }),
  },
  addAction: {
    method: 'POST',
    path: '/api/programme/tracks/:track/actions',
    may: 'signed-in',
    does: 'Adds an action against a requirement of the ACI',
    params: trackId,
    body: actionBody,
    reply: z.object({ id: z.string() }),
  },
  changeAction: {
    method: 'PUT',
    path: '/api/programme/tracks/:track/actions/:action',
    may: 'signed-in',
    does: 'Changes an action or how far it is; `seen`: its version on screen',
    params: ofAction,
    body: actionBody.extend({ state: z.enum(['todo', 'doing', 'done']), seen }),
  },
  removeAction: {
    method: 'POST',
    path: '/api/programme/tracks/:track/actions/:action/remove',
    may: 'signed-in',
    does: 'Takes an action out',
    params: ofAction,
  },
  restoreAction: {
    method: 'POST',
    path: '/api/programme/tracks/:track/actions/:action/restore',
    may: 'signed-in',
    does: 'Puts an action back',
    params: ofAction,
  },
  trackPaper: {
    method: 'GET',
    path: '/api/programme/tracks/:track/papers/:paper',
    may: 'signed-in',
    does: 'A paper of the track, PDF/A',
    params: trackId.extend({ paper: id }),
  },
  addTrackFile: {
    method: 'POST',
    path: '/api/programme/tracks/:track/files',
    may: 'signed-in',
    does: 'Adds a PDF (multipart: `document`: its kind, `proof-<action>` for a proof, then `file`; 10 MB)',
    params: trackId,
    reply: fileLine,
  },
  trackFile: {
    method: 'GET',
    path: '/api/programme/tracks/:track/files/:file',
    may: 'signed-in',
    does: 'A file of the track, PDF',
    params: ofFile,
  },
  removeTrackFile: {
    method: 'POST',
    path: '/api/programme/tracks/:track/files/:file/remove',
    may: 'signed-in',
    does: 'Takes a file out',
    params: ofFile,
  },
  restoreTrackFile: {
    method: 'POST',
    path: '/api/programme/tracks/:track/files/:file/restore',
    may: 'signed-in',
    does: 'Puts a file back',
    params: ofFile,
  },
  trackMails: {
    method: 'GET',
    path: '/api/programme/tracks/:track/mails',
    may: instruct,
    does: 'Mails of the track and how far each is',
    params: trackId,
    reply: z.object({ mails: z.boolean(), lines: z.array(mailLine) }),
  },
  sendTrackMail: {
    method: 'POST',
    path: '/api/programme/tracks/:track/mails/:mail/send',
    may: instruct,
    does: 'Sends a mail again on purpose: one that failed, or whose sending was cut',
    params: trackId.extend({ mail: id }),
  },
});
