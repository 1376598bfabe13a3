import type { Reference } from '@medplum/fhirtypes';
import { type KindOfData, kindsOfData, type PersonCaller } from '../../access/index.ts';
import {
  asJson,
  categorySystem,
  isResource,
  kindOfResource,
  privateNoteTag,
  type Resource,
  type Stored,
} from '../../fhir/index.ts';
import { type Line, type LineStatus, type PatientBrief, sensitivityLabels, type Who } from '../contract.ts';
import type { Directory } from '../directory.ts';
import { sensitivityOf } from '../fhir-words.ts';
import { isLetter } from '../letters/letter.rules.ts';
import { groupOf } from '../orders/line.rules.ts';

/** What turning stored versions into lines needs to know: who reads, about whom, since when. */
export interface Reading {
  caller: PersonCaller;
  directory: Directory;
  patient: string;
  birth: string | undefined;
  sex: string | undefined;
  /** ISO day. */
  today: string;
  lastVisit: string | null;
  /** Kinds the reader may add to here. */
  add: ReadonlySet<KindOfData>;
  /** Lines that were made for this reading since that visit: `lineOf` alone looks. */
  made?: { of: Reading; lastVisit: string | null; lines: Map<Stored, Line> };
}

/** A reading about nobody yet: of a list of several patients. */
export const emptyReading = (directory: Directory, caller: PersonCaller, today: string): Reading => ({
  caller,
  directory,
  patient: '',
  birth: undefined,
  sex: undefined,
  today,
  lastVisit: null,
  add: new Set(),
});

/** The same reading, about one of the patients of the list. */
export const readingAbout = (
  nobody: Reading,
  { id, birthDate, sex }: Pick<PatientBrief, 'id' | 'birthDate' | 'sex'>,
): Reading => ({ ...nobody, patient: id, birth: birthDate ?? undefined, sex });

const authorElements = [
  'recorder',
  'asserter',
  'author',
  'performer',
  'assessor',
  'requester',
  'informationSource',
  'expressedBy',
  'sender',
  'source',
];
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const isReference = (value: unknown): value is Reference =>
  typeof value === 'object' && value !== null && ('reference' in value || 'display' in value);

/** Who made an entry: a professional before an organisation, whatever the element that says so. */
export function authorOf(of: Resource): Reference | undefined {
  const resource = asJson(of);
  const recorder = extensionReference(resource, recorderUrl);
  if (recorder) return recorder;
  const found: Reference[] = [];
  for (const element of authorElements) {
    const value = resource[element];
    if (value === undefined) continue;
    for (const item of list(value)) {
      if (isReference(item)) found.push(item);
      const actor = (item as { actor?: unknown } | null)?.actor;
      if (isReference(actor)) found.push(actor);
    }
  }
  for (const participant of list(resource.participant) as { individual?: Reference }[])
    if (participant?.individual) found.push(participant.individual);
  for (const note of list(resource.note) as { authorReference?: Reference }[])
    if (note?.authorReference) found.push(note.authorReference);
  // Who interprets a result did not make it: named only when nobody else is.
  if (found.length === 0) return list(resource.resultsInterpreter).find(isReference);
  return found.find((reference) => reference.reference?.includes('Practitioner/')) ?? found[0];
}

/** Who wrote down what has no element for it; who wrote this version of another's entry. */
export const recorderUrl = 'urn:estran:recorder';
export const correctedByUrl = 'urn:estran:corrected-by';
export const extensionReference = (resource: Resource, url: string): Reference | undefined =>
  (asJson(resource).extension as { url?: string; valueReference?: Reference }[] | undefined)?.find(
    (one) => one.url === url,
  )?.valueReference;
/** Who wrote this very version. */
export const writerOf = (resource: Resource): Reference | undefined =>
  extensionReference(resource, correctedByUrl) ?? authorOf(resource);

export const amendedTag = { system: 'urn:estran:tag', code: 'amended', display: 'Corrigé' };
const hasTag = (resource: Resource, code: string): boolean =>
  resource.meta?.tag?.some((tag) => tag.system === 'urn:estran:tag' && tag.code === code) ?? false;
