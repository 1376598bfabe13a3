import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { colleague, idParams, patientBrief, patientParams, when, who } from './common.ts';

/** Files one may join to a message, and how large one may be, in bytes. */
export const mostFiles = 5;
export const largestFile = 20 * 1024 * 1024;

const ids = z.array(z.string().max(64)).max(200).default([]);
/** Whom a conversation is opened with. About a patient, nobody named means the care team. */
const people = z.object({
  people: ids,
  professions: ids,
  team: z.boolean().default(false),
  everyone: z.boolean().default(false),
  box: z.string().max(64).optional(),
});
const key = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'Identifiant d’envoi attendu.');
const text = z.string().trim().max(8000, '8 000 caractères au plus.');
const common = {
  /** Chosen by the sender once for each message: sent again after a lost answer it makes no second one. */
  key,
  text,
  urgent: z.boolean().default(false),
  /**
   * Whoever is named from outside comes in: the patient agrees that they join the care team, or they read the whole conversation. Without it,
   * 409 with code `outside` and who.
   */
  letIn: z.boolean().default(false),
  /** Stand-ins of absent people come into the conversation. */
  standIns: z.boolean().default(true),
};
/** The `message` field (JSON) of a multipart request whose `file` parts are the files, or the whole JSON body when there are none. */
export const threadBody = z.object({
  ...common,
  topic: z
    .string()
    .trim()
    .min(1, 'Donnez un objet : il dit en une ligne de quoi il s’agit.')
    .max(150, '150 caractères au plus.'),
  patient: z.string().max(64).optional(),
  /** Read by the secretariat too: nothing clinical in it. */
  administrative: z.boolean().default(false),
  to: people,
});
export type ThreadBody = z.infer<typeof threadBody>;
export const replyBody = z.object({
  ...common,
  mentions: z.object({ people: ids, professions: ids }).default({ people: [], professions: [] }),
});
export type ReplyBody = z.infer<typeof replyBody>;

export const messageFile = z.object({
  id: z.string(),
  title: z.string(),
  contentType: z.string(),
  size: z.number().int(),
  url: z.string(),
});
export const message = z.object({
  id: z.string(),
  n: z.number().int(),
  at: when,
  who: who.nullable(),
  /** null: taken back by its sender. */
  text: z.string().nullable(),
  urgent: z.boolean(),
  /** Names written «@…» in the text, to show strong. */
  mentions: z.array(z.object({ id: z.string(), name: z.string(), me: z.boolean() })),
  files: z.array(messageFile),
  readBy: z.array(z.object({ id: z.string(), name: z.string(), at: when })),
  version: z.number().int(),
});
export type Message = z.infer<typeof message>;

export const boxState = z.enum(['open', 'taken', 'done']);
export const boxStateLabels: Record<z.infer<typeof boxState>, string> = {
  open: 'À traiter',
  taken: 'Pris en charge',
  done: 'Traité',
};
const boxAct = z.enum(['take', 'hand-over', 'done', 'reopen']);
/** What a message of a box is in. */
const boxPlace = z.object({
  id: z.string(),
  name: z.string(),
  state: boxState,
  since: when,
  handler: who.nullable(),
  member: z.boolean(),
  late: z.boolean(),
});

export const threadLine = z.object({
  id: z.string(),
  topic: z.string(),
  patient: patientBrief.nullable(),
  administrative: z.boolean(),
  everyone: z.boolean(),
  box: boxPlace.nullable(),
  /** Who takes part, the others first. */
  people: z.array(who),
  count: z.number().int(),
  last: z.object({ at: when, who: who.nullable(), text: z.string(), urgent: z.boolean(), files: z.number().int() }),
  /** Messages I have not read. */
  unread: z.number().int(),
  /** One of those I have not read is urgent. */
  urgent: z.boolean(),
  /** One of those I have not read names me. */
  mentioned: z.boolean(),
  muted: z.boolean(),
  archived: z.boolean(),
  /** Found by a search: the words around, from which message. */
  found: z.object({ message: z.string(), excerpt: z.string() }).nullable(),
});
export type ThreadLine = z.infer<typeof threadLine>;

