import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { orderKinds } from '../data/orders/families.ts';
import * as c from './common.ts';
import { orderActs, orderLine, orderLineBody, orderStatus } from './orders/line.ts';

const version = z.number().int();
const words = z.string().trim().max(6000, '6 000 caractères au plus');
const reason = z.string().trim().min(3).max(500);
/** What my profession may prescribe, with the condition and the text that says so. */
export const mayOrder = z.object({
  kind: z.enum(orderKinds),
  scope: z.enum(['all', 'field', 'list', 'renew']),
  condition: z.string(),
  source: z.string(),
});
export type MayOrder = z.infer<typeof mayOrder>;

export const prescription = z.object({
  id: z.string(),
  version,
  at: c.when,
  who: c.who.nullable(),
  state: z.enum(['signed', 'cancelled', 'replaced', 'entered-in-error']),
  stateLabel: z.string(),
  /** Why it was cancelled or replaced. */
  reason: z.string().nullable(),
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  note: z.string(),
  sensitive: c.sensitivity.nullable(),
  lines: z.array(orderLine),
  mayCancel: z.boolean(),
});
export type Prescription = z.infer<typeof prescription>;
export const ordersPage = z.object({
  patient: z.object({ name: z.string(), about: z.string() }),
  /** Empty: my profession or my rights here do not prescribe; `mayWords` says why. */
  may: z.array(mayOrder),
  mayWords: z.string(),
  /** Newest first. */
  prescriptions: z.array(prescription),
  /** What runs out within a month, or ran out and nobody renewed; medicines of other software too. */
  renewals: z.array(orderLine),
  /** Who sees that something is asked and not what. */
  wordless: z.array(orderStatus.extend({ who: c.who.nullable(), at: c.when })),
  /** Kinds of data that are closed to me here, said without saying whether anything is there. */
  hidden: z.array(z.string()),
  /** ALD that the patient has, to help with the two zones. */
  ald: z.array(z.string()),
  /** Who of the care team may be asked by name. */
  team: z.array(z.object({ practitioner: z.string(), name: z.string(), profession: z.string() })),
});
export type OrdersPage = z.infer<typeof ordersPage>;

export const signOrderBody = z.object({
  lines: z.array(orderLineBody).min(1).max(40),
  note: z.string().trim().max(1000).default(''),
  sensitive: c.sensitivity.nullish(),
  encounter: z.string().max(64).nullish(),
  /** The prescription that this one corrects; its lines that are still open are taken back. */
  replaces: z.object({ id: z.string().max(64), version, reason }).nullish(),
});
export type SignOrderBody = z.infer<typeof signOrderBody>;

export const orderWaiting = z.object({
  line: orderLine.nullable(),
  status: orderStatus,
  patient: c.patientBrief,
  who: c.who.nullable(),
  at: c.when,
  prescription: z.string().nullable(),
});
export type OrderWaiting = z.infer<typeof orderWaiting>;
export const orderViews = ['asked', 'mine', 'renew', 'practice'] as const;
export const ordersWaiting = z.object({
  views: z.array(z.object({ view: z.enum(orderViews), label: z.string(), count: z.number().int() })),
  view: z.enum(orderViews),
  lines: z.array(orderWaiting),
  more: z.boolean(),
});
export type OrdersWaiting = z.infer<typeof ordersWaiting>;

/** Whose a usual prescription is: its author's, or the practice's, changed by whoever may sign it whole. Everyone reads both. */
export const templateScopes = ['mine', 'practice'] as const;
export const orderTemplate = z.object({
  id: z.string(),
  version,
  title: z.string(),
  by: z.string(),
  mine: z.boolean(),
  shipped: z.boolean(),
  scope: z.enum(templateScopes),
  status: z.enum(['active', 'retired']),
  canEdit: z.boolean(),
  /** Retired and brought back by people who run the practice too, who need not prescribe. */
  canRetire: z.boolean(),
  /** Professions that may sign it whole; whether mine is one. */
  professions: z.array(z.string()),
  usable: z.boolean(),
  lines: z.array(orderLineBody),
  note: z.string(),
  at: c.when.nullable(),
});
export type OrderTemplate = z.infer<typeof orderTemplate>;
const templateBody = z.object({
  title: z.string().trim().min(1).max(120),
  lines: z.array(orderLineBody).min(1).max(40),
  note: z.string().trim().max(1000).default(''),
  scope: z.enum(templateScopes).nullish(),
});
export type OrderTemplateBody = z.infer<typeof templateBody>;
/** `words`: why nothing may be written here. */
export const templateShelf = z.object({ templates: z.array(orderTemplate), may: z.array(mayOrder), words: z.string() });
export type OrderTemplateShelf = z.infer<typeof templateShelf>;

