import type { ServiceRequest } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { categorySystem, ofType, privateNoteTag, type ResourceType, type Stored } from '../../fhir/index.ts';
import type { changeLine, Line, planLine, plannedLine, RecordPage } from '../contract.ts';
import { historyOf } from '../history/lines.ts';
import { dayOf } from '../dates.rules.ts';
import { firstCode, idOf, labelOf } from '../fhir-words.ts';
import { idsIn } from '../directory.ts';
import type { PersonCaller, Room } from '../room.ts';
import { outcomeOf } from '../cockpits/outcome.ts';
import { noteVisit } from '../visits.store.ts';
import { documentOf, measuresOf, problemOf, resultOf } from './cards.ts';
import { stateOfTreatments, treatmentsOf } from '../treatments/lines.ts';
import { soon, vaccinesDue } from '../vaccines/due.rules.ts';
import { doseOf, personOf, vaccineLineOf } from '../vaccines/lines.ts';
import { describe } from './describe.ts';
import { enterReading, rightsReply } from './enter.ts';
import { headerOf } from './header.ts';
import {
  appointmentStates,
  goalStates,
  isLetterOfVisit,
  planTitle,
  sectionTitle,
  targetText,
  taskStates,
} from './labels.ts';
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
const each = 60;
const eachPlenty = 400;
const timelineTypes = new Set(
  types.filter((type) => !['CareTeam', 'Consent', 'ImmunizationRecommendation', 'RelatedPerson'].includes(type)),
);

export function plansOf(r: Reading, stored: readonly Stored[]): z.infer<typeof planLine>[] {
  return stored
    .filter((one) => one.type === 'CarePlan' || one.type === 'Goal')
    .map((one) => ({ one, line: lineOf(r, one) }))
    .filter(({ line }) => line.status !== 'entered-in-error')
    .map(({ one, line }) => {
      if (one.type === 'Goal') {
        const goal = one.resource;
        return {
          ...line,
          label: labelOf(goal.description, 'Objectif'),
          state: goal.lifecycleStatus,
          stateLabel: goalStates[goal.lifecycleStatus] ?? goal.lifecycleStatus,
          detail: '',
          target: targetText(goal) || null,
          due: goal.target?.[0]?.dueDate ?? null,
          measureCode: firstCode(goal.target?.[0]?.measure) ?? null,
        };
      }
      const plan = one.resource;
      return {
        ...line,
        label: planTitle(plan),
        state: plan.status,
        stateLabel: taskStates[plan.status] ?? plan.status,
        detail: (plan.activity ?? [])
          .map((activity) => activity.detail?.description ?? labelOf(activity.detail?.code))
          .filter(Boolean)
          .join(' · '),
        target: null,
        due: plan.period?.end ?? null,
        measureCode: null,
      };
    })
    .filter((line) => ['active', 'proposed', 'planned', 'accepted', 'on-hold', 'draft'].includes(line.state));
}

const plannedTypes = new Set(['Appointment', 'ServiceRequest']);
/** What is asked of a colleague stands in the card of the tasks, which coordination lends. */
const isTask = (request: ServiceRequest): boolean =>
  request.category?.some((one) => one.coding?.some((coding) => coding.system === categorySystem)) ?? false;
function plannedOf(r: Reading, stored: readonly Stored[]): z.infer<typeof plannedLine>[] {
  const lines: z.infer<typeof plannedLine>[] = [];
  for (const one of stored) {
    if (!plannedTypes.has(one.type)) continue;
    const line = lineOf(r, one);
    if (line.status === 'entered-in-error') continue;
    if (one.type === 'Appointment') {
      const appointment = one.resource;
      if (
        !appointment.start ||
        dayOf(appointment.start) < r.today ||
        ['cancelled', 'noshow', 'fulfilled'].includes(appointment.status)
      )
        continue;
      lines.push({
        ...line,
        label: appointment.description ?? labelOf(appointment.serviceType?.[0], 'Rendez-vous'),
        start: appointment.start,
        end: appointment.end ?? null,
        place:
          appointment.participant.find((each) => each.actor?.reference?.includes('Location/'))?.actor?.display ??
          appointment.comment ??
          null,
        with: appointment.participant
          .filter((each) => idOf(each.actor, 'Practitioner'))
          .map((each) => r.directory.who(r.caller, each.actor)?.name ?? ''),
        stateLabel: appointmentStates[appointment.status] ?? appointment.status,
        what: 'appointment',
      });
    } else if (one.type === 'ServiceRequest') {
      const request = one.resource;
      if (request.status !== 'active' || isTask(request)) continue;
      lines.push({
        ...line,
        label: labelOf(request.code, 'Demande'),
        start: request.occurrenceDateTime ?? request.occurrencePeriod?.start ?? null,
        end: null,
        place: null,
        with: (request.performer ?? []).map((each) => r.directory.who(r.caller, each)?.name ?? '').filter(Boolean),
        stateLabel: 'Demandé',
        what: 'order',
      });
    }
  }
  return lines.sort((a, b) => (a.start ?? '9999').localeCompare(b.start ?? '9999'));
}

