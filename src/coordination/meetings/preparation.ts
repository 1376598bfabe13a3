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
  const line = (
    label: string,
    detail: string,
    at: string | null,
    tone: 'neutral' | 'warning' | 'danger' = 'neutral',
  ) => ({ label, detail, at, tone });
  const plans = of('CarePlan').filter((one) => ['active', 'on-hold'].includes(one.resource.status));
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
    problems: sees(['history'], () =>
      of('Condition')
        .map((one) => problemOf(r, one))
        .filter((one) => one.state === 'active' && one.kind === 'history')
        .map((one) =>
          line(
            one.label,
            [one.onsetLabel, one.ald?.running && !one.note?.includes('ALD') ? one.ald.label : '', one.note ?? '']
              .filter(Boolean)
              .join(' · '),
            one.onset,
          ),
        ),
    ),
    treatments: sees(['treatments'], () =>
      treatmentsOf(r, of('MedicationRequest', 'MedicationStatement'))
        .filter((one) => one.state === 'current')
        .map((one) => line(one.label, one.dosage, one.from)),
    ),
    measures: sees(['measures', 'results'], () =>
      measuresOf(
        r,
        of('Observation').filter((one) => ['measures', 'results'].includes(kindOfResource(one.resource))),
      )
        .sort(
          (a, b) =>
            Number(b.flag !== 'normal' && b.flag !== 'unknown') - Number(a.flag !== 'normal' && a.flag !== 'unknown') ||
            (b.at ?? '').localeCompare(a.at ?? ''),
        )
        .slice(0, kept.measures)
        .map((one) => ({
          ...line(
            one.label,
            [one.display, one.change].filter(Boolean).join(' · '),
            one.at,
            one.flag.startsWith('critical')
              ? 'danger'
              : one.flag === 'high' || one.flag === 'low'
                ? 'warning'
                : 'neutral',
          ),
          direction: one.direction,
          trend: one.trend,
        })),
    ),
    notes: sees(['documents', 'history'], () =>
      of('Composition', 'ClinicalImpression')
        .map((one) => ({ one, said: describe(one.resource, r), line: lineOf(r, one) }))
        .sort((a, b) => (b.line.at ?? '').localeCompare(a.line.at ?? ''))
        .slice(0, kept.notes)
        .map(({ said, line: about }) => ({
          ...line(
            said.title,
            truncate(said.fields.find((field) => field.label === 'Texte')?.value ?? said.details, 320),
            about.at,
          ),
          who: about.who,
        })),
    ),
    protocols: sees(['coordination'], () => {
      // A plan that other software wrote beside ours is the same to who prepares.
      const lines = plans.map((one) =>
        line(
          one.resource.title ?? 'Plan de soins',
          one.resource.status === 'on-hold' ? 'en pause' : '',
          one.resource.period?.start ?? null,
        ),
      );
      return [...new Map(lines.map((one) => [`${one.label}\n${one.detail}`, one])).values()];
    }),
    tasks: sees(['coordination'], () =>
      of('ServiceRequest')
        .map((one) => one.resource)
        .filter((one) => one.status === 'active')
        .map((one) => {
          const late = !!one.occurrenceDateTime && one.occurrenceDateTime.slice(0, 10) < r.today;
          return line(
            labelOf(one.code, 'Demande'),
            one.occurrenceDateTime
              ? `${late ? 'en retard, ' : ''}avant le ${dateLabel(one.occurrenceDateTime.slice(0, 10))}`
              : '',
            one.occurrenceDateTime ?? null,
            late ? 'warning' : 'neutral',
          );
        }),
    ),
    hidden: (Object.keys(words) as KindOfData[]).filter((kind) => !rights.see.has(kind)).map((kind) => words[kind]!),
  };
}
