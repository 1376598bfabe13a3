import { type Ctx, professions, professionCodes, sitesOf, staffOf } from '../../access/index.ts';
import { conflict, forbidden, invalid, notFound, slugOf, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, partOf, trace, type Viewer, viewerOf } from '../desk.ts';
import type { AboutTrack } from './contract.ts';
import { demand, demandSeen, mayIn, type TrackRow, trackFor } from './reach.ts';
import {
  changeTrack,
  insertTrack,
  mspStatusOf,
  type PersonRow,
  peopleOf,
  putPerson,
  removePerson,
} from './tracks.store.ts';

/** The screens of the region and of the practice read it again. */
function tellTrack(desk: Desk, viewer: Viewer, track: Pick<TrackRow, 'id' | 'practiceTenant'>): void {
  for (const tenant of new Set([
    viewer.region.tenant,
    ...(track.practiceTenant === null ? [] : [track.practiceTenant]),
  ]))
    desk.tell(tenant, { topic: 'tracks', track: track.id });
}
/** One act on a track in the order of the house: reach, right, version, change, ledger, hint. `seen`: the version on screen, where the act is on the track itself. */
export async function act<T>(
  desk: Desk,
  viewer: Viewer,
  id: string,
  how: { part: Parameters<typeof demand>[2]; name: string; seen?: number | undefined },
  work: (
    sql: Sql,
    track: TrackRow,
    at: Date,
  ) => Promise<{ result: T; details?: Record<string, unknown>; reason?: string }>,
): Promise<T> {
  const { tenant } = viewer.region;
  const { track, result } = await desk.db.transaction(tenant, async (sql) => {
    const track = await trackFor(sql, viewer, id, true);
    demand(viewer, track, how.part);
    if (how.seen !== undefined) demandSeen(track, how.seen);
    const { result, details, reason } = await work(sql, track, desk.now());
    await trace(sql, viewer, how.name, `Track/${id}`, { ...(details && { details }), ...(reason && { reason }) });
    return { track, result };
  });
  tellTrack(desk, viewer, track);
  return result;
}

const nothingSaid: AboutTrack = {
  askedBy: null,
  territory: '',
  members: {},
  generalists: 0,
  themes: [],
  association: { name: '', seat: '', president: '', purpose: '' },
  contact: { name: '', role: '', mail: '' },
};
export interface NewTeam {
  name: string;
  contact: string;
  mail: string;
}

