import type { z } from 'zod';
import { type Ctx, isProfession } from '../../access/index.ts';
import { conflict, forbidden, invalid, notFound, record, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { mayIn } from '../projects/reach.ts';
import { actOnPoll } from './act-on-poll.ts';
import { calendarOf, type Meeting } from './calendar.rules.ts';
import type { gatheringsContract } from './contract.ts';
import { behindLink } from '../links/pace.ts';
import { tenantOf } from '../links/tokens.ts';
import { behind } from './links.ts';
import type { Answer } from './polls.rules.ts';
import { answersOf, linkedPollRow, personRow, type SlotRow, slotRows, writeAnswers } from './polls.store.ts';
import { projectOfPoll } from './project-of.store.ts';
import { isMe, takes } from './read-polls.ts';
import { paperOf } from '../papers/papers.store.ts';

const closed = () =>
  conflict(
    'Ce sondage ne prend plus de réponse : son dernier jour est passé, ou la date est choisie. Vos réponses d’avant sont gardées.',
  );
const changed = (version: number) =>
  conflict('Ces réponses ont changé ailleurs entre-temps. Elles viennent d’être relues : vérifiez, puis recommencez.', {
    version,
  });
function demandSlots(answers: Readonly<Record<string, Answer>>, slots: readonly SlotRow[]): void {
  if (Object.keys(answers).some((slot) => !slots.some(({ id }) => id === slot)))
    throw conflict(
      'Les dates proposées ont changé. Elles viennent d’être relues : répondez de nouveau aux dates nouvelles.',
    );
}

/** Answers of the person themselves, or written down by those who organise, who are named then. */
export const answerPoll = async (
  desk: Desk,
  project: string,
  id: string,
  person: string,
  body: { seen: number; answers: Record<string, Answer> },
  ctx: Ctx,
): Promise<{ version: number }> => answerPollAs(desk, await viewerOf(desk, ctx), project, id, person, body);
export const answerPollAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  id: string,
  person: string,
  { seen, answers }: { seen: number; answers: Record<string, Answer> },
): Promise<{ version: number }> =>
  actOnPoll(
    desk,
    viewer,
    project,
    id,
    'read',
    undefined,
    'answer',
    async ({ sql, tenant, project: row, poll, at, today }) => {
      const found = poll.people.find((one) => one.id === person);
      if (!found) throw notFound('Cette personne');
      const mine = isMe(viewer, found);
      if (!mine && !mayIn(viewer, 'support')) throw forbidden('Chacun répond pour soi.');
      if (!takes(poll.row, row, today)) throw closed();
      if (found.version !== seen) throw changed(found.version);
      demandSlots(answers, poll.slots);
      await writeAnswers(
        sql,
        tenant,
        found,
        answers,
        { name: found.name, profession: found.profession, by: mine ? '' : viewer.name },
        at,
      );
      return { result: { version: seen + 1 }, details: { person, answers } };
    },
  );

async function opened(sql: Sql, token: string, now: Date, lock = false) {
  const tenant = tenantOf(token);
  const { poll, person } = await behind(sql, token, now);
  const row = await linkedPollRow(sql, tenant, poll, lock);
  const found = await personRow(sql, tenant, poll, person, lock);
  const project = row && (await projectOfPoll(sql, tenant, row.project));
  if (!row || !found || !project) throw notFound('Ce sondage');
  return { tenant, row, person: found, project, slots: await slotRows(sql, tenant, [poll]) };
}
/** What a guest is shown: the dates and their own answers, nobody else's. Errors: 410, 429 */
export async function linkedPoll(
  desk: Desk,
  token: string,
  ctx: Ctx,
): Promise<z.infer<typeof gatheringsContract.linkedPoll.reply>> {
  return behindLink(desk, ctx.address, () =>
    desk.db.tenant(tenantOf(token), async (sql) => {
      const { tenant, row, person, project, slots } = await opened(sql, token, desk.now());
      const answers = Object.fromEntries(
        (await answersOf(sql, tenant, [row.id]))
          .filter((one) => one.person === person.id && slots.some(({ id }) => id === one.slot))
          .map(({ slot, answer }) => [slot, answer]),
      );
      return {
        title: row.title,
        note: row.note,
        project: project.practiceName,
        region: project.region,
        deadline: row.deadline,
        state: row.state,
        takes: takes(row, project, dayInFrance(desk.now())),
        slot: row.slot,
        slots: slots.map(({ id, starts, minutes, place, visio }) => ({ id, starts, minutes, place, visio })),
        me: {
          name: person.name,
          profession: person.profession,
          side: person.side,
          version: person.version,
          answers,
          answered: person.answeredAt !== null,
        },
      };
    }),
  );
}
export async function answerLink(
  desk: Desk,
  token: string,
  { seen, name, profession, answers }: z.infer<typeof gatheringsContract.answerLink.body>,
  ctx: Ctx,
): Promise<{ version: number }> {
  if (!isProfession(profession))
    throw invalid('Choisissez votre profession dans la liste. Rien n’a été enregistré.', { profession: 'à choisir' });
  const { tenant, tell } = await behindLink(desk, ctx.address, () =>
    desk.db.transaction(tenantOf(token), async (sql) => {
      const { tenant, row, person, project, slots } = await opened(sql, token, desk.now(), true);
      if (!takes(row, project, dayInFrance(desk.now()))) throw closed();
      if (person.version !== seen) throw changed(person.version);
      demandSlots(answers, slots);
      await writeAnswers(sql, tenant, person, answers, { name, profession, by: '' }, desk.now());
      await record(sql, tenant, [
        {
          actor: `Person/${person.id}`,
          actorName: name,
          role: profession,
          action: 'answer',
          target: `Poll/${row.id}`,
          address: ctx.address,
          details: { project: row.project, answers },
        },
      ]);
      return { tenant, tell: project };
    }),
  );
  for (const one of new Set([tenant, ...(tell.practiceTenant === null ? [] : [tell.practiceTenant])]))
    desk.tell(one, { topic: 'projects', project: tell.id });
  return { version: seen + 1 };
}

const sendCalendar = async (ctx: Ctx, meeting: Meeting | undefined): Promise<undefined> => {
  if (!meeting) throw notFound('La date de cette réunion');
  await ctx.reply
    .header('Content-Type', 'text/calendar; charset=utf-8')
    .header('Content-Disposition', 'attachment; filename="reunion.ics"')
    .header('Cache-Control', 'private, no-store')
    .send(calendarOf(meeting));
  return undefined;
};
const meetingOf = async (
  sql: Sql,
  tenant: number,
  row: { state: string; paper: string | null },
): Promise<Meeting | undefined> =>
  row.state === 'chosen' && row.paper
    ? ((await paperOf(sql, tenant, row.paper))?.data.meeting as Meeting | undefined)
    : undefined;
export async function pollCalendar(desk: Desk, project: string, id: string, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const meeting = await actOnPoll(
    desk,
    viewer,
    project,
    id,
    'read',
    undefined,
    'read',
    async ({ sql, tenant, poll }) => ({ result: await meetingOf(sql, tenant, poll.row) }),
  );
  return sendCalendar(ctx, meeting);
}
export async function linkCalendar(desk: Desk, token: string, ctx: Ctx): Promise<undefined> {
  const meeting = await behindLink(desk, ctx.address, () =>
    desk.db.tenant(tenantOf(token), async (sql) => {
      const { tenant, row } = await opened(sql, token, desk.now());
      return meetingOf(sql, tenant, row);
    }),
  );
  return sendCalendar(ctx, meeting);
}
