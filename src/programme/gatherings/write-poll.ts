import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, invalid, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, trace, type Viewer, viewerOf } from '../desk.ts';
import { tellProject } from '../projects/open-projects.ts';
import { demand, type ProjectRow, projectFor } from '../projects/reach.ts';
import { actOnPoll, type PollAct } from './act-on-poll.ts';
import type { gatheringsContract } from './contract.ts';
import { mailPeople } from './invite.ts';
import { invitableTo } from './people.ts';
import {
  forgetAnswers,
  insertPerson,
  insertPoll,
  type PersonRow,
  peopleOf,
  type PollRow,
  pollRow,
  putSlot,
  removeSlots,
  setPoll,
  setPollReminders,
} from './polls.store.ts';
import { takes, usualFor } from './read-polls.ts';

type NewPoll = z.infer<typeof gatheringsContract.addPoll.body>;
type ChangedPoll = z.infer<typeof gatheringsContract.changePoll.body>;

function demandDays({ deadline, slots }: Pick<NewPoll, 'deadline' | 'slots'>, today: string): void {
  if (deadline < today)
    throw invalid('Le dernier jour pour répondre est passé. Rien n’a été enregistré.', {
      deadline: 'aujourd’hui ou plus tard',
    });
  const early = slots.findIndex(({ starts }) => starts.slice(0, 10) < today);
  if (early >= 0)
    throw invalid('Une des dates proposées est passée. Rien n’a été enregistré.', {
      [`slots.${early}.starts`]: 'une date à venir',
    });
}
/** Whoever organises and the consultant are asked at once; so is the one person of ARS or GCS where there is only one. */
async function askUsual(sql: Sql, viewer: Viewer, project: ProjectRow, poll: string, at: Date): Promise<void> {
  const regional = await invitableTo(sql, viewer, project, []);
  for (const one of regional)
    if (
      one.side === 'consultant' ||
      one.practitioner === viewer.practitioner ||
      regional.filter(({ side }) => side === one.side).length === 1
    )
      await insertPerson(sql, viewer.region.tenant, { ...one, poll }, at);
}

/** Writes to everyone who is asked but whoever acts, as the poll now stands. */
async function tellOthers(
  viewer: Viewer,
  {
    sql,
    tenant,
    project,
    poll,
    at,
  }: Pick<PollAct, 'sql' | 'tenant' | 'project' | 'at'> & {
    poll: { row: Pick<PollRow, 'id'>; people: readonly PersonRow[] };
  },
  why: 'asked' | 'changed' | 'cancelled',
): Promise<void> {
  const now = (await pollRow(sql, tenant, project.id, poll.row.id))!;
  const others = poll.people.filter(({ practitioner }) => practitioner !== viewer.practitioner);
  await mailPeople(sql, viewer, project, now, others, why, at);
}

export const addPoll = async (desk: Desk, id: string, body: NewPoll, ctx: Ctx): Promise<{ id: string }> =>
  addPollAs(desk, await viewerOf(desk, ctx), id, body);
export async function addPollAs(desk: Desk, viewer: Viewer, id: string, body: NewPoll): Promise<{ id: string }> {
  const { tenant } = viewer.region;
  const { project, poll } = await desk.db.transaction(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id, true);
    demand(viewer, project, 'support');
    demandDays(body, dayInFrance(desk.now()));
    const poll = await insertPoll(
      sql,
      tenant,
      {
        project: id,
        purpose: body.purpose,
        title: body.title,
        note: body.note,
        deadline: body.deadline,
        remindBefore: await usualFor(sql, tenant, project),
        by: viewer.name,
      },
      desk.now(),
    );
    for (const { id: _, ...slot } of body.slots) await putSlot(sql, tenant, poll, slot);
    await askUsual(sql, viewer, project, poll, desk.now());
    const asked = { sql, tenant, project, poll: { row: { id: poll }, people: await peopleOf(sql, tenant, [poll]) } };
    await tellOthers(viewer, { ...asked, at: desk.now() }, 'asked');
    await trace(sql, viewer, 'create', `Poll/${poll}`, {
      details: {
        project: id,
        purpose: body.purpose,
        slots: body.slots.map(({ starts }) => starts),
        deadline: body.deadline,
      },
    });
    return { project, poll };
  });
  tellProject(desk, viewer, project);
  return { id: poll };
}

