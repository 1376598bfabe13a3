import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { addressee, idParams, patientBrief, patientParams, said, seen, when, who } from './common.ts';

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
  document: 'Document confié',
  renewal: 'Renouvellement demandé',
} as const;
export type TaskKind = keyof typeof taskKinds;
export const taskKind = z.enum(Object.keys(taskKinds) as [TaskKind, ...TaskKind[]]);
export const taskState = z.enum([
  'requested',
  'accepted',
  'in-progress',
  'completed',
  'rejected',
  'cancelled',
  'on-hold',
]);
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
/** Why a task is shown to the coordinator. */
export const troubles = {
  unowned: 'Personne ne l’a prise depuis plus d’un jour ouvré',
  urgent: 'Urgente, sans réponse depuis plus de deux heures',
  late: 'En retard de plus d’un jour',
  refused: 'Refusée, et confiée à personne d’autre depuis un jour',
  gone: 'La personne a quitté la structure',
  outside: 'La personne n’est plus dans l’équipe de soins',
  absent: 'La personne est absente, sans délégation',
  barred: 'La personne ne pourrait pas en lire le contenu',
} as const;
export type Trouble = keyof typeof troubles;

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
  /** When it last changed. */
  changed: when,
  /** Told to the coordinator: nobody owns it, it is late, it was refused… */
  escalated: z.boolean(),
  /** In words, why; null when there is nothing to tell. */
  trouble: z.string().nullable(),
  reminded: when.nullable(),
  /** I asked for it, and have not looked since it was refused or done. */
  unread: z.boolean(),
  /** CarePlan it comes from. */
  plan: z.string().nullable(),
  /** The document that is to be read or signed, for whoever may read it. */
  document: z.string().nullable(),
  /** The line of a prescription that is to be renewed, `Type/id`, for whoever may read it. */
  renews: z.string().nullable(),
  may: z.object({
    accept: z.boolean(),
    refuse: z.boolean(),
    done: z.boolean(),
    change: z.boolean(),
    remind: z.boolean(),
    note: z.boolean(),
  }),
});
export type TaskLine = z.infer<typeof taskLine>;
export const taskActs = {
  asked: 'a demandé',
  accepted: 'a accepté',
  started: 'a commencé',
  refused: 'a refusé',
  done: 'a fait',
  given: 'a confié à quelqu’un d’autre',
  moved: 'a changé l’échéance ou l’urgence',
  cancelled: 'a annulé',
  reopened: 'a rouvert',
  paused: 'a mis en pause',
  resumed: 'a repris',
  noted: 'a écrit',
  reminded: 'a relancé',
  read: 'a lu',
  changed: 'a modifié',
} as const;
export type TaskAct = keyof typeof taskActs;
export const taskDetail = taskLine.extend({
  /** Everything that was said and done, oldest first. */
  story: z.array(said.extend({ act: z.string(), actLabel: z.string() })),
});
export type TaskDetail = z.infer<typeof taskDetail>;
export const taskBody = z.object({
  kind: taskKind.default('request'),
  title: z.string().trim().min(1, 'Dites ce qui est à faire.').max(200, '200 caractères au plus.'),
  detail: z.string().max(4000, '4 000 caractères au plus.').optional(),
  patient: z.string().optional(),
  addressee,
  /** As it is typed: «demain», «+3j», «28/11/2026», ISO. */
  due: z.string().nullable().optional(),
  priority: priority.default('routine'),
  administrative: z.boolean().default(false),
  /** The patient agrees that this person joins the care team, when the person is not of it. */
  joinTeam: z.object({ agreed: z.literal(true) }).optional(),
});
export type TaskBody = z.infer<typeof taskBody>;
export const taskFilter = z.enum(['mine', 'team', 'asked', 'unowned', 'late', 'done']);
export type TaskFilter = z.infer<typeof taskFilter>;

/** A note for whoever comes next; the words stand in a Communication, whom it is for and who has read it in a Task without words. */
export const handoverLine = z.object({
  id: z.string(),
  version: z.number().int(),
  /** Null when my rights show that it exists and nothing of what. */
  text: z.string().nullable(),
  patient: patientBrief,
  from: who.nullable(),
  sent: when,
  to: z.string(),
  urgent: z.boolean(),
  watch: z.boolean(),
  /** «pour demain matin»: the day, null when it is for now. */
  forDay: when.nullable(),
  readBy: z.array(z.object({ who, at: when })),
  /** It is for me and I have not read it. */
  toRead: z.boolean(),
  /** Everyone it is for has read it, or it is a fortnight old. */
  over: z.boolean(),
  mine: z.boolean(),
});
export type HandoverLine = z.infer<typeof handoverLine>;
export const handoverBody = z.object({
  text: z.string().trim().min(1, 'Écrivez ce qui est à transmettre.').max(4000, '4 000 caractères au plus.'),
  addressee,
  urgent: z.boolean().default(false),
  watch: z.boolean().default(false),
  tomorrow: z.boolean().default(false),
});

/** One person's day, as a coordinator or a secretary sees it: how much waits, nothing of what. */
export const personDay = z.object({
  who,
  open: z.number().int(),
  today: z.number().int(),
  late: z.number().int(),
  toTake: z.number().int(),
});

