import { z } from 'zod';
import { coded, line, patientBrief, when, who } from './common.ts';
import { choice } from './patients.ts';
import { treatmentLine, treatmentsState } from './treatments/line.ts';

export const rangeFlag = z.enum(['low', 'normal', 'high', 'critical-low', 'critical-high', 'unknown']);

// Cards' lines: everything the card shows; `line` fields say who, when, version, status.
export const problemLine = line.extend({
  label: z.string(),
  code: coded,
  state: z.enum(['active', 'inactive', 'resolved']),
  stateLabel: z.string(),
  /** Confirmed, suspected, refuted. */
  certainty: z.enum(['confirmed', 'provisional', 'refuted']),
  onset: when.nullable(),
  onsetLabel: z.string(),
  resolved: when.nullable(),
  /** Long-term condition (affection de longue durée). */
  ald: z
    .object({
      from: when.nullable(),
      until: when.nullable(),
      running: z.boolean(),
      number: z.string().nullable(),
      label: z.string(),
    })
    .nullable(),
  note: z.string().nullable(),
  /** Entries that point to it. */
  linked: z.number().int(),
});
export const allergyLine = line.extend({
  label: z.string(),
  code: coded,
  category: z.string().nullable(),
  categoryLabel: z.string(),
  criticality: z.enum(['low', 'high', 'unknown']),
  criticalityLabel: z.string(),
  kindOfReaction: z.enum(['allergy', 'intolerance', 'unknown']),
  state: z.enum(['active', 'inactive', 'resolved']),
  stateLabel: z.string(),
  reaction: z.string().nullable(),
  onset: when.nullable(),
  note: z.string().nullable(),
});
/** The three states (DOS-3): never told apart by an empty list alone. */
export const allergyState = z.enum(['none-known', 'not-asked', 'listed']);
export const allergies = z.object({
  state: allergyState,
  stateLabel: z.string(),
  lines: z.array(allergyLine),
  statedBy: who.nullable(),
  statedOn: when.nullable(),
  statement: z.object({ id: z.string(), version: z.number().int() }).nullable(),
});
export const measureValue = z.object({
  /** LOINC, or the code as received. */
  code: z.string(),
  label: z.string(),
  value: z.number().nullable(),
  /** For values that are words or numbers with their comparison: «< 5», «positif». */
  text: z.string(),
  unit: z.string(),
  decimals: z.number().int(),
  flag: rangeFlag,
  /** «Élevé», «Bas», «Critique»; '' when normal or unknown. */
  flagLabel: z.string(),
  /** «70 – 110», «< 7». '' when none. */
  reference: z.string(),
  /** The laboratory's own, or the usual one that the product gives when there is none (data/panels.ts says from where). */
  referenceFrom: z.enum(['report', 'usual', 'none']),
});
/** A measure of the summary: last value(s), trend on the values before. Blood pressure has two values. */
export const measureLine = line.extend({
  /** Key for GET …/measures/:code: LOINC code of the catalogue or of the result. */
  code: z.string(),
  label: z.string(),
  group: z.string(),
  values: z.array(measureValue),
  /** «132/78 mmHg», «72,4 kg», as to be shown. */
  display: z.string(),
  flag: rangeFlag,
  flagLabel: z.string(),
  reference: z.string(),
  /** Up to 12 earlier points, oldest first, first component: for a sparkline. */
  trend: z.array(z.object({ at: when, value: z.number() })),
  /** Against the value before. */
  direction: z.enum(['up', 'down', 'steady', 'none']),
  /** «+ 1,2 kg en 3 mois»; '' when alone. */
  change: z.string(),
  count: z.number().int(),
});
export const vaccineLine = line.extend({
  label: z.string(),
  code: coded,
  outcome: z.enum(['given', 'refused', 'contraindicated', 'not-done']),
  outcomeLabel: z.string(),
  lot: z.string().nullable(),
  site: z.string().nullable(),
  route: z.string().nullable(),
  dose: z.string().nullable(),
  /** Diseases it protects from, codes of data/vaccines.ts. */
  targets: z.array(z.string()),
  reason: z.string().nullable(),
  /** Of a refusal or a contraindication: it holds until then. */
  until: when.nullable(),
  /** Given elsewhere: where or by whom, in words; '' when unknown; null when given here. */
  elsewhere: z.string().nullable(),
  note: z.string().nullable(),
});
/** What the French calendar asks for next. */
export const vaccineDue = z.object({
  /** Code of data/vaccines.ts. */
  target: z.string(),
  label: z.string(),
  state: z.enum(['due', 'late', 'coming', 'refused', 'contraindicated', 'to-discuss']),
  stateLabel: z.string(),
  due: when.nullable(),
  /** No dose counts before that day. */
  earliest: when.nullable(),
  /** «rappel dTP à 65 ans», in words. */
  why: z.string(),
  /** The law that makes it compulsory for this person. */
  mandatory: z.string().nullable(),
  /** Which rule of data/vaccine-calendar.ts asks for it, and where it was read, with its year. */
  rule: z.string(),
  source: z.string(),
});
export const resultLine = line.extend({
  label: z.string(),
  /** Laboratory, imaging … */
  category: z.string(),
  conclusion: z.string().nullable(),
  values: z.array(measureValue),
  flag: rangeFlag,
  flagLabel: z.string(),
  /** Someone of the practice has read it. */
  readBy: who.nullable(),
  readOn: when.nullable(),
  toRead: z.boolean(),
});
export const documentLine = line.extend({
  title: z.string(),
  documentType: coded,
  contentType: z.string(),
  size: z.number().nullable(),
  /** GET it as is: image, PDF; null when the content is elsewhere or hidden. */
  contentUrl: z.string().nullable(),
  previewable: z.boolean(),
  readBy: who.nullable(),
  readOn: when.nullable(),
  toRead: z.boolean(),
  note: z.string().nullable(),
  /** Who wrote the document, outside or here; null when nothing says. */
  author: z.string().nullable(),
  /** A newer document took its place. */
  replaced: z.boolean(),
  /** Written here: it has a page of its own, where it is taken up again, signed and corrected. */
  letter: z.boolean(),
  /** Who has read and signed it, oldest first. */
  marks: z.array(
    z.object({
      who,
      at: when.nullable(),
      signed: z.boolean(),
      comment: z.string().nullable(),
      stoodIn: who.nullable(),
    }),
  ),
  /** Who is asked to; `who` null: whoever takes care of the patient. */
  awaited: z.array(z.object({ who: who.nullable(), sign: z.boolean(), words: z.string().nullable() })),
});
export const planLine = line.extend({
  label: z.string(),
  state: z.string(),
  stateLabel: z.string(),
  detail: z.string(),
  target: z.string().nullable(),
  due: when.nullable(),
  measureCode: z.string().nullable(),
});
export const plannedLine = line.extend({
  label: z.string(),
  start: when.nullable(),
  end: when.nullable(),
  place: z.string().nullable(),
  with: z.array(z.string()),
  stateLabel: z.string(),
  what: z.enum(['appointment', 'order', 'task']),
});
export const historyLine = line.extend({
  label: z.string(),
  code: coded.nullable(),
  topic: z.enum(['personal', 'family', 'risk', 'lifestyle', 'social', 'procedure']),
  topicLabel: z.string(),
  detail: z.string(),
  /** «Père», «Mère» for family history. */
  relative: z.string().nullable(),
  /** «Aucun antécédent familial connu»: asked, and nothing there; no line on a topic at all means that nobody said. */
  none: z.boolean(),
  /** To be seen at once. */
  flagged: z.boolean(),
});
export const alertLine = line.extend({
  label: z.string(),
  category: z.string(),
  categoryLabel: z.string(),
  severity: z.enum(['danger', 'warning', 'information']),
  until: when.nullable(),
});
export const teamMember = z.object({
  /** Practitioner id; null for an outsider known by name. */
  id: z.string().nullable(),
  name: z.string(),
  role: z.string(),
  profession: z.string().nullable(),
  organisation: z.string().nullable(),
  phone: z.string().nullable(),
  since: when.nullable(),
  treating: z.boolean(),
  me: z.boolean(),
  /** In this practice, so the rights follow. */
  inside: z.boolean(),
  /** Position in the CareTeam, with the team's id and version: what an end needs. */
  canEnd: z.boolean(),
});

