import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { letterTypes } from '../data/letters/uses.ts';
import * as c from './common.ts';
import { templateBody } from './wire-letter-templates.ts';

const text = (max: number) => z.string().trim().max(max, `${max} caractères au plus`);
/** A letter goes to someone of the team, a correspondent outside, or the patient. */
export const letterRecipient = z.object({
  kind: z.enum(['team', 'outside', 'patient']),
  name: text(120).min(1, 'à renseigner'),
  role: text(120).default(''),
  /** Lines of the address block. */
  address: text(400).default(''),
  phone: text(40).default(''),
  /** An address of the secure mail of health (MSSanté). */
  mssante: z
    .union([
      z.literal(''),
      z
        .string()
        .trim()
        .toLowerCase()
        .max(200)
        .regex(/^[^\s@]+@([a-z0-9-]+\.)*mssante\.fr$/, 'Une adresse MSSanté finit par « mssante.fr ».'),
    ])
    .default(''),
  practitioner: z.string().max(64).nullable().default(null),
  /** A copy: named beneath the signature. */
  copy: z.boolean().default(false),
});
export type LetterRecipient = z.infer<typeof letterRecipient>;
/** What was taken from the record, and what it said at that moment. */
export const frozenField = z.object({ key: z.string().max(140), value: z.string().max(20_000) });
/** `ready`: the record has it, for whoever fills now. */
export const openField = z.object({
  key: z.string(),
  label: z.string(),
  state: z.enum(['missing', 'hidden', 'late', 'unknown', 'ready']),
  words: z.string(),
});
export const filledText = z.object({
  subject: z.string(),
  text: z.string(),
  fields: z.array(frozenField.extend({ label: z.string() })),
  open: z.array(openField),
  /** Sensitive entries of the record that no field took. */
  leftOut: z.number().int(),
});
export type FilledText = z.infer<typeof filledText>;

const version = z.number().int().min(1);
export const letterBody = z.object({
  template: z.string().max(64).nullable(),
  title: text(200).min(1, 'L’objet du courrier est à renseigner.'),
  documentType: z.enum(letterTypes.map(({ code }) => code) as [string, ...string[]]),
  text: z.string().max(50_000, '50 000 caractères au plus'),
  recipients: z.array(letterRecipient).max(20, '20 destinataires au plus'),
  /** Who is to sign; me when absent. */
  signatory: z.string().max(64).nullable().default(null),
  sensitive: c.sensitivity.nullable().default(null),
  /** Of an administrative letter: closed to the secretariat from now on. */
  reserved: z.boolean().default(false),
  fields: z.array(frozenField).max(300).default([]),
});
export type LetterBody = z.infer<typeof letterBody>;

export const letterWays = {
  printed: 'Imprimé',
  handed: 'Remis en main propre',
  posted: 'Posté',
  mssante: 'Messagerie sécurisée',
} as const;
export const letterWay = z.enum(Object.keys(letterWays) as [keyof typeof letterWays, ...(keyof typeof letterWays)[]]);
/** What one does oneself and says so. */
export const paperWay = z.enum(['printed', 'handed', 'posted']);
export const letterGiven = z.object({
  way: letterWay,
  wayLabel: z.string(),
  to: z.string(),
  at: c.when,
  by: c.who.nullable(),
  /** Of the secure mail only. */
  state: z.enum(['done', 'waiting', 'sending', 'failed', 'unsure']),
  failure: z.string().nullable(),
});
export const letterLine = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  typeLabel: z.string(),
  status: c.lineStatus,
  statusLabel: z.string(),
  at: c.when,
  recorded: c.when,
  who: c.who.nullable(),
  signatory: c.who.nullable(),
  recipients: z.array(z.string()),
  administrative: z.boolean(),
  sensitive: c.sensitivity.nullable(),
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  canEdit: z.boolean(),
});
export type LetterLine = z.infer<typeof letterLine>;
export type LetterGiven = z.infer<typeof letterGiven>;
export const letterDetail = letterLine.extend({
  patient: z.object({ id: z.string(), name: z.string(), about: z.string() }),
  template: z.object({ id: z.string(), edition: z.string(), title: z.string() }).nullable(),
  body: letterBody,
  fields: z.array(
    frozenField.extend({
      label: z.string(),
      /** What the record says today, when it differs; null: the same, or closed to me. */
      now: z.string().nullable(),
    }),
  ),
  open: z.array(openField),
  /** I may sign it as it stands; else why not. */
  canSign: z.boolean(),
  signWords: z.string(),
  reason: z.string().nullable(),
  /** Why I may not replace it once it is signed; null: nothing against it. */
  replaceWords: z.string().nullable(),
  given: z.array(letterGiven),
  mssante: z.object({ configured: z.boolean(), words: z.string() }),
  contentUrl: z.string().nullable(),
});
export type LetterDetail = z.infer<typeof letterDetail>;
export const toSignLine = letterLine.extend({ patient: c.patientBrief });

