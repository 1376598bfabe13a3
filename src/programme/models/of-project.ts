import type { Ctx } from '../../access/index.ts';
import { conflict, invalid, Problem, type Sql } from '../../platform/index.ts';
import { clausesOf, demonstrationsOf, sheetsOf } from '../choice/choosing.store.ts';
import { changeIn, editedMeanwhile, writes } from '../choice/inside.ts';
import { lostLines, type ModelKind, modelFlaws, modelKinds, type ModelLine, takenLines } from '../contract/models.ts';
import { dayInFrance, type Desk, trace, type Viewer, viewerOf } from '../desk.ts';
import type { Subject } from '../papers/papers.store.ts';
import { sendPdf } from '../papers/receive-file.ts';
import { demand, type ProjectRow, projectFor } from '../projects/reach.ts';
import type { HeldModel } from './contract.ts';
import { type EditionOfModel, type HeldRow, heldRow, modelInForce, putHeld } from './models.store.ts';
import { drawModel } from './paper.ts';

/** What holds a model: a project of a call, a track. */
export interface Holder {
  subject: Subject;
  call: string;
}
export const holderOf = ({ id, edition }: Pick<ProjectRow, 'id' | 'edition'>): Holder => ({
  subject: `Project/${id}`,
  call: edition,
});

/** The lines that a project or a track works with: its own since it began, else those in force. */
export async function linesHeld(
  sql: Sql,
  tenant: number,
  { subject, call }: Holder,
  kind: ModelKind,
): Promise<{ lines: ModelLine[]; row: HeldRow | undefined; force: EditionOfModel }> {
  const [row, force] = [await heldRow(sql, tenant, subject, kind), await modelInForce(sql, tenant, kind, call)];
  return { lines: row?.lines ?? force.lines, row, force };
}
/** Keeps the edition in force as the holder's own, with the first thing that is filled in it; the caller holds the row of the project or the track. */
export async function beginModel(
  sql: Sql,
  tenant: number,
  holder: Holder,
  kind: ModelKind,
  by: string,
  at: Date,
): Promise<ModelLine[]> {
  const { lines, row, force } = await linesHeld(sql, tenant, holder, kind);
  if (!row)
    await putHeld(sql, tenant, holder.subject, {
      kind,
      call: force.call,
      modelVersion: force.version,
      lines,
      adjusted: false,
      declined: '',
      by,
      at,
    });
  return lines;
}
const nameOf = ({ call, version }: Pick<EditionOfModel, 'call' | 'version'>): string => `${call}/${version}`;
const offered = (row: HeldRow | undefined, force: EditionOfModel): EditionOfModel | null =>
  row && nameOf(force) !== nameOf({ call: row.call, version: row.modelVersion }) ? force : null;

export async function heldModel(
  sql: Sql,
  tenant: number,
  holder: Holder,
  kind: ModelKind,
  filled: ReadonlySet<string>,
  adjust: boolean,
): Promise<HeldModel> {
  const { lines, row, force } = await linesHeld(sql, tenant, holder, kind);
  const offer = adjust ? offered(row, force) : null;
  return {
    kind,
    version: row?.modelVersion ?? force.version,
    lines,
    adjusted: row?.adjusted ?? false,
    begun: row !== undefined,
    filled: lines.filter(({ id }) => filled.has(id)).map(({ id }) => id),
    seen: row?.version ?? 0,
    by: row?.by ?? force.by,
    at: (row?.at ?? force.at)?.toISOString() ?? null,
    offer: offer && {
      call: offer.call,
      version: offer.version,
      words: offer.words,
      lines: offer.lines,
      declined: row?.declined === nameOf(offer),
      by: offer.by,
      at: offer.at?.toISOString() ?? null,
    },
    may: { adjust },
  };
}
/** Changes the lines for one holder alone. What is filled stays. Errors: 409 with both versions, 422 with each flaw. */
export async function adjustHeld(
  sql: Sql,
  tenant: number,
  holder: Holder,
  kind: ModelKind,
  filled: ReadonlySet<string>,
  { seen, lines }: { seen: number; lines: ModelLine[] },
  by: string,
  at: Date,
): Promise<number> {
  const { lines: before, row, force } = await linesHeld(sql, tenant, holder, kind);
  if ((row?.version ?? 0) !== seen)
    throw editedMeanwhile('Ce modèle', { lines: before, by: row?.by ?? '', seen: row?.version ?? 0 });
  const flaws = modelFlaws(kind, lines);
  const lost = lostLines(lines, before, filled);
  if (lost.length > 0)
    throw invalid(
      `${lost.map(({ title }) => `« ${title} »`).join(', ')} : ${modelKinds[kind].filled}. Une ${modelKinds[kind].one} remplie reste. Rien n’a été enregistré.`,
      { lines: 'à remettre' },
    );
  if (flaws.length > 0)
    throw new Problem(422, 'Modèle à compléter', `${flaws.join(' ')} Rien n’a été enregistré.`, { extra: { flaws } });
  return putHeld(sql, tenant, holder.subject, {
    kind,
    call: row?.call ?? force.call,
    modelVersion: row?.modelVersion ?? force.version,
    lines,
    adjusted: true,
    declined: row?.declined ?? '',
    by,
    at,
  });
}
interface Answer {
  seen: number;
  call: string;
  version: number;
  take: boolean;
}
/** Takes the edition that is offered, keeping what is filled; or leaves it aside until the next. */
export async function answerOffer(
  sql: Sql,
  tenant: number,
  holder: Holder,
  kind: ModelKind,
  filled: ReadonlySet<string>,
  { seen, call, version, take }: Answer,
  by: string,
  at: Date,
): Promise<number> {
  const { row, force } = await linesHeld(sql, tenant, holder, kind);
  const offer = offered(row, force);
  if (!row || row.version !== seen)
    throw editedMeanwhile('Ce modèle', row && { lines: row.lines, by: row.by, seen: row.version });
  if (!offer || nameOf(offer) !== nameOf({ call, version }))
    throw conflict('Cette édition n’est plus celle qui est proposée. Relisez la page : rien n’a été changé.');
  return putHeld(
    sql,
    tenant,
    holder.subject,
    take
      ? {
          ...row,
          call,
          modelVersion: version,
          lines: takenLines(offer.lines, row.lines, filled),
          adjusted: false,
          declined: '',
          by,
          at,
        }
      : { ...row, declined: nameOf(offer), by, at },
  );
}

