import type { z } from 'zod';
import type { KindOfData } from '../../access/index.ts';
import { ofType, privateNoteTag, type ResourceType, type Stored } from '../../fhir/index.ts';
import type { changeLine, Line, RecordPage } from '../contract.ts';
import { historyOf } from '../history/lines.ts';
import { idsIn } from '../directory.ts';
import type { PersonCaller, Room } from '../room.ts';
import { outcomeOf } from '../cockpits/outcome.ts';
import { noteVisit } from '../visits.store.ts';
import { plannedOf, plansOf } from './ahead.ts';
import { documentOf, measuresOf, problemOf, resultOf } from './cards.ts';
import { stateOfTreatments, treatmentsOf } from '../treatments/lines.ts';
import { soon, vaccinesDue } from '../vaccines/due.rules.ts';
import { doseOf, personOf, vaccineLineOf } from '../vaccines/lines.ts';
import { describe } from './describe.ts';
import { type Entered, enterReading, rightsReply } from './enter.ts';
import { headerOf } from './header.ts';
import { isLetterOfVisit, sectionTitle } from './labels.ts';
import { isMedicalSummary, isOrderDocument, isPast, kindOfStored, lineOf, type Reading, statusOf } from './reading.ts';

/** Enough of each type for every card, and for the trends. */
const plenty = ['Observation', 'Condition'];
const types: readonly ResourceType[] = [
  'AllergyIntolerance',
  'Appointment',
  'CarePlan',
  'CareTeam',
  'ClinicalImpression',
  'Communication',
  'Composition',
  'Consent',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'FamilyMemberHistory',
  'Flag',
  'Goal',
  'Immunization',
  'ImmunizationRecommendation',
  'MedicationRequest',
  'MedicationStatement',
  'Procedure',
  'QuestionnaireResponse',
  'RelatedPerson',
  'ServiceRequest',
  'Observation',
  'Condition',
];
const mostOf = (type: ResourceType): number => (plenty.includes(type) ? 400 : 60);
const timelineTypes = new Set(
  types.filter((type) => !['CareTeam', 'Consent', 'ImmunizationRecommendation', 'RelatedPerson'].includes(type)),
);

/** Written by others since this reader's last visit, newest first. */
function changesOf(r: Reading, stored: readonly Stored[]): z.infer<typeof changeLine>[] {
  const { lastVisit } = r;
  if (lastVisit === null) return [];
  const found: { one: Stored; line: Readonly<Line> }[] = [];
  for (const one of stored
    .filter((each) => timelineTypes.has(each.type) && each.updated > lastVisit)
    .sort((a, b) => b.updated.localeCompare(a.updated))) {
    const line = lineOf(r, one);
    if (line.fresh && found.push({ one, line }) === 50) break;
  }
  return found.map(({ one, line }) => {
    const said = describe(one.resource, r);
    return {
      ...line,
      what: said.whatLabel,
      label: [said.title, said.details.split('\n')[0]].filter(Boolean).join(' — '),
      act:
        line.status === 'entered-in-error'
          ? ('removed' as const)
          : one.version > 1
            ? ('changed' as const)
            : ('added' as const),
    };
  });
}

/** The whole record page (DOS-1) in one answer. */
export async function recordPage(room: Room, caller: PersonCaller, patientId: string): Promise<RecordPage> {
  const began = performance.now();
  let lastVisit: string | null = null;
  const { entered, stored } = await enterReading(room, caller, patientId, (now) => ({
    types,
    each: types.map(mostOf),
    toShow: true,
    along: noteVisit(caller, patientId, now, (before) => {
      lastVisit = before;
    }),
  }));
  const { store, rights, reading: r } = entered;
  await room.directory.learn(store, [entered.stored, ...stored]);
  r.lastVisit = lastVisit;
  const byType = Map.groupBy(stored, (one) => one.type);
  const of = <T extends ResourceType>(type: T): readonly Stored<T>[] => ofType(byType.get(type) ?? [], type);
  /** A card is there for whoever sees one of the kinds that it shows. */
  const card = <T>(kinds: readonly KindOfData[], shown: () => T): T | null =>
    kinds.some((kind) => rights.see.has(kind)) ? shown() : null;
  const treatments = treatmentsOf(r, [...of('MedicationRequest'), ...of('MedicationStatement')]);
  return {
    header: headerOf(entered, stored),
    rights: rightsReply(entered),
    lastVisit: r.lastVisit,
    changes: changesOf(r, stored),
    problems: card(['history', 'mental-health', 'sexual-health'], () => problemLines(r, of('Condition'), stored)),
    history: card(['history', 'lifestyle'], () => historyOf(r, stored)),
    treatments: card(['treatments'], () => treatments),
    treatmentsState: card(['treatments'], () => stateOfTreatments(r, of('MedicationStatement'), treatments)),
    measures: card(['measures', 'results'], () =>
      measuresOf(
        r,
        of('Observation').filter((one) => ['measures', 'results'].includes(kindOfStored(one))),
      ),
    ),
    vaccines: card(['vaccines'], () => ({
      given: of('Immunization')
        .filter(valid)
        .map((one) => vaccineLineOf(r, one)),
      due: vaccinesSoon(entered, of('Immunization'), stored),
    })),
    results: card(['results'], () => resultLines(r, of('DiagnosticReport'), of('Observation'))),
    documents: card(['documents'], () =>
      of('DocumentReference')
        .filter(valid)
        .map((one) => documentOf(r, one)),
    ),
    plans: card(['summary', 'coordination'], () => plansOf(r, stored)),
    planned: card(['agenda'], () => plannedOf(r, stored)),
    notes: card(['documents', 'history', 'private-notes'], () => noteLines(r, stored.filter(isNote))),
    forms: card(['sections', 'administrative'], () => formLines(r, of('QuestionnaireResponse'))),
    timeline: {
      count: stored.filter((one) => timelineTypes.has(one.type)).length,
      atLeast: types.some((type) => of(type).length >= mostOf(type)),
    },
    took: Math.round(performance.now() - began),
  };
}

