import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { patientBrief, when, who } from './common.ts';
import { timelineKinds } from './timeline.ts';

const name = z.string().min(1).max(80);
const names = z.array(name).max(80);
/** What someone has in an order of their own. `hidden` names are not shown; a name that is in neither keeps its place after the others. */
const arranged = z.object({ order: names, hidden: names });
const arrangedCards = z.object({ columns: z.array(names).length(3), hidden: names });

const part = z.enum(['day', 'entries', 'cards']);
export type CockpitPart = z.infer<typeof part>;

export const cockpit = z.object({
  profession: z.string(),
  /** Blocks of the day; `liste:…` is a list. Only those of this profession: what is hidden is in `hidden`. */
  day: arranged,
  /** Acts by id, the most frequent first; `volet:<id>` for a section. */
  entries: arranged,
  cards: arrangedCards,
  /** Words and ids of the sections among the entries, and of those that the team made for this profession. */
  sections: z.array(z.object({ id: z.string(), title: z.string(), short: z.string() })),
  lists: z.array(z.object({ name: z.string(), label: z.string(), title: z.string() })),
  views: z.array(z.object({ label: z.string(), kinds: z.array(z.enum(timelineKinds)) })),
  /** Blocks of the day that some profession has in its cockpit: another block is new and comes at the end of everybody's day. */
  placed: z.array(z.string()),
  /** Of my own order; 0: as it comes. */
  version: z.number().int(),
  /** What I arranged myself; the rest is the practice's, else the product's. */
  own: z.array(part),
  /** The practice gave my profession's day an order. */
  practiceDay: z.boolean(),
});
export type CockpitReply = z.infer<typeof cockpit>;
export const cockpitBody = z.object({
  version: z.number().int().min(0),
  day: arranged.optional(),
  entries: arranged.optional(),
  cards: arrangedCards.optional(),
});

/** The day of one profession as the practice arranged it. */
export const practiceDay = z.object({
  profession: z.string(),
  /** 0: the product's order, which nobody changed. */
  version: z.number().int(),
  day: arranged,
  changed: z.object({ who: who.nullable(), at: when }).nullable(),
  /** How many people of this profession work here. */
  people: z.number().int(),
  /** Words of the lists that may stand on this day. */
  lists: z.array(z.object({ name: z.string(), title: z.string() })),
});
export type PracticeDay = z.infer<typeof practiceDay>;
const practiceDays = z.object({ professions: z.array(practiceDay), placed: z.array(z.string()) });
const seen = z.number().int().min(0);

export const tones = z.enum(['neutral', 'info', 'success', 'warning', 'danger']);
/** A patient of a list, with what the list is about. */
export const listLine = z.object({
  patient: patientBrief,
  /** «28 SA + 3», «Séance 9», «il y a 8 mois». */
  head: z.string(),
  tone: tones,
  details: z.array(z.string()),
  /** When what the line shows was done. */
  at: when.nullable(),
  trend: z.array(z.object({ at: when, value: z.number() })),
  /** Panel of the record that enters it. */
  enter: z.object({ panel: z.string(), short: z.string() }).nullable(),
});
export type ListLine = z.infer<typeof listLine>;
export const patientList = z.object({
  name: z.string(),
  title: z.string(),
  empty: z.string(),
  lines: z.array(listLine),
  /** How many there are; more than the lines when they were cut. */
  count: z.number().int(),
});
export type PatientList = z.infer<typeof patientList>;

const at = '/api/cockpit';
const ofPractice = '/api/practice-days';
const keeps = { practice: 'arrange-cockpits' } as const;
const ofProfession = z.object({ profession: name });
export const cockpitEntries = contract({
  cockpit: {
    method: 'GET',
    path: at,
    may: 'signed-in',
    does: 'What my profession finds here: day, quick entries, cards, lists, as I arranged them.',
    reply: cockpit,
  },
  arrangeCockpit: {
    method: 'PUT',
    path: at,
    may: 'signed-in',
    does: 'Keeps my own order of blocks, entries or cards.',
    body: cockpitBody,
    reply: cockpit,
  },
  resetCockpit: {
    method: 'DELETE',
    path: at,
    may: 'signed-in',
    does: 'Gives a part of my cockpit, or all of it, back as it comes for my profession here.',
    query: z.object({ part: part.optional() }),
    reply: cockpit,
  },
  practiceDays: {
    method: 'GET',
    path: ofPractice,
    may: keeps,
    does: 'The order of the day of each profession, as this practice has it.',
    reply: practiceDays,
  },
  arrangeDay: {
    method: 'PUT',
    path: `${ofPractice}/:profession`,
    may: keeps,
    does: 'Gives the day of a profession an order, for whoever has no order of their own.',
    params: ofProfession,
    body: z.object({ version: seen, day: arranged }),
    reply: practiceDay,
  },
  resetDay: {
    method: 'DELETE',
    path: `${ofPractice}/:profession`,
    may: keeps,
    does: 'Gives the day of a profession back to the order of the product.',
    params: ofProfession,
    query: z.object({ version: z.coerce.number().int().min(0) }),
    reply: practiceDay,
  },
  patientList: {
    method: 'GET',
    path: '/api/patient-lists/:name',
    may: { read: 'identity' },
    does: 'One of the lists of patients of my profession, under my rights.',
    params: z.object({ name }),
    reply: patientList,
  },
});