const at = '/api/patients/:patient/letters';
const act = z.enum(['keep', 'sign']);
export const letterEntries = contract({
  letters: {
    method: 'GET',
    path: at,
    may: 'signed-in',
    does: 'The letters of a patient that I may read: in preparation, signed, replaced.',
    params: c.patientParams,
    reply: z.object({
      patient: z.object({ id: z.string(), name: z.string(), about: z.string() }),
      letters: z.array(letterLine),
      canWrite: z.boolean(),
      suggestions: z.array(letterRecipient),
    }),
  },
  startLetter: {
    method: 'GET',
    path: `${at}/start/:template`,
    may: 'signed-in',
    does: 'A letter begun from a template: its fields filled from the record under my rights, what is missing or closed said.',
    params: z.object({ patient: z.string(), template: z.string().max(64) }),
    reply: filledText.extend({
      template: z.object({
        id: z.string(),
        edition: z.string(),
        title: z.string(),
        documentType: z.string(),
        administrative: z.boolean(),
        sensitive: c.sensitivity.nullable(),
        signers: z.array(z.string()),
      }),
    }),
  },
  fillLetter: {
    method: 'POST',
    path: `${at}/fill`,
    may: 'signed-in',
    does: 'Fills the fields that a text still holds, under my rights; writes nothing.',
    params: c.patientParams,
    body: z.object({ subject: z.string().max(200).default(''), text: z.string().max(50_000) }),
    reply: filledText,
  },
  tryTemplate: {
    method: 'POST',
    path: `${at}/try`,
    may: 'signed-in',
    does: 'A template as it would be for this patient under my rights; writes nothing.',
    params: c.patientParams,
    body: templateBody.pick({ subject: true, text: true }),
    reply: filledText,
  },
  startRequestLetter: {
    method: 'GET',
    path: `${at}/for/:task`,
    may: 'signed-in',
    does: 'The letter that carries a question asked of someone outside of the practice: whom, what, until when, what goes with it, the record in brief under my rights; writes nothing.',
    params: z.object({ patient: z.string(), task: z.string().max(64) }),
    reply: filledText.extend({ recipients: z.array(letterRecipient), documentType: z.string() }),
  },
  startMinutesLetter: {
    method: 'GET',
    path: `${at}/minutes/:id`,
    may: { write: 'documents' },
    does: 'The letter by which the minutes of a case meeting leave: what was said, what was decided, who was there; writes nothing.',
    params: z.object({ patient: z.string(), id: z.string().max(64) }),
    reply: filledText.extend({ documentType: z.string() }),
  },
  previewLetter: {
    method: 'POST',
    path: `${at}/preview`,
    may: 'signed-in',
    does: 'The letter as it would be printed, PDF; writes nothing.',
    params: c.patientParams,
    body: letterBody,
  },
  letter: {
    method: 'GET',
    path: `${at}/:id`,
    may: 'signed-in',
    does: 'One letter: its text, what was taken from the record, what has changed since, where it went.',
    params: c.itemParams,
    reply: letterDetail,
  },
  writeLetter: {
    method: 'POST',
    path: at,
    may: 'signed-in',
    does: 'Keeps a letter in preparation, or signs it at once: PDF/A in the record.',
    params: c.patientParams,
    body: letterBody.extend({
      act,
      /** The question asked outside (its Task) that this letter carries: it stays tied to it. */
      request: z.string().max(64).nullable().default(null),
    }),
    reply: c.written,
  },
  changeLetter: {
    method: 'PUT',
    path: `${at}/:id`,
    may: 'signed-in',
    does: 'Changes a letter in preparation, or signs it.',
    params: c.itemParams,
    body: letterBody.extend({ act, version }),
    reply: c.written,
  },
  amendLetter: {
    method: 'POST',
    path: `${at}/:id/amend`,
    may: 'signed-in',
    does: 'Signs a letter that takes the place of a signed one; both stay readable.',
    params: c.itemParams,
    body: letterBody.extend({ version, reason: text(500).min(3, 'Dites pourquoi.') }),
    reply: c.written,
  },
  dropLetter: {
    method: 'POST',
    path: `${at}/:id/drop`,
    may: 'signed-in',
    does: 'Throws a letter in preparation away.',
    params: c.itemParams,
    body: z.object({ version }),
  },
  printLetter: {
    method: 'GET',
    path: `${at}/:id/pdf`,
    may: 'signed-in',
    does: 'The signed PDF/A of a letter; of one in preparation, its preview.',
    params: c.itemParams,
  },
  giveLetter: {
    method: 'POST',
    path: `${at}/:id/given`,
    may: 'signed-in',
    does: 'Says that a signed letter was printed, handed over or posted, or puts it in the queue of the secure mail.',
    params: c.itemParams,
    body: z.object({ version, way: letterWay, to: text(120).default('') }),
    reply: c.written,
  },
  lettersToSign: {
    method: 'GET',
    path: '/api/letters/to-sign',
    may: 'signed-in',
    does: 'Letters prepared for me to sign, all patients.',
    reply: z.object({ letters: z.array(toSignLine) }),
  },
});
