import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type Ctx, isProfession, professionCodes, type Staff, staffOf, tellNotice } from '../../access/index.ts';
import { conflict, forbidden, invalid, notFound, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { linkMark } from '../mails/links.ts';
import { queueMail } from '../mails/mails.store.ts';
import { demand, type ProjectRow, projectFor } from '../projects/reach.ts';
import type { needsContract } from './contract.ts';
import { changeIn, sayDay } from './inside.ts';
import { hashOf, newToken } from '../links/tokens.ts';
import { giveToken, noNeeds, pageOf } from './links.ts';
import {
  insertPerson,
  type NeedsRow,
  needsOf,
  peopleOf,
  personOf,
  setInvited,
  setPersonRemoved,
  setShared,
} from './needs.store.ts';
import { isOpenOn } from './questionnaire.ts';

/** People asked in one project. */
const mostPeople = 500;
export const linkKind = 'questionnaire';

/** The staff of a practice that works with this product: professions of care, secretaries, coordinators. */
async function staffIn(desk: Desk, { practiceTenant }: ProjectRow): Promise<Staff[]> {
  if (practiceTenant === null) return [];
  return (await desk.db.tenant(practiceTenant, (sql) => staffOf(sql, practiceTenant))).filter(
    ({ kind, profession }) => kind === 'care' && professionCodes.includes(profession),
  );
}

export async function needsPeople(
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<z.infer<typeof needsContract.needsPeople.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { project, people } = await desk.db.tenant(viewer.region.tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    demand(viewer, { state: 'open' }, 'support');
    return { project, people: await peopleOf(sql, viewer.region.tenant, id) };
  });
  const staff = await staffIn(desk, project);
  return {
    people: people.map(
      ({
        id: person,
        name,
        profession,
        mail,
        practitioner,
        shared,
        invitedAt,
        remindedOn,
        reminders,
        startedAt,
        submittedAt,
      }) => ({
        id: person,
        name,
        profession,
        mail,
        account: practitioner !== null,
        shared,
        state: submittedAt ? 'submitted' : startedAt ? 'started' : invitedAt ? 'invited' : 'listed',
        invitedAt: invitedAt?.toISOString() ?? null,
        remindedOn,
        reminders,
      }),
    ),
    staff: staff.filter(({ practitioner }) => !people.some((one) => one.practitioner === practitioner)).length,
  };
}

export const greeting = (name: string) => `Bonjour${name ? ` ${name}` : ''},\n\n`;
/** In whose name a mail is written. */
export type Signature = Pick<Viewer, 'name'> & { region: { name: string } };
export const closing = ({ name, region }: Signature, closesOn: string) =>
  `Vous pouvez vous arrêter et revenir par le même lien, sur un téléphone ou un ordinateur, jusqu’au ${sayDay(closesOn)}. Aucun compte n’est nécessaire. Ce lien est personnel : ne le transmettez pas.\n\n${name}\n${region.name}\n`;
