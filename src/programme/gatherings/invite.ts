import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, invalid, notFound, Problem, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { linkMark, pageMark, unmarked } from '../mails/links.ts';
import { queueMail } from '../mails/mails.store.ts';
import type { Signing } from '../mails/reminders.ts';
import { demand, mayIn, type ProjectRow, projectFor } from '../projects/reach.ts';
import { actOnPoll } from './act-on-poll.ts';
import type { gatheringsContract } from './contract.ts';
import { expiryOf, newLink } from './links.ts';
import { invitableTo, teamOf } from './people.ts';
import {
  dropLinks,
  insertPerson,
  type PersonRow,
  type PollRow,
  peopleOf,
  personRow,
  setPersonRemoved,
} from './polls.store.ts';
import { isMe, wholePoll } from './read-polls.ts';
import { sayDay } from './words.ts';

const mostPeople = 150;
const openings = {
  asked: (poll: PollRow) => `Vous êtes invité à dire vos disponibilités pour : ${poll.title}.`,
  changed: (poll: PollRow) =>
    `Les dates proposées pour « ${poll.title} » ont changé. Vos réponses aux dates qui restent sont gardées ; dites-nous pour les autres.`,
  reminder: (poll: PollRow) => `Vous n’avez pas encore dit vos disponibilités pour : ${poll.title}.`,
  cancelled: (poll: PollRow) =>
    `Le sondage « ${poll.title} » est abandonné : il n’y a plus à y répondre.${poll.reason ? `\n\n${unmarked(poll.reason)}` : ''}`,
} as const;
const subjects: Readonly<Record<keyof typeof openings, string>> = {
  asked: 'Choisir une date',
  changed: 'Dates changées',
  reminder: 'Rappel, choisir une date',
  cancelled: 'Sondage abandonné',
};

/** Queues a mail to each of these people, once for this version of the poll, or for `once`; a guest's carries a personal link, made as the mail leaves. Nothing to those without an address. */
export async function mailPeople(
  sql: Sql,
  { region }: { region: Signing },
  project: ProjectRow,
  poll: PollRow,
  people: readonly PersonRow[],
  why: keyof typeof openings,
  at: Date,
  once: string | number = poll.version,
): Promise<void> {
  for (const one of people) {
    if (one.email === '') continue;
    const where =
      one.practitioner === null
        ? `Répondez ici, sans compte, avec votre lien personnel :\n${linkMark('sondage', `${poll.id}/${one.id}`)}`
        : `Répondez dans Estran, onglet « Réunions » du projet :\n${pageMark(`/programme/projets/${project.id}?onglet=reunions`)}`;
    const answer =
      why === 'cancelled'
        ? ''
        : `\n\n${poll.note ? `${unmarked(poll.note)}\n\n` : ''}${where}\n\nRépondez au plus tard le ${sayDay(poll.deadline)}.`;
    await queueMail(sql, region.tenant, {
      key: `poll/${poll.id}/${why}${why === 'asked' ? '' : `/${once}`}/${one.id}`,
      subjectOf: `Project/${project.id}`,
      batch: `poll/${poll.id}/${why}/${once}`,
      recipient: one.email,
      name: one.name,
      subject: `${subjects[why]} : ${poll.title}`,
      words: `Bonjour${one.name ? ` ${unmarked(one.name)}` : ''},\n\n${unmarked(openings[why](poll))}\nProjet : ${project.practiceName}, ${region.name}.${answer}\n`,
      paper: null,
      at,
    });
  }
}

export async function pollInvitable(
  desk: Desk,
  project: string,
  id: string,
  ctx: Ctx,
): Promise<z.infer<typeof gatheringsContract.pollInvitable.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const team = await teamOf(desk, viewer, project);
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    const row = await projectFor(sql, viewer, project);
    demand(viewer, row, 'team');
    const { people } = await wholePoll(sql, viewer, row, id, team);
    const all = await invitableTo(sql, viewer, row, team);
    // A team asks its own; ARS, GCS and the consultant are asked by those who organise.
    return all
      .filter(
        ({ practitioner, side }) =>
          !people.some((one) => one.practitioner === practitioner) && (mayIn(viewer, 'support') || side === 'team'),
      )
      .map(({ practitioner, name, profession, side }) => ({ practitioner, name, profession, side }));
  });
}

