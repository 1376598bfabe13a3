import type { Ctx } from '../../access/index.ts';
import { conflict, forbidden, invalid, notFound, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { act } from './open-track.ts';
import { issue, minutesPaper } from './papers.ts';
import { mayIn, phaseOf, type TrackRow } from './reach.ts';
import {
  type CheckRow,
  checksOf,
  insertMeeting,
  type MeetingFacts,
  type MeetingRow,
  meetingOf,
  putCheck,
  setMeetingPaper,
  setMeetingRemoved,
  updateMeeting,
} from './tracks.store.ts';

function demandPossible(track: TrackRow, facts: MeetingFacts, today: string): void {
  if (facts.day > today)
    throw invalid('Une rencontre se note une fois tenue : cette date est à venir. Rien n’a été enregistré.', {
      day: 'au plus tard aujourd’hui',
    });
  if (facts.phase > phaseOf(track.state, track.beforeStop))
    throw invalid('La phase 2 n’est pas ouverte : notez cette rencontre en phase 1. Rien n’a été enregistré.', {
      phase: 'phase 1',
    });
  if (facts.phase === 1 && facts.halfDays > 0)
    throw invalid('Le temps se compte en phase 2. Rien n’a été enregistré.', { halfDays: '0 en phase 1' });
}
/** Logs a site meeting or a working session (POL-1): when, where, who took part, minutes. */
export const logMeeting = async (desk: Desk, id: string, facts: MeetingFacts, ctx: Ctx): Promise<{ id: string }> =>
  logMeetingAs(desk, await viewerOf(desk, ctx), id, facts);
export const logMeetingAs = (desk: Desk, viewer: Viewer, id: string, facts: MeetingFacts): Promise<{ id: string }> =>
  act(desk, viewer, id, { part: 'meet', name: 'log-meeting' }, async (sql, track, at) => {
    demandPossible(track, facts, dayInFrance(at));
    const meeting = await insertMeeting(sql, viewer.region.tenant, id, facts, viewer, at);
    return { result: { id: meeting }, details: { meeting, day: facts.day, phase: facts.phase } };
  });

/** Whoever wrote it, and those who manage the track. Errors: 403, 404, 409 when it was changed meanwhile */
async function ownMeeting(
  sql: Sql,
  viewer: Viewer,
  track: TrackRow,
  meeting: string,
  seen?: number,
): Promise<MeetingRow> {
  const row = await meetingOf(sql, viewer.region.tenant, track.id, meeting);
  if (!row) throw notFound('Cette rencontre');
  if (row.practitioner !== viewer.practitioner && !mayIn(viewer, track, 'manage'))
    throw forbidden('Cette rencontre a été notée par une autre personne.');
  if (seen !== undefined && row.version !== seen)
    throw conflict(
      `${row.by} a changé cette rencontre entre-temps. Votre saisie est toujours à l’écran : relisez la sienne, puis recommencez.`,
      {
        reason: 'edited-meanwhile',
        theirs: {
          day: row.day,
          place: row.place,
          minutes: row.minutes,
          present: row.present,
          version: row.version,
          by: row.by,
        },
      },
    );
  return row;
}
export const changeMeeting = async (
  desk: Desk,
  id: string,
  meeting: string,
  { seen, ...facts }: MeetingFacts & { seen: number },
  ctx: Ctx,
): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await act(desk, viewer, id, { part: 'meet', name: 'change-meeting' }, async (sql, track, at) => {
    const before = await ownMeeting(sql, viewer, track, meeting, seen);
    if (before.removed) throw notFound('Cette rencontre');
    demandPossible(track, facts, dayInFrance(at));
    await updateMeeting(sql, viewer.region.tenant, meeting, facts, viewer.name, at);
    return {
      result: undefined,
      details: {
        meeting,
        before: { day: before.day, place: before.place, present: before.present, minutes: before.minutes },
        after: facts,
      },
    };
  });
};
export const turnMeeting = async (desk: Desk, id: string, meeting: string, on: boolean, ctx: Ctx): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await act(
    desk,
    viewer,
    id,
    { part: 'meet', name: on ? 'restore-meeting' : 'remove-meeting' },
    async (sql, track, at) => {
      await ownMeeting(sql, viewer, track, meeting);
      await setMeetingRemoved(sql, viewer.region.tenant, meeting, on ? null : at);
      return { result: undefined, details: { meeting } };
    },
  );
};
export const meetingMinutes = async (desk: Desk, id: string, meeting: string, ctx: Ctx): Promise<{ paper: string }> =>
  meetingMinutesAs(desk, await viewerOf(desk, ctx), id, meeting);
/** The minutes as a numbered paper; drawn again, the next version of the same reference. */
export const meetingMinutesAs = (desk: Desk, viewer: Viewer, id: string, meeting: string): Promise<{ paper: string }> =>
  act(desk, viewer, id, { part: 'meet', name: 'issue' }, async (sql, track, at) => {
    const row = await meetingOf(sql, viewer.region.tenant, id, meeting);
    if (!row || row.removed) throw notFound('Cette rencontre');
    const { id: paper } = await issue(sql, viewer, track, 'track-minutes', minutesPaper(track, row), at, row.paper);
    await setMeetingPaper(sql, viewer.region.tenant, meeting, paper);
    return { result: { paper }, details: { paper, meeting } };
  });

export const answerCheck = async (
  desk: Desk,
  id: string,
  subject: CheckRow['subject'],
  body: { answer: boolean; note: string; seen: number },
  ctx: Ctx,
): Promise<void> => answerCheckAs(desk, await viewerOf(desk, ctx), id, subject, body);
/** ARS says whether all professionals are involved, whether the territory is coherent; «no» is said with what is missing. */
export const answerCheckAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  subject: CheckRow['subject'],
  { answer, note, seen }: { answer: boolean; note: string; seen: number },
): Promise<void> =>
  act(desk, viewer, id, { part: 'instruct', name: 'answer-check' }, async (sql, track, at) => {
    const { tenant } = viewer.region;
    const before = (await checksOf(sql, tenant, id)).find((one) => one.subject === subject);
    if ((before?.version ?? 0) !== seen)
      throw conflict('Ce point a été renseigné entre-temps. Il vient d’être relu : recommencez s’il y a lieu.', {
        reason: 'edited-meanwhile',
      });
    if (!answer && note.length < 10)
      throw invalid('Dites ce qui manque, en 10 caractères au moins. Rien n’a été enregistré.', {
        note: 'ce qui manque',
      });
    if (phaseOf(track.state) !== 1) throw conflict('La phase 1 est terminée : ce point ne change plus.');
    await putCheck(sql, tenant, id, { subject, answer, note, by: viewer.name, at });
    return { result: undefined, details: { subject, answer, note } };
  });
