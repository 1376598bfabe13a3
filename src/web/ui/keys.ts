import { useLayoutEffect, useRef } from 'react';

const stored = 'estran-letter-keys';
export const letterKeys = {
  on: (): boolean => localStorage.getItem(stored) !== 'off',
  set: (on: boolean) => localStorage.setItem(stored, on ? 'on' : 'off'),
};

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Keys of a screen: `'mod+k'`, `'?'`, `'m'`. Letters alone are quiet while one types, under a dialog, and when the person switched them off (WCAG 2.1.4). */
export function useKeys(
  keys: Record<string, (event: KeyboardEvent) => void>,
  active = true,
  /** A panel's own keys come before those of the page beside it. */
  first = false,
) {
  const current = useRef(keys);
  current.current = keys;
  // Before the paint: a key works from the moment its screen is seen.
  useLayoutEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const mod = event.ctrlKey || event.metaKey;
      const name = `${mod ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
      const act = current.current[name];
      if (!act) return;
      if (
        !mod &&
        event.key.length === 1 &&
        (typing(event.target) || !letterKeys.on() || document.querySelector('[aria-modal="true"], dialog:modal'))
      )
        return;
      if (name === 'mod+z' && typing(event.target)) return;
      act(event);
      event.preventDefault();
    };
    window.addEventListener('keydown', listen, first);
    return () => window.removeEventListener('keydown', listen, first);
  }, [active, first]);
}
