import { useEffect, useRef } from 'react';
import { fresh, isThere, signals } from './api.ts';

export interface Hint {
  topic: string;
  [name: string]: unknown;
}
const listeners = new Set<(hint: Hint) => void>();
/**
 * Opening the stream again after a cut means that hints may have been missed: everything live is read anew. At a first opening the server
 * says whether something changed shortly before, and how long `ago`, ms (`remembered`); it cannot of an opening that took longer than this, ms.
 */
export const soon = 10_000;
const reopened: Hint = { topic: 'reopened' };
const cut: Hint = { topic: 'cut' };
/** When a topic was last heard of, whoever listened: what is in memory from before it is old, though young enough to be shown without a question. */
const heardOf = new Map<string, number>();
const say = (hint: Hint) => {
  // Told before this page began to read anything.
  if (typeof hint.ago === 'number' && hint.ago > performance.now()) return;
  heardOf.set(hint.topic, performance.now());
  for (const listener of [...listeners]) listener(hint);
};

/** A stream that ends may be a server that stopped: known at once, nothing more is asked of it in vain. */
const ended = async () => {
  if (!(await isThere())) signals.say('offline');
};

let stop: (() => void) | undefined;
/**
 * One stream of hints a browser, whatever the number of tabs: a browser opens six connections to a server at most, and streams would
 * take them all. The tab that holds the lock listens and passes hints on; when it closes, another takes over.
 */
export function startLive(url: string): void {
  if (stop) return;
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('estran-live') : undefined;
  channel?.addEventListener('message', ({ data }: MessageEvent<Hint>) =>
    data.topic === cut.topic ? void ended() : say(data),
  );
  let source: EventSource | undefined;
  const end = new AbortController();
  const listen = () =>
    new Promise<void>((resolve) => {
      let opened = 0;
      const began = performance.now();
      source = new EventSource(url);
      source.addEventListener('open', () => {
        if (opened++ === 0 && performance.now() - began < soon) return;
        say(reopened);
        channel?.postMessage(reopened);
      });
      source.addEventListener('error', () => {
        channel?.postMessage(cut);
        void ended();
      });
      source.addEventListener('hint', (message) => {
        const hint = JSON.parse((message as MessageEvent<string>).data) as Hint;
        say(hint);
        channel?.postMessage(hint);
      });
      // The session is over or locked: the stream comes back with the next page.
      source.addEventListener('closed', () => stopLive());
      end.signal.addEventListener('abort', () => {
        source?.close();
        resolve();
      });
    });
  if ('locks' in navigator)
    void navigator.locks.request('estran-live', { signal: end.signal }, listen).catch(() => undefined);
  else void listen();
  stop = () => {
    end.abort();
    channel?.close();
    source?.close();
  };
}
export function stopLive(): void {
  stop?.();
  stop = undefined;
}

/** Hears hints of these topics, those that came shortly before it began to listen (as one), and of a stream that was opened again after a cut. */
export function useLive(topics: readonly string[], heard: (hint: Hint) => void): void {
  const last = useRef(heard);
  last.current = heard;
  const key = topics.join(' ');
  useEffect(() => {
    const wanted = new Set([...key.split(' '), 'reopened']);
    const listener = (hint: Hint) => {
      if (wanted.has(hint.topic)) last.current(hint);
    };
    listeners.add(listener);
    const missed = [...wanted].some((topic) => (heardOf.get(topic) ?? -Infinity) > performance.now() - fresh);
    if (missed) last.current(reopened);
    return () => void listeners.delete(listener);
  }, [key]);
}
