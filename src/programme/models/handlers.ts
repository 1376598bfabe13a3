import type { Ctx } from '../../access/index.ts';
import type { Handlers } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import type { modelsContract } from './contract.ts';
import { adjustProjectModel, answerProjectModel, projectModel, projectModelPdf } from './of-project.ts';
import {
  discardModelDraft,
  model,
  modelPdf,
  models,
  planRegionReminders,
  publishModel,
  saveModelDraft,
} from './of-region.ts';
import { adjustTrackOutline, answerTrackOutline, trackOutline, trackOutlinePdf } from './of-track.ts';

export const modelsHandlers = (desk: Desk): Handlers<typeof modelsContract, Ctx> => ({
  models: ({ query }, ctx) => models(desk, query.call, ctx),
  planRegionReminders: ({ body }, ctx) => planRegionReminders(desk, body, ctx),
  model: ({ params, query }, ctx) => model(desk, params.kind, query, ctx),
  saveModelDraft: ({ params, body }, ctx) => saveModelDraft(desk, params.kind, body, ctx),
  discardModelDraft: ({ params, body }, ctx) => discardModelDraft(desk, params.kind, body, ctx),
  publishModel: ({ params, body }, ctx) => publishModel(desk, params.kind, body, ctx),
  modelPdf: ({ params, query }, ctx) => modelPdf(desk, params.kind, query, ctx),

  projectModel: ({ params }, ctx) => projectModel(desk, params.project, params.kind, ctx),
  adjustProjectModel: ({ params, body }, ctx) => adjustProjectModel(desk, params.project, params.kind, body, ctx),
  answerProjectModel: ({ params, body }, ctx) => answerProjectModel(desk, params.project, params.kind, body, ctx),
  projectModelPdf: ({ params }, ctx) => projectModelPdf(desk, params.project, params.kind, ctx),
  trackOutline: ({ params }, ctx) => trackOutline(desk, params.track, ctx),
  adjustTrackOutline: ({ params, body }, ctx) => adjustTrackOutline(desk, params.track, body, ctx),
  answerTrackOutline: ({ params, body }, ctx) => answerTrackOutline(desk, params.track, body, ctx),
  trackOutlinePdf: ({ params }, ctx) => trackOutlinePdf(desk, params.track, ctx),
});
