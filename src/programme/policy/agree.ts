import type { Ctx } from '../../access/index.ts';
import { conflict, invalid, notFound, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { mailTeam } from './ask-support.ts';
import { act } from './open-track.ts';
import {
  type ActionFacts,
  type ActionRow,
  actionOf,
  actionsOf,
  agreementOf,
  insertAction,
  putAgreement,
  setActionRemoved,
  updateAction,
} from './outcome.store.ts';
import { outlineFor } from './outline.ts';
import { aciCore } from './outlines/index.ts';
import { agreementPaperOf, issue } from './papers.ts';
import type { TrackRow } from './reach.ts';
import { shortKind, yearFrom } from './tracks.rules.ts';

function demandPhase3(track: TrackRow): void {
  if (track.state !== 'validated') throw conflict('La phase 3 s’ouvre avec la validation du projet de santé.');
}
async function demandRunning(sql: Sql, tenant: number, track: TrackRow) {
  demandPhase3(track);
  const agreement = await agreementOf(sql, tenant, track.id);
  if (agreement?.closedOn) throw conflict('La phase 3 est terminée : son plan d’actions ne change plus.');
  return agreement;
}
interface Terms {
  startsOn: string;
  amountCents: number;
  signatory: string;
  signatoryRole: string;
}
export const agreeTrack = async (desk: Desk, id: string, body: Terms & { seen: number }, ctx: Ctx): Promise<void> =>
  agreeTrackAs(desk, await viewerOf(desk, ctx), id, body);
/** The agreement of one year (POL-8). */
export const agreeTrackAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { seen, ...terms }: Terms & { seen: number },
): Promise<void> =>
  act(desk, viewer, id, { part: 'instruct', name: 'agree' }, async (sql, track, at) => {
    const { tenant } = viewer.region;
    const before = await demandRunning(sql, tenant, track);
    if ((before?.version ?? 0) !== seen)
      throw conflict('La convention a changé entre-temps. Elle vient d’être relue : recommencez s’il y a lieu.', {
        reason: 'edited-meanwhile',
      });
    if (terms.startsOn < track.validatedOn!)
      throw invalid(
        'La convention ne peut pas commencer avant la validation du projet de santé. Rien n’a été enregistré.',
        { startsOn: 'après la validation' },
      );
    await putAgreement(
      sql,
      tenant,
      id,
      { ...terms, endsOn: yearFrom(terms.startsOn), paper: before?.paper ?? null, closedOn: null, closing: '' },
      viewer.name,
      at,
    );
    return { result: undefined, details: { ...terms } };
  });
export const agreementPaper = async (desk: Desk, id: string, ctx: Ctx): Promise<{ paper: string }> =>
  agreementPaperAs(desk, await viewerOf(desk, ctx), id);
/** The agreement on paper with its action plan, sent to the team; drawn again, the next version of the same reference. */
export const agreementPaperAs = (desk: Desk, viewer: Viewer, id: string): Promise<{ paper: string }> =>
  act(desk, viewer, id, { part: 'instruct', name: 'issue' }, async (sql, track, at) => {
    const { tenant } = viewer.region;
    const agreement = await demandRunning(sql, tenant, track);
    if (!agreement) throw conflict('Écrivez d’abord la convention : début, montant, signataire.');
    const actions = await actionsOf(sql, tenant, [id]);
    if (actions.length === 0) throw conflict('Le plan d’actions est vide : la convention le porte.');
    const paper = await issue(
      sql,
      viewer,
      track,
      'track-agreement',
      agreementPaperOf(track, agreement, aciCore.requirements, actions, aciCore.source),
      at,
      agreement.paper,
    );
    await putAgreement(sql, tenant, id, { ...agreement, paper: paper.id }, viewer.name, at);
    await mailTeam(
      sql,
      viewer,
      track,
      paper,
      {
        subject: `${shortKind[track.kind]} « ${track.practiceName} » : convention d’un an`,
        text: 'Voici la convention d’un an et son plan d’actions, à signer.',
      },
      at,
    );
    return { result: { paper: paper.id }, details: { paper: paper.id } };
  });
