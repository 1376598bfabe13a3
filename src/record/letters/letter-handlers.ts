import type { Handlers } from '../../platform/index.ts';
import type { recordContract } from '../contract.ts';
import type { letterTemplateEntries } from '../contract/wire-letter-templates.ts';
import type { letterEntries } from '../contract/wire-letters.ts';
import type { ShippedTemplate } from '../data/letters/templates/build.ts';
import type { Entered } from '../read/enter.ts';
import type { Ctx, Room } from '../room.ts';
import { changeLetterhead, readLetterhead, sampleLetter } from './letterhead.ts';
import {
  beginTemplate,
  changeTemplate,
  dropTemplate,
  type LetterShelf,
  listTemplates,
  publishTemplate,
  retireTemplate,
  sendTemplateFile,
  templateDetail,
} from './template-library.ts';
import { startMinutesLetter } from './minutes-letter.ts';
import { startRequestLetter } from './request-letter.ts';
import {
  fillLetter,
  lettersToSign,
  listLetters,
  previewLetter,
  printLetter,
  readLetter,
  startLetter,
} from './view-letter.ts';
import type { Desk } from './letter-desk.ts';
import { amendLetter, changeLetter, dropLetter, giveLetter, writeLetter } from './write-letter.ts';

type Names = keyof typeof letterEntries | keyof typeof letterTemplateEntries;
/** One line for each entry about letters, their templates and the letterhead. */
export function letterHandlers(
  room: Room,
  into: (ctx: Ctx, patient: string) => Promise<Entered>,
  shipped: readonly ShippedTemplate[],
): Pick<Handlers<typeof recordContract, Ctx>, Names> {
  const shelf = ({ caller }: Ctx): LetterShelf => ({ room, caller, store: room.fhirFor(caller), shipped });
  const practiceOf = (ctx: Ctx): string => ctx.session!.practice;
  const desk = async (ctx: Ctx, patient: string): Promise<Desk> => ({
    entered: await into(ctx, patient),
    shelf: shelf(ctx),
    practice: practiceOf(ctx),
    secureMail: room.secureMail,
  });
  return {
    letterTemplates: (_, ctx) => listTemplates(shelf(ctx)),
    letterTemplate: ({ params }, ctx) => templateDetail(shelf(ctx), params.template),
    exportTemplate: ({ params }, ctx) => sendTemplateFile(shelf(ctx), params.template, ctx),
    beginTemplate: ({ body }, ctx) => beginTemplate(shelf(ctx), body),
    changeTemplate: ({ params, body }, ctx) => changeTemplate(shelf(ctx), params.template, body),
    publishTemplate: ({ params, body }, ctx) => publishTemplate(shelf(ctx), params.template, body),
    retireTemplate: ({ params, body }, ctx) => retireTemplate(shelf(ctx), params.template, body),
    dropTemplate: ({ params, body }, ctx) => dropTemplate(shelf(ctx), params.template, body),
    letterhead: (_, ctx) => readLetterhead(shelf(ctx), practiceOf(ctx)),
    changeLetterhead: ({ body }, ctx) => changeLetterhead(shelf(ctx), body, practiceOf(ctx)),
    previewLetterhead: ({ body }, ctx) => sampleLetter(room.now(), body, ctx),

    letters: async ({ params }, ctx) => listLetters(await desk(ctx, params.patient)),
    startLetter: async ({ params }, ctx) => startLetter(await desk(ctx, params.patient), params.template),
    startMinutesLetter: async ({ params }, ctx) => startMinutesLetter(await desk(ctx, params.patient), params.id),
    startRequestLetter: async ({ params }, ctx) => startRequestLetter(await desk(ctx, params.patient), params.task),
    fillLetter: async ({ params, body }, ctx) => fillLetter(await desk(ctx, params.patient), body),
    tryTemplate: async ({ params, body }, ctx) => fillLetter(await desk(ctx, params.patient), body),
    previewLetter: async ({ params, body }, ctx) => previewLetter(await desk(ctx, params.patient), body, ctx),
    letter: async ({ params }, ctx) => readLetter(await desk(ctx, params.patient), params.id),
    writeLetter: async ({ params, body }, ctx) => writeLetter(await desk(ctx, params.patient), body),
    changeLetter: async ({ params, body }, ctx) => changeLetter(await desk(ctx, params.patient), params.id, body),
    amendLetter: async ({ params, body }, ctx) => amendLetter(await desk(ctx, params.patient), params.id, body),
    dropLetter: async ({ params, body }, ctx) => dropLetter(await desk(ctx, params.patient), params.id, body),
    printLetter: async ({ params }, ctx) => printLetter(await desk(ctx, params.patient), params.id, ctx),
    giveLetter: async ({ params, body }, ctx) => giveLetter(await desk(ctx, params.patient), params.id, body),
    lettersToSign: (_, { caller }) => lettersToSign(room, caller),
  };
}
