import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type Ctx, isProfession } from '../../access/index.ts';
import { conflict, forbidden, invalid, notFound, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import type { ModelLine } from '../contract/models.ts';
import { beginModel, holderOf, linesHeld } from '../models/of-project.ts';
import { demand, type ProjectRow, projectFor } from '../projects/reach.ts';
import {
  demonstrationsOf,
  insertDemonstration,
  insertVisit,
  setRemoved,
  sheetsOf,
  solutionsOf,
  updateDemonstration,
  updateVisit,
  visitsOf,
  writeSheet,
} from './choosing.store.ts';
import { solutionIn } from './compare.ts';
import type { choosingContract, VisitBody } from './contract.ts';
import { itemMeans, professionMeans, weightedMean } from './grid.rules.ts';
import { changeIn, editedMeanwhile, writes } from './inside.ts';
import { byWords } from './professions.rules.ts';
import { peopleOf } from './needs.store.ts';

interface DemonstrationBody {
  solution: string;
  on: string;
  time: string;
  place: string;
}
type Scores = Record<string, number>;

export async function readDemonstrations(
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<z.infer<typeof choosingContract.demonstrations.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  return desk.db.tenant(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    demand(viewer, project, 'read');
    const [solutions, rows, visits, people] = [
      await solutionsOf(sql, tenant, id),
      await demonstrationsOf(sql, tenant, id),
      await visitsOf(sql, tenant, id),
      await peopleOf(sql, tenant, id),
    ];
    const sheets = await sheetsOf(
      sql,
      tenant,
      rows.map((one) => one.id),
    );
    const sheet = (await linesHeld(sql, tenant, holderOf(project), 'sheet')).lines.map(
      ({ id: item, title, help, weight }) => ({ id: item, title, help, weight }),
    );
    const asked = [...new Set(people.map(({ profession }) => profession))].sort(byWords);
    return {
      items: sheet,
      solutions: solutions.map(({ id: solution, body }) => ({ id: solution, name: body.name, company: body.company })),
      demonstrations: rows.map(({ id: demonstration, solution, on, time, place, version }) => {
        const those = sheets.filter((one) => one.demonstration === demonstration);
        return {
          id: demonstration,
          solution,
          on,
          time,
          place,
          version,
          means: itemMeans(sheet, those),
          byProfession: professionMeans(sheet, those),
          mean: weightedMean(sheet, those),
          silent: asked.filter((profession) => !those.some((one) => one.profession === profession)),
          sheets: those.map(({ id: own, name, profession, scores, comment, version: seen, typedBy }) => ({
            id: own,
            name,
            profession,
            scores,
            comment,
            version: seen,
            typedBy,
            mine: viewer.as === 'practice' && own === viewer.practitioner,
          })),
        };
      }),
      visits: visits.map(({ id: visit, body, version, by, at }) => ({
        ...body,
        id: visit,
        version,
        by,
        at: at.toISOString(),
      })),
      today: dayInFrance(desk.now()),
      may: {
        write: writes(viewer, project),
        visit: writes(viewer, project, 'team'),
        score: viewer.as === 'practice' && project.state === 'open',
      },
    };
  });
}
export const planDemonstration = async (
  desk: Desk,
  id: string,
  body: DemonstrationBody,
  ctx: Ctx,
): Promise<{ id: string }> => planDemonstrationAs(desk, await viewerOf(desk, ctx), id, body);
export const planDemonstrationAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  body: DemonstrationBody,
): Promise<{ id: string }> =>
  changeIn(desk, viewer, id, 'support', 'plan-demonstration', async (sql) => {
    await solutionIn(sql, viewer, id, body.solution);
    const demonstration = randomUUID();
    await insertDemonstration(sql, viewer.region.tenant, id, {
      id: demonstration,
      ...body,
      by: viewer.name,
      at: desk.now(),
    });
    return { reply: { id: demonstration }, details: { demonstration, ...body } };
  });
