import type { Handlers } from '../../platform/index.ts';
import type { cockpitEntries } from '../contract/wire-cockpits.ts';
import type { Ctx, Room } from '../room.ts';
import type { Shelf } from '../sections/library.ts';
import { arrangeCockpit, readCockpit, resetCockpit } from './cockpit.ts';
import { patientListOf } from './patient-lists.ts';
import { arrangeDay, practiceDays, resetDay } from './practice-day.ts';

/** One line for each entry of contract/wire-cockpits.ts. */
export const cockpitHandlers = (room: Room, shelf: (ctx: Ctx) => Shelf): Handlers<typeof cockpitEntries, Ctx> => ({
  cockpit: (_, ctx) => readCockpit(shelf(ctx)),
  arrangeCockpit: ({ body }, ctx) => arrangeCockpit(shelf(ctx), body),
  resetCockpit: ({ query }, ctx) => resetCockpit(shelf(ctx), query.part),
  practiceDays: (_, { caller }) => practiceDays(room, caller),
  arrangeDay: ({ params, body }, { caller }) => arrangeDay(room, caller, params.profession, body),
  resetDay: ({ params, query }, { caller }) => resetDay(room, caller, params.profession, query.version),
  patientList: ({ params }, { caller }) => patientListOf(room, caller, params.name),
});
