/** A year of a protocol as the patient lives it: month by month, in the patient’s words, with who will be met. */

export interface Told {
  step: string;
  round: number;
  day: number;
  role: string;
  title: string;
  forPatient: string;
  conditional: string | null;
}
export interface Moment {
  step: string;
  /** The first time in full; afterwards its first sentence. */
  text: string;
  role: string;
  again: boolean;
  /** How often in this month. */
  times: number;
  /** Only for some patients: the condition, in the words of the protocol. */
  maybe: string | null;
}
export interface Month {
  /** 0: the very day one enters. */
  month: number;
  label: string;
  moments: Moment[];
  roles: string[];
}

/** What falls three months later is of the third month, not the first day of the fourth. */
const month = (day: number): number => (day === 0 ? 0 : Math.max(1, Math.ceil((day - 2) / 30.5)));
/** They arrange; the patient does not come for them. */
const behind = new Set(['medical-secretary', 'coordinator', 'administrator']);
const ordinals = [
  '',
  'premier',
  'deuxième',
  'troisième',
  'quatrième',
  'cinquième',
  'sixième',
  'septième',
  'huitième',
  'neuvième',
  'dixième',
  'onzième',
  'douzième',
];
export const monthLabel = (at: number): string =>
  at === 0 ? 'Le premier jour' : ordinals[at] ? `Le ${ordinals[at]} mois` : `Le ${at}ᵉ mois`;
export const firstSentence = (text: string): string => /^.*?[.!?](?=\s|$)/.exec(text.trim())?.[0] ?? text.trim();

export function tellYear(timeline: readonly Told[]): Month[] {
  const known = new Set<string>();
  const months = new Map<number, Map<string, Moment>>();
  for (const one of [...timeline].sort((a, b) => a.day - b.day || a.round - b.round)) {
    const at = month(one.day);
    if (at > 12) continue;
    const moments = months.get(at) ?? new Map<string, Moment>();
    months.set(at, moments);
    const here = moments.get(one.step);
    if (here) {
      here.times++;
      continue;
    }
    const whole = one.forPatient.trim() || one.title;
    const again = known.has(one.step);
    known.add(one.step);
    moments.set(one.step, {
      step: one.step,
      text: again ? firstSentence(whole) : whole,
      role: one.role,
      again,
      times: 1,
      maybe: one.conditional,
    });
  }
  return [...months]
    .sort(([a], [b]) => a - b)
    .map(([at, moments]) => {
      // What is sure first, then what is new before what comes back.
      const list = [...moments.values()].sort(
        (a, b) => Number(a.maybe !== null) - Number(b.maybe !== null) || Number(a.again) - Number(b.again),
      );
      return {
        month: at,
        label: monthLabel(at),
        moments: list,
        roles: [...new Set(list.filter((one) => one.maybe === null && !behind.has(one.role)).map((one) => one.role))],
      };
    });
}
