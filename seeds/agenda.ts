import type { DemoPerson } from './staff.ts';

export interface Booking {
  minutes?: number;
  home?: boolean;
  /** Asked for, in minutes since midnight. */
  at?: number;
}

/** Free quarter hours of each professional, day by day: morning 8:30–12:00, afternoon 14:00–18:30; rounds from 7:00. */
export class Agenda {
  #taken = new Map<string, Set<number>>();

  take(pro: DemoPerson, date: string, given: Booking): number | undefined {
    const key = `${pro.practitionerId} ${date}`;
    let taken = this.#taken.get(key);
    if (!taken) {
      taken = new Set();
      this.#taken.set(key, taken);
    }
    const length = (given.minutes ?? 15) / 15;
    const hours: [number, number][] =
      given.home && pro.profession === 'nurse'
        ? [
            [7 * 4, 12 * 4],
            [17 * 4, 20 * 4],
          ]
        : [
            [34, 48],
            [56, 74],
          ];
    const from = given.at === undefined ? 0 : given.at / 15;
    for (const [start, end] of hours)
      for (let quarter = Math.max(start, from); quarter + length <= end; quarter++) {
        const wanted = Array.from({ length }, (_, i) => quarter + i);
        if (wanted.some((one) => taken.has(one))) continue;
        for (const one of wanted) taken.add(one);
        return quarter * 15;
      }
    return undefined;
  }

  load(pro: DemoPerson, date: string): number {
    return this.#taken.get(`${pro.practitionerId} ${date}`)?.size ?? 0;
  }
}
