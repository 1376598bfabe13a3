/** Site meetings and their minutes. */
import { z } from 'zod';
import { professionCodes } from '../../../access/professions.ts';
import { contract } from '../../../platform/http/contract.ts';
import { isoDay, typed } from '../../projects/contract.ts';
import { id, paperId, seen, short, trackId } from './common.ts';

const sides = z.enum(['team', 'elected', 'ars', 'geco', 'essort', 'consultant', 'other']);
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
export const meeting = meetingBody.extend({
  id: z.string(),
  paper: z.string().nullable(),
  version: z.number().int(),
  by: z.string(),
  at: z.string(),
  mine: z.boolean(),
});
const ofMeeting = trackId.extend({ meeting: id });

export const meetingsContract = contract({
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
});
