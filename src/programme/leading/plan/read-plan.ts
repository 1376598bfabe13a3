import type { z } from 'zod';
import { type Ctx, inSentence } from '../../../access/index.ts';
import type { Sql } from '../../../platform/index.ts';
import { byWords } from '../../choice/professions.rules.ts';
import { dayInFrance, type Desk, viewerOf } from '../../desk.ts';
import { papersOf } from '../../papers/papers.store.ts';
import { answeredIn } from '../../projects/projects.store.ts';
import { demand, mayIn, type ProjectRow, projectFor } from '../../projects/reach.ts';
import { paperLineOf } from '../../projects/read-projects.ts';
import { stepsOf } from '../../projects/steps.ts';
import { professionWords } from '../time/read-time.ts';
import { membersOf } from '../time/time.store.ts';
import type { planContract } from './contract.ts';
import { deploymentModel } from './model.ts';
import { type Cell, heatOf, lineState, phaseWaits } from './plan.rules.ts';
import { type ItemRow, itemsOf, type ProgressRow, progressOf, type SessionRow, sessionsOf } from './plan.store.ts';

type Reply = z.infer<typeof planContract.deployment.reply>;
export const planKind = 'deployment-plan';

/** Professions of the team: as it said when it applied, and those of the project team. */
export async function professionsOf(
  sql: Sql,
  tenant: number,
  project: ProjectRow,
): Promise<{ profession: string; people: number | null }[]> {
  const answered = project.application
    ? (await answeredIn(sql, tenant, [project.application], 'team.members')).get(project.application)
    : undefined;
  const counts = new Map(Object.entries((answered ?? {}) as Record<string, number>).filter(([, count]) => count > 0));
  const named = (await membersOf(sql, tenant, project.id))
    .filter(({ removed }) => !removed)
    .map(({ profession }) => profession);
  return [...new Set([...counts.keys(), ...named])]
    .sort(byWords)
    .map((profession) => ({ profession, people: counts.get(profession) ?? null }));
}

export interface Plan {
  items: ItemRow[];
  sessions: SessionRow[];
  progress: ProgressRow[];
  professions: { profession: string; people: number | null }[];
  heat: Cell[];
}
export async function planOf(sql: Sql, tenant: number, project: ProjectRow): Promise<Plan> {
  const [items, sessions, progress, known] = [
    await itemsOf(sql, tenant, project.id),
    await sessionsOf(sql, tenant, project.id),
    await progressOf(sql, tenant, project.id),
    await professionsOf(sql, tenant, project),
  ];
  const extra = new Set(
    [
      ...sessions.flatMap(({ people }) => people.map(({ profession }) => profession)),
      ...progress.map(({ profession }) => profession),
    ].filter((one) => !known.some(({ profession }) => profession === one)),
  );
  const professions = [...known, ...[...extra].sort(byWords).map((profession) => ({ profession, people: null }))];
  return {
    items,
    sessions,
    progress,
    professions,
    heat: heatOf(
      items.filter(({ kind }) => kind === 'module'),
      professions,
      sessions,
    ),
  };
}

const phaseTitle = (items: readonly ItemRow[], id: string): string =>
  items.find(({ kind, phase }) => kind === 'phase' && phase === id)?.title ??
  deploymentModel.phases.find((one) => one.id === id)!.title;
const counted = (count: number, one: string, many: string) => `${count} ${count > 1 ? many : one}`;
const quoted = (rows: readonly { title: string }[]): string =>
  rows.map(({ title }) => `«\u00a0${title}\u00a0»`).join(', ');
