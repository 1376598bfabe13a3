/**
 * Coordination: tasks, messages, case meetings, protocols, care plans, referrals, and what changed since one last looked. It stands on the
 * record (docs/adr/0010); everything about a patient is FHIR in the store, the room's own tables hold indexes without words.
 *
 * `openCoordination` gives the room; main.ts registers its hooks with the FHIR store and its consumers with the outbox.
 */
import type { FastifyInstance } from 'fastify';
import { backgroundHeader, type Ctx } from '../access/index.ts';
import type { TypedHook } from '../fhir/index.ts';
import { type Consumer, eachInTurn, type Guard, mount } from '../platform/index.ts';
import { inFrench } from '../record/index.ts';
import { openChanges } from './changes/index.ts';
import { colleagues } from './colleagues.ts';
import { coordinationContract, type sharedEntries } from './contract.ts';
import { openMeetings } from './meetings/index.ts';
import { openMessages } from './messages/index.ts';
import { openOpinions } from './opinions/index.ts';
import type { Part } from './part.ts';
import { openPlans } from './plans/index.ts';
import { openProtocols } from './protocols/index.ts';
import type { Room } from './room.ts';
import { openTasks } from './tasks/index.ts';

export { coordinationContract } from './contract.ts';
// What the demo region says of messages beyond their words: who has read, who is absent, who handles what.
export { insertAbsence } from './messages/absences.store.ts';
export { changeBoxState, noteStep } from './messages/boxes.store.ts';
export { setRead } from './messages/threads.store.ts';
// Patients in protocols as the demo region tells them.
export { actOnPlan, changeHeld } from './protocols/change-plan.ts';
export { addStep } from './protocols/change-plan-step.ts';
export { beginPlan } from './protocols/enter-protocol.ts';
export { followedOf, goOn } from './protocols/go-on.ts';
export { type Held, protocolOf } from './protocols/library.ts';
export { type People, peopleAround, resolve as resolveStep } from './protocols/people.ts';
export { planDefinitionOf } from './protocols/plan-definition.rules.ts';
export { isOpen as isOpenStep, roundsOf } from './protocols/plan-state.rules.ts';
export { giveShipped } from './protocols/shipped.ts';
export { shippedProtocols } from './data/protocols/index.ts';
export type { Room as CoordinationRoom } from './room.ts';
// Whom a person stands in for, by absence or delegation: results that wait are theirs too (DOS-11).
export { standsFor } from './tasks/tasks.store.ts';
// A document confided to someone is a task (DOS-10).
export { readingTasks } from './tasks/reading-tasks.ts';
export { renewalTasks } from './tasks/renewal-tasks.ts';
export { openUseFigures, type UseMonth } from './use-figures.ts';

export interface Coordination {
  /** Mounts every entry of coordinationContract. */
  mount(app: FastifyInstance): void;
  /** For fhir.onWrite(…). */
  hooks: readonly TypedHook[];
  /** For the outbox. */
  consumers: readonly Consumer[];
  /** Reminders and escalations; run it once a minute. */
  tick(): Promise<void>;
}

export function openCoordination(room: Room, guard: Guard<Ctx>): Coordination {
  /** The guard again, without keeping the session awake. */
  const stillOpen = (ctx: Ctx) => {
    ctx.request.headers[backgroundHeader] = '1';
    return guard(coordinationContract.live, { request: ctx.request, reply: ctx.reply });
  };
  const shared: Part<typeof sharedEntries> = {
    handlers: {
      live: async (_, ctx) =>
        room.live.stream(ctx.request, ctx.reply, ctx.tenant, ctx.caller.practitioner, () => stillOpen(ctx)),
      addressees: ({ query }, ctx) => colleagues(room, ctx, query.patient),
    },
  };
  const parts = [
    shared,
    openTasks(room),
    openMessages(room),
    openMeetings(room),
    openProtocols(room),
    openPlans(room),
    openChanges(room),
    openOpinions(room),
  ] as const;
  const [a, b, c, d, e, f, g, h] = parts;
  const handlers = {
    ...a.handlers,
    ...b.handlers,
    ...c.handlers,
    ...d.handlers,
    ...e.handlers,
    ...f.handlers,
    ...g.handlers,
    ...h.handlers,
  };
  return {
    mount(app) {
      app.addHook('preClose', async () => room.live.close());
      const french = Object.fromEntries(
        Object.entries(handlers).map(([name, handler]) => [name, inFrench(handler as never)]),
      );
      // The same names, each wrapped: fromEntries does not say so.
      mount(app, coordinationContract, french as unknown as typeof handlers, guard);
    },
    hooks: parts.flatMap((part) => part.onWrite ?? []),
    consumers: parts.flatMap((part) => part.consumers ?? []),
    tick: () => eachInTurn(parts.flatMap(({ tick }) => tick ?? [])),
  };
}
