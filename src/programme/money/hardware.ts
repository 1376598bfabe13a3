import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, forbidden, invalid, notFound } from '../../platform/index.ts';
import { type Desk, type Viewer, viewerOf } from '../desk.ts';
import { actOn } from './act.ts';
import type { moneyContract } from './contract.ts';
import { insertRequest, requestsOf, setRequest } from './money.store.ts';
import { mayMoney } from './reach.ts';

const mostRequests = 30;
const notVendors = (viewer: Viewer): void => {
  if (viewer.as === 'vendor') throw forbidden('L’équipe et ceux qui l’accompagnent font cette demande.');
};
/** A request about hardware is written down; it promises nothing, and no amount follows from it (FIN-6). */
export const askHardware = async (
  desk: Desk,
  id: string,
  body: z.infer<typeof moneyContract.askHardware.body>,
  ctx: Ctx,
): Promise<{ id: string }> => askHardwareAs(desk, await viewerOf(desk, ctx), id, body);
export const askHardwareAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { words, cents }: z.infer<typeof moneyContract.askHardware.body>,
): Promise<{ id: string }> =>
  actOn(desk, viewer, id, 'offer', 'ask-hardware', async (sql) => {
    notVendors(viewer);
    if ((await requestsOf(sql, viewer.region.tenant, id)).length >= mostRequests)
      throw conflict(`Ce projet a déjà ${mostRequests} demandes : complétez l’une d’elles.`);
    const request = await insertRequest(sql, viewer.region.tenant, {
      project: id,
      words,
      cents,
      by: viewer.name,
      at: desk.now(),
    });
    return { answer: { id: request }, details: { request, cents } };
  });
export async function answerHardware(
  desk: Desk,
  id: string,
  request: string,
  { seen, state, answer }: z.infer<typeof moneyContract.answerHardware.body>,
  ctx: Ctx,
): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  await actOn(desk, viewer, id, 'offer', 'answer-hardware', async (sql) => {
    notVendors(viewer);
    const row = (await requestsOf(sql, viewer.region.tenant, id)).find((one) => one.id === request);
    if (!row) throw notFound('Cette demande');
    if (row.version !== seen)
      throw conflict(
        'Cette demande a changé pendant que vous la lisiez. Votre texte reste à l’écran ; elle vient d’être relue.',
        { reason: 'edited-meanwhile' },
      );
    if ((state === 'examined' || row.state === 'examined') && !mayMoney(viewer, 'fund'))
      throw forbidden('L’ARS examine les demandes de matériel.');
    if (state === 'examined' && answer.length < 10)
      throw invalid('Dites ce qui ressort de l’examen (10 caractères au moins). Rien n’a été enregistré.', {
        answer: '10 caractères au moins',
      });
    const examined = state === 'examined';
    await setRequest(sql, viewer.region.tenant, {
      id: request,
      state,
      answer: examined ? answer : '',
      answeredBy: examined ? viewer.name : null,
      answeredAt: examined ? desk.now() : null,
    });
    return { answer: undefined, details: { request, state, answer } };
  });
}
