/** Figures of use (PRJ-11). */
import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { projectId } from '../../projects/contract.ts';
import { seen } from './common.ts';

const bounds = z.object({ low: z.number(), high: z.number() });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'un mois AAAA-MM');
const count = z
  .number('un nombre')
  .int('un nombre entier')
  .min(0, 'un nombre positif')
  .max(1_000_000, 'un nombre plus petit');
const shown = count.nullable();
export const useMonth = z.object({
  month: z.string(),
  records: bounds,
  shared: bounds,
  professionals: shown,
  professions: shown,
  meetings: count,
  protocols: count,
  messages: shown,
  tasks: shown,
  source: z.enum(['practice', 'typed']),
  by: z.string(),
  version: z.number().int(),
});
const sign = z.object({
  id: z.string(),
  label: z.string(),
  atLeast: z.number(),
  unit: z.enum(['count', 'share']),
  source: z.string(),
  value: bounds.nullable(),
  met: z.enum(['yes', 'no', 'unknown']),
});
const monthOf = projectId.extend({ month });

export const useContract = contract({
  useFigures: {
    method: 'GET',
    path: '/api/programme/projects/:project/use',
    may: 'signed-in',
    does: 'Figures of use month by month and the signs of good use; of a practice that works with this product, once it shows them',
    params: projectId,
    reply: z.object({
      here: z.boolean(),
      share: z.object({ shared: z.boolean(), by: z.string(), at: z.string() }).nullable(),
      months: z.array(useMonth),
      open: z.array(z.string()),
      signs: z.array(sign),
      over: z.number().int(),
      note: z.string(),
      may: z.object({ share: z.boolean(), withdraw: z.boolean(), type: z.boolean() }),
    }),
  },
  shareUse: {
    method: 'POST',
    path: '/api/programme/projects/:project/use/share',
    may: { practice: 'apply' },
    does: 'Shows the practice’s own figures of use to its project; nothing is read before',
    params: projectId,
  },
  withdrawUse: {
    method: 'POST',
    path: '/api/programme/projects/:project/use/withdraw',
    may: { practice: 'apply' },
    does: 'Takes the figures back, as long as the completion report is not issued',
    params: projectId,
  },
  typeUseMonth: {
    method: 'PUT',
    path: '/api/programme/projects/:project/use/:month',
    may: 'signed-in',
    does: 'Types the figures of a month of a team that does not show its own here; small counts are hidden before they are kept',
    params: monthOf,
    body: z.object({
      seen,
      records: count,
      shared: count,
      professionals: count,
      professions: count,
      meetings: count,
      protocols: count,
      messages: count,
      tasks: count,
    }),
    reply: z.object({ version: z.number().int() }),
  },
  removeUseMonth: {
    method: 'DELETE',
    path: '/api/programme/projects/:project/use/:month',
    may: 'signed-in',
    does: 'Takes out a month that was typed',
    params: monthOf,
  },
});
