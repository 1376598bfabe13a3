import type { Handlers } from '../../platform/index.ts';
import type { documentEntries } from '../contract/wire-documents.ts';
import { enter } from '../read/enter.ts';
import type { Ctx, Room } from '../room.ts';
import { handDocument, markDocument, moveDocument } from './act-on-document.ts';
import { documentValues, takeDocumentValues } from './document-values.ts';
import { inboxOf, receivedOf } from './inbox.ts';
import { receive, receivedContent } from './receive.ts';
import { searchTexts } from './search-texts.ts';
import { refuseReceived, sortReceived, takeBack } from './sort.ts';
import { lateDocuments, toReadBy } from './to-read.ts';

/** One line for each entry of documentEntries. */
export const documentHandlers = (room: Room): Handlers<typeof documentEntries, Ctx> => ({
  receiveDocument: async (_, ctx) => receivedOf(room, ctx.caller, await receive(room, ctx)),
  inbox: (_, { caller }) => inboxOf(room, caller),
  received: ({ params, query }, { caller }) => receivedOf(room, caller, params.document, query.patient),
  receivedContent: ({ params }, ctx) => receivedContent(room, ctx, params.document),
  sortDocument: ({ params, body }, { caller }) => sortReceived(room, caller, params.document, body),
  refuseDocument: ({ params, body }, { caller }) => refuseReceived(room, caller, params.document, body),
  takeBackDocument: ({ params, body }, { caller }) => takeBack(room, caller, params.document, body.version),
  searchTexts: ({ query }, { caller }) => searchTexts(room, caller, query),
  toRead: (_, { caller }) => toReadBy(room, caller),
  markRead: async ({ params, body }, { caller }) =>
    markDocument(await enter(room, caller, params.patient), params.id, body),
  handDocument: async ({ params, body }, { caller }) =>
    handDocument(await enter(room, caller, params.patient), params.id, body),
  moveDocument: async ({ params, body }, { caller }) =>
    moveDocument(await enter(room, caller, params.patient), params.id, body),
  documentValues: async ({ params }, { caller }) =>
    documentValues(await enter(room, caller, params.patient), params.id),
  takeDocumentValues: async ({ params, body }, { caller }) =>
    takeDocumentValues(await enter(room, caller, params.patient), params.id, body),
  lateDocuments: (_, { caller }) => lateDocuments(room, caller),
});
