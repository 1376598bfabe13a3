import type { z } from 'zod';
import type { Ctx } from '../../../access/index.ts';
import type { Sql } from '../../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../../desk.ts';
import { demandShared, mayIn } from '../../projects/reach.ts';
import { type Whose, whoseOf } from '../whose.ts';
import type { maturityReply } from './contract.ts';
import { currentMatrix, matrixOf } from './matrix.ts';
import { type Levels, meanTenths, proposed, type Readiness, readinessOf, spreadOf } from './maturity.rules.ts';
import { assessmentsOf, improvementsOf, newestAgreed, opinionsOf, overruleOf } from './maturity.store.ts';

type Reply = z.infer<typeof maturityReply>;
const plain = (levels: Levels): Record<string, number> => ({ ...levels });

/** Is the organisation of each of these teams defined today, by its newest assessment? */
export async function readinessIn(
  sql: Sql,
  tenant: number,
  practices: readonly string[],
): Promise<(practice: string) => Readiness> {
  const newest = await newestAgreed(sql, tenant, practices);
  return (practice) => {
    const found = newest.get(practice);
    return found ? readinessOf(matrixOf(found.model), found.levels) : readinessOf(currentMatrix, null);
  };
}

export async function readMaturity(desk: Desk, project: string | null, ctx: Ctx): Promise<Reply> {
  const viewer = await viewerOf(desk, ctx);
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    const whose = await whoseOf(sql, viewer, project);
    if (whose.project) await demandShared(sql, viewer, whose.project, 'maturity');
    return maturityOf(sql, viewer, whose, dayInFrance(desk.now()));
  });
}
async function maturityOf(sql: Sql, viewer: Viewer, whose: Whose, today: string): Promise<Reply> {
  const { tenant } = viewer.region;
  const rows = await assessmentsOf(sql, tenant, whose.practice);
  const views = await opinionsOf(
    sql,
    tenant,
    rows.map(({ id }) => id),
  );
  const open = rows.find(({ state }) => state === 'open');
  const agreed = rows.filter(({ state }) => state === 'agreed');
  const given = views.filter(({ assessment }) => assessment === open?.id);
  const mine = given.find(({ practitioner }) => practitioner === viewer.practitioner);
  const matrix = matrixOf((open ?? agreed[0])?.model ?? currentMatrix.id);
  const overrule = whose.project ? await overruleOf(sql, tenant, whose.project.id) : undefined;
  const team = mayIn(viewer, 'team');
  return {
    team: whose.name,
    project: whose.project?.id ?? null,
    matrix: matrix as Reply['matrix'],
    today,
    open: open
      ? {
          id: open.id,
          openedOn: open.openedOn,
          version: open.version,
          answers: given.length,
          mine: mine ? { levels: plain(mine.levels), version: mine.version } : null,
          opinions:
            viewer.as === 'practice'
              ? given.map(({ practitioner, name, profession, levels, at }) => ({
                  practitioner,
                  name,
                  profession,
                  levels: plain(levels),
                  at: at.toISOString(),
                }))
              : null,
          spread: spreadOf(
            matrix,
            given.map(({ levels }) => levels),
          ),
          proposed: plain(
            proposed(
              matrix,
              given.map(({ levels }) => levels),
            ),
          ),
        }
      : null,
    past: agreed.map(({ id, agreedOn, levels, words, by, model, version }) => ({
      id,
      agreedOn: agreedOn!,
      levels: plain(levels),
      words,
      by,
      version,
      answers: views.filter(({ assessment }) => assessment === id).length,
      means: Object.fromEntries(
        matrixOf(model).axes.flatMap((axis) => {
          const mean = meanTenths(axis, levels);
          return mean === null ? [] : [[axis.id, mean] as const];
        }),
      ),
    })),
    readiness: readinessOf(
      matrixOf(agreed[0]?.model ?? currentMatrix.id),
      agreed[0]?.levels ?? null,
    ) as Reply['readiness'],
    overrule: overrule ? { reason: overrule.reason, by: overrule.by, at: overrule.at.toISOString() } : null,
    actions: (await improvementsOf(sql, tenant, whose.practice)).map(
      ({ id, dimension, title, means, owner, due, doneOn, version, by }) => ({
        id,
        dimension,
        title,
        means,
        owner,
        due,
        doneOn,
        version,
        by,
        late: doneOn === null && due !== null && due < today,
      }),
    ),
    may: {
      open: team,
      answer: viewer.as === 'practice' && open !== undefined,
      agree: team,
      overrule: mayIn(viewer, 'support') && whose.project?.state === 'open',
    },
  };
}
