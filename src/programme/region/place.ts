import { type Ctx, type Practice, practicesIn } from '../../access/index.ts';
import { invalid, notFound, type Sql } from '../../platform/index.ts';
import { applicationsOf } from '../applications/applications.store.ts';
import { type Desk, type RegionalViewer, regionalViewer, trace } from '../desk.ts';
import { projectsFor } from '../projects/reach.ts';
import { communeOf, communesLike } from './communes.ts';
import { shapeNamed } from './region.rules.ts';
import { type PlaceRow, putPlace, removePlace } from './region.store.ts';

/** Communes of all of France, those of the viewer's region first. */
export async function communes(
  desk: Desk,
  q: string,
  ctx: Ctx,
): Promise<{ code: string; name: string; department: string }[]> {
  const viewer = await regionalViewer(desk, ctx);
  return communesLike(q, shapeNamed(viewer.region.name)).map(({ code, name, of, department }) => ({
    code,
    name: of === null ? name : `${name}, ${of}`,
    department,
  }));
}

/** Errors: 404 for a practice that the map does not show this person. */
async function known(sql: Sql, viewer: RegionalViewer, members: readonly Practice[], practice: string): Promise<void> {
  const there =
    (await projectsFor(sql, viewer)).some((one) => one.practice === practice) ||
    (await applicationsOf(sql, viewer)).some((one) => one.practice === practice) ||
    members.some(({ id }) => id === practice);
  if (!there) throw notFound('Cette équipe');
}
/** Where a practice is, when its own words do not say: one commune, or a point of the map. */
export async function placePractice(
  desk: Desk,
  practice: string,
  body: { commune: string } | { x: number; y: number; department: string },
  ctx: Ctx,
): Promise<void> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  const commune = 'commune' in body ? communeOf(body.commune) : undefined;
  if ('commune' in body && !commune)
    throw invalid(
      'Cette commune n’est pas dans la liste. Rien n’a été changé : choisissez-la dans la liste ou montrez-la sur la carte.',
      { commune: 'à choisir dans la liste' },
    );
  const at: Omit<PlaceRow, 'practice'> =
    'commune' in body
      ? { commune: commune!.code, department: commune!.department, label: commune!.name, x: commune!.x, y: commune!.y }
      : { commune: null, department: body.department, label: 'placée sur la carte', x: body.x, y: body.y };
  const members = await practicesIn(desk.db, viewer.region.id);
  await desk.db.transaction(tenant, async (sql) => {
    await known(sql, viewer, members, practice);
    await putPlace(sql, tenant, { practice, ...at, by: viewer.name, at: desk.now() });
    await trace(sql, viewer, 'place', `Practice/${practice}`, {
      details: { commune: at.commune, department: at.department, x: at.x, y: at.y },
    });
  });
  desk.tell(tenant, { topic: 'region' });
}
export async function unplacePractice(desk: Desk, practice: string, ctx: Ctx): Promise<void> {
  const viewer = await regionalViewer(desk, ctx);
  const { tenant } = viewer.region;
  await desk.db.transaction(tenant, async (sql) => {
    if (!(await removePlace(sql, tenant, practice))) throw notFound('Cette place');
    await trace(sql, viewer, 'unplace', `Practice/${practice}`);
  });
  desk.tell(tenant, { topic: 'region' });
}
