import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { professionCodes } from '../../../access/index.ts';
import { phaseIds } from './contract.ts';

const phase = z.enum(phaseIds);
const profession = z.enum(professionCodes as [string, ...string[]]);
/** The deployment plan that comes with the product (REC-6); a project copies it and changes its copy. Throws when the file is not whole. */
export const deploymentModel = z
  .object({
    phases: z
      .array(z.object({ id: phase, title: z.string(), lead: z.string(), weight: z.number().int().min(1) }))
      .length(phaseIds.length),
    modules: z.array(
      z.object({
        phase,
        title: z.string(),
        aim: z.string(),
        professions: z.array(profession),
        minutes: z.number().int().positive(),
      }),
    ),
    tasks: z.array(z.object({ kind: z.enum(['set-up', 'take-over']), phase, title: z.string(), owner: z.string() })),
  })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'deployment-1.json'), 'utf8')));
export type DeploymentModel = typeof deploymentModel;
