import type { Handlers } from '../../platform/index.ts';
import type { writeEntries } from '../contract/wire-entries.ts';
import { addHistory } from '../history/add-history.ts';
import { buildHistory, ofHistory } from '../history/build-history.ts';
import type { Entered } from '../read/enter.ts';
import type { Ctx } from '../room.ts';
import { addAllergy, correctAllergy } from './allergies.ts';
import { buildAlert } from './build-alert.ts';
import { buildDocument } from './build-document.ts';
import { buildGoal } from './build-goal.ts';
import { buildNote } from './build-note.ts';
import { buildProblem } from './build-problem.ts';
import { correctNote } from './correct-note.ts';
import { documentContent, uploadDocument } from './documents.ts';
import { correctMeasure, enterMeasures } from './enter-measures.ts';
import { adds, corrects, typeOf } from './forms.ts';
import { acknowledge, markInError, readEntry, undo, versions } from './life.ts';

/** One line for each entry of contract/wire-entries.ts but those of vaccines. */
export const writeHandlers = (
  into: (ctx: Ctx, patient: string, added?: object) => Promise<Entered>,
): Handlers<Omit<typeof writeEntries, 'addVaccine' | 'correctVaccine'>, Ctx> => ({
  enterMeasures: async ({ params, body }, ctx) => enterMeasures(await into(ctx, params.patient, body), body),
  correctMeasure: async ({ params, body }, ctx) => correctMeasure(await into(ctx, params.patient), params.id, body),
  addNote: adds(into, buildNote),
  correctNote: async ({ params, body }, ctx) => {
    const entered = await into(ctx, params.patient);
    const type = await typeOf(entered, ['Composition', 'ClinicalImpression'], params.id);
    return correctNote(entered, type, params.id, body);
  },
  addProblem: adds(into, buildProblem),
  correctProblem: corrects(into, 'Condition', buildProblem),
  addAllergy: async ({ params, body }, ctx) => addAllergy(await into(ctx, params.patient, body), body),
  correctAllergy: async ({ params, body }, ctx) => correctAllergy(await into(ctx, params.patient), params.id, body),
  addAlert: adds(into, buildAlert),
  correctAlert: corrects(into, 'Flag', buildAlert),
  addHistory: async ({ params, body }, ctx) => addHistory(await into(ctx, params.patient, body), body),
  correctHistory: async (input, ctx) =>
    corrects(into, ofHistory.find((type) => type === input.params.type) ?? 'Condition', buildHistory)(input, ctx),
  addGoal: adds(into, buildGoal),
  correctGoal: corrects(into, 'Goal', buildGoal),
  uploadDocument: async ({ params }, ctx) => uploadDocument(await into(ctx, params.patient), ctx),
  correctDocument: corrects(into, 'DocumentReference', buildDocument),
  documentContent: async ({ params }, ctx) => documentContent(await into(ctx, params.patient), ctx, params.id),
  acknowledge: async ({ params, body }, ctx) =>
    acknowledge(await into(ctx, params.patient), params.type, params.id, body.version),

  entry: async ({ params }, ctx) => readEntry(await into(ctx, params.patient), params.type, params.id),
  versions: async ({ params }, ctx) => versions(await into(ctx, params.patient), params.type, params.id),
  enteredInError: async ({ params, body }, ctx) =>
    markInError(await into(ctx, params.patient), params.type, params.id, body.version, body.reason),
  undo: async ({ params, body }, ctx) => undo(await into(ctx, params.patient), body.entries),
});