const absentPerson = z.object({
  id: z.string(),
  name: z.string(),
  until: when,
  standIn: z.object({ id: z.string(), name: z.string(), here: z.boolean() }).nullable(),
});
export const conversation = threadLine.extend({
  messages: z.array(message),
  /** Number before which older messages are asked for; null: that is all. */
  older: z.number().int().nullable(),
  /** Up to this number I had read before I opened it. */
  readTo: z.number().int(),
  steps: z.array(z.object({ act: boxAct, who: who.nullable(), whom: who.nullable(), at: when })),
  /** Of those who take part. */
  absent: z.array(absentPerson),
  mayWrite: z.boolean(),
  following: z.boolean(),
});
export type Conversation = z.infer<typeof conversation>;

export const box = z.object({
  id: z.string(),
  name: z.string(),
  professions: z.array(z.string()),
  people: z.array(z.string()),
  members: z.array(who.extend({ absentUntil: when.nullable(), standsInFor: z.string().nullable() })),
  member: z.boolean(),
  /** Of what I may read in it: what nobody has taken, and what I have. */
  todo: z.number().int(),
  mine: z.number().int(),
  /** Told to those who coordinate: how many nobody has taken for half a day, and since when; never of what. */
  waiting: z.object({ count: z.number().int(), since: when.nullable() }).nullable(),
  mayManage: z.boolean(),
  version: z.number().int(),
});
export type Box = z.infer<typeof box>;

export const absence = z.object({
  id: z.string(),
  who,
  standIn: who.nullable(),
  from: when,
  until: when,
  running: z.boolean(),
  mayEnd: z.boolean(),
  mine: z.boolean(),
});
export type Absence = z.infer<typeof absence>;
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'Date attendue : JJ/MM/AAAA.');
const boxBody = z.object({
  name: z.string().trim().min(1, 'Donnez un nom à la boîte.').max(60),
  professions: ids,
  people: ids,
});

export const threadView = z.enum(['mine', 'unread', 'mentions', 'patients', 'archived', 'box']);
const counts = z.object({
  unread: z.number().int(),
  urgent: z.number().int(),
  mentions: z.number().int(),
  todo: z.number().int(),
});
const at = '/api/messages';

