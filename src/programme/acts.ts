import { writeAnswer, writeMembers } from './applications/applications.store.ts';
import { attachAs } from './applications/attach-document.ts';
import { openFile } from './applications/open-application.ts';
import { submitAs } from './applications/submit.ts';
import type { Answers } from './calls/answers.rules.ts';
import type { Edition } from './calls/contract.ts';
import { publishAs } from './calls/publish-edition.ts';
import { choiceActs } from './choice/acts.ts';
import { type Desk, type PracticeViewer, trace, type Viewer } from './desk.ts';
import { leadingActs } from './leading/acts.ts';
import { gatheringsActs } from './gatherings/acts.ts';
import { notifyAs, publishResultsAs } from './letters/notify.ts';
import { policyActs } from './policy/acts.ts';
import { renounceAs } from './places/renounce.ts';
import { modelsActs } from './models/acts.ts';
import { moneyActs } from './money/acts.ts';
import { openProjectsAs, stopProjectAs } from './projects/open-projects.ts';
import { addFileAs } from './projects/papers.ts';
import { givePartyAs } from './projects/parties.ts';
import { kindsThere } from './projects/projects.store.ts';
import { projectsFor } from './projects/reach.ts';
import { closeStepAs, planStepAs, skipStepAs } from './projects/steps.ts';
import { interestAs, overruleAs, scoreAs } from './review/assess.ts';
import { decideAs } from './review/decide.ts';

/** The acts of this room for a viewer that is already known, on the day of the desk. Rights and limits are those of the viewer, as for everyone. */
export const actsOn = (desk: Desk) => ({
  ...gatheringsActs(desk),
  publish: (viewer: Viewer, body: Edition, copiedFrom: string | null) => publishAs(desk, viewer, body, copiedFrom),
  open: (viewer: PracticeViewer, edition: string) => openFile(desk, edition, viewer),
  /** Answers fields that are empty, at once. */
  fill: (viewer: PracticeViewer, id: string, answers: Answers) =>
    desk.db.transaction(viewer.region.tenant, async (sql) => {
      for (const [field, value] of Object.entries(answers))
        await writeAnswer(sql, viewer.region.tenant, id, field, 0, {
          value,
          by: viewer.practitioner,
          byName: viewer.name,
          at: desk.now(),
        });
      await trace(sql, viewer, 'update', `Application/${id}`, { details: { fields: Object.keys(answers) } });
    }),
  members: (viewer: PracticeViewer, id: string, members: { practitioner: string; name: string }[]) =>
    desk.db.transaction(viewer.region.tenant, (sql) => writeMembers(sql, viewer.region.tenant, id, members)),
  attach: (viewer: PracticeViewer, id: string, file: { document: string; name: string; bytes: Buffer }) =>
    attachAs(desk, viewer, id, file),
  submit: (viewer: PracticeViewer, id: string) => submitAs(desk, viewer, id),
  score: (viewer: Viewer, id: string, criterion: string, body: { points: number; reason: string }) =>
    scoreAs(desk, viewer, id, criterion, { ...body, seen: 0 }),
  interest: (viewer: Viewer, id: string, reason: string) => interestAs(desk, viewer, id, reason),
  overrule: (viewer: Viewer, id: string, body: { rule: string; answer: 'yes' | 'no'; reason: string }) =>
    overruleAs(desk, viewer, id, body),
  decide: (viewer: Viewer, edition: string, body: { places: number; reason: string; settled: readonly string[] }) =>
    decideAs(desk, viewer, edition, body),
  notify: (viewer: Viewer, edition: string, wording: { signatory: string; role: string; note: string }) =>
    notifyAs(desk, viewer, edition, wording),
  renounce: (viewer: PracticeViewer, id: string, reason: string) => renounceAs(desk, viewer, id, reason),
  ...policyActs(desk),
  openProjects: (viewer: Viewer, edition: string) => openProjectsAs(desk, viewer, edition),
  giveParty: (viewer: Viewer, project: string, practitioner: string, sees: Parameters<typeof givePartyAs>[4] = []) =>
    givePartyAs(desk, viewer, project, practitioner, sees),
  planStep: (viewer: Viewer, project: string, step: string, body: Parameters<typeof planStepAs>[4]) =>
    planStepAs(desk, viewer, project, step, body),
  closeStep: (viewer: Viewer, project: string, step: string, seen = 0) =>
    closeStepAs(desk, viewer, project, step, seen),
  skipStep: (viewer: Viewer, project: string, step: string, reason: string, seen = 0) =>
    skipStepAs(desk, viewer, project, step, { reason, seen }),
  stop: (viewer: Viewer, project: string, reason: string) => stopProjectAs(desk, viewer, project, reason),
  projectsOf: (viewer: Viewer) => desk.db.tenant(viewer.region.tenant, (sql) => projectsFor(sql, viewer)),
  /** Kinds of papers and files that a project has. */
  kindsOf: async (viewer: Viewer, project: string) =>
    (await desk.db.tenant(viewer.region.tenant, (sql) => kindsThere(sql, viewer.region.tenant, [project]))).get(
      project,
    )!,
  ...choiceActs(desk),
  ...leadingActs(desk),
  ...moneyActs(desk),
  ...modelsActs(desk),
  addFile: (viewer: Viewer, project: string, file: Parameters<typeof addFileAs>[3]) =>
    addFileAs(desk, viewer, project, file),
  publishResults: (viewer: Viewer, edition: string) => publishResultsAs(desk, viewer, edition, true),
});
export type ProgrammeActs = ReturnType<typeof actsOn>;
