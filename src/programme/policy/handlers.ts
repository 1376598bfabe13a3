import type { Ctx } from '../../access/index.ts';
import type { Handlers } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import { addAction, agreementPaper, agreeTrack, changeAction, closeAgreement, turnAction } from './agree.ts';
import { answerRequest, askSupport, planSupport, statutes } from './ask-support.ts';
import type { policyContract } from './contract.ts';
import { decideTrack, giveOpinion, submitProject, withdrawProject } from './decide-track.ts';
import { addTrackFile, sendTrackMail, trackFile, trackMails, trackPaper, turnTrackFile } from './files.ts';
import { answerCheck, changeMeeting, logMeeting, meetingMinutes, turnMeeting } from './log-meeting.ts';
import {
  openTrack,
  putTrackPerson,
  removeTrackPerson,
  resumeTrack,
  saveTrack,
  stopTrack,
  trackPeople,
} from './open-track.ts';
import { track, tracks } from './read-tracks.ts';
import {
  addRemark,
  keepVersion,
  liveProject,
  projectVersion,
  remarks,
  turnRemark,
  typeProject,
  versionPdf,
} from './write-project.ts';

/** @param mails whether a mail server is set */
export const policyHandlers = (desk: Desk, mails: boolean): Handlers<typeof policyContract, Ctx> => ({
  tracks: (_, ctx) => tracks(desk, ctx),
  openTrack: ({ body }, ctx) => openTrack(desk, body, ctx),
  track: ({ params }, ctx) => track(desk, params.track, ctx),
  saveTrack: ({ params, body }, ctx) => saveTrack(desk, params.track, body, ctx),
  stopTrack: ({ params, body }, ctx) => stopTrack(desk, params.track, body.reason, ctx),
  resumeTrack: ({ params }, ctx) => resumeTrack(desk, params.track, ctx),
  trackPeople: ({ params }, ctx) => trackPeople(desk, params.track, ctx),
  putTrackPerson: ({ params }, ctx) => putTrackPerson(desk, params.track, params.practitioner, ctx),
  removeTrackPerson: ({ params }, ctx) => removeTrackPerson(desk, params.track, params.practitioner, ctx),
  logMeeting: ({ params, body }, ctx) => logMeeting(desk, params.track, body, ctx),
  changeMeetingLog: ({ params, body }, ctx) => changeMeeting(desk, params.track, params.meeting, body, ctx),
  removeMeetingLog: ({ params }, ctx) => turnMeeting(desk, params.track, params.meeting, false, ctx),
  restoreMeetingLog: ({ params }, ctx) => turnMeeting(desk, params.track, params.meeting, true, ctx),
  meetingMinutes: ({ params }, ctx) => meetingMinutes(desk, params.track, params.meeting, ctx),
  answerCheck: ({ params, body }, ctx) => answerCheck(desk, params.track, params.subject, body, ctx),
  statutes: ({ params }, ctx) => statutes(desk, params.track, ctx),
  askSupport: ({ params, body }, ctx) => askSupport(desk, params.track, body.seen, ctx),
  answerRequest: ({ params, body }, ctx) => answerRequest(desk, params.track, body, ctx),
  planSupport: ({ params, body }, ctx) => planSupport(desk, params.track, body, ctx),
  liveProject: ({ params, query }, ctx) => liveProject(desk, params.track, query.since, ctx),
  typeProject: ({ params, body }, ctx) => typeProject(desk, params.track, body.update, ctx),
  remarks: ({ params }, ctx) => remarks(desk, params.track, ctx),
  addRemark: ({ params, body }, ctx) => addRemark(desk, params.track, body, ctx),
  turnRemark: ({ params }, ctx) => turnRemark(desk, params.track, params.remark, params.act, ctx),
  keepVersion: ({ params, body }, ctx) => keepVersion(desk, params.track, body.name, ctx),
  projectVersion: ({ params }, ctx) => projectVersion(desk, params.track, params.number, ctx),
  versionPdf: ({ params }, ctx) => versionPdf(desk, params.track, params.number, ctx),
  submitProject: ({ params, body }, ctx) => submitProject(desk, params.track, body.seen, ctx),
  withdrawProject: ({ params }, ctx) => withdrawProject(desk, params.track, ctx),
  giveOpinion: ({ params, body }, ctx) => giveOpinion(desk, params.track, body, ctx),
  decideTrack: ({ params, body }, ctx) => decideTrack(desk, params.track, body, ctx),
  agreeTrack: ({ params, body }, ctx) => agreeTrack(desk, params.track, body, ctx),
  agreementPaper: ({ params }, ctx) => agreementPaper(desk, params.track, ctx),
  closeAgreement: ({ params, body }, ctx) => closeAgreement(desk, params.track, body, ctx),
  addAction: ({ params, body }, ctx) => addAction(desk, params.track, body, ctx),
  changeAction: ({ params, body }, ctx) => changeAction(desk, params.track, params.action, body, ctx),
  removeAction: ({ params }, ctx) => turnAction(desk, params.track, params.action, false, ctx),
  restoreAction: ({ params }, ctx) => turnAction(desk, params.track, params.action, true, ctx),
  trackPaper: ({ params }, ctx) => trackPaper(desk, params.track, params.paper, ctx),
  addTrackFile: ({ params }, ctx) => addTrackFile(desk, params.track, ctx),
  trackFile: ({ params }, ctx) => trackFile(desk, params.track, params.file, ctx),
  removeTrackFile: ({ params }, ctx) => turnTrackFile(desk, params.track, params.file, false, ctx),
  restoreTrackFile: ({ params }, ctx) => turnTrackFile(desk, params.track, params.file, true, ctx),
  trackMails: ({ params }, ctx) => trackMails(desk, params.track, mails, ctx),
  sendTrackMail: ({ params }, ctx) => sendTrackMail(desk, params.track, params.mail, ctx),
});