/** Whom a change concerns: mails queued, people of the practice to be told inside the product. */
export interface Called {
  mails: number;
  told: string[];
  practiceTenant: number | null;
}
/** Tells people of the practice, without content, once while they have not read it. */
export async function tellCalled(desk: Desk, { told, practiceTenant }: Called): Promise<void> {
  if (practiceTenant === null || told.length === 0) return;
  await desk.db.transaction(practiceTenant, async (sql) => {
    for (const practitioner of told)
      await tellNotice(
        sql,
        practiceTenant,
        {
          practitioner,
          kind: 'programme:needs',
          patient: null,
          words: 'Le questionnaire du projet de logiciel partagé vous attend, dans « Programme régional ».',
        },
        { once: true },
      );
  });
}
/** Writes to each listed person who was not written to, once each. */
export async function inviteWaiting(
  sql: Sql,
  viewer: Viewer,
  project: ProjectRow,
  closesOn: string,
  at: Date,
): Promise<Called> {
  const { tenant } = viewer.region;
  let mails = 0;
  const told: string[] = [];
  for (const person of await peopleOf(sql, tenant, project.id)) {
    if (person.invitedAt || person.shared) continue;
    const queued =
      person.mail !== '' &&
      (await queueMail(sql, tenant, {
        key: `needs-invitation/${project.id}/${person.id}`,
        subjectOf: `Project/${project.id}`,
        batch: `needs-invitation/${dayInFrance(at)}`,
        recipient: person.mail,
        name: person.name,
        subject: `${project.practiceName} : vos besoins pour le futur logiciel partagé`,
        paper: null,
        at,
        words: `${greeting(person.name)}Votre équipe choisit un système d’information partagé. Ce questionnaire recueille vos outils d’aujourd’hui, vos besoins et vos attentes : une dizaine de minutes, à votre adresse personnelle.\n\n${linkMark(linkKind, person.id)}\n\n${closing(viewer, closesOn)}`,
      }));
    if (queued) mails++;
    if (person.practitioner !== null) told.push(person.practitioner);
    // Who has neither an address nor an account waits for a link to be handed over.
    if (queued || person.practitioner !== null) await setInvited(sql, tenant, person.id, at);
  }
  return { mails, told, practiceTenant: project.practiceTenant };
}
/** Adds people to ask; when the questionnaire is open they are written to at once. */
export async function addNeedsPeople(
  desk: Desk,
  id: string,
  body: z.infer<typeof needsContract.addNeedsPeople.body>,
  ctx: Ctx,
): Promise<{ added: number; mails: number }> {
  const { added, called } = await addNeedsPeopleAs(desk, await viewerOf(desk, ctx), id, body);
  await tellCalled(desk, called);
  return { added, mails: called.mails };
}
export async function addNeedsPeopleAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  { staff, people }: z.infer<typeof needsContract.addNeedsPeople.body>,
): Promise<{ added: number; called: Called }> {
  const project = await desk.db.tenant(viewer.region.tenant, (sql) => projectFor(sql, viewer, id));
  demand(viewer, project, 'support');
  if (staff && project.practiceTenant === null)
    throw invalid(
      'Cette équipe ne travaille pas avec ce produit : saisissez ou collez la liste des personnes. Rien n’a été enregistré.',
    );
  const known = staff ? await staffIn(desk, project) : [];
  for (const [at, { profession }] of people.entries())
    if (!isProfession(profession) || !professionCodes.includes(profession))
      throw invalid(`Ligne ${at + 1} : la profession n’est pas dans la liste. Rien n’a été enregistré.`, {
        [`people.${at}.profession`]: 'à choisir dans la liste',
      });
  return changeIn(desk, viewer, id, 'support', 'ask-needs', async (sql, row) => {
    const { tenant } = viewer.region;
    const at = desk.now();
    const there = await peopleOf(sql, tenant, id);
    const mailsThere = new Set(there.map(({ mail }) => mail.toLowerCase()).filter(Boolean));
    const wanted = [
      ...known.map(({ practitioner, name, profession, email }) => ({
        practitioner,
        name,
        profession: profession as string,
        mail: email.includes('@') ? email : '',
      })),
      ...people.map((one) => ({ ...one, practitioner: null })),
    ];
    if (there.length + wanted.length > mostPeople)
      throw invalid(`Un questionnaire s’adresse à ${mostPeople} personnes au plus. Rien n’a été enregistré.`);
    let added = 0;
    for (const { practitioner, name, profession, mail } of wanted) {
      if (mail && mailsThere.has(mail.toLowerCase())) continue;
      if (mail) mailsThere.add(mail.toLowerCase());
      if (
        await insertPerson(sql, tenant, {
          id: randomUUID(),
          project: id,
          practitioner,
          name,
          profession,
          mail,
          shared: false,
          at,
        })
      )
        added++;
    }
    const needs = await needsOf(sql, tenant, id);
    const called: Called =
      needs && isOpenOn(needs, dayInFrance(at))
        ? await inviteWaiting(sql, viewer, row, needs.closesOn!, at)
        : { mails: 0, told: [], practiceTenant: null };
    return { reply: { added, called }, details: { added, mails: called.mails } };
  });
}
async function personIn(sql: Sql, viewer: Viewer, project: string, person: string) {
  const row = await personOf(sql, viewer.region.tenant, project, person);
  if (!row) throw notFound('Cette personne');
  return row;
}
/** Asks someone no longer, or again. Who has begun to answer stays: their words are theirs. */
export async function turnNeedsPerson(desk: Desk, id: string, person: string, on: boolean, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'support', on ? 'ask-needs' : 'unask-needs', async (sql) => {
    const row = await personIn(sql, viewer, id, person);
    if (!on && row.startedAt) throw conflict('Cette personne a commencé à répondre : elle reste dans la liste.');
    await setPersonRemoved(sql, viewer.region.tenant, person, on ? null : desk.now());
    return { reply: undefined, details: { person } };
  });
}
/** A link to hand over: said once. */
export async function needsLink(desk: Desk, id: string, person: string, ctx: Ctx): Promise<{ link: string }> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'support', 'link-needs', async (sql) => {
    const row = await personIn(sql, viewer, id, person);
    if (row.removed) throw notFound('Cette personne');
    // Behind a link stand the answers: once someone began, only they may ask for another one, or the mail of a reminder.
    if (row.startedAt)
      throw conflict(
        'Cette personne a commencé à répondre : un nouveau lien montrerait ses réponses. Relancez-la par courriel, ou dites-lui de reprendre son lien.',
      );
    await setInvited(sql, viewer.region.tenant, person, row.invitedAt ?? desk.now());
    return {
      reply: { link: pageOf(await giveToken(sql, viewer.region.tenant, person, desk.now())) },
      details: { person },
    };
  });
}
export async function openNow(sql: Sql, viewer: Viewer, project: string, at: Date): Promise<NeedsRow> {
  const needs = await needsOf(sql, viewer.region.tenant, project, true);
  if (!needs) throw noNeeds();
  if (!isOpenOn(needs, dayInFrance(at))) throw conflict('Le questionnaire n’est pas ouvert.');
  return needs;
}
/** One link for the whole team; the one before stops working. */
export async function shareNeeds(desk: Desk, id: string, ctx: Ctx): Promise<{ link: string }> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'support', 'share-needs', async (sql) => {
    await openNow(sql, viewer, id, desk.now());
    const token = newToken(viewer.region.tenant);
    await setShared(sql, viewer.region.tenant, id, hashOf(token));
    return { reply: { link: pageOf(token) } };
  });
}
export async function unshareNeeds(desk: Desk, id: string, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'support', 'unshare-needs', async (sql) => {
    await setShared(sql, viewer.region.tenant, id, null);
    return { reply: undefined };
  });
}
/** My own link, as a person of the practice; who came after the list was made is added to it. */
export async function myNeeds(desk: Desk, id: string, ctx: Ctx): Promise<{ token: string }> {
  const viewer = await viewerOf(desk, ctx);
  if (viewer.as !== 'practice') throw forbidden('Seules les personnes de l’équipe répondent au questionnaire.');
  const { tenant } = viewer.region;
  return desk.db.transaction(tenant, async (sql) => {
    await projectFor(sql, viewer, id, true);
    const at = desk.now();
    await openNow(sql, viewer, id, at);
    const mine = async () =>
      (await peopleOf(sql, tenant, id)).find(({ practitioner }) => practitioner === viewer.practitioner);
    let person = await mine();
    if (!person) {
      if (
        !(await insertPerson(sql, tenant, {
          id: randomUUID(),
          project: id,
          practitioner: viewer.practitioner,
          name: viewer.name,
          profession: viewer.caller.profession,
          mail: '',
          shared: false,
          at,
        }))
      )
        throw forbidden(
          'Vous n’êtes plus dans la liste des personnes interrogées. Adressez-vous à la personne qui accompagne votre équipe.',
        );
      person = (await mine())!;
      await setInvited(sql, tenant, person.id, at);
    }
    return { token: await giveToken(sql, tenant, person.id, at) };
  });
}
