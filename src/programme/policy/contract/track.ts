/** A track: what the team says of itself, where it is, who has a part in it. */
import { z } from 'zod';
import { professionCodes } from '../../../access/professions.ts';
import { contract } from '../../../platform/http/contract.ts';
import { fileLine, paperLine, typed } from '../../projects/contract.ts';
import { action, agreement } from './agreement.ts';
import { practitioner, reason, seen, short, trackId } from './common.ts';
import { decision, opinion, version } from './health-project.ts';
import { meeting } from './meetings.ts';
import { coreRequirements, outline } from './outlines.ts';
import { check, support } from './support.ts';

const trackKind = z.enum(['esp', 'msp']);
const trackState = z.enum(['meeting', 'requested', 'writing', 'submitted', 'returned', 'validated', 'stopped']);
const count = z.number('un nombre').int('un nombre entier').min(0, 'un nombre de personnes').max(500, '500 au plus');
/** What the team says of itself. */
const aboutTrack = z.object({
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

const rule = z.object({
  id: z.string(),
  title: z.string(),
  needs: z.number(),
  has: z.number(),
  ok: z.boolean(),
  missing: z.string(),
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

const trackReply = trackLine.extend({
  practice: z.string(),
  about: aboutTrack,
  version: z.number().int(),
  reason: z.string(),
  today: z.string(),
  as: z.string(),
  composition: z.object({ ok: z.boolean(), rules: z.array(rule) }),
  /** What the request for support lacks, in words. */
  lacks: z.array(z.string()),
  checks: z.array(check),
  meetings: z.array(meeting),
  people: z.array(person),
  support: support.nullable(),
  suggested: z.number().int(),
  /** Meetings held, or half-days used, in phase 2. */
  used: z.object({
    meetings: z.number().int(),
    halfDays: z.number().int(),
  }),
  outline,
  /** Parts of the project that have words; null for who is not shown it. */
  written: z.array(z.string()).nullable(),
  versions: z.array(version),
  submitted: z.number().int(),
  toSubmit: z.array(z.string()),
  opinionsGiven: z.array(opinion).nullable(),
  decisions: z.array(decision),
  core: coreRequirements,
  agreement: agreement.nullable(),
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

export const trackContract = contract({
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
});
