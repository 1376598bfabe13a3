import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { invalid, notFound, type Sql } from '../../platform/index.ts';
import { type Desk, type Viewer, viewerOf } from '../desk.ts';
import { partiesOf } from '../projects/projects.store.ts';
import { demandShared, projectFor } from '../projects/reach.ts';
import {
  choicesOf,
  coverageOf,
  insertSolution,
  setRemoved,
  solutionsOf,
  updateSolution,
  writeCoverage,
} from './choosing.store.ts';
import { requirementsOf } from './requirement.store.ts';
import type { choosingContract, CoverageAnswer, SolutionBody } from './contract.ts';
import { costOf, explainedScore, ranks, weights } from './grid.rules.ts';
import { changeIn, editedMeanwhile, writes } from './inside.ts';
import { requirementLine } from './specification.ts';

type Grid = z.infer<typeof choosingContract.grid.reply>;
export async function readGrid(desk: Desk, id: string, ctx: Ctx): Promise<Grid> {
  const viewer = await viewerOf(desk, ctx);
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    await demandShared(sql, viewer, project, 'needs');
    return gridOf(sql, viewer, id, writes(viewer, project));
  });
}
/** Solutions side by side: each answer to each requirement, the score it makes, what it costs over three years. */
async function gridOf(sql: Sql, viewer: Viewer, id: string, write: boolean): Promise<Grid> {
  const { tenant } = viewer.region;
  const [requirements, solutions, parties] = [
    (await requirementsOf(sql, tenant, id)).filter(({ removed }) => !removed),
    await solutionsOf(sql, tenant, id),
    await partiesOf(sql, tenant, [id]),
  ];
  const coverage = await coverageOf(
    sql,
    tenant,
    solutions.map((one) => one.id),
  );
  const kept = new Set(requirements.map((one) => one.id));
  const lines = solutions.map(({ id: solution, body, version, by, at, vendor }) => {
    const answers = coverage.filter((one) => one.solution === solution && kept.has(one.requirement));
    const score = explainedScore(
      requirements,
      new Map(answers.map(({ requirement, answer }) => [requirement, answer])),
    );
    return {
      ...body,
      id: solution,
      version,
      by,
      at: at.toISOString(),
      vendorName: parties.find(({ practitioner }) => practitioner === vendor)?.name ?? null,
      coverage: answers.map(({ requirement, answer, note, version: seen }) => ({
        requirement,
        answer,
        note,
        version: seen,
      })),
      score,
      cost: costOf(body.costs),
    };
  });
  const places = ranks(lines.map(({ score }) => score.percent));
  return {
    requirements: requirements.map(requirementLine),
    weights: (['must', 'should', 'could'] as const).map((importance) => ({ importance, weight: weights[importance] })),
    solutions: lines.map((line, at) => ({ ...line, rank: places[at]! })),
    vendors: parties.filter(({ role }) => role === 'vendor').map(({ practitioner, name }) => ({ practitioner, name })),
    chosen: (await choicesOf(sql, tenant, id))[0]?.solution ?? null,
    may: { write },
  };
}

/** The vendor of a solution is one who is asked in this project: they are then shown its demonstrations. */
async function checkedVendor(sql: Sql, viewer: Viewer, project: string, vendor: string | null): Promise<void> {
  if (
    vendor !== null &&
    !(await partiesOf(sql, viewer.region.tenant, [project])).some(
      ({ practitioner, role }) => practitioner === vendor && role === 'vendor',
    )
  )
    throw invalid(
      'Cet éditeur n’est pas sollicité dans le projet : sollicitez-le d’abord dans « Personnes ». Rien n’a été enregistré.',
      {
        vendor: 'à choisir dans la liste',
      },
    );
}
export const addSolution = async (desk: Desk, id: string, body: SolutionBody, ctx: Ctx): Promise<{ id: string }> =>
  addSolutionAs(desk, await viewerOf(desk, ctx), id, body);
export const addSolutionAs = (desk: Desk, viewer: Viewer, id: string, body: SolutionBody): Promise<{ id: string }> =>
  changeIn(desk, viewer, id, 'support', 'write-solution', async (sql) => {
    await checkedVendor(sql, viewer, id, body.vendor);
    if ((await solutionsOf(sql, viewer.region.tenant, id)).length >= 12)
      throw invalid('La grille compare douze solutions au plus. Rien n’a été enregistré : retirez-en une.');
    const solution = randomUUID();
    await insertSolution(sql, viewer.region.tenant, id, solution, body, viewer.name, desk.now());
    return { reply: { id: solution }, details: { solution, name: body.name } };
  });
export async function changeSolution(
  desk: Desk,
  id: string,
  solution: string,
  { seen, ...body }: SolutionBody & { seen: number },
  ctx: Ctx,
): Promise<{ version: number }> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'support', 'write-solution', async (sql) => {
    await checkedVendor(sql, viewer, id, body.vendor);
    await solutionIn(sql, viewer, id, solution);
    const version = await updateSolution(sql, viewer.region.tenant, id, solution, seen, body, viewer.name, desk.now());
    if (version === undefined) throw editedMeanwhile('Cette solution');
    return { reply: { version }, details: { solution } };
  });
}
export async function solutionIn(sql: Sql, viewer: Viewer, project: string, solution: string) {
  const found = (await solutionsOf(sql, viewer.region.tenant, project)).find((one) => one.id === solution);
  if (!found) throw notFound('Cette solution');
  return found;
}
export async function turnSolution(desk: Desk, id: string, solution: string, on: boolean, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'support', on ? 'restore-solution' : 'remove-solution', async (sql) => {
    if (!(await setRemoved(sql, viewer.region.tenant, 'solution', id, solution, on ? null : desk.now())))
      throw notFound('Cette solution');
    return { reply: undefined, details: { solution } };
  });
}
export const cover = async (
  desk: Desk,
  id: string,
  solution: string,
  requirement: string,
  body: { answer: CoverageAnswer; note: string; seen: number },
  ctx: Ctx,
): Promise<{ version: number }> => coverAs(desk, await viewerOf(desk, ctx), id, solution, requirement, body);
export const coverAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  solution: string,
  requirement: string,
  { answer, note, seen }: { answer: CoverageAnswer; note: string; seen: number },
): Promise<{ version: number }> =>
  changeIn(desk, viewer, id, 'support', 'cover', async (sql) => {
    const { tenant } = viewer.region;
    await solutionIn(sql, viewer, id, solution);
    if (!(await requirementsOf(sql, tenant, id)).some((one) => one.id === requirement && !one.removed))
      throw notFound('Cette exigence');
    const version = await writeCoverage(sql, tenant, seen, {
      solution,
      requirement,
      answer,
      note,
      by: viewer.name,
      at: desk.now(),
    });
    if (version === undefined)
      throw editedMeanwhile(
        'Cette case',
        (await coverageOf(sql, tenant, [solution])).find((one) => one.requirement === requirement) ?? null,
      );
    return { reply: { version }, details: { solution, requirement, answer } };
  });
