import { type Ctx, isProfession } from '../../../access/index.ts';
import { conflict, forbidden, invalid, notFound } from '../../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../../desk.ts';
import { mayIn, projectFor } from '../../projects/reach.ts';
import { inProject, stale } from '../change.ts';
import { namable } from './read-time.ts';
import {
  insertMember,
  insertTime,
  type MemberRow,
  membersOf,
  noOtherLeader,
  putRate,
  setMember,
  setTimeRemoved,
  timeRow,
} from './time.store.ts';

type Written = Pick<MemberRow, 'name' | 'profession' | 'leader' | 'role' | 'minutesMonth'>;
const most = 60;
function demandProfession(profession: string): void {
  if (!isProfession(profession))
    throw invalid('Cette profession n’est pas connue. Rien n’a été enregistré.', {
      profession: 'à choisir dans la liste',
    });
}
/** Names a member of the project team: of the practice's people where it works with this product, typed otherwise. */
export const addMember = async (
  desk: Desk,
  project: string,
  body: Written & { practitioner: string | null },
  ctx: Ctx,
): Promise<{ id: string }> => addMemberAs(desk, await viewerOf(desk, ctx), project, body);
export async function addMemberAs(
  desk: Desk,
  viewer: Viewer,
  project: string,
  { practitioner, ...body }: Written & { practitioner: string | null },
): Promise<{ id: string }> {
  const { tenant } = viewer.region;
  const known =
    practitioner === null
      ? []
      : await namable(desk, await desk.db.tenant(tenant, (sql) => projectFor(sql, viewer, project)));
  return inProject(desk, viewer, project, 'team', 'update', async (sql) => {
    demandProfession(body.profession);
    const person = known.find((one) => one.practitioner === practitioner);
    if (practitioner !== null && !person)
      throw invalid('Cette personne n’est pas de la structure. Rien n’a été enregistré.', {
        practitioner: 'à choisir dans la liste',
      });
    const here = (await membersOf(sql, tenant, project)).filter(({ removed }) => !removed);
    if (here.length >= most) throw conflict(`L’équipe projet compte déjà ${most} personnes.`);
    if (person && here.some((one) => one.practitioner === practitioner))
      throw conflict(`${person.name} est déjà dans l’équipe projet.`);
    const member = {
      ...body,
      ...(person && { name: person.name, profession: person.profession }),
      practitioner,
      since: dayInFrance(desk.now()),
    };
    const id = await insertMember(sql, tenant, project, member, viewer.name, desk.now());
    if (body.leader) await noOtherLeader(sql, tenant, project, id);
    return {
      reply: { id },
      details: { member: id, name: member.name, profession: member.profession, leader: member.leader },
    };
  });
}
export const changeMember = async (
  desk: Desk,
  project: string,
  id: string,
  { seen, ...body }: Written & { removed: boolean; seen: number },
  ctx: Ctx,
): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await inProject(desk, viewer, project, 'team', 'update', async (sql) => {
    const { tenant } = viewer.region;
    demandProfession(body.profession);
    const row = (await membersOf(sql, tenant, project)).find((one) => one.id === id);
    if (!row) throw notFound('Cette personne');
    if (row.version !== seen) throw stale('Cette personne');
    const named = row.practitioner !== null;
    await setMember(
      sql,
      tenant,
      id,
      { ...body, ...(named && { name: row.name, profession: row.profession }), leader: body.leader && !body.removed },
      viewer.name,
      desk.now(),
    );
    if (body.leader && !body.removed) await noOtherLeader(sql, tenant, project, id);
    return { reply: undefined, details: { member: id, removed: body.removed, leader: body.leader } };
  });
};

/** Time given to the project: one's own, as a member of its team; anyone's, for those who lead it. */
export const logTime = async (
  desk: Desk,
  project: string,
  body: { member: string; day: string; minutes: number; what: string },
  ctx: Ctx,
): Promise<{ id: string }> => logTimeAs(desk, await viewerOf(desk, ctx), project, body);
export const logTimeAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  body: { member: string; day: string; minutes: number; what: string },
): Promise<{ id: string }> =>
  inProject(desk, viewer, project, 'read', 'log-time', async (sql, row) => {
    const { tenant } = viewer.region;
    const member = (await membersOf(sql, tenant, project)).find((one) => one.id === body.member && !one.removed);
    if (!mayIn(viewer, 'team') && (!member || member.practitioner !== viewer.practitioner))
      throw forbidden(
        'Chacun note son temps ; la coordination et ceux qui accompagnent le projet notent celui des autres.',
      );
    if (row.state !== 'open') throw forbidden('Ce projet est terminé : le temps n’y est plus noté.');
    if (!member)
      throw invalid('Cette personne n’est pas de l’équipe projet. Rien n’a été enregistré.', {
        member: 'à choisir dans l’équipe',
      });
    if (body.day > dayInFrance(desk.now()))
      throw invalid('Le temps se note une fois passé. Rien n’a été enregistré.', { day: 'aujourd’hui au plus tard' });
    const id = await insertTime(
      sql,
      tenant,
      project,
      { ...body, practitioner: viewer.practitioner, by: viewer.name },
      desk.now(),
    );
    return { reply: { id }, details: { time: id, member: body.member, minutes: body.minutes } };
  });
/** Takes a line out, or puts it back: whoever noted it, and those who lead the project. */
export const turnTime = async (
  desk: Desk,
  project: string,
  entry: string,
  removed: boolean,
  ctx: Ctx,
): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await inProject(desk, viewer, project, 'read', 'log-time', async (sql, row) => {
    const time = await timeRow(sql, viewer.region.tenant, project, entry);
    if (!time) throw notFound('Cette ligne');
    if (!mayIn(viewer, 'team') && time.practitioner !== viewer.practitioner)
      throw forbidden('Cette ligne a été notée par une autre personne.');
    if (row.state !== 'open') throw forbidden('Ce projet est terminé : le temps n’y change plus.');
    await setTimeRemoved(sql, viewer.region.tenant, entry, removed);
    return { reply: undefined, details: { time: entry, removed } };
  });
};

export const setRate = async (
  desk: Desk,
  project: string,
  profession: string,
  cents: number,
  ctx: Ctx,
): Promise<void> => setRateAs(desk, await viewerOf(desk, ctx), project, profession, cents);
export const setRateAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  profession: string,
  cents: number,
): Promise<void> =>
  inProject(desk, viewer, project, 'team', 'update', async (sql) => {
    demandProfession(profession);
    await putRate(sql, viewer.region.tenant, project, profession, cents, viewer.name, desk.now());
    return { reply: undefined, details: { rate: profession, cents } };
  });
