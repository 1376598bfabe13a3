import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, forbidden, notFound, type Sql } from '../../platform/index.ts';
import { applicationOf } from '../applications/applications.store.ts';
import { noApplication } from '../applications/state.ts';
import { type Desk, regionalViewer, trace, type Viewer } from '../desk.ts';
import type { reviewContract } from './contract.ts';
import { decisionsOf } from './decisions.store.ts';
import { type Dossier, hasInterest, shelf, type Shelf } from './dossiers.ts';
import { scoreLine } from './read-files.ts';
import { endInterest, insertOverrule, scoresOf, writeInterest, writeScore } from './review.store.ts';

async function opened(sql: Sql, viewer: Viewer, id: string, now: Date): Promise<{ one: Dossier } & Shelf> {
  // One after the other in a file, and no decision is taken meanwhile on what is being changed.
  const row = await applicationOf(sql, viewer, id, true);
  if (!row) throw noApplication();
  const found = await shelf(sql, viewer, row.edition, now, true);
  return { ...found, one: found.dossiers.find((dossier) => dossier.row.id === id)! };
}
/** After a decision the review stands as it was: what changes then is decided anew. */
async function notNotified(sql: Sql, viewer: Viewer, edition: string): Promise<void> {
  const [last] = await decisionsOf(sql, viewer.region.tenant, edition);
  if (last?.notifiedAt)
    throw conflict(
      'Cet appel est décidé et notifié : les notes et les avis ne changent plus. Un fait nouveau se traite par une nouvelle décision, avec son motif.',
    );
}
const tell = (desk: Desk, viewer: Viewer) => desk.tell(viewer.region.tenant, { topic: 'files' });

/** The officer answers in a rule's place, or gives it back; the reason is kept and shown (AAP-10). */
export async function overrule(
  desk: Desk,
  id: string,
  body: { rule: string; answer: 'yes' | 'no' | null; reason: string },
  ctx: Ctx,
): Promise<void> {
  return overruleAs(desk, await regionalViewer(desk, ctx), id, body);
}
export async function overruleAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  { rule, answer, reason }: { rule: string; answer: 'yes' | 'no' | null; reason: string },
): Promise<void> {
  await desk.db.transaction(viewer.region.tenant, async (sql) => {
    const { one } = await opened(sql, viewer, id, desk.now());
    const result = one.results.find((line) => line.rule.id === rule);
    if (!result) throw notFound('Cette règle');
    if (hasInterest(one, viewer))
      throw forbidden(
        'Vous avez déclaré un lien avec cette équipe : un autre instructeur doit répondre à votre place.',
      );
    if (answer === null && result.overrules.at(-1)?.answer == null)
      throw conflict('Cette règle n’a pas été tranchée à la main : il n’y a rien à lui rendre.');
    await insertOverrule(sql, viewer.region.tenant, {
      application: id,
      rule,
      answer,
      reason,
      by: viewer.name,
      at: desk.now(),
    });
    await trace(sql, viewer, 'overrule', `Application/${id}`, {
      reason,
      details: { rule, own: result.own, before: result.answer, after: answer ?? result.own, version: one.sent.version },
    });
  });
  tell(desk, viewer);
}

/** My score of one item. 403 once I have declared an interest. */
export async function score(
  desk: Desk,
  id: string,
  criterion: string,
  body: { points: number; reason: string; seen: number },
  ctx: Ctx,
): Promise<z.infer<typeof reviewContract.score.reply>> {
  return scoreAs(desk, await regionalViewer(desk, ctx), id, criterion, body);
}
export async function scoreAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  criterion: string,
  { points, reason, seen }: { points: number; reason: string; seen: number },
): Promise<z.infer<typeof reviewContract.score.reply>> {
  const saved = await desk.db.transaction(viewer.region.tenant, async (sql) => {
    const { one, edition } = await opened(sql, viewer, id, desk.now());
    if (!edition.review.some((item) => item.id === criterion)) throw notFound('Ce critère de l’examen');
    if (hasInterest(one, viewer))
      throw forbidden('Vous avez déclaré un lien avec cette équipe : vous ne la notez pas.');
    await notNotified(sql, viewer, one.row.edition);
    const row = await writeScore(sql, viewer.region.tenant, seen, {
      application: id,
      reviewer: viewer.practitioner,
      criterion,
      points,
      reason,
      reviewerName: viewer.name,
      at: desk.now(),
    });
    if (!row) {
      const theirs = (await scoresOf(sql, viewer.region.tenant, [id])).find(
        (now) => now.reviewer === viewer.practitioner && now.criterion === criterion,
      );
      throw conflict(
        'Vous avez noté ce critère depuis un autre écran. Votre saisie est toujours ici : relisez la note enregistrée, puis enregistrez de nouveau.',
        { reason: 'edited-meanwhile', theirs: theirs ? scoreLine(theirs) : null },
      );
    }
    await trace(sql, viewer, 'score', `Application/${id}`, { details: { criterion, points } });
    return row;
  });
  tell(desk, viewer);
  return scoreLine(saved);
}

/** I have a link with this team: my scores of it count no more, and its figures are hidden from me. */
export async function declareInterest(desk: Desk, id: string, { reason }: { reason: string }, ctx: Ctx): Promise<void> {
  return interestAs(desk, await regionalViewer(desk, ctx), id, reason);
}
export async function interestAs(desk: Desk, viewer: Viewer, id: string, reason: string): Promise<void> {
  await desk.db.transaction(viewer.region.tenant, async (sql) => {
    const { one } = await opened(sql, viewer, id, desk.now());
    await notNotified(sql, viewer, one.row.edition);
    await writeInterest(sql, viewer.region.tenant, {
      application: id,
      reviewer: viewer.practitioner,
      reviewerName: viewer.name,
      reason,
      at: desk.now(),
    });
    await trace(sql, viewer, 'interest', `Application/${id}`, { reason });
  });
  tell(desk, viewer);
}
export async function withdrawInterest(desk: Desk, id: string, ctx: Ctx): Promise<void> {
  const viewer = await regionalViewer(desk, ctx);
  await desk.db.transaction(viewer.region.tenant, async (sql) => {
    const { one } = await opened(sql, viewer, id, desk.now());
    await notNotified(sql, viewer, one.row.edition);
    if (!(await endInterest(sql, viewer.region.tenant, id, viewer.practitioner, desk.now())))
      throw notFound('Cette déclaration');
    await trace(sql, viewer, 'interest-withdrawn', `Application/${id}`);
  });
  tell(desk, viewer);
}
