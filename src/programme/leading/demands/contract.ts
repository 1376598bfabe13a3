import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { isoDay } from '../../projects/contract.ts';
import { freeText } from '../../contract/patient-words.ts';

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
const practitioner = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/, 'inconnu');
const seen = z.number().int().min(0);
const voiceBody = z.object({ title: freeText(160, 3), words: freeText(4000, 10), software: freeText(120).default('') });
const voice = voiceBody.extend({
  id: z.string(),
  demand: z.string().nullable(),
  practice: z.string(),
  team: z.string(),
  by: z.string(),
  at: z.string(),
  own: z.boolean(),
  version: z.number().int(),
});
const outcome = z.enum(['planned', 'studied', 'done', 'refused']);
const demandLine = z.object({
  id: z.string(),
  title: z.string(),
  words: z.string(),
  state: z.enum(['gathered', 'sent', 'answered']),
  vendor: z.object({ practitioner: z.string(), name: z.string() }).nullable(),
  paper: z.string().nullable(),
  sentAt: z.string().nullable(),
  answer: z
    .object({ outcome, words: z.string(), by: z.string(), at: z.string(), promisedOn: z.string().nullable() })
    .nullable(),
  /** Teams that asked for it or support it, each once. */
  teams: z.number().int(),
  supporters: z.array(z.string()).nullable(),
  voices: z.array(voice),
  supported: z.boolean(),
  version: z.number().int(),
  may: z.object({ change: z.boolean(), answer: z.boolean(), support: z.boolean() }),
});
const ofDemand = z.object({ demand: id });
const text = { title: freeText(160, 3), words: freeText(6000, 10) };

export const demandsContract = contract({
  demands: {
    method: 'GET',
    path: '/api/programme/demands',
    may: 'signed-in',
    does: 'Demands for evolution: mine and those of the region, with what vendors answered',
    reply: z.object({
      as: z.string(),
      /** Not gathered yet. */
      voices: z.array(voice),
      demands: z.array(demandLine),
      vendors: z.array(z.object({ practitioner: z.string(), name: z.string() })),
      says: z.boolean(),
      gathers: z.boolean(),
      sends: z.boolean(),
      today: z.string(),
    }),
  },
  sayDemand: {
    method: 'POST',
    path: '/api/programme/demands/voices',
    may: 'signed-in',
    does: 'Puts a demand into words, as anyone of a practice',
    body: voiceBody,
    reply: z.object({ id: z.string() }),
  },
  changeVoice: {
    method: 'PUT',
    path: '/api/programme/demands/voices/:voice',
    may: 'signed-in',
    does: 'Changes one’s words, takes them back or puts them back, until they are sent',
    params: z.object({ voice: id }),
    body: voiceBody.extend({ removed: z.boolean().default(false), seen }),
  },
  supportDemand: {
    method: 'PUT',
    path: '/api/programme/demands/:demand/support',
    may: 'signed-in',
    does: 'My team wants it too, or no longer',
    params: ofDemand,
    body: z.object({ on: z.boolean() }),
  },
  gatherDemands: {
    method: 'POST',
    path: '/api/programme/demands',
    may: { practice: 'support-projects' },
    does: 'Gathers voices that say the same under one text',
    body: z.object({ ...text, voices: z.array(id).min(1, 'au moins une demande').max(200) }),
    reply: z.object({ id: z.string() }),
  },
  changeDemand: {
    method: 'PUT',
    path: '/api/programme/demands/:demand',
    may: { practice: 'support-projects' },
    does: 'Changes the text that stands for the voices, adds voices, lets some go',
    params: ofDemand,
    body: z.object({ ...text, voices: z.array(id).max(200), seen }),
  },
  sendDemands: {
    method: 'POST',
    path: '/api/programme/demands/send',
    may: { practice: 'lead-projects' },
    does: 'Sends gathered demands to a vendor as one text, by mail',
    body: z.object({
      vendor: practitioner,
      demands: z.array(id).min(1, 'au moins une demande').max(100),
      note: freeText(2000).default(''),
    }),
    reply: z.object({ paper: z.string(), reference: z.string() }),
  },
  answerDemand: {
    method: 'PUT',
    path: '/api/programme/demands/:demand/answer',
    may: 'signed-in',
    does: 'What the vendor answers, with its date: shown to all teams',
    params: ofDemand,
    body: z.object({ outcome, words: freeText(3000, 3), promisedOn: isoDay.nullable().default(null), seen }),
  },
  demandsPaper: {
    method: 'GET',
    path: '/api/programme/demands/papers/:paper',
    may: 'signed-in',
    does: 'The text that was sent to a vendor, PDF/A',
    params: z.object({ paper: id }),
  },
});
