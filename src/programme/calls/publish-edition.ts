import { conflict, notFound } from '../../platform/index.ts';
import { type Desk, trace, type Viewer } from '../desk.ts';
import type { Edition } from './contract.ts';
import { editionRow, insertEdition, insertVersion } from './editions.store.ts';

/** Publishes a call as its next version, which never changes. */
export async function publishAs(desk: Desk, viewer: Viewer, body: Edition, copiedFrom: string | null): Promise<number> {
  const { tenant } = viewer.region;
  return desk.db.transaction(tenant, async (sql) => {
    await insertEdition(sql, tenant, body.id, copiedFrom);
    const row = await editionRow(sql, tenant, body.id, true);
    if (!row) throw notFound('Cet appel à candidatures');
    if (viewer.as !== 'officer') throw conflict('Seul un instructeur publie un appel.');
    const version = row.published + 1;
    await insertVersion(sql, tenant, body.id, version, body, viewer.name, desk.now());
    await trace(sql, viewer, 'publish', `Call/${body.id}`, { details: { version } });
    return version;
  });
}
