import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, forbidden, notFound, Problem, type Sql } from '../../platform/index.ts';
import { editionRow, editionsOf } from '../calls/editions.store.ts';
import { changesOf, type ModelKind, modelFlaws, modelKind, type ModelLine } from '../contract/models.ts';
import { usualReminders } from '../contract/reminders.ts';
import { dayInFrance, type Desk, type RegionalViewer, regionalViewer, trace } from '../desk.ts';
import { sendPdf } from '../papers/receive-file.ts';
import { mayIn } from '../projects/reach.ts';
import type { modelsContract } from './contract.ts';
import {
  heldUnderWay,
  holdModel,
  insertModelVersion,
  modelInForce,
  type ModelRow,
  modelRows,
  modelVersion,
  modelVersions,
  putReminderPlan,
  reminderPlan,
  setModelDraft,
} from './models.store.ts';
import { drawModel } from './paper.ts';

const hint = { topic: 'models' };
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
async function reader(desk: Desk, ctx: Ctx): Promise<RegionalViewer> {
  const viewer = await regionalViewer(desk, ctx);
  if (!mayIn(viewer, 'read'))
    throw forbidden('Les modèles se lisent à l’ARS, au GCS, à la commission et chez les consultants.');
  return viewer;
}
/** Title of a call of the region; '' for the whole region. Errors: 404; an outline is of no call. */
async function titleOf(sql: Sql, tenant: number, call: string, kind?: ModelKind): Promise<string> {
  if (call === '') return '';
  const row = kind?.startsWith('outline') ? undefined : await editionRow(sql, tenant, call);
  const body = row?.body ?? row?.draft;
  if (!body) throw notFound('Ce modèle pour cet appel');
  return body.title;
}

export async function models(desk: Desk, call: string, ctx: Ctx): Promise<z.infer<typeof modelsContract.models.reply>> {
  const viewer = await reader(desk, ctx);
  const { tenant } = viewer.region;
  return desk.db.tenant(tenant, async (sql) => {
    await titleOf(sql, tenant, call);
    const [rows, held, plan] = [
      await modelRows(sql, tenant),
      await heldUnderWay(sql, tenant),
      await reminderPlan(sql, tenant, call),
    ];
    const kinds = modelKind.options.filter((kind) => call === '' || !kind.startsWith('outline'));
    const lines = [];
    for (const kind of kinds) {
      const { call: from, version, lines: own, by, at } = await modelInForce(sql, tenant, kind, call);
      // For the whole region: those whose call has no model of its own.
      const apart = new Set(rows.filter((one) => one.kind === kind && one.published > 0).map((one) => one.call));
      const under = held.filter(
        (one) => one.kind === kind && (call === '' ? !apart.has(one.of ?? '-') : one.of === call),
      );
      lines.push({
        kind,
        version,
        count: own.length,
        draft: rows.some((one) => one.kind === kind && one.call === call && one.draft !== null),
        own: from === call,
        behind: under.filter((one) => one.call !== from || one.version !== version).length,
        by,
        at: iso(at),
      });
    }
    return {
      call,
      calls: (await editionsOf(sql, tenant)).map(({ id, body, draft }) => ({ id, title: (body ?? draft)!.title })),
      writes: viewer.as === 'officer',
      models: lines,
      reminders: {
        questionnaire: plan?.questionnaire ?? [...usualReminders],
        poll: plan?.poll ?? [...usualReminders],
        own: plan ? plan.call === call : call === '',
        version: plan?.call === call ? plan.version : 0,
        by: plan?.by ?? '',
        at: iso(plan?.at ?? null),
      },
    };
  });
}
export async function planRegionReminders(
  desk: Desk,
  { call, seen, questionnaire, poll }: z.infer<typeof modelsContract.planRegionReminders.body>,
  ctx: Ctx,
): Promise<{ version: number }> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  const version = await desk.db.transaction(tenant, async (sql) => {
    await titleOf(sql, tenant, call);
    const before = await reminderPlan(sql, tenant, call);
    const sorted = (days: number[]) => days.toSorted((a, b) => b - a);
    const saved = await putReminderPlan(sql, tenant, seen, {
      call,
      questionnaire: sorted(questionnaire),
      poll: sorted(poll),
      by: viewer.name,
      at: desk.now(),
    });
    if (saved === undefined)
      throw conflict(
        `${before?.by || 'Une autre personne'} a changé ces jours entre-temps. Votre saisie est toujours à l’écran : relisez ce qui est enregistré, puis enregistrez de nouveau.`,
        {
          reason: 'edited-meanwhile',
          theirs: before && {
            questionnaire: before.questionnaire,
            poll: before.poll,
            version: before.version,
            by: before.by,
          },
        },
      );
    await trace(sql, viewer, 'plan-reminders', call ? `Call/${call}` : `Region/${viewer.region.id}`, {
      details: {
        questionnaire,
        poll,
        before: before ? { questionnaire: before.questionnaire, poll: before.poll } : null,
      },
    });
    return saved;
  });
  desk.tell(tenant, hint);
  return { version };
}

