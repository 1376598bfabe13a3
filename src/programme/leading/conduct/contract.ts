import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { projectId } from '../../projects/contract.ts';
import { freeText } from '../../contract/patient-words.ts';

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
const item = z.object({
  id: z.string(),
  title: z.string(),
  why: z.string(),
  who: z.string(),
  /** Kinds of papers and files that show it. */
  documents: z.array(z.string()),
});
export const checklistShape = z.object({
  id: z.enum(['before', 'during', 'after']),
  title: z.string(),
  lead: z.string(),
  items: z.array(item).min(1),
});
const itemState = z.enum(['to-do', 'done', 'not-applicable']);
export const equipmentKinds = [
  'workstation',
  'printer',
  'card-reader',
  'network',
  'internet',
  'backup',
  'software',
  'records',
  'other',
] as const;
const mbits = z.number().min(0, 'un débit').max(100_000, 'un débit en Mbit/s').nullable().default(null);
const equipmentBody = z.object({
  site: freeText(120, 1),
  kind: z.enum(equipmentKinds),
  name: freeText(160).default(''),
  profession: z.string().max(60).default(''),
  quantity: z.number().int().min(0, 'un nombre').max(10_000_000).nullable().default(null),
  down: mbits,
  up: mbits,
  state: z.enum(['good', 'to-replace', 'unknown']).default('unknown'),
  note: freeText(1000).default(''),
});
export const equipmentLine = equipmentBody.extend({
  id: z.string(),
  version: z.number().int(),
  by: z.string(),
  at: z.string(),
});
const equipmentId = projectId.extend({ equipment: id });

export const conductContract = contract({
  conduct: {
    method: 'GET',
    path: '/api/programme/projects/:project/conduct',
    may: 'signed-in',
    does: 'What is to be done before, during and after, and what the team works with today',
    params: projectId,
    reply: z.object({
      times: z.array(
        checklistShape.omit({ items: true }).extend({
          done: z.number().int(),
          of: z.number().int(),
          items: z.array(
            item.extend({
              state: itemState,
              note: z.string(),
              owner: z.string(),
              version: z.number().int(),
              by: z.string().nullable(),
              at: z.string().nullable(),
              there: z.array(z.object({ label: z.string(), have: z.boolean() })),
            }),
          ),
        }),
      ),
      equipment: z.array(equipmentLine),
      sites: z.array(z.string()),
      writes: z.boolean(),
    }),
  },
  tickItem: {
    method: 'PUT',
    path: '/api/programme/projects/:project/checklist/:item',
    may: 'signed-in',
    does: 'Ticks an item, says who has it, or why it does not apply',
    params: projectId.extend({ item: z.string().max(40) }),
    body: z.object({
      state: itemState,
      note: freeText(1000).default(''),
      owner: freeText(120).default(''),
      seen: z.number().int().min(0),
    }),
  },
  addEquipment: {
    method: 'POST',
    path: '/api/programme/projects/:project/equipment',
    may: 'signed-in',
    does: 'Adds a line to what the team works with',
    params: projectId,
    body: equipmentBody,
    reply: z.object({ id: z.string() }),
  },
  changeEquipment: {
    method: 'PUT',
    path: '/api/programme/projects/:project/equipment/:equipment',
    may: 'signed-in',
    does: 'Changes a line, takes it out or puts it back',
    params: equipmentId,
    body: equipmentBody.extend({ removed: z.boolean().default(false), seen: z.number().int().min(0) }),
  },
  equipmentCsv: {
    method: 'GET',
    path: '/api/programme/projects/:project/equipment.csv',
    may: 'signed-in',
    does: 'What the team works with, as CSV',
    params: projectId,
  },
});
