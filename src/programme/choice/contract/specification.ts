/** The specification, sentence by sentence; what a vendor who is asked reads of it. */
import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { projectId, typed } from '../../projects/contract.ts';
import { id, label, may, paper, seen, support } from './common.ts';

const professionsList = z.array(z.string().regex(/^[a-z-]{1,40}$/, 'à choisir dans la liste')).max(40);
export const importance = z.enum(['must', 'should', 'could']);
export type Importance = z.infer<typeof importance>;
export const requirement = z.object({
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
const requirementId = projectId.extend({ requirement: id });

const specificationReply = z.object({
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

export const specificationContract = contract({
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
});
