import type { Ctx } from '../../access/index.ts';
import { record, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, viewerOf } from '../desk.ts';
import { linkMark } from '../mails/links.ts';
import { queueMail } from '../mails/mails.store.ts';
import type { Signing } from '../mails/reminders.ts';
import { plannedFor } from '../mails/reminders.rules.ts';
import { type ProjectRow, projectHeld } from '../projects/reach.ts';
import { changeIn, sayDay } from './inside.ts';
import { type Called, closing, greeting, linkKind, openNow, type Signature, tellCalled } from './invite.ts';
import { type NeedsRow, needsOf, needsToRemind, type PersonRow, peopleOf, setReminded } from './needs.store.ts';
import { isOpenOn } from './questionnaire.ts';

/** One reminder, once for a day: by the day on which it was asked or planned. False when there is nobody to write to, or it is queued already. */
const mailReminder = (
  sql: Sql,
  tenant: number,
  project: ProjectRow,
  needs: NeedsRow,
  person: PersonRow,
  signature: Signature,
  day: string,
  at: Date,
): Promise<boolean> | false =>
  person.mail !== '' &&
  queueMail(sql, tenant, {
    key: `needs-reminder/${project.id}/${person.id}/${day}`,
    subjectOf: `Project/${project.id}`,
    batch: `needs-reminder/${day}`,
    recipient: person.mail,
    name: person.name,
    subject: `${project.practiceName} : votre avis sur le futur logiciel partagé`,
    paper: null,
    at,
    words: [
      `${greeting(person.name)}Le questionnaire de votre équipe se clôt le ${sayDay(needs.closesOn!)}${person.startedAt ? ' ; ce que vous avez déjà écrit est conservé' : ''}. Votre profession compte dans le choix du logiciel.`,
      linkMark(linkKind, person.id),
      closing(signature, needs.closesOn!),
    ].join('\n\n'),
  });
const writtenOn = ({ invitedAt, remindedOn }: PersonRow, today: string): boolean =>
  remindedOn === today || (invitedAt !== null && dayInFrance(invitedAt) === today);

/** Writes to those who have not answered; someone already written to that day waits. */
export async function remindNeeds(
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<{ mails: number; notices: number; already: number; unreachable: number }> {
  const viewer = await viewerOf(desk, ctx);
  const { reply, called } = await changeIn(desk, viewer, id, 'support', 'remind-needs', async (sql, project) => {
    const { tenant } = viewer.region;
    const at = desk.now();
    const today = dayInFrance(at);
    const needs = await openNow(sql, viewer, id, at);
    const reply = { mails: 0, notices: 0, already: 0, unreachable: 0 };
    const told: string[] = [];
    for (const person of (await peopleOf(sql, tenant, id)).filter(({ submittedAt }) => !submittedAt)) {
      if (!person.mail && person.practitioner === null) {
        reply.unreachable++;
        continue;
      }
      if (writtenOn(person, today) || !(await setReminded(sql, tenant, person.id, today))) {
        reply.already++;
        continue;
      }
      if (person.practitioner !== null) told.push(person.practitioner);
      if (!person.mail) reply.notices++;
      else if (await mailReminder(sql, tenant, project, needs, person, viewer, today, at)) reply.mails++;
    }
    return {
      reply: { reply, called: { mails: reply.mails, told, practiceTenant: project.practiceTenant } },
      details: reply,
    };
  });
  await tellCalled(desk, called);
  return reply;
}

/** Invited before that day, not written to since, and silent. */
const waitsFor = ({ submittedAt, invitedAt, remindedOn, mail, practitioner }: PersonRow, planned: string): boolean =>
  !submittedAt &&
  invitedAt !== null &&
  dayInFrance(invitedAt) < planned &&
  (remindedOn === null || remindedOn < planned) &&
  (mail !== '' || practitioner !== null);

/** The reminders of questionnaires that were planned for today, each questionnaire by itself: one that fails holds up no other. */
export async function remindNeedsPlanned(desk: Desk, region: Signing, failed: (error: unknown) => void): Promise<void> {
  const today = dayInFrance(desk.now());
  for (const project of await desk.db.tenant(region.tenant, (sql) => needsToRemind(sql, region.tenant, today)))
    await remindProject(desk, region, project, today).catch(failed);
}
async function remindProject(desk: Desk, region: Signing, id: string, today: string): Promise<void> {
  const { tenant } = region;
  const waiting = async (
    sql: Sql,
    needs: NeedsRow | undefined,
  ): Promise<{ planned: string; people: PersonRow[] } | undefined> => {
    const planned =
      needs && isOpenOn(needs, today) ? plannedFor(needs.remindBefore, needs.closesOn!, today) : undefined;
    return planned === undefined
      ? undefined
      : { planned, people: (await peopleOf(sql, tenant, id)).filter((one) => waitsFor(one, planned)) };
  };
  // Looked at without holding anything first: on most minutes there is nobody.
  if (!(await desk.db.tenant(tenant, async (sql) => waiting(sql, await needsOf(sql, tenant, id))))?.people.length)
    return;
  const called = await desk.db.transaction(tenant, async (sql): Promise<Called | undefined> => {
    const project = await projectHeld(sql, tenant, id);
    const needs = await needsOf(sql, tenant, id, true);
    const due = project?.state === 'open' ? await waiting(sql, needs) : undefined;
    if (!due?.people.length) return undefined;
    const at = desk.now();
    const told: string[] = [];
    let mails = 0;
    for (const person of due.people) {
      if (!(await setReminded(sql, tenant, person.id, today))) continue;
      if (person.practitioner !== null) told.push(person.practitioner);
      if (await mailReminder(sql, tenant, project!, needs!, person, { name: needs!.by, region }, due.planned, at))
        mails++;
    }
    await record(sql, tenant, [
      {
        actor: 'System',
        action: 'remind-needs',
        target: `Project/${id}`,
        details: { planned: due.planned, mails, notices: told.length },
      },
    ]);
    return { mails, told, practiceTenant: project!.practiceTenant };
  });
  if (!called) return;
  desk.tell(tenant, { topic: 'projects', project: id });
  await tellCalled(desk, called);
}
