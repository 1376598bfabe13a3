/** Demonstrations with their scoring sheets, and visits. */
import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { isoDay, projectId, typed } from '../../projects/contract.ts';
import { id, label, seen, support } from './common.ts';

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
/** `mean` in hundredths. */
const means = z.array(z.object({ item: z.string(), n: z.number().int(), mean: z.number().int() }));
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

export const demonstrationsContract = contract({
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
});
