import { z } from 'zod';
import { contract } from '../../platform/http/contract.ts';
import * as c from './common.ts';
import * as d from './day.ts';
import * as e from './entries.ts';
import * as g from './page.ts';
import * as p from './patients.ts';

const { patientParams: params, itemParams } = c;
const at = '/api/patients/:patient';

export const patientEntries = contract({
  day: { method: 'GET', path: '/api/day', may: 'signed-in', does: 'The day page of my profession.', reply: d.dayReply },
  professionals: {
    method: 'GET',
    path: '/api/professionals',
    may: 'signed-in',
    does: 'People of the practice, to choose one.',
    reply: p.professionalsReply,
  },

  searchPatients: {
    method: 'GET',
    path: '/api/patients',
    may: { read: 'identity' },
    does: 'Find a patient as one types: name, birth date, INS, telephone.',
    query: p.patientSearchQuery,
    reply: p.patientSearch,
  },
  duplicates: {
    method: 'POST',
    path: '/api/patients/duplicates',
    may: { read: 'identity' },
    does: 'Patients that look like the identity being typed.',
    body: p.duplicatesBody,
    reply: p.duplicates,
  },
  createPatient: {
    method: 'POST',
    path: '/api/patients',
    may: { write: 'identity' },
    does: 'Create a patient; 409 with candidates when a strong duplicate exists.',
    body: p.createPatientBody,
    reply: p.patientCreated,
  },
  identity: {
    method: 'GET',
    path: `${at}/identity`,
    may: { read: 'identity' },
    does: 'The identity, as its form wants it.',
    params,
    reply: p.identityPage,
  },
  correctIdentity: {
    method: 'PUT',
    path: `${at}/identity`,
    may: { write: 'identity' },
    does: 'Correct the identity; a new version, never overwritten.',
    params,
    body: p.identityUpdate,
    reply: p.identityPage,
  },

  choices: {
    method: 'GET',
    path: `${at}/choices`,
    may: { read: 'administrative' },
    does: 'What the patient agreed and opposed to.',
    params,
    reply: p.choicesReply,
  },
  recordChoice: {
    method: 'POST',
    path: `${at}/choices`,
    may: { write: 'administrative' },
    does: 'Record the patient’s information, agreement or opposition.',
    params,
    body: p.choiceBody,
    reply: p.choicesReply,
  },
  endChoice: {
    method: 'POST',
    path: `${at}/choices/:id/end`,
    may: { write: 'administrative' },
    does: 'End an agreement or an opposition.',
    params: itemParams,
    body: e.inErrorBody,
    reply: p.choicesReply,
  },
  addToTeam: {
    method: 'POST',
    path: `${at}/team`,
    may: 'signed-in',
    does: 'Add someone to the care team, or declare the treating physician.',
    params,
    body: e.teamBody,
    reply: g.header,
  },
  leaveTeam: {
    method: 'POST',
    path: `${at}/team/end`,
    may: 'signed-in',
    does: 'End someone’s part in the care team.',
    params,
    body: e.teamEnd,
    reply: g.header,
  },

  drafts: {
    method: 'GET',
    path: '/api/drafts',
    may: 'signed-in',
    does: 'What I typed and did not send yet.',
    query: z.object({ patient: z.string().max(64).optional() }),
    reply: e.draftsReply,
  },
  draft: {
    method: 'GET',
    path: '/api/drafts/:key',
    may: 'signed-in',
    does: 'One draft; 204 when there is none.',
    params: e.draftParams,
    reply: e.draft.nullable(),
  },
  keepDraft: {
    method: 'PUT',
    path: '/api/drafts/:key',
    may: 'signed-in',
    does: 'Keep what is being typed.',
    params: e.draftParams,
    body: e.draftBody,
    reply: e.draft,
  },
  dropDraft: {
    method: 'DELETE',
    path: '/api/drafts/:key',
    may: 'signed-in',
    does: 'Forget a draft.',
    params: e.draftParams,
  },
});
