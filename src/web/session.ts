import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { accessContract, type Me as MeReply } from '../access/contract.ts';
import { call, pagesOf, queries, reading, signals } from './api.ts';
import { forgetTyped, keepDraftsOf, sendDrafts } from './drafts.ts';
import { stopLive } from './live.ts';

export type Me = MeReply;
export type KindOfData = keyof Me['rights'] & string;

/** What the first screen must be: nobody, half signed in, in, locked. */
export const sessionQuery = queryOptions({ ...reading(accessContract.session), staleTime: 0 });
export const meQuery = queryOptions({
  ...reading(accessContract.me),
  queryFn: async ({ signal }): Promise<Me> => {
    const me = await call(accessContract.me, {}, { signal });
    if (me.account !== mine) {
      mine = me.account;
      pagesOf(me.account);
      keepDraftsOf(me.account, me.draftKey);
    }
    tellTabs({ account: me.account });
    return me;
  },
  staleTime: 5 * 60_000,
});

/** Whose account this page shows. */
let mine: string | undefined;
/** Tabs of one browser share its session: what happens to it in one is known in the others at once, and what they show is covered. */
const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('estran-session') : undefined;
export const tellTabs = (told: 'lost' | 'locked' | { account: string }) => tabs?.postMessage(told);
tabs?.addEventListener('message', ({ data }: MessageEvent<'lost' | 'locked' | { account: string }>) => {
  if (typeof data === 'string') signals.say(data);
  else if (mine) signals.say(data.account === mine ? 'shown-elsewhere' : 'lost');
});

/** Who I am here and what I may do. Only under the shell, which has read it before. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;
export const mayRead = (me: Me, kind: KindOfData): boolean => (me.rights[kind]?.reach ?? 'none') !== 'none';
export const mayWrite = (me: Me, kind: KindOfData): boolean => me.rights[kind]?.write ?? false;
export type PracticeAct = z.infer<typeof accessContract.me.reply>['acts'][number];

/** Nothing of the former person stays in this browser's memory. */
export function forgetEverything() {
  stopLive();
  queries.clear();
  forgetTyped();
  mine = undefined;
  pagesOf(undefined);
}
export async function signOut() {
  // On a dead network one does not wait to leave: what is not sent stays here, sealed.
  await Promise.race([sendDrafts(), new Promise((go) => setTimeout(go, 1500))]);
  await call(accessContract.signOut).catch(() => undefined);
  tellTabs('lost');
  forgetEverything();
  location.assign('/connexion');
}
