import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import type { Sql } from '../../platform/index.ts';
import { editionsOf } from '../calls/editions.store.ts';
import type { Edition } from '../calls/contract.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import { showsKind } from '../money/reach.ts';
import { type FileRow, filesOf, type PaperRow, papersOf } from '../papers/papers.store.ts';
import { renouncedIn } from '../places/places.store.ts';
import { decidedNow } from '../review/decisions.store.ts';
import type { fileLine, paperLine, projectLine, projectsContract, stepLine } from './contract.ts';
import { answeredIn, kindsThere, openedFor, partiesOf, stepRows } from './projects.store.ts';
import { callOf, callsOf, mayIn, type ProjectRow, projectFor, projectsFor, sharedWith } from './reach.ts';
import { currentStep, plannedMonths, type StepView, stepsOn } from './steps.rules.ts';
import { stepActs, stepsOf } from './steps.ts';

function lineOf(
  project: ProjectRow,
  call: Edition,
  views: StepView[],
  consultant: string | null,
  territory: unknown,
): z.infer<typeof projectLine> {
  const current = project.state === 'open' ? currentStep(views) : undefined;
  return {
    id: project.id,
    reference: project.reference,
    team: project.practiceName,
    call: call.title,
    edition: project.edition,
    territory: typeof territory === 'string' ? territory : '',
    state: project.state,
    startedOn: project.startedOn,
    endedOn: project.endedOn,
    endsOn: views.at(-1)!.to,
    consultant,
    step: current ? { id: current.step.id, title: current.step.title, to: current.to } : null,
    at: views.filter(({ state }) => state === 'done' || state === 'skipped').length,
    of: views.length,
    lateDays: current?.lateDays ?? 0,
  };
}
const territoryField = 'team.territory';

/** All projects a viewer may know of, each with its steps: the list, the region's table and map, exports. */
export async function projectsWithSteps(
  sql: Sql,
  viewer: Viewer,
  today: string,
): Promise<{ project: ProjectRow; call: Edition; views: StepView[]; line: z.infer<typeof projectLine> }[]> {
  const { tenant } = viewer.region;
  const projects = await projectsFor(sql, viewer);
  const ids = projects.map(({ id }) => id);
  const applications = projects.flatMap(({ application }) => application ?? []);
  const [rows, kinds, parties, territories] = [
    await stepRows(sql, tenant, ids),
    await kindsThere(sql, tenant, ids),
    await partiesOf(sql, tenant, ids),
    await answeredIn(sql, tenant, applications, territoryField),
  ];
  const callOf = await callsOf(sql, tenant, projects);
  return projects.map((project) => {
    const call = callOf(project);
    const views = stepsOn(
      call.steps,
      call.year,
      rows.filter((row) => row.project === project.id),
      kinds.get(project.id)!,
      {},
      today,
    );
    const consultant = parties.find((one) => one.project === project.id && one.role === 'consultant')?.name ?? null;
    const line = lineOf(project, call, views, consultant, territories.get(project.application ?? ''));
    return { project, call, views, line };
  });
}

/** How many chosen teams of each call have no project yet, nor gave up their place. */
async function toOpenIn(sql: Sql, tenant: number): Promise<{ edition: string; title: string; teams: number }[]> {
  const [decided, opened, renounced] = [
    await decidedNow(sql, tenant),
    await openedFor(sql, tenant),
    await renouncedIn(sql, tenant),
  ];
  const waiting = decided.filter(
    ({ outcome, application }) => outcome === 'chosen' && !opened.has(application) && !renounced.has(application),
  );
  if (waiting.length === 0) return [];
  const titles = new Map((await editionsOf(sql, tenant)).map(({ id, body }) => [id, body?.title]));
  return [...Map.groupBy(waiting, ({ edition }) => edition)]
    .map(([edition, teams]) => ({ edition, title: titles.get(edition) ?? edition, teams: teams.length }))
    .toSorted((a, b) => (a.edition < b.edition ? -1 : 1));
}