export const closeAgreement = async (
  desk: Desk,
  id: string,
  { words, seen }: { words: string; seen: number },
  ctx: Ctx,
): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await act(desk, viewer, id, { part: 'instruct', name: 'close-agreement' }, async (sql, track, at) => {
    const { tenant } = viewer.region;
    const agreement = await demandRunning(sql, tenant, track);
    if (!agreement) throw conflict('Il n’y a pas de convention à clore.');
    if (agreement.version !== seen)
      throw conflict('La convention a changé entre-temps. Elle vient d’être relue : recommencez s’il y a lieu.', {
        reason: 'edited-meanwhile',
      });
    await putAgreement(sql, tenant, id, { ...agreement, closedOn: dayInFrance(at), closing: words }, viewer.name, at);
    return { result: undefined, reason: words };
  });
};

async function demandKnown(
  sql: Sql,
  tenant: number,
  track: TrackRow,
  { requirement, section }: ActionFacts,
): Promise<void> {
  if (!aciCore.requirements.some(({ id }) => id === requirement))
    throw invalid('Choisissez une exigence du socle de l’ACI. Rien n’a été enregistré.', {
      requirement: 'à choisir dans la liste',
    });
  if (section !== null && !(await outlineFor(sql, tenant, track)).sections.some(({ id }) => id === section))
    throw invalid('Cette partie n’est pas du projet de santé. Rien n’a été enregistré.', {
      section: 'à choisir dans la liste',
    });
}
export const addAction = async (desk: Desk, id: string, facts: ActionFacts, ctx: Ctx): Promise<{ id: string }> =>
  addActionAs(desk, await viewerOf(desk, ctx), id, facts);
/** An action drawn from the health project against one requirement of the ACI's core; before the agreement is signed too, since the agreement carries the plan. */
export const addActionAs = (desk: Desk, viewer: Viewer, id: string, facts: ActionFacts): Promise<{ id: string }> =>
  act(desk, viewer, id, { part: 'manage', name: 'add-action' }, async (sql, track, at) => {
    await demandRunning(sql, viewer.region.tenant, track);
    await demandKnown(sql, viewer.region.tenant, track, facts);
    const action = await insertAction(sql, viewer.region.tenant, id, facts, viewer.name, at);
    return { result: { id: action }, details: { action, requirement: facts.requirement, due: facts.due } };
  });
type Change = ActionFacts & { state: ActionRow['state']; seen: number };
export const changeAction = async (desk: Desk, id: string, action: string, body: Change, ctx: Ctx): Promise<void> =>
  changeActionAs(desk, await viewerOf(desk, ctx), id, action, body);
export const changeActionAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  action: string,
  { seen, state, ...facts }: Change,
): Promise<void> =>
  act(desk, viewer, id, { part: 'manage', name: 'change-action' }, async (sql, track, at) => {
    const { tenant } = viewer.region;
    await demandRunning(sql, tenant, track);
    const before = await actionOf(sql, tenant, id, action);
    if (!before) throw notFound('Cette action');
    if (before.version !== seen)
      throw conflict(
        'Cette action a changé entre-temps. Votre saisie est toujours à l’écran : relisez, puis recommencez.',
        { reason: 'edited-meanwhile' },
      );
    await demandKnown(sql, viewer.region.tenant, track, facts);
    await updateAction(
      sql,
      tenant,
      action,
      { ...facts, state, doneOn: state === 'done' ? (before.doneOn ?? dayInFrance(at)) : null },
      viewer.name,
      at,
    );
    return {
      result: undefined,
      details: {
        action,
        before: { title: before.title, due: before.due, state: before.state },
        after: { title: facts.title, due: facts.due, state },
      },
    };
  });
export const turnAction = async (desk: Desk, id: string, action: string, on: boolean, ctx: Ctx): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  await act(
    desk,
    viewer,
    id,
    { part: 'manage', name: on ? 'restore-action' : 'remove-action' },
    async (sql, track, at) => {
      await demandRunning(sql, tenant, track);
      if (!(await actionOf(sql, tenant, id, action))) throw notFound('Cette action');
      await setActionRemoved(sql, tenant, action, on ? null : at);
      return { result: undefined, details: { action } };
    },
  );
};
