/** The agreement of one year and its action plan. */
import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { fileLine, isoDay } from '../../projects/contract.ts';
import { id, instruct, paperId, reason, seen, short, trackId } from './common.ts';

const agreementBody = z.object({
  startsOn: isoDay,
  amountCents: z.number('un montant').int().min(0, 'un montant').max(100_000_000, '1 000 000 € au plus'),
  signatory: short(120),
  signatoryRole: short(120),
});
export const agreement = agreementBody.extend({
  endsOn: z.string(),
  paper: z.string().nullable(),
  closedOn: z.string().nullable(),
  closing: z.string(),
  version: z.number().int(),
});
const actionBody = z.object({
  requirement: z.string().max(41),
  section: z.string().max(41).nullable().default(null),
  title: short(300),
  who: short(120),
  due: isoDay,
});
export const action = actionBody.extend({
  id: z.string(),
  state: z.enum(['todo', 'doing', 'done']),
  doneOn: z.string().nullable(),
  late: z.boolean(),
  version: z.number().int(),
  proofs: z.array(fileLine),
});
const ofAction = trackId.extend({ action: id });

export const agreementContract = contract({
  agreeTrack: {
    method: 'PUT',
    path: '/api/programme/tracks/:track/agreement',
    may: instruct,
    does: 'The agreement of one year; `seen`: its version on screen, 0 for none',
    params: trackId,
    body: agreementBody.extend({ seen }),
  },
  agreementPaper: {
    method: 'POST',
    path: '/api/programme/tracks/:track/agreement/paper',
    may: instruct,
    does: 'Draws the agreement with its action plan, or its next version',
    params: trackId,
    reply: paperId,
  },
  closeAgreement: {
    method: 'POST',
    path: '/api/programme/tracks/:track/agreement/close',
    may: instruct,
    does: 'Ends phase 3 with what was reached',
    params: trackId,
    body: z.object({ words: reason, seen }),
  },
  addAction: {
    method: 'POST',
    path: '/api/programme/tracks/:track/actions',
    may: 'signed-in',
    does: 'Adds an action against a requirement of the ACI',
    params: trackId,
    body: actionBody,
    reply: z.object({ id: z.string() }),
  },
  changeAction: {
    method: 'PUT',
    path: '/api/programme/tracks/:track/actions/:action',
    may: 'signed-in',
    does: 'Changes an action or how far it is; `seen`: its version on screen',
    params: ofAction,
    body: actionBody.extend({ state: z.enum(['todo', 'doing', 'done']), seen }),
  },
  removeAction: {
    method: 'POST',
    path: '/api/programme/tracks/:track/actions/:action/remove',
    may: 'signed-in',
    does: 'Takes an action out',
    params: ofAction,
  },
  restoreAction: {
    method: 'POST',
    path: '/api/programme/tracks/:track/actions/:action/restore',
    may: 'signed-in',
    does: 'Puts an action back',
    params: ofAction,
  },
});
