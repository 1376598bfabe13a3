import { randomUUID } from 'node:crypto';
import { type Ctx, professions, sitesOf, staffOf } from '../../access/index.ts';
import { conflict, notFound } from '../../platform/index.ts';
import type { AnswerValue } from '../calls/answers.rules.ts';
import { fieldsOf } from '../calls/answers.rules.ts';
import type { Edition } from '../calls/contract.ts';
import { editionRow } from '../calls/editions.store.ts';
import { isOpen } from '../calls/read-calls.ts';
import { type Desk, type PracticeViewer, practiceViewer, trace } from '../desk.ts';
import { mspStatusOf } from '../policy/tracks.store.ts';
import { insertApplication, writeAnswer } from './applications.store.ts';

/** Opens the team's file in a call that is open, with what the practice already says of itself; finds the one there is. */
export async function openApplication(
  desk: Desk,
  edition: string,
  ctx: Ctx,
): Promise<{ id: string; created: boolean }> {
  return openFile(desk, edition, await practiceViewer(desk, ctx));
}
export async function openFile(
  desk: Desk,
  edition: string,
  viewer: PracticeViewer,
): Promise<{ id: string; created: boolean }> {
  const tenant = viewer.region.tenant;
  const known = await alreadySaid(desk, viewer);
  return desk.db.transaction(tenant, async (sql) => {
    const at = desk.now();
    const body = (await editionRow(sql, tenant, edition))?.body;
    if (!body) throw notFound('Cet appel à candidatures');
    if (!isOpen(body, at))
      throw conflict('Cet appel est clos : on n’y ouvre plus de dossier. Les prochains appels s’afficheront ici.');
    const made = await insertApplication(sql, tenant, {
      id: randomUUID(),
      edition,
      practice: viewer.practice.id,
      practiceName: viewer.practice.name,
      at,
    });
    if (!made.created) return made;
    for (const [field, value] of Object.entries(firstAnswers(body, known)))
      await writeAnswer(sql, tenant, made.id, field, 0, { value, by: viewer.practitioner, byName: viewer.name, at });
    await trace(sql, viewer, 'create', `Application/${made.id}`, {
      details: { edition, practice: viewer.practice.id },
    });
    return made;
  });
}

interface Known {
  name: string;
  sites: string;
  team: Record<string, number>;
  coordinator: string | null;
  /** Day from which ARS recognised the team as an MSP, by its track here. */
  mspSince: string | null;
}
async function alreadySaid({ db }: Desk, { practice, caller, region }: PracticeViewer): Promise<Known> {
  const mspSince = (await db.tenant(region.tenant, (sql) => mspStatusOf(sql, region.tenant, practice.id))) ?? null;
  const [people, sites] = await db.tenant(
    caller.tenant,
    async (sql) => [await staffOf(sql, caller.tenant), await sitesOf(sql, caller.tenant)] as const,
  );
  const team: Record<string, number> = {};
  for (const { profession, kind } of people)
    if (kind === 'care' && Object.hasOwn(professions, profession)) team[profession] = (team[profession] ?? 0) + 1;
  return {
    name: practice.name,
    sites: sites.map((site) => [site.name, site.address].filter(Boolean).join(', ')).join('\n'),
    team,
    coordinator: people.find(({ profession }) => profession === 'coordinator')?.name ?? null,
    mspSince,
  };
}
/** Only what the form asks and the practice has said: to be read again and corrected by the team. */
function firstAnswers(edition: Edition, known: Known): Record<string, AnswerValue> {
  const said: Record<string, AnswerValue> = {
    'team.name': known.name,
    ...(known.sites && { 'team.sites': known.sites }),
    ...(Object.keys(known.team).length > 0 && { 'team.members': known.team }),
    ...(known.mspSince && {
      'healthProject.written': true,
      'healthProject.validated': true,
      'healthProject.validatedOn': known.mspSince,
    }),
    ...(known.coordinator && { 'coordination.coordinator': true, 'coordination.referentName': known.coordinator }),
  };
  const asked = new Set(fieldsOf(edition).map(({ id }) => id));
  return Object.fromEntries(Object.entries(said).filter(([field]) => asked.has(field)));
}
