/** The completion report (PRJ-8). */
import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { projectId, typed } from '../../projects/contract.ts';
import { day, fieldOf, issued, kept, longText, profession, seen, sheetField, support } from './common.ts';

export const takeOverStates = ['done', 'partial', 'none', 'not-wanted'] as const;
export const verdicts = ['good', 'reserves', 'not-yet'] as const;
/** Fields of the completion report (PRJ-8): what was installed and verified, the verdict. */
export const completionFields = {
  installedOn: day,
  product: kept(200),
  vendor: kept(200),
  modules: z
    .array(
      z.object({ name: kept(120).min(1, 'un nom'), state: z.enum(['in-use', 'installed', 'absent']), note: kept(500) }),
    )
    .max(40),
  sites: z
    .array(
      z.object({
        name: kept(160).min(1, 'un nom'),
        workstations: z.number().int().min(0).max(500),
        verified: z.boolean(),
        note: kept(500),
      }),
    )
    .max(40),
  takeOver: z.object({ state: z.enum(takeOverStates), note: kept(2000) }).nullable(),
  trainings: z
    .array(
      z.object({
        title: kept(160).min(1, 'un intitulé'),
        on: day,
        people: z.number().int().min(0).max(500),
        professions: z.array(profession).max(30),
      }),
    )
    .max(40),
  observations: longText,
  reserves: longText,
  verdict: z.union([z.literal(''), z.enum(verdicts)]),
  signatory: z.object({ name: kept(120), role: kept(120) }),
} as const;
export type CompletionFields = { [K in keyof typeof completionFields]: z.infer<(typeof completionFields)[K]> };
const signature = z.object({ name: z.string(), at: z.string() });

export const completionContract = contract({
  completionReport: {
    method: 'GET',
    path: '/api/programme/projects/:project/completion',
    may: 'signed-in',
    does: 'The completion report as it is being written, its signatures and what it lacks',
    params: projectId,
    reply: z.object({
      fields: z.record(z.string(), sheetField),
      issued: issued.nullable(),
      changed: z.boolean(),
      blockers: z.array(z.string()),
      signatures: z.object({ consultant: signature.nullable(), team: signature.nullable() }),
      evidence: z.number().int(),
      may: z.object({ write: z.boolean(), issue: z.boolean(), sign: z.boolean() }),
    }),
  },
  saveCompletionField: {
    method: 'PUT',
    path: '/api/programme/projects/:project/completion/fields/:field',
    may: support,
    does: 'Saves one field of the completion report; `seen`: its version on screen. 409 with what stands there when someone else wrote',
    params: projectId.extend({ field: fieldOf.shape.field }),
    body: z.object({ seen, value: z.unknown() }),
    reply: sheetField,
  },
  issueCompletion: {
    method: 'POST',
    path: '/api/programme/projects/:project/completion/issue',
    may: support,
    does: 'Issues the completion report, signed by the consultant, or its next version',
    params: projectId,
    reply: issued,
  },
  signCompletion: {
    method: 'POST',
    path: '/api/programme/projects/:project/completion/sign',
    may: { practice: 'apply' },
    does: 'Signs the completion report for the team: its next version carries both signatures',
    params: projectId,
    body: z.object({ version: z.number().int().min(1), remarks: typed(3000).default('') }),
    reply: issued,
  },
});
