import type { Handlers } from '../../platform/index.ts';
import type { orderEntries } from '../contract/wire-orders.ts';
import type { Entered } from '../read/enter.ts';
import type { Ctx, Room } from '../room.ts';
import type { Desk } from '../letters/letter-desk.ts';
import { askRenewal } from './ask-renewal.ts';
import { cancelOrder } from './cancel-order.ts';
import { dropRenewal, followOrder } from './follow-order.ts';
import { printOrder } from './print-order.ts';
import { reportCourse } from './report-course.ts';
import { correctSession } from './session.ts';
import { signOrder } from './sign-order.ts';
import {
  changeOrderTemplate,
  keepOrderTemplate,
  orderTemplateShelf,
  orderTemplates,
  retireOrderTemplate,
} from './templates.ts';
import { ordersPage, readPrescription } from './view.ts';
import { waitingOrders } from './waiting.ts';

const desk = (ctx: Ctx, entered: Entered): Desk => ({
  entered,
  shelf: { room: entered.room, caller: entered.caller, store: entered.store, shipped: [] },
  practice: ctx.session!.practice,
  secureMail: undefined,
});
/** Whoever sees no word of a prescription comes in too: they see what waits. */
export const orderHandlers = (
  room: Room,
  into: (ctx: Ctx, patient: string, added?: object) => Promise<Entered>,
): Handlers<typeof orderEntries, Ctx> => ({
  orders: async ({ params }, ctx) => ordersPage(await into(ctx, params.patient)),
  order: async ({ params }, ctx) => readPrescription(await into(ctx, params.patient), params.id),
  signOrder: async ({ params, body }, ctx) => signOrder(await into(ctx, params.patient, body), body),
  cancelOrder: async ({ params, body }, ctx) => cancelOrder(await into(ctx, params.patient), params.id, body),
  followOrder: async ({ params, body }, ctx) => followOrder(await into(ctx, params.patient), params.id, body),
  correctSession: async ({ params, body }, ctx) => correctSession(await into(ctx, params.patient), params.id, body),
  reportCourse: async ({ params, body }, ctx) =>
    reportCourse(desk(ctx, await into(ctx, params.patient)), params.id, body),
  askRenewal: async ({ params, body }, ctx) => askRenewal(await into(ctx, params.patient), params.id, body),
  dropRenewal: async ({ params, body }, ctx) => dropRenewal(await into(ctx, params.patient), params.id, body.version),
  printOrder: async ({ params }, ctx) => printOrder(await into(ctx, params.patient), params.id, ctx),
  waitingOrders: ({ query }, { caller }) => waitingOrders(room, caller, query.view),
  orderTemplates: (_, { caller }) => orderTemplates(room, caller),
  orderTemplateShelf: (_, { caller }) => orderTemplateShelf(room, caller),
  keepOrderTemplate: ({ body }, { caller }) => keepOrderTemplate(room, caller, body),
  changeOrderTemplate: ({ params, body }, { caller }) => changeOrderTemplate(room, caller, params.template, body),
  retireOrderTemplate: ({ params, body }, { caller }) => retireOrderTemplate(room, caller, params.template, body),
});
