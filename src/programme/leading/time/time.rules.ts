import { daysBetween } from '../../../platform/index.ts';

/** A member of the project team, as far as time is counted. */
export interface Member {
  id: string;
  profession: string;
  leader: boolean;
  minutesMonth: number;
  /** ISO day from which their time is planned. */
  since: string;
}
export interface Sums {
  minutes: number;
  /** Minutes that were planned until today. */
  planned: number;
  /** What the time is worth; null where an hour of the profession has no price. */
  cents: number | null;
}
/** Minutes planned from a day to another, both counted: so many a month of 30.44 days. */
export const plannedMinutes = (minutesMonth: number, since: string, until: string): number =>
  until < since ? 0 : Math.round((minutesMonth * (daysBetween(since, until) + 1)) / 30.4375);

/** An hour at this rate, to the minute, in whole cents. */
export const worth = (minutes: number, rateCents: number): number => Math.round((minutes * rateCents) / 60);

/** Time given and planned, and its worth, by person, by profession and in all. What is worth is rounded once, by person: sums of what is shown are what is shown below them. */
export function sumsOf(
  members: readonly Member[],
  entries: readonly { member: string; minutes: number }[],
  rates: Readonly<Record<string, number>>,
  until: string,
): { people: Map<string, Sums>; professions: Map<string, Sums & { people: number }>; total: Sums } {
  const people = new Map<string, Sums>();
  const professions = new Map<string, Sums & { people: number }>();
  const total: Sums = { minutes: 0, planned: 0, cents: 0 };
  for (const { id, profession, minutesMonth, since } of members) {
    const minutes = entries.filter(({ member }) => member === id).reduce((sum, one) => sum + one.minutes, 0);
    const rate = rates[profession];
    const one: Sums = {
      minutes,
      planned: plannedMinutes(minutesMonth, since, until),
      cents: rate === undefined ? null : worth(minutes, rate),
    };
    people.set(id, one);
    const of = professions.get(profession) ?? {
      minutes: 0,
      planned: 0,
      cents: rate === undefined ? null : 0,
      people: 0,
    };
    professions.set(profession, {
      minutes: of.minutes + one.minutes,
      planned: of.planned + one.planned,
      cents: of.cents === null || one.cents === null ? null : of.cents + one.cents,
      people: of.people + 1,
    });
    total.minutes += one.minutes;
    total.planned += one.planned;
    if (one.cents !== null) total.cents! += one.cents;
  }
  if (members.every(({ profession }) => rates[profession] === undefined)) total.cents = null;
  return { people, professions, total };
}

/** What is amiss with the project team, in words (REC-3). */
export function teamWarnings(members: readonly Member[]): string[] {
  if (members.length === 0)
    return ['L’équipe projet n’est pas nommée : un responsable et des personnes de plusieurs professions.'];
  const leaders = members.filter(({ leader }) => leader).length;
  return [
    ...(leaders === 0 ? ['Personne ne conduit le projet : nommez un responsable.'] : []),
    ...(new Set(members.map(({ profession }) => profession)).size < 2
      ? [
          'Une seule profession est dans l’équipe projet : le logiciel sera celui d’une profession. Ajoutez-en d’autres.',
        ]
      : []),
    ...(members.every(({ minutesMonth }) => minutesMonth === 0) ? ['Aucun temps n’est prévu pour le projet.'] : []),
  ];
}
