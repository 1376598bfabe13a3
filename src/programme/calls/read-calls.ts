import { type Ctx, regionNamed, regions } from '../../access/index.ts';
import { type Db, notFound, type Sql } from '../../platform/index.ts';
import { type Desk, regionalViewer, viewerOf } from '../desk.ts';
import { lastDecisions } from '../review/decisions.store.ts';
import type { Edition } from './contract.ts';
import {
  countsOf,
  editionRow,
  editionsOf,
  editionVersion,
  insertEdition,
  insertVersion,
  versionsOf,
} from './editions.store.ts';
import { shippedEditions } from './editions/index.ts';
import { deadlineInstant } from './eligibility.rules.ts';

const noCall = () => notFound('Cet appel à candidatures');
export const isOpen = (edition: Edition, now: Date): boolean =>
  now.getTime() < deadlineInstant(edition.deadline) + 1000;
const line = (edition: Edition, now: Date) => {
  const { id, title, year, publisher, deadline, places, placesWords } = edition;
  return { id, title, year, publisher, deadline, places, placesWords, open: isOpen(edition, now) };
};

/** Gives a new region the calls that come with the product, as published versions. Runs in the transaction that makes the region. */
export async function shipEditions(sql: Sql, tenant: number): Promise<void> {
  for (const edition of shippedEditions) {
    await insertEdition(sql, tenant, edition.id, null);
    await insertVersion(sql, tenant, edition.id, 1, edition, 'Estran', new Date());
  }
}

/** What is published in a region, newest first; without a region, what comes with the product. */
async function publishedCalls(db: Db, region: string | undefined): Promise<Edition[]> {
  const found = await regionNamed(db, region);
  if (region && !found) throw notFound('Cette région');
  const all = found
    ? (await db.tenant(found.tenant, (sql) => editionsOf(sql, found.tenant))).flatMap(({ body }) => body ?? [])
    : [...shippedEditions];
  return all.sort((a, b) => b.year - a.year || (a.id < b.id ? -1 : 1));
}
export async function publishedCall(db: Db, region: string | undefined, id: string): Promise<Edition> {
  const found = (await publishedCalls(db, region)).find((one) => one.id === id);
  if (!found) throw noCall();
  return found;
}
export const callLines = async (db: Db, now: Date, region: string | undefined) => ({
  calls: (await publishedCalls(db, region)).map((one) => line(one, now)),
});
export const regionLines = async (db: Db) => ({ regions: (await regions(db)).map(({ id, name }) => ({ id, name })) });

/** Where a person of the programme begins: who they are in it and what there is for them. */
export async function home(desk: Desk, ctx: Ctx) {
  const viewer = await viewerOf(desk, ctx);
  const now = desk.now();
  const { calls } = await callLines(desk.db, now, viewer.region.id);
  return {
    as: viewer.as,
    manages: viewer.as === 'practice' && viewer.manages,
    region: { id: viewer.region.id, name: viewer.region.name },
    profession: ctx.caller.profession,
    open: calls.filter((call) => call.open),
  };
}

/** The calls of the region by its people; the officer also sees what is being written. */
export async function regionCalls(desk: Desk, ctx: Ctx) {
  const viewer = await regionalViewer(desk, ctx);
  const tenant = viewer.region.tenant;
  const now = desk.now();
  const examines = viewer.as === 'officer' || viewer.as === 'reviewer';
  return desk.db.tenant(tenant, async (sql) => {
    const [rows, counts, decisions] = [
      await editionsOf(sql, tenant),
      examines ? await countsOf(sql, tenant) : [],
      !examines ? [] : await lastDecisions(sql, tenant),
    ];
    const count = (edition: string, state: string) =>
      counts.find((one) => one.edition === edition && one.state === state)?.count ?? 0;
    const writes = viewer.as === 'officer';
    return {
      calls: rows
        .flatMap((row) => {
          const shown = row.body ?? (writes ? row.draft : null);
          if (!shown) return [];
          const decision = decisions.find((one) => one.edition === row.id);
          return [
            {
              ...line(shown, now),
              open: row.body !== null && isOpen(row.body, now),
              version: row.published,
              draft: writes && row.draft !== null,
              counts: !examines
                ? null
                : {
                    drafts: count(row.id, 'draft') + count(row.id, 'withdrawn'),
                    submitted: count(row.id, 'submitted'),
                  },
              decidedAt: decision?.at.toISOString() ?? null,
              notifiedAt: decision?.notifiedAt?.toISOString() ?? null,
              resultsAt: row.resultsAt?.toISOString() ?? null,
            },
          ];
        })
        .sort((a, b) => b.year - a.year || (a.id < b.id ? -1 : 1)),
      writes,
    };
  });
}

/** One call, whole, with its versions; of an earlier version when asked. */
export async function regionCall(desk: Desk, id: string, version: number | undefined, ctx: Ctx) {
  const viewer = await regionalViewer(desk, ctx);
  const tenant = viewer.region.tenant;
  return desk.db.tenant(tenant, async (sql) => {
    const row = await editionRow(sql, tenant, id);
    const writes = viewer.as === 'officer';
    if (!row || (!row.body && !writes)) throw noCall();
    const body = version === undefined ? row.body : ((await editionVersion(sql, tenant, id, version)) ?? null);
    if (version !== undefined && !body) throw notFound('Cette version de l’appel');
    return {
      id,
      edition: body,
      version: version ?? row.published,
      published: row.published,
      writes,
      open: row.body !== null && isOpen(row.body, desk.now()),
      versions: (await versionsOf(sql, tenant, id)).map((one) => ({ ...one, at: one.at.toISOString() })),
      draft:
        writes && row.draft
          ? { edition: row.draft, version: row.draftVersion, by: row.draftBy, at: row.draftAt?.toISOString() ?? null }
          : null,
      draftVersion: row.draftVersion,
      resultsAt: row.resultsAt?.toISOString() ?? null,
    };
  });
}