/** Opens the track of the viewer's team with what the practice says of itself; of a team that does not work with this product, for an officer. One is under way at a time: it is found again. */
export const openTrack = async (
  desk: Desk,
  body: { kind: 'esp' | 'msp'; team?: NewTeam | undefined },
  ctx: Ctx,
): Promise<{ id: string; created: boolean }> => openTrackAs(desk, await viewerOf(desk, ctx), body.kind, body.team);
export async function openTrackAs(
  desk: Desk,
  viewer: Viewer,
  kind: 'esp' | 'msp',
  team?: NewTeam,
): Promise<{ id: string; created: boolean }> {
  const { tenant } = viewer.region;
  if (viewer.as === 'practice' ? !viewer.manages : viewer.as !== 'officer')
    throw forbidden(
      'La coordination d’une équipe ouvre son parcours ; l’ARS ouvre celui d’une équipe qui n’a pas de compte ici.',
    );
  if (viewer.as === 'officer' && !team)
    throw invalid('Nommez l’équipe et la personne à qui répondre. Rien n’a été ouvert.', { team: 'à renseigner' });
  const about =
    viewer.as === 'practice'
      ? await alreadySaid(desk, viewer)
      : { ...nothingSaid, contact: { name: team!.contact, role: '', mail: team!.mail } };
  const at = desk.now();
  const made = await desk.db.transaction(tenant, async (sql) => {
    const of =
      viewer.as === 'practice'
        ? {
            practice: viewer.practice.id,
            practiceName: viewer.practice.name,
            practiceTenant: viewer.caller.tenant || null,
          }
        : { practice: `equipe-${slugOf(team!.name, 50)}`, practiceName: team!.name, practiceTenant: null };
    if (await mspStatusOf(sql, tenant, of.practice))
      throw conflict(
        'Cette équipe est déjà reconnue MSP : son parcours est à son terme. Il reste ouvert pour son plan d’actions.',
      );
    const made = await insertTrack(sql, tenant, { kind, ...of, about, openedOn: dayInFrance(at), by: viewer.name, at });
    if (made.created)
      await trace(sql, viewer, 'create', `Track/${made.id}`, { details: { kind, practice: of.practice } });
    return made;
  });
  tellTrack(desk, viewer, {
    id: made.id,
    practiceTenant: viewer.as === 'practice' ? viewer.caller.tenant || null : null,
  });
  return made;
}
async function alreadySaid({ db }: Desk, viewer: Extract<Viewer, { as: 'practice' }>): Promise<AboutTrack> {
  const contact = { name: viewer.name, role: professions[viewer.caller.profession].fr, mail: viewer.mail ?? '' };
  const { tenant } = viewer.caller;
  if (!tenant) return { ...nothingSaid, contact };
  const [people, sites] = await db.tenant(
    tenant,
    async (sql) => [await staffOf(sql, tenant), await sitesOf(sql, tenant)] as const,
  );
  const members: Record<string, number> = {};
  for (const { profession, kind } of people)
    if (kind === 'care' && professionCodes.includes(profession)) members[profession] = (members[profession] ?? 0) + 1;
  return {
    ...nothingSaid,
    members,
    generalists: members.physician ?? 0,
    association: { ...nothingSaid.association, seat: [sites[0]?.name, sites[0]?.address].filter(Boolean).join(', ') },
    contact: {
      ...contact,
      mail: contact.mail || (people.find(({ practitioner }) => practitioner === viewer.practitioner)?.email ?? ''),
    },
  };
}

/** What the team says of itself; it stands once the project is before the commission. */
export const saveTrack = async (
  desk: Desk,
  id: string,
  body: { kind: 'esp' | 'msp'; about: AboutTrack; seen: number },
  ctx: Ctx,
): Promise<{ version: number }> => saveTrackAs(desk, await viewerOf(desk, ctx), id, body);
export const saveTrackAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { kind, about, seen }: { kind: 'esp' | 'msp'; about: AboutTrack; seen: number },
): Promise<{ version: number }> =>
  act(desk, viewer, id, { part: 'manage', name: 'update', seen }, async (sql, track, at) => {
    if (track.state === 'submitted' || track.state === 'validated')
      throw conflict(
        track.state === 'submitted'
          ? 'Le projet est devant la commission : reprenez-le pour changer la présentation de l’équipe.'
          : 'L’équipe est reconnue : sa présentation ne change plus ici.',
      );
    if (kind !== track.kind && track.state !== 'meeting')
      throw conflict('La demande de soutien est envoyée : la forme de l’équipe ne change plus.');
    if (about.generalists > (about.members.physician ?? 0))
      throw invalid('Il y a plus de médecins généralistes que de médecins. Rien n’a été enregistré.', {
        generalists: 'au plus le nombre de médecins',
      });
    const version = await changeTrack(sql, viewer.region.tenant, track, { kind, about }, viewer.name, at);
    return { result: { version }, details: { before: track.about, after: about, kind } };
  });

