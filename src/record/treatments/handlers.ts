import type { Handlers } from '../../platform/index.ts';
import type { treatmentEntries } from '../contract/wire-treatments.ts';
import { askPrescribingAid } from '../prescribing-aid/ask.ts';
import { type Entered, enter } from '../read/enter.ts';
import type { Ctx, Room } from '../room.ts';
import { actOnTreatment, dosesOf } from './act-on-treatment.ts';
import { correctDispense, dispenseTreatment } from './dispense.ts';
import { waitingProposals } from './proposal-lines.ts';
import { answerProposal, proposeTreatment, withdrawProposal } from './propose.ts';
import { reconcileTreatments } from './reconcile.ts';
import { reportTreatments } from './report.ts';
import { printSheet } from './sheet.ts';
import { treatmentsPage } from './treatments-page.ts';
import { addTreatment, correctTreatment, noTreatment } from './write-treatment.ts';

/** One line for each entry of contract/wire-treatments.ts. */
export function treatmentHandlers(room: Room): Handlers<typeof treatmentEntries, Ctx> {
  const into = (ctx: Ctx, patient: string): Promise<Entered> => enter(room, ctx.caller, patient);
  return {
    treatments: async ({ params }, ctx) => treatmentsPage(await into(ctx, params.patient)),
    addTreatment: async ({ params, body }, ctx) => addTreatment(await into(ctx, params.patient), body),
    correctTreatment: async ({ params, body }, ctx) =>
      correctTreatment(await into(ctx, params.patient), params.id, body),
    noTreatment: async ({ params }, ctx) => noTreatment(await into(ctx, params.patient)),
    actOnTreatment: async ({ params, body }, ctx) =>
      actOnTreatment(await into(ctx, params.patient), params.type, params.id, body),
    dispenseTreatment: async ({ params, body }, ctx) =>
      dispenseTreatment(await into(ctx, params.patient), params.type, params.id, body),
    correctDispense: async ({ params, body }, ctx) => correctDispense(await into(ctx, params.patient), params.id, body),
    doseHistory: async ({ params }, ctx) => dosesOf(await into(ctx, params.patient), params.type, params.id),
    reportTreatments: async ({ params, body }, ctx) => reportTreatments(await into(ctx, params.patient), body),
    proposeTreatment: async ({ params, body }, ctx) => proposeTreatment(await into(ctx, params.patient), body),
    answerProposal: async ({ params, body }, ctx) => answerProposal(await into(ctx, params.patient), params.id, body),
    waitingProposals: (_, { caller }) => waitingProposals(room, caller),
    withdrawProposal: async ({ params, body }, ctx) =>
      withdrawProposal(await into(ctx, params.patient), params.id, body.version),
    reconcileTreatments: async ({ params, body }, ctx) => reconcileTreatments(await into(ctx, params.patient), body),
    treatmentSheet: async ({ params }, ctx) => printSheet(await into(ctx, params.patient), ctx),
    prescribingAid: async ({ params, body }, ctx) => askPrescribingAid(await into(ctx, params.patient), body.drafts),
  };
}
