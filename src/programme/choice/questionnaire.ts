import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, invalid, Problem, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { remindersSent } from '../mails/mails.store.ts';
import { reminderPlan } from '../models/models.store.ts';
import { demand, type ProjectRow, projectFor } from '../projects/reach.ts';
import { usualReminders } from '../contract/reminders.ts';
import type { needsContract, Section } from './contract.ts';
import { changeIn, editedMeanwhile, sayDay, writes } from './inside.ts';
import { type Called, inviteWaiting, tellCalled } from './invite.ts';
import { noNeeds } from './links.ts';
import shipped from './models/needs.json' with { type: 'json' };
import {
  type NeedsRow,
  needsOf,
  type PersonRow,
  peopleOf,
  putNeeds,
  setNeedsReminders,
  setShared,
} from './needs.store.ts';
import { formFlaws } from './questionnaire.rules.ts';

type Reply = z.infer<typeof needsContract.needs.reply>;
/** The questionnaire that comes with the product: where a project starts. */
export const shippedForm = shipped as { title: string; intro: string; sections: Section[] };
/** Open on that day: its last day included, in France. */
export const isOpenOn = (needs: Pick<NeedsRow, 'state' | 'closesOn'>, today: string): boolean =>
  needs.state === 'open' && needs.closesOn !== null && today <= needs.closesOn;
export const stateOn = (needs: Pick<NeedsRow, 'state' | 'closesOn'> | undefined, today: string): NeedsRow['state'] =>
  !needs ? 'draft' : needs.state === 'open' && !isOpenOn(needs, today) ? 'closed' : needs.state;

/** How many answered, by profession; a profession that nobody of has answered is among them. */
export function ratesOf(
  people: readonly Pick<PersonRow, 'profession' | 'startedAt' | 'submittedAt'>[],
): Reply['rates'] {
  const rates = new Map<string, Reply['rates'][number]>();
  for (const { profession, startedAt, submittedAt } of people) {
    const rate = rates.get(profession) ?? { profession, asked: 0, started: 0, submitted: 0 };
    rates.set(profession, {
      profession,
      asked: rate.asked + 1,
      started: rate.started + (startedAt ? 1 : 0),
      submitted: rate.submitted + (submittedAt ? 1 : 0),
    });
  }
  return [...rates.values()].sort((a, b) => (a.profession < b.profession ? -1 : 1));
}

export async function readNeeds(desk: Desk, id: string, mails: boolean, ctx: Ctx): Promise<Reply> {
  const viewer = await viewerOf(desk, ctx);
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    demand(viewer, project, 'read');
    const today = dayInFrance(desk.now());
    const [needs, people] = [
      await needsOf(sql, viewer.region.tenant, id),
      await peopleOf(sql, viewer.region.tenant, id),
    ];
    const mine =
      viewer.as === 'practice' ? people.find(({ practitioner }) => practitioner === viewer.practitioner) : undefined;
    const { title, intro, sections } = needs ?? shippedForm;
    const write = writes(viewer, project);
    const [usual, reminded] = [
      await usualOf(sql, viewer.region.tenant, project),
      write ? await remindersSent(sql, viewer.region.tenant, `Project/${id}`, `needs-reminder/${id}/`) : [],
    ];
    return {
      title,
      intro,
      sections,
      state: stateOn(needs, today),
      closesOn: needs?.closesOn ?? null,
      remindBefore: needs?.openedAt ? needs.remindBefore : usual,
      usual,
      reminded,
      openedAt: needs?.openedAt?.toISOString() ?? null,
      version: needs?.version ?? 0,
      by: needs?.by ?? '',
      at: needs?.at.toISOString() ?? null,
      shared: needs?.shared ?? false,
      rates: ratesOf(people),
      mine: !mine ? 'none' : mine.submittedAt ? 'submitted' : mine.startedAt ? 'started' : 'invited',
      here: project.practiceTenant !== null,
      today,
      mails,
      may: { write, answer: viewer.as === 'practice' && needs !== undefined && isOpenOn(needs, today) },
    };
  });
}

/** The days that the call or the region plans for its questionnaires. */
const usualOf = async (sql: Sql, tenant: number, { edition }: Pick<ProjectRow, 'edition'>): Promise<number[]> =>
  (await reminderPlan(sql, tenant, edition))?.questionnaire ?? [...usualReminders];