export const messageEntries = contract({
  threads: {
    method: 'GET',
    path: `${at}/threads`,
    may: { read: 'messages' },
    does: 'Conversations, newest first, cut by rights: mine, unread, those of a box, or found by words.',
    query: z.object({
      view: threadView.default('mine'),
      box: z.string().max(64).optional(),
      state: z.enum(['todo', 'mine', 'done']).optional(),
      q: z.string().max(100).optional(),
      cursor: z.string().max(200).optional(),
    }),
    reply: z.object({ threads: z.array(threadLine), next: z.string().nullable() }),
  },
  messageCounts: {
    method: 'GET',
    path: `${at}/counts`,
    may: { read: 'messages' },
    does: 'How many conversations have something I have not read.',
    reply: counts,
  },
  patientThreads: {
    method: 'GET',
    path: '/api/patients/:patient/threads',
    may: 'signed-in',
    does: 'Conversations about one patient that I may read.',
    params: patientParams,
    reply: z.object({ threads: z.array(threadLine), mayWrite: z.boolean(), mayWriteAdministrative: z.boolean() }),
  },
  thread: {
    method: 'GET',
    path: `${at}/threads/:id`,
    may: { read: 'messages' },
    does: 'One conversation, its newest messages.',
    params: idParams,
    query: z.object({ before: z.coerce.number().int().positive().optional() }),
    reply: conversation,
  },
  startThread: {
    method: 'POST',
    path: `${at}/threads`,
    may: { write: 'messages' },
    does: 'Open a conversation about a patient or the practice (threadBody as JSON, or multipart with a `message` field and files).',
    reply: conversation,
  },
  reply: {
    method: 'POST',
    path: `${at}/threads/:id/messages`,
    may: { write: 'messages' },
    does: 'Write in a conversation (replyBody as JSON, or multipart with a `message` field and files).',
    params: idParams,
    reply: conversation,
  },
  withdraw: {
    method: 'POST',
    path: `${at}/threads/:id/messages/:message/withdraw`,
    may: { write: 'messages' },
    does: 'Take back a message of mine; its versions stay.',
    params: idParams.extend({ message: z.string() }),
    body: z.object({ version: z.number().int() }),
    reply: conversation,
  },
  messageFile: {
    method: 'GET',
    path: `${at}/threads/:id/messages/:message/files/:file`,
    may: { read: 'messages' },
    does: 'A file of a message, for those who may read the message.',
    params: idParams.extend({ message: z.string(), file: z.string() }),
    query: z.object({ telecharger: z.string().optional() }),
  },
  markRead: {
    method: 'POST',
    path: `${at}/threads/:id/read`,
    may: { read: 'messages' },
    does: 'I have read up to this message; or: mark as unread.',
    params: idParams,
    body: z.object({ upTo: z.number().int().nonnegative() }),
    reply: counts,
  },
  threadSettings: {
    method: 'POST',
    path: `${at}/threads/:id/settings`,
    may: { read: 'messages' },
    does: 'Follow, mute or put away a conversation, for me alone.',
    params: idParams,
    body: z.object({
      muted: z.boolean().optional(),
      archived: z.boolean().optional(),
      following: z.boolean().optional(),
    }),
    reply: conversation,
  },

  boxes: {
    method: 'GET',
    path: `${at}/boxes`,
    may: { read: 'messages' },
    does: 'The boxes of the practice and who is in them.',
    reply: z.object({ boxes: z.array(box), mayManage: z.boolean() }),
  },
  makeBox: {
    method: 'POST',
    path: `${at}/boxes`,
    may: { practice: 'coordinate' },
    does: 'Open a box of the practice.',
    body: boxBody,
    reply: box,
  },
  changeBox: {
    method: 'PUT',
    path: `${at}/boxes/:id`,
    may: { practice: 'coordinate' },
    does: 'Name a box and say who is in it, by person or profession.',
    params: idParams,
    body: boxBody.extend({ version: z.number().int() }),
    reply: box,
  },
  handle: {
    method: 'POST',
    path: `${at}/threads/:id/handle`,
    may: { write: 'messages' },
    does: 'Take a message of a box, hand it over, say that it is handled, or reopen it. Two at once: one has it, the other is told who (409 `taken`).',
    params: idParams,
    body: z.object({ act: boxAct, to: z.string().max(64).optional() }),
    reply: conversation,
  },

  absences: {
    method: 'GET',
    path: `${at}/absences`,
    may: { read: 'messages' },
    does: 'Who is absent or will be, and who receives their messages.',
    reply: z.object({ absences: z.array(absence), mayDeclareForOthers: z.boolean(), colleagues: z.array(colleague) }),
  },
  declareAbsence: {
    method: 'POST',
    path: `${at}/absences`,
    may: { write: 'messages' },
    does: 'I am absent (or, by who coordinates, someone is) from one day to another, and who receives the messages.',
    body: z.object({
      practitioner: z.string().max(64).optional(),
      from: day,
      until: day,
      standIn: z.string().max(64).nullable().default(null),
    }),
    reply: absence,
  },
  endAbsence: {
    method: 'POST',
    path: `${at}/absences/:id/end`,
    may: { write: 'messages' },
    does: 'The absence is over, or will not take place.',
    params: idParams,
    reply: absence,
  },
});
