import type { Handlers } from '../platform/index.ts';
import { cockpitHandlers } from './cockpits/handlers.ts';
import type { recordContract } from './contract.ts';
import { shippedTemplates } from './data/letters/templates/index.ts';
import { shippedSections } from './data/sections/index.ts';
import { besideDay } from './day/beside.ts';
import { dayOfProfession } from './day/day.ts';
import { documentHandlers } from './documents/handlers.ts';
import { draftHandlers, draftsFor } from './drafts.ts';
import { streamEvents } from './events.ts';
import { mergeHandlers, patientHandlers } from './identity/handlers.ts';
import { letterHandlers } from './letters/letter-handlers.ts';
import { orderHandlers } from './orders/routes.ts';
import { professionals } from './professionals.ts';
import { enter } from './read/enter.ts';
import { recordPage } from './read/record-page.ts';
import { series } from './read/series.ts';
import { timeline } from './read/timeline.ts';
import { resultHandlers } from './results/result-handlers.ts';
import { type Ctx, inFrench, type Room } from './room.ts';
import { sectionHandlers } from './sections/handlers.ts';
import type { Shelf } from './sections/library.ts';
import { summaryHandlers } from './summary/handlers.ts';
import { termHandlers } from './terms/handlers.ts';
import { treatmentHandlers } from './treatments/handlers.ts';
import { vaccineHandlers } from './vaccines/handlers.ts';
import { writeHandlers } from './write/handlers.ts';
import { once } from './write/once.ts';
import { linksHere } from './write/save.ts';

/** One line for each entry of the contract, or for each part of it. `stillOpen` asks again whether the session behind a request stands. */
export function recordHandlers(
  room: Room,
  stillOpen: (ctx: Ctx) => Promise<Ctx>,
): Handlers<typeof recordContract, Ctx> {
  const into = async (ctx: Ctx, patient: string, added?: object) => {
    const entered = await enter(room, ctx.caller, patient);
    if (added) await linksHere(entered, added);
    return entered;
  };
  const shelf = ({ caller }: Ctx): Shelf => ({ room, caller, store: room.fhirFor(caller), shipped: shippedSections });
  const handlers: Handlers<typeof recordContract, Ctx> = {
    day: async (_, ctx) => {
      const day = await dayOfProfession(room, ctx.caller);
      return { ...day, beside: await besideDay(shelf(ctx), day.blocks, () => draftsFor(room, ctx, undefined)) };
    },
    professionals: (_, { caller }) => professionals(room, caller),

    record: ({ params }, { caller }) => recordPage(room, caller, params.patient),
    timeline: ({ params, query }, { caller }) => timeline(room, caller, params.patient, query),
    series: ({ params }, { caller }) => series(room, caller, params.patient, params.code),
    events: ({ params }, ctx) => streamEvents(room, ctx, params.patient, () => stillOpen(ctx)),

    ...patientHandlers(room, into),
    ...mergeHandlers(room),
    ...writeHandlers(into),
    ...vaccineHandlers(room, into),
    ...treatmentHandlers(room),
    ...sectionHandlers(shelf, into),
    ...resultHandlers(room, into),
    ...documentHandlers(room),
    ...letterHandlers(room, into, shippedTemplates),
    ...orderHandlers(room, into),
    ...summaryHandlers(into),
    ...cockpitHandlers(room, shelf),
    ...termHandlers(room),
    ...draftHandlers(room),
  };
  const sentOnce = once(room);
  // The same names, each wrapped: fromEntries does not say so.
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [name, inFrench(sentOnce(handler as never) as never)]),
  ) as unknown as typeof handlers;
}
