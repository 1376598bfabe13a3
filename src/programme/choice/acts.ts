import type { Desk, Viewer } from '../desk.ts';
import { chooseAs } from './choose.ts';
import { answerClauseAs } from './clauses.ts';
import { addSolutionAs, coverAs } from './compare.ts';
import { requirementsOf } from './requirement.store.ts';
import type { ChoiceBody, NeedAnswers, SolutionBody, VisitBody } from './contract.ts';
import { addVisitAs, planDemonstrationAs, scoreDemonstrationAs, typeSheetAs } from './demonstrate.ts';
import { addNeedsPeopleAs } from './invite.ts';
import { peopleOf, setAnswer, setNameless, setSubmitted } from './needs.store.ts';
import { openNeedsAs, shippedForm } from './questionnaire.ts';
import { issueSynthesisAs, writeChoiceTextAs } from './read-synthesis.ts';
import { buildSpecificationAs, issueSpecificationAs } from './specification.ts';

/** Acts of needs and choice for a viewer that is already known, on the day of the desk (acts.ts). */
export const choiceActs = (desk: Desk) => ({
  needsForm: shippedForm,
  openNeeds: (viewer: Viewer, project: string, closesOn: string) =>
    openNeedsAs(desk, viewer, project, { seen: 0, closesOn }),
  askNeeds: (
    viewer: Viewer,
    project: string,
    people: { name: string; profession: string; mail: string }[],
    staff = false,
  ) => addNeedsPeopleAs(desk, viewer, project, { staff, people }),
  needsAsked: (viewer: Viewer, project: string) =>
    desk.db.tenant(viewer.region.tenant, (sql) => peopleOf(sql, viewer.region.tenant, project)),
  /** Answers as one person, all at once. */
  answerNeeds: (
    viewer: Viewer,
    person: string,
    answers: NeedAnswers,
    options: { nameless?: boolean; submit?: boolean } = {},
  ) =>
    desk.db.transaction(viewer.region.tenant, async (sql) => {
      const { tenant } = viewer.region;
      for (const [question, value] of Object.entries(answers))
        await setAnswer(sql, tenant, person, question, value, desk.now());
      if (options.nameless) await setNameless(sql, tenant, person, true);
      if (options.submit !== false) await setSubmitted(sql, tenant, person, desk.now());
    }),
  writeChoiceText: (viewer: Viewer, project: string, part: string, words: string) =>
    writeChoiceTextAs(desk, viewer, project, part, { seen: 0, words }),
  issueSynthesis: (viewer: Viewer, project: string) => issueSynthesisAs(desk, viewer, project),
  buildSpecification: (viewer: Viewer, project: string) => buildSpecificationAs(desk, viewer, project),
  requirementsIn: (viewer: Viewer, project: string) =>
    desk.db.tenant(viewer.region.tenant, (sql) => requirementsOf(sql, viewer.region.tenant, project)),
  issueSpecification: (viewer: Viewer, project: string) => issueSpecificationAs(desk, viewer, project),
  addSolution: (viewer: Viewer, project: string, body: SolutionBody) => addSolutionAs(desk, viewer, project, body),
  cover: (
    viewer: Viewer,
    project: string,
    solution: string,
    requirement: string,
    answer: Parameters<typeof coverAs>[5]['answer'],
    note = '',
  ) => coverAs(desk, viewer, project, solution, requirement, { answer, note, seen: 0 }),
  planDemonstration: (viewer: Viewer, project: string, body: Parameters<typeof planDemonstrationAs>[3]) =>
    planDemonstrationAs(desk, viewer, project, body),
  typeSheet: (viewer: Viewer, project: string, demonstration: string, body: Parameters<typeof typeSheetAs>[4]) =>
    typeSheetAs(desk, viewer, project, demonstration, body),
  scoreDemonstration: (
    viewer: Viewer,
    project: string,
    demonstration: string,
    body: { scores: Record<string, number>; comment: string },
  ) => scoreDemonstrationAs(desk, viewer, project, demonstration, { ...body, seen: 0 }),
  addVisit: (viewer: Viewer, project: string, body: VisitBody) => addVisitAs(desk, viewer, project, body),
  choose: (viewer: Viewer, project: string, body: Omit<ChoiceBody, 'seen'>) =>
    chooseAs(desk, viewer, project, { ...body, seen: 0 }),
  answerClause: (
    viewer: Viewer,
    project: string,
    clause: string,
    body: Partial<Omit<Parameters<typeof answerClauseAs>[4], 'seen'>> &
      Pick<Parameters<typeof answerClauseAs>[4], 'answer'>,
  ) => answerClauseAs(desk, viewer, project, clause, { article: '', note: '', file: null, ...body, seen: 0 }),
});
