import type { Ctx } from '../../access/index.ts';
import type { Handlers } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import type { placesContract } from './contract.ts';
import { offerPlace, renunciations } from './offer-place.ts';
import { renounce } from './renounce.ts';

export const placesHandlers = (desk: Desk): Handlers<typeof placesContract, Ctx> => ({
  renounce: ({ params, body }, ctx) => renounce(desk, params.application, body.reason, ctx),
  renunciations: ({ params }, ctx) => renunciations(desk, params.edition, ctx),
  offerPlace: ({ params, body }, ctx) => offerPlace(desk, params.edition, body, ctx),
});
