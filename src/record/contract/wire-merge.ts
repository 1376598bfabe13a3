import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { patientBrief, when, who } from './common.ts';

const pairParams = z.object({ one: z.string(), other: z.string() });
const mergeParams = z.object({ merge: z.string() });
const by = { name: z.string(), at: when };

export const duplicatePair = z.object({
  one: patientBrief,
  other: patientBrief,
  score: z.number(),
  reasons: z.array(z.string()),
});
/** One record that went into another. */
export const mergeLine = z.object({
  id: z.string(),
  gone: z.string(),
  goneName: z.string(),
  /** Birth, telephone, status: two of one name are told apart by it. */
  goneDetail: z.string(),
  kept: z.string(),
  keptName: z.string(),
  keptDetail: z.string(),
  ...by,
  reason: z.string(),
  separated: z.object(by).nullable(),
  /** Added meanwhile and not sorted yet. */
  unsorted: z.number().int(),
});
const duplicatesPage = z.object({
  pairs: z.array(duplicatePair),
  /** True when there are more than shown: treat these first. */
  more: z.boolean(),
  apart: z.array(z.object({ one: patientBrief, other: patientBrief, ...by })),
  merges: z.array(mergeLine),
});

export const pairSide = z.object({
  patient: patientBrief,
  version: z.number().int(),
  created: when,
  traits: z.array(z.object({ label: z.string(), value: z.string(), same: z.boolean() })),
  /** Kinds that the person reads in this practice; the rest in one number. */
  counts: z.array(z.object({ label: z.string(), count: z.number().int() })),
  total: z.number().int(),
  /** Why this identity may not be the one that stays; null: it may. */
  mayNotStay: z.string().nullable(),
});
const pairPage = z.object({
  sides: z.array(pairSide).length(2),
  reasons: z.array(z.string()),
  /** Why they may not be merged at all; null: they may. */
  refused: z.string().nullable(),
  /** Which stays unless one chooses. */
  suggested: z.string(),
  warnings: z.array(z.string()),
  apart: z.boolean(),
});
const merged = z.object({ id: z.string(), kept: z.string(), moved: z.number().int(), undoUntil: when });
const mergeBody = z.object({
  gone: z.string(),
  kept: z.string(),
  goneVersion: z.number().int(),
  keptVersion: z.number().int(),
  reason: z.string().trim().max(500).nullish(),
});
const separated = z.object({ id: z.string(), back: z.number().int(), toSort: z.number().int() });
export const addedLine = z.object({
  type: z.string(),
  id: z.string(),
  kindLabel: z.string(),
  /** What it says; null: not for this person. */
  title: z.string().nullable(),
  who: who.nullable(),
  at: when,
  place: z.enum(['unsorted', 'kept', 'gone']),
  maySort: z.boolean(),
});
const sortPage = z.object({ merge: mergeLine, lines: z.array(addedLine) });

const may = { write: 'identity' } as const;
export const mergeEntries = contract({
  duplicatePairs: {
    method: 'GET',
    path: '/api/patient-pairs',
    may,
    does: 'Patients of the practice who may be one person, pairs set apart, merges.',
    reply: duplicatesPage,
  },
  duplicatePair: {
    method: 'GET',
    path: '/api/patient-pairs/:one/:other',
    may,
    does: 'Two identities side by side, with what a merge would do.',
    params: pairParams,
    reply: pairPage,
  },
  setApart: {
    method: 'PUT',
    path: '/api/patient-pairs/:one/:other/apart',
    may,
    does: 'These two are not the same person: not proposed again.',
    params: pairParams,
  },
  bringTogether: {
    method: 'DELETE',
    path: '/api/patient-pairs/:one/:other/apart',
    may,
    does: 'Take back that they are two.',
    params: pairParams,
  },
  mergeRecords: {
    method: 'POST',
    path: '/api/merges',
    may,
    does: 'Put one record into the other; everything follows, nothing is lost.',
    body: mergeBody,
    reply: merged,
  },
  separateRecords: {
    method: 'POST',
    path: '/api/merges/:merge/separate',
    may,
    does: 'Give each record back what was its own.',
    params: mergeParams,
    body: z.object({ reason: z.string().trim().max(500).nullish() }),
    reply: separated,
  },
  addedMeanwhile: {
    method: 'GET',
    path: '/api/merges/:merge',
    may: 'signed-in',
    does: 'What was added while two records were one, to be sorted.',
    params: mergeParams,
    reply: sortPage,
  },
  sortAdded: {
    method: 'POST',
    path: '/api/merges/:merge/lines/:type/:id',
    may: 'signed-in',
    does: 'Say whose a line added meanwhile is.',
    params: z.object({ merge: z.string(), type: z.string(), id: z.string() }),
    body: z.object({ place: z.enum(['kept', 'gone']) }),
    reply: sortPage,
  },
});
