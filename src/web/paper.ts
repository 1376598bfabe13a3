import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

const scheme = 'data-mantine-color-scheme';
let onScreen: string | null = null;
let printing = false;
const listeners = new Set<() => void>();
/** The browser takes the page as it is when these handlers return. */
const turn = (to: boolean) =>
  flushSync(() => {
    printing = to;
    for (const listener of listeners) listener();
  });
// Paper is white, whatever the screen: while it is printed the page is in its light colours, all of them.
addEventListener('beforeprint', () => {
  onScreen = document.documentElement.getAttribute(scheme);
  document.documentElement.setAttribute(scheme, 'light');
  turn(true);
});
addEventListener('afterprint', () => {
  if (onScreen) document.documentElement.setAttribute(scheme, onScreen);
  turn(false);
});

const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
/** Whether the page is being put on paper: what is one press away on a screen is not there. */
export const usePrinting = (): boolean => useSyncExternalStore(listen, () => printing);
