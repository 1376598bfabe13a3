import { useSyncExternalStore } from 'react';

let slot: HTMLElement | null = null;
const listeners = new Set<() => void>();
/** Ref of the shell's last column, where side panels live. */
export const panelSlot = (element: HTMLElement | null) => {
  slot = element;
  for (const listener of listeners) listener();
};
export const usePanelSlot = (): HTMLElement | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => slot,
  );
