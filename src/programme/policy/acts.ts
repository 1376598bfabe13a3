import { appended } from '../../platform/index.ts';
import type { Desk, Viewer } from '../desk.ts';
import { addActionAs, agreementPaperAs, agreeTrackAs, changeActionAs } from './agree.ts';
import { answerRequestAs, askSupportAs, planSupportAs, statutesAs } from './ask-support.ts';
import { type Decided, decideTrackAs, giveOpinionAs, submitProjectAs } from './decide-track.ts';
import { addTrackFileAs } from './files.ts';
import { answerCheckAs, logMeetingAs, meetingMinutesAs } from './log-meeting.ts';
import { openTrackAs, putTrackPersonAs, saveTrackAs } from './open-track.ts';
import { projectText, textOf } from './project.store.ts';
import { trackFor } from './reach.ts';
import { addRemarkAs, keepVersionAs, typeProjectAs } from './write-project.ts';

/** The acts on tracks for a viewer that is already known, over whatever version stands. Rights and limits are those of the viewer, as for everyone. */
export const policyActs = (desk: Desk) => {
  const seen = async (viewer: Viewer, track: string): Promise<number> =>
    (await desk.db.tenant(viewer.region.tenant, (sql) => trackFor(sql, viewer, track))).version;
  return {
    openTrack: (viewer: Viewer, kind: 'esp' | 'msp') => openTrackAs(desk, viewer, kind),
    saveTrack: async (
      viewer: Viewer,
      track: string,
      kind: 'esp' | 'msp',
      about: Parameters<typeof saveTrackAs>[3]['about'],
    ) => saveTrackAs(desk, viewer, track, { kind, about, seen: await seen(viewer, track) }),
    shareTrack: (viewer: Viewer, track: string, practitioner: string) =>
      putTrackPersonAs(desk, viewer, track, practitioner),
    logMeeting: (viewer: Viewer, track: string, facts: Parameters<typeof logMeetingAs>[3]) =>
      logMeetingAs(desk, viewer, track, facts),
    meetingMinutes: (viewer: Viewer, track: string, meeting: string) => meetingMinutesAs(desk, viewer, track, meeting),
    answerCheck: (viewer: Viewer, track: string, subject: 'professions' | 'territory', answer: boolean, note = '') =>
      answerCheckAs(desk, viewer, track, subject, { answer, note, seen: 0 }),
    statutes: (viewer: Viewer, track: string) => statutesAs(desk, viewer, track),
    askSupport: async (viewer: Viewer, track: string) => askSupportAs(desk, viewer, track, await seen(viewer, track)),
    answerRequest: async (viewer: Viewer, track: string, accept: boolean, reason = '') =>
      answerRequestAs(desk, viewer, track, { accept, reason, seen: await seen(viewer, track) }),
    planSupport: (viewer: Viewer, track: string, asked: Omit<Parameters<typeof planSupportAs>[3], 'seen'>) =>
      planSupportAs(desk, viewer, track, { ...asked, seen: 0 }),
    /** Adds words at the end of parts of a project. */
    writeProject: async (viewer: Viewer, track: string, texts: Readonly<Record<string, string>>) => {
      const updates = await desk.db.tenant(viewer.region.tenant, (sql) =>
        projectText.since(sql, viewer.region.tenant, textOf(track), 0),
      );
      return typeProjectAs(
        desk,
        viewer,
        track,
        appended(
          updates.map(({ bytes }) => bytes),
          texts,
        ),
      );
    },
    addRemark: (viewer: Viewer, track: string, section: string, words: string) =>
      addRemarkAs(desk, viewer, track, { section, words }),
    keepVersion: (viewer: Viewer, track: string, name: string) => keepVersionAs(desk, viewer, track, name),
    submitProject: async (viewer: Viewer, track: string) =>
      submitProjectAs(desk, viewer, track, await seen(viewer, track)),
    giveOpinion: (viewer: Viewer, track: string, opinion: 'favourable' | 'reserved' | 'unfavourable', reason: string) =>
      giveOpinionAs(desk, viewer, track, { opinion, reason, seen: 0 }),
    decideTrack: async (viewer: Viewer, track: string, body: Omit<Decided, 'seen'>) =>
      decideTrackAs(desk, viewer, track, { ...body, seen: await seen(viewer, track) }),
    agreeTrack: (viewer: Viewer, track: string, terms: Omit<Parameters<typeof agreeTrackAs>[3], 'seen'>) =>
      agreeTrackAs(desk, viewer, track, { ...terms, seen: 0 }),
    addAction: (viewer: Viewer, track: string, facts: Parameters<typeof addActionAs>[3]) =>
      addActionAs(desk, viewer, track, facts),
    markAction: (
      viewer: Viewer,
      track: string,
      action: string,
      facts: Parameters<typeof addActionAs>[3],
      state: 'doing' | 'done',
    ) => changeActionAs(desk, viewer, track, action, { ...facts, state, seen: 1 }),
    agreementPaper: (viewer: Viewer, track: string) => agreementPaperAs(desk, viewer, track),
    addTrackFile: (viewer: Viewer, track: string, file: Parameters<typeof addTrackFileAs>[3]) =>
      addTrackFileAs(desk, viewer, track, file),
  };
};
