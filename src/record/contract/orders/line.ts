import { z } from 'zod';
import { controlledIds } from '../../data/orders/controlled.ts';
import { orderKinds } from '../../data/orders/families.ts';
import {
  type TransportMode,
  type TransportReason,
  type TransportState,
  transportModes,
  transportReasons,
  transportStates,
  transportWays,
} from '../../data/orders/transport.ts';
import * as c from '../common.ts';

const text = (most: number) => z.string().trim().max(most);
/** What a narcotic or an assimilated medicine must say more; `none`: the prescriber says that what its name looks like is not one. */
export const controlledBody = z.object({
  rule: z.enum(['none', ...controlledIds]),
  /** Of one unit, as printed on the box: «10 mg». */
  strength: text(60).default(''),
  /** Days given out at once; `once`: all at once, by the prescriber's own mention. */
  fraction: z.number().int().min(1).max(28).nullish(),
  once: z.boolean().default(false),
  /** Over a period that an earlier prescription of theirs covers, by their own mention. */
  overlap: z.boolean().default(false),
  /** Named by the patient. */
  pharmacy: text(120).default(''),
});
export type ControlledBody = z.infer<typeof controlledBody>;
const keysOf = <K extends string>(of: Record<K, unknown>) => z.enum(Object.keys(of) as [K, ...K[]]);
export const transportBody = z.object({
  reason: keysOf<TransportReason>(transportReasons),
  mode: keysOf<TransportMode>(transportModes),
  states: z.array(keysOf<TransportState>(transportStates)).max(10).default([]),
  accompanied: z.boolean().default(false),
  /** The patient's state does not go with others in the same vehicle. */
  alone: z.boolean().default(false),
  from: text(200),
  to: text(200),
  way: keysOf<keyof typeof transportWays>(transportWays),
  /** There and back counts once. */
  times: z.number().int().min(1).max(200),
  km: z.number().int().min(1).max(3000).nullish(),
  /** Of the accident at work, as typed. */
  accident: text(40).default(''),
});
export type TransportBody = z.infer<typeof transportBody>;
/** One line as it is written; a past one gives it back for a renewal, a template holds it. */
export const orderLineBody = z.object({
  kind: z.enum(orderKinds),
  label: text(300).min(1),
  /** Coded when it was chosen from a list; free words otherwise. */
  code: text(60).nullish(),
  system: text(200).nullish(),
  /** How: posology, frequency, place, what to look for. */
  instructions: text(1000).default(''),
  /** Sessions, boxes, pairs. */
  quantity: z.number().int().min(1).max(500).nullish(),
  unit: text(40).nullish(),
  duration: z.object({ value: z.number().int().min(1).max(400), unit: z.enum(['d', 'wk', 'mo']) }).nullish(),
  /** As typed: «auj», «+3s», 12/03/2026; today when absent. `due`: to be done by. */
  from: text(40).nullish(),
  due: text(40).nullish(),
  /** How many times it is renewed after the first. */
  repeats: z.number().int().min(0).max(12).default(0),
  ald: z.boolean().default(false),
  notSubstitutable: z.enum(['MTE', 'EFG', 'CIF']).nullish(),
  /** What it is for. */
  reason: text(300).nullish(),
  urgent: z.boolean().default(false),
  home: z.boolean().default(false),
  /** Tell me before it runs out. */
  follow: z.boolean().default(false),
  /** Practitioner of the team who is to do it. */
  performer: text(64).nullish(),
  controlled: controlledBody.nullish(),
  transport: transportBody.nullish(),
  /** The line that this one renews: `Type/id`. */
  renews: z
    .string()
    .regex(/^(MedicationRequest|ServiceRequest|DeviceRequest)\/[A-Za-z0-9\-.]{1,64}$/)
    .nullish(),
});
export type OrderLineBody = z.infer<typeof orderLineBody>;

export const orderStates = [
  'to-do',
  'sampled',
  'in-progress',
  'partial',
  'done',
  'result',
  'cancelled',
  'expired',
  'renewed',
] as const;
export type OrderState = (typeof orderStates)[number];
/** What is said of a line as it goes on; `back` takes the last word back. */
export const orderActs = ['sample', 'session', 'part', 'deliver', 'done', 'result', 'back'] as const;
export type OrderAct = (typeof orderActs)[number];
export const orderEvent = z.object({ act: z.enum(orderActs), at: c.when, who: c.who.nullable() });

/** How far one line is; without words for who may only know that it exists. */
export const orderStatus = z.object({
  /** Of the Task that follows it. */
  task: z.string(),
  version: z.number().int(),
  state: z.enum(orderStates),
  stateLabel: z.string(),
  /** Sessions or supplies done, and how many in all; 1 when nothing is counted. */
  count: z.number().int(),
  of: z.number().int(),
  due: c.when.nullable(),
  late: z.boolean(),
  /** Covered until: what runs out is renewed. */
  until: c.when.nullable(),
  toRenew: z.boolean(),
  /** A course of sessions, in figures and in words. */
  course: z
    .object({
      done: z.number().int(),
      of: z.number().int(),
      left: z.number().int(),
      expected: z.string().nullable(),
      few: z.boolean(),
      words: z.string(),
    })
    .nullable(),
  /** Asked of the prescriber, by whom; or whether I may ask. */
  renewal: z.object({
    mayAsk: z.boolean(),
    asked: z.object({ who: c.who.nullable(), at: c.when, mine: z.boolean() }).nullable(),
  }),
  /** The report that closed the course. */
  report: z.object({ id: z.string(), who: c.who.nullable(), at: c.when }).nullable(),
  /** I may write it now. */
  mayReport: z.boolean(),
  events: z.array(orderEvent),
  /** What I may say of it now. */
  acts: z.array(z.enum(orderActs)),
  /** It is I who do it, or my profession; or nobody of a team does. */
  ofMine: z.boolean(),
});
export type OrderStatus = z.infer<typeof orderStatus>;
export const orderLine = z.object({
  type: z.string(),
  id: z.string(),
  version: z.number().int(),
  kind: z.enum(orderKinds),
  kindLabel: z.string(),
  label: z.string(),
  /** All that is prescribed, in words as printed. */
  sentence: z.string(),
  ald: z.boolean(),
  urgent: z.boolean(),
  /** Who is asked by name; '': the whole profession. */
  asked: z.string(),
  reason: z.string().nullable(),
  /** Why it was cancelled. */
  cancelled: z.string().nullable(),
  /** Changed outside of the prescription since it was signed. */
  changed: z.boolean(),
  body: orderLineBody,
  status: orderStatus.nullable(),
});
export type OrderLine = z.infer<typeof orderLine>;
