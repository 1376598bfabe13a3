import type {
  ClinicalImpression,
  Composition,
  Condition,
  Encounter,
  MedicationRequest,
  MedicationStatement,
  Observation,
  QuestionnaireResponse,
} from '@medplum/fhirtypes';
import type { Found, Stored } from '../../fhir/index.ts';
import type { PatientBrief } from '../contract.ts';
import { answersTo } from '../contract/sections/repetition.ts';
import { valueOf } from '../contract/sections/form.ts';
import type { ListLine } from '../contract/wire-cockpits.ts';
import type { List, Rule, Who } from '../data/cockpits/lists.ts';
import { classificationOf } from '../data/problems.ts';
import { ageYears, dateLabel, dayOf, daysBetween } from '../dates.rules.ts';
import { as, labelOf, numberLabel, truncate } from '../fhir-words.ts';
import { problemOf } from '../read/cards.ts';
import { compositionText } from '../read/labels.ts';
import { displayOf, valuesOf } from '../read/measures.rules.ts';
import { clinicalDate, isMedicalSummary, type Reading, statusOf } from '../read/reading.ts';
import { dispensesOf } from '../treatments/dispense.ts';
import { treatmentsOf } from '../treatments/lines.ts';
import { vaccinesDue } from '../vaccines/due.rules.ts';
import { doseOf, personOf } from '../vaccines/lines.ts';
import { openCourses } from './courses.ts';
import { outcomeOf } from './outcome.ts';
import { pregnancyOf } from './pregnancy.rules.ts';
import { courseOf, weightChange } from './trends.rules.ts';

/** What is known of one patient for the lists of the day. */
export interface Known {
  brief: PatientBrief;
  seen: string | null;
  found: readonly Found[];
  /** Today's appointment with me, and whether there is one to come. */
  today: { start: string; label: string } | null;
  booked: boolean;
}
/** Lines sort by this before what they show is cut: the first ones are those to look at. */
export type Ranked = Omit<ListLine, 'patient' | 'enter'> & {
  rank: string /** Instead of what the whole list enters. */;
  enter?: ListLine['enter'];
};
const plain = { tone: 'neutral', details: [] as string[], at: null, trend: [] as ListLine['trend'] } as const;

/** «il y a 3 jours», «il y a 8 mois». */
export function ago(at: string, today: string): string {
  const days = daysBetween(dayOf(at), today);
  if (days <= 0) return 'aujourd’hui';
  if (days === 1) return 'hier';
  if (days < 60) return `il y a ${days} jours`;
  const months = Math.round(days / 30.4);
  return months < 24 ? `il y a ${months} mois` : `il y a ${Math.round(months / 12)} ans`;
}
/** Last first: a later date has a smaller rank. */
const lastFirst = (at: string): string =>
  String(99_999_999 - Number(dayOf(at).replaceAll('-', '').padEnd(8, '0'))).padStart(8, '0');
const valid = (stored: Stored): boolean => !['entered-in-error', 'draft'].includes(statusOf(stored.resource));
const named = ({ found }: Known, name: string): Stored[] =>
  found.filter((one) => one.wanted === name && valid(one.stored)).map(({ stored }) => stored);
const newest = (all: readonly Stored[]): Stored | undefined =>
  all.toSorted((a, b) => (clinicalDate(b.resource) ?? '').localeCompare(clinicalDate(a.resource) ?? ''))[0];

const codesIn = (concept: { coding?: { system?: string; code?: string }[] } | undefined): string[] =>
  (concept?.coding ?? []).flatMap(({ code }) => code ?? []);
/** CISP-2 writes some codes like CIM-10 and means something else (N18). */
const cim10In = (concept: Condition['code']): string[] =>
  codesIn({ coding: (concept?.coding ?? []).filter(({ system }) => classificationOf(system) === 'icd10') });
const begins = (codes: readonly string[], prefixes: readonly string[]): boolean =>
  codes.some((code) => prefixes.some((prefix) => code.startsWith(prefix)));
const running = (known: Known): (MedicationRequest | MedicationStatement)[] =>
  named(known, 'treatments').map((stored) => as<MedicationRequest | MedicationStatement>(stored));
function isOne(known: Known, who: Who, today: string): boolean {
  const age = ageYears(known.brief.birthDate ?? undefined, today);
  if (
    (who.fromAge !== undefined || who.toAge !== undefined) &&
    (age === null || age < (who.fromAge ?? 0) || age > (who.toAge ?? 200))
  )
    return false;
  if (
    who.problems &&
    !named(known, 'problems').some((stored) => begins(cim10In(as<Condition>(stored).code), who.problems!))
  )
    return false;
  return (
    !who.treatments || running(known).some((one) => begins(codesIn(one.medicationCodeableConcept), who.treatments!))
  );
}

