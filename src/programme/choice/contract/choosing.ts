import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { isoDay, projectId, typed } from '../../projects/contract.ts';

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
const seen = z.number().int().min(0);
const label = (most: number) => z.string().trim().min(1, 'à remplir').max(most);
const professionsList = z.array(z.string().regex(/^[a-z-]{1,40}$/, 'à choisir dans la liste')).max(40);
export const importance = z.enum(['must', 'should', 'could']);
export type Importance = z.infer<typeof importance>;
const requirement = z.object({
  id: z.string(),
  source: z.string().nullable(),
  area: z.string(),
  sentence: z.string(),
  computed: importance.nullable(),
  importance,
  reason: z.string(),
  professions: z.array(z.string()),
  because: z.string(),
  version: z.number().int(),
  by: z.string(),
  at: z.string(),
});
export type RequirementLine = z.infer<typeof requirement>;
const requirementBody = z.object({
  area: label(120),
  sentence: z.string().trim().min(10, 'une phrase').max(600),
  importance,
  reason: typed(1000).default(''),
  professions: professionsList.default([]),
});
const words = z.object({ words: z.string(), version: z.number().int(), by: z.string(), at: z.string() });
const paper = z.object({
  id: z.string(),
  reference: z.string(),
  version: z.number().int(),
  at: z.string(),
  by: z.string(),
});
const requirementId = projectId.extend({ requirement: id });

const costLine = z.object({
  label: label(160),
  every: z.enum(['once', 'month', 'year']),
  /** One unit, cents. */ cents: z.number().int().min(0, 'un montant').max(1_000_000_000),
  count: z.number().int().min(1, 'au moins 1').max(10_000),
});
export type CostLine = z.infer<typeof costLine>;
/** Label: «e-santé Logiciel maisons et centres de santé» of the ANS. */
export const solutionBody = z.object({
  name: label(120),
  company: label(120),
  label: z.enum(['advanced', 'standard', 'asked', 'none', 'unknown']),
  mode: z.enum(['saas', 'on-site', 'unknown']),
  hds: z.enum(['yes', 'no', 'unknown']),
  host: typed(200),
  note: typed(2000),
  costs: z.array(costLine).max(40),
  vendor: z.string().max(64).nullable(),
});
export type SolutionBody = z.infer<typeof solutionBody>;
export const coverageAnswer = z.enum(['yes', 'partly', 'no', 'unknown']);
export type CoverageAnswer = z.infer<typeof coverageAnswer>;
const score = z.object({
  percent: z.number().int(),
  points: z.number().int(),
  most: z.number().int(),
  unknown: z.number().int(),
});
const solution = solutionBody.extend({
  id: z.string(),
  version: z.number().int(),
  by: z.string(),
  at: z.string(),
  vendorName: z.string().nullable(),
  coverage: z.array(
    z.object({ requirement: z.string(), answer: coverageAnswer, note: z.string(), version: z.number().int() }),
  ),
  score: score.extend({
    byImportance: z.array(score.extend({ importance, count: z.number().int() })),
    byProfession: z.array(score.extend({ profession: z.string() })),
    /** Sentences of what is indispensable and not covered. */
    lacking: z.array(z.string()),
  }),
  cost: z.object({
    lines: z.array(z.object({ label: z.string(), times: z.number().int(), cents: z.number().int() })),
    threeYearsCents: z.number().int(),
    firstYearCents: z.number().int(),
  }),
  rank: z.number().int(),
});
const solutionId = projectId.extend({ solution: id });

