import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { notFound, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { usualReminders } from '../contract/reminders.ts';
import { pollRemindersSent } from '../mails/mails.store.ts';
import { reminderPlan } from '../models/models.store.ts';
import { demand, mayIn, type ProjectRow, projectFor } from '../projects/reach.ts';
import type { gatheringsContract, pollLine } from './contract.ts';
import { type Invitable, professionName, projectProfessions, teamOf } from './people.ts';
import { type Answer, type Asked, lackOf, type SlotView, slotsOf, whyOf } from './polls.rules.ts';
import {
  answersOf,
  type PersonRow,
  type PollRow,
  peopleOf,
  pollRow,
  pollsOf,
  type SlotRow,
  slotRows,
} from './polls.store.ts';

/** A poll with what was answered. */
export interface WholePoll {
  row: PollRow;
  slots: SlotRow[];
  people: (PersonRow & { answers: Record<string, Answer> })[];
  /** The best first. */
  views: SlotView[];
}
async function wholePolls(
  sql: Sql,
  tenant: number,
  rows: readonly PollRow[],
  professions: readonly string[],
): Promise<WholePoll[]> {
  const ids = rows.map(({ id }) => id);
  const [slots, people, answers] = [
    await slotRows(sql, tenant, ids),
    await peopleOf(sql, tenant, ids),
    await answersOf(sql, tenant, ids),
  ];
  return rows.map((row) => {
    const own = slots.filter(({ poll }) => poll === row.id);
    const asked = people
      .filter(({ poll }) => poll === row.id)
      .map((one) => ({
        ...one,
        answers: Object.fromEntries(
          answers
            .filter(
              ({ poll, person, slot }) => poll === row.id && person === one.id && own.some(({ id }) => id === slot),
            )
            .map(({ slot, answer }) => [slot, answer]),
        ),
      }));
    return { row, slots: own, people: asked, views: slotsOf(own, asked satisfies Asked[], professions) };
  });
}
export async function wholePoll(
  sql: Sql,
  viewer: Viewer,
  project: ProjectRow,
  id: string,
  team: readonly Invitable[],
): Promise<WholePoll> {
  const row = await pollRow(sql, viewer.region.tenant, project.id, id);
  if (!row) throw notFound('Ce sondage');
  return (
    await wholePolls(
      sql,
      viewer.region.tenant,
      [row],
      await projectProfessions(sql, viewer.region.tenant, project, team),
    )
  )[0]!;
}
/** The days that the call or the region plans for its polls. */
export const usualFor = async (sql: Sql, tenant: number, { edition }: Pick<ProjectRow, 'edition'>): Promise<number[]> =>
  (await reminderPlan(sql, tenant, edition))?.poll ?? [...usualReminders];
/** Answers are taken: the poll is open and its last day is not over. */
export const takes = (
  { state, deadline }: Pick<PollRow, 'state' | 'deadline'>,
  project: Pick<ProjectRow, 'state'>,
  today: string,
): boolean => state === 'open' && deadline >= today && project.state === 'open';
export const isMe = (viewer: Viewer, { practitioner, side }: PersonRow): boolean =>
  practitioner !== null && practitioner === viewer.practitioner && (side === 'team') === (viewer.as === 'practice');

function lineOf(
  viewer: Viewer,
  project: ProjectRow,
  { row, slots, people, views }: WholePoll,
  reminded: { on: string; people: number }[],
  today: string,
): z.infer<typeof pollLine> {
  return {
    id: row.id,
    purpose: row.purpose,
    title: row.title,
    note: row.note,
    deadline: row.deadline,
    remindBefore: row.remindBefore,
    reminded,
    state: row.state,
    takes: takes(row, project, today),
    slot: row.slot,
    reason: row.reason,
    paper: row.paper,
    version: row.version,
    by: row.by,
    slots: views.map((view) => {
      const { starts, minutes, place, visio } = slots.find(({ id }) => id === view.id)!;
      return {
        ...view,
        starts,
        minutes,
        place,
        visio,
        why: whyOf(view, professionName),
        lack: lackOf(view, professionName),
      };
    }),
    people: people.map((one) => ({
      id: one.id,
      side: one.side,
      name: one.name,
      profession: one.profession,
      account: one.practitioner !== null,
      me: isMe(viewer, one),
      email: mayIn(viewer, 'support') ? one.email : null,
      answeredAt: one.answeredAt?.toISOString() ?? null,
      answeredBy: one.answeredBy,
      version: one.version,
      answers: one.answers,
    })),
  };
}
export const polls = async (
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<z.infer<typeof gatheringsContract.datePolls.reply>> => pollsAs(desk, await viewerOf(desk, ctx), id);
export async function pollsAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
): Promise<z.infer<typeof gatheringsContract.datePolls.reply>> {
  const { tenant } = viewer.region;
  const team = await teamOf(desk, viewer, id);
  return desk.db.tenant(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    demand(viewer, project, 'read');
    const professions = await projectProfessions(sql, tenant, project, team);
    const today = dayInFrance(desk.now());
    const whole = await wholePolls(sql, tenant, await pollsOf(sql, tenant, id), professions);
    const open = project.state === 'open';
    const reminded = mayIn(viewer, 'support') ? await pollRemindersSent(sql, tenant, `Project/${id}`) : undefined;
    return {
      professions,
      usual: await usualFor(sql, tenant, project),
      may: { organise: open && mayIn(viewer, 'support'), invite: open && mayIn(viewer, 'team') },
      polls: whole.map((one) => lineOf(viewer, project, one, reminded?.get(one.row.id) ?? [], today)),
    };
  });
}