const drafts = new Set(['preliminary', 'registered', 'draft', 'partial', 'unknown-draft']);

/** The life of an entry (DOS-16), from the status of whatever type it is. */
export function statusOf(of: Resource): LineStatus {
  const resource = asJson(of);
  const verification = (resource.verificationStatus as { coding?: { code?: string }[] } | undefined)?.coding?.[0]?.code;
  const status = String(
    resource.docStatus && resource.status !== 'entered-in-error'
      ? resource.docStatus
      : (resource.status ?? resource.lifecycleStatus ?? ''),
  );
  if (status === 'entered-in-error' || verification === 'entered-in-error') return 'entered-in-error';
  if (
    drafts.has(status) ||
    (status === 'in-progress' &&
      (resource.resourceType === 'ClinicalImpression' || resource.resourceType === 'QuestionnaireResponse'))
  )
    return 'draft';
  if (['amended', 'corrected', 'appended'].includes(status) || hasTag(resource, 'amended')) return 'amended';
  return 'final';
}
export const statusLabels: Record<LineStatus, string> = {
  draft: 'Brouillon',
  final: 'Signé',
  amended: 'Corrigé',
  'entered-in-error': 'Saisi par erreur',
};

const forms: Readonly<Record<string, NonNullable<Line['form']>>> = {
  ClinicalImpression: 'note',
  Composition: 'note',
  AllergyIntolerance: 'allergy',
  Immunization: 'vaccine',
  MedicationStatement: 'treatment',
  MedicationDispense: 'dispense',
  DocumentReference: 'document',
  Flag: 'alert',
  FamilyMemberHistory: 'history',
  Procedure: 'history',
  Goal: 'goal',
  QuestionnaireResponse: 'section',
};
const isCompositionOf = (resource: Resource, category: string): boolean =>
  isResource(resource, 'Composition') &&
  (resource.category ?? []).some((one) =>
    one.coding?.some(({ system, code }) => system === categorySystem && code === category),
  );
/** The «volet de synthèse médicale» of summary/: it points to entries and has words of its own. */
export const isMedicalSummary = (resource: Resource): boolean => isCompositionOf(resource, 'vsm');
/** A prescription of orders/: signed, it is cancelled or replaced, never written over. */
export const isOrderDocument = (resource: Resource): boolean => isCompositionOf(resource, 'ordonnance');
/** A signed prescription or a line of it: what becomes of one is said on its page, where what waits on it follows. */
export const isOfOrder = (resource: Resource): boolean => isOrderDocument(resource) || groupOf(resource) !== undefined;
/** Which form corrects an entry. */
export function formFor(resource: Resource): Line['form'] {
  if (isResource(resource, 'Observation')) {
    const kind = kindOfResource(resource);
    return kind === 'history' || kind === 'lifestyle'
      ? 'history'
      : resource.valueQuantity || resource.component || resource.valueInteger !== undefined
        ? 'measures'
        : null;
  }
  if (resource.resourceType === 'Condition') return isPast(resource) ? 'history' : 'problem';
  // Minutes of a meeting are corrected in the meeting, which is reopened with the reason.
  if (
    resource.resourceType === 'Composition' &&
    (kindOfResource(resource) === 'coordination' || isMedicalSummary(resource) || isOrderDocument(resource))
  )
    return null;
  // A letter is changed on its own page: signed, it is replaced.
  if (isLetter(resource)) return 'letter';
  // Answers to a form of another software are read, not corrected: their form is not here.
  if (isResource(resource, 'QuestionnaireResponse') && !(resource.questionnaire ?? '').startsWith('urn:estran:volet:'))
    return null;
  return forms[resource.resourceType] ?? null;
}
/** A condition kept as history rather than as a problem to follow. */
export const isPast = (resource: Resource): boolean =>
  list(asJson(resource).category).some((category) =>
    /ant[eé]c[eé]dent/i.test((category as { text?: string }).text ?? ''),
  );

