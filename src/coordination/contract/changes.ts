import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { patientBrief, when, who } from './common.ts';

/** Why a change stands first: it waits for me, or it changes how one takes care of the patient. */
export const attentions = {
  'to-read': 'À lire',
  critical: 'Résultat critique',
  abnormal: 'Hors normes',
  alert: 'Alerte',
  allergy: 'Allergie',
  treatment: 'Traitement changé',
  decision: 'Décision de réunion',
  hospital: 'Hospitalisation',
} as const;
export const attention = z.enum(Object.keys(attentions) as [keyof typeof attentions, ...(keyof typeof attentions)[]]);

export const changeEntry = z.object({
  type: z.string(),
  id: z.string(),
  version: z.number().int(),
  /** «Mesure», «Note», «Traitement»… */
  what: z.string(),
  label: z.string(),
  at: when,
  who: who.nullable(),
  act: z.enum(['added', 'changed', 'removed']),
  attention: attention.nullable(),
  attentionLabel: z.string(),
  sensitive: z.boolean(),
});
export const changedPatient = z.object({
  patient: patientBrief,
  /** Since when for this patient: my last visit, or what I marked as seen. */
  since: when,
  attention: z.number().int(),
  count: z.number().int(),
  changes: z.array(changeEntry),
});
export type ChangedPatient = z.infer<typeof changedPatient>;

export const changeEntries = contract({
  changes: {
    method: 'GET',
    path: '/api/changes',
    may: 'signed-in',
    does: 'What others wrote about my patients since I last looked, what needs me first.',
    query: z.object({
      /** `attention`: only the patients with something that needs me. */
      view: z.enum(['all', 'attention']).default('all'),
      /** Days back at most. */
      days: z.coerce.number().int().min(1).max(90).default(14),
      profession: z.string().max(60).optional(),
    }),
    reply: z.object({
      patients: z.array(changedPatient),
      attention: z.number().int(),
      total: z.number().int(),
      /** There is more than what is listed. */
      more: z.boolean(),
      until: when,
    }),
  },
  markSeen: {
    method: 'POST',
    path: '/api/changes/seen',
    may: 'signed-in',
    does: 'I have seen what happened up to this moment: to one patient, or to all of mine.',
    body: z.object({ patient: z.string().nullable(), until: when }),
    reply: z.object({ undo: z.boolean() }),
  },
  unmarkSeen: {
    method: 'POST',
    path: '/api/changes/unseen',
    may: 'signed-in',
    does: 'Takes back the last mark.',
    body: z.object({ patient: z.string().nullable() }),
  },
});
