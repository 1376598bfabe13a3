import { type Db, notFound, record } from '../platform/index.ts';
import type { House } from './house.ts';
import { allRegions, joinRegion, type Practice, practiceById, practicesOfRegion } from './practices.store.ts';

const briefly = ({ tenant, id, name }: Practice): Practice => ({ tenant, id, name });

/** A region by its public id. */
export async function regionNamed(db: Db, id: string | undefined): Promise<Practice | undefined> {
  if (!id) return undefined;
  const row = await db.owner('a region by its id', (sql) => practiceById(sql, id));
  return row?.settings.kind === 'region' ? briefly(row) : undefined;
}
/** The region a practice belongs to, by the practice's public id. */
export async function regionOf(db: Db, practice: string): Promise<Practice | undefined> {
  const row = await db.owner('the region of a practice', (sql) => practiceById(sql, practice));
  return regionNamed(db, row?.settings.region);
}
/** The practices of a region, by its public id. */
export const practicesIn = async (db: Db, region: string): Promise<Practice[]> =>
  (await db.owner('the practices of a region', (sql) => practicesOfRegion(sql, region))).map(briefly);
export const regions = async (db: Db): Promise<Practice[]> => (await db.owner('the regions', allRegions)).map(briefly);

/** The practice belongs to this region from now on. */
export async function enterRegion(house: House, practice: string, region: string): Promise<void> {
  const [mine, theirs] = [
    await house.db.owner('a practice by its id', (sql) => practiceById(sql, practice)),
    await regionNamed(house.db, region),
  ];
  if (!mine || mine.settings.kind === 'region') throw notFound('Cette structure');
  if (!theirs) throw notFound('Cette région');
  await house.db.owner('a practice enters a region', (sql) => joinRegion(sql, practice, theirs.id));
  await house.db.transaction(mine.tenant, (sql) =>
    record(sql, mine.tenant, [
      { actor: 'System', action: 'update', target: `Practice/${mine.id}`, details: { region: theirs.id } },
    ]),
  );
  house.sessions.forget();
}
