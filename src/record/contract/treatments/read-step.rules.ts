import {
  emptyStep,
  mealTimes as meals,
  type Meal,
  type Moment,
  dayMoments as moments,
  type Period,
  dosePlaces as places,
  type Step,
} from './posology.ts';
import {
  number,
  numberOf,
  unitPattern,
  unitOf,
  period,
  periodOf,
  date,
  isoDay,
  weekDay,
  dayOf,
  span,
} from './posology-words.rules.ts';
import { assembled, type Found, type Item } from './assemble-step.rules.ts';

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
  [
    sticky(`(?:pendant|durant|pdt|pour une duree de|sur) (${number}) ?${period}`),
    (found, match) => length(found, match),
  ],
  // «tous les jours sauf le dimanche».
  [
    sticky(`(?:tous les jours |chaque jour )?sauf (?:le |les )?((?:${weekDay}(?:,? (?:et )?(?:le |les )?)?)+)`),
    (found, match) => void found.except.push(...(match[1]!.match(new RegExp(weekDay, 'g')) ?? []).map(dayOf)),
  ],
  [
    sticky(`(?:du )(${weekDay}) au (${weekDay})`),
    ({ items }, [, a, b]) => void items.push({ on: span(dayOf(a!), dayOf(b!)) }),
  ],
  [sticky(`(?:le |les |chaque |tous les )?(${weekDay})`), ({ items }, [, on]) => void items.push({ on: [dayOf(on!)] })],
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
    sticky(`(?:x ?)?(${number})(?: ?(?:a|ou|-) ?(${number}))? ?(?:fois|x|prises)${per}${period}`),
    ({ items }, match) =>
      void items.push(rhythm(numberOf(match[1]!), higher(match[2]), 1, null, periodOf(match.groups!))),
  ],
  [
    sticky(`(?:x ?)(${number})(?: ?(?:a|ou|-) ?(${number}))?${per}${period}`),
    ({ items }, match) =>
      void items.push(rhythm(numberOf(match[1]!), higher(match[2]), 1, null, periodOf(match.groups!))),
  ],
  [
    sticky(
      `(?:(${number})(?: ?(?:a|ou|-) ?(${number}))? ?(?:fois|x) )?(?:toutes les|tous les|/) ?(${number})(?: ?(?:a|-) ?(${number}))? ?${period}`,
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

/** One step, or the words of it that were not understood. */
type ReadStep = { step: Step } | { unread: string };
export function readStep(folded: string, typed: string): ReadStep {
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