/** Dates that stay keep their answers; a date whose day or hour moves loses them. Everyone who was asked is told once. */
export const changePoll = async (
  desk: Desk,
  project: string,
  id: string,
  body: ChangedPoll,
  ctx: Ctx,
): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await actOnPoll(desk, viewer, project, id, 'support', body.seen, 'change-poll', async (given) => {
    const { sql, tenant, poll, at, today } = given;
    if (poll.row.state !== 'open') throw conflict('Ce sondage n’est plus ouvert. Rouvrez-le pour changer ses dates.');
    demandDays(
      {
        ...body,
        slots: body.slots.filter(
          (one) => !poll.slots.some(({ id: known, starts }) => known === one.id && starts === one.starts),
        ),
      },
      today,
    );
    const unknown = body.slots.findIndex(
      (one) => one.id !== undefined && !poll.slots.some(({ id: known }) => known === one.id),
    );
    if (unknown >= 0)
      throw invalid('Une de ces dates n’est plus dans le sondage. Rien n’a été enregistré.', {
        [`slots.${unknown}.starts`]: 'à ajouter de nouveau',
      });
    const moved = poll.slots
      .filter((one) => body.slots.some((wanted) => wanted.id === one.id && wanted.starts !== one.starts))
      .map((one) => one.id);
    const gone = poll.slots.filter((one) => !body.slots.some((wanted) => wanted.id === one.id)).map((one) => one.id);
    await removeSlots(sql, tenant, id, gone, at);
    await forgetAnswers(sql, tenant, id, [...moved, ...gone]);
    for (const slot of body.slots) await putSlot(sql, tenant, id, slot);
    await setPoll(sql, tenant, id, { ...poll.row, title: body.title, note: body.note, deadline: body.deadline }, at);
    const added = body.slots.filter((one) => one.id === undefined).length;
    if (added + moved.length + gone.length > 0 || body.deadline !== poll.row.deadline)
      await tellOthers(viewer, given, 'changed');
    return {
      result: undefined,
      details: { added, moved: moved.length, removed: gone.length, deadline: body.deadline },
    };
  });
};
/** Plans the reminders of an open poll, in days before the last day to answer; none: nobody is reminded. */
export const planPollReminders = async (
  desk: Desk,
  project: string,
  id: string,
  { seen, days }: { seen: number; days: number[] },
  ctx: Ctx,
): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await actOnPoll(
    desk,
    viewer,
    project,
    id,
    'support',
    seen,
    'plan-reminders',
    async ({ sql, tenant, project: row, poll, at, today }) => {
      if (!takes(poll.row, row, today))
        throw conflict('Ce sondage n’attend plus de réponses. Rouvrez-le, ou changez le dernier jour pour répondre.');
      await setPollReminders(
        sql,
        tenant,
        id,
        days.toSorted((a, b) => b - a),
        at,
      );
      return { result: undefined, details: { days } };
    },
  );
};

export const cancelPoll = async (
  desk: Desk,
  project: string,
  id: string,
  { seen, reason }: { seen: number; reason: string },
  ctx: Ctx,
): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await actOnPoll(desk, viewer, project, id, 'support', seen, 'cancel-poll', async (given) => {
    const { sql, tenant, poll, at } = given;
    if (poll.row.state !== 'open')
      throw conflict(
        poll.row.state === 'chosen'
          ? 'La date est choisie et chacun est invité. Rouvrez le sondage pour en changer.'
          : 'Ce sondage est déjà abandonné.',
      );
    await setPoll(sql, tenant, id, { ...poll.row, state: 'cancelled', reason }, at);
    await tellOthers(viewer, given, 'cancelled');
    return { result: undefined, reason };
  });
};
/** Opens a poll again: after a choice, the invitation stands until another date is chosen. */
export const reopenPoll = async (
  desk: Desk,
  project: string,
  id: string,
  { seen, deadline }: { seen: number; deadline: string },
  ctx: Ctx,
): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await actOnPoll(desk, viewer, project, id, 'support', seen, 'reopen-poll', async (given) => {
    const { sql, tenant, poll, at, today } = given;
    if (poll.row.state === 'open') throw conflict('Ce sondage est ouvert.');
    if (deadline < today)
      throw invalid('Le dernier jour pour répondre est passé. Rien n’a été changé.', {
        deadline: 'aujourd’hui ou plus tard',
      });
    await setPoll(sql, tenant, id, { ...poll.row, state: 'open', slot: null, reason: '', deadline }, at);
    await tellOthers(viewer, given, 'changed');
    return { result: undefined, details: { deadline, was: poll.row.slot } };
  });
};
