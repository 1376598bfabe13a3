import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { addressee, idParams, patientBrief, said, seen, when, who } from './common.ts';

/** What sort of thing is asked, without saying what: a code of our own, shown to whoever sees that the task exists. */
export const taskKinds = {
  request: 'À faire',
  protocol: 'Étape de protocole',
  decision: 'Décision de réunion',
  handover: 'Transmission',
  opinion: 'Avis demandé',
  referral: 'Adressage',
  message: 'Message à traiter',
  call: 'Appel',
  appointment: 'Rendez-vous à prendre',
  paperwork: 'Papiers',
} as const;
export type TaskKind = keyof typeof taskKinds;
export const taskKind = z.enum(Object.keys(taskKinds) as [TaskKind, ...TaskKind[]]);
export const taskState = z.enum(['requested', 'accepted', 'in-progress', 'completed', 'rejected', 'cancelled', 'on-hold']);
export type TaskState = z.infer<typeof taskState>;
export const taskStates: Record<TaskState, string> = {
  requested: 'À prendre',
  accepted: 'Acceptée',
  'in-progress': 'En cours',
  completed: 'Faite',
  rejected: 'Refusée',
  cancelled: 'Annulée',
  'on-hold': 'En pause',
};
export const priority = z.enum(['routine', 'urgent', 'asap', 'stat']);

export const taskLine = z.object({
  id: z.string(),
  version: z.number().int(),
  kind: taskKind,
  kindLabel: z.string(),
  /** The words; null when my rights show that the task exists and nothing of what. */
  title: z.string().nullable(),
  detail: z.string().nullable(),
  /** Words meant for the secretariat, without clinical content. */
  administrative: z.boolean(),
  patient: patientBrief.nullable(),
  state: taskState,
  stateLabel: z.string(),
  priority,
  due: when.nullable(),
  late: z.boolean(),
  /** Who must do it: a person, or a profession or the team until someone takes it. */
  owner: who.nullable(),
  ownerLabel: z.string(),
  mine: z.boolean(),
  /** I could take it: it is offered to my profession or to a team I am of. */
  forMe: z.boolean(),
  requester: who.nullable(),
  asked: when,
  /** Told to the coordinator: nobody owns it, it is late, or it was refused. */
  escalated: z.boolean(),
  /** CarePlan it comes from. */
  plan: z.string().nullable(),
  may: z.object({ accept: z.boolean(), refuse: z.boolean(), done: z.boolean(), change: z.boolean(), remind: z.boolean() }),
});
export type TaskLine = z.infer<typeof taskLine>;
export const taskDetail = taskLine.extend({
  /** Everything that was said and done, oldest first. */
  story: z.array(said.extend({ act: z.string(), actLabel: z.string() })),
});
export const taskBody = z.object({
  kind: taskKind.default('request'),
  title: z.string().min(1, 'Dites ce qui est à faire.').max(200, '200 caractères au plus.'),
  detail: z.string().max(4000, '4 000 caractères au plus.').optional(),
  patient: z.string().optional(),
  addressee,
  /** ISO date. */
  due: z.string().nullable().optional(),
  priority: priority.default('routine'),
  administrative: z.boolean().default(false),
  /** The patient agrees that this person joins the care team, when the person is not of it. */
  joinTeam: z.object({ agreed: z.literal(true) }).optional(),
});
export type TaskBody = z.infer<typeof taskBody>;
export const taskFilter = z.enum(['mine', 'team', 'asked', 'unowned', 'late', 'done']);

export const taskEntries = contract({
  tasks: {
    method: 'GET', path: '/api/tasks', may: { read: 'tasks' }, does: 'Tasks: mine, my team’s, those I asked for, those without an owner or late.',
    query: z.object({ view: taskFilter.default('mine'), q: z.string().max(100).optional(), cursor: z.string().max(200).optional() }),
    reply: z.object({ tasks: z.array(taskLine), next: z.string().nullable(), counts: z.record(z.string(), z.number().int()) }),
  },
  task: { method: 'GET', path: '/api/tasks/:id', may: { read: 'tasks' }, does: 'One task with its story.', params: idParams, reply: taskDetail },
  assignTask: { method: 'POST', path: '/api/tasks', may: { write: 'tasks' }, does: 'Ask something of a person, a profession or a care team.', body: taskBody, reply: taskDetail },
  acceptTask: { method: 'POST', path: '/api/tasks/:id/accept', may: { write: 'tasks' }, does: 'Take a task.', params: idParams, body: seen, reply: taskDetail },
  refuseTask: { method: 'POST', path: '/api/tasks/:id/refuse', may: { write: 'tasks' }, does: 'Refuse a task, with the reason.', params: idParams, body: seen.extend({ reason: z.string().min(1, 'Dites pourquoi.').max(1000) }), reply: taskDetail },
  doneTask: { method: 'POST', path: '/api/tasks/:id/done', may: { write: 'tasks' }, does: 'Say that a task is done, with a word if need be.', params: idParams, body: seen.extend({ note: z.string().max(4000).optional() }), reply: taskDetail },
  changeTask: {
    method: 'POST', path: '/api/tasks/:id/change', may: { write: 'tasks' }, does: 'Give a task to someone else, change its date or urgency, cancel it, or open it again.', params: idParams,
    body: seen.extend({ addressee: addressee.optional(), due: z.string().nullable().optional(), priority: priority.optional(), cancel: z.boolean().optional(), reopen: z.boolean().optional(), note: z.string().max(1000).optional(), joinTeam: z.object({ agreed: z.literal(true) }).optional() }),
    reply: taskDetail,
  },
  remindTask: { method: 'POST', path: '/api/tasks/:id/remind', may: { write: 'tasks' }, does: 'Remind the person who owns it.', params: idParams, body: seen, reply: taskDetail },
  noteTask: { method: 'POST', path: '/api/tasks/:id/notes', may: { write: 'tasks' }, does: 'Add a word to a task.', params: idParams, body: z.object({ text: z.string().min(1).max(4000) }), reply: taskDetail },
});
