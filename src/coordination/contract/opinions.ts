import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { addressee, idParams, patientBrief, patientParams, when, who } from './common.ts';
import { priority, taskState } from './tasks.ts';

export const opinionKinds = { opinion: 'Avis', referral: 'Adressage' } as const;
export const opinionKind = z.enum(['opinion', 'referral']);

/** Someone outside of the practice: followed here by whoever asks, written to by a letter; what they answer is noted with the document that brought it. */
export const outsider = z.object({
  to: z.literal('outside'),
  name: z.string().trim().min(1, 'Indiquez à qui.').max(150),
  role: z.string().trim().max(100).default(''),
  contact: z.string().trim().max(300).default(''),
});
/** An entry of the record that goes with the question. */
export const recordPart = z.object({
  type: z.string(),
  id: z.string(),
  what: z.string(),
  label: z.string(),
  at: when.nullable(),
});
export const opinionLine = z.object({
  /** The Task that follows it; accept, refuse and cancel are the tasks’ own acts. */
  id: z.string(),
  version: z.number().int(),
  kind: opinionKind,
  kindLabel: z.string(),
  question: z.string(),
  detail: z.string(),
  patient: patientBrief.nullable(),
  asker: who.nullable(),
  asked: when,
  owner: who.nullable(),
  ownerLabel: z.string(),
  due: when.nullable(),
  late: z.boolean(),
  urgent: z.boolean(),
  state: taskState,
  stateLabel: z.string(),
  /** Asked of someone outside of the practice. */
  outside: outsider.omit({ to: true }).nullable(),
  /** Letters that carry it outside, the newest first. */
  letters: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      state: z.enum(['draft', 'signed', 'leaving', 'sent', 'failed']),
      /** When it was signed, or left. */
      at: when.nullable(),
      way: z.string().nullable(),
    }),
  ),
  parts: z.array(recordPart),
  /** Parts that the reader’s rights do not open. */
  hidden: z.number().int(),
  answer: z
    .object({
      text: z.string(),
      who: who.nullable(),
      at: when,
      /** Who asked has read it. */
      read: z.boolean(),
      /** Of an answer from outside: who noted it, and the document that brought it. */
      notedBy: who.nullable(),
      document: recordPart.nullable(),
    })
    .nullable(),
  refusal: z.object({ text: z.string(), who: who.nullable(), at: when }).nullable(),
  toMe: z.boolean(),
  byMe: z.boolean(),
  may: z.object({
    answer: z.boolean(),
    accept: z.boolean(),
    refuse: z.boolean(),
    cancel: z.boolean(),
    acknowledge: z.boolean(),
  }),
});
export type OpinionLine = z.infer<typeof opinionLine>;
export const askBody = z.object({
  kind: opinionKind,
  question: z
    .string()
    .trim()
    .min(1, 'Posez la question.')
    .max(300, '300 caractères au plus : développez dans le contexte.'),
  detail: z.string().trim().max(6000).default(''),
  addressee: z.discriminatedUnion('to', [...addressee.options, outsider]),
  /** Typed date. */
  due: z.string().max(30).nullable().default(null),
  priority: priority.default('routine'),
  parts: z
    .array(z.object({ type: z.string().max(60), id: z.string().max(64) }))
    .max(30, '30 éléments au plus.')
    .default([]),
  /** The patient agrees that this person joins the care team. */
  joinTeam: z.object({ agreed: z.literal(true) }).optional(),
});
export type AskBody = z.infer<typeof askBody>;

export const opinionEntries = contract({
  opinions: {
    method: 'GET',
    path: '/api/opinions',
    may: { read: 'exchanges' },
    does: 'Opinions and referrals asked of me, or by me.',
    query: z.object({ view: z.enum(['to-me', 'by-me', 'done']).default('to-me') }),
    reply: z.object({ opinions: z.array(opinionLine), toMe: z.number().int(), byMe: z.number().int() }),
  },
  patientOpinions: {
    method: 'GET',
    path: '/api/patients/:patient/opinions',
    may: { read: 'exchanges' },
    does: 'Questions asked about this patient, with their answers.',
    params: patientParams,
    reply: z.object({ opinions: z.array(opinionLine) }),
  },
  partsToSend: {
    method: 'GET',
    path: '/api/patients/:patient/opinions/parts',
    may: { write: 'exchanges' },
    does: 'What of the record can go with a question.',
    params: patientParams,
    reply: z.object({ groups: z.array(z.object({ label: z.string(), parts: z.array(recordPart) })) }),
  },
  askOpinion: {
    method: 'POST',
    path: '/api/patients/:patient/opinions',
    may: { write: 'exchanges' },
    does: 'Ask a colleague for an opinion, or refer the patient.',
    params: patientParams,
    body: askBody,
    reply: opinionLine,
  },
  opinion: {
    method: 'GET',
    path: '/api/opinions/:id',
    may: { read: 'exchanges' },
    does: 'One question with what goes with it and its answer.',
    params: idParams,
    reply: opinionLine,
  },
  answerOpinion: {
    method: 'POST',
    path: '/api/opinions/:id/answer',
    may: { write: 'exchanges' },
    does: 'Answer: the answer is tied to the question, in the patient’s record.',
    params: idParams,
    body: z.object({
      version: z.number().int(),
      text: z.string().trim().min(1, 'Écrivez la réponse.').max(20_000),
      /** Of an answer from outside: the document of this record that brought it. */
      document: z.string().max(64).nullish(),
    }),
    reply: opinionLine,
  },
  acknowledgeAnswer: {
    method: 'POST',
    path: '/api/opinions/:id/read',
    may: { read: 'exchanges' },
    does: 'I have read the answer to my question.',
    params: idParams,
    body: z.object({ version: z.number().int() }),
    reply: opinionLine,
  },
});
