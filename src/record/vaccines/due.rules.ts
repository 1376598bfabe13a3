import type { VaccineDue } from '../contract.ts';
import {
  type CalendarEdition,
  type CalendarRule,
  calendarOn,
  type SeriesDose,
  type Span,
} from '../data/vaccine-calendar.ts';
import { type Situation, situations as known, targets } from '../data/vaccines.ts';
import { addDays, addMonths, dateLabel, dateSpan, daysBetween } from '../dates.rules.ts';

/** One line of the record about one vaccine. `until`: a refusal or a contraindication that ends. */
export interface Dose {
  id?: string;
  targets: readonly string[];
  /** NUVA and ATC codes. */
  codes: readonly string[];
  day: string;
  outcome: 'given' | 'refused' | 'contraindicated' | 'not-done';
  until?: string;
  live?: boolean;
}
export interface Person {
  birth: string | undefined;
  deceased?: boolean;
  /** `term`: of a pregnancy, 41 weeks of amenorrhoea. */
  situations: readonly { code: Situation; term?: string }[];
}
const stateLabels: Record<VaccineDue['state'], string> = {
  due: 'À faire',
  late: 'En retard',
  coming: 'À venir',
  refused: 'Refusé',
  contraindicated: 'Contre-indiqué',
  'to-discuss': 'À vérifier',
};
const order: readonly VaccineDue['state'][] = ['late', 'due', 'to-discuss', 'contraindicated', 'refused', 'coming'];

/** The same few spans after the same few births are asked again and again by a page, and dates are slow. */
const reckonedBefore = new Map<string, string>();
/** A day so long after another. */
export function after(day: string, span: Span): string {
  const key = `${day} ${span}`;
  let found = reckonedBefore.get(key);
  if (found === undefined) {
    if (reckonedBefore.size >= 30_000) reckonedBefore.clear();
    reckonedBefore.set(key, (found = reckoned(day, span)));
  }
  return found;
}
function reckoned(day: string, span: Span): string {
  const n = Number.parseInt(span, 10);
  const unit = span.at(-1);
  return unit === 'd'
    ? addDays(day, n)
    : unit === 'w'
      ? addDays(day, n * 7)
      : addMonths(day, unit === 'm' ? n : n * 12);
}
const latest = (...days: (string | undefined)[]): string =>
  days
    .filter((day) => day !== undefined)
    .sort()
    .at(-1)!;
const given = (doses: readonly Dose[], rule: CalendarRule): string[] => {
  const codes: readonly string[] = rule.except?.codes ?? [];
  const counting = doses.filter(
    (dose) =>
      dose.outcome === 'given' &&
      dose.targets.includes(rule.target) &&
      !dose.codes.some((code) => codes.includes(code)),
  );
  return [...new Set(counting.map((dose) => dose.day))].sort();
};

interface Ask {
  due: string;
  /** No dose counts before that day. */
  earliest: string;
  why: string;
  late: string;
  state?: 'to-discuss';
}
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const nothingKnown = ({ unknown }: CalendarRule): string =>
  ` ; aucune dose n’est connue ici${unknown ? ` : ${unknown}` : ''}`;
type Scheme = Extract<CalendarRule, { kind: 'series' }>['schemes'][number];
export interface Course {
  scheme: Scheme;
  counted: readonly string[];
  tooSoon: readonly string[];
}
/** Which doses of a series count, by the scheme of the age at the first one. */
export function courseOf(
  rule: Extract<CalendarRule, { kind: 'series' }>,
  born: string,
  today: string,
  days: readonly string[],
): Course {
  const youngest = after(born, rule.schemes[0]!.doses[0]!.min);
  const first = days.find((day) => day >= youngest) ?? (today < youngest ? youngest : today);
  const scheme = rule.schemes.findLast((one) => after(born, one.from) <= first) ?? rule.schemes[0]!;
  const counted: string[] = [];
  const tooSoon: string[] = [];
  for (const day of days) {
    const next = scheme.doses[counted.length];
    if (!next) break;
    if (day >= soonest(next, born, counted.at(-1))) counted.push(day);
    else tooSoon.push(day);
  }
  return { scheme, counted, tooSoon };
}
const soonest = (dose: SeriesDose, born: string, previous: string | undefined): string =>
  latest(after(born, dose.min), previous && dose.after && after(previous, dose.after));

