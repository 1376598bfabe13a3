import { kindsOfData } from '../../access/index.ts';
import { ofType, type Stored } from '../../fhir/index.ts';
import type { VaccineBook, VaccineDue } from '../contract.ts';
import { calendarOn, cautionOn, notComputed } from '../data/vaccine-calendar.ts';
import { situations, type Target, targets } from '../data/vaccines.ts';
import { ageLabel, dateLabel, dateSpan, daysBetween, monthsBetween } from '../dates.rules.ts';
import { labelOf } from '../fhir-words.ts';
import { briefOf } from '../identity/patient.rules.ts';
import type { Entered } from '../read/enter.ts';
import { lineOf, type Reading, statusOf } from '../read/reading.ts';
import { adviceFor } from './advice.rules.ts';
import { concerns, liveTargets, tooSoon, vaccinesDue } from './due.rules.ts';
import { doseOf, personOf, saidSituation, situationsOfProblem, vaccineLineOf } from './lines.ts';

const bookTypes = ['Immunization', 'ImmunizationRecommendation', 'Condition'] as const;
/** The vaccines of one person as this reader may see them. */
export async function readBook(entered: Entered): Promise<VaccineBook> {
  const stored = await entered.store.compartment(entered.patientId, { types: [...bookTypes], each: [400, 50, 400] });
  await entered.room.directory.learn(entered.store, stored);
  return bookOf(entered, stored);
}
function bookOf(entered: Entered, stored: readonly Stored[]): VaccineBook {
  const { reading: r, patient, rights } = entered;
  const deceased = !!patient.deceasedDateTime || !!patient.deceasedBoolean;
  const person = personOf(r, stored, deceased);
  const lines = ofType(stored, 'Immunization').filter((one) => statusOf(one.resource) !== 'entered-in-error');
  const doses = lines.map(doseOf).filter((dose) => dose !== null);
  const edition = calendarOn(r.today);
  const due = vaccinesDue(person, r.today, doses, edition);
  const early = tooSoon(person, r.today, doses, edition);
  const born = r.birth ? dateSpan(r.birth)[0] : r.today;
  const next = new Map(due.map((one) => [one.target, one]));
  const known = new Set(doses.flatMap((dose) => dose.targets));
  const wanted = new Set(
    r.birth ? edition.rules.filter((rule) => concerns(rule, person, born)).map((rule) => rule.target) : [],
  );
  const rows = (Object.keys(targets) as Target[]).filter(
    (target) => known.has(target) || (wanted.has(target) && next.has(target)),
  );
  const byId = new Map(lines.map((one) => [one.id, vaccineLineOf(r, one)]));
  const closed = (['history', 'sexual-health'] as const)
    .filter((kind) => !rights.see.has(kind))
    .map((kind) => kindsOfData[kind].fr.toLowerCase());
  return {
    patient: briefOf(patient, r.today, false),
    calendar: {
      year: edition.year,
      title: edition.title,
      source: edition.source,
      notComputed,
      caution: cautionOn(r.today, edition),
    },
    diseases: rows.map((target) => ({
      target,
      label: targets[target],
      next: next.get(target) ?? null,
      doses: doses
        .filter((dose) => dose.targets.includes(target))
        .sort((a, b) => a.day.localeCompare(b.day))
        .map((dose) => {
          const line = byId.get(dose.id!)!;
          return {
            id: line.id,
            at: line.at ?? dose.day,
            atLabel: dateLabel(line.at ?? dose.day).split(' à ')[0]!,
            age: r.birth ? ageLabel(r.birth, dose.day) : '',
            months: monthsBetween(born, dose.day),
            label: line.label,
            lot: line.lot,
            outcome: dose.outcome,
            tooSoon: dose.outcome === 'given' && early.has(`${target} ${dose.day}`),
          };
        }),
    })),
    due,
    particular: adviceFor(person, r.today, doses),
    together: togetherWords(due),
    lines: [...byId.values()],
    situations: situationsOf(r, stored),
    closed:
      closed.length > 0
        ? `Vos droits n’ouvrent pas ici : ${closed.join(', ')}. Une situation qui s’y trouve n’est pas prise en compte.`
        : '',
    canAdd: rights.add.has('vaccines'),
  };
}
function situationsOf(r: Reading, stored: readonly Stored[]): VaccineBook['situations'] {
  const found: VaccineBook['situations'] = [];
  for (const one of stored) {
    if (statusOf(one.resource) === 'entered-in-error') continue;
    if (one.type === 'ImmunizationRecommendation') {
      const said = saidSituation(one.resource);
      if (!said || (said.until && said.until <= r.today)) continue;
      const line = lineOf(r, one);
      const weeks = said.term ? 41 - Math.ceil(daysBetween(r.today, said.term) / 7) : 0;
      found.push({
        situation: said.code,
        label: situations[said.code].label,
        entry: { id: one.id, version: one.version, who: line.who, at: line.at ?? one.updated, canEdit: line.canEdit },
        detail: said.term
          ? `${weeks} SA, terme prévu le ${dateLabel(said.term)}`
          : said.until
            ? `jusqu’au ${dateLabel(said.until)}`
            : '',
      });
    } else if (one.type === 'Condition')
      for (const situation of situationsOfProblem(one.resource))
        if (!found.some((other) => other.situation === situation))
          found.push({
            situation,
            label: situations[situation].label,
            entry: null,
            detail: labelOf(one.resource.code),
          });
  }
  return found;
}
/** Everything due can be given the same day, in different places; what cannot is said. */
function togetherWords(due: readonly VaccineDue[]): string[] {
  const now = due.filter((one) => one.state === 'late' || one.state === 'due');
  if (now.length < 2) return [];
  const live = now.filter((one) => liveTargets.has(one.target));
  return [
    `${now.length} vaccins peuvent se faire le même jour, en des sites distants d’au moins 2,5 cm.`,
    ...(live.length > 1
      ? [
          `Vaccins vivants (${live.map((one) => one.label).join(' ; ')}) : le même jour, ou à quatre semaines l’un de l’autre.`,
        ]
      : []),
  ];
}
