/** Minutes (PRJ-3, PRJ-7) and what was decided to do. */
import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { isoDay, projectId, typed } from '../../projects/contract.ts';
import { day, fieldOf, id, issued, kept, profession, seen, sheetField, sheetOf, side, support } from './common.ts';

/** Who was at a meeting: by side, and by profession in a team. */
export const presence = z.object({ name: kept(120).min(1, 'un nom'), profession, side, there: z.boolean() });
/** Fields of minutes beside the items of the agenda, which are texts. */
export const minutesFields = {
  heldOn: day,
  place: kept(300),
  present: z.array(presence).max(150),
  decisions: z.array(kept(1000)).max(60),
  slides: kept(300),
} as const;
const actionState = z.enum(['open', 'done', 'dropped']);
export const actionLine = z.object({
  id: z.string(),
  sheet: z.string(),
  words: z.string(),
  owner: z.string(),
  due: z.string().nullable(),
  state: actionState,
  late: z.boolean(),
  endedOn: z.string().nullable(),
  version: z.number().int(),
});
const actionBody = z.object({
  words: typed(500).min(3, 'à renseigner'),
  owner: typed(120).min(2, 'à renseigner'),
  due: isoDay.nullable(),
});
const minutesKind = z.enum(['launch-minutes', 'follow-up-minutes']);
const minutesLine = z.object({
  id: z.string(),
  kind: minutesKind,
  heldOn: z.string(),
  place: z.string(),
  issued: issued.nullable(),
  changed: z.boolean(),
  by: z.string(),
  at: z.string(),
});

export const minutesContract = contract({
  projectMinutes: {
    method: 'GET',
    path: '/api/programme/projects/:project/minutes',
    may: 'signed-in',
    does: 'The minutes of a project and the actions that were decided; drafts to those who write them',
    params: projectId,
    reply: z.object({
      writes: z.boolean(),
      follows: z.boolean(),
      minutes: z.array(minutesLine),
      actions: z.array(actionLine),
    }),
  },
  addMinutes: {
    method: 'POST',
    path: '/api/programme/projects/:project/minutes',
    may: support,
    does: 'Begins minutes, filled in with the model of the meeting and those who were to come',
    params: projectId,
    body: z.object({ kind: minutesKind, poll: id.nullable().default(null) }),
    reply: z.object({ id: z.string() }),
  },
  minutesSheet: {
    method: 'GET',
    path: '/api/programme/projects/:project/sheets/:sheet',
    may: support,
    does: 'Minutes as they are written, field by field',
    params: sheetOf,
    reply: z.object({
      id: z.string(),
      kind: minutesKind,
      agenda: z.array(z.object({ id: z.string(), title: z.string() })),
      fields: z.record(z.string(), sheetField),
      issued: issued.nullable(),
      changed: z.boolean(),
      professions: z.array(z.string()),
      missing: z.array(z.string()),
      blockers: z.array(z.string()),
      writes: z.boolean(),
      sendsTo: z.number().int(),
    }),
  },
  saveSheetField: {
    method: 'PUT',
    path: '/api/programme/projects/:project/sheets/:sheet/fields/:field',
    may: support,
    does: 'Saves one field; `seen`: its version on screen. 409 with what stands there when someone else wrote',
    params: fieldOf,
    body: z.object({ seen, value: z.unknown() }),
    reply: sheetField,
  },
  issueMinutes: {
    method: 'POST',
    path: '/api/programme/projects/:project/sheets/:sheet/issue',
    may: support,
    does: 'Issues minutes as a numbered paper, or their next version; sends them to those who were asked to the meeting, when wanted',
    params: sheetOf,
    body: z.object({ send: z.boolean().default(false) }),
    reply: issued,
  },
  removeMinutes: {
    method: 'POST',
    path: '/api/programme/projects/:project/sheets/:sheet/remove',
    may: support,
    does: 'Takes out minutes that were never issued',
    params: sheetOf,
  },
  restoreMinutes: {
    method: 'POST',
    path: '/api/programme/projects/:project/sheets/:sheet/restore',
    may: support,
    does: 'Puts minutes back',
    params: sheetOf,
  },
  addMeetingAction: {
    method: 'POST',
    path: '/api/programme/projects/:project/actions',
    may: support,
    does: 'Writes down what someone is to do, in the minutes in which it was decided',
    params: projectId,
    body: actionBody.extend({ sheet: id }),
    reply: z.object({ id: z.string() }),
  },
  changeMeetingAction: {
    method: 'PUT',
    path: '/api/programme/projects/:project/actions/:action',
    may: 'signed-in',
    does: 'Changes an action, or says that it is done; `seen`: its version on screen',
    params: projectId.extend({ action: id }),
    body: actionBody.extend({ seen, state: actionState }),
  },
});
