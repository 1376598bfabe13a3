import type { z } from 'zod';
import type { Ctx } from '../../../access/index.ts';
import { conflict } from '../../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../../desk.ts';
import { issuePaper, papersOf } from '../../papers/papers.store.ts';
import { plainData, type PlainPaper } from '../../papers/templates.ts';
import type { paperLine } from '../../projects/contract.ts';
import { paperLineOf } from '../../projects/read-projects.ts';
import { inProject } from '../change.ts';
import { professionWords } from '../time/read-time.ts';
import { deploymentModel } from './model.ts';
import { lineState } from './plan.rules.ts';
import { type Plan, planKind, planOf, planSummary } from './read-plan.ts';

const say = (iso: string): string => iso.split('-').reverse().join('/');
const came = (count: number): string => `${count} présente${count > 1 ? 's' : ''}`;
const states = { done: 'fait', late: 'en retard', current: 'en cours', 'to-come': 'à venir' } as const;
/** The plan as it is read on paper: phase by phase, then what training has covered. */
function planPaper(plan: Plan, team: string, today: string): PlainPaper {
  const line = (one: Plan['items'][number]) => [
    one.title,
    one.kind === 'module' ? one.professions.map(professionWords).join(', ') || 'Toutes' : one.owner,
    `${say(one.from)} – ${say(one.to)}`,
    states[lineState(one, today).state],
  ];
  const professions = plan.professions.filter(({ profession }) =>
    plan.heat.some((one) => one.profession === profession && one.state !== 'not-concerned'),
  );
  return {
    title: 'Plan de déploiement',
    lead: `Équipe : ${team}. État au ${say(today)}.`,
    parts: [
      { title: 'En bref', points: planSummary(plan, today) },
      ...deploymentModel.phases.map(({ id, title, lead }) => {
        const own = plan.items.filter(({ phase }) => phase === id);
        const phase = own.find(({ kind }) => kind === 'phase');
        return {
          title: `${phase?.title ?? title}${phase ? ` (${say(phase.from)} – ${say(phase.to)})` : ''}`,
          paragraphs: [lead],
          table: {
            head: ['Ligne', 'Pour qui, par qui', 'Dates', 'État'],
            rows: own.filter(({ kind }) => kind !== 'phase').map(line),
          },
        };
      }),
      ...(plan.sessions.some(({ state }) => state !== 'cancelled')
        ? [
            {
              title: 'Séances de formation',
              table: {
                head: ['Date', 'Module', 'Lieu, formateur', 'Personnes'],
                rows: plan.sessions
                  .filter(({ state }) => state !== 'cancelled')
                  .map((one) => [
                    say(one.day),
                    plan.items.find(({ id }) => id === one.module)?.title ?? '',
                    [one.place, one.trainer].filter(Boolean).join(', '),
                    one.state === 'held'
                      ? came(one.people.filter(({ present }) => present).length)
                      : `${one.people.length} prévue${one.people.length > 1 ? 's' : ''}`,
                  ]),
              },
            },
          ]
        : []),
      ...(professions.length > 0
        ? [
            {
              title: 'Personnes formées, par profession',
              table: {
                head: ['Profession', 'Modules suivis', 'Modules prévus'],
                numbers: [1, 2],
                rows: professions.map(({ profession }) => [
                  professionWords(profession),
                  String(plan.heat.filter((one) => one.profession === profession && one.trained > 0).length),
                  String(
                    plan.heat.filter((one) => one.profession === profession && one.state !== 'not-concerned').length,
                  ),
                ]),
              },
            },
          ]
        : []),
    ],
  };
}
/** Issues the plan; again: the next version of the same paper. */
export const issuePlan = async (desk: Desk, project: string, ctx: Ctx): Promise<z.infer<typeof paperLine>> =>
  issuePlanAs(desk, await viewerOf(desk, ctx), project);
export const issuePlanAs = (desk: Desk, viewer: Viewer, id: string): Promise<z.infer<typeof paperLine>> =>
  inProject(desk, viewer, id, 'team', 'issue', async (sql, project) => {
    const { tenant, name } = viewer.region;
    const today = dayInFrance(desk.now());
    const plan = await planOf(sql, tenant, project);
    if (plan.items.length === 0) throw conflict('Le plan de déploiement n’est pas encore commencé.');
    const paper = planPaper(plan, project.practiceName, today);
    const [former] = (await papersOf(sql, tenant, `Project/${id}`)).filter(({ kind }) => kind === planKind);
    const row = await issuePaper(sql, tenant, {
      subject: `Project/${id}`,
      of: project.reference,
      kind: planKind,
      mark: 'PLAN',
      title: paper.title,
      by: viewer.name,
      at: desk.now(),
      former,
      data: (reference, version) =>
        plainData(paper, { region: name, reference, version, on: say(today), foot: project.practiceName }),
    });
    return { reply: paperLineOf(row), details: { paper: row.reference, version: row.version } };
  });
