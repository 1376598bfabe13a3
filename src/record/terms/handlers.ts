import type { Handlers } from '../../platform/index.ts';
import type { termEntries } from '../contract/wire-terms.ts';
import type { Ctx, Room } from '../room.ts';
import { dropTerms, listTerms, loadingOf, loadTerms } from './manage-lists.ts';
import { findTerms } from './search-terms.ts';

/** One line for each entry of contract/wire-terms.ts. */
export const termHandlers = (room: Room): Handlers<typeof termEntries, Ctx> => ({
  terms: ({ query }, { tenant }) => findTerms(room, tenant, query.list, query.words, query.most),
  termLists: (_, { tenant }) => listTerms(room, tenant),
  loadTerms: (_, ctx) => loadTerms(room, ctx),
  termLoading: async (_, { tenant }) => loadingOf(room, tenant),
  removeTerms: ({ params }, ctx) => dropTerms(room, ctx, params.list),
});