export const sheetItem = z.object({ id: z.string(), title: z.string(), help: z.string(), weight: z.number().int() });
const scores = z.record(z.string().max(41), z.number().int().min(0, 'de 0 à 5').max(5, 'de 0 à 5'));
const sheet = z.object({
  id: z.string(),
  name: z.string(),
  profession: z.string(),
  scores,
  comment: z.string(),
  version: z.number().int(),
  typedBy: z.string(),
  mine: z.boolean(),
});
const means = z.array(z.object({ item: z.string(), n: z.number().int(), /** Hundredths. */ mean: z.number().int() }));
const demonstration = z.object({
  id: z.string(),
  solution: z.string(),
  on: z.string(),
  time: z.string(),
  place: z.string(),
  version: z.number().int(),
  sheets: z.array(sheet),
  means,
  byProfession: z.array(z.object({ profession: z.string(), n: z.number().int(), mean: z.number().int(), means })),
  /** Weighted, hundredths. */
  mean: z.number().int().nullable(),
  /** Professions of the team without a sheet. */
  silent: z.array(z.string()),
});
const demonstrationBody = z.object({
  solution: id,
  on: isoDay,
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'une heure HH:MM'),
  place: typed(200),
});
const demonstrationId = projectId.extend({ demonstration: id });
export const visitBody = z.object({
  solution: id,
  practice: label(160),
  on: isoDay,
  who: label(300),
  good: typed(2000),
  bad: typed(2000),
  again: z.enum(['yes', 'no', 'unsure']),
});
export type VisitBody = z.infer<typeof visitBody>;
const visit = visitBody.extend({ id: z.string(), version: z.number().int(), by: z.string(), at: z.string() });
const visitId = projectId.extend({ visit: id });
const takesPart = z.object({
  name: label(120),
  profession: z.string().regex(/^[a-z-]{1,40}$/, 'à choisir dans la liste'),
});
export const choiceBody = z.object({
  solution: id.nullable(),
  /** Named when it was chosen before the project, outside the grid. */
  product: typed(160).default(''),
  reasons: z.string().trim().min(10, 'au moins 10 caractères').max(4000),
  tookPart: z.array(takesPart).min(1, 'au moins une personne').max(60),
  decidedOn: isoDay,
  /** Number on screen: 0 when none is recorded. */ seen,
});
export type ChoiceBody = z.infer<typeof choiceBody>;
const choice = z.object({
  number: z.number().int(),
  solution: z.string().nullable(),
  product: z.string(),
  already: z.boolean(),
  reasons: z.string(),
  tookPart: z.array(takesPart),
  decidedOn: z.string(),
  by: z.string(),
  at: z.string(),
});

export const clauseAnswer = z.enum(['present', 'weak', 'missing', 'not-needed']);
const clause = z.object({
  id: z.string(),
  group: z.string(),
  title: z.string(),
  why: z.string(),
  model: z.string(),
  core: z.boolean(),
  answer: clauseAnswer.nullable(),
  article: z.string(),
  note: z.string(),
  file: z.object({ id: z.string(), name: z.string() }).nullable(),
  version: z.number().int(),
  by: z.string().nullable(),
  at: z.string().nullable(),
});
export type ClauseLine = z.infer<typeof clause>;
const may = z.object({ write: z.boolean(), papers: z.boolean() });
const support = { practice: 'support-projects' } as const;
export const specificationReply = z.object({
  lead: words.nullable(),
  end: words.nullable(),
  requirements: z.array(requirement),
  removed: z.number().int(),
  /** Answers that are submitted, and whether needs are in them that are not requirements yet. */
  submitted: z.number().int(),
  toBuild: z.number().int(),
  professions: z.array(z.string()),
  papers: z.array(paper),
  may,
});