/** Written by others since this reader's last visit, newest first. */
export function changesOf(r: Reading, stored: readonly Stored[]): z.infer<typeof changeLine>[] {
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
    each: types.map((type) => (plenty.includes(type) ? eachPlenty : each)),
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
  const valid = (one: Stored) => statusOf(one.resource) !== 'entered-in-error';
  const personal = (one: Stored) => one.resource.meta?.tag?.some((tag) => tag.code === privateNoteTag.code) ?? false;
  const observations = of('Observation');
  const byReference = new Map(observations.map((one) => [`Observation/${one.id}`, one]));
  const links = new Map<string, number>();
  for (const one of stored) for (const id of idsIn(one.text, 'Condition')) links.set(id, (links.get(id) ?? 0) + 1);
  const sees = <T>(kind: Parameters<typeof rights.see.has>[0], value: () => T): T | null =>
    rights.see.has(kind) ? value() : null;
  const sensitive = rights.see.has('mental-health') || rights.see.has('sexual-health');
  const deceased = !!entered.patient.deceasedDateTime || !!entered.patient.deceasedBoolean;
  const due = () =>
    soon(
      vaccinesDue(
        personOf(r, stored, deceased),
        r.today,
        of('Immunization')
          .map(doseOf)
          .filter((dose) => dose !== null),
      ),
      r.today,
    );
  const treatments = treatmentsOf(r, [...of('MedicationRequest'), ...of('MedicationStatement')]);
  const items = stored.filter((one) => timelineTypes.has(one.type)).length;
  return {
    header: headerOf(entered, stored),
    rights: rightsReply(entered),
    lastVisit: r.lastVisit,
    changes: changesOf(r, stored),
    problems:
      rights.see.has('history') || sensitive
        ? of('Condition')
            .filter((one) => valid(one) && !isPast(one.resource))
            .map((one) => problemOf(r, one, links.get(one.id) ?? 0))
        : null,
    history: rights.see.has('history') || rights.see.has('lifestyle') ? historyOf(r, stored) : null,
    treatments: sees('treatments', () => treatments),
    treatmentsState: sees('treatments', () => stateOfTreatments(r, of('MedicationStatement'), treatments)),
    measures:
      rights.see.has('measures') || rights.see.has('results')
        ? measuresOf(
            r,
            observations.filter((one) => ['measures', 'results'].includes(kindOfStored(one))),
          )
        : null,
    vaccines: sees('vaccines', () => ({
      given: of('Immunization')
        .filter(valid)
        .map((one) => vaccineLineOf(r, one)),
      due: due(),
    })),
    results: sees('results', () =>
      of('DiagnosticReport')
        .filter((one) => valid(one) && !isLetterOfVisit(one.resource))
        .slice(0, 20)
        .map((one) => resultOf(r, one, byReference)),
    ),
    documents: sees('documents', () =>
      of('DocumentReference')
        .filter(valid)
        .map((one) => documentOf(r, one)),
    ),
    plans: rights.see.has('summary') || rights.see.has('coordination') ? plansOf(r, stored) : null,
    planned: sees('agenda', () => plannedOf(r, stored)),
    notes:
      rights.see.has('documents') || rights.see.has('history') || rights.see.has('private-notes')
        ? noteLines(
            r,
            stored.filter(
              (one) =>
                (one.type === 'Composition' || one.type === 'ClinicalImpression') &&
                !isMedicalSummary(one.resource) &&
                !isOrderDocument(one.resource) &&
                (valid(one) || personal(one)),
            ),
          )
        : null,
    forms:
      rights.see.has('sections') || rights.see.has('administrative') ? formLines(r, of('QuestionnaireResponse')) : null,
    timeline: {
      count: items,
      atLeast: types.some((type) => of(type).length >= (plenty.includes(type) ? eachPlenty : each)),
    },
    took: Math.round(performance.now() - began),
  };
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