export async function readProjects(desk: Desk, ctx: Ctx): Promise<z.infer<typeof projectsContract.projects.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  return desk.db.tenant(tenant, async (sql) => {
    const found = await projectsWithSteps(sql, viewer, dayInFrance(desk.now()));
    const leads = mayIn(viewer, 'lead');
    return {
      as: viewer.as,
      leads,
      projects: found.map(({ line }) => line),
      toOpen: leads ? await toOpenIn(sql, tenant) : [],
    };
  });
}

export const paperLineOf = ({ id, kind, reference, version, title, by, at }: PaperRow): z.infer<typeof paperLine> => ({
  id,
  kind,
  reference,
  version,
  title,
  by,
  at: at.toISOString(),
});
export const fileLineOf = (
  { id, kind, name, size, by, at, practitioner }: FileRow,
  viewer: Viewer,
): z.infer<typeof fileLine> => ({
  id,
  kind,
  name,
  size,
  by,
  at: at.toISOString(),
  mine: practitioner === viewer.practitioner,
});

function stepLineOf(
  viewer: Viewer,
  project: ProjectRow,
  view: StepView,
  all: StepView[],
  papers: readonly PaperRow[],
  files: readonly FileRow[],
): z.infer<typeof stepLine> {
  const { step, facts } = view;
  const newest = (kind: string) =>
    papers.filter(
      (one) =>
        one.kind === kind && !papers.some((other) => other.reference === one.reference && other.version > one.version),
    );
  return {
    id: step.id,
    title: step.title,
    who: step.who,
    expected: step.expected,
    from: view.from,
    to: view.to,
    moved: view.moved,
    state: view.state,
    lateDays: view.lateDays,
    blockers: view.blockers,
    deliverables: step.deliverables.map(({ kind, label, required }) => ({
      kind,
      label,
      required,
      there: required && !view.missing.includes(label),
      held: [
        ...newest(kind).map(({ id, title, reference, version, at }) => ({
          type: 'paper' as const,
          id,
          title,
          reference,
          version,
          at: at.toISOString(),
        })),
        ...files
          .filter((one) => one.kind === kind)
          .map(({ id, name, at }) => ({
            type: 'file' as const,
            id,
            title: name,
            reference: null,
            version: null,
            at: at.toISOString(),
          })),
      ],
    })),
    endedOn: facts?.endedOn ?? null,
    by: facts && facts.state !== 'open' ? facts.by : null,
    reason: facts?.reason ?? '',
    version: facts?.version ?? 0,
    may: stepActs(viewer, project, view, all),
  };
}
/** One project. Papers and files are named only to those who are shown them. */
export async function readProject(
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<z.infer<typeof projectsContract.project.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  return desk.db.tenant(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    const today = dayInFrance(desk.now());
    const call = await callOf(sql, tenant, project);
    const views = await stepsOf(sql, tenant, project, today);
    const sees = await sharedWith(sql, viewer, id);
    const shows = sees.includes('papers');
    const shown = ({ kind }: { kind: string }) => showsKind(viewer, kind);
    const [papers, files] = shows
      ? [
          (await papersOf(sql, tenant, `Project/${id}`)).filter(shown),
          (await filesOf(sql, tenant, `Project/${id}`)).filter(shown),
        ]
      : [[], []];
    const parties = await partiesOf(sql, tenant, [id]);
    const territory = project.application
      ? (await answeredIn(sql, tenant, [project.application], territoryField)).get(project.application)
      : '';
    return {
      ...lineOf(project, call, views, parties.find(({ role }) => role === 'consultant')?.name ?? null, territory),
      practice: project.practice,
      here: project.practiceTenant !== null,
      reason: project.reason,
      application:
        viewer.as === 'consultant' || viewer.as === 'partner' || viewer.as === 'gcs' ? null : project.application,
      steps: sees.includes('steps') ? views.map((view) => stepLineOf(viewer, project, view, views, papers, files)) : [],
      parties: parties.map(({ practitioner, name, role, sees: parts }) => ({ practitioner, name, role, sees: parts })),
      plannedMonths: plannedMonths(views),
      mostMonths: call.mostMonths,
      may: {
        lead: mayIn(viewer, 'lead'),
        support: mayIn(viewer, 'support'),
        fund: mayIn(viewer, 'fund'),
        team: mayIn(viewer, 'team'),
        read: mayIn(viewer, 'read'),
      },
      sees,
      as: viewer.as,
      today,
    };
  });
}
