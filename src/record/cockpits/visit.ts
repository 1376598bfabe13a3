import { maskOf, type Profession, type Sight } from '../../access/index.ts';
import type { PatientBrief } from '../contract.ts';
import { cockpitOf, sectionShorts } from '../data/cockpits/cockpits.ts';
import { measureOf, usualMeasuresOf } from '../data/measures.ts';
import { dayOf } from '../dates.rules.ts';
import { sectionTitle } from '../read/labels.ts';
import { displayOf, valuesOf } from '../read/measures.rules.ts';
import { clinicalDate, emptyReading, statusOf } from '../read/reading.ts';
import type { PersonCaller, Room } from '../room.ts';
import { coursesWanted, openCourses } from './courses.ts';
import { ago } from './known.ts';
import { answersTo, codesOf } from './wanted.rules.ts';

const sectionsOf = (profession: Profession): string[] =>
  cockpitOf(profession)
    .entries.filter((entry) => entry.startsWith('volet:'))
    .map((entry) => entry.slice('volet:'.length));
const words: Record<string, string> = { mesure: 'Mesure', note: 'Note' };

/** The two things this profession enters most at a visit: a measure, a note or a section, in the order of its cockpit. */
export function visitEntries(
  profession: Profession,
  sight: Pick<Sight, 'teamMask' | 'practiceMask'>,
): { panel: string; short: string }[] {
  const reached = sight.teamMask | sight.practiceMask;
  return cockpitOf(profession)
    .entries.flatMap((entry) => {
      const key = entry.startsWith('volet:') ? entry.slice('volet:'.length) : undefined;
      if (entry === 'mesure' && !(reached & maskOf(['measures']))) return [];
      return key
        ? [{ panel: `volet:volet-${key}`, short: sectionShorts[key] ?? key }]
        : words[entry]
          ? [{ panel: entry, short: words[entry]! }]
          : [];
    })
    .slice(0, 2);
}

export interface Visit {
  /** What was seen last, in words; how far a prescribed course is comes first. */
  last: string[];
  /** The session to record. */
  enter: { panel: string; short: string }[];
}
/** What this profession looks at first of each patient of its day: the course that it is in, its two usual measures, its main section. */
export async function lastSeen(
  room: Room,
  caller: PersonCaller,
  patients: readonly string[],
  briefs: ReadonlyMap<string, PatientBrief>,
  today: string,
): Promise<Map<string, Visit>> {
  const me = `Practitioner/${caller.practitioner}`;
  const measures = usualMeasuresOf(caller.profession).slice(0, 2);
  const sections = sectionsOf(caller.profession).slice(0, 2);
  const found = await room.fhirFor(caller).rounds({
    patients: [...new Set(patients)],
    wanted: [
      ...measures.map((code) => ({ name: code, type: 'Observation' as const, each: 3, any: codesOf(code) })),
      ...sections.map((key) => ({ name: key, type: 'QuestionnaireResponse' as const, each: 3, any: [answersTo(key)] })),
      ...coursesWanted(me, caller.profession),
    ],
  });
  const lines = new Map<string, Visit>();
  for (const [patient, all] of Map.groupBy(found, (one) => one.patient)) {
    const [course] = openCourses(all, me, caller.profession, today);
    if (course)
      lines.set(patient, {
        last: [`${course.label} : ${course.words}`],
        enter: [{ panel: `seance:${course.task}`, short: 'Séance' }],
      });
  }
  const told = new Set<string>();
  for (const { patient, wanted, stored } of found) {
    const at = ['courses', 'asked'].includes(wanted) ? undefined : clinicalDate(stored.resource);
    if (!at || told.has(`${patient} ${wanted}`) || ['entered-in-error', 'draft'].includes(statusOf(stored.resource)))
      continue;
    told.add(`${patient} ${wanted}`);
    const brief = briefs.get(patient);
    const when = ago(at, today);
    const said =
      stored.type === 'Observation'
        ? displayOf(
            valuesOf(stored.resource, {
              ...emptyReading(room.directory, caller, today),
              birth: brief?.birthDate ?? undefined,
              sex: brief?.sex,
            }),
          )
        : stored.type === 'QuestionnaireResponse'
          ? sectionTitle(stored.resource)
          : '';
    const before = lines.get(patient);
    lines.set(patient, {
      last: [
        ...(before?.last ?? []),
        stored.type === 'Observation'
          ? `${measureOf(wanted)?.short ?? ''} ${said} ${dayOf(at) === today ? '' : `(${when})`}`.trim()
          : `${said} ${when}`,
      ],
      enter: before?.enter ?? [],
    });
  }
  return lines;
}
