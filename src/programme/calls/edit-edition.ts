import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, notFound, Problem } from '../../platform/index.ts';
import { applicationsOf } from '../applications/applications.store.ts';
import { submissionsOf } from '../applications/submissions.store.ts';
import { ruleLines } from '../applications/read-application.ts';
import { dayInFrance, type Desk, regionalViewer, trace } from '../desk.ts';
import { factsOf } from './answers.rules.ts';
import { flawsOf } from './consistency.rules.ts';
import type { Facts } from './conditions.rules.ts';
import type { Edition } from './contract.ts';
import { eligibilityOf, missingFrom } from './eligibility.rules.ts';
import { type EditionRow, editionRow, insertVersion, saveDraft } from './editions.store.ts';
import { rank, scoreOf } from './ranking.rules.ts';
import type { editionsContract } from '../contract/editions.ts';

const noCall = () => notFound('Cet appel à candidatures');
const moved = (row: EditionRow) =>
  conflict(
    `${row.draftBy || 'Quelqu’un'} a changé ce brouillon entre-temps. Votre version est toujours à l’écran : rechargez pour voir la sienne, ou enregistrez la vôtre par-dessus.`,
    { reason: 'edited-meanwhile', version: row.draftVersion, by: row.draftBy, at: row.draftAt?.toISOString() ?? null },
  );

/** Saves the draft. It may still have flaws: they are told, and keep it from being published. */
export async function saveCallDraft(
  desk: Desk,
  id: string,
  { seen, edition }: { seen: number; edition: Edition },
  ctx: Ctx,
): Promise<z.infer<typeof editionsContract.saveCallDraft.reply>> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  const version = await desk.db.transaction(tenant, async (sql) => {
    const row = await editionRow(sql, tenant, id, true);
    if (!row) throw noCall();
    if (!(await saveDraft(sql, tenant, id, seen, { ...edition, id }, viewer.name, desk.now()))) throw moved(row);
    await trace(sql, viewer, 'update', `Call/${id}`, { details: { draft: seen + 1 } });
    return seen + 1;
  });
  desk.tell(tenant, { topic: 'calls' });
  return { version, flaws: flawsOf(edition) };
}

export async function discardCallDraft(desk: Desk, id: string, seen: number, ctx: Ctx): Promise<void> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  await desk.db.transaction(tenant, async (sql) => {
    const row = await editionRow(sql, tenant, id, true);
    if (!row?.draft) throw noCall();
    if (!(await saveDraft(sql, tenant, id, seen, null, viewer.name, desk.now()))) throw moved(row);
    // What was written stays in the ledger.
    await trace(sql, viewer, 'discard', `Call/${id}`, { details: { draft: row.draft } });
  });
  desk.tell(tenant, { topic: 'calls' });
}

/** The draft becomes the next version. Files that were submitted keep the version they were submitted under. */
export async function publishCall(
  desk: Desk,
  id: string,
  { seen, reason }: { seen: number; reason: string },
  ctx: Ctx,
): Promise<{ version: number }> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  const version = await desk.db.transaction(tenant, async (sql) => {
    const row = await editionRow(sql, tenant, id, true);
    if (!row) throw noCall();
    if (!row.draft || row.draftVersion !== seen) throw moved(row);
    const flaws = flawsOf(row.draft);
    if (flaws.length > 0)
      throw new Problem(
        422,
        'Appel à compléter',
        `${flaws.length === 1 ? 'Un point empêche' : `${flaws.length} points empêchent`} la publication. Le brouillon est conservé. ${flaws[0]!.where} : ${flaws[0]!.words}`,
        { extra: { flaws } },
      );
    if (row.published > 0 && reason.length < 10)
      throw new Problem(
        422,
        'Motif nécessaire',
        'Cet appel est déjà publié : dites pourquoi il change (10 caractères au moins). Le brouillon est conservé.',
        { fields: { reason: '10 caractères au moins' } },
      );
    const next = row.published + 1;
    await insertVersion(sql, tenant, id, next, row.draft, viewer.name, desk.now());
    await trace(sql, viewer, 'publish', `Call/${id}`, { ...(reason && { reason }), details: { version: next } });
    return next;
  });
  desk.tell(tenant, { topic: 'calls' });
  return { version };
}

/** A call as it is being written, tried on cases and on applications already submitted: verdict, points, rank among them. Nothing is kept. */
export async function checkCall(
  desk: Desk,
  { edition, cases, applications }: z.infer<typeof editionsContract.checkCall.body>,
  ctx: Ctx,
): Promise<z.infer<typeof editionsContract.checkCall.reply>> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  const taken = await desk.db.tenant(tenant, async (sql) => {
    const rows = (await applicationsOf(sql, viewer)).filter(({ id }) => applications.includes(id));
    const sent = await submissionsOf(
      sql,
      tenant,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => {
      const last = sent.find((one) => one.application === row.id && one.number === row.submission)!;
      return {
        id: row.id,
        title: row.practiceName,
        facts: factsOf(edition, last.answers),
        documents: new Set(last.documents.map(({ document }) => document)),
      };
    });
  });
  const day = dayInFrance(desk.now());
  const moments = { holds: day, answer: day };
  const all: { id: string; title: string; facts: Facts; documents: ReadonlySet<string> }[] = [
    ...cases.map((one) => ({ ...one, documents: new Set(edition.documents.map(({ id }) => id)) })),
    ...taken,
  ];
  const judged = all.map((one) => ({ one, eligibility: eligibilityOf(edition, one.facts, moments) }));
  const order = rank(
    edition,
    judged
      .filter(({ eligibility }) => eligibility.verdict === 'eligible')
      .map(({ one }) => ({
        id: one.id,
        name: one.title,
        facts: one.facts,
        moments,
        submitted: desk.now().toISOString(),
      })),
    edition.places,
  );
  return {
    flaws: flawsOf(edition),
    cases: judged.map(({ one, eligibility }) => {
      const at = order.find(({ candidate }) => candidate.id === one.id);
      const missing = missingFrom(edition, one.facts, one.documents, moments);
      return {
        id: one.id,
        title: one.title,
        eligibility: { verdict: eligibility.verdict, results: ruleLines(eligibility.results) },
        points: edition.ranking
          .map((criterion) => scoreOf(criterion, one.facts, moments))
          .map(({ title, points, words }) => ({ title, points, words })),
        missing: missing.fields.length + missing.documents.length,
        rank: at?.rank ?? null,
        place: at?.outcome ?? null,
      };
    }),
  };
}
