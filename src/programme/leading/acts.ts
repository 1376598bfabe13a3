import type { Desk, PracticeViewer, Viewer } from '../desk.ts';
import { addEquipmentAs, tickItemAs } from './conduct/conduct.ts';
import { answerDemandAs, gatherDemandsAs, sayDemandAs, sendDemandsAs, supportDemandAs } from './demands/gather.ts';
import { askHelpAs, handHelpAs, markHelpAs, settleHelpAs, writeHelpAs } from './help/ask-help.ts';
import { agreeLevelsAs, giveLevelsAs, openAssessmentAs } from './maturity/assess.ts';
import { addImprovementAs, changeImprovementAs, overruleReadinessAs } from './maturity/improve.ts';
import { addSessionAs, changePlanItemAs, changeSessionAs, movePhaseAs, startPlanAs } from './plan/change-plan.ts';
import { issuePlanAs } from './plan/paper.ts';
import { itemsOf } from './plan/plan.store.ts';
import { addMemberAs, logTimeAs, setRateAs } from './time/keep-time.ts';

type Rest<F extends (desk: Desk, viewer: Viewer, ...rest: never[]) => unknown> = F extends (
  desk: Desk,
  viewer: Viewer,
  ...rest: infer R
) => unknown
  ? R
  : never;
type OfPractice<F extends (desk: Desk, viewer: PracticeViewer, ...rest: never[]) => unknown> = F extends (
  desk: Desk,
  viewer: PracticeViewer,
  ...rest: infer R
) => unknown
  ? R
  : never;

/** The acts of a project well led, for a viewer that is already known: how the demo region lives them. */
export const leadingActs = (desk: Desk) => ({
  openAssessment: (viewer: Viewer, ...rest: Rest<typeof openAssessmentAs>) => openAssessmentAs(desk, viewer, ...rest),
  giveLevels: (viewer: Viewer, ...rest: Rest<typeof giveLevelsAs>) => giveLevelsAs(desk, viewer, ...rest),
  agreeLevels: (viewer: Viewer, ...rest: Rest<typeof agreeLevelsAs>) => agreeLevelsAs(desk, viewer, ...rest),
  addImprovement: (viewer: Viewer, ...rest: Rest<typeof addImprovementAs>) => addImprovementAs(desk, viewer, ...rest),
  changeImprovement: (viewer: Viewer, ...rest: Rest<typeof changeImprovementAs>) =>
    changeImprovementAs(desk, viewer, ...rest),
  overruleReadiness: (viewer: Viewer, ...rest: Rest<typeof overruleReadinessAs>) =>
    overruleReadinessAs(desk, viewer, ...rest),
  tickItem: (viewer: Viewer, ...rest: Rest<typeof tickItemAs>) => tickItemAs(desk, viewer, ...rest),
  addEquipment: (viewer: Viewer, ...rest: Rest<typeof addEquipmentAs>) => addEquipmentAs(desk, viewer, ...rest),
  addMember: (viewer: Viewer, ...rest: Rest<typeof addMemberAs>) => addMemberAs(desk, viewer, ...rest),
  logTime: (viewer: Viewer, ...rest: Rest<typeof logTimeAs>) => logTimeAs(desk, viewer, ...rest),
  setRate: (viewer: Viewer, ...rest: Rest<typeof setRateAs>) => setRateAs(desk, viewer, ...rest),
  startPlan: (viewer: Viewer, ...rest: Rest<typeof startPlanAs>) => startPlanAs(desk, viewer, ...rest),
  planItems: (viewer: Viewer, project: string) =>
    desk.db.tenant(viewer.region.tenant, (sql) => itemsOf(sql, viewer.region.tenant, project)),
  changePlanItem: (viewer: Viewer, ...rest: Rest<typeof changePlanItemAs>) => changePlanItemAs(desk, viewer, ...rest),
  addSession: (viewer: Viewer, ...rest: Rest<typeof addSessionAs>) => addSessionAs(desk, viewer, ...rest),
  changeSession: (viewer: Viewer, ...rest: Rest<typeof changeSessionAs>) => changeSessionAs(desk, viewer, ...rest),
  movePhase: (viewer: Viewer, ...rest: Rest<typeof movePhaseAs>) => movePhaseAs(desk, viewer, ...rest),
  issuePlan: (viewer: Viewer, ...rest: Rest<typeof issuePlanAs>) => issuePlanAs(desk, viewer, ...rest),
  askHelp: (viewer: PracticeViewer, ...rest: OfPractice<typeof askHelpAs>) => askHelpAs(desk, viewer, ...rest),
  writeHelp: (viewer: Viewer, ...rest: Rest<typeof writeHelpAs>) => writeHelpAs(desk, viewer, ...rest),
  handHelp: (viewer: Viewer, ...rest: Rest<typeof handHelpAs>) => handHelpAs(desk, viewer, ...rest),
  settleHelp: (viewer: Viewer, ...rest: Rest<typeof settleHelpAs>) => settleHelpAs(desk, viewer, ...rest),
  markHelp: (viewer: Viewer, ...rest: Rest<typeof markHelpAs>) => markHelpAs(desk, viewer, ...rest),
  sayDemand: (viewer: PracticeViewer, ...rest: OfPractice<typeof sayDemandAs>) => sayDemandAs(desk, viewer, ...rest),
  supportDemand: (viewer: PracticeViewer, ...rest: OfPractice<typeof supportDemandAs>) =>
    supportDemandAs(desk, viewer, ...rest),
  gatherDemands: (viewer: Viewer, ...rest: Rest<typeof gatherDemandsAs>) => gatherDemandsAs(desk, viewer, ...rest),
  sendDemands: (viewer: Viewer, ...rest: Rest<typeof sendDemandsAs>) => sendDemandsAs(desk, viewer, ...rest),
  answerDemand: (viewer: Viewer, ...rest: Rest<typeof answerDemandAs>) => answerDemandAs(desk, viewer, ...rest),
});
