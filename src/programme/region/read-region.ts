import type { z } from 'zod';
import { type Ctx, type Practice, practicesIn } from '../../access/index.ts';
import { forbidden, type SheetColumn, sendSheet, type Sql } from '../../platform/index.ts';
import { applicationsOf } from '../applications/applications.store.ts';
import { type EditionRow, editionsOf } from '../calls/editions.store.ts';
import { practiceStatusLabels } from '../contract/labels.ts';
import { dayInFrance, type Desk, type RegionalViewer, regionalViewer, trace } from '../desk.ts';
import { answeredIn } from '../projects/projects.store.ts';
import { mayIn } from '../projects/reach.ts';
import { projectsWithSteps } from '../projects/read-projects.ts';
import { renouncedIn } from '../places/places.store.ts';
import { decidedNow } from '../review/decisions.store.ts';
import { communeIn } from './communes.ts';
import type { Filters, regionContract } from './contract.ts';
import { figuresOf } from './figures.ts';
import { kept, type PracticeLine, type PracticeStatus, shapeNamed } from './region.rules.ts';
import { type PlaceRow, placesOf } from './region.store.ts';

/** Errors: 403 for vendors, partners and who keeps the accounts. */
async function lookingViewer(desk: Desk, ctx: Ctx): Promise<RegionalViewer> {
  const viewer = await regionalViewer(desk, ctx);
  if (!['officer', 'reviewer', 'gcs', 'consultant'].includes(viewer.as))
    throw forbidden(
      'La carte de la région est celle de l’ARS, de la commission, du GCS et, pour leurs projets, des consultants.',
    );
  return viewer;
}
/** In another region the same name is another place: its own communes alone are looked for. */
function placeOf(placed: PlaceRow | undefined, words: readonly string[], shape: string | null): PracticeLine['place'] {
  if (placed) return { x: placed.x, y: placed.y, label: placed.label, department: placed.department, byHand: true };
  const found = words.map((some) => communeIn(some, shape)).find((one) => one !== undefined);
  return found ? { x: found.x, y: found.y, label: found.name, department: found.department, byHand: false } : null;
}
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const nothing = {
  project: null,
  application: null,
  consultant: null,
  step: null,
  lateDays: 0,
  endsOn: null,
  spending: null,
  use: null,
  call: null,
};
type Calls = ReadonlyMap<string, NonNullable<PracticeLine['call']> & { deadline: string }>;
/** The calls that were published, by edition. */
const callsOf = (editions: readonly EditionRow[]): Calls =>
  new Map(
    editions.flatMap(({ id, body }) =>
      body ? [[id, { id, title: body.title, year: body.year, deadline: body.deadline }] as const] : [],
    ),
  );
const shownCall = (calls: Calls, edition: string): PracticeLine['call'] => {
  const call = calls.get(edition);
  return call ? { id: call.id, title: call.title, year: call.year } : null;
};
/** What became of each application that was decided. */
async function outcomesIn(sql: Sql, tenant: number): Promise<Map<string, PracticeStatus>> {
  const outcomes = new Map<string, PracticeStatus>();
  for (const { application, outcome } of await decidedNow(sql, tenant)) outcomes.set(application, outcome);
  for (const application of (await renouncedIn(sql, tenant)).keys()) outcomes.set(application, 'renounced');
  return outcomes;
}
/** Where a practice is: as it was placed by hand, or as the application says. */
async function whereIn(sql: Sql, viewer: RegionalViewer, applications: readonly string[]) {
  const { tenant, name } = viewer.region;
  const shape = shapeNamed(name);
  const places = await placesOf(sql, tenant);
  const [territories, sites] = [
    await answeredIn(sql, tenant, applications, 'team.territory'),
    await answeredIn(sql, tenant, applications, 'team.sites'),
  ];
  return (practice: string, application: string | null): Pick<PracticeLine, 'territory' | 'place'> => {
    const territory = textOf(territories.get(application ?? ''));
    const words = [territory, textOf(sites.get(application ?? ''))];
    return { territory, place: placeOf(places.get(practice), words, shape) };
  };
}

/**
 * One line a practice that this person may know of: its project, or else how far its newest application is, or nothing yet.
 * @param members practices of the region
 */
