import type { Handlers } from '../../platform/index.ts';
import type { resultEntries } from '../contract/wire-results.ts';
import type { Entered } from '../read/enter.ts';
import type { Ctx, Room } from '../room.ts';
import { acknowledgeNormal, acknowledgeResult } from './acknowledge-results.ts';
import { addResults } from './add-results.ts';
import { correctResults } from './correct-results.ts';
import { resultsPage, resultView, waitingResults } from './read-results.ts';

export const resultHandlers = (
  room: Room,
  into: (ctx: Ctx, patient: string) => Promise<Entered>,
): Handlers<typeof resultEntries, Ctx> => ({
  results: async ({ params, query }, ctx) => resultsPage(await into(ctx, params.patient), query.before),
  result: async ({ params }, ctx) => resultView(await into(ctx, params.patient), params.id),
  addResults: async ({ params, body }, ctx) => addResults(await into(ctx, params.patient), body),
  correctResults: async ({ params, body }, ctx) => correctResults(await into(ctx, params.patient), params.id, body),
  acknowledgeResult: async ({ params, body }, ctx) =>
    acknowledgeResult(await into(ctx, params.patient), params.id, body),
  waitingResults: (_, { caller }) => waitingResults(room, caller),
  acknowledgeNormal: ({ body }, { caller }) => acknowledgeNormal(room, caller, body.results),
});
