import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { idParams, seen } from './common.ts';
import { protocolModel } from './protocol-model.ts';
import { protocolDetail, protocolLine } from './protocol-lines.ts';
import { runningPlanEntries } from './running-plans.ts';

export const protocolEntries = contract({
  protocols: {
    method: 'GET',
    path: '/api/protocols',
    may: { read: 'directory' },
    does: 'The practice’s protocols.',
    query: z.object({ q: z.string().max(100).optional(), state: z.enum(['draft', 'active', 'retired']).optional() }),
    reply: z.object({ protocols: z.array(protocolLine), mayWrite: z.boolean(), mayPublish: z.boolean() }),
  },
  protocol: {
    method: 'GET',
    path: '/api/protocols/:id',
    may: { read: 'directory' },
    does: 'One protocol, whole, with its editions.',
    params: idParams,
    query: z.object({ version: z.coerce.number().int().optional() }),
    reply: protocolDetail,
  },
  writeProtocol: {
    method: 'POST',
    path: '/api/protocols',
    may: { practice: 'write-protocols' },
    does: 'Begin a protocol, blank or from another.',
    body: z.object({ model: protocolModel.optional(), from: z.string().optional() }),
    reply: protocolDetail,
  },
  changeProtocol: {
    method: 'PUT',
    path: '/api/protocols/:id',
    may: { practice: 'write-protocols' },
    does: 'Change the draft of a protocol; one in force gets a draft beside it.',
    params: idParams,
    body: seen.extend({ model: protocolModel }),
    reply: protocolDetail,
  },
  publishProtocol: {
    method: 'POST',
    path: '/api/protocols/:id/publish',
    may: { practice: 'publish-protocols' },
    does: 'Put a draft in force as a new edition.',
    params: idParams,
    body: seen.extend({ note: z.string().max(1000).default('') }),
    reply: protocolDetail,
  },
  retireProtocol: {
    method: 'POST',
    path: '/api/protocols/:id/retire',
    may: { practice: 'publish-protocols' },
    does: 'Take a protocol out of use, or back into use; running patients go on.',
    params: idParams,
    body: seen.extend({ back: z.boolean().default(false) }),
    reply: protocolDetail,
  },
  takeShipped: {
    method: 'POST',
    path: '/api/protocols/:id/shipped',
    may: { practice: 'write-protocols' },
    does: 'Begin a draft from the newer edition that came with the product.',
    params: idParams,
    body: seen,
    reply: protocolDetail,
  },
  dropDraft: {
    method: 'POST',
    path: '/api/protocols/:id/drop',
    may: { practice: 'write-protocols' },
    does: 'Throw a draft away; its versions stay in the history.',
    params: idParams,
    body: seen,
    reply: z.object({ dropped: z.string() }),
  },
  checkProtocol: {
    method: 'POST',
    path: '/api/protocols/check',
    may: { read: 'directory' },
    does: 'What is wrong or missing in a protocol as it stands, step by step, and its steps laid out in days for a diagram and a preview.',
    body: z.object({ model: protocolModel }),
    reply: z.object({
      problems: z.array(
        z.object({ step: z.string().nullable(), words: z.string(), severity: z.enum(['error', 'warning']) }),
      ),
      timeline: z.array(
        z.object({
          step: z.string(),
          round: z.number().int(),
          day: z.number().int(),
          title: z.string(),
          role: z.string(),
          forPatient: z.string(),
          conditional: z.string().nullable(),
        }),
      ),
    }),
  },
  ...runningPlanEntries,
});