/** The header that never scrolls away. */
export const header = z.object({
  patient: patientBrief,
  version: z.number().int(),
  identityTodo: z.array(z.string()),
  address: z.string().nullable(),
  email: z.string().nullable(),
  phones: z.array(z.string()),
  contacts: z.array(z.object({ name: z.string(), relation: z.string(), phone: z.string().nullable() })),
  /** Null: hidden from me. */
  alerts: z.array(alertLine).nullable(),
  allergies: allergies.nullable(),
  treatingPhysician: z
    .object({ id: z.string().nullable(), name: z.string(), declared: z.boolean(), since: when.nullable() })
    .nullable(),
  team: z.object({ id: z.string().nullable(), version: z.number().int().nullable(), members: z.array(teamMember) }),
  choices: z.array(choice),
});
export type Header = z.infer<typeof header>;

export const rights = z.object({
  /** Why I am in: care team, consent until …, emergency until …, practice-wide right. */
  basis: z.enum(['care-team', 'consent', 'emergency', 'delegation', 'practice']),
  basisLabel: z.string(),
  until: when.nullable(),
  /** Kinds of data I see here. */
  see: z.array(z.string()),
  /** Kinds I may add to here. */
  add: z.array(z.string()),
  /** Some kinds are closed to me: show `hiddenWords`, without saying whether there is anything behind. */
  hidden: z.array(z.object({ kind: z.string(), label: z.string() })),
  hiddenWords: z.string(),
});

