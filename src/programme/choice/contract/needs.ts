import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { reminded, reminderDays } from '../../contract/reminders.ts';
import { isoDay, projectId, typed } from '../../projects/contract.ts';

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'lettres minuscules, chiffres et tirets');
const label = (most: number) => z.string().trim().min(1, 'à remplir').max(most);
/** `requirement`: the sentence of the specification that this choice or function becomes. */
const option = z.object({ code: slug, label: label(200), requirement: typed(400).optional() });
export const questionTypes = ['single', 'multiple', 'scale', 'number', 'text', 'long-text', 'matrix'] as const;
/** One question. `matrix`: functions × importance, from 0 (useless to me) to 3 (indispensable). `scale`: 1 to 5. */
export const question = z.object({
  id: slug,
  type: z.enum(questionTypes),
  label: label(300),
  help: typed(600).optional(),
  required: z.boolean().optional(),
  choices: z.array(option).max(40).optional(),
  rows: z.array(option).max(40).optional(),
  low: typed(60).optional(),
  high: typed(60).optional(),
  unit: typed(30).optional(),
  most: z.number().int().min(1).max(10_000_000).optional(),
});
export type Question = z.infer<typeof question>;
/** `area`: its heading in the specification, when the title is not it. */
export const section = z.object({
  id: slug,
  title: label(120),
  area: typed(120).optional(),
  questions: z.array(question).max(40),
});
export type Section = z.infer<typeof section>;
export const answerValue = z.union([
  z.string().max(4000),
  z.number().min(0).max(10_000_000),
  z.array(z.string().max(41)).max(40),
  z.record(z.string().max(41), z.number().int().min(0).max(3)),
  z.null(),
]);
export type NeedAnswer = z.infer<typeof answerValue>;
export type NeedAnswers = Readonly<Record<string, NeedAnswer>>;

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
const personId = projectId.extend({ person: id });
const seen = z.number().int().min(0);
const profession = z.string().regex(/^[a-z-]{1,40}$/, 'à choisir dans la liste');
const mail = z
  .string()
  .trim()
  .max(200)
  .regex(/^$|^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'une adresse comme prenom@exemple.fr');
const words = z.object({ words: z.string(), version: z.number().int(), by: z.string(), at: z.string() });
const state = z.enum(['draft', 'open', 'closed']);
/** How many answered, by profession. */
const rate = z.object({
  profession: z.string(),
  asked: z.number().int(),
  started: z.number().int(),
  submitted: z.number().int(),
});
const personLine = z.object({
  id: z.string(),
  name: z.string(),
  profession: z.string(),
  mail: z.string(),
  account: z.boolean(),
  shared: z.boolean(),
  state: z.enum(['listed', 'invited', 'started', 'submitted']),
  invitedAt: z.string().nullable(),
  remindedOn: z.string().nullable(),
  reminders: z.number().int(),
});
/** `mean` in hundredths. */
const byProfession = z.array(z.object({ profession: z.string(), n: z.number().int(), mean: z.number().int() }));
const result = z.object({
  question,
  answered: z.number().int(),
  words: words.nullable(),
  /** single, multiple, scale: how many of each. */
  choices: z.array(
    z.object({
      code: z.string(),
      label: z.string(),
      count: z.number().int(),
      byProfession: z.array(z.object({ profession: z.string(), count: z.number().int() })),
    }),
  ),
  /** scale, number: figures in hundredths. */
  figures: z
    .object({
      mean: z.number().int(),
      median: z.number().int(),
      least: z.number().int(),
      most: z.number().int(),
      sum: z.number().int(),
    })
    .nullable(),
  byProfession,
  rows: z.array(
    z.object({
      code: z.string(),
      label: z.string(),
      answered: z.number().int(),
      mean: z.number().int(),
      counts: z.array(z.number().int()),
      byProfession,
    }),
  ),
  texts: z.array(z.object({ text: z.string(), professions: z.array(z.string()), times: z.number().int() })),
  themes: z.array(z.object({ word: z.string(), times: z.number().int() })),
});
export const synthesisReply = z.object({
  state,
  closesOn: z.string().nullable(),
  asked: z.number().int(),
  submitted: z.number().int(),
  rates: z.array(rate),
  silent: z.array(z.string()),
  professions: z.array(z.object({ profession: z.string(), n: z.number().int() })),
  /** Professions of one nameless person, counted together. */
  together: z.array(z.string()),
  sections: z.array(z.object({ id: z.string(), title: z.string(), words: words.nullable(), results: z.array(result) })),
  lead: words.nullable(),
  end: words.nullable(),
  papers: z.array(
    z.object({ id: z.string(), reference: z.string(), version: z.number().int(), at: z.string(), by: z.string() }),
  ),
  may: z.object({ write: z.boolean(), papers: z.boolean() }),
});
const form = z.object({ title: z.string(), intro: z.string(), sections: z.array(section) });
const token = z.object({ token: z.string().regex(/^\d{1,9}\.[A-Za-z0-9_-]{20,80}$/, 'inconnu') });
export const respondentReply = form.extend({
  team: z.string(),
  region: z.string(),
  closesOn: z.string(),
  open: z.boolean(),
  /** The link is shared: say who you are first. */
  shared: z.boolean(),
  name: z.string(),
  profession: z.string(),
  nameless: z.boolean(),
  /** Nobody else of this profession is asked: they could be recognised. */
  alone: z.boolean(),
  answers: z.record(z.string(), answerValue),
  submittedAt: z.string().nullable(),
  professions: z.array(z.object({ code: z.string(), label: z.string() })),
});

