import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call, queries, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import type { PaletteSource } from '../../../web/palette.ts';
import { mayRead, useMe } from '../../../web/session.ts';
import { MessagesIcon } from '../../../web/ui/icons.ts';
import { type Conversation, coordinationContract } from '../../contract.ts';

export const countsQuery = { ...reading(coordinationContract.messageCounts), refetchInterval: 5 * 60_000 };
/** What waits for me in messages and boxes; 0 for whoever reads no messages. */
export function useCounts() {
  const me = useMe();
  return (
    useQuery({ ...countsQuery, enabled: mayRead(me, 'messages') }).data ?? {
      unread: 0,
      urgent: 0,
      mentions: 0,
      todo: 0,
    }
  );
}
/** Count of the tab and of the rail. The rail is on every page: what it mounts hears the stream, and keeps «(3)» before the page's title. */
export function useWaiting(): number {
  const { unread, todo } = useCounts();
  useMessagesLive();
  useTitleCount(unread);
  return unread + todo;
}

const paths = new Set<unknown>([
  coordinationContract.threads.path,
  coordinationContract.messageCounts.path,
  coordinationContract.patientThreads.path,
  coordinationContract.thread.path,
  coordinationContract.boxes.path,
]);
/** Lists, counts and conversations are read again: all of them, or the conversation alone. */
export const refreshMessages = (thread?: string) =>
  queries.invalidateQueries({
    predicate: ({ queryKey }) =>
      thread
        ? queryKey[0] === coordinationContract.thread.path && (queryKey[1] as { id?: string } | null)?.id === thread
        : paths.has(queryKey[0]),
  });
export const refreshAbsences = () =>
  queries.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey[0] === coordinationContract.absences.path ||
      queryKey[0] === coordinationContract.addressees.path ||
      paths.has(queryKey[0]),
  });

// The rail and a tab both listen: what they hear in the same moment is read again once.
let heard: Set<string> | null = null;
function hear(thread: string | null) {
  if (heard) return void heard.add(thread ?? '');
  heard = new Set([thread ?? '']);
  queueMicrotask(() => {
    const all = heard ?? new Set();
    heard = null;
    if (all.has('')) void refreshMessages();
    else for (const one of all) void refreshMessages(one);
  });
}
function useMessagesLive() {
  useLive(['messages', 'messages.read', 'absences'], (hint) => {
    if (hint.topic === 'absences') void refreshAbsences();
    else hear(hint.topic === 'messages.read' ? String(hint.thread) : null);
  });
}
// One writer of the title for the whole page, whoever counts: «(3)» before what the page calls itself.
let titleCount = 0;
let titles: MutationObserver | undefined;
function writeTitle() {
  const bare = document.title.replace(/^\(\d+\) /, '');
  const wanted = titleCount > 0 ? `(${titleCount}) ${bare}` : bare;
  if (document.title !== wanted) document.title = wanted;
}
function useTitleCount(count: number) {
  useEffect(() => {
    titleCount = count;
    writeTitle();
    if (titles) return;
    titles = new MutationObserver(writeTitle);
    titles.observe(document.head, { childList: true, subtree: true, characterData: true });
  }, [count]);
}

export const threadQuery = (id: string) => reading(coordinationContract.thread, { params: { id }, query: {} });
/** The server's answer to an act is the conversation as it now stands. */
export function keep(conversation: Conversation) {
  const key = threadQuery(conversation.id).queryKey;
  // A hint may be reading it again already, from before the act.
  void queries.cancelQueries({ queryKey: key });
  queries.setQueryData(key, conversation as never);
  void queries.invalidateQueries({
    predicate: ({ queryKey }) => paths.has(queryKey[0]) && queryKey[0] !== coordinationContract.thread.path,
  });
}

/** Conversations in the command palette, by the words in them. */
export const messageSource: PaletteSource = {
  title: 'Messages',
  async search(typed, signal, go) {
    if (typed.trim().length < 3) return [];
    const { threads } = await call(coordinationContract.threads, { query: { q: typed } }, { signal }).catch(() => ({
      threads: [],
    }));
    return threads.slice(0, 5).map((thread) => ({
      id: `thread-${thread.id}`,
      title: thread.topic,
      detail: [thread.patient?.name, thread.found?.excerpt].filter(Boolean).join(' · '),
      icon: MessagesIcon,
      run: () => go(`/coordination/messages?fil=${thread.id}`),
    }));
  },
};