/** Clinical dates, first found wins. */
const dateElements = [
  'effectiveDateTime',
  'effectiveInstant',
  'effectivePeriod',
  'occurrenceDateTime',
  'performedDateTime',
  'performedPeriod',
  'onsetDateTime',
  'period',
  'start',
  'date',
  'dateTime',
  'authoredOn',
  'authored',
  'startDate',
  'sent',
  'recordedDate',
  'recorded',
  'dateAsserted',
  'issued',
  'created',
];
export function clinicalDate(of: Resource): string | null {
  const resource = asJson(of);
  // An allergy is shown when it was written down; its onset is a field of its own.
  if (resource.resourceType === 'AllergyIntolerance' && typeof resource.recordedDate === 'string')
    return resource.recordedDate;
  for (const element of dateElements) {
    const value = resource[element];
    if (typeof value === 'string') return value;
    const start = (value as { start?: string } | undefined)?.start;
    if (start) return start;
  }
  return null;
}

/** Who made an entry, and the day on which they were who they were. */
export const authorDateOf = (resource: Resource): [Reference | undefined, string | undefined] => [
  authorOf(resource) ?? seenBy(resource),
  clinicalDate(resource) ?? resource.meta?.lastUpdated,
];
export const lineWho = (r: Reading, resource: Resource): Who | null =>
  r.directory.who(r.caller, ...authorDateOf(resource));
/** An appointment has no author of its own: it is the professional's whom it is with. */
const seenBy = (resource: Resource): Reference | undefined =>
  isResource(resource, 'Appointment')
    ? resource.participant?.map(({ actor }) => actor).find((actor) => actor?.reference?.startsWith('Practitioner/'))
    : undefined;

export const kindOfStored = (stored: Stored): KindOfData => stored.kind ?? kindOfResource(stored.resource);

/** What every line carries. The same object is given again to who asks again: several cards of a page do. */
export function lineOf(r: Reading, stored: Stored): Readonly<Line> {
  // In the reading itself: what a WeakMap leads to stays until the engine looks through its whole heap, a page of record each time.
  if (r.made?.of !== r || r.made.lastVisit !== r.lastVisit)
    r.made = { of: r, lastVisit: r.lastVisit, lines: new Map() };
  const { lines } = r.made;
  let line = lines.get(stored);
  if (!line) lines.set(stored, (line = newLine(r, stored)));
  return line;
}
/** «Corrigé par Soizic Abgrall, infirmier»: words that are not the author's own are never shown as theirs. Reading or sorting a document changes none. */
function statusWords(r: Reading, stored: Stored, status: LineStatus, form: Line['form']): string {
  const writer = extensionReference(stored.resource, correctedByUrl);
  if (
    !writer?.reference ||
    form === null ||
    form === 'document' ||
    form === 'letter' ||
    writer.reference === authorOf(stored.resource)?.reference
  )
    return statusLabels[status];
  const who = r.directory.who(r.caller, writer, stored.updated);
  return who ? `${statusLabels[status]} par ${who.name}, ${who.role.toLowerCase()}` : statusLabels[status];
}
function newLine(r: Reading, stored: Stored): Line {
  const { resource } = stored;
  const kind = kindOfStored(stored);
  const status = statusOf(resource);
  const who = lineWho(r, resource);
  const form = formFor(resource);
  const sensitive = sensitivityOf(resource);
  return {
    type: stored.type,
    id: stored.id,
    version: stored.version,
    at: clinicalDate(resource) ?? stored.updated,
    recorded: stored.updated,
    who,
    kind,
    // Restricted without saying of what: not by the name of the kind that stands for it.
    kindLabel: sensitive === 'restricted' ? sensitivityLabels.restricted : kindsOfData[kind].fr,
    status,
    statusLabel: statusWords(r, stored, status, form),
    fresh:
      r.lastVisit !== null &&
      stored.updated > r.lastVisit &&
      r.directory.who(r.caller, writerOf(resource))?.me !== true,
    sensitive,
    personal: hasTag(resource, privateNoteTag.code),
    // What a pharmacist handed over, a pharmacist puts right (`dispense-treatments`).
    canEdit:
      r.add.has(kind) &&
      status !== 'entered-in-error' &&
      !isOfOrder(resource) &&
      (stored.type !== 'MedicationDispense' || r.caller.profession === 'pharmacist'),
    form,
  };
}
