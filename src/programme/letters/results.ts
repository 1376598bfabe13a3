import type { z } from 'zod';
import { regionNamed } from '../../access/index.ts';
import { notFound } from '../../platform/index.ts';
import { sayInstant } from '../applications/receipt.ts';
import { submissionsOf } from '../applications/submissions.store.ts';
import { editionRow } from '../calls/editions.store.ts';
import type { Desk } from '../desk.ts';
import { renouncedIn } from '../places/places.store.ts';
import { decidedIn, decisionsOf } from '../review/decisions.store.ts';
import type { resultsReply } from './contract.ts';

/** The list that everyone may read, once it is published: who is chosen, who waits, how many are not; never why, and no name of who is refused. A team that gave up its place is in it no more. */
export async function results(desk: Desk, regionId: string, edition: string): Promise<z.infer<typeof resultsReply>> {
  const none = () => notFound('Cette liste de résultats');
  const region = await regionNamed(desk.db, regionId);
  if (!region) throw none();
  return desk.db.tenant(region.tenant, async (sql) => {
    const call = await editionRow(sql, region.tenant, edition);
    const decision = (await decisionsOf(sql, region.tenant, edition)).find(({ notifiedAt }) => notifiedAt);
    if (!call?.body || !call.resultsAt || !decision) throw none();
    const renounced = await renouncedIn(sql, region.tenant, edition);
    const lines = (await decidedIn(sql, region.tenant, edition, decision.number)).filter(
      ({ application }) => !renounced.has(application),
    );
    const sent = await submissionsOf(
      sql,
      region.tenant,
      lines.map(({ application }) => application),
    );
    const territory = (application: string) =>
      String(sent.filter((one) => one.application === application).at(-1)?.answers['team.territory'] ?? '');
    return {
      region: region.name,
      title: call.body.title,
      publisher: call.body.publisher,
      decidedOn: sayInstant(decision.at).slice(0, 10),
      publishedAt: call.resultsAt.toISOString(),
      places: decision.places,
      chosen: lines
        .filter(({ outcome }) => outcome === 'chosen')
        .map(({ application, name }) => ({ team: name, territory: territory(application) }))
        .sort((a, b) => a.team.localeCompare(b.team, 'fr')),
      waiting: lines
        .filter(({ outcome }) => outcome === 'waiting')
        .map(({ application, name, waiting }) => ({ team: name, territory: territory(application), place: waiting! }))
        .sort((a, b) => a.place - b.place || a.team.localeCompare(b.team, 'fr')),
      refused: lines.filter(({ outcome }) => outcome === 'refused').length,
    };
  });
}
