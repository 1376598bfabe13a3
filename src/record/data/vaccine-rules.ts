import type { Situation, Target } from './vaccines.ts';

/** A length of time: weeks, months, years («8w», «11m», «65y»). */
export type Span = `${number}${'d' | 'w' | 'm' | 'y'}`;
export interface SeriesDose {
  /** Age at which the calendar wants it. */
  at?: Span;
  /** Youngest age: a dose before does not count. */
  min: Span;
  /** After the dose before: as the calendar wants it, and the least; a dose given sooner does not count. */
  gap?: Span;
  after?: Span;
  label: string;
}
interface Common {
  id: string;
  target: Target;
  /** Whom it is for: everyone born in between, of these situations (any of them). */
  born?: { from?: string; before?: string };
  situations?: readonly Situation[];
  /** Not for whoever is in one of these: another rule is. */
  unless?: readonly Situation[];
  /** Whoever is in one of these rightly receives more doses, closer together (a recommendation says so): none of them is held to be too soon. */
  more?: readonly Situation[];
  /** Compulsory for those born from then on, from and until this age (CSP L. 3111-2), or for a situation (L. 3111-4). */
  mandatory?: { bornFrom?: string; from?: Span; until?: Span; law: string };
  /** Codes (NUVA, ATC) of vaccines against the same disease that do not count here, and how long after them this one may come. */
  except?: { codes: readonly string[]; after: Span };
  live?: true;
  /** Late when so long overdue. */
  grace: Span;
  /** Why, in the words of the calendar. */
  why: string;
  /** What to do for a grown-up of whom no dose is known. */
  unknown?: string;
  /** Where this rule was read, when it is not only the edition's calendar. */
  source?: string;
}
/**
 * - `series`: so many doses by the age at the first one; nothing begins after `until`, nothing is ended after `finish`.
 * - `boosters`: one dose at each age; the latest passed asks for a dose since then, less `early`. `after`: once that series is complete, or from that age.
 * - `season`: one dose each autumn from an age.
 * - `pregnancy`: one dose in each, between two weeks of amenorrhoea.
 * - `every`: a dose within so long.
 * - `ask`: to think over when none is known.
 */
export type CalendarRule = Common &
  (
    | { kind: 'series'; schemes: readonly { from: Span; doses: readonly SeriesDose[] }[]; until: Span; finish?: Span }
    | { kind: 'boosters'; after?: { series: string; age: Span }; until?: Span; ages: readonly { at: Span; early: Span; grace?: Span; label: string }[] }
    | { kind: 'season'; from: Span; opens: string; closes: string }
    | { kind: 'pregnancy'; weeks: readonly [number, number]; months?: readonly number[]; season?: true }
    | { kind: 'every'; from: Span; span: Span }
    | { kind: 'ask'; from: Span }
  );
export interface CalendarEdition {
  year: number;
  /** Holds from that day. */
  from: string;
  title: string;
  source: string;
  /** What is known of a later edition that is not here: said once its year has begun. */
  later?: string;
  rules: readonly CalendarRule[];
}