function seriesAsk(
  rule: Extract<CalendarRule, { kind: 'series' }>,
  born: string,
  today: string,
  doses: readonly Dose[],
): Ask | null {
  const { scheme, counted } = courseOf(rule, born, today, given(doses, rule));
  const dose = scheme.doses[counted.length];
  const closes = after(born, counted.length > 0 ? (rule.finish ?? rule.until) : rule.until);
  if (!dose || today >= closes) return null;
  const previous = counted.at(-1);
  const barred =
    rule.except &&
    doses
      .filter((one) => one.outcome === 'given' && one.codes.some((code) => rule.except!.codes.includes(code)))
      .map((one) => after(one.day, rule.except!.after))
      .sort()
      .at(-1);
  const earliest = latest(soonest(dose, born, previous), barred);
  const wanted =
    previous === undefined
      ? after(born, rule.schemes[0]!.doses[0]!.at ?? dose.min)
      : latest(dose.gap && after(previous, dose.gap), dose.at && after(born, dose.at), previous);
  const due = latest(earliest, wanted);
  if (due >= closes) return null;
  const step =
    scheme.doses.length > 1
      ? `${capital(dose.label)} (${counted.length} sur ${scheme.doses.length}). `
      : scheme === rule.schemes[0]
        ? ''
        : `${capital(dose.label)}. `;
  // A grown-up of whom nothing is known has most often been vaccinated as a child.
  const unknown = counted.length === 0 && wanted < after(born, '18y') && today >= after(born, '18y');
  return {
    due,
    earliest,
    why: `${step}${rule.why}${unknown ? nothingKnown(rule) : ''}`,
    late: after(due, rule.grace),
    ...(unknown && { state: 'to-discuss' }),
  };
}
function boostersAsk(
  rule: Extract<CalendarRule, { kind: 'boosters' }>,
  edition: CalendarEdition,
  born: string,
  today: string,
  doses: readonly Dose[],
): Ask | null {
  if (rule.until && today >= after(born, rule.until)) return null;
  const days = given(doses, rule);
  const before = rule.after && edition.rules.find((one) => one.id === rule.after!.series);
  if (before?.kind === 'series' && today < after(born, rule.after!.age)) {
    const course = courseOf(before, born, today, days);
    if (course.counted.length < course.scheme.doses.length) return null;
  }
  const ask = (one: (typeof rule.ages)[number]): Ask | null => {
    if (days.some((day) => day >= back(after(born, one.at), one.early))) return null;
    const due = after(born, one.at);
    return { due, earliest: back(due, one.early), why: capital(one.label), late: after(due, one.grace ?? rule.grace) };
  };
  const passed = rule.ages.findLast((one) => after(born, one.at) <= today);
  const missed = passed && ask(passed);
  if (missed)
    return days.length === 0 && today >= after(born, '18y')
      ? { ...missed, why: `${missed.why}${nothingKnown(rule)}`, state: 'to-discuss' }
      : missed;
  const next = rule.ages.find((one) => after(born, one.at) > today);
  return next && !(rule.until && after(born, next.at) >= after(born, rule.until)) ? ask(next) : null;
}
const back = (day: string, span: Span): string => {
  const n = Number.parseInt(span, 10);
  return span.endsWith('y') || span.endsWith('m')
    ? addMonths(day, -n * (span.endsWith('y') ? 12 : 1))
    : addDays(day, -n * (span.endsWith('w') ? 7 : 1));
};
/** The campaign that runs on a day or is the next to come. */
function campaign(rule: { opens: string; closes: string }, today: string): { opens: string; closes: string } {
  const year = Number(today.slice(0, 4));
  const opens = today.slice(5) <= rule.closes ? year - 1 : year;
  return { opens: `${opens}-${rule.opens}`, closes: `${opens + 1}-${rule.closes}` };
}
function seasonAsk(
  rule: Extract<CalendarRule, { kind: 'season' }>,
  born: string,
  today: string,
  doses: readonly Dose[],
): Ask | null {
  const { opens, closes } = campaign(rule, today);
  const due = latest(opens, after(born, rule.from));
  if (due > closes || given(doses, rule).some((day) => day >= `${opens.slice(0, 4)}-09-01`)) return null;
  return { due, earliest: due, why: rule.why, late: after(due, rule.grace) };
}
function pregnancyAsk(
  rule: Extract<CalendarRule, { kind: 'pregnancy' }>,
  person: Person,
  born: string,
  today: string,
  doses: readonly Dose[],
): Ask | null {
  const term = person.situations.find((one) => one.code === 'pregnancy')?.term;
  if (!term || today < after(born, '10y')) return null;
  const began = addDays(term, -41 * 7);
  let due = addDays(began, rule.weeks[0] * 7);
  const ends = addDays(began, (rule.weeks[1] + 1) * 7 - 1);
  // A vaccine of some months waits for the first of them that is still in time.
  while (rule.months && due <= ends && !rule.months.includes(Number(due.slice(5, 7))))
    due = `${addMonths(due, 1).slice(0, 7)}-01`;
  if (due > ends || today > ends || given(doses, rule).some((day) => day >= began)) return null;
  return { due, earliest: due, why: rule.why, late: after(due, rule.grace) };
}
function everyAsk(rule: Extract<CalendarRule, { kind: 'every' }>, born: string, doses: readonly Dose[]): Ask {
  const last = given(doses, rule).at(-1);
  const due = latest(after(born, rule.from), last && after(last, rule.span));
  return { due, earliest: due, why: rule.why, late: after(due, rule.grace) };
}
function askOf(
  rule: CalendarRule,
  edition: CalendarEdition,
  person: Person,
  born: string,
  today: string,
  doses: readonly Dose[],
): Ask | null {
  switch (rule.kind) {
    case 'series':
      return seriesAsk(rule, born, today, doses);
    case 'boosters':
      return boostersAsk(rule, edition, born, today, doses);
    case 'season':
      return seasonAsk(rule, born, today, doses);
    case 'pregnancy':
      return pregnancyAsk(rule, person, born, today, doses);
    case 'every':
      return everyAsk(rule, born, doses);
    case 'ask': {
      const due = after(born, rule.from);
      return given(doses, rule).length > 0
        ? null
        : { due, earliest: due, why: rule.why, late: after(due, rule.grace), state: 'to-discuss' };
    }
  }
}
export const concerns = (rule: CalendarRule, person: Person, born: string): boolean =>
  !(rule.born?.from && born < rule.born.from) &&
  !(rule.born?.before && born >= rule.born.before) &&
  (!rule.situations || isIn(person, rule.situations)) &&
  !(rule.unless && isIn(person, rule.unless));
