import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { patientBrief, when } from './common.ts';
import { timelineKinds } from './timeline.ts';

const name = z.string().min(1).max(80);
const names = z.array(name).max(80);
/** What someone has in an order of their own. `hidden` names are not shown; a name that is in neither keeps its place after the others. */
const arranged = z.object({ order: names, hidden: names });
const arrangedCards = z.object({ columns: z.array(names).length(3), hidden: names });

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
});
export type CockpitReply = z.infer<typeof cockpit>;
export const cockpitBody = z.object({ version: z.number().int().min(0), day: arranged.optional(), entries: arranged.optional(), cards: arrangedCards.optional() });

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
export const cockpitEntries = contract({
  cockpit: { method: 'GET', path: at, may: 'signed-in', does: 'What my profession finds here: day, quick entries, cards, lists, as I arranged them.', reply: cockpit },
  arrangeCockpit: { method: 'PUT', path: at, may: 'signed-in', does: 'Keeps my own order of blocks, entries or cards.', body: cockpitBody, reply: cockpit },
  resetCockpit: { method: 'DELETE', path: at, may: 'signed-in', does: 'Gives my cockpit back as it comes for my profession.', reply: cockpit },
  patientList: { method: 'GET', path: '/api/patient-lists/:name', may: { read: 'identity' }, does: 'One of the lists of patients of my profession, under my rights.', params: z.object({ name }), reply: patientList },
});
