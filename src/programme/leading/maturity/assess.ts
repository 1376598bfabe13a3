import { type Ctx, staffOf, tellNotice } from '../../../access/index.ts';
import { conflict, forbidden, invalid, notFound, type Sql } from '../../../platform/index.ts';
import { dayInFrance, type Desk, trace, type Viewer, viewerOf } from '../../desk.ts';
import { tellTeam } from '../tell.ts';
import { demandTeam, type Whose, whoseOf, whoseOfPractice } from '../whose.ts';
import { currentMatrix, matrixOf, wrongLevels } from './matrix.ts';
import { allGiven, type Levels } from './maturity.rules.ts';
import {
  type AssessmentRow,
  assessmentOf,
  assessmentsOf,
  insertAssessment,
  putOpinion,
  setAssessment,
} from './maturity.store.ts';

const what = 'Cette autoévaluation';
const stale = () =>
  conflict(
    'Cette autoévaluation a changé pendant que vous la lisiez. Elle vient d’être relue : votre saisie est encore sur cet écran.',
  );

/** Begins a self-assessment of my team, or of the team of a project. Errors: 403, 404, 409 when one is open. */
export const openAssessment = async (desk: Desk, project: string | null, ctx: Ctx): Promise<{ id: string }> =>
  openAssessmentAs(desk, await viewerOf(desk, ctx), project);
export async function openAssessmentAs(desk: Desk, viewer: Viewer, project: string | null): Promise<{ id: string }> {
  const { tenant } = viewer.region;
  const { id, whose } = await desk.db.transaction(tenant, async (sql) => {
    const whose = await whoseOf(sql, viewer, project);
    demandTeam(viewer);
    const id = await insertAssessment(sql, tenant, {
      practice: whose.practice,
      practiceName: whose.name,
      practiceTenant: whose.tenant,
      model: currentMatrix.id,
      openedOn: dayInFrance(desk.now()),
      by: viewer.name,
      at: desk.now(),
    });
    if (!id) throw conflict('Une autoévaluation est déjà ouverte : terminez-la d’abord.');
    await trace(sql, viewer, 'create', `Assessment/${id}`, { details: { practice: whose.practice } });
    return { id, whose };
  });
  await tellMembers(desk, viewer, whose);
  tellTeam(desk, viewer, whose);
  return { id };
}
/** The people of the practice hear that their answers are asked. */
async function tellMembers(desk: Desk, viewer: Viewer, { tenant }: Whose): Promise<void> {
  if (tenant === null) return;
  await desk.db.transaction(tenant, async (sql) => {
    for (const { practitioner, kind } of await staffOf(sql, tenant))
      if (kind === 'care' && practitioner !== viewer.practitioner)
        await tellNotice(
          sql,
          tenant,
          {
            practitioner,
            kind: 'programme-maturity',
            patient: null,
            words: 'Votre équipe évalue son organisation : donnez vos réponses.',
          },
          { once: true },
        );
  });
}

/** One change of an assessment that the viewer may know of, under its row. */
async function change(
  desk: Desk,
  viewer: Viewer,
  id: string,
  action: string,
  act: (sql: Sql, row: AssessmentRow, whose: Whose) => Promise<Record<string, unknown>>,
): Promise<void> {
  const { tenant } = viewer.region;
  const whose = await desk.db.transaction(tenant, async (sql) => {
    const row = await assessmentOf(sql, tenant, id, true);
    if (!row) throw notFound(what);
    const whose = await whoseOfPractice(sql, viewer, row.practice, what);
    const details = await act(sql, row, whose);
    await trace(sql, viewer, action, `Assessment/${id}`, { details });
    return whose;
  });
  tellTeam(desk, viewer, whose);
}
function demandFit(row: AssessmentRow, levels: Levels): void {
  const wrong = wrongLevels(matrixOf(row.model), levels);
  if (Object.keys(wrong).length > 0)
    throw invalid('Certains niveaux ne sont pas de cette grille. Rien n’a été enregistré.', wrong);
}

export const giveLevels = async (
  desk: Desk,
  id: string,
  body: { levels: Levels; seen: number },
  ctx: Ctx,
): Promise<void> => giveLevelsAs(desk, await viewerOf(desk, ctx), id, body);
/** One's own answers, as a member of the team: each writes only theirs. */
export const giveLevelsAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { levels, seen }: { levels: Levels; seen: number },
): Promise<void> =>
  change(desk, viewer, id, 'answer', async (sql, row) => {
    if (viewer.as !== 'practice') throw forbidden('Seules les personnes de l’équipe répondent à l’autoévaluation.');
    if (row.state !== 'open') throw conflict('L’équipe a terminé cette autoévaluation : ses niveaux sont retenus.');
    demandFit(row, levels);
    if (
      !(await putOpinion(
        sql,
        viewer.region.tenant,
        {
          assessment: id,
          practitioner: viewer.practitioner,
          name: viewer.name,
          profession: viewer.caller.profession,
          levels,
          at: desk.now(),
        },
        seen,
      ))
    )
      throw stale();
    return {};
  });

export const agreeLevels = async (
  desk: Desk,
  id: string,
  body: { levels: Levels; words: string; seen: number },
  ctx: Ctx,
): Promise<void> => agreeLevelsAs(desk, await viewerOf(desk, ctx), id, body);
/** What the team agreed on; ends the assessment. Errors: 422 while a dimension has no level. */
export const agreeLevelsAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { levels, words, seen }: { levels: Levels; words: string; seen: number },
): Promise<void> =>
  change(desk, viewer, id, 'agree', async (sql, row) => {
    demandTeam(viewer);
    if (row.state !== 'open') throw conflict('Cette autoévaluation est déjà terminée.');
    if (row.version !== seen) throw stale();
    demandFit(row, levels);
    const matrix = matrixOf(row.model);
    if (!allGiven(matrix, levels)) {
      const without = matrix.axes.flatMap(({ dimensions }) => dimensions.filter((one) => levels[one.id] === undefined));
      throw invalid(
        `Il manque un niveau pour : ${without.map(({ label }) => label.toLowerCase()).join(', ')}. Rien n’a été enregistré.`,
        Object.fromEntries(without.map((one) => [`levels.${one.id}`, 'à choisir'])),
      );
    }
    await setAssessment(
      sql,
      viewer.region.tenant,
      id,
      { state: 'agreed', agreedOn: dayInFrance(desk.now()), levels, words, by: viewer.name },
      desk.now(),
    );
    return { levels };
  });

export const reopenAssessment = async (desk: Desk, id: string, seen: number, ctx: Ctx): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await change(desk, viewer, id, 'reopen', async (sql, row) => {
    demandTeam(viewer);
    if (row.state !== 'agreed') throw conflict('Cette autoévaluation est ouverte.');
    if (row.version !== seen) throw stale();
    const all = await assessmentsOf(sql, viewer.region.tenant, row.practice);
    if (all.some(({ state }) => state === 'open'))
      throw conflict('Une autre autoévaluation est ouverte : terminez-la d’abord.');
    if (all[0]?.id !== id) throw conflict('Une autoévaluation plus récente existe : celle-ci ne change plus.');
    await setAssessment(
      sql,
      viewer.region.tenant,
      id,
      { state: 'open', agreedOn: null, levels: row.levels, words: row.words, by: viewer.name },
      desk.now(),
    );
    return {};
  });
};
