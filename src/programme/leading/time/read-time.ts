import type { z } from 'zod';
import { type Ctx, professions, staffOf } from '../../../access/index.ts';
import { sendSheet, type SheetColumn } from '../../../platform/index.ts';
import { byWords } from '../../choice/professions.rules.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../../desk.ts';
import { demand, mayIn, type ProjectRow, projectFor } from '../../projects/reach.ts';
import type { timeContract } from './contract.ts';
import { sumsOf, teamWarnings, worth } from './time.rules.ts';
import { membersOf, ratesOf, timeOf } from './time.store.ts';

type Reply = z.infer<typeof timeContract.projectTeam.reply>;
export const professionWords = (profession: string): string =>
  Object.hasOwn(professions, profession) ? professions[profession as keyof typeof professions].fr : profession;

/** Who of the practice can be named: its people, for those who lead the project. */
export async function namable(
  desk: Desk,
  { practiceTenant }: Pick<ProjectRow, 'practiceTenant'>,
): Promise<Reply['people']> {
  if (practiceTenant === null) return [];
  const staff = await desk.db.tenant(practiceTenant, (sql) => staffOf(sql, practiceTenant));
  return staff
    .filter(({ kind }) => kind === 'care')
    .map(({ practitioner, name, profession }) => ({ practitioner, name, profession }));
}
async function load(desk: Desk, viewer: Viewer, id: string) {
  const { tenant } = viewer.region;
  return desk.db.tenant(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    demand(viewer, project, 'read');
    return {
      project,
      all: await membersOf(sql, tenant, id),
      entries: await timeOf(sql, tenant, id),
      rates: await ratesOf(sql, tenant, id),
    };
  });
}
/** The project team, its time planned and given, and what it is worth (REC-3). */
export async function readProjectTeam(desk: Desk, id: string, ctx: Ctx): Promise<Reply> {
  const viewer = await viewerOf(desk, ctx);
  const { project, all, entries, rates } = await load(desk, viewer, id);
  const today = dayInFrance(desk.now());
  const until = project.endedOn && project.endedOn < today ? project.endedOn : today;
  const members = all.filter(({ removed }) => !removed);
  // Who left plans nothing more; what they gave still counts.
  const counted = all
    .filter((one) => !one.removed || entries.some(({ member }) => member === one.id))
    .map((one) => (one.removed ? { ...one, minutesMonth: 0 } : one));
  const sums = sumsOf(counted, entries, rates, until);
  const writes = mayIn(viewer, 'team') && project.state === 'open';
  const own = members.find(({ practitioner }) => practitioner !== null && practitioner === viewer.practitioner);
  return {
    members: members.map(({ removed: _, ...one }) => ({
      ...one,
      mine: one.id === own?.id,
      sums: sums.people.get(one.id)!,
    })),
    entries: entries.slice(0, 500).map(({ removed: _, practitioner, ...one }) => {
      const member = all.find(({ id: member }) => member === one.member)!;
      return { ...one, name: member.name, profession: member.profession, mine: practitioner === viewer.practitioner };
    }),
    professions: [...sums.professions]
      .map(([profession, { people, ...of }]) => ({
        profession,
        people,
        rateCents: rates[profession] ?? null,
        sums: of,
      }))
      .sort((a, b) => b.sums.planned - a.sums.planned || byWords(a.profession, b.profession)),
    total: sums.total,
    warnings: teamWarnings(members),
    people: writes ? await namable(desk, project) : [],
    writes,
    logs: project.state === 'open' && (writes || own !== undefined),
    today,
  };
}
type SheetRow = {
  day: string;
  name: string;
  profession: string;
  minutes: number;
  what: string;
  rate: number | null;
  by: string;
};
const sheet: readonly SheetColumn<SheetRow>[] = [
  { title: 'Date', kind: 'day', value: ({ day }) => day },
  { title: 'Personne', value: ({ name }) => name, width: 24 },
  { title: 'Profession', value: ({ profession }) => professionWords(profession), width: 24 },
  { title: 'Minutes', kind: 'number', value: ({ minutes }) => minutes },
  { title: 'Objet', value: ({ what }) => what, width: 40 },
  { title: 'Taux horaire (€)', kind: 'cents', value: ({ rate }) => rate },
  { title: 'Valeur (€)', kind: 'cents', value: ({ rate, minutes }) => (rate === null ? null : worth(minutes, rate)) },
  { title: 'Saisi par', value: ({ by }) => by, width: 24 },
];
export async function timeCsv(desk: Desk, id: string, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const { project, all, entries, rates } = await load(desk, viewer, id);
  const rows = entries.toReversed().map((one): SheetRow => {
    const { name, profession } = all.find(({ id: member }) => member === one.member)!;
    return { ...one, name, profession, rate: rates[profession] ?? null };
  });
  await sendSheet(ctx, 'csv', `${project.reference}-temps`, sheet, rows);
  return undefined;
}