export async function model(
  desk: Desk,
  kind: ModelKind,
  { call, version }: { call: string; version?: number | undefined },
  ctx: Ctx,
): Promise<z.infer<typeof modelsContract.model.reply>> {
  const viewer = await reader(desk, ctx);
  const { tenant } = viewer.region;
  return desk.db.tenant(tenant, async (sql) => {
    const callTitle = await titleOf(sql, tenant, call, kind);
    const row = (await modelRows(sql, tenant)).find((one) => one.kind === kind && one.call === call);
    const shown =
      version === undefined
        ? await modelInForce(sql, tenant, kind, call)
        : await modelVersion(sql, tenant, kind, call, version);
    if (!shown) throw notFound('Cette édition');
    const drafted =
      viewer.as === 'officer' && row?.draft ? { lines: row.draft, by: row.draftBy, at: iso(row.draftAt) } : null;
    return {
      kind,
      call,
      callTitle,
      version: shown.version,
      published: row?.published ?? 0,
      own: shown.call === call,
      lines: shown.lines,
      versions: (await modelVersions(sql, tenant, kind, call)).map((one) => ({ ...one, at: one.at.toISOString() })),
      draft: drafted,
      draftVersion: row?.draftVersion ?? 0,
      writes: viewer.as === 'officer',
    };
  });
}
export async function modelPdf(
  desk: Desk,
  kind: ModelKind,
  { call, version }: { call: string; version?: number | undefined },
  ctx: Ctx,
): Promise<undefined> {
  const viewer = await reader(desk, ctx);
  const { tenant, name } = viewer.region;
  const shown = await desk.db.transaction(tenant, async (sql) => {
    await titleOf(sql, tenant, call, kind);
    const found =
      version === undefined
        ? await modelInForce(sql, tenant, kind, call)
        : await modelVersion(sql, tenant, kind, call, version);
    if (!found) throw notFound('Cette édition');
    await trace(sql, viewer, 'read', `Model/${kind}`, { details: { call, version: found.version } });
    return found;
  });
  await sendPdf(
    ctx,
    ...drawModel(kind, shown.lines, {
      region: name,
      team: '',
      version: shown.version,
      adjusted: false,
      at: shown.at ?? desk.now(),
      on: dayInFrance(desk.now()),
    }),
  );
  return undefined;
}

const moved = (row: ModelRow) =>
  conflict(
    `${row.draftBy || 'Une autre personne'} a changé ce modèle entre-temps. Votre saisie est toujours à l’écran : rechargez pour lire l’autre version, ou enregistrez la vôtre par-dessus.`,
    { reason: 'edited-meanwhile', version: row.draftVersion, theirs: row.draft, by: row.draftBy, at: iso(row.draftAt) },
  );
interface Change {
  call: string;
  seen: number;
}
/** One change of the officer on a model, at the version on screen. */
async function change<T>(
  desk: Desk,
  kind: ModelKind,
  { call, seen }: Change,
  ctx: Ctx,
  action: string,
  work: (sql: Sql, viewer: RegionalViewer, row: ModelRow) => Promise<{ reply: T; details: Record<string, unknown> }>,
): Promise<T> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  const reply = await desk.db.transaction(tenant, async (sql) => {
    await titleOf(sql, tenant, call, kind);
    const row = await holdModel(sql, tenant, kind, call);
    if (row.draftVersion !== seen) throw moved(row);
    const { reply, details } = await work(sql, viewer, row);
    await trace(sql, viewer, action, `Model/${kind}`, { details: { ...(call && { call }), ...details } });
    return reply;
  });
  desk.tell(tenant, hint);
  return reply;
}
/** The draft may still have flaws: they keep it from being published. */
export const saveModelDraft = (
  desk: Desk,
  kind: ModelKind,
  { lines, ...at }: Change & { lines: ModelLine[] },
  ctx: Ctx,
): Promise<{ version: number }> =>
  change(desk, kind, at, ctx, 'update', async (sql, viewer, row) => {
    await setModelDraft(sql, viewer.region.tenant, kind, at.call, lines, viewer.name, desk.now());
    return { reply: { version: row.draftVersion + 1 }, details: { draft: row.draftVersion + 1, lines: lines.length } };
  });
export const discardModelDraft = (desk: Desk, kind: ModelKind, at: Change, ctx: Ctx): Promise<void> =>
  change(desk, kind, at, ctx, 'discard', async (sql, viewer, row) => {
    if (!row.draft) throw conflict('Ce modèle n’a pas de brouillon.');
    await setModelDraft(sql, viewer.region.tenant, kind, at.call, null, viewer.name, desk.now());
    // What was written stays in the ledger.
    return { reply: undefined, details: { draft: row.draft } };
  });
/** Errors: 409, 422 with each flaw. */
export const publishModel = (
  desk: Desk,
  kind: ModelKind,
  { words, ...at }: Change & { words: string },
  ctx: Ctx,
): Promise<{ version: number }> =>
  change(desk, kind, at, ctx, 'publish', async (sql, viewer, row) => {
    const { tenant } = viewer.region;
    if (!row.draft) throw conflict('Rien n’est à publier : ce modèle n’a pas de brouillon.');
    const flaws = modelFlaws(kind, row.draft);
    if (flaws.length > 0)
      throw new Problem(422, 'Modèle à compléter', `${flaws.join(' ')} Le brouillon est conservé.`, {
        extra: { flaws },
      });
    const before = (await modelInForce(sql, tenant, kind, at.call)).lines;
    const changes = changesOf(before, row.draft);
    if (row.published > 0 && words.length < 10)
      throw new Problem(
        422,
        'Motif nécessaire',
        'Dites ce qui change, en 10 caractères au moins : les projets en cours le liront. Le brouillon est conservé.',
        { fields: { words: '10 caractères au moins' } },
      );
    const version = row.published + 1;
    await insertModelVersion(sql, tenant, kind, {
      call: at.call,
      version,
      lines: row.draft,
      words,
      by: viewer.name,
      at: desk.now(),
    });
    return { reply: { version }, details: { version, ...changes } };
  });