const isIn = (person: Person, any: readonly Situation[]): boolean =>
  any.some((code) => person.situations.some((one) => one.code === code));

/** Living vaccines: not in pregnancy nor in a weak immunity; the same day, or four weeks apart. */
export const liveTargets: ReadonlySet<string> = new Set([
  'mmr',
  'varicella',
  'yellow-fever',
  'dengue',
  'chikungunya',
  'tuberculosis',
]);
/** What the calendar in force asks for next, disease by disease, far-off needs included; most urgent first. Nothing for whoever has died or whose birth is unknown. */
export function vaccinesDue(
  person: Person,
  today: string,
  doses: readonly Dose[],
  edition = calendarOn(today),
): VaccineDue[] {
  if (!person.birth || person.deceased) return [];
  const born = dateSpan(person.birth)[0];
  if (born > today) return [];
  const found = new Map<string, VaccineDue>();
  for (const rule of edition.rules) {
    const ask = concerns(rule, person, born) ? askOf(rule, edition, person, born, today, doses) : null;
    if (!ask) continue;
    const lastLive =
      rule.live &&
      doses
        .filter((dose) => dose.outcome === 'given' && dose.live && !dose.targets.includes(rule.target))
        .map((dose) => after(dose.day, '4w'))
        .filter((day) => day > today)
        .sort()
        .at(-1);
    const [due, earliest] = lastLive
      ? [latest(ask.due, lastLive), latest(ask.earliest, lastLive)]
      : [ask.due, ask.earliest];
    const state =
      due > today ? 'coming' : (ask.state ?? (latest(ask.late, lastLive || undefined) <= today ? 'late' : 'due'));
    const line = lineOf(rule, edition, person, born, today, doses, { due, earliest, why: ask.why, state });
    const other = found.get(rule.target);
    if (
      !other ||
      order.indexOf(line.state) < order.indexOf(other.state) ||
      (line.state === other.state && line.due! < other.due!)
    )
      found.set(rule.target, line);
  }
  return [...found.values()].sort(
    (a, b) =>
      order.indexOf(a.state) - order.indexOf(b.state) ||
      a.due!.localeCompare(b.due!) ||
      a.target.localeCompare(b.target),
  );
}
function lineOf(
  rule: CalendarRule,
  edition: CalendarEdition,
  person: Person,
  born: string,
  today: string,
  doses: readonly Dose[],
  ask: { due: string; earliest: string; why: string; state: VaccineDue['state'] },
): VaccineDue {
  const about = doses
    .filter((dose) => dose.targets.includes(rule.target))
    .sort(
      (a, b) =>
        a.day.localeCompare(b.day) ||
        b.outcome.localeCompare(a.outcome) ||
        (a.until ?? '9999').localeCompare(b.until ?? '9999'),
    );
  const lastGiven = about.findLast((dose) => dose.outcome === 'given')?.day ?? '';
  const holds = about.findLast(
    (dose) =>
      (dose.outcome === 'refused' || dose.outcome === 'contraindicated') &&
      dose.day > lastGiven &&
      !(dose.until && dose.until <= today),
  );
  const barred = liveTargets.has(rule.target)
    ? person.situations.find((one) => one.code === 'pregnancy' || one.code === 'immunity')
    : undefined;
  let { state, why } = ask;
  if (state !== 'coming' && barred)
    [state, why] = ['contraindicated', `Vaccin vivant, contre-indiqué : ${known[barred.code].label.toLowerCase()}`];
  if (holds && (state !== 'coming' || holds.outcome === 'contraindicated'))
    [state, why] = [
      holds.outcome === 'refused' ? 'refused' : 'contraindicated',
      `${why}${holds.until ? ` ; jusqu’au ${dateLabel(holds.until)}` : ''}`,
    ];
  const must = rule.mandatory;
  return {
    target: rule.target,
    label: targets[rule.target],
    state,
    stateLabel: stateLabels[state],
    due: ask.due,
    earliest: ask.earliest,
    why,
    rule: rule.id,
    source: rule.source ? `${rule.source} (édition ${edition.year})` : `Calendrier des vaccinations ${edition.year}`,
    mandatory:
      must &&
      (must.bornFrom === undefined || born >= must.bornFrom) &&
      (must.from === undefined || today >= after(born, must.from)) &&
      (must.until === undefined || today < after(born, must.until))
        ? must.law
        : null,
  };
}

/** How early a card announces what comes, in days. */
const notice = 92;
/** What a card shows: the rest is on the page of vaccines. */
export const soon = (due: readonly VaccineDue[], today: string): VaccineDue[] =>
  due.filter((one) => one.state !== 'coming' || daysBetween(today, one.due!) <= notice);

/** Doses of a series that were given too young or too close to the one before: they protect, and do not count. What one series counts is not too soon for another (an infant’s dose, before that of the old). */
export function tooSoon(
  person: Person,
  today: string,
  doses: readonly Dose[],
  edition = calendarOn(today),
): ReadonlySet<string> {
  const [found, counting] = [new Set<string>(), new Set<string>()];
  if (!person.birth) return found;
  const born = dateSpan(person.birth)[0];
  for (const rule of edition.rules) {
    if (rule.kind !== 'series' || !concerns(rule, person, born)) continue;
    const course = courseOf(rule, born, today, given(doses, rule));
    if (!rule.more || !isIn(person, rule.more)) for (const day of course.tooSoon) found.add(`${rule.target} ${day}`);
    for (const day of course.counted) counting.add(`${rule.target} ${day}`);
  }
  return new Set([...found].filter((one) => !counting.has(one)));
}