/** When I was with this patient: encounters, notes and sections of mine. */
const meetings = (known: Known): string[] =>
  [...named(known, 'encounters'), ...named(known, 'notes'), ...named(known, 'forms')]
    .filter(({ resource }) => !isMedicalSummary(resource))
    .flatMap(
      (stored) =>
        (stored.type === 'Encounter' ? as<Encounter>(stored).period?.start : clinicalDate(stored.resource)) ?? [],
    );

type Maker<R extends Rule> = (known: Known, rule: R, today: string, r: Reading) => Ranked | null;
const makers: { [W in Rule['what']]?: Maker<Extract<Rule, { what: W }>> } = {
  team: ({ seen }, _, today) => ({
    ...plain,
    head: seen ? `vu ${ago(seen, today)}` : 'jamais ouvert',
    at: seen,
    rank: seen ? lastFirst(seen) : '~',
  }),
  'seen-today': ({ seen }, _, today) =>
    seen && dayOf(seen) === today
      ? {
          ...plain,
          head: `à ${dateLabel(seen, true).slice(-5).replace(':', ' h ')}`,
          at: seen,
          rank: String(-Date.parse(seen)),
        }
      : null,
  today: ({ today: booked }) =>
    booked
      ? {
          ...plain,
          head: dateLabel(booked.start, true).slice(-5).replace(':', ' h '),
          details: [booked.label],
          at: booked.start,
          rank: booked.start,
        }
      : null,
  quiet(known, { days }, today) {
    const at = [known.seen ?? '', ...meetings(known)].sort().at(-1) ?? '';
    return known.booked || known.brief.deceased || (at && daysBetween(dayOf(at), today) <= days)
      ? null
      : {
          ...plain,
          head: at ? `vu ${ago(at, today)}` : 'jamais vu ici',
          details: ['aucun rendez-vous à venir'],
          at: at || null,
          rank: at || '0',
        };
  },
  who: (known, { who }, today) =>
    isOne(known, who, today)
      ? {
          ...plain,
          head: known.seen ? `vu ${ago(known.seen, today)}` : '',
          at: known.seen,
          rank: known.brief.birthDate ? lastFirst(known.brief.birthDate) : '~',
        }
      : null,
  section(known, { section, within, every, over, worse }, today) {
    const [last, before] = named(known, `answers ${section}`);
    const at = last && clinicalDate(last.resource);
    if (!last || !at || daysBetween(dayOf(at), today) > within) return null;
    const said = (answer: string | undefined): boolean[] => {
      const [id = '', code] = (answer ?? '').split('=');
      return answersTo(as<QuestionnaireResponse>(last).item, id).map((one) => valueOf(one) === code);
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
    const last = newest(section ? named(known, `answers ${section}`) : named(known, `values ${measure}`));
    const at = last ? clinicalDate(last.resource) : null;
    if (at && daysBetween(dayOf(at), today) <= every) return null;
    const shown =
      last && measure
        ? displayOf(
            valuesOf(as<Observation>(last), { ...r, birth: known.brief.birthDate ?? undefined, sex: known.brief.sex }),
          )
        : '';
    return {
      ...plain,
      head: at ? ago(at, today) : 'à faire',
      tone: 'warning',
      details: [
        `${words} : ${at ? shown || dateLabel(at) : 'rien de visible pour vous'}`,
        ...(last && section ? outcomeOf(last) : []),
      ],
      at,
      rank: at ?? '0',
    };
  },
  ald(known, _, today, r) {
    const lines = named(known, 'problems')
      .map((stored) => problemOf(r, stored, 0))
      .filter(({ ald }) => ald?.running);
    const ends = lines.flatMap(({ ald }) => ald?.until ?? []).sort()[0];
    if (lines.length === 0) return null;
    const soon = ends !== undefined && daysBetween(today, dayOf(ends)) < 92;
    return {
      ...plain,
      head: ends ? `jusqu’au ${dateLabel(ends)}` : 'en cours',
      tone: soon ? 'warning' : 'neutral',
      details: lines.map(({ label, ald }) => [label, ald!.number && `ALD ${ald!.number}`].filter(Boolean).join(', ')),
      at: lines[0]!.ald!.from,
      rank: ends ?? '9999',
    };
  },
  pregnancies(known, _, today) {
    const visits = named(known, 'answers grossesse').flatMap((stored) =>
      ((at) => (at ? [{ at, items: as<QuestionnaireResponse>(stored).item ?? [] }] : []))(
        clinicalDate(stored.resource),
      ),
    );
    const now = pregnancyOf(visits, today);
    if (now) {
      const late = now.due.some((one) => one.late);
      const born = now.term < today;
      return {
        ...plain,
        head: born ? `terme passé, ${ago(now.term, today)}` : `${now.weeks} SA${now.days ? ` + ${now.days}` : ''}`,
        tone: late ? 'warning' : 'info',
        details: [
          ...now.due.slice(0, 6).map((one) => (one.late ? `${one.words} (non noté)` : one.words)),
          born ? '' : `terme le ${dateLabel(now.term)}`,
        ].filter(Boolean),
        at: visits[0]?.at ?? null,
        rank: now.term,
      };
    }
    const pregnant = named(known, 'pregnant')
      .filter(
        (stored) =>
          !as<Condition>(stored).abatementDateTime &&
          as<Condition>(stored).clinicalStatus?.coding?.[0]?.code === 'active',
      )
      .sort(
        (a, b) =>
          Number(begins(codesIn(as<Condition>(b).code), ['Z3'])) -
          Number(begins(codesIn(as<Condition>(a).code), ['Z3'])),
      );
    const since = pregnant.map((stored) => clinicalDate(stored.resource) ?? '').sort()[0];
    return since !== undefined && (since === '' || daysBetween(dayOf(since), today) < 300)
      ? {
          ...plain,
          head: 'terme à préciser',
          tone: 'warning',
          details: [labelOf(as<Condition>(pregnant[0]!).code), 'aucun suivi de grossesse rempli'],
          at: since || null,
          rank: '0',
        }
      : null;
  },
  weights(known, _, today, r) {
    const age = ageYears(known.brief.birthDate ?? undefined, today);
    if (age === null || age < 18 || known.brief.deceased) return null;
    const points = named(known, 'values 29463-7').flatMap((stored) => {
      const [at, value] = [clinicalDate(stored.resource), valuesOf(as<Observation>(stored), r)[0]];
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
    const note = newest(named(known, 'notes').filter(({ resource }) => !isMedicalSummary(resource)));
    const words = note
      ? note.type === 'Composition'
        ? compositionText(as<Composition>(note))
        : (as<ClinicalImpression>(note).summary ?? '')
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
  vaccines(known, _, today, r) {
    if (known.brief.deceased) return null;
    const of = ['vaccines', 'situations', 'problems'].flatMap((name) => named(known, name));
    const doses = named(known, 'vaccines').flatMap((stored) => doseOf(stored) ?? []);
    const due = vaccinesDue(
      personOf(
        { ...r, patient: known.brief.id, birth: known.brief.birthDate ?? undefined, sex: known.brief.sex },
        of,
        false,
      ),
      today,
      doses,
    ).filter(({ state }) => state === 'late' || state === 'due');
    const late = due.filter(({ state }) => state === 'late').length;
    return due.length === 0
      ? null
      : {
          ...plain,
          head: late > 0 ? `${late} en retard` : `${due.length} à faire`,
          tone: late > 0 ? 'warning' : 'info',
          details: due.slice(0, 4).map(({ label, state }) => (state === 'late' ? `${label} (en retard)` : label)),
          rank: String(1000 - late * 20 - due.length).padStart(4, '0'),
        };
  },
  renewals(known, _, today, r) {
    if (known.brief.deceased) return null;
    const of = ['treatments', 'dispenses'].flatMap((name) => named(known, name));
    const reading: Reading = { ...r, patient: known.brief.id, today };
    const taken = treatmentsOf(reading, of);
    const late = dispensesOf(reading, of, taken, new Map())
      .filter((one) => one.late !== null)
      .sort((a, b) => b.late! - a.late!);
    const [first] = late;
    return first
      ? {
          ...plain,
          head: `depuis ${first.late} jours`,
          tone: 'warning',
          details: late.map(({ entry }) => taken.find((line) => `${line.type}/${line.id}` === entry)?.label ?? ''),
          at: first.until,
          rank: first.until!,
        }
      : null;
  },
  medicines(known, _, today) {
    const age = ageYears(known.brief.birthDate ?? undefined, today);
    const labels = new Set(running(known).map((one) => labelOf(one.medicationCodeableConcept)));
    const last = named(known, 'answers bilan-medication')[0];
    const at = last ? clinicalDate(last.resource) : null;
    if (
      age === null ||
      age < 65 ||
      known.brief.deceased ||
      labels.size < 5 ||
      (at && daysBetween(dayOf(at), today) <= 365)
    )
      return null;
    return {
      ...plain,
      head: `${labels.size} traitements`,
      tone: labels.size >= 10 ? 'warning' : 'neutral',
      details: [at ? `dernier bilan ${ago(at, today)}` : 'aucun bilan rempli'],
      at,
      rank: String(1000 - labels.size).padStart(4, '0'),
    };
  },
};

/** The lines of a list, the first ones to look at first. */
export function linesOf(list: List, all: readonly Known[], today: string, r: Reading): ListLine[] {
  const make = makers[list.rule.what] as Maker<Rule> | undefined;
  return all
    .flatMap((known) => {
      const line = make?.(known, list.rule, today, r);
      return line ? [{ line, known }] : [];
    })
    .sort(
      (a, b) =>
        a.line.rank.localeCompare(b.line.rank, 'en', { numeric: false }) ||
        a.known.brief.name.localeCompare(b.known.brief.name, 'fr'),
    )
    .map(({ line: { rank: _, enter, ...line }, known }) => ({
      ...line,
      patient: known.brief,
      enter: enter ?? list.enter ?? null,
    }));
}