async function atVersion(sql: Sql, tenant: number, project: ProjectRow, seen: number): Promise<NeedsRow | undefined> {
  const needs = await needsOf(sql, tenant, project.id, true);
  if ((needs?.version ?? 0) !== seen) throw editedMeanwhile('Ce questionnaire');
  return needs;
}
/** Writes the questionnaire of a project; the first time, over the one that comes with the product. */
export const saveNeeds = async (
  desk: Desk,
  id: string,
  body: { seen: number; title: string; intro: string; sections: Section[] },
  ctx: Ctx,
): Promise<{ version: number }> => saveNeedsAs(desk, await viewerOf(desk, ctx), id, body);
const saveNeedsAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { seen, title, intro, sections }: { seen: number; title: string; intro: string; sections: Section[] },
): Promise<{ version: number }> =>
  changeIn(desk, viewer, id, 'support', 'write-needs', async (sql, project) => {
    const { tenant } = viewer.region;
    const needs = await atVersion(sql, tenant, project, seen);
    if (needs && needs.state !== 'draft')
      throw conflict(
        'Ce questionnaire est ouvert ou clos : ses questions ne changent plus. Tant que personne n’a commencé à répondre, vous pouvez le reprendre pour le modifier.',
      );
    const version = await putNeeds(sql, tenant, {
      project: id,
      state: 'draft',
      title,
      intro,
      sections,
      closesOn: null,
      openedAt: needs?.openedAt ?? null,
      remindBefore: needs?.remindBefore ?? [],
      by: viewer.name,
      at: desk.now(),
    });
    return {
      reply: { version },
      details: { questions: sections.reduce((sum, { questions }) => sum + questions.length, 0) },
    };
  });
/** Opens it until a day, or moves that day; whoever is listed and was not written to is invited. Errors: 409, 422 with each flaw of the questionnaire. */
export async function openNeeds(
  desk: Desk,
  id: string,
  body: { seen: number; closesOn: string },
  ctx: Ctx,
): Promise<{ mails: number }> {
  const called = await openNeedsAs(desk, await viewerOf(desk, ctx), id, body);
  await tellCalled(desk, called);
  return { mails: called.mails };
}
export const openNeedsAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { seen, closesOn }: { seen: number; closesOn: string },
): Promise<Called> =>
  changeIn(desk, viewer, id, 'support', 'open-needs', async (sql, project) => {
    const { tenant } = viewer.region;
    const written = await atVersion(sql, tenant, project, seen);
    const needs = written ?? shippedForm;
    const at = desk.now();
    const flaws = formFlaws(needs.sections);
    if (flaws.length > 0)
      throw new Problem(422, 'Questionnaire à corriger', `${flaws.join(' ')} Rien n’a été envoyé.`, {
        extra: { flaws },
      });
    if (closesOn < dayInFrance(at))
      throw invalid('La date de clôture est passée. Choisissez aujourd’hui ou un jour à venir. Rien n’a été envoyé.', {
        closesOn: 'aujourd’hui ou plus tard',
      });
    await putNeeds(sql, tenant, {
      project: id,
      state: 'open',
      title: needs.title,
      intro: needs.intro,
      sections: needs.sections,
      closesOn,
      openedAt: written?.openedAt ?? at,
      remindBefore: written?.openedAt ? written.remindBefore : await usualOf(sql, tenant, project),
      by: viewer.name,
      at,
    });
    const reply = await inviteWaiting(sql, viewer, project, closesOn, at);
    return { reply, details: { closesOn, mails: reply.mails } };
  });
export async function closeNeeds(desk: Desk, id: string, seen: number, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'support', 'close-needs', async (sql, project) => {
    const needs = await atVersion(sql, viewer.region.tenant, project, seen);
    if (needs?.state !== 'open') throw conflict('Ce questionnaire n’est pas ouvert.');
    await putNeeds(sql, viewer.region.tenant, { ...needs, state: 'closed', by: viewer.name, at: desk.now() });
    return { reply: undefined };
  });
}
/** Plans the reminders of an open questionnaire, in days before it closes; none: nobody is reminded but by hand. */
export async function planNeedsReminders(
  desk: Desk,
  id: string,
  { seen, days }: { seen: number; days: number[] },
  ctx: Ctx,
): Promise<{ version: number }> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'support', 'plan-reminders', async (sql, project) => {
    const needs = await atVersion(sql, viewer.region.tenant, project, seen);
    if (!needs || !isOpenOn(needs, dayInFrance(desk.now()))) throw conflict('Ce questionnaire n’est pas ouvert.');
    return {
      reply: {
        version: await setNeedsReminders(
          sql,
          viewer.region.tenant,
          id,
          days.toSorted((a, b) => b - a),
        ),
      },
      details: { days },
    };
  });
}
/** Back to the drawing board, while nobody has begun: links stay good for when it opens again. */
export async function redraftNeeds(desk: Desk, id: string, seen: number, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'support', 'redraft-needs', async (sql, project) => {
    const { tenant } = viewer.region;
    const needs = await atVersion(sql, tenant, project, seen);
    if (!needs) throw noNeeds();
    if (needs.state === 'draft') throw conflict('Ce questionnaire n’est pas ouvert : vous pouvez le modifier.');
    const begun = (await peopleOf(sql, tenant, id)).filter(({ startedAt }) => startedAt).length;
    if (begun > 0)
      throw conflict(
        `${begun} ${begun > 1 ? 'personnes ont commencé' : 'personne a commencé'} à répondre depuis le ${sayDay(dayInFrance(needs.openedAt!))} : les questions ne changent plus.`,
      );
    await putNeeds(sql, tenant, { ...needs, state: 'draft', closesOn: null, by: viewer.name, at: desk.now() });
    if (needs.shared) await setShared(sql, tenant, id, null);
    return { reply: undefined };
  });
}