async function practiceLines(
  desk: Desk,
  sql: Sql,
  viewer: RegionalViewer,
  members: readonly Practice[],
): Promise<PracticeLine[]> {
  const { tenant } = viewer.region;
  const projects = (await projectsWithSteps(sql, viewer, dayInFrance(desk.now()))).toSorted((a, b) =>
    a.project.startedOn < b.project.startedOn ? 1 : -1,
  );
  const applications = await applicationsOf(sql, viewer);
  const calls = callsOf(await editionsOf(sql, tenant));
  const outcomes = await outcomesIn(sql, tenant);
  const where = await whereIn(sql, viewer, [
    ...applications.map(({ id }) => id),
    ...projects.flatMap(({ project }) => project.application ?? []),
  ]);
  const figures = await figuresOf(
    sql,
    viewer,
    projects.map(({ project }) => project),
  );
  const lines = new Map<string, PracticeLine>();
  for (const { project, line } of projects) {
    if (lines.has(project.practice)) continue;
    lines.set(project.practice, {
      ...nothing,
      practice: project.practice,
      team: project.practiceName,
      status: project.state === 'open' ? 'project' : project.state,
      here: project.practiceTenant !== null,
      ...where(project.practice, project.application),
      call: shownCall(calls, project.edition),
      project: project.id,
      application: viewer.as === 'officer' || viewer.as === 'reviewer' ? project.application : null,
      consultant: line.consultant,
      step: line.step && { ...line.step, at: line.at, of: line.of },
      lateDays: line.lateDays,
      endsOn: line.endedOn ?? line.endsOn,
      ...figures.get(project.id),
    });
  }
  const newest = applications.toSorted((a, b) =>
    (calls.get(a.edition)?.deadline ?? '') < (calls.get(b.edition)?.deadline ?? '') ? 1 : -1,
  );
  for (const { id, edition, practice, practiceName } of newest) {
    if (lines.has(practice) || !calls.has(edition)) continue;
    lines.set(practice, {
      ...nothing,
      practice,
      team: practiceName,
      status: outcomes.get(id) ?? 'applied',
      here: false,
      ...where(practice, id),
      call: shownCall(calls, edition),
      application: id,
    });
  }
  if (viewer.as === 'consultant') return [...lines.values()];
  for (const { id, name } of members) {
    const there = lines.get(id);
    if (there) there.here = true;
    else lines.set(id, { ...nothing, practice: id, team: name, status: 'none', here: true, ...where(id, null) });
  }
  return [...lines.values()];
}

export async function regionPractices(
  desk: Desk,
  filters: Filters,
  ctx: Ctx,
): Promise<z.infer<typeof regionContract.regionPractices.reply>> {
  const viewer = await lookingViewer(desk, ctx);
  const members = await practicesIn(desk.db, viewer.region.id);
  return desk.db.tenant(viewer.region.tenant, async (sql) => {
    const all = await practiceLines(desk, sql, viewer, members);
    const calls = new Map(all.flatMap(({ call }) => (call ? [[call.id, call]] : [])));
    const steps = new Map(all.flatMap(({ step }) => (step ? [[step.id, step]] : [])));
    return {
      as: viewer.as,
      shape: shapeNamed(viewer.region.name),
      practices: kept(all, filters),
      of: all.length,
      may: { place: mayIn(viewer, 'lead') },
      columns: { spending: all.some(({ spending }) => spending), use: all.some(({ use }) => use) },
      calls: [...calls.values()].toSorted((a, b) => b.year - a.year).map(({ id, title }) => ({ id, title })),
      steps: [...steps.values()].toSorted((a, b) => a.at - b.at).map(({ id, title }) => ({ id, title })),
      departments: [...new Set(all.flatMap(({ place }) => place?.department ?? []))].sort(),
    };
  });
}

const columns: readonly SheetColumn<PracticeLine>[] = [
  { title: 'Équipe', value: (one) => one.team, width: 32 },
  { title: 'Territoire', value: (one) => one.territory, width: 32 },
  { title: 'Commune', value: (one) => one.place?.label ?? '' },
  { title: 'Département', value: (one) => one.place?.department ?? '' },
  { title: 'État', value: (one) => practiceStatusLabels[one.status] },
  { title: 'Appel', value: (one) => one.call?.title ?? '', width: 32 },
  { title: 'Étape', value: (one) => one.step?.title ?? '', width: 24 },
  { title: 'Jours de retard', kind: 'number', value: (one) => (one.step ? one.lateDays : null) },
  { title: 'Fin prévue', kind: 'day', value: (one) => one.endsOn },
  { title: 'Consultant', value: (one) => one.consultant ?? '', width: 24 },
];
const money: readonly SheetColumn<PracticeLine>[] = [
  { title: 'Plafond', kind: 'cents', value: (one) => one.spending?.ceilingCents ?? null },
  { title: 'Engagé', kind: 'cents', value: (one) => one.spending?.engagedCents ?? null },
  { title: 'Payé', kind: 'cents', value: (one) => one.spending?.paidCents ?? null },
];
const use: readonly SheetColumn<PracticeLine>[] = [
  { title: 'Professions qui écrivent', kind: 'number', value: (one) => one.use?.professions ?? null },
  { title: 'Mois', value: (one) => one.use?.month ?? '' },
];

export async function regionExport(
  desk: Desk,
  { format, ...filters }: Filters & { format: 'csv' | 'xlsx' },
  ctx: Ctx,
): Promise<undefined> {
  const viewer = await lookingViewer(desk, ctx);
  const members = await practicesIn(desk.db, viewer.region.id);
  const lines = await desk.db.transaction(viewer.region.tenant, async (sql) => {
    const all = await practiceLines(desk, sql, viewer, members);
    await trace(sql, viewer, 'export', `Region/${viewer.region.id}`, { details: { practices: all.length, format } });
    return { all, found: kept(all, filters) };
  });
  const shown = [
    ...columns,
    ...(lines.all.some(({ spending }) => spending) ? money : []),
    ...(lines.all.some((one) => one.use) ? use : []),
  ];
  await sendSheet(ctx, format, `region-${dayInFrance(desk.now())}`, shown, lines.found);
  return undefined;
}
