import type { Handlers } from '../../platform/index.ts';
import type { summaryEntries } from '../contract/wire-summary.ts';
import type { Entered } from '../read/enter.ts';
import type { Ctx } from '../room.ts';
import { printSummary } from './print-summary.ts';
import { readSummaries, sourcesOf, summaryOf, viewOf } from './view.ts';
import { amendSummary, beginSummary, changeSummary, giveSummary, signSummary } from './write-summary.ts';

/** One line for each entry of contract/wire-summary.ts. */
export const summaryHandlers = (
  into: (ctx: Ctx, patient: string) => Promise<Entered>,
): Handlers<typeof summaryEntries, Ctx> => ({
  summaries: async ({ params }, ctx) => readSummaries(await into(ctx, params.patient)),
  summary: async ({ params }, ctx) => {
    const entered = await into(ctx, params.patient);
    return viewOf(entered, await summaryOf(entered, params.id), await sourcesOf(entered));
  },
  beginSummary: async ({ params }, ctx) => beginSummary(await into(ctx, params.patient)),
  changeSummary: async ({ params, body }, ctx) => changeSummary(await into(ctx, params.patient), params.id, body),
  signSummary: async ({ params, body }, ctx) => signSummary(await into(ctx, params.patient), params.id, body),
  amendSummary: async ({ params, body }, ctx) => amendSummary(await into(ctx, params.patient), params.id, body),
  giveSummary: async ({ params, body }, ctx) => giveSummary(await into(ctx, params.patient), params.id, body),
  printSummary: async ({ params }, ctx) => printSummary(await into(ctx, params.patient), params.id, ctx),
});