type Wanted = z.infer<typeof gatheringsContract.inviteToPoll.body>;
export const invite = async (
  desk: Desk,
  project: string,
  id: string,
  body: Wanted,
  ctx: Ctx,
): Promise<{ asked: number }> => inviteAs(desk, await viewerOf(desk, ctx), project, id, body);
/** Asks people once each; those who are asked already are left alone. */
export const inviteAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  id: string,
  { people, guests }: Wanted,
): Promise<{ asked: number }> =>
  actOnPoll(
    desk,
    viewer,
    project,
    id,
    'team',
    undefined,
    'invite',
    async ({ sql, tenant, project: row, poll, team, at }) => {
      if (poll.row.state === 'cancelled')
        throw conflict('Ce sondage est abandonné. Rouvrez-le pour y inviter quelqu’un.');
      const known = (await invitableTo(sql, viewer, row, team)).filter(
        ({ side }) => mayIn(viewer, 'support') || side === 'team',
      );
      const stranger = people.find((one) => !known.some(({ practitioner }) => practitioner === one));
      if (stranger)
        throw invalid('Une de ces personnes ne peut pas être invitée à ce sondage. Personne n’a été invité.', {
          people: 'à choisir dans la liste',
        });
      if (poll.people.length + people.length + guests.length > mostPeople)
        throw new Problem(
          413,
          'Trop de personnes',
          `Un sondage interroge ${mostPeople} personnes au plus. Personne n’a été invité.`,
        );
      const asked: string[] = [];
      const add = async (one: Pick<PersonRow, 'side' | 'practitioner' | 'name' | 'profession' | 'email'>) => {
        const made = await insertPerson(sql, tenant, { ...one, poll: id }, at);
        if (made) asked.push(made);
      };
      for (const practitioner of new Set(people)) await add(known.find((one) => one.practitioner === practitioner)!);
      const there = new Set(
        poll.people.flatMap(({ practitioner, email }) => (practitioner === null && email ? [email.toLowerCase()] : [])),
      );
      for (const { name, profession, email } of guests) {
        if (email && there.has(email.toLowerCase())) continue;
        if (email) there.add(email.toLowerCase());
        else if (name === '')
          throw invalid('Donnez un nom ou une adresse à chaque invité. Personne n’a été invité.', {
            guests: 'un nom ou une adresse',
          });
        await add({ side: 'team', practitioner: null, name, profession, email });
      }
      if (poll.row.state === 'open')
        await mailPeople(
          sql,
          viewer,
          row,
          poll.row,
          (await peopleOf(sql, tenant, [id])).filter((one) => asked.includes(one.id)),
          'asked',
          at,
        );
      return { result: { asked: asked.length }, details: { asked: asked.length } };
    },
  );

/** Takes someone out, or puts them back: those who organise; a team, its own people. Links made before no longer work. */
export const uninvite = async (
  desk: Desk,
  project: string,
  id: string,
  person: string,
  ctx: Ctx,
  out = true,
): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await actOnPoll(
    desk,
    viewer,
    project,
    id,
    'team',
    undefined,
    out ? 'uninvite' : 'restore',
    async ({ sql, tenant, at }) => {
      const found = await personRow(sql, tenant, id, person, true, true);
      if (!found || (found.side !== 'team' && !mayIn(viewer, 'support'))) throw notFound('Cette personne');
      await setPersonRemoved(sql, tenant, id, person, out ? at : null);
      await dropLinks(sql, tenant, id, person);
      return { result: undefined, details: { person } };
    },
  );
};
/** A link to hand over by other means: it is in the answer and nowhere else. */
export const personLink = async (
  desk: Desk,
  project: string,
  id: string,
  person: string,
  ctx: Ctx,
): Promise<{ path: string; expiresOn: string }> => personLinkAs(desk, await viewerOf(desk, ctx), project, id, person);
const personLinkAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  id: string,
  person: string,
): Promise<{ path: string; expiresOn: string }> =>
  actOnPoll(desk, viewer, project, id, 'team', undefined, 'make-link', async ({ sql, tenant, poll, at }) => {
    const found = poll.people.find((one) => one.id === person);
    if (found?.side !== 'team') throw notFound('Cette personne');
    if (found.practitioner !== null && !isMe(viewer, found))
      throw conflict('Cette personne a un compte : elle répond dans Estran.');
    return {
      result: {
        path: await newLink(sql, tenant, { poll: id, person, deadline: poll.row.deadline, at }),
        expiresOn: dayInFrance(expiryOf(poll.row.deadline)),
      },
      details: { person },
    };
  });