/** Is the plan kept? In sentences: of its lines, then of training. */
function said({ items, sessions, heat, professions }: Plan, today: string): { lines: string[]; training: string[] } {
  const late = items.filter((one) => one.kind !== 'phase' && lineState(one, today).state === 'late');
  const held = sessions.filter(({ state }) => state === 'held').length;
  const next = sessions.find(({ state, day }) => state === 'planned' && day >= today);
  const concerned = heat.filter(({ state }) => state !== 'not-concerned');
  const without = professions
    .filter(
      ({ profession }) =>
        concerned.some((one) => one.profession === profession) &&
        !concerned.some((one) => one.profession === profession && one.trained > 0),
    )
    .map(({ profession }) => inSentence(professionWords(profession)));
  return {
    lines: [
      `${counted(items.filter(({ kind, doneOn }) => kind !== 'phase' && doneOn !== null).length, 'ligne du plan terminée', 'lignes du plan terminées')} sur ${items.filter(({ kind }) => kind !== 'phase').length}.`,
      late.length === 0 ? 'Le plan est tenu : rien n’est en retard.' : `En retard : ${quoted(late)}.`,
    ],
    training: [
      `${counted(held, 'séance de formation tenue', 'séances de formation tenues')}${next ? ` ; la prochaine est le ${next.day.split('-').reverse().join('/')}` : ' ; aucune n’est prévue'}.`,
      ...(held > 0 && without.length > 0 ? [`Sans formation encore : ${without.join(', ')}.`] : []),
    ],
  };
}
export function planSummary(plan: Plan, today: string): string[] {
  if (plan.items.length === 0) return [];
  const { lines, training } = said(plan, today);
  return [...lines, ...training];
}
/** What the minutes of a follow-up begin with (PRJ-7): its points «settings» and «training»; nothing before there is a plan. */
export async function planWordsIn(
  sql: Sql,
  tenant: number,
  project: ProjectRow,
  today: string,
): Promise<{ settings?: string; training?: string }> {
  const plan = await planOf(sql, tenant, project);
  if (plan.items.length === 0) return {};
  const { lines, training } = said(plan, today);
  const trained = plan.professions.flatMap(({ profession, people }) => {
    const there = new Set(
      plan.sessions
        .filter(({ state }) => state === 'held')
        .flatMap((one) =>
          one.people.filter((who) => who.profession === profession && who.present).map(({ name }) => name),
        ),
    ).size;
    return there > 0
      ? [
          `${professionWords(profession)} : ${counted(there, 'personne formée', 'personnes formées')}${people === null ? '' : ` sur ${people}`}.`,
        ]
      : [];
  });
  return { settings: lines.join('\n'), training: [...training, ...trained].join('\n') };
}

export async function readPlan(desk: Desk, id: string, ctx: Ctx): Promise<Reply> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  const today = dayInFrance(desk.now());
  return desk.db.tenant(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    demand(viewer, project, 'read');
    const plan = await planOf(sql, tenant, project);
    const step = (await stepsOf(sql, tenant, project, today)).find((one) => one.step.id === 'deployment');
    const titles = new Map(plan.items.map((one) => [one.id, one.title]));
    const phases = deploymentModel.phases.map(({ id: phase, lead }) => ({
      id: phase,
      title: phaseTitle(plan.items, phase),
      lead,
    }));
    const names = [
      ...new Map(
        [
          ...(await membersOf(sql, tenant, id)).filter(({ removed }) => !removed),
          ...plan.sessions.flatMap(({ people }) => people),
        ].map(({ name, profession }) => [name, { name, profession }]),
      ).values(),
    ];
    return {
      started: plan.items.length > 0,
      step: { from: step?.from ?? project.startedOn, to: step?.to ?? today },
      items: plan.items.map(({ removed: _, professions, ...one }) => ({
        ...one,
        professions: [...professions],
        ...lineState(one, today),
      })),
      sessions: plan.sessions.map((one) => ({
        ...one,
        title: titles.get(one.module) ?? 'Module retiré du plan',
        late: one.state === 'planned' && one.day < today,
      })),
      professions: plan.professions,
      phases: phases.map((phase) => ({
        ...phase,
        professions: plan.professions.map(({ profession }) => {
          const own = plan.progress.filter((one) => one.profession === profession);
          const row = own.find((one) => one.phase === phase.id);
          return {
            profession,
            begunOn: row?.begunOn ?? null,
            doneOn: row?.doneOn ?? null,
            reason: row?.reason ?? '',
            version: row?.version ?? 0,
            waits: phaseWaits(phases, phase.id, own),
          };
        }),
      })),
      heat: plan.heat,
      late: plan.items.filter((one) => one.kind !== 'phase' && lineState(one, today).state === 'late').length,
      summary: planSummary(plan, today),
      papers: (await papersOf(sql, tenant, `Project/${id}`)).filter(({ kind }) => kind === planKind).map(paperLineOf),
      people: names,
      writes: mayIn(viewer, 'team') && project.state === 'open',
      today,
    };
  });
}
