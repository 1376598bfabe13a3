import type { z } from 'zod';
import { spendingOf, useOf } from '../contract/region.ts';
import { plain } from './communes.ts';
import type { Filters, practiceLine, practiceStatus } from './contract.ts';

export type PracticeLine = z.infer<typeof practiceLine>;
export type PracticeStatus = z.infer<typeof practiceStatus>;

const shapes = [
  'auvergne-rhone-alpes',
  'bourgogne-franche-comte',
  'bretagne',
  'centre-val-de-loire',
  'corse',
  'grand-est',
  'guadeloupe',
  'guyane',
  'hauts-de-france',
  'ile-de-france',
  'la-reunion',
  'martinique',
  'mayotte',
  'normandie',
  'nouvelle-aquitaine',
  'occitanie',
  'pays-de-la-loire',
  'provence-alpes-cote-d-azur',
];
/** The administrative region that the name of a region of the programme says («ARS Bretagne (démonstration)»); null when it says none: the map then shows all of France. */
export const shapeNamed = (name: string): string | null =>
  shapes.find((one) => ` ${plain(name)} `.includes(` ${one.replaceAll('-', ' ')} `)) ?? null;

const statusOrder: readonly PracticeStatus[] = [
  'project',
  'chosen',
  'waiting',
  'applied',
  'refused',
  'renounced',
  'stopped',
  'closed',
  'none',
];
const keys: Record<string, (one: PracticeLine) => string | number> = {
  team: (one) => plain(one.team),
  status: (one) => statusOrder.indexOf(one.status),
  step: (one) => one.step?.at ?? -1,
  late: (one) => one.lateDays,
  ends: (one) => one.endsOn ?? '',
  paid: (one) => one.spending?.paidCents ?? -1,
  use: (one) => (one.use ? (one.use.professions ?? 0) : -1),
  call: (one) => one.call?.year ?? 0,
  department: (one) => one.place?.department ?? '',
};
/** What the filters keep, in the order asked; equals by name. */
export function kept(all: readonly PracticeLine[], filters: Filters): PracticeLine[] {
  const typed = plain(filters.q);
  const found = all.filter(
    (one) =>
      plain(`${one.team} ${one.territory} ${one.place?.label ?? ''} ${one.consultant ?? ''}`).includes(typed) &&
      (!filters.status || one.status === filters.status) &&
      (!filters.step || one.step?.id === filters.step) &&
      (!filters.delay || (one.step !== null && one.lateDays > 0 === (filters.delay === 'late'))) &&
      (!filters.spending || spendingOf(one) === filters.spending) &&
      (!filters.use || useOf(one) === filters.use) &&
      (!filters.call || one.call?.id === filters.call) &&
      (!filters.department || one.place?.department === filters.department),
  );
  const down = filters.sort.startsWith('-');
  const key = keys[filters.sort.replace('-', '')]!;
  return found.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    return (left < right ? -1 : left > right ? 1 : 0) * (down ? -1 : 1) || (keys.team!(a) < keys.team!(b) ? -1 : 1);
  });
}
