import { useEffect, useSyncExternalStore, type ComponentType } from 'react';
import { flushSync } from 'react-dom';
import { withoutAccents } from '../platform/text/fold.rules.ts';

/** One line of the command palette. */
export interface PaletteItem {
  id: string;
  title: string;
  detail?: string;
  /** [start, end) ranges of `title` to show strong. */
  marks?: readonly (readonly [number, number])[];
  icon?: ComponentType<{ size?: number; stroke?: number }>;
  /** The key that does the same, where there is one. */
  keys?: string;
  /** Words that also find it. */
  words?: string;
  run: () => void;
}
export interface PaletteGroup {
  title: string;
  items: PaletteItem[];
}
/** Looks for things on the server as one types. */
export interface PaletteSource {
  title: string;
  search: (typed: string, signal: AbortSignal, go: (to: string) => void) => Promise<PaletteItem[]>;
}

let groups: readonly PaletteGroup[] = [];
const listeners = new Set<() => void>();
const changed = () => {
  for (const listener of listeners) listener();
};
export const sources: PaletteSource[] = [];

/** Acts that a page adds to the palette while it is on screen. Give a stable `group` (useMemo). */
export function usePaletteActs(group: PaletteGroup | null) {
  useEffect(() => {
    if (!group) return;
    groups = [group, ...groups];
    changed();
    return () => {
      groups = groups.filter((one) => one !== group);
      changed();
    };
  }, [group]);
}
export const usePageGroups = (): readonly PaletteGroup[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => groups,
  );

let open = false;
let held = false;
export const palette = {
  /** Opens or closes the palette. On return its field is on screen and has the focus: no letter typed next goes elsewhere. */
  set(to: boolean) {
    if (open === (to && !held)) return;
    open = to && !held;
    flushSync(changed);
  },
  /** Closed, and stays so: nothing opens above the cover of a locked screen. */
  hold(on: boolean) {
    held = on;
    open &&= !on;
    changed();
  },
};
export const usePaletteOpen = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => open,
  );

/** Lower case without accents: how typed words meet written ones. */
export const fold = (text: string): string => withoutAccents(text).toLowerCase().replace(/[’'-]/g, ' ');
