import { enter } from '../../record/index.ts';
import type { planEntries } from '../contract/plans.ts';
import type { Part } from '../part.ts';
import type { Ctx, Room } from '../room.ts';
import { endCarePlan, readCarePlan, writeCarePlan } from './care-plan.ts';

/** COO-6: the personalised care plan (plan personnalisé de santé). */
export function openPlans(room: Room): Part<typeof planEntries> {
  const into = (ctx: Ctx, patient: string) => enter(room, ctx.caller, patient);
  return {
    handlers: {
      carePlan: async ({ params }, ctx) => readCarePlan(await into(ctx, params.patient)),
      writeCarePlan: async ({ params, body }, ctx) => writeCarePlan(await into(ctx, params.patient), body),
      endCarePlan: async ({ params, body }, ctx) => endCarePlan(await into(ctx, params.patient), body),
    },
  };
}