/** Specification, comparison, demonstrations, visits, choice, contract. */
export const choosingContract = contract({
  specification: {
    method: 'GET',
    path: '/api/programme/projects/:project/specification',
    may: 'signed-in',
    does: 'What the team asks of a software, sentence by sentence',
    params: projectId,
    reply: specificationReply,
  },
  buildSpecification: {
    method: 'POST',
    path: '/api/programme/projects/:project/specification/build',
    may: support,
    does: 'Makes requirements of the answers; what was written on screen stays',
    params: projectId,
    reply: z.object({ added: z.number().int(), changed: z.number().int() }),
  },
  addRequirement: {
    method: 'POST',
    path: '/api/programme/projects/:project/requirements',
    may: support,
    does: 'Adds a requirement by hand',
    params: projectId,
    body: requirementBody,
    reply: z.object({ id: z.string() }),
  },
  changeRequirement: {
    method: 'PUT',
    path: '/api/programme/projects/:project/requirements/:requirement',
    may: support,
    does: 'Rewrites a requirement; an importance other than the computed one has its reason',
    params: requirementId,
    body: requirementBody.extend({ seen }),
    reply: requirement,
  },
  removeRequirement: {
    method: 'POST',
    path: '/api/programme/projects/:project/requirements/:requirement/remove',
    may: support,
    does: 'Takes a requirement out',
    params: requirementId,
  },
  restoreRequirement: {
    method: 'POST',
    path: '/api/programme/projects/:project/requirements/:requirement/restore',
    may: support,
    does: 'Puts a requirement back',
    params: requirementId,
  },
  issueSpecification: {
    method: 'POST',
    path: '/api/programme/projects/:project/specification/issue',
    may: support,
    does: 'Issues the specification: the next version of one numbered paper; vendors who are asked read it',
    params: projectId,
    reply: z.object({ paper: z.string() }),
  },
  askedSpecifications: {
    method: 'GET',
    path: '/api/programme/specifications',
    may: 'signed-in',
    does: 'The projects in which I am asked as a vendor',
    reply: z.array(
      z.object({
        project: z.string(),
        team: z.string(),
        reference: z.string().nullable(),
        version: z.number().int().nullable(),
        at: z.string().nullable(),
      }),
    ),
  },
  askedSpecification: {
    method: 'GET',
    path: '/api/programme/specifications/:project',
    may: 'signed-in',
    does: 'The specification in force of a project in which I am asked as a vendor, and the dates of my demonstrations',
    params: projectId,
    reply: z.object({
      team: z.string(),
      territory: z.string(),
      reference: z.string(),
      version: z.number().int(),
      at: z.string(),
      lead: z.string(),
      end: z.string(),
      requirements: z.array(
        z.object({
          number: z.string(),
          area: z.string(),
          sentence: z.string(),
          importance,
          professions: z.array(z.string()),
        }),
      ),
      demonstrations: z.array(z.object({ solution: z.string(), on: z.string(), time: z.string(), place: z.string() })),
    }),
  },
  askedSpecificationPdf: {
    method: 'GET',
    path: '/api/programme/specifications/:project/pdf',
    may: 'signed-in',
    does: 'The same, PDF/A',
    params: projectId,
  },

  grid: {
    method: 'GET',
    path: '/api/programme/projects/:project/grid',
    may: 'signed-in',
    does: 'The solutions side by side, with their scores and costs',
    params: projectId,
    reply: z.object({
      requirements: z.array(requirement),
      weights: z.array(z.object({ importance, weight: z.number().int() })),
      solutions: z.array(solution),
      vendors: z.array(z.object({ practitioner: z.string(), name: z.string() })),
      chosen: z.string().nullable(),
      may: z.object({ write: z.boolean() }),
    }),
  },
  addSolution: {
    method: 'POST',
    path: '/api/programme/projects/:project/solutions',
    may: support,
    does: 'Adds a solution to compare',
    params: projectId,
    body: solutionBody,
    reply: z.object({ id: z.string() }),
  },
  changeSolution: {
    method: 'PUT',
    path: '/api/programme/projects/:project/solutions/:solution',
    may: support,
    does: 'Changes what is said of a solution',
    params: solutionId,
    body: solutionBody.extend({ seen }),
    reply: z.object({ version: z.number().int() }),
  },
  removeSolution: {
    method: 'POST',
    path: '/api/programme/projects/:project/solutions/:solution/remove',
    may: support,
    does: 'Takes a solution out of the comparison',
    params: solutionId,
  },
  restoreSolution: {
    method: 'POST',
    path: '/api/programme/projects/:project/solutions/:solution/restore',
    may: support,
    does: 'Puts a solution back',
    params: solutionId,
  },
  cover: {
    method: 'PUT',
    path: '/api/programme/projects/:project/solutions/:solution/coverage/:requirement',
    may: support,
    does: 'Whether a solution covers a requirement',
    params: solutionId.extend({ requirement: id }),
    body: z.object({ answer: coverageAnswer, note: typed(600).default(''), seen }),
    reply: z.object({ version: z.number().int() }),
  },

  demonstrations: {
    method: 'GET',
    path: '/api/programme/projects/:project/demonstrations',
    may: 'signed-in',
    does: 'Demonstrations with what each profession thought, and visits',
    params: projectId,
    reply: z.object({
      items: z.array(sheetItem),
      solutions: z.array(z.object({ id: z.string(), name: z.string(), company: z.string() })),
      demonstrations: z.array(demonstration),
      visits: z.array(visit),
      today: z.string(),
      may: z.object({ write: z.boolean(), visit: z.boolean(), score: z.boolean() }),
    }),
  },
  planDemonstration: {
    method: 'POST',
    path: '/api/programme/projects/:project/demonstrations',
    may: support,
    does: 'Plans a demonstration',
    params: projectId,
    body: demonstrationBody,
    reply: z.object({ id: z.string() }),
  },
  changeDemonstration: {
    method: 'PUT',
    path: '/api/programme/projects/:project/demonstrations/:demonstration',
    may: support,
    does: 'Changes its date or place',
    params: demonstrationId,
    body: demonstrationBody.extend({ seen }),
    reply: z.object({ version: z.number().int() }),
  },
  removeDemonstration: {
    method: 'POST',
    path: '/api/programme/projects/:project/demonstrations/:demonstration/remove',
    may: support,
    does: 'Takes a demonstration out',
    params: demonstrationId,
  },
  restoreDemonstration: {
    method: 'POST',
    path: '/api/programme/projects/:project/demonstrations/:demonstration/restore',
    may: support,
    does: 'Puts it back',
    params: demonstrationId,
  },
  scoreDemonstration: {
    method: 'PUT',
    path: '/api/programme/projects/:project/demonstrations/:demonstration/sheet',
    may: 'signed-in',
    does: 'My scoring sheet, as a person of the practice',
    params: demonstrationId,
    body: z.object({ scores, comment: typed(2000), seen }),
    reply: z.object({ version: z.number().int() }),
  },
  typeSheet: {
    method: 'POST',
    path: '/api/programme/projects/:project/demonstrations/:demonstration/sheets',
    may: support,
    does: 'Types a sheet that was filled on paper',
    params: demonstrationId,
    body: z.object({
      name: label(120),
      profession: z.string().regex(/^[a-z-]{1,40}$/, 'à choisir dans la liste'),
      scores,
      comment: typed(2000),
    }),
    reply: z.object({ id: z.string() }),
  },
  addVisit: {
    method: 'POST',
    path: '/api/programme/projects/:project/visits',
    may: 'signed-in',
    does: 'Writes of a visit to a practice already equipped',
    params: projectId,
    body: visitBody,
    reply: z.object({ id: z.string() }),
  },
  changeVisit: {
    method: 'PUT',
    path: '/api/programme/projects/:project/visits/:visit',
    may: 'signed-in',
    does: 'Rewrites a visit',
    params: visitId,
    body: visitBody.extend({ seen }),
    reply: z.object({ version: z.number().int() }),
  },
  removeVisit: {
    method: 'POST',
    path: '/api/programme/projects/:project/visits/:visit/remove',
    may: 'signed-in',
    does: 'Takes a visit out',
    params: visitId,
  },
  restoreVisit: {
    method: 'POST',
    path: '/api/programme/projects/:project/visits/:visit/restore',
    may: 'signed-in',
    does: 'Puts a visit back',
    params: visitId,
  },

  choice: {
    method: 'GET',
    path: '/api/programme/projects/:project/choice',
    may: 'signed-in',
    does: 'The final choice and those before it',
    params: projectId,
    reply: z.object({
      choices: z.array(choice),
      solutions: z.array(z.object({ id: z.string(), name: z.string(), company: z.string() })),
      people: z.array(takesPart),
      missing: z.array(z.string()),
      may: z.object({ write: z.boolean() }),
      today: z.string(),
    }),
  },
  choose: {
    method: 'POST',
    path: '/api/programme/projects/:project/choice',
    may: 'signed-in',
    does: 'Records the final choice, its reasons and who took part; a later one takes its place',
    params: projectId,
    body: choiceBody,
    reply: z.object({ number: z.number().int() }),
  },

  clauses: {
    method: 'GET',
    path: '/api/programme/projects/:project/clauses',
    may: 'signed-in',
    does: 'The clauses that a contract must hold, missing ones first',
    params: projectId,
    reply: z.object({
      clauses: z.array(clause),
      counts: z.object({
        present: z.number().int(),
        weak: z.number().int(),
        missing: z.number().int(),
        notNeeded: z.number().int(),
        unread: z.number().int(),
      }),
      papers: z.array(paper),
      files: z.array(z.object({ id: z.string(), name: z.string() })),
      product: z.string(),
      may,
    }),
  },
  answerClause: {
    method: 'PUT',
    path: '/api/programme/projects/:project/clauses/:clause',
    may: 'signed-in',
    does: 'Whether a clause is in the contract, and where',
    params: projectId.extend({ clause: z.string().max(41) }),
    body: z.object({
      answer: clauseAnswer.nullable(),
      article: typed(120).default(''),
      note: typed(1000).default(''),
      file: id.nullable().default(null),
      seen,
    }),
    reply: z.object({ version: z.number().int() }),
  },
  issueClauses: {
    method: 'POST',
    path: '/api/programme/projects/:project/clauses/issue',
    may: support,
    does: 'Issues the checklist of the contract as a paper',
    params: projectId,
    reply: z.object({ paper: z.string() }),
  },
});
