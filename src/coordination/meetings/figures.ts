import type { z } from 'zod';
import { staffOf } from '../../access/index.ts';
import { today } from '../../record/index.ts';
import type { meetingEntries } from '../contract/meetings.ts';
import type { PersonCaller, Room } from '../room.ts';
import { heldMeetings, referencePopulation } from './figures.store.ts';

/**
 * What the ACI asks (amendment 1, JO of 3 August 2022): at least six meetings a year, and the share of the patients of a treating physician who are in
 * ALD or over 75 that were discussed, paid up to 5 %. The texts say «over 75» and «75 and over»: the stricter one is taken.
 */
export const aci = { wanted: 6, target: 0.05, age: 75, inclusive: false } as const;

/** ISO day before which one is born to be old enough on this day. */
export const bornBefore = (day: string): string =>
  `${Number(day.slice(0, 4)) - aci.age - (aci.inclusive ? 0 : 1)}${day.slice(4) === '-02-29' ? '-03-01' : day.slice(4)}`;

export async function meetingFigures(
  room: Room,
  { tenant }: PersonCaller,
  wanted: number | undefined,
): Promise<z.infer<typeof meetingEntries.meetingFigures.reply>> {
  const now = today(room.now());
  const year = wanted ?? Number(now.slice(0, 4));
  // A year that is over is counted as of its last day.
  const day = [now, `${year}-12-31`].sort()[0]!;
  const { held, population, professionOf } = await room.house(tenant, 'chiffres des concertations').sql(async (sql) => {
    const staff = await staffOf(sql, tenant);
    const physicians = staff.filter((one) => one.profession === 'physician').map((one) => one.practitioner);
    return {
      held: await heldMeetings(
        sql,
        tenant,
        `${year}-01-01 00:00:00 Europe/Paris`,
        `${year + 1}-01-01 00:00:00 Europe/Paris`,
      ),
      population: await referencePopulation(sql, tenant, physicians, bornBefore(day), day),
      professionOf: new Map(staff.map((one) => [one.practitioner, one.profession])),
    };
  });
  const share = (patients: number) => (population > 0 ? patients / population : null);
  const all = new Set<string>();
  const months = Array.from({ length: 12 }, (_, at) => {
    const month = `${year}-${String(at + 1).padStart(2, '0')}`;
    const here = held.filter((one) => today(new Date(one.start)).startsWith(month));
    for (const one of here) for (const patient of one.patients) all.add(patient);
    return { month, held: here.length, discussed: all.size, share: month <= day.slice(0, 7) ? share(all.size) : null };
  });
  return {
    year,
    held: held.length,
    wanted: aci.wanted,
    discussed: all.size,
    files: held.reduce((sum, one) => sum + one.files, 0),
    population,
    age: aci.age,
    share: share(all.size),
    target: aci.target,
    months,
    meetings: held.map((one) => ({
      id: one.id,
      start: new Date(one.start).toISOString(),
      title: one.title,
      files: one.files,
      present: one.present.length,
      professions: new Set(one.present.flatMap((id) => (id ? (professionOf.get(id) ?? []) : []))).size,
    })),
  };
}
