import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { isoDay, projectId, typed } from '../../projects/contract.ts';
import { fund, reason, said, seen } from './common.ts';

const amendmentId = projectId.extend({ seq: z.coerce.number().int().min(1) });

export const paymentShape = z.object({
  number: z.number().int(),
  percent: z.number().int(),
  occasion: z.string(),
  cents: z.number().int(),
  /** `recovery`: owed by the team. */
  kind: z.enum(['share', 'supplement', 'recovery']),
  state: z.enum(['due', 'ordered', 'paid']),
  orderedOn: z.string().nullable(),
  paidOn: z.string().nullable(),
  reference: z.string(),
  version: z.number().int(),
  /** Why it cannot be ordered yet. */
  held: z.array(z.string()),
  acts: z.array(
    z.object({
      act: z.enum(['order', 'pay', 'cancel']),
      on: z.string(),
      reference: z.string(),
      reason: z.string(),
      by: z.string(),
      at: z.string(),
    }),
  ),
});
export const agreementShape = z.object({
  version: z.number().int(),
  paper: z.string(),
  reference: z.string(),
  amountCents: z.number().int(),
  ceilingCents: z.number().int(),
  state: z.enum(['issued', 'signed', 'cancelled']),
  signedOn: z.string().nullable(),
  signedTeam: z.string(),
  signedRegion: z.string(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
});
export const amendmentShape = z.object({
  seq: z.number().int(),
  number: z.number().int().nullable(),
  paper: z.string().nullable(),
  reference: z.string(),
  reason: z.string(),
  amountCents: z.number().int().nullable(),
  ceilingCents: z.number().int().nullable(),
  state: z.enum(['open', 'issued', 'signed', 'cancelled']),
  signedOn: z.string().nullable(),
  signedTeam: z.string(),
  signedRegion: z.string(),
  cancelledReason: z.string(),
  by: z.string(),
  at: z.string(),
});

/** What is granted, by agreement and amendments, and what is paid of it. */
export const agreementsContract = contract({
  issueAgreement: {
    method: 'POST',
    path: '/api/programme/projects/:project/agreements',
    may: fund,
    does: 'Issues the agreement, or its next version, from the figures on screen',
    params: projectId,
    body: z.object({
      stamp: z.string().max(80),
      team: z.object({ name: said(120), role: said(120) }),
      region: z.object({ name: said(120), role: said(120) }),
    }),
    reply: z.object({ version: z.number().int(), paper: z.string(), reference: z.string() }),
  },
  signAgreement: {
    method: 'POST',
    path: '/api/programme/projects/:project/agreements/:version/sign',
    may: fund,
    does: 'Records that the agreement is signed: the day and who signed on each side',
    params: projectId.extend({ version: z.coerce.number().int() }),
    body: z.object({ on: isoDay, team: said(120), region: said(120) }),
  },
  unsignAgreement: {
    method: 'POST',
    path: '/api/programme/projects/:project/agreements/:version/unsign',
    may: fund,
    does: 'Takes the signature back, while no payment is ordered',
    params: projectId.extend({ version: z.coerce.number().int() }),
  },
  cancelAgreement: {
    method: 'POST',
    path: '/api/programme/projects/:project/agreements/:version/cancel',
    may: fund,
    does: 'Cancels the agreement with the reason, while no payment is ordered',
    params: projectId.extend({ version: z.coerce.number().int() }),
    body: z.object({ reason }),
  },
  openAmendment: {
    method: 'POST',
    path: '/api/programme/projects/:project/amendments',
    may: fund,
    does: 'Opens the figures of a signed agreement again, with the reason',
    params: projectId,
    body: z.object({ reason }),
    reply: z.object({ seq: z.number().int() }),
  },
  issueAmendment: {
    method: 'POST',
    path: '/api/programme/projects/:project/amendments/:seq/issue',
    may: fund,
    does: 'Issues the amendment from the figures on screen',
    params: amendmentId,
    body: z.object({
      stamp: z.string().max(80),
      team: z.object({ name: said(120), role: said(120) }),
      region: z.object({ name: said(120), role: said(120) }),
    }),
    reply: z.object({ number: z.number().int(), paper: z.string(), reference: z.string() }),
  },
  signAmendment: {
    method: 'POST',
    path: '/api/programme/projects/:project/amendments/:seq/sign',
    may: fund,
    does: 'Records that the amendment is signed: what is due is computed anew, what is ordered stays',
    params: amendmentId,
    body: z.object({ on: isoDay, team: said(120), region: said(120) }),
  },
  unsignAmendment: {
    method: 'POST',
    path: '/api/programme/projects/:project/amendments/:seq/unsign',
    may: fund,
    does: 'Takes the signature back, while no payment has moved since',
    params: amendmentId,
  },
  cancelAmendment: {
    method: 'POST',
    path: '/api/programme/projects/:project/amendments/:seq/cancel',
    may: fund,
    does: 'Gives up an amendment that is not signed, with the reason',
    params: amendmentId,
    body: z.object({ reason }),
  },
  issueCertificate: {
    method: 'POST',
    path: '/api/programme/projects/:project/certificate',
    may: fund,
    does: 'Issues the certificate of service done, after the completion report',
    params: projectId,
    body: z.object({ signatory: said(120), role: said(120), note: typed(2000).default('') }),
    reply: z.object({ paper: z.string(), reference: z.string() }),
  },
  orderPayment: {
    method: 'POST',
    path: '/api/programme/projects/:project/payments/:number/order',
    may: fund,
    does: 'Orders a payment',
    params: projectId.extend({ number: z.coerce.number().int() }),
    body: z.object({ seen, on: isoDay, reference: typed(80).default('') }),
  },
  payPayment: {
    method: 'POST',
    path: '/api/programme/projects/:project/payments/:number/pay',
    may: fund,
    does: 'Records that a payment was made',
    params: projectId.extend({ number: z.coerce.number().int() }),
    body: z.object({ seen, on: isoDay, reference: typed(80).default('') }),
  },
  cancelPayment: {
    method: 'POST',
    path: '/api/programme/projects/:project/payments/:number/cancel',
    may: fund,
    does: 'Takes back the last state of a payment, with the reason',
    params: projectId.extend({ number: z.coerce.number().int() }),
    body: z.object({ seen, reason }),
  },
});
