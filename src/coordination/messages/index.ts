import { whenWritten } from '../../fhir/index.ts';
import { eachInTurn } from '../../platform/index.ts';
import type { messageEntries } from '../contract/messages.ts';
import { replyBody, threadBody } from '../contract/messages.ts';
import type { Part } from '../part.ts';
import type { Room } from '../room.ts';
import { declareAbsence, endAbsence, listAbsences } from './absences.ts';
import { practicesWithBoxes } from './boxes.store.ts';
import { handle, keepBoxAs, listBoxes, watchBoxes } from './boxes.ts';
import { messageFile, received } from './files.ts';
import { messageHints, tellRead } from './hints.ts';
import { indexGroup, indexMessage } from './index-messages.ts';
import { countThreads, threadsOfPatient } from './counts.ts';
import { listThreads, readConversation, searchThreads, threadOf } from './read-threads.ts';
import { reply, startThread, withdraw } from './send.ts';
import { setFollowing, setRead } from './threads.store.ts';

/** Messages between professionals and the boxes of the practice (COO-8, COO-9). Words are Communications in the store; the tables of 0011 index them. */
export function openMessages(room: Room): Part<typeof messageEntries> {
  return {
    handlers: {
      threads: ({ query }, { caller }) =>
        query.q?.trim() ? searchThreads(room, caller, query.q) : listThreads(room, caller, query),
      messageCounts: (_, { caller }) => countThreads(room, caller),
      patientThreads: ({ params }, { caller }) => threadsOfPatient(room, caller, params.patient),
      thread: ({ params, query }, { caller }) => readConversation(room, caller, params.id, query.before),
      startThread: async (_, ctx) => {
        const { body, files } = await received(ctx, threadBody);
        return startThread(room, ctx.caller, body, files);
      },
      reply: async ({ params }, ctx) => {
        const { body, files } = await received(ctx, replyBody);
        return reply(room, ctx.caller, params.id, body, files);
      },
      withdraw: ({ params, body }, { caller }) => withdraw(room, caller, params.id, params.message, body.version),
      messageFile: ({ params }, ctx) => messageFile(room, ctx, params.id, params.message, params.file),
      async markRead({ params, body }, { caller }) {
        const thread = await threadOf(room, caller, params.id);
        await room.db.transaction(caller.tenant, (sql) =>
          setRead(sql, caller.tenant, thread.id, caller.practitioner, body.upTo, room.now()),
        );
        // Other tabs of mine, and those who wrote: «lu par».
        await tellRead(room, caller.tenant, thread.id);
        return countThreads(room, caller);
      },
      async threadSettings({ params, body }, { caller }) {
        const thread = await threadOf(room, caller, params.id);
        await room.db.transaction(caller.tenant, (sql) =>
          setFollowing(sql, caller.tenant, thread.id, caller.practitioner, body),
        );
        room.live.tell(caller.tenant, caller.practitioner, { topic: 'messages', thread: thread.id });
        return readConversation(room, caller, thread.id);
      },
      boxes: (_, { caller }) => listBoxes(room, caller),
      makeBox: ({ body }, { caller }) => keepBoxAs(room, caller, null, body),
      changeBox: ({ params, body }, { caller }) => keepBoxAs(room, caller, params.id, body),
      handle: ({ params, body }, { caller }) => handle(room, caller, params.id, body.act, body.to),
      absences: (_, ctx) => listAbsences(room, ctx),
      declareAbsence: ({ body }, { caller }) => declareAbsence(room, caller, body),
      endAbsence: ({ params }, { caller }) => endAbsence(room, caller, params.id),
    },
    consumers: messageHints(room),
    onWrite: [
      whenWritten(
        ['Communication'],
        indexMessage(() => room.now()),
      ),
      whenWritten(['Group'], indexGroup),
    ],
    async tick() {
      const practices = await room.db.owner('boxes of the practices', practicesWithBoxes);
      await eachInTurn(
        practices.map(
          ({ tenant_id }) =>
            () =>
              watchBoxes(room, tenant_id),
        ),
      );
    },
  };
}