type Kind = 'sheet' | 'clauses';
/** Lines of a project in which something is filled. */
async function filledIn(sql: Sql, tenant: number, project: string, kind: Kind): Promise<Set<string>> {
  if (kind === 'clauses')
    return new Set(
      (await clausesOf(sql, tenant, project))
        .filter(({ answer, article, note, file }) => answer !== null || article || note || file)
        .map(({ clause }) => clause),
    );
  const held = await demonstrationsOf(sql, tenant, project);
  return new Set(
    (
      await sheetsOf(
        sql,
        tenant,
        held.map(({ id }) => id),
      )
    ).flatMap(({ scores }) => Object.keys(scores)),
  );
}
async function readable(sql: Sql, viewer: Viewer, id: string): Promise<ProjectRow> {
  const project = await projectFor(sql, viewer, id);
  demand(viewer, project, 'read');
  return project;
}
export async function projectModel(desk: Desk, id: string, kind: Kind, ctx: Ctx): Promise<HeldModel> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  return desk.db.tenant(tenant, async (sql) => {
    const project = await readable(sql, viewer, id);
    return heldModel(
      sql,
      tenant,
      holderOf(project),
      kind,
      await filledIn(sql, tenant, id, kind),
      writes(viewer, project),
    );
  });
}
export async function adjustProjectModel(
  desk: Desk,
  id: string,
  kind: Kind,
  body: { seen: number; lines: ModelLine[] },
  ctx: Ctx,
): Promise<{ version: number }> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  return changeIn(desk, viewer, id, 'support', 'adjust-model', async (sql, project) => {
    const version = await adjustHeld(
      sql,
      tenant,
      holderOf(project),
      kind,
      await filledIn(sql, tenant, id, kind),
      body,
      viewer.name,
      desk.now(),
    );
    return { reply: { version }, details: { kind, lines: body.lines.map(({ id: line }) => line) } };
  });
}
export async function answerProjectModel(
  desk: Desk,
  id: string,
  kind: Kind,
  body: Answer,
  ctx: Ctx,
): Promise<{ version: number }> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  return changeIn(desk, viewer, id, 'support', body.take ? 'take-model' : 'keep-model', async (sql, project) => {
    const version = await answerOffer(
      sql,
      tenant,
      holderOf(project),
      kind,
      await filledIn(sql, tenant, id, kind),
      body,
      viewer.name,
      desk.now(),
    );
    return { reply: { version }, details: { kind, call: body.call, version: body.version } };
  });
}
export async function projectModelPdf(desk: Desk, id: string, kind: Kind, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant, name: region } = viewer.region;
  const { project, row, lines, force } = await desk.db.transaction(tenant, async (sql) => {
    const project = await readable(sql, viewer, id);
    await trace(sql, viewer, 'read', `Project/${id}`, { details: { model: kind } });
    return { project, ...(await linesHeld(sql, tenant, holderOf(project), kind)) };
  });
  await sendPdf(
    ctx,
    ...drawModel(kind, lines, {
      region,
      team: project.practiceName,
      version: row?.modelVersion ?? force.version,
      adjusted: row?.adjusted ?? false,
      at: desk.now(),
      on: dayInFrance(desk.now()),
    }),
  );
  return undefined;
}
