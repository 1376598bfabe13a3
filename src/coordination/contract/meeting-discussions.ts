import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { patientBrief, when, who } from './common.ts';
import { meetingDetail, section } from './meeting-shapes.ts';

export const sheetLine = z.object({
  label: z.string(),
  detail: z.string(),
  at: when.nullable(),
  tone: z.enum(['neutral', 'warning', 'danger']),
});
export const preparation = z.object({
  patient: patientBrief,
  /** A list is null when my rights do not open it. */
  alerts: z.array(sheetLine).nullable(),
  problems: z.array(sheetLine).nullable(),
  treatments: z.array(sheetLine).nullable(),
  measures: z
    .array(
      sheetLine.extend({
        direction: z.enum(['up', 'down', 'steady', 'none']),
        trend: z.array(z.object({ at: when, value: z.number() })),
      }),
    )
    .nullable(),
  notes: z.array(sheetLine.extend({ who: who.nullable() })).nullable(),
  protocols: z.array(sheetLine).nullable(),
  tasks: z.array(sheetLine).nullable(),
  hidden: z.array(z.string()),
});

const discussionParams = z.object({ id: z.string(), discussion: z.string() });
/** What is done on one patient while a meeting is held. */
export const discussionEntries = contract({
  discuss: {
    method: 'POST',
    path: '/api/meetings/:id/discussions/:discussion/start',
    may: { write: 'coordination' },
    does: 'This patient is discussed now.',
    params: discussionParams,
    reply: meetingDetail,
  },
  preparation: {
    method: 'GET',
    path: '/api/meetings/:id/discussions/:discussion/preparation',
    may: { read: 'coordination' },
    does: 'Preparation sheet, gathered from the record by my own rights.',
    params: discussionParams,
    reply: preparation,
  },
  joinForMeeting: {
    method: 'POST',
    path: '/api/meetings/:id/discussions/:discussion/team',
    may: { write: 'coordination' },
    does: 'With the patient’s agreement, someone of the meeting joins the care team.',
    params: discussionParams,
    body: z.object({
      practitioner: z.string().max(64),
      agreed: z.literal(true, 'Le patient doit avoir donné son accord.'),
    }),
    reply: meetingDetail,
  },
  liveMinutes: {
    method: 'GET',
    path: '/api/meetings/:id/discussions/:discussion/minutes',
    may: { read: 'coordination' },
    does: 'Yjs updates of the live minutes since a number.',
    params: discussionParams,
    query: z.object({ since: z.coerce.number().int().min(0).default(0) }),
    reply: z.object({ seq: z.number().int(), updates: z.array(z.string()), open: z.boolean() }),
  },
  typeMinutes: {
    method: 'POST',
    path: '/api/meetings/:id/discussions/:discussion/minutes',
    may: { write: 'coordination' },
    does: 'A Yjs update of the live minutes (base64); on disk when it is acknowledged.',
    params: discussionParams,
    body: z.object({
      update: z
        .string()
        .min(2)
        .max(400_000)
        .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'Ce n’est pas du base64.'),
    }),
    reply: z.object({ seq: z.number().int() }),
  },
  typingMinutes: {
    method: 'POST',
    path: '/api/meetings/:id/discussions/:discussion/typing',
    may: { write: 'coordination' },
    does: 'Where I type, told to those who may see it.',
    params: discussionParams,
    body: z.object({ section: section.nullable() }),
  },
});
