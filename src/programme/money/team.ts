import type { z } from 'zod';
import { type Ctx, type Profession, professionCodes } from '../../access/index.ts';
import { conflict, invalid } from '../../platform/index.ts';
import { type Desk, type Viewer, viewerOf } from '../desk.ts';
import { actOn } from './act.ts';
import type { moneyContract } from './contract.ts';
import { figuresFor } from './figures.ts';
import { subscriptionFacts } from './money.rules.ts';
import { insertTeam } from './money.store.ts';
import { askOf, insertAsk } from './quotes.store.ts';
import { demandUnsettled } from './quotes.ts';

/** The persons who are counted change, with a reason; those of the application stay on file (FIN-1). */
export const countTeam = async (
  desk: Desk,
  id: string,
  body: z.infer<typeof moneyContract.countTeam.body>,
  ctx: Ctx,
): Promise<void> => countTeamAs(desk, await viewerOf(desk, ctx), id, body);
export async function countTeamAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  { seen, members, subscriptionCents, facts, reason }: z.infer<typeof moneyContract.countTeam.body>,
): Promise<void> {
  await actOn(desk, viewer, id, 'validate', 'count-team', async (sql, project) => {
    const { tenant } = viewer.region;
    await demandUnsettled(sql, viewer, project);
    const figures = await figuresFor(sql, tenant, project);
    const version = figures.teams[0]?.version ?? 0;
    if (version !== seen)
      throw conflict(
        'La composition a changé pendant que vous la lisiez. Votre saisie reste à l’écran ; elle vient d’être relue : recommencez s’il y a lieu.',
        { reason: 'edited-meanwhile' },
      );
    const unknown = Object.keys(members).find((code) => !professionCodes.includes(code as Profession));
    if (unknown !== undefined)
      throw invalid(`« ${unknown} » n’est pas une profession. Rien n’a été changé.`, {
        members: 'professions de la liste',
      });
    const asked = new Set(subscriptionFacts(figures.call).map((one) => one.id));
    if (Object.keys(facts).some((one) => !asked.has(one)))
      throw invalid('Cet appel ne regarde pas ce point pour les abonnements. Rien n’a été changé.', {
        facts: 'de la liste',
      });
    const counted = Object.fromEntries(Object.entries(members).filter(([, count]) => count > 0));
    await insertTeam(sql, tenant, {
      project: id,
      version: version + 1,
      members: counted,
      subscriptionCents,
      facts,
      reason,
      by: viewer.name,
      at: desk.now(),
    });
    return {
      answer: undefined,
      details: { before: figures.members, members: counted, subscriptionCents, facts },
      reason,
    };
  });
}
export const askVendors = async (
  desk: Desk,
  id: string,
  body: { seen: number; words: string },
  ctx: Ctx,
): Promise<void> => askVendorsAs(desk, await viewerOf(desk, ctx), id, body);
export async function askVendorsAs(
  desk: Desk,
  viewer: Viewer,
  id: string,
  { seen, words }: { seen: number; words: string },
): Promise<void> {
  await actOn(desk, viewer, id, viewer.as === 'vendor' ? 'validate' : 'offer', 'ask-vendors', async (sql) => {
    const { tenant } = viewer.region;
    const before = await askOf(sql, tenant, id);
    if ((before?.version ?? 0) !== seen)
      throw conflict(
        `${before?.by ?? 'Quelqu’un'} a changé cette demande entre-temps. Votre texte reste à l’écran ; elle vient d’être relue.`,
        { reason: 'edited-meanwhile' },
      );
    await insertAsk(sql, tenant, id, seen + 1, words, viewer.name, desk.now());
    return { answer: undefined, details: { version: seen + 1 } };
  });
}
