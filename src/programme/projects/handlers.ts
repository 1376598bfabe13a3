import type { Ctx } from '../../access/index.ts';
import type { Handlers } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import type { projectsContract } from './contract.ts';
import { projectMails, sendMailAgain } from './mails.ts';
import { openProjects, resumeProject, stopProject } from './open-projects.ts';
import { addFile, paperPdf, papers, readFile, turnFile } from './papers.ts';
import { giveParty, regionalPeople, takeParty } from './parties.ts';
import { readProject, readProjects } from './read-projects.ts';
import { closeStep, planStep, reopenStep, skipStep } from './steps.ts';

/** @param mails whether a mail server is set */
export const projectHandlers = (desk: Desk, mails: boolean): Handlers<typeof projectsContract, Ctx> => ({
  projects: (_, ctx) => readProjects(desk, ctx),
  openProjects: ({ params }, ctx) => openProjects(desk, params.edition, ctx),
  project: ({ params }, ctx) => readProject(desk, params.project, ctx),
  stopProject: ({ params, body }, ctx) => stopProject(desk, params.project, body.reason, ctx),
  resumeProject: ({ params }, ctx) => resumeProject(desk, params.project, ctx),
  regionalPeople: ({ params }, ctx) => regionalPeople(desk, params.project, ctx),
  putParty: ({ params, body }, ctx) => giveParty(desk, params.project, params.practitioner, body.sees, ctx),
  removeParty: ({ params }, ctx) => takeParty(desk, params.project, params.practitioner, ctx),
  planStep: ({ params, body }, ctx) => planStep(desk, params.project, params.step, body, ctx),
  closeStep: ({ params, body }, ctx) => closeStep(desk, params.project, params.step, body.seen, ctx),
  skipStep: ({ params, body }, ctx) => skipStep(desk, params.project, params.step, body, ctx),
  reopenStep: ({ params, body }, ctx) => reopenStep(desk, params.project, params.step, body.seen, ctx),
  papers: ({ params }, ctx) => papers(desk, params.project, ctx),
  paperPdf: ({ params }, ctx) => paperPdf(desk, params.project, params.paper, ctx),
  addProjectFile: ({ params }, ctx) => addFile(desk, params.project, ctx),
  projectFile: ({ params }, ctx) => readFile(desk, params.project, params.file, ctx),
  removeProjectFile: ({ params }, ctx) => turnFile(desk, params.project, params.file, false, ctx),
  restoreProjectFile: ({ params }, ctx) => turnFile(desk, params.project, params.file, true, ctx),
  projectMails: ({ params }, ctx) => projectMails(desk, params.project, mails, ctx),
  sendMailAgain: ({ params }, ctx) => sendMailAgain(desk, params.project, params.mail, ctx),
});
