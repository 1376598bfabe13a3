import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import * as c from './common.ts';
import * as g from './page.ts';
import * as t from './timeline.ts';

const { patientParams: params } = c;
const at = '/api/patients/:patient';

export const pageEntries = contract({
  /** 403: `code` (not-in-team, opposed, no-right), `todo` (words), `mayBreakGlass`, and `patient` (brief) when I have identity. */
  record: {
    method: 'GET',
    path: `${at}/record`,
    may: 'signed-in',
    does: 'The whole record page in one answer.',
    params,
    reply: g.recordPage,
  },
  timeline: {
    method: 'GET',
    path: `${at}/timeline`,
    may: 'signed-in',
    does: 'Every line of the record, newest first, filtered.',
    params,
    query: t.timelineQuery,
    reply: t.timelineReply,
  },
  series: {
    method: 'GET',
    path: `${at}/measures/:code`,
    may: 'signed-in',
    does: 'One measure over time, with its targets and references.',
    params: z.object({ patient: z.string(), code: z.string() }),
    reply: t.seriesReply,
  },
  /** text/event-stream: `event: changed`, data = changedEvent; `event: missed`, data = how long `ago`, ms, when something changed shortly before the stream was open; `event: closed` when the session ends. */
  events: {
    method: 'GET',
    path: `${at}/events`,
    may: 'signed-in',
    does: 'Hints that someone else changed this record.',
    params,
  },
});