const valid = (one: Stored): boolean => statusOf(one.resource) !== 'entered-in-error';
/** Each with how many entries speak of it. */
function problemLines(r: Reading, conditions: readonly Stored<'Condition'>[], all: readonly Stored[]) {
  const links = new Map<string, number>();
  for (const one of all) for (const id of idsIn(one.text, 'Condition')) links.set(id, (links.get(id) ?? 0) + 1);
  return conditions
    .filter((one) => valid(one) && !isPast(one.resource))
    .map((one) => problemOf(r, one, links.get(one.id) ?? 0));
}
function vaccinesSoon(
  { reading: r, patient }: Entered,
  given: readonly Stored<'Immunization'>[],
  all: readonly Stored[],
) {
  const deceased = !!patient.deceasedDateTime || !!patient.deceasedBoolean;
  const doses = given.map(doseOf).filter((dose) => dose !== null);
  return soon(vaccinesDue(personOf(r, all, deceased), r.today, doses), r.today);
}
function resultLines(
  r: Reading,
  reports: readonly Stored<'DiagnosticReport'>[],
  observations: readonly Stored<'Observation'>[],
) {
  const byReference = new Map(observations.map((one) => [`Observation/${one.id}`, one]));
  return reports
    .filter((one) => valid(one) && !isLetterOfVisit(one.resource))
    .slice(0, 20)
    .map((one) => resultOf(r, one, byReference));
}
/** One line a section: the newest answers, how often it was filled. */
function formLines(r: Reading, stored: readonly Stored<'QuestionnaireResponse'>[]): NonNullable<RecordPage['forms']> {
  const lines = stored
    .map((one) => ({ one, line: lineOf(r, one) }))
    .filter(({ line }) => line.status !== 'entered-in-error');
  const of = Map.groupBy(lines, ({ one }) => one.resource.questionnaire?.split('|')[0] ?? one.id);
  return [...of.values()]
    .map((all) => all.toSorted((a, b) => (b.line.at ?? '').localeCompare(a.line.at ?? '')))
    .map(([newest, ...others]) => ({
      ...newest!.line,
      title: sectionTitle(newest!.one.resource),
      result: outcomeOf(newest!.one, others[0]?.one).join(' · '),
      count: others.length + 1,
    }))
    .sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
}
const isPersonal = (one: Stored): boolean =>
  one.resource.meta?.tag?.some((tag) => tag.code === privateNoteTag.code) ?? false;
const isNote = (one: Stored): boolean =>
  (one.type === 'Composition' || one.type === 'ClinicalImpression') &&
  !isMedicalSummary(one.resource) &&
  !isOrderDocument(one.resource) &&
  (valid(one) || isPersonal(one));
const noteLines = (r: Reading, stored: readonly Stored[]) =>
  stored
    .map((one) => ({ one, line: lineOf(r, one) }))
    .filter(({ line }) => line.status !== 'entered-in-error')
    .sort((a, b) => (b.line.at ?? '').localeCompare(a.line.at ?? ''))
    .slice(0, 15)
    .map(({ one, line }) => {
      const said = describe(one.resource, r);
      return { ...line, title: said.title, text: said.fields.find((field) => field.label === 'Texte')?.value ?? '' };
    });
