import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { professions } from '../../access/professions.ts';
import { letterTypes, letterUses } from '../data/letters/uses.ts';
import * as c from './common.ts';

const keysOf = <K extends string>(record: Record<K, unknown>) => Object.keys(record) as [K, ...K[]];
const profession = z.enum(keysOf(professions), 'profession inconnue');
const version = z.number().int().min(1);
const text = (max: number) => z.string().trim().max(max, `${max} caractères au plus`);

/** A letter template as the team writes it: see platform/templates/parse-template.ts for its fields and conditional parts. */
export const templateBody = z.object({
  title: text(200).min(1, 'à renseigner'),
  description: text(500).default(''),
  use: z.enum(keysOf(letterUses)),
  documentType: z.enum(letterTypes.map(({ code }) => code) as [string, ...string[]]),
  /** Who it is proposed to first; empty: everyone alike. */
  professions: z.array(profession).max(30),
  /** Who may sign it; empty: whoever may write it. */
  signers: z.array(profession).max(30),
  /** Nothing about health: the secretariat writes it whole, signs it, reads it. */
  administrative: z.boolean(),
  sensitive: c.sensitivity.nullable(),
  /** The letter's subject; it may hold fields. */
  subject: text(200),
  text: z.string().max(30_000, '30 000 caractères au plus'),
});
export type TemplateBody = z.infer<typeof templateBody>;
export const templateStatus = z.enum(['draft', 'active', 'retired']);
export const templateLine = templateBody.omit({ text: true, subject: true }).extend({
  id: z.string(),
  edition: z.string(),
  version: z.number().int(),
  status: templateStatus,
  useLabel: z.string(),
  mine: z.boolean(),
  shipped: z.boolean(),
  newer: z.boolean(),
  draft: z.string().nullable(),
  draftOf: z.string().nullable(),
});
export type TemplateLine = z.infer<typeof templateLine>;
export const templateFlaw = z.object({
  line: z.number().int(),
  words: z.string(),
  severity: z.enum(['error', 'warning']),
});
const templateDetail = templateLine.extend({
  subject: z.string(),
  text: z.string(),
  flaws: z.array(templateFlaw),
  writes: z.boolean(),
});
export type TemplateDetail = z.infer<typeof templateDetail>;
/** A FHIR Library that carries a template: what another practice brings in. */
const library = z.custom<Record<string, unknown>>(
  (value) =>
    typeof value === 'object' && value !== null && (value as { resourceType?: unknown }).resourceType === 'Library',
  'Un modèle exporté (Library FHIR) est attendu.',
);

/** A PNG or a JPEG, in base64. */
const logo = z.object({
  contentType: z.enum(['image/png', 'image/jpeg']),
  data: z
    .string()
    .max(400_000, 'Logo trop lourd : 300 ko au plus.')
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'Image illisible.'),
});
export const letterheadBody = z.object({
  name: text(120).min(1, 'à renseigner'),
  lines: z.array(text(120)).max(8, '8 lignes au plus'),
  phone: text(40),
  place: text(80),
  legal: text(1200),
  logo: logo.nullable(),
});
export type Letterhead = z.infer<typeof letterheadBody>;

const params = z.object({ template: z.string().max(64) });
const write = { practice: 'write-letter-templates' } as const;
export const letterTemplateEntries = contract({
  letterTemplates: {
    method: 'GET',
    path: '/api/letter-templates',
    may: 'signed-in',
    does: 'The letter templates of the practice, those of my profession first; drafts and withdrawn ones for those who write them.',
    reply: z.object({ templates: z.array(templateLine), writes: z.boolean() }),
  },
  letterTemplate: {
    method: 'GET',
    path: '/api/letter-templates/:template',
    may: 'signed-in',
    does: 'One letter template with what keeps it from being put in use.',
    params,
    reply: templateDetail,
  },
  exportTemplate: {
    method: 'GET',
    path: '/api/letter-templates/:template/file',
    may: 'signed-in',
    does: 'A letter template as a file (FHIR Library), for another practice.',
    params,
  },
  beginTemplate: {
    method: 'POST',
    path: '/api/letter-templates',
    may: write,
    does: 'Begins a letter template: blank, a copy, or a file brought along.',
    body: z.object({
      from: z.string().max(64).optional(),
      file: library.optional(),
      title: text(200).min(1).optional(),
    }),
    reply: templateDetail,
  },
  changeTemplate: {
    method: 'PUT',
    path: '/api/letter-templates/:template',
    may: write,
    does: 'Changes a draft; of one in use, makes a draft beside it.',
    params,
    body: templateBody.extend({ version }),
    reply: templateDetail,
  },
  publishTemplate: {
    method: 'POST',
    path: '/api/letter-templates/:template/publish',
    may: write,
    does: 'Puts a draft in use as a new edition; letters keep the edition they were written with.',
    params,
    body: z.object({ version }),
    reply: templateDetail,
  },
  retireTemplate: {
    method: 'POST',
    path: '/api/letter-templates/:template/retire',
    may: write,
    does: 'Takes a template out of use, or puts it back.',
    params,
    body: z.object({ version, back: z.boolean() }),
    reply: templateDetail,
  },
  dropTemplate: {
    method: 'POST',
    path: '/api/letter-templates/:template/drop',
    may: write,
    does: 'Throws a draft away.',
    params,
    body: z.object({ version }),
  },
  letterhead: {
    method: 'GET',
    path: '/api/letterhead',
    may: 'signed-in',
    does: 'The letterhead of the practice.',
    reply: letterheadBody.extend({ version: z.number().int().nullable(), writes: z.boolean() }),
  },
  changeLetterhead: {
    method: 'PUT',
    path: '/api/letterhead',
    may: { practice: 'write-letterhead' },
    does: 'Changes the letterhead: logo, lines, telephone, legal mentions.',
    body: letterheadBody.extend({ version: version.nullable() }),
    reply: letterheadBody.extend({ version: z.number().int().nullable(), writes: z.boolean() }),
  },
  previewLetterhead: {
    method: 'POST',
    path: '/api/letterhead/preview',
    may: { practice: 'write-letterhead' },
    does: 'A page with the letterhead as it is on the screen, PDF.',
    body: letterheadBody,
  },
});
