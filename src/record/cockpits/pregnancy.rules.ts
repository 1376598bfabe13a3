import type { Answered } from '../contract/sections/form.ts';
import { answersTo } from '../contract/sections/repetition.ts';
import { answerValue } from '../contract/sections/form.ts';
import { addDays, dayOf, daysBetween } from '../dates.rules.ts';

/** Answers to «Suivi de grossesse», newest first. */
export interface Visit {
  at: string;
  items: readonly Answered[];
}
export interface Pregnancy {
  /** First day of the last period, as the surest answer has it. */
  from: string;
  /** 41 weeks: the term French midwives count to. */
  term: string;
  weeks: number;
  days: number;
  /** What is due or overdue at this term and noted nowhere in the answers. */
  due: { words: string; late: boolean }[];
  next: string | null;
}
const whole = 287;
/** A visit older than this speaks of another pregnancy. */
const longest = 301;
/** Weeks after which a step that was not noted is no longer shown. */
const forgotten = 3;

type Read = (linkId: string) => unknown;
interface Step {
  words: string;
  /** Weeks of amenorrhoea, inclusive. */
  from: number;
  to: number;
  /** An answer that says it was done. */
  done: (ticked: (linkId: string, code: string) => boolean, said: Read) => boolean;
  /** Months in which it is asked (1–12). */
  months?: readonly number[];
  only?: (said: Read) => boolean;
}
const rhesusNegative = (said: Read): boolean => String(said('groupe') ?? '').endsWith('-neg');
/** HAS, suivi et orientation des femmes enceintes (2016); calendrier de l’Assurance maladie; vaccins: calendrier des vaccinations. */
const steps: readonly Step[] = [
  { words: 'Échographie du premier trimestre', from: 11, to: 13, done: (_, said) => said('echo-1') !== undefined },
  { words: 'Dépistage de la trisomie 21', from: 11, to: 17, done: (_, said) => said('trisomie') !== undefined },
  { words: 'Déclaration de grossesse', from: 8, to: 14, done: (ticked) => ticked('etapes', 'declaration') },
  { words: 'Entretien prénatal précoce', from: 16, to: 32, done: (ticked) => ticked('etapes', 'epp') },
  { words: 'Bilan prénatal de prévention', from: 12, to: 24, done: (ticked) => ticked('etapes', 'bilan') },
  { words: 'Inscription en maternité', from: 12, to: 28, done: (ticked) => ticked('etapes', 'maternite') },
  { words: 'Échographie du deuxième trimestre', from: 21, to: 25, done: (_, said) => said('echo-2') !== undefined },
  {
    words: 'Glycémie ou HGPO si facteur de risque',
    from: 24,
    to: 28,
    done: (_, said) => said('glycemie-jeun') !== undefined || said('glycemie-1h') !== undefined,
  },
  {
    words: 'Anti-D (rhésus négatif)',
    from: 27,
    to: 32,
    only: rhesusNegative,
    done: (_, said) => said('rhesus') === 'faite' || said('rhesus') === 'inutile',
  },
  { words: 'Vaccin contre la coqueluche', from: 20, to: 36, done: (ticked) => ticked('vaccins', 'coqueluche') },
  {
    words: 'Vaccin contre la grippe',
    from: 4,
    to: 41,
    months: [10, 11, 12, 1],
    done: (ticked) => ticked('vaccins', 'grippe'),
  },
  {
    words: 'Vaccin contre le VRS',
    from: 32,
    to: 36,
    months: [9, 10, 11, 12, 1],
    done: (ticked) => ticked('vaccins', 'vrs'),
  },
  { words: 'Préparation à la naissance', from: 24, to: 36, done: (ticked) => ticked('etapes', 'preparation') },
  { words: 'Échographie du troisième trimestre', from: 30, to: 35, done: (_, said) => said('echo-3') !== undefined },
  { words: 'Consultation d’anesthésie', from: 32, to: 38, done: (ticked) => ticked('etapes', 'anesthesie') },
  {
    words: 'Streptocoque B',
    from: 34,
    to: 38,
    done: (_, said) => said('streptocoque') !== undefined && said('streptocoque') !== 'attente',
  },
];

const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
/** The last period that a visit's answers give: from the expected term, the beginning seen by ultrasound, the weeks counted that day, the period itself. */
function periodOf({ at, items }: Visit): string | undefined {
  const said = (linkId: string) => answerValue(answersTo(items, linkId)[0]);
  const [term, begun, period] = [day(said('dpa')), day(said('debut')), day(said('ddr'))];
  const [weeks, days] = [said('terme-sa'), said('terme-jours')];
  if (term) return addDays(term, -whole);
  if (begun) return addDays(begun, -14);
  if (typeof weeks === 'number') return addDays(dayOf(at), -(weeks * 7 + (typeof days === 'number' ? days : 0)));
  return period;
}

/** The pregnancy that these visits follow, as of today; undefined when they speak of none that runs. */
export function pregnancyOf(visits: readonly Visit[], today: string): Pregnancy | undefined {
  const recent = visits.filter(({ at }) => daysBetween(dayOf(at), today) <= longest);
  const from = recent.map(periodOf).find((one) => one !== undefined && daysBetween(one, today) >= 0);
  if (!from) return undefined;
  const count = daysBetween(from, today);
  // Two months after the term the follow-up of the pregnancy is over.
  if (count > whole + 61) return undefined;
  const own = recent.filter(({ at }) => dayOf(at) >= from);
  const weeks = Math.floor(count / 7);
  const said: Read = (linkId) =>
    own
      .map(({ items }) => answerValue(answersTo(items, linkId)[0]))
      .find((value) => value !== undefined && value !== '');
  const ticked = (linkId: string, code: string): boolean =>
    own.some(({ items }) => answersTo(items, linkId).some((answer) => answerValue(answer) === code));
  const month = Number(today.slice(5, 7));
  const due = steps
    .filter(
      (step) =>
        weeks >= step.from &&
        weeks <= step.to + forgotten &&
        (!step.months || step.months.includes(month)) &&
        (step.only?.(said) ?? true) &&
        !step.done(ticked, said),
    )
    .sort((a, b) => a.to - b.to)
    .map((step) => ({ words: step.words, late: weeks > step.to }));
  const over = count > whole;
  const seen = recent[0] && dayOf(recent[0].at);
  if (!over && seen && daysBetween(seen, today) > 35)
    due.unshift({ words: 'Consultation du mois', late: daysBetween(seen, today) > 42 });
  const next = day(said('prochaine'));
  return {
    from,
    term: addDays(from, whole),
    weeks,
    days: count % 7,
    due: over
      ? [{ words: 'Visite postnatale', late: count > whole + 56 }]
      : due.sort((a, b) => Number(b.late) - Number(a.late)),
    next: next && next >= today ? next : null,
  };
}