const at = '/api/patients/:patient/orders';
const { patientParams: params, itemParams } = c;
const templateParams = z.object({ template: z.string().max(64) });
export const orderEntries = contract({
  orders: {
    method: 'GET',
    path: at,
    may: 'signed-in',
    does: 'The prescriptions of a patient with how far each line is, what is to be renewed, and what I may prescribe.',
    params,
    reply: ordersPage,
  },
  order: {
    method: 'GET',
    path: `${at}/:id`,
    may: 'signed-in',
    does: 'One prescription as I may read it, its lines as they were signed.',
    params: itemParams,
    reply: prescription,
  },
  signOrder: {
    method: 'POST',
    path: at,
    may: { write: 'documents' },
    does: 'Signs a prescription of what my profession may prescribe; corrects or renews earlier ones.',
    params,
    body: signOrderBody,
    reply: prescription,
  },
  cancelOrder: {
    method: 'POST',
    path: `${at}/:id/cancel`,
    may: { write: 'documents' },
    does: 'Cancels a prescription, or some of its lines, with the reason; what is done stays done.',
    params: itemParams,
    body: z.object({ version, reason, lines: z.array(z.string().max(100)).max(40).nullish() }),
    reply: prescription,
  },
  followOrder: {
    method: 'POST',
    path: `${at}/follow/:id`,
    may: { write: 'tasks' },
    does: 'Says how far a line is: sampled, a session done, given out, done, result received; or takes the last word back.',
    params: itemParams,
    body: z.object({
      version,
      act: z.enum(orderActs),
      /** Of a session: when it was held, as typed; today when absent. */
      day: z.string().trim().max(40).nullish(),
    }),
    reply: orderStatus,
  },
  correctSession: {
    method: 'POST',
    path: `${at}/follow/:id/sessions`,
    may: { write: 'tasks' },
    does: 'Corrects one session of a course: another day, or taken out when none is given.',
    params: itemParams,
    body: z.object({
      version,
      /** Its place in `events`. */
      event: z.number().int().min(0),
      day: z.string().trim().max(40).nullish(),
    }),
    reply: orderStatus,
  },
  reportCourse: {
    method: 'POST',
    path: `${at}/follow/:id/report`,
    may: { write: 'documents' },
    does: 'Writes the report at the end of a course of sessions from its order: a signed letter to the prescriber, tied to the request, that closes it.',
    params: itemParams,
    body: z.object({
      version,
      findings: words.min(1, 'Dites ce qui a été fait et comment cela a évolué.'),
      outcome: words.min(1, 'Dites l’état en fin de séances.'),
      next: words.default(''),
    }),
    reply: orderStatus,
  },
  askRenewal: {
    method: 'POST',
    path: `${at}/follow/:id/ask-renewal`,
    may: { write: 'tasks' },
    does: 'Asks the prescriber to renew what runs out, as a task that comes back to who asked; or takes it back.',
    params: itemParams,
    body: z.object({ version, words: z.string().trim().max(1000).default(''), back: z.boolean().default(false) }),
    reply: orderStatus,
  },
  dropRenewal: {
    method: 'POST',
    path: `${at}/follow/:id/stop`,
    may: { write: 'tasks' },
    does: 'What runs out is not to be renewed: it leaves the lists.',
    params: itemParams,
    body: z.object({ version }),
    reply: orderStatus,
  },
  printOrder: {
    method: 'GET',
    path: `${at}/:id/pdf`,
    may: 'signed-in',
    does: 'A prescription as A4 sheets, one a receiver, in two zones when the patient has an ALD, PDF/A, cut to what I may see.',
    params: itemParams,
    query: z.object({ telecharger: z.string().optional() }),
  },
  waitingOrders: {
    method: 'GET',
    path: '/api/orders',
    may: 'signed-in',
    does: 'Lines that wait: asked of me, prescribed by me, to be renewed, or of the practice without words.',
    query: z.object({ view: z.enum(orderViews).optional() }),
    reply: ordersWaiting,
  },
  orderTemplates: {
    method: 'GET',
    path: '/api/orders/templates',
    may: 'signed-in',
    does: 'The usual prescriptions of the team that my profession may sign.',
    reply: z.object({ templates: z.array(orderTemplate) }),
  },
  orderTemplateShelf: {
    method: 'GET',
    path: '/api/orders/templates/all',
    may: 'signed-in',
    does: 'All usual prescriptions of the practice, of every profession, retired ones too, and who may change which.',
    reply: templateShelf,
  },
  keepOrderTemplate: {
    method: 'POST',
    path: '/api/orders/templates',
    may: 'signed-in',
    does: 'Keeps lines as a usual prescription, one’s own or the practice’s.',
    body: templateBody,
    reply: orderTemplate,
  },
  changeOrderTemplate: {
    method: 'PUT',
    path: '/api/orders/templates/:template',
    may: 'signed-in',
    does: 'Changes a usual prescription of one’s own, or of the practice if one may sign it whole.',
    params: templateParams,
    body: templateBody.extend({ version }),
    reply: orderTemplate,
  },
  retireOrderTemplate: {
    method: 'POST',
    path: '/api/orders/templates/:template/retire',
    may: 'signed-in',
    does: 'Retires a usual prescription, or brings it back.',
    params: templateParams,
    body: z.object({ version, back: z.boolean().default(false) }),
    reply: orderTemplate,
  },
});
