import {
  type Amount,
  type Day,
  weekDays as days,
  emptyStep,
  emptyTake,
  isSound,
  mealTimes as meals,
  type Meal,
  type Moment,
  dayMoments as moments,
  periodNames,
  type Period,
  dosePlaces as places,
  type Posology,
  type Rhythm,
  type Step,
  type Take,
  tidy,
  doseUnits as units,
} from './posology.ts';

export interface ReadPosology {
  /** Null: what was typed is kept as free text. */
  posology: Posology | null;
  /** The words that were not understood, as typed; '' when nothing was typed, or when words are understood and do not fit together. */
  unread: string;
}
/** One character for one: where something stands in the folded text is where it stands in what was typed. */
const fold = (text: string): string =>
  [...text]
    .map((typed) => {
      const lower = typed.toLowerCase();
      const char = lower.length === typed.length ? lower : typed;
      if (char.length > 1) return '?'.repeat(char.length);
      if (/\s/.test(char)) return ' ';
      if (char === '’' || char === '‘') return "'";
      if (char === '×' || char === '*') return 'x';
      if (char === 'μ') return 'µ';
      const base = char.normalize('NFD')[0]!;
      return /[a-z]/.test(base) ? base : char;
    })
    .join('');

const words: Record<string, number> = {
  un: 1,
  une: 1,
  deux: 2,
  trois: 3,
  quatre: 4,
  cinq: 5,
  six: 6,
  sept: 7,
  huit: 8,
  dix: 10,
  douze: 12,
  quinze: 15,
  'un demi': 0.5,
  'une demi': 0.5,
  'une demie': 0.5,
  demi: 0.5,
  'un quart': 0.25,
  'un quart de': 0.25,
  'trois quarts': 0.75,
  'trois quarts de': 0.75,
  'un et demi': 1.5,
  'une et demie': 1.5,
  'deux et demi': 2.5,
};
const signs: Record<string, number> = { '½': 0.5, '¼': 0.25, '¾': 0.75, '1/2': 0.5, '1/4': 0.25, '3/4': 0.75 };
const N = `(?:(?:\\d{1,3}(?: \\d{3})+(?!\\d)|\\d+)(?:[.,]\\d+)?(?: ?(?:[½¼¾]|(?<= )[13]/[24](?!\\d)))?(?: et demie?)?|[½¼¾]|[13] ?/ ?[24](?!\\d)|(?:${Object.keys(
  words,
)
  .sort((a, b) => b.length - a.length)
  .join('|')})\\b)`;
/** Fractions come first: «1/2» is not one, then something else. */
const number = `(?:[13] ?/ ?[24](?!\\d)|${N})`;
function numberOf(text: string): number {
  const said = text.trim();
  if (said in words) return words[said]!;
  const sign = said.replace(/ ?\/ ?/, '/');
  if (sign in signs) return signs[sign]!;
  const [, whole = '', part, half] = /^([\d ]*?(?:[.,]\d+)?)(?: ?([½¼¾]|[13]\/[24]))?( et demie?)?$/.exec(said) ?? [];
  return Number(whole.replace(/ /g, '').replace(',', '.') || '0') + (part ? signs[part]! : 0) + (half ? 0.5 : 0);
}
const unitPattern = units.map(({ words: one }, at) => `(?<u${at}>${one.source})`).join('|');
const unitOf = (groups: Record<string, string | undefined>): string => {
  const found = units.findIndex((_, at) => groups[`u${at}`] !== undefined);
  return found < 0 ? '' : units[found]!.label;
};
const P = `(?<p>${Object.entries(periodNames)
  .map(([code, { words: one }]) => `(?<p_${code}>${one.source})`)
  .join('|')})`;
const periodOf = (groups: Record<string, string | undefined>): Period =>
  (Object.keys(periodNames) as Period[]).find((code) => groups[`p_${code}`] !== undefined)!;
