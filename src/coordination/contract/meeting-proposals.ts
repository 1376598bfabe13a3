import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import { idParams, patientParams, seen, when } from './common.ts';
import { proposal, meetingState, text } from './meeting-shapes.ts';

const reason = text.pipe(
  z.string().min(1, 'Dites pourquoi ce patient est proposé.').max(1000, '1 000 caractères au plus.'),
);
const wished = z.array(z.string().max(60)).max(12).default([]);
export const proposalBody = z.object({
  reason,
  urgent: z.boolean().default(false),
  wished,
  /** Of which meeting; absent: waits for one. */
  meeting: z.string().max(64).optional(),
});

/** Patients proposed for a meeting, and the meetings of one patient. */
export const meetingProposalEntries = contract({
  proposeForMeeting: {
    method: 'POST',
    path: '/api/patients/:patient/meeting-proposals',
    may: { write: 'coordination' },
    does: 'Propose this patient for a case meeting, with the reason.',
    params: patientParams,
    body: proposalBody,
    reply: proposal,
  },
  patientMeetings: {
    method: 'GET',
    path: '/api/patients/:patient/meetings',
    may: { read: 'coordination' },
    does: 'Meetings in which this patient was, is or waits to be discussed.',
    params: patientParams,
    reply: z.object({
      meetings: z.array(
        proposal.extend({
          meeting: z
            .object({ id: z.string(), start: when.nullable(), state: meetingState, stateLabel: z.string() })
            .nullable(),
          composition: z.string().nullable(),
          decisions: z.number().int(),
        }),
      ),
    }),
  },
  minutesPdf: {
    method: 'GET',
    path: '/api/patients/:patient/minutes/:id/pdf',
    may: { read: 'coordination' },
    does: 'Minutes of one patient as a PDF.',
    params: z.object({ patient: z.string(), id: z.string() }),
  },
  changeProposal: {
    method: 'POST',
    path: '/api/meeting-proposals/:id',
    may: { write: 'coordination' },
    does: 'Change a proposal, or take back its withdrawal.',
    params: idParams,
    body: seen.extend({
      reason: reason.optional(),
      urgent: z.boolean().optional(),
      wished: z.array(z.string().max(60)).max(12).optional(),
      restore: z.boolean().optional(),
    }),
    reply: proposal,
  },
  withdrawProposal: {
    method: 'POST',
    path: '/api/meeting-proposals/:id/withdraw',
    may: { write: 'coordination' },
    does: 'Withdraw a proposal.',
    params: idParams,
    body: seen,
    reply: proposal,
  },
});