async function demonstrationIn(sql: Sql, viewer: Viewer, project: string, demonstration: string) {
  const found = (await demonstrationsOf(sql, viewer.region.tenant, project)).find((one) => one.id === demonstration);
  if (!found) throw notFound('Cette démonstration');
  return found;
}
export async function changeDemonstration(
  desk: Desk,
  id: string,
  demonstration: string,
  { seen, ...body }: DemonstrationBody & { seen: number },
  ctx: Ctx,
): Promise<{ version: number }> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'support', 'plan-demonstration', async (sql) => {
    await solutionIn(sql, viewer, id, body.solution);
    await demonstrationIn(sql, viewer, id, demonstration);
    const version = await updateDemonstration(sql, viewer.region.tenant, id, seen, {
      id: demonstration,
      ...body,
      by: viewer.name,
      at: desk.now(),
    });
    if (version === undefined) throw editedMeanwhile('Cette démonstration');
    return { reply: { version }, details: { demonstration, ...body } };
  });
}
export async function turnDemonstration(
  desk: Desk,
  id: string,
  demonstration: string,
  on: boolean,
  ctx: Ctx,
): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'support', on ? 'restore-demonstration' : 'remove-demonstration', async (sql) => {
    if (!(await setRemoved(sql, viewer.region.tenant, 'demonstration', id, demonstration, on ? null : desk.now())))
      throw notFound('Cette démonstration');
    return { reply: undefined, details: { demonstration } };
  });
}
/** The sheet of that day is the project's own from the first scores on. */
async function checkedScores(sql: Sql, viewer: Viewer, project: ProjectRow, scores: Scores, at: Date): Promise<void> {
  const sheet: readonly ModelLine[] = await beginModel(
    sql,
    viewer.region.tenant,
    holderOf(project),
    'sheet',
    viewer.name,
    at,
  );
  const known = new Set(sheet.map((one) => one.id));
  if (Object.keys(scores).length === 0) throw invalid('Donnez au moins une note. Rien n’a été enregistré.');
  if (!Object.keys(scores).every((item) => known.has(item)))
    throw invalid('Une des lignes n’est pas de cette grille de notation. Rien n’a été enregistré : rechargez la page.');
}
/** My sheet, as someone of the team, once the demonstration has begun. */
export const scoreDemonstration = async (
  desk: Desk,
  id: string,
  demonstration: string,
  body: { scores: Scores; comment: string; seen: number },
  ctx: Ctx,
): Promise<{ version: number }> => scoreDemonstrationAs(desk, await viewerOf(desk, ctx), id, demonstration, body);
export async function scoreDemonstrationAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  demonstration: string,
  { scores, comment, seen }: { scores: Scores; comment: string; seen: number },
): Promise<{ version: number }> {
  if (viewer.as !== 'practice') {
    await desk.db.tenant(viewer.region.tenant, (sql) => projectFor(sql, viewer, id));
    throw forbidden('La grille de notation est remplie par les professionnels de l’équipe.');
  }
  return changeIn(desk, viewer, id, 'read', 'score-demonstration', async (sql, project) => {
    if (project.state !== 'open') throw forbidden('Ce projet ne change plus.');
    const row = await demonstrationIn(sql, viewer, id, demonstration);
    if (row.on > dayInFrance(desk.now()))
      throw conflict('Cette démonstration n’a pas encore eu lieu : notez-la le jour même ou après.');
    await checkedScores(sql, viewer, project, scores, desk.now());
    const version = await writeSheet(sql, viewer.region.tenant, seen, {
      demonstration,
      id: viewer.practitioner,
      name: viewer.name,
      profession: viewer.caller.profession,
      scores,
      comment,
      typedBy: '',
      at: desk.now(),
    });
    if (version === undefined) throw editedMeanwhile('Votre grille');
    return { reply: { version }, details: { demonstration } };
  });
}
/** A sheet that was filled on paper, typed by whoever supports the project: for teams without accounts here. */
export const typeSheet = async (
  desk: Desk,
  id: string,
  demonstration: string,
  body: { name: string; profession: string; scores: Scores; comment: string },
  ctx: Ctx,
): Promise<{ id: string }> => typeSheetAs(desk, await viewerOf(desk, ctx), id, demonstration, body);
export const typeSheetAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  demonstration: string,
  { name, profession, scores, comment }: { name: string; profession: string; scores: Scores; comment: string },
): Promise<{ id: string }> =>
  changeIn(desk, viewer, id, 'support', 'type-sheet', async (sql, project) => {
    await demonstrationIn(sql, viewer, id, demonstration);
    if (!isProfession(profession))
      throw invalid('La profession n’est pas dans la liste. Rien n’a été enregistré.', {
        profession: 'à choisir dans la liste',
      });
    await checkedScores(sql, viewer, project, scores, desk.now());
    const own = `papier-${randomUUID()}`;
    await writeSheet(sql, viewer.region.tenant, 0, {
      demonstration,
      id: own,
      name,
      profession,
      scores,
      comment,
      typedBy: viewer.name,
      at: desk.now(),
    });
    return { reply: { id: own }, details: { demonstration, name } };
  });

export const addVisit = async (desk: Desk, id: string, body: VisitBody, ctx: Ctx): Promise<{ id: string }> =>
  addVisitAs(desk, await viewerOf(desk, ctx), id, body);
export const addVisitAs = (desk: Desk, viewer: Viewer, id: string, body: VisitBody): Promise<{ id: string }> =>
  changeIn(desk, viewer, id, 'team', 'write-visit', async (sql) => {
    await solutionIn(sql, viewer, id, body.solution);
    const visit = randomUUID();
    await insertVisit(sql, viewer.region.tenant, id, visit, body, viewer.name, desk.now());
    return { reply: { id: visit }, details: { visit, practice: body.practice } };
  });
export async function changeVisit(
  desk: Desk,
  id: string,
  visit: string,
  { seen, ...body }: VisitBody & { seen: number },
  ctx: Ctx,
): Promise<{ version: number }> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'team', 'write-visit', async (sql) => {
    await solutionIn(sql, viewer, id, body.solution);
    if (!(await visitsOf(sql, viewer.region.tenant, id)).some((one) => one.id === visit))
      throw notFound('Cette visite');
    const version = await updateVisit(sql, viewer.region.tenant, id, visit, seen, body, viewer.name, desk.now());
    if (version === undefined) throw editedMeanwhile('Cette visite');
    return { reply: { version }, details: { visit } };
  });
}
export async function turnVisit(desk: Desk, id: string, visit: string, on: boolean, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  return changeIn(desk, viewer, id, 'team', on ? 'restore-visit' : 'remove-visit', async (sql) => {
    if (!(await setRemoved(sql, viewer.region.tenant, 'site_visit', id, visit, on ? null : desk.now())))
      throw notFound('Cette visite');
    return { reply: undefined, details: { visit } };
  });
}