const date = '(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4}|\\d{2})(?!\\d)';
function isoDay(day: string, month: string, year: string): string | null {
  const full = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = new Date(`${full}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== full ? null : full;
}
const dayCodes: Record<string, Day> = {
  lun: 'mon',
  mar: 'tue',
  mer: 'wed',
  jeu: 'thu',
  ven: 'fri',
  sam: 'sat',
  dim: 'sun',
};
const D = '(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim)s?\\b';
const dayOf = (text: string): Day => dayCodes[text.slice(0, 3)]!;
const span = (from: Day, to: Day): Day[] => {
  const codes = days.map(({ code }) => code);
  const [a, b] = [codes.indexOf(from), codes.indexOf(to)];
  return a <= b ? codes.slice(a, b + 1) : [...codes.slice(a), ...codes.slice(0, b + 1)];
};

/** What one step is read into, item by item, before it is put together. */
type Item =
  | { dose: Amount; unit: string }
  | { moment: Moment }
  | { time: string }
  | { on: Day[] }
  | { rhythm: Rhythm }
  | { total: 'd' | 'wk' }
  | { alternate: 'first' | 'next' }
  | { once: true };
interface Found {
  items: Item[];
  step: Step;
  /** Said twice, or against itself. */
  clash: boolean;
  /** Words that could mean two things. */
  doubt: string;
  except: Day[];
  turns: boolean;
}
type Rule = [pattern: RegExp, act: (found: Found, match: RegExpExecArray, typed: string) => void];
const sticky = (source: string): RegExp => new RegExp(source, 'y');
const set = <K extends keyof Step>(found: Found, key: K, value: Step[K]): void => {
  if (found.step[key] !== null && found.step[key] !== value) found.clash = true;
  else found.step[key] = value;
};
const per = '(?: ?/ ?| ?par | chaque | tous les | toutes les )';
const aDay = '(?:j(?:ours?|r)?\\b|24 ?h(?:eures?)?\\b)';
const rhythm = (
  times: number,
  timesMax: number | null,
  every: number,
  everyMax: number | null,
  unit: Period,
): Item => ({ rhythm: { times, timesMax, every, everyMax, unit } });
const higher = (text: string | undefined): number | null => (text === undefined ? null : numberOf(text));

const rules: Rule[] = [
  [sticky('[ ,;:+&.\\-]+|(?:et|a prendre|prendre|soit|de)(?= )|par prise\\b'), () => {}],
  [
    sticky('\\((#*)\\)'),
    ({ step }, match, typed) => {
      const words = typed.slice(match.index + 1, match.index + match[0].length - 1).trim();
      step.note = [step.note, words].filter(Boolean).join(' ; ');
    },
  ],
  [sticky('si (?:besoin|necessaire)\\b|au besoin\\b|a la demande\\b'), (found) => set(found, 'needed', '')],
  [
    sticky(
      "(?:si |s'il y a |en cas (?:de |d'))((?:(?!,(?!\\d)|[;(]| (?:max|maximum|sans depasser|ne pas depasser|pas plus de|pendant|toutes les|tous les|jusqu|a partir du)\\b).)+)",
    ),
    (found, match, typed) => {
      const at = match.index + match[0].length - match[1]!.length;
      set(found, 'needed', typed.slice(at, at + match[1]!.length).trim());
    },
  ],
  [
    sticky(
      `(?:max(?:imum|i|\\.)?|sans depasser|ne pas depasser|(?:et )?pas plus de)(?: de)? ?:? ?(${number}) ?(?:(?<times>fois|prises?\\b)|${unitPattern})?(?:${per}(?:(?<day>${aDay})|(?<week>sem(?:aines?)?\\b)|(?<take>prise\\b)))`,
    ),
    most,
  ],
  // «3 par jour au plus».
  [
    sticky(
      `(${number}) ?(?:(?<times>fois|prises?\\b)|${unitPattern})?(?:${per}(?:(?<day>${aDay})|(?<week>sem(?:aines?)?\\b)|(?<take>prise\\b))) ?(?:au plus|au maximum|maximum|max)\\b`,
    ),
    most,
  ],
  [sticky(`(?:jusqu'au|jusqu'a|jusque) (?:le )?${date}(?: inclus)?`), (found, [, d, m, y]) => until(found, d!, m!, y!)],
  [
    sticky(`du ${date} au ${date}(?: inclus)?`),
    (found, [, d, m, y, d2, m2, y2]) => {
      from(found, d!, m!, y!);
      until(found, d2!, m2!, y2!);
    },
  ],
  [sticky(`(?:a partir du|des le|a compter du) ${date}`), (found, [, d, m, y]) => from(found, d!, m!, y!)],
  [sticky(`(?:pendant|durant|pdt|pour une duree de|sur) (${number}) ?${P}`), (found, match) => length(found, match)],
  // «tous les jours sauf le dimanche».
  [
    sticky(`(?:tous les jours |chaque jour )?sauf (?:le |les )?((?:${D}(?:,? (?:et )?(?:le |les )?)?)+)`),
    (found, match) => void found.except.push(...(match[1]!.match(new RegExp(D, 'g')) ?? []).map(dayOf)),
  ],
  [sticky(`(?:du )(${D}) au (${D})`), ({ items }, [, a, b]) => void items.push({ on: span(dayOf(a!), dayOf(b!)) })],
  [sticky(`(?:le |les |chaque |tous les )?(${D})`), ({ items }, [, on]) => void items.push({ on: [dayOf(on!)] })],
  [
    sticky('(?:en )?(?:dose|prise) unique\\b|en une (?:seule )?(?:prise|fois)\\b|une seule fois\\b'),
    ({ items }) => void items.push({ once: true }),
  ],
  [
    sticky(`(?:un|1) jour sur (${number})`),
    ({ items }, [, n]) => void items.push(rhythm(1, null, numberOf(n!), null, 'd')),
  ],
  [
    sticky(`(?:une|1) semaine sur (${number})`),
    ({ items }, [, n]) => void items.push(rhythm(1, null, numberOf(n!), null, 'wk')),
  ],
  [sticky('(?:un jour|le premier jour)\\b'), ({ items }) => void items.push({ alternate: 'first' })],
  [
    sticky("(?:le jour suivant|le lendemain|l'autre jour|le second jour)\\b|l'autre\\b"),
    ({ items }) => void items.push({ alternate: 'next' }),
  ],
  [sticky('en alternance\\b'), (found) => void (found.turns = true)],
  [
    sticky(`(?:x ?)?(${number})(?: ?(?:a|ou|-) ?(${number}))? ?(?:fois|x|prises)${per}${P}`),
    ({ items }, match) =>
      void items.push(rhythm(numberOf(match[1]!), higher(match[2]), 1, null, periodOf(match.groups!))),
  ],
  [
    sticky(`(?:x ?)(${number})(?: ?(?:a|ou|-) ?(${number}))?${per}${P}`),
    ({ items }, match) =>
      void items.push(rhythm(numberOf(match[1]!), higher(match[2]), 1, null, periodOf(match.groups!))),
  ],
  [
    sticky(
      `(?:(${number})(?: ?(?:a|ou|-) ?(${number}))? ?(?:fois|x) )?(?:toutes les|tous les|/) ?(${number})(?: ?(?:a|-) ?(${number}))? ?${P}`,
    ),
    ({ items }, match) =>
      void items.push(
        rhythm(
          match[1] ? numberOf(match[1]) : 1,
          higher(match[2]),
          numberOf(match[3]!),
          higher(match[4]),
          periodOf(match.groups!),
        ),
      ),
  ],
  [
    sticky('(?:toutes les semaines|chaque semaine|hebdomadaire)\\b'),
    ({ items }) => void items.push(rhythm(1, null, 1, null, 'wk')),
  ],
  [sticky('(?:tous les mois|chaque mois)\\b'), ({ items }) => void items.push(rhythm(1, null, 1, null, 'mo'))],
  [sticky('(?:tous les jours|chaque jour)\\b'), ({ items }) => void items.push(rhythm(1, null, 1, null, 'd'))],
  // «au petit déjeuner»: the morning, with the meal.
  [
    sticky('(avant le |apres le |au cours du |pendant le |au |a )?(?:petit[ -]dejeuner|ptit dej|petit dej)\\b'),
    (found, match) => atMeal(found, 'MORN', match[1]),
  ],
  [
    sticky('(avant le |apres le |au cours du |pendant le |au )?dejeuner\\b'),
    (found, match) => atMeal(found, 'NOON', match[1]),
  ],
  [
    sticky('(avant le |apres le |au cours du |pendant le |au )?diner\\b'),
    (found, match) => atMeal(found, 'EVE', match[1]),
  ],
  ...meals.map(
    ({ code, words: { source } }): Rule => [
      sticky(source),
      (found, match, typed) => {
        // «30 min avant le repas» says more than «avant le repas»: its words stay.
        if (/^\d/.test(match[0]))
          found.step.note = [found.step.note, typed.slice(match.index, match.index + match[0].length)]
            .filter(Boolean)
            .join(' ; ');
        set(found, 'meals', code);
      },
    ],
  ),
  ...moments.map(
    ({ code, words: { source } }): Rule => [sticky(source), ({ items }) => void items.push({ moment: code })],
  ),
  ...places.map(({ code, words: { source } }): Rule => [sticky(source), (found) => set(found, 'where', code)]),
  [
    sticky('(?:a |vers )?([01]?\\d|2[0-3]) ?(?:h(?:eures?)?(?: ?([0-5]\\d))?|:([0-5]\\d))(?![a-z\\d])'),
    ({ items }, [, h, m, m2]) => void items.push({ time: `${h!.padStart(2, '0')}:${m ?? m2 ?? '00'}` }),
  ],
  [
    sticky(
      `(?:x ?)?(${number}) ?(?<p>(?<p_d>j(?:ours?|rs?)?\\b)|(?<p_wk>sem(?:aines?)?\\b)|(?<p_mo>mois\\b)|(?<p_a>ans?\\b))`,
    ),
    (found, match) => length(found, match),
  ],
  // «1-0-1», «2 - 1 - 2 - 0»: morning, noon, evening, bedtime.
  [
    sticky(`(${number}) ?- ?(${number}) ?- ?(${number})(?: ?- ?(${number}))?(?: ?(?:${unitPattern}))?(?![\\d/])`),
    ({ items }, match) => {
      const unit = unitOf(match.groups!);
      (['MORN', 'NOON', 'EVE', 'HS'] as const).forEach((moment, at) => {
        const typed = match[at + 1];
        if (typed !== undefined && numberOf(typed) > 0)
          items.push({ dose: { low: numberOf(typed), high: null }, unit }, { moment });
      });
    },
  ],
  // «3 x 1 g/j».
  [
    sticky(`(${number}) ?(?:fois|x) ?(${number}) ?(?:${unitPattern})?${per}${aDay}`),
    ({ items }, match) =>
      void items.push(
        { dose: { low: numberOf(match[2]!), high: null }, unit: unitOf(match.groups!) },
        rhythm(numberOf(match[1]!), null, 1, null, 'd'),
      ),
  ],
  [
    sticky(
      `(${number})(?: ?(?:a|ou|-) ?(${number})(?! ?(?:h\\b|h\\d|:\\d|heures?|\\d)))? ?(?:${unitPattern})?(?<half> et demie?\\b)?(?![\\d,]*\\d)`,
    ),
    (found, match) => {
      const half = match.groups!.half ? 0.5 : 0;
      if (half && match[2] !== undefined) found.clash = true;
      found.items.push({
        dose: { low: numberOf(match[1]!) + half, high: higher(match[2]) },
        unit: unitOf(match.groups!),
      });
    },
  ],
  [sticky(`(?:/|par|chaque) ?${aDay}|quotidien\\b`), ({ items }) => void items.push({ total: 'd' })],
  [sticky('(?:/|par) ?sem(?:aine)?\\b'), ({ items }) => void items.push({ total: 'wk' })],
];
function most(found: Found, match: RegExpExecArray): void {
  const groups = match.groups!;
  const max = {
    value: numberOf(match[1]!),
    unit: groups.times ? '' : unitOf(groups),
    per: groups.take ? ('take' as const) : groups.week ? ('wk' as const) : ('d' as const),
  };
  if (found.step.max || max.value <= 0 || (max.per === 'take' && !max.unit)) found.clash = true;
  if (!groups.times && !max.unit) found.doubt = match[0];
  found.step.max = max;
}
function from(found: Found, d: string, m: string, y: string): void {
  const day = isoDay(d, m, y);
  if (!day) found.clash = true;
  else set(found, 'from', day);
}
function until(found: Found, d: string, m: string, y: string): void {
  const day = isoDay(d, m, y);
  if (!day) found.clash = true;
  else set(found, 'until', day);
}
function length(found: Found, match: RegExpExecArray): void {
  if (found.step.duration || numberOf(match[1]!) <= 0) found.clash = true;
  found.step.duration = { value: numberOf(match[1]!), unit: periodOf(match.groups!) };
}
function atMeal(found: Found, moment: Moment, how: string | undefined): void {
  found.items.push({ moment });
  set(
    found,
    'meals',
    (how?.startsWith('avant') ? 'before' : how?.startsWith('apres') ? 'after' : 'with') satisfies Meal,
  );
}

/** Items into takes: what says when belongs to the dose before it, or, when it was said first, to the dose after it. */
function assembled(found: Found): Step | null {
  const { items, step } = found;
  if (found.clash) return null;
  const groups: Item[][] = [];
  const isDose = (item: Item | undefined): boolean => item !== undefined && 'dose' in item;
  const count = items.filter(isDose).length;
  if (count <= 1) groups.push([...items.filter(isDose), ...items.filter((item) => !isDose(item))]);
  else if (isDose(items[0])) for (const item of items) isDose(item) ? groups.push([item]) : groups.at(-1)!.push(item);
  else {
    // «matin 1, soir 2»: strictly in turn.
    let when: Item[] = [];
    for (const item of items) {
      if (!isDose(item)) when.push(item);
      else {
        if (when.length === 0) return null;
        groups.push([item, ...when]);
        when = [];
      }
    }
    if (when.length > 0) return null;
  }
  const takes: Take[] = [];
  for (const group of groups) {
    const take = emptyTake();
    for (const item of group) {
      if ('dose' in item) Object.assign(take, { dose: item.dose, unit: item.unit });
      else if ('moment' in item) take.moments.push(item.moment);
      else if ('time' in item) take.times.push(item.time);
      else if ('on' in item) take.days.push(...item.on);
      else if ('once' in item) take.once = true;
      else if ('rhythm' in item ? take.rhythm : 'total' in item ? take.total : take.alternate) return null;
      else Object.assign(take, item);
    }
    // A dose said without its unit is counted like the one before.
    if (take.dose && !take.unit) take.unit = takes.at(-1)?.unit ?? '';
    if (found.except.length > 0) {
      if (take.days.length > 0) return null;
      take.days = days.map(({ code }) => code).filter((code) => !found.except.includes(code));
    }
    if (take.total === 'd' && take.days.length > 0) take.total = null;
    // Every day, at its moments: nothing more is said.
    const { rhythm: often } = take;
    if (
      often &&
      often.unit === 'd' &&
      often.every === 1 &&
      !often.everyMax &&
      !often.timesMax &&
      often.times === 1 &&
      take.moments.length + take.times.length + take.days.length > 0
    )
      take.rhythm = null;
    takes.push(take);
  }
  // A unit said once, at the end: «1 matin 2 soir, comprimés» is not how it is said; «1 le matin, 2 cp le soir» is.
  const only = new Set(takes.map(({ unit }) => unit).filter(Boolean));
  if (only.size === 1) for (const take of takes) if (take.dose && !take.unit) take.unit = [...only][0]!;
  if (takes.length === 2 && found.turns && takes.every(({ alternate }) => !alternate)) {
    // «1 cp et ½ cp en alternance», a day on two or not said.
    if (takes.some(({ rhythm: often }) => often && !(often.unit === 'd' && often.every === 2))) return null;
    Object.assign(takes[0]!, { alternate: 'first', rhythm: null });
    Object.assign(takes[1]!, { alternate: 'next', rhythm: null });
  }
  if (found.turns && !takes.some(({ alternate }) => alternate)) return null;
  const ends = step.from && step.duration ? endOf(step.from, step.duration) : null;
  if (step.from && step.duration && !ends) return null;
  return { ...step, takes, ...(ends && { until: ends, duration: null }) };
}
/** The last day of so long from a day on. */
export function endOf(start: string, { value, unit }: { value: number; unit: Period }): string | null {
  const day = new Date(`${start.slice(0, 10)}T12:00:00Z`);
  if (Number.isNaN(day.getTime())) return null;
  if (unit === 'd' || unit === 'wk') day.setUTCDate(day.getUTCDate() + Math.ceil(value * (unit === 'wk' ? 7 : 1)) - 1);
  else if (unit === 'h' || unit === 'min')
    day.setUTCDate(day.getUTCDate() + Math.max(0, Math.ceil(value / (unit === 'h' ? 24 : 1440)) - 1));
  else {
    const last = day.getUTCDate();
    day.setUTCDate(1);
    day.setUTCMonth(day.getUTCMonth() + Math.ceil(value * (unit === 'a' ? 12 : 1)));
    const most = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
    day.setUTCDate(Math.min(last, most) - (last <= most ? 1 : 0));
  }
  return Number.isNaN(day.getTime()) ? null : day.toISOString().slice(0, 10);
}

type ReadStep = { step: Step } | { unread: string };
function readStep(folded: string, typed: string): ReadStep {
  const found: Found = { items: [], step: emptyStep(), clash: false, doubt: '', except: [], turns: false };
  let at = 0;
  next: while (at < folded.length) {
    for (const [pattern, act] of rules) {
      pattern.lastIndex = at;
      const match = pattern.exec(folded);
      if (!match?.[0]) continue;
      act(found, match, typed);
      at += match[0].length;
      continue next;
    }
    const rest = typed.slice(at);
    return { unread: /^[^,;(]*/.exec(rest)![0].trim() || rest.trim() };
  }
  const step = assembled(found);
  // «2 bouffées, max 8/j»: eight puffs, or eight times two? Only with one at a time is it the same.
  if (found.doubt && !step?.takes.every(({ dose }) => dose?.low === 1 && dose.high === null))
    return { unread: found.doubt };
  return step ? { step } : { unread: '' };
}

const decrease = new RegExp(
  `^(.*?)[ ,;]*(?:puis )?(?:en )?(?:diminuer|diminuant|baisser|baissant|reduire|reduisant|decroitre)(?: la dose| ensuite)? de (${number}) ?(?:${unitPattern})?(?: tous les| toutes les| par|/| chaque) ?(?<every>${number} )?${P}(?:,? jusqu'a (?:l')?(?<stop>arret|${number})[^\\d,;()]*)?\\.?$`,
);
/** «40 mg le matin, diminuer de 10 mg tous les 3 jours»: a step for each dose. */
function decreasing(folded: string, typed: string): Posology | null {
  const match = decrease.exec(folded);
  if (!match) return null;
  const first = readStep(match[1]!, typed.slice(0, match[1]!.length));
  if (
    !('step' in first) ||
    first.step.takes.length !== 1 ||
    !first.step.takes[0]!.dose ||
    first.step.takes[0]!.dose.high !== null ||
    first.step.until
  )
    return null;
  const [take] = first.step.takes as [Take];
  const less = numberOf(match[2]!);
  const unit = unitOf(match.groups!);
  if (less <= 0 || (unit && take.unit && unit !== take.unit)) return null;
  const duration = { value: match.groups!.every ? numberOf(match.groups!.every) : 1, unit: periodOf(match.groups!) };
  const stop = match.groups!.stop && match.groups!.stop !== 'arret' ? numberOf(match.groups!.stop) : 0;
  const steps: Step[] = [];
  for (let dose = take.dose!.low; dose > 0 && dose >= stop; dose = Math.round((dose - less) * 1000) / 1000) {
    steps.push({
      ...(steps.length === 0 ? first.step : { ...emptyStep(), meals: first.step.meals, where: first.step.where }),
      takes: [{ ...take, unit: take.unit || unit, dose: { low: dose, high: null } }],
      duration: stop > 0 && dose === stop ? null : steps.length === 0 ? (first.step.duration ?? duration) : duration,
    });
    if (steps.length > 30) return null;
  }
  return { steps };
}

const stepEnd = /,? *(?:\b(?:puis|ensuite)\b|→|->|=>) */;
/**
 * Reads a posology as it is said aloud. All of it is understood or nothing is: half a posology would say something else than what was typed. What stands in brackets are words
 * for the patient and stay words.
 * @param unit what is counted when the dose has no unit (`unitOfLabel` of the medicine).
 */
export function readPosology(typed: string, unit = ''): ReadPosology {
  const text = typed
    .normalize('NFC')
    .trim()
    .replace(/[.\s]+$/, '');
  if (!text || text.length > 500) return { posology: null, unread: '' };
  const folded = fold(text).replace(/\([^()]*\)/g, (one) => `(${'#'.repeat(one.length - 2)})`);
  const whole = decreasing(folded, text);
  let posology = whole;
  if (!posology) {
    const steps: Step[] = [];
    let at = 0;
    for (const part of folded.split(new RegExp(`(${stepEnd.source})`))) {
      if (!stepEnd.test(part) || part.replace(stepEnd, '') !== '') {
        const read = readStep(part, text.slice(at, at + part.length));
        if (!('step' in read)) return { posology: null, unread: read.unread };
        steps.push(read.step);
      }
      at += part.length;
    }
    posology = { steps };
  }
  const known = unit || posology.steps.flatMap(({ takes }) => takes).find((take) => take.unit)?.unit || '';
  posology = tidy({
    steps: posology.steps.map((step) => ({
      ...step,
      takes: step.takes.map((take) => (take.dose && !take.unit ? { ...take, unit: known } : take)),
    })),
  });
  return isSound(posology) ? { posology, unread: '' } : { posology: null, unread: '' };
}
/** What a medicine is counted in, from its name: «METFORMINE 1 000 mg, comprimé pelliculé». */
export function unitOfLabel(label: string): string {
  const folded = fold(label);
  const found = units
    .filter(
      ({ plural, label: one }) =>
        plural && !['dose', 'application', 'injection', 'inhalation', 'prise', 'unité'].includes(one),
    )
    .find(({ label: one }) => new RegExp(`\\b${fold(one)}s?\\b`).test(folded));
  return found?.label ?? '';
}
