import type { Ctx } from '../../access/index.ts';
import type { Handlers } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import { choose, readChoice } from './choose.ts';
import { answerClause, issueClauses, readClauses } from './clauses.ts';
import { addSolution, changeSolution, cover, readGrid, turnSolution } from './compare.ts';
import type { choiceContract } from './contract.ts';
import {
  addVisit,
  changeDemonstration,
  changeVisit,
  planDemonstration,
  readDemonstrations,
  scoreDemonstration,
  turnDemonstration,
  turnVisit,
  typeSheet,
} from './demonstrate.ts';
import {
  addNeedsPeople,
  myNeeds,
  needsLink,
  needsPeople,
  shareNeeds,
  turnNeedsPerson,
  unshareNeeds,
} from './invite.ts';
import { closeNeeds, openNeeds, planNeedsReminders, readNeeds, redraftNeeds, saveNeeds } from './questionnaire.ts';
import { issueSynthesis, needsAnswers, readSynthesis, writeChoiceText } from './read-synthesis.ts';
import { remindNeeds } from './remind.ts';
import { answerQuestion, hideMyName, readQuestionnaire, startQuestionnaire, submitQuestionnaire } from './respond.ts';
import {
  addRequirement,
  askedSpecification,
  askedSpecificationPdf,
  askedSpecifications,
  buildSpecification,
  changeRequirement,
  issueSpecification,
  readSpecification,
  turnRequirement,
} from './specification.ts';

/** @param mails whether a mail server is set */
export const choiceHandlers = (desk: Desk, mails: boolean): Handlers<typeof choiceContract, Ctx> => ({
  needs: ({ params }, ctx) => readNeeds(desk, params.project, mails, ctx),
  saveNeeds: ({ params, body }, ctx) => saveNeeds(desk, params.project, body, ctx),
  openNeeds: ({ params, body }, ctx) => openNeeds(desk, params.project, body, ctx),
  closeNeeds: ({ params, body }, ctx) => closeNeeds(desk, params.project, body.seen, ctx),
  redraftNeeds: ({ params, body }, ctx) => redraftNeeds(desk, params.project, body.seen, ctx),
  needsPeople: ({ params }, ctx) => needsPeople(desk, params.project, ctx),
  addNeedsPeople: ({ params, body }, ctx) => addNeedsPeople(desk, params.project, body, ctx),
  removeNeedsPerson: ({ params }, ctx) => turnNeedsPerson(desk, params.project, params.person, false, ctx),
  restoreNeedsPerson: ({ params }, ctx) => turnNeedsPerson(desk, params.project, params.person, true, ctx),
  needsLink: ({ params }, ctx) => needsLink(desk, params.project, params.person, ctx),
  shareNeeds: ({ params }, ctx) => shareNeeds(desk, params.project, ctx),
  unshareNeeds: ({ params }, ctx) => unshareNeeds(desk, params.project, ctx),
  remindNeeds: ({ params }, ctx) => remindNeeds(desk, params.project, ctx),
  planNeedsReminders: ({ params, body }, ctx) => planNeedsReminders(desk, params.project, body, ctx),
  myNeeds: ({ params }, ctx) => myNeeds(desk, params.project, ctx),
  needsAnswers: ({ params }, ctx) => needsAnswers(desk, params.project, ctx),
  synthesis: ({ params }, ctx) => readSynthesis(desk, params.project, ctx),
  writeChoiceText: ({ params, body }, ctx) => writeChoiceText(desk, params.project, params.part, body, ctx),
  issueSynthesis: ({ params }, ctx) => issueSynthesis(desk, params.project, ctx),

  questionnaire: ({ params }, ctx) => readQuestionnaire(desk, params.token, ctx),
  startQuestionnaire: ({ params, body }, ctx) => startQuestionnaire(desk, params.token, body, ctx),
  answerQuestion: ({ params, body }, ctx) => answerQuestion(desk, params.token, params.question, body.value, ctx),
  hideMyName: ({ params, body }, ctx) => hideMyName(desk, params.token, body.nameless, ctx),
  submitQuestionnaire: ({ params }, ctx) => submitQuestionnaire(desk, params.token, ctx),

  specification: ({ params }, ctx) => readSpecification(desk, params.project, ctx),
  buildSpecification: ({ params }, ctx) => buildSpecification(desk, params.project, ctx),
  addRequirement: ({ params, body }, ctx) => addRequirement(desk, params.project, body, ctx),
  changeRequirement: ({ params, body }, ctx) => changeRequirement(desk, params.project, params.requirement, body, ctx),
  removeRequirement: ({ params }, ctx) => turnRequirement(desk, params.project, params.requirement, false, ctx),
  restoreRequirement: ({ params }, ctx) => turnRequirement(desk, params.project, params.requirement, true, ctx),
  issueSpecification: ({ params }, ctx) => issueSpecification(desk, params.project, ctx),
  askedSpecifications: (_, ctx) => askedSpecifications(desk, ctx),
  askedSpecification: ({ params }, ctx) => askedSpecification(desk, params.project, ctx),
  askedSpecificationPdf: ({ params }, ctx) => askedSpecificationPdf(desk, params.project, ctx),

  grid: ({ params }, ctx) => readGrid(desk, params.project, ctx),
  addSolution: ({ params, body }, ctx) => addSolution(desk, params.project, body, ctx),
  changeSolution: ({ params, body }, ctx) => changeSolution(desk, params.project, params.solution, body, ctx),
  removeSolution: ({ params }, ctx) => turnSolution(desk, params.project, params.solution, false, ctx),
  restoreSolution: ({ params }, ctx) => turnSolution(desk, params.project, params.solution, true, ctx),
  cover: ({ params, body }, ctx) => cover(desk, params.project, params.solution, params.requirement, body, ctx),

  demonstrations: ({ params }, ctx) => readDemonstrations(desk, params.project, ctx),
  planDemonstration: ({ params, body }, ctx) => planDemonstration(desk, params.project, body, ctx),
  changeDemonstration: ({ params, body }, ctx) =>
    changeDemonstration(desk, params.project, params.demonstration, body, ctx),
  removeDemonstration: ({ params }, ctx) => turnDemonstration(desk, params.project, params.demonstration, false, ctx),
  restoreDemonstration: ({ params }, ctx) => turnDemonstration(desk, params.project, params.demonstration, true, ctx),
  scoreDemonstration: ({ params, body }, ctx) =>
    scoreDemonstration(desk, params.project, params.demonstration, body, ctx),
  typeSheet: ({ params, body }, ctx) => typeSheet(desk, params.project, params.demonstration, body, ctx),
  addVisit: ({ params, body }, ctx) => addVisit(desk, params.project, body, ctx),
  changeVisit: ({ params, body }, ctx) => changeVisit(desk, params.project, params.visit, body, ctx),
  removeVisit: ({ params }, ctx) => turnVisit(desk, params.project, params.visit, false, ctx),
  restoreVisit: ({ params }, ctx) => turnVisit(desk, params.project, params.visit, true, ctx),

  choice: ({ params }, ctx) => readChoice(desk, params.project, ctx),
  choose: ({ params, body }, ctx) => choose(desk, params.project, body, ctx),

  clauses: ({ params }, ctx) => readClauses(desk, params.project, ctx),
  answerClause: ({ params, body }, ctx) => answerClause(desk, params.project, params.clause, body, ctx),
  issueClauses: ({ params }, ctx) => issueClauses(desk, params.project, ctx),
});
