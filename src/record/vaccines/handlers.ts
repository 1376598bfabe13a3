import type { Handlers } from '../../platform/index.ts';
import type { vaccineEntries } from '../contract/wire-vaccines.ts';
import type { writeEntries } from '../contract/wire-entries.ts';
import type { Entered } from '../read/enter.ts';
import type { Ctx, Room } from '../room.ts';
import { adds, corrects } from '../write/forms.ts';
import { readBook } from './book.ts';
import { printBook } from './print-book.ts';
import { vaccinesToDo } from './to-do.ts';
import { buildSituation, buildVaccine } from './write-vaccine.ts';

type Written = Pick<typeof writeEntries, 'addVaccine' | 'correctVaccine'>;
/** One line for each entry of contract/wire-vaccines.ts, and the vaccines themselves. */
export const vaccineHandlers = (
  room: Room,
  into: (ctx: Ctx, patient: string, added?: object) => Promise<Entered>,
): Handlers<typeof vaccineEntries & Written, Ctx> => ({
  addVaccine: adds(into, buildVaccine),
  correctVaccine: corrects(into, 'Immunization', buildVaccine),
  vaccineBook: async ({ params }, ctx) => readBook(await into(ctx, params.patient)),
  printVaccineBook: async ({ params }, ctx) => printBook(await into(ctx, params.patient), ctx),
  addSituation: adds(into, buildSituation),
  correctSituation: corrects(into, 'ImmunizationRecommendation', buildSituation),
  vaccinesToDo: ({ query }, { caller }) => vaccinesToDo(room, caller, query.only),
});
