import { type KindOfData, kindsOfData, rightsOf } from '../../access/index.ts';
import type { Handlers } from '../../platform/index.ts';
import type { mergeEntries } from '../contract/wire-merge.ts';
import type { patientEntries } from '../contract/wire-patients.ts';
import type { Drafts } from '../drafts.ts';
import { type Entered, enter } from '../read/enter.ts';
import type { Ctx, Room } from '../room.ts';
import { choices, endChoice, recordChoice } from '../write/choices.ts';
import { addToTeam, leaveTeam } from '../write/team.ts';
import { findDuplicates } from './duplicates.ts';
import { correctIdentity, createPatient, readIdentity } from './identify.ts';
import {
  addedMeanwhile,
  bringThemTogether,
  mergeRecords,
  separateRecords,
  setThemApart,
  sortAdded,
} from './merge-records.ts';
import { duplicatePairPage, duplicatePairs } from './pairs.ts';
import { searchPatients } from './search-patients.ts';

/** The administrative part is open to those whose clinical door is closed. */
const identityOf = (room: Room, ctx: Ctx, patient: string): Promise<Entered> =>
  enter(room, ctx.caller, patient, { administrative: true });

type About = Omit<typeof patientEntries, 'day' | 'professionals' | keyof Drafts>;
/** Who a patient is, what they have chosen, who takes care of them. */
export const patientHandlers = (
  room: Room,
  into: (ctx: Ctx, patient: string) => Promise<Entered>,
): Handlers<About, Ctx> => ({
  searchPatients: ({ query }, { caller }) => searchPatients(room, room.fhirFor(caller), query.q),
  duplicates: async ({ body }, { caller }) => ({
    candidates: await findDuplicates(room, room.fhirFor(caller), body),
  }),
  createPatient: async ({ body }, { caller }) => {
    const rights = await rightsOf(room.db, caller.tenant, caller.profession);
    return createPatient(
      room,
      caller,
      body,
      new Set((Object.keys(kindsOfData) as KindOfData[]).filter((kind) => rights[kind].reach !== 'none')),
    );
  },
  identity: async ({ params }, ctx) => readIdentity(await identityOf(room, ctx, params.patient)),
  correctIdentity: async ({ params, body }, ctx) => correctIdentity(await identityOf(room, ctx, params.patient), body),
  choices: async ({ params }, ctx) => choices(await identityOf(room, ctx, params.patient)),
  recordChoice: async ({ params, body }, ctx) => recordChoice(await identityOf(room, ctx, params.patient), body),
  endChoice: async ({ params, body }, ctx) =>
    endChoice(await identityOf(room, ctx, params.patient), params.id, body.version, body.reason),
  addToTeam: async ({ params, body }, ctx) => addToTeam(await into(ctx, params.patient), body),
  leaveTeam: async ({ params, body }, ctx) => leaveTeam(await into(ctx, params.patient), body),
});

/** Records of one person that were two, and back. */
export const mergeHandlers = (room: Room): Handlers<typeof mergeEntries, Ctx> => ({
  duplicatePairs: (_, { caller }) => duplicatePairs(room, caller),
  duplicatePair: ({ params }, { caller }) => duplicatePairPage(room, caller, params.one, params.other),
  setApart: ({ params }, { caller }) => setThemApart(room, caller, params.one, params.other),
  bringTogether: ({ params }, { caller }) => bringThemTogether(room, caller, params.one, params.other),
  mergeRecords: ({ body }, { caller }) => mergeRecords(room, caller, body),
  separateRecords: ({ params, body }, { caller }) => separateRecords(room, caller, params.merge, body.reason ?? ''),
  addedMeanwhile: ({ params }, { caller }) => addedMeanwhile(room, caller, params.merge),
  sortAdded: ({ params, body }, { caller }) =>
    sortAdded(room, caller, params.merge, params.type, params.id, body.place),
});