export const stopTrack = async (desk: Desk, id: string, reason: string, ctx: Ctx): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await act(desk, viewer, id, { part: 'manage', name: 'stop' }, async (sql, track, at) => {
    if (track.state === 'validated') throw conflict('L’équipe est reconnue : ce parcours ne s’arrête plus.');
    await changeTrack(
      sql,
      viewer.region.tenant,
      track,
      { state: 'stopped', beforeStop: track.state, reason },
      viewer.name,
      at,
    );
    return { result: undefined, reason };
  });
};
export async function resumeTrack(desk: Desk, id: string, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  const track = await desk.db.transaction(tenant, async (sql) => {
    const track = await trackFor(sql, viewer, id, true);
    demand(viewer, { ...track, state: 'meeting' }, 'manage');
    if (track.state !== 'stopped') throw conflict('Ce parcours n’est pas arrêté.');
    await changeTrack(
      sql,
      tenant,
      track,
      { state: track.beforeStop ?? 'meeting', beforeStop: null, reason: '' },
      viewer.name,
      desk.now(),
    );
    await trace(sql, viewer, 'resume', `Track/${id}`);
    return track;
  });
  tellTrack(desk, viewer, track);
}

/** Who may be given a part: the team and ARS choose who writes with the coordinator, its consultant, partners with whom it is shared. */
async function candidates(desk: Desk, viewer: Viewer, track: TrackRow): Promise<PersonRow[]> {
  const { tenant } = viewer.region;
  const regional = (await desk.db.tenant(tenant, (sql) => staffOf(sql, tenant))).flatMap(
    ({ practitioner, name, profession }): PersonRow[] => {
      const role = partOf(profession);
      return role === 'consultant' || role === 'partner' ? [{ practitioner, name, role }] : [];
    },
  );
  // The people of a practice are named to its own people only.
  const own =
    viewer.as === 'practice' && viewer.caller.tenant
      ? (await desk.db.tenant(viewer.caller.tenant, (sql) => staffOf(sql, viewer.caller.tenant)))
          .filter(({ kind, practitioner }) => kind === 'care' && practitioner !== viewer.practitioner)
          .map(({ practitioner, name }): PersonRow => ({ practitioner, name, role: 'writer' }))
      : [];
  return mayIn(viewer, track, 'manage') ? [...own, ...regional] : [];
}
export async function trackPeople(desk: Desk, id: string, ctx: Ctx): Promise<PersonRow[]> {
  const viewer = await viewerOf(desk, ctx);
  return candidates(desk, viewer, await desk.db.tenant(viewer.region.tenant, (sql) => trackFor(sql, viewer, id)));
}
export const putTrackPerson = async (desk: Desk, id: string, practitioner: string, ctx: Ctx): Promise<void> =>
  putTrackPersonAs(desk, await viewerOf(desk, ctx), id, practitioner);
/** A track has one consultant: naming another takes the first one's place. */
export async function putTrackPersonAs(desk: Desk, viewer: Viewer, id: string, practitioner: string): Promise<void> {
  const { tenant } = viewer.region;
  const known = await candidates(desk, viewer, await desk.db.tenant(tenant, (sql) => trackFor(sql, viewer, id)));
  await act(desk, viewer, id, { part: 'manage', name: 'give-part' }, async (sql, _track, at) => {
    const person = known.find((one) => one.practitioner === practitioner);
    if (!person)
      throw invalid('Cette personne ne peut pas recevoir de part dans ce parcours. Rien n’a été changé.', {
        practitioner: 'à choisir dans la liste',
      });
    if (person.role === 'consultant')
      for (const former of await peopleOf(sql, tenant, id))
        if (former.role === 'consultant') await removePerson(sql, tenant, id, former.practitioner, at);
    await putPerson(sql, tenant, id, person, viewer.name, at);
    return { result: undefined, details: { practitioner, role: person.role } };
  });
}
export async function removeTrackPerson(desk: Desk, id: string, practitioner: string, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  await act(desk, viewer, id, { part: 'manage', name: 'take-part' }, async (sql, _track, at) => {
    const person = (await peopleOf(sql, tenant, id)).find((one) => one.practitioner === practitioner);
    if (!person) throw notFound('Cette part dans le parcours');
    await removePerson(sql, tenant, id, practitioner, at);
    return { result: undefined, details: { practitioner } };
  });
}
