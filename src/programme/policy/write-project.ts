import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, forbidden, invalid, isUpdate, notFound, type Sql, textsOf } from '../../platform/index.ts';
import { dayInFrance, type Desk, trace, type Viewer, viewerOf } from '../desk.ts';
import { sendPdf } from '../papers/receive-file.ts';
import { drawPaper, plainData } from '../papers/templates.ts';
import type { policyContract } from './contract.ts';
import { act } from './open-track.ts';
import { outlineFor } from './outline.ts';
import { headOf, projectPaper } from './papers.ts';
import {
  insertRemark,
  insertVersion,
  projectText,
  remarkOf,
  remarksOf,
  setRemarkRemoved,
  setRemarkResolved,
  textOf,
  type TextPart,
  versionOf,
} from './project.store.ts';
import { demand, isWritten, mayIn, type TrackRow, trackFor } from './reach.ts';
import { sayDay } from './tracks.rules.ts';

const closed = () =>
  conflict('Ce projet ne s’écrit plus : il est devant la commission, ou validé. Vos mots restent sur cet écran.', {
    code: 'project-closed',
  });

/** What the sections say now. */
export async function partsNow(sql: Sql, tenant: number, track: Pick<TrackRow, 'id' | 'kind'>): Promise<TextPart[]> {
  const { sections } = await outlineFor(sql, tenant, track);
  const updates = await projectText.since(sql, tenant, textOf(track.id), 0);
  const texts = textsOf(
    updates.map(({ bytes }) => bytes),
    sections.map(({ id }) => id),
  );
  return sections.map(({ id, title }) => ({ id, title, text: texts[id] ?? '' }));
}
/** Updates since a number. The first look is a read and leaves its line in the ledger; what follows is the same look going on. */
export async function liveProject(
  desk: Desk,
  id: string,
  since: number,
  ctx: Ctx,
): Promise<z.infer<typeof policyContract.liveProject.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  return desk.db.transaction(tenant, async (sql) => {
    const track = await trackFor(sql, viewer, id);
    demand(viewer, track, 'read');
    if (since === 0) await trace(sql, viewer, 'read', `Track/${id}`, { details: { text: true } });
    const updates = await projectText.since(sql, tenant, textOf(id), since);
    return {
      seq: updates.at(-1)?.seq ?? since,
      updates: updates.map(({ bytes }) => Buffer.from(bytes).toString('base64')),
      open: isWritten(track),
    };
  });
}
export const typeProject = async (desk: Desk, id: string, update: string, ctx: Ctx): Promise<{ seq: number }> =>
  typeProjectAs(desk, await viewerOf(desk, ctx), id, new Uint8Array(Buffer.from(update, 'base64')));
export async function typeProjectAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  bytes: Uint8Array,
): Promise<{ seq: number }> {
  const { tenant } = viewer.region;
  const { track, seq } = await desk.db.transaction(tenant, async (sql) => {
    demand(viewer, await trackFor(sql, viewer, id), 'write');
    if (!isUpdate(bytes))
      throw invalid('Cet envoi n’est pas une saisie du projet de santé. Rien n’a été enregistré.', {
        update: 'Illisible.',
      });
    // The state is asked where the submission cannot come in between: it holds the same lock.
    const seq = await projectText.keep(sql, tenant, textOf(id), viewer.practitioner, bytes);
    const track = await trackFor(sql, viewer, id);
    if (!isWritten(track)) throw closed();
    return { track, seq };
  });
  for (const to of new Set([tenant, ...(track.practiceTenant === null ? [] : [track.practiceTenant])]))
    desk.tell(to, { topic: 'track.text', track: id, seq });
  return { seq };
}

export async function remarks(desk: Desk, id: string, ctx: Ctx): Promise<z.infer<typeof policyContract.remarks.reply>> {
  const viewer = await viewerOf(desk, ctx);
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    demand(viewer, await trackFor(sql, viewer, id), 'read');
    return (await remarksOf(sql, viewer.region.tenant, id)).map(({ practitioner, at, resolvedAt, ...one }) => ({
      ...one,
      at: at.toISOString(),
      mine: practitioner === viewer.practitioner,
      resolvedAt: resolvedAt?.toISOString() ?? null,
    }));
  });
}
export const addRemark = async (
  desk: Desk,
  id: string,
  body: { section: string; words: string },
  ctx: Ctx,
): Promise<{ id: string }> => addRemarkAs(desk, await viewerOf(desk, ctx), id, body);
/** Whoever reads the project while it is written may comment it: members of the team too. */
export const addRemarkAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { section, words }: { section: string; words: string },
): Promise<{ id: string }> =>
  act(desk, viewer, id, { part: 'read', name: 'comment' }, async (sql, track, at) => {
    if (viewer.as === 'gcs') throw forbidden('Le GCS lit le projet de santé sans le commenter.');
    if (!(await outlineFor(sql, viewer.region.tenant, track)).sections.some((one) => one.id === section))
      throw notFound('Cette partie du projet');
    if (track.state === 'stopped') throw conflict('Ce parcours est arrêté : reprenez-le pour y écrire.');
    const remark = await insertRemark(sql, viewer.region.tenant, id, {
      section,
      words,
      practitioner: viewer.practitioner,
      by: viewer.name,
      at,
    });
    return { result: { id: remark }, details: { section, remark } };
  });
