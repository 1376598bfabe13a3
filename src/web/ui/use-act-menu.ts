import { useRef, useState } from 'react';

/**
 * For a menu whose items open a side panel. A menu gives the focus back to its button when it closes, and would take it from the first field of a panel that opens
 * in the same moment; the button keeps it for when the panel closes.
 */
export function useActMenu() {
  const target = useRef<HTMLButtonElement>(null);
  const [acted, setActed] = useState(false);
  return {
    target,
    menu: { returnFocus: !acted, onOpen: () => setActed(false) },
    run: (act: () => void) => () => {
      setActed(true);
      target.current?.focus({ preventScroll: true });
      act();
    },
  };
}
