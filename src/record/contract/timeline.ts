import { z } from 'zod';
import { line, when, who } from './common.ts';
import { measureValue, rangeFlag } from './page.ts';

// Timeline
export const timelineKinds = [
  'encounter',
  'note',
  'problem',
  'allergy',
  'treatment',
  'measure',
  'result',
  'document',
  'vaccine',
  'procedure',
  'history',
  'alert',
  'plan',
  'form',
  'coordination',
  'appointment',
] as const;
export type TimelineKind = (typeof timelineKinds)[number];
export const timelineKindLabels: Record<TimelineKind, string> = {
  encounter: 'Consultations et visites',
  note: 'Notes',
  problem: 'Problèmes',
  allergy: 'Allergies',
  treatment: 'Traitements',
  measure: 'Mesures',
  result: 'Résultats',
  document: 'Documents',
  vaccine: 'Vaccins',
  procedure: 'Actes et soins',
  history: 'Antécédents',
  alert: 'Alertes',
  plan: 'Plans et objectifs',
  form: 'Volets et questionnaires',
  coordination: 'Coordination',
  appointment: 'Rendez-vous',
};
export const timelineQuery = z.object({
  /** Codes separated by commas. */
  profession: z.string().max(400).optional(),
  /** Codes of timelineKinds separated by commas. */
  kind: z.string().max(400).optional(),
  from: z.string().max(30).optional(),
  to: z.string().max(30).optional(),
  q: z.string().max(200).optional(),
  /** `true`: also what was entered in error. */
  errors: z.enum(['true', 'false']).optional(),
  cursor: z.string().max(200).optional(),
  count: z.coerce.number().int().min(1).max(200).optional(),
});
export const timelineItem = line.extend({
  what: z.enum(timelineKinds),
  whatLabel: z.string(),
  title: z.string(),
  /** «132/78 mmHg», dosage, conclusion …; may hold several lines. */
  details: z.string(),
  /** Character ranges of `title` and `details` that match q. */
  highlights: z.object({
    title: z.array(z.tuple([z.number(), z.number()])),
    details: z.array(z.tuple([z.number(), z.number()])),
  }),
  flag: rangeFlag,
  measureCode: z.string().nullable(),
  contentUrl: z.string().nullable(),
});
export type TimelineItem = z.infer<typeof timelineItem>;
export const timelineGroup = z.object({
  /** Encounter id or day. */
  key: z.string(),
  /** YYYY-MM-DD. */
  day: z.string(),
  /** «Consultation — Anne Le Goff, médecin» or null for a day without encounter. */
  encounter: z
    .object({
      id: z.string(),
      label: z.string(),
      reason: z.string().nullable(),
      who: who.nullable(),
      place: z.string().nullable(),
    })
    .nullable(),
  items: z.array(timelineItem),
});
export const timelineReply = z.object({
  groups: z.array(timelineGroup),
  next: z.string().nullable(),
  /** Professions met in what was read, for the filter. */
  professions: z.array(z.object({ code: z.string(), label: z.string() })),
});

// A curve
export const seriesPoint = line.extend({
  at: when,
  values: z.array(measureValue),
  display: z.string(),
  flag: rangeFlag,
  note: z.string().nullable(),
});
export const seriesReply = z.object({
  code: z.string(),
  label: z.string(),
  unit: z.string(),
  decimals: z.number().int(),
  /** One for each component: blood pressure has two. */
  components: z.array(
    z.object({
      code: z.string(),
      label: z.string(),
      reference: z
        .object({
          low: z.number().nullable(),
          high: z.number().nullable(),
          text: z.string(),
          from: z.enum(['report', 'usual', 'none']),
        })
        .nullable(),
    }),
  ),
  /** Newest last. */
  points: z.array(seriesPoint),
  targets: z.array(
    z.object({
      goal: z.string(),
      label: z.string(),
      code: z.string(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      due: when.nullable(),
      who: who.nullable(),
    }),
  ),
  /** Children, for what is followed as they grow: percentiles of the WHO at their age, and where each point stands. */
  growth: z
    .object({
      source: z.string(),
      note: z.string().nullable(),
      curves: z.array(z.object({ percentile: z.number(), points: z.array(z.object({ at: when, value: z.number() })) })),
      standing: z.array(z.object({ id: z.string(), words: z.string(), outside: z.boolean() })),
    })
    .nullable(),
  canAdd: z.boolean(),
});
export type Series = z.infer<typeof seriesReply>;

/** Data of one `changed` event. */
export const changedEvent = z.object({
  type: z.string(),
  id: z.string(),
  kind: z.string(),
  kindLabel: z.string(),
  act: z.enum(['added', 'changed', 'removed']),
  by: z.string(),
  at: when,
});