type Turn = 'resolve' | 'reopen' | 'remove' | 'restore';
/** Those who write, and its author, say that a comment is settled or not; its author alone takes it out. */
export const turnRemark = async (desk: Desk, id: string, remark: string, turn: Turn, ctx: Ctx): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  await act(desk, viewer, id, { part: 'read', name: `comment-${turn}` }, async (sql, track, at) => {
    const row = await remarkOf(sql, tenant, id, remark);
    if (!row) throw notFound('Ce commentaire');
    const mine = row.practitioner === viewer.practitioner;
    if (turn === 'resolve' || turn === 'reopen') {
      if (!mine && !mayIn(viewer, track, 'write'))
        throw forbidden('Ceux qui écrivent le projet, et l’auteur du commentaire, disent s’il est réglé.');
      await setRemarkResolved(
        sql,
        tenant,
        remark,
        turn === 'resolve' ? viewer.name : null,
        turn === 'resolve' ? at : null,
      );
    } else {
      if (!mine) throw forbidden('Ce commentaire a été écrit par une autre personne.');
      await setRemarkRemoved(sql, tenant, remark, turn === 'remove' ? at : null);
    }
    return { result: undefined, details: { remark } };
  });
};

/** Keeps the project as it stands under a name; what is kept never changes. */
export const keepVersion = async (desk: Desk, id: string, name: string, ctx: Ctx): Promise<{ number: number }> =>
  keepVersionAs(desk, await viewerOf(desk, ctx), id, name);
export const keepVersionAs = (desk: Desk, viewer: Viewer, id: string, name: string): Promise<{ number: number }> =>
  act(desk, viewer, id, { part: 'write', name: 'keep-version' }, async (sql, track, at) => {
    const { tenant } = viewer.region;
    await projectText.hold(sql, tenant, textOf(id));
    const parts = await partsNow(sql, tenant, track);
    if (parts.every(({ text }) => text === '')) throw conflict('Le projet est vide : il n’y a rien à garder.');
    const number = await insertVersion(sql, tenant, id, { name, parts, submitted: false, by: viewer.name, at });
    return { result: { number }, details: { version: number, name } };
  });
/** A version, or the project as it stands (0); the commission reads what was submitted to it. */
async function readable(sql: Sql, viewer: Viewer, id: string, number: number) {
  const { tenant } = viewer.region;
  const track = await trackFor(sql, viewer, id);
  const row = number === 0 ? undefined : await versionOf(sql, tenant, id, number);
  if (!mayIn(viewer, track, 'read') && !(viewer.as === 'reviewer' && row?.submitted))
    throw viewer.as === 'reviewer'
      ? notFound('Cette version')
      : forbidden('Le projet de santé n’est pas partagé avec vous.');
  if (number > 0 && !row) throw notFound('Cette version');
  return {
    track,
    version: row ?? {
      number: 0,
      name: 'En cours d’écriture',
      submitted: false,
      by: '',
      at: track.at,
      parts: await partsNow(sql, tenant, track),
    },
  };
}
export async function projectVersion(
  desk: Desk,
  id: string,
  number: number,
  ctx: Ctx,
): Promise<z.infer<typeof policyContract.projectVersion.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { version } = await desk.db.tenant(viewer.region.tenant, (sql) => readable(sql, viewer, id, number));
  return { ...version, at: version.at.toISOString() };
}
export async function versionPdf(desk: Desk, id: string, number: number, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const { track, version, title } = await desk.db.transaction(viewer.region.tenant, async (sql) => {
    const found = await readable(sql, viewer, id, number);
    await trace(sql, viewer, 'read', `Track/${id}`, { details: { version: number } });
    return { ...found, title: (await outlineFor(sql, viewer.region.tenant, found.track)).title };
  });
  const at = number === 0 ? desk.now() : version.at;
  const name = number === 0 ? 'Document de travail' : `Version ${number}, « ${version.name} »`;
  const pdf = drawPaper({
    kind: 'health-project',
    at,
    data: plainData(projectPaper(track, title, name, version.parts), {
      region: headOf('health-project', track, viewer.region.name),
      reference: `${track.reference}-V${number}`,
      version: 1,
      on: sayDay(dayInFrance(at)),
      foot: track.practiceName,
    }),
  });
  await sendPdf(ctx, pdf, `${track.reference} projet de santé ${number === 0 ? 'en cours' : `version ${number}`}`);
  return undefined;
}
