import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { invalid, notFound, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { filesOf, issuePaper } from '../papers/papers.store.ts';
import type { ModelLine } from '../contract/models.ts';
import { callOf, demand, type ProjectRow, projectFor, sharedWith } from '../projects/reach.ts';
import { choicesOf, type ClauseRow, clausesOf, writeClause } from './choosing.store.ts';
import type { choosingContract, ClauseLine } from './contract.ts';
import { changeIn, editedMeanwhile, formerOf, issuedOf, writes } from './inside.ts';
import { clausesPaper } from './papers.ts';
import { beginModel, holderOf, linesHeld } from '../models/of-project.ts';

/** What lacks comes first, then what nobody has read; a clause that is expected before one that is advised. */
const order = { missing: 0, weak: 1, unread: 2, present: 3, 'not-needed': 4 } as const;
function clauseLines(
  model: readonly ModelLine[],
  rows: readonly ClauseRow[],
  files: readonly { id: string; name: string }[],
): ClauseLine[] {
  const known = new Map(rows.map((row) => [row.clause, row]));
  const place = (one: ClauseLine) => order[one.answer ?? 'unread'] * 2 + (one.core ? 0 : 1);
  return model
    .map(({ id, group, title, help: why, words, must: core }): ClauseLine => {
      const row = known.get(id);
      const file = row?.file ? files.find((one) => one.id === row.file) : undefined;
      return {
        id,
        group,
        title,
        why,
        model: words,
        core,
        answer: row?.answer ?? null,
        article: row?.article ?? '',
        note: row?.note ?? '',
        file: file ? { id: file.id, name: file.name } : null,
        version: row?.version ?? 0,
        by: row?.by ?? null,
        at: row?.at.toISOString() ?? null,
      };
    })
    .sort((a, b) => place(a) - place(b));
}
async function linesOf(
  sql: Sql,
  tenant: number,
  project: ProjectRow,
): Promise<{ lines: ClauseLine[]; files: { id: string; name: string }[]; product: string }> {
  const { id } = project;
  const files = (await filesOf(sql, tenant, `Project/${id}`)).map(({ id: file, name }) => ({ id: file, name }));
  return {
    lines: clauseLines(
      (await linesHeld(sql, tenant, holderOf(project), 'clauses')).lines,
      await clausesOf(sql, tenant, id),
      files,
    ),
    files,
    product: (await choicesOf(sql, tenant, id))[0]?.product ?? '',
  };
}
export async function readClauses(
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<z.infer<typeof choosingContract.clauses.reply>> {
  const viewer = await viewerOf(desk, ctx);
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    demand(viewer, project, 'read');
    const { lines, files, product } = await linesOf(sql, viewer.region.tenant, project);
    const count = (answer: ClauseLine['answer']) => lines.filter((one) => one.answer === answer).length;
    return {
      clauses: lines,
      counts: {
        present: count('present'),
        weak: count('weak'),
        missing: count('missing'),
        notNeeded: count('not-needed'),
        unread: count(null),
      },
      papers: await issuedOf(sql, viewer, id, 'contract-checklist'),
      files,
      product,
      may: {
        write: writes(viewer, project, 'team'),
        papers: (await sharedWith(sql, viewer, id)).includes('papers') && writes(viewer, project),
      },
    };
  });
}
interface Body extends Pick<ClauseRow, 'answer' | 'article' | 'note' | 'file'> {
  seen: number;
}
export const answerClause = async (
  desk: Desk,
  id: string,
  clause: string,
  body: Body,
  ctx: Ctx,
): Promise<{ version: number }> => answerClauseAs(desk, await viewerOf(desk, ctx), id, clause, body);
export const answerClauseAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  clause: string,
  { answer, article, note, file, seen }: Body,
): Promise<{ version: number }> =>
  changeIn(desk, viewer, id, 'team', 'answer-clause', async (sql, project) => {
    const { tenant } = viewer.region;
    const model = await beginModel(sql, tenant, holderOf(project), 'clauses', viewer.name, desk.now());
    if (!model.some((one) => one.id === clause)) throw notFound('Cette clause');
    if (file !== null && !(await filesOf(sql, tenant, `Project/${id}`)).some((one) => one.id === file))
      throw invalid('Ce fichier n’est pas dans le projet : joignez-le d’abord. Rien n’a été enregistré.', {
        file: 'à choisir dans la liste',
      });
    const version = await writeClause(sql, tenant, id, seen, {
      clause,
      answer,
      article,
      note,
      file,
      by: viewer.name,
      at: desk.now(),
    });
    if (version === undefined)
      throw editedMeanwhile(
        'Cette clause',
        (await linesOf(sql, tenant, project)).lines.find((one) => one.id === clause),
      );
    return { reply: { version }, details: { clause, answer } };
  });
export async function issueClauses(desk: Desk, id: string, ctx: Ctx): Promise<{ paper: string }> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'support', 'issue-clauses', async (sql, project) => {
    const { tenant, name: region } = viewer.region;
    const [call, at, { lines, product }] = [
      await callOf(sql, tenant, project),
      desk.now(),
      await linesOf(sql, tenant, project),
    ];
    const row = await issuePaper(sql, tenant, {
      subject: `Project/${id}`,
      of: project.reference,
      kind: 'contract-checklist',
      mark: 'CLA',
      title: 'Clauses du contrat',
      by: viewer.name,
      at,
      former: await formerOf(sql, tenant, id, 'contract-checklist'),
      data: (reference, version) =>
        clausesPaper(lines, product, {
          region,
          team: project.practiceName,
          reference,
          version,
          on: dayInFrance(at),
          foot: call.title,
          by: viewer.name,
        }),
    });
    return { reply: { paper: row.id }, details: { reference: row.reference, version: row.version } };
  });
}
