import type { z } from 'zod';
import { type Ctx, staffOf } from '../../../access/index.ts';
import { notFound } from '../../../platform/index.ts';
import { dayInFrance, type Desk, partOf, trace, type Viewer, viewerOf } from '../../desk.ts';
import { paperOf } from '../../papers/papers.store.ts';
import { sendPdf } from '../../papers/receive-file.ts';
import { drawPaper } from '../../papers/templates.ts';
import { mayIn } from '../../projects/reach.ts';
import type { demandsContract } from './contract.ts';
import { type DemandRow, demandsFor, teamsBehind, type VoiceRow, voicesFor } from './demands.store.ts';

type Reply = z.infer<typeof demandsContract.demands.reply>;
export const noDemand = () => notFound('Cette demande');

/** Vendors of the region, with where to write to them. */
export async function vendorsOf(
  desk: Desk,
  tenant: number,
): Promise<{ practitioner: string; name: string; email: string }[]> {
  const staff = await desk.db.tenant(tenant, (sql) => staffOf(sql, tenant));
  return staff
    .filter(({ profession }) => partOf(profession) === 'vendor')
    .map(({ practitioner, name, email }) => ({ practitioner, name, email }));
}
const voiceLine = (viewer: Viewer, row: VoiceRow): Reply['voices'][number] => ({
  id: row.id,
  demand: row.demand,
  practice: row.practice,
  team: row.practiceName,
  software: row.software,
  title: row.title,
  words: row.words,
  by: row.by,
  at: row.at.toISOString(),
  own: viewer.as === 'practice' && (row.practitioner === viewer.practitioner || viewer.manages),
  version: row.version,
});
export const mayAnswer = (viewer: Viewer, row: Pick<DemandRow, 'state' | 'vendor'>): boolean =>
  row.state !== 'gathered' && (mayIn(viewer, 'lead') || (viewer.as === 'vendor' && row.vendor === viewer.practitioner));

/** Demands for evolution: each team reads its own words and all gathered texts with their answers; names of other teams stay with those who support them. */
export async function readDemands(desk: Desk, ctx: Ctx): Promise<Reply> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  const { voices, demands, teams } = await desk.db.tenant(tenant, async (sql) => ({
    voices: await voicesFor(sql, viewer),
    demands: await demandsFor(sql, viewer),
    teams: await teamsBehind(sql, tenant),
  }));
  const gathers = mayIn(viewer, 'support');
  return {
    as: viewer.as,
    voices: voices.filter(({ demand }) => demand === null).map((row) => voiceLine(viewer, row)),
    demands: demands.map((row) => {
      const behind = teams.filter(({ demand }) => demand === row.id);
      const mine = behind.find(({ practice }) => viewer.as === 'practice' && practice === viewer.practice.id);
      const voiced = voices.filter(({ demand }) => demand === row.id);
      return {
        id: row.id,
        title: row.title,
        words: row.words,
        state: row.state,
        vendor: row.vendor === null ? null : { practitioner: row.vendor, name: row.vendorName },
        paper: viewer.as === 'practice' ? null : row.paper,
        sentAt: row.sentAt?.toISOString() ?? null,
        answer:
          row.outcome === null
            ? null
            : {
                outcome: row.outcome,
                words: row.answer,
                by: row.answeredBy,
                at: row.answeredAt!.toISOString(),
                promisedOn: row.promisedOn,
              },
        teams: behind.length,
        supporters: mayIn(viewer, 'lead') ? behind.map(({ name }) => name) : null,
        voices: voiced.map((one) => voiceLine(viewer, one)),
        supported: mine?.supports ?? false,
        version: row.version,
        may: {
          change: gathers && row.state === 'gathered',
          answer: mayAnswer(viewer, row),
          support: viewer.as === 'practice' && viewer.manages && row.state === 'gathered' && voiced.length === 0,
        },
      };
    }),
    vendors: mayIn(viewer, 'lead')
      ? (await vendorsOf(desk, tenant)).map(({ practitioner, name }) => ({ practitioner, name }))
      : [],
    says: viewer.as === 'practice',
    gathers,
    sends: mayIn(viewer, 'lead'),
    today: dayInFrance(desk.now()),
  };
}
/** The text that was sent to a vendor: for those who support the teams, and the vendor. */
export async function demandsPaper(desk: Desk, id: string, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const found = await desk.db.transaction(viewer.region.tenant, async (sql) => {
    const row = await paperOf(sql, viewer.region.tenant, id);
    if (
      viewer.as === 'practice' ||
      row?.subject !== 'Demands/region' ||
      !(await demandsFor(sql, viewer)).some(({ paper }) => paper === id)
    )
      throw notFound('Ce document');
    await trace(sql, viewer, 'read', `Paper/${id}`);
    return row;
  });
  await sendPdf(ctx, drawPaper(found), `${found.reference} ${found.title}`);
  return undefined;
}
