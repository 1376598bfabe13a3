import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { accessContract, type Me as MeReply } from '../access/contract.ts';
import { call, queries, reading } from './api.ts';
import { forgetShadows } from './drafts.ts';
import { stopLive } from './live.ts';

export type Me = MeReply;
export type KindOfData = keyof Me['rights'] & string;

/** What the first screen must be: nobody, half signed in, in, locked. */
export const sessionQuery = queryOptions({ ...reading(accessContract.session), staleTime: 0 });
export const meQuery = queryOptions({ ...reading(accessContract.me), staleTime: 5 * 60_000 });

/** Who I am here and what I may do. Only under the shell, which has read it before. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;
export const mayRead = (me: Me, kind: KindOfData): boolean => (me.rights[kind]?.reach ?? 'none') !== 'none';
export const mayWrite = (me: Me, kind: KindOfData): boolean => me.rights[kind]?.write ?? false;
export type PracticeAct = z.infer<typeof accessContract.me.reply>['acts'][number];

/** Nothing of the former person stays in this browser's memory. */
export function forgetEverything() {
  stopLive();
  queries.clear();
  forgetShadows();
}
export async function signOut() {
  await call(accessContract.signOut).catch(() => undefined);
  forgetEverything();
  location.assign('/connexion');
}
