import type { Handlers } from '../../platform/index.ts';
import type { sectionEntries } from '../contract/wire-sections.ts';
import type { Entered } from '../read/enter.ts';
import type { Ctx } from '../room.ts';
import { addSection, correctSection, readSection } from './fill-section.ts';
import {
  beginSection,
  changeSection,
  dropSection,
  listSections,
  publishSection,
  retireSection,
  sectionDetail,
  type Shelf,
} from './library.ts';
import { startSection } from './populate.ts';
import { printSection } from './print-section.ts';

/** One line for each entry of contract/wire-sections.ts. */
export const sectionHandlers = (
  shelf: (ctx: Ctx) => Shelf,
  into: (ctx: Ctx, patient: string, added?: object) => Promise<Entered>,
): Handlers<typeof sectionEntries, Ctx> => ({
  sections: (_, ctx) => listSections(shelf(ctx)),
  section: ({ params }, ctx) => sectionDetail(shelf(ctx), params.section),
  beginSection: ({ body }, ctx) => beginSection(shelf(ctx), body),
  changeSection: ({ params, body }, ctx) => changeSection(shelf(ctx), params.section, body),
  publishSection: ({ params, body }, ctx) => publishSection(shelf(ctx), params.section, body),
  retireSection: ({ params, body }, ctx) => retireSection(shelf(ctx), params.section, body),
  dropSection: ({ params, body }, ctx) => dropSection(shelf(ctx), params.section, body),
  startSection: async ({ params }, ctx) => startSection(shelf(ctx), await into(ctx, params.patient), params.id),
  addSection: async ({ params, body }, ctx) => addSection(shelf(ctx), await into(ctx, params.patient), body),
  readSection: async ({ params }, ctx) => readSection(shelf(ctx), await into(ctx, params.patient), params.id),
  correctSection: async ({ params, body }, ctx) =>
    correctSection(shelf(ctx), await into(ctx, params.patient), params.id, body),
  printSection: async ({ params }, ctx) => printSection(shelf(ctx), await into(ctx, params.patient), params.id, ctx),
});
