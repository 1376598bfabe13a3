import { lazyRouteComponent as routeComponent } from '@tanstack/react-router';
import { lazy as component } from 'react';
import { isThere, signals } from './api.ts';

/** Between two looks whether the server is back, ms. */
const pause = 4_000;
/** What the last request said, or the end of the stream of hints: a browser that has a network does not know of a server that stopped. */
let away = false;
signals.listen((signal) => {
  if (signal === 'offline' || signal === 'online') away = signal === 'offline';
});
/**
 * A part of the product that is fetched when it is first needed. Without a network or a server it waits, and the banner says so: asked for in vain, a browser would not ask for it again
 * before the page is loaded anew, which into nothing would lose what stands in it. A server that is there and has it no longer was updated: that is said by who asked.
 */
async function patiently<T>(bring: () => Promise<T>): Promise<T> {
  if (navigator.onLine && !away)
    try {
      return await bring();
    } catch (error) {
      if (await isThere()) throw error;
    }
  while (!(await isThere())) {
    signals.say('offline');
    await new Promise((go) => setTimeout(go, pause));
  }
  return bring();
}

export const lazy: typeof component = (bring) => component(() => patiently(bring));
export const lazyRouteComponent: typeof routeComponent = (bring, name) => routeComponent(() => patiently(bring), name);