const support = { practice: 'support-projects' } as const;
/** The needs of a team: questionnaire, invitations, answers, synthesis. Entries of `questionnaires/:token` are open to whoever holds a link, and to nothing else than their own answers. */
export const needsContract = contract({
  needs: {
    method: 'GET',
    path: '/api/programme/projects/:project/needs',
    may: 'signed-in',
    does: 'The questionnaire of a project and how many answered',
    params: projectId,
    reply: form.extend({
      state,
      closesOn: z.string().nullable(),
      /** Days before it closes on which who has not answered is reminded. */
      remindBefore: z.array(z.number().int()),
      /** What the call or the region plans. */
      usual: z.array(z.number().int()),
      reminded,
      openedAt: z.string().nullable(),
      version: z.number().int(),
      by: z.string(),
      at: z.string().nullable(),
      shared: z.boolean(),
      rates: z.array(rate),
      mine: z.enum(['none', 'invited', 'started', 'submitted']),
      here: z.boolean(),
      today: z.string(),
      mails: z.boolean(),
      may: z.object({ write: z.boolean(), answer: z.boolean() }),
    }),
  },
  saveNeeds: {
    method: 'PUT',
    path: '/api/programme/projects/:project/needs',
    may: support,
    does: 'Writes the questionnaire while it is not open; `seen`: its version on screen',
    params: projectId,
    body: z.object({
      seen,
      title: label(200),
      intro: typed(4000),
      sections: z.array(section).min(1, 'au moins une partie').max(20),
    }),
    reply: z.object({ version: z.number().int() }),
  },
  openNeeds: {
    method: 'POST',
    path: '/api/programme/projects/:project/needs/open',
    may: support,
    does: 'Opens the questionnaire until a day, or changes that day, and writes to those who were not invited yet',
    params: projectId,
    body: z.object({ seen, closesOn: isoDay }),
    reply: z.object({ mails: z.number().int() }),
  },
  closeNeeds: {
    method: 'POST',
    path: '/api/programme/projects/:project/needs/close',
    may: support,
    does: 'Closes the questionnaire now',
    params: projectId,
    body: z.object({ seen }),
  },
  redraftNeeds: {
    method: 'POST',
    path: '/api/programme/projects/:project/needs/redraft',
    may: support,
    does: 'Takes an open questionnaire back to be changed, while nobody has begun to answer',
    params: projectId,
    body: z.object({ seen }),
  },
  needsPeople: {
    method: 'GET',
    path: '/api/programme/projects/:project/needs/people',
    may: support,
    does: 'Who is asked and how far each is',
    params: projectId,
    reply: z.object({ people: z.array(personLine), staff: z.number().int() }),
  },
  addNeedsPeople: {
    method: 'POST',
    path: '/api/programme/projects/:project/needs/people',
    may: support,
    does: 'Adds people to ask: typed, or the staff of a practice that works with this product',
    params: projectId,
    body: z.object({
      staff: z.boolean().default(false),
      people: z
        .array(z.object({ name: label(120), profession, mail }))
        .max(300)
        .default([]),
    }),
    reply: z.object({ added: z.number().int(), mails: z.number().int() }),
  },
  removeNeedsPerson: {
    method: 'POST',
    path: '/api/programme/projects/:project/needs/people/:person/remove',
    may: support,
    does: 'Asks a person no longer, if they have not begun',
    params: personId,
  },
  restoreNeedsPerson: {
    method: 'POST',
    path: '/api/programme/projects/:project/needs/people/:person/restore',
    may: support,
    does: 'Asks them again',
    params: personId,
  },
  needsLink: {
    method: 'POST',
    path: '/api/programme/projects/:project/needs/people/:person/link',
    may: support,
    does: 'A link of this person to hand over; said once, kept as a hash',
    params: personId,
    reply: z.object({ link: z.string() }),
  },
  shareNeeds: {
    method: 'POST',
    path: '/api/programme/projects/:project/needs/share',
    may: support,
    does: 'One link for the whole team (profession asked first); a former one stops working',
    params: projectId,
    reply: z.object({ link: z.string() }),
  },
  unshareNeeds: {
    method: 'POST',
    path: '/api/programme/projects/:project/needs/unshare',
    may: support,
    does: 'The shared link stops working',
    params: projectId,
  },
  remindNeeds: {
    method: 'POST',
    path: '/api/programme/projects/:project/needs/remind',
    may: support,
    does: 'Writes to those who have not answered: once a day at most',
    params: projectId,
    reply: z.object({
      mails: z.number().int(),
      /** Told inside the product: an account without an address. */
      notices: z.number().int(),
      already: z.number().int(),
      unreachable: z.number().int(),
    }),
  },
  planNeedsReminders: {
    method: 'PUT',
    path: '/api/programme/projects/:project/needs/reminders',
    may: support,
    does: 'Plans the reminders that leave by themselves, in days before it closes; none: off. `seen`: version on screen',
    params: projectId,
    body: z.object({ seen, days: reminderDays }),
    reply: z.object({ version: z.number().int() }),
  },
  myNeeds: {
    method: 'POST',
    path: '/api/programme/projects/:project/needs/mine',
    may: 'signed-in',
    does: 'My own link, as a person of the practice',
    params: projectId,
    reply: z.object({ token: z.string() }),
  },
  needsAnswers: {
    method: 'GET',
    path: '/api/programme/projects/:project/needs/answers',
    may: support,
    does: 'Answers one by one, without the names of those who asked so',
    params: projectId,
    reply: form.extend({
      answers: z.array(
        z.object({
          key: z.string(),
          name: z.string().nullable(),
          profession: z.string(),
          submittedOn: z.string().nullable(),
          answers: z.record(z.string(), answerValue),
        }),
      ),
    }),
  },
  synthesis: {
    method: 'GET',
    path: '/api/programme/projects/:project/needs/synthesis',
    may: 'signed-in',
    does: 'The synthesis of the answers',
    params: projectId,
    reply: synthesisReply,
  },
  writeChoiceText: {
    method: 'PUT',
    path: '/api/programme/projects/:project/choice-texts/:part',
    may: support,
    does: 'Words around what is computed; `seen`: their version on screen',
    params: projectId.extend({ part: z.string().regex(/^(synthesis|specification)\.[a-z0-9-]{1,90}$/, 'inconnue') }),
    body: z.object({ seen, words: typed(8000) }),
    reply: words,
  },
  issueSynthesis: {
    method: 'POST',
    path: '/api/programme/projects/:project/needs/synthesis/issue',
    may: support,
    does: 'Issues the synthesis as a numbered paper with its charts',
    params: projectId,
    reply: z.object({ paper: z.string() }),
  },

  questionnaire: {
    method: 'GET',
    path: '/api/programme/questionnaires/:token',
    may: 'public',
    does: 'My questionnaire and what I answered, by my link',
    params: token,
    reply: respondentReply,
  },
  startQuestionnaire: {
    method: 'POST',
    path: '/api/programme/questionnaires/:token/start',
    may: 'public',
    does: 'By the shared link: says who I am and gives me a link of my own',
    params: token,
    body: z.object({ profession, name: typed(120).default('') }),
    reply: z.object({ token: z.string() }),
  },
  answerQuestion: {
    method: 'PUT',
    path: '/api/programme/questionnaires/:token/answers/:question',
    may: 'public',
    does: 'Saves one answer; null takes it back',
    params: token.extend({ question: slug }),
    body: z.object({ value: answerValue }),
    reply: z.object({ at: z.string() }),
  },
  hideMyName: {
    method: 'PUT',
    path: '/api/programme/questionnaires/:token/nameless',
    may: 'public',
    does: 'Whether my name stands beside my answers',
    params: token,
    body: z.object({ nameless: z.boolean() }),
  },
  submitQuestionnaire: {
    method: 'POST',
    path: '/api/programme/questionnaires/:token/submit',
    may: 'public',
    does: 'Sends my answers; they can still be changed until the closing day',
    params: token,
    reply: z.object({ at: z.string() }),
  },
});
