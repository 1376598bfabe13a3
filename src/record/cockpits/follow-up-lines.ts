import { answersTo } from '../contract/sections/repetition.ts';
import { answerValue } from '../contract/sections/form.ts';
import { ageYears, dateLabel, dayOf, daysBetween } from '../dates.rules.ts';
import { numberLabel, truncate } from '../fhir-words.ts';
import { compositionText } from '../read/labels.ts';
import { displayOf, valuesOf } from '../read/measures.rules.ts';
import { clinicalDate, isMedicalSummary } from '../read/reading.ts';
import { openCourses } from './courses.ts';
import { outcomeOf } from './outcome.ts';
import { courseOf, weightChange } from './trends.rules.ts';
import { ago, isOne, lastFirst, type Makers, meetings, named, newest, plain } from './known.ts';

/** Lists of what is followed from one visit to the next: answers of sections, measures that are due, weights, series of sessions. */
export const followUpLines = {
  section(known, { section, within, every, over, worse }, today) {
    const [last, before] = named(known, `answers ${section}`, 'QuestionnaireResponse');
    const at = last && clinicalDate(last.resource);
    if (!last || !at || daysBetween(dayOf(at), today) > within) return null;
    const said = (answer: string | undefined): boolean[] => {
      const [id = '', code] = (answer ?? '').split('=');
      return answersTo(last.resource.item, id).map((one) => answerValue(one) === code);
    };
    const ended = said(over);
    if (ended.length > 0 && ended.every(Boolean)) return null;
    const bad = said(worse).includes(true);
    const late = every !== undefined && daysBetween(dayOf(at), today) > every;
    return {
      ...plain,
      head: ago(at, today),
      tone: bad ? 'danger' : late ? 'warning' : 'neutral',
      details: outcomeOf(last, before),
      at,
      rank: `${bad ? 0 : late ? 1 : 2}${dayOf(at)}`,
    };
  },
  due(known, { who, section, measure, every, words }, today, r) {
    if (known.brief.deceased || !isOne(known, who, today)) return null;
    const last = section
      ? newest(named(known, `answers ${section}`, 'QuestionnaireResponse'))
      : newest(named(known, `values ${measure}`, 'Observation'));
    const at = last ? clinicalDate(last.resource) : null;
    if (at && daysBetween(dayOf(at), today) <= every) return null;
    const shown =
      last?.type === 'Observation' && measure
        ? displayOf(valuesOf(last.resource, { ...r, birth: known.brief.birthDate ?? undefined, sex: known.brief.sex }))
        : '';
    return {
      ...plain,
      head: at ? ago(at, today) : 'à faire',
      tone: 'warning',
      details: [
        `${words} : ${at ? shown || dateLabel(at) : 'rien de visible pour vous'}`,
        ...(last?.type === 'QuestionnaireResponse' ? outcomeOf(last) : []),
      ],
      at,
      rank: at ?? '0',
    };
  },
  weights(known, _, today, r) {
    const age = ageYears(known.brief.birthDate ?? undefined, today);
    if (age === null || age < 18 || known.brief.deceased) return null;
    const points = named(known, 'values 29463-7', 'Observation').flatMap((stored) => {
      const [at, value] = [clinicalDate(stored.resource), valuesOf(stored.resource, r)[0]];
      return at && typeof value?.value === 'number' && value.unit === 'kg'
        ? [{ day: dayOf(at), kilos: value.value }]
        : [];
    });
    const change = weightChange(points, today);
    if (!change) return null;
    const sign = change.percent < 0 ? '−' : '+';
    return {
      head: `${sign} ${numberLabel(Math.abs(change.percent), 1)} %`,
      tone: change.severe ? 'danger' : change.percent < 0 ? 'warning' : 'info',
      at: change.now.day,
      details: [
        `${numberLabel(change.now.kilos, 1)} kg le ${dateLabel(change.now.day)}, ${numberLabel(change.before.kilos, 1)} kg ${change.days} jours avant`,
        ...(change.severe && change.percent < 0 ? ['critère de dénutrition (HAS)'] : []),
      ],
      trend: points.toReversed().map(({ day, kilos }) => ({ at: day, value: kilos })),
      rank: `${change.severe ? 0 : 1}${String(1000 - Math.abs(change.percent)).padStart(8, '0')}`,
    };
  },
  sessions(known, { gap }, today, { caller }) {
    const [prescribed, ...more] = openCourses(
      known.found,
      `Practitioner/${caller.practitioner}`,
      caller.profession,
      today,
    );
    if (prescribed && !known.brief.deceased)
      return {
        ...plain,
        head: prescribed.done > 0 ? `${prescribed.done} sur ${prescribed.of}` : `0 sur ${prescribed.of}`,
        tone: prescribed.few ? 'warning' : 'info',
        details: [
          prescribed.label,
          prescribed.words,
          prescribed.last ? `dernière ${ago(prescribed.last, today)}` : '',
          more.length > 0
            ? `et ${more.length} autre${more.length > 1 ? 's' : ''} série${more.length > 1 ? 's' : ''}`
            : '',
        ].filter(Boolean),
        at: prescribed.last,
        rank: prescribed.last ? lastFirst(prescribed.last) : '00000000',
        enter: { panel: `seance:${prescribed.task}`, short: 'Séance' },
      };
    const course = courseOf(meetings(known).map(dayOf), today, gap);
    if (!course) return null;
    const note = newest(
      named(known, 'notes', 'Composition', 'ClinicalImpression').filter(({ resource }) => !isMedicalSummary(resource)),
    );
    const words = note
      ? note.type === 'Composition'
        ? compositionText(note.resource)
        : (note.resource.summary ?? '')
      : '';
    return {
      ...plain,
      head: `${course.count} séance${course.count > 1 ? 's' : ''}`,
      tone: 'info',
      details: [
        course.count > 1
          ? `depuis le ${dateLabel(course.first)}, dernière ${ago(course.last, today)}`
          : ago(course.last, today),
        words ? `« ${truncate(words.replace(/\s+/g, ' '), 90)} »` : '',
      ].filter(Boolean),
      at: course.last,
      rank: lastFirst(course.last),
    };
  },
} satisfies Makers;
