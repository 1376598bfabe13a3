/** The final choice, its reasons and who took part. */
import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { isoDay, projectId, typed } from '../../projects/contract.ts';
import { id, label, seen } from './common.ts';

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
  /** Number on screen: 0 when none is recorded. */
  seen,
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

export const finalChoiceContract = contract({
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
});
