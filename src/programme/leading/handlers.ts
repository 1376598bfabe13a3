import type { Ctx } from '../../access/index.ts';
import type { Handlers } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import { addEquipment, changeEquipment, equipmentCsv, readConduct, tickItem } from './conduct/conduct.ts';
import type { leadingContract } from './contract.ts';
import {
  answerDemand,
  changeDemand,
  changeVoice,
  gatherDemands,
  sayDemand,
  sendDemands,
  supportDemand,
} from './demands/gather.ts';
import { demandsPaper, readDemands } from './demands/read-demands.ts';
import { addHelpFile, askHelp, handHelp, markHelp, settleHelp, writeHelp } from './help/ask-help.ts';
import { readHelpFile, readHelpRequest, readHelpRequests } from './help/read-help.ts';
import { agreeLevels, giveLevels, openAssessment, reopenAssessment } from './maturity/assess.ts';
import { addImprovement, changeImprovement, overruleReadiness } from './maturity/improve.ts';
import { readMaturity } from './maturity/read-maturity.ts';
import { addPlanItem, addSession, changePlanItem, changeSession, movePhase, startPlan } from './plan/change-plan.ts';
import { issuePlan } from './plan/paper.ts';
import { readPlan } from './plan/read-plan.ts';
import { addMember, changeMember, logTime, setRate, turnTime } from './time/keep-time.ts';
import { readProjectTeam, timeCsv } from './time/read-time.ts';

export const leadingHandlers = (desk: Desk): Handlers<typeof leadingContract, Ctx> => ({
  maturity: (_, ctx) => readMaturity(desk, null, ctx),
  projectMaturity: ({ params }, ctx) => readMaturity(desk, params.project, ctx),
  openAssessment: ({ body }, ctx) => openAssessment(desk, body.project, ctx),
  giveLevels: ({ params, body }, ctx) => giveLevels(desk, params.assessment, body, ctx),
  agreeLevels: ({ params, body }, ctx) => agreeLevels(desk, params.assessment, body, ctx),
  reopenAssessment: ({ params, body }, ctx) => reopenAssessment(desk, params.assessment, body.seen, ctx),
  addImprovement: ({ body }, ctx) => addImprovement(desk, body, ctx),
  changeImprovement: ({ params, body }, ctx) => changeImprovement(desk, params.improvement, body, ctx),
  overruleReadiness: ({ params, body }, ctx) => overruleReadiness(desk, params.project, body.reason, ctx),
  withdrawOverrule: ({ params }, ctx) => overruleReadiness(desk, params.project, null, ctx),

  conduct: ({ params }, ctx) => readConduct(desk, params.project, ctx),
  tickItem: ({ params, body }, ctx) => tickItem(desk, params.project, params.item, body, ctx),
  addEquipment: ({ params, body }, ctx) => addEquipment(desk, params.project, body, ctx),
  changeEquipment: ({ params, body }, ctx) => changeEquipment(desk, params.project, params.equipment, body, ctx),
  equipmentCsv: ({ params }, ctx) => equipmentCsv(desk, params.project, ctx),

  projectTeam: ({ params }, ctx) => readProjectTeam(desk, params.project, ctx),
  addProjectMember: ({ params, body }, ctx) => addMember(desk, params.project, body, ctx),
  changeProjectMember: ({ params, body }, ctx) => changeMember(desk, params.project, params.member, body, ctx),
  logTime: ({ params, body }, ctx) => logTime(desk, params.project, body, ctx),
  turnTime: ({ params, body }, ctx) => turnTime(desk, params.project, params.entry, body.removed, ctx),
  setRate: ({ params, body }, ctx) => setRate(desk, params.project, params.profession, body.cents, ctx),
  timeCsv: ({ params }, ctx) => timeCsv(desk, params.project, ctx),

  deployment: ({ params }, ctx) => readPlan(desk, params.project, ctx),
  startPlan: ({ params, body }, ctx) => startPlan(desk, params.project, body, ctx),
  addPlanItem: ({ params, body }, ctx) => addPlanItem(desk, params.project, body, ctx),
  changePlanItem: ({ params, body }, ctx) => changePlanItem(desk, params.project, params.item, body, ctx),
  addSession: ({ params, body }, ctx) => addSession(desk, params.project, body, ctx),
  changeSession: ({ params, body }, ctx) => changeSession(desk, params.project, params.session, body, ctx),
  movePhase: ({ params, body }, ctx) => movePhase(desk, params.project, params.phase, params.profession, body, ctx),
  issuePlan: ({ params }, ctx) => issuePlan(desk, params.project, ctx),

  helpRequests: ({ query }, ctx) => readHelpRequests(desk, query.state, ctx),
  helpRequest: ({ params }, ctx) => readHelpRequest(desk, params.request, ctx),
  askHelp: ({ body }, ctx) => askHelp(desk, body, ctx),
  writeHelp: ({ params, body }, ctx) => writeHelp(desk, params.request, body, ctx),
  handHelp: ({ params, body }, ctx) => handHelp(desk, params.request, body, ctx),
  settleHelp: ({ params, body }, ctx) => settleHelp(desk, params.request, body, ctx),
  markHelp: ({ params, body }, ctx) => markHelp(desk, params.request, body, ctx),
  addHelpFile: ({ params }, ctx) => addHelpFile(desk, params.request, ctx),
  helpFile: ({ params }, ctx) => readHelpFile(desk, params.request, params.file, ctx),

  demands: (_, ctx) => readDemands(desk, ctx),
  sayDemand: ({ body }, ctx) => sayDemand(desk, body, ctx),
  changeVoice: ({ params, body }, ctx) => changeVoice(desk, params.voice, body, ctx),
  supportDemand: ({ params, body }, ctx) => supportDemand(desk, params.demand, body.on, ctx),
  gatherDemands: ({ body }, ctx) => gatherDemands(desk, body, ctx),
  changeDemand: ({ params, body }, ctx) => changeDemand(desk, params.demand, body, ctx),
  sendDemands: ({ body }, ctx) => sendDemands(desk, body, ctx),
  answerDemand: ({ params, body }, ctx) => answerDemand(desk, params.demand, body, ctx),
  demandsPaper: ({ params }, ctx) => demandsPaper(desk, params.paper, ctx),
});
