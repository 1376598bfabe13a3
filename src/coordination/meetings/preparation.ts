import type { z } from 'zod';
import type { KindOfData } from '../../access/index.ts';
import { kindOfResource, ofType, type Stored } from '../../fhir/index.ts';
import { notFound } from '../../platform/index.ts';
import {
  alertOf,
  briefsOf,
  dateLabel,
  describe,
  enter,
  labelOf,
  lineOf,
  measuresOf,
  problemOf,
  type Reading,
  treatmentsOf,
  truncate,
} from '../../record/index.ts';
import type { preparation as sheet } from '../contract/meeting-discussions.ts';
import type { PersonCaller, Room } from '../room.ts';
import { meetingOf, patientOf } from './meeting.rules.ts';
import { openDiscussion, openMeeting } from './read.ts';

const types = [
  'Flag',
  'Condition',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Composition',
  'ClinicalImpression',
  'CarePlan',
  'ServiceRequest',
] as const;
const each = [20, 100, 80, 80, 300, 12, 12, 20, 40];
const words: Partial<Record<KindOfData, string>> = {
  history: 'problèmes',
  treatments: 'traitements',
  measures: 'mesures',
  results: 'résultats',
  documents: 'notes',
};
const kept = { measures: 8, notes: 5 };

/** What the record says that a meeting needs, cut to what this very reader may see. It is no visit: what is new in the record stays new. */
export async function preparation(
  room: Room,
  caller: PersonCaller,
  meeting: string,
  discussion: string,
): Promise<z.infer<typeof sheet>> {
  const { store } = await openMeeting(room, caller, meeting);
  const { encounter } = await openDiscussion(store, discussion);
  if (meetingOf(encounter) !== meeting) throw notFound('Ce patient dans la réunion');
  const entered = await enter(room, caller, patientOf(encounter));
  const { reading: r, rights } = entered;
  const stored = (await entered.store.compartment(entered.patientId, { types: [...types], each })).filter(
    (one) => lineOf(r, one).status !== 'entered-in-error',
  );
  await room.directory.learn(entered.store, stored);
  const of = <T extends (typeof types)[number]>(...wanted: readonly T[]): Stored<T>[] => ofType(stored, ...wanted);
  const sees = <T>(kinds: readonly KindOfData[], value: () => T): T | null =>
    kinds.some((kind) => rights.see.has(kind)) ? value() : null;
  const brief = (await briefsOf(entered.store, [entered.patientId], entered.now)).get(entered.patientId);
  if (!brief) throw notFound('Ce patient dans la réunion');
  return {
    patient: brief,
    alerts: sees(['summary'], () =>
      of('Flag')
        .map((one) => alertOf(r, one))
        .filter((one) => !one.until || one.until.slice(0, 10) >= r.today)
        .map((one) => line(one.label, one.categoryLabel, null, one.severity === 'danger' ? 'danger' : 'warning')),
    ),
    problems: sees(['history'], () => problemLines(r, of('Condition'))),
    treatments: sees(['treatments'], () =>
      treatmentsOf(r, of('MedicationRequest', 'MedicationStatement'))
        .filter((one) => one.state === 'current')
        .map((one) => line(one.label, one.dosage, one.from)),
    ),
    measures: sees(['measures', 'results'], () => measureLines(r, of('Observation'))),
    notes: sees(['documents', 'history'], () => noteLines(r, of('Composition', 'ClinicalImpression'))),
    protocols: sees(['coordination'], () => planLines(of('CarePlan'))),
    tasks: sees(['coordination'], () => taskLines(r, of('ServiceRequest'))),
    hidden: (Object.keys(words) as KindOfData[]).filter((kind) => !rights.see.has(kind)).map((kind) => words[kind]!),
  };
}

type Tone = 'neutral' | 'warning' | 'danger';
const line = (label: string, detail: string, at: string | null, tone: Tone = 'neutral') => ({
  label,
  detail,
  at,
  tone,
});
const problemLines = (r: Reading, stored: readonly Stored<'Condition'>[]) =>
  stored
    .map((one) => problemOf(r, one))
    .filter((one) => one.state === 'active' && one.kind === 'history')
    .map((one) => {
      const ald = one.ald?.running && !one.note?.includes('ALD') ? one.ald.label : '';
      return line(one.label, [one.onsetLabel, ald, one.note ?? ''].filter(Boolean).join(' · '), one.onset);
    });
/** What is out of its range first, then the newest. */
function measureLines(r: Reading, stored: readonly Stored<'Observation'>[]) {
  const measures = measuresOf(
    r,
    stored.filter((one) => ['measures', 'results'].includes(kindOfResource(one.resource))),
  );
  const isOut = (flag: string) => flag !== 'normal' && flag !== 'unknown';
  const toneOf = (flag: string): Tone =>
    flag.startsWith('critical') ? 'danger' : flag === 'high' || flag === 'low' ? 'warning' : 'neutral';
  return measures
    .sort((a, b) => Number(isOut(b.flag)) - Number(isOut(a.flag)) || (b.at ?? '').localeCompare(a.at ?? ''))
    .slice(0, kept.measures)
    .map((one) => ({
      ...line(one.label, [one.display, one.change].filter(Boolean).join(' · '), one.at, toneOf(one.flag)),
      direction: one.direction,
      trend: one.trend,
    }));
}
const noteLines = (r: Reading, stored: readonly Stored<'Composition' | 'ClinicalImpression'>[]) =>
  stored
    .map((one) => ({ said: describe(one.resource, r), about: lineOf(r, one) }))
    .sort((a, b) => (b.about.at ?? '').localeCompare(a.about.at ?? ''))
    .slice(0, kept.notes)
    .map(({ said, about }) => {
      const text = said.fields.find((field) => field.label === 'Texte')?.value ?? said.details;
      return { ...line(said.title, truncate(text, 320), about.at), who: about.who };
    });
function planLines(stored: readonly Stored<'CarePlan'>[]) {
  const lines = stored
    .map(({ resource }) => resource)
    .filter(({ status }) => status === 'active' || status === 'on-hold')
    .map(({ title, status, period }) =>
      line(title ?? 'Plan de soins', status === 'on-hold' ? 'en pause' : '', period?.start ?? null),
    );
  // A plan that other software wrote beside ours is the same to who prepares.
  return [...new Map(lines.map((one) => [`${one.label}\n${one.detail}`, one])).values()];
}
const taskLines = (r: Reading, stored: readonly Stored<'ServiceRequest'>[]) =>
  stored
    .map(({ resource }) => resource)
    .filter(({ status }) => status === 'active')
    .map(({ code, occurrenceDateTime: due }) => {
      const late = !!due && due.slice(0, 10) < r.today;
      const before = due ? `${late ? 'en retard, ' : ''}avant le ${dateLabel(due.slice(0, 10))}` : '';
      return line(labelOf(code, 'Demande'), before, due ?? null, late ? 'warning' : 'neutral');
    });
