import { z } from 'zod';
import { when, who } from './common.ts';
import { protocolModel, protocolTheme } from './protocol-model.ts';

export const protocolStates = { draft: 'Brouillon', active: 'En vigueur', retired: 'Retiré' } as const;
export const protocolLine = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  theme: protocolTheme,
  themeLabel: z.string(),
  summary: z.string(),
  state: z.enum(['draft', 'active', 'retired']),
  stateLabel: z.string(),
  /** «2.1»: the number people read; a new one each time the protocol is put in force. */
  edition: z.string(),
  reviewDate: when.nullable(),
  toReview: z.boolean(),
  roles: z.array(z.object({ code: z.string(), label: z.string() })),
  steps: z.number().int(),
  shipped: z.boolean(),
  /** Patients who follow it now: all of the practice, as a figure; below 1 when none. */
  running: z.number().int(),
  changed: when,
  by: who.nullable(),
  /** A newer edition came with the product: taken by a person (`takeShipped`), never by itself. */
  offered: z.object({ edition: z.string(), published: when }).nullable(),
  /** This draft stands beside the protocol in force that it changes. */
  draftOf: z.string().nullable(),
  /** The draft that stands beside this protocol. */
  draft: z.string().nullable(),
});
export type ProtocolLine = z.infer<typeof protocolLine>;
export const protocolDetail = protocolLine.extend({
  model: protocolModel,
  mayEdit: z.boolean(),
  mayPublish: z.boolean(),
  editions: z.array(
    z.object({ edition: z.string(), version: z.number().int(), from: when, by: who.nullable(), note: z.string() }),
  ),
  /** Patients on an older edition to whom this one can be proposed (of those I may see). */
  outdated: z.number().int(),
});
export type ProtocolDetail = z.infer<typeof protocolDetail>;
