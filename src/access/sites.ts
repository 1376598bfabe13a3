import { randomUUID } from 'node:crypto';
import { conflict, notFound, record, type Sql } from '../platform/index.ts';
import { actorOf, type Caller } from './caller.ts';
import type { PlacedSite } from './contract.ts';
import type { Ctx } from './guard.ts';
import type { House } from './house.ts';
import { changeSite, holdSite, type Site, saveSite, turnSite } from './practices.store.ts';

export async function addSite(house: House, input: Omit<Site, 'id'>, { caller }: Ctx): Promise<PlacedSite> {
  const site = { id: randomUUID(), name: input.name, address: input.address };
  await house.db.transaction(caller.tenant, async (sql) => {
    await saveSite(sql, caller.tenant, site);
    await told(house, sql, caller, 'create', site, site);
  });
  return { ...site, version: 1, changed: null };
}

/** Errors: 404 when it is not, or no longer, one of this practice; 409 with the site as it stands when it is not the one that was on the screen. */
export async function changeSiteOf(
  house: House,
  id: string,
  { version, ...input }: Omit<Site, 'id'> & { version?: number },
  { caller }: Ctx,
): Promise<PlacedSite> {
  return house.db.transaction(caller.tenant, async (sql) => {
    const before = await holdSite(sql, caller.tenant, id);
    if (!before) throw notFound('Ce site');
    if (version !== undefined && version !== before.version)
      throw conflict(
        `${before.changed?.who || 'Quelqu’un d’autre'} a changé ce site depuis que vous l’avez ouvert. Rien n’a été modifié : comparez les deux, puis enregistrez de nouveau.`,
        { code: 'edited-meanwhile', theirs: before },
      );
    const site = { id, name: input.name, address: input.address };
    const after = await changeSite(sql, caller.tenant, site, actorOf(caller).actorName ?? '', house.clock());
    await told(house, sql, caller, 'update', site, {
      before: { name: before.name, address: before.address },
      after: { name: site.name, address: site.address },
    });
    return after;
  });
}

/** What points to a site goes on pointing to it: brought back, it is the same one. */
export const removeSite = (house: House, id: string, ctx: Ctx): Promise<void> =>
  turn(house, id, ctx, house.clock()).then(() => undefined);
export const restoreSite = (house: House, id: string, ctx: Ctx): Promise<PlacedSite> => turn(house, id, ctx, null);

async function turn(house: House, id: string, { caller }: Ctx, removed: Date | null): Promise<PlacedSite> {
  return house.db.transaction(caller.tenant, async (sql) => {
    const site = await turnSite(sql, caller.tenant, id, removed);
    if (!site) throw notFound('Ce site');
    await told(house, sql, caller, removed ? 'delete' : 'restore', site);
    return site;
  });
}

async function told(
  house: House,
  sql: Sql,
  caller: Caller,
  action: string,
  { id, name, address }: Site,
  details?: object,
): Promise<void> {
  await house.hooks.onSite?.(sql, caller.tenant, { id, name, address, active: action !== 'delete' });
  await record(sql, caller.tenant, [{ ...actorOf(caller), action, target: `Site/${id}`, ...(details && { details }) }]);
}