/** A change by someone else since my last visit. */
export const changeLine = line.extend({
  what: z.string(),
  label: z.string(),
  act: z.enum(['added', 'changed', 'removed']),
});

/** The record page. A card is null when its kind is hidden from me. */
export const recordPage = z.object({
  header,
  rights,
  /** My visit before this one; null: first visit. */
  lastVisit: when.nullable(),
  changes: z.array(changeLine),
  problems: z.array(problemLine).nullable(),
  history: z.array(historyLine).nullable(),
  treatments: z.array(treatmentLine).nullable(),
  /** «Aucun traitement» and «non renseigné» are two states. */
  treatmentsState: treatmentsState.nullable(),
  measures: z.array(measureLine).nullable(),
  vaccines: z.object({ given: z.array(vaccineLine), due: z.array(vaccineDue) }).nullable(),
  results: z.array(resultLine).nullable(),
  documents: z.array(documentLine).nullable(),
  plans: z.array(planLine).nullable(),
  planned: z.array(plannedLine).nullable(),
  notes: z.array(line.extend({ title: z.string(), text: z.string() })).nullable(),
  /** The newest answers to each section, with their scores in words. */
  forms: z.array(line.extend({ title: z.string(), result: z.string(), count: z.number().int() })).nullable(),
  /** Items of the timeline that I may see. `atLeast`: counting stopped there. */
  timeline: z.object({ count: z.number().int(), atLeast: z.boolean() }),
  /** Milliseconds spent by the server. */
  took: z.number(),
});
export type RecordPage = z.infer<typeof recordPage>;
export type MeasureValue = z.infer<typeof measureValue>;
export type MeasureLine = z.infer<typeof measureLine>;
export type TeamMember = z.infer<typeof teamMember>;
export type Rights = z.infer<typeof rights>;
export type VaccineDue = z.infer<typeof vaccineDue>;
