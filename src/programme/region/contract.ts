import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';

export const practiceStatus = z.enum([
  'project',
  'closed',
  'stopped',
  'chosen',
  'waiting',
  'refused',
  'renounced',
  'applied',
  'none',
]);
const cents = z.number().int();
export const place = z.object({
  /** Units of the map (region/communes.ts). */
  x: z.number().int(),
  y: z.number().int(),
  label: z.string(),
  department: z.string(),
  /** By an officer; else from the words of the team. */
  byHand: z.boolean(),
});
export const practiceLine = z.object({
  practice: z.string(),
  team: z.string(),
  status: practiceStatus,
  /** It works with this product. */
  here: z.boolean(),
  territory: z.string(),
  place: place.nullable(),
  call: z.object({ id: z.string(), title: z.string(), year: z.number().int() }).nullable(),
  project: z.string().nullable(),
  application: z.string().nullable(),
  consultant: z.string().nullable(),
  /** Of a project that is under way. */
  step: z
    .object({ id: z.string(), title: z.string(), at: z.number().int(), of: z.number().int(), to: z.string() })
    .nullable(),
  lateDays: z.number().int(),
  endsOn: z.string().nullable(),
  spending: z.object({ ceilingCents: cents, engagedCents: cents, paidCents: cents }).nullable(),
  /** Of the last month of which something can be said; null: too few patients behind it. */
  use: z.object({ professions: z.number().int().nullable(), month: z.string() }).nullable(),
});
const filters = z.object({
  q: z.string().max(120).default(''),
  status: practiceStatus.optional(),
  /** Id of the step of a project. */
  step: z.string().max(41).optional(),
  delay: z.enum(['late', 'on-time']).optional(),
  spending: z.enum(['none', 'engaged', 'paid']).optional(),
  use: z.enum(['none', 'unknown', 'some', 'shared']).optional(),
  call: z.string().max(60).optional(),
  department: z.string().max(3).optional(),
  sort: z
    .string()
    .regex(/^-?(team|status|step|late|ends|paid|use|call|department)$/, 'un ordre connu')
    .default('team'),
});
export type Filters = z.infer<typeof filters>;
const practice = z.object({ practice: z.string().regex(/^[A-Za-z0-9-]{1,80}$/, 'inconnu') });
const lead = { practice: 'lead-projects' } as const;

/** The region's view. `signed-in`: officer, commission and GCS see all of it, a consultant their own projects, the others nothing. */
export const regionContract = contract({
  today: {
    method: 'GET',
    path: '/api/programme/region/today',
    may: 'signed-in',
    does: 'What waits for me today in the programme, each with its list; my projects; where all projects are',
    reply: z.object({
      as: z.string(),
      waits: z.array(
        z.object({
          count: z.number().int(),
          words: z.string(),
          to: z.string(),
          tone: z.enum(['info', 'warning', 'danger']),
        }),
      ),
      projects: z.array(
        z.object({
          id: z.string(),
          team: z.string(),
          step: z.string(),
          to: z.string(),
          lateDays: z.number().int(),
          blockers: z.array(z.string()),
        }),
      ),
      steps: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          at: z.number().int(),
          onTime: z.number().int(),
          late: z.number().int(),
        }),
      ),
    }),
  },
  regionPractices: {
    method: 'GET',
    path: '/api/programme/region/practices',
    may: 'signed-in',
    does: 'The practices of the region by status, step, delay, spending and use, with where they are',
    query: filters,
    reply: z.object({
      as: z.string(),
      /** Shapes of the map; null: all of France. */
      shape: z.string().nullable(),
      practices: z.array(practiceLine),
      of: z.number().int(),
      columns: z.object({ spending: z.boolean(), use: z.boolean() }),
      may: z.object({ place: z.boolean() }),
      calls: z.array(z.object({ id: z.string(), title: z.string() })),
      steps: z.array(z.object({ id: z.string(), title: z.string() })),
      departments: z.array(z.string()),
    }),
  },
  regionExport: {
    method: 'GET',
    path: '/api/programme/region/practices/export',
    may: 'signed-in',
    does: 'The same list as a file, CSV or XLSX',
    query: filters.extend({ format: z.enum(['csv', 'xlsx']) }),
  },
  communes: {
    method: 'GET',
    path: '/api/programme/region/communes',
    may: lead,
    does: 'Communes whose name begins with or holds what is typed',
    query: z.object({ q: z.string().max(80) }),
    reply: z.array(z.object({ code: z.string(), name: z.string(), department: z.string() })),
  },
  placePractice: {
    method: 'PUT',
    path: '/api/programme/region/practices/:practice/place',
    may: lead,
    does: 'Says where a practice is: a commune, or a point of the map',
    params: practice,
    body: z.union([
      z.object({ commune: z.string().regex(/^[0-9AB]{5}$/, 'une commune de la liste') }),
      z.object({
        x: z.number().int().min(-30_000).max(30_000),
        y: z.number().int().min(-30_000).max(30_000),
        department: z.string().regex(/^[0-9AB]{2,3}$/, 'un département'),
      }),
    ]),
  },
  unplacePractice: {
    method: 'DELETE',
    path: '/api/programme/region/practices/:practice/place',
    may: lead,
    does: 'Takes back where an officer placed a practice',
    params: practice,
  },
});
