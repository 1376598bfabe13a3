/** The wire of the coordination room. Refusals are RFC 9457 Problems with a `code` beside `title` and `detail`. */
import { z } from 'zod';
import { contract } from '../platform/http/contract.ts';
import { changeEntries } from './contract/changes.ts';
import { colleague } from './contract/common.ts';
import { meetingEntries } from './contract/meetings.ts';
import { messageEntries } from './contract/messages.ts';
import { opinionEntries } from './contract/opinions.ts';
import { planEntries } from './contract/plans.ts';
import { protocolEntries } from './contract/protocols.ts';
import { taskEntries } from './contract/tasks.ts';

export * from './contract/changes.ts';
export * from './contract/common.ts';
export * from './contract/meeting-discussions.ts';
export * from './contract/meeting-proposals.ts';
export * from './contract/meeting-shapes.ts';
export * from './contract/meetings.ts';
export * from './contract/messages.ts';
export * from './contract/opinions.ts';
export * from './contract/plans.ts';
export * from './contract/protocol-lines.ts';
export * from './contract/protocol-model.ts';
export * from './contract/protocols.ts';
export * from './contract/running-plans.ts';
export * from './contract/tasks.ts';

/** What every sub-room shares. */
export const sharedEntries = contract({
  /** text/event-stream: `event: hint`, data `{ topic, … }` without content; `event: closed` when the session ends. */
  live: {
    method: 'GET',
    path: '/api/live',
    may: 'signed-in',
    does: 'Hints that something of mine changed: one stream a browser.',
  },
  addressees: {
    method: 'GET',
    path: '/api/addressees',
    may: 'signed-in',
    does: 'People of the practice, those of this patient’s care team first when a patient is named.',
    query: z.object({ patient: z.string().optional() }),
    /** `reads`: the profession reads what carers write; what is asked of the others must be in words for the secretariat. */
    reply: z.object({
      colleagues: z.array(colleague.extend({ inTeam: z.boolean(), reads: z.boolean() })),
      professions: z.array(
        z.object({
          code: z.string(),
          label: z.string(),
          count: z.number().int(),
          inTeam: z.number().int(),
          reads: z.boolean(),
        }),
      ),
    }),
  },
});
export const coordinationContract = contract({
  ...sharedEntries,
  ...taskEntries,
  ...messageEntries,
  ...meetingEntries,
  ...protocolEntries,
  ...planEntries,
  ...changeEntries,
  ...opinionEntries,
});