export const taskEntries = contract({
  tasks: {
    method: 'GET',
    path: '/api/tasks',
    may: { read: 'tasks' },
    does: 'Tasks: mine, my team’s, those I asked for, those without an owner or late.',
    query: z.object({
      view: taskFilter.default('mine'),
      q: z.string().max(100).optional(),
      patient: z
        .string()
        .regex(/^[A-Za-z0-9\-.]{1,64}$/, 'Ce patient n’existe pas.')
        .optional(),
      urgent: z.enum(['1']).optional(),
      cursor: z.string().max(200).optional(),
    }),
    /** `counts`: of each view, and `refused`: of those I asked for. */
    reply: z.object({
      tasks: z.array(taskLine),
      next: z.string().nullable(),
      counts: z.record(z.string(), z.number().int()),
    }),
  },
  /** For the badge of the rail: how many wait for me. */
  taskCount: {
    method: 'GET',
    path: '/api/tasks/count',
    may: { read: 'tasks' },
    does: 'How many tasks and handovers wait for me.',
    reply: z.object({
      mine: z.number().int(),
      late: z.number().int(),
      handovers: z.number().int(),
      unowned: z.number().int(),
      coordinates: z.boolean(),
    }),
  },
  teamDay: {
    method: 'GET',
    path: '/api/tasks/team-day',
    may: { read: 'tasks' },
    does: 'How much waits for each person of my teams today.',
    reply: z.object({
      people: z.array(personDay),
      unowned: z.number().int(),
      late: z.number().int(),
      today: z.array(taskLine),
    }),
  },
  task: {
    method: 'GET',
    path: '/api/tasks/:id',
    may: { read: 'tasks' },
    does: 'One task with its story.',
    params: idParams,
    reply: taskDetail,
  },
  assignTask: {
    method: 'POST',
    path: '/api/tasks',
    may: { write: 'tasks' },
    does: 'Ask something of a person, a profession or a care team.',
    body: taskBody,
    reply: taskDetail,
  },
  acceptTask: {
    method: 'POST',
    path: '/api/tasks/:id/accept',
    may: { write: 'tasks' },
    does: 'Take a task.',
    params: idParams,
    body: seen,
    reply: taskDetail,
  },
  refuseTask: {
    method: 'POST',
    path: '/api/tasks/:id/refuse',
    may: { write: 'tasks' },
    does: 'Refuse a task, with the reason.',
    params: idParams,
    body: seen.extend({ reason: z.string().trim().min(1, 'Dites pourquoi.').max(1000) }),
    reply: taskDetail,
  },
  doneTask: {
    method: 'POST',
    path: '/api/tasks/:id/done',
    may: { write: 'tasks' },
    does: 'Say that a task is done, with a word if need be.',
    params: idParams,
    body: seen.extend({ note: z.string().max(4000).optional() }),
    reply: taskDetail,
  },
  changeTask: {
    method: 'POST',
    path: '/api/tasks/:id/change',
    may: { write: 'tasks' },
    does: 'Give a task to someone else, change its date or urgency, cancel it, or open it again.',
    params: idParams,
    body: seen.extend({
      addressee: addressee.optional(),
      due: z.string().nullable().optional(),
      priority: priority.optional(),
      cancel: z.boolean().optional(),
      reopen: z.boolean().optional(),
      note: z.string().max(1000).optional(),
      joinTeam: z.object({ agreed: z.literal(true) }).optional(),
    }),
    reply: taskDetail,
  },
  undoTask: {
    method: 'POST',
    path: '/api/tasks/:id/undo',
    may: { write: 'tasks' },
    does: 'Take back what I did to a task in the last seconds.',
    params: idParams,
    body: seen,
    reply: taskDetail,
  },
  remindTask: {
    method: 'POST',
    path: '/api/tasks/:id/remind',
    may: { write: 'tasks' },
    does: 'Remind the person who owns it.',
    params: idParams,
    body: seen,
    reply: taskDetail,
  },
  noteTask: {
    method: 'POST',
    path: '/api/tasks/:id/notes',
    may: { write: 'tasks' },
    does: 'Add a word to a task.',
    params: idParams,
    body: z.object({ text: z.string().trim().min(1, 'Écrivez un mot.').max(4000) }),
    reply: taskDetail,
  },
  patientTasks: {
    method: 'GET',
    path: '/api/patients/:patient/tasks',
    may: { read: 'tasks' },
    does: 'What is asked about one patient, and what was handed over.',
    params: patientParams,
    reply: z.object({ tasks: z.array(taskLine), done: z.array(taskLine), handovers: z.array(handoverLine) }),
  },
  handovers: {
    method: 'GET',
    path: '/api/handovers',
    may: { read: 'tasks' },
    does: 'Handovers that I have not read.',
    reply: z.object({ handovers: z.array(handoverLine) }),
  },
  handOver: {
    method: 'POST',
    path: '/api/patients/:patient/handovers',
    may: { write: 'tasks' },
    does: 'Leave a note for whoever comes next.',
    params: patientParams,
    body: handoverBody,
    reply: handoverLine,
  },
  readHandover: {
    method: 'POST',
    path: '/api/handovers/:id/read',
    may: { write: 'tasks' },
    does: 'Say that I have read a handover.',
    params: idParams,
    reply: handoverLine,
  },
});
